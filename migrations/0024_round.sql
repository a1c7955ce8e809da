-- +goose Up
-- A mapping round: an organisation (hub) asks others with a form. form_nr is the version, fixed when it opens, 0 before. deadline is the last day, included. reminders are days before it ("7,2").
CREATE TABLE outreach_round (
    id         TEXT   NOT NULL PRIMARY KEY,
    hub        TEXT   NOT NULL REFERENCES organisation (id),
    title      TEXT   NOT NULL,
    form       TEXT   NOT NULL REFERENCES question_form (id),
    form_nr    BIGINT NOT NULL,
    deadline   TEXT   NOT NULL,
    reminders  TEXT   NOT NULL,
    state      TEXT   NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
    created_at TEXT   NOT NULL,
    created_by TEXT   NOT NULL,
    opened_at  TEXT,
    closed_at  TEXT,
    version    BIGINT NOT NULL
);
CREATE INDEX outreach_round_created ON outreach_round (created_at, id);

-- What is to be sent on which day: a wave of invitations, or a reminder so many days (nr) before the deadline.
CREATE TABLE round_step (
    round   TEXT   NOT NULL REFERENCES outreach_round (id),
    kind    TEXT   NOT NULL CHECK (kind IN ('wave', 'reminder')),
    nr      BIGINT NOT NULL,
    day     TEXT   NOT NULL,
    done_at TEXT,
    PRIMARY KEY (round, kind, nr)
);
CREATE INDEX round_step_day ON round_step (day, round);

-- An organisation in a round. municipality is where it lay when it was invited. via says how the answer came: its own link, the open link, or written by the hub (answered_by) for it. reminded_for is the day of the last reminder it got.
CREATE TABLE round_invite (
    id           TEXT   NOT NULL PRIMARY KEY,
    round        TEXT   NOT NULL REFERENCES outreach_round (id),
    org          TEXT   NOT NULL REFERENCES organisation (id),
    municipality TEXT   NOT NULL,
    wave         BIGINT NOT NULL,
    via          TEXT   NOT NULL CHECK (via IN ('link', 'open', 'hub')),
    sent_at      TEXT,
    mailed       BOOLEAN NOT NULL,
    reminded_for TEXT,
    answer       TEXT   REFERENCES question_answer (id),
    answered_at  TEXT,
    answered_by  TEXT   REFERENCES organisation (id),
    created_at   TEXT   NOT NULL,
    UNIQUE (round, org)
);
CREATE INDEX round_invite_place ON round_invite (municipality, round);
CREATE INDEX round_invite_org ON round_invite (org, round);

-- A secret link: of one invitation, or, without one, the open link of the round, for at most so many answers. Only a hash is kept.
CREATE TABLE round_link (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    round      TEXT   NOT NULL REFERENCES outreach_round (id),
    invite     TEXT   REFERENCES round_invite (id),
    most       BIGINT NOT NULL,
    made_at    TEXT   NOT NULL,
    revoked_at TEXT
);
CREATE INDEX round_link_round ON round_link (round, invite);

-- A need that was made of an answer: of a row of its table of what is lacking, or of the whole (-1).
CREATE TABLE round_need (
    invite  TEXT   NOT NULL REFERENCES round_invite (id),
    row_nr  BIGINT NOT NULL,
    need    TEXT   NOT NULL REFERENCES need (id),
    made_at TEXT   NOT NULL,
    PRIMARY KEY (invite, row_nr)
);
CREATE INDEX round_need_need ON round_need (need);
