//! What must hold of every table and every file, so that nobody has to remember it.
//!
//! Each rule is also broken on purpose, to see that it bites.
mod database;
mod kode;
mod maler;
mod migreringer;
mod sql;

/// Fails with a list, one offender a line.
#[track_caller]
fn ingen(brudd: &[String], regel: &str) {
    assert!(brudd.is_empty(), "{regel}:\n  {}", brudd.join("\n  "));
}

/// Fails unless the rule finds exactly one offender.
#[track_caller]
fn biter(brudd: &[String], regel: &str) {
    assert_eq!(brudd.len(), 1, "{regel} skulle funnet ett brudd: {brudd:?}");
}
