-- Two more who see numbers only: the politicians of a kommune («politisk og administrativ ledelse», Tverrfaglig samhandling, Værnesregionen)
-- and the statsforvalter, who has the task of coordinating in the pilots of Trøndelag.
alter table rolle
    drop constraint rolle_type_check,
    drop constraint rolle_check1,
    add constraint rolle_type_check check (type in ('teamleder', 'teammedlem', 'invitert', 'kommunekoordinator', 'kommunalsjef',
        'kommunedirektor', 'regionkoordinator', 'systemadministrator', 'politiker', 'statsforvalter')) not valid,
    add constraint rolle_kommune check (
        (type in ('kommunekoordinator', 'kommunalsjef', 'kommunedirektor', 'politiker')) = (kommune_id is not null)) not valid;
