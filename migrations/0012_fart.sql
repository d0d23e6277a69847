-- What the first page asks for at every visit, kept quick (docs/speed.md).

-- Møter that are not over are few beside ten years of those that are.
create index mote_apne on mote (region_id, start) where status in ('planlagt', 'innkalt', 'pagar');

-- A role in words, as the header shows it: «Rektor, Tynset barneskole». In plpgsql the plan is kept from page to page.
create or replace function rolle_visning(rolle rolle) returns text language plpgsql stable as $$
begin
    return (select coalesce(nullif(p.tittel, ''), initcap(rolle.type)) || coalesce(', ' || coalesce(e.navn, k.navn, t.navn), '')
              from person p
              left join enhet e on e.region_id = rolle.region_id and e.id = rolle.enhet_id
              left join kommune k on k.region_id = rolle.region_id and k.id = rolle.kommune_id
              left join tjeneste t on t.region_id = p.region_id and t.id = p.tjeneste_id
             where p.region_id = rolle.region_id and p.id = rolle.person_id);
end $$;

-- Each statement reads its region once, not once for every row it looks at.
do $$
declare t text;
begin
    for t in select tablename from pg_policies where policyname = 'egen_region' loop
        execute format('alter policy egen_region on %I using (%I = (select gjeldende_region()))',
                       t, case t when 'region' then 'id' else 'region_id' end);
    end loop;
end $$;
