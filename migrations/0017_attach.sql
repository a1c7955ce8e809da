-- +goose Up
-- A document that hangs on a thing of any kind: as visible as the thing, by the thing's own rule. versions counts those that were ever added.
CREATE TABLE attachment (
    id       TEXT   NOT NULL PRIMARY KEY,
    kind     TEXT   NOT NULL,
    subject  TEXT   NOT NULL,
    versions BIGINT NOT NULL
);
CREATE INDEX attachment_subject ON attachment (kind, subject, id);

-- A version of a document: a file as it was handed in. Purpose: the papers of a case. The content lies in the store of files under its checksum.
-- A version that is taken away keeps its row and its content, with who did it, when and why, until the case is discarded. uploaded_by and removed_by are labels of the audit log, without names.
CREATE TABLE attachment_version (
    id            TEXT   NOT NULL PRIMARY KEY,
    attachment    TEXT   NOT NULL REFERENCES attachment (id),
    nr            BIGINT NOT NULL,
    name          TEXT   NOT NULL,
    media         TEXT   NOT NULL,
    size          BIGINT NOT NULL,
    sha256        TEXT   NOT NULL,
    uploaded_by   TEXT   NOT NULL,
    uploaded_role TEXT   NOT NULL,
    uploaded_org  TEXT,
    uploaded_at   TEXT   NOT NULL,
    removed_by    TEXT   NOT NULL,
    removed_at    TEXT,
    reason        TEXT   NOT NULL,
    UNIQUE (attachment, nr)
);
CREATE INDEX attachment_version_sha256 ON attachment_version (sha256, id);
