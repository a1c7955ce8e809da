-- +goose Up
-- Further needs and pooled needs that a development answers, beside the one that it came from: exactly one of need and pool is set.
CREATE TABLE development_link (
    id          TEXT NOT NULL PRIMARY KEY,
    development TEXT NOT NULL REFERENCES development (id),
    need        TEXT REFERENCES need (id),
    pool        TEXT REFERENCES need_pool (id),
    linked_by   TEXT NOT NULL,
    linked_at   TEXT NOT NULL,
    CHECK ((need IS NULL) <> (pool IS NULL)),
    UNIQUE (development, need),
    UNIQUE (development, pool)
);
CREATE INDEX development_link_need ON development_link (need, development);
CREATE INDEX development_link_pool ON development_link (pool, development);

-- The day the first began, as the provider says.
ALTER TABLE development ADD COLUMN started_on TEXT;
