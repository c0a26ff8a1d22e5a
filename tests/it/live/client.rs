//! A person at a browser: signs up, starts, talks over the socket. Waits are for events and bounded.

use super::{PATIENCE, eventually};
use futures_util::{SinkExt, StreamExt};
use interviewd::edge::Clock;
use reqwest::{Method, header};
use serde_json::{Value, json};
use std::{collections::VecDeque, net::SocketAddr, time::Duration};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{Message, client::IntoClientRequest, http::HeaderValue},
};

const PASSWORD: &str = "seven green bicycles";

/// One browser with its cookie.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    pub server: SocketAddr,
    cookie: String,
    pub user: Value,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: header::HeaderMap,
    pub body: Value,
}

impl Answer {
    /// The body, when the status is as it should be.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        self.body
    }

    /// `error.code`.
    pub fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }
}

impl Client {
    /// A new account.
    pub async fn sign_up(server: SocketAddr, name: &str) -> Client {
        let mut client = Client {
            http: reqwest::Client::new(),
            server,
            cookie: String::new(),
            user: Value::Null,
        };
        let body = json!({ "email": format!("{name}@example.org"), "password": PASSWORD, "name": name, "acceptTerms": true });
        let answer = client.post("/api/auth/signup", body).await;
        let cookie = answer
            .headers
            .get(header::SET_COOKIE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        client.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        client.user = answer.expect(201)["user"].clone();
        assert!(
            !client.cookie.is_empty(),
            "signing up sets the login cookie"
        );
        client
    }

    /// The same browser at the same server's new address.
    pub fn at(mut self, server: SocketAddr) -> Client {
        self.server = server;
        self
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, None)
            .await
            .expect("the server answers")
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::POST, path, Some(body))
            .await
            .expect("the server answers")
    }

    /// `None`: the server is gone.
    pub async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Option<Answer> {
        let mut request = self
            .http
            .request(method, format!("http://{}{path}", self.server))
            .header(header::ORIGIN, format!("http://{}", self.server))
            .header(header::COOKIE, &self.cookie)
            .timeout(PATIENCE * 2);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.ok()?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.ok()?;
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Some(Answer {
            status,
            headers,
            body,
        })
    }

    /// Starts an interview of half an hour: the answer of `start`.
    pub async fn start(&self, slug: &str, language: &str) -> Value {
        let body =
            json!({ "problem": slug, "language": language, "durationMinutes": 30, "mode": "text" });
        self.post("/api/sessions/start", body).await.expect(201)
    }

    pub async fn token(&self, session: &str) -> String {
        let answer = self
            .post("/api/realtime/token", json!({ "sessionId": session }))
            .await
            .expect(200);
        answer["token"].as_str().expect("a token").to_owned()
    }

    /// Opens the socket with a fresh token and waits for the state.
    pub async fn connect(&self, session: &str) -> (Socket, Value) {
        let mut socket = Socket::open(self.server, &self.token(session).await).await;
        let state = socket
            .until("the state", |frame| frame["type"] == "session.state")
            .await;
        (socket, state)
    }

    /// The events of the replay.
    pub async fn replay(&self, session: &str) -> Vec<Value> {
        let body = self
            .get(&format!("/api/sessions/{session}/replay"))
            .await
            .expect(200);
        body["events"].as_array().expect("events").clone()
    }

    /// The evaluation, once it is no longer pending.
    pub async fn evaluation(&self, session: &str, patience: Duration) -> Value {
        let path = format!("/api/sessions/{session}/evaluation");
        eventually("the evaluation", patience, async || {
            let body = self.get(&path).await.expect(200);
            (body["status"] != "pending").then_some(body)
        })
        .await
    }
}

/// What a socket says next.
#[derive(Debug)]
pub enum Heard {
    Frame(Value),
    /// Closed in order, with this code.
    Closed(u16),
    /// Lost without a word.
    Lost,
}

/// An open live socket. Frames that nobody has asked for yet are kept in order.
pub struct Socket {
    line: WebSocketStream<MaybeTlsStream<TcpStream>>,
    unasked: VecDeque<Value>,
    ended: Option<u16>,
    /// Everything that the server sent, the answer to the handshake and closing words included, as bytes.
    pub record: Vec<Vec<u8>>,
}

impl Socket {
    /// Opens the socket with this token, as a page of the server's own would.
    pub async fn open(server: SocketAddr, token: &str) -> Socket {
        Socket::try_open(server, token)
            .await
            .expect("the socket opens")
    }

    pub async fn try_open(server: SocketAddr, token: &str) -> Option<Socket> {
        let mut request = format!("ws://{server}/ws")
            .into_client_request()
            .expect("an address");
        let offer = format!("interviewd.v1, token.{token}");
        request.headers_mut().insert(
            "sec-websocket-protocol",
            HeaderValue::from_str(&offer).ok()?,
        );
        request.headers_mut().insert(
            "origin",
            HeaderValue::from_str(&format!("http://{server}")).ok()?,
        );
        let (line, response) = tokio_tungstenite::connect_async_with_config(request, None, true)
            .await
            .ok()?;
        assert_eq!(
            response.headers()["sec-websocket-protocol"],
            "interviewd.v1"
        );
        Some(Socket {
            line,
            unasked: VecDeque::new(),
            ended: None,
            record: vec![format!("{response:?}").into_bytes()],
        })
    }

    /// `false`: the line is gone.
    pub async fn send(&mut self, frame: Value) -> bool {
        self.send_text(frame.to_string()).await
    }

    pub async fn send_text(&mut self, text: String) -> bool {
        self.line.send(Message::text(text)).await.is_ok()
    }

    pub async fn hear(&mut self) -> Heard {
        loop {
            let message = self.line.next().await;
            self.record
                .extend(message.iter().flatten().map(|sent| match sent {
                    Message::Close(Some(frame)) => frame.reason.as_bytes().to_vec(),
                    other => other.clone().into_data().to_vec(),
                }));
            match message {
                Some(Ok(Message::Text(text))) => {
                    return Heard::Frame(serde_json::from_str(&text).expect("frames are JSON"));
                }
                Some(Ok(Message::Close(frame))) => {
                    let code = frame.map_or(1005, |frame| frame.code.into());
                    self.ended = Some(code);
                    return Heard::Closed(code);
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return self.ended.map_or(Heard::Lost, Heard::Closed),
            }
        }
    }

    /// The first frame that fits, among those that came and those that come. `None`: the line ended before.
    pub async fn find(
        &mut self,
        what: &str,
        mut fits: impl FnMut(&Value) -> bool,
    ) -> Option<Value> {
        if let Some(at) = self.unasked.iter().position(&mut fits) {
            return self.unasked.remove(at);
        }
        let clock = Clock::real();
        let found = clock.timeout(PATIENCE, async {
            loop {
                match self.hear().await {
                    Heard::Frame(frame) if fits(&frame) => return Some(frame),
                    Heard::Frame(frame) => self.unasked.push_back(frame),
                    Heard::Closed(_) | Heard::Lost => return None,
                }
            }
        });
        match found.await {
            Some(found) => found,
            None => panic!(
                "waited {PATIENCE:?} in vain for {what}; what came instead: {:#?}",
                self.unasked
            ),
        }
    }

    /// Like [`Self::find`], on a line that must not end.
    pub async fn until(&mut self, what: &str, fits: impl FnMut(&Value) -> bool) -> Value {
        match self.find(what, fits).await {
            Some(frame) => frame,
            None => panic!(
                "the line ended ({:?}) before {what}; what came: {:#?}",
                self.ended, self.unasked
            ),
        }
    }

    /// The next final line of the interviewer.
    pub async fn interviewer(&mut self) -> String {
        let line = self
            .until("a line of the interviewer", |frame| {
                is_final_caption(frame, "interviewer")
            })
            .await;
        line["text"].as_str().expect("text").to_owned()
    }

    /// The close code, once the server closes; everything before is dropped.
    pub async fn closed(&mut self) -> u16 {
        let clock = Clock::real();
        let closed = clock.timeout(PATIENCE, async {
            loop {
                match self.hear().await {
                    Heard::Frame(_) => {}
                    Heard::Closed(code) => return code,
                    Heard::Lost => panic!("the line was lost without a close code"),
                }
            }
        });
        closed.await.expect("the server closes the line in time")
    }

    /// Types code; returns once it is on disk.
    pub async fn type_code(&mut self, code: &str, language: &str, revision: u64) {
        self.send(json!({ "type": "code_edit", "code": code, "language": language, "revision": revision })).await;
        self.until("code.saved", |frame| {
            frame["type"] == "code.saved" && frame["revision"] == revision
        })
        .await;
    }

    /// Says something; returns once it is on disk.
    pub async fn say(&mut self, text: &str) {
        self.send(json!({ "type": "user_text", "text": text }))
            .await;
        self.until("one's own caption", |frame| {
            is_final_caption(frame, "candidate") && frame["text"] == text
        })
        .await;
    }
}

pub fn is_final_caption(frame: &Value, role: &str) -> bool {
    frame["type"] == "caption" && frame["role"] == role && frame["final"] == true
}
