-- +goose Up
-- Boundaries for drawing maps, simplified; loaded by an operator, replaced as a whole. rings is JSON: [[[lon,lat],…],…].
CREATE TABLE place_outline (
    municipality TEXT NOT NULL PRIMARY KEY,
    rings        TEXT NOT NULL
);
