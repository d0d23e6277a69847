//! Saker of the demo: what each team wants to talk about next, some of it judged by its leader and some not.
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Four of eight for each team with a møte ahead, two of them under one element: PPT reports the first, and the leader has put up
/// the others.
const NYE: &str = "
    insert into sak (id, forum_id, elementtype, niva, grunnlag, samtykke_ref, tittel, beskrivelse, minutter, fast, status, meldt_av,
                     meldt, avgjort_av, avgjort)
    select md5(f.id::text || s.nr)::uuid, f.id, s.del, case when s.grunnlag is null then 'system' else 'individ' end, s.grunnlag,
           case s.grunnlag when 'samtykke' then 'Sak 2026/0' || 100 + f.nr else '' end, s.tittel, s.mer, s.minutter, s.fast,
           case when ny then 'foreslatt' else 'satt_opp' end, case when ny then ppt.person_id else leder.person_id end,
           $1 - (s.nr + 2) * interval '1 day', case when not ny then leder.person_id end,
           case when not ny then $1 - interval '1 day' end
      from (select f.id, f.region_id, row_number() over (order by f.navn, f.id) as nr from forum f
             where f.type = 'tst_enhet' and f.gyldig_til is null
               and exists (select from mote m where m.region_id = f.region_id and m.forum_id = f.id
                                                and m.status in ('planlagt', 'innkalt'))) f
      join forum_medlem leder on leder.region_id = f.region_id and leder.forum_id = f.id and leder.leder and leder.gyldig_til is null
      join forum_medlem ppt on ppt.region_id = f.region_id and ppt.forum_id = f.id and ppt.tjenestetype = 'ppt'
                           and ppt.person_id is not null and ppt.gyldig_til is null
      join (values
          (0, 'generell', null, 'Overgangen fra barnehage til skole', 'Hva vi gjør i vår, og hvem som inviterer foreldrene.', 20, false),
          (1, 'veiledning', null, 'Samtaler med foreldre om skjermbruk', 'Personalet ønsker råd om hvordan de tar det opp.', 30, false),
          (2, 'observasjon', 'anonym', 'Utrygghet i garderoben', 'Flere barn trekker seg unna. Vi drøfter det uten å si hvem.', 20, false),
          (3, 'generell', null, 'Friminuttene på nedsiden av skolen', 'Det er lite å gjøre der, og ofte konflikter.', 15, false),
          (4, 'veiledning', null, 'Felles språk om uro', 'Vi vil øve på å beskrive det vi ser, ikke det vi tror.', 30, false),
          (5, 'observasjon', 'samtykke', 'Samarbeid om en familie', 'Foresatte ønsker at vi møtes én gang, ikke fire.', 25, false),
          (6, 'generell', null, 'Nytt siden sist', '', 10, true),
          (7, 'veiledning', null, 'Flerspråklige barn i lek', '', null, false)
      ) as s (nr, del, grunnlag, tittel, mer, minutter, fast) on (s.nr - f.nr) % 8 in (0, 1, 2, 3, -7, -6, -5)
      cross join lateral (select (s.nr - f.nr) % 8 in (0) as ny) n";

/// Writes them; the teams and their møter are there already.
pub(super) async fn lagre(db: &mut PgConnection, na: OffsetDateTime) -> Result<()> {
    sqlx::query(NYE).bind(na).execute(db).await?;
    Ok(())
}
