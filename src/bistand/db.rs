//! SQL for bistandsforespørsler. No query names the region: the transaction already stands in one.
use sqlx::{Row, postgres::PgRow};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Foresporsel, Grunnlag, Hendelse, Innsyn, Motevalg, Mottaker, Oppgitt, Opphavsmote, Status};
use crate::{
    Error, Result,
    db::Tx,
    web::{Liste, PER_SIDE, Utdrag},
};

/// One line of the list.
pub(super) struct Rad {
    pub(super) id: Uuid,
    pub(super) overskrift: String,
    pub(super) fra: String,
    pub(super) til: String,
    pub(super) svarfrist: Date,
    pub(super) opprettet: OffsetDateTime,
    pub(super) status: Status,
}

/// One page of the requests to and from one's own fora and to one's tjeneste, and with a kommune all of it.
pub(super) async fn liste(tx: &mut Tx, liste: &Liste, innsyn: Innsyn) -> Result<Utdrag<Rad>> {
    let rader = sqlx::query(
        r#"with mine as materialized (
               select m.region_id, m.forum_id from forum_medlem m
                where m.person_id = gjeldende_person() and daterange(m.gyldig_fra, m.gyldig_til, '[]') @> i_dag() and $9),
           tjenester as materialized (
               select t.tjeneste_id, t.kommune_id from tjenestefolk() t where t.person_id = gjeldende_person()),
           treff as (
               select b.id, b.overskrift, f.navn as fra, coalesce(t.navn, tj.navn) as til, b.svarfrist, b.opprettet, b.status,
                      b.status in ('sendt', 'mottatt', 'akseptert') as venter
                 from bistandsforesporsel b
                 join forum f on f.region_id = b.region_id and f.id = b.fra_forum_id
                 left join forum t on t.region_id = b.region_id and t.id = b.til_forum_id
                 left join tjeneste tj on tj.region_id = b.region_id and tj.id = b.til_tjeneste_id
                where (f.kommune_id = $1 or t.kommune_id = $1
                       or exists (select from mine where mine.region_id = b.region_id and mine.forum_id in (b.fra_forum_id, b.til_forum_id))
                       or (b.til_tjeneste_id, f.kommune_id) in (select tjeneste_id, kommune_id from tjenester))
                  and ($2 <> 'fra' or exists (select from mine where mine.region_id = b.region_id and mine.forum_id = b.fra_forum_id))
                  and ($2 <> 'til' or t.kommune_id = $1
                       or (b.til_tjeneste_id is not null and f.kommune_id = $1
                           and not exists (select from tjenestefolk() folk
                                            where folk.tjeneste_id = b.til_tjeneste_id and folk.kommune_id = f.kommune_id))
                       or exists (select from mine where mine.region_id = b.region_id and mine.forum_id = b.til_forum_id)
                       or (b.til_tjeneste_id, f.kommune_id) in (select tjeneste_id, kommune_id from tjenester))
                  and ($3 = '' or b.status = $3)
                  and (not $4 or (b.svarfrist < i_dag() and b.status in ('sendt', 'mottatt', 'akseptert')))
                  and ($5 = '' or strpos(lower(concat_ws(' ', b.overskrift, b.behov, f.navn, t.navn, tj.navn) collate "nb-x-icu"),
                                         lower($5 collate "nb-x-icu")) > 0))
           select treff.*, (select count(*) from treff) as totalt from treff
            order by case $6 when 'frist' then svarfrist end, case $6 when '-frist' then svarfrist end desc,
                     case $6 when 'sendt' then opprettet end, case $6 when '-sendt' then opprettet end desc,
                     venter desc, status = 'lukket', svarfrist, opprettet, id
            limit $7 offset least($8 - 1, greatest((select count(*) from treff) - 1, 0) / $7) * $7"#,
    )
    .bind(innsyn.kommune)
    .bind(liste.verdi("retning"))
    .bind(liste.verdi("status"))
    .bind(liste.verdi("over_frist") == "ja")
    .bind(liste.sok())
    .bind(liste.sorter())
    .bind(PER_SIDE)
    .bind(liste.side())
    .bind(innsyn.fora)
    .fetch_all(&mut **tx)
    .await?;
    let totalt = rader.first().map_or(0, |rad| rad.get("totalt"));
    let rader = rader.iter().map(|r| {
        Ok(Rad {
            id: r.get("id"),
            overskrift: r.get("overskrift"),
            fra: r.get("fra"),
            til: r.get("til"),
            svarfrist: r.get("svarfrist"),
            opprettet: r.get("opprettet"),
            status: status(r)?,
        })
    });
    Ok(Utdrag::ny(rader.collect::<Result<_>>()?, totalt, liste))
}

/// One request with all its page says; what it is tied to is shown as far as one sees.
pub(super) async fn hent(tx: &mut Tx, id: Uuid, innsyn: Innsyn) -> Result<Foresporsel> {
    let rad = sqlx::query(
        "select b.id, b.fra_forum_id, b.til_forum_id, b.overskrift, b.behov, b.provd, b.svarfrist, b.status, b.svar,
                b.avvist_grunn, b.versjon, b.opprettet, b.mottatt, b.avgjort, b.besvart, b.lukket, f.navn as fra,
                coalesce(t.navn, tj.navn) as til, op.navn as opprettet_av, mp.navn as mottatt_av, ap.navn as avgjort_av, bp.navn as besvart_av, lp.navn as lukket_av,
                b.mote_id, h.start, coalesce(s.deltaker or s.leder, false) as ser_mote, coalesce(e.tittel, '') as punkt,
                o.id as opphav, o.overskrift as opphav_overskrift, coalesce(v.linjer, '[]')::text as videre
           from bistandsforesporsel b
           join forum f on f.region_id = b.region_id and f.id = b.fra_forum_id
           left join forum t on t.region_id = b.region_id and t.id = b.til_forum_id
           left join tjeneste tj on tj.region_id = b.region_id and tj.id = b.til_tjeneste_id
           left join person op on op.region_id = b.region_id and op.id = b.opprettet_av
           left join person mp on mp.region_id = b.region_id and mp.id = b.mottatt_av
           left join person ap on ap.region_id = b.region_id and ap.id = b.avgjort_av
           left join person bp on bp.region_id = b.region_id and bp.id = b.besvart_av
           left join person lp on lp.region_id = b.region_id and lp.id = b.lukket_av
           left join lateral motehode(b.mote_id) h on true
           left join lateral forhold_til_mote(b.mote_id) s on true
           left join moteelement e on e.region_id = b.region_id and e.id = b.moteelement_id
           left join bistandsforesporsel o on o.region_id = b.region_id and o.id = b.opphav_id
                                          and bistand_synlig(o, $2, $3)
           left join lateral (
               select json_agg(json_build_object('id', sendt.id, 'til', sendt.til, 'status', sendt.status, 'synlig', c.id is not null,
                                                 'svar', coalesce(c.svar, ''), 'avvist_grunn', coalesce(c.avvist_grunn, ''))
                               order by sendt.nr) as linjer
                 from sendt_videre(b.id) sendt
                 left join bistandsforesporsel c on c.region_id = b.region_id and c.id = sendt.id and bistand_synlig(c, $2, $3)) v on true
          where b.id = $1",
    )
    .bind(id)
    .bind(innsyn.kommune)
    .bind(innsyn.fora)
    .fetch_one(&mut **tx)
    .await?;
    foresporsel(&rad)
}

fn foresporsel(rad: &PgRow) -> Result<Foresporsel> {
    let avvist_grunn: String = rad.get("avvist_grunn");
    let mote = rad.get::<Option<Uuid>, _>("mote_id").zip(rad.get::<Option<OffsetDateTime>, _>("start"));
    let opphav = rad.get::<Option<Uuid>, _>("opphav").zip(rad.get::<Option<String>, _>("opphav_overskrift"));
    let videre = serde_json::from_str(rad.get("videre")).map_err(|feil| Error::Intern(feil.to_string()))?;
    Ok(Foresporsel {
        id: rad.get("id"),
        fra: (rad.get("fra_forum_id"), rad.get("fra")),
        til: (rad.get("til_forum_id"), rad.get("til")),
        innhold: Oppgitt {
            overskrift: rad.get("overskrift"),
            behov: rad.get("behov"),
            provd: rad.get("provd"),
            svarfrist: rad.get("svarfrist"),
        },
        status: status(rad)?,
        svar: rad.get("svar"),
        versjon: rad.get("versjon"),
        mote: mote.map(|(id, start)| Opphavsmote { id, start, punkt: rad.get("punkt"), synlig: rad.get("ser_mote") }),
        hendelser: hendelser(rad, !avvist_grunn.is_empty()),
        avvist_grunn,
        opphav,
        videre,
    })
}

/// What has happened, in order, of the moments that are set.
fn hendelser(rad: &PgRow, avvist: bool) -> Vec<Hendelse> {
    let alle = [
        ("Sendt", "opprettet", "opprettet_av"),
        ("Mottatt", "mottatt", "mottatt_av"),
        (if avvist { "Avvist" } else { "Akseptert" }, "avgjort", "avgjort_av"),
        ("Besvart", "besvart", "besvart_av"),
        ("Lukket", "lukket", "lukket_av"),
    ];
    let skjedd = alle.into_iter().filter_map(|(hva, nar, hvem)| {
        let nar: Option<OffsetDateTime> = rad.get(nar);
        nar.map(|nar| Hendelse { hva, hvem: rad.get::<Option<String>, _>(hvem).unwrap_or_default(), nar })
    });
    skjedd.collect()
}

fn status(rad: &PgRow) -> Result<Status> {
    let ord: &str = rad.get("status");
    ord.parse().map_err(|_| Error::Intern(format!("status holds «{ord}»")))
}

/// What a form to lift something from a forum, and perhaps from one of its møter, needs to know.
pub(super) async fn grunnlag(tx: &mut Tx, forum: Uuid, mote: Option<Uuid>) -> Result<Grunnlag> {
    let rad = sqlx::query(
        "select f.navn, f.type = 'tst_kommune' as er_kommunens, coalesce(f.gyldig_til < i_dag(), false) as avsluttet,
                coalesce(k.navn, '') as kommune, t.id as til, t.navn as til_navn, m.id as mote, m.start,
                array(select e.id from moteelement e where e.region_id = m.region_id and e.mote_id = m.id order by e.plass) as punkter,
                array(select e.tittel from moteelement e where e.region_id = m.region_id and e.mote_id = m.id order by e.plass) as titler
           from forum f
           left join kommune k on k.region_id = f.region_id and k.id = f.kommune_id
           left join lateral (
               select t.id, t.navn from forum t
                where t.region_id = f.region_id and t.kommune_id = f.kommune_id and t.type = 'tst_kommune' and t.id <> f.id
                  and daterange(t.gyldig_fra, t.gyldig_til, '[]') @> i_dag()
                order by t.gyldig_fra, t.id limit 1) t on true
           left join mote m on m.region_id = f.region_id and m.forum_id = f.id and m.id = $2
          where f.id = $1",
    )
    .bind(forum)
    .bind(mote)
    .fetch_one(&mut **tx)
    .await?;
    let funnet = rad.get::<Option<Uuid>, _>("mote").zip(rad.get::<Option<OffsetDateTime>, _>("start"));
    if mote.is_some() && funnet.is_none() {
        return Err(Error::IkkeFunnet);
    }
    let punkter = || {
        let titler: Vec<String> = rad.get("titler");
        rad.get::<Vec<Uuid>, _>("punkter").into_iter().zip(titler).collect()
    };
    let er_kommunens = rad.get("er_kommunens");
    let mottaker = rad.get::<Option<Uuid>, _>("til").zip(rad.get::<Option<String>, _>("til_navn"));
    Ok(Grunnlag {
        forum: (forum, rad.get("navn")),
        kommune: rad.get("kommune"),
        er_kommunens,
        avsluttet: rad.get("avsluttet"),
        mottaker: mottaker.filter(|_| !er_kommunens),
        mote: funnet.map(|(id, start)| Motevalg { id, start, punkter: punkter() }),
    })
}

/// Where a request comes from: the forum, and the request or the møte behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Avsender {
    pub(super) forum: Uuid,
    pub(super) opphav: Option<Uuid>,
    pub(super) mote: Option<Uuid>,
    pub(super) punkt: Option<Uuid>,
}

pub(super) async fn opprett(
    tx: &mut Tx,
    id: Uuid,
    (fra, til): (Avsender, Mottaker),
    ny: &Oppgitt,
    na: OffsetDateTime,
) -> Result<()> {
    let (forum, tjeneste) = match til {
        Mottaker::Forum(id) => (Some(id), None),
        Mottaker::Tjeneste(id) => (None, Some(id)),
    };
    sqlx::query(
        "insert into bistandsforesporsel (id, fra_forum_id, til_forum_id, opphav_id, mote_id, moteelement_id, overskrift, behov,
                                          provd, svarfrist, opprettet_av, opprettet, til_tjeneste_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, gjeldende_person(), $11, $12)",
    )
    .bind(id)
    .bind(fra.forum)
    .bind(forum)
    .bind(fra.opphav)
    .bind(fra.mote)
    .bind(fra.punkt)
    .bind(&ny.overskrift)
    .bind(&ny.behov)
    .bind(&ny.provd)
    .bind(ny.svarfrist)
    .bind(na)
    .bind(tjeneste)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Holds a request until the transaction ends, so that two people acting on it take turns; its state and version.
pub(super) async fn las(tx: &mut Tx, id: Uuid) -> Result<(Status, i32)> {
    let rad = sqlx::query("select status, versjon from bistandsforesporsel where id = $1 for update")
        .bind(id)
        .fetch_one(&mut **tx)
        .await?;
    Ok((status(&rad)?, rad.get("versjon")))
}

/// Stores a new state with its moment and the one who acts; `tekst` is the answer or the reason that goes with it.
pub(super) async fn flytt(tx: &mut Tx, id: Uuid, til: Status, tekst: &str, na: OffsetDateTime) -> Result<()> {
    sqlx::query(
        "update bistandsforesporsel
            set status = $2, versjon = versjon + 1,
                svar = case $2 when 'besvart' then $3 else svar end,
                avvist_grunn = case $2 when 'avvist' then $3 else avvist_grunn end,
                mottatt = case $2 when 'mottatt' then $4 else mottatt end,
                mottatt_av = case $2 when 'mottatt' then gjeldende_person() else mottatt_av end,
                avgjort = case when $2 in ('akseptert', 'avvist') then $4 else avgjort end,
                avgjort_av = case when $2 in ('akseptert', 'avvist') then gjeldende_person() else avgjort_av end,
                besvart = case $2 when 'besvart' then $4 else besvart end,
                besvart_av = case $2 when 'besvart' then gjeldende_person() else besvart_av end,
                lukket = case $2 when 'lukket' then $4 else lukket end,
                lukket_av = case $2 when 'lukket' then gjeldende_person() else lukket_av end
          where id = $1",
    )
    .bind(id)
    .bind(til.slug())
    .bind(tekst)
    .bind(na)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
