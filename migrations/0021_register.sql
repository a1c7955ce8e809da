-- +goose Up
-- How an organisation with a number stands in Enhetsregisteret, as last read there: its state (active, bankrupt, winding_up, forced, deleted, removed, unknown) and since
-- when; its name and municipality there, so that a change is told from what people write differently here; form of organisation, industry, employees.
CREATE TABLE organisation_standing (
    org          TEXT   NOT NULL PRIMARY KEY REFERENCES organisation (id),
    state        TEXT   NOT NULL,
    since        TEXT,
    name         TEXT   NOT NULL,
    municipality TEXT   NOT NULL,
    form         TEXT   NOT NULL,
    industry     TEXT   NOT NULL,
    employees    BIGINT NOT NULL,
    checked_at   TEXT   NOT NULL
);
CREATE INDEX organisation_standing_checked_at ON organisation_standing (checked_at, org);

-- Answers of Enhetsregisteret, kept so that what was asked before is known without the net. Nothing of sole proprietorships, whose names are people's.
CREATE TABLE register_unit (
    orgno        TEXT   NOT NULL PRIMARY KEY,
    name         TEXT   NOT NULL,
    form         TEXT   NOT NULL,
    municipality TEXT   NOT NULL,
    industry     TEXT   NOT NULL,
    parent       TEXT   NOT NULL,
    website      TEXT   NOT NULL,
    employees    BIGINT NOT NULL,
    state        TEXT   NOT NULL,
    since        TEXT,
    fetched_at   TEXT   NOT NULL
);
CREATE INDEX register_unit_fetched_at ON register_unit (fetched_at, orgno);

-- Searches by name: a fingerprint of what was looked for, never the words, and the hits in the register's order. Partial: some hits were not kept.
CREATE TABLE register_search (
    question   TEXT    NOT NULL PRIMARY KEY,
    partial    BOOLEAN NOT NULL,
    fetched_at TEXT    NOT NULL
);
CREATE INDEX register_search_fetched_at ON register_search (fetched_at, question);

CREATE TABLE register_hit (
    question TEXT   NOT NULL REFERENCES register_search (question),
    nr       BIGINT NOT NULL,
    orgno    TEXT   NOT NULL REFERENCES register_unit (orgno),
    PRIMARY KEY (question, nr)
);
CREATE INDEX register_hit_orgno ON register_hit (orgno, question);
