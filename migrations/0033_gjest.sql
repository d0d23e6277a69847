-- Who came to a møte without being called in and without being anybody here: a professional's name and service. Children and
-- guardians are numbers in `medvirkning`, never names.
alter table motedeltaker
    add column gjest text check (gjest <> ''),
    add constraint motedeltaker_gjest check (gjest is null or (person_id is null and not fast and not moteplikt));
