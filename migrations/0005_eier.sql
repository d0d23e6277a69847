-- The owner founds regions, and must see whether one of that name is there. It sees nothing else of them.
create policy eier on region for select to current_user using (true);
