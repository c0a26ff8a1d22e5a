fn main() {
    if std::env::args().nth(1).as_deref() == Some(interviewd::sandbox::worker::SUBCOMMAND) {
        interviewd::sandbox::worker::worker_main();
    }
}
