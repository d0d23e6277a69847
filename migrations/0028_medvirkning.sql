-- How children and guardians take part in a møte: how many, and in what way, never who. What is about a child cannot be finished
-- before it is said how the child and the guardians were heard (Grunnloven § 104, barnekonvensjonen artikkel 12).
create table medvirkning (
    region_id           uuid not null default gjeldende_region(),
    mote_id             uuid not null,
    barn_invitert       int not null default 0 check (barn_invitert between 0 and 20),
    barn_deltok         int not null default 0 check (barn_deltok between 0 and 20),
    barn_mate           text check (barn_mate in ('i_motet', 'samtale', 'skriftlig', 'ikke')),
    foresatte_invitert  int not null default 0 check (foresatte_invitert between 0 and 20),
    foresatte_deltok    int not null default 0 check (foresatte_deltok between 0 and 20),
    foresatte_mate      text check (foresatte_mate in ('i_motet', 'samtale', 'skriftlig', 'ikke')),
    begrunnelse         text not null default '',   -- why somebody was not heard
    endret_av           uuid not null,
    endret              timestamptz not null,
    versjon             int not null default 1,
    primary key (region_id, mote_id),
    foreign key (region_id, mote_id) references mote (region_id, id),
    foreign key (region_id, endret_av) references person (region_id, id),
    check (begrunnelse <> '' or ('ikke' is distinct from barn_mate and 'ikke' is distinct from foresatte_mate)),
    check (barn_mate is distinct from 'i_motet' or barn_deltok > 0),
    check (foresatte_mate is distinct from 'i_motet' or foresatte_deltok > 0)
);

alter table medvirkning enable row level security;
alter table medvirkning force  row level security;
create policy egen_region on medvirkning using (region_id = (select gjeldende_region()));
grant select, insert, update on medvirkning to samhandling_web;
revoke delete on medvirkning from samhandling_web;

create trigger las before insert or update or delete on medvirkning for each row execute function las_ferdigstilt();
create trigger si_fra after insert or update on medvirkning for each row execute function si_fra_om_mote();

-- What src/referat/ferdig.rs asks before a møte is finished, whoever asks.
create function mote_krever_medvirkning() returns trigger language plpgsql as $$
begin
    if exists (select from sak s
                where s.region_id = new.region_id and s.mote_id = new.id and s.niva = 'individ' and s.status = 'behandlet')
       and not exists (select from medvirkning v
                        where v.region_id = new.region_id and v.mote_id = new.id
                          and v.barn_mate is not null and v.foresatte_mate is not null) then
        raise exception 'Skriv hvordan barnet og de foresatte medvirket, før møtet ferdigstilles' using errcode = 'SH002';
    end if;
    return new;
end $$;
create trigger krever_medvirkning before update of status on mote
    for each row when (new.status = 'ferdigstilt' and old.status <> 'ferdigstilt') execute function mote_krever_medvirkning();
