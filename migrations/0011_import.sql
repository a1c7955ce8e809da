-- +goose Up
-- A spreadsheet between the steps of an import: what was read from it, which column is which field, and what became of it. For its owner only; gone after expires_at.
CREATE TABLE need_import (
    id         TEXT   NOT NULL PRIMARY KEY,
    owner      TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    sheets     TEXT   NOT NULL,
    choices    TEXT   NOT NULL,
    stored     BIGINT NOT NULL,
    made_at    TEXT   NOT NULL,
    expires_at TEXT   NOT NULL,
    version    BIGINT NOT NULL
);
CREATE INDEX need_import_expires_at ON need_import (expires_at, id);
