-- +goose Up
-- Who looked at what is personal or not open to all. Purpose: that misuse is found, and that a person can be told (GDPR art. 5(2), 15, 32).
-- Rows are only added, and deleted a year later. Names are not here: account leads to the name while the account is there.
CREATE TABLE person_look (
    id      TEXT NOT NULL PRIMARY KEY,
    at      TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (id),
    role    TEXT NOT NULL,
    org     TEXT REFERENCES organisation (id),
    act     TEXT NOT NULL CHECK (act IN ('read', 'list', 'export')),
    kind    TEXT NOT NULL,
    subject TEXT NOT NULL
);
CREATE INDEX person_look_at ON person_look (at, id);
CREATE INDEX person_look_account ON person_look (account, id);
CREATE INDEX person_look_subject ON person_look (subject, id);
