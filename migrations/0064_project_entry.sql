-- +goose Up
-- What a project says of itself when it is done: the three fields of the compendium. contact is a role or an organisation with experience; it is shown when contact_ok.
CREATE TABLE project_entry (
    project         TEXT    NOT NULL PRIMARY KEY REFERENCES project (id),
    short           TEXT    NOT NULL,
    attainment      TEXT    NOT NULL CHECK (attainment IN ('', 'reached', 'partly', 'not')),
    attainment_text TEXT    NOT NULL,
    follow          TEXT    NOT NULL CHECK (follow IN ('', 'continued', 'taken_over', 'ended')),
    follow_text     TEXT    NOT NULL,
    contact         TEXT    NOT NULL,
    contact_ok      BOOLEAN NOT NULL,
    saved_by        TEXT    NOT NULL,
    saved_at        TEXT    NOT NULL,
    version         BIGINT  NOT NULL
);

-- The last day for the entries of a parent's sub-projects.
CREATE TABLE project_compendium (
    project TEXT   NOT NULL PRIMARY KEY REFERENCES project (id),
    due     TEXT   NOT NULL,
    version BIGINT NOT NULL
);
