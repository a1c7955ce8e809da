-- +goose Up
-- The final report of a project. frozen is what the register said on frozen_on, NULL while it is written; approved_ref is where the steering group approved it, receiver whom it was sent to.
CREATE TABLE final_report (
    project      TEXT   NOT NULL PRIMARY KEY REFERENCES project (id),
    state        TEXT   NOT NULL CHECK (state IN ('draft', 'in_approval', 'approved', 'sent')),
    frozen       JSON,
    frozen_on    TEXT,
    approved_on  TEXT,
    approved_ref TEXT   NOT NULL,
    sent_on      TEXT,
    receiver     TEXT   NOT NULL,
    begun_by     TEXT   NOT NULL,
    version      BIGINT NOT NULL
);

-- What is written in its chapters; 12 is the deviations in its owner's own words.
CREATE TABLE final_chapter (
    project  TEXT   NOT NULL REFERENCES project (id),
    nr       BIGINT NOT NULL CHECK (nr BETWEEN 1 AND 12),
    words    TEXT   NOT NULL,
    saved_by TEXT   NOT NULL,
    saved_at TEXT   NOT NULL,
    version  BIGINT NOT NULL,
    PRIMARY KEY (project, nr)
);
