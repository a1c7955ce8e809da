-- +goose Up
-- Somebody else's figures, loaded from a file and never added to our own: what they are, whose, and of which year.
CREATE TABLE figure_source (
    id        TEXT   NOT NULL PRIMARY KEY,
    title     TEXT   NOT NULL,
    owner     TEXT   NOT NULL,
    year      BIGINT NOT NULL,
    licence   TEXT   NOT NULL,
    loaded_at TEXT   NOT NULL,
    loaded_by TEXT   NOT NULL,
    UNIQUE (title, owner, year)
);

-- A figure of a source: a row of its file (an occupation) in an area. Both are written as the owner writes them.
CREATE TABLE figure (
    id     TEXT   NOT NULL PRIMARY KEY,
    source TEXT   NOT NULL REFERENCES figure_source (id),
    code   TEXT   NOT NULL,
    label  TEXT   NOT NULL,
    area   TEXT   NOT NULL,
    value  BIGINT NOT NULL,
    UNIQUE (source, code, area)
);
CREATE INDEX figure_area ON figure (source, area, value, id);

-- A year's round of the annual wheel of a county's forum. state is the step that it is in, most how many challenges a region may rank.
CREATE TABLE wheel_round (
    id         TEXT   NOT NULL PRIMARY KEY,
    county     TEXT   NOT NULL REFERENCES body (id),
    year       BIGINT NOT NULL,
    state      TEXT   NOT NULL,
    most       BIGINT NOT NULL,
    created_by TEXT   NOT NULL,
    created_at TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    UNIQUE (county, year)
);

-- A step of a round: whose it is and from when to when. kind other is a milestone that has a title of its own and no rule. base is what the step rests on,
-- written when it was closed.
CREATE TABLE wheel_step (
    id        TEXT   NOT NULL PRIMARY KEY,
    round     TEXT   NOT NULL REFERENCES wheel_round (id),
    kind      TEXT   NOT NULL CHECK (kind IN ('knowledge', 'inputs', 'priorities', 'answers', 'other')),
    title     TEXT   NOT NULL,
    org       TEXT   NOT NULL REFERENCES organisation (id),
    from_day  TEXT   NOT NULL,
    due       TEXT   NOT NULL,
    closed_at TEXT,
    base      TEXT   NOT NULL,
    version   BIGINT NOT NULL
);
CREATE INDEX wheel_step_round ON wheel_step (round, due, id);
CREATE INDEX wheel_step_org ON wheel_step (org, round);

-- How a region stands in a round, from when it is asked: sent_at when it has delivered, silent the reason when the county notes that it will not. id is that of
-- its task.
CREATE TABLE wheel_region (
    id      TEXT NOT NULL PRIMARY KEY,
    round   TEXT NOT NULL REFERENCES wheel_round (id),
    region  TEXT NOT NULL REFERENCES forum_region (region),
    sent_at TEXT,
    silent  TEXT NOT NULL,
    UNIQUE (round, region)
);

-- A county priority: what the county needs most, in the order of rank.
CREATE TABLE wheel_priority (
    id       TEXT   NOT NULL PRIMARY KEY,
    round    TEXT   NOT NULL REFERENCES wheel_round (id),
    rank     BIGINT NOT NULL,
    field    TEXT   NOT NULL,
    level    TEXT   NOT NULL,
    title    TEXT   NOT NULL,
    words    TEXT   NOT NULL,
    expected TEXT   NOT NULL,
    version  BIGINT NOT NULL
);
CREATE INDEX wheel_priority_round ON wheel_priority (round, rank, id);

-- A challenge that a region ranks. It cites a need or a figure, or both. result is what the county did with it: taken into priority, or left because of why.
CREATE TABLE wheel_input (
    id       TEXT   NOT NULL PRIMARY KEY,
    round    TEXT   NOT NULL REFERENCES wheel_round (id),
    region   TEXT   NOT NULL REFERENCES forum_region (region),
    body     TEXT   REFERENCES body (id),
    org      TEXT   NOT NULL REFERENCES organisation (id),
    rank     BIGINT NOT NULL,
    field    TEXT   NOT NULL,
    level    TEXT   NOT NULL,
    title    TEXT   NOT NULL,
    words    TEXT   NOT NULL,
    need     TEXT   REFERENCES need (id),
    figure   TEXT   REFERENCES figure (id),
    result   TEXT   NOT NULL CHECK (result IN ('', 'taken', 'left')),
    priority TEXT   REFERENCES wheel_priority (id),
    why      TEXT   NOT NULL,
    made_by  TEXT   NOT NULL,
    made_at  TEXT   NOT NULL,
    version  BIGINT NOT NULL
);
CREATE INDEX wheel_input_round ON wheel_input (round, region, rank, id);
CREATE INDEX wheel_input_priority ON wheel_input (priority, id);
CREATE INDEX wheel_input_need ON wheel_input (need, id);
CREATE INDEX wheel_input_figure ON wheel_input (figure, id);

-- A provider that is asked to answer a priority, and its answer; kind is empty until it has. id is that of its task.
CREATE TABLE wheel_answer (
    id          TEXT   NOT NULL PRIMARY KEY,
    priority    TEXT   NOT NULL REFERENCES wheel_priority (id),
    org         TEXT   NOT NULL REFERENCES organisation (id),
    kind        TEXT   NOT NULL CHECK (kind IN ('', 'new', 'changed', 'digital', 'existing', 'nothing')),
    words       TEXT   NOT NULL,
    places      BIGINT NOT NULL,
    start_day   TEXT,
    terms       TEXT   NOT NULL,
    answered_at TEXT,
    answered_by TEXT   NOT NULL,
    version     BIGINT NOT NULL,
    UNIQUE (priority, org)
);
CREATE INDEX wheel_answer_org ON wheel_answer (org, priority);
