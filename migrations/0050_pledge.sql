-- +goose Up
-- Gathering of seats for a pooled need: from the first pledge until the provider starts, or it is ended. due is the last day to pledge; empty for none.
CREATE TABLE pledge_round (
    id         TEXT   NOT NULL PRIMARY KEY,
    pool       TEXT   NOT NULL REFERENCES need_pool (id),
    state      TEXT   NOT NULL CHECK (state IN ('collecting', 'enough', 'started', 'lapsed')),
    due        TEXT,
    starts_on  TEXT,
    created_by TEXT   NOT NULL,
    created_at TEXT   NOT NULL,
    version    BIGINT NOT NULL
);
CREATE UNIQUE INDEX pledge_round_pool_key ON pledge_round (pool) WHERE state IN ('collecting', 'enough');
CREATE INDEX pledge_round_pool ON pledge_round (pool, created_at);

-- Seats that an organisation, or a person for herself, says it will take. A person's row is gone when she takes it back; an organisation's stands as withdrawn.
CREATE TABLE pledge (
    id             TEXT   NOT NULL PRIMARY KEY,
    round          TEXT   NOT NULL REFERENCES pledge_round (id),
    sort           TEXT   NOT NULL CHECK (sort IN ('wish', 'intention', 'binding')),
    org            TEXT   REFERENCES organisation (id),
    represented_by TEXT   REFERENCES organisation (id),
    account        TEXT   REFERENCES account (id),
    seats          BIGINT NOT NULL,
    valid_to       TEXT,
    state          TEXT   NOT NULL CHECK (state IN ('live', 'withdrawn', 'expired', 'used', 'lapsed')),
    made_by        TEXT   NOT NULL,
    made_at        TEXT   NOT NULL,
    version        BIGINT NOT NULL,
    CHECK ((org IS NULL) <> (account IS NULL))
);
CREATE UNIQUE INDEX pledge_round_org_key ON pledge (round, org) WHERE state = 'live' AND org IS NOT NULL;
CREATE UNIQUE INDEX pledge_round_account_key ON pledge (round, account) WHERE account IS NOT NULL;
CREATE INDEX pledge_round_made ON pledge (round, made_at, id);
CREATE INDEX pledge_by_org ON pledge (org, id);
CREATE INDEX pledge_by_account ON pledge (account, id);

-- What has been shown to all of how many seats are taken, one row for each time it was published: sources are the ids that it was built on, never shown, so that the next edition gives nobody away.
CREATE TABLE pledge_edition (
    round   TEXT   NOT NULL REFERENCES pledge_round (id),
    nr      BIGINT NOT NULL,
    seats   BIGINT NOT NULL,
    sources TEXT   NOT NULL,
    as_of   TEXT   NOT NULL,
    PRIMARY KEY (round, nr)
);
