-- +goose Up
-- Work that is done in the background: one row a job. A job with a key is there once while it waits or runs.
-- Done jobs are kept for a month, dead ones until somebody has looked at them.
CREATE TABLE job (
    id          TEXT    NOT NULL PRIMARY KEY,
    kind        TEXT    NOT NULL,
    key         TEXT,
    payload     TEXT    NOT NULL,
    state       TEXT    NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'dead', 'cancelled')),
    run_at      TEXT    NOT NULL,
    lease_until TEXT,
    holder      TEXT    NOT NULL,
    tries       BIGINT  NOT NULL,
    progress    BIGINT  NOT NULL,
    total       BIGINT  NOT NULL,
    report      TEXT    NOT NULL,
    error       TEXT    NOT NULL,
    cancel      BOOLEAN NOT NULL,
    again       BOOLEAN NOT NULL,
    added_by    TEXT    NOT NULL,
    added_at    TEXT    NOT NULL,
    started_at  TEXT,
    ended_at    TEXT
);
CREATE UNIQUE INDEX job_kind_key_key ON job (kind, key) WHERE state IN ('waiting', 'running');
CREATE INDEX job_waiting ON job (run_at, id) WHERE state = 'waiting';
CREATE INDEX job_running ON job (lease_until, id) WHERE state = 'running';
CREATE INDEX job_added ON job (added_at, id);
