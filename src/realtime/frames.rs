//! The live socket's vocabulary, as `docs/api.md` says it. Client messages are hostile: anything that is not exactly
//! one of [`ClientFrame`] is answered with `invalid_payload` and goes nowhere.

use interviewd_domain::{
    interview::{Phase, Speaker},
    problem::Language,
    run::SOURCE_BYTES_MAX,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// A message over this closes the socket with 1009.
pub const MESSAGE_BYTES_MAX: usize = 64 * 1024;
/// Bytes of one binary frame: 100 ms of 16-bit mono PCM at 24 kHz.
pub const AUDIO_FRAME_BYTES: usize = 4_800;

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "type", deny_unknown_fields)]
pub enum ClientFrame {
    #[serde(rename = "input_audio_buffer.append")]
    Audio { audio: String },
    #[serde(rename = "input_audio_buffer.commit")]
    Commit,
    #[serde(rename = "response.cancel", rename_all = "camelCase")]
    Cancel { played_ms: u64 },
    #[serde(rename = "playback", rename_all = "camelCase")]
    Playback { item_id: String, played_ms: u64 },
    #[serde(rename = "user_text")]
    UserText { text: String },
    #[serde(rename = "code_edit")]
    CodeEdit {
        code: String,
        language: Language,
        revision: u64,
        #[serde(default)]
        cursor: Option<Value>,
    },
    #[serde(rename = "thinking")]
    Thinking { on: bool },
    #[serde(rename = "session.ping")]
    Ping,
}

/// Reads one text frame; `None` for everything that is not exactly a known message within its bounds.
pub fn parse(text: &str) -> Option<ClientFrame> {
    let frame: ClientFrame = serde_json::from_str(text).ok()?;
    match &frame {
        ClientFrame::CodeEdit { code, .. } if code.len() > SOURCE_BYTES_MAX => None,
        ClientFrame::Playback { item_id, .. } if item_id.len() > 64 => None,
        _ => Some(frame),
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type")]
pub enum ServerFrame {
    #[serde(rename = "code.saved")]
    CodeSaved { revision: u64 },
    #[serde(rename = "session.state")]
    State(Box<State>),
    #[serde(rename = "timer", rename_all = "camelCase")]
    Timer { remaining_ms: u64, phase: Phase },
    #[serde(rename = "ai.status")]
    AiStatus { status: AiStatus },
    #[serde(rename = "audio.clear", rename_all = "camelCase")]
    AudioClear { item_id: String },
    #[serde(rename = "caption", rename_all = "camelCase")]
    Caption {
        role: Role,
        item_id: String,
        text: String,
        r#final: bool,
        at_ms: u64,
    },
    #[serde(rename = "run.started", rename_all = "camelCase")]
    RunStarted { run_id: String, kind: Value },
    #[serde(rename = "run.finished", rename_all = "camelCase")]
    RunFinished { run_id: String, run: Value },
    #[serde(rename = "time_warning", rename_all = "camelCase")]
    TimeWarning { minutes: u32, remaining_ms: u64 },
    #[serde(rename = "provider")]
    Provider {
        name: &'static str,
        status: ProviderStatus,
    },
    #[serde(rename = "session.ended", rename_all = "camelCase")]
    Ended { reason: Value, summary_url: String },
    #[serde(rename = "session.pong")]
    Pong,
    #[serde(rename = "error")]
    Error { code: String, message: String },
}

/// The whole state, on every connect.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct State {
    pub status: &'static str,
    pub phase: Phase,
    pub remaining_ms: u64,
    pub duration_ms: u64,
    pub code: String,
    pub language: Language,
    pub revision: u64,
    /// The last code of the languages that were left.
    pub other_code: BTreeMap<Language, String>,
    pub thinking: bool,
    pub captions: Vec<Caption>,
    pub ai_status: AiStatus,
    pub mode: Value,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Caption {
    pub role: Role,
    pub item_id: String,
    pub text: String,
    pub r#final: bool,
    pub at_ms: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Candidate,
    Interviewer,
}

impl From<Speaker> for Role {
    fn from(speaker: Speaker) -> Role {
        match speaker {
            Speaker::Candidate => Role::Candidate,
            Speaker::Interviewer => Role::Interviewer,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AiStatus {
    Listening,
    Thinking,
    Speaking,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ProviderStatus {
    Connected,
    Reconnecting,
    Fallback,
    Unavailable,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exact_messages_are_taken() {
        assert_eq!(
            parse(r#"{"type":"user_text","text":"hi"}"#),
            Some(ClientFrame::UserText { text: "hi".into() })
        );
        assert_eq!(
            parse(r#"{"type":"response.cancel","playedMs":120}"#),
            Some(ClientFrame::Cancel { played_ms: 120 })
        );
        assert_eq!(parse(r#"{"type":"session.ping"}"#), Some(ClientFrame::Ping));
        for bad in [
            "",
            "[]",
            r#"{"type":"session.update","session":{}}"#,
            r#"{"type":"user_text"}"#,
            r#"{"type":"user_text","text":1}"#,
            r#"{"type":"user_text","text":"a","instructions":"b"}"#,
            r#"{"type":"code_edit","code":"x","language":"cobol","revision":1}"#,
            r#"{"type":"code_edit","code":"x","language":"python","revision":-1}"#,
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
        let long = "x".repeat(SOURCE_BYTES_MAX + 1);
        assert_eq!(
            parse(&format!(
                r#"{{"type":"code_edit","code":"{long}","language":"python","revision":1}}"#
            )),
            None
        );
    }

    #[test]
    fn frames_look_as_the_contract_says() {
        let frame = ServerFrame::Caption {
            role: Role::Interviewer,
            item_id: "a".into(),
            text: "Hi".into(),
            r#final: true,
            at_ms: 5,
        };
        assert_eq!(
            serde_json::to_string(&frame).unwrap(),
            r#"{"type":"caption","role":"interviewer","itemId":"a","text":"Hi","final":true,"atMs":5}"#
        );
        assert_eq!(
            serde_json::to_string(&ServerFrame::Timer {
                remaining_ms: 9,
                phase: Phase::WrapUp
            })
            .unwrap(),
            r#"{"type":"timer","remainingMs":9,"phase":"wrap_up"}"#
        );
    }
}
