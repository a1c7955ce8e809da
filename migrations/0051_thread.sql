-- +goose Up
-- What shows that a need is met: people who have completed, somebody hired, a measure in use, or the word of those who have it. ref names the thing that shows it. A row is never taken away: what does not hold any more is undone.
CREATE TABLE need_evidence (
    id          TEXT   NOT NULL PRIMARY KEY,
    need        TEXT   NOT NULL REFERENCES need (id),
    sort        TEXT   NOT NULL CHECK (sort IN ('completed', 'hired', 'measure', 'word')),
    ref_kind    TEXT   NOT NULL,
    ref         TEXT   NOT NULL,
    persons     BIGINT NOT NULL,
    note        TEXT   NOT NULL,
    recorded_by TEXT   NOT NULL,
    recorded_at TEXT   NOT NULL,
    undone_at   TEXT
);
CREATE INDEX need_evidence_need ON need_evidence (need, recorded_at, id);
CREATE INDEX need_evidence_ref ON need_evidence (ref_kind, ref, id);
