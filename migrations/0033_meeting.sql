-- +goose Up
-- A meeting of a body. link is the way into a remote meeting, for its members only. sequence counts what calendars must hear of. edition is the newest
-- version of the agenda that was sent, 0 for none. chair is the seat that leads it. why is the reason when it was cancelled.
CREATE TABLE meeting (
    id         TEXT    NOT NULL PRIMARY KEY,
    body       TEXT    NOT NULL REFERENCES body (id),
    day        TEXT    NOT NULL,
    from_clock TEXT    NOT NULL,
    to_clock   TEXT    NOT NULL,
    place      TEXT    NOT NULL,
    remote     BOOLEAN NOT NULL,
    link       TEXT    NOT NULL,
    state      TEXT    NOT NULL CHECK (state IN ('planned', 'sent', 'open', 'held', 'published', 'approved', 'cancelled')),
    chair      TEXT    REFERENCES body_seat (id),
    sequence   BIGINT  NOT NULL,
    edition    BIGINT  NOT NULL,
    why        TEXT    NOT NULL,
    opened_at  TEXT,
    ended_at   TEXT,
    created_at TEXT    NOT NULL,
    created_by TEXT    NOT NULL,
    version    BIGINT  NOT NULL
);
CREATE INDEX meeting_day ON meeting (day, from_clock, id);
CREATE INDEX meeting_body ON meeting (body, day, id);

-- The other bodies of a joint meeting.
CREATE TABLE meeting_joint (
    meeting TEXT NOT NULL REFERENCES meeting (id),
    body    TEXT NOT NULL REFERENCES body (id),
    PRIMARY KEY (meeting, body)
);
CREATE INDEX meeting_joint_body ON meeting_joint (body, meeting);

-- An item of an agenda. title is empty where the kind says what it is; public_title is what all may read of one that is proposed closed. ground is that
-- proposal (kommuneloven § 11-5), doors what the body decided and how, in its own columns. nr is NULL until the agenda is sent; a row with a number is
-- withdrawn and never removed, so that the series stays whole. about is the meeting whose minutes are to be approved. words is what stands under the item.
-- matter, scope and who decided the scope belong to the decision. treated is what the minutes tell of the item.
CREATE TABLE agenda_item (
    id           TEXT    NOT NULL PRIMARY KEY,
    meeting      TEXT    NOT NULL REFERENCES meeting (id),
    body         TEXT    NOT NULL REFERENCES body (id),
    position     BIGINT  NOT NULL,
    kind         TEXT    NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('listed', 'demanded', 'withdrawn')),
    case_file    TEXT    REFERENCES case_file (id),
    about        TEXT    REFERENCES meeting (id),
    title        TEXT    NOT NULL,
    public_title TEXT    NOT NULL,
    ground       TEXT    NOT NULL,
    words        TEXT    NOT NULL,
    prefix       TEXT    NOT NULL,
    nr           BIGINT,
    year         BIGINT  NOT NULL,
    off_agenda   BOOLEAN NOT NULL,
    doors        TEXT    NOT NULL CHECK (doors IN ('', 'open', 'closed')),
    doors_ground TEXT    NOT NULL,
    doors_for    BIGINT  NOT NULL,
    doors_against BIGINT NOT NULL,
    matter       TEXT    NOT NULL,
    scope        TEXT    NOT NULL,
    scope_by     TEXT    NOT NULL,
    scope_on     TEXT,
    treated      TEXT    NOT NULL,
    version      BIGINT  NOT NULL,
    UNIQUE (body, prefix, year, nr)
);
CREATE INDEX agenda_item_meeting ON agenda_item (meeting, position, id);
CREATE INDEX agenda_item_case ON agenda_item (case_file, id);

-- A member that demands an item (kommuneloven § 11-3: one third of the members).
CREATE TABLE agenda_demand (
    item TEXT NOT NULL REFERENCES agenda_item (id),
    seat TEXT NOT NULL REFERENCES body_seat (id),
    at   TEXT NOT NULL,
    PRIMARY KEY (item, seat)
);

-- The agenda as it was sent. Rows never change. frozen holds meeting and items.
CREATE TABLE agenda_version (
    meeting TEXT   NOT NULL REFERENCES meeting (id),
    nr      BIGINT NOT NULL,
    frozen  JSON   NOT NULL,
    why     TEXT   NOT NULL,
    made_by TEXT   NOT NULL,
    made_at TEXT   NOT NULL,
    PRIMARY KEY (meeting, nr)
);

-- Who of a seat met: its member or a deputy, from and to an item (both included, NULL for the whole meeting). present false is absence.
CREATE TABLE attendance (
    meeting   TEXT    NOT NULL REFERENCES meeting (id),
    seat      TEXT    NOT NULL REFERENCES body_seat (id),
    part      TEXT    NOT NULL CHECK (part IN ('member', 'deputy')),
    present   BOOLEAN NOT NULL,
    from_item TEXT    REFERENCES agenda_item (id),
    to_item   TEXT    REFERENCES agenda_item (id),
    noted_by  TEXT    NOT NULL,
    noted_at  TEXT    NOT NULL,
    PRIMARY KEY (meeting, seat, part)
);

-- A question of habilitet: raised, then decided by the body without the holder. Purpose: the record of the decision. Kept with it.
CREATE TABLE recusal (
    id         TEXT   NOT NULL PRIMARY KEY,
    item       TEXT   NOT NULL REFERENCES agenda_item (id),
    seat       TEXT   NOT NULL REFERENCES body_seat (id),
    part       TEXT   NOT NULL CHECK (part IN ('member', 'deputy')),
    reason     TEXT   NOT NULL,
    raised_by  TEXT   NOT NULL,
    raised_at  TEXT   NOT NULL,
    decided    TEXT   NOT NULL CHECK (decided IN ('', 'recused', 'able')),
    told       TEXT   NOT NULL,
    decided_at TEXT,
    version    BIGINT NOT NULL,
    UNIQUE (item, seat, part)
);

-- A position that was taken. Rows are history: a later one of the same holder counts instead. how is '' in the meeting, phone or writing before it.
-- registered is the office that wrote it down for the holder, evidence what it builds on; contested is when the holder said that it is not so.
CREATE TABLE position_taken (
    id         TEXT NOT NULL PRIMARY KEY,
    item       TEXT NOT NULL REFERENCES agenda_item (id),
    seat       TEXT NOT NULL REFERENCES body_seat (id),
    part       TEXT NOT NULL CHECK (part IN ('member', 'deputy')),
    position   TEXT NOT NULL,
    reason     TEXT NOT NULL,
    how        TEXT NOT NULL,
    registered TEXT NOT NULL,
    evidence   TEXT NOT NULL,
    taken_by   TEXT NOT NULL,
    taken_at   TEXT NOT NULL,
    contested  TEXT
);
CREATE INDEX position_taken_item ON position_taken (item, taken_at, id);

-- What the body decided in an item: the words, the rules in force that day, the facts it was decided by, how it ended, and how that
-- was explained then: what is shown of a past decision, never worked out anew.
CREATE TABLE decision (
    item     TEXT   NOT NULL PRIMARY KEY REFERENCES agenda_item (id),
    words    TEXT   NOT NULL,
    rules    TEXT   REFERENCES body_rules (id),
    facts    JSON   NOT NULL,
    outcome  TEXT   NOT NULL,
    explained JSON  NOT NULL,
    taken_at TEXT   NOT NULL,
    taken_by TEXT   NOT NULL,
    version  BIGINT NOT NULL
);

-- The minutes as they were published. Rows never change.
CREATE TABLE minutes_version (
    meeting TEXT   NOT NULL REFERENCES meeting (id),
    nr      BIGINT NOT NULL,
    frozen  JSON   NOT NULL,
    why     TEXT   NOT NULL,
    made_by TEXT   NOT NULL,
    made_at TEXT   NOT NULL,
    PRIMARY KEY (meeting, nr)
);

-- What is to be done after an item: by an organisation or an office, by a day. Closing needs evidence.
CREATE TABLE follow_up (
    id        TEXT   NOT NULL PRIMARY KEY,
    body      TEXT   NOT NULL REFERENCES body (id),
    item      TEXT   NOT NULL REFERENCES agenda_item (id),
    what      TEXT   NOT NULL,
    org       TEXT   REFERENCES organisation (id),
    office    TEXT   NOT NULL,
    due       TEXT,
    state     TEXT   NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
    evidence  TEXT   NOT NULL,
    closed_at TEXT,
    made_by   TEXT   NOT NULL,
    made_at   TEXT   NOT NULL,
    version   BIGINT NOT NULL
);
CREATE INDEX follow_up_body ON follow_up (body, state, due, id);
CREATE INDEX follow_up_item ON follow_up (item, id);
