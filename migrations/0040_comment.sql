-- +goose Up
-- What a member of a body says of an item on the agenda in writing. stage says whether it was said before, in or after the meeting. Taken back it is kept,
-- and shown no more. Purpose: the preparation and the record of the item. Kept with it.
CREATE TABLE item_comment (
    id         TEXT    NOT NULL PRIMARY KEY,
    item       TEXT    NOT NULL REFERENCES agenda_item (id),
    org        TEXT    NOT NULL REFERENCES organisation (id),
    stage      TEXT    NOT NULL CHECK (stage IN ('before', 'in', 'after')),
    words      TEXT    NOT NULL,
    taken_back BOOLEAN NOT NULL,
    said_by    TEXT    NOT NULL,
    said_at    TEXT    NOT NULL,
    version    BIGINT  NOT NULL
);
CREATE INDEX item_comment_item ON item_comment (item, said_at, id);
