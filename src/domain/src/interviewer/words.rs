//! Text made comparable: lower-case words without contractions, their stems, and the ideas they stand for.
//!
//! Not a parser and not a judge: it never decides what somebody meant (`intent`, `matching` do).
//! To teach it a new way of saying something, add the phrase to its line in [`IDEAS`].

use rust_stemmers::{Algorithm, Stemmer};
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// Longer utterances are cut here; what a person asks fits in far less.
pub const WORDS_MAX: usize = 400;

/// One comparable unit of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    pub key: String,
    pub kind: Kind,
}

/// How much a term says about what is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An idea of interviews: emptiness, duplicates, ties …
    Idea,
    /// An ordinary word of the problem or the question.
    Word,
    /// What everything is made of here: list, number, string.
    Thing,
    /// Words of asking: possible, happen, suppose.
    Filler,
    /// Two content words beside each other.
    Pair,
}

impl Kind {
    /// Relative weight before rarity is counted in.
    pub fn weight(self) -> f32 {
        match self {
            Kind::Idea => 1.4,
            Kind::Word => 1.0,
            Kind::Thing => 0.35,
            Kind::Filler => 0.12,
            Kind::Pair => 0.45,
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

/// The English stem of a lower-case word.
pub fn stem(word: &str) -> String {
    // The stemmer takes "positive" and "position" for one word.
    if word.starts_with("positive") {
        return "positive".to_owned();
    }
    static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));
    STEMMER.stem(word).into_owned()
}

/// What a text is made of, each term once.
pub fn terms(text: &str) -> HashSet<Term> {
    let vocabulary = &*VOCABULARY;
    let stems: Vec<String> = words(text).iter().map(|word| stem(word)).collect();
    let mut found = HashSet::new();
    let mut covered = vec![false; stems.len()];
    for start in 0..stems.len() {
        let Some(phrases) = vocabulary.phrases.get(&stems[start]) else {
            continue;
        };
        for (phrase, idea) in phrases {
            // A single word inside a longer phrase that already matched adds nothing but noise.
            let Some(end) =
                end_of(phrase, &stems, start).filter(|_| phrase.len() > 1 || !covered[start])
            else {
                continue;
            };
            found.insert(Term {
                key: format!("~{idea}"),
                kind: Kind::Idea,
            });
            covered[start..end].fill(true);
        }
    }
    let mut before: Option<&str> = None;
    for (stem, covered) in stems.iter().zip(&covered) {
        if vocabulary.stop.contains(stem) {
            continue;
        }
        let kind = if vocabulary.fillers.contains(stem) {
            Kind::Filler
        } else if vocabulary.things.contains(stem) {
            Kind::Thing
        } else {
            Kind::Word
        };
        if !covered {
            found.insert(Term {
                key: stem.clone(),
                kind,
            });
        }
        if kind != Kind::Filler {
            if let Some(before) = before.filter(|_| !covered) {
                found.insert(Term {
                    key: format!("{before} {stem}"),
                    kind: Kind::Pair,
                });
            }
            before = Some(stem);
        }
    }
    found
}

/// Where `phrase` ends if it begins at `start`; "nothing is found" reads as "nothing found".
fn end_of(phrase: &[String], stems: &[String], start: usize) -> Option<usize> {
    let mut at = start;
    for (nth, stem) in phrase.iter().enumerate() {
        let mut skipped = 0;
        while nth > 0
            && skipped < SKIPPED_MAX
            && stems.get(at) != Some(stem)
            && stems.get(at).is_some_and(|s| SKIPPED.contains(&s.as_str()))
        {
            at += 1;
            skipped += 1;
        }
        if stems.get(at) != Some(stem) {
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
    let set = |list: &str| list.split_whitespace().map(stem).collect();
    Vocabulary {
        phrases,
        stop: set(STOP),
        fillers: set(FILLERS),
        things: set(THINGS),
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
    ("'re", " are"),
    ("'ve", " have"),
    ("'ll", " will"),
    ("'d ", " would "),
    ("i'm", "i am"),
    ("gonna", "going to"),
    ("wanna", "want to"),
    ("gotta", "have to"),
    ("dont ", "do not "),
    ("doesnt ", "does not "),
    ("cant ", "can not "),
    ("im ", "i am "),
    ("whats ", "what is "),
    ("non-", "non "),
    ("[]", " empty "),
    ("\"\"", " empty "),
    ("''", " empty "),
    ("o (", "o("),
    ("big o", "big-o"),
];

const STOP: &str = "a an the this that these those i you we he she they it me my your our us them its their his her \
    is are am was were be been being do does did done doing has have had having can could may might must shall should will would \
    of to in on at by for with from as into onto about over and or but if then so than too very also just only not no yes \
    ok okay um uh hmm well actually please sorry hey hi hello there here what which who whom whose how when where why \
    s t d ll re ve m all any some each every both either neither such own same other more most much many few up down out off";

const FILLERS: &str = "possible possibly happen occur case input given give contain include inside suppose assume assuming assumption \
    guarantee guaranteed ever always sometimes sure question ask wonder wondering clarify clarification know tell mean want need like \
    think expect expected problem task consider handle support treat deal allow allowed get got let say said see look okay right \
    thing something anything way kind sort exactly really quick quickly maybe perhaps regarding concerning worry account supposed \
    legal present exist existing appear come might potentially able actual real situation scenario instance somehow press exactly definitely certain certainly properly simply supply supplied provided pass passed someone \
    correct confirm double check understand understanding concern care bother able going use using used make made take \
    first second one two another look worry work deal count situation where while add given find found take pick choose else whether still ever even again bit little own test tests data function method program code";

const THINGS: &str = "list array n k m number value element item string character char letter word text entry entries record object node \
    key sequence collection argument parameter grid matrix row column cell line tree graph edge data set map pair";

/// Ideas of interviews and the ways to say them. The stems of a phrase must stand side by side.
const IDEAS: &[(&str, &str)] = &[
    (
        "dup",
        "duplicate, duplicates, dupes, duplicated, repeated, repeats, repeat, repetition, repetitions, recurring, recur, same value, same values, same number, same numbers, \
        same element, same thing, have the same, has the same, having the same, share the same, weigh the same, identical, \
        copies, unique, distinct, uniqueness, appear again, show up again, all different, occur again, equal values, equal elements, equal numbers, \
        show up more than once, appear more than once, occur more than once, show up twice, appear twice, occur twice, appear several times, appear multiple times, occur multiple times, occur several times",
    ),
    (
        "twice",
        "twice, two times, more than once, multiple times, several times, many times, again, a second time",
    ),
    ("same", "the same, same, equal, identical, equally, equals"),
    (
        "tie",
        "tie, ties, tied, tie break, tiebreak, tie breaker, draw, equal, equally, same count, same score, same frequency, same length, same priority, \
        same distance, same time, same size, same amount, same sum, same rank, identical, have the same, share the same, are the same, more than one winner, joint",
    ),
    (
        "empty",
        "empty, nothing, contain no, contains no, has no, have no, there are no, are no, with no, hold no, holds no, get no, consist of no, no element, no elements, no items, no entries, no characters, no numbers, no values, no nodes, no words, no rows, no letters, length zero, \
        length 0, zero length, 0 length, size zero, size 0, zero size, zero elements, 0 elements, zero items, 0 items, zero entries, no data, blank input, no input, without any, \
        without elements, nothing in it, nothing at all, contain nothing, zero characters, zero nodes, zero words, n zero, n 0",
    ),
    ("null", "null, none, nil, undefined, null pointer"),
    (
        "sign",
        "negative, negatives, below zero, less than zero, smaller than zero, under zero, below 0, less than 0, minus, positive, positives, nonnegative, non negative, \
        greater than zero, above zero, greater than 0, sign, signed, unsigned",
    ),
    ("zero", "zero, zeros, zeroes, 0"),
    (
        "sorted",
        "sorted, unsorted, presorted, ordered, unordered, in order, ascending, descending, increasing, decreasing, sort, in any order, any particular order, \
        in what order, order, ordering, monotonic, out of order, chronological, chronologically, shuffled",
    ),
    (
        "inplace",
        "in place, inplace, modify, mutate, mutated, mutating, modified, change the input, alter, extra space, mark in the, write into, edit the, additional space, extra memory, additional memory, \
        auxiliary, separate array, new array, new list, copy, make a copy, constant space, o(1) space, destroy, destructive, change the array, change the list, change the original, original array, \
        original list, tamper, touch the input, untouched, leave the input, preserve the input",
    ),
    (
        "lettercase",
        "upper case, uppercase, lower case, lowercase, upper or lower, capital, capitals, capitalised, capitalized, capitalisation, capitalization, capitalized letters, case sensitive, case sensitivity, \
        case insensitive, case insensitively, letter case, case matter, case matters, mixed case, does case, ignore case, ignoring case, big letters, small letters",
    ),
    (
        "noanswer",
        "no answer, no solution, no valid, not found, nothing found, no such, impossible, does not exist, do not exist, not exist, none exist, no pair, no result, can not be done, \
        no match, nothing match, nothing matches, can not find, can not be found, not possible, always a solution, always an answer, always possible, always a valid, always one, \
        guaranteed solution, guaranteed to exist, guaranteed to be a solution, at least one answer, at least one solution, solution always, answer always, no one, nobody, none of them, always a way, always a path, always a pair, always be a, guarantee a solution, solution guarantee, answer guarantee, exist always, \
        not be reached, not reach, not get there, not get to, can not reach, unattainable, nothing fit, no way out, not achievable, not be made, not be formed, fail to find, no candidates, nobody qualifies, \
        no two, there is none, not reachable, never happens, unsolvable, without a solution, without an answer, no path, no way, nothing fits, solution exist, answer exist, nothing qualifies",
    ),
    (
        "manyanswers",
        "multiple answers, several answers, more than one answer, more than one solution, multiple solutions, several solutions, many solutions, more than one valid, multiple valid, \
        several valid, any of them, which one, more than one pair, multiple pairs, several pairs, exactly one, only one answer, only one solution, many answers, more than one way, \
        unique answer, unique solution, more than one result, several possible, multiple possible, different answers",
    ),
    (
        "size",
        "how long, how large, how big, how small, how many, size, sizes, maximum, minimum, max, min, upper bound, lower bound, upper limit, bounds, bound, range, ranges, large, huge, big, \
        scale, limit, limits, constraint, constraints, length, magnitude, biggest, largest, smallest, longest, order of magnitude",
    ),
    (
        "clock",
        "how long do i have, how much time, time left, time remaining, minutes left, minutes do i have, time do i have, time do we have, remaining time, long is the interview, \
        long is this interview, long is the session, long is this session, long will this take, long does this take, long does the interview, when does it end, time is up, clock, how many minutes, long do we have, long have i got, minutes remain",
    ),
    (
        "numtype",
        "float, floats, floating point, decimal, decimals, fraction, fractions, fractional, non integer, real numbers, whole number, whole numbers, whole, half, halves, integer, integers, ints",
    ),
    (
        "overflow",
        "overflow, overflows, 32 bit, 64 bit, big integer, bigint, exceed 32, too large for",
    ),
    (
        "unicode",
        "unicode, ascii, emoji, emojis, utf, non english, english, accents, accented, umlaut, umlauts, foreign letters, other alphabets, non latin, latin, diacritics",
    ),
    (
        "punct",
        "punctuation, punctuation marks, special character, special characters, symbol, symbols, comma, commas, period, periods, full stop, full stops, exclamation, exclamation marks, \
        question marks, dots, quotes",
    ),
    (
        "alphabet",
        "alphabet, letters only, only letters, alphanumeric, non letter, non alphabetic, other characters, what characters, which characters, kind of characters, kinds of characters, only contain letters, alphabetic",
    ),
    (
        "digits",
        "digit, digits, numerals, numbers in the text, numbers in the string",
    ),
    (
        "hyphen",
        "hyphen, hyphens, hyphenated, dash, dashes, apostrophe, apostrophes",
    ),
    (
        "blank",
        "whitespace, white space, spaces, blank, blanks, tab, tabs, leading, trailing, space character, single space, space in, padding",
    ),
    (
        "cycle",
        "cycle, cycles, circular, cyclic, acyclic, loop back, point back",
    ),
    (
        "connected",
        "connected, disconnected, reachable, unreachable, isolated, island",
    ),
    (
        "directed",
        "directed, undirected, direction, directions, one way, both ways, bidirectional, two way, both directions",
    ),
    (
        "neighbour",
        "diagonal, diagonally, diagonals, adjacent, neighbour, neighbours, neighbor, neighbors, neighbouring, neighboring, sideways, eight directions, four directions, 4 connected, 8 connected, four connected, next to each other, touching",
    ),
    (
        "reuse",
        "reuse, reused, use the same, pick the same, take the same, choose the same, select the same, use one, pick one, take one, same element twice, same item twice, same item, used twice, use twice, used more than once, use it twice, pair with itself, paired with itself, itself, use an element, \
        same index twice, use one element, same one twice, use a number twice, with itself, again and again",
    ),
    (
        "inclusive",
        "inclusive, exclusive, inclusively, endpoint, endpoints, boundary, boundaries, overlap, overlaps, overlapping, touch, touches, half open, include the end, including the end",
    ),
    (
        "index",
        "index, indices, indexes, position, positions, zero based, one based, 0 based, 1 based, 0 indexed, 1 indexed, zero indexed, one indexed, start at zero, start at one, start counting, indexed",
    ),
    (
        "valid",
        "invalid, malformed, illegal, bad input, not valid, valid, well formed, validate, validation, sanity check, garbage, ill formed, wrong input, broken input, corrupt, sanitize, \
        wrong type, defensive, incorrect input, trust the input, error checking",
    ),
    (
        "single",
        "single, one element, one item, one number, only one, just one, length one, length 1, size one, size 1, one entry, one character, one node, one cell, single cell, singleton, one value",
    ),
    (
        "return",
        "return, returns, returned, output, outputs, give back, hand back, produce, result, answer, come out, comes out, report, format, spit out, send back, get back, hand in",
    ),
    (
        "error",
        "throw, throws, raise, exception, exceptions, error, errors, crash, panic, fail, fails",
    ),
    (
        "missing",
        "miss, cache miss, missing, absent, not present, unknown, unknown key, is not there, do not have, does not have, not known, never put, never inserted, not stocked, key not, does not contain, not in the, never seen, not stored, unknown, not on the, does not exist, not exist, never set, never added, no entry, not there, has no value",
    ),
    (
        "exceeds",
        "larger than, bigger than, longer than, exceeds, exceed, more than the length, more than there are, fewer than, beyond, too big, too large, out of range, out of bounds",
    ),
    (
        "shape",
        "rectangular, jagged, ragged, always square, square grid, square matrix, square or, uneven, as long as the, as wide as, different lengths, rows of, equal length, same width, unequal",
    ),
    (
        "contiguous",
        "contiguous, consecutive, consecutively, in a row, subsequence, substring, subarray, next to one another, back to back, gaps, gap, unbroken",
    ),
    (
        "round",
        "round, rounding, rounded, truncate, floor, ceil, precision, precise, tolerance",
    ),
    (
        "thread",
        "thread, threads, thread safe, concurrent, concurrency, concurrently, parallel, simultaneous, race",
    ),
    (
        "memory",
        "fit in memory, fits in memory, stream, streaming, on disk, memory limit, at once",
    ),
    (
        "existing",
        "overwrite, overwrites, replace, replaced, already present, already there, already exists, update, updates, updated, existing key, set again, put again",
    ),
    (
        "startend",
        "start with, end with, beginning, at the end, at the start, edges of, edge of, wrap around, wraps around, wraparound",
    ),
    (
        "speed",
        "efficient, efficiency, complexity, fast, performance, performant, big-o, runtime, running time, time limit, timeout, time complexity, space complexity, optimal, optimise, optimize, optimized, \
        quick enough, fast enough, quadratic, linear, o(1), o(n), constant time, how fast, logarithmic",
    ),
    (
        "library",
        "library, libraries, standard library, built in, builtin, built ins, builtins, import, imports, module, modules, package, packages, stdlib, collections, ordereddict, defaultdict, collections, numpy, heapq, bisect, functools, regex, regular expression, math module, pandas, itertools, counter, lodash, npm",
    ),
    (
        "language",
        "python, javascript, java, typescript, node, language, languages, version",
    ),
    ("pseudocode", "pseudocode, pseudo code, pseudo"),
    (
        "brute",
        "brute force, bruteforce, naive, simple version, simplest, simple solution, straightforward, slow solution, slow version, unoptimized, not optimal, inefficient",
    ),
    (
        "run",
        "run, execute, running, executing, test my code, try my code, try it out, compile",
    ),
    (
        "helper",
        "helper, helpers, extra function, extra functions, additional function, additional functions, several functions, other functions, more functions, own class, rename, signature, function name, class name",
    ),
    (
        "web",
        "google, internet, look up, documentation, docs, search online, stack overflow, chatgpt, copilot, browser, online",
    ),
    (
        "notes",
        "notes, paper, whiteboard, comments, comment, draw, sketch",
    ),
    (
        "print",
        "print, prints, console.log, console log, logging, debug, debugging, debugger",
    ),
    (
        "score",
        "score, scored, scoring, graded, grading, evaluate, evaluated, evaluation, evaluating, judged, how am i doing, pass the interview, did i pass, rated, assess, assessed",
    ),
    (
        "machine",
        "a robot, a bot, a human, a person, an ai, ai, artificial, chatbot, language model, real person, human being",
    ),
    (
        "edgecase",
        "edge case, edge cases, corner case, corner cases, special case, special cases, tricky case, tricky cases",
    ),
    (
        "hidden",
        "hidden, hidden test, hidden tests, hidden case, hidden cases, secret, secret tests",
    ),
];
