-- +goose Up
-- A body that meets: a forum, a council, its board, a committee, a group. host is the organisation it belongs to, secretariat the one that prepares its
-- meetings, region the area it works for (a region of the register of places), parent the body it is part of. What it may do lies in its rules.
CREATE TABLE body (
    id          TEXT   NOT NULL PRIMARY KEY,
    kind        TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    name_fold   TEXT   NOT NULL,
    name_sort   TEXT   NOT NULL,
    about       TEXT   NOT NULL,
    host        TEXT   NOT NULL REFERENCES organisation (id),
    secretariat TEXT   NOT NULL REFERENCES organisation (id),
    region      TEXT   NOT NULL,
    parent      TEXT   REFERENCES body (id),
    from_day    TEXT   NOT NULL,
    to_day      TEXT,
    created_at  TEXT   NOT NULL,
    version     BIGINT NOT NULL
);
CREATE INDEX body_sort ON body (name_sort, id);
CREATE INDEX body_secretariat ON body (secretariat, id);
CREATE INDEX body_parent ON body (parent, id);

-- A seat in a body from a day to a day, both included. It belongs to an organisation, and so do its rights: what the seat's kind may do is said by the
-- body's rules. side is what the organisation comes with: needs, education, authority, or partnership.
CREATE TABLE body_seat (
    id       TEXT   NOT NULL PRIMARY KEY,
    body     TEXT   NOT NULL REFERENCES body (id),
    org      TEXT   NOT NULL REFERENCES organisation (id),
    kind     TEXT   NOT NULL,
    side     TEXT   NOT NULL,
    from_day TEXT   NOT NULL,
    to_day   TEXT,
    version  BIGINT NOT NULL
);
CREATE INDEX body_seat_body ON body_seat (body, id);
CREATE INDEX body_seat_org ON body_seat (org, kind, body);

-- Who holds a seat: as its member, or as deputy number rank. title is the office, never a name; account is the person who signs in, if any.
-- elected_by is the decision that elected them, in words. Purpose: who may take part, and who did. Kept with the records of the body.
CREATE TABLE body_holder (
    id          TEXT   NOT NULL PRIMARY KEY,
    seat        TEXT   NOT NULL REFERENCES body_seat (id),
    part        TEXT   NOT NULL CHECK (part IN ('member', 'deputy')),
    rank        BIGINT NOT NULL,
    account     TEXT   REFERENCES account (id),
    title       TEXT   NOT NULL,
    elected_by  TEXT   NOT NULL,
    from_day    TEXT   NOT NULL,
    to_day      TEXT,
    recorded_by TEXT   NOT NULL,
    recorded_at TEXT   NOT NULL,
    version     BIGINT NOT NULL
);
CREATE INDEX body_holder_seat ON body_holder (seat, part, rank, id);
CREATE INDEX body_holder_account ON body_holder (account, seat);

-- The seat that leads the body, or is next to lead it, in a term.
CREATE TABLE body_leader (
    id          TEXT NOT NULL PRIMARY KEY,
    body        TEXT NOT NULL REFERENCES body (id),
    task        TEXT NOT NULL CHECK (task IN ('leader', 'deputy_leader')),
    seat        TEXT NOT NULL REFERENCES body_seat (id),
    elected_by  TEXT NOT NULL,
    from_day    TEXT NOT NULL,
    to_day      TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL
);
CREATE INDEX body_leader_body ON body_leader (body, task, from_day, id);

-- A version of a body's rules, from a day on, until the next. adopted_by is the decision in words, decision its id when it was taken here.
CREATE TABLE body_rules (
    id          TEXT   NOT NULL PRIMARY KEY,
    body        TEXT   NOT NULL REFERENCES body (id),
    nr          BIGINT NOT NULL,
    title       TEXT   NOT NULL,
    rules       JSON   NOT NULL,
    valid_from  TEXT   NOT NULL,
    adopted_by  TEXT   NOT NULL,
    decision    TEXT,
    recorded_by TEXT   NOT NULL,
    recorded_at TEXT   NOT NULL,
    UNIQUE (body, nr),
    UNIQUE (body, valid_from)
);

-- The last number given of a series of a body and a year. Numbers are taken in the transaction that uses them, so none is missing.
CREATE TABLE body_number (
    body   TEXT   NOT NULL REFERENCES body (id),
    prefix TEXT   NOT NULL,
    year   BIGINT NOT NULL,
    last   BIGINT NOT NULL,
    PRIMARY KEY (body, prefix, year)
);
