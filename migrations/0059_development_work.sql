-- +goose Up
-- A development may be a copy of a finished one, for another region: then it came from no need and no answer, and copied_from is the one it is a copy of and region the one it is for, empty for others. The table is made anew for it, with those that point to it.
CREATE TABLE development_kept AS SELECT * FROM development;
CREATE TABLE development_stage_kept AS SELECT * FROM development_stage;
CREATE TABLE development_link_kept AS SELECT * FROM development_link;
DROP TABLE development_link;
DROP TABLE development_stage;
DROP TABLE development;

-- A programme that a provider makes, or adapts, from its answer to a need or a pooled need, or copies from one that is finished. public says that all may read of it; started is how many the provider says have begun where admission is not here, started_on the day the first did.
CREATE TABLE development (
    id          TEXT    NOT NULL PRIMARY KEY,
    number      TEXT    NOT NULL UNIQUE,
    number_key  BIGINT  NOT NULL,
    title       TEXT    NOT NULL,
    sort        TEXT    NOT NULL CHECK (sort IN ('adapt', 'new')),
    need        TEXT    REFERENCES need (id),
    pool        TEXT    REFERENCES need_pool (id),
    answer      TEXT    UNIQUE REFERENCES develop_answer (id),
    copied_from TEXT    REFERENCES development (id),
    region      TEXT    NOT NULL,
    provider    TEXT    NOT NULL REFERENCES organisation (id),
    programme   TEXT    NOT NULL REFERENCES programme (id),
    state       TEXT    NOT NULL,
    public      BOOLEAN NOT NULL,
    started     BIGINT  NOT NULL,
    started_on  TEXT,
    created_by  TEXT    NOT NULL,
    created_at  TEXT    NOT NULL,
    version     BIGINT  NOT NULL,
    CHECK (copied_from IS NOT NULL OR (need IS NULL) <> (pool IS NULL)),
    CHECK ((copied_from IS NULL) = (answer IS NOT NULL)),
    CHECK ((copied_from IS NULL) = (region = ''))
);
INSERT INTO development (id, number, number_key, title, sort, need, pool, answer, region, provider, programme, state, public, started, started_on, created_by, created_at, version)
    SELECT id, number, number_key, title, sort, need, pool, answer, '', provider, programme, state, public, started, started_on, created_by, created_at, version FROM development_kept;
CREATE INDEX development_number ON development (number_key, id);
CREATE INDEX development_provider ON development (provider, number_key);
CREATE INDEX development_need ON development (need, id);
CREATE INDEX development_pool ON development (pool, id);
CREATE INDEX development_programme ON development (programme, id);
CREATE INDEX development_copied ON development (copied_from, number_key);

-- When a stage is planned to begin and to end. When it did is in the history of the development.
CREATE TABLE development_stage (
    development TEXT NOT NULL REFERENCES development (id),
    stage       TEXT NOT NULL,
    plan_from   TEXT,
    plan_to     TEXT,
    PRIMARY KEY (development, stage)
);
INSERT INTO development_stage (development, stage, plan_from, plan_to) SELECT development, stage, plan_from, plan_to FROM development_stage_kept;

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
INSERT INTO development_link (id, development, need, pool, linked_by, linked_at) SELECT id, development, need, pool, linked_by, linked_at FROM development_link_kept;
CREATE INDEX development_link_need ON development_link (need, development);
CREATE INDEX development_link_pool ON development_link (pool, development);

DROP TABLE development_link_kept;
DROP TABLE development_stage_kept;
DROP TABLE development_kept;

-- What those who work with a development have written to one another in its workspace. said_org is the organisation that it was said for.
CREATE TABLE development_note (
    id          TEXT NOT NULL PRIMARY KEY,
    development TEXT NOT NULL REFERENCES development (id),
    words       TEXT NOT NULL,
    said_by     TEXT NOT NULL,
    said_org    TEXT REFERENCES organisation (id),
    said_at     TEXT NOT NULL
);
CREATE INDEX development_note_said ON development_note (development, said_at);

-- What is to be done in a development, and the organisation that does it. Its state, and until when, stand in the flow.
CREATE TABLE development_task (
    id          TEXT NOT NULL PRIMARY KEY,
    development TEXT NOT NULL REFERENCES development (id),
    what        TEXT NOT NULL,
    org         TEXT NOT NULL REFERENCES organisation (id),
    party       TEXT NOT NULL CHECK (party IN ('provider', 'owner', 'adviser')),
    made_by     TEXT NOT NULL,
    made_at     TEXT NOT NULL
);
CREATE INDEX development_task_made ON development_task (development, made_at);

-- What a development costs, by who pays: payer is one of those who work with it, payer_words anybody else. confirmed_by is the organisation that said yes to its own line.
CREATE TABLE development_money (
    id           TEXT   NOT NULL PRIMARY KEY,
    development  TEXT   NOT NULL REFERENCES development (id),
    source       TEXT   NOT NULL CHECK (source IN ('employer', 'municipality', 'state', 'county', 'grant', 'own')),
    payer        TEXT   REFERENCES organisation (id),
    payer_words  TEXT   NOT NULL,
    amount       BIGINT NOT NULL CHECK (amount > 0),
    year         BIGINT NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('planned', 'confirmed')),
    note         TEXT   NOT NULL,
    recorded_by  TEXT   NOT NULL,
    recorded_at  TEXT   NOT NULL,
    confirmed_by TEXT   REFERENCES organisation (id),
    version      BIGINT NOT NULL
);
CREATE INDEX development_money_year ON development_money (development, year);

-- What has been shown of how many learn on a programme, have completed it, and from how many firms, by municipality ('' for all), one row for each time it was published: sources are the ids it was built on, never shown, so that the next edition gives nobody away.
CREATE TABLE entry_tally (
    programme    TEXT   NOT NULL REFERENCES programme (id),
    municipality TEXT   NOT NULL,
    figure       TEXT   NOT NULL CHECK (figure IN ('learners', 'completed', 'firms')),
    nr           BIGINT NOT NULL,
    n            BIGINT NOT NULL,
    sources      TEXT   NOT NULL,
    as_of        TEXT   NOT NULL,
    PRIMARY KEY (programme, municipality, figure, nr)
);
