//! The hendelseslogg: that nobody gets past it, that it holds no words, and that nobody can touch it unseen.
mod kjede;
mod rader;
mod sider;
mod spor;
mod tabeller;
mod web;

use sqlx::AssertSqlSafe;

use crate::{TestApp, id};

/// A row of the log as a test asks for it.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct Hendelse {
    pub(crate) lopenr: i64,
    pub(crate) slag: String,
    pub(crate) person_id: Option<uuid::Uuid>,
    pub(crate) rolle_type: Option<String>,
    pub(crate) tabell: Option<String>,
    pub(crate) rad_id: Option<uuid::Uuid>,
    pub(crate) mote_id: Option<uuid::Uuid>,
    pub(crate) operasjon: Option<String>,
    pub(crate) felter: Option<Vec<String>>,
    pub(crate) verdier: Option<String>,
    pub(crate) innhold: Option<String>,
    pub(crate) tegn: Option<String>,
    pub(crate) utfall: String,
    pub(crate) fra: Option<String>,
    pub(crate) arsak: Option<String>,
}

impl TestApp {
    /// The log of region 0a after a number, of the kinds asked for (SQL).
    pub(crate) async fn logg(&self, etter: i64, hvor: &str) -> Vec<Hendelse> {
        let sql = format!(
            "select lopenr, slag, person_id, rolle_type, tabell, rad_id, mote_id, operasjon, felter, verdier::text, innhold::text,
                    tegn::text, utfall, fra, arsak
               from hendelse where region_id = '{}' and lopenr > {etter} and ({hvor}) order by lopenr",
            id("0a", "00", 1)
        );
        sqlx::query_as(AssertSqlSafe(sql)).fetch_all(&self.eier).await.unwrap()
    }

    /// The last number of region 0a's log.
    pub(crate) async fn loggslutt(&self) -> i64 {
        let sql = "select coalesce(max(lopenr), 0) from hendelse where region_id = $1";
        sqlx::query_scalar(sql).bind(id("0a", "00", 1)).fetch_one(&self.eier).await.unwrap()
    }
}

pub(super) async fn eier(app: &TestApp, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&app.eier).await.unwrap();
}
