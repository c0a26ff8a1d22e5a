//! The operator's side door: a Unix socket (mode 0600) in `data.dir`, one JSON line in, one JSON line out. Whoever may
//! open the socket may read the data file anyway, so that is the proof.

use crate::{
    access::{Gate, Operator},
    app::{App, Options},
    config::Config,
    edge::{Clock, Entropy},
    engine::{self, Engine},
    store::{Store, StoreError},
};
use anyhow::Context;
use interviewd_domain::{account::Role, interview::Refusal};
use serde::{Deserialize, Serialize};
use std::{os::unix::fs::PermissionsExt, path::Path};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream},
};

/// The socket's name in `data.dir`.
pub const SOCKET: &str = "control.sock";
const LINE_BYTES_MAX: u64 = 64 * 1024;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "request", rename_all = "snake_case")]
pub enum Request {
    GrantCredits { email: String, credits: u32 },
    SetRole { email: String, role: String },
    RerunEvaluation { session: String },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "reply", rename_all = "snake_case")]
pub enum Reply {
    Done { message: String },
    Refused { message: String },
}

/// Asks the running server, or does it here when none runs.
pub async fn ask(config: &Config, request: Request) -> anyhow::Result<Reply> {
    if let Ok(mut stream) = UnixStream::connect(config.data.dir.join(SOCKET)).await {
        stream
            .write_all(format!("{}\n", serde_json::to_string(&request)?).as_bytes())
            .await?;
        let mut line = String::new();
        BufReader::new(stream)
            .take(LINE_BYTES_MAX)
            .read_line(&mut line)
            .await?;
        return serde_json::from_str(&line)
            .context("the answer was not understood; are client and server the same version?");
    }
    let store = Store::open(&config.data.dir.join(crate::app::DATABASE))?;
    let app = App::assemble(
        config.clone(),
        store,
        Clock::real(),
        Entropy::os(),
        &Options::default(),
    )?;
    perform(&app.engine, &app.gate, request).await
}

/// Listens for requests until the tasks stop. A socket that a crash left behind is replaced.
pub fn listen(app: &App, path: &Path) -> anyhow::Result<()> {
    if path.exists() {
        std::fs::remove_file(path)
            .with_context(|| format!("{} cannot be replaced", path.display()))?;
    }
    let listener =
        UnixListener::bind(path).with_context(|| format!("{} cannot be made", path.display()))?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    let (engine, gate, mut stop, path) = (
        app.engine.clone(),
        app.gate.clone(),
        app.tasks.stop_signal(),
        path.to_owned(),
    );
    app.tasks.spawn("control socket", async move {
        loop {
            let stream = tokio::select! {
                accepted = listener.accept() => match accepted { Ok((stream, _)) => stream, Err(_) => continue },
                () = stop.stopped() => break,
            };
            if let Err(error) = answer(&engine, &gate, stream).await {
                tracing::warn!("A request on the control socket failed: {error}");
            }
        }
        drop(std::fs::remove_file(&path));
    });
    Ok(())
}

async fn answer(engine: &Engine, gate: &Gate, stream: UnixStream) -> anyhow::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    BufReader::new(read)
        .take(LINE_BYTES_MAX)
        .read_line(&mut line)
        .await?;
    let reply = match serde_json::from_str(&line) {
        Ok(request) => perform(engine, gate, request).await?,
        Err(_) => Reply::Refused {
            message: "The request was not understood.".to_owned(),
        },
    };
    write
        .write_all(format!("{}\n", serde_json::to_string(&reply)?).as_bytes())
        .await?;
    Ok(())
}

async fn perform(engine: &Engine, gate: &Gate, request: Request) -> anyhow::Result<Reply> {
    let operator = gate.operator();
    let done = match request {
        Request::GrantCredits { email, credits } => grant(engine, &operator, &email, credits).await,
        Request::SetRole { email, role } => set_role(engine, &operator, &email, &role).await,
        Request::RerunEvaluation { session } => rerun(engine, gate, &session).await,
    };
    Ok(match done {
        Ok(message) => Reply::Done { message },
        Err(engine::Error::Refused(refusal)) => Reply::Refused {
            message: refusal.to_string(),
        },
        Err(engine::Error::Gone) => Reply::Refused {
            message: "There is nothing of that name.".to_owned(),
        },
        Err(error) => return Err(error.into()),
    })
}

async fn grant(
    engine: &Engine,
    operator: &Operator,
    email: &str,
    credits: u32,
) -> Result<String, engine::Error> {
    let account = engine.grant_by_email(operator, email, credits).await?;
    Ok(format!("The account now has {} credits.", account.credits))
}

async fn set_role(
    engine: &Engine,
    operator: &Operator,
    email: &str,
    role: &str,
) -> Result<String, engine::Error> {
    let role = match role {
        "candidate" => Role::Candidate,
        "reviewer" => Role::Reviewer,
        "admin" => Role::Admin,
        _ => return Err(Refusal::NotAllowed.into()),
    };
    engine.set_role_by_email(operator, email, role).await?;
    Ok("The role is set.".to_owned())
}

async fn rerun(engine: &Engine, gate: &Gate, session: &str) -> Result<String, engine::Error> {
    let id = session.parse().map_err(|_| engine::Error::Gone)?;
    let system = gate
        .system(id)
        .map_err(|error: StoreError| engine::Error::Store(error))?
        .ok_or(engine::Error::Gone)?;
    engine
        .apply(
            &system,
            interviewd_domain::interview::Command::RequestEvaluation,
        )
        .await?;
    Ok("The evaluation is queued again.".to_owned())
}
