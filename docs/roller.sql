-- The two roles and the database on a Postgres that somebody else operates. Run once, as its superuser:
--
--   psql -v eier_passord=… -v web_passord=… -f docs/roller.sql
--
-- In a container the passwords come from the environment instead (EIER_PASSORD, WEB_PASSORD).
\set ON_ERROR_STOP on
\if :{?eier_passord}
\else
\getenv eier_passord EIER_PASSORD
\getenv web_passord WEB_PASSORD
\endif

-- Owns the database and migrates it: MIGRATE_DATABASE_URL.
create role samhandling_eier login nosuperuser nobypassrls password :'eier_passord';
-- Answers the web, owns nothing, and is bound by row security: DATABASE_URL.
create role samhandling_web login nosuperuser nobypassrls nocreatedb nocreaterole password :'web_passord';

create database samhandling owner samhandling_eier encoding 'UTF8' template template0;
revoke connect, temporary on database samhandling from public;
grant connect on database samhandling to samhandling_web;
