//! The door: a script of what happens, and what the interviewer makes of it.
//!
//! One step a line, `mm:ss what`:
//! `start` · `resume` · `say TEXT` · `code LINES [broken LINE]` (lines beyond the starter) · `run CASE=pass|fail|time|mem
//! |out|IndexError@5 …` · `submit …` · `compile LINE` · `tick` (only if it asked to be woken by then) · `think on|off` ·
//! `left MINUTES` · `end` · `restart` (a new process reads what is stored).

use interviewd_domain::{
    ids::{InterviewId, RunId, UtteranceId},
    interview::{Act, Channel, Event, Level, Personality, Phase, Speaker, What},
    interviewer::{CodeFacts, Input, Interviewer, Move, Setting},
    problem::{CaseInput, Language, Problem},
    run::{CaseResult, CaseStatus, HiddenResult, RunKind, RunReport, RunStatus},
    time::Timestamp,
};
use std::sync::Arc;

pub fn problem(slug: &str) -> Arc<Problem> {
    let text = match slug {
        "crate-pair" => include_str!("problems/crate-pair.toml"),
        "word-tally" => include_str!("problems/word-tally.toml"),
        "tide-maze" => include_str!("problems/tide-maze.toml"),
        "spice-rack" => include_str!("problems/spice-rack.toml"),
        "ferry-berths" => include_str!("problems/ferry-berths.toml"),
        "high-waters" => include_str!("problems/high-waters.toml"),
        _ => panic!("no such problem: {slug}"),
    };
    Arc::new(toml::from_str(text).expect("the fixture is a problem"))
}

pub fn setting(personality: Personality, level: Level) -> Setting {
    Setting {
        personality,
        level,
        language: Language::Python,
        candidate_name: Some("Ada".to_owned()),
        duration_ms: 45 * 60_000,
        dice: 2,
    }
}

/// One interview on a stage: keeps the events as the store would, so that it can be restored at any step.
pub struct Stage {
    pub problem: Arc<Problem>,
    pub setting: Setting,
    pub interviewer: Interviewer,
    pub events: Vec<Event>,
    pub said: Vec<(String, Act)>,
    wake_at: Option<u64>,
}

impl Stage {
    pub fn new(slug: &str, personality: Personality, level: Level) -> Self {
        let (problem, setting) = (problem(slug), setting(personality, level));
        let interviewer = Interviewer::new(problem.clone(), setting.clone());
        Stage {
            problem,
            setting,
            interviewer,
            events: Vec::new(),
            said: Vec::new(),
            wake_at: None,
        }
    }

    /// Plays one step; what came of it, a line each.
    pub fn step(&mut self, step: &str) -> Vec<String> {
        let (at, what) = step
            .trim()
            .split_once(' ')
            .expect("a step is a time and what happens");
        let (minutes, seconds) = at.split_once(':').expect("a time is mm:ss");
        let now_ms =
            (minutes.parse::<u64>().unwrap() * 60 + seconds.parse::<u64>().unwrap()) * 1_000;
        let (verb, rest) = what.split_once(' ').unwrap_or((what, ""));
        let moves = match verb {
            "start" => self.interviewer.on(Input::Started, now_ms),
            "resume" => self.interviewer.on(Input::Resumed, now_ms),
            "say" => {
                self.store(
                    now_ms,
                    What::Said {
                        utterance: utterance(),
                        item: format!("c{now_ms}"),
                        speaker: Speaker::Candidate,
                        channel: Channel::Typed,
                        text: rest.to_owned(),
                        act: None,
                    },
                );
                self.interviewer
                    .on(Input::CandidateSaid { text: rest }, now_ms)
            }
            "code" => {
                let mut words = rest.split(' ');
                let lines: u32 = words
                    .next()
                    .unwrap_or_default()
                    .parse()
                    .expect("code LINES");
                let broken = words.nth(1).map(|line| line.parse().expect("broken LINE"));
                let code = format!("def f():\n{}", "    x += 1\n".repeat(lines as usize));
                self.store(
                    now_ms,
                    What::CodeChanged {
                        revision: 1,
                        language: Language::Python,
                        prefix: 0,
                        suffix: 0,
                        insert: code.clone(),
                    },
                );
                let facts = CodeFacts {
                    lines,
                    functions: 1,
                    syntax_error_line: broken,
                };
                self.interviewer.on(
                    Input::CodeChanged {
                        code: &code,
                        language: Language::Python,
                        facts,
                    },
                    now_ms,
                )
            }
            "run" | "submit" | "compile" => {
                let report = if verb == "compile" {
                    compile_error(rest)
                } else {
                    report(rest)
                };
                self.store(
                    now_ms,
                    What::RunFinished {
                        run: RunId::new(Timestamp::from_ms(0), 1),
                        report: Box::new(report.clone()),
                    },
                );
                let kind = if verb == "submit" {
                    RunKind::Submit
                } else {
                    RunKind::Run
                };
                self.interviewer.on(
                    Input::RunFinished {
                        report: &report,
                        kind,
                    },
                    now_ms,
                )
            }
            "tick" if self.wake_at.is_some_and(|at| at <= now_ms) => {
                self.interviewer.on(Input::Tick, now_ms)
            }
            "tick" => Vec::new(),
            "think" => {
                self.store(now_ms, What::ThinkingSet { on: rest == "on" });
                self.interviewer
                    .on(Input::ThinkingSet { on: rest == "on" }, now_ms)
            }
            "left" => self.interviewer.on(
                Input::TimeLeft {
                    minutes: rest.parse().unwrap(),
                },
                now_ms,
            ),
            "end" => self.interviewer.on(Input::Ended, now_ms),
            "restart" => {
                self.interviewer =
                    Interviewer::restore(self.problem.clone(), self.setting.clone(), &self.events);
                Vec::new()
            }
            _ => panic!("no such step: {step}"),
        };
        moves
            .into_iter()
            .filter_map(|next| self.obey(next, now_ms))
            .collect()
    }

    fn obey(&mut self, next: Move, now_ms: u64) -> Option<String> {
        match next {
            Move::Say { text, act } => {
                self.store(
                    now_ms,
                    What::Said {
                        utterance: utterance(),
                        item: format!("i{}", self.said.len()),
                        speaker: Speaker::Interviewer,
                        channel: Channel::Typed,
                        text: text.clone(),
                        act: Some(act.clone()),
                    },
                );
                let shown = format!("{}: {text}", name(&act));
                self.said.push((text, act));
                Some(shown)
            }
            Move::EnterPhase(phase) => {
                self.store(now_ms, What::PhaseEntered { phase });
                Some(format!("-> {}", phase_name(phase)))
            }
            Move::WaitUntil(at) => {
                self.wake_at = Some(at);
                None
            }
        }
    }

    fn store(&mut self, clock_ms: u64, what: What) {
        let seq = self.events.len() as u64;
        self.events.push(Event {
            seq,
            at: Timestamp::from_ms(clock_ms as i64),
            clock_ms,
            what,
        });
    }
}

/// Plays a script; `shown` is what the interviewer did, step by step.
pub fn play(slug: &str, personality: Personality, level: Level, script: &str) -> String {
    let mut stage = Stage::new(slug, personality, level);
    let mut shown = String::new();
    for step in script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        for line in stage.step(step) {
            shown.push_str(&line);
            shown.push('\n');
        }
    }
    shown
}

fn utterance() -> UtteranceId {
    UtteranceId::new(InterviewId::new(Timestamp::from_ms(0), 0).made_at(), 1)
}

fn report(cases: &str) -> RunReport {
    let tests: Vec<CaseResult> = cases
        .split_whitespace()
        .map(|case| {
            let (name, result) = case.split_once('=').expect("CASE=RESULT");
            let (status, outcome, message, line) = match result {
                "pass" => (CaseStatus::Pass, RunStatus::Ok, None, None),
                "fail" => (CaseStatus::Fail, RunStatus::Ok, None, None),
                "time" => (CaseStatus::Timeout, RunStatus::Timeout, None, None),
                "mem" => (CaseStatus::Error, RunStatus::MemoryLimit, None, None),
                "out" => (CaseStatus::Error, RunStatus::OutputLimit, None, None),
                error => {
                    let (error, line) = error.split_once('@').expect("ErrorName@LINE");
                    (
                        CaseStatus::Error,
                        RunStatus::RuntimeError,
                        Some(format!("Traceback\n{error}: secret words")),
                        Some(line.parse().unwrap()),
                    )
                }
            };
            CaseResult {
                name: name.replace('_', " "),
                input: CaseInput::Arguments { args: Vec::new() },
                expected: serde_json::json!("EXPECTED-CANARY"),
                actual: None,
                stdout: String::new(),
                status,
                outcome,
                message,
                line,
                duration_ms: 1.0,
                own: None,
            }
        })
        .collect();
    let passed = tests
        .iter()
        .filter(|case| case.status == CaseStatus::Pass)
        .count() as u32;
    let status = tests
        .iter()
        .map(|case| case.outcome)
        .find(|outcome| *outcome != RunStatus::Ok)
        .unwrap_or(RunStatus::Ok);
    RunReport {
        status,
        stdout: String::new(),
        stderr: String::new(),
        exit_code: 0,
        duration_ms: 3.0,
        passed,
        total: tests.len() as u32,
        tests,
        hidden: vec![HiddenResult {
            name: "HIDDEN-CANARY".to_owned(),
            status: CaseStatus::Fail,
            outcome: RunStatus::Ok,
        }],
    }
}

fn compile_error(line: &str) -> RunReport {
    let mut report = report("two_of_three=SyntaxError@1");
    report.status = RunStatus::CompileError;
    report.tests[0].outcome = RunStatus::CompileError;
    report.tests[0].line = line.parse().ok();
    report
}

fn name(act: &Act) -> String {
    match act {
        Act::Clarified { clarification } => format!("clarified {clarification}"),
        Act::Hint { rung } => format!("hint {rung}"),
        Act::FollowUp { index, topic } => format!("follow-up {index} {topic}"),
        Act::TimeWarning { minutes } => format!("warning {minutes}"),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn phase_name(phase: Phase) -> String {
    format!("{phase:?}").to_lowercase()
}
