//! One JVM: started in its jail, talked to over pipes, ended after its run.
//!
//! An order and its reply carry the same nonce; anything else that comes over the pipe of replies is the candidate's
//! doing and makes the run a failed one. Standard output and error have pipes of their own, drained all the time and
//! kept up to the limit.

use super::{
    jail::{Jail, ORDERS, REPLIES, RUNNER},
    runtime::Runtime,
};
use interviewd_domain::run::Limits;
use interviewd_wasm::{Answer, End};
use parking_lot::Mutex;
use std::{
    fs,
    io::{self, PipeReader, PipeWriter, Read, Write},
    os::{
        fd::{AsRawFd, RawFd},
        unix::process::{CommandExt, ExitStatusExt},
    },
    path::Path,
    process::{Child, ChildStderr, ChildStdout, ExitStatus, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

/// Start-up with a round of warming up takes less than a second; a machine under load gets more.
const READY_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a JVM that says it ends may take to do so.
const EXIT_TIMEOUT: Duration = Duration::from_secs(1);

const NONCE_BYTES: usize = 16;
/// Nonce, whether something was left running, length.
const HEADER_BYTES: usize = NONCE_BYTES + 1 + 4;
/// The runner stops at 16 MB of result, with a sentence that says so.
const REPLY_BYTES_MAX: usize = 17 << 20;

const READ_BYTES: usize = 64 << 10;

pub struct Jvm {
    child: Arc<Mutex<Child>>,
    orders: PipeWriter,
    replies: PipeReader,
    stdout: ChildStdout,
    stderr: ChildStderr,
}

/// What came of an order.
pub struct Exchange {
    pub answer: Answer,
    /// Whether the JVM can take another order of the same run.
    pub alive: bool,
    /// Somebody from outside killed the JVM, or the kernel did for want of memory.
    pub was_killed: bool,
}

impl Jvm {
    /// Blocks until the JVM is ready.
    pub fn start(
        runtime: &Runtime,
        executable: &Path,
        jail: &Jail,
        rounds: u32,
    ) -> Result<Jvm, String> {
        let mut jvm = Jvm::spawn(runtime, executable, jail, rounds)
            .map_err(|error| format!("a JVM could not be started: {error}"))?;
        let mut reading = Reading::default();
        match jvm.listen(&[], Instant::now() + READY_TIMEOUT, 4096, &mut reading) {
            Heard::Reply if reading.reply[..NONCE_BYTES] == [0; NONCE_BYTES] => Ok(jvm),
            Heard::TimedOut => {
                jvm.end();
                Err("a JVM was not ready in time".to_owned())
            }
            _ => {
                let status = jvm.end();
                let told = String::from_utf8_lossy(&reading.stderr.kept).into_owned();
                let told = told + &String::from_utf8_lossy(&reading.stdout.kept);
                let first = told.lines().next().unwrap_or_default();
                Err(format!(
                    "a JVM ended before it was ready ({status}): {first}"
                ))
            }
        }
    }

    fn spawn(runtime: &Runtime, executable: &Path, jail: &Jail, rounds: u32) -> io::Result<Jvm> {
        let (for_jvm, orders) = io::pipe()?;
        let (replies, from_jvm) = io::pipe()?;
        let inherited = [
            (for_jvm.as_raw_fd(), ORDERS),
            (from_jvm.as_raw_fd(), REPLIES),
            (runtime.folder.as_raw_fd(), RUNNER),
        ];
        let mut command = runtime.command(executable, jail, rounds);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        // SAFETY: only `fcntl` and `dup2` between fork and exec.
        unsafe {
            command.pre_exec(move || {
                let mut away = [0; 3];
                // First out of the way, since these numbers may be each other's.
                for (at, (from, _)) in inherited.iter().enumerate() {
                    away[at] = libc::fcntl(*from, libc::F_DUPFD_CLOEXEC, 10);
                    if away[at] < 0 {
                        return Err(io::Error::last_os_error());
                    }
                }
                for (at, (_, to)) in inherited.iter().enumerate() {
                    if libc::dup2(away[at], *to) < 0 {
                        return Err(io::Error::last_os_error());
                    }
                }
                Ok(())
            });
        }
        let mut child = command.spawn()?;
        let stdout = child.stdout.take().expect("stdout is piped");
        let stderr = child.stderr.take().expect("stderr is piped");
        for pipe in [
            orders.as_raw_fd(),
            replies.as_raw_fd(),
            stdout.as_raw_fd(),
            stderr.as_raw_fd(),
        ] {
            crate::sandbox::pool::never_block(pipe)?;
        }
        Ok(Jvm {
            child: Arc::new(Mutex::new(child)),
            orders,
            replies,
            stdout,
            stderr,
        })
    }

    pub fn process_id(&self) -> u32 {
        self.child.lock().id()
    }

    /// To kill it by.
    pub fn child(&self) -> Arc<Mutex<Child>> {
        self.child.clone()
    }

    /// Blocks until there is a reply, the time is up, or the JVM is dead.
    pub fn exchange(&mut self, job: &[u8], limits: &Limits) -> Exchange {
        let Ok(nonce) = nonce() else {
            return Exchange::failed("no randomness");
        };
        let mut frame = Vec::with_capacity(NONCE_BYTES + 4 + job.len());
        frame.extend_from_slice(&nonce);
        frame.extend_from_slice(&(job.len() as u32).to_be_bytes());
        frame.extend_from_slice(job);
        // Whatever was written between two orders belongs to neither.
        self.drain(&mut Reading::default(), 0);
        let mut reading = Reading::default();
        let started = Instant::now();
        let deadline = started + Duration::from_millis(limits.case_ms);
        let heard = self.listen(&frame, deadline, limits.output_bytes, &mut reading);
        let duration_us = started.elapsed().as_micros() as u64;
        let (mut alive, mut was_killed, mut starved) = (false, false, false);
        let end = match heard {
            Heard::Reply if reading.reply[..NONCE_BYTES] == nonce => {
                let text = String::from_utf8_lossy(&reading.reply[HEADER_BYTES..]).into_owned();
                if text == r#"{"status":"exited"}"# {
                    let status = self.wait(EXIT_TIMEOUT);
                    self.drain(&mut reading, limits.output_bytes);
                    match status.and_then(|status| status.code()) {
                        Some(code) => End::Exited(code),
                        None => trapped("said that it ends and did not"),
                    }
                } else {
                    alive = reading.reply[NONCE_BYTES] == 0;
                    End::Returned(text)
                }
            }
            Heard::Reply => trapped("a reply to something else"),
            Heard::TooLong => End::ReplyTooLong,
            Heard::Flooded => End::OutputLimit,
            Heard::TimedOut => End::Timeout,
            Heard::Gone => {
                let status = self.wait(EXIT_TIMEOUT);
                self.drain(&mut reading, limits.output_bytes);
                was_killed = status.and_then(|status| status.signal()) == Some(libc::SIGKILL)
                    // How bubblewrap tells it.
                    || status.and_then(|status| status.code()) == Some(128 + libc::SIGKILL);
                // A JVM that gets no memory from the system says so, and aborts.
                starved = was_killed || reading.tells_of_memory();
                trapped("the JVM ended")
            }
        };
        let end = match reading.stdout.overflowed || reading.stderr.overflowed {
            true => End::OutputLimit,
            false => end,
        };
        if !alive {
            self.end();
        }
        Exchange {
            answer: Answer {
                end,
                stdout: reading.stdout.text(),
                stderr: reading.stderr.text(),
                starved,
                duration_us,
            },
            alive,
            was_killed,
        }
    }

    /// Sends what there is to send, and listens to everything, until a reply is complete.
    fn listen(
        &mut self,
        mut unsent: &[u8],
        deadline: Instant,
        output_bytes: usize,
        reading: &mut Reading,
    ) -> Heard {
        loop {
            while !unsent.is_empty() {
                match self.orders.write(unsent) {
                    Ok(n) => unsent = &unsent[n..],
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(_) => return Heard::Gone,
                }
            }
            let replied = reading.fill(&mut self.replies);
            self.drain(reading, output_bytes);
            // What comes after the first byte that does not fit would be thrown away anyhow.
            if reading.stdout.overflowed || reading.stderr.overflowed {
                return Heard::Flooded;
            }
            match replied {
                Filled::Complete => {
                    // What was written before the reply is in its pipe by now.
                    return Heard::Reply;
                }
                Filled::TooLong => return Heard::TooLong,
                Filled::Closed => return Heard::Gone,
                Filled::Partly => {}
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Heard::TimedOut;
            }
            let mut polled = [
                poll(self.replies.as_raw_fd(), libc::POLLIN),
                poll(self.stdout.as_raw_fd(), libc::POLLIN),
                poll(self.stderr.as_raw_fd(), libc::POLLIN),
                poll(self.orders.as_raw_fd(), libc::POLLOUT),
            ];
            // A stream that the code has closed would be ready for ever.
            for (at, stream) in [(1, &reading.stdout), (2, &reading.stderr)] {
                if stream.closed {
                    polled[at].fd = -1;
                }
            }
            if unsent.is_empty() {
                polled[3].fd = -1;
            }
            let timeout_ms = i32::try_from(left.as_millis() + 1).unwrap_or(i32::MAX);
            // SAFETY: a live array and its length.
            unsafe {
                libc::poll(
                    polled.as_mut_ptr(),
                    polled.len() as libc::nfds_t,
                    timeout_ms,
                )
            };
        }
    }

    fn drain(&mut self, reading: &mut Reading, output_bytes: usize) {
        reading.stdout.fill(&mut self.stdout, output_bytes);
        reading.stderr.fill(&mut self.stderr, output_bytes);
    }

    fn wait(&mut self, at_most: Duration) -> Option<ExitStatus> {
        const STEP: Duration = Duration::from_millis(1);
        let deadline = Instant::now() + at_most;
        loop {
            match self.child.lock().try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if Instant::now() < deadline => {}
                _ => return None,
            }
            std::thread::sleep(STEP);
        }
    }

    /// Kills and reaps; says how it ended.
    pub fn end(&mut self) -> String {
        let mut child = self.child.lock();
        let _ = child.kill();
        child
            .wait()
            .map_or_else(|error| error.to_string(), |status| status.to_string())
    }
}

impl Drop for Jvm {
    fn drop(&mut self) {
        self.end();
    }
}

impl Exchange {
    fn failed(reason: &str) -> Exchange {
        Exchange {
            answer: Answer {
                end: trapped(reason),
                stdout: String::new(),
                stderr: String::new(),
                starved: false,
                duration_us: 0,
            },
            alive: false,
            was_killed: false,
        }
    }
}

fn trapped(reason: &str) -> End {
    End::Trapped {
        reason: reason.to_owned(),
    }
}

enum Heard {
    Reply,
    TooLong,
    Flooded,
    TimedOut,
    Gone,
}

/// What has arrived so far.
#[derive(Default)]
struct Reading {
    reply: Vec<u8>,
    stdout: Stream,
    stderr: Stream,
}

enum Filled {
    Complete,
    Partly,
    TooLong,
    Closed,
}

impl Reading {
    fn fill(&mut self, from: &mut impl Read) -> Filled {
        loop {
            let wanted = match self.reply.get(NONCE_BYTES + 1..HEADER_BYTES) {
                Some(length) => {
                    let length = u32::from_be_bytes(length.try_into().expect("four bytes"));
                    HEADER_BYTES + length as usize
                }
                None => HEADER_BYTES,
            };
            if wanted > REPLY_BYTES_MAX {
                return Filled::TooLong;
            }
            if self.reply.len() >= HEADER_BYTES && self.reply.len() == wanted {
                return Filled::Complete;
            }
            let before = self.reply.len();
            // In steps: the length is only a claim.
            let step = (wanted - before).min(READ_BYTES);
            self.reply.resize(before + step, 0);
            let read = from.read(&mut self.reply[before..]);
            self.reply
                .truncate(before + read.as_ref().copied().unwrap_or(0));
            match read {
                Ok(0) => return Filled::Closed,
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Filled::Partly,
                Err(_) => return Filled::Closed,
            }
        }
    }

    fn tells_of_memory(&self) -> bool {
        [&self.stdout, &self.stderr].iter().any(|stream| {
            let text = String::from_utf8_lossy(&stream.kept);
            text.contains("insufficient memory") || text.contains("java.lang.OutOfMemoryError")
        })
    }
}

#[derive(Default)]
struct Stream {
    kept: Vec<u8>,
    overflowed: bool,
    closed: bool,
}

impl Stream {
    fn fill(&mut self, from: &mut impl Read, bytes_max: usize) {
        // At most so much at a time: somebody may write faster than this reads.
        const ROUNDS_MAX: usize = 64;
        let mut buffer = [0; 8 << 10];
        for _ in 0..ROUNDS_MAX {
            match from.read(&mut buffer) {
                Ok(0) => {
                    self.closed = true;
                    return;
                }
                Ok(n) => {
                    let room = n.min(bytes_max.saturating_sub(self.kept.len()));
                    self.kept.extend_from_slice(&buffer[..room]);
                    self.overflowed |= room < n && bytes_max > 0;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return,
            }
        }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.kept).into_owned()
    }
}

fn poll(fd: RawFd, events: i16) -> libc::pollfd {
    libc::pollfd {
        fd,
        events,
        revents: 0,
    }
}

fn nonce() -> io::Result<[u8; NONCE_BYTES]> {
    let mut nonce = [0; NONCE_BYTES];
    fs::File::open("/dev/urandom")?.read_exact(&mut nonce)?;
    Ok(nonce)
}
