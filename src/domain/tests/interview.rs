//! The rules of an interview through their two doors: a script of commands in, what then happened out.

use expect_test::{Expect, expect};
use interviewd_domain::{
    ids::*,
    interview::*,
    problem::{Difficulty, Language, ProblemHash},
    run::{RunKind, RunReport, RunStatus},
    scorecard::{Method, Scorecard},
    time::Timestamp,
};
use proptest::prelude::*;

const MINUTE: i64 = 60_000;

/// An interview played from a script, with its events kept so that every step can be folded again.
struct Stage {
    now: Timestamp,
    events: Vec<Event>,
    state: Option<Interview>,
    dice: u128,
}

impl Stage {
    fn new() -> Stage {
        let mut stage = Stage {
            now: Timestamp::from_ms(1_000_000),
            events: vec![],
            state: None,
            dice: 0,
        };
        stage
            .bring(Actor::Candidate, create())
            .expect("an interview begins");
        stage
    }

    fn id() -> InterviewId {
        InterviewId::new(Timestamp::from_ms(1), 1)
    }

    fn bring(&mut self, actor: Actor, command: Command) -> Result<Vec<Event>, Refusal> {
        let happens = decide(
            self.state.as_ref(),
            actor,
            command,
            &Rules::default(),
            self.now,
        )?;
        let mut news = vec![];
        for what in happens {
            let event = Event {
                seq: self.events.len() as u64,
                at: self.now,
                clock_ms: self
                    .state
                    .as_ref()
                    .map_or(0, |state| state.clock_ms(self.now)),
                what,
            };
            match &mut self.state {
                None => self.state = Interview::created(Self::id(), &event),
                Some(state) => state.apply(&event),
            }
            self.events.push(event.clone());
            news.push(event);
        }
        assert_eq!(
            Interview::fold(Self::id(), &self.events),
            self.state,
            "the row is the fold of the events"
        );
        Ok(news)
    }

    fn state(&self) -> &Interview {
        self.state.as_ref().expect("created")
    }

    fn dice(&mut self) -> u128 {
        self.dice += 1;
        self.dice
    }

    /// One step of a script: `connect`, `leave`, `say hi`, `code text`, `snap auto text`, `run`, `finish`, `lose`,
    /// `end`, `wait 5m`, `wait 10s`, `tick`, `down 3m`, `score`, `fail`, `evaluate`, `think`.
    fn step(&mut self, step: &str) -> String {
        let (verb, rest) = step.split_once(' ').unwrap_or((step, ""));
        let snapshot = SnapshotId::new(self.now, self.dice());
        let run = RunId::new(Timestamp::from_ms(7), 7);
        let connection = ConnectionId::new(Timestamp::from_ms(9), 9);
        let language = Language::Python;
        let (actor, command) = match verb {
            "wait" => {
                let (n, unit) = rest.split_at(rest.len() - 1);
                let n: i64 = n.parse().expect("a number");
                self.now = Timestamp::from_ms(
                    self.now.as_ms() + n * if unit == "m" { MINUTE } else { 1_000 },
                );
                return String::new();
            }
            "connect" => (Actor::Candidate, Command::Connect { connection }),
            "leave" => (Actor::Candidate, Command::Disconnect { connection }),
            "say" => {
                let utterance = UtteranceId::new(self.now, self.dice());
                let (item, text) = (rest.to_owned(), rest.to_owned());
                (
                    Actor::Candidate,
                    Command::Say {
                        utterance,
                        item,
                        speaker: Speaker::Candidate,
                        channel: Channel::Typed,
                        text,
                        act: None,
                    },
                )
            }
            "think" => (Actor::Candidate, Command::SetThinking { on: true }),
            "code" => {
                let revision = self.state().revision + 1;
                (
                    Actor::Candidate,
                    Command::EditCode {
                        code: rest.to_owned(),
                        language,
                        revision,
                        snapshot,
                    },
                )
            }
            "stale" => (
                Actor::Candidate,
                Command::EditCode {
                    code: rest.to_owned(),
                    language,
                    revision: 0,
                    snapshot,
                },
            ),
            "snap" => {
                let (kind, code) = rest.split_once(' ').expect("a kind and the code");
                let kind = if kind == "auto" {
                    SnapshotKind::Auto
                } else {
                    SnapshotKind::Manual
                };
                (
                    Actor::Candidate,
                    Command::Snapshot {
                        snapshot,
                        kind,
                        code: code.to_owned(),
                        language,
                    },
                )
            }
            "run" => {
                let code = self.state().code.clone();
                (
                    Actor::Candidate,
                    Command::Run {
                        run,
                        snapshot,
                        kind: RunKind::Run,
                        code,
                        language,
                        custom_input: None,
                        own_cases: vec![],
                    },
                )
            }
            "finish" => (
                Actor::System,
                Command::FinishRun {
                    run,
                    report: Box::new(report()),
                },
            ),
            "lose" => (Actor::System, Command::LoseRun { run }),
            "tick" => (Actor::System, Command::Tick { snapshot }),
            "down" => {
                let minutes: i64 = rest.trim_end_matches('m').parse().expect("minutes");
                self.now = Timestamp::from_ms(self.now.as_ms() + minutes * MINUTE);
                (
                    Actor::System,
                    Command::ReturnTime {
                        ms: (minutes * MINUTE) as u64,
                    },
                )
            }
            "end" => (
                Actor::Candidate,
                Command::End {
                    reason: EndReason::Candidate,
                    snapshot,
                },
            ),
            "cheat" => (
                Actor::Candidate,
                Command::Score {
                    scorecard: Box::new(scorecard()),
                },
            ),
            "score" => (
                Actor::System,
                Command::Score {
                    scorecard: Box::new(scorecard()),
                },
            ),
            "fail" => (
                Actor::System,
                Command::FailEvaluation {
                    reason: "no disk".into(),
                },
            ),
            "evaluate" => (Actor::Candidate, Command::RequestEvaluation),
            other => panic!("no such step: {other}"),
        };
        match self.bring(actor, command) {
            Ok(events) if events.is_empty() => "(nothing)".to_owned(),
            Ok(events) => events.iter().map(name).collect::<Vec<_>>().join(" "),
            Err(refusal) => format!("refused: {}", refusal.code()),
        }
    }
}

fn create() -> Command {
    Command::Create(Box::new(Plan {
        candidate: AccountId::new(Timestamp::from_ms(1), 1),
        problem: ProblemHash("ab".into()),
        slug: "ferry-queue".into(),
        title: "Ferry queue".into(),
        difficulty: Difficulty::Easy,
        language: Language::Python,
        duration_ms: 45 * MINUTE as u64,
        mode: Mode::Text,
        personality: Personality::Neutral,
        level: Level::Mid,
        starter: String::new(),
    }))
}

fn report() -> RunReport {
    RunReport {
        status: RunStatus::Ok,
        stdout: String::new(),
        stderr: String::new(),
        exit_code: 0,
        duration_ms: 1.0,
        passed: 1,
        total: 1,
        tests: vec![],
        hidden: vec![],
    }
}

fn scorecard() -> Scorecard {
    Scorecard {
        sufficient: true,
        method: Method::Rules,
        overall: Some(7.0),
        overall_spread: 0.0,
        recommendation: None,
        headline: String::new(),
        scores: Default::default(),
        strengths: vec![],
        improvements: vec![],
        citations: Default::default(),
        report_markdown: String::new(),
        versions: Default::default(),
    }
}

fn name(event: &Event) -> String {
    match &event.what {
        What::Snapshotted { kind, .. } => format!("Snapshotted({kind:?})"),
        What::TimeWarned { minutes } => format!("TimeWarned({minutes})"),
        What::Ended { reason } => format!("Ended({reason:?})"),
        what => format!("{what:?}")
            .split([' ', '{', '('])
            .next()
            .unwrap_or_default()
            .to_owned(),
    }
}

fn check(script: &str, expected: Expect) {
    let mut stage = Stage::new();
    let lines: Vec<String> = script
        .split(';')
        .map(str::trim)
        .filter_map(|step| Some((step, stage.step(step))).filter(|(_, out)| !out.is_empty()))
        .map(|(step, out)| format!("{step}: {out}"))
        .collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn a_whole_interview() {
    check(
        "connect; say hi; say hi; code a; wait 5s; code ab; wait 30s; code abc; run; run; finish; finish; end; end; score; score",
        expect![[r#"
            connect: Activated Connected
            say hi: Said
            say hi: (nothing)
            code a: Snapshotted(Auto)
            code ab: CodeChanged
            code abc: Snapshotted(Auto)
            run: Snapshotted(Execution) RunRequested
            run: refused: run_in_progress
            finish: RunFinished
            finish: (nothing)
            end: Snapshotted(Final) PhaseEntered Ended(Candidate) EvaluationRequested
            end: (nothing)
            score: Scored
            score: (nothing)"#]],
    );
}

#[test]
fn time_warns_twice_and_then_ends_it() {
    check(
        "connect; wait 39m; tick; wait 1m; tick; tick; wait 4m; tick; wait 1m; tick; tick; say late; code x",
        expect![[r#"
            connect: Activated Connected
            tick: (nothing)
            tick: TimeWarned(5)
            tick: (nothing)
            tick: TimeWarned(1)
            tick: Snapshotted(Final) PhaseEntered Ended(TimeUp) EvaluationRequested
            tick: (nothing)
            say late: refused: already_ended
            code x: refused: already_ended"#]],
    );
}

#[test]
fn time_that_the_server_was_down_is_given_back() {
    let mut stage = Stage::new();
    for step in ["connect", "wait 10m", "down 30m"] {
        stage.step(step);
    }
    assert_eq!(stage.state().remaining_ms(stage.now), 35 * MINUTE as u64);
}

#[test]
fn who_does_not_come_back_has_abandoned() {
    check(
        "connect; leave; wait 9m; tick; connect; leave; wait 10m; tick; evaluate; fail; evaluate; score; evaluate",
        expect![[r#"
            connect: Activated Connected
            leave: Disconnected
            tick: (nothing)
            connect: Connected
            leave: Disconnected
            tick: Snapshotted(Final) PhaseEntered Ended(Abandoned) EvaluationRequested
            evaluate: refused: evaluation_under_way
            fail: EvaluationFailed
            evaluate: EvaluationRequested
            score: Scored
            evaluate: refused: already_evaluated"#]],
    );
}

#[test]
fn an_interview_that_nobody_enters_ends_without_an_evaluation() {
    check(
        "wait 29m; tick; wait 1m; tick; connect",
        expect![[r#"
        tick: (nothing)
        tick: Ended(NeverStarted)
        connect: refused: already_ended"#]],
    );
}

#[test]
fn snapshots_and_revisions_have_their_limits() {
    check(
        "snap auto a; wait 5s; snap auto b; snap manual b; wait 5s; snap auto c; stale z; cheat; evaluate; lose; run; lose",
        expect![[r#"
            snap auto a: Activated Snapshotted(Auto)
            snap auto b: refused: too_many_requests
            snap manual b: Snapshotted(Manual)
            snap auto c: Snapshotted(Auto)
            stale z: refused: stale_revision
            cheat: refused: not_allowed
            evaluate: refused: not_ended
            lose: (nothing)
            run: Snapshotted(Execution) RunRequested
            lose: RunLost"#]],
    );
}

#[test]
fn code_beyond_fifty_kilobytes_is_refused() {
    let mut stage = Stage::new();
    assert_eq!(
        stage.step(&format!("code {}", "x".repeat(50 * 1024))),
        "Activated Snapshotted(Auto)"
    );
    assert_eq!(
        stage.step(&format!("code {}", "x".repeat(50 * 1024 + 1))),
        "refused: code_too_long"
    );
}

#[test]
fn beyond_its_share_of_the_disk_an_interview_keeps_keyframes_only() {
    let mut stage = Stage::new();
    stage.step("code a");
    let letters = ["y".repeat(50 * 1024), "z".repeat(50 * 1024)];
    let mut edits = 0;
    while stage.state().code_bytes_stored < CODE_BYTES_STORED_MAX {
        assert_eq!(
            stage.step(&format!("code {}", letters[edits % 2])),
            "CodeChanged"
        );
        edits += 1;
    }
    assert_eq!(stage.step("code b"), "refused: too_many_requests");
    stage.step("wait 30s");
    assert_eq!(stage.step("code b"), "Snapshotted(Auto)");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever comes in whatever order: nothing leaves a final state, time only runs down, and the row is always
    /// the fold of the events (asserted at every step by the stage).
    #[test]
    fn any_script_keeps_the_rules(steps in proptest::collection::vec(0usize..17, 1..80)) {
        const STEPS: [&str; 17] = [
            "connect", "leave", "say a", "say b", "code x", "code xy", "snap auto q", "snap manual r", "run", "finish",
            "lose", "tick", "wait 3m", "wait 10s", "end", "score", "down 2m",
        ];
        let mut stage = Stage::new();
        let mut ended: Option<Status> = None;
        for step in steps {
            let before = stage.state().remaining_ms(stage.now);
            stage.step(STEPS[step]);
            let after = stage.state();
            let given_back = if STEPS[step].starts_with("down") { 2 * MINUTE as u64 } else { 0 };
            prop_assert!(after.remaining_ms(stage.now) <= before + given_back);
            if let Some(status) = ended {
                prop_assert_eq!(after.status, status);
            }
            ended = Some(after.status).filter(|status| status.is_final());
        }
    }
}
