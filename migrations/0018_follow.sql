-- +goose Up
-- A move that those who follow the thing have not been told of yet. What was done before counts as told.
ALTER TABLE flow_move ADD COLUMN told BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE flow_move ADD COLUMN ball_role TEXT NOT NULL DEFAULT '';
CREATE INDEX flow_move_untold ON flow_move (at, kind, subject, nr) WHERE told = FALSE;
-- How often the ball was passed or its deadline changed without a move: with moves, the number of a calendar entry's version.
ALTER TABLE flow_item ADD COLUMN passes BIGINT NOT NULL DEFAULT 0;

-- How a person wants to be told. Purpose: to send what they asked for. The address is kept until the person takes it away or the account is deleted.
-- token opens the page that ends all mail; feed is the secret of the person's calendar and feed; both can be made anew.
CREATE TABLE follow_person (
    account      TEXT    NOT NULL PRIMARY KEY REFERENCES account (id),
    address      TEXT    NOT NULL,
    confirmed    BOOLEAN NOT NULL,
    confirm_hash TEXT    NOT NULL,
    own          TEXT    NOT NULL CHECK (own IN ('now', 'daily', 'app', 'none')),
    mail         BOOLEAN NOT NULL,
    lang         TEXT    NOT NULL,
    token        TEXT    NOT NULL UNIQUE,
    feed         TEXT    NOT NULL UNIQUE,
    version      BIGINT  NOT NULL
);

-- What a person follows: a thing, a municipality, a field, or a search of one kind of things (ref is its query).
CREATE TABLE follow_subscription (
    id         TEXT NOT NULL PRIMARY KEY,
    account    TEXT NOT NULL REFERENCES account (id),
    target     TEXT NOT NULL CHECK (target IN ('object', 'municipality', 'field', 'search')),
    kind       TEXT NOT NULL,
    ref        TEXT NOT NULL,
    mode       TEXT NOT NULL CHECK (mode IN ('now', 'daily', 'app')),
    feed       TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    UNIQUE (account, target, kind, ref)
);
CREATE INDEX follow_subscription_target ON follow_subscription (target, kind, ref, account);

-- What happened with a thing, as far as it is told: a move (mark is its number), or a deadline that is near or past (mark is the day). Without names and notes.
CREATE TABLE follow_event (
    id         TEXT NOT NULL PRIMARY KEY,
    kind       TEXT NOT NULL,
    subject    TEXT NOT NULL,
    what       TEXT NOT NULL CHECK (what IN ('moved', 'due', 'late')),
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
    UNIQUE (kind, subject, what, mark)
);
CREATE INDEX follow_event_at ON follow_event (at, id);

-- One person's notice of an event. mail: none, wait (for the mail of mode), sent. Kept for a year.
CREATE TABLE follow_notice (
    id      TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    event   TEXT NOT NULL REFERENCES follow_event (id),
    reason  TEXT NOT NULL,
    mode    TEXT NOT NULL,
    mail    TEXT NOT NULL CHECK (mail IN ('none', 'wait', 'sent')),
    made_at TEXT NOT NULL,
    read_at TEXT,
    UNIQUE (account, event)
);
CREATE INDEX follow_notice_made ON follow_notice (account, made_at, id);
CREATE INDEX follow_notice_unread ON follow_notice (account, id) WHERE read_at IS NULL;
CREATE INDEX follow_notice_wait ON follow_notice (mode, account, made_at, id) WHERE mail = 'wait';
CREATE INDEX follow_notice_event ON follow_notice (event, account);

-- Mail on its way out, and what was sent in the last thirty days. Purpose: to send it, and to find out what went wrong.
CREATE TABLE mail_message (
    id          TEXT NOT NULL PRIMARY KEY,
    account     TEXT REFERENCES account (id),
    address     TEXT NOT NULL,
    subject     TEXT NOT NULL,
    body        TEXT NOT NULL,
    unsubscribe TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'kept', 'refused')),
    made_at     TEXT NOT NULL,
    sent_at     TEXT
);
CREATE INDEX mail_message_made ON mail_message (made_at, id);
CREATE INDEX mail_message_account ON mail_message (account, made_at, id);
