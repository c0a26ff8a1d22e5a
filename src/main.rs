//! The binary: the command line, or a sandbox worker when it was started as one.

fn main() {
    if std::env::args().nth(1).as_deref() == Some(interviewd::sandbox::worker::SUBCOMMAND) {
        interviewd::sandbox::worker::worker_main();
    }
}
