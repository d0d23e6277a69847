-- «Vi kobler på rett kompetanse til rett tid»: the element of the agenda that somebody is called in to, when it is not the whole møte.
alter table moteelement add constraint moteelement_i_mote unique (region_id, mote_id, id);
alter table motedeltaker
    add column moteelement_id uuid,
    add constraint motedeltaker_til_element foreign key (region_id, mote_id, moteelement_id)
        references moteelement (region_id, mote_id, id) on delete set null (moteelement_id) not valid; -- nobody has one yet
create index motedeltaker_element on motedeltaker (region_id, mote_id, moteelement_id) where moteelement_id is not null;
