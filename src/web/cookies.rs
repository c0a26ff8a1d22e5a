//! The cookies: who is signed in, which forms this browser was given, which theme it likes.
//!
//! `__Host-` needs `Secure`, which browsers also accept from loopback over plain HTTP; anywhere else without HTTPS the
//! plain names are used and the pages say that safe logins need HTTPS.

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::cookie::CookieJar;

/// A sign-in lasts this long without being used.
pub const LOGIN_DAYS: u64 = 30;
const THEME_DAYS: u64 = 365;
const THEME: &str = "interviewd-theme";

/// How this server sets cookies; decided once from `server.public_url`.
#[derive(Debug, Clone, Copy)]
pub struct Cookies {
    secure: bool,
}

impl Cookies {
    /// `Secure` and `__Host-` when the public address is HTTPS or loopback.
    pub fn for_url(public_url: &url::Url) -> Cookies {
        Cookies {
            secure: public_url.scheme() == "https"
                || public_url.host_str().is_some_and(is_loopback),
        }
    }

    /// Whether logins are safe on this address; otherwise the pages show a banner.
    pub fn are_secure(self) -> bool {
        self.secure
    }

    pub fn login(self, headers: &HeaderMap) -> Option<String> {
        read(headers, self.login_name())
    }

    /// The random value that form tokens are bound to.
    pub fn form(self, headers: &HeaderMap) -> Option<String> {
        read(headers, self.form_name())
    }

    pub fn theme(self, headers: &HeaderMap) -> Option<&'static str> {
        match read(headers, THEME)?.as_str() {
            "light" => Some("light"),
            "dark" => Some("dark"),
            _ => None,
        }
    }

    pub fn set_login(self, secret: &str) -> HeaderValue {
        self.set(self.login_name(), secret, Some(LOGIN_DAYS * 86_400), true)
    }

    pub fn clear_login(self) -> HeaderValue {
        self.set(self.login_name(), "", Some(0), true)
    }

    pub fn set_form(self, value: &str) -> HeaderValue {
        self.set(self.form_name(), value, None, true)
    }

    /// `None` = as the system says.
    pub fn set_theme(self, theme: Option<&'static str>) -> HeaderValue {
        self.set(
            THEME,
            theme.unwrap_or_default(),
            Some(if theme.is_some() {
                THEME_DAYS * 86_400
            } else {
                0
            }),
            false,
        )
    }

    fn set(
        self,
        name: &str,
        value: &str,
        max_age_seconds: Option<u64>,
        http_only: bool,
    ) -> HeaderValue {
        let mut text = format!("{name}={value}; Path=/; SameSite=Lax");
        if let Some(seconds) = max_age_seconds {
            text.push_str(&format!("; Max-Age={seconds}"));
        }
        if http_only {
            text.push_str("; HttpOnly");
        }
        if self.secure {
            text.push_str("; Secure");
        }
        HeaderValue::from_str(&text).expect("names and values are base64 or words of ours")
    }

    fn login_name(self) -> &'static str {
        if self.secure {
            "__Host-interviewd"
        } else {
            "interviewd"
        }
    }

    fn form_name(self) -> &'static str {
        if self.secure {
            "__Host-interviewd-form"
        } else {
            "interviewd-form"
        }
    }
}

fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    CookieJar::from_headers(headers)
        .get(name)
        .map(|cookie| cookie.value().to_owned())
        .filter(|value| !value.is_empty())
}

/// Whether a host name or address means this very machine.
pub fn is_loopback(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    host == "localhost"
        || host.ends_with(".localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}
