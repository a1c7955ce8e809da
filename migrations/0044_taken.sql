-- +goose Up
-- Those who came into an offering by an application here are counted apart from those the provider counts itself:
-- an edit of the offering never writes them.
ALTER TABLE offering ADD COLUMN here_enrolled BIGINT NOT NULL DEFAULT 0;
ALTER TABLE offering ADD COLUMN here_pending BIGINT NOT NULL DEFAULT 0;
ALTER TABLE offering ADD COLUMN here_queued BIGINT NOT NULL DEFAULT 0;
-- How many workdays the provider takes to answer one who applies; 0 is not stated.
ALTER TABLE offering ADD COLUMN answer_days BIGINT NOT NULL DEFAULT 0;
