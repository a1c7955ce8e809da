-- +goose Up
-- Where a thing that moves lies, by the numbers of its municipalities; a pooled need may lie in several. A role that is limited to an area has the balls of what lies there.
CREATE TABLE flow_place (
    kind         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    municipality TEXT NOT NULL,
    PRIMARY KEY (kind, subject, municipality),
    FOREIGN KEY (kind, subject) REFERENCES flow_item (kind, subject)
);
INSERT INTO flow_place (kind, subject, municipality)
    SELECT 'need', id, municipality FROM need WHERE municipality <> '';
INSERT INTO flow_place (kind, subject, municipality)
    SELECT DISTINCT 'need_pool', pool, municipality FROM need WHERE pool IS NOT NULL AND municipality <> '';

-- The list of tasks of those who have many goes by the deadline.
CREATE INDEX flow_item_due ON flow_item (COALESCE(due, '9999-12-31'), subject);

-- The forum may not read what is internal, so it cannot have its ball: the county has.
UPDATE flow_item SET ball_party = 'county', ball_role = 'case_officer'
    WHERE kind = 'need' AND ball_role = 'forum_secretary' AND subject IN (SELECT id FROM need WHERE confidentiality = 'internal');
UPDATE need SET ball_role = 'case_officer' WHERE ball_role = 'forum_secretary' AND confidentiality = 'internal';
