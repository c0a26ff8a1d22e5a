//! What an operator can set: a TOML file, overridden by the environment, checked as a whole, every mistake at once.
//!
//! `INTERVIEWD__SERVER__BIND=127.0.0.1:9000` sets `server.bind`; a key with `…_FILE` behind it names a file that holds
//! the value; lists are comma-separated in the environment. To add a key: a field with its default here, a line in
//! `config.example.toml` (a test compares the two), a check in [`Config::check`] when not every value will do.

use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fmt,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};
use toml::{Table, Value};

/// All settings, valid.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Config {
    pub server: Server,
    pub data: Data,
    pub problems: Problems,
    pub accounts: Accounts,
    pub limits: Limits,
    pub interview: Interview,
    pub voice: Voice,
    pub observer: Model,
    pub evaluator: Model,
    pub llm: Llm,
    pub sandbox: Sandbox,
    pub billing: Billing,
    pub oauth: OAuth,
    pub mail: Mail,
    pub internal: Internal,
    pub telemetry: Telemetry,
    #[serde(skip)]
    pub machine: Machine,
}

/// What the environment says about the machine, without being a setting of ours.
#[derive(Debug, Clone, Default)]
pub struct Machine {
    /// `JAVA_HOME`.
    pub java_home: Option<PathBuf>,
    /// The folders of `PATH`.
    pub path: Vec<PathBuf>,
}

/// A value that is never shown.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn expose(&self) -> &str {
        &self.0
    }

    pub fn is_set(&self) -> bool {
        !self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_set() {
            "Secret(set)"
        } else {
            "Secret(unset)"
        })
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
        // The library's own message would show the value.
        String::deserialize(deserializer)
            .map(Secret)
            .map_err(|_| serde::de::Error::custom("must be a text in quotes"))
    }
}

impl Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("")
    }
}

macro_rules! section {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty = $default:expr,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, Deserialize)]
        #[serde(default)]
        pub struct $name { $($(#[$field_doc])* pub $field: $kind,)* }
        impl Default for $name {
            fn default() -> $name { $name { $($field: $default,)* } }
        }
    };
}

section!(Server {
    bind: SocketAddr = SocketAddr::from(([127, 0, 0, 1], 8080)),
    /// For metrics and internal endpoints; empty = off.
    internal_bind: String = "127.0.0.1:8081".to_owned(),
    /// The address that browsers use; empty = `http://` and `bind`.
    public_url: String = String::new(),
    /// Proxies whose `X-Forwarded-For` is believed.
    trusted_proxies: Vec<IpAddr> = vec![],
});
section!(Data {
    dir: PathBuf = PathBuf::from("./data"),
});
section!(Problems {
    dir: PathBuf = PathBuf::from("./problems"),
});
section!(Accounts {
    signup: SignupMode = SignupMode::Open,
    initial_credits: u32 = 3,
    /// Empty = any.
    email_domains: Vec<String> = vec![],
    first_user_is_admin: bool = true,
});
section!(Limits {
    requests_per_minute: u32 = 60,
    /// Starts and executions, each.
    expensive_per_minute: u32 = 10,
    runs_per_minute_per_session: u32 = 3,
});
section!(Interview {
    duration_minutes: u32 = 45,
    max_duration_minutes: u32 = 180,
    warnings_minutes: Vec<u32> = vec![5, 1],
    abandon_minutes: u32 = 10,
});
section!(Voice {
    default: VoiceProvider = VoiceProvider::Local,
    /// Plan → provider.
    by_plan: Table = Table::new(),
    fallback: Vec<VoiceProvider> = vec![VoiceProvider::Local],
    openai: VoiceEndpoint = VoiceEndpoint::default(),
    gemini: VoiceEndpoint = VoiceEndpoint::default(),
});
section!(VoiceEndpoint {
    base_url: String = String::new(),
    api_key: Secret = Secret::default(),
    model: String = String::new(),
    /// Name → cents per million tokens.
    prices: Table = Table::new(),
});
section!(Model {
    provider: ModelProvider = ModelProvider::Rules,
    model: String = String::new(),
    passes: u32 = 1,
});
section!(Llm {
    anthropic: LlmEndpoint = LlmEndpoint::default(),
    openai_compatible: LlmEndpoint = LlmEndpoint::default(),
});
section!(LlmEndpoint {
    base_url: String = String::new(),
    api_key: Secret = Secret::default(),
});
section!(Sandbox {
    backend: SandboxBackend = SandboxBackend::Local,
    /// Runs at once; 0 = one per core.
    concurrency: usize = 0,
    limits: SandboxLimits = SandboxLimits::default(),
    java: Java = Java::default(),
    modal: Modal = Modal::default(),
});
section!(SandboxLimits {
    /// Milliseconds a case.
    wall_ms: u64 = 5_000,
    memory_mb: u64 = 512,
    /// Per stream and case.
    output_kb: usize = 64,
});
section!(Java {
    home: String = String::new(),
});
section!(Modal {
    url: String = String::new(),
    key: Secret = Secret::default(),
    secret: Secret = Secret::default(),
});
section!(Billing { enabled: bool = false, packages: Vec<Table> = vec![], stripe: Stripe = Stripe::default(), });
section!(Stripe {
    base_url: String = String::new(),
    secret_key: Secret = Secret::default(),
    publishable_key: String = String::new(),
    webhook_secret: Secret = Secret::default(),
    api_version: String = String::new(),
});
section!(OAuth {
    google: OAuthClient = OAuthClient::default(),
    github: OAuthClient = OAuthClient::default(),
    oidc: Oidc = Oidc::default(),
});
section!(OAuthClient {
    client_id: String = String::new(),
    client_secret: Secret = Secret::default(),
});
section!(Oidc {
    client_id: String = String::new(),
    client_secret: Secret = Secret::default(),
    issuer: String = String::new(),
    name: String = String::new(),
    admin_claim: String = String::new(),
});
section!(Mail {
    smtp_url: Secret = Secret::default(),
    from: String = String::new(),
});
section!(Internal {
    secret: Secret = Secret::default(),
});
section!(Telemetry {
    log: LogFormat = LogFormat::Text,
    level: String = "info".to_owned(),
    sentry_dsn: Secret = Secret::default(),
});

macro_rules! words {
    ($($name:ident { $($variant:ident = $word:literal),* $(,)? })*) => {$(
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name { $(#[serde(rename = $word)] $variant,)* }
    )*};
}
words! {
    SignupMode { Open = "open", Invite = "invite", Closed = "closed" }
    VoiceProvider { Local = "local", OpenAi = "openai", Gemini = "gemini" }
    ModelProvider { Rules = "rules", Anthropic = "anthropic", OpenAiCompatible = "openai_compatible" }
    SandboxBackend { Local = "local", Modal = "modal" }
    LogFormat { Text = "text", Json = "json" }
}

impl Machine {
    fn read(variables: &[(String, String)]) -> Machine {
        let value = |name: &str| {
            let (_, value) = variables.iter().find(|(key, _)| key == name)?;
            Some(value.as_str()).filter(|value| !value.is_empty())
        };
        Machine {
            java_home: value("JAVA_HOME").map(PathBuf::from),
            path: value("PATH").map_or_else(Vec::new, |path| std::env::split_paths(path).collect()),
        }
    }
}

/// Everything that is wrong, one sentence each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigErrors(pub Vec<String>);

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "the configuration has {} mistake{}:",
            self.0.len(),
            if self.0.len() == 1 { "" } else { "s" }
        )?;
        self.0
            .iter()
            .try_for_each(|mistake| writeln!(f, "  - {mistake}"))
    }
}

impl std::error::Error for ConfigErrors {}

/// The beginning of every variable that is ours.
pub const ENV_PREFIX: &str = "INTERVIEWD__";

impl Config {
    /// Reads the file (`None`: only defaults), lays the environment over it, checks everything.
    pub fn load(
        path: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Result<Config, ConfigErrors> {
        let text = match path {
            None => String::new(),
            Some(path) => std::fs::read_to_string(path)
                .map_err(|error| ConfigErrors(vec![format!("{}: {error}", path.display())]))?,
        };
        let name = path.map_or("the configuration".to_owned(), |path| {
            path.display().to_string()
        });
        Config::parse(&name, &text, environment)
    }

    /// [`Self::load`] for a text that is at hand; `name` is what mistakes call it.
    pub fn parse(
        name: &str,
        text: &str,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Result<Config, ConfigErrors> {
        let mut given: Table = text.parse().map_err(|error: toml::de::Error| {
            // Without the line itself, which the library would show: it may hold a secret.
            let before = error.span().and_then(|span| text.get(..span.start));
            let line = before.unwrap_or_default().matches('\n').count() + 1;
            ConfigErrors(vec![format!(
                "{name}, line {line}: {}",
                error.message().trim()
            )])
        })?;
        let known = Table::try_from(Config::default()).expect("the defaults are TOML");
        let mut mistakes = Vec::new();
        let place = |path: &str| match line_of(text, path) {
            Some(line) => format!("{name}, line {line}"),
            None => name.to_owned(),
        };
        unknown_keys(&given, &known, "", &mut |path, mistake| {
            mistakes.push(format!("{}: {mistake}", place(path)))
        });
        let mut from_variable = BTreeMap::new();
        let (mut variables, others): (Vec<_>, Vec<_>) =
            environment.partition(|(key, _)| key.starts_with(ENV_PREFIX));
        variables.sort();
        for (variable, value) in variables {
            match overlay(&mut given, &known, &variable, value) {
                Ok(path) => drop(from_variable.insert(path, variable)),
                Err(mistake) => mistakes.push(format!("{variable}: {mistake}")),
            }
        }
        let origin = |path: &str| {
            from_variable
                .get(path)
                .cloned()
                .unwrap_or_else(|| place(path))
        };
        // Key by key, so that one wrong value does not hide the next.
        let mut good = Table::new();
        for (path, value) in leaves(&given, &known) {
            let mut alone = Table::new();
            insert(&mut alone, &path, value.clone());
            match alone.try_into::<Config>() {
                Ok(_) => insert(&mut good, &path, value),
                Err(error) => {
                    let path = path.join(".");
                    mistakes.push(format!(
                        "{}: `{path}`: {}",
                        origin(&path),
                        error.message().trim()
                    ));
                }
            }
        }
        let mut config: Config = good.try_into().expect("every key of it was tried alone");
        config.machine = Machine::read(&others);
        for mistake in config.check() {
            let path = mistake.split(' ').next().unwrap_or_default();
            mistakes.push(format!("{}: {mistake}", origin(path)));
        }
        if mistakes.is_empty() {
            Ok(config)
        } else {
            Err(ConfigErrors(mistakes))
        }
    }

    /// The address that browsers use.
    pub fn public_url(&self) -> url::Url {
        let text = if self.server.public_url.is_empty() {
            format!("http://{}", self.server.bind)
        } else {
            self.server.public_url.clone()
        };
        url::Url::parse(&text).expect("checked when it was read")
    }

    /// What the types cannot say.
    fn check(&self) -> Vec<String> {
        let mut mistakes = Vec::new();
        let mut must = |holds: bool, mistake: &str| {
            if !holds {
                mistakes.push(mistake.to_owned());
            }
        };
        must(
            self.server.public_url.is_empty()
                || url::Url::parse(&self.server.public_url).is_ok_and(|url| {
                    matches!(url.scheme(), "http" | "https")
                        && url.host().is_some()
                        && url.path() == "/"
                }),
            "server.public_url must look like https://interviews.example.org, without a path",
        );
        must(
            self.server.internal_bind.is_empty()
                || self.server.internal_bind.parse::<SocketAddr>().is_ok(),
            "server.internal_bind must be an address with a port such as 127.0.0.1:8081, or empty",
        );
        must(
            self.server
                .internal_bind
                .parse::<SocketAddr>()
                .map_or(true, |internal| {
                    internal != self.server.bind || internal.port() == 0
                }),
            "server.bind and server.internal_bind must differ",
        );
        must(
            (1..=100_000).contains(&self.limits.requests_per_minute),
            "limits.requests_per_minute must be between 1 and 100000",
        );
        must(
            (1..=100_000).contains(&self.limits.expensive_per_minute),
            "limits.expensive_per_minute must be between 1 and 100000",
        );
        must(
            (1..=10_000).contains(&self.limits.runs_per_minute_per_session),
            "limits.runs_per_minute_per_session must be between 1 and 10000",
        );
        must(
            (5..=600).contains(&self.interview.max_duration_minutes),
            "interview.max_duration_minutes must be between 5 and 600",
        );
        must(
            (1..=self.interview.max_duration_minutes).contains(&self.interview.duration_minutes),
            "interview.duration_minutes must be between 1 and interview.max_duration_minutes",
        );
        must(
            (1..=1440).contains(&self.interview.abandon_minutes),
            "interview.abandon_minutes must be between 1 and 1440",
        );
        must(
            self.interview.warnings_minutes.len() <= 10,
            "interview.warnings_minutes takes at most 10 numbers",
        );
        must(
            (100..=60_000).contains(&self.sandbox.limits.wall_ms),
            "sandbox.limits.wall_ms must be between 100 and 60000",
        );
        must(
            (64..=512).contains(&self.sandbox.limits.memory_mb),
            "sandbox.limits.memory_mb must be between 64 and 512",
        );
        must(
            (1..=1024).contains(&self.sandbox.limits.output_kb),
            "sandbox.limits.output_kb must be between 1 and 1024",
        );
        must(
            self.sandbox.concurrency <= 256,
            "sandbox.concurrency must be at most 256",
        );
        must(
            (1..=9).contains(&self.evaluator.passes),
            "evaluator.passes must be between 1 and 9",
        );
        for (name, base_url) in [
            ("voice.openai.base_url", &self.voice.openai.base_url),
            ("voice.gemini.base_url", &self.voice.gemini.base_url),
            ("llm.anthropic.base_url", &self.llm.anthropic.base_url),
            (
                "llm.openai_compatible.base_url",
                &self.llm.openai_compatible.base_url,
            ),
            ("sandbox.modal.url", &self.sandbox.modal.url),
            ("billing.stripe.base_url", &self.billing.stripe.base_url),
            ("oauth.oidc.issuer", &self.oauth.oidc.issuer),
        ] {
            must(
                base_url.is_empty() || is_acceptable(base_url),
                &format!(
                    "{name} must begin with https:// (http:// only towards this machine or a private address)"
                ),
            );
        }
        for (plan, provider) in &self.voice.by_plan {
            let known = provider.clone().try_into::<VoiceProvider>().is_ok();
            must(
                known,
                &format!("voice.by_plan.{plan} must be local, openai or gemini"),
            );
        }
        must(
            self.accounts
                .email_domains
                .iter()
                .all(|domain| !domain.is_empty() && !domain.contains(['@', ' ', '/'])),
            "accounts.email_domains takes names such as example.org, without an @",
        );
        must(
            self.interview
                .warnings_minutes
                .iter()
                .all(|minutes| (1..=600).contains(minutes)),
            "interview.warnings_minutes takes numbers between 1 and 600",
        );
        must(
            !self.data.dir.as_os_str().is_empty(),
            "data.dir must name a directory",
        );
        must(
            !self.mail.smtp_url.is_set() || self.mail.from.contains('@'),
            "mail.from must be an address once mail.smtp_url is set",
        );
        mistakes
    }
}

fn is_acceptable(base_url: &str) -> bool {
    let Ok(url) = url::Url::parse(base_url) else {
        return false;
    };
    match (url.scheme(), url.host()) {
        ("https" | "wss", Some(_)) => true,
        ("http" | "ws", Some(url::Host::Ipv4(ip))) => {
            ip.is_loopback() || ip.is_private() || ip.is_link_local()
        }
        ("http" | "ws", Some(url::Host::Ipv6(ip))) => ip.is_loopback() || ip.is_unique_local(),
        ("http" | "ws", Some(url::Host::Domain(name))) => {
            name == "localhost" || name.ends_with(".localhost") || !name.contains('.')
        }
        _ => false,
    }
}

/// The line of the file that sets a key, as far as lines can tell: keys inside inline tables have none.
fn line_of(text: &str, path: &str) -> Option<usize> {
    let mut section = String::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        let found = if let Some(header) = line.strip_prefix('[') {
            section = header
                .split(']')
                .next()
                .unwrap_or_default()
                .trim_matches(['[', ' '])
                .to_owned();
            section == path
        } else {
            let key = line.split('=').next().unwrap_or_default().trim();
            path == if section.is_empty() {
                key.to_owned()
            } else {
                format!("{section}.{key}")
            }
        };
        if found {
            return Some(number + 1);
        }
    }
    None
}

/// The values of known sections, each with its path. What [`unknown_keys`] tells about is left out.
fn leaves(given: &Table, known: &Table) -> Vec<(Vec<String>, Value)> {
    let mut found = Vec::new();
    for (key, value) in given {
        match (known.get(key), value) {
            // An empty table among the defaults takes any key and is taken as a whole.
            (Some(Value::Table(known)), Value::Table(given)) if !known.is_empty() => {
                found.extend(leaves(given, known).into_iter().map(|(mut path, value)| {
                    path.insert(0, key.clone());
                    (path, value)
                }));
            }
            (Some(Value::Table(_)), value) if !value.is_table() => {}
            (Some(_), value) => found.push((vec![key.clone()], value.clone())),
            (None, _) => {}
        }
    }
    found
}

fn insert(table: &mut Table, path: &[String], value: Value) {
    match path {
        [] => {}
        [last] => drop(table.insert(last.clone(), value)),
        [section, rest @ ..] => {
            let inner = table
                .entry(section.clone())
                .or_insert_with(|| Value::Table(Table::new()));
            insert(
                inner
                    .as_table_mut()
                    .expect("a path is a leaf or leads on, never both"),
                rest,
                value,
            );
        }
    }
}

fn unknown_keys(given: &Table, known: &Table, path: &str, tell: &mut dyn FnMut(&str, String)) {
    // An empty table among the defaults takes any key.
    if known.is_empty() {
        return;
    }
    for (key, value) in given {
        let full = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        match (known.get(key), value) {
            (None, _) => tell(
                &full,
                format!("there is no key `{full}`{}", nearest(key, known)),
            ),
            (Some(Value::Table(known)), Value::Table(given)) => {
                unknown_keys(given, known, &full, tell)
            }
            (Some(Value::Table(_)), _) => {
                tell(&full, format!("`{full}` is a section: write [{full}]"))
            }
            (Some(_), _) => {}
        }
    }
}

fn nearest(key: &str, known: &Table) -> String {
    let best = known
        .keys()
        .map(|name| (strsim::damerau_levenshtein(key, name), name))
        .min();
    match best {
        Some((distance, name)) if distance <= 3.max(key.len() / 2) => {
            format!("; did you mean `{name}`?")
        }
        _ => String::new(),
    }
}

/// Lays one variable over the table and says which key that was; its type follows from the default.
fn overlay(
    given: &mut Table,
    known: &Table,
    variable: &str,
    text: String,
) -> Result<String, String> {
    let path: Vec<String> = variable[ENV_PREFIX.len()..]
        .split("__")
        .map(str::to_lowercase)
        .collect();
    let from_file = path
        .last()
        .is_some_and(|last| last.ends_with("_file") && !is_known(known, &path));
    let (path, text) = if from_file {
        let mut path = path;
        if let Some(last) = path.last_mut() {
            last.truncate(last.len() - "_file".len());
        }
        let content = std::fs::read_to_string(&text).map_err(|error| format!("{text}: {error}"))?;
        (path, content.trim_end_matches(['\r', '\n']).to_owned())
    } else {
        (path, text)
    };
    let (last, sections) = path.split_last().ok_or("names no key")?;
    let (mut known, mut given) = (known, given);
    for section in sections {
        known = known
            .get(section)
            .and_then(Value::as_table)
            .ok_or_else(|| format!("there is no section `{section}`{}", nearest(section, known)))?;
        given = given
            .entry(section.clone())
            .or_insert_with(|| Value::Table(Table::new()))
            .as_table_mut()
            .ok_or_else(|| format!("`{section}` is not a section in the file"))?;
    }
    let default = match known.get(last) {
        Some(default) => default.clone(),
        None if known.is_empty() && !sections.is_empty() => Value::String(String::new()),
        None => {
            return Err(format!(
                "there is no key `{}`{}",
                path.join("."),
                nearest(last, known)
            ));
        }
    };
    if default.is_table() {
        return Err(format!(
            "`{}` is a section; name a key in it",
            path.join(".")
        ));
    }
    given.insert(last.clone(), typed(&default, last, &text)?);
    Ok(path.join("."))
}

fn is_known(known: &Table, path: &[String]) -> bool {
    match path {
        [] => false,
        [last] => known.contains_key(last),
        [section, rest @ ..] => known
            .get(section)
            .and_then(Value::as_table)
            .is_some_and(|known| is_known(known, rest)),
    }
}

fn typed(default: &Value, key: &str, text: &str) -> Result<Value, String> {
    match default {
        Value::Integer(_) => text
            .trim()
            .parse()
            .map(Value::Integer)
            .map_err(|_| "must be a whole number".to_owned()),
        Value::Boolean(_) => text
            .trim()
            .parse()
            .map(Value::Boolean)
            .map_err(|_| "must be true or false".to_owned()),
        Value::Array(_) => Ok(Value::Array(
            text.split(',')
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .map(|item| match item.parse::<i64>() {
                    Ok(number) if key.ends_with("_minutes") => Value::Integer(number),
                    _ => Value::String(item.to_owned()),
                })
                .collect(),
        )),
        _ => Ok(Value::String(text.to_owned())),
    }
}
