-- +goose Up
-- What a provider answers to a need or a pooled need. An answer is never changed: a new one gets the next number, and the old one stands.
CREATE TABLE develop_answer (
    id          TEXT   NOT NULL PRIMARY KEY,
    need        TEXT   REFERENCES need (id),
    pool        TEXT   REFERENCES need_pool (id),
    nr          BIGINT NOT NULL,
    provider    TEXT   NOT NULL REFERENCES organisation (id),
    kind        TEXT   NOT NULL CHECK (kind IN ('place', 'adapt', 'existing', 'measure', 'new', 'impossible')),
    unit        TEXT   NOT NULL,
    programme   TEXT   REFERENCES programme (id),
    offering    TEXT   REFERENCES offering (id),
    card        TEXT   REFERENCES support_card (id),
    seats       BIGINT NOT NULL,
    arrange     TEXT   NOT NULL,
    deadline    TEXT,
    earliest    TEXT,
    cost        BIGINT NOT NULL,
    hours       BIGINT NOT NULL,
    equipment   TEXT   NOT NULL,
    words       TEXT   NOT NULL,
    answer_by   TEXT,
    answered_by TEXT   NOT NULL,
    answered_at TEXT   NOT NULL,
    CHECK ((need IS NULL) <> (pool IS NULL)),
    UNIQUE (need, nr),
    UNIQUE (pool, nr)
);
CREATE INDEX develop_answer_at ON develop_answer (answered_at, id);
