-- What counts in a semester, said once: Hjem, Team and Oversikt all count by these.

-- A møte counts when it is finished and as long as the rule, or shorter for a reason that is written down.
create function er_holdt(mote mote, min_varighet int) returns boolean language sql immutable
return mote.status = 'ferdigstilt' and (mote.minutter >= min_varighet or coalesce(mote.kort_begrunnelse, '') <> '');

-- A møte that is planned, called or under way is a promise, shown beside those held.
create function er_planlagt(mote mote) returns boolean language sql immutable
return mote.status in ('planlagt', 'innkalt', 'pagar');
