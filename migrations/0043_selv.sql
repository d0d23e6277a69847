-- Nobody opens a door for themselves: a role is always given by somebody else, and the systemadministrator, who sees no møte, takes no seat.
create function ikke_seg_selv() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if new.person_id is null or new.person_id::text is distinct from nullif(current_setting('app.person', true), '') then
        return new;
    end if;
    if tg_table_name = 'rolle' then
        raise exception 'ingen gir seg selv en rolle: be en annen systemadministrator' using errcode = 'SH007';
    end if;
    if gjeldende_rolle() = 'systemadministrator' then
        raise exception 'en systemadministrator tar ikke plass i et team selv: be regionkoordinatoren' using errcode = 'SH007';
    end if;
    return new;
end $$;
create trigger selv_ny before insert on rolle for each row execute function ikke_seg_selv();
create trigger selv_mer before update of person_id, type, kommune_id, enhet_id, gyldig_fra, gyldig_til on rolle for each row
    when ((new.person_id, new.type, new.kommune_id, new.enhet_id) is distinct from (old.person_id, old.type, old.kommune_id, old.enhet_id)
          or new.gyldig_fra < old.gyldig_fra or coalesce(new.gyldig_til, 'infinity') > coalesce(old.gyldig_til, 'infinity'))
    execute function ikke_seg_selv();
create trigger selv_ny before insert on forum_medlem for each row execute function ikke_seg_selv();
create trigger selv_mer before update of person_id on forum_medlem for each row
    when (new.person_id is distinct from old.person_id) execute function ikke_seg_selv();
