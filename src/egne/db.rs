//! SQL for what is stored about oneself.
use serde_json::{Map, Value};
use sqlx::Row;

use crate::{Result, db::Tx};

/// Rows that name one in one column of a table.
pub(super) struct Funn {
    pub(super) tabell: String,
    pub(super) kolonne: String,
    pub(super) antall: i64,
}

/// Where one is named, and how often.
pub(super) async fn funn(tx: &mut Tx) -> Result<Vec<Funn>> {
    let sql = "select tabell, kolonne, jsonb_array_length(rader)::bigint as antall from egne_opplysninger()";
    let rader = sqlx::query(sql).fetch_all(&mut **tx).await?;
    let funn = |r: &sqlx::postgres::PgRow| Funn {
        tabell: r.get("tabell"),
        kolonne: r.get("kolonne"),
        antall: r.get("antall"),
    };
    Ok(rader.iter().map(funn).collect())
}

/// All of it, by table and column. That it leaves the house is told to the log.
pub(super) async fn alt(tx: &mut Tx) -> Result<Value> {
    let sql = "insert into hendelse (slag, tabell, rad_id) values ('eksport', 'person', gjeldende_person())";
    sqlx::query(sql).execute(&mut **tx).await?;
    let rader = sqlx::query("select tabell || '.' || kolonne as sted, rader::text as rader from egne_opplysninger()")
        .fetch_all(&mut **tx)
        .await?;
    let par = rader.iter().map(|r| (r.get("sted"), serde_json::from_str(r.get("rader")).unwrap_or_default()));
    Ok(Value::Object(par.collect::<Map<_, _>>()))
}
