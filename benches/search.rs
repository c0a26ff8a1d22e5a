//! What finding a problem costs in a library of 5,000: searches as they are typed, with filters and counts, beside a
//! plain scan for the words in the same text; a random draw in a small and a large library; building the index.
//! `cargo bench --profile dev --bench search`. Percentiles are of the time that the thread itself worked, so that
//! whatever else the machine does is not counted; what passed on the clock stands beside them.

#![allow(
    clippy::disallowed_methods,
    reason = "a bench measures the machine's own time"
)]

use criterion::{Criterion, criterion_group, criterion_main};
use interviewd::problems::{Filter, Library, Slice, toml};
use interviewd_domain::problem::{Difficulty, Problem};
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

const PROBLEMS: usize = 5_000;
const ROUNDS: usize = 40;
/// The target for 99 of 100 searches.
const P99_MAX: Duration = Duration::from_millis(2);
const PAGE: Slice = Slice { skip: 0, take: 20 };

/// What people type, letter by letter as well.
const QUERIES: [&str; 12] = [
    "l",
    "la",
    "lant",
    "lantern chain",
    "lantren",
    "dynamic programing",
    "harbor tide",
    "water tank pumps",
    "brackets in a recipe",
    "orchrad rows",
    "sliding window maximum",
    "xylophone",
];

fn search(criterion: &mut Criterion) {
    let library = Library::of(problems(PROBLEMS));
    let texts: Vec<String> = library
        .list(&Filter::default())
        .iter()
        .map(|it| text(it))
        .collect();
    for query in ["la", "lantren", "brackets in a recipe"] {
        criterion.bench_function(&format!("search 5000: {query}"), |bench| {
            bench.iter(|| library.find(black_box(query), &Filter::default(), PAGE));
        });
    }
    criterion.bench_function("list 5000: no words", |bench| {
        bench.iter(|| library.find("", &narrow(), PAGE));
    });
    criterion.bench_function("scan 5000: brackets in a recipe", |bench| {
        bench.iter(|| scan(&texts, black_box("brackets in a recipe")));
    });

    let (mut searches, mut scans, mut walls) = (Vec::new(), Vec::new(), Vec::new());
    for query in QUERIES {
        let mut of_query = Vec::new();
        for _ in 0..ROUNDS {
            for filter in [Filter::default(), narrow()] {
                let start = Instant::now();
                of_query.push(time(|| library.find(query, &filter, PAGE)));
                walls.push(start.elapsed());
            }
            scans.push(time(|| scan(&texts, query)));
        }
        let (search, search_99) = percentiles(&mut of_query);
        let total = library.find(query, &Filter::default(), PAGE).total;
        println!("{query:24} {total:>5} found: p50 {search:?}, p99 {search_99:?}");
        searches.extend(of_query);
    }
    let (search, search_99) = percentiles(&mut searches);
    let (wall, wall_99) = percentiles(&mut walls);
    let (scanned, scanned_99) = percentiles(&mut scans);
    println!("search, {PROBLEMS} problems, counts included: p50 {search:?}, p99 {search_99:?}");
    println!("the same on the clock                       : p50 {wall:?}, p99 {wall_99:?}");
    println!("substring scan of the same text             : p50 {scanned:?}, p99 {scanned_99:?}");
    println!(
        "ratio scan / search: p50 {:.1}, p99 {:.1}; p99 {} the target of {P99_MAX:?}",
        scanned.as_secs_f64() / search.as_secs_f64(),
        scanned_99.as_secs_f64() / search_99.as_secs_f64(),
        if search_99 <= P99_MAX {
            "is within"
        } else {
            "MISSES"
        },
    );
}

fn draw(criterion: &mut Criterion) {
    let recent: Vec<String> = (0..10).map(slug).collect();
    let recent: Vec<&str> = recent.iter().map(String::as_str).collect();
    for count in [50, PROBLEMS] {
        let library = Library::of(problems(count));
        let mut dice = 0;
        criterion.bench_function(&format!("draw, {count} problems"), |bench| {
            bench.iter(|| {
                dice += 1;
                library.random(&narrow(), &recent, dice)
            });
        });
    }
}

fn build(criterion: &mut Criterion) {
    let all = problems(PROBLEMS);
    let mut group = criterion.benchmark_group("build");
    group.sample_size(10);
    group.bench_function("index of 5000", |bench| {
        bench.iter_batched(
            || all.clone(),
            Library::of,
            criterion::BatchSize::PerIteration,
        );
    });
    group.finish();
}

/// What the calling thread worked.
fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = worked();
    black_box(work());
    worked() - start
}

fn worked() -> Duration {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the kernel writes one `timespec` where it is told to, and this one outlives the call.
    let status = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    assert_eq!(status, 0, "every thread has a clock");
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

fn percentiles(times: &mut [Duration]) -> (Duration, Duration) {
    times.sort();
    (times[times.len() / 2], times[times.len() * 99 / 100])
}

fn narrow() -> Filter {
    Filter {
        difficulty: Some(Difficulty::Medium),
        category: Some("graph".to_owned()),
    }
}

/// What a search without an index would do: every word somewhere in the text, no typos, no ranking, no counts.
fn scan(texts: &[String], query: &str) -> usize {
    let query = query.to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let fits = |text: &&String| words.iter().all(|word| text.contains(word));
    texts.iter().filter(fits).count()
}

fn text(problem: &Problem) -> String {
    let parts = [
        &problem.title,
        &problem.categories.join(" "),
        &problem.tags.join(" "),
        &problem.statement,
    ];
    parts.map(|part| part.to_lowercase()).join(" ")
}

fn slug(number: usize) -> String {
    format!("generated-{number}")
}

/// Problems with statements of a hundred words: the words of the shipped statements, and invented ones.
fn problems(count: usize) -> Vec<Problem> {
    const CATEGORIES: [&str; 12] = [
        "arrays",
        "strings",
        "hash-map",
        "two-pointers",
        "sliding-window",
        "stack",
        "linked-list",
        "trees",
        "graph",
        "heap",
        "binary-search",
        "dynamic-programming",
    ];
    let shipped = Library::load(None).list(&Filter::default());
    let model = toml::parse(
        "tide-table.toml",
        include_str!("../problems/tide-table.toml"),
    );
    let model = model.problem.expect("a shipped problem");
    let mut words: Vec<String> = shipped
        .iter()
        .flat_map(|problem| problem.statement.split_whitespace())
        .map(|word| {
            word.trim_matches(|letter: char| !letter.is_alphanumeric())
                .to_owned()
        })
        .filter(|word| word.len() > 2)
        .collect();
    let mut dice = Dice(42);
    for _ in 0..words.len() {
        let syllables = 2 + dice.below(3);
        let word = (0..syllables).map(|_| {
            let (a, b) = (dice.below(15), dice.below(5));
            format!("{}{}", &"bcdfghlmnprstvw"[a..=a], &"aeiou"[b..=b])
        });
        words.push(word.collect());
    }
    (0..count)
        .map(|number| {
            let mut some = |count: usize| -> String {
                let picked = (0..count).map(|_| words[dice.below(words.len())].as_str());
                picked.collect::<Vec<_>>().join(" ")
            };
            let (title, statement, tag) = (some(3), some(100), some(1));
            Problem {
                slug: slug(number),
                title,
                difficulty: [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard][number % 3],
                categories: vec![
                    CATEGORIES[number % 12].to_owned(),
                    CATEGORIES[(number / 12) % 12].to_owned(),
                ],
                tags: vec![tag],
                statement,
                hidden: vec![],
                ..model.clone()
            }
        })
        .collect()
}

/// Repeats from run to run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

criterion_group!(benches, search, draw, build);
criterion_main!(benches);
