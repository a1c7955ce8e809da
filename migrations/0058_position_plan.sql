-- +goose Up
-- What an employer, the one who got the job and a provider agree on: each version as it was written. candidate is her account, or NULL when she has none, and then name is what she is called; both are emptied when she deletes the account, and name a while after the position has ended.
CREATE TABLE position_agreement (
    position    TEXT   NOT NULL REFERENCES position (id),
    nr          BIGINT NOT NULL,
    candidate   TEXT,
    name        TEXT   NOT NULL,
    work_hours  BIGINT NOT NULL,
    study_hours BIGINT NOT NULL,
    pay         TEXT   NOT NULL,
    gatherings  TEXT   NOT NULL,
    duration    TEXT   NOT NULL,
    goal        TEXT   NOT NULL,
    start_on    TEXT   NOT NULL,
    written_by  TEXT   NOT NULL,
    written_at  TEXT   NOT NULL,
    PRIMARY KEY (position, nr)
);
CREATE INDEX position_agreement_candidate ON position_agreement (candidate, position, nr);

-- A yes to one version, of one of the three. on_day is the day it was said, which for one without an account is before it is written down.
CREATE TABLE position_yes (
    position TEXT   NOT NULL REFERENCES position (id),
    nr       BIGINT NOT NULL,
    party    TEXT   NOT NULL CHECK (party IN ('employer', 'candidate', 'provider')),
    on_day   TEXT   NOT NULL,
    given_by TEXT   NOT NULL,
    given_at TEXT   NOT NULL,
    PRIMARY KEY (position, nr, party)
);
