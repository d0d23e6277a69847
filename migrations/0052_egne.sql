-- What is stored about the one who asks, in this region: each row that names them, wherever a column of a table says who. Of rows that
-- others may have written words in too, only what nobody can have written words in; the words stand in the møte, for those who were in it.
create function egne_opplysninger() returns table (tabell text, kolonne text, rader jsonb) language plpgsql stable
security definer set search_path = public, pg_temp as $$
declare
    hvor record;
begin
    for hvor in
        select c.relname, a.attname,
               case when c.relname not in ('person', 'rolle', 'forum_medlem', 'motedeltaker', 'tilgangskontroll') then loggkolonner(c.oid) end as apne
          from pg_attribute a
          join pg_class c on c.oid = a.attrelid and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
         where a.attnum > 0 and not a.attisdropped
           and (a.attname = 'person_id' or (c.relname = 'person' and a.attname = 'id')
                or exists (select from pg_constraint f
                            where f.contype = 'f' and f.conrelid = c.oid and f.confrelid = 'person'::regclass
                              and a.attname <> 'region_id' and a.attnum = any (f.conkey)))
         order by c.relname, a.attnum
    loop
        return query execute format(
            'select %1$L::text, %2$L::text,
                    jsonb_agg(case when $1 is null then to_jsonb(t) - ''region_id''
                              else (select jsonb_object_agg(j.key, j.value) from jsonb_each(to_jsonb(t)) j where j.key = any ($1)) end)
               from %1$I t where t.region_id = gjeldende_region() and t.%2$I = gjeldende_person() having count(*) > 0',
            hvor.relname, hvor.attname) using hvor.apne;
    end loop;
    return query
        select 'bruker', 'id', jsonb_agg(jsonb_build_object('epost', b.epost, 'opprettet', b.opprettet, 'sperret', b.sperret))
          from bruker b where b.id = gjeldende_bruker();
    return query
        select 'okt', 'bruker_id', jsonb_agg(jsonb_build_object('opprettet', o.opprettet, 'sist_brukt', o.sist_brukt))
          from okt o where o.bruker_id = gjeldende_bruker() having count(*) > 0;
end $$;
