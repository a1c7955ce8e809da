-- +goose Up
-- A measure that is not published yet has a card too, which nobody but those who work on it may see.
ALTER TABLE support_card ADD COLUMN draft BOOLEAN NOT NULL DEFAULT FALSE;

-- What a card that is a measure says besides: sections is JSON with a text in each language. cost is in øre of cost_year, NULL where nobody knows. owner is the organisation that keeps it, offered the one that has been asked to take over, suggested_by the one that proposed it.
CREATE TABLE measure (
    card           TEXT    NOT NULL PRIMARY KEY REFERENCES support_card (id),
    sections       TEXT    NOT NULL,
    effort         TEXT    NOT NULL CHECK (effort IN ('', 'low', 'medium', 'high')),
    cost_low       BIGINT,
    cost_high      BIGINT,
    cost_year      BIGINT  NOT NULL,
    sectors        TEXT    NOT NULL,
    municipalities TEXT    NOT NULL,
    contact_org    TEXT    REFERENCES organisation (id),
    contact_role   TEXT    NOT NULL,
    contact_ok     BOOLEAN NOT NULL,
    owner          TEXT    REFERENCES organisation (id),
    offered        TEXT    REFERENCES organisation (id),
    suggested_by   TEXT    REFERENCES organisation (id),
    state          TEXT    NOT NULL,
    made_by        TEXT    NOT NULL,
    made_at        TEXT    NOT NULL,
    version        BIGINT  NOT NULL
);
CREATE INDEX measure_owner ON measure (owner, card);
CREATE INDEX measure_offered ON measure (offered, card);
CREATE INDEX measure_suggested_by ON measure (suggested_by, card);
CREATE INDEX measure_contact_org ON measure (contact_org, card);

-- words is JSON with a text in each language, days how long the step takes, NULL where nobody has said.
CREATE TABLE measure_step (
    card  TEXT   NOT NULL REFERENCES measure (card),
    nr    BIGINT NOT NULL,
    words TEXT   NOT NULL,
    days  BIGINT,
    PRIMARY KEY (card, nr)
);

-- What somebody says of a measure, and the answer. account is whose it is, NULL once she has deleted it. shown says that the words and the answer stand on the page, without the sender.
CREATE TABLE measure_said (
    id          TEXT    NOT NULL PRIMARY KEY,
    card        TEXT    NOT NULL REFERENCES measure (card),
    sort        TEXT    NOT NULL CHECK (sort IN ('feedback', 'advice')),
    words       TEXT    NOT NULL,
    account     TEXT    REFERENCES account (id),
    org         TEXT    REFERENCES organisation (id),
    made_at     TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    answer      TEXT    NOT NULL,
    shown       BOOLEAN NOT NULL,
    answered_by TEXT    NOT NULL,
    answered_at TEXT,
    version     BIGINT  NOT NULL
);
CREATE INDEX measure_said_card ON measure_said (card, made_at);
CREATE INDEX measure_said_account ON measure_said (account, made_at);
CREATE INDEX measure_said_org ON measure_said (org, made_at);

-- Measures gathered for a goal. texts is JSON with a text in each language.
CREATE TABLE measure_package (
    id      TEXT    NOT NULL PRIMARY KEY,
    slug    TEXT    NOT NULL UNIQUE,
    texts   TEXT    NOT NULL,
    open    BOOLEAN NOT NULL,
    made_by TEXT    NOT NULL,
    made_at TEXT    NOT NULL,
    version BIGINT  NOT NULL
);

CREATE TABLE measure_package_card (
    package TEXT   NOT NULL REFERENCES measure_package (id),
    card    TEXT   NOT NULL REFERENCES measure (card),
    nr      BIGINT NOT NULL,
    PRIMARY KEY (package, card)
);
CREATE INDEX measure_package_card_card ON measure_package_card (card, package);

-- The page where a programme begins: whom it is for, and its packages by their slugs, a line each.
CREATE TABLE measure_start (
    slug       TEXT   NOT NULL PRIMARY KEY,
    texts      TEXT   NOT NULL,
    groups     TEXT   NOT NULL,
    packages   TEXT   NOT NULL,
    nr         BIGINT NOT NULL,
    changed_by TEXT   NOT NULL,
    changed_at TEXT   NOT NULL,
    version    BIGINT NOT NULL
);
