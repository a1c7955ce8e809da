-- +goose Up
-- A calendar file that goes with the letter; empty for none.
ALTER TABLE mail_message ADD COLUMN calendar TEXT NOT NULL DEFAULT '';

-- Whom the house has written to about a meeting: once for each account and each number that calendars hear of (meeting.sequence). what is why. letter is the
-- letter's id, NULL where the account has no address that is confirmed; letters are deleted before this row is. Purpose: to write once, and to let the
-- secretary see who has been told what. Kept with the meeting; gone with the account.
CREATE TABLE meeting_invitation (
    meeting  TEXT   NOT NULL REFERENCES meeting (id),
    sequence BIGINT NOT NULL,
    account  TEXT   NOT NULL REFERENCES account (id),
    what     TEXT   NOT NULL CHECK (what IN ('invited', 'changed', 'cancelled')),
    letter   TEXT,
    made_at  TEXT   NOT NULL,
    PRIMARY KEY (meeting, sequence, account)
);
CREATE INDEX meeting_invitation_account ON meeting_invitation (account, made_at);
