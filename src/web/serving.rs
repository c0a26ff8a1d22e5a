//! The public listener: accepts until told to stop, then lets open requests finish.

use super::{Web, router};
use axum::serve::ListenerExt;
use std::{io, net::SocketAddr, time::Duration};
use tokio::net::TcpListener;

/// How long requests that are under way are waited for.
const FINISH: Duration = Duration::from_secs(10);

/// Serves until `interrupted` resolves. Live sockets are told to come back; other requests are finished.
pub async fn serve(
    listener: TcpListener,
    web: Web,
    interrupted: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (tasks, clock) = (web.tasks.clone(), web.clock.clone());
    // A live socket sends many small frames, and each is to arrive at once, not with the next one.
    let listener = listener.tap_io(|line| {
        if let Err(error) = line.set_nodelay(true) {
            tracing::debug!("A connection keeps its delay: {error}");
        }
    });
    let service = router(web).into_make_service_with_connect_info::<SocketAddr>();
    let stopping = tasks.clone();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        interrupted.await;
        tracing::info!("Stopping: open requests are finished first.");
        stopping.stop();
    });
    let mut stopped = tasks.stop_signal();
    tokio::select! {
        outcome = async { server.await } => outcome,
        () = async { stopped.stopped().await; clock.sleep(FINISH).await } => Ok(()),
    }
}
