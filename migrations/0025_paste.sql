-- +goose Up
-- An e-mail or minutes that somebody has pasted, while they go through the needs found in it: the text without
-- numbers and addresses of people, and what was proposed and decided. For its owner only; gone after expires_at.
CREATE TABLE need_paste (
    id         TEXT   NOT NULL PRIMARY KEY,
    owner      TEXT   NOT NULL,
    body       TEXT   NOT NULL,
    items      TEXT   NOT NULL,
    made_at    TEXT   NOT NULL,
    expires_at TEXT   NOT NULL,
    version    BIGINT NOT NULL
);
CREATE INDEX need_paste_expires_at ON need_paste (expires_at, id);
CREATE INDEX need_paste_owner ON need_paste (owner, made_at, id);
-- What a spreadsheet is sent for: needs, or visits.
ALTER TABLE need_import ADD COLUMN kind TEXT NOT NULL DEFAULT 'need';
