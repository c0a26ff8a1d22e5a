//! Every route of the public site, in one list: method, path, who may come in, what kind of answer, handler.
//!
//! To add one: a line here (and a row of the access matrix, which a test asks for). The router, the OpenAPI document
//! and the access test are all made from this list, so that nothing is served that is not declared.

use crate::web::{
    Web, api,
    api::{auth, ops, problems, profile, realtime as tokens, sessions},
    assets, handlers,
};
use axum::{
    http::Method,
    routing::{self, MethodRouter},
};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

/// Who is let in. Handlers take the matching capability, so this is a promise that the access test checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Whoever is signed in.
    Member,
    /// The candidate of the interview in the path; for everybody else there is nothing here.
    Owner,
    /// An administrator; for everybody else there is nothing here.
    Staff,
    /// Whoever holds a one-time socket token; the close code tells.
    Socket,
}

/// What comes back.
#[derive(Debug, Clone)]
pub enum Kind {
    Page,
    /// A form of a page.
    Form,
    Api(Box<Doc>),
    Asset,
    Socket,
    Ops,
}

/// One call of the API, as the OpenAPI document describes it.
#[derive(Debug, Clone)]
pub struct Doc {
    /// `operationId`.
    pub name: &'static str,
    pub summary: &'static str,
    /// The status when it is done as asked.
    pub status: u16,
    pub body: Option<Value>,
    pub answer: Option<Value>,
    /// Names in the query string.
    pub query: &'static [&'static str],
}

/// One route.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub access: Access,
    pub kind: Kind,
    pub handler: MethodRouter<Web>,
}

/// All of them.
pub fn all(web: &Web) -> Vec<Route> {
    let mut routes = pages();
    routes.extend(forms());
    if web.dev {
        routes.push(page(
            "/design",
            Access::Public,
            routing::get(handlers::design::show),
        ));
    }
    routes.extend(accounts());
    routes.extend(library());
    routes.extend(interviews());
    routes.extend(machinery());
    routes
}

fn pages() -> Vec<Route> {
    use Access::{Member, Owner, Public};
    use routing::get;
    vec![
        page("/", Public, get(handlers::landing::show)),
        page("/signup", Public, get(handlers::accounts::show_signup)),
        page("/login", Public, get(handlers::accounts::show_login)),
        page("/terms", Public, get(handlers::legal::terms)),
        page("/privacy", Public, get(handlers::legal::privacy)),
        page("/docs", Public, get(handlers::legal::docs)),
        page("/problems", Public, get(handlers::problems::list)),
        page("/problems/{slug}", Public, get(handlers::problems::show)),
        page("/dashboard", Member, get(handlers::dashboard::show)),
        page("/start", Member, get(handlers::start::show)),
        page("/settings", Member, get(handlers::settings::show)),
        page("/interview/{id}", Owner, get(handlers::interview::show)),
        page(
            "/sessions/{id}/summary",
            Owner,
            get(handlers::summary::show),
        ),
    ]
}

fn forms() -> Vec<Route> {
    use Access::{Member, Owner, Public};
    use routing::post;
    vec![
        form("/signup", Public, post(handlers::accounts::sign_up)),
        form("/login", Public, post(handlers::accounts::log_in)),
        form("/logout", Public, post(handlers::accounts::log_out)),
        form("/theme", Public, post(handlers::theme::choose)),
        form("/start", Member, post(handlers::start::begin)),
        form(
            "/settings/profile",
            Member,
            post(handlers::settings::profile),
        ),
        form(
            "/settings/password",
            Member,
            post(handlers::settings::password),
        ),
        form(
            "/settings/logins/revoke",
            Member,
            post(handlers::settings::revoke_login),
        ),
        form(
            "/settings/tokens",
            Member,
            post(handlers::settings::make_token),
        ),
        form(
            "/settings/tokens/revoke",
            Member,
            post(handlers::settings::revoke_token),
        ),
        form("/settings/delete", Member, post(handlers::settings::delete)),
        form(
            "/sessions/{id}/evaluate",
            Owner,
            post(handlers::summary::evaluate),
        ),
    ]
}

fn accounts() -> Vec<Route> {
    use Access::{Member, Public};
    use routing::{delete, get, patch, post};
    vec![
        api(
            Method::POST,
            "/api/auth/signup",
            Public,
            post(auth::sign_up),
            doc("signUp", "Opens an account and signs in", 201)
                .takes::<auth::SignUpBody>()
                .gives::<auth::UserAnswer>(),
        ),
        api(
            Method::POST,
            "/api/auth/login",
            Public,
            post(auth::log_in),
            doc("logIn", "Signs in", 200)
                .takes::<auth::LogInBody>()
                .gives::<auth::UserAnswer>(),
        ),
        api(
            Method::POST,
            "/api/auth/logout",
            Member,
            post(auth::log_out),
            doc("logOut", "Signs out", 204),
        ),
        api(
            Method::GET,
            "/api/users/profile",
            Member,
            get(profile::show),
            doc("showProfile", "The caller's profile", 200).gives::<profile::Profile>(),
        ),
        api(
            Method::PATCH,
            "/api/users/profile",
            Member,
            patch(profile::change),
            doc(
                "changeProfile",
                "Changes name, experienceLevel, targetCompanies or preferences",
                200,
            )
            .takes::<profile::ProfileBody>()
            .gives::<profile::Profile>(),
        ),
        api(
            Method::GET,
            "/api/users/data-export",
            Member,
            get(profile::export),
            doc("exportData", "Everything held about the caller", 200).gives::<Value>(),
        ),
        api(
            Method::DELETE,
            "/api/users/data",
            Member,
            delete(profile::erase),
            doc(
                "deleteData",
                "Deletes the account and everything held about it",
                204,
            ),
        ),
        api(
            Method::GET,
            "/api/users/tokens",
            Member,
            get(profile::tokens),
            doc(
                "listTokens",
                "The caller's API tokens, without their secrets",
                200,
            )
            .gives::<Vec<profile::Token>>(),
        ),
        api(
            Method::POST,
            "/api/users/tokens",
            Member,
            post(profile::make_token),
            doc(
                "makeToken",
                "Makes an API token; its secret is shown once",
                201,
            )
            .takes::<profile::TokenBody>()
            .gives::<profile::Token>(),
        ),
        api(
            Method::DELETE,
            "/api/users/tokens/{id}",
            Member,
            delete(profile::revoke_token),
            doc("revokeToken", "Revokes an API token", 204),
        ),
    ]
}

fn library() -> Vec<Route> {
    use Access::{Public, Staff};
    use routing::get;
    vec![
        api(
            Method::GET,
            "/api/problems",
            Public,
            get(problems::list),
            doc("listProblems", "Problems, filtered and searched", 200)
                .gives::<api::List<problems::ProblemCard>>()
                .asks(&["difficulty", "category", "q", "page", "perPage"]),
        ),
        api(
            Method::GET,
            "/api/problems/random",
            Public,
            get(problems::random),
            doc("drawProblem", "One problem, new ones first", 200)
                .gives::<problems::ProblemAnswer>()
                .asks(&["difficulty", "category"]),
        ),
        api(
            Method::GET,
            "/api/admin/problems/faults",
            Staff,
            get(problems::faults),
            doc(
                "problemFaults",
                "What is wrong with the folder of problems",
                200,
            )
            .gives::<problems::FaultsAnswer>(),
        ),
        api(
            Method::GET,
            "/api/problems/{slug}",
            Public,
            get(problems::show),
            doc("showProblem", "One problem as a candidate sees it", 200)
                .gives::<problems::ProblemAnswer>(),
        ),
    ]
}

fn interviews() -> Vec<Route> {
    use Access::{Member, Owner, Socket};
    use routing::{get, post};
    vec![
        api(
            Method::POST,
            "/api/sessions/start",
            Member,
            post(sessions::start),
            doc(
                "startSession",
                "Takes a credit and makes a session; repeatable with `Idempotency-Key`",
                201,
            )
            .takes::<sessions::StartBody>()
            .gives::<sessions::StartAnswer>(),
        ),
        api(
            Method::GET,
            "/api/sessions",
            Member,
            get(sessions::list),
            doc("listSessions", "The caller's sessions, newest first", 200)
                .gives::<api::List<sessions::Card>>()
                .asks(&["page", "perPage"]),
        ),
        api(
            Method::GET,
            "/api/sessions/{id}",
            Owner,
            get(sessions::show),
            doc("showSession", "One session with its latest snapshot", 200).gives::<Value>(),
        ),
        api(
            Method::POST,
            "/api/sessions/{id}/code",
            Owner,
            post(sessions::save_code),
            doc("saveCode", "Stores a snapshot of the code", 201)
                .takes::<sessions::CodeBody>()
                .gives::<sessions::CodeAnswer>(),
        ),
        api(
            Method::POST,
            "/api/sessions/{id}/execute",
            Owner,
            post(sessions::execute),
            doc("executeCode", "Runs or submits code", 200)
                .takes::<sessions::ExecuteBody>()
                .gives::<crate::views::run::Run>(),
        ),
        api(
            Method::POST,
            "/api/sessions/{id}/end",
            Owner,
            post(sessions::end),
            doc(
                "endSession",
                "Ends the session; a repeat changes nothing",
                200,
            )
            .gives::<Value>(),
        ),
        api(
            Method::GET,
            "/api/sessions/{id}/evaluation",
            Owner,
            get(sessions::evaluation),
            doc("showEvaluation", "The evaluation, or how far it is", 200).gives::<Value>(),
        ),
        api(
            Method::POST,
            "/api/sessions/{id}/evaluate",
            Owner,
            post(sessions::retry_evaluation),
            doc("retryEvaluation", "Evaluates again what failed", 202),
        ),
        api(
            Method::GET,
            "/api/sessions/{id}/replay",
            Owner,
            get(sessions::replay),
            doc("replaySession", "The whole timeline", 200).gives::<Value>(),
        ),
        api(
            Method::POST,
            "/api/realtime/token",
            Member,
            post(tokens::token),
            doc(
                "makeSocketToken",
                "A token that opens the live socket once",
                200,
            )
            .takes::<tokens::TokenBody>()
            .gives::<tokens::TokenAnswer>(),
        ),
        Route {
            method: Method::GET,
            path: "/ws",
            access: Socket,
            kind: Kind::Socket,
            handler: get(handlers::socket::upgrade),
        },
    ]
}

fn machinery() -> Vec<Route> {
    use Access::Public;
    use routing::get;
    let plain = |path, kind, handler| Route {
        method: Method::GET,
        path,
        access: Public,
        kind,
        handler,
    };
    vec![
        plain("/health", Kind::Ops, get(ops::health)),
        plain("/ready", Kind::Ops, get(ops::ready)),
        api(
            Method::GET,
            "/api/openapi.json",
            Public,
            get(ops::openapi),
            doc("openapi", "This description", 200).gives::<Value>(),
        ),
        plain("/assets/{*path}", Kind::Asset, get(assets::asset)),
        plain("/favicon.ico", Kind::Asset, get(assets::favicon)),
        plain("/robots.txt", Kind::Asset, get(assets::robots)),
    ]
}

fn page(path: &'static str, access: Access, handler: MethodRouter<Web>) -> Route {
    Route {
        method: Method::GET,
        path,
        access,
        kind: Kind::Page,
        handler,
    }
}

fn form(path: &'static str, access: Access, handler: MethodRouter<Web>) -> Route {
    Route {
        method: Method::POST,
        path,
        access,
        kind: Kind::Form,
        handler,
    }
}

fn api(
    method: Method,
    path: &'static str,
    access: Access,
    handler: MethodRouter<Web>,
    doc: Doc,
) -> Route {
    Route {
        method,
        path,
        access,
        kind: Kind::Api(Box::new(doc)),
        handler,
    }
}

fn doc(name: &'static str, summary: &'static str, status: u16) -> Doc {
    Doc {
        name,
        summary,
        status,
        body: None,
        answer: None,
        query: &[],
    }
}

impl Doc {
    fn takes<T: JsonSchema>(mut self) -> Doc {
        self.body = Some(schema::<T>());
        self
    }

    fn gives<T: JsonSchema>(mut self) -> Doc {
        self.answer = Some(schema::<T>());
        self
    }

    fn asks(mut self, query: &'static [&'static str]) -> Doc {
        self.query = query;
        self
    }
}

/// Written out in place: references would point outside the document.
fn schema<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    settings
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}
