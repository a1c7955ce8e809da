-- +goose Up
-- What was learned in a stage of a development. org is who says it, NULL for an office; shared says that it may stand in a guide, and good that it is something to do again.
CREATE TABLE development_learned (
    id          TEXT    NOT NULL PRIMARY KEY,
    development TEXT    NOT NULL REFERENCES development (id),
    stage       TEXT    NOT NULL,
    words       TEXT    NOT NULL,
    good        BOOLEAN NOT NULL,
    shared      BOOLEAN NOT NULL,
    org         TEXT    REFERENCES organisation (id),
    said_by     TEXT    NOT NULL,
    said_at     TEXT    NOT NULL
);
CREATE INDEX development_learned_development ON development_learned (development, said_at);

-- A section of a guide as it is being written: it has the guide's newest words, and is open to all first when a version is made.
CREATE TABLE guide_section (
    id       TEXT   NOT NULL PRIMARY KEY,
    guide    TEXT   NOT NULL CHECK (guide IN ('forum', 'programme')),
    nr       BIGINT NOT NULL,
    title_nb TEXT   NOT NULL,
    title_nn TEXT   NOT NULL,
    title_en TEXT   NOT NULL,
    words_nb TEXT   NOT NULL,
    words_nn TEXT   NOT NULL,
    words_en TEXT   NOT NULL,
    saved_by TEXT   NOT NULL,
    saved_at TEXT   NOT NULL,
    version  BIGINT NOT NULL
);
CREATE INDEX guide_section_guide ON guide_section (guide, nr);

-- What a section has grown from.
CREATE TABLE guide_source (
    section  TEXT NOT NULL REFERENCES guide_section (id) ON DELETE CASCADE,
    learned  TEXT NOT NULL REFERENCES development_learned (id),
    taken_by TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    PRIMARY KEY (section, learned)
);
CREATE INDEX guide_source_learned ON guide_source (learned, section);

-- A version of a guide. frozen is its sections as JSON, and never changes.
CREATE TABLE guide_version (
    guide   TEXT   NOT NULL CHECK (guide IN ('forum', 'programme')),
    nr      BIGINT NOT NULL,
    why     TEXT   NOT NULL,
    frozen  TEXT   NOT NULL,
    made_by TEXT   NOT NULL,
    made_at TEXT   NOT NULL,
    PRIMARY KEY (guide, nr)
);
