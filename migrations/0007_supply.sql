-- +goose Up
-- What a provider can teach. Texts may be in nb, nn and en; at least one title is filled.
CREATE TABLE programme (
    id              TEXT   NOT NULL PRIMARY KEY,
    provider        TEXT   NOT NULL REFERENCES organisation (id),
    state           TEXT   NOT NULL,
    title_nb        TEXT   NOT NULL,
    title_nn        TEXT   NOT NULL,
    title_en        TEXT   NOT NULL,
    description_nb  TEXT   NOT NULL,
    description_nn  TEXT   NOT NULL,
    description_en  TEXT   NOT NULL,
    code            TEXT   NOT NULL,
    code_type       TEXT   NOT NULL,
    level           TEXT   NOT NULL,
    nkr             TEXT   NOT NULL,
    credits         DOUBLE PRECISION NOT NULL,
    credit_unit     TEXT   NOT NULL,
    admission_nb    TEXT   NOT NULL,
    admission_nn    TEXT   NOT NULL,
    admission_en    TEXT   NOT NULL,
    languages       TEXT   NOT NULL,
    digital_share   BIGINT,
    workplace_share BIGINT,
    supervision_nb  TEXT   NOT NULL,
    supervision_nn  TEXT   NOT NULL,
    supervision_en  TEXT   NOT NULL,
    adapts          TEXT   REFERENCES programme (id),
    valid_from      TEXT,
    valid_to        TEXT,
    contact         TEXT   NOT NULL,
    website         TEXT   NOT NULL,
    source          TEXT   NOT NULL,
    source_id       TEXT   NOT NULL,
    search_fold     TEXT   NOT NULL,
    title_sort      TEXT   NOT NULL,
    created_at      TEXT   NOT NULL,
    updated_at      TEXT   NOT NULL,
    changed         BIGINT NOT NULL,
    version         BIGINT NOT NULL
);
CREATE INDEX programme_provider ON programme (provider, title_sort, id);
CREATE INDEX programme_changed ON programme (changed);
CREATE UNIQUE INDEX programme_provider_source_source_id_key ON programme (provider, source, source_id) WHERE source_id <> '';

-- What one knows and can do afterwards.
CREATE TABLE programme_outcome (
    programme TEXT   NOT NULL REFERENCES programme (id),
    nr        BIGINT NOT NULL,
    text_nb   TEXT   NOT NULL,
    text_nn   TEXT   NOT NULL,
    text_en   TEXT   NOT NULL,
    PRIMARY KEY (programme, nr)
);

-- What it leads to and is about: codes of a vocabulary (styrk08, tema …) or of the fields.
CREATE TABLE programme_concept (
    programme TEXT   NOT NULL REFERENCES programme (id),
    nr        BIGINT NOT NULL,
    scheme    TEXT   NOT NULL,
    code      TEXT   NOT NULL,
    PRIMARY KEY (programme, scheme, code)
);
CREATE INDEX programme_concept_code ON programme_concept (scheme, code, programme);

-- A programme offered in one way: when one starts, how it is taught, where one meets, how one applies.
CREATE TABLE offering (
    id                TEXT   NOT NULL PRIMARY KEY,
    programme         TEXT   NOT NULL REFERENCES programme (id),
    provider          TEXT   NOT NULL REFERENCES organisation (id),
    state             TEXT   NOT NULL,
    reason            TEXT   NOT NULL,
    start_type        TEXT   NOT NULL,
    start_day         TEXT,
    end_day           TEXT,
    flexible_from     TEXT,
    flexible_to       TEXT,
    no_rolling_reason TEXT   NOT NULL,
    delivery          TEXT   NOT NULL,
    digital_share     BIGINT,
    workplace_share   BIGINT,
    part_time_percent BIGINT NOT NULL,
    attendance        TEXT   NOT NULL,
    min_places        BIGINT NOT NULL,
    max_places        BIGINT NOT NULL,
    enrolled          BIGINT NOT NULL,
    pending           BIGINT NOT NULL,
    queued            BIGINT NOT NULL,
    wait_value        BIGINT NOT NULL,
    wait_unit         TEXT   NOT NULL,
    price_participant BIGINT,
    price_employer    BIGINT,
    price_year        BIGINT NOT NULL,
    admission_channel TEXT   NOT NULL,
    apply_url         TEXT   NOT NULL,
    deadline          TEXT,
    target_region     TEXT   NOT NULL,
    source            TEXT   NOT NULL,
    source_id         TEXT   NOT NULL,
    last_confirmed    TEXT   NOT NULL,
    created_at        TEXT   NOT NULL,
    updated_at        TEXT   NOT NULL,
    changed           BIGINT NOT NULL,
    version           BIGINT NOT NULL
);
CREATE INDEX offering_programme ON offering (programme, id);
CREATE INDEX offering_provider ON offering (provider, last_confirmed, id);
CREATE INDEX offering_changed ON offering (changed);
CREATE UNIQUE INDEX offering_provider_source_source_id_key ON offering (provider, source, source_id) WHERE source_id <> '';

-- The municipalities an offering is meant for, beside or instead of its region.
CREATE TABLE offering_area (
    offering     TEXT   NOT NULL REFERENCES offering (id),
    nr           BIGINT NOT NULL,
    municipality TEXT   NOT NULL,
    PRIMARY KEY (offering, municipality)
);
CREATE INDEX offering_area_municipality ON offering_area (municipality, offering);

-- Where and when those who take it meet. day empty: only the order is known.
CREATE TABLE gathering (
    offering     TEXT    NOT NULL REFERENCES offering (id),
    nr           BIGINT  NOT NULL,
    place        TEXT    NOT NULL,
    municipality TEXT    NOT NULL,
    day          TEXT,
    days         BIGINT  NOT NULL,
    voluntary    BOOLEAN NOT NULL,
    PRIMARY KEY (offering, nr)
);
CREATE INDEX gathering_municipality ON gathering (municipality, offering);

-- When one may apply, for whom and how.
CREATE TABLE enrolment_period (
    offering     TEXT    NOT NULL REFERENCES offering (id),
    nr           BIGINT  NOT NULL,
    from_day     TEXT,
    to_day       TEXT,
    target_group TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    url          TEXT    NOT NULL,
    queue        BOOLEAN NOT NULL,
    max_queued   BIGINT  NOT NULL,
    PRIMARY KEY (offering, nr)
);

-- Days on which nobody starts, such as the summer holiday.
CREATE TABLE closed_period (
    offering TEXT   NOT NULL REFERENCES offering (id),
    nr       BIGINT NOT NULL,
    from_day TEXT   NOT NULL,
    to_day   TEXT   NOT NULL,
    PRIMARY KEY (offering, nr)
);

-- One row that counts writes. The rows written carry its number, so that a copy in memory
-- can ask for what is newer than it.
CREATE TABLE supply_change (
    id BIGINT NOT NULL PRIMARY KEY,
    n  BIGINT NOT NULL
);
INSERT INTO supply_change (id, n) VALUES (1, 0);

-- A file that was read and shown, and waits for yes. Gone when it is used or a day old.
CREATE TABLE supply_import (
    id         TEXT NOT NULL PRIMARY KEY,
    account    TEXT NOT NULL,
    provider   TEXT NOT NULL,
    file_name  TEXT NOT NULL,
    content    TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX supply_import_created_at ON supply_import (created_at, id);
