-- +goose Up
-- What is told of the work in a region: one row, written together. contact is a role.
CREATE TABLE region_page (
    region      TEXT   NOT NULL PRIMARY KEY REFERENCES forum_region (region),
    problem     TEXT   NOT NULL,
    purpose     TEXT   NOT NULL,
    goal        TEXT   NOT NULL,
    target      TEXT   NOT NULL,
    deliverable TEXT   NOT NULL,
    financing   TEXT   NOT NULL,
    owner       TEXT   NOT NULL,
    findings    TEXT   NOT NULL,
    followup    TEXT   NOT NULL,
    contact     TEXT   NOT NULL,
    saved_by    TEXT   NOT NULL,
    saved_at    TEXT   NOT NULL,
    version     BIGINT NOT NULL
);

-- What was tried, and as what: to drive, to bring together those who need and those who give, or to be where they meet.
CREATE TABLE region_effort (
    id       TEXT NOT NULL PRIMARY KEY,
    region   TEXT NOT NULL REFERENCES forum_region (region),
    part     TEXT NOT NULL CHECK (part IN ('motor', 'megler', 'moteplass')),
    what     TEXT NOT NULL,
    result   TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL
);
CREATE INDEX region_effort_region ON region_effort (region, added_at);

-- An evaluation of the work: its number, year and title, and where it can be read, empty when it is not on the web.
CREATE TABLE region_report (
    id       TEXT   NOT NULL PRIMARY KEY,
    region   TEXT   NOT NULL REFERENCES forum_region (region),
    nr       BIGINT NOT NULL,
    year     BIGINT NOT NULL,
    title    TEXT   NOT NULL,
    link     TEXT   NOT NULL,
    added_by TEXT   NOT NULL,
    added_at TEXT   NOT NULL
);
CREATE INDEX region_report_region ON region_report (region, nr);
