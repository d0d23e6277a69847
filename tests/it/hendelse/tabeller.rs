//! No table of a region is outside the log, but these, each with its reason.
use sqlx::{Executor, PgPool};

/// Tables of a region whose rows are not logged.
const UTEN_LOGG: [&str; 8] = [
    "hendelse",     // the log itself
    "loggsegl",     // its seals, which only grow
    "oppslag",      // reads: its own trigger writes them as such
    "okt",          // sessions: their own triggers write log-in, log-out and the choice of role
    "innsending",   // the key of a form; what the form did is logged
    "importutkast", // a file that waits; what it becomes is logged
    "tilknytning",  // follows person.bruker_id, which is logged
    "pulssvar",     // anonymous: nobody shall know who answered what
];
/// And that one has answered is nobody else's business either.
const ANONYM: &str = "puls_svart";

async fn uten(db: &PgPool) -> Vec<String> {
    let mut alle: Vec<String> = sqlx::query_scalar(
        "select c.relname::text from pg_class c
          where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
            and (c.relname in ('region', 'bruker')
                 or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'region_id' and not a.attisdropped))
            and not exists (select from pg_trigger g
                             where g.tgrelid = c.oid and g.tgname = 'logg' and g.tgenabled = 'O' and g.tginitdeferred
                               and g.tgtype & 29 = 29 and g.tgqual is null)
          order by 1",
    )
    .fetch_all(db)
    .await
    .unwrap();
    alle.retain(|t| !UTEN_LOGG.contains(&t.as_str()) && t != ANONYM);
    alle
}

/// Tables whose trigger does not know their columns as they are now.
async fn foreldet(db: &PgPool) -> Vec<String> {
    sqlx::query_scalar(
        "select c.relname::text from pg_trigger g join pg_class c on c.oid = g.tgrelid
          where g.tgname = 'logg' and c.relname not in ('bruker', 'oppslag')
            and split_part(encode(g.tgargs, 'escape'), '\\000', 1)::text[] <> loggkolonner(c.oid)",
    )
    .fetch_all(db)
    .await
    .unwrap()
}

#[sqlx::test]
async fn every_table_of_a_region_is_logged_for_every_change(db: PgPool) {
    assert_eq!(uten(&db).await, [] as [String; 0], "kall loggfor_tabell for tabellen i migreringen som lager den");
    db.execute("create table ny (region_id uuid, id uuid)").await.unwrap();
    assert_eq!(uten(&db).await, ["ny"]);
    db.execute("drop table ny; alter table tiltak disable trigger logg").await.unwrap();
    assert_eq!(uten(&db).await, ["tiltak"]);
    db.execute("alter table tiltak enable trigger logg; drop trigger logg on mote").await.unwrap();
    assert_eq!(uten(&db).await, ["mote"]);
}

#[sqlx::test]
async fn every_column_is_logged_by_value_or_by_length_as_it_is_today(db: PgPool) {
    assert_eq!(foreldet(&db).await, [] as [String; 0], "kall loggfor_tabell igjen når en tabell får nye kolonner");
    db.execute("alter table tiltak add column ny date").await.unwrap();
    assert_eq!(foreldet(&db).await, ["tiltak"]);
}

#[sqlx::test]
async fn only_columns_that_cannot_hold_words_are_logged_by_value(db: PgPool) {
    db.execute(
        "create table ny (region_id uuid, id uuid primary key, dag date, tall int, ord text, valg text check (valg in ('a', 'b')),
             halvt text check (valg in ('a', 'b') or halvt <> ''), lengde text check (length(lengde) < 9), valgene text[] check (valgene <@ array['a']),
             ordene text[], alt jsonb, hash bytea, omvendt text check (omvendt <> all (array['a', 'b'])))",
    )
    .await
    .unwrap();
    let apne: Vec<String> = sqlx::query_scalar("select unnest(loggkolonner('ny'))").fetch_all(&db).await.unwrap();
    assert_eq!(apne, ["id", "dag", "tall", "valg", "valgene"]);
}
