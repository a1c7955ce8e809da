-- +goose Up
-- Measures, support schemes and guidance as answers to a need. Texts are JSON per language; search is in folded.
CREATE TABLE support_card (
    id           TEXT    NOT NULL PRIMARY KEY,
    code         TEXT    NOT NULL UNIQUE,
    kind         TEXT    NOT NULL CHECK (kind IN ('measure', 'support', 'guidance')),
    target_group TEXT    NOT NULL,
    texts        JSON    NOT NULL,
    source       TEXT    NOT NULL,
    source_year  BIGINT  NOT NULL,
    amount       BIGINT  NOT NULL,
    amount_year  BIGINT  NOT NULL,
    last_checked TEXT    NOT NULL,
    topics       TEXT    NOT NULL,
    styrk08      TEXT    NOT NULL,
    words        TEXT    NOT NULL,
    folded       TEXT    NOT NULL,
    sort_key     TEXT    NOT NULL,
    archived     BOOLEAN NOT NULL,
    version      BIGINT  NOT NULL
);
CREATE INDEX support_card_sort ON support_card (sort_key, id);
