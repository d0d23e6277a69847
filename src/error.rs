//! Everything that can go wrong, as the person at the screen meets it.
use std::{fmt, sync::Arc};

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::tekst;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One error for the whole house; its words are written for the person at the screen.
#[derive(thiserror::Error)]
pub enum Error {
    #[error("Siden finnes ikke, eller du har ikke tilgang til den")]
    IkkeFunnet,
    #[error("Rollen din gir ikke rett til å gjøre dette")]
    IkkeTilgang,
    #[error("Du må logge inn")]
    Utlogget,
    /// Signed in, but no region and role chosen yet.
    #[error("Velg hvem du handler på vegne av")]
    UtenRolle,
    /// The account must get a password of its own before anything else.
    #[error("Du må velge et eget passord først")]
    MaByttePassord,
    /// The account must get a second step of its log-in before anything else.
    #[error("Du må sette opp totrinnskode først")]
    MaSetteOppTotrinn,
    /// A rule of the domain said no; its own words tell why.
    #[error("{0}")]
    Regelbrudd(String),
    /// What was sent cannot be understood or must not be stored.
    #[error("{0}")]
    Ugyldig(String),
    #[error("Filen eller teksten er for stor")]
    ForStor,
    /// Too many failed log-ins; seconds to wait.
    #[error("For mange forsøk. Vent {0} sekunder og prøv igjen")]
    Vent(i64),
    #[error("Noe gikk galt hos oss. Det du sendte, er ikke lagret. Prøv igjen om litt")]
    Db(#[source] sqlx::Error),
    #[error("Noe gikk galt hos oss. Prøv igjen om litt")]
    Intern(String),
}

/// What the server's own log may hold: which kind, and of the database's word only what names no row. Its messages quote what was
/// written, and so may a rule's.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Db(sqlx::Error::Database(e)) => f
                .debug_struct("Db")
                .field("kode", &e.code())
                .field("tabell", &e.table())
                .field("regel", &e.constraint())
                .finish(),
            Error::Db(
                e @ (sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::Tls(_)),
            ) => {
                write!(f, "Db({e})")
            }
            Error::Db(sqlx::Error::ColumnNotFound(kolonne)) => write!(f, "Db(ColumnNotFound({kolonne}))"),
            Error::Db(_) => f.write_str("Db"),
            Error::Intern(ord) => write!(f, "Intern({ord})"),
            annen => write!(f, "{}", annen.status()),
        }
    }
}

impl Error {
    pub fn status(&self) -> StatusCode {
        match self {
            Error::IkkeFunnet => StatusCode::NOT_FOUND,
            Error::IkkeTilgang => StatusCode::FORBIDDEN,
            Error::Utlogget => StatusCode::UNAUTHORIZED,
            Error::UtenRolle | Error::MaByttePassord | Error::MaSetteOppTotrinn => StatusCode::SEE_OTHER,
            Error::Regelbrudd(_) => StatusCode::CONFLICT,
            Error::Ugyldig(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::ForStor => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Vent(_) => StatusCode::TOO_MANY_REQUESTS,
            Error::Db(_) | Error::Intern(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// True when this is the unique constraint `name` saying no, so that a form can say it at the field.
    pub fn on_constraint(&self, name: &str) -> bool {
        matches!(self, Error::Db(sqlx::Error::Database(e)) if e.constraint() == Some(name))
    }
}

/// The code our own trigger raises when somebody changes a ferdigstilt møte.
const LAST: &str = "SH001";
/// The codes of a move that a møte, an attendance, a referat, a sladding, a broken glass, a door one opens for oneself, a tiltak, a bistandsforespørsel or a sak does not allow; the
/// trigger's own words tell why.
const GANG: [&str; 9] = ["SH002", "SH003", "SH004", "SH005", "SH006", "SH007", "SH020", "SH021", "SH022"];

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Error::IkkeFunnet,
            sqlx::Error::Database(e) if e.code().as_deref() == Some(LAST) => {
                Error::Regelbrudd("Møtet er ferdigstilt og låst. Ingenting i det kan endres".into())
            }
            sqlx::Error::Database(e) if e.code().is_some_and(|kode| GANG.contains(&kode.as_ref())) => {
                Error::Regelbrudd(tekst::stor(e.message()))
            }
            _ => Error::Db(error),
        }
    }
}

/// Sets the status and hands the error itself to the frame, which gives it a face.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let sted = match self {
            Error::UtenRolle => Some("/pa-vegne-av"),
            Error::MaByttePassord => Some("/konto"),
            Error::MaSetteOppTotrinn => Some("/konto/totrinn"),
            _ => None,
        };
        let mut response = self.status().into_response();
        if let Some(sted) = sted {
            response.headers_mut().insert(header::LOCATION, header::HeaderValue::from_static(sted));
        }
        if let Error::Vent(sekunder) = self {
            response.headers_mut().insert(header::RETRY_AFTER, sekunder.into());
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}
