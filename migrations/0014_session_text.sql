-- +goose Up
-- Sessions are stored as text from now on. What was stored before cannot be
-- read any more, so everybody signs in anew.
DELETE FROM session;
