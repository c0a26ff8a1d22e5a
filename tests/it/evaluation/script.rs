//! Interviews for tests, written as scripts. One line is one happening; each takes ten seconds unless `at` says
//! otherwise:
//!
//! ```text
//! at 1:30                     the clock
//! say I would use a hash map  the candidate
//! ai Anything                 the interviewer; `ai hint`, `ai clarified`, `ai followup 0`, `ai closing` have that act
//! code def f():\n    …        the code becomes this
//! run 2/3                     visible cases passed; the last ones fail
//! submit 3/3 4/5              and hidden ones; `timeout`, `crash` after it say how they fail
//! input                       a run on own input
//! end                         the candidate ends; `end time` = time is up
//! ```

use interviewd_domain::{
    ids::{AccountId, RunId, SnapshotId, UtteranceId},
    interview::{
        Act, Channel, EndReason, Event, Level, Mode, Personality, SnapshotKind, Speaker, What, code,
    },
    problem::{Case, CaseInput, Language, Problem},
    run::{CaseResult, CaseStatus, HiddenResult, RunKind, RunReport, RunStatus},
    time::Timestamp,
};

const STEP_MS: u64 = 10_000;
const DURATION_MS: u64 = 45 * 60_000;

pub fn play(problem: &Problem, language: &str, script: &str) -> Vec<Event> {
    let language: Language = language.parse().expect("a language of the API");
    let mut stage = Stage {
        problem,
        language,
        events: Vec::new(),
        clock_ms: 0,
        revision: 0,
        code: problem.starter.get(&language).cloned().unwrap_or_default(),
    };
    stage.happen(What::Created {
        candidate: AccountId::new(Timestamp::from_ms(0), 1),
        problem: problem.hash(),
        slug: problem.slug.clone(),
        title: problem.title.clone(),
        difficulty: problem.difficulty,
        language,
        duration_ms: DURATION_MS,
        mode: Mode::Text,
        personality: Personality::Neutral,
        level: Level::Mid,
    });
    stage.happen(What::Activated);
    stage.snapshot(SnapshotKind::Auto);
    for line in script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        stage.perform(line);
    }
    stage.events
}

struct Stage<'a> {
    problem: &'a Problem,
    language: Language,
    events: Vec<Event>,
    clock_ms: u64,
    revision: u64,
    code: String,
}

impl Stage<'_> {
    fn perform(&mut self, line: &str) {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb {
            "at" => {
                let (minutes, seconds) = rest.split_once(':').expect("at minutes:seconds");
                let at: u64 = minutes.parse::<u64>().unwrap() * 60_000
                    + seconds.parse::<u64>().unwrap() * 1_000;
                self.clock_ms = self.clock_ms.max(at);
                return;
            }
            "say" => self.said(Speaker::Candidate, rest, None),
            "ai" => {
                let act = match rest.split_whitespace().collect::<Vec<_>>().as_slice() {
                    ["hint"] => Some(Act::Hint { rung: 0 }),
                    ["clarified"] => Some(Act::Clarified {
                        clarification: "size".to_owned(),
                    }),
                    ["closing"] => Some(Act::Closing),
                    ["followup", index] => {
                        let index: u32 = index.parse().unwrap();
                        let topic = self
                            .problem
                            .followups
                            .get(index as usize)
                            .map_or("complexity", |f| &f.topic);
                        Some(Act::FollowUp {
                            index,
                            topic: topic.to_owned(),
                        })
                    }
                    _ => None,
                };
                self.said(Speaker::Interviewer, rest, act);
            }
            "code" => {
                let code = rest.replace("\\n", "\n");
                let (prefix, suffix, insert) = code::diff(&self.code, &code);
                self.revision += 1;
                self.happen(What::CodeChanged {
                    revision: self.revision,
                    language: self.language,
                    prefix,
                    suffix,
                    insert,
                });
                self.code = code;
            }
            "run" => self.run(RunKind::Run, rest, false),
            "submit" => self.run(RunKind::Submit, rest, false),
            "input" => self.run(RunKind::Run, "0/0", true),
            "end" => {
                self.snapshot(SnapshotKind::Final);
                let reason = if rest == "time" {
                    EndReason::TimeUp
                } else {
                    EndReason::Candidate
                };
                self.happen(What::Ended { reason });
            }
            other => panic!("a script has no verb {other}"),
        }
        self.clock_ms += STEP_MS;
    }

    fn happen(&mut self, what: What) {
        self.events.push(Event {
            seq: self.events.len() as u64,
            at: Timestamp::from_ms(self.clock_ms as i64),
            clock_ms: self.clock_ms,
            what,
        });
    }

    fn dice(&self) -> (Timestamp, u128) {
        (
            Timestamp::from_ms(self.clock_ms as i64),
            self.events.len() as u128,
        )
    }

    fn said(&mut self, speaker: Speaker, text: &str, act: Option<Act>) {
        let (now, dice) = self.dice();
        self.happen(What::Said {
            utterance: UtteranceId::new(now, dice),
            item: format!("item-{dice}"),
            speaker,
            channel: Channel::Typed,
            text: text.to_owned(),
            act,
        });
    }

    fn snapshot(&mut self, kind: SnapshotKind) -> SnapshotId {
        let (now, dice) = self.dice();
        let snapshot = SnapshotId::new(now, dice);
        self.happen(What::Snapshotted {
            snapshot,
            kind,
            language: self.language,
            code: self.code.clone(),
            revision: self.revision,
        });
        snapshot
    }

    fn run(&mut self, kind: RunKind, spec: &str, own_input: bool) {
        let snapshot = self.snapshot(SnapshotKind::Execution);
        let (now, dice) = self.dice();
        let run = RunId::new(now, dice);
        self.happen(What::RunRequested {
            run,
            kind,
            language: self.language,
            snapshot,
            custom_input: own_input.then(|| CaseInput::Arguments { args: Vec::new() }),
            own_cases: vec![],
        });
        let mut parts = spec.split_whitespace();
        let mut share = |of: &[Case]| -> (usize, usize) {
            match parts.next().and_then(|part| part.split_once('/')) {
                Some((passed, all)) => (
                    passed.parse().unwrap(),
                    all.parse::<usize>().unwrap().min(of.len()),
                ),
                None => (0, 0),
            }
        };
        let visible = share(&self.problem.examples);
        let hidden = if kind == RunKind::Submit {
            share(&self.problem.hidden)
        } else {
            (0, 0)
        };
        let (failure, outcome) = match spec.split_whitespace().last() {
            Some("timeout") => (CaseStatus::Timeout, RunStatus::Timeout),
            Some("crash") => (CaseStatus::Error, RunStatus::RuntimeError),
            _ => (CaseStatus::Fail, RunStatus::Ok),
        };
        let report = RunReport {
            status: if visible.0 < visible.1 {
                outcome
            } else {
                RunStatus::Ok
            },
            stdout: String::new(),
            stderr: String::new(),
            exit_code: 0,
            duration_ms: 3.0,
            passed: visible.0 as u32,
            total: visible.1 as u32,
            tests: self.problem.examples[..visible.1]
                .iter()
                .enumerate()
                .map(|(index, case)| CaseResult {
                    name: case.name.clone(),
                    input: case.input.clone(),
                    expected: case.expected.clone(),
                    actual: None,
                    stdout: String::new(),
                    status: if index < visible.0 {
                        CaseStatus::Pass
                    } else {
                        failure
                    },
                    outcome: if index < visible.0 {
                        RunStatus::Ok
                    } else {
                        outcome
                    },
                    message: None,
                    line: (index >= visible.0 && failure == CaseStatus::Error).then_some(2),
                    duration_ms: 1.0,
                    own: None,
                })
                .collect(),
            hidden: self.problem.hidden[..hidden.1]
                .iter()
                .enumerate()
                .map(|(index, case)| HiddenResult {
                    name: case.name.clone(),
                    status: if index < hidden.0 {
                        CaseStatus::Pass
                    } else {
                        failure
                    },
                    outcome: if index < hidden.0 {
                        RunStatus::Ok
                    } else {
                        outcome
                    },
                })
                .collect(),
        };
        self.clock_ms += 1_000;
        self.happen(What::RunFinished {
            run,
            report: Box::new(report),
        });
    }
}
