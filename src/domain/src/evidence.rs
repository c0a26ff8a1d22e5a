//! The evidence of one interview, gathered from its events: what was said, written and run, and when.
//!
//! A [`Dossier`] holds observations with the ids they can be cited by, and no judgement; `scorecard::rules` judges.
//! It is never stored: it is made from the events whenever somebody needs it.
//!
//! To add an observation: 1. a field here with its unit, 2. its making in [`Dossier::from_events`], 3. where it
//! counts, a line in `scorecard::rules` or a kind in `scorecard::findings`.

pub mod facts;
pub mod order;
pub mod speech;

use crate::{
    ids::{RunId, SnapshotId, UtteranceId},
    interview::{Act, EndReason, Event, Level, Mode, Phase, SnapshotKind, Speaker, What, code},
    problem::{Language, Problem, Signature},
    run::{CaseStatus, RunKind, RunReport, RunStatus},
};
use facts::CodeFacts;
use order::Order;
use speech::Resource;
use std::collections::{BTreeMap, BTreeSet};

/// At most so many different states of the code are analysed; the ones that were run and the last come first.
const ANALYSED_MAX: usize = 60;

/// Everything that can be held for or against a candidate. Times are the interview's own clock in milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    pub language: Language,
    pub level: Level,
    pub mode: Mode,
    pub duration_ms: u64,
    /// When it ended, or the last thing that happened.
    pub ended_ms: u64,
    pub end_reason: Option<EndReason>,
    pub phases: Vec<(Phase, u64)>,
    pub utterances: Vec<Utterance>,
    pub snapshots: Vec<Snapshot>,
    /// Runs that finished; lost ones are nobody's fault and left out.
    pub runs: Vec<RunEvidence>,
    /// When the code changed, white space aside.
    pub edits_ms: Vec<u64>,
    /// When the first code beyond the starter was there.
    pub code_started_ms: Option<u64>,
    pub followups: Vec<FollowUpEvidence>,
    pub claims: Vec<Claim>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Utterance {
    pub id: UtteranceId,
    pub at_ms: u64,
    pub speaker: Speaker,
    pub text: String,
    pub act: Option<Act>,
    pub words: u32,
    /// Kinds of edge cases named.
    pub edges: BTreeSet<&'static str>,
    /// Stems of words that speak of a way to solve it.
    pub plan: BTreeSet<String>,
    /// Asks something that has to do with the problem.
    pub asks: bool,
    pub weighs: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    pub id: SnapshotId,
    pub at_ms: u64,
    pub kind: SnapshotKind,
    pub language: Language,
    pub code: String,
    /// Whether it differs from the starter by more than white space.
    pub beyond_starter: bool,
    /// Of the states that were run and of the last one.
    pub facts: Option<CodeFacts>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RunEvidence {
    pub id: RunId,
    /// When it finished.
    pub at_ms: u64,
    pub kind: RunKind,
    /// Index into [`Dossier::snapshots`].
    pub snapshot: Option<usize>,
    /// On the candidate's own input; says nothing about correctness.
    pub own_input: bool,
    pub status: RunStatus,
    pub line: Option<u32>,
    pub visible: Vec<Verdict>,
    pub hidden: Vec<Verdict>,
}

/// How one case went; hidden ones appear by the name of their edge alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub name: String,
    pub status: CaseStatus,
}

#[derive(Debug, Clone, PartialEq)]
pub struct FollowUpEvidence {
    /// Index of the interviewer's question.
    pub asked: usize,
    pub topic: String,
    /// Indices of what the candidate said before the next question.
    pub answers: Vec<usize>,
    pub heard: Vec<String>,
    /// How many things were listened for.
    pub listened_for: usize,
}

impl FollowUpEvidence {
    /// Something was answered, and of what was listened for, if anything was, at least one thing was heard.
    pub fn answered(&self) -> bool {
        !self.answers.is_empty() && (self.listened_for == 0 || !self.heard.is_empty())
    }
}

/// Something the candidate said about complexity.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Index into [`Dossier::utterances`].
    pub utterance: usize,
    pub resource: Resource,
    pub order: Order,
    /// Whether it fits the code; `None` when nothing is known to compare with.
    pub right: Option<bool>,
}

impl RunEvidence {
    pub fn visible_passed(&self) -> usize {
        passed(&self.visible)
    }

    pub fn hidden_passed(&self) -> usize {
        passed(&self.hidden)
    }

    pub fn failing(&self) -> impl Iterator<Item = &Verdict> {
        self.visible
            .iter()
            .filter(|verdict| verdict.status != CaseStatus::Pass)
    }

    pub fn hidden_failing(&self) -> impl Iterator<Item = &Verdict> {
        self.hidden
            .iter()
            .filter(|verdict| verdict.status != CaseStatus::Pass)
    }

    /// Every case that ran passed, and there was at least one.
    pub fn clean(&self) -> bool {
        !self.visible.is_empty()
            && self.failing().next().is_none()
            && self.hidden_failing().next().is_none()
    }
}

fn passed(verdicts: &[Verdict]) -> usize {
    verdicts
        .iter()
        .filter(|verdict| verdict.status == CaseStatus::Pass)
        .count()
}

impl Dossier {
    /// Gathers the evidence. `facts` analyses one state of the code (`insight::analyse` in the main crate); it is
    /// asked for the states that were run and for the last one. Any sequence of events gives a dossier: what does
    /// not fit together (a delta without its base, a run nobody asked for) is left out.
    pub fn from_events(
        events: &[Event],
        problem: &Problem,
        facts: &dyn Fn(Language, &str) -> CodeFacts,
    ) -> Dossier {
        let mut gathering = Gathering::new(problem);
        for event in events {
            gathering.take(event);
        }
        let mut dossier = gathering.dossier;
        dossier.attach_facts(facts, problem);
        dossier.hear_followups(problem);
        dossier.hear_claims(problem);
        dossier
    }

    /// What the candidate said, with its index.
    pub fn candidate(&self) -> impl Iterator<Item = (usize, &Utterance)> {
        self.said_by(Speaker::Candidate)
    }

    pub fn said_by(&self, speaker: Speaker) -> impl Iterator<Item = (usize, &Utterance)> {
        self.utterances
            .iter()
            .enumerate()
            .filter(move |(_, utterance)| utterance.speaker == speaker)
    }

    /// Indices of the interviewer's hints.
    pub fn hints(&self) -> Vec<usize> {
        self.said_by(Speaker::Interviewer)
            .filter(|(_, utterance)| matches!(utterance.act, Some(Act::Hint { .. })))
            .map(|(index, _)| index)
            .collect()
    }

    /// The last state of the code that is more than the starter.
    pub fn final_snapshot(&self) -> Option<&Snapshot> {
        self.snapshots
            .last()
            .filter(|snapshot| snapshot.beyond_starter)
    }

    /// Runs against the problem's cases.
    pub fn case_runs(&self) -> impl Iterator<Item = &RunEvidence> {
        self.runs
            .iter()
            .filter(|run| !run.own_input && !run.visible.is_empty())
    }

    /// What the candidate said before the first line of code (all of it, when there is none).
    pub fn before_code(&self) -> impl Iterator<Item = (usize, &Utterance)> {
        let start = self.code_started_ms.unwrap_or(u64::MAX);
        self.candidate()
            .filter(move |(_, utterance)| utterance.at_ms <= start)
    }

    fn attach_facts(&mut self, facts: &dyn Fn(Language, &str) -> CodeFacts, problem: &Problem) {
        let last = self.snapshots.len().checked_sub(1);
        let run: BTreeSet<usize> = self.runs.iter().filter_map(|run| run.snapshot).collect();
        // The newest are the most telling ones, should there be more than the bound.
        let wanted: BTreeSet<usize> = run
            .into_iter()
            .chain(last)
            .rev()
            .take(ANALYSED_MAX)
            .collect();
        let mut known: BTreeMap<(Language, String), CodeFacts> = BTreeMap::new();
        for index in wanted {
            let snapshot = &mut self.snapshots[index];
            if snapshot.beyond_starter {
                let found = known
                    .entry((snapshot.language, snapshot.code.clone()))
                    .or_insert_with(|| facts(snapshot.language, &snapshot.code));
                // What a program prints is its answer.
                if problem.signature == Signature::Program {
                    found.debug_prints.clear();
                }
                snapshot.facts = Some(found.clone());
            }
        }
    }

    fn hear_followups(&mut self, problem: &Problem) {
        let mut open: Option<(usize, usize)> = None;
        for index in 0..self.utterances.len() {
            let utterance = &self.utterances[index];
            match (&utterance.speaker, &utterance.act) {
                (
                    Speaker::Interviewer,
                    Some(Act::FollowUp {
                        index: asked,
                        topic,
                    }),
                ) => {
                    let listened_for = problem
                        .followups
                        .get(*asked as usize)
                        .map_or(0, |f| f.listen_for.len());
                    self.followups.push(FollowUpEvidence {
                        asked: index,
                        topic: topic.clone(),
                        answers: Vec::new(),
                        heard: Vec::new(),
                        listened_for,
                    });
                    open = Some((self.followups.len() - 1, *asked as usize));
                }
                (Speaker::Interviewer, Some(Act::Closing | Act::AskToCode)) => open = None,
                (Speaker::Candidate, _) if utterance.words > 0 => {
                    if let Some((followup, _)) = open {
                        self.followups[followup].answers.push(index);
                    }
                }
                _ => {}
            }
            if let Some((followup, asked)) = open {
                let said: BTreeSet<String> = self.followups[followup]
                    .answers
                    .iter()
                    .flat_map(|answer| speech::stems(&self.utterances[*answer].text))
                    .collect();
                let listen_for = problem
                    .followups
                    .get(asked)
                    .map_or(&[][..], |f| &f.listen_for);
                self.followups[followup].heard = speech::heard(&said, listen_for)
                    .into_iter()
                    .map(str::to_owned)
                    .collect();
            }
        }
    }

    fn hear_claims(&mut self, problem: &Problem) {
        let mut orders: BTreeMap<Resource, BTreeSet<Order>> = BTreeMap::new();
        for facts in self
            .snapshots
            .iter()
            .filter_map(|snapshot| snapshot.facts.as_ref())
        {
            for (resource, estimate) in [
                (Resource::Time, &facts.time),
                (Resource::Space, &facts.space),
            ] {
                orders.entry(resource).or_default().extend(estimate.order);
            }
        }
        let reference = |resource| match resource {
            Resource::Time => Order::parse(&problem.complexity.time),
            Resource::Space => Order::parse(&problem.complexity.space),
        };
        let mut claims = Vec::new();
        for (utterance, said) in self.candidate() {
            for (resource, order) in speech::complexity_claims(&said.text) {
                let known = orders.get(&resource).filter(|orders| !orders.is_empty());
                let right = match known {
                    Some(orders) => Some(orders.contains(&order)),
                    // The code does not say: the reference is the next best, and can only confirm.
                    None => reference(resource)
                        .filter(|reference| *reference == order)
                        .map(|_| true),
                };
                claims.push(Claim {
                    utterance,
                    resource,
                    order,
                    right,
                });
            }
        }
        self.claims = claims;
    }
}

/// The pass over the events.
struct Gathering {
    dossier: Dossier,
    starter: BTreeMap<Language, String>,
    topic: BTreeSet<String>,
    code: String,
    requested: BTreeMap<RunId, (RunKind, Option<usize>, bool)>,
}

impl Gathering {
    fn new(problem: &Problem) -> Gathering {
        let starter = problem
            .starter
            .iter()
            .map(|(language, code)| (*language, squeeze(code)))
            .collect();
        let mut topic = speech::stems(&problem.statement);
        topic.extend(speech::stems(&problem.constraints.join(" ")));
        for clarification in &problem.clarifications {
            topic.extend(
                clarification
                    .questions
                    .iter()
                    .flat_map(|question| speech::stems(question)),
            );
        }
        Gathering {
            dossier: Dossier {
                language: Language::Python,
                level: Level::default(),
                mode: Mode::Text,
                duration_ms: 0,
                ended_ms: 0,
                end_reason: None,
                phases: Vec::new(),
                utterances: Vec::new(),
                snapshots: Vec::new(),
                runs: Vec::new(),
                edits_ms: Vec::new(),
                code_started_ms: None,
                followups: Vec::new(),
                claims: Vec::new(),
            },
            starter,
            topic,
            code: String::new(),
            requested: BTreeMap::new(),
        }
    }

    fn take(&mut self, event: &Event) {
        let at_ms = event.clock_ms;
        if self.dossier.end_reason.is_none() {
            self.dossier.ended_ms = self.dossier.ended_ms.max(at_ms);
        }
        match &event.what {
            What::Created {
                language,
                duration_ms,
                mode,
                level,
                ..
            } => {
                self.dossier.language = *language;
                self.dossier.duration_ms = *duration_ms;
                self.dossier.mode = *mode;
                self.dossier.level = *level;
            }
            What::PhaseEntered { phase } => self.dossier.phases.push((*phase, at_ms)),
            What::Said {
                utterance,
                speaker,
                text,
                act,
                ..
            } => self.said(*utterance, at_ms, *speaker, text, act),
            What::CodeChanged {
                language,
                prefix,
                suffix,
                insert,
                ..
            } => {
                if let Some(code) = code::patch(&self.code, *prefix, *suffix, insert) {
                    self.code_is(code, *language, at_ms);
                }
            }
            What::Snapshotted {
                snapshot,
                kind,
                language,
                code,
                ..
            } => {
                self.code_is(code.clone(), *language, at_ms);
                self.dossier.snapshots.push(Snapshot {
                    id: *snapshot,
                    at_ms,
                    kind: *kind,
                    language: *language,
                    code: code.clone(),
                    beyond_starter: self.beyond_starter(code, *language),
                    facts: None,
                });
            }
            What::RunRequested {
                run,
                kind,
                snapshot,
                custom_input,
                own_cases,
                ..
            } => {
                let snapshot = self
                    .dossier
                    .snapshots
                    .iter()
                    .rposition(|known| known.id == *snapshot);
                let own_input = custom_input.is_some() || !own_cases.is_empty();
                self.requested.insert(*run, (*kind, snapshot, own_input));
            }
            What::RunFinished { run, report } => {
                if let Some((kind, snapshot, own_input)) = self.requested.remove(run) {
                    self.dossier
                        .runs
                        .push(run_evidence(*run, at_ms, kind, snapshot, own_input, report));
                }
            }
            What::Ended { reason } => self.dossier.end_reason = Some(*reason),
            What::Activated
            | What::Connected { .. }
            | What::Disconnected { .. }
            | What::TimeReturned { .. }
            | What::ThinkingSet { .. }
            | What::RunLost { .. }
            | What::TimeWarned { .. }
            | What::EvaluationRequested
            | What::Scored { .. }
            | What::EvaluationFailed { .. } => {}
        }
    }

    fn said(
        &mut self,
        id: UtteranceId,
        at_ms: u64,
        speaker: Speaker,
        text: &str,
        act: &Option<Act>,
    ) {
        let candidate = speaker == Speaker::Candidate;
        let asks = candidate && speech::asks(text) && !self.topic.is_disjoint(&speech::stems(text));
        self.dossier.utterances.push(Utterance {
            id,
            at_ms,
            speaker,
            text: text.to_owned(),
            act: act.clone(),
            words: speech::words(text).len() as u32,
            edges: if candidate {
                speech::edge_cases(text)
            } else {
                BTreeSet::new()
            },
            plan: if candidate {
                speech::plan_words(text)
            } else {
                BTreeSet::new()
            },
            asks,
            weighs: candidate && speech::weighs(text),
        });
    }

    fn code_is(&mut self, code: String, language: Language, at_ms: u64) {
        if squeeze(&code) != squeeze(&self.code) && self.beyond_starter(&code, language) {
            self.dossier.edits_ms.push(at_ms);
            self.dossier.code_started_ms.get_or_insert(at_ms);
        }
        self.code = code;
    }

    fn beyond_starter(&self, code: &str, language: Language) -> bool {
        let squeezed = squeeze(code);
        !squeezed.is_empty() && self.starter.get(&language) != Some(&squeezed)
    }
}

fn squeeze(code: &str) -> String {
    code.split_whitespace().collect()
}

fn run_evidence(
    id: RunId,
    at_ms: u64,
    kind: RunKind,
    snapshot: Option<usize>,
    own_input: bool,
    report: &RunReport,
) -> RunEvidence {
    RunEvidence {
        id,
        at_ms,
        kind,
        snapshot,
        own_input,
        status: report.status,
        line: report.tests.iter().find_map(|test| test.line),
        visible: report
            .tests
            .iter()
            .map(|test| Verdict {
                name: test.name.clone(),
                status: test.status,
            })
            .collect(),
        hidden: report
            .hidden
            .iter()
            .map(|test| Verdict {
                name: test.name.clone(),
                status: test.status,
            })
            .collect(),
    }
}
