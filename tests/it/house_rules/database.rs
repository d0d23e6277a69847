//! Tables, keys and the web role, as the migrations leave them.
use sqlx::{Executor, PgPool};

use super::{biter, ingen};

/// Tables of a region without `region_id` in the primary key, each with its reason.
const UTEN_REGION_I_NOKKELEN: [&str; 2] = [
    "okt",         // an account signs in before it chooses a region
    "tilknytning", // account and region: both are the key
];

const UVOKTET: &str = "
    select c.relname::text from pg_class c
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname <> 'okt'
       and (c.relname in ('region', 'tilknytning')
            or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'region_id' and not a.attisdropped))
       and not (c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))";

const NOKKEL_UTEN_REGION: &str = "
    select c.relname::text from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'region_id' and not a.attisdropped
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
       and not exists (select from pg_constraint k
                        where k.conrelid = c.oid and k.contype = 'p' and a.attnum = k.conkey[1])";

// Unique indexes count too: one without the region would tell of another region's row by refusing a twin of it.
const UNIK_UTEN_REGION: &str = "
    select i.indexrelid::regclass::text from pg_index i
      join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
      join pg_attribute a on a.attrelid = i.indrelid and a.attname = 'region_id' and not a.attisdropped
     where i.indisunique and not (a.attnum = any (i.indkey)) and c.relname not in ('okt', 'tilknytning')";

const FREMMED_UTEN_REGION: &str = "
    select con.conname::text from pg_constraint con
      join pg_attribute der on der.attrelid = con.confrelid and der.attname = 'region_id'
      join pg_attribute her on her.attrelid = con.conrelid and her.attname = 'region_id'
     where con.contype = 'f'
       and not exists (select from unnest(con.conkey, con.confkey) as par (her, der)
                        where par.her = her.attnum and par.der = der.attnum)";

// A table of no region that points at a region's row could point at any region's.
const UTENFRA: &str = "
    select con.conname::text from pg_constraint con
      join pg_attribute der on der.attrelid = con.confrelid and der.attname = 'region_id'
     where con.contype = 'f'
       and not exists (select from pg_attribute her where her.attrelid = con.conrelid and her.attname = 'region_id')";

const EID_AV_WEB: &str = "
    select format('samhandling_web eier %s', c.relname) from pg_class c
     where pg_has_role('samhandling_web', c.relowner, 'member') and c.relnamespace = 'public'::regnamespace
    union all
    select format('samhandling_web eier funksjonen %s', p.proname) from pg_proc p
     where pg_has_role('samhandling_web', p.proowner, 'member') and p.pronamespace = 'public'::regnamespace
    union all
    select format('samhandling_web kan bli %s', rolname) from pg_roles
     where (rolsuper or rolbypassrls) and pg_has_role('samhandling_web', oid, 'member')
    union all
    select 'samhandling_web kan lage tabeller' where has_schema_privilege('samhandling_web', 'public', 'create')
    union all
    select 'samhandling_web kan lese _sqlx_migrations' where has_table_privilege('samhandling_web', '_sqlx_migrations', 'select')";

// A function that runs as its owner, or a view, looks past the policies of who sees what: triggers do, that keep the rules whoever writes,
// and those named here, each with its reason in the migration. All keep to the region that is set and to our own schema.
const SOM_EIEREN: [&str; 33] = [
    "ansvar",
    "egne_opplysninger",
    "er_innkalt",
    "er_innkalt_etter",
    "er_innkalt_til",
    "er_innkalt_under",
    "er_kollega",
    "er_mitt_forum",
    "glass_apent",
    "har_lest",
    "har_lest_under",
    "har_varsel",
    "leder_i",
    "leder_motet",
    "logghode",
    "mine_fora",
    "motehode",
    "moter_overtas",
    "om_et_barn",
    "opptatt",
    "plass_av_kommende",
    "plass_pa_kommende",
    "puls_legg_til",
    "puls_tall",
    "sendt_videre",
    "sitter_i",
    "sladd",
    "sladdetall",
    "svarer_for",
    "tallfora",
    "tiltak_overtas",
    "var_innkalt_i",
    "venter_meg",
];

const KJORER_SOM_EIEREN: &str = "
    select proname::text from pg_proc
     where prosecdef and pronamespace = 'public'::regnamespace and prorettype <> 'trigger'::regtype order by 1";

const SMUTTHULL: &str = "
    select format('funksjonen %s kan lede en tabell fra et annet skjema inn', proname) from pg_proc
     where prosecdef and pronamespace = 'public'::regnamespace and not coalesce(proconfig, '{}') @> '{\"search_path=public, pg_temp\"}'
    union all
    select format('funksjonen %s sier ikke hvilken region', proname) from pg_proc
     where prosecdef and pronamespace = 'public'::regnamespace and prorettype <> 'trigger'::regtype
       and pg_get_functiondef(oid) !~ 'gjeldende_region\\(\\)|er_innkalt\\('
    union all
    select format('visningen %s sier ikke hvilken region', relname) from pg_class
     where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace
       and not (coalesce(reloptions, '{}') @> '{security_barrier=true}' and pg_get_viewdef(oid) ~ 'gjeldende_region\\(\\)')";

async fn brudd(db: &PgPool, sql: &'static str) -> Vec<String> {
    sqlx::query_scalar(sql).fetch_all(db).await.unwrap()
}

async fn uten_region_i_nokkelen(db: &PgPool) -> Vec<String> {
    let mut alle = brudd(db, NOKKEL_UTEN_REGION).await;
    alle.retain(|tabell| !UTEN_REGION_I_NOKKELEN.contains(&tabell.as_str()));
    alle
}

#[sqlx::test]
async fn row_security_is_forced_on_every_table_of_a_region(db: PgPool) {
    ingen(&brudd(&db, UVOKTET).await, "radsikkerhet med «force» og en policy på hver tabell som hører til en region");
    db.execute("alter table mote no force row level security").await.unwrap();
    biter(&brudd(&db, UVOKTET).await, "no force");
    db.execute("alter table mote force row level security; alter table region disable row level security")
        .await
        .unwrap();
    biter(&brudd(&db, UVOKTET).await, "disable");
    db.execute("alter table region enable row level security; create table ny (region_id uuid, id uuid)")
        .await
        .unwrap();
    biter(&brudd(&db, UVOKTET).await, "a new table");
}

#[sqlx::test]
async fn every_primary_and_unique_key_begins_with_or_holds_the_region(db: PgPool) {
    ingen(&uten_region_i_nokkelen(&db).await, "region_id først i hver primærnøkkel");
    ingen(&brudd(&db, UNIK_UTEN_REGION).await, "region_id i hver unike indeks");
    db.execute("create table ny (region_id uuid, id uuid primary key)").await.unwrap();
    biter(&uten_region_i_nokkelen(&db).await, "a primary key of id alone");
    biter(&brudd(&db, UNIK_UTEN_REGION).await, "a unique index of id alone");
}

#[sqlx::test]
async fn every_foreign_key_between_tables_of_a_region_carries_the_region(db: PgPool) {
    ingen(&brudd(&db, FREMMED_UTEN_REGION).await, "region_id på begge sider av hver fremmednøkkel");
    ingen(&brudd(&db, UTENFRA).await, "ingen fremmednøkkel inn i en region fra en tabell uten region");
    db.execute(
        "create unique index ny on mote (id);
         create table ny_uten (region_id uuid, mote_id uuid references mote (id));
         create table ny_utenfra (mote_id uuid references mote (id))",
    )
    .await
    .unwrap();
    biter(&brudd(&db, FREMMED_UTEN_REGION).await, "a plain foreign key");
    biter(&brudd(&db, UTENFRA).await, "a foreign key from outside");
}

#[sqlx::test]
async fn the_web_role_owns_nothing_and_has_no_way_round(db: PgPool) {
    ingen(&brudd(&db, EID_AV_WEB).await, "web-rollen eier ingenting");
    assert_eq!(brudd(&db, KJORER_SOM_EIEREN).await, SOM_EIEREN);
    ingen(&brudd(&db, SMUTTHULL).await, "det som kjører som eieren, holder seg til regionen og vårt eget skjema");
    db.execute("create table ny (id int); alter table ny owner to samhandling_web").await.unwrap();
    biter(&brudd(&db, EID_AV_WEB).await, "a table of its own");
    db.execute("create view ny_visning as select navn from person").await.unwrap();
    biter(&brudd(&db, SMUTTHULL).await, "a view that looks past row security");
}
