-- +goose Up
-- What has been published of how far needs come: one row for each part of the needs and each step. field and level are empty for what is left of a region when the parts that can be shown by themselves are taken out. sources are the ids of the needs it was built on, never shown, so that the next edition gives nobody away.
CREATE TABLE funnel_cell (
    region      TEXT   NOT NULL,
    field       TEXT   NOT NULL,
    level       TEXT   NOT NULL,
    year        BIGINT NOT NULL,
    step        TEXT   NOT NULL CHECK (step IN ('need', 'presented', 'answered', 'programme', 'enrolled', 'completed')),
    needs       BIGINT NOT NULL,
    median_days BIGINT,
    sources     TEXT   NOT NULL,
    as_of       TEXT   NOT NULL,
    PRIMARY KEY (region, field, level, year, step)
);

-- Parts of the needs that there are and that cannot be shown.
CREATE TABLE funnel_hidden (
    region TEXT   NOT NULL,
    year   BIGINT NOT NULL,
    PRIMARY KEY (region, year)
);
