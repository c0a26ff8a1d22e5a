//! An interview drawn on one line: who spoke when, when code was written, what ran.
//!
//! Only geometry: positions become SVG attributes, because the page policy allows no inline style. The template gives
//! the same moments as a table for those who do not see the picture.

/// The drawing's own units: it scales to whatever width the page gives it.
pub const WIDTH: f64 = 1000.0;
/// Where the lanes begin, right of their names.
const LEFT: f64 = 92.0;
/// Short utterances are widened to this, so that they can be seen.
const MARK_WIDTH_MIN: f64 = 4.0;
/// A typed line has no length of its own: this much per character stands in for it.
const TYPED_MS_PER_CHAR: u64 = 55;

/// Everything on the line. All times are milliseconds since the interview began.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    /// At least the time of the last mark.
    pub duration_ms: u64,
    pub phases: Vec<Phase>,
    pub utterances: Vec<Spoken>,
    pub edits: Vec<Edit>,
    pub runs: Vec<RunMark>,
}

#[derive(Debug, Clone)]
pub struct Phase {
    /// `Welcome`, `Clarify`, `Approach`, `Code`, `Test`, `Wrap-up`.
    pub name: String,
    pub start_ms: u64,
    pub end_ms: u64,
}

#[derive(Debug, Clone)]
pub struct Spoken {
    pub by_candidate: bool,
    pub at_ms: u64,
    pub text: String,
}

#[derive(Debug, Clone)]
pub struct Edit {
    pub at_ms: u64,
    /// How many characters changed.
    pub size: u32,
}

#[derive(Debug, Clone)]
pub struct RunMark {
    pub at_ms: u64,
    pub passed: u32,
    pub total: u32,
}

/// A rectangle in the drawing.
pub struct Bar {
    pub x: String,
    pub width: String,
    pub y: String,
    pub height: String,
    pub by_candidate: bool,
}

/// A phase's band and where its name stands.
pub struct Band<'a> {
    pub name: &'a str,
    pub x: String,
    pub width: String,
    pub text_x: String,
    pub shaded: bool,
    /// Wide enough for its name.
    pub named: bool,
}

/// A run's ring.
pub struct Ring {
    pub x: String,
    pub good: bool,
    pub label: String,
}

/// A mark on the axis.
pub struct Tick {
    pub x: String,
    pub label: String,
}

impl Timeline {
    pub fn bands(&self) -> Vec<Band<'_>> {
        self.phases
            .iter()
            .enumerate()
            .map(|(at, phase)| {
                let (from, to) = (self.x(phase.start_ms), self.x(phase.end_ms));
                Band {
                    name: &phase.name,
                    x: number(from),
                    width: number((to - from).max(0.0)),
                    text_x: number(from + 6.0),
                    shaded: at % 2 == 1,
                    named: to - from >= 14.0 + 6.5 * phase.name.chars().count() as f64,
                }
            })
            .collect()
    }

    pub fn bars(&self) -> Vec<Bar> {
        self.utterances
            .iter()
            .map(|spoken| {
                let from = self.x(spoken.at_ms);
                let length = spoken.text.chars().count() as u64 * TYPED_MS_PER_CHAR;
                let to = self.x(spoken.at_ms + length).max(from + MARK_WIDTH_MIN);
                Bar {
                    x: number(from.min(WIDTH - MARK_WIDTH_MIN)),
                    width: number(to - from),
                    y: number(if spoken.by_candidate { 71.0 } else { 39.0 }),
                    height: "12".into(),
                    by_candidate: spoken.by_candidate,
                }
            })
            .collect()
    }

    /// Bars whose height grows with the square root of what was typed, so that one paste does not flatten the rest.
    pub fn edit_bars(&self) -> Vec<Bar> {
        let most = self
            .edits
            .iter()
            .map(|edit| edit.size)
            .max()
            .unwrap_or(1)
            .max(1);
        self.edits
            .iter()
            .map(|edit| {
                let height = 3.0 + 21.0 * (f64::from(edit.size) / f64::from(most)).sqrt();
                Bar {
                    x: number(self.x(edit.at_ms).min(WIDTH - 3.0)),
                    width: "3".into(),
                    y: number(124.0 - height),
                    height: number(height),
                    by_candidate: true,
                }
            })
            .collect()
    }

    pub fn rings(&self) -> Vec<Ring> {
        self.runs
            .iter()
            .map(|run| Ring {
                x: number(self.x(run.at_ms)),
                good: run.total > 0 && run.passed == run.total,
                label: format!(
                    "{}: {} of {} passed",
                    super::clock(run.at_ms),
                    run.passed,
                    run.total
                ),
            })
            .collect()
    }

    /// A mark every so many minutes, never more than ten.
    pub fn ticks(&self) -> Vec<Tick> {
        let minutes = self.duration_ms.div_ceil(60_000).max(1);
        let step = [1, 2, 5, 10, 15, 30, 60]
            .into_iter()
            .find(|step| minutes / step <= 9)
            .unwrap_or(60);
        (0..=minutes / step)
            .map(|tick| tick * step * 60_000)
            .filter(|at| *at <= self.duration_ms)
            .map(|at| Tick {
                x: number(self.x(at)),
                label: super::clock(at),
            })
            .collect()
    }

    /// One sentence for those who do not see the picture.
    pub fn description(&self) -> String {
        let mine = self
            .utterances
            .iter()
            .filter(|spoken| spoken.by_candidate)
            .count() as u64;
        let theirs = self.utterances.len() as u64 - mine;
        format!(
            "{}: the interviewer spoke {}, you spoke {}, with {} and {}.",
            super::minutes(self.duration_ms),
            super::count(theirs, "time"),
            super::count(mine, "time"),
            super::count(self.edits.len() as u64, "edit"),
            super::count(self.runs.len() as u64, "run"),
        )
    }

    /// Every utterance and run in order, for the table.
    pub fn moments(&self) -> Vec<(u64, &'static str, String)> {
        let said = self.utterances.iter().map(|spoken| {
            (
                spoken.at_ms,
                if spoken.by_candidate {
                    "You"
                } else {
                    "Interviewer"
                },
                spoken.text.clone(),
            )
        });
        let ran = self.runs.iter().map(|run| {
            (
                run.at_ms,
                "Run",
                format!("{} of {} cases passed", run.passed, run.total),
            )
        });
        let mut moments: Vec<_> = said.chain(ran).collect();
        moments.sort_by_key(|(at_ms, _, _)| *at_ms);
        moments
    }

    fn x(&self, at_ms: u64) -> f64 {
        let share = at_ms as f64 / self.duration_ms.max(1) as f64;
        LEFT + share.clamp(0.0, 1.0) * (WIDTH - LEFT)
    }
}

fn number(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stay_inside_the_drawing() {
        let timeline = Timeline {
            duration_ms: 45 * 60_000,
            phases: vec![],
            utterances: vec![Spoken {
                by_candidate: true,
                at_ms: 45 * 60_000,
                text: "x".repeat(4000),
            }],
            edits: vec![Edit {
                at_ms: 99 * 60_000,
                size: 0,
            }],
            runs: vec![RunMark {
                at_ms: 0,
                passed: 0,
                total: 0,
            }],
        };
        for bar in timeline.bars().iter().chain(&timeline.edit_bars()) {
            let (x, width): (f64, f64) = (bar.x.parse().unwrap(), bar.width.parse().unwrap());
            assert!(x >= LEFT && x + width <= WIDTH + 0.1, "{x} {width}");
        }
        assert!(
            !timeline.rings()[0].good,
            "a run without cases is not a passed run"
        );
        assert_eq!(timeline.ticks().len(), 10);
        assert_eq!(Timeline::default().ticks().len(), 1);
    }
}
