-- +goose Up
-- Everything that moves has one row here: its state, who has the ball and until when.
CREATE TABLE flow_item (
    kind       TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    state      TEXT   NOT NULL,
    since      TEXT   NOT NULL,
    label      TEXT   NOT NULL,
    ball_party TEXT   NOT NULL,
    ball_org   TEXT,
    ball_role  TEXT   NOT NULL,
    due        TEXT,
    moves      BIGINT NOT NULL,
    PRIMARY KEY (kind, subject)
);
CREATE INDEX flow_item_ball_org ON flow_item (ball_org, due, kind, subject);
CREATE INDEX flow_item_ball_role ON flow_item (ball_role, due, kind, subject);

-- The history: one row a move, numbered from 0 (the start) within its subject.
CREATE TABLE flow_move (
    kind       TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    nr         BIGINT NOT NULL,
    from_state TEXT   NOT NULL,
    to_state   TEXT   NOT NULL,
    at         TEXT   NOT NULL,
    actor      TEXT   NOT NULL,
    role       TEXT   NOT NULL,
    org        TEXT,
    note       TEXT   NOT NULL,
    ball_party TEXT   NOT NULL,
    ball_org   TEXT,
    due        TEXT,
    PRIMARY KEY (kind, subject, nr),
    FOREIGN KEY (kind, subject) REFERENCES flow_item (kind, subject)
);
CREATE INDEX flow_move_at ON flow_move (at, kind, subject, nr);
CREATE INDEX flow_move_org ON flow_move (org, kind, subject);
CREATE INDEX flow_move_ball_org ON flow_move (ball_org, kind, subject);
