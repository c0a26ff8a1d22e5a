//! Who may speak: a machine without clock, sockets or sound. What happens goes in with its moment, what to do comes
//! out; the driver only obeys.
//!
//! The interviewer's lines wait in a bounded queue until the candidate leaves a pause. One line is said at a time. A
//! line that nobody reports as played counts as said after the time it takes, so the status always returns to
//! listening. A line that is cut short is stored as far as it was heard.
//!
//! It does not decide *what* to say (`interviewer`, or a voice provider). To add something that happens: a variant of
//! [`Input`], its arm in [`Conversation::on`], and a line in the property tests' `inputs()`.

use crate::interview::{Act, Personality};
use std::collections::VecDeque;

/// A line that wants to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Names the line in captions, playback reports and in the store; unique in its interview.
    pub item: String,
    pub text: String,
    pub act: Act,
}

/// How lines reach the candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// As text that is there at once: heard as soon as it is shown.
    Shown,
    /// Aloud, with `playback` reports when all goes well: heard as far as it was played.
    Spoken,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A keystroke in the chat box.
    Typing,
    /// A keystroke in the editor.
    CodeTyping,
    /// A typed turn was sent.
    TextTurn,
    VoiceStarted,
    VoiceStopped,
    /// The final words of what was dictated or spoken.
    Dictated,
    /// The interviewer wants to say this.
    Say(Line),
    /// An answer to the last turn was looked for, and there is none.
    NothingToSay,
    /// So much of the line has been heard.
    Playback {
        item: String,
        played_ms: u64,
    },
    PlaybackEnded {
        item: String,
    },
    /// The candidate cut the interviewer off, having heard so much.
    Cancel {
        played_ms: u64,
    },
    ThinkingSet(bool),
    /// A newer run began or ended: what waits to be said about an older one is stale.
    RunSuperseded,
    DeliverySet(Delivery),
    /// The page went away; what was playing stops.
    Disconnected,
    /// No line shall be said from here on.
    Ended,
    /// Time went by.
    Tick,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Listening,
    Thinking,
    Speaking,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Show (and speak) the line; its final caption follows with [`Output::Heard`].
    Deliver(Line),
    /// Stop playing the line at once.
    Cut {
        item: String,
    },
    /// Store this as said: the whole line, or what was heard of it.
    Heard {
        line: Line,
        cut: bool,
    },
    /// The line will never be said.
    Dropped {
        item: String,
        why: Dropped,
    },
    Status(Status),
    /// Come back with [`Input::Tick`] then; replaces every earlier wish.
    WakeAt(u64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dropped {
    /// Something newer made it pointless.
    Stale,
    /// The queue was full of more important ones.
    Full,
    /// Cut off before a word of it was heard.
    Unheard,
    /// The interview is over.
    Over,
}

/// Lines that wait at most.
pub const QUEUE_MAX: usize = 8;
/// An answer or a warning waits no longer than this for a pause in typing.
pub const PRIORITY_WAIT_MS_MAX: u64 = 4_000;
/// After asking for an answer the status says "thinking" no longer than this.
pub const THINKING_MS_MAX: u64 = 8_000;
/// Voice activity without an end counts as ended after this.
pub const VOICE_MS_MAX: u64 = 60_000;
/// After the last word of the candidate nobody speaks for this long.
const VOICE_PAUSE_MS: u64 = 500;
/// A remark that could not be made within this time is not worth making any more.
const REMARK_MS_MAX: u64 = 20_000;
/// Speech: milliseconds a character, and before the first one.
const SPOKEN_MS_PER_CHAR: u64 = 65;
const SPOKEN_START_MS: u64 = 700;
/// Reading: milliseconds a character; bounded, so that long lines do not block.
const SHOWN_MS_PER_CHAR: u64 = 20;
const SHOWN_MS_MIN: u64 = 600;
const SHOWN_MS_MAX: u64 = 6_000;
/// A playback report extends a line by this much at most beyond twice its estimate.
const SPEAKING_SLACK_MS: u64 = 10_000;
/// Longest a line may keep the status at "speaking", whatever is reported.
pub const SPEAKING_MS_MAX: u64 = 180_000;
/// Finished items that are remembered, so that none is said twice.
const FINISHED_MAX: usize = 512;

pub struct Conversation {
    personality: Personality,
    delivery: Delivery,
    queue: VecDeque<Waiting>,
    speaking: Option<Speaking>,
    status: Status,
    thinking_until: Option<u64>,
    typed_at: Option<u64>,
    voice_since: Option<u64>,
    voice_ended_at: Option<u64>,
    silence_wanted: bool,
    ended: bool,
    finished: VecDeque<String>,
    now: u64,
    wake_at: Option<u64>,
}

#[derive(Debug)]
struct Waiting {
    line: Line,
    since: u64,
}

#[derive(Debug)]
struct Speaking {
    line: Line,
    since: u64,
    played_ms: u64,
    estimate_ms: u64,
    ends_at: u64,
    /// Shown lines are stored when they appear.
    stored: bool,
}

/// What a line is to the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Urgency {
    /// Nice to say, now or never.
    Remark,
    /// About a run; the next run makes it stale.
    Reaction,
    /// Must be said, but can wait for a pause.
    Question,
    /// The candidate waits for it, or the clock demands it.
    Priority,
}

impl Conversation {
    pub fn new(personality: Personality, delivery: Delivery) -> Self {
        Conversation {
            personality,
            delivery,
            queue: VecDeque::new(),
            speaking: None,
            status: Status::Listening,
            thinking_until: None,
            typed_at: None,
            voice_since: None,
            voice_ended_at: None,
            silence_wanted: false,
            ended: false,
            finished: VecDeque::new(),
            now: 0,
            wake_at: None,
        }
    }

    pub fn status(&self) -> Status {
        self.status
    }

    /// How long a pause in typing must be before anything is said: milliseconds.
    pub fn typing_pause_ms(personality: Personality) -> u64 {
        match personality {
            Personality::Supportive => 2_500,
            Personality::Neutral => 2_000,
            Personality::Challenging => 1_500,
        }
    }

    /// What follows from `input` at `now_ms`. A clock that steps back stands still here.
    pub fn on(&mut self, input: Input, now_ms: u64) -> Vec<Output> {
        self.now = self.now.max(now_ms);
        let mut outputs = Vec::new();
        self.expire(&mut outputs);
        match input {
            Input::Typing => {
                self.typed_at = Some(self.now);
            }
            Input::CodeTyping => {
                self.typed_at = Some(self.now);
                self.drop_where(Dropped::Stale, &mut outputs, |waiting| {
                    urgency(&waiting.line.act) == Urgency::Remark
                });
            }
            Input::TextTurn | Input::Dictated => {
                // Sending ends the typing: the candidate now waits for us.
                self.typed_at = None;
                self.voice_since = None;
                self.drop_where(Dropped::Stale, &mut outputs, |waiting| {
                    urgency(&waiting.line.act) == Urgency::Remark
                });
                self.thinking_until = Some(self.now + THINKING_MS_MAX);
            }
            Input::VoiceStarted => {
                self.voice_since = Some(self.now);
                if self.delivery == Delivery::Spoken {
                    self.cut(None, &mut outputs);
                }
            }
            Input::VoiceStopped => {
                if self.voice_since.take().is_some() {
                    self.voice_ended_at = Some(self.now);
                }
            }
            Input::Say(line) => self.enqueue(line, &mut outputs),
            Input::NothingToSay => self.thinking_until = None,
            Input::Playback { item, played_ms } => self.hear_playback(&item, played_ms),
            Input::PlaybackEnded { item } => {
                if self
                    .speaking
                    .as_ref()
                    .is_some_and(|speaking| speaking.line.item == item && !speaking.stored)
                {
                    self.finish(&mut outputs);
                }
            }
            Input::Cancel { played_ms } => self.cut(Some(played_ms), &mut outputs),
            Input::ThinkingSet(on) => {
                self.silence_wanted = on;
                if on {
                    self.drop_where(Dropped::Stale, &mut outputs, |waiting| {
                        urgency(&waiting.line.act) < Urgency::Question
                    });
                }
            }
            Input::RunSuperseded => self.drop_where(Dropped::Stale, &mut outputs, |waiting| {
                urgency(&waiting.line.act) == Urgency::Reaction
            }),
            Input::DeliverySet(delivery) => self.delivery = delivery,
            Input::Disconnected => {
                self.typed_at = None;
                self.voice_since = None;
                self.cut(None, &mut outputs);
            }
            Input::Ended => {
                self.ended = true;
                self.cut(None, &mut outputs);
                self.drop_where(Dropped::Over, &mut outputs, |_| true);
            }
            Input::Tick => {}
        }
        self.speak_if_allowed(&mut outputs);
        self.settle(&mut outputs);
        outputs
    }

    // ── time ──

    /// What ended by itself since the last input.
    fn expire(&mut self, outputs: &mut Vec<Output>) {
        if self
            .speaking
            .as_ref()
            .is_some_and(|speaking| speaking.ends_at <= self.now)
        {
            self.finish(outputs);
        }
        if self.thinking_until.is_some_and(|until| until <= self.now) {
            self.thinking_until = None;
        }
        if let Some(since) = self
            .voice_since
            .filter(|since| since + VOICE_MS_MAX <= self.now)
        {
            self.voice_since = None;
            self.voice_ended_at = Some(since + VOICE_MS_MAX);
        }
        let now = self.now;
        self.drop_where(Dropped::Stale, outputs, |waiting| {
            urgency(&waiting.line.act) == Urgency::Remark && waiting.since + REMARK_MS_MAX <= now
        });
    }

    /// When the line at the front may be said, if nothing else happens.
    fn may_speak_at(&self, waiting: &Waiting) -> Option<u64> {
        let priority = urgency(&waiting.line.act) == Urgency::Priority;
        if self.silence_wanted && !priority {
            return None;
        }
        let after_typing = self
            .typed_at
            .map_or(0, |typed| typed + Self::typing_pause_ms(self.personality));
        let after_typing = if priority {
            after_typing.min(waiting.since + PRIORITY_WAIT_MS_MAX)
        } else {
            after_typing
        };
        let after_voice = match (self.voice_since, self.voice_ended_at) {
            (Some(since), _) => since + VOICE_MS_MAX + VOICE_PAUSE_MS,
            (None, Some(ended)) => ended + VOICE_PAUSE_MS,
            (None, None) => 0,
        };
        Some(after_typing.max(after_voice))
    }

    fn settle(&mut self, outputs: &mut Vec<Output>) {
        let status = match (&self.speaking, self.thinking_until) {
            (Some(_), _) => Status::Speaking,
            (None, Some(_)) => Status::Thinking,
            (None, None) => Status::Listening,
        };
        if status != self.status {
            self.status = status;
            outputs.push(Output::Status(status));
        }
        let waits = self.queue.iter().flat_map(|waiting| {
            let speaks_at = self
                .may_speak_at(waiting)
                .filter(|_| self.speaking.is_none());
            let expires_at = (urgency(&waiting.line.act) == Urgency::Remark)
                .then_some(waiting.since + REMARK_MS_MAX);
            [speaks_at, expires_at]
        });
        let wake_at = waits
            .flatten()
            .chain(self.speaking.as_ref().map(|speaking| speaking.ends_at))
            .chain(self.thinking_until)
            .chain(self.voice_since.map(|since| since + VOICE_MS_MAX))
            .min()
            .map(|at| at.max(self.now + 1));
        if wake_at != self.wake_at {
            self.wake_at = wake_at;
            outputs.extend(wake_at.map(Output::WakeAt));
        }
    }

    // ── lines ──

    fn enqueue(&mut self, line: Line, outputs: &mut Vec<Output>) {
        let known = self.finished.contains(&line.item)
            || self
                .queue
                .iter()
                .any(|waiting| waiting.line.item == line.item)
            || self
                .speaking
                .as_ref()
                .is_some_and(|speaking| speaking.line.item == line.item);
        if known {
            return;
        }
        if self.ended && line.act != Act::Closing {
            outputs.push(Output::Dropped {
                item: line.item,
                why: Dropped::Over,
            });
            return;
        }
        if urgency(&line.act) == Urgency::Reaction {
            self.drop_where(Dropped::Stale, outputs, |waiting| {
                urgency(&waiting.line.act) == Urgency::Reaction
            });
        }
        self.queue.push_back(Waiting {
            line,
            since: self.now,
        });
        if self.queue.len() > QUEUE_MAX {
            // The least urgent goes, and among equals the oldest.
            let victim = (0..self.queue.len())
                .min_by_key(|at| (urgency(&self.queue[*at].line.act), *at))
                .expect("the queue is not empty");
            if let Some(waiting) = self.queue.remove(victim) {
                self.forget(waiting.line.item, Dropped::Full, outputs);
            }
        }
    }

    fn speak_if_allowed(&mut self, outputs: &mut Vec<Output>) {
        while self.speaking.is_none() {
            // Answers and warnings overtake; otherwise first come, first said.
            let ready = (0..self.queue.len())
                .filter(|at| {
                    self.may_speak_at(&self.queue[*at])
                        .is_some_and(|from| from <= self.now)
                })
                .max_by_key(|at| {
                    (
                        urgency(&self.queue[*at].line.act) == Urgency::Priority,
                        std::cmp::Reverse(*at),
                    )
                });
            let Some(waiting) = ready.and_then(|at| self.queue.remove(at)) else {
                return;
            };
            let characters = waiting.line.text.chars().count() as u64;
            let estimate_ms = match self.delivery {
                Delivery::Shown => {
                    (characters * SHOWN_MS_PER_CHAR).clamp(SHOWN_MS_MIN, SHOWN_MS_MAX)
                }
                Delivery::Spoken => {
                    (SPOKEN_START_MS + characters * SPOKEN_MS_PER_CHAR).min(SPEAKING_MS_MAX)
                }
            };
            let stored = self.delivery == Delivery::Shown;
            self.thinking_until = None;
            outputs.push(Output::Deliver(waiting.line.clone()));
            if stored {
                outputs.push(Output::Heard {
                    line: waiting.line.clone(),
                    cut: false,
                });
            }
            self.speaking = Some(Speaking {
                line: waiting.line,
                since: self.now,
                played_ms: 0,
                estimate_ms,
                ends_at: self.now + estimate_ms,
                stored,
            });
        }
    }

    fn hear_playback(&mut self, item: &str, played_ms: u64) {
        let now = self.now;
        if let Some(speaking) = self
            .speaking
            .as_mut()
            .filter(|speaking| speaking.line.item == item && !speaking.stored)
        {
            speaking.played_ms = speaking
                .played_ms
                .max(played_ms.min(now.saturating_sub(speaking.since)));
            // Late voices get more time, but never without end.
            let remaining = speaking
                .estimate_ms
                .saturating_sub(speaking.played_ms)
                .max(1_000);
            let latest = speaking.since
                + (speaking.estimate_ms * 2 + SPEAKING_SLACK_MS).min(SPEAKING_MS_MAX);
            speaking.ends_at = (now + remaining).min(latest);
        }
    }

    /// The line was said to its end.
    fn finish(&mut self, outputs: &mut Vec<Output>) {
        if let Some(speaking) = self.speaking.take() {
            self.keep_finished(speaking.line.item.clone());
            if !speaking.stored {
                outputs.push(Output::Heard {
                    line: speaking.line,
                    cut: false,
                });
            }
        }
    }

    /// The line stops here. `played_ms` is what the ears report; without it, the last report or the clock tells.
    fn cut(&mut self, played_ms: Option<u64>, outputs: &mut Vec<Output>) {
        let Some(speaking) = self.speaking.take() else {
            return;
        };
        let Line { item, text, act } = speaking.line;
        outputs.push(Output::Cut { item: item.clone() });
        self.keep_finished(item.clone());
        if speaking.stored {
            return;
        }
        let elapsed = self.now.saturating_sub(speaking.since);
        let played_ms = played_ms
            .unwrap_or(if speaking.played_ms > 0 {
                speaking.played_ms
            } else {
                elapsed
            })
            .min(elapsed);
        let heard = heard_of(&text, played_ms);
        if heard.is_empty() {
            outputs.push(Output::Dropped {
                item,
                why: Dropped::Unheard,
            });
        } else {
            let cut = heard.len() < text.len();
            outputs.push(Output::Heard {
                line: Line {
                    item,
                    text: heard.to_owned(),
                    act,
                },
                cut,
            });
        }
    }

    fn drop_where(
        &mut self,
        why: Dropped,
        outputs: &mut Vec<Output>,
        is_dropped: impl Fn(&Waiting) -> bool,
    ) {
        let (dropped, kept): (VecDeque<Waiting>, VecDeque<Waiting>) = self
            .queue
            .drain(..)
            .partition(|waiting| is_dropped(waiting));
        self.queue = kept;
        for waiting in dropped {
            self.forget(waiting.line.item, why, outputs);
        }
    }

    fn forget(&mut self, item: String, why: Dropped, outputs: &mut Vec<Output>) {
        self.keep_finished(item.clone());
        outputs.push(Output::Dropped { item, why });
    }

    fn keep_finished(&mut self, item: String) {
        self.finished.push_back(item);
        if self.finished.len() > FINISHED_MAX {
            self.finished.pop_front();
        }
    }
}

fn urgency(act: &Act) -> Urgency {
    match act {
        Act::Opening
        | Act::Clarified { .. }
        | Act::UnknownQuestion
        | Act::Hint { .. }
        | Act::TimeWarning { .. }
        | Act::Closing => Urgency::Priority,
        Act::AskApproach | Act::AskToCode | Act::FollowUp { .. } => Urgency::Question,
        Act::RunReaction | Act::AskToTest => Urgency::Reaction,
        Act::Encouragement | Act::Acknowledgement => Urgency::Remark,
    }
}

/// The words of a spoken text that fit into `played_ms`.
fn heard_of(text: &str, played_ms: u64) -> &str {
    let characters = (played_ms.saturating_sub(SPOKEN_START_MS) / SPOKEN_MS_PER_CHAR) as usize;
    let end = text
        .char_indices()
        .nth(characters)
        .map_or(text.len(), |(at, _)| at);
    if end == text.len() {
        return text;
    }
    // A word that was begun was not heard.
    text[..end]
        .rfind(char::is_whitespace)
        .map_or("", |space| text[..space].trim_end())
}

#[cfg(test)]
mod tests;
