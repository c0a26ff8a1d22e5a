//! Full text over problems, in memory, made anew at each reload. Sees what a candidate may see and nothing else,
//! so that a search cannot be used to guess hidden cases. The only file that knows tantivy.

use interviewd_domain::problem::Problem;
use std::sync::Arc;
use tantivy::{
    DocId, IndexReader, Score, SegmentOrdinal, SegmentReader, TantivyDocument, Term,
    collector::{Collector, SegmentCollector},
    directory::RamDirectory,
    query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{
        AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer,
        StopWordFilter, TextAnalyzer, TokenizerManager,
    },
};

/// A query is read up to here; more words make it slower and no better.
const WORDS_MAX: usize = 12;
const WORD_CHARS_MAX: usize = 40;
/// tantivy's smallest arena.
const ARENA_BYTES: usize = 15_000_000;

/// From this length on a word may have one wrong letter, and from that one two.
const ONE_TYPO_CHARS: usize = 4;
const TWO_TYPOS_CHARS: usize = 8;
/// The last word may be misspelt and unfinished at once from this length on.
const UNFINISHED_TYPO_CHARS: usize = 5;

const PLAIN: &str = "plain";
const STEMMED: &str = "stemmed";

/// A problem that speaks of what was asked for.
pub struct Hit {
    /// In the list that the index was built from.
    pub position: u32,
    /// Larger is better; above zero.
    pub score: f32,
}

/// The searchable form of a list of problems.
pub struct Index {
    /// Absent if tantivy refused to build one, which memory alone could cause: then nothing is found.
    reader: Option<IndexReader>,
    fields: Fields,
}

#[derive(Clone, Copy)]
struct Fields {
    /// Title, name, categories, tags, difficulty: as written, and stemmed.
    head: Field,
    head_stem: Field,
    /// The statement.
    body: Field,
    body_stem: Field,
}

impl Index {
    pub fn build(problems: &[Arc<Problem>]) -> Index {
        let mut schema = Schema::builder();
        let text = |tokenizer: &str| {
            let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer);
            TextOptions::default()
                .set_indexing_options(indexing.set_index_option(IndexRecordOption::WithFreqs))
        };
        let fields = Fields {
            head: schema.add_text_field("head", text(PLAIN)),
            head_stem: schema.add_text_field("head_stem", text(STEMMED)),
            body: schema.add_text_field("body", text(PLAIN)),
            body_stem: schema.add_text_field("body_stem", text(STEMMED)),
        };
        let reader = fill(problems, schema.build(), fields)
            .inspect_err(|fault| tracing::error!(%fault, "The search index could not be built"));
        Index {
            reader: reader.ok(),
            fields,
        }
    }

    /// The problems that speak of the query's words, in no order. All words must fit; only when no problem fits
    /// them all, some will do.
    pub fn search(&self, query: &str) -> Vec<Hit> {
        let words = words(query);
        let Some(reader) = self.reader.as_ref().filter(|_| !words.is_empty()) else {
            return Vec::new();
        };
        let unfinished = !query.ends_with(char::is_whitespace);
        // Looking for misspelt words costs ten times as much as for those that are there, so the right ones go first.
        for (occur, typos) in [
            (Occur::Must, Typos::None),
            (Occur::Must, Typos::Some { unfinished }),
            (Occur::Should, Typos::None),
            (Occur::Should, Typos::Some { unfinished: false }),
        ] {
            if occur == Occur::Should && words.len() == 1 {
                break;
            }
            let last = words.len() - 1;
            let each = words.iter().enumerate().map(|(at, word)| {
                let typos = match typos {
                    Typos::Some { unfinished } => Typos::Some {
                        unfinished: unfinished && at == last,
                    },
                    Typos::None => Typos::None,
                };
                (occur, self.fields.query(word, typos))
            });
            let query = BooleanQuery::new(each.collect());
            let hits = reader.searcher().search(&query, &Everything);
            // Only a damaged index could refuse, and this one is in memory.
            let hits = hits.unwrap_or_default();
            if !hits.is_empty() {
                return hits;
            }
        }
        Vec::new()
    }
}

/// Whether a word may be misspelt.
#[derive(Clone, Copy)]
enum Typos {
    None,
    /// The last word may be misspelt and unfinished at once, as long as all words must fit: where some will do, a loose
    /// beginning would let anything in.
    Some {
        unfinished: bool,
    },
}

impl Fields {
    /// One word of the query: stemmed, unfinished or misspelt, in falling weight.
    fn query(&self, word: &str, typos: Typos) -> Box<dyn Query> {
        let mut ways: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut way = |query: Box<dyn Query>, weight: f32| {
            ways.push((Occur::Should, Box::new(BoostQuery::new(query, weight))));
        };
        let mut stem = stemmed();
        let mut tokens = stem.token_stream(word);
        while tokens.advance() {
            let stem = &tokens.token().text;
            for (field, weight) in [(self.head_stem, 6.0), (self.body_stem, 2.0)] {
                let term = Term::from_field_text(field, stem);
                way(
                    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
                    weight,
                );
            }
        }
        let chars = word.chars().count();
        for (field, weight) in [(self.head, 3.0), (self.body, 0.5)] {
            let term = Term::from_field_text(field, word);
            way(
                Box::new(FuzzyTermQuery::new_prefix(term.clone(), 0, true)),
                weight,
            );
            let Typos::Some { unfinished } = typos else {
                continue;
            };
            let distance = match chars {
                0..ONE_TYPO_CHARS => continue,
                ONE_TYPO_CHARS..TWO_TYPOS_CHARS => 1,
                _ => 2,
            };
            let unfinished = unfinished && chars >= UNFINISHED_TYPO_CHARS;
            if unfinished {
                way(
                    Box::new(FuzzyTermQuery::new_prefix(term.clone(), 1, true)),
                    weight / 6.0,
                );
            }
            // What is within one letter begins within one letter.
            if distance > 1 || !unfinished {
                way(
                    Box::new(FuzzyTermQuery::new(term, distance, true)),
                    weight / 2.0,
                );
            }
        }
        Box::new(BooleanQuery::new(ways))
    }
}

fn fill(problems: &[Arc<Problem>], schema: Schema, fields: Fields) -> tantivy::Result<IndexReader> {
    // Fields that are no text, too, ask for the tokenizer named "default".
    let tokenizers = TokenizerManager::default();
    tokenizers.register(PLAIN, plain());
    tokenizers.register(STEMMED, stemmed());
    let mut writer = tantivy::Index::builder()
        .schema(schema)
        .tokenizers(tokenizers)
        .single_segment_index_writer(RamDirectory::create(), ARENA_BYTES)?;
    // One segment that keeps the order: a document's number is its problem's position.
    for problem in problems {
        let public = problem.public();
        let head = format!(
            "{} {} {} {} {}",
            public.title,
            public.slug,
            public.categories.join(" "),
            problem.tags.join(" "),
            public.difficulty.as_str()
        );
        let mut document = TantivyDocument::default();
        document.add_text(fields.head, &head);
        document.add_text(fields.head_stem, &head);
        document.add_text(fields.body, public.statement);
        document.add_text(fields.body_stem, public.statement);
        writer.add_document(document)?;
    }
    writer.finalize()?.reader()
}

/// Collects every match: counts need them all.
struct Everything;

struct Hits(Vec<Hit>);

impl Collector for Everything {
    type Fruit = Vec<Hit>;
    type Child = Hits;

    fn for_segment(&self, _: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<Hits> {
        Ok(Hits(Vec::new()))
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<Vec<Hit>>) -> tantivy::Result<Vec<Hit>> {
        Ok(segments.into_iter().flatten().collect())
    }
}

impl SegmentCollector for Hits {
    type Fruit = Vec<Hit>;

    fn collect(&mut self, document: DocId, score: Score) {
        self.0.push(Hit {
            position: document,
            score,
        });
    }

    fn harvest(self) -> Vec<Hit> {
        self.0
    }
}

/// The words of a query, without those that say nothing unless there are no others.
fn words(query: &str) -> Vec<String> {
    let mut analyzer = plain();
    let mut tokens = analyzer.token_stream(query);
    let mut words = Vec::new();
    while words.len() < WORDS_MAX && tokens.advance() {
        words.push(tokens.token().text.clone());
    }
    let telling: Vec<String> = words
        .iter()
        .filter(|word| stemmed().token_stream(word).advance())
        .cloned()
        .collect();
    if telling.is_empty() { words } else { telling }
}

fn plain() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(WORD_CHARS_MAX))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

fn stemmed() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(WORD_CHARS_MAX))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .filter(StopWordFilter::new(Language::English).expect("tantivy brings English stop words"))
        .filter(Stemmer::new(Language::English))
        .build()
}
