-- +goose Up
-- The days that the open figures of demand were made on: once a day is enough, however often the service starts and on however many nodes.
CREATE TABLE need_demand_day (
    day     TEXT NOT NULL PRIMARY KEY,
    made_at TEXT NOT NULL
);
