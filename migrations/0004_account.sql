-- +goose Up
-- People who can sign in. Purpose: to know who acts. Kept until the person deletes it or has not signed in for two years;
-- then name and username are emptied, deleted_at is set, and the row stays so that logs keep pointing at something.
CREATE TABLE account (
    id            TEXT    NOT NULL PRIMARY KEY,
    username      TEXT    NOT NULL UNIQUE,
    name          TEXT    NOT NULL,
    name_fold     TEXT    NOT NULL,
    name_sort     TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    demo_role     TEXT    NOT NULL,
    disabled      BOOLEAN NOT NULL,
    created_at    TEXT    NOT NULL,
    last_sign_in  TEXT,
    deleted_at    TEXT,
    version       BIGINT  NOT NULL
);
CREATE INDEX account_name_sort ON account (name_sort, id);
CREATE INDEX account_demo_role ON account (demo_role, id);

-- Roles with organisation, scope and dates; a role past its end gives no right.
CREATE TABLE assignment (
    id         TEXT NOT NULL PRIMARY KEY,
    account    TEXT NOT NULL REFERENCES account (id),
    role       TEXT NOT NULL,
    org        TEXT REFERENCES organisation (id),
    scope_kind TEXT NOT NULL,
    scope_ref  TEXT NOT NULL,
    from_day   TEXT NOT NULL,
    to_day     TEXT,
    granted_by TEXT NOT NULL,
    granted_at TEXT NOT NULL
);
CREATE INDEX assignment_account ON assignment (account, from_day, id);

-- One-time links: the first administrator, an invitation, a new password. Only a hash of the token is kept.
CREATE TABLE invitation (
    token_hash TEXT NOT NULL PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind IN ('first_admin', 'invite', 'reset')),
    account    TEXT REFERENCES account (id),
    expires_at TEXT NOT NULL,
    used_at    TEXT
);
CREATE INDEX invitation_account ON invitation (account, expires_at);

-- Browser sessions; the token is random, the data is written by the session library.
CREATE TABLE session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    data       TEXT NOT NULL,
    expires_at TEXT NOT NULL
);
CREATE INDEX session_expires ON session (expires_at, token_hash);

-- Tokens for programs (Authorization: Bearer). Only a hash is kept.
CREATE TABLE api_token (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account    TEXT NOT NULL REFERENCES account (id),
    org        TEXT REFERENCES organisation (id),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
);

-- Failed sign-ins, counted per account and address over 15 minutes.
CREATE TABLE sign_in_failure (
    id      TEXT NOT NULL PRIMARY KEY,
    bucket  TEXT NOT NULL,
    at      TEXT NOT NULL
);
CREATE INDEX sign_in_failure_bucket ON sign_in_failure (bucket, at, id);
