-- +goose Up
-- What a person judged of a need and an answer to it. The newest verdict counts; the audit log keeps the older.
CREATE TABLE match_verdict (
    need        TEXT   NOT NULL REFERENCES need (id),
    kind        TEXT   NOT NULL CHECK (kind IN ('programme', 'card')),
    target      TEXT   NOT NULL,
    verdict     TEXT   NOT NULL CHECK (verdict IN ('fits', 'partly', 'not')),
    reason      TEXT   NOT NULL,
    place       BIGINT NOT NULL,
    judged_by   TEXT   NOT NULL,
    role        TEXT   NOT NULL,
    org         TEXT,
    judged_at   TEXT   NOT NULL,
    PRIMARY KEY (need, kind, target)
);
CREATE INDEX match_verdict_target ON match_verdict (kind, target, verdict);
