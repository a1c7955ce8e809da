-- +goose Up
-- A visit to an organisation, or a call or a meeting: who went (hub), where, when, for how long, and what came of it.
-- No names and no free text: what the organisation needs is a need of its own.
CREATE TABLE outreach_visit (
    id           TEXT   NOT NULL PRIMARY KEY,
    org          TEXT   NOT NULL REFERENCES organisation (id),
    municipality TEXT   NOT NULL,
    hub          TEXT   NOT NULL REFERENCES organisation (id),
    day          TEXT   NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('visit', 'call', 'meeting', 'event')),
    minutes      BIGINT NOT NULL,
    result       TEXT   NOT NULL CHECK (result IN ('need', 'not_now', 'again')),
    again_on     TEXT,
    need         TEXT   REFERENCES need (id),
    once         TEXT   UNIQUE,
    created_at   TEXT   NOT NULL,
    created_by   TEXT   NOT NULL
);
CREATE INDEX outreach_visit_day ON outreach_visit (day, id);
CREATE INDEX outreach_visit_hub ON outreach_visit (hub, day, id);
CREATE INDEX outreach_visit_org ON outreach_visit (org, day, id);
