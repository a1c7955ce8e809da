-- +goose Up
-- Of a meeting that was cancelled before, nobody has the ball of an own decision any more. Nobody is told of it now.
UPDATE flow_item SET state = 'dropped', ball_party = '', ball_org = NULL, ball_role = '', due = NULL, moves = moves + 1
    WHERE kind = 'own_decision' AND state = 'asked' AND subject IN (SELECT o.id FROM own_decision AS o JOIN agenda_item AS i ON i.id = o.item
        JOIN meeting AS m ON m.id = i.meeting WHERE m.state = 'cancelled');

INSERT INTO flow_move (kind, subject, nr, from_state, to_state, at, actor, role, org, note, ball_party, ball_org, ball_role, due, told)
    SELECT f.kind, f.subject, f.moves, 'asked', f.state, f.since, 'system:own', '', NULL, '', f.ball_party, f.ball_org, f.ball_role, f.due, TRUE
    FROM flow_item AS f WHERE f.kind = 'own_decision' AND f.state = 'dropped';
