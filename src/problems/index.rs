//! Full text over problems, in memory, made anew at each reload. Sees what a candidate may see and nothing else,
//! so that a search cannot be used to guess hidden cases. The only file that knows tantivy.

use interviewd_domain::problem::Problem;
use std::sync::Arc;
use tantivy::{
    IndexReader, TantivyDocument, Term,
    collector::TopDocs,
    directory::RamDirectory,
    query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value},
    tokenizer::{
        AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer,
        StopWordFilter, TextAnalyzer, TokenizerManager,
    },
};

/// A query is read up to here; more words make it slower and no better.
const WORDS_MAX: usize = 12;
const WORD_CHARS_MAX: usize = 40;
const HITS_MAX: usize = 1_000;
/// tantivy's smallest arena.
const ARENA_BYTES: usize = 15_000_000;

/// From this length on a word may have one wrong letter, and from that one two.
const ONE_TYPO_CHARS: usize = 4;
const TWO_TYPOS_CHARS: usize = 8;

const PLAIN: &str = "plain";
const STEMMED: &str = "stemmed";

/// The searchable form of a list of problems; hits are positions in that list.
pub struct Index {
    /// Absent if tantivy refused to build one, which memory alone could cause: then nothing is found.
    reader: Option<IndexReader>,
    fields: Fields,
}

#[derive(Clone, Copy)]
struct Fields {
    position: Field,
    /// Title, name, categories, difficulty: as written, and stemmed.
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
            position: schema.add_u64_field("position", STORED),
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

    /// Positions of the problems that speak of the query's words, best first. All words must fit; only when no
    /// problem fits them all, some will do.
    pub fn search(&self, query: &str) -> Vec<usize> {
        let words = words(query);
        let Some(reader) = self.reader.as_ref().filter(|_| !words.is_empty()) else {
            return Vec::new();
        };
        for occur in [Occur::Must, Occur::Should] {
            let each = words.iter().map(|word| (occur, self.fields.query(word)));
            let hits = hits(
                reader,
                &BooleanQuery::new(each.collect()),
                self.fields.position,
            );
            if !hits.is_empty() {
                return hits;
            }
        }
        Vec::new()
    }
}

impl Fields {
    /// One word of the query: stemmed, unfinished or misspelt, in falling weight.
    fn query(&self, word: &str) -> Box<dyn Query> {
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
        let typos = match word.chars().count() {
            0..ONE_TYPO_CHARS => 0,
            ONE_TYPO_CHARS..TWO_TYPOS_CHARS => 1,
            _ => 2,
        };
        for (field, weight) in [(self.head, 3.0), (self.body, 0.5)] {
            let term = Term::from_field_text(field, word);
            way(
                Box::new(FuzzyTermQuery::new_prefix(term.clone(), 0, true)),
                weight,
            );
            way(
                Box::new(FuzzyTermQuery::new(term, typos, true)),
                weight / 2.0,
            );
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
    for (position, problem) in problems.iter().enumerate() {
        let public = problem.public();
        let head = format!(
            "{} {} {} {}",
            public.title,
            public.slug,
            public.categories.join(" "),
            public.difficulty.as_str()
        );
        let mut document = TantivyDocument::default();
        document.add_u64(fields.position, position as u64);
        document.add_text(fields.head, &head);
        document.add_text(fields.head_stem, &head);
        document.add_text(fields.body, public.statement);
        document.add_text(fields.body_stem, public.statement);
        writer.add_document(document)?;
    }
    writer.finalize()?.reader()
}

fn hits(reader: &IndexReader, query: &dyn Query, position: Field) -> Vec<usize> {
    let searcher = reader.searcher();
    let found = searcher.search(query, &TopDocs::with_limit(HITS_MAX).order_by_score());
    let found = found.unwrap_or_default().into_iter();
    found
        .filter_map(|(_, address)| searcher.doc::<TantivyDocument>(address).ok())
        .filter_map(|document| document.get_first(position)?.as_u64())
        .map(|position| position as usize)
        .collect()
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
