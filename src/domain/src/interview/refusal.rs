//! Why something was not done. The sentence is what a person reads; the code is what a program reads.

/// A refused command: a reason of the product's rules, never a fault of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("You have no credits left. Ask whoever runs this server for more.")]
    NoCredits,
    #[error("This interview is over.")]
    AlreadyEnded,
    #[error("This interview has not ended yet.")]
    NotEnded,
    #[error("The code is longer than 50 KB. Shorten it and try again.")]
    CodeTooLong,
    #[error("That message is longer than {max} characters. Split it and send it again.")]
    TextTooLong { max: usize },
    #[error("There is nothing in that message.")]
    EmptyText,
    #[error("That came too soon. Try again in {} s.", retry_after_ms.div_ceil(1000))]
    TooSoon { retry_after_ms: u64 },
    #[error("A newer version of the code is already stored (revision {current}).")]
    StaleRevision { current: u64 },
    #[error("Your code is still running. Wait for it to finish.")]
    RunInProgress,
    #[error("This problem is not offered in that language.")]
    LanguageNotOffered,
    #[error("The evaluation is already there.")]
    AlreadyEvaluated,
    #[error("The evaluation is still under way.")]
    EvaluationUnderWay,
    #[error("That is not allowed.")]
    NotAllowed,
}

impl Refusal {
    /// The `error.code` of the HTTP API.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::NoCredits => "no_credits",
            Refusal::AlreadyEnded => "already_ended",
            Refusal::NotEnded => "not_ended",
            Refusal::CodeTooLong => "code_too_long",
            Refusal::TextTooLong { .. } => "text_too_long",
            Refusal::EmptyText => "empty_text",
            Refusal::TooSoon { .. } => "too_many_requests",
            Refusal::StaleRevision { .. } => "stale_revision",
            Refusal::RunInProgress => "run_in_progress",
            Refusal::LanguageNotOffered => "language_not_offered",
            Refusal::AlreadyEvaluated => "already_evaluated",
            Refusal::EvaluationUnderWay => "evaluation_under_way",
            Refusal::NotAllowed => "not_allowed",
        }
    }
}
