-- +goose Up
-- Who exists: enterprises, public bodies, schools, partnerships. Names are in organisation_name.
CREATE TABLE organisation (
    id           TEXT   NOT NULL PRIMARY KEY,
    kind         TEXT   NOT NULL,
    orgno        TEXT   UNIQUE,
    parent       TEXT   REFERENCES organisation (id),
    municipality TEXT   NOT NULL,
    website      TEXT   NOT NULL,
    created_at   TEXT   NOT NULL,
    version      BIGINT NOT NULL
);
CREATE INDEX organisation_municipality ON organisation (municipality, id);

-- What it was called when. from_day empty: always before; to_day empty: still. name_key and short_key are what
-- two spellings have in common (hyphens, AS); name_fold is for looking inside the name.
CREATE TABLE organisation_name (
    org       TEXT   NOT NULL REFERENCES organisation (id),
    nr        BIGINT NOT NULL,
    name      TEXT   NOT NULL,
    short     TEXT   NOT NULL,
    name_fold TEXT   NOT NULL,
    name_key  TEXT   NOT NULL,
    short_key TEXT   NOT NULL,
    name_sort TEXT   NOT NULL,
    from_day  TEXT,
    to_day    TEXT,
    PRIMARY KEY (org, nr)
);
CREATE INDEX organisation_name_sort ON organisation_name (name_sort, org);
CREATE INDEX organisation_name_key ON organisation_name (name_key, org);

-- Spelling variants and short forms that search and import understand.
CREATE TABLE organisation_alias (
    org       TEXT NOT NULL REFERENCES organisation (id),
    alias     TEXT NOT NULL,
    alias_key TEXT NOT NULL,
    PRIMARY KEY (org, alias_key)
);
CREATE INDEX organisation_alias_key ON organisation_alias (alias_key, org);

-- A company has asked an intermediary to act for it, from a day to a day.
CREATE TABLE mandate (
    id           TEXT   NOT NULL PRIMARY KEY,
    intermediary TEXT   NOT NULL REFERENCES organisation (id),
    principal    TEXT   NOT NULL REFERENCES organisation (id),
    ground       TEXT   NOT NULL,
    from_day     TEXT   NOT NULL,
    to_day       TEXT,
    recorded_by  TEXT   NOT NULL,
    recorded_at  TEXT   NOT NULL,
    version      BIGINT NOT NULL
);
CREATE INDEX mandate_principal ON mandate (principal, intermediary, from_day);
CREATE INDEX mandate_intermediary ON mandate (intermediary, principal, from_day);
