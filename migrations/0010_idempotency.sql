-- +goose Up
-- What a POST with an Idempotency-Key answered, so that sending it again changes nothing. Kept for a day.
CREATE TABLE idempotency (
    key_hash   TEXT   NOT NULL PRIMARY KEY,
    body_hash  TEXT   NOT NULL,
    status     BIGINT NOT NULL,
    type       TEXT   NOT NULL,
    body       TEXT   NOT NULL,
    created_at TEXT   NOT NULL
);
CREATE INDEX idempotency_created_at ON idempotency (created_at, key_hash);
