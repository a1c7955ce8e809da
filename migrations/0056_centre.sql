-- +goose Up
-- A study centre's page: services are a line each, contact is a role and how to reach it, never a person's name.
CREATE TABLE centre (
    id         TEXT   NOT NULL PRIMARY KEY,
    org        TEXT   NOT NULL UNIQUE REFERENCES organisation (id),
    about      TEXT   NOT NULL,
    services   TEXT   NOT NULL,
    contact    TEXT   NOT NULL,
    created_by TEXT   NOT NULL,
    created_at TEXT   NOT NULL,
    version    BIGINT NOT NULL
);

-- Who runs the centre together, and what each does.
CREATE TABLE centre_partner (
    centre   TEXT NOT NULL REFERENCES centre (id),
    org      TEXT NOT NULL REFERENCES organisation (id),
    part     TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    PRIMARY KEY (centre, org)
);

-- What can be taken at the centre, or through it.
CREATE TABLE centre_programme (
    centre    TEXT NOT NULL REFERENCES centre (id),
    programme TEXT NOT NULL REFERENCES programme (id),
    how       TEXT NOT NULL,
    added_by  TEXT NOT NULL,
    added_at  TEXT NOT NULL,
    PRIMARY KEY (centre, programme)
);
CREATE INDEX centre_programme_programme ON centre_programme (programme, centre);

-- hidden says that it has been taken away from the page again.
CREATE TABLE centre_news (
    id      TEXT    NOT NULL PRIMARY KEY,
    centre  TEXT    NOT NULL REFERENCES centre (id),
    title   TEXT    NOT NULL,
    words   TEXT    NOT NULL,
    made_by TEXT    NOT NULL,
    made_at TEXT    NOT NULL,
    hidden  BOOLEAN NOT NULL
);
CREATE INDEX centre_news_centre ON centre_news (centre, made_at);

-- A room, or another place, that can be asked for. closed says that it cannot be asked for any more.
CREATE TABLE centre_room (
    id           TEXT    NOT NULL PRIMARY KEY,
    centre       TEXT    NOT NULL REFERENCES centre (id),
    name         TEXT    NOT NULL,
    municipality TEXT    NOT NULL,
    address      TEXT    NOT NULL,
    seats        BIGINT  NOT NULL,
    equipment    TEXT    NOT NULL,
    closed       BOOLEAN NOT NULL,
    created_by   TEXT    NOT NULL,
    created_at   TEXT    NOT NULL,
    version      BIGINT  NOT NULL
);
CREATE INDEX centre_room_centre ON centre_room (centre, name);

-- A time in a room. org is who asks, NULL for a person who asks for herself; then account is hers, NULL again once she has deleted it.
CREATE TABLE centre_booking (
    id         TEXT   NOT NULL PRIMARY KEY,
    number     TEXT   NOT NULL UNIQUE,
    number_key BIGINT NOT NULL,
    room       TEXT   NOT NULL REFERENCES centre_room (id),
    from_at    TEXT   NOT NULL,
    to_at      TEXT   NOT NULL,
    sort       TEXT   NOT NULL CHECK (sort IN ('teaching', 'gathering', 'exam', 'other')),
    purpose    TEXT   NOT NULL,
    people     BIGINT NOT NULL,
    org        TEXT   REFERENCES organisation (id),
    account    TEXT   REFERENCES account (id),
    state      TEXT   NOT NULL,
    made_by    TEXT   NOT NULL,
    made_at    TEXT   NOT NULL,
    version    BIGINT NOT NULL
);
CREATE INDEX centre_booking_room ON centre_booking (room, from_at);
CREATE INDEX centre_booking_org ON centre_booking (org, number_key);
CREATE INDEX centre_booking_account ON centre_booking (account, number_key);

-- Who has joined the local group, by her own consent: gone the moment she leaves it.
CREATE TABLE centre_member (
    centre    TEXT NOT NULL REFERENCES centre (id),
    account   TEXT NOT NULL REFERENCES account (id),
    studies   TEXT NOT NULL,
    joined_at TEXT NOT NULL,
    PRIMARY KEY (centre, account)
);
CREATE INDEX centre_member_account ON centre_member (account, centre);

-- A course that people wish for. least is how many are needed before the centre reports the need, need the need that it became. proposer is the account of whoever proposed it for herself, NULL when the centre wrote it or she is gone.
CREATE TABLE centre_wish (
    id         TEXT   NOT NULL PRIMARY KEY,
    number     TEXT   NOT NULL UNIQUE,
    number_key BIGINT NOT NULL,
    centre     TEXT   NOT NULL REFERENCES centre (id),
    title      TEXT   NOT NULL,
    words      TEXT   NOT NULL,
    level      TEXT   NOT NULL,
    least      BIGINT NOT NULL,
    state      TEXT   NOT NULL,
    need       TEXT   REFERENCES need (id),
    proposer   TEXT   REFERENCES account (id),
    made_by    TEXT   NOT NULL,
    made_at    TEXT   NOT NULL,
    version    BIGINT NOT NULL
);
CREATE INDEX centre_wish_centre ON centre_wish (centre, number_key);
CREATE INDEX centre_wish_need ON centre_wish (need, id);
CREATE INDEX centre_wish_proposer ON centre_wish (proposer, id);

-- The waiting list: each for herself, or for so many at an organisation. Gone when she takes it back.
CREATE TABLE centre_waiting (
    wish      TEXT   NOT NULL REFERENCES centre_wish (id),
    account   TEXT   NOT NULL REFERENCES account (id),
    org       TEXT   REFERENCES organisation (id),
    seats     BIGINT NOT NULL,
    joined_at TEXT   NOT NULL,
    PRIMARY KEY (wish, account)
);
CREATE INDEX centre_waiting_account ON centre_waiting (account, wish);
