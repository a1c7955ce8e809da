-- +goose Up
-- What is to be shared by those that take part in an item, in øre; 0 for nothing. urgent_by is the last day to answer when the item is decided in writing
-- before the meeting (kommuneloven § 11-8), NULL when it is not; urgent_why is why it cannot wait.
ALTER TABLE agenda_item ADD COLUMN amount BIGINT NOT NULL DEFAULT 0;
ALTER TABLE agenda_item ADD COLUMN urgent_by TEXT;
ALTER TABLE agenda_item ADD COLUMN urgent_why TEXT NOT NULL DEFAULT '';

-- in_writing is consent to that the item is decided in writing.
ALTER TABLE position_taken ADD COLUMN in_writing BOOLEAN NOT NULL DEFAULT FALSE;

-- A member's part of the cost of an item, where the parts are not equal.
CREATE TABLE item_weight (
    item   TEXT   NOT NULL REFERENCES agenda_item (id),
    org    TEXT   NOT NULL REFERENCES organisation (id),
    weight BIGINT NOT NULL,
    PRIMARY KEY (item, org)
);

-- A member that is asked for its own decision in an item, and its answer. ref is the number that the case has there, day the day it was decided. via says how
-- the answer came: from one who holds a seat, by a link, or written down by the secretary. Purpose: the record of the decision. Kept with it.
CREATE TABLE own_decision (
    id          TEXT   NOT NULL PRIMARY KEY,
    item        TEXT   NOT NULL REFERENCES agenda_item (id),
    org         TEXT   NOT NULL REFERENCES organisation (id),
    due         TEXT,
    answer      TEXT   NOT NULL CHECK (answer IN ('', 'yes', 'no')),
    ref         TEXT   NOT NULL,
    day         TEXT,
    told        TEXT   NOT NULL,
    via         TEXT   NOT NULL CHECK (via IN ('', 'seat', 'link', 'office')),
    asked_by    TEXT   NOT NULL,
    asked_at    TEXT   NOT NULL,
    answered_by TEXT   NOT NULL,
    answered_at TEXT,
    version     BIGINT NOT NULL,
    UNIQUE (item, org)
);

-- A secret link to answer by, once. Only a hash is kept.
CREATE TABLE own_link (
    token_hash TEXT NOT NULL PRIMARY KEY,
    own        TEXT NOT NULL REFERENCES own_decision (id),
    made_at    TEXT NOT NULL,
    ends       TEXT NOT NULL,
    used_at    TEXT,
    revoked_at TEXT
);
CREATE INDEX own_link_own ON own_link (own, made_at);

-- A member that joins a decision later, from a day on. ref is the number of its own case.
CREATE TABLE opt_in (
    item        TEXT NOT NULL REFERENCES agenda_item (id),
    org         TEXT NOT NULL REFERENCES organisation (id),
    day         TEXT NOT NULL,
    ref         TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (item, org)
);

-- How a decision stands after what has come since it was taken: a member's own decision, or one that joined. Rows never change, and are explained as
-- the decision itself is: what is shown of the past, never worked out anew.
CREATE TABLE decision_since (
    item      TEXT   NOT NULL REFERENCES decision (item),
    nr        BIGINT NOT NULL,
    what      TEXT   NOT NULL CHECK (what IN ('asked', 'answered', 'joined')),
    org       TEXT   NOT NULL REFERENCES organisation (id),
    facts     JSON   NOT NULL,
    outcome   TEXT   NOT NULL,
    explained JSON   NOT NULL,
    made_by   TEXT   NOT NULL,
    made_at   TEXT   NOT NULL,
    PRIMARY KEY (item, nr)
);
