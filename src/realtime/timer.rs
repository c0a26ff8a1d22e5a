//! The one clock of all interviews: warnings, the end of the time, candidates who do not come back; and the row that
//! tells the next start how long the server was away.

use crate::{
    access::Gate,
    engine::{self, Engine},
    store::{Store, StoreError, tables},
};
use interviewd_domain::{
    ids::{ConnectionId, SnapshotId},
    interview::Command,
    time::Timestamp,
};
use std::time::Duration;

/// How exactly time runs out.
const TICK: Duration = Duration::from_secs(1);
/// How often the server writes that it is alive; at most so much time is not given back after a crash.
const ALIVE_EVERY_TICKS: u64 = 5;

/// Gives back the time that the server was down, and takes every seat as empty. Before anyone can connect.
pub async fn resume(store: &Store, gate: &Gate, engine: &Engine) -> Result<(), engine::Error> {
    let now = engine.clock().now();
    let last_alive = store.read(|tx| tx.get(tables::LAST_ALIVE, &()))?;
    for system in gate.open_interviews()? {
        let Some(interview) = store.read(|tx| tx.get(tables::INTERVIEWS, &system_key(&system)))?
        else {
            continue;
        };
        if let (Some(last_alive), true) = (last_alive, interview.activated_at.is_some()) {
            // Whatever happened here was stored by a living server, so the interview's own clock never goes back.
            let last_event = last_event_at(store, &system)?;
            let away = now.since(last_event.map_or(last_alive, |at| at.max(last_alive)));
            engine
                .apply(
                    &system,
                    Command::ReturnTime {
                        ms: away.as_millis() as u64,
                    },
                )
                .await?;
        }
        // A fresh seat taken and left again counts the absence from now on, not from before the crash.
        let connection = interview
            .connection
            .unwrap_or_else(|| ConnectionId::new(now, engine.entropy().u128()));
        if interview.activated_at.is_some() {
            if interview.connection.is_none() {
                engine
                    .apply(&system, Command::Connect { connection })
                    .await?;
            }
            engine
                .apply(&system, Command::Disconnect { connection })
                .await?;
        }
    }
    mark_alive(store, now).await?;
    Ok(())
}

fn last_event_at(
    store: &Store,
    system: &crate::access::System,
) -> Result<Option<Timestamp>, StoreError> {
    let (candidate, interview) = system_key(system);
    let last = store.read(|tx| {
        tx.range(
            tables::INTERVIEW_EVENTS,
            tables::events_of(candidate, interview),
        )?
        .next_back()
        .transpose()
    })?;
    Ok(last.map(|(_, event)| event.at))
}

fn system_key(
    system: &crate::access::System,
) -> (
    interviewd_domain::ids::AccountId,
    interviewd_domain::ids::InterviewId,
) {
    use crate::access::Holder;
    (system.candidate(), system.interview())
}

/// Ticks until told to stop.
pub async fn run(store: Store, gate: Gate, engine: Engine, mut stop: crate::edge::Stop) {
    let clock = engine.clock().clone();
    for tick in 0u64.. {
        if tick % ALIVE_EVERY_TICKS == 0
            && let Err(error) = mark_alive(&store, clock.now()).await
        {
            tracing::error!("The sign of life could not be written: {error}");
        }
        if let Err(error) = tick_all(&gate, &engine).await {
            tracing::error!("The timer could not go on: {error}");
        }
        tokio::select! {
            () = clock.sleep(TICK) => {}
            () = stop.stopped() => break,
        }
    }
}

/// One look at every open interview.
pub async fn tick_all(gate: &Gate, engine: &Engine) -> Result<(), engine::Error> {
    for system in gate.open_interviews()? {
        let snapshot = SnapshotId::new(engine.clock().now(), engine.entropy().u128());
        match engine
            .apply_if_due(&system, Command::Tick { snapshot })
            .await
        {
            Ok(_) | Err(engine::Error::Gone) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn mark_alive(store: &Store, now: Timestamp) -> Result<(), StoreError> {
    store
        .write(move |tx| tx.put(tables::LAST_ALIVE, &(), &now))
        .await
}
