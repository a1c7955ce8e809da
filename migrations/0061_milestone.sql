-- +goose Up
-- A milestone of the plan that the employer, the one who got the job and the provider have together. done_on is empty until one of them says that it is done, done_as which of the three it was.
CREATE TABLE position_milestone (
    id       TEXT NOT NULL PRIMARY KEY,
    position TEXT NOT NULL REFERENCES position (id),
    sort     TEXT NOT NULL CHECK (sort IN ('gathering', 'module', 'other')),
    what     TEXT NOT NULL,
    due      TEXT,
    done_on  TEXT,
    done_as  TEXT NOT NULL,
    made_by  TEXT NOT NULL,
    made_at  TEXT NOT NULL
);
CREATE INDEX position_milestone_position ON position_milestone (position, due);
