-- +goose Up
-- An application for a place in an offering that takes applications here. applicant is the account of who applies for herself, empty for one that an employer or the provider wrote down; live says that it has not ended.
-- queue_nr is its place in the order of the queue, promised_start what was said when it was made.
CREATE TABLE application (
    id             TEXT    NOT NULL PRIMARY KEY,
    number         TEXT    NOT NULL UNIQUE,
    number_key     BIGINT  NOT NULL,
    offering       TEXT    NOT NULL REFERENCES offering (id),
    programme      TEXT    NOT NULL REFERENCES programme (id),
    provider       TEXT    NOT NULL REFERENCES organisation (id),
    applicant      TEXT    REFERENCES account (id),
    live           BOOLEAN NOT NULL,
    employer       TEXT    REFERENCES organisation (id),
    need           TEXT    REFERENCES need (id),
    municipality   TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    applied_at     TEXT    NOT NULL,
    answer_due     TEXT,
    answered_at    TEXT,
    wanted_from    TEXT,
    promised_start TEXT,
    start_on       TEXT,
    started_on     TEXT,
    expected_end   TEXT,
    ended_on       TEXT,
    queue_nr       BIGINT,
    reason         TEXT    NOT NULL,
    appeal_by      TEXT,
    made_by        TEXT    NOT NULL,
    version        BIGINT  NOT NULL
);
CREATE UNIQUE INDEX application_offering_applicant_key ON application (offering, applicant) WHERE live AND applicant IS NOT NULL AND applicant <> 'erased';
CREATE INDEX application_offering ON application (offering, number_key);
CREATE INDEX application_queue ON application (offering, queue_nr);
CREATE INDEX application_applicant ON application (applicant, number_key);
CREATE INDEX application_employer ON application (employer, number_key);
CREATE INDEX application_due ON application (state, answer_due);

-- Who it is for, and how she wants to be reached. Emptied a year after the application has ended.
CREATE TABLE application_person (
    application TEXT NOT NULL PRIMARY KEY REFERENCES application (id),
    name        TEXT NOT NULL,
    contact     TEXT NOT NULL
);
