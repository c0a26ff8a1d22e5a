//! Text made comparable: lower-case words without contractions, their stems, and the ideas they stand for.
//!
//! Not a parser and not a judge: it never decides what somebody meant (`intent`, `matching` do).
//! To teach it a new way of saying something, add it to `lexicon`.

use super::lexicon::{FILLERS, IDEAS, STOP, SYNONYMS, THINGS};
use rust_stemmers::{Algorithm, Stemmer};
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// Longer utterances are cut here; what a person asks fits in far less.
pub const WORDS_MAX: usize = 400;

/// How much a word says about what is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An ordinary word of the problem or the question.
    Word,
    /// What everything is made of here: list, number, string.
    Thing,
    /// Words of asking: possible, happen, suppose.
    Filler,
    /// What holds a sentence together: the, if, there. It tells nothing but belongs to a phrasing.
    Stop,
}

impl Kind {
    /// Relative weight before rarity is counted in.
    pub fn weight(self) -> f32 {
        match self {
            Kind::Word => 1.0,
            Kind::Thing => 0.5,
            Kind::Filler => 0.25,
            Kind::Stop => 0.2,
        }
    }
}

/// Lower-case words; contractions spelled out, `O(n)` kept as `o(n)`, `[]` and `""` read as "empty".
pub fn words(text: &str) -> Vec<String> {
    let mut plain = text.to_lowercase().replace(['’', '‘'], "'");
    for (from, to) in SPELLINGS {
        if plain.contains(from) {
            plain = plain.replace(from, to);
        }
    }
    let mut words = Vec::new();
    for piece in plain.split(|c: char| c.is_whitespace() || ",;:!?\"`…—–/".contains(c)) {
        let piece = piece
            .trim_matches(|c: char| ".'*_[]{}<>".contains(c) || (c == '(' && !piece.contains(')')));
        let piece = if piece.contains('(') {
            piece
        } else {
            piece.trim_end_matches(')')
        };
        if piece.is_empty() {
            continue;
        }
        if piece.contains('(') {
            words.push(piece.to_owned());
        } else {
            words.extend(
                piece
                    .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '+'))
                    .filter(|part| !part.is_empty())
                    .flat_map(|part| unslurred(part).split(' '))
                    .map(str::to_owned),
            );
        }
        if words.len() >= WORDS_MAX {
            words.truncate(WORDS_MAX);
            break;
        }
    }
    words
}

/// A word that was typed or transcribed without its apostrophe, spelled out.
fn unslurred(word: &str) -> &str {
    SLURRED
        .iter()
        .find(|(slurred, _)| *slurred == word)
        .map_or(word, |(_, full)| full)
}

/// The English stem of a lower-case word; small figures are read as words.
pub fn stem(word: &str) -> String {
    match word {
        "0" => return "zero".to_owned(),
        "1" => return "one".to_owned(),
        "2" => return "two".to_owned(),
        "3" => return "three".to_owned(),
        _ => {}
    }
    // The stemmer takes "positive" and "position" for one word.
    if word.starts_with("positive") {
        return "positive".to_owned();
    }
    static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));
    STEMMER.stem(word).into_owned()
}

/// A word in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub stem: String,
    pub kind: Kind,
    /// The ideas it is part of naming.
    pub ideas: Vec<&'static str>,
    /// The lines of [`SYNONYMS`] it is in.
    pub lines: Vec<u16>,
}

/// The words of a text in their order, with what they stand for.
pub fn units(text: &str) -> Vec<Unit> {
    let vocabulary = &*VOCABULARY;
    let mut units: Vec<Unit> = words(text)
        .iter()
        .map(|word| {
            let stem = stem(word);
            Unit {
                kind: vocabulary.kind(&stem),
                ideas: Vec::new(),
                lines: vocabulary.lines.get(&stem).cloned().unwrap_or_default(),
                stem,
            }
        })
        .collect();
    for start in 0..units.len() {
        let Some(phrases) = vocabulary.phrases.get(&units[start].stem) else {
            continue;
        };
        for (phrase, idea) in phrases {
            // A single word inside a longer phrase that already matched adds nothing but noise.
            let Some(end) = end_of(phrase, &units, start)
                .filter(|_| phrase.len() > 1 || units[start].ideas.is_empty())
            else {
                continue;
            };
            for unit in &mut units[start..end] {
                if !unit.ideas.contains(idea) {
                    unit.ideas.push(idea);
                }
            }
        }
    }
    units
}

/// Where `phrase` ends if it begins at `start`; "nothing is found" reads as "nothing found".
fn end_of(phrase: &[String], units: &[Unit], start: usize) -> Option<usize> {
    let mut at = start;
    for (nth, stem) in phrase.iter().enumerate() {
        let mut skipped = 0;
        while nth > 0
            && skipped < SKIPPED_MAX
            && units
                .get(at)
                .is_some_and(|unit| unit.stem != *stem && SKIPPED.contains(&unit.stem.as_str()))
        {
            at += 1;
            skipped += 1;
        }
        if units.get(at).is_none_or(|unit| unit.stem != *stem) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// Words (stems) that may stand inside a phrase without changing it.
const SKIPPED: &[&str] = &[
    "is", "are", "be", "been", "was", "the", "a", "an", "of", "that", "it", "there", "ani", "to",
    "get",
];
const SKIPPED_MAX: usize = 2;

struct Vocabulary {
    /// By first stem; longest first.
    phrases: HashMap<String, Vec<(Vec<String>, &'static str)>>,
    stop: HashSet<String>,
    fillers: HashSet<String>,
    things: HashSet<String>,
    /// The lines of [`SYNONYMS`] that a stem is in.
    lines: HashMap<String, Vec<u16>>,
}

impl Vocabulary {
    fn kind(&self, stem: &str) -> Kind {
        if self.stop.contains(stem) {
            Kind::Stop
        } else if self.fillers.contains(stem) {
            Kind::Filler
        } else if self.things.contains(stem) {
            Kind::Thing
        } else {
            Kind::Word
        }
    }
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut phrases: HashMap<String, Vec<(Vec<String>, &'static str)>> = HashMap::new();
    for (idea, ways) in IDEAS {
        for way in ways.split(',') {
            let stems: Vec<String> = words(way).iter().map(|word| stem(word)).collect();
            if let Some(first) = stems.first() {
                phrases
                    .entry(first.clone())
                    .or_default()
                    .push((stems, idea));
            }
        }
    }
    for ways in phrases.values_mut() {
        ways.sort_by(|a, b| (b.0.len(), a.1).cmp(&(a.0.len(), b.1)));
        ways.dedup();
    }
    let mut lines: HashMap<String, Vec<u16>> = HashMap::new();
    for (line, synonyms) in (0..).zip(SYNONYMS) {
        for word in synonyms.split_whitespace() {
            let of_word = lines.entry(stem(word)).or_default();
            if of_word.last() != Some(&line) {
                of_word.push(line);
            }
        }
    }
    let set = |list: &str| list.split_whitespace().map(stem).collect();
    Vocabulary {
        phrases,
        stop: set(STOP),
        fillers: set(FILLERS),
        things: set(THINGS),
        lines,
    }
});

const SPELLINGS: &[(&str, &str)] = &[
    ("can't", "can not"),
    ("cannot", "can not"),
    ("won't", "will not"),
    ("shan't", "shall not"),
    ("n't", " not"),
    ("let's", "let us"),
    ("it's", "it is"),
    ("that's", "that is"),
    ("there's", "there is"),
    ("what's", "what is"),
    ("where's", "where is"),
    ("how's", "how is"),
    ("who's", "who is"),
    ("here's", "here is"),
    // After the ones above, a possessive, or "time's left".
    ("'s ", " "),
    ("'re", " are"),
    ("'ve", " have"),
    ("'ll", " will"),
    ("'d ", " would "),
    ("i'm", "i am"),
    ("non-", "non "),
    ("[]", " empty "),
    ("\"\"", " empty "),
    ("''", " empty "),
    ("o (", "o("),
    ("big o", "big-o"),
];

/// Whole words only: "significant" has nothing to do with "can't".
const SLURRED: &[(&str, &str)] = &[
    ("dont", "do not"),
    ("doesnt", "does not"),
    ("didnt", "did not"),
    ("cant", "can not"),
    ("wont", "will not"),
    ("isnt", "is not"),
    ("arent", "are not"),
    ("wasnt", "was not"),
    ("shouldnt", "should not"),
    ("wouldnt", "would not"),
    ("couldnt", "could not"),
    ("im", "i am"),
    ("ive", "i have"),
    ("youre", "you are"),
    ("theyre", "they are"),
    ("whats", "what is"),
    ("thats", "that is"),
    ("theres", "there is"),
    ("hows", "how is"),
    ("whos", "who is"),
    ("lets", "let us"),
    ("gonna", "going to"),
    ("wanna", "want to"),
    ("gotta", "have to"),
    ("kinda", "kind of"),
    ("cuz", "because"),
    ("gimme", "give me"),
    ("lemme", "let me"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_in_haste_is_read_in_full() {
        let read = |text: &str| words(text).join(" ");
        assert_eq!(read("whats n, dont know"), "what is n do not know");
        assert_eq!(read("it isn't [] or \"\""), "it is not empty or empty");
        assert_eq!(read("how much time's left"), "how much time left");
        // A contraction's letters inside another word are no contraction.
        assert_eq!(read("a significant claim"), "a significant claim");
    }

    #[test]
    fn a_phrase_names_its_idea_wherever_it_stands() {
        let ideas = |text: &str| -> Vec<&str> {
            units(text)
                .into_iter()
                .flat_map(|unit| unit.ideas)
                .collect()
        };
        assert!(ideas("could it be thread safe").contains(&"thread"));
        assert!(ideas("is nothing found then").contains(&"noanswer"));
        assert!(ideas("the farmer is happy").is_empty());
    }
}
