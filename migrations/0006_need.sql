-- +goose Up
-- The last number given in a series (B: needs, F: pooled needs) and year. Taken in the transaction that uses it, so no number is lost.
CREATE TABLE need_series (
    series TEXT   NOT NULL,
    year   BIGINT NOT NULL,
    last   BIGINT NOT NULL,
    PRIMARY KEY (series, year)
);

-- On what ground in law a need may be kept from others, as dated rows with their source.
CREATE TABLE need_legal_ground (
    code       TEXT NOT NULL,
    citation   TEXT NOT NULL,
    source     TEXT NOT NULL,
    from_day   TEXT NOT NULL,
    to_day     TEXT,
    checked_on TEXT NOT NULL,
    PRIMARY KEY (code, from_day)
);
INSERT INTO need_legal_ground (code, citation, source, from_day, to_day, checked_on) VALUES
    ('trade_secret', 'offentleglova § 13, jf. forvaltningsloven § 13 første ledd nr. 2',
     'https://lovdata.no/lov/2006-05-19-16/§13', '2009-01-01', NULL, '2026-11-21');

-- Needs of several organisations that are followed as one. field and level are what the board of demand counts it under; region is kept up to date with its members.
CREATE TABLE need_pool (
    id           TEXT    NOT NULL PRIMARY KEY,
    number       TEXT    NOT NULL UNIQUE,
    number_key   BIGINT  NOT NULL,
    title        TEXT    NOT NULL,
    title_fold   TEXT    NOT NULL,
    field        TEXT    NOT NULL,
    level        TEXT    NOT NULL,
    region       TEXT    NOT NULL,
    min_to_start BIGINT  NOT NULL,
    coordinator  TEXT    NOT NULL REFERENCES organisation (id),
    state        TEXT    NOT NULL,
    provider     TEXT    REFERENCES organisation (id),
    answer_by    TEXT,
    no_forum     BOOLEAN NOT NULL,
    created_at   TEXT    NOT NULL,
    created_by   TEXT    NOT NULL,
    updated_at   TEXT    NOT NULL,
    updated_by   TEXT    NOT NULL,
    version      BIGINT  NOT NULL
);
CREATE INDEX need_pool_board ON need_pool (state, field, level, region, id);
CREATE INDEX need_pool_created ON need_pool (created_at, id);

-- A need for competence. sight is 'draft' for a draft and else the confidentiality: what lists are filtered by. number_key is 0 until the need has a number.
-- Either org is set, or firms says how many firms represented_by speaks for. state, ball_org, ball_role and due repeat the flow's row so that lists can sort and filter.
CREATE TABLE need (
    id                   TEXT    NOT NULL PRIMARY KEY,
    number               TEXT    UNIQUE,
    number_key           BIGINT  NOT NULL,
    title                TEXT    NOT NULL,
    title_own            BOOLEAN NOT NULL,
    org                  TEXT    REFERENCES organisation (id),
    firms                BIGINT  NOT NULL,
    represented_by       TEXT    REFERENCES organisation (id),
    mandate              TEXT    REFERENCES mandate (id),
    mandate_ground       TEXT    NOT NULL,
    municipality         TEXT    NOT NULL,
    sector               TEXT    NOT NULL,
    purpose              TEXT    NOT NULL,
    level                TEXT    NOT NULL,
    field                TEXT    NOT NULL,
    wanted_from          TEXT,
    horizon              TEXT    NOT NULL,
    cause                TEXT    NOT NULL,
    headcount            BIGINT  NOT NULL,
    willing_employ_first BOOLEAN NOT NULL,
    willing_pledge_seats BIGINT  NOT NULL,
    willing_apprentice   BOOLEAN NOT NULL,
    willing_co_finance   BOOLEAN NOT NULL,
    willing_instructor   BOOLEAN NOT NULL,
    confidentiality      TEXT    NOT NULL,
    sight                TEXT    NOT NULL,
    lang                 TEXT    NOT NULL,
    source_kind          TEXT    NOT NULL,
    fingerprint          TEXT    UNIQUE,
    state                TEXT    NOT NULL,
    ball_org             TEXT    REFERENCES organisation (id),
    ball_role            TEXT    NOT NULL,
    due                  TEXT,
    provider             TEXT    REFERENCES organisation (id),
    answer_by            TEXT,
    no_forum             BOOLEAN NOT NULL,
    pool                 TEXT    REFERENCES need_pool (id),
    created_at           TEXT    NOT NULL,
    created_by           TEXT    NOT NULL,
    submitted_at         TEXT,
    updated_at           TEXT    NOT NULL,
    updated_by           TEXT    NOT NULL,
    version              BIGINT  NOT NULL
);
CREATE INDEX need_created ON need (created_at, id);
CREATE INDEX need_number ON need (number_key, id);
CREATE INDEX need_municipality ON need (municipality, id);
CREATE INDEX need_place ON need (municipality, level, state);
CREATE INDEX need_headcount ON need (headcount, id);
CREATE INDEX need_wanted ON need (COALESCE(wanted_from, '9999-12-31'), id);
CREATE INDEX need_due ON need (COALESCE(due, '9999-12-31'), id);
CREATE INDEX need_ball ON need (ball_org, due);
CREATE INDEX need_org ON need (org, id);
CREATE INDEX need_represented ON need (represented_by, id);
CREATE INDEX need_provider ON need (provider, id);
CREATE INDEX need_in_pool ON need (pool, id);
-- Counting and the usual filters are answered from this index alone.
CREATE INDEX need_filter ON need (sight, state, municipality, level, purpose, field, org, represented_by, provider, headcount, firms, ball_org, ball_role, due);

-- The long texts of a need, apart so that lists do not read them. fold is what a search looks in.
CREATE TABLE need_text (
    need   TEXT NOT NULL PRIMARY KEY REFERENCES need (id),
    text   TEXT NOT NULL,
    ground TEXT NOT NULL,
    fold   TEXT NOT NULL
);

-- Answers of which several may be ticked. kind is form, consequence or barrier.
CREATE TABLE need_choice (
    need TEXT NOT NULL REFERENCES need (id),
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (need, kind, code)
);
CREATE INDEX need_choice_code ON need_choice (kind, code, need);

-- What the need is understood as. ref is scheme:code; chosen says who put it there: linked (the program), added or removed (a person).
CREATE TABLE need_concept (
    need    TEXT   NOT NULL REFERENCES need (id),
    nr      BIGINT NOT NULL,
    ref     TEXT   NOT NULL,
    scheme  TEXT   NOT NULL,
    code    TEXT   NOT NULL,
    styrk08 TEXT   NOT NULL,
    chosen  TEXT   NOT NULL CHECK (chosen IN ('linked', 'added', 'removed')),
    PRIMARY KEY (need, ref)
);
CREATE INDEX need_concept_ref ON need_concept (ref, need);

-- The links with which an organisation follows its need without an account. At most one is live.
CREATE TABLE need_link (
    token      TEXT NOT NULL PRIMARY KEY,
    need       TEXT NOT NULL REFERENCES need (id),
    made_at    TEXT NOT NULL,
    revoked_at TEXT
);
CREATE UNIQUE INDEX need_link_need_key ON need_link (need) WHERE revoked_at IS NULL;

-- When a need was in a pool, and the state it came from and goes back to. joined_nr and left_nr are the pool's last steps then: those between are the need's too.
CREATE TABLE need_pool_member (
    pool      TEXT   NOT NULL REFERENCES need_pool (id),
    need      TEXT   NOT NULL REFERENCES need (id),
    nr        BIGINT NOT NULL,
    came_from TEXT   NOT NULL,
    joined_at TEXT   NOT NULL,
    joined_nr BIGINT NOT NULL,
    left_at   TEXT,
    left_nr   BIGINT,
    PRIMARY KEY (pool, need, nr)
);
CREATE UNIQUE INDEX need_pool_member_need_key ON need_pool_member (need) WHERE left_at IS NULL;

CREATE TABLE need_pool_concept (
    pool    TEXT   NOT NULL REFERENCES need_pool (id),
    nr      BIGINT NOT NULL,
    ref     TEXT   NOT NULL,
    scheme  TEXT   NOT NULL,
    code    TEXT   NOT NULL,
    styrk08 TEXT   NOT NULL,
    chosen  TEXT   NOT NULL,
    PRIMARY KEY (pool, ref)
);

-- What came out of discussing a need or a pooled need. subject is the id of either.
CREATE TABLE need_discussion (
    subject       TEXT NOT NULL PRIMARY KEY,
    clarified     TEXT NOT NULL,
    possibilities TEXT NOT NULL,
    limitations   TEXT NOT NULL,
    at            TEXT NOT NULL
);
CREATE TABLE need_discussion_provider (
    subject TEXT NOT NULL REFERENCES need_discussion (subject),
    org     TEXT NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (subject, org)
);

-- A provider is asked whether an offer can be adapted to a need or a pooled need, with questions and a date.
CREATE TABLE need_request (
    id          TEXT   NOT NULL PRIMARY KEY,
    need        TEXT   REFERENCES need (id),
    pool        TEXT   REFERENCES need_pool (id),
    provider    TEXT   NOT NULL REFERENCES organisation (id),
    offering    TEXT   NOT NULL,
    asked_by    TEXT   NOT NULL REFERENCES organisation (id),
    asked_at    TEXT   NOT NULL,
    answer_by   TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    answer      TEXT   NOT NULL,
    answered_at TEXT,
    version     BIGINT NOT NULL,
    CHECK ((need IS NULL) <> (pool IS NULL))
);
CREATE INDEX need_request_provider ON need_request (provider, state, answer_by, id);
CREATE INDEX need_request_need ON need_request (need, id);
CREATE INDEX need_request_pool ON need_request (pool, id);
CREATE TABLE need_request_question (
    request  TEXT   NOT NULL REFERENCES need_request (id),
    nr       BIGINT NOT NULL,
    question TEXT   NOT NULL,
    PRIMARY KEY (request, nr)
);

-- Which heading of a spreadsheet an organisation last took for which field.
CREATE TABLE need_import_heading (
    org     TEXT NOT NULL REFERENCES organisation (id),
    heading TEXT NOT NULL,
    field   TEXT NOT NULL,
    PRIMARY KEY (org, heading)
);

-- Open figures, made once a day (need/demand). A row is a part that is published whole or not at all: one pooled need, or all else in a cell of
-- region, field, level and year. firms and headcount are its last edition; few tells that one or two firms are behind it now.
CREATE TABLE need_demand (
    part       TEXT    NOT NULL PRIMARY KEY,
    pool       TEXT    UNIQUE REFERENCES need_pool (id),
    region     TEXT    NOT NULL,
    field      TEXT    NOT NULL,
    level      TEXT    NOT NULL,
    year       BIGINT  NOT NULL,
    few        BOOLEAN NOT NULL,
    published  BOOLEAN NOT NULL,
    firms      BIGINT  NOT NULL,
    headcount  BIGINT  NOT NULL,
    cell_firms BIGINT  NOT NULL,
    edition    BIGINT  NOT NULL,
    as_of      TEXT    NOT NULL
);
CREATE INDEX need_demand_cell ON need_demand (region, field, level, year, part);

-- Every figure that was ever published and what it was made of, so that no new one tells, together with the old, what one or two firms need. Never shown.
CREATE TABLE need_demand_source (
    part            TEXT   NOT NULL,
    edition         BIGINT NOT NULL,
    need            TEXT   NOT NULL REFERENCES need (id),
    firm            TEXT   NOT NULL,
    firms           BIGINT NOT NULL,
    headcount       BIGINT NOT NULL,
    confidentiality TEXT   NOT NULL,
    known           TEXT   NOT NULL,
    PRIMARY KEY (part, edition, need)
);
