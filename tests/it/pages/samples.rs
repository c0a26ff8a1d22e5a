//! One sample of every page in every state, with invented people and invented interviews.

use interviewd::views::{timeline::*, *};
use interviewd::web::{frame::*, pages::*};

fn frame(title: &str, path: &str, user: bool) -> Frame {
    Frame {
        title: title.into(),
        description: "Practise coding interviews with a built-in interviewer, a real editor and a report whose every claim points at what you said, wrote or ran.".into(),
        path: path.into(),
        origin: "https://interviews.example.org".into(),
        user: user.then(|| FrameUser { name: "Mara Lindqvist".into(), email_initial: "m".into(), credits: 2, is_admin: true }),
        csrf: "tok".into(),
        theme: None,
        insecure_banner: false,
        dev: path == "/design",
        version: "0.1.0",
        flash: None,
    }
}

const NOW: i64 = 1_795_371_000_000;
const DAY: i64 = 86_400_000;

fn card(
    n: i64,
    title: &str,
    difficulty: &str,
    language: &str,
    status: &str,
    mins: u64,
    verdict: Verdict,
) -> InterviewCard {
    InterviewCard {
        id: format!("int_{n}"),
        problem_slug: "merge-meeting-times".into(),
        title: title.into(),
        difficulty: difficulty.into(),
        language: language.into(),
        status: status.into(),
        started: Moment {
            unix_ms: NOW - n * DAY,
        },
        duration_ms: mins * 60_000,
        remaining_ms: (status == "active")
            .then_some(1_578_000)
            .or((status == "scheduled").then_some(2_700_000)),
        verdict,
    }
}

fn done(score: f64, r: &str) -> Verdict {
    Verdict::Complete {
        score,
        recommendation: Some(r.into()),
    }
}

fn cards() -> Vec<InterviewCard> {
    vec![
        card(
            0,
            "Merge Meeting Times",
            "medium",
            "Python",
            "completed",
            44,
            Verdict::Pending,
        ),
        card(
            3,
            "Shortest Detour",
            "hard",
            "Python",
            "completed",
            45,
            done(7.6, "yes"),
        ),
        card(
            8,
            "Rate Limiter",
            "medium",
            "JavaScript",
            "completed",
            41,
            done(8.8, "strong_yes"),
        ),
        card(
            27,
            "Word Ladder",
            "medium",
            "Python",
            "abandoned",
            3,
            Verdict::InsufficientEvidence,
        ),
        card(
            30,
            "Balanced Brackets With a Rather Longer Title Than Usual",
            "easy",
            "Python",
            "completed",
            28,
            done(5.2, "maybe"),
        ),
        card(
            44,
            "Spiral Matrix",
            "medium",
            "JavaScript",
            "completed",
            45,
            done(2.8, "no"),
        ),
        card(
            46,
            "Quiet Hours",
            "easy",
            "Python",
            "completed",
            31,
            Verdict::Failed,
        ),
        card(
            48,
            "Tide Table",
            "easy",
            "Python",
            "errored",
            0,
            Verdict::None,
        ),
    ]
}

fn paging(total: u32, base: &str, page: u32) -> Paging {
    Paging {
        page,
        per_page: 20,
        total,
        base: base.into(),
    }
}

fn problem_cards() -> Vec<ProblemCard> {
    [
        (
            "merge-meeting-times",
            "Merge Meeting Times",
            "medium",
            vec!["Intervals", "Sorting"],
            "Fold overlapping and touching meetings into the shortest list.",
            1,
            Some(7.6),
        ),
        (
            "rate-limiter",
            "Rate Limiter",
            "medium",
            vec!["Design", "Queue"],
            "Allow n calls in any rolling minute, for many callers.",
            2,
            Some(8.8),
        ),
        (
            "balanced-brackets",
            "Balanced Brackets",
            "easy",
            vec!["Stack"],
            "Say whether every bracket closes, and where the first one fails.",
            1,
            None,
        ),
        (
            "shortest-detour",
            "Shortest Detour",
            "hard",
            vec!["Graph", "Dynamic programming", "Heap"],
            "Find the cheapest route that must pass through one of k stops.",
            0,
            None,
        ),
        (
            "word-ladder",
            "Word Ladder",
            "medium",
            vec!["Graph"],
            "Change one letter at a time and reach the other word.",
            0,
            None,
        ),
        (
            "quiet-hours",
            "Longest Quiet Hour",
            "easy",
            vec!["Sliding window"],
            "Find the longest stretch in which no server logged an error.",
            0,
            None,
        ),
    ]
    .into_iter()
    .map(
        |(slug, title, difficulty, categories, teaser, times_done, best_score)| ProblemCard {
            slug: slug.into(),
            title: title.into(),
            difficulty: difficulty.into(),
            categories: categories.into_iter().map(Into::into).collect(),
            teaser: teaser.into(),
            times_done,
            best_score,
        },
    )
    .collect()
}

fn filter(q: &str) -> ProblemFilter {
    ProblemFilter {
        q: q.into(),
        total: 12,
        any_difficulty: 12,
        any_category: 12,
        difficulties: [
            ("easy", "Easy", 5),
            ("medium", "Medium", 4),
            ("hard", "Hard", 3),
        ]
        .map(|(key, label, count)| Facet {
            key: key.into(),
            label: label.into(),
            count,
        })
        .into(),
        categories: [
            ("arrays", "Arrays", 4),
            ("design", "Design", 2),
            ("graph", "Graph", 3),
            ("intervals", "Intervals", 1),
            ("sliding-window", "Sliding window", 2),
            ("stack", "Stack", 1),
            ("strings", "Strings", 2),
            ("trees", "Trees", 2),
        ]
        .into_iter()
        .map(|(key, label, count)| Facet {
            key: key.into(),
            label: label.into(),
            count,
        })
        .collect(),
        ..Default::default()
    }
}

fn choice(key: &str, label: &str, note: &str, selected: bool, disabled: bool) -> Choice {
    Choice {
        key: key.into(),
        label: label.into(),
        note: note.into(),
        selected,
        disabled,
    }
}

fn choices() -> StartChoices {
    StartChoices {
        languages: vec![
            choice("python", "Python", "", true, false),
            choice("javascript", "JavaScript", "", false, false),
            choice("java", "Java", "not on this server yet", false, true),
        ],
        durations: vec![
            choice("30", "30 min", "", false, false),
            choice("45", "45 min", "", true, false),
            choice("60", "60 min", "", false, false),
        ],
        modes: vec![
            choice(
                "text",
                "Typing",
                "The interviewer’s lines can be read aloud",
                true,
                false,
            ),
            choice(
                "voice",
                "Speaking",
                "Dictation by your browser; typing stays possible",
                false,
                false,
            ),
        ],
        personalities: vec![
            choice("neutral", "Matter-of-fact", "", true, false),
            choice("warm", "Encouraging", "", false, false),
        ],
        levels: vec![
            choice("junior", "Junior", "", false, false),
            choice("mid", "Mid-level", "", true, false),
        ],
    }
}

fn anchors(a: [&str; 4]) -> Vec<String> {
    a.into_iter().map(Into::into).collect()
}
fn cite(id: &str, kind: EvidenceKind, label: &str) -> Citation {
    Citation {
        id: id.into(),
        kind,
        label: label.into(),
    }
}

fn dims() -> Vec<Dimension> {
    let d =
        |key: &str, name: &str, score: Option<f64>, band, spread, reason: &str, a, citations| {
            Dimension {
                key: key.into(),
                name: name.into(),
                score,
                band,
                spread,
                reason: reason.into(),
                anchors: anchors(a),
                citations,
            }
        };
    vec![
        d(
            "problemSolving",
            "Problem solving",
            Some(8.0),
            Some(3),
            0.0,
            "Clarified the touching case and stated a plan before any code.",
            [
                "No plan could be seen.",
                "A plan came late, or after a hint.",
                "A plan was stated before the code, with one gap.",
                "The plan was stated, compared with another and justified.",
            ],
            vec![cite("1", EvidenceKind::Utterance, "3:27")],
        ),
        d(
            "codeQuality",
            "Code quality",
            Some(7.0),
            Some(3),
            0.0,
            "Clear names, one function, one unused variable.",
            [
                "Hard to follow, dead code.",
                "Works, but names and structure get in the way.",
                "Readable, with small leftovers.",
                "Reads like prose; nothing to remove.",
            ],
            vec![],
        ),
        d(
            "communication",
            "Communication",
            Some(8.5),
            Some(4),
            0.5,
            "Explained each step and every change after a failed run.",
            [
                "Silent.",
                "Answers when asked.",
                "Explains most steps.",
                "Explains steps, doubts and changes of mind.",
            ],
            vec![],
        ),
        d(
            "efficiency",
            "Efficiency",
            None,
            None,
            0.0,
            "The complexity was not discussed, and the input never grew.",
            [
                "Quadratic where linear is known.",
                "Right bound, not explained.",
                "Right bound, explained.",
                "Right bound for time and space, with the trade-off.",
            ],
            vec![],
        ),
        d(
            "testing",
            "Testing",
            Some(4.0),
            Some(2),
            1.0,
            "Ran the visible cases; no edge case of their own.",
            [
                "Nothing was run.",
                "Only the visible cases were run.",
                "Own cases, after a failure.",
                "Own edge cases, named before the run.",
            ],
            vec![cite("4", EvidenceKind::Run, "Run 4")],
        ),
    ]
}

fn scorecard() -> Scorecard {
    let f = |key: &str, title: &str, text: &str, citations| Finding {
        key: key.into(),
        title: title.into(),
        text: text.into(),
        citations,
    };
    Scorecard {
        method: "rules".into(), overall: 6.9, spread: 0.4, passes: 3, recommendation: Some("yes".into()), dimensions: dims(),
        strengths: vec![
            f("asked", "You asked before you assumed", "Whether touching meetings count as one decides the whole design, and you asked it first.", vec![cite("1", EvidenceKind::Utterance, "3:27")]),
            f("invariant", "You said what the loop keeps true", "Only the last merged block can still change: you said so before writing the loop.", vec![cite("2", EvidenceKind::Utterance, "12:04"), cite("3", EvidenceKind::Snapshot, "L6–7 at 12:40")]),
            f("fixed", "You fixed the failing case in one edit", "From a failing case to a passing run in under three minutes.", vec![cite("4", EvidenceKind::Run, "Run 4"), cite("5", EvidenceKind::Snapshot, "L12 at 18:58")]),
        ],
        improvements: vec![
            f("own-tests", "Try the smallest inputs yourself", "Empty, one, and nested meetings would have shown the fault before the first run.", vec![cite("4", EvidenceKind::Run, "Run 4")]),
            f("complexity", "Say what it costs", "The time for sorting and the memory of the result were never mentioned.", vec![cite("6", EvidenceKind::Utterance, "31:40")]),
        ],
        report_html: r##"<p>You began by narrowing the question, which is the habit that separates a calm interview from a hurried one. Within four minutes the rule for touching meetings was settled. <a href="#ev-1">3:27</a></p><h3>The code</h3><p>The loop came out right but for one expression. When the contained case failed you explained the cause <em>before</em> touching the keyboard. <a href="#ev-5">18:58</a></p><ul><li>Sorted once, merged in a single pass with <code>merged[-1]</code>.</li><li>One variable, <code>count</code>, was never used.</li></ul><h3>Next time</h3><p>Write the contained, the touching and the empty case as comments before the first run. You knew all three; you met one of them late.</p>"##.into(),
        evidence: vec![
            Evidence { id: "1".into(), at_ms: 207_000, body: EvidenceBody::Utterance { by_candidate: true, text: "Do two meetings that only touch, like 1–3 and 3–5, count as one?".into() }, claims: vec!["You asked before you assumed".into(), "Problem solving: 8.0".into()] },
            Evidence { id: "2".into(), at_ms: 724_000, body: EvidenceBody::Utterance { by_candidate: true, text: "So the invariant is that only the last merged block can still change, everything before it is final.".into() }, claims: vec!["You said what the loop keeps true".into()] },
            Evidence { id: "3".into(), at_ms: 760_000, body: EvidenceBody::Snapshot { language: "Python".into(), lines: [(5, "    ordered = sorted(meetings)", false), (6, "    merged = [ordered[0]]", true), (7, "    for start, end in ordered[1:]:", true), (8, "        last_start, last_end = merged[-1]", false)].into_iter().map(|(number, text, cited)| CodeLine { number, text: text.into(), cited }).collect() }, claims: vec!["You said what the loop keeps true".into()] },
            Evidence { id: "4".into(), at_ms: 1_092_000, body: EvidenceBody::Run { kind: "run".into(), outcome: "Wrong answer".into(), passed: 4, total: 5, detail: "contained: expected [[1,10]], got [[1,6]]".into() }, claims: vec!["You fixed the failing case in one edit".into(), "Try the smallest inputs yourself".into()] },
            Evidence { id: "5".into(), at_ms: 1_138_000, body: EvidenceBody::Snapshot { language: "Python".into(), lines: [(11, "        if start <= last_end:", false), (12, "            merged[-1] = (last_start, max(last_end, end))", true), (13, "        else:", false)].into_iter().map(|(number, text, cited)| CodeLine { number, text: text.into(), cited }).collect() }, claims: vec!["You fixed the failing case in one edit".into()] },
            Evidence { id: "6".into(), at_ms: 1_900_000, body: EvidenceBody::Utterance { by_candidate: false, text: "What does your solution cost in time and in memory?".into() }, claims: vec!["Say what it costs".into()] },
        ],
        versions: vec![("rules".into(), "1".into()), ("problem".into(), "9f3c21ab".into())],
    }
}

fn timeline() -> Timeline {
    let mut seed = 7u64;
    let mut rnd = move |n: u64| {
        seed = seed
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (seed >> 33) % n
    };
    let m = 60_000u64;
    Timeline {
        duration_ms: 44 * m,
        phases: [
            ("Welcome", 0, 2),
            ("Clarify", 2, 6),
            ("Approach", 6, 13),
            ("Code", 13, 30),
            ("Test", 30, 39),
            ("Wrap-up", 39, 44),
        ]
        .into_iter()
        .map(|(name, a, b)| Phase {
            name: name.into(),
            start_ms: a * m,
            end_ms: b * m,
        })
        .collect(),
        utterances: (0..52)
            .map(|k| Spoken {
                by_candidate: k % 2 == 1,
                at_ms: k * 48_000 + rnd(30_000),
                text:
                    "Sorting by start means I only ever compare with the last merged block, right?"
                        [..20 + rnd(50) as usize]
                        .into(),
            })
            .collect(),
        edits: (0..140)
            .map(|_| Edit {
                at_ms: 12 * m + rnd(24 * m),
                size: rnd(80) as u32 + 1,
            })
            .collect(),
        runs: vec![
            RunMark {
                at_ms: 18 * m,
                passed: 4,
                total: 5,
            },
            RunMark {
                at_ms: 20 * m,
                passed: 5,
                total: 5,
            },
            RunMark {
                at_ms: 33 * m,
                passed: 3,
                total: 5,
            },
            RunMark {
                at_ms: 38 * m,
                passed: 5,
                total: 5,
            },
        ],
    }
}

fn summary(state: SummaryState) -> summary::SummaryPage {
    let verdict = match &state {
        SummaryState::Complete(s) => done(s.overall, "yes"),
        SummaryState::Pending => Verdict::Pending,
        SummaryState::Failed { .. } => Verdict::Failed,
        _ => Verdict::InsufficientEvidence,
    };
    let tl = !matches!(state, SummaryState::Pending);
    summary::SummaryPage {
        frame: frame("Merge Meeting Times", "/sessions/int_1/summary", true),
        summary: Summary {
            card: card(
                0,
                "Merge Meeting Times",
                "medium",
                "Python",
                "completed",
                44,
                verdict,
            ),
            snapshots: 31,
            runs: 6,
            hints: 1,
            utterances: 52,
            timeline: tl.then(timeline),
            state,
        },
    }
}

pub fn start(chosen: Option<Chosen>, credits: u32, q: &str) -> start::StartPage {
    let none = q == "tries";
    start::StartPage {
        frame: frame("Choose a problem", "/start", true),
        filter: filter(q),
        problems: if none { vec![] } else { problem_cards() },
        paging: paging(if none { 0 } else { 12 }, "/start", 1),
        chosen,
        choices: choices(),
        credits,
        errors: FieldErrors::default(),
    }
}

/// Every page, rendered: its name and its HTML.
pub fn all() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    let mut show = |name: &str, page: &dyn askama::DynTemplate| {
        pages.push((
            name.to_string(),
            page.dyn_render().expect("the template renders"),
        ))
    };
    show(
        "landing",
        &landing::LandingPage {
            frame: frame(
                "interviewd: practise the conversation, not only the problem",
                "/",
                false,
            ),
            initial_credits: 3,
            duration_minutes: 45,
            problems: 12,
            languages: vec!["Python".into(), "JavaScript".into()],
            signup_open: true,
        },
    );
    let signup = |errors: FieldErrors| signup::SignupPage {
        frame: frame("Create an account", "/signup", false),
        email: if errors.any() {
            "mara@".into()
        } else {
            String::new()
        },
        name: String::new(),
        accept_terms: false,
        errors,
        initial_credits: 3,
        password_chars_min: 12,
        open: true,
        terms_version: interviewd::web::api::auth::TERMS_VERSION.into(),
    };
    show("signup", &signup(FieldErrors::default()));
    show(
        "signup-errors",
        &signup(FieldErrors {
            summary: None,
            fields: vec![
                (
                    "email".into(),
                    "That does not look like an e-mail address.".into(),
                ),
                ("password".into(), "Use 12 characters or more.".into()),
                (
                    "accept_terms".into(),
                    "Please agree to the terms first.".into(),
                ),
            ],
        }),
    );
    show(
        "login",
        &login::LoginPage {
            frame: Frame {
                insecure_banner: true,
                ..frame("Log in", "/login", false)
            },
            email: "mara@example.org".into(),
            next: "/start".into(),
            errors: FieldErrors {
                summary: Some("E-mail or password is wrong.".into()),
                fields: vec![],
            },
            signup_open: true,
        },
    );
    let totals = Totals {
        interviews: 9,
        spent_ms: 322 * 60_000,
        recent_score: Some(7.2),
        scores: vec![2.8, 4.1, 3.9, 5.2, 6.6, 6.1, 8.8, 7.6],
    };
    show(
        "dashboard",
        &dashboard::DashboardPage {
            frame: frame("Your interviews", "/dashboard", true),
            name: "Mara".into(),
            credits: 2,
            totals: totals.clone(),
            active: vec![],
            cards: cards(),
            paging: paging(47, "/dashboard", 2),
        },
    );
    show(
        "dashboard-active",
        &dashboard::DashboardPage {
            frame: Frame {
                flash: Some(Flash {
                    tone: Tone::Good,
                    text: "Welcome back.".into(),
                }),
                ..frame("Your interviews", "/dashboard", true)
            },
            name: "Mara".into(),
            credits: 0,
            totals,
            active: vec![card(
                0,
                "Rate Limiter",
                "medium",
                "Python",
                "active",
                18,
                Verdict::None,
            )],
            cards: cards(),
            paging: paging(8, "/dashboard", 1),
        },
    );
    show(
        "dashboard-empty",
        &dashboard::DashboardPage {
            frame: frame("Your interviews", "/dashboard", true),
            name: String::new(),
            credits: 3,
            totals: Totals::default(),
            active: vec![],
            cards: vec![],
            paging: paging(0, "/dashboard", 1),
        },
    );
    show("start", &start(None, 2, ""));
    show(
        "start-chosen",
        &start(
            Some(Chosen {
                card: problem_cards().remove(3),
                drawn: true,
            }),
            2,
            "",
        ),
    );
    show(
        "start-none",
        &start(
            Some(Chosen {
                card: problem_cards().remove(0),
                drawn: false,
            }),
            0,
            "tries",
        ),
    );
    show(
        "problems",
        &problems::ProblemsPage {
            frame: frame("Problems", "/problems", false),
            filter: filter(""),
            problems: problem_cards(),
            paging: paging(12, "/problems", 1),
        },
    );
    show("problem", &problems::ProblemPage { frame: frame("Merge Meeting Times", "/problems/merge-meeting-times", true), problem: ProblemDetail { slug: "merge-meeting-times".into(), title: "Merge Meeting Times".into(), difficulty: "medium".into(), categories: vec!["Intervals".into(), "Sorting".into()], statement_html: "<p>A team shares one calendar. Each meeting is a pair <code>[start, end]</code>, counted in half-hour blocks after nine o’clock. Return the shortest list of meetings that covers exactly the same time, ordered by start.</p><p>Two meetings that only touch, such as <code>[1, 3]</code> and <code>[3, 5]</code>, count as one.</p>".into(), constraints_html: vec!["0 ≤ number of meetings ≤ 100,000".into(), "0 ≤ start < end ≤ 10⁹".into(), "The input is in no particular order".into()], examples: vec![Example { input: "[[0, 1], [3, 5], [4, 8], [10, 12], [9, 10]]".into(), expected: "[[0, 1], [3, 8], [9, 12]]".into(), explanation_html: String::new() }, Example { input: "[[1, 10], [2, 6], [3, 5]]".into(), expected: "[[1, 10]]".into(), explanation_html: "The later meetings sit inside the first.".into() }], starters: vec![Starter { language: "Python".into(), code: "def merge_meetings(meetings: list[list[int]]) -> list[list[int]]:\n    pass\n".into(), unavailable: None }, Starter { language: "JavaScript".into(), code: "function mergeMeetings(meetings) {\n}\n".into(), unavailable: None }, Starter { language: "Java".into(), code: "class Solution {\n}\n".into(), unavailable: Some("not on this server yet".into()) }] }, past: vec![card(3, "Merge", "medium", "Python", "completed", 44, done(7.6, "yes"))] });
    show(
        "summary",
        &summary(SummaryState::Complete(Box::new(scorecard()))),
    );
    show("summary-pending", &summary(SummaryState::Pending));
    show(
        "summary-failed",
        &summary(SummaryState::Failed {
            reason: String::new(),
        }),
    );
    show(
        "summary-insufficient",
        &summary(SummaryState::InsufficientEvidence {
            missing: vec![
                "You said fewer than three things.".into(),
                "Nothing was run.".into(),
            ],
        }),
    );
    show(
        "settings",
        &settings::SettingsPage {
            frame: frame("Settings", "/settings", true),
            profile: Profile {
                email: "mara@example.org".into(),
                name: "Mara Lindqvist".into(),
                experience_level: "mid".into(),
                target_companies: "".into(),
                plan: "free".into(),
                credits: 2,
                created: Moment {
                    unix_ms: NOW - 60 * DAY,
                },
            },
            levels: vec![
                choice("", "Prefer not to say", "", false, false),
                choice("junior", "Junior, up to 2 years", "", false, false),
                choice("mid", "Mid-level, 2 to 5 years", "", false, false),
            ],
            profile_errors: FieldErrors::default(),
            password_errors: FieldErrors::default(),
            delete_errors: FieldErrors {
                summary: Some("The password is wrong.".into()),
                fields: vec![],
            },
            password_chars_min: 12,
            tokens: vec![TokenRow {
                id: "t".into(),
                name: "Nightly script <b>".into(),
                created: Moment { unix_ms: NOW - DAY },
            }],
            new_token: Some("ivd_abcdefghijklmnopqrstuvwxyz0123456789".into()),
            token_errors: FieldErrors::default(),
            token_name: String::new(),
            logins: vec![
                LoginRow {
                    id: "a".into(),
                    device: "Firefox on Linux".into(),
                    created: Moment {
                        unix_ms: NOW - 5 * DAY,
                    },
                    last_seen: Moment { unix_ms: NOW },
                    current: true,
                },
                LoginRow {
                    id: "b".into(),
                    device: "Safari on iPhone".into(),
                    created: Moment {
                        unix_ms: NOW - 15 * DAY,
                    },
                    last_seen: Moment { unix_ms: NOW - DAY },
                    current: false,
                },
            ],
        },
    );
    show(
        "terms",
        &legal::TermsPage {
            frame: frame("Terms", "/terms", false),
            version: interviewd::web::api::auth::TERMS_VERSION.into(),
            initial_credits: 3,
        },
    );
    show(
        "privacy",
        &legal::PrivacyPage {
            frame: frame("Privacy notice", "/privacy", false),
            version: interviewd::web::api::auth::TERMS_VERSION.into(),
            retention_days: Some(90),
            processors: vec![],
        },
    );
    show(
        "docs",
        &docs::DocsPage {
            frame: frame("Documentation", "/docs", false),
        },
    );
    for (status, user) in [
        (404, false),
        (403, true),
        (429, true),
        (500, true),
        (503, false),
    ] {
        show(
            &format!("error-{status}"),
            &error::ErrorPage {
                frame: frame("Error", "/nowhere", user),
                status,
                message: String::new(),
                retry_after: (status == 429).then_some(38),
                request_id: if status == 500 {
                    "req_01jd2x".into()
                } else {
                    String::new()
                },
            },
        );
    }
    show(
        "design",
        &design::DesignPage {
            frame: frame("Design system", "/design", true),
            cards: cards(),
            dimensions: dims(),
            timeline: timeline(),
            paging: paging(57, "/design", 2),
        },
    );
    pages
}
