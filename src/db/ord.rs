//! Words of closed lists as rows hold them: a check constraint has let them through, so anything else is an error of ours.
use std::str::FromStr;

use sqlx::{Row, postgres::PgRow};

use crate::{Error, Result};

/// The choice a stored word stands for.
pub(crate) fn les_ord<T: FromStr>(ord: &str) -> Result<T> {
    ord.parse().map_err(|_| Error::Intern(format!("«{ord}» is not a word of its list")))
}

/// The choice a column holds.
pub(crate) fn les<T: FromStr>(rad: &PgRow, kolonne: &str) -> Result<T> {
    les_mulig(rad, kolonne)?.ok_or_else(|| Error::Intern(format!("{kolonne} is empty")))
}

/// The choice a column holds, when it holds one.
pub(crate) fn les_mulig<T: FromStr>(rad: &PgRow, kolonne: &str) -> Result<Option<T>> {
    rad.get::<Option<&str>, _>(kolonne).map(les_ord).transpose()
}
