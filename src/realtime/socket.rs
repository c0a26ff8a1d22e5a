//! WebSocket in and out: the handshake with its token, sizes, rates, pings, close codes. What the frames mean is for
//! `room`.

use super::{
    Realtime,
    frames::{self, ClientFrame, MESSAGE_BYTES_MAX, ServerFrame},
    room,
};
use axum::{
    extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade},
    http::HeaderMap,
    response::Response,
};
use interviewd_domain::time::Timestamp;
use std::time::Duration;

/// The subprotocol that we speak.
pub const PROTOCOL: &str = "interviewd.v1";
const TOKEN_PREFIX: &str = "token.";
/// Beyond [`MESSAGE_BYTES_MAX`] a message is read only to be refused; beyond this not even that.
const FRAME_BYTES_MAX: usize = 4 * MESSAGE_BYTES_MAX;
/// The server pings this often …
pub const PING_EVERY: Duration = Duration::from_secs(20);
/// … and takes so much silence for a lost line.
pub const SILENCE_MAX: Duration = Duration::from_secs(40);
/// Messages at once, and then each second: ten audio frames and a fast typist together stay far below.
const MESSAGES_BURST: f64 = 120.0;
const MESSAGES_PER_SECOND: f64 = 40.0;
/// A browser that does not take its frames for so long is gone.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a browser has to take its close code.
const CLOSE_WAIT: Duration = Duration::from_secs(2);

/// Why a socket is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Close {
    /// It has ended.
    Done,
    /// The server stops; come back soon.
    Restart,
    TooBig,
    Unauthorized,
    Replaced,
    TooMany,
}

impl Close {
    fn frame(self) -> CloseFrame {
        let (code, reason) = match self {
            Close::Done => (1000, "Ended"),
            Close::Restart => (1012, "Restarting"),
            Close::TooBig => (1009, "Message too big"),
            Close::Unauthorized => (4001, "Unauthorized"),
            Close::Replaced => (4002, "Replaced"),
            Close::TooMany => (4008, "Too many messages"),
        };
        CloseFrame {
            code,
            reason: reason.into(),
        }
    }
}

/// What comes in.
#[derive(Debug)]
pub enum Incoming {
    Frame(ClientFrame),
    Audio(usize),
    Invalid,
    /// A pong, or an answered ping: a sign of life.
    Alive,
    Gone,
    Refuse(Close),
}

/// Opens the socket, checks the token, and hands over to the room. A bad token is told by a close code, because
/// browsers do not show the status of a refused handshake.
pub fn upgrade(realtime: Realtime, headers: &HeaderMap, upgrade: WebSocketUpgrade) -> Response {
    let token = offered_token(headers);
    upgrade
        .protocols([PROTOCOL])
        .max_message_size(FRAME_BYTES_MAX)
        .max_frame_size(FRAME_BYTES_MAX)
        .on_upgrade(move |socket| async move {
            let line = Line::new(socket, realtime.clock.now());
            let seat = match token {
                Some(token) => match realtime.tokens.redeem(&token).await {
                    Ok(Some(redeemed)) => realtime
                        .gate
                        .seat(redeemed.candidate, redeemed.interview)
                        .ok()
                        .flatten(),
                    Ok(None) | Err(_) => None,
                },
                None => None,
            };
            match seat {
                Some(seat) => {
                    // Counted, so that a stop waits until everybody has been told.
                    let tasks = realtime.tasks.clone();
                    let held = tasks.spawn("live interview", room::hold(realtime, seat, line));
                    held.join().await;
                }
                None => line.close(&realtime.clock, Close::Unauthorized).await,
            }
        })
}

fn offered_token(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all("sec-websocket-protocol")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .find_map(|protocol| {
            protocol
                .trim()
                .strip_prefix(TOKEN_PREFIX)
                .map(str::to_owned)
        })
}

/// One browser's line.
pub struct Line {
    socket: WebSocket,
    allowance: f64,
    refilled_at: Timestamp,
    heard_at: Timestamp,
}

impl Line {
    fn new(socket: WebSocket, now: Timestamp) -> Line {
        Line {
            socket,
            allowance: MESSAGES_BURST,
            refilled_at: now,
            heard_at: now,
        }
    }

    /// When this line counts as lost unless something is heard.
    pub fn lost_at(&self) -> Timestamp {
        self.heard_at + SILENCE_MAX
    }

    /// The next thing that the browser says.
    pub async fn receive(&mut self, clock: &crate::edge::Clock) -> Incoming {
        let message = self.socket.recv().await;
        let now = clock.now();
        self.heard_at = now;
        let message = match message {
            None => return Incoming::Gone,
            Some(Err(error)) => {
                let too_big = error.to_string().to_lowercase().contains("too long")
                    || error.to_string().to_lowercase().contains("too big");
                return if too_big {
                    Incoming::Refuse(Close::TooBig)
                } else {
                    Incoming::Gone
                };
            }
            Some(Ok(message)) => message,
        };
        if !self.within_rate(now) {
            return Incoming::Refuse(Close::TooMany);
        }
        match message {
            Message::Text(text) if text.len() > MESSAGE_BYTES_MAX => {
                Incoming::Refuse(Close::TooBig)
            }
            Message::Text(text) => frames::parse(&text).map_or(Incoming::Invalid, Incoming::Frame),
            Message::Binary(audio) if audio.len() > MESSAGE_BYTES_MAX => {
                Incoming::Refuse(Close::TooBig)
            }
            Message::Binary(audio) => Incoming::Audio(audio.len()),
            Message::Ping(_) | Message::Pong(_) => Incoming::Alive,
            Message::Close(_) => Incoming::Gone,
        }
    }

    /// `false` when the line is gone.
    pub async fn send(&mut self, clock: &crate::edge::Clock, frame: &ServerFrame) -> bool {
        let text = serde_json::to_string(frame).expect("frames have string keys only");
        self.deliver(clock, Message::Text(text.into())).await
    }

    pub async fn ping(&mut self, clock: &crate::edge::Clock) -> bool {
        self.deliver(clock, Message::Ping(Default::default())).await
    }

    pub async fn close(mut self, clock: &crate::edge::Clock, close: Close) {
        // What the browser had under way is read and dropped until it answers: closing over unread bytes would reset
        // the connection, and the code might never arrive. The browser may be gone already; then there is nobody to tell.
        let goodbye = async {
            if self
                .socket
                .send(Message::Close(Some(close.frame())))
                .await
                .is_ok()
            {
                while let Some(Ok(_)) = self.socket.recv().await {}
            }
        };
        clock.timeout(CLOSE_WAIT, goodbye).await;
    }

    async fn deliver(&mut self, clock: &crate::edge::Clock, message: Message) -> bool {
        matches!(
            clock.timeout(SEND_TIMEOUT, self.socket.send(message)).await,
            Some(Ok(()))
        )
    }

    fn within_rate(&mut self, now: Timestamp) -> bool {
        let elapsed = now.since(self.refilled_at).as_secs_f64();
        self.refilled_at = now;
        self.allowance = (self.allowance + elapsed * MESSAGES_PER_SECOND).min(MESSAGES_BURST) - 1.0;
        self.allowance >= 0.0
    }
}
