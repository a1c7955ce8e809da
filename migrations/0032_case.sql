-- +goose Up
-- A case: what a body treats. body prepares it; archive is the organisation whose archive gave the number. closed says that the secretariat proposes closed
-- doors for it, on ground (kommuneloven § 11-5): the body itself decides. found and found_open are what it is searched by, for those who may read it all and
-- for everybody. question to answered_on belong to an interpellation. plan is its financing, whose proviso
-- awaits the decision of a case.
CREATE TABLE case_file (
    id             TEXT    NOT NULL PRIMARY KEY,
    body           TEXT    NOT NULL REFERENCES body (id),
    archive        TEXT    NOT NULL REFERENCES organisation (id),
    archive_year   BIGINT  NOT NULL,
    archive_serial BIGINT  NOT NULL,
    kind           TEXT    NOT NULL,
    title          TEXT    NOT NULL,
    public_title   TEXT    NOT NULL,
    officer        TEXT    NOT NULL,
    origin         TEXT    REFERENCES organisation (id),
    closed         BOOLEAN NOT NULL,
    ground         TEXT    NOT NULL,
    ready_by       TEXT,
    question       TEXT    NOT NULL,
    asked_by       TEXT    NOT NULL,
    answer         TEXT    NOT NULL,
    answered_by    TEXT    NOT NULL,
    plan           JSON    NOT NULL,
    awaits         TEXT    REFERENCES case_file (id),
    found          TEXT    NOT NULL,
    found_open     TEXT    NOT NULL,
    created_at     TEXT    NOT NULL,
    created_by     TEXT    NOT NULL,
    version        BIGINT  NOT NULL,
    UNIQUE (archive, archive_year, archive_serial)
);
CREATE INDEX case_file_body ON case_file (body, id);
CREATE INDEX case_file_awaits ON case_file (awaits, id);
CREATE INDEX case_file_number ON case_file (archive_year, archive_serial, id);

-- A document of a case: number, letter (S = case paper, I, U, N, X), title. ground is why it is not open (offentleglova), empty for an open one. Its file
-- hangs on it as an attachment. A row is never taken away: numbers stay whole.
CREATE TABLE case_document (
    id          TEXT   NOT NULL PRIMARY KEY,
    case_file   TEXT   NOT NULL REFERENCES case_file (id),
    nr          BIGINT NOT NULL,
    letter      TEXT   NOT NULL,
    title       TEXT   NOT NULL,
    day         TEXT   NOT NULL,
    ground      TEXT   NOT NULL,
    recorded_by TEXT   NOT NULL,
    recorded_at TEXT   NOT NULL,
    version     BIGINT NOT NULL,
    UNIQUE (case_file, nr)
);

-- A treatment of a case by a body, past or planned. body is NULL for one that the register does not have; body_name is what it is called. number is the
-- body's own (PS 23/20), day that of the meeting, result what came of it, told what was decided in words.
CREATE TABLE case_treatment (
    id          TEXT   NOT NULL PRIMARY KEY,
    case_file   TEXT   NOT NULL REFERENCES case_file (id),
    position    BIGINT NOT NULL,
    body        TEXT   REFERENCES body (id),
    body_called TEXT   NOT NULL,
    number      TEXT   NOT NULL,
    day         TEXT,
    result      TEXT   NOT NULL,
    told        TEXT   NOT NULL,
    recorded_by TEXT   NOT NULL,
    recorded_at TEXT   NOT NULL,
    version     BIGINT NOT NULL,
    UNIQUE (case_file, position)
);
CREATE INDEX case_treatment_body ON case_treatment (body, case_file);
CREATE INDEX case_treatment_number ON case_treatment (number, id);

-- What a case is about or came from: things of other rooms.
CREATE TABLE case_link (
    case_file TEXT NOT NULL REFERENCES case_file (id),
    kind      TEXT NOT NULL,
    ref       TEXT NOT NULL,
    added_at  TEXT NOT NULL,
    PRIMARY KEY (case_file, kind, ref)
);

-- Input from a member to a proposal, and what was done with it. sender is an organisation and an office, never a person.
CREATE TABLE case_input (
    id          TEXT   NOT NULL PRIMARY KEY,
    case_file   TEXT   NOT NULL REFERENCES case_file (id),
    sender      TEXT   NOT NULL,
    day         TEXT   NOT NULL,
    words       TEXT   NOT NULL,
    done        TEXT   NOT NULL,
    recorded_by TEXT   NOT NULL,
    recorded_at TEXT   NOT NULL,
    version     BIGINT NOT NULL
);
CREATE INDEX case_input_case ON case_input (case_file, day, id);

-- The paper of a case. header are the lines that replace those taken from the treatments, empty when there is nothing to replace. number is the document
-- that the paper is. version counts every change of it, that of a section too.
CREATE TABLE case_paper (
    case_file TEXT   NOT NULL PRIMARY KEY REFERENCES case_file (id),
    template  TEXT   NOT NULL,
    lang      TEXT   NOT NULL,
    header    TEXT   NOT NULL,
    nr        BIGINT NOT NULL,
    version   BIGINT NOT NULL
);

CREATE TABLE case_section (
    case_file TEXT   NOT NULL REFERENCES case_paper (case_file),
    name      TEXT   NOT NULL,
    position  BIGINT NOT NULL,
    heading   TEXT   NOT NULL,
    words     TEXT   NOT NULL,
    saved_by  TEXT   NOT NULL,
    saved_at  TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    PRIMARY KEY (case_file, name)
);

-- A version of the paper as it was: kept by a writer, or issued. Rows never change. frozen holds header, sections and the live figures with their days.
CREATE TABLE case_version (
    id        TEXT    NOT NULL PRIMARY KEY,
    case_file TEXT    NOT NULL REFERENCES case_file (id),
    nr        BIGINT  NOT NULL,
    issued    BOOLEAN NOT NULL,
    frozen    JSON    NOT NULL,
    why       TEXT    NOT NULL,
    made_by   TEXT    NOT NULL,
    made_at   TEXT    NOT NULL,
    UNIQUE (case_file, nr)
);

-- A finding of the check that a writer has accepted, with the reason.
CREATE TABLE case_accepted (
    case_file   TEXT NOT NULL REFERENCES case_file (id),
    finding     TEXT NOT NULL,
    reason      TEXT NOT NULL,
    accepted_by TEXT NOT NULL,
    accepted_at TEXT NOT NULL,
    PRIMARY KEY (case_file, finding)
);
