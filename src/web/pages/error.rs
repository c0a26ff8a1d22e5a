//! Error pages: what happened, in one sentence, and what to do next.

use crate::web::{error::Error, filters, frame::Frame};

#[derive(askama::Template)]
#[template(path = "pages/error.html")]
pub struct ErrorPage {
    pub frame: Frame,
    pub status: u16,
    /// What the refusal says; empty = the usual sentence for the status.
    pub message: String,
    /// From `Retry-After`; seconds.
    pub retry_after: Option<u64>,
    /// For the operator's log; empty = none.
    pub request_id: String,
}

/// The page for an error; the usual sentence of the status unless the error has a better one.
pub fn of(frame: Frame, error: &Error) -> ErrorPage {
    let message = match error {
        Error::NotFound
        | Error::SignedOut
        | Error::MethodNotAllowed
        | Error::Ours { .. }
        | Error::TooMany { .. } => String::new(),
        other => other.to_string(),
    };
    ErrorPage {
        frame,
        status: error.status().as_u16(),
        message,
        retry_after: error
            .retry_after()
            .map(|wait| wait.as_millis().div_ceil(1000).max(1) as u64),
        request_id: String::new(),
    }
}

/// A way on from an error page.
struct Step {
    href: &'static str,
    label: &'static str,
    icon: &'static str,
}

impl ErrorPage {
    fn heading(&self) -> &'static str {
        match self.status {
            401 => "Please log in first.",
            402 => "No credits left.",
            403 => "This door is closed.",
            404 => "Nothing is kept here.",
            405 | 409 | 422 | 400 => "That did not fit.",
            413 => "That was too much at once.",
            429 => "A little slower, please.",
            503 => "Busy just now.",
            _ => "Something broke on our side.",
        }
    }

    fn sentence(&self) -> String {
        if !self.message.is_empty() {
            return self.message.clone();
        }
        match self.status {
            401 => "The page that you asked for belongs to an account.",
            402 => "An interview uses one credit. Whoever runs this server can give you more.",
            403 => "The form may have been open for too long, or the page is for someone else. Go back, reload it and try again.",
            404 => "The address may be mistyped, or the page belongs to another account.",
            405 | 409 | 422 | 400 => "The server could not make sense of that request. Go back and try once more.",
            413 => "What was sent is larger than the server takes. Shorten it and try again.",
            429 => "There were more requests in a minute than this server allows for one person.",
            503 => "Every place is taken for the moment. Nothing was lost.",
            _ => "It has been written to the server's log. Your code and your interview are stored.",
        }
        .into()
    }

    fn steps(&self) -> Vec<Step> {
        let again = Step {
            href: "",
            label: "Try again",
            icon: "rotate-ccw",
        };
        let home = if self.frame.user.is_some() {
            Step {
                href: "/dashboard",
                label: "To your interviews",
                icon: "arrow-right",
            }
        } else {
            Step {
                href: "/",
                label: "To the first page",
                icon: "arrow-right",
            }
        };
        let problems = Step {
            href: "/problems",
            label: "Browse problems",
            icon: "arrow-right",
        };
        let login = Step {
            href: "/login",
            label: "Log in",
            icon: "log-in",
        };
        match self.status {
            401 => vec![login, home],
            404 => vec![home, problems],
            429 | 500.. => vec![again, home],
            _ => vec![home],
        }
    }
}
