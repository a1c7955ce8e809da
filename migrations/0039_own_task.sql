-- +goose Up
-- A member that was asked for its own decision before, and has not answered, has the ball of it from now on. Nobody is told anew.
INSERT INTO flow_item (kind, subject, state, since, label, ball_party, ball_org, ball_role, due, moves, passes)
    SELECT 'own_decision', o.id, 'asked', o.asked_at, CASE WHEN c.closed AND i.ground = '' THEN c.public_title WHEN i.ground <> '' THEN i.public_title ELSE i.title END,
        'owner', o.org, '', o.due, 0, 0
    FROM own_decision AS o JOIN agenda_item AS i ON i.id = o.item LEFT JOIN case_file AS c ON c.id = i.case_file WHERE o.answer = '';

INSERT INTO flow_move (kind, subject, nr, from_state, to_state, at, actor, role, org, note, ball_party, ball_org, ball_role, due, told)
    SELECT f.kind, f.subject, 0, '', f.state, f.since, 'system:own', '', NULL, '', f.ball_party, f.ball_org, f.ball_role, f.due, TRUE
    FROM flow_item AS f WHERE f.kind = 'own_decision';
