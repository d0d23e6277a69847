//! Where a request comes from, as the hendelseslogg is told: known to every transaction that the request opens.
use std::net::{IpAddr, Ipv4Addr};

use uuid::Uuid;

tokio::task_local! {
    static SPOR: Spor;
}

/// The address, the id and the route of a request: nothing that a person has written.
#[derive(Clone, Debug)]
pub(crate) struct Spor {
    fra: IpAddr,
    foresporsel: Uuid,
    /// Method and route, with the names of its parameters and not their values.
    arsak: String,
}

impl Spor {
    /// A route that could not stand in a statement is left out.
    pub(crate) fn ny(fra: Option<IpAddr>, foresporsel: Uuid, metode: &str, rute: Option<&str>) -> Self {
        let arsak = rute.map(|rute| format!("{metode} {rute}")).filter(|arsak| {
            arsak
                .chars()
                .all(|t| t.is_ascii_alphanumeric() || matches!(t, ' ' | '/' | '{' | '}' | '-' | '_' | '.' | '*'))
        });
        Self { fra: fra.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)), foresporsel, arsak: arsak.unwrap_or_default() }
    }

    /// Answers a request so that its transactions know where it comes from.
    pub(crate) async fn rundt<T>(self, svar: impl Future<Output = T>) -> T {
        SPOR.scope(self, svar).await
    }
}

/// Work that goes on after its request has been answered, and is still known to come from it.
pub(crate) trait ISammeSpor: Future + Sized {
    fn i_samme_spor(self) -> impl Future<Output = Self::Output>;
}

impl<F: Future> ISammeSpor for F {
    fn i_samme_spor(self) -> impl Future<Output = Self::Output> {
        let spor = SPOR.try_with(Spor::clone).ok();
        async move {
            match spor {
                Some(spor) => spor.rundt(self).await,
                None => self.await,
            }
        }
    }
}

/// The request's part of a transaction's settings; empty outside a request.
pub(super) fn innstillinger() -> String {
    SPOR.try_with(|Spor { fra, foresporsel, arsak }| {
        let foresporsel = foresporsel.simple();
        format!("; set local app.fra = '{fra}'; set local app.foresporsel = '{foresporsel}'; set local app.arsak = '{arsak}'")
    })
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_transaction_knows_the_request_it_is_opened_by_and_nothing_else() {
        assert_eq!(innstillinger(), "");
        let spor = Spor::ny(Some([10, 0, 0, 7].into()), Uuid::nil(), "GET", Some("/moter/{id}"));
        let inni = spor.rundt(async { innstillinger() }).await;
        assert!(inni.contains("app.fra = '10.0.0.7'") && inni.contains("app.arsak = 'GET /moter/{id}'"), "{inni}");
    }

    #[tokio::test]
    async fn what_could_end_a_statement_never_stands_in_one() {
        for (metode, rute) in [("GET", "/a'; drop table mote; --"), ("G'", "/a"), ("GET", "/å")] {
            let inni = Spor::ny(None, Uuid::nil(), metode, Some(rute)).rundt(async { innstillinger() }).await;
            assert!(inni.ends_with("app.arsak = ''"), "{inni}");
        }
    }
}
