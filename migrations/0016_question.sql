-- +goose Up
-- A form. code names it for the program ("bedriftskartlegging"); title and title_sort repeat the newest version's for lists. Retired: it takes no new answers.
CREATE TABLE question_form (
    id         TEXT    NOT NULL PRIMARY KEY,
    code       TEXT    NOT NULL UNIQUE,
    title      TEXT    NOT NULL,
    title_sort TEXT    NOT NULL,
    retired    BOOLEAN NOT NULL,
    created_at TEXT    NOT NULL,
    created_by TEXT    NOT NULL,
    updated_at TEXT    NOT NULL,
    updated_by TEXT    NOT NULL,
    version    BIGINT  NOT NULL
);
CREATE INDEX question_form_title ON question_form (title_sort, id);

-- The versions of a form: state draft (at most one, the newest), published or retired (replaced by a newer one). The definition of a published version never changes.
CREATE TABLE question_version (
    form         TEXT   NOT NULL REFERENCES question_form (id),
    nr           BIGINT NOT NULL,
    state        TEXT   NOT NULL,
    definition   TEXT   NOT NULL,
    made_at      TEXT   NOT NULL,
    made_by      TEXT   NOT NULL,
    published_at TEXT,
    published_by TEXT,
    PRIMARY KEY (form, nr)
);

-- An answer to a version of a form, for something of a room (subject) and perhaps an organisation. who names the answerer by account or role. saved_form is the drawing of the form that saved last, so that its own next save is not stale.
CREATE TABLE question_answer (
    id           TEXT   NOT NULL PRIMARY KEY,
    form         TEXT   NOT NULL,
    form_nr      BIGINT NOT NULL,
    subject_kind TEXT   NOT NULL,
    subject      TEXT   NOT NULL,
    org          TEXT   REFERENCES organisation (id),
    who          TEXT   NOT NULL,
    state        TEXT   NOT NULL,
    saved_form   TEXT   NOT NULL,
    created_at   TEXT   NOT NULL,
    updated_at   TEXT   NOT NULL,
    submitted_at TEXT,
    submissions  BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    FOREIGN KEY (form, form_nr) REFERENCES question_version (form, nr)
);
CREATE INDEX question_answer_subject ON question_answer (subject_kind, subject, form, state, id);
CREATE INDEX question_answer_previous ON question_answer (form, org, submitted_at, id);

-- What is answered. stage 'draft' is what is being written, also to questions that are hidden now; 'sent' what counts: the last that was submitted. A column of a table has row_nr 0 and up, all else -1. part: '' the answer, 'code' what it means in a register, 'choice:<code>' a ticked choice, 'other' the words to it.
-- number is the answer as a number: whole, thousandths for a decimal, øre for money.
CREATE TABLE question_value (
    answer   TEXT   NOT NULL REFERENCES question_answer (id),
    stage    TEXT   NOT NULL,
    question TEXT   NOT NULL,
    row_nr   BIGINT NOT NULL,
    part     TEXT   NOT NULL,
    text     TEXT   NOT NULL,
    number   BIGINT,
    PRIMARY KEY (answer, stage, question, row_nr, part)
);

-- What was submitted each time, kept as it was.
CREATE TABLE question_submission (
    answer  TEXT   NOT NULL REFERENCES question_answer (id),
    nr      BIGINT NOT NULL,
    at      TEXT   NOT NULL,
    who     TEXT   NOT NULL,
    answers JSON   NOT NULL,
    PRIMARY KEY (answer, nr)
);

-- A section of an answer that was opened again after a submission, and why. closed_at is set when it is submitted anew.
CREATE TABLE question_reopening (
    answer    TEXT NOT NULL REFERENCES question_answer (id),
    section   TEXT NOT NULL,
    at        TEXT NOT NULL,
    who       TEXT NOT NULL,
    reason    TEXT NOT NULL,
    closed_at TEXT,
    PRIMARY KEY (answer, section, at)
);

-- A fact that was filled in before anybody answered: where it is from, and of which day.
CREATE TABLE question_prefill (
    answer   TEXT NOT NULL REFERENCES question_answer (id),
    question TEXT NOT NULL,
    text     TEXT NOT NULL,
    source   TEXT NOT NULL,
    day      TEXT NOT NULL,
    PRIMARY KEY (answer, question)
);

-- A section that was said to be unchanged since an earlier answer. Gone when the section is changed after all.
CREATE TABLE question_unchanged (
    answer  TEXT NOT NULL REFERENCES question_answer (id),
    section TEXT NOT NULL,
    since   TEXT NOT NULL REFERENCES question_answer (id),
    at      TEXT NOT NULL,
    PRIMARY KEY (answer, section)
);

-- A workbook that was read as a form and waits for a yes: the form, and what was wrong with its rows. For its owner only; gone after expires_at.
CREATE TABLE question_import (
    id         TEXT NOT NULL PRIMARY KEY,
    owner      TEXT NOT NULL,
    name       TEXT NOT NULL,
    code       TEXT NOT NULL,
    definition TEXT NOT NULL,
    faults     TEXT NOT NULL,
    expires_at TEXT NOT NULL
);
CREATE INDEX question_import_expires_at ON question_import (expires_at, id);
