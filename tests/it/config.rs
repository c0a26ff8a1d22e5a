//! Settings through their one door: text and variables in, a valid configuration or every mistake out.

use expect_test::{Expect, expect};
use interviewd::config::{Config, SignupMode, VoiceProvider};
use toml::{Table, Value};

fn parse(file: &str, variables: &[(&str, &str)]) -> Result<Config, String> {
    let environment = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::parse("config.toml", file, environment).map_err(|errors| errors.to_string())
}

fn check_mistakes(file: &str, variables: &[(&str, &str)], mistakes: Expect) {
    mistakes.assert_eq(&parse(file, variables).expect_err("the mistakes are told"));
}

fn example() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/config.example.toml");
    std::fs::read_to_string(path).expect("config.example.toml is there")
}

#[test]
fn the_example_holds_every_key_with_its_default() {
    let example: Table = example().parse().expect("TOML");
    let defaults = Table::try_from(Config::default()).expect("TOML");
    assert_eq!(
        example, defaults,
        "config.example.toml and the defaults of config.rs differ"
    );
    parse(&self::example(), &[]).expect("the example is valid");
}

#[test]
fn the_example_explains_its_keys_where_they_stand() {
    for line in example()
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        assert!(line.starts_with('[') || line.contains(" = "), "{line}");
    }
    let sections = Table::try_from(Config::default()).expect("TOML");
    for section in sections.keys() {
        assert!(
            example().contains(&format!("[{section}")),
            "[{section}] is missing"
        );
    }
}

#[test]
fn without_a_file_everything_has_its_documented_default() {
    let config = parse("", &[]).expect("valid");
    assert_eq!(config.server.bind.to_string(), "127.0.0.1:8080");
    assert_eq!(config.server.internal_bind, "127.0.0.1:8081");
    assert_eq!(
        (config.accounts.initial_credits, config.accounts.signup),
        (3, SignupMode::Open)
    );
    assert_eq!(
        (
            config.limits.requests_per_minute,
            config.limits.expensive_per_minute,
            config.limits.runs_per_minute_per_session
        ),
        (60, 10, 3)
    );
    assert_eq!(
        (
            config.interview.duration_minutes,
            config.interview.abandon_minutes
        ),
        (45, 10)
    );
    assert_eq!(config.interview.warnings_minutes, [5, 1]);
    assert_eq!(
        (
            config.sandbox.limits.wall_ms,
            config.sandbox.limits.memory_mb,
            config.sandbox.limits.output_kb
        ),
        (5_000, 512, 64)
    );
    assert_eq!(config.public_url().as_str(), "http://127.0.0.1:8080/");
}

#[test]
fn the_environment_wins_over_the_file_and_lists_are_comma_separated() {
    let config = parse(
        "[server]\nbind = '127.0.0.1:7000'\n[interview]\nduration_minutes = 30\n",
        &[
            ("INTERVIEWD__SERVER__BIND", "0.0.0.0:9000"),
            ("INTERVIEWD__SERVER__TRUSTED_PROXIES", "10.0.0.1, ::1"),
            ("INTERVIEWD__INTERVIEW__WARNINGS_MINUTES", "10,3"),
            ("INTERVIEWD__ACCOUNTS__EMAIL_DOMAINS", "example.org"),
            ("INTERVIEWD__ACCOUNTS__FIRST_USER_IS_ADMIN", "false"),
            ("INTERVIEWD__VOICE__BY_PLAN__PRO", "openai"),
            ("INTERVIEWD__VOICE__FALLBACK", "gemini,local"),
            ("PATH", "/bin"),
            ("INTERVIEWD_HOME", "not ours: one underscore"),
        ],
    )
    .expect("valid");
    assert_eq!(config.server.bind.to_string(), "0.0.0.0:9000");
    assert_eq!(
        config.interview.duration_minutes, 30,
        "the file still counts for other keys"
    );
    assert_eq!(config.server.trusted_proxies.len(), 2);
    assert_eq!(config.interview.warnings_minutes, [10, 3]);
    assert_eq!(config.accounts.email_domains, ["example.org"]);
    assert!(!config.accounts.first_user_is_admin);
    assert_eq!(
        config.voice.by_plan["pro"],
        Value::String("openai".to_owned())
    );
    assert_eq!(
        config.voice.fallback,
        [VoiceProvider::Gemini, VoiceProvider::Local]
    );
}

#[test]
fn every_mistake_is_told_at_once_with_its_place() {
    check_mistakes(
        "[server]\nbind = 'nowhere'\nport = 80\n\n[acounts]\nsignup = 'open'\n\n[accounts]\nsignup = 'opne'\ninitial_credits = -1\n[limits]\nrequest_per_minute = 5\nrequests_per_minute = 0\n",
        &[
            ("INTERVIEWD__SERVER__BIN", "x"),
            ("INTERVIEWD__TELEMETRY__LOG", "xml"),
            ("INTERVIEWD__INTERVIEW__ABANDON_MINUTES", "ten"),
            ("INTERVIEWD__INTERVIEW__DURATION_MINUTES", "9000"),
            ("INTERVIEWD__MAIL", "x"),
        ],
        expect![[r#"
            the configuration has 12 mistakes:
              - config.toml, line 3: there is no key `server.port`
              - config.toml, line 5: there is no key `acounts`; did you mean `accounts`?
              - config.toml, line 12: there is no key `limits.request_per_minute`; did you mean `requests_per_minute`?
              - INTERVIEWD__INTERVIEW__ABANDON_MINUTES: must be a whole number
              - INTERVIEWD__MAIL: `mail` is a section; name a key in it
              - INTERVIEWD__SERVER__BIN: there is no key `server.bin`; did you mean `bind`?
              - config.toml, line 2: `server.bind`: invalid socket address syntax
              - config.toml, line 9: `accounts.signup`: unknown variant `opne`, expected one of `open`, `invite`, `closed`
              - config.toml, line 10: `accounts.initial_credits`: invalid value: integer `-1`, expected u32
              - INTERVIEWD__TELEMETRY__LOG: `telemetry.log`: unknown variant `xml`, expected `text` or `json`
              - config.toml, line 13: limits.requests_per_minute must be between 1 and 100000
              - INTERVIEWD__INTERVIEW__DURATION_MINUTES: interview.duration_minutes must be between 1 and interview.max_duration_minutes
        "#]],
    );
}

#[test]
fn a_file_that_is_no_toml_says_where() {
    check_mistakes(
        "[server]\nbind = \n",
        &[],
        expect![[r#"
        the configuration has 1 mistake:
          - config.toml, line 2: string values must be quoted, expected literal string
    "#]],
    );
}

#[test]
fn a_secret_is_read_from_a_file_and_never_shown() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("secret");
    std::fs::write(&path, "hunter2-from-a-file\n").expect("written");
    let path = path.to_str().expect("a name in text");
    let config = parse(
        "",
        &[
            ("INTERVIEWD__INTERNAL__SECRET_FILE", path),
            ("INTERVIEWD__LLM__ANTHROPIC__API_KEY", "hunter2-itself"),
        ],
    )
    .expect("valid");
    assert_eq!(config.internal.secret.expose(), "hunter2-from-a-file");
    assert!(config.llm.anthropic.api_key.is_set() && !config.mail.smtp_url.is_set());
    let shown = format!("{config:?} {}", Table::try_from(&config).expect("TOML"));
    assert!(!shown.contains("hunter2"), "{shown}");

    let error = parse(
        "",
        &[("INTERVIEWD__INTERNAL__SECRET_FILE", "/does/not/exist")],
    )
    .expect_err("told");
    assert!(
        error.contains("INTERVIEWD__INTERNAL__SECRET_FILE") && error.contains("/does/not/exist"),
        "{error}"
    );
    // A wrong type must not print what it holds.
    let error = parse("[internal]\nsecret = ['hunter2-in-a-list']\n", &[]).expect_err("told");
    assert!(!error.contains("hunter2"), "{error}");
}

#[test]
fn plain_http_is_for_this_machine_and_private_addresses() {
    let accepts = |url: &str| {
        parse(
            &format!("[llm.openai_compatible]\nbase_url = '{url}'\n"),
            &[],
        )
        .is_ok()
    };
    for good in [
        "https://api.example.org/v1",
        "http://localhost:11434/v1",
        "http://127.0.0.1:1",
        "http://10.1.2.3",
        "http://192.168.0.7:8000",
        "http://[::1]:9",
        "http://[fd00::1]/",
        "ws://172.16.0.1",
        "http://ollama:11434",
    ] {
        assert!(accepts(good), "{good} should be accepted");
    }
    for bad in [
        "http://api.example.org",
        "http://8.8.8.8",
        "http://172.32.0.1",
        "ftp://localhost",
        "localhost:8080",
        "http://[2001:db8::1]/",
        "http://127.0.0.1.example.org",
    ] {
        assert!(!accepts(bad), "{bad} should be refused");
    }
}

#[test]
fn a_public_url_has_no_path_and_decides_the_scheme() {
    assert!(
        parse(
            "[server]\npublic_url = 'https://interviews.example.org'\n",
            &[]
        )
        .is_ok()
    );
    assert!(
        parse(
            "[server]\npublic_url = 'https://example.org/interviews'\n",
            &[]
        )
        .is_err()
    );
    assert!(parse("[server]\npublic_url = 'interviews.example.org'\n", &[]).is_err());
    assert!(
        parse(
            "[server]\nbind = '127.0.0.1:80'\ninternal_bind = '127.0.0.1:80'\n",
            &[]
        )
        .is_err()
    );
    assert!(parse("[server]\ninternal_bind = ''\n", &[]).is_ok());
}

#[test]
fn a_missing_file_is_told_by_name() {
    let error = Config::load(Some("/does/not/exist.toml".as_ref()), std::iter::empty())
        .expect_err("told")
        .to_string();
    assert!(error.contains("/does/not/exist.toml"), "{error}");
}
