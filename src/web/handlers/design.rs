//! `/design`: every component in every state, with invented data; development mode only.

use crate::{
    views::{
        Citation, Dimension, EvidenceKind, InterviewCard, Moment, Paging, Timeline, Verdict,
        timeline::{Edit, Phase, RunMark, Spoken},
    },
    web::{extract::Framing, pages::design::DesignPage, respond::page},
};
use axum::response::Response;

pub async fn show(framing: Framing) -> Response {
    page(&DesignPage {
        frame: framing.frame("Design", ""),
        cards: cards(),
        dimensions: dimensions(),
        timeline: timeline(),
        paging: Paging {
            page: 2,
            per_page: 20,
            total: 57,
            base: "/design".to_owned(),
        },
    })
}

fn cards() -> Vec<InterviewCard> {
    let complete = |score: f64, word: &str| Verdict::Complete {
        score,
        recommendation: Some(word.to_owned()),
    };
    [
        ("active", Verdict::None),
        ("completed", Verdict::Pending),
        ("completed", complete(9.1, "strong_yes")),
        ("completed", complete(7.0, "yes")),
        ("completed", complete(4.6, "maybe")),
        ("completed", complete(1.6, "no")),
        ("completed", Verdict::Failed),
        ("abandoned", Verdict::InsufficientEvidence),
        ("errored", Verdict::None),
    ]
    .into_iter()
    .enumerate()
    .map(|(number, (status, verdict))| InterviewCard {
        id: format!("int_{number}"),
        problem_slug: "tide-table".to_owned(),
        title: "Tide Table".to_owned(),
        difficulty: ["easy", "medium", "hard"][number % 3].to_owned(),
        language: "Python".to_owned(),
        status: status.to_owned(),
        started: Moment {
            unix_ms: 1_795_371_000_000,
        },
        duration_ms: 41 * 60_000,
        remaining_ms: (status == "active").then_some(26 * 60_000),
        verdict,
    })
    .collect()
}

fn dimensions() -> Vec<Dimension> {
    [Some(4), Some(3), Some(2), Some(1), None]
        .into_iter()
        .zip([
            "Problem solving",
            "Code quality",
            "Communication",
            "Efficiency",
            "Testing",
        ])
        .map(|(band, name)| Dimension {
            key: name.to_lowercase().replace(' ', "-"),
            name: name.to_owned(),
            score: band.map(|band: u8| f64::from(band) * 3.0 - 2.0),
            band,
            spread: 0.0,
            reason: "An invented reason.".to_owned(),
            anchors: vec![
                "Weak.".to_owned(),
                "Developing.".to_owned(),
                "Solid.".to_owned(),
                "Excellent.".to_owned(),
            ],
            citations: vec![Citation {
                id: "u1".to_owned(),
                kind: EvidenceKind::Utterance,
                label: "3:02".to_owned(),
            }],
        })
        .collect()
}

fn timeline() -> Timeline {
    const MINUTE: u64 = 60_000;
    Timeline {
        duration_ms: 41 * MINUTE,
        phases: [
            ("Welcome", 0, 2),
            ("Clarify", 2, 7),
            ("Approach", 7, 13),
            ("Code", 13, 30),
            ("Test", 30, 37),
            ("Wrap-up", 37, 41),
        ]
        .into_iter()
        .map(|(name, start, end)| Phase {
            name: name.to_owned(),
            start_ms: start * MINUTE,
            end_ms: end * MINUTE,
        })
        .collect(),
        utterances: (0..20)
            .map(|n| Spoken {
                by_candidate: n % 3 != 0,
                at_ms: n * 2 * MINUTE,
                text: "An invented sentence of usual length.".to_owned(),
            })
            .collect(),
        edits: (13..36)
            .map(|n| Edit {
                at_ms: n * MINUTE,
                size: (n as u32 * 7) % 60,
            })
            .collect(),
        runs: vec![
            RunMark {
                at_ms: 24 * MINUTE,
                passed: 2,
                total: 4,
            },
            RunMark {
                at_ms: 33 * MINUTE,
                passed: 4,
                total: 4,
            },
        ],
    }
}
