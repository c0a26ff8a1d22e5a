//! What pages show: plain, owned structs, already allowed for the person who looks.
//!
//! Nothing here reads a store or decides anything; whoever fills them has checked the rights. Hidden cases, solutions
//! and private notes have no field to go into. Words such as `"easy"` or `"completed"` are the keys of the public API.
//!
//! To show something new: a field here, filled by its reader, drawn by the page's template.

pub mod cards;
pub mod reader;
pub mod report;
pub mod run;
pub mod timeline;

pub use timeline::Timeline;

/// Interviews cost this many credits to start.
pub const INTERVIEW_COST: u32 = 1;

// ── Time and numbers ──────────────────────────────────────────────────────────────────────────────────────────────

/// A point in time. Pages write it in UTC; `site.ts` rewrites it in the reader's own zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub unix_ms: i64,
}

impl Moment {
    /// RFC 3339 in UTC, to the second: for `<time datetime>`.
    pub fn iso(&self) -> String {
        let (year, month, day) = self.date();
        let (hour, minute, second) = self.time();
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }

    /// `22 November 2026`.
    pub fn day(&self) -> String {
        let (year, month, day) = self.date();
        format!("{day} {} {year}", MONTHS[month as usize - 1])
    }

    /// `22 November 2026, 18:10 UTC`.
    pub fn text(&self) -> String {
        let (hour, minute, _) = self.time();
        format!("{}, {hour:02}:{minute:02} UTC", self.day())
    }

    /// `November 2026`: the heading that cards are grouped under.
    pub fn month(&self) -> String {
        let (year, month, _) = self.date();
        format!("{} {year}", MONTHS[month as usize - 1])
    }

    fn time(&self) -> (i64, i64, i64) {
        let seconds = self.unix_ms.div_euclid(1000).rem_euclid(86_400);
        (seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    /// The proleptic Gregorian date (Howard Hinnant's `civil_from_days`).
    fn date(&self) -> (i64, u32, u32) {
        let days = self.unix_ms.div_euclid(86_400_000) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year, month as u32, day as u32)
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `m:ss`, or `h:mm:ss` past an hour.
pub fn clock(ms: u64) -> String {
    let seconds = ms / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// `under a minute`, `44 min`, `1 h 5 min`.
pub fn minutes(ms: u64) -> String {
    match ms / 60_000 {
        0 => "under a minute".into(),
        whole @ 1..=59 => format!("{whole} min"),
        whole if whole % 60 == 0 => format!("{} h", whole / 60),
        whole => format!("{} h {} min", whole / 60, whole % 60),
    }
}

/// A score with its one decimal; 10 stays 10.
pub fn score(value: f64) -> String {
    if value >= 9.95 {
        "10".into()
    } else {
        format!("{value:.1}")
    }
}

/// `1 run`, `2 runs`.
pub fn count(number: u64, word: &str) -> String {
    match number {
        1 => format!("1 {word}"),
        _ => format!("{number} {word}s"),
    }
}

// ── Forms ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/// What was wrong with a submitted form. Empty = nothing (yet).
#[derive(Debug, Clone, Default)]
pub struct FieldErrors {
    /// What is wrong with the whole; none = only the fields speak.
    pub summary: Option<String>,
    /// Field name and the sentence beside it.
    pub fields: Vec<(String, String)>,
}

impl FieldErrors {
    pub fn any(&self) -> bool {
        self.summary.is_some() || !self.fields.is_empty()
    }

    pub fn has(&self, field: &str) -> bool {
        self.get(field).is_some()
    }

    pub fn get(&self, field: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(name, _)| name == field)
            .map(|(_, sentence)| sentence.as_str())
    }
}

/// One entry of a select, a segmented control or a list of radio buttons.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What the form sends.
    pub key: String,
    pub label: String,
    /// A short explanation, or why it is off; may be empty.
    pub note: String,
    pub selected: bool,
    pub disabled: bool,
}

/// Where a list stands. Pages count from 1.
#[derive(Debug, Clone)]
pub struct Paging {
    pub page: u32,
    pub per_page: u32,
    pub total: u32,
    /// The address of the list with every filter and without `page`: `/start?q=tree` or `/dashboard`.
    pub base: String,
}

impl Paging {
    pub fn pages(&self) -> u32 {
        self.total.div_ceil(self.per_page.max(1)).max(1)
    }

    pub fn previous(&self) -> Option<String> {
        (self.page > 1).then(|| self.link(self.page - 1))
    }

    pub fn next(&self) -> Option<String> {
        (self.page < self.pages()).then(|| self.link(self.page + 1))
    }

    /// The first and last item on this page, counted from 1.
    pub fn first(&self) -> u32 {
        ((self.page.max(1) - 1) * self.per_page + 1).min(self.total)
    }

    pub fn last(&self) -> u32 {
        (self.page.max(1) * self.per_page).min(self.total)
    }

    fn link(&self, page: u32) -> String {
        let separator = if self.base.contains('?') { '&' } else { '?' };
        format!("{}{separator}page={page}", self.base)
    }
}

// ── Interviews ────────────────────────────────────────────────────────────────────────────────────────────────────

/// One interview in a list.
#[derive(Debug, Clone)]
pub struct InterviewCard {
    pub id: String,
    pub problem_slug: String,
    pub title: String,
    /// `easy`, `medium` or `hard`.
    pub difficulty: String,
    /// As a person reads it: `Python`.
    pub language: String,
    /// `scheduled`, `active`, `completed`, `abandoned` or `errored`.
    pub status: String,
    /// When the clock began; for a scheduled one, when it was made.
    pub started: Moment,
    /// Time actually spent.
    pub duration_ms: u64,
    /// Time left; only for scheduled and active ones.
    pub remaining_ms: Option<u64>,
    pub verdict: Verdict,
}

/// How far the evaluation of an interview is.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// There is none: the interview runs, or ended without one.
    None,
    Pending,
    Complete {
        score: f64,
        /// `strong_yes`, `yes`, `maybe` or `no`.
        recommendation: Option<String>,
    },
    Failed,
    InsufficientEvidence,
}

impl InterviewCard {
    pub fn open(&self) -> bool {
        matches!(self.status.as_str(), "scheduled" | "active")
    }

    /// Where the card leads.
    pub fn href(&self) -> String {
        if self.open() {
            format!("/interview/{}", self.id)
        } else {
            format!("/sessions/{}/summary", self.id)
        }
    }

    pub fn score(&self) -> Option<f64> {
        match self.verdict {
            Verdict::Complete { score, .. } => Some(score),
            _ => None,
        }
    }

    /// The words of the badge.
    pub fn badge(&self) -> &'static str {
        match (&self.verdict, self.status.as_str()) {
            (Verdict::Pending, _) => "Evaluating…",
            (Verdict::Complete { recommendation, .. }, _) => {
                recommendation_word(recommendation.as_deref())
            }
            (Verdict::Failed, _) => "Evaluation failed",
            (Verdict::InsufficientEvidence, _) => "Not enough evidence",
            (Verdict::None, "scheduled") => "Not begun",
            (Verdict::None, "active") => "In progress",
            (Verdict::None, "abandoned") => "Left early",
            (Verdict::None, "errored") => "Stopped by a fault",
            (Verdict::None, _) => "Ended",
        }
    }

    pub fn badge_tone(&self) -> &'static str {
        match &self.verdict {
            Verdict::Pending => "is-info",
            Verdict::Complete { recommendation, .. } => {
                recommendation_tone(recommendation.as_deref())
            }
            Verdict::Failed => "is-bad",
            Verdict::InsufficientEvidence => "is-plain",
            Verdict::None if self.status == "active" => "is-info",
            Verdict::None if self.status == "errored" => "is-bad",
            Verdict::None => "is-plain",
        }
    }

    pub fn badge_icon(&self) -> &'static str {
        match &self.verdict {
            Verdict::Pending => "loader-circle",
            Verdict::Complete { recommendation, .. } => {
                recommendation_icon(recommendation.as_deref())
            }
            Verdict::Failed => "circle-alert",
            Verdict::InsufficientEvidence => "circle-dashed",
            Verdict::None if self.status == "active" => "play",
            Verdict::None if self.status == "errored" => "circle-alert",
            Verdict::None => "circle-dashed",
        }
    }
}

fn recommendation_word(key: Option<&str>) -> &'static str {
    match key {
        Some("strong_yes") => "Strong yes",
        Some("yes") => "Yes",
        Some("maybe") => "Maybe",
        Some("no") => "No",
        _ => "No recommendation",
    }
}

fn recommendation_tone(key: Option<&str>) -> &'static str {
    match key {
        Some("strong_yes" | "yes") => "is-good",
        Some("maybe") => "is-warn",
        Some("no") => "is-bad",
        _ => "is-plain",
    }
}

fn recommendation_icon(key: Option<&str>) -> &'static str {
    match key {
        Some("strong_yes") => "check-check",
        Some("yes") => "check",
        Some("maybe") => "minus",
        Some("no") => "x",
        _ => "circle-dashed",
    }
}

/// The numbers beside the list of interviews.
#[derive(Debug, Clone, Default)]
pub struct Totals {
    /// Every interview that has ended.
    pub interviews: u32,
    /// Time spent in all of them.
    pub spent_ms: u64,
    /// The mean of the last few scores; none = nothing was scored yet.
    pub recent_score: Option<f64>,
    /// Up to twelve scores, oldest first, for the little line.
    pub scores: Vec<f64>,
}

impl Totals {
    /// The scores as points of a polyline in a box of 240 × 64.
    pub fn spark(&self) -> Vec<(String, String)> {
        let step = 224.0 / (self.scores.len().max(2) - 1) as f64;
        self.scores
            .iter()
            .enumerate()
            .map(|(at, value)| {
                let x = 8.0 + at as f64 * step;
                let y = 58.0 - (value.clamp(1.0, 10.0) - 1.0) / 9.0 * 52.0;
                (format!("{x:.1}"), format!("{y:.1}"))
            })
            .collect()
    }

    pub fn spark_line(&self) -> String {
        let points: Vec<String> = self
            .spark()
            .into_iter()
            .map(|(x, y)| format!("{x},{y}"))
            .collect();
        points.join(" ")
    }
}

// ── Problems ──────────────────────────────────────────────────────────────────────────────────────────────────────

/// One problem in a list.
#[derive(Debug, Clone)]
pub struct ProblemCard {
    pub slug: String,
    pub title: String,
    pub difficulty: String,
    /// As people read them: `Hash map`.
    pub categories: Vec<String>,
    /// The first sentence of the statement, plain text.
    pub teaser: String,
    /// How often the reader has interviewed on it.
    pub times_done: u32,
    /// The best score so far.
    pub best_score: Option<f64>,
}

/// The filters of a list of problems, as they were asked for.
#[derive(Debug, Clone, Default)]
pub struct ProblemFilter {
    /// `easy`, `medium`, `hard` or empty.
    pub difficulty: String,
    /// A category's key, or empty.
    pub category: String,
    pub q: String,
    /// With how many problems each would leave, the words and the category being as they are.
    pub difficulties: Vec<Facet>,
    /// The same for no difficulty at all.
    pub any_difficulty: u32,
    /// Every category, with how many problems it would leave, the words and the difficulty being as they are.
    pub categories: Vec<Facet>,
    pub any_category: u32,
    /// The slug of the problem that was chosen from the list, or empty; narrowing the list keeps it.
    pub chosen: String,
    /// How many problems there are in all.
    pub total: u32,
}

/// One difficulty or category that a list can be narrowed to.
#[derive(Debug, Clone)]
pub struct Facet {
    pub key: String,
    pub label: String,
    pub count: u32,
}

impl ProblemFilter {
    pub fn any(&self) -> bool {
        !(self.difficulty.is_empty() && self.category.is_empty() && self.q.is_empty())
    }

    /// The filters as a query string that begins with `?`, or nothing.
    pub fn query(&self) -> String {
        let mut query = String::new();
        for (name, value) in [
            ("q", &self.q),
            ("difficulty", &self.difficulty),
            ("category", &self.category),
        ] {
            if !value.is_empty() {
                query.push(if query.is_empty() { '?' } else { '&' });
                query.push_str(name);
                query.push('=');
                query.extend(url::form_urlencoded::byte_serialize(value.as_bytes()));
            }
        }
        query
    }

    /// The filters and one more pair: `with("problem", "two-sum")`.
    pub fn with(&self, name: &str, value: &str) -> String {
        let query = self.query();
        let separator = if query.is_empty() { '?' } else { '&' };
        let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
        format!("{query}{separator}{name}={value}")
    }
}

/// A problem as a candidate may see it.
#[derive(Debug, Clone)]
pub struct ProblemDetail {
    pub slug: String,
    pub title: String,
    pub difficulty: String,
    pub categories: Vec<String>,
    /// The statement, Markdown made into sanitized HTML.
    pub statement_html: String,
    /// One line of sanitized HTML each.
    pub constraints_html: Vec<String>,
    pub examples: Vec<Example>,
    pub starters: Vec<Starter>,
}

/// A visible example of a problem.
#[derive(Debug, Clone)]
pub struct Example {
    pub input: String,
    pub expected: String,
    /// May be empty.
    /// One line of sanitized HTML; may be empty.
    pub explanation_html: String,
}

/// Starter code in one language.
#[derive(Debug, Clone)]
pub struct Starter {
    /// As people read it: `Python`.
    pub language: String,
    pub code: String,
    /// Why this server cannot run the language; none = it can.
    pub unavailable: Option<String>,
}

/// The problem that stands beside the list on `/start`, waiting for a yes.
#[derive(Debug, Clone)]
pub struct Chosen {
    pub card: ProblemCard,
    /// It was drawn by chance: "draw again" is offered.
    pub drawn: bool,
}

/// Everything that is asked before an interview begins.
#[derive(Debug, Clone, Default)]
pub struct StartChoices {
    pub languages: Vec<Choice>,
    /// The keys are whole minutes.
    pub durations: Vec<Choice>,
    /// `text` and `voice`.
    pub modes: Vec<Choice>,
    pub personalities: Vec<Choice>,
    pub levels: Vec<Choice>,
}

// ── The summary ───────────────────────────────────────────────────────────────────────────────────────────────────

/// One ended interview and what is known of its worth.
#[derive(Debug, Clone)]
pub struct Summary {
    pub card: InterviewCard,
    pub snapshots: u32,
    pub runs: u32,
    pub hints: u32,
    pub utterances: u32,
    /// None = nothing happened that could be drawn.
    pub timeline: Option<Timeline>,
    pub state: SummaryState,
}

#[derive(Debug, Clone)]
pub enum SummaryState {
    /// The page asks again every few seconds.
    Pending,
    /// `reason` is written for the candidate; empty = unknown.
    Failed {
        reason: String,
    },
    /// What was missing, in sentences.
    InsufficientEvidence {
        missing: Vec<String>,
    },
    Complete(Box<Scorecard>),
}

/// A finished evaluation.
#[derive(Debug, Clone)]
pub struct Scorecard {
    /// `rules` or `model`.
    pub method: String,
    /// 1–10, one decimal.
    pub overall: f64,
    /// How far the passes lie apart, in points.
    pub spread: f64,
    pub passes: u32,
    /// `strong_yes`, `yes`, `maybe`, `no`; none = too little was assessed.
    pub recommendation: Option<String>,
    pub dimensions: Vec<Dimension>,
    pub strengths: Vec<Finding>,
    pub improvements: Vec<Finding>,
    /// The report, Markdown made into sanitized HTML; its citations are links to `#ev-…`.
    pub report_html: String,
    pub evidence: Vec<Evidence>,
    /// What made it: (`rules`, `3`), (`problem`, `sha256:…`).
    pub versions: Vec<(String, String)>,
}

/// One of the five marks.
#[derive(Debug, Clone)]
pub struct Dimension {
    /// `problemSolving`, `codeQuality`, `communication`, `efficiency`, `testing`.
    pub key: String,
    /// As people read it: `Problem solving`.
    pub name: String,
    /// 1–10; none = not assessed.
    pub score: Option<f64>,
    /// 1–4; none = not assessed.
    pub band: Option<u8>,
    pub spread: f64,
    /// Why it is so, or why it was not assessed.
    pub reason: String,
    /// What each band means, band 1 first. These are published, so that nobody has to guess.
    pub anchors: Vec<String>,
    pub citations: Vec<Citation>,
}

/// One strength or one thing to work on.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The key from the closed list, such as `clarified_before_coding`.
    pub key: String,
    pub title: String,
    pub text: String,
    pub citations: Vec<Citation>,
}

/// A link from a claim to its evidence.
#[derive(Debug, Clone)]
pub struct Citation {
    /// The evidence's id, letters, digits, `-` and `_`; the link is `#ev-{id}`.
    pub id: String,
    pub kind: EvidenceKind,
    /// Short: `18:42`, `L6–7 at 12:04`, `Run 4`.
    pub label: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceKind {
    Utterance,
    Snapshot,
    Run,
}

/// One thing that was said, written or run.
#[derive(Debug, Clone)]
pub struct Evidence {
    pub id: String,
    pub at_ms: u64,
    pub body: EvidenceBody,
    /// The claims that lean on it, word for word.
    pub claims: Vec<String>,
}

#[derive(Debug, Clone)]
pub enum EvidenceBody {
    Utterance {
        /// `true` = the candidate, `false` = the interviewer.
        by_candidate: bool,
        text: String,
    },
    Snapshot {
        language: String,
        lines: Vec<CodeLine>,
    },
    Run {
        /// `run` or `submit`.
        kind: String,
        /// In words: `Wrong answer`, `All cases passed`, `Timed out`.
        outcome: String,
        passed: u32,
        total: u32,
        /// The first visible failure or error, cut to a few lines; may be empty.
        detail: String,
    },
}

/// One line of an excerpt.
#[derive(Debug, Clone)]
pub struct CodeLine {
    pub number: u32,
    pub text: String,
    /// The claim is about this line; its neighbours are context.
    pub cited: bool,
}

impl Scorecard {
    /// The judgement in one sentence. A number supports it, never replaces it.
    pub fn headline(&self) -> String {
        let opening = match self.recommendation.as_deref() {
            Some("strong_yes") => "A strong interview",
            Some("yes") => "A good interview",
            Some("maybe") => "A promising interview",
            Some("no") => "Not there yet",
            _ => return "An interview, partly assessed.".into(),
        };
        match (self.weakest(), self.recommendation.as_deref()) {
            (Some(weak), Some("no")) => {
                format!("{opening}: begin with {}.", lower_first(&weak.name))
            }
            (Some(weak), _) => format!("{opening}, with {} to work on.", lower_first(&weak.name)),
            (None, _) => format!("{opening}, evenly done."),
        }
    }

    /// What stood out and what did not, in one or two sentences made of the dimensions alone.
    pub fn standfirst(&self) -> String {
        let mut sentences = Vec::new();
        if let Some(best) = self.strongest() {
            sentences.push(format!(
                "{} carried it: {}",
                best.name,
                as_sentence(&best.reason)
            ));
        }
        if let Some(weak) = self.weakest() {
            sentences.push(format!(
                "{} held it back: {}",
                weak.name,
                as_sentence(&weak.reason)
            ));
        }
        sentences.join(" ")
    }

    pub fn recommendation_word(&self) -> &'static str {
        recommendation_word(self.recommendation.as_deref())
    }

    pub fn recommendation_tone(&self) -> &'static str {
        recommendation_tone(self.recommendation.as_deref())
    }

    pub fn recommendation_icon(&self) -> &'static str {
        recommendation_icon(self.recommendation.as_deref())
    }

    /// Whether this came from rules over facts, with no model asked.
    pub fn by_rules(&self) -> bool {
        self.method == "rules"
    }

    /// The length of the overall arc, out of 100.
    pub fn arc(&self) -> u32 {
        arc(self.overall)
    }

    pub fn tone(&self) -> &'static str {
        score_tone(self.overall)
    }

    pub fn assessed(&self) -> usize {
        self.dimensions
            .iter()
            .filter(|dimension| dimension.score.is_some())
            .count()
    }

    fn strongest(&self) -> Option<&Dimension> {
        self.extreme(|a, b| a > b)
            .filter(|best| best.score >= Some(7.0))
    }

    fn weakest(&self) -> Option<&Dimension> {
        self.extreme(|a, b| a < b)
            .filter(|weak| weak.score < Some(7.0))
    }

    /// The first dimension that beats all others.
    fn extreme(&self, beats: impl Fn(f64, f64) -> bool) -> Option<&Dimension> {
        self.dimensions
            .iter()
            .fold(None, |kept: Option<&Dimension>, next| {
                match (kept.and_then(|d| d.score), next.score) {
                    (_, None) => kept,
                    (None, Some(_)) => Some(next),
                    (Some(old), Some(new)) => {
                        if beats(new, old) {
                            Some(next)
                        } else {
                            kept
                        }
                    }
                }
            })
    }
}

impl Dimension {
    /// The length of the arc, out of 100.
    pub fn arc(&self) -> u32 {
        self.score.map_or(0, arc)
    }

    pub fn tone(&self) -> &'static str {
        self.score.map_or("is-plain", score_tone)
    }

    pub fn word(&self) -> &'static str {
        match self.band {
            Some(4) => "Excellent",
            Some(3) => "Solid",
            Some(2) => "Developing",
            Some(1) => "Weak",
            _ => "Not assessed",
        }
    }

    pub fn in_band(&self, index: &usize) -> bool {
        self.band.is_some_and(|band| usize::from(band) == index + 1)
    }
}

impl Citation {
    pub fn icon(&self) -> &'static str {
        self.kind.icon()
    }

    pub fn kind_word(&self) -> &'static str {
        self.kind.word()
    }
}

impl Evidence {
    pub fn kind(&self) -> EvidenceKind {
        match self.body {
            EvidenceBody::Utterance { .. } => EvidenceKind::Utterance,
            EvidenceBody::Snapshot { .. } => EvidenceKind::Snapshot,
            EvidenceBody::Run { .. } => EvidenceKind::Run,
        }
    }

    pub fn icon(&self) -> &'static str {
        self.kind().icon()
    }

    pub fn kind_word(&self) -> &'static str {
        self.kind().word()
    }

    /// The one line that stands for it in the index.
    pub fn gist(&self) -> String {
        const GIST_CHARS: usize = 64;
        let whole = match &self.body {
            EvidenceBody::Utterance { text, .. } => text.clone(),
            EvidenceBody::Snapshot { lines, .. } => lines
                .iter()
                .find(|line| line.cited)
                .or(lines.first())
                .map_or_else(String::new, |line| line.text.trim().to_string()),
            EvidenceBody::Run {
                outcome,
                passed,
                total,
                ..
            } => format!("{outcome}, {passed} of {total}"),
        };
        if whole.chars().count() > GIST_CHARS {
            let cut: String = whole.chars().take(GIST_CHARS - 1).collect();
            format!("{}…", cut.trim_end())
        } else {
            whole
        }
    }
}

impl EvidenceKind {
    pub fn icon(self) -> &'static str {
        match self {
            EvidenceKind::Utterance => "message-square",
            EvidenceKind::Snapshot => "code",
            EvidenceKind::Run => "play",
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            EvidenceKind::Utterance => "Said",
            EvidenceKind::Snapshot => "Written",
            EvidenceKind::Run => "Run",
        }
    }
}

/// 1–10 onto an arc of 75 units: 1 is a sliver that can still be seen, 10 is full.
fn arc(score: f64) -> u32 {
    (score.clamp(0.0, 10.0) * 7.5).round() as u32
}

fn score_tone(score: f64) -> &'static str {
    match score {
        high if high >= 7.0 => "is-good",
        middle if middle >= 4.0 => "is-warn",
        _ => "is-bad",
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

/// Lower first letter (unless it is an acronym), one final full stop.
fn as_sentence(text: &str) -> String {
    let text = text.trim().trim_end_matches('.');
    let acronym = text
        .chars()
        .nth(1)
        .is_some_and(|second| !second.is_lowercase() && second != ' ');
    format!(
        "{}.",
        if acronym {
            text.to_string()
        } else {
            lower_first(text)
        }
    )
}

// ── Settings ──────────────────────────────────────────────────────────────────────────────────────────────────────

/// The caller's own account.
#[derive(Debug, Clone)]
pub struct Profile {
    pub email: String,
    pub name: String,
    /// One of the keys offered, or empty.
    pub experience_level: String,
    /// As typed: names with commas between.
    pub target_companies: String,
    pub plan: String,
    pub credits: u32,
    pub created: Moment,
}

/// One place where the caller is signed in.
#[derive(Debug, Clone)]
pub struct LoginRow {
    pub id: String,
    /// `Firefox on Linux`, made from the user agent; `A program` when nothing is known.
    pub device: String,
    pub created: Moment,
    pub last_seen: Moment,
    /// The one that shows this page.
    pub current: bool,
}

/// One of the caller's tokens for programs.
#[derive(Debug, Clone)]
pub struct TokenRow {
    pub id: String,
    pub name: String,
    pub created: Moment,
}

/// Somebody who processes data on behalf of this server; listed on `/privacy`.
#[derive(Debug, Clone)]
pub struct Processor {
    pub name: String,
    pub what_for: String,
    pub what: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_as_dates() {
        let moment = |unix_ms| Moment { unix_ms };
        assert_eq!(moment(0).iso(), "1970-01-01T00:00:00Z");
        assert_eq!(moment(951_782_400_000).day(), "29 February 2000");
        assert_eq!(
            moment(1_795_371_000_123).text(),
            "22 November 2026, 18:10 UTC"
        );
        assert_eq!(moment(-1).iso(), "1969-12-31T23:59:59Z");
    }

    #[test]
    fn durations_and_scores_read_as_words() {
        assert_eq!(clock(65_999), "1:05");
        assert_eq!(clock(3_600_000), "1:00:00");
        assert_eq!(minutes(59_999), "under a minute");
        assert_eq!(minutes(44 * 60_000), "44 min");
        assert_eq!(minutes(65 * 60_000), "1 h 5 min");
        assert_eq!(score(7.0), "7.0");
        assert_eq!(score(10.0), "10");
        assert_eq!(count(1, "run"), "1 run");
        assert_eq!(count(0, "run"), "0 runs");
    }

    #[test]
    fn paging_knows_its_neighbours() {
        let paging = |page| Paging {
            page,
            per_page: 20,
            total: 57,
            base: "/start?q=tree".into(),
        };
        assert_eq!(paging(1).previous(), None);
        assert_eq!(paging(1).next().as_deref(), Some("/start?q=tree&page=2"));
        assert_eq!(paging(3).next(), None);
        assert_eq!((paging(3).first(), paging(3).last()), (41, 57));
    }

    #[test]
    fn filters_survive_strange_words() {
        let filter = ProblemFilter {
            q: "a&b=ü".into(),
            difficulty: "easy".into(),
            ..Default::default()
        };
        assert_eq!(filter.query(), "?q=a%26b%3D%C3%BC&difficulty=easy");
        assert_eq!(ProblemFilter::default().with("problem", "x"), "?problem=x");
    }

    fn scorecard(recommendation: Option<&str>, scores: [Option<f64>; 2]) -> Scorecard {
        let dimension = |name: &str, score| Dimension {
            key: String::new(),
            name: name.into(),
            score,
            band: None,
            spread: 0.0,
            reason: "Two cases were tried.".into(),
            anchors: vec![],
            citations: vec![],
        };
        Scorecard {
            method: "rules".into(),
            overall: 5.0,
            spread: 0.0,
            passes: 1,
            recommendation: recommendation.map(Into::into),
            dimensions: vec![
                dimension("Problem solving", scores[0]),
                dimension("Testing", scores[1]),
            ],
            strengths: vec![],
            improvements: vec![],
            report_html: String::new(),
            evidence: vec![],
            versions: vec![],
        }
    }

    #[test]
    fn headlines_judge_in_words() {
        assert_eq!(
            scorecard(Some("yes"), [Some(8.0), Some(4.0)]).headline(),
            "A good interview, with testing to work on."
        );
        assert_eq!(
            scorecard(Some("strong_yes"), [Some(8.0), Some(9.0)]).headline(),
            "A strong interview, evenly done."
        );
        assert_eq!(
            scorecard(Some("no"), [Some(1.0), None]).headline(),
            "Not there yet: begin with problem solving."
        );
        assert_eq!(
            scorecard(None, [None, None]).headline(),
            "An interview, partly assessed."
        );
        assert_eq!(
            scorecard(Some("yes"), [Some(8.0), Some(4.0)]).standfirst(),
            "Problem solving carried it: two cases were tried. Testing held it back: two cases were tried."
        );
    }
}
