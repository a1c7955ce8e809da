-- +goose Up
-- A municipality's needs, and those of a state, newest first: the lists that are asked for most.
CREATE INDEX need_newest_in ON need (municipality, created_at, id);
CREATE INDEX need_newest_state ON need (state, created_at, id);
