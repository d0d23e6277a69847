-- A file of enheter between its preview and its import. Only the rows as they were understood are kept, never the file:
-- they are gone when they are imported or dropped, and after a day at the latest.
create table importutkast (
    region_id uuid not null default gjeldende_region() references region (id),
    id        uuid not null,
    bruker_id uuid not null default gjeldende_bruker(),   -- whoever made it is the only one who may use it
    filnavn   text not null,
    innhold   jsonb not null,
    opprettet timestamptz not null,
    primary key (region_id, id)
);
create index importutkast_opprettet on importutkast (region_id, opprettet);

alter table importutkast enable row level security;
alter table importutkast force  row level security;
create policy egen_region on importutkast using (region_id = gjeldende_region());
grant select, insert, delete on importutkast to samhandling_web;
revoke update on importutkast from samhandling_web;
