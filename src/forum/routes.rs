//! The doors of a forum.
use axum_extra::routing::TypedPath;
use serde::Deserialize;
use uuid::Uuid;

#[derive(TypedPath, Deserialize)]
#[typed_path("/team")]
pub struct ListTeam;

#[derive(TypedPath, Deserialize)]
#[typed_path("/team/{id}")]
pub struct VisTeam {
    pub id: Uuid,
}
