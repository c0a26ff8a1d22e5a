//! One live interview as long as its candidate is connected: browser ↔ store ↔ interviewer.
//!
//! Everything that has happened is read from the store behind a cursor and shown from there, also what this task did
//! itself: so a reload, a second window and a run over HTTP all look the same, and nothing is shown that is not kept.

use super::{
    Realtime,
    frames::{self, AiStatus, ClientFrame, ProviderStatus, Role, ServerFrame},
    socket::{Close, Incoming, Line, PING_EVERY},
};
use crate::{
    access::{Holder, Seat},
    engine::{self, Eviction},
    insight,
    views::run::Run,
};
use interviewd_domain::{
    ids::{ConnectionId, SnapshotId, UtteranceId},
    interview::{Channel, Command, Event, Interview, Refusal, Speaker, What},
    interviewer::{self, Interviewer, Move, Setting},
    problem::Language,
    redact::redact,
    run::RunKind,
    time::Timestamp,
    turns::{self, Conversation, Delivery, Output},
};
use serde_json::json;
use std::{collections::HashMap, time::Duration};

/// How often the browser's countdown is set right.
const TIMER_EVERY: Duration = Duration::from_secs(5);
/// The interviewer looks at changed code at most this often.
const LOOK_AT_CODE_EVERY_MS: u64 = 2_000;
/// Captions that a reconnecting page gets.
const CAPTIONS_MAX: usize = 500;
/// Who was away for longer is welcomed back.
const WELCOME_BACK_AFTER: Duration = Duration::from_secs(30);

/// Takes the seat, holds the interview until somebody leaves, gives the seat back.
pub(super) async fn hold(realtime: Realtime, seat: Seat, mut line: Line) {
    let clock = realtime.clock.clone();
    let connection = ConnectionId::new(clock.now(), realtime.engine.entropy().u128());
    let mut occupied =
        realtime
            .engine
            .live()
            .occupy(seat.owned().candidate(), seat.id(), connection);
    let mut stop = realtime.tasks.stop_signal();
    let close = match Room::enter(&realtime, seat, connection, &mut line).await {
        Ok(Some(mut room)) => tokio::select! {
            close = room.run(&mut line) => close,
            eviction = occupied.evicted() => Some(match eviction {
                Eviction::Replaced => Close::Replaced,
                Eviction::Unauthorized => Close::Unauthorized,
            }),
            () = stop.stopped() => Some(Close::Restart),
        },
        Ok(None) => Some(Close::Done),
        Err(error) => {
            tracing::error!(interview.id = %seat.id(), "A live interview could not go on: {error}");
            Some(Close::Restart)
        }
    };
    if let Err(error) = realtime
        .engine
        .apply(&seat, Command::Disconnect { connection })
        .await
        && !matches!(error, engine::Error::Gone | engine::Error::Refused(_))
    {
        tracing::error!(interview.id = %seat.id(), "Leaving could not be stored: {error}");
    }
    if let Some(close) = close {
        line.close(&clock, close).await;
    }
}

struct Room<'a> {
    realtime: &'a Realtime,
    seat: Seat,
    interview: Interview,
    /// Events before this have been shown.
    cursor: u64,
    interviewer: Interviewer,
    conversation: Conversation,
    /// Whether the page reads the lines aloud: the last one was reported as played.
    spoken: bool,
    /// Moments of the interview's clock.
    conversation_wakes_at: Option<u64>,
    interviewer_wakes_at: Option<u64>,
    looked_at_code_ms: u64,
    code_unseen: bool,
    /// An edit that was too soon for the disk; the newest one wins.
    held_edit: Option<(String, Language, u64)>,
    run_kinds: HashMap<interviewd_domain::ids::RunId, (RunKind, Language)>,
    frames: Vec<ServerFrame>,
}

impl<'a> Room<'a> {
    /// Connects, says where things stand. `None`: the interview is over, and the page has been told.
    async fn enter(
        realtime: &'a Realtime,
        seat: Seat,
        connection: ConnectionId,
        line: &mut Line,
    ) -> Result<Option<Room<'a>>, engine::Error> {
        let before = realtime
            .views
            .interview(&seat)?
            .ok_or(engine::Error::Gone)?;
        match realtime
            .engine
            .apply(&seat, Command::Connect { connection })
            .await
        {
            Ok(_) => {}
            Err(engine::Error::Refused(Refusal::AlreadyEnded)) => {
                let frame = ended_frame(&before);
                line.send(&realtime.clock, &frame).await;
                return Ok(None);
            }
            Err(error) => return Err(error),
        }
        let interview = realtime
            .views
            .interview(&seat)?
            .ok_or(engine::Error::Gone)?;
        let problem = realtime
            .views
            .pinned_problem(&interview.problem)?
            .ok_or(engine::Error::Gone)?;
        let events = realtime.views.events(&seat, 0)?;
        let setting = Setting {
            personality: interview.personality,
            level: interview.level,
            language: interview.language,
            candidate_name: None,
            duration_ms: interview.granted_ms,
            dice: u128::from_be_bytes(interview.id.to_bytes()) as u64,
        };
        let interviewer = Interviewer::restore(problem, setting, &events);
        let conversation = Conversation::new(interview.personality, Delivery::Shown);
        let mut room = Room {
            realtime,
            seat,
            cursor: events.last().map_or(0, |event| event.seq + 1),
            interviewer,
            conversation,
            spoken: false,
            conversation_wakes_at: None,
            interviewer_wakes_at: None,
            looked_at_code_ms: 0,
            code_unseen: false,
            held_edit: None,
            run_kinds: HashMap::new(),
            frames: vec![ServerFrame::Provider {
                name: "local",
                status: ProviderStatus::Connected,
            }],
            interview,
        };
        for event in &events {
            room.remember_run(event);
        }
        room.frames
            .push(ServerFrame::State(Box::new(room.state(&events))));
        room.frames.push(room.timer());
        room.frames.push(ServerFrame::AiStatus {
            status: AiStatus::Listening,
        });
        room.begin(&events, realtime.clock.now().since(before.last_seen))
            .await?;
        Ok(Some(room))
    }

    /// The first words, or the ones that a lost line swallowed.
    async fn begin(&mut self, events: &[Event], away: Duration) -> Result<(), engine::Error> {
        let said: Vec<(&Speaker, &String)> = events
            .iter()
            .filter_map(|event| match &event.what {
                What::Said { speaker, text, .. } => Some((speaker, text)),
                _ => None,
            })
            .collect();
        let now_ms = self.now_ms();
        if self.interview.thinking {
            self.converse(turns::Input::ThinkingSet(true)).await?;
        }
        let moves = match said.last() {
            None => self.interviewer.on(interviewer::Input::Started, now_ms),
            Some((Speaker::Candidate, text)) => self
                .interviewer
                .on(interviewer::Input::CandidateSaid { text }, now_ms),
            Some(_) if away >= WELCOME_BACK_AFTER => {
                self.interviewer.on(interviewer::Input::Resumed, now_ms)
            }
            Some(_) => self.interviewer.on(interviewer::Input::Tick, now_ms),
        };
        self.carry_out(moves).await
    }

    /// Until the line is lost or the interview ends. `None`: the browser went by itself.
    async fn run(&mut self, line: &mut Line) -> Option<Close> {
        let clock = self.realtime.clock.clone();
        let mut news = self.realtime.engine.live().watch(self.seat.id());
        let mut next_timer = clock.now() + TIMER_EVERY;
        let mut next_ping = clock.now() + PING_EVERY;
        // What was said on entering was stored before anybody watched.
        let mut outcome = self.catch_up().await;
        loop {
            match outcome {
                Ok(()) => {}
                Err(engine::Error::Gone) => return Some(Close::Unauthorized),
                Err(engine::Error::Refused(Refusal::AlreadyEnded)) => {
                    if self.catch_up().await.is_err() {
                        return Some(Close::Restart);
                    }
                }
                Err(engine::Error::Refused(refusal)) => self.frames.push(refused(&refusal)),
                Err(error) => {
                    tracing::error!(interview.id = %self.seat.id(), "A live interview could not go on: {error}");
                    return Some(Close::Restart);
                }
            }
            for frame in std::mem::take(&mut self.frames) {
                let is_end = matches!(frame, ServerFrame::Ended { .. });
                if !line.send(&clock, &frame).await {
                    return None;
                }
                if is_end {
                    return Some(Close::Done);
                }
            }
            let wake_at = self.wakes_at(clock.now());
            outcome = tokio::select! {
                incoming = line.receive(&clock) => match self.hear(incoming).await {
                    Ok(Go::On) => Ok(()),
                    Ok(Go::Away(close)) => return close,
                    Err(error) => Err(error),
                },
                _ = news.changed() => self.catch_up().await,
                () = clock.sleep_until(next_timer) => {
                    next_timer = clock.now() + TIMER_EVERY;
                    self.frames.push(self.timer());
                    self.look_around().await
                }
                () = clock.sleep_until(next_ping) => {
                    next_ping = clock.now() + PING_EVERY;
                    if clock.now() >= line.lost_at() || !line.ping(&clock).await {
                        return None;
                    }
                    Ok(())
                }
                () = clock.sleep_until(wake_at) => self.wake().await,
            };
        }
    }

    // ── what the browser says ──

    async fn hear(&mut self, incoming: Incoming) -> Result<Go, engine::Error> {
        match incoming {
            Incoming::Gone => return Ok(Go::Away(None)),
            Incoming::Refuse(close) => return Ok(Go::Away(Some(close))),
            Incoming::Alive => {}
            // The built-in interviewer reads; sound is for the voice providers.
            Incoming::Audio(_) => {}
            Incoming::Invalid => self.frames.push(ServerFrame::Error {
                code: "invalid_payload".to_owned(),
                message: "That message was not understood.".to_owned(),
            }),
            Incoming::Frame(frame) => self.obey(frame).await?,
        }
        Ok(Go::On)
    }

    async fn obey(&mut self, frame: ClientFrame) -> Result<(), engine::Error> {
        match frame {
            ClientFrame::Ping => self.frames.push(ServerFrame::Pong),
            ClientFrame::Audio { .. } | ClientFrame::Commit => {}
            ClientFrame::Cancel { played_ms } => {
                self.converse(turns::Input::Cancel { played_ms }).await?
            }
            ClientFrame::Playback { item_id, played_ms } => {
                if !self.spoken {
                    self.spoken = true;
                    self.converse(turns::Input::DeliverySet(Delivery::Spoken))
                        .await?;
                }
                self.converse(turns::Input::Playback {
                    item: item_id,
                    played_ms,
                })
                .await?;
            }
            ClientFrame::Thinking { on } => {
                self.apply(Command::SetThinking { on }).await?;
            }
            ClientFrame::UserText { text } => {
                let now = self.realtime.clock.now();
                let utterance = UtteranceId::new(now, self.realtime.engine.entropy().u128());
                let text = redact(&text).into_owned();
                self.apply(Command::Say {
                    utterance,
                    item: utterance.to_string(),
                    speaker: Speaker::Candidate,
                    channel: Channel::Typed,
                    text,
                    act: None,
                })
                .await?;
            }
            ClientFrame::CodeEdit {
                code,
                language,
                revision,
                ..
            } => {
                self.converse(turns::Input::CodeTyping).await?;
                self.edit(code, language, revision).await?;
            }
        }
        Ok(())
    }

    async fn edit(
        &mut self,
        code: String,
        language: Language,
        revision: u64,
    ) -> Result<(), engine::Error> {
        let snapshot = SnapshotId::new(
            self.realtime.clock.now(),
            self.realtime.engine.entropy().u128(),
        );
        match self
            .realtime
            .engine
            .apply(
                &self.seat,
                Command::EditCode {
                    code: code.clone(),
                    language,
                    revision,
                    snapshot,
                },
            )
            .await
        {
            Ok(_) => {
                self.held_edit = None;
                self.frames.push(ServerFrame::CodeSaved { revision });
                self.code_unseen = true;
                self.catch_up().await?;
                self.look_at_code().await
            }
            Err(engine::Error::Refused(Refusal::TooSoon { .. })) => {
                self.held_edit = Some((code, language, revision));
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// What is due every few seconds. Whoever stored something may have been dropped before telling (a request whose
    /// browser went away), so the store is asked, too.
    async fn look_around(&mut self) -> Result<(), engine::Error> {
        self.catch_up().await?;
        self.retry_held_edit().await
    }

    async fn retry_held_edit(&mut self) -> Result<(), engine::Error> {
        match self.held_edit.take() {
            Some((code, language, revision)) => self.edit(code, language, revision).await,
            None => self.look_at_code().await,
        }
    }

    async fn look_at_code(&mut self) -> Result<(), engine::Error> {
        let now_ms = self.now_ms();
        if !self.code_unseen || now_ms < self.looked_at_code_ms + LOOK_AT_CODE_EVERY_MS {
            return Ok(());
        }
        self.code_unseen = false;
        self.looked_at_code_ms = now_ms;
        let facts = insight::analyse(self.interview.language, &self.interview.code);
        let facts = interviewer::CodeFacts {
            lines: facts.code_lines,
            functions: facts.functions.len() as u32,
            syntax_error_line: facts.syntax_errors.first().map(|error| error.line),
        };
        let moves = self.interviewer.on(
            interviewer::Input::CodeChanged {
                code: &self.interview.code,
                language: self.interview.language,
                facts,
            },
            now_ms,
        );
        self.carry_out(moves).await
    }

    // ── what has happened ──

    /// Shows everything that was stored since, and lets the interviewer know.
    async fn catch_up(&mut self) -> Result<(), engine::Error> {
        loop {
            let events = self.realtime.views.events(&self.seat, self.cursor)?;
            let Some(last) = events.last() else {
                return Ok(());
            };
            self.cursor = last.seq + 1;
            self.interview = self
                .realtime
                .views
                .interview(&self.seat)?
                .ok_or(engine::Error::Gone)?;
            for event in &events {
                self.remember_run(event);
                self.show(event).await?;
            }
        }
    }

    fn remember_run(&mut self, event: &Event) {
        if let What::RunRequested {
            run,
            kind,
            language,
            ..
        } = &event.what
        {
            self.run_kinds.insert(*run, (*kind, *language));
        }
    }

    async fn show(&mut self, event: &Event) -> Result<(), engine::Error> {
        let now_ms = self.now_ms();
        match &event.what {
            What::Said {
                item,
                speaker,
                text,
                ..
            } => {
                self.frames.push(ServerFrame::Caption {
                    role: (*speaker).into(),
                    item_id: item.clone(),
                    text: text.clone(),
                    r#final: true,
                    at_ms: event.clock_ms,
                });
                if *speaker == Speaker::Candidate {
                    Box::pin(self.converse(turns::Input::TextTurn)).await?;
                    let moves = self
                        .interviewer
                        .on(interviewer::Input::CandidateSaid { text }, now_ms);
                    let silent = !moves.iter().any(|step| matches!(step, Move::Say { .. }));
                    Box::pin(self.carry_out(moves)).await?;
                    if silent {
                        Box::pin(self.converse(turns::Input::NothingToSay)).await?;
                    }
                }
            }
            What::RunRequested { run, kind, .. } => {
                self.frames.push(ServerFrame::RunStarted {
                    run_id: run.to_string(),
                    kind: json!(kind),
                });
                Box::pin(self.converse(turns::Input::RunSuperseded)).await?;
            }
            What::RunFinished { run, report } => {
                let (kind, language) = self
                    .run_kinds
                    .get(run)
                    .copied()
                    .unwrap_or((RunKind::Run, self.interview.language));
                let shown = Run::of(*run, kind, language, report);
                self.frames.push(ServerFrame::RunFinished {
                    run_id: run.to_string(),
                    run: json!(shown),
                });
                let moves = self
                    .interviewer
                    .on(interviewer::Input::RunFinished { report, kind }, now_ms);
                Box::pin(self.carry_out(moves)).await?;
            }
            What::RunLost { run } => {
                self.frames.push(ServerFrame::RunFinished {
                    run_id: run.to_string(),
                    run: serde_json::Value::Null,
                });
            }
            What::ThinkingSet { on } => {
                Box::pin(self.converse(turns::Input::ThinkingSet(*on))).await?;
                let moves = self
                    .interviewer
                    .on(interviewer::Input::ThinkingSet { on: *on }, now_ms);
                Box::pin(self.carry_out(moves)).await?;
            }
            What::PhaseEntered { .. } | What::TimeReturned { .. } => self.frames.push(self.timer()),
            What::TimeWarned { minutes } => {
                self.frames.push(ServerFrame::TimeWarning {
                    minutes: *minutes,
                    remaining_ms: self.remaining_ms(),
                });
                let moves = self
                    .interviewer
                    .on(interviewer::Input::TimeLeft { minutes: *minutes }, now_ms);
                Box::pin(self.carry_out(moves)).await?;
            }
            What::Ended { .. } => {
                self.frames.push(self.timer());
                self.frames.push(ended_frame(&self.interview));
            }
            What::Created { .. }
            | What::Activated
            | What::Connected { .. }
            | What::Disconnected { .. }
            | What::CodeChanged { .. }
            | What::Snapshotted { .. }
            | What::EvaluationRequested
            | What::Scored { .. }
            | What::EvaluationFailed { .. } => {}
        }
        Ok(())
    }

    // ── what the interviewer wants ──

    async fn carry_out(&mut self, moves: Vec<Move>) -> Result<(), engine::Error> {
        self.interviewer_wakes_at = None;
        for step in moves {
            match step {
                Move::Say { text, act } => {
                    let item = UtteranceId::new(
                        self.realtime.clock.now(),
                        self.realtime.engine.entropy().u128(),
                    )
                    .to_string();
                    self.converse(turns::Input::Say(turns::Line { item, text, act }))
                        .await?;
                }
                Move::EnterPhase(phase) => {
                    let system = self.seat.as_system();
                    self.realtime
                        .engine
                        .apply(&system, Command::EnterPhase { phase })
                        .await?;
                }
                Move::WaitUntil(at_ms) => self.interviewer_wakes_at = Some(at_ms),
            }
        }
        Ok(())
    }

    async fn converse(&mut self, input: turns::Input) -> Result<(), engine::Error> {
        let outputs = self.conversation.on(input, self.now_ms());
        for output in outputs {
            match output {
                Output::Deliver(line) => self.frames.push(ServerFrame::Caption {
                    role: Role::Interviewer,
                    item_id: line.item,
                    text: line.text,
                    r#final: false,
                    at_ms: self.now_ms(),
                }),
                Output::Cut { item } => self.frames.push(ServerFrame::AudioClear { item_id: item }),
                Output::Heard { line, .. } => self.keep(line).await?,
                Output::Dropped { .. } => {}
                Output::Status(status) => self.frames.push(ServerFrame::AiStatus {
                    status: match status {
                        turns::Status::Listening => AiStatus::Listening,
                        turns::Status::Thinking => AiStatus::Thinking,
                        turns::Status::Speaking => AiStatus::Speaking,
                    },
                }),
                Output::WakeAt(at_ms) => self.conversation_wakes_at = Some(at_ms),
            }
        }
        Ok(())
    }

    /// Stores a line of the interviewer as it was heard; the caption follows from the stored event.
    async fn keep(&mut self, line: turns::Line) -> Result<(), engine::Error> {
        let utterance = line.item.parse().unwrap_or_else(|_| {
            UtteranceId::new(
                self.realtime.clock.now(),
                self.realtime.engine.entropy().u128(),
            )
        });
        let channel = if self.spoken {
            Channel::Voice
        } else {
            Channel::Typed
        };
        let system = self.seat.as_system();
        let command = Command::Say {
            utterance,
            item: line.item,
            speaker: Speaker::Interviewer,
            channel,
            text: line.text,
            act: Some(line.act),
        };
        self.realtime
            .engine
            .apply(&system, command)
            .await
            .map(|_| ())
    }

    async fn wake(&mut self) -> Result<(), engine::Error> {
        let now_ms = self.now_ms();
        if self.conversation_wakes_at.is_some_and(|at| at <= now_ms) {
            self.conversation_wakes_at = None;
            self.converse(turns::Input::Tick).await?;
        }
        if self.interviewer_wakes_at.is_some_and(|at| at <= now_ms) {
            self.interviewer_wakes_at = None;
            let moves = self.interviewer.on(interviewer::Input::Tick, now_ms);
            self.carry_out(moves).await?;
        }
        Ok(())
    }

    async fn apply(&mut self, command: Command) -> Result<(), engine::Error> {
        self.realtime.engine.apply(&self.seat, command).await?;
        self.catch_up().await
    }

    // ── where things stand ──

    fn now_ms(&self) -> u64 {
        self.interview.clock_ms(self.realtime.clock.now())
    }

    fn remaining_ms(&self) -> u64 {
        if self.interview.status.is_final() {
            0
        } else {
            self.interview.remaining_ms(self.realtime.clock.now())
        }
    }

    fn timer(&self) -> ServerFrame {
        ServerFrame::Timer {
            remaining_ms: self.remaining_ms(),
            phase: self.interview.phase,
        }
    }

    /// The next moment at which somebody wants to be woken; far away when nobody does.
    fn wakes_at(&self, now: Timestamp) -> Timestamp {
        let now_ms = self.interview.clock_ms(now);
        let next = self
            .conversation_wakes_at
            .into_iter()
            .chain(self.interviewer_wakes_at)
            .min();
        next.map_or(now + Duration::from_secs(3600), |at| {
            now + Duration::from_millis(at.saturating_sub(now_ms))
        })
    }

    fn state(&self, events: &[Event]) -> frames::State {
        let captions: Vec<frames::Caption> = events
            .iter()
            .filter_map(|event| match &event.what {
                What::Said {
                    item,
                    speaker,
                    text,
                    ..
                } => Some(frames::Caption {
                    role: (*speaker).into(),
                    item_id: item.clone(),
                    text: text.clone(),
                    r#final: true,
                    at_ms: event.clock_ms,
                }),
                _ => None,
            })
            .collect();
        let skipped = captions.len().saturating_sub(CAPTIONS_MAX);
        frames::State {
            status: self.interview.status.as_str(),
            phase: self.interview.phase,
            remaining_ms: self.remaining_ms(),
            duration_ms: self.interview.granted_ms,
            code: self.interview.code.clone(),
            language: self.interview.language,
            revision: self.interview.revision,
            other_code: self.interview.other_code.clone(),
            thinking: self.interview.thinking,
            captions: captions.into_iter().skip(skipped).collect(),
            ai_status: AiStatus::Listening,
            mode: json!(self.interview.mode),
        }
    }
}

/// What the loop does next.
enum Go {
    On,
    Away(Option<Close>),
}

fn ended_frame(interview: &Interview) -> ServerFrame {
    ServerFrame::Ended {
        reason: json!(interview.end_reason),
        summary_url: format!("/sessions/{}/summary", interview.id),
    }
}

fn refused(refusal: &Refusal) -> ServerFrame {
    ServerFrame::Error {
        code: refusal.code().to_owned(),
        message: refusal.to_string(),
    }
}
