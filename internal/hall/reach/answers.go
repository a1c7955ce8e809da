package reach

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/outreach"
	"kompetansetorg/internal/room/outreach/round"
)

// An answer in a mapping round is a contact too; an invitation by itself is not. A
// row for each need that was made of it, or one without.
const answerRows db.SQL = `SELECT i.municipality, i.org, n.state,
		EXISTS (SELECT 1 FROM flow_move AS m WHERE m.kind = 'need' AND m.subject = n.id AND m.to_state IN ('in_development', 'covered_by_existing', 'covered_by_other', 'covered')) AS found,
		EXISTS (SELECT 1 FROM flow_move AS m WHERE m.kind = 'need' AND m.subject = n.id AND m.to_state = 'covered') AS used,
		EXISTS (SELECT 1 FROM flow_move AS m WHERE m.kind = 'need_pool' AND m.subject = n.pool AND m.to_state IN ('in_development', 'covered_by_existing', 'covered_by_other', 'covered')) AS pool_found,
		EXISTS (SELECT 1 FROM flow_move AS m WHERE m.kind = 'need_pool' AND m.subject = n.pool AND m.to_state = 'covered') AS pool_used
	FROM round_invite AS i JOIN outreach_round AS r ON r.id = i.round LEFT JOIN round_need AS x ON x.invite = i.id LEFT JOIN need AS n ON n.id = x.need
	WHERE i.answered_at IS NOT NULL /*and*/ ORDER BY i.municipality, i.org, i.id, x.row_nr`

const (
	fragAnswerPlace db.Fragment = "i.municipality"
	fragAnswerFrom  db.Fragment = "i.answered_at >= ?"
	fragAnswerTo    db.Fragment = "i.answered_at < ?"
)

type answerRow struct {
	Municipality string  `db:"municipality"`
	Org          string  `db:"org"`
	State        *string `db:"state"`
	Found        bool    `db:"found"`
	Used         bool    `db:"used"`
	PoolFound    bool    `db:"pool_found"`
	PoolUsed     bool    `db:"pool_used"`
}

// answered are the answers that the actor may see, as rows of the funnel. Those to
// be contacted again are visits, so with that filter there are none. The days are
// those of UTC, an hour or two beside ours.
func answered(ctx context.Context, tx *db.Tx, actor access.Actor, f outreach.Filter) ([]funnelRow, error) {
	if f.Again {
		return nil, nil
	}
	var w db.Where
	round.VisibleAnswers(&w, actor)
	if f.Municipality != "" {
		db.In(&w, fragAnswerPlace, []string{f.Municipality})
	}
	if !f.From.IsZero() {
		w.And(fragAnswerFrom, f.From.String())
	}
	if !f.To.IsZero() {
		w.And(fragAnswerTo, f.To.AddDays(1).String())
	}
	statement, args := db.Query{Base: answerRows, Where: w}.Build()
	rows, err := db.List[answerRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("answers: %w", err)
	}
	out := make([]funnelRow, len(rows))
	for i, r := range rows {
		out[i] = funnelRow{Municipality: r.Municipality, Org: r.Org, State: r.State, Found: r.Found, Used: r.Used, PoolFound: r.PoolFound, PoolUsed: r.PoolUsed, answer: true}
	}
	return out, nil
}
