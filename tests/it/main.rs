//! One binary for every page test: the real router, a real Postgres, the real web role.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
mod auth;
mod bistand;
mod browser;
mod demo;
mod direkte;
mod dokument;
mod embedded;
mod enhet;
mod femti;
mod forum;
mod forum_forvalt;
mod hjem;
mod house_rules;
mod import;
mod kilde;
mod koble;
mod kommune;
mod kompetanse;
mod lesing;
mod lofttall;
mod lukk;
mod marker;
mod medvirkning;
mod mote;
mod motemal;
mod oppmote;
mod oversikt;
mod person;
mod personer;
mod referat;
mod regelsett;
mod rettelse;
mod roller;
mod rom;
mod ruter;
mod sak;
mod serie;
mod statements;
mod storskjerm;
mod testapp;
mod til_tjeneste;
mod tiltak;
mod tjeneste;

pub(crate) use testapp::{Aktor, Side, TestApp, id};
