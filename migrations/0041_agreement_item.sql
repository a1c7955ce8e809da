-- +goose Up
-- The item of the council's own meeting that a version was decided in, NULL for none: what members answer there counts for the version too. A version that was
-- given up lets go of its item.
ALTER TABLE agreement ADD COLUMN item TEXT REFERENCES agenda_item (id);
CREATE UNIQUE INDEX agreement_item_key ON agreement (item) WHERE item IS NOT NULL AND state <> 'dropped';

-- in_item tells that the answer was given in that item. place is empty then: it is the member's own council.
ALTER TABLE agreement_answer ADD COLUMN in_item BOOLEAN NOT NULL DEFAULT FALSE;
