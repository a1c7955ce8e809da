-- +goose Up
-- What a person has asked to have deleted and cannot delete, because it is part of a public record. Purpose: to answer (GDPR art. 12(3), 17).
-- org is who answers. kind and subject name the thing, if one was named. what, answer and extension are people's words and are emptied when the
-- account is deleted. Kept for two years after it was answered.
CREATE TABLE person_request (
    id            TEXT   NOT NULL PRIMARY KEY,
    account       TEXT   NOT NULL REFERENCES account (id),
    org           TEXT   NOT NULL REFERENCES organisation (id),
    kind          TEXT   NOT NULL,
    subject       TEXT   NOT NULL,
    what          TEXT   NOT NULL,
    state         TEXT   NOT NULL CHECK (state IN ('received', 'granted', 'refused', 'withdrawn')),
    received_at   TEXT   NOT NULL,
    due           TEXT   NOT NULL,
    extension     TEXT   NOT NULL,
    ground        TEXT   NOT NULL,
    answer        TEXT   NOT NULL,
    answered_at   TEXT,
    answered_by   TEXT   NOT NULL,
    answered_role TEXT   NOT NULL,
    seen_at       TEXT,
    version       BIGINT NOT NULL
);
CREATE INDEX person_request_account ON person_request (account, received_at, id);
CREATE INDEX person_request_org ON person_request (org, state, due, id);
