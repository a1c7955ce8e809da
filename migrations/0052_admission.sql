-- +goose Up
-- An application for a place in an offering that takes applications here. applicant is the account of who applies for herself, empty for one that an employer or the provider wrote down, and 'erased' once she has been taken out of it; live says that it has not ended.
-- employer_sees is whether the employer reads it; represented_by who acts for the employer by mandate. queue_nr is its place in the order of the queue, promised_start the first day that was said, answer_due empty for one that waits for a place.
CREATE TABLE application (
    id             TEXT    NOT NULL PRIMARY KEY,
    number         TEXT    NOT NULL UNIQUE,
    number_key     BIGINT  NOT NULL,
    offering       TEXT    NOT NULL REFERENCES offering (id),
    programme      TEXT    NOT NULL REFERENCES programme (id),
    provider       TEXT    NOT NULL REFERENCES organisation (id),
    applicant      TEXT,
    live           BOOLEAN NOT NULL,
    employer       TEXT    REFERENCES organisation (id),
    employer_sees  BOOLEAN NOT NULL,
    represented_by TEXT    REFERENCES organisation (id),
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
CREATE INDEX application_programme ON application (programme, number_key);
CREATE INDEX application_need ON application (need, number_key);
CREATE INDEX application_ended ON application (live, ended_on);

-- Who it is for, and how she wants to be reached. Emptied a year after the application has ended.
CREATE TABLE application_person (
    application TEXT NOT NULL PRIMARY KEY REFERENCES application (id),
    name        TEXT NOT NULL,
    contact     TEXT NOT NULL
);

-- The link by which somebody who was nominated follows her application, and withdraws it, without an account.
CREATE TABLE application_link (
    application TEXT NOT NULL PRIMARY KEY REFERENCES application (id),
    token       TEXT NOT NULL UNIQUE,
    made_at     TEXT NOT NULL
);

-- What has been shown to all of how many applications for a programme were answered and began in time, one row for each time it was published: sources are the ids it was built on, never shown, so that the next edition gives nobody away.
CREATE TABLE entry_edition (
    programme TEXT   NOT NULL REFERENCES programme (id),
    nr        BIGINT NOT NULL,
    figure    TEXT   NOT NULL CHECK (figure IN ('answered', 'started')),
    kept      BIGINT NOT NULL,
    of_all    BIGINT NOT NULL,
    kept_ids  TEXT   NOT NULL,
    all_ids   TEXT   NOT NULL,
    as_of     TEXT   NOT NULL,
    PRIMARY KEY (programme, figure, nr)
);
