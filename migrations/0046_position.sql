-- +goose Up
-- A job whose holder takes an education at the same time. programme is the id of the education where one is meant; the room of supply has it. need is the employer's own that it meets.
CREATE TABLE position (
    id             TEXT   NOT NULL PRIMARY KEY,
    number         TEXT   NOT NULL UNIQUE,
    number_key     BIGINT NOT NULL,
    employer       TEXT   NOT NULL REFERENCES organisation (id),
    represented_by TEXT   REFERENCES organisation (id),
    title          TEXT   NOT NULL,
    words          TEXT   NOT NULL,
    required       TEXT   NOT NULL,
    level          TEXT   NOT NULL,
    sector         TEXT   NOT NULL,
    municipality   TEXT   NOT NULL,
    programme      TEXT   NOT NULL,
    provider       TEXT   NOT NULL REFERENCES organisation (id),
    need           TEXT   REFERENCES need (id),
    work_hours     BIGINT NOT NULL,
    study_hours    BIGINT NOT NULL,
    pay            TEXT   NOT NULL,
    apply_by       TEXT,
    state          TEXT   NOT NULL,
    pathway        TEXT   NOT NULL CHECK (pathway IN ('', 'exists', 'planned')),
    unit           TEXT   NOT NULL,
    published_at   TEXT,
    ended_at       TEXT,
    created_by     TEXT   NOT NULL,
    created_at     TEXT   NOT NULL,
    version        BIGINT NOT NULL
);
CREATE INDEX position_state ON position (state, number_key);
CREATE INDEX position_employer ON position (employer, number_key);
CREATE INDEX position_represented ON position (represented_by, number_key);
CREATE INDEX position_provider ON position (provider, number_key);
CREATE INDEX position_need ON position (need, id);

-- Interest in a position, which is no job application: words and contact are what a person wrote of herself. The row is gone when she takes it back, or deletes her account, and a while after the position has ended.
CREATE TABLE position_interest (
    id       TEXT NOT NULL PRIMARY KEY,
    position TEXT NOT NULL REFERENCES position (id),
    account  TEXT NOT NULL REFERENCES account (id),
    words    TEXT NOT NULL,
    contact  TEXT NOT NULL,
    made_at  TEXT NOT NULL,
    UNIQUE (position, account)
);
CREATE INDEX position_interest_account ON position_interest (account, id);
