//! Cases of the candidate's own: their code and the problem's reference solution get the same input, each in an
//! instance of its own, and the answers are compared here in the host.
//!
//! Of the reference solution nothing leaves this file but its answer: no source, no output beside it, no traceback
//! (which would quote its lines), no duration. That the answer to an input of one's own can be asked for is meant, as
//! one asks an interviewer "what should this return?"; how often is bounded with the runs, and each run by
//! [`OWN_CASES_MAX`]. Not here: judging a problem's own cases (`Sandbox::judge`).

use super::{FIRST_SEED, Sandbox, SandboxError, Stage, WAITING_PER_CANDIDATE_MAX};
use interviewd_domain::{
    problem::{Case, CaseInput, Language, Problem},
    run::{
        self, Limits, OWN_CASES_MAX, OwnCase, OwnResult, Played, Program, RunKind, RunPlan,
        RunReport, RunStatus, SOURCE_BYTES_MAX,
    },
};
use serde_json::Value;

/// All answers of the reference solution in one run may take this long, beside the time of the candidate's code.
const REFERENCE_MS_MAX: u64 = 5_000;

impl Sandbox {
    /// Runs a candidate's code on cases of their own. A case passes when the code's answer is the reference
    /// solution's; where that one has none (the input breaks the problem's promises), the candidate's expectation
    /// takes its place, and without one ending well is passing.
    pub async fn judge_own(
        &self,
        candidate: &str,
        language: Language,
        source: &str,
        problem: &Problem,
        own: &[OwnCase],
    ) -> Result<RunReport, SandboxError> {
        if source.len() > SOURCE_BYTES_MAX {
            return Err(SandboxError::SourceTooLong);
        }
        if own.len() > OWN_CASES_MAX {
            let message = format!("Try at most {OWN_CASES_MAX} cases of your own at once.");
            return Err(SandboxError::InvalidInput(message));
        }
        for case in own {
            run::check_input(&problem.signature, &case.input)
                .map_err(SandboxError::InvalidInput)?;
        }
        self.offers(language)?;
        let reference = self.reference(problem, language);

        let _permit = self.admit(candidate, WAITING_PER_CANDIDATE_MAX).await?;
        let limits = self.capped(language, Limits::standard(language, RunKind::Run));
        let (mut left_ms, mut reference_left_ms) = (limits.total_ms, REFERENCE_MS_MAX);
        let mut stage = self.stage(language);
        let mut reference_stage = reference.map(|(language, _)| self.stage(language));
        let (mut cases, mut played, mut results) = (vec![], vec![], vec![]);
        let mut hopeless = false;
        for (number, own_case) in own.iter().enumerate() {
            let mut case = Case {
                name: run::own_case_name(number, own.len()),
                input: own_case.input.clone(),
                expected: Value::Null,
                explanation: None,
            };
            let mut result = OwnResult {
                expected: own_case.expected.clone(),
                answered: false,
                agrees: None,
            };
            if !hopeless && left_ms > 0 {
                let limits = Limits {
                    case_ms: limits.case_ms.min(left_ms),
                    ..limits
                };
                let program = own_program(language, source, problem, &case.input, number);
                let observation = self.play(&mut stage, &program, limits).await?;
                let compiling = stage.compiling().as_millis() as u64;
                left_ms = left_ms.saturating_sub(observation.duration_ms.ceil() as u64 + compiling);
                hopeless = observation.status == RunStatus::CompileError;
                let answer = match (reference, &mut reference_stage) {
                    (Some((language, source)), Some(stage)) if !hopeless => {
                        let program = own_program(language, source, problem, &case.input, number);
                        self.ask_reference(stage, &program, &mut reference_left_ms)
                            .await?
                    }
                    _ => None,
                };
                result.answered = answer.is_some();
                let standard = answer.or_else(|| own_case.expected.clone());
                case.expected = standard.clone().unwrap_or(Value::Null);
                if let (true, Some(expected)) = (result.answered, &own_case.expected) {
                    let said = run::as_answered(&problem.signature, expected);
                    result.agrees = Some(self.is_correct(problem, &case, &said).await?);
                }
                let correct = match standard {
                    Some(_) => self.is_correct(problem, &case, &observation).await?,
                    None => observation.status == RunStatus::Ok,
                };
                played.push(Played {
                    observation,
                    correct,
                });
            }
            cases.push(case);
            results.push(result);
        }
        let plan = RunPlan {
            visible: cases.iter().collect(),
            hidden: vec![],
        };
        let mut report = run::report(&problem.signature, &plan, &played, &[]);
        for (test, result) in report.tests.iter_mut().zip(results) {
            test.expected = run::bounded(std::mem::take(&mut test.expected));
            test.own = Some(result);
        }
        Ok(report)
    }

    /// In the candidate's language if it can be, so that numbers mean the same; else in the first that runs here. Not
    /// in Java, which would cost a second JVM for each run, as long as there is another.
    fn reference<'p>(&self, problem: &'p Problem, wanted: Language) -> Option<(Language, &'p str)> {
        let runs = |language: &Language| self.offers(*language).is_ok();
        let wanted = Some(wanted).filter(|language| *language != Language::Java);
        wanted
            .into_iter()
            .chain(Language::ALL)
            .filter(runs)
            .find_map(|language| Some((language, problem.solutions.get(&language)?.as_str())))
    }

    /// The answer, or nothing: what else the reference solution did is nobody's business.
    async fn ask_reference(
        &self,
        stage: &mut Stage<'_>,
        program: &Program,
        left_ms: &mut u64,
    ) -> Result<Option<Value>, SandboxError> {
        if *left_ms == 0 {
            return Ok(None);
        }
        let standard = self.capped(
            program.language,
            Limits::standard(program.language, RunKind::Run),
        );
        let limits = Limits {
            case_ms: standard.case_ms.min(*left_ms),
            ..standard
        };
        let seen = match self.play(stage, program, limits).await {
            Ok(seen) => seen,
            // A language that went away in between leaves the case without an answer and the run as it is.
            Err(SandboxError::Preparing(_) | SandboxError::Unavailable { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        *left_ms = left_ms.saturating_sub(seen.duration_ms.ceil() as u64);
        Ok(run::answer(&program.signature, &seen))
    }
}

fn own_program(
    language: Language,
    source: &str,
    problem: &Problem,
    input: &CaseInput,
    number: usize,
) -> Program {
    Program {
        language,
        source: source.to_owned(),
        signature: problem.signature.clone(),
        input: input.clone(),
        seed: FIRST_SEED + number as u64,
    }
}
