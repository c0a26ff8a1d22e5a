//! The built-in interviewer: what it says next. It needs no key, no network and no model, only the problem file and
//! what happens in the interview.
//!
//! [`Interviewer::on`] takes what happened and answers with [`Move`]s; whether and when a line is really spoken is
//! `turns`' business. Everything it must not repeat is remembered from its own lines, so [`Interviewer::restore`] can
//! rebuild it from the stored events after a restart. It never sees hidden cases' data or solutions: runs reach it as
//! reports, and of those it reads the visible cases alone.
//!
//! To teach it something new:
//! 1. a new thing that happens: a variant of [`Input`] and a method below [`Interviewer::on`];
//! 2. a new purpose for a line: a bank in `lines`, if need be an [`Act`];
//! 3. a script in `tests/interviewer/scripts.rs` that shows it.

pub mod form;
pub mod intent;
pub mod knowledge;
mod lexicon;
mod lines;
pub mod matching;
mod reactions;
pub mod words;

use crate::{
    interview::{Act, Event, Level, Personality, Phase, Speaker, What},
    problem::{Language, Problem},
    run::{RunKind, RunReport},
};
use intent::{Intent, intent, is_plan, names_complexity, sentences};
use knowledge::Topic;
use lines::Bank;
use matching::{Index, Match, Target};
use std::{collections::BTreeSet, sync::Arc};

/// What an interviewer is for one interview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub personality: Personality,
    pub level: Level,
    /// The language at the start; [`Input::CodeChanged`] may change it.
    pub language: Language,
    pub candidate_name: Option<String>,
    /// Milliseconds granted.
    pub duration_ms: u64,
    /// Chooses among wordings; from the interview's id, so that two interviews differ and one is reproducible.
    pub dice: u64,
}

/// What is known about the code without running it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CodeFacts {
    /// Lines that are neither blank nor comment.
    pub lines: u32,
    pub functions: u32,
    /// Where the first syntax error is, from 1.
    pub syntax_error_line: Option<u32>,
}

/// Something that happened in the interview.
#[derive(Debug, Clone, Copy)]
pub enum Input<'a> {
    /// The candidate is there for the first time.
    Started,
    /// The candidate, or the server, is back.
    Resumed,
    CandidateSaid {
        text: &'a str,
    },
    CodeChanged {
        code: &'a str,
        language: Language,
        facts: CodeFacts,
    },
    RunFinished {
        report: &'a RunReport,
        kind: RunKind,
    },
    /// Time went by; due when a [`Move::WaitUntil`] said so, harmless at any other moment.
    Tick,
    ThinkingSet {
        on: bool,
    },
    TimeLeft {
        minutes: u32,
    },
    Ended,
}

/// What the interviewer wants to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    Say {
        text: String,
        act: Act,
    },
    EnterPhase(Phase),
    /// Wake it with [`Input::Tick`] at this moment of the interview's clock, unless something happens before.
    WaitUntil(u64),
}

/// How one sentence of the candidate was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Understood {
    /// A question that this clarification answers (its id).
    Clarification(String),
    Topic(Topic),
    /// Perhaps this one: ask back before answering. Holds the clarification's id or the topic's name.
    Near(String),
    /// A question without an answer.
    Unknown,
    Statement(Intent),
}

pub struct Interviewer {
    problem: Arc<Problem>,
    index: Index,
    setting: Setting,
    /// Every line so far, as it was planned or (after a restart) heard.
    said: Vec<String>,
    phase: Phase,
    opened: bool,
    closed: bool,
    thinking: bool,
    awaiting: Awaiting,
    approach_told: bool,
    complexity_told: bool,
    coded: bool,
    rungs_given: u32,
    followed_up: BTreeSet<u32>,
    warned: BTreeSet<u32>,
    last_run: Option<LastRun>,
    /// Runs since the last green one.
    failing_runs: u32,
    syntax_error_line: Option<u32>,
    /// Since when nobody has said or done anything, on the interview's clock.
    quiet_since_ms: u64,
    /// Times it has spoken up into the present silence.
    nudges: u32,
}

/// What the last question of the interviewer was about, so that "yes" means something.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Awaiting {
    Nothing,
    Approach,
    Complexity,
    HintOffer,
    Meaning(Target),
    Tests,
    FollowUp,
}

/// What of a run is worth remembering.
#[derive(Debug, Clone, PartialEq, Eq)]
struct LastRun {
    passed: u32,
    green: bool,
    /// The first visible case that did not pass.
    failing: Option<String>,
}

/// Several questions in one breath get at most so many answers.
const ANSWERS_AT_ONCE_MAX: usize = 3;
/// So often it breaks one and the same silence.
const NUDGES_MAX: u32 = 2;
/// While code is written, a remark is acknowledged only after this much quiet.
const REMARK_QUIET_MS: u64 = 40_000;
/// How long a line takes to be said, for knowing when silence begins: milliseconds a character.
const SPEAKING_MS_PER_CHAR: u64 = 60;
/// Words that make a remark an answer.
const ANSWER_WORDS_MIN: usize = 4;

impl Interviewer {
    pub fn new(problem: Arc<Problem>, setting: Setting) -> Self {
        Interviewer {
            index: Index::new(&problem),
            problem,
            setting,
            said: Vec::new(),
            phase: Phase::Welcome,
            opened: false,
            closed: false,
            thinking: false,
            awaiting: Awaiting::Nothing,
            approach_told: false,
            complexity_told: false,
            coded: false,
            rungs_given: 0,
            followed_up: BTreeSet::new(),
            warned: BTreeSet::new(),
            last_run: None,
            failing_runs: 0,
            syntax_error_line: None,
            quiet_since_ms: 0,
            nudges: 0,
        }
    }

    /// The interviewer as it was after `events`: it repeats no line, no hint and no question of theirs.
    pub fn restore(problem: Arc<Problem>, setting: Setting, events: &[Event]) -> Self {
        let mut interviewer = Self::new(problem, setting);
        for event in events {
            interviewer.remember(event);
        }
        interviewer
    }

    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// What follows from `input`. `now_ms` is the interview's own clock.
    pub fn on(&mut self, input: Input<'_>, now_ms: u64) -> Vec<Move> {
        let mut moves = Vec::new();
        if self.closed {
            return moves;
        }
        match input {
            Input::Started => self.open(now_ms, &mut moves),
            Input::Resumed => {
                if self.opened {
                    self.say_from(
                        &lines::WELCOME_BACK,
                        &[],
                        Act::Acknowledgement,
                        now_ms,
                        &mut moves,
                    );
                } else {
                    self.open(now_ms, &mut moves);
                }
            }
            Input::CandidateSaid { text } => self.hear(text, now_ms, &mut moves),
            Input::CodeChanged {
                code,
                language,
                facts,
            } => self.see_code(code, language, facts, now_ms, &mut moves),
            Input::RunFinished { report, kind } => self.see_run(report, kind, now_ms, &mut moves),
            Input::Tick => self.break_silence(now_ms, &mut moves),
            Input::ThinkingSet { on } => {
                self.thinking = on;
                self.touch(now_ms);
            }
            Input::TimeLeft { minutes } => self.warn(minutes, now_ms, &mut moves),
            Input::Ended => {
                self.say_from(&lines::CLOSING, &[], Act::Closing, now_ms, &mut moves);
                self.closed = true;
                return moves;
            }
        }
        if let Some(due) = self.nudge_due_ms() {
            moves.push(Move::WaitUntil(due.max(now_ms + 1)));
        }
        moves
    }

    /// How a candidate's words are taken, sentence by sentence.
    pub fn understand(&self, text: &str) -> Vec<Understood> {
        let sentences = sentences(text);
        let name = |target: &Target| match target {
            Target::Clarification(index) => self.problem.clarifications[*index].id.clone(),
            Target::Topic(topic) => topic.as_str().to_owned(),
        };
        self.take(&sentences, text)
            .into_iter()
            .map(|taken| match taken {
                Taken::Answer(Target::Topic(topic)) => Understood::Topic(topic),
                Taken::Answer(target) => Understood::Clarification(name(&target)),
                Taken::AskBack(target) => Understood::Near(name(&target)),
                Taken::Unknown => Understood::Unknown,
                Taken::Statement(intent) => Understood::Statement(intent),
            })
            .collect()
    }

    // ── what happens ──

    fn open(&mut self, now_ms: u64, moves: &mut Vec<Move>) {
        if self.opened {
            return;
        }
        moves.push(Move::EnterPhase(Phase::Welcome));
        let name = self
            .setting
            .candidate_name
            .as_deref()
            .map(|name| format!(", {name}"))
            .unwrap_or_default();
        let welcome = self
            .choose(&lines::WELCOME, &[("name", &name)])
            .unwrap_or_default();
        let invitation = self.choose(&lines::INVITATION, &[]).unwrap_or_default();
        let text = format!("{welcome} {} {invitation}", self.problem.spoken.trim());
        self.say(text.trim().to_owned(), Act::Opening, now_ms, moves);
    }

    fn hear(&mut self, text: &str, now_ms: u64, moves: &mut Vec<Move>) {
        let quiet_ms = now_ms.saturating_sub(self.quiet_since_ms);
        self.touch(now_ms);
        let sentences = sentences(text);
        let taken = self.take(&sentences, text);
        let intents: BTreeSet<u8> = taken
            .iter()
            .filter_map(|t| {
                if let Taken::Statement(intent) = t {
                    Some(*intent as u8)
                } else {
                    None
                }
            })
            .collect();
        let has = |intent: Intent| intents.contains(&(intent as u8));
        let planned = self.note_plan(text, &taken);
        if has(Intent::Injection) {
            return self.say_from(
                &lines::REFUSE_INJECTION,
                &[],
                Act::Acknowledgement,
                now_ms,
                moves,
            );
        }
        if has(Intent::SolutionWanted) {
            return self.say_from(
                &lines::REFUSE_SOLUTION,
                &[],
                Act::Acknowledgement,
                now_ms,
                moves,
            );
        }
        if has(Intent::HintWanted) {
            return self.hint(now_ms, moves);
        }
        if has(Intent::RepeatWanted) {
            return self.tell_again(now_ms, moves);
        }
        if taken
            .iter()
            .any(|t| matches!(t, Taken::Answer(_) | Taken::AskBack(_) | Taken::Unknown))
        {
            return self.answer(&taken, now_ms, moves);
        }
        if has(Intent::SeeksApproval) {
            if self.phase < Phase::Approach && planned {
                self.enter(Phase::Approach, moves);
            }
            return self.say_from(
                &lines::NO_JUDGEMENT,
                &[],
                Act::Acknowledgement,
                now_ms,
                moves,
            );
        }
        if has(Intent::Yes) && sentences.len() == 1 {
            return self.agree(now_ms, moves);
        }
        if has(Intent::No) && sentences.len() == 1 {
            return self.decline(now_ms, moves);
        }
        if has(Intent::Done) {
            return self.take_done(now_ms, moves);
        }
        let long = words::words(text).len() >= ANSWER_WORDS_MIN;
        if planned
            || has(Intent::Complexity)
            || (long && has(Intent::Remark) && self.awaiting != Awaiting::Nothing)
        {
            return self.take_statement(text, planned, quiet_ms, now_ms, moves);
        }
        if has(Intent::Thinking) {
            return self.say_from(
                &lines::TAKE_YOUR_TIME,
                &[],
                Act::Acknowledgement,
                now_ms,
                moves,
            );
        }
        if has(Intent::Greeting) && self.phase == Phase::Welcome {
            self.enter(Phase::Clarify, moves);
            return self.say_from(&lines::GREETING, &[], Act::Acknowledgement, now_ms, moves);
        }
        if has(Intent::Thanks) {
            return self.say_from(&lines::THANKS, &[], Act::Acknowledgement, now_ms, moves);
        }
        if self.phase < Phase::Code || quiet_ms >= REMARK_QUIET_MS {
            self.say_from(
                &lines::ACKNOWLEDGE,
                &[],
                Act::Acknowledgement,
                now_ms,
                moves,
            );
        }
    }

    fn see_code(
        &mut self,
        code: &str,
        language: Language,
        facts: CodeFacts,
        now_ms: u64,
        moves: &mut Vec<Move>,
    ) {
        self.touch(now_ms);
        self.setting.language = language;
        self.syntax_error_line = facts.syntax_error_line;
        let starter = self
            .problem
            .starter
            .get(&language)
            .map(String::as_str)
            .unwrap_or_default();
        let added = meaningful_lines(code).saturating_sub(meaningful_lines(starter));
        if code.trim() == starter.trim() || self.phase >= Phase::Code {
            return;
        }
        self.coded = true;
        if self.approach_told || self.thinking {
            return self.enter(Phase::Code, moves);
        }
        // One changed line may be a note to oneself; two are a program.
        if added < 2 {
            return;
        }
        if self.used_any(&lines::CODE_BEFORE_APPROACH) {
            return self.enter(Phase::Code, moves);
        }
        self.enter(Phase::Approach, moves);
        self.say_from(
            &lines::CODE_BEFORE_APPROACH,
            &[],
            Act::AskApproach,
            now_ms,
            moves,
        );
    }

    fn see_run(&mut self, report: &RunReport, kind: RunKind, now_ms: u64, moves: &mut Vec<Move>) {
        self.touch(now_ms);
        let before = self.last_run.clone();
        self.note_run(report);
        let Some(run) = self
            .last_run
            .clone()
            .filter(|_| report.total > 0 || !report.tests.is_empty())
        else {
            return;
        };
        self.coded = true;
        if run.green {
            let first = self.phase < Phase::Test;
            self.enter(Phase::Test, moves);
            if self.thinking {
                return;
            }
            if first && !self.used_any(&lines::ALL_GREEN) {
                self.say_from(&lines::ALL_GREEN, &[], Act::AskToTest, now_ms, moves);
            } else if self.phase == Phase::Test && (kind == RunKind::Submit || !first) {
                self.follow_up(now_ms, moves);
            }
            return;
        }
        self.enter(Phase::Code, moves);
        if self.thinking {
            return;
        }
        if let Some((bank, gaps)) = reactions::to_run(
            report,
            before.as_ref().and_then(|run| run.failing.as_deref()),
            before.as_ref().map(|run| run.passed),
        ) {
            let gaps: Vec<(&str, &str)> = gaps
                .iter()
                .map(|(gap, value)| (*gap, value.as_str()))
                .collect();
            self.say_from(bank, &gaps, Act::RunReaction, now_ms, moves);
        }
    }

    /// Speaks up when it has been quiet for long, if there is something worth saying.
    fn break_silence(&mut self, now_ms: u64, moves: &mut Vec<Move>) {
        if !self.opened || self.nudge_due_ms().is_none_or(|due| now_ms < due) {
            return;
        }
        let nudges = self.nudges + 1;
        match self.phase {
            Phase::Welcome | Phase::Clarify => self.ask_approach(now_ms, moves),
            Phase::Approach if self.approach_told => self.ask_to_code(now_ms, moves),
            Phase::Approach => self.say_from(
                &lines::IDLE_BEFORE_CODE,
                &[],
                Act::Encouragement,
                now_ms,
                moves,
            ),
            Phase::Code => {
                let stuck = self.failing_runs >= self.failing_runs_before_help()
                    && self.rungs_given < self.problem.hints.len() as u32;
                if stuck && self.setting.personality == Personality::Supportive {
                    self.hint(now_ms, moves);
                } else if stuck {
                    self.say_from(&lines::OFFER_HINT, &[], Act::Encouragement, now_ms, moves);
                    self.awaiting = Awaiting::HintOffer;
                } else if let Some(line) = self.syntax_error_line {
                    self.say_from(
                        &lines::IDLE_SYNTAX,
                        &[("line", &line.to_string())],
                        Act::Encouragement,
                        now_ms,
                        moves,
                    );
                } else {
                    self.say_from(&lines::IDLE_IN_CODE, &[], Act::Encouragement, now_ms, moves);
                }
            }
            Phase::Test if nudges == 1 => {
                self.say_from(&lines::IDLE_IN_TEST, &[], Act::AskToTest, now_ms, moves)
            }
            Phase::Test => self.follow_up(now_ms, moves),
            Phase::WrapUp => {}
        }
        self.nudges = nudges;
        self.quiet_since_ms = self.quiet_since_ms.max(now_ms);
    }

    // Warnings are said even into a silence that was asked for: nobody wants to be surprised by the end.
    fn warn(&mut self, minutes: u32, now_ms: u64, moves: &mut Vec<Move>) {
        if self.warned.contains(&minutes) || minutes == 0 {
            return;
        }
        let green = self.last_run.as_ref().is_some_and(|run| run.green);
        let advice = lines::advice(self.setting.level, green, self.coded);
        let bank = match minutes {
            5 => &lines::FIVE_MINUTES,
            1 => &lines::ONE_MINUTE,
            _ => &lines::MINUTES_LEFT,
        };
        self.say_from(
            bank,
            &[("advice", advice), ("minutes", &minutes.to_string())],
            Act::TimeWarning { minutes },
            now_ms,
            moves,
        );
    }

    // ── what it says ──

    fn hint(&mut self, now_ms: u64, moves: &mut Vec<Move>) {
        let rung = self.rungs_given;
        let Some(hint) = self.problem.hints.get(rung as usize) else {
            return self.say_from(
                &lines::HINTS_USED_UP,
                &[],
                Act::Acknowledgement,
                now_ms,
                moves,
            );
        };
        let text = hint.text.clone();
        self.say_with_lead(&lines::HINT_LEAD, &text, Act::Hint { rung }, now_ms, moves);
        // Even if every wording of it was used up, the ladder goes on.
        self.rungs_given = self.rungs_given.max(rung + 1);
    }

    fn tell_again(&mut self, now_ms: u64, moves: &mut Vec<Move>) {
        if self.phase == Phase::Welcome {
            self.enter(Phase::Clarify, moves);
        }
        let last_question = self
            .said
            .last()
            .filter(|_| self.phase > Phase::Approach && self.awaiting != Awaiting::Nothing)
            .cloned();
        let text = last_question.unwrap_or_else(|| self.problem.spoken.trim().to_owned());
        self.say_with_lead(
            &lines::AGAIN,
            &text,
            Act::Clarified {
                clarification: "the_problem".to_owned(),
            },
            now_ms,
            moves,
        );
    }

    fn answer(&mut self, taken: &[Taken], now_ms: u64, moves: &mut Vec<Move>) {
        if self.phase == Phase::Welcome {
            self.enter(Phase::Clarify, moves);
        }
        let mut targets: Vec<&Target> = Vec::new();
        for answer in taken.iter().filter_map(|t| {
            if let Taken::Answer(target) = t {
                Some(target)
            } else {
                None
            }
        }) {
            if !targets.contains(&answer) && targets.len() < ANSWERS_AT_ONCE_MAX {
                targets.push(answer);
            }
        }
        for target in &targets {
            self.answer_one(target, now_ms, moves);
        }
        if !targets.is_empty() {
            return;
        }
        if let Some(Taken::AskBack(target)) = taken.iter().find(|t| matches!(t, Taken::AskBack(_)))
        {
            let question = self.question_of(target);
            let asked = moves.len();
            self.say_from(
                &lines::DO_YOU_MEAN,
                &[("question", &question)],
                Act::UnknownQuestion,
                now_ms,
                moves,
            );
            if moves.len() > asked {
                self.awaiting = Awaiting::Meaning(target.clone());
                return;
            }
        }
        self.say_unknown(now_ms, moves);
    }

    fn answer_one(&mut self, target: &Target, now_ms: u64, moves: &mut Vec<Move>) {
        let (clarification, wordings) = match target {
            Target::Clarification(index) => {
                let clarification = &self.problem.clarifications[*index];
                (
                    clarification.id.clone(),
                    vec![clarification.answer.trim().to_owned()],
                )
            }
            Target::Topic(Topic::ConfirmApproach) => {
                return self.say_from(
                    &lines::NO_JUDGEMENT,
                    &[],
                    Act::Acknowledgement,
                    now_ms,
                    moves,
                );
            }
            Target::Topic(topic) => {
                let remaining_minutes = self.setting.duration_ms.saturating_sub(now_ms) / 60_000;
                (
                    topic.as_str().to_owned(),
                    knowledge::answers(
                        *topic,
                        &self.problem,
                        self.setting.language,
                        remaining_minutes,
                    ),
                )
            }
        };
        let act = Act::Clarified { clarification };
        if let Some(fresh) = wordings.iter().find(|wording| !self.used(wording)).cloned() {
            return self.say(fresh, act, now_ms, moves);
        }
        if let Some(first) = wordings.first() {
            self.say_with_lead(&lines::REMINDER, first, act, now_ms, moves);
        }
    }

    fn say_unknown(&mut self, now_ms: u64, moves: &mut Vec<Move>) {
        let (openings, ways_on) = &lines::UNKNOWN;
        let ways_on = ways_on.of(self.setting.personality)[0];
        let start = self.roll();
        let combinations = openings.len() * ways_on.len();
        let text = (0..combinations)
            .map(|step| {
                let at = (start as usize % combinations + step * STEP) % combinations;
                format!(
                    "{} {}",
                    openings[at % openings.len()],
                    ways_on[at / openings.len()]
                )
            })
            .find(|text| !self.used(text));
        if let Some(text) = text {
            self.say(text, Act::UnknownQuestion, now_ms, moves);
        }
    }

    fn ask_approach(&mut self, now_ms: u64, moves: &mut Vec<Move>) {
        self.enter(Phase::Approach, moves);
        if self.approach_told {
            return self.ask_to_code(now_ms, moves);
        }
        let first = !self.used_any(&lines::ASK_APPROACH);
        if let Some(line) = self.choose(&lines::ASK_APPROACH, &[]) {
            let tail = if first {
                lines::approach_tail(self.setting.level)
            } else {
                ""
            };
            self.say(format!("{line}{tail}"), Act::AskApproach, now_ms, moves);
        }
    }

    fn ask_to_code(&mut self, now_ms: u64, moves: &mut Vec<Move>) {
        self.enter(Phase::Code, moves);
        self.say_from(&lines::ASK_TO_CODE, &[], Act::AskToCode, now_ms, moves);
        self.awaiting = Awaiting::Nothing;
    }

    /// The candidate described a plan, named a complexity, or answered what was asked.
    fn take_statement(
        &mut self,
        text: &str,
        planned: bool,
        quiet_ms: u64,
        now_ms: u64,
        moves: &mut Vec<Move>,
    ) {
        match (self.phase, self.awaiting.clone()) {
            (Phase::Welcome | Phase::Clarify | Phase::Approach, awaiting) => {
                let answers = awaiting == Awaiting::Approach;
                if planned || answers || self.approach_told {
                    self.approach_told = true;
                    self.enter(Phase::Approach, moves);
                }
                if names_complexity(text) {
                    self.complexity_told = true;
                }
                if !self.approach_told {
                    // A complexity without a plan: the plan is what is missing.
                    return self.ask_approach(now_ms, moves);
                }
                if !self.complexity_told && !self.used_any(&lines::ASK_COMPLEXITY) {
                    self.say_from(&lines::ASK_COMPLEXITY, &[], Act::AskApproach, now_ms, moves);
                    self.awaiting = Awaiting::Complexity;
                    return;
                }
                let asks_why = self.setting.personality == Personality::Challenging
                    || self.setting.level == Level::Senior;
                if asks_why && names_complexity(text) && !self.used_any(&lines::ASK_WHY) {
                    self.say_from(&lines::ASK_WHY, &[], Act::AskApproach, now_ms, moves);
                    self.awaiting = Awaiting::Complexity;
                    return;
                }
                self.ask_to_code(now_ms, moves);
            }
            (Phase::Test | Phase::WrapUp, Awaiting::Tests | Awaiting::FollowUp) => {
                self.follow_up(now_ms, moves)
            }
            (Phase::Code, Awaiting::Approach)
                if !self.complexity_told && !self.used_any(&lines::ASK_COMPLEXITY) =>
            {
                self.say_from(&lines::ASK_COMPLEXITY, &[], Act::AskApproach, now_ms, moves);
                self.awaiting = Awaiting::Complexity;
            }
            (_, awaiting) => {
                if awaiting != Awaiting::Nothing || quiet_ms >= REMARK_QUIET_MS {
                    self.awaiting = Awaiting::Nothing;
                    self.say_from(
                        &lines::ACKNOWLEDGE,
                        &[],
                        Act::Acknowledgement,
                        now_ms,
                        moves,
                    );
                }
            }
        }
    }

    fn agree(&mut self, now_ms: u64, moves: &mut Vec<Move>) {
        match std::mem::replace(&mut self.awaiting, Awaiting::Nothing) {
            Awaiting::HintOffer => self.hint(now_ms, moves),
            Awaiting::Meaning(target) => self.answer_one(&target, now_ms, moves),
            awaiting => {
                self.awaiting = awaiting;
                match self.phase {
                    Phase::Welcome | Phase::Clarify => self.ask_approach(now_ms, moves),
                    // "Okay" while somebody works is not a request for more talk.
                    _ => {}
                }
            }
        }
    }

    fn decline(&mut self, now_ms: u64, moves: &mut Vec<Move>) {
        match std::mem::replace(&mut self.awaiting, Awaiting::Nothing) {
            Awaiting::HintOffer => self.say_from(
                &lines::TAKE_YOUR_TIME,
                &[],
                Act::Acknowledgement,
                now_ms,
                moves,
            ),
            Awaiting::Meaning(_) => self.say_unknown(now_ms, moves),
            Awaiting::Tests | Awaiting::FollowUp => self.follow_up(now_ms, moves),
            awaiting => {
                self.awaiting = awaiting;
                if self.phase < Phase::Approach {
                    self.ask_approach(now_ms, moves);
                }
            }
        }
    }

    fn take_done(&mut self, now_ms: u64, moves: &mut Vec<Move>) {
        match (self.phase, self.last_run.clone()) {
            (Phase::Welcome | Phase::Clarify, _) => self.ask_approach(now_ms, moves),
            (Phase::Approach, _) if !self.coded => self.take_statement("", true, 0, now_ms, moves),
            (Phase::WrapUp, _) if self.awaiting != Awaiting::FollowUp => {
                self.wrap_up(now_ms, moves)
            }
            (Phase::Test | Phase::WrapUp, _) => self.follow_up(now_ms, moves),
            (
                _,
                Some(LastRun {
                    failing: Some(case),
                    ..
                }),
            ) => {
                self.say_from(
                    &lines::STILL_FAILING_WHEN_DONE,
                    &[("case", &format!("“{case}”"))],
                    Act::AskToTest,
                    now_ms,
                    moves,
                );
                self.awaiting = Awaiting::Nothing;
            }
            (_, Some(LastRun { green: true, .. })) => self.follow_up(now_ms, moves),
            _ => {
                self.say_from(&lines::RUN_FIRST, &[], Act::AskToTest, now_ms, moves);
                self.awaiting = Awaiting::Nothing;
            }
        }
    }

    /// The next question for after the code works; the problem's own first, complexity before tests before trade-offs.
    fn follow_up(&mut self, now_ms: u64, moves: &mut Vec<Move>) {
        self.enter(Phase::WrapUp, moves);
        let own = self.problem.followups.len() as u32;
        let most = match self.setting.level {
            Level::Junior => 3,
            Level::Mid => 4,
            Level::Senior => 5,
        };
        if self.followed_up.len() >= most {
            return self.wrap_up(now_ms, moves);
        }
        let order = |topic: &str| {
            ["complexity", "testing", "trade_off", "extension"]
                .iter()
                .position(|t| *t == topic)
                .unwrap_or(4)
        };
        let next_own = (0..own)
            .filter(|index| !self.followed_up.contains(index))
            .min_by_key(|index| {
                (
                    order(&self.problem.followups[*index as usize].topic),
                    *index,
                )
            });
        let covered: BTreeSet<&str> = self
            .problem
            .followups
            .iter()
            .map(|f| f.topic.as_str())
            .collect();
        let generic = lines::GENERIC_FOLLOW_UPS
            .iter()
            .enumerate()
            .map(|(at, (topic, question))| (own + at as u32, *topic, *question))
            .find(|(index, topic, _)| {
                !self.followed_up.contains(index) && !covered.contains(topic)
            });
        let (index, topic, question) = match (next_own, generic) {
            (Some(index), _) => {
                let follow_up = &self.problem.followups[index as usize];
                (
                    index,
                    follow_up.topic.clone(),
                    follow_up.question.trim().to_owned(),
                )
            }
            (None, Some((index, topic, question))) => {
                (index, topic.to_owned(), question.to_owned())
            }
            (None, None) => return self.wrap_up(now_ms, moves),
        };
        self.say_with_lead(
            &lines::FOLLOW_UP_LEAD,
            &question,
            Act::FollowUp { index, topic },
            now_ms,
            moves,
        );
        self.followed_up.insert(index);
    }

    fn wrap_up(&mut self, now_ms: u64, moves: &mut Vec<Move>) {
        self.enter(Phase::WrapUp, moves);
        self.awaiting = Awaiting::Nothing;
        if !self.used_any(&lines::WRAPPED_UP) {
            self.say_from(&lines::WRAPPED_UP, &[], Act::Acknowledgement, now_ms, moves);
        }
    }

    // ── how it takes what it hears ──

    fn take(&self, sentences: &[String], text: &str) -> Vec<Taken> {
        let questions = sentences
            .iter()
            .filter(|sentence| intent(sentence) == Intent::Question)
            .count();
        sentences
            .iter()
            .map(|sentence| match intent(sentence) {
                Intent::Question => {
                    let mut found = self.index.find(sentence);
                    // "The list can hold zeros. Does that matter?" is understood as a whole only.
                    if found == Match::None
                        && questions == 1
                        && sentences.len() <= 3
                        && sentences.len() > 1
                    {
                        found = self.index.find(text);
                    }
                    match found {
                        Match::Sure(Target::Topic(Topic::ConfirmApproach)) => {
                            Taken::Statement(Intent::SeeksApproval)
                        }
                        Match::Sure(target) => Taken::Answer(target),
                        Match::Near(target) => Taken::AskBack(target),
                        Match::None => Taken::Unknown,
                    }
                }
                Intent::SeeksApproval if is_plan(sentence) => {
                    Taken::Statement(Intent::SeeksApproval)
                }
                Intent::SeeksApproval => match self.index.find(sentence) {
                    Match::Sure(target) if target != Target::Topic(Topic::ConfirmApproach) => {
                        Taken::Answer(target)
                    }
                    _ => Taken::Statement(Intent::SeeksApproval),
                },
                other => Taken::Statement(other),
            })
            .collect()
    }

    /// Remembers a plan or a complexity named in `text`; says whether there was a plan.
    fn note_plan(&mut self, text: &str, taken: &[Taken]) -> bool {
        let statement = |wanted: Intent| {
            taken
                .iter()
                .any(|t| matches!(t, Taken::Statement(intent) if *intent == wanted))
        };
        let planned = statement(Intent::Approach);
        if planned || (self.awaiting == Awaiting::Approach && statement(Intent::SeeksApproval)) {
            self.approach_told = true;
        }
        if (planned || statement(Intent::Complexity)) && names_complexity(text) {
            self.complexity_told = true;
        }
        planned
    }

    fn note_run(&mut self, report: &RunReport) {
        if report.total == 0 && report.tests.is_empty() {
            return;
        }
        let green = reactions::is_green(report);
        self.failing_runs = if green { 0 } else { self.failing_runs + 1 };
        self.last_run = Some(LastRun {
            passed: report.passed,
            green,
            failing: reactions::first_failing(report).map(|case| case.name.clone()),
        });
    }

    // ── lines ──

    /// Says one unused line of a bank, or nothing when all are used up.
    fn say_from(
        &mut self,
        bank: &Bank,
        gaps: &[(&str, &str)],
        act: Act,
        now_ms: u64,
        moves: &mut Vec<Move>,
    ) {
        if let Some(text) = self.choose(bank, gaps) {
            self.say(text, act, now_ms, moves);
        }
    }

    /// Says `text` behind one of the bank's openings, such that the whole has not been said before.
    fn say_with_lead(
        &mut self,
        bank: &Bank,
        text: &str,
        act: Act,
        now_ms: u64,
        moves: &mut Vec<Move>,
    ) {
        let start = self.roll() as usize;
        let whole = bank.of(self.setting.personality).iter().find_map(|leads| {
            (0..leads.len())
                .map(|step| format!("{}{text}", leads[(start + step) % leads.len()]))
                .find(|whole| !self.used(whole))
        });
        if let Some(whole) = whole {
            self.say(whole, act, now_ms, moves);
        }
    }

    fn say(&mut self, text: String, act: Act, now_ms: u64, moves: &mut Vec<Move>) {
        let text = capitalised(text.split_whitespace().collect::<Vec<_>>().join(" "));
        if self.said.contains(&text) {
            return;
        }
        self.note_line(&text, &act);
        self.quiet_since_ms =
            self.quiet_since_ms.max(now_ms) + text.chars().count() as u64 * SPEAKING_MS_PER_CHAR;
        moves.push(Move::Say { text, act });
    }

    fn note_line(&mut self, text: &str, act: &Act) {
        self.said.push(text.to_owned());
        match act {
            Act::Opening => self.opened = true,
            Act::Hint { rung } => {
                self.rungs_given = self.rungs_given.max(rung + 1);
                self.awaiting = Awaiting::Nothing;
            }
            Act::FollowUp { index, .. } => {
                self.followed_up.insert(*index);
                self.awaiting = Awaiting::FollowUp;
            }
            Act::TimeWarning { minutes } => {
                self.warned.insert(*minutes);
            }
            Act::AskApproach => {
                self.awaiting = if self.approach_told {
                    Awaiting::Complexity
                } else {
                    Awaiting::Approach
                }
            }
            Act::AskToTest => self.awaiting = Awaiting::Tests,
            _ => {}
        }
    }

    /// An unused wording with its gaps filled.
    fn choose(&self, bank: &Bank, gaps: &[(&str, &str)]) -> Option<String> {
        let start = self.roll() as usize;
        bank.of(self.setting.personality)
            .iter()
            .find_map(|wordings| {
                (0..wordings.len())
                    .map(|step| wordings[(start + step) % wordings.len()])
                    .find_map(|wording| {
                        let text = fill(wording, gaps);
                        (!self.used_wording(wording) && !self.used(&text)).then_some(text)
                    })
            })
    }

    /// Whether this very line was said; a line that was cut short counts for all that begin like it.
    fn used(&self, text: &str) -> bool {
        let text = capitalised(text.split_whitespace().collect::<Vec<_>>().join(" "));
        self.said.iter().any(|said| {
            *said == text
                || (said.len() >= CUT_LINE_MIN && text.starts_with(said.as_str()))
                || said.starts_with(&text)
        })
    }

    /// Whether a wording with gaps was used, whatever filled them.
    fn used_wording(&self, wording: &str) -> bool {
        let fixed = fixed_part(wording);
        wording.contains('{')
            && fixed.len() >= CUT_LINE_MIN
            && self.said.iter().any(|said| said.contains(fixed))
    }

    fn used_any(&self, bank: &Bank) -> bool {
        bank.of(self.setting.personality)
            .iter()
            .flat_map(|wordings| wordings.iter())
            .any(|wording| {
                self.used_wording(wording) || self.said.iter().any(|said| said.starts_with(wording))
            })
    }

    /// The dice's next throw; it depends on what was said so far, so a restored interviewer throws the same.
    fn roll(&self) -> u64 {
        let mut z =
            self.setting.dice ^ (self.said.len() as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) >> 8
    }

    // ── time ──

    fn touch(&mut self, now_ms: u64) {
        self.quiet_since_ms = self.quiet_since_ms.max(now_ms);
        self.nudges = 0;
    }

    /// When the present silence becomes too long; never while silence was asked for.
    fn nudge_due_ms(&self) -> Option<u64> {
        if !self.opened
            || self.thinking
            || self.closed
            || self.nudges >= NUDGES_MAX
            || self.phase == Phase::WrapUp
        {
            return None;
        }
        Some(self.quiet_since_ms + self.patience_ms() * u64::from(self.nudges + 1))
    }

    /// How long silence may last: the stricter the person, the longer it lets silence stand; seniors get more of it.
    fn patience_ms(&self) -> u64 {
        let base = match self.setting.personality {
            Personality::Supportive => 45_000,
            Personality::Neutral => 70_000,
            Personality::Challenging => 110_000,
        };
        match self.setting.level {
            Level::Junior => base * 4 / 5,
            Level::Mid => base,
            Level::Senior => base * 13 / 10,
        }
    }

    fn failing_runs_before_help(&self) -> u32 {
        match self.setting.personality {
            Personality::Supportive => 2,
            Personality::Neutral => 3,
            Personality::Challenging => 4,
        }
    }

    fn enter(&mut self, phase: Phase, moves: &mut Vec<Move>) {
        let back_to_code = phase == Phase::Code && self.phase == Phase::Test;
        if phase > self.phase || back_to_code {
            self.phase = phase;
            moves.push(Move::EnterPhase(phase));
        }
    }

    fn question_of(&self, target: &Target) -> String {
        let question = match target {
            Target::Clarification(index) => self.problem.clarifications[*index]
                .questions
                .first()
                .cloned()
                .unwrap_or_default(),
            Target::Topic(topic) => knowledge::BANK
                .iter()
                .find(|(of, _)| of == topic)
                .and_then(|(_, ways)| ways.first())
                .map(|way| (*way).to_owned())
                .unwrap_or_default(),
        };
        let question = capitalised(question.trim().to_owned());
        if question.ends_with('?') {
            question
        } else {
            format!("{question}?")
        }
    }

    // ── memory ──

    fn remember(&mut self, event: &Event) {
        match &event.what {
            What::Created {
                language,
                duration_ms,
                ..
            } => {
                self.setting.language = *language;
                self.setting.duration_ms = *duration_ms;
            }
            What::PhaseEntered { phase } => self.phase = *phase,
            What::Said {
                speaker: Speaker::Interviewer,
                text,
                act,
                ..
            } => {
                self.note_line(text, act.as_ref().unwrap_or(&Act::Acknowledgement));
                self.quiet_since_ms = event.clock_ms;
            }
            What::Said {
                speaker: Speaker::Candidate,
                text,
                ..
            } => {
                self.touch(event.clock_ms);
                let taken = self.take(&sentences(text), text);
                let planned = self.note_plan(text, &taken);
                if !planned
                    && self.awaiting == Awaiting::Approach
                    && self.phase <= Phase::Approach
                    && words::words(text).len() >= ANSWER_WORDS_MIN
                {
                    self.approach_told |= taken
                        .iter()
                        .all(|t| matches!(t, Taken::Statement(Intent::Remark)));
                }
            }
            What::ThinkingSet { on } => self.thinking = *on,
            What::CodeChanged {
                language, insert, ..
            } => {
                self.setting.language = *language;
                self.coded |= !insert.trim().is_empty();
                self.touch(event.clock_ms);
            }
            What::RunFinished { report, .. } => {
                self.note_run(report);
                self.touch(event.clock_ms);
            }
            What::Ended { .. } => self.closed = true,
            _ => {}
        }
    }
}

/// How a sentence was taken, before it is named for the outside.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Taken {
    Answer(Target),
    AskBack(Target),
    Unknown,
    Statement(Intent),
}

/// Walks the combinations in an order that changes both parts; prime to their number.
const STEP: usize = 9;

/// A line that was cut off before this many bytes does not count as said.
const CUT_LINE_MIN: usize = 12;

/// The longest stretch of a wording between its gaps.
fn fixed_part(wording: &str) -> &str {
    wording
        .split(['{', '}'])
        .step_by(2)
        .max_by_key(|part| part.len())
        .unwrap_or(wording)
}

fn fill(wording: &str, gaps: &[(&str, &str)]) -> String {
    gaps.iter().fold(wording.to_owned(), |text, (gap, value)| {
        text.replace(&format!("{{{gap}}}"), value)
    })
}

fn capitalised(text: String) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(letters).collect(),
        _ => text,
    }
}

fn meaningful_lines(code: &str) -> usize {
    code.lines()
        .map(str::trim)
        .filter(|line| {
            !line.is_empty() && !line.starts_with('#') && !line.starts_with("//") && *line != "pass"
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wording_belongs_to_one_bank() {
        let mut seen: std::collections::HashMap<&str, &str> = std::collections::HashMap::new();
        for (name, bank) in lines::ALL {
            for wording in [bank.supportive, bank.neutral, bank.challenging, bank.anyone].concat() {
                if let Some(other) = seen.insert(wording, name) {
                    assert!(
                        wording.is_empty(),
                        "“{wording}” is in “{other}” and in “{name}”"
                    );
                }
            }
        }
    }

    #[test]
    fn a_wording_with_gaps_can_be_recognised() {
        for (name, bank) in lines::ALL {
            for wording in [bank.supportive, bank.neutral, bank.challenging, bank.anyone].concat() {
                let leads = fixed_part(wording).len() >= CUT_LINE_MIN || !wording.contains('{');
                assert!(leads, "“{wording}” of “{name}” has too little fixed text");
            }
        }
    }
}
