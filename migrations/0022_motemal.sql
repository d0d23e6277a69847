-- A motemal says more than its elements: how a møte is opened and closed, and what to see to before and after.
-- A møte keeps the version it came from, so these words are read from there; a version never changes.
alter table motemal
    add column apning      text not null default '',   -- said first: the child's best
    add column avrunding   text not null default '',   -- the closing round
    add column sjekk_for   text not null default '',   -- one thing on each line
    add column sjekk_etter text not null default '';

-- A new version is a new row: the web role may only say which one holds.
revoke update, delete on motemal from samhandling_web;
grant update (gjeldende) on motemal to samhandling_web;
revoke update, delete on motemal_element from samhandling_web;
