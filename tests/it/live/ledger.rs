//! Twenty kills under load. Four candidates type, talk, run, save and end; each keeps a ledger of what the server
//! acknowledged. After every restart the record is compared with it: nothing acknowledged is missing, nothing is there
//! twice, nothing is there that nobody sent.

use super::{
    PATIENCE,
    client::{Client, Heard, Socket, is_final_caption},
    problem,
    restart::open_runs,
    server::{Home, Server, stopwatch},
};
use interviewd::edge::{Clock, Entropy, Stop, Tasks};
use interviewd_domain::interview::code;
use reqwest::Method;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

const KILLS: usize = 20;
const CANDIDATES: usize = 4;
/// A kill falls after so many acknowledgements of a round, and then up to so many milliseconds later.
const ACKNOWLEDGED_BEFORE_KILL: std::ops::Range<u64> = 4..48;
const KILL_DELAY_MS_MAX: u64 = 40;
/// People do not type faster than this; it also keeps clear of the socket's bound.
const PAUSE_MS: std::ops::Range<u64> = 5..30;
const SEED: u64 = 0x1ed6e2;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_kills_under_load_lose_nothing_that_was_acknowledged() {
    let (home, watch, dice, clock) = (
        Home::new(),
        stopwatch(),
        Entropy::seeded(SEED),
        Clock::real(),
    );
    println!("seed {SEED:#x}");
    let mut server = Server::start(&home).await;
    let mut candidates = Vec::new();
    for number in 0..CANDIDATES {
        let client = Client::sign_up(server.address, &format!("candidate-{number}")).await;
        candidates.push(Candidate::new(client, number));
    }
    for _ in 0..KILLS {
        let (tasks, acknowledged) = (Tasks::new(), Arc::new(AtomicUsize::new(0)));
        let target = within(&dice, ACKNOWLEDGED_BEFORE_KILL) as usize;
        let working: Vec<_> = candidates
            .drain(..)
            .map(|candidate| {
                tasks.spawn(
                    "candidate",
                    candidate.work(server.address, acknowledged.clone(), tasks.stop_signal()),
                )
            })
            .collect();
        super::eventually(
            &format!("{target} acknowledgements"),
            PATIENCE * 2,
            async || {
                let failed = working.iter().any(|task| task.is_finished());
                (failed || acknowledged.load(Ordering::Relaxed) >= target).then_some(())
            },
        )
        .await;
        clock
            .sleep(Duration::from_millis(within(&dice, 0..KILL_DELAY_MS_MAX)))
            .await;
        server.kill().await;
        tasks.stop();
        for task in working {
            candidates.push(
                task.join()
                    .await
                    .expect("a candidate's expectation was not met; see above"),
            );
        }
        server = Server::start(&home).await;
        for candidate in &mut candidates {
            candidate.client.server = server.address;
            candidate.check_newest().await;
        }
    }

    let mut totals = Totals::default();
    for candidate in &mut candidates {
        candidate.end_and_check_all(&mut totals).await;
    }
    println!(
        "{KILLS} kills in {:.1} s; acknowledged and found once each: {totals}",
        watch.elapsed().as_secs_f64()
    );
    assert!(
        totals.edits > 100
            && totals.turns > 20
            && totals.snapshots > 10
            && totals.runs > 10
            && totals.interviews > CANDIDATES,
        "the storm was no storm"
    );
    server.stop().await;
}

/// What was found, for the record.
#[derive(Default)]
struct Totals {
    interviews: usize,
    edits: usize,
    turns: usize,
    snapshots: usize,
    runs: usize,
    ends: usize,
    runs_lost: usize,
    unacknowledged: usize,
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Totals {
            interviews,
            edits,
            turns,
            snapshots,
            runs,
            ends,
            runs_lost,
            unacknowledged,
        } = self;
        write!(
            f,
            "{interviews} interviews, {edits} edits, {turns} turns, {snapshots} snapshots, {runs} runs, {ends} ends; \
             {runs_lost} runs told as lost, {unacknowledged} edits and turns kept although the kill swallowed the answer"
        )
    }
}

/// What one candidate sent in one interview, and what of it was acknowledged.
#[derive(Default)]
struct Book {
    session: String,
    /// Revision → code, as sent; the ones up to `saved` were acknowledged.
    sent_code: BTreeMap<u64, String>,
    saved: Vec<u64>,
    sent_turns: Vec<String>,
    heard_turns: Vec<String>,
    snapshots: Vec<String>,
    runs: Vec<(String, Value)>,
    end_sent: bool,
    ended: bool,
}

struct Candidate {
    client: Client,
    dice: Entropy,
    language: &'static str,
    books: Vec<Book>,
    words: u64,
}

/// The server is gone; the round is over.
struct Gone;

impl Candidate {
    fn new(client: Client, number: usize) -> Candidate {
        let language = if number.is_multiple_of(2) {
            "python"
        } else {
            "javascript"
        };
        Candidate {
            client,
            dice: Entropy::seeded(SEED + 1 + number as u64),
            language,
            books: vec![],
            words: 0,
        }
    }

    /// Goes on with the newest interview, or a new one, until the server is gone.
    async fn work(
        mut self,
        server: std::net::SocketAddr,
        acknowledged: Arc<AtomicUsize>,
        stop: Stop,
    ) -> Candidate {
        self.client.server = server;
        while self.interview(&acknowledged).await.is_ok() {
            assert!(
                !stop.is_stopping(),
                "the server is gone, and yet it acknowledges"
            );
        }
        self
    }

    /// One connection, from its state to its end.
    async fn interview(&mut self, acknowledged: &AtomicUsize) -> Result<(), Gone> {
        let acknowledge = || {
            acknowledged.fetch_add(1, Ordering::Relaxed);
        };
        let clock = Clock::real();
        if self.books.last().is_none_or(|book| book.ended) {
            let body =
                json!({ "problem": problem().slug, "language": self.language, "mode": "text" });
            let started = self.ask("/api/sessions/start", body, 201).await?;
            let session = started["sessionId"].as_str().expect("an id").to_owned();
            self.books.push(Book {
                session,
                ..Book::default()
            });
            acknowledge();
        }
        let session = self.book().session.clone();
        let token = self
            .ask("/api/realtime/token", json!({ "sessionId": session }), 200)
            .await?;
        let mut socket = Socket::try_open(
            self.client.server,
            token["token"].as_str().expect("a token"),
        )
        .await
        .ok_or(Gone)?;
        let state = socket
            .find("the state", |frame| frame["type"] == "session.state")
            .await
            .ok_or(Gone)?;
        let mut revision = state["revision"].as_u64().expect("a number");
        let mut code = state["code"].as_str().expect("text").to_owned();
        loop {
            clock
                .sleep(Duration::from_millis(within(&self.dice, PAUSE_MS)))
                .await;
            match within(&self.dice, 0..100) {
                0..50 => {
                    // A burst, as a fast typist sends it: the answers come behind.
                    let first = revision + 1;
                    for _ in 0..within(&self.dice, 1..4) {
                        revision += 1;
                        code = self.write(revision);
                        self.book().sent_code.insert(revision, code.clone());
                        let frame = json!({ "type": "code_edit", "code": code, "language": self.language, "revision": revision });
                        if !socket.send(frame).await {
                            return Err(Gone);
                        }
                    }
                    for wanted in first..=revision {
                        socket
                            .find("code.saved", |frame| {
                                frame["type"] == "code.saved" && frame["revision"] == wanted
                            })
                            .await
                            .ok_or(Gone)?;
                        self.book().saved.push(wanted);
                        acknowledge();
                    }
                }
                50..72 => {
                    self.words += 1;
                    let text = format!(
                        "Remark {} of mine: I keep {} things in mind.",
                        self.words,
                        within(&self.dice, 2..9)
                    );
                    self.book().sent_turns.push(text.clone());
                    if !socket
                        .send(json!({ "type": "user_text", "text": text }))
                        .await
                    {
                        return Err(Gone);
                    }
                    socket
                        .find("one's own caption", |frame| {
                            is_final_caption(frame, "candidate") && frame["text"] == text
                        })
                        .await
                        .ok_or(Gone)?;
                    self.book().heard_turns.push(text);
                    acknowledge();
                }
                72..84 => {
                    let body = json!({ "code": code, "language": self.language, "timestampMs": 0.0, "type": "manual" });
                    let saved = self
                        .ask(&format!("/api/sessions/{session}/code"), body, 201)
                        .await?;
                    self.book()
                        .snapshots
                        .push(saved["snapshotId"].as_str().expect("an id").to_owned());
                    acknowledge();
                }
                84..96 => {
                    let body = json!({ "code": code, "language": self.language, "kind": "run" });
                    let run = self
                        .ask(&format!("/api/sessions/{session}/execute"), body, 200)
                        .await?;
                    self.book()
                        .runs
                        .push((run["runId"].as_str().expect("an id").to_owned(), run));
                    acknowledge();
                }
                _ => {
                    self.book().end_sent = true;
                    self.ask(&format!("/api/sessions/{session}/end"), json!({}), 200)
                        .await?;
                    self.book().ended = true;
                    acknowledge();
                    while let Heard::Frame(_) = socket.hear().await {}
                    return Ok(());
                }
            }
        }
    }

    fn book(&mut self) -> &mut Book {
        self.books.last_mut().expect("an interview was started")
    }

    /// Code that runs and is never the same twice.
    fn write(&self, revision: u64) -> String {
        let (mark, comment) = (
            self.dice.u64(),
            if self.language == "python" { "#" } else { "//" },
        );
        let lines = within(&self.dice, 1..40);
        let body: String = (0..lines)
            .map(|line| {
                format!(
                    "{comment} line {line}: größer als {}\n",
                    mark.rotate_left(line as u32) % 97
                )
            })
            .collect();
        format!("{comment} revision {revision} {mark:x}\n{body}")
    }

    /// A call that the server answers as hoped, or not at all.
    async fn ask(&self, path: &str, body: Value, status: u16) -> Result<Value, Gone> {
        let answer = self
            .client
            .ask(Method::POST, path, Some(body))
            .await
            .ok_or(Gone)?;
        Ok(answer.expect(status))
    }

    async fn check_newest(&mut self) {
        let Some(book) = self.books.last() else {
            return;
        };
        let shown = self
            .client
            .get(&format!("/api/sessions/{}", book.session))
            .await
            .expect(200);
        // An end whose answer the kill swallowed may have happened or not.
        let ended = book.ended || (book.end_sent && shown["status"] == "completed");
        self.book().ended = ended;
        self.check(
            self.books.last().expect("just seen"),
            &mut Totals::default(),
        )
        .await;
    }

    /// Compares the record of one interview with the ledger.
    async fn check(&self, book: &Book, totals: &mut Totals) {
        let session = &book.session;
        let shown = self
            .client
            .get(&format!("/api/sessions/{session}"))
            .await
            .expect(200);
        let events = self.client.replay(session).await;
        let of_kind = |kind: &'static str| events.iter().filter(move |event| event["type"] == kind);

        // What was said: each turn once, in the order of saying, and nothing that nobody said.
        let turns: Vec<&str> = of_kind("utterance")
            .filter(|event| event["role"] == "candidate")
            .filter_map(|event| event["text"].as_str())
            .collect();
        assert_subsequence(
            &book.heard_turns,
            &turns,
            &format!("{session}: turns that were acknowledged and those there"),
        );
        assert_subsequence(
            &turns,
            &book.sent_turns,
            &format!("{session}: turns that are there and those sent"),
        );
        let lines: Vec<&str> = of_kind("utterance")
            .filter(|event| event["role"] == "interviewer")
            .filter_map(|event| event["text"].as_str())
            .collect();
        assert_eq!(
            lines.iter().collect::<HashSet<_>>().len(),
            lines.len(),
            "{session}: the interviewer repeats itself: {lines:#?}"
        );

        // What was written: the record, played back, gives every acknowledged revision as it was sent.
        let played = play(&events);
        for revision in &book.saved {
            assert!(
                played.contains_key(revision),
                "{session}: revision {revision} was acknowledged and is gone"
            );
        }
        for (revision, code) in &played {
            assert_eq!(
                Some(code),
                book.sent_code.get(revision),
                "{session}: revision {revision} is not what was sent"
            );
        }
        let current = played
            .last_key_value()
            .map(|(revision, _)| *revision)
            .unwrap_or(0);
        assert!(
            Some(&current) >= book.saved.last(),
            "{session}: the code went back to revision {current}"
        );

        // Snapshots and runs: the acknowledged ones are there, each once.
        for snapshot in &book.snapshots {
            assert_eq!(
                of_kind("snapshot")
                    .filter(|event| event["snapshotId"] == *snapshot)
                    .count(),
                1,
                "{session}: snapshot {snapshot}"
            );
        }
        let mut fates: HashMap<&str, (usize, usize, usize)> = HashMap::new();
        for event in &events {
            match event["type"].as_str() {
                Some("run_started") => {
                    fates
                        .entry(event["runId"].as_str().expect("an id"))
                        .or_default()
                        .0 += 1
                }
                Some("run_finished") => {
                    fates
                        .entry(event["run"]["runId"].as_str().expect("an id"))
                        .or_default()
                        .1 += 1
                }
                Some("run_lost") => {
                    fates
                        .entry(event["runId"].as_str().expect("an id"))
                        .or_default()
                        .2 += 1
                }
                _ => {}
            }
        }
        for (run, answer) in &book.runs {
            assert_eq!(
                fates.get(run.as_str()),
                Some(&(1, 1, 0)),
                "{session}: run {run}"
            );
            assert!(
                of_kind("run_finished").any(|event| event["run"] == *answer),
                "{session}: run {run} is told differently"
            );
        }
        for (run, fate) in &fates {
            // Only the evaluation's own run may be under way now.
            let settled =
                matches!(fate, (1, 1, 0) | (1, 0, 1)) || (book.ended && *fate == (1, 0, 0));
            assert!(
                settled,
                "{session}: run {run} began, finished, was lost {fate:?} times"
            );
        }

        let ends = of_kind("ended").count();
        assert_eq!(
            ends,
            usize::from(shown["status"] == "completed"),
            "{session}"
        );
        assert!(
            !book.ended || ends == 1,
            "{session}: the end was acknowledged, and yet it is {}",
            shown["status"]
        );
        let moments: Vec<u64> = events
            .iter()
            .filter_map(|event| event["atMs"].as_u64())
            .collect();
        assert!(
            moments.is_sorted(),
            "{session}: the interview's own clock went back: {moments:?}"
        );

        totals.interviews += 1;
        totals.edits += book.saved.len();
        totals.turns += book.heard_turns.len();
        totals.snapshots += book.snapshots.len();
        totals.runs += book.runs.len();
        totals.ends += ends;
        totals.runs_lost += fates.values().filter(|(_, _, lost)| *lost == 1).count();
        totals.unacknowledged += turns.len() - book.heard_turns.len()
            + played
                .keys()
                .filter(|revision| !book.saved.contains(revision))
                .count();
    }

    /// Ends what is open, waits for all evaluations, and compares everything once more.
    async fn end_and_check_all(&mut self, totals: &mut Totals) {
        for number in 0..self.books.len() {
            let session = self.books[number].session.clone();
            self.client
                .post(&format!("/api/sessions/{session}/end"), json!({}))
                .await
                .expect(200);
            self.books[number].ended = true;
            let evaluation = self.client.evaluation(&session, PATIENCE).await;
            assert!(
                matches!(
                    evaluation["status"].as_str(),
                    Some("complete" | "insufficient_evidence")
                ),
                "{session}: {evaluation}"
            );
            let events = self.client.replay(&session).await;
            assert_eq!(
                events
                    .iter()
                    .filter(|event| event["type"] == "evaluated")
                    .count(),
                1,
                "{session}"
            );
            assert_eq!(open_runs(&events), 0, "{session}");
            self.check(&self.books[number], totals).await;
        }
        // Every start took one credit; the kill may have swallowed the answer of one.
        let listed = self
            .client
            .get("/api/sessions?perPage=100")
            .await
            .expect(200);
        let ids: HashSet<&str> = listed["items"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|item| item["id"].as_str())
            .collect();
        assert!(
            self.books
                .iter()
                .all(|book| ids.contains(book.session.as_str())),
            "an acknowledged start is gone"
        );
        let credits = self.client.get("/api/users/profile").await.expect(200)["credits"]
            .as_u64()
            .expect("a number");
        assert_eq!(1000 - credits, listed["total"].as_u64().expect("a number"));
    }
}

/// Every revision that the candidate's own edits made, with its code.
fn play(events: &[Value]) -> BTreeMap<u64, String> {
    let (mut code, mut revisions) = (String::new(), BTreeMap::new());
    for event in events {
        match event["type"].as_str() {
            Some("snapshot") => code = event["code"].as_str().expect("text").to_owned(),
            Some("code_change") => {
                let bytes = |name: &str| event[name].as_u64().expect("a number") as u32;
                let insert = event["insert"].as_str().expect("text");
                code = code::patch(&code, bytes("prefix"), bytes("suffix"), insert)
                    .expect("a delta that fits");
            }
            _ => continue,
        }
        let revision = event["revision"].as_u64().expect("a number");
        // A snapshot of code that was saved already repeats its revision, with the same code.
        if let Some(before) = revisions.insert(revision, code.clone()) {
            assert_eq!(before, code, "revision {revision} is there twice");
        }
    }
    // Before the first edit there is nothing; a snapshot of that is not an edit.
    revisions.remove(&0);
    revisions
}

/// Each of `few` is in `many` once more than before it, in the same order; and `many` holds nothing twice.
fn assert_subsequence<A: AsRef<str>, B: AsRef<str>>(few: &[A], many: &[B], what: &str) {
    let (few, many): (Vec<&str>, Vec<&str>) = (
        few.iter().map(AsRef::as_ref).collect(),
        many.iter().map(AsRef::as_ref).collect(),
    );
    assert_eq!(
        many.iter().collect::<HashSet<_>>().len(),
        many.len(),
        "{what}: something is there twice: {many:#?}"
    );
    let mut rest = many.iter();
    for text in &few {
        assert!(
            rest.any(|other| other == text),
            "{what}: {text:?} is missing or out of order in {many:#?}"
        );
    }
}

fn within(dice: &Entropy, range: std::ops::Range<u64>) -> u64 {
    range.start + dice.u64_below(range.end - range.start)
}
