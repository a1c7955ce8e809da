-- +goose Up
-- One row: the number and hash of the newest entry. Taking it is the last step of a writing transaction.
CREATE TABLE audit_head (
    id   BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    seq  BIGINT NOT NULL,
    hash TEXT   NOT NULL
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '');

-- The log itself: ids, action and salted hashes of values; never a value. Each row's hash covers the one before.
CREATE TABLE audit_entry (
    seq          BIGINT NOT NULL PRIMARY KEY,
    at           TEXT   NOT NULL,
    actor        TEXT   NOT NULL,
    role         TEXT   NOT NULL,
    org          TEXT   NOT NULL,
    action       TEXT   NOT NULL,
    subject_kind TEXT   NOT NULL,
    subject_id   TEXT   NOT NULL,
    fields       TEXT   NOT NULL,
    prev         TEXT   NOT NULL,
    hash         TEXT   NOT NULL
);
CREATE INDEX audit_entry_subject ON audit_entry (subject_kind, subject_id, seq);

-- The values behind the hashes. Rows may be deleted; the chain stays whole.
CREATE TABLE audit_value (
    seq      BIGINT  NOT NULL REFERENCES audit_entry (seq),
    field    TEXT    NOT NULL,
    side     TEXT    NOT NULL CHECK (side IN ('before', 'after')),
    salt     TEXT    NOT NULL,
    value    TEXT    NOT NULL,
    personal BOOLEAN NOT NULL,
    PRIMARY KEY (seq, field, side)
);
