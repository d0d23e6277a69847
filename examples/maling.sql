-- One region of 60 units with five møter a year for ten years, as script/bench measures on it.
select set_config('app.region', '00000000-0000-7000-8000-000000000001', false);
insert into region (id, navn) values (gjeldende_region(), 'Måleregionen');
insert into bruker (id, epost, passord_hash, opprettet) values ('00000000-0000-7000-8000-0000000000b1', 'rektor@maling.example', '-', now()),
    ('00000000-0000-7000-8000-0000000000b2', 'direktor@maling.example', '-', now());
insert into kommune (id, kommunenummer, navn, gyldig_fra)
    select md5('kommune' || n)::uuid, (9000 + n)::text, 'Kommune ' || n, '2000-01-01' from generate_series(1, 5) n;
insert into enhet (id, kommune_id, type, navn, antall, eier, gyldig_fra)
    select md5('enhet' || n)::uuid, md5('kommune' || n % 5 + 1)::uuid, case when n % 2 = 0 then 'skole' else 'barnehage' end, 'Enhet ' || n, 40 + n, 'offentlig', '2000-01-01'
      from generate_series(1, 60) n;
insert into person (id, bruker_id, navn, tittel, epost, gyldig_fra)
    select md5('person' || n)::uuid, case n when 1 then '00000000-0000-7000-8000-0000000000b1'::uuid when 2 then '00000000-0000-7000-8000-0000000000b2'::uuid end,
           'Person Nummer ' || n, 'Rådgiver', 'p' || n || '@maling.example', '2000-01-01' from generate_series(1, 100) n;
insert into rolle (id, person_id, type, kommune_id, enhet_id, gyldig_fra) values
    (md5('rolle1')::uuid, md5('person1')::uuid, 'teamleder', null, md5('enhet1')::uuid, '2000-01-01'),
    (md5('rolle2')::uuid, md5('person2')::uuid, 'kommunedirektor', md5('kommune1')::uuid, null, '2000-01-01');
insert into okt (token_hash, bruker_id, region_id, rolle_id, opprettet, sist_brukt)
    select sha256(('maling' || n)::bytea), ('00000000-0000-7000-8000-0000000000b' || n)::uuid, gjeldende_region(), md5('rolle' || n)::uuid, now(), now() + interval '1 day'
      from generate_series(1, 2) n;
insert into regelsett (id, min_varighet, min_host, min_var, stor_host, stor_var, stor_skole, stor_barnehage, faste_tjenester, host_start, var_start)
    values (md5('regelsett')::uuid, 150, 2, 3, 5, 6, 300, 80, '{enhet,ppt,helsesykepleier,barnevern}', '08-01', '01-01');
insert into motemal (id, forum_type, navn, versjon) values (md5('mal')::uuid, 'tst_enhet', 'TST', 1);
insert into forum (id, type, navn, kommune_id, enhet_id, gyldig_fra)
    select md5('forum' || n)::uuid, 'tst_enhet', 'TST Enhet ' || n, md5('kommune' || n % 5 + 1)::uuid, md5('enhet' || n)::uuid, '2000-01-01' from generate_series(1, 60) n;
-- Four fixed members a team; person 1 leads the first and sits in twelve, which is many for one person.
insert into forum_medlem (id, forum_id, person_id, tjenestetype, leder, gyldig_fra)
    select gen_random_uuid(), md5('forum' || n)::uuid, md5('person' || case when t.nr = 1 and n <= 12 then 1 else n % 30 + t.nr * 20 - 18 end)::uuid, t.type, t.nr = 1 and n = 1, '2000-01-01'
      from generate_series(1, 60) n, (values (1, 'enhet'), (2, 'ppt'), (3, 'helsesykepleier'), (4, 'barnevern')) t (nr, type);
insert into mote (id, forum_id, motemal_id, start, minutter, sted, opprettet_av, opprettet)
    select md5('mote' || n || '-' || u)::uuid, md5('forum' || n)::uuid, md5('mal')::uuid, date_trunc('day', now()) + interval '8 hours' - (u * 73 - 90) * interval '1 day', 150, 'Møterommet',
           md5('person1')::uuid, now() from generate_series(1, 60) n, generate_series(1, 50) u;
insert into moteelement (id, mote_id, plass, type, tittel, hjelp, minutter, notat, gjennomfort)
    select gen_random_uuid(), m.id, t.plass, t.type, t.tittel, 'Hva sier barna?', t.minutter, repeat('Vi gikk gjennom planen for semesteret og ble enige om veien videre. ', 6), true
      from mote m, (values (1, 'generell', 'Generell diskusjon eller planlegging', 45), (2, 'veiledning', 'Veiledning eller kompetanseheving', 60),
                           (3, 'observasjon', 'Observasjon eller samtaler', 45)) t (plass, type, tittel, minutter);
insert into motedeltaker (id, mote_id, person_id, tjenestetype, fast, moteplikt, svar, oppmote)
    select gen_random_uuid(), m.id, f.person_id, f.tjenestetype, true, true, 'kommer', case when m.start < now() then 'til_stede' end
      from mote m join forum_medlem f on f.region_id = m.region_id and f.forum_id = m.forum_id;
insert into beslutning (id, moteelement_id, tekst, tjenestetype, opprettet_av, opprettet)
    select gen_random_uuid(), e.id, 'PPT lager et opplegg for personalet til neste møte.', 'ppt', md5('person1')::uuid, now() from moteelement e where e.plass < 3;
-- Ten years in one step, past the rule that a møte is called and held first.
set session_replication_role = replica;
update mote set status = case when start < now() then 'ferdigstilt' else 'innkalt' end, ferdigstilt = case when start < now() then start end;
set session_replication_role = origin;
