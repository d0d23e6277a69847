//! Whatever the owner does to the log is found by walking it, and what a chain cannot tell, a seal or a kept head does.
use samhandling::hendelse::{Avvik, Hode, Nokkel, Regionsvar, forsegl, verifiser};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use time::macros::datetime;

use super::eier;
use crate::{TestApp, id};

/// What the owner must say to write in the log past its trigger.
const FORBI: &str = "alter table hendelse disable trigger lenk;";
const TILBAKE: &str = "alter table hendelse enable trigger lenk;";

fn nokkel() -> Nokkel {
    Nokkel::ny(b"en nokkel som bare denne proven har").unwrap()
}

async fn gang(app: &TestApp, hoder: &[Hode]) -> (Regionsvar, Vec<Avvik>) {
    let na = datetime!(2026-11-18 10:00 UTC);
    let (regioner, felles) = verifiser(app.eier.clone(), Some(&nokkel()), hoder, na).await.unwrap();
    (regioner.into_iter().find(|r| r.navn == "Nordregionen").unwrap(), felles)
}

async fn avvik(app: &TestApp) -> Vec<Avvik> {
    let (region, felles) = gang(app, &[]).await;
    region.avvik.into_iter().chain(felles).collect()
}

async fn hode(app: &TestApp) -> Hode {
    gang(app, &[]).await.0.hode.unwrap()
}

fn hendelse(sql: &str) -> String {
    format!("{FORBI} {} {TILBAKE}", sql.replace("{region}", &format!("region_id = '{}'", id("0a", "00", 1))))
}

/// The chain written anew from a row on, hashes and all: what an owner with time would do.
const SKRIV_OM: &str = "do $$ declare h hendelse; f bytea; begin
    for h in select * from hendelse where {region} order by lopenr loop
        f := coalesce(f, h.forrige);
        update hendelse set forrige = f, hash = sha256(f || convert_to(jsonb_build_array(
            h.region_id, h.lopenr, (extract(epoch from h.tid) * 1000000)::bigint, h.slag, h.bruker_id, h.person_id, h.rolle_id, h.rolle_type,
            h.av, h.tabell, h.rad_id, h.mote_id, h.operasjon, h.felter, h.verdier, h.innhold, h.tegn, h.utfall, h.fra, h.foresporsel,
            h.arsak)::text, 'UTF8'))
         where hendelse.region_id = h.region_id and hendelse.lopenr = h.lopenr returning hash into f;
    end loop; end $$;";

#[sqlx::test]
async fn a_log_that_nobody_has_touched_is_whole_and_numbered_from_one(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (region, felles) = gang(&app, &[]).await;
    assert_eq!((region.avvik.as_slice(), felles.as_slice()), ([].as_slice(), [].as_slice()));
    assert!(region.antall > 50, "{}", region.antall);
    assert_eq!(region.hode.unwrap().lopenr.unsigned_abs(), region.antall);
}

#[sqlx::test]
async fn a_row_changed_removed_swapped_or_added_by_the_owner_is_found(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    eier(&app, "create schema bort; create table bort.kopi as select * from hendelse").await;
    let igjen = hendelse("truncate hendelse; insert into hendelse select * from bort.kopi;");
    let siste = hode(&app).await.lopenr;
    for (sql, ventet) in [
        ("update hendelse set person_id = gen_random_uuid() where {region} and lopenr = 7;", Avvik::Endret(7)),
        ("update hendelse set tid = tid - interval '1 second' where {region} and lopenr = 7;", Avvik::Endret(7)),
        ("delete from hendelse where {region} and lopenr between 7 and 9;", Avvik::Mangler(7, 9)),
        ("delete from hendelse where {region} and lopenr = 1;", Avvik::Mangler(1, 1)),
        (
            "update hendelse set lopenr = -7 where {region} and lopenr = 7; update hendelse set lopenr = 7 where {region} and lopenr = 8;
             update hendelse set lopenr = 8 where {region} and lopenr = -7;",
            Avvik::Brudd(7),
        ),
        (
            "insert into hendelse (region_id, lopenr, tid, slag, forrige, hash)
             select region_id, max(lopenr) + 1, now(), 'lest', '\\x00', '\\x00' from hendelse where {region} group by 1;",
            Avvik::Brudd(siste + 1),
        ),
    ] {
        eier(&app, &hendelse(sql)).await;
        let funnet = avvik(&app).await;
        assert!(funnet.contains(&ventet), "{sql}: {funnet:?}");
        eier(&app, &igjen).await;
        assert_eq!(avvik(&app).await, []);
    }
    eier(&app, "alter table tiltak disable trigger logg").await;
    assert_eq!(avvik(&app).await, [Avvik::Avslatt("tiltak".into())]);
    eier(&app, "alter table tiltak enable trigger logg; drop trigger logg on sak").await;
    assert_eq!(avvik(&app).await, [Avvik::Avslatt("sak".into())]);
}

#[sqlx::test]
async fn a_chain_that_is_written_anew_or_cut_does_not_fit_its_seals(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.som("0a", 1).get("/moter").await;
    assert_eq!(forsegl(app.app(), &nokkel()).await.unwrap(), 1);
    assert_eq!(forsegl(app.app(), &nokkel()).await.unwrap(), 0, "nothing new");
    let forst = hode(&app).await;
    assert_eq!(avvik(&app).await, []);
    app.som("0a", 1).get(&format!("/moter/{}", id("0a", "0c", 1))).await;
    assert_eq!(forsegl(app.app(), &nokkel()).await.unwrap(), 1);
    eier(&app, "create schema bort; create table bort.kopi as select * from hendelse; create table bort.seglkopi as select * from loggsegl").await;

    eier(
        &app,
        &hendelse(&format!("update hendelse set fra = 'et annet sted' where {{region}} and lopenr = 3; {SKRIV_OM}")),
    )
    .await;
    assert_eq!(
        avvik(&app).await,
        [Avvik::Segl(1, forst.lopenr), Avvik::Segl(2, forst.lopenr + 1)],
        "the chain alone is whole"
    );
    // The owner moves the seals along, but cannot make them.
    let nye =
        "update loggsegl s set hash = h.hash from hendelse h where h.region_id = s.region_id and h.lopenr = s.lopenr;";
    eier(&app, nye).await;
    assert_eq!(avvik(&app).await, [Avvik::UekteSegl(1), Avvik::UekteSegl(2)]);

    let igjen = "truncate hendelse, loggsegl; insert into hendelse select * from bort.kopi; insert into loggsegl select * from bort.seglkopi;";
    eier(&app, &hendelse(igjen)).await;
    assert_eq!(avvik(&app).await, []);
    eier(&app, &hendelse(&format!("delete from hendelse where {{region}} and lopenr > {};", forst.lopenr))).await;
    assert_eq!(avvik(&app).await, [Avvik::Segl(2, forst.lopenr + 1)]);
    eier(&app, "delete from loggsegl where nr = 1").await;
    assert!(avvik(&app).await.contains(&Avvik::SeglMangler(2)));
}

#[sqlx::test]
async fn a_cut_tail_is_found_by_a_head_that_was_kept_elsewhere(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let kept = hode(&app).await;
    app.som("0a", 1).get(&format!("/moter/{}", id("0a", "0c", 1))).await;
    assert_eq!(gang(&app, std::slice::from_ref(&kept)).await.1, []);
    eier(&app, &hendelse(&format!("delete from hendelse where {{region}} and lopenr >= {};", kept.lopenr))).await;
    let (region, felles) = gang(&app, std::slice::from_ref(&kept)).await;
    assert_eq!(region.avvik, [], "nothing in the chain itself tells");
    assert_eq!(felles, [Avvik::Hode(kept)]);
}
