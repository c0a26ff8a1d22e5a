//! What the store costs: durable commits alone and together, and reads beside them.
//! `cargo bench --profile dev --bench store`. Figures depend on the disk below the current directory.

#![allow(
    clippy::disallowed_methods,
    reason = "a bench measures the machine's own time"
)]

use interviewd::store::{Store, StoreError, Table};
use std::time::{Duration, Instant};

const ROWS: Table<u64, Vec<u8>> = Table::new("bench_rows/1");
const TIME_PER_FIGURE: Duration = Duration::from_secs(3);
const ROW_BYTES: usize = 200;

fn main() {
    let dir = tempfile::tempdir_in(".").expect("a directory on the disk that is measured");
    let store = Store::open(&dir.path().join("bench.redb")).expect("opened");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .build()
        .expect("threads");
    let alone = runtime.block_on(commits_per_second(&store, 1));
    for writers in [8, 64, 256] {
        let together = runtime.block_on(commits_per_second(&store, writers));
        println!(
            "{writers:>3} writers: {together:>7.0} durable writes/s, {:.1} times one writer",
            together / alone
        );
    }
    println!(
        "  1 writer : {alone:>7.0} durable writes/s, {:.2} ms each",
        1_000.0 / alone
    );
    let mut times: Vec<Duration> = (0..20_000)
        .map(|number| {
            let start = Instant::now();
            let found = store.read(|tx| tx.get(ROWS, &(number % 100)));
            assert!(found.expect("readable").is_some());
            start.elapsed()
        })
        .collect();
    times.sort();
    println!(
        "  a read   : p50 {:?}, p99 {:?}",
        times[times.len() / 2],
        times[times.len() * 99 / 100]
    );
}

async fn commits_per_second(store: &Store, writers: u64) -> f64 {
    let start = Instant::now();
    let tasks: Vec<_> = (0..writers)
        .map(|writer| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut written = 0u64;
                while start.elapsed() < TIME_PER_FIGURE {
                    let key = writer * 1_000_000 + written;
                    store
                        .write(move |tx| tx.put(ROWS, &key, &vec![7; ROW_BYTES]))
                        .await?;
                    written += 1;
                }
                Ok::<u64, StoreError>(written)
            })
        })
        .collect();
    let mut total = 0;
    for task in tasks {
        total += task.await.expect("no panic").expect("written");
    }
    total as f64 / start.elapsed().as_secs_f64()
}
