//! A whole server in this process: the real router over a store in memory, on a manual clock, with seeded dice and the
//! real sandbox. [`Browser`] keeps cookies and knows how forms are sent.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use interviewd::{
    app::{App, Options, Tools},
    config::Config,
    edge::{Clock, Entropy},
    problems::Library,
    sandbox::Sandbox,
    store::Store,
    web,
};
use interviewd_domain::{
    account::Role,
    ids::InterviewId,
    problem::{
        Case, CaseInput, Clarification, Comparison, Complexity, Difficulty, EquivalentMutant,
        FollowUp, Hint, Language, NaiveSolution, Parameter, Problem, Signature, Type,
        WrongSolution,
    },
    time::Timestamp,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, ops::Deref, sync::Arc};
use tower::ServiceExt;

/// Stands in everything of the fixture problem that a candidate must never see.
pub const CANARY: &str = "canary-7f3e";
pub const SLUG: &str = "tide-sum";
pub const PASSWORD: &str = "correct horse battery";
/// Solves the fixture problem.
pub const SOLUTION: &str = "def tide_sum(values):\n    return sum(values)\n";
const NOW: Timestamp = Timestamp::from_ms(1_795_371_000_000);
const BODY_BYTES_MAX: usize = 16 << 20;

/// The wired server; it stands for its parts.
pub struct TestServer {
    pub app: App,
    router: Router,
}

impl Deref for TestServer {
    type Target = App;
    fn deref(&self) -> &App {
        &self.app
    }
}

/// The bounds of the default configuration, for tests about them; the others ask more than a person does.
pub fn config() -> Config {
    Config::default()
}

async fn shared() -> Sandbox {
    crate::sandbox::sandbox().await.clone()
}

impl TestServer {
    /// Ready, with [`problem`] as the only one and next to no bounds on requests.
    pub async fn start() -> TestServer {
        TestServer::on(problem()).await
    }

    /// [`Self::start`] with another problem as the only one.
    pub async fn on(problem: Problem) -> TestServer {
        let mut config = config();
        config.limits.requests_per_minute = 1_000_000;
        config.limits.expensive_per_minute = 1_000_000;
        config.limits.runs_per_minute_per_session = 1_000_000;
        TestServer::assemble(config, problem, shared().await).await
    }

    pub async fn with(config: Config) -> TestServer {
        TestServer::assemble(config, problem(), shared().await).await
    }

    /// [`Self::start`] on another sandbox than the one that tests share.
    pub async fn around(sandbox: Sandbox) -> TestServer {
        TestServer::assemble(config(), problem(), sandbox).await
    }

    /// Everything as the binary wires it; neither the timer nor a worker runs.
    async fn assemble(config: Config, problem: Problem, sandbox: Sandbox) -> TestServer {
        let tools = Tools {
            library: Arc::new(Library::of(vec![problem])),
            sandbox: Arc::new(sandbox),
        };
        let options = Options {
            dev: true,
            ..Options::default()
        };
        let (store, clock, entropy) = (Store::in_memory(), Clock::manual(NOW), Entropy::seeded(7));
        let app = App::with_tools(config, store, clock, entropy, &options, tools)
            .expect("a store in memory has its keys");
        TestServer {
            router: web::router(app.web.clone()),
            app,
        }
    }

    pub fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: BTreeMap::new(),
            bearer: None,
        }
    }

    /// A browser in which somebody has just signed up.
    pub async fn member(&self, email: &str) -> Browser {
        let mut browser = self.browser();
        let body = json!({ "email": email, "password": PASSWORD, "acceptTerms": true });
        browser
            .api(Method::POST, "/api/auth/signup", Some(body))
            .await
            .expect(StatusCode::CREATED);
        browser
    }

    pub async fn become_role(&self, email: &str, role: Role) {
        self.engine
            .set_role_by_email(&self.gate.operator(), email, role)
            .await
            .expect("an account");
    }

    /// Lets every evaluation that is due happen.
    pub async fn evaluate(&self) {
        self.jobs.drain().await.expect("the jobs are done");
    }

    pub fn interview_id(text: &str) -> InterviewId {
        text.parse().expect("an interview's id")
    }
}

/// Keeps cookies, follows nothing.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    pub bearer: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    #[track_caller]
    pub fn expect(self, status: StatusCode) -> Answer {
        assert_eq!(
            self.status,
            status,
            "{}",
            self.text.chars().take(600).collect::<String>()
        );
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// `status code`, as the API's errors say it.
    pub fn error(&self) -> String {
        format!(
            "{} {}",
            self.status.as_u16(),
            self.json()["error"]["code"].as_str().unwrap_or("no code")
        )
    }
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Body::empty()).await
    }

    pub async fn api(&mut self, method: Method, path: &str, body: Option<Value>) -> Answer {
        match body {
            Some(body) => {
                self.send(
                    method,
                    path,
                    &[("content-type", "application/json")],
                    Body::from(body.to_string()),
                )
                .await
            }
            None => self.send(method, path, &[], Body::empty()).await,
        }
    }

    /// Sends a form with the token that this browser's pages carry.
    pub async fn form(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf().await;
        let mut fields = fields.to_vec();
        fields.push(("csrf", &csrf));
        self.bare_form(path, &fields).await
    }

    /// Sends a form as it is given.
    pub async fn bare_form(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.send(
            Method::POST,
            path,
            &[("content-type", "application/x-www-form-urlencoded")],
            Body::from(body),
        )
        .await
    }

    /// The token in this browser's forms.
    pub async fn csrf(&mut self) -> String {
        let page = self.get("/terms").await.expect(StatusCode::OK).text;
        let (_, rest) = page
            .split_once("name=\"csrf\" value=\"")
            .expect("a form with a token");
        rest.split('"').next().expect("a value").to_owned()
    }

    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1:8080");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(secret) = &self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {secret}"));
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        let response = self
            .router
            .clone()
            .oneshot(request.body(body).expect("a request"))
            .await
            .expect("the router always answers");
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().expect("cookies are ASCII"));
        }
        let bytes = to_bytes(body, BODY_BYTES_MAX).await.expect("a body");
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    fn keep(&mut self, cookie: &str) {
        let mut parts = cookie.split("; ");
        let (name, value) = parts
            .next()
            .and_then(|pair| pair.split_once('='))
            .expect("a named cookie");
        if parts.any(|attribute| attribute == "Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    /// Starts an interview in Python and gives its id.
    pub async fn start_interview(&mut self) -> String {
        let body = json!({ "problem": SLUG, "language": "python" });
        let answer = self
            .api(Method::POST, "/api/sessions/start", Some(body))
            .await
            .expect(StatusCode::CREATED);
        answer.json()["sessionId"]
            .as_str()
            .expect("an id")
            .to_owned()
    }
}

/// Two visible cases, two hidden ones, and [`CANARY`] in everything that stays behind the counter.
pub fn problem() -> Problem {
    let secret = |what: &str| format!("{CANARY} {what}");
    let case = |name: &str, values: Value, expected: Value| Case {
        name: name.to_owned(),
        input: CaseInput::Arguments { args: vec![values] },
        expected,
        explanation: None,
    };
    let all = |code: &str| -> BTreeMap<Language, String> {
        BTreeMap::from([
            (Language::Python, code.to_owned()),
            (Language::Javascript, code.to_owned()),
        ])
    };
    Problem {
        slug: SLUG.to_owned(),
        title: "Tide Sum".to_owned(),
        difficulty: Difficulty::Easy,
        categories: vec!["arrays".to_owned()],
        statement: "Add up the **tides**. Each is a whole number.".to_owned(),
        constraints: vec!["`0 <= values.length <= 100`".to_owned()],
        signature: Signature::Function {
            name: "tide_sum".to_owned(),
            params: vec![Parameter {
                name: "values".to_owned(),
                kind: Type::Json,
            }],
            returns: Type::Json,
            result_argument: None,
        },
        comparison: Comparison::Exact,
        examples: vec![
            case("two tides", json!([1, 2]), json!(3)),
            case("one tide", json!([5]), json!(5)),
        ],
        hidden: vec![
            case("no tides", json!([]), json!(0)),
            case("words", json!([secret("input")]), json!(secret("expected"))),
        ],
        starter: BTreeMap::from([
            (
                Language::Python,
                "def tide_sum(values):\n    pass\n".to_owned(),
            ),
            (
                Language::Javascript,
                "function tideSum(values) {\n}\n".to_owned(),
            ),
        ]),
        // One of them works, so that cases of one's own have something to be compared with.
        solutions: {
            let mut solutions = all(&secret("solution"));
            let working = format!("# {}\n{SOLUTION}", secret("solution"));
            solutions.insert(Language::Python, working);
            solutions
        },
        naive: vec![NaiveSolution {
            name: secret("naive name"),
            language: Language::Python,
            code: secret("naive"),
            complexity: Complexity::default(),
        }],
        equivalent: vec![EquivalentMutant {
            language: Language::Python,
            line: secret("line"),
            becomes: secret("mutant"),
            reason: secret("reason"),
        }],
        tags: vec!["harbour".to_owned()],
        wrong: vec![WrongSolution {
            name: secret("wrong name"),
            language: Language::Python,
            code: secret("wrong"),
            verdict: "wrong_answer".to_owned(),
            fails: vec![],
        }],
        spoken: "Please add up the tides.".to_owned(),
        clarifications: vec![Clarification {
            id: "words".to_owned(),
            questions: vec![secret("question")],
            answer: secret("answer"),
        }],
        hints: vec![Hint {
            text: secret("hint"),
        }],
        followups: vec![FollowUp {
            topic: "complexity".to_owned(),
            question: secret("follow-up"),
            listen_for: vec![secret("listen")],
        }],
        complexity: Complexity {
            time: "O(n)".to_owned(),
            space: "O(1)".to_owned(),
        },
        notes: secret("notes"),
        generator: Some(format!("# {}", secret("generator"))),
    }
}
