-- +goose Up
-- A project that is made here: it is shown to all when public, card is the measure of the toolbox that it was made of, '' for none.
ALTER TABLE project ADD COLUMN public BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE project ADD COLUMN card TEXT NOT NULL DEFAULT '';
ALTER TABLE project ADD COLUMN made_by TEXT NOT NULL DEFAULT '';

-- Own work is hours at a rate, in øre an hour. from_parent is money out of the parent's frame, which the parent does not count again.
ALTER TABLE project_money ADD COLUMN hours BIGINT;
ALTER TABLE project_money ADD COLUMN rate BIGINT;
ALTER TABLE project_money ADD COLUMN from_parent BOOLEAN NOT NULL DEFAULT FALSE;

-- What is to be done, in order, and when it was.
CREATE TABLE project_step (
    project TEXT   NOT NULL REFERENCES project (id),
    nr      BIGINT NOT NULL,
    words   TEXT   NOT NULL,
    done_on TEXT,
    PRIMARY KEY (project, nr)
);

-- Who delivers the project in which municipalities. under is the hub whose agreement another works under, '' for none; municipalities are numbers, one a line.
CREATE TABLE project_agreement (
    project        TEXT   NOT NULL REFERENCES project (id),
    nr             BIGINT NOT NULL,
    hub            TEXT   NOT NULL,
    under          TEXT   NOT NULL,
    municipalities TEXT   NOT NULL,
    from_day       TEXT,
    to_day         TEXT,
    PRIMARY KEY (project, nr)
);

-- What happened along the way. day_words says when, where the day is not known. invited and attended count those who were asked and who came. from_post, to_post and amount (øre) are of money that was moved; who is whom it is about. taken_in is that a document wrote it.
CREATE TABLE project_note (
    id        TEXT    NOT NULL PRIMARY KEY,
    project   TEXT    NOT NULL REFERENCES project (id),
    nr        BIGINT  NOT NULL,
    kind      TEXT    NOT NULL CHECK (kind IN ('meeting', 'workshop', 'conference', 'mapping', 'decision', 'news', 'shift', 'asked', 'plan', 'next')),
    day       TEXT,
    day_words TEXT    NOT NULL,
    words     TEXT    NOT NULL,
    who       TEXT    NOT NULL,
    attended  BIGINT,
    invited   BIGINT,
    from_post TEXT    NOT NULL,
    to_post   TEXT    NOT NULL,
    amount    BIGINT,
    outcome   TEXT    NOT NULL,
    ref       TEXT    NOT NULL,
    taken_in  BOOLEAN NOT NULL,
    said_by   TEXT    NOT NULL,
    said_at   TEXT    NOT NULL,
    version   BIGINT  NOT NULL
);
CREATE INDEX project_note_project ON project_note (project, nr);
