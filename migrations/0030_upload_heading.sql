-- +goose Up
-- Which heading of a spreadsheet an organisation last took for which field, for each kind of sheet: needs, visits.
CREATE TABLE upload_heading (
    org     TEXT NOT NULL REFERENCES organisation (id),
    kind    TEXT NOT NULL,
    heading TEXT NOT NULL,
    field   TEXT NOT NULL,
    PRIMARY KEY (org, kind, heading)
);
INSERT INTO upload_heading (org, kind, heading, field) SELECT org, 'need', heading, field FROM need_import_heading;
DROP TABLE need_import_heading;
