-- +goose Up
-- Seats are gathered for an offering too, not only for a pooled need: one of the two is there. What a round is for was a key of the table, so it and those that lean on it are made anew.
CREATE TABLE pledge_round_next (
    id         TEXT   NOT NULL PRIMARY KEY,
    pool       TEXT   REFERENCES need_pool (id),
    offering   TEXT   REFERENCES offering (id),
    state      TEXT   NOT NULL CHECK (state IN ('collecting', 'enough', 'started', 'lapsed')),
    due        TEXT,
    starts_on  TEXT,
    created_by TEXT   NOT NULL,
    created_at TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    CHECK ((pool IS NULL) <> (offering IS NULL))
);
INSERT INTO pledge_round_next (id, pool, state, due, starts_on, created_by, created_at, version)
    SELECT id, pool, state, due, starts_on, created_by, created_at, version FROM pledge_round;

CREATE TABLE pledge_next (
    id             TEXT   NOT NULL PRIMARY KEY,
    round          TEXT   NOT NULL REFERENCES pledge_round_next (id),
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
INSERT INTO pledge_next (id, round, sort, org, represented_by, account, seats, valid_to, state, made_by, made_at, version)
    SELECT id, round, sort, org, represented_by, account, seats, valid_to, state, made_by, made_at, version FROM pledge;

CREATE TABLE pledge_edition_next (
    round   TEXT   NOT NULL REFERENCES pledge_round_next (id),
    nr      BIGINT NOT NULL,
    seats   BIGINT NOT NULL,
    sources TEXT   NOT NULL,
    as_of   TEXT   NOT NULL,
    PRIMARY KEY (round, nr)
);
INSERT INTO pledge_edition_next (round, nr, seats, sources, as_of) SELECT round, nr, seats, sources, as_of FROM pledge_edition;

DROP TABLE pledge_edition;
DROP TABLE pledge;
DROP TABLE pledge_round;
ALTER TABLE pledge_round_next RENAME TO pledge_round;
ALTER TABLE pledge_next RENAME TO pledge;
ALTER TABLE pledge_edition_next RENAME TO pledge_edition;
CREATE UNIQUE INDEX pledge_round_pool_key ON pledge_round (pool) WHERE state IN ('collecting', 'enough');
CREATE UNIQUE INDEX pledge_round_offering_key ON pledge_round (offering) WHERE state IN ('collecting', 'enough');
CREATE INDEX pledge_round_pool ON pledge_round (pool, created_at);
CREATE INDEX pledge_round_offering ON pledge_round (offering, created_at);
CREATE UNIQUE INDEX pledge_round_org_key ON pledge (round, org) WHERE state = 'live' AND org IS NOT NULL;
CREATE UNIQUE INDEX pledge_round_account_key ON pledge (round, account) WHERE account IS NOT NULL;
CREATE INDEX pledge_round_made ON pledge (round, made_at, id);
CREATE INDEX pledge_by_org ON pledge (org, id);
CREATE INDEX pledge_by_account ON pledge (account, id);
