# The style, icons and script that the program packs into itself.
FROM node:22-bookworm-slim AS stil
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM rust:1.95-slim-bookworm AS bygg
WORKDIR /app
COPY Cargo.toml Cargo.lock ./
# The libraries first: they are built again only when the lock file changes.
RUN mkdir src && echo 'fn main() {}' > src/main.rs && touch src/lib.rs \
    && cargo build --locked --release && rm -r src
COPY --from=stil /app/node_modules node_modules
COPY build.rs ./
COPY migrations migrations
COPY static static
COPY templates templates
COPY src src
RUN touch build.rs src/main.rs src/lib.rs && cargo build --locked --release

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin samhandling
COPY --from=bygg /app/target/release/samhandling /usr/local/bin/samhandling
USER 10001
ENV ADRESSE=0.0.0.0 PORT=3000 LOGG=json
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["samhandling", "helse"]
ENTRYPOINT ["samhandling"]
CMD ["serve"]
