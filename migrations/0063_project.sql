-- +goose Up
-- Projects: a parent with its sub-projects. code is its owner's own name for it, unique within its parent. texts and aliases are JSON. area is where it goes on in words, where no municipality is named; region is the area of a parent in the register of places.
CREATE TABLE project (
    id         TEXT   NOT NULL PRIMARY KEY,
    number     TEXT   NOT NULL,
    number_key BIGINT NOT NULL,
    parent     TEXT   REFERENCES project (id),
    code       TEXT   NOT NULL,
    texts      JSON   NOT NULL,
    aliases    TEXT   NOT NULL,
    programme  TEXT   NOT NULL,
    owner      TEXT   NOT NULL,
    owner_org  TEXT   REFERENCES organisation (id),
    grouping   TEXT   NOT NULL,
    area       TEXT   NOT NULL,
    region     TEXT   NOT NULL,
    from_day   TEXT,
    to_day     TEXT,
    state      TEXT   NOT NULL CHECK (state IN ('idea', 'described', 'applied', 'granted', 'running', 'reported', 'compiled', 'continued', 'closed')),
    sort_key   TEXT   NOT NULL,
    folded     TEXT   NOT NULL,
    version    BIGINT NOT NULL
);
CREATE UNIQUE INDEX project_number_key ON project (number);
CREATE UNIQUE INDEX project_code_key ON project (code) WHERE parent IS NULL;
CREATE UNIQUE INDEX project_parent_code_key ON project (parent, code) WHERE parent IS NOT NULL;

-- The groups that a parent's sub-projects are aimed at, in its own order. A sub-project without one is a general measure.
CREATE TABLE project_group (
    project TEXT   NOT NULL REFERENCES project (id),
    code    TEXT   NOT NULL,
    nr      BIGINT NOT NULL,
    title   JSON   NOT NULL,
    PRIMARY KEY (project, code)
);

-- Where a project goes on: numbers of municipalities as they were at its time.
CREATE TABLE project_municipality (
    project TEXT   NOT NULL REFERENCES project (id),
    number  TEXT   NOT NULL,
    nr      BIGINT NOT NULL,
    PRIMARY KEY (project, number)
);
CREATE INDEX project_municipality_number ON project_municipality (number, project);

-- Who pays, in øre. actual is what was paid, NULL until that is known.
CREATE TABLE project_money (
    project TEXT   NOT NULL REFERENCES project (id),
    nr      BIGINT NOT NULL,
    payer   TEXT   NOT NULL,
    sort    TEXT   NOT NULL CHECK (sort IN ('cash', 'work', 'other')),
    planned BIGINT NOT NULL,
    actual  BIGINT,
    PRIMARY KEY (project, nr)
);

-- Who leads and steers, by role and never by name: "mayor of Rissa". share is the part of a full position in per cent, 0 when it is not said.
CREATE TABLE project_member (
    project  TEXT    NOT NULL REFERENCES project (id),
    nr       BIGINT  NOT NULL,
    sort     TEXT    NOT NULL CHECK (sort IN ('manager', 'steering')),
    role     TEXT    NOT NULL,
    leads    BOOLEAN NOT NULL,
    share    BIGINT  NOT NULL,
    from_day TEXT,
    to_day   TEXT,
    PRIMARY KEY (project, nr)
);
