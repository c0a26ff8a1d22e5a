//! The programs a guest is built with (python3 with pip, npm with node, cargo) and the one way to call them: quiet when
//! all is well, one clear sentence when not.

use std::ffi::OsStr;
use std::fmt::{self, Display};
use std::io::ErrorKind;
use std::path::Path;

/// How many lines of a failed program's complaint are worth showing.
const COMPLAINT_LINES: usize = 12;

/// A sentence for whoever typed `cargo build`.
pub struct Trouble(String);

impl Trouble {
    pub fn new(sentence: String) -> Self {
        Self(sentence)
    }

    pub fn file(what: &str, path: &Path, error: std::io::Error) -> Self {
        Self(format!("Could not {what} {}: {error}.", path.display()))
    }
}

impl Display for Trouble {
    // Cargo reads one line per message; the rest would be lost.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.trim().replace('\n', " | "))
    }
}

/// A program to run, with what to install when it is not there.
pub struct Command {
    command: std::process::Command,
    missing: &'static str,
}

impl Command {
    pub fn python() -> Self {
        let mut python = Self::new(
            "python3",
            "python3 is missing: the sandbox's guests are built with python3 (3.9 or newer) and pip; on Debian: apt install python3 python3-pip.",
        );
        // Neither the user's own packages nor stray bytecode may get into a guest.
        python
            .command
            .env("PYTHONNOUSERSITE", "1")
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env_remove("PYTHONPATH")
            .env_remove("PYTHONHOME")
            .env_remove("VIRTUAL_ENV");
        python
    }

    pub fn npm() -> Self {
        Self::new(
            "npm",
            "npm is missing: the JavaScript guest's snapshot tool comes from npm; install Node.js 18 or newer with npm; on Debian: apt install nodejs npm.",
        )
    }

    pub fn cargo() -> Self {
        Self::new(
            std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
            "cargo is missing.",
        )
    }

    /// A program that an earlier step has just fetched.
    pub fn fetched(program: &Path) -> Self {
        Self::new(
            program,
            "A tool that was just fetched cannot be started; this machine's platform may have no prebuilt version of it.",
        )
    }

    fn new(program: impl AsRef<OsStr>, missing: &'static str) -> Self {
        Self {
            command: std::process::Command::new(program),
            missing,
        }
    }

    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    pub fn args(mut self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.command.args(arguments);
        self
    }

    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn current_dir(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs to the end; `purpose` completes the sentence "Could not …".
    pub fn run(mut self, purpose: &str) -> Result<(), Trouble> {
        let output = match self.command.output() {
            Ok(output) => output,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(Trouble::new(self.missing.to_owned()));
            }
            Err(error) => {
                return Err(Trouble::new(format!(
                    "Could not {purpose}: {:?} does not start: {error}.",
                    self.command.get_program()
                )));
            }
        };
        if output.status.success() {
            return Ok(());
        }
        let mut complaint = String::from_utf8_lossy(&output.stdout).into_owned();
        complaint.push_str(&String::from_utf8_lossy(&output.stderr));
        let lines: Vec<&str> = complaint
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        let tail = lines[lines.len().saturating_sub(COMPLAINT_LINES)..].join("\n");
        Err(Trouble::new(format!(
            "Could not {purpose} ({}): {tail}",
            output.status
        )))
    }
}

/// Installs exactly what `requirements` pins, by hash, into `folder`.
pub fn pip_install(requirements: &Path, folder: &Path) -> Result<(), Trouble> {
    Command::python()
        .args(["-m", "pip", "--version"])
        .run("find pip for python3; install it (on Debian: apt install python3-pip)")?;
    Command::python()
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--require-hashes", "--target"])
        .arg(folder)
        .arg("-r")
        .arg(requirements)
        .run("fetch the pinned Python packages (the first build needs the network, later ones do not)")
}

/// Copies the files of a flat folder.
pub fn copy_files(from: &Path, to: &Path) -> Result<(), Trouble> {
    std::fs::create_dir_all(to).map_err(|error| Trouble::file("create", to, error))?;
    for entry in std::fs::read_dir(from).map_err(|error| Trouble::file("read", from, error))? {
        let path = entry
            .map_err(|error| Trouble::file("read", from, error))?
            .path();
        if let (true, Some(name)) = (path.is_file(), path.file_name()) {
            std::fs::copy(&path, to.join(name))
                .map_err(|error| Trouble::file("copy", &path, error))?;
        }
    }
    Ok(())
}
