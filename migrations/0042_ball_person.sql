-- +goose Up
-- A ball may be a certain person's, who acts for herself: one who applies, or has a place to say yes to. Then no organisation is named.
ALTER TABLE flow_item ADD COLUMN ball_account TEXT;
ALTER TABLE flow_move ADD COLUMN ball_account TEXT;
ALTER TABLE follow_event ADD COLUMN ball_account TEXT;
CREATE INDEX flow_item_ball_account ON flow_item (ball_account, due, kind, subject) WHERE ball_account IS NOT NULL;
CREATE INDEX flow_move_ball_account ON flow_move (ball_account, kind, subject) WHERE ball_account IS NOT NULL;
CREATE INDEX follow_event_ball_account ON follow_event (ball_account) WHERE ball_account IS NOT NULL;

-- A happening may tell who acts next, and by when.
ALTER TABLE happening ADD COLUMN ball_party TEXT NOT NULL DEFAULT '';
ALTER TABLE happening ADD COLUMN ball_account TEXT;
ALTER TABLE happening ADD COLUMN ball_org TEXT;
ALTER TABLE happening ADD COLUMN ball_role TEXT NOT NULL DEFAULT '';
ALTER TABLE happening ADD COLUMN due TEXT;
