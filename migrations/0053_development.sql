-- +goose Up
-- A programme that a provider makes, or adapts, from its answer to a need or a pooled need. public says that all may read of it; started is how many the provider says have begun where admission is not here.
CREATE TABLE development (
    id         TEXT    NOT NULL PRIMARY KEY,
    number     TEXT    NOT NULL UNIQUE,
    number_key BIGINT  NOT NULL,
    title      TEXT    NOT NULL,
    sort       TEXT    NOT NULL CHECK (sort IN ('adapt', 'new')),
    need       TEXT    REFERENCES need (id),
    pool       TEXT    REFERENCES need_pool (id),
    answer     TEXT    NOT NULL UNIQUE REFERENCES develop_answer (id),
    provider   TEXT    NOT NULL REFERENCES organisation (id),
    programme  TEXT    NOT NULL REFERENCES programme (id),
    state      TEXT    NOT NULL,
    public     BOOLEAN NOT NULL,
    started    BIGINT  NOT NULL,
    created_by TEXT    NOT NULL,
    created_at TEXT    NOT NULL,
    version    BIGINT  NOT NULL,
    CHECK ((need IS NULL) <> (pool IS NULL))
);
CREATE INDEX development_number ON development (number_key, id);
CREATE INDEX development_provider ON development (provider, number_key);
CREATE INDEX development_need ON development (need, id);
CREATE INDEX development_pool ON development (pool, id);
CREATE INDEX development_programme ON development (programme, id);

-- When a stage is planned to begin and to end. When it did is in the history of the development.
CREATE TABLE development_stage (
    development TEXT NOT NULL REFERENCES development (id),
    stage       TEXT NOT NULL,
    plan_from   TEXT,
    plan_to     TEXT,
    PRIMARY KEY (development, stage)
);
