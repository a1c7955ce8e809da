-- +goose Up
-- What happened with a thing besides moves of the flow, until those who follow it are told. Written in the transaction that causes it; facts is what the
-- sentence about it says (days, places, a public reason), without names of persons. A row is deleted when it has become an event of follow_event.
CREATE TABLE happening (
    id      TEXT NOT NULL PRIMARY KEY,
    kind    TEXT NOT NULL,
    subject TEXT NOT NULL,
    what    TEXT NOT NULL,
    mark    TEXT NOT NULL,
    at      TEXT NOT NULL,
    actor   TEXT NOT NULL,
    org     TEXT,
    facts   JSON NOT NULL
);

-- Events get the facts, and may be of any sort that a room tells: the check of what goes, so both tables are made anew.
CREATE TABLE follow_event_next (
    id         TEXT NOT NULL PRIMARY KEY,
    kind       TEXT NOT NULL,
    subject    TEXT NOT NULL,
    what       TEXT NOT NULL,
    mark       TEXT NOT NULL,
    at         TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state   TEXT NOT NULL,
    ball_party TEXT NOT NULL,
    ball_org   TEXT,
    ball_role  TEXT NOT NULL,
    due        TEXT,
    actor      TEXT NOT NULL,
    org        TEXT,
    facts      JSON NOT NULL
);
INSERT INTO follow_event_next (id, kind, subject, what, mark, at, from_state, to_state, ball_party, ball_org, ball_role, due, actor, org, facts)
    SELECT id, kind, subject, what, mark, at, from_state, to_state, ball_party, ball_org, ball_role, due, actor, org, '{}' FROM follow_event;

CREATE TABLE follow_notice_next (
    id      TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    event   TEXT NOT NULL REFERENCES follow_event_next (id),
    reason  TEXT NOT NULL,
    mode    TEXT NOT NULL,
    mail    TEXT NOT NULL CHECK (mail IN ('none', 'wait', 'sent')),
    made_at TEXT NOT NULL,
    read_at TEXT
);
INSERT INTO follow_notice_next (id, account, event, reason, mode, mail, made_at, read_at)
    SELECT id, account, event, reason, mode, mail, made_at, read_at FROM follow_notice;

DROP TABLE follow_notice;
DROP TABLE follow_event;
ALTER TABLE follow_event_next RENAME TO follow_event;
ALTER TABLE follow_notice_next RENAME TO follow_notice;
-- The names of the keys were taken until now.
CREATE UNIQUE INDEX follow_event_kind_subject_what_mark_key ON follow_event (kind, subject, what, mark);
CREATE UNIQUE INDEX follow_notice_account_event_key ON follow_notice (account, event);
CREATE INDEX follow_event_at ON follow_event (at, id);
CREATE INDEX follow_notice_made ON follow_notice (account, made_at, id);
CREATE INDEX follow_notice_unread ON follow_notice (account, id) WHERE read_at IS NULL;
CREATE INDEX follow_notice_wait ON follow_notice (mode, account, made_at, id) WHERE mail = 'wait';
CREATE INDEX follow_notice_event ON follow_notice (event, account);
