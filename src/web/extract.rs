//! What a request says, turned into capabilities and checked values; and the guards before any handler.

use crate::{
    access::{Member, OwnedInterview, Staff},
    web::{
        Web,
        error::Error,
        frame::{Frame, FrameUser},
        limits::Caller,
    },
};
use axum::{
    body::Bytes,
    extract::{
        ConnectInfo, FromRequest, FromRequestParts, RawPathParams, Request, State,
        rejection::BytesRejection,
    },
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::Response,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use serde::de::DeserializeOwned;
use sha2::Sha256;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use subtle::ConstantTimeEq;

/// Longest `Authorization` or cookie secret that is looked at.
const SECRET_BYTES_MAX: usize = 256;

/// Who is calling, found out once for each request.
#[derive(Clone)]
pub struct Who {
    pub member: Option<Member>,
    pub caller: Caller,
    pub address: IpAddr,
    /// A program with a token rather than a browser with a cookie.
    pub by_token: bool,
    /// The random value of the form cookie; new ones are set on the way out.
    pub form: String,
    pub form_is_new: bool,
}

/// Finds out who is calling and leaves it in the request.
pub async fn recognise(
    State(web): State<Web>,
    mut request: Request,
    next: Next,
) -> Result<Response, Error> {
    let who = look(&web, &request)?;
    if let Some(member) = &who.member {
        web.engine.touch_login(member).await?;
    }
    let set_form = (who.form_is_new && !who.by_token && is_page(request.uri().path()))
        .then(|| web.cookies.set_form(&who.form));
    request.extensions_mut().insert(who);
    let mut response = next.run(request).await;
    if let Some(cookie) = set_form {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// For error pages: who was calling, or nobody when even that cannot be found out.
pub fn recognise_quietly(web: &Web, request: &Request) -> Who {
    look(web, request).unwrap_or_else(|_| Who {
        member: None,
        caller: Caller::Address(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        by_token: false,
        form: String::new(),
        form_is_new: false,
    })
}

fn look(web: &Web, request: &Request) -> Result<Who, Error> {
    let headers = request.headers();
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| {
            value
                .to_str()
                .ok()?
                .strip_prefix("Bearer ")
                .map(str::to_owned)
        })
        .filter(|secret| secret.len() <= SECRET_BYTES_MAX);
    let by_token = bearer.is_some();
    let secret = bearer
        .or_else(|| web.cookies.login(headers))
        .filter(|secret| secret.len() <= SECRET_BYTES_MAX);
    let member = match secret {
        Some(secret) => web.gate.member(&secret)?,
        None => None,
    };
    let address = address(web, request);
    let caller = member.as_ref().map_or(Caller::Address(address), |member| {
        Caller::Account(member.id())
    });
    let form = web.cookies.form(headers).filter(|form| form.len() <= 64);
    let form_is_new = form.is_none();
    let form = form.unwrap_or_else(|| URL_SAFE_NO_PAD.encode(web.engine.entropy().bytes::<18>()));
    Ok(Who {
        member,
        caller,
        address,
        by_token,
        form,
        form_is_new,
    })
}

/// Refuses writes that a browser sends on behalf of another site.
pub async fn refuse_cross_site(
    State(web): State<Web>,
    request: Request,
    next: Next,
) -> Result<Response, Error> {
    if matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    ) && !request.headers().contains_key(header::UPGRADE)
    {
        return Ok(next.run(request).await);
    }
    let headers = request.headers();
    let text = |name: &str| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or("unreadable"))
    };
    if text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return Err(Error::CrossSite);
    }
    if let Some(origin) = text("origin") {
        let ours = url::Url::parse(origin).is_ok_and(|origin| {
            let host = origin.host_str().map(|host| match origin.port() {
                Some(port) => format!("{host}:{port}"),
                None => host.to_owned(),
            });
            origin.origin() == web.public_url.origin()
                || (host.is_some() && host.as_deref() == text("host"))
        });
        if !ours {
            return Err(Error::CrossSite);
        }
    }
    Ok(next.run(request).await)
}

/// Counts the request against its caller's bound.
pub async fn bound_requests(
    State(web): State<Web>,
    who: axum::Extension<Who>,
    request: Request,
    next: Next,
) -> Result<Response, Error> {
    let path = request.uri().path();
    match path {
        "/health" | "/ready" => {}
        _ if path.starts_with("/api/") || path == "/ws" => web.limits.request(&who.caller)?,
        _ if path.starts_with("/assets/") => {}
        _ => web.limits.page(&who.caller)?,
    }
    Ok(next.run(request).await)
}

fn is_page(path: &str) -> bool {
    !path.starts_with("/api/")
        && !path.starts_with("/assets/")
        && !matches!(path, "/ws" | "/health" | "/ready")
}

/// The address of whoever is calling; a header is believed only from a proxy that the config trusts.
fn address(web: &Web, request: &Request) -> IpAddr {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(address)| {
            address.ip()
        });
    if !web.config.server.trusted_proxies.contains(&peer) {
        return peer;
    }
    let forwarded = request
        .headers()
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok());
    forwarded
        .into_iter()
        .flat_map(|chain| chain.rsplit(','))
        .filter_map(|hop| hop.trim().parse::<IpAddr>().ok())
        .find(|hop| !web.config.server.trusted_proxies.contains(hop))
        .unwrap_or(peer)
}

impl Who {
    /// The token that forms of this browser carry.
    pub fn csrf(&self, web: &Web) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&web.form_key).expect("any length of key will do");
        mac.update(self.form.as_bytes());
        if let Some(login) = self.member.as_ref().and_then(Member::login) {
            mac.update(&login.to_bytes());
        }
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    }
}

impl FromRequestParts<Web> for Who {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Who, Error> {
        parts
            .extensions
            .get::<Who>()
            .cloned()
            .ok_or_else(|| Error::Ours {
                what: "nobody was recognised".to_owned(),
            })
    }
}

impl FromRequestParts<Web> for Member {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Member, Error> {
        Who::from_request_parts(parts, web)
            .await?
            .member
            .ok_or(Error::SignedOut)
    }
}

impl FromRequestParts<Web> for OwnedInterview {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<OwnedInterview, Error> {
        let member = Member::from_request_parts(parts, web).await?;
        let params = RawPathParams::from_request_parts(parts, web)
            .await
            .map_err(|_| Error::NotFound)?;
        let id = params
            .iter()
            .find(|(name, _)| *name == "id")
            .map(|(_, value)| value.to_owned());
        let id = id.and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
        web.gate.owned(&member, id)?.ok_or(Error::NotFound)
    }
}

impl FromRequestParts<Web> for Staff {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Staff, Error> {
        let member = Member::from_request_parts(parts, web).await?;
        web.gate.staff(&member).ok_or(Error::NotFound)
    }
}

/// A JSON body. The content type must say so: a foreign form cannot.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Web> for Json<T> {
    type Rejection = Error;
    async fn from_request(request: Request, web: &Web) -> Result<Json<T>, Error> {
        if !content_type(request.headers()).is_some_and(|kind| kind.starts_with("application/json"))
        {
            return Err(Error::Malformed(
                "Send JSON with `Content-Type: application/json`.".to_owned(),
            ));
        }
        let bytes = body(request, web).await?;
        serde_json::from_slice(&bytes)
            .map(Json)
            .map_err(|error| match error.classify() {
                // The shape is JSON, a field is not what it should be.
                serde_json::error::Category::Data => {
                    let message = error.to_string();
                    let field = message.split('`').nth(1).unwrap_or("body").to_owned();
                    Error::field(&field, readable(&message))
                }
                _ => Error::Malformed("The body is not valid JSON.".to_owned()),
            })
    }
}

fn readable(message: &str) -> String {
    let sentence = message.split(" at line ").next().unwrap_or(message);
    let mut letters = sentence.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}

/// A form whose token was checked.
pub struct Verified<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Web> for Verified<T> {
    type Rejection = Error;
    async fn from_request(request: Request, web: &Web) -> Result<Verified<T>, Error> {
        let who = request
            .extensions()
            .get::<Who>()
            .cloned()
            .ok_or(Error::CrossSite)?;
        let header_token = request
            .headers()
            .get("x-csrf-token")
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        if !content_type(request.headers())
            .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
        {
            return Err(Error::Malformed(
                "Send the form as it is on the page.".to_owned(),
            ));
        }
        let bytes = body(request, web).await?;
        let pairs: Vec<(String, String)> =
            url::form_urlencoded::parse(&bytes).into_owned().collect();
        let token = pairs
            .iter()
            .find(|(name, _)| name == "csrf")
            .map(|(_, value)| value.clone())
            .or(header_token);
        if !token.is_some_and(|token| token.as_bytes().ct_eq(who.csrf(web).as_bytes()).into()) {
            return Err(Error::CrossSite);
        }
        let fields: serde_json::Map<String, serde_json::Value> = pairs
            .into_iter()
            .filter(|(name, _)| name != "csrf")
            .map(|(name, value)| (name, value.into()))
            .collect();
        serde_json::from_value(fields.into())
            .map(Verified)
            .map_err(|_| {
                Error::Malformed(
                    "A field of the form is missing. Reload the page and try again.".to_owned(),
                )
            })
    }
}

fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::CONTENT_TYPE)?.to_str().ok()
}

async fn body(request: Request, web: &Web) -> Result<Bytes, Error> {
    Bytes::from_request(request, web)
        .await
        .map_err(|rejection: BytesRejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                Error::TooLarge
            } else {
                Error::Malformed("The body broke off.".to_owned())
            }
        })
}

/// The surroundings of a page for whoever is calling.
pub struct Framing {
    web: Web,
    who: Who,
    path: String,
    theme: Option<&'static str>,
    insecure: bool,
}

impl FromRequestParts<Web> for Framing {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Framing, Error> {
        Ok(Framing {
            web: web.clone(),
            who: Who::from_request_parts(parts, web).await?,
            path: parts.uri.path().to_owned(),
            theme: web.cookies.theme(&parts.headers),
            insecure: !web.cookies.are_secure(),
        })
    }
}

impl Framing {
    /// The theme that this browser chose; nothing = as the system says.
    pub fn theme(&self) -> Option<&'static str> {
        self.theme
    }

    /// The frame of a page with this title and description.
    pub fn frame(&self, title: impl Into<String>, description: impl Into<String>) -> Frame {
        Frame {
            title: title.into(),
            description: description.into(),
            path: self.path.clone(),
            origin: self
                .web
                .public_url
                .as_str()
                .trim_end_matches('/')
                .to_owned(),
            user: self.who.member.as_ref().map(|member| {
                let account = member.account();
                FrameUser {
                    name: account.name.clone(),
                    email_initial: account
                        .email
                        .chars()
                        .take(1)
                        .flat_map(char::to_uppercase)
                        .collect(),
                    credits: account.credits,
                    is_admin: account.role == interviewd_domain::account::Role::Admin,
                }
            }),
            csrf: self.who.csrf(&self.web),
            theme: self.theme,
            insecure_banner: self.insecure,
            dev: self.web.dev,
            version: env!("CARGO_PKG_VERSION"),
            flash: None,
        }
    }
}
