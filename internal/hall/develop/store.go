package develop

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/support"
)

const (
	insertAnswer db.SQL = `INSERT INTO develop_answer (id, need, pool, nr, provider, kind, unit, programme, offering, card, seats, arrange, deadline, earliest,
		cost, hours, equipment, words, answer_by, answered_by, answered_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`
	lastNr    db.SQL = `SELECT COALESCE(MAX(nr), 0) FROM develop_answer WHERE need = $1 OR pool = $2`
	answersOf db.SQL = `SELECT a.id, a.need, a.pool, a.nr, a.provider, a.kind, a.unit, a.programme, a.offering, a.card, a.seats, a.arrange, a.deadline, a.earliest,
		a.cost, a.hours, a.equipment, a.words, a.answer_by, a.answered_at FROM develop_answer AS a WHERE a.need = $1 OR a.pool = $2 ORDER BY a.nr, a.id`
	answerAt db.SQL = `SELECT a.id, a.need, a.pool, a.nr, a.provider, a.kind, a.unit, a.programme, a.offering, a.card, a.seats, a.arrange, a.deadline, a.earliest,
		a.cost, a.hours, a.equipment, a.words, a.answer_by, a.answered_at FROM develop_answer AS a WHERE (a.need = $1 OR a.pool = $1) AND a.answered_at = $2 ORDER BY a.nr, a.id`

	lateNeeds db.SQL = `SELECT n.id AS need, NULL AS pool, n.number, n.title, n.provider, n.answer_by FROM need AS n /*where*/
		ORDER BY n.answer_by, n.id LIMIT 200`
	latePools db.SQL = `SELECT NULL AS need, p.id AS pool, p.number, p.title, p.provider, p.answer_by FROM need_pool AS p
		WHERE p.state = 'in_follow_up' AND p.answer_by < $1 ORDER BY p.answer_by, p.id LIMIT 200`

	fragState        db.Fragment = "n.state"
	fragBefore       db.Fragment = "n.answer_by < ?"
	fragMunicipality db.Fragment = "n.municipality"
)

type answerRow struct {
	ID         ID                `db:"id"`
	Need       need.ID           `db:"need"`
	Pool       need.PoolID       `db:"pool"`
	Nr         int               `db:"nr"`
	Provider   org.ID            `db:"provider"`
	Kind       Kind              `db:"kind"`
	Unit       string            `db:"unit"`
	Programme  offer.ProgrammeID `db:"programme"`
	Offering   offer.OfferingID  `db:"offering"`
	Card       support.ID        `db:"card"`
	Seats      int               `db:"seats"`
	Arrange    string            `db:"arrange"`
	Deadline   db.Date           `db:"deadline"`
	Earliest   db.Date           `db:"earliest"`
	Cost       money.NOK         `db:"cost"`
	Hours      int               `db:"hours"`
	Equipment  string            `db:"equipment"`
	Words      string            `db:"words"`
	AnswerBy   db.Date           `db:"answer_by"`
	AnsweredAt db.Time           `db:"answered_at"`
}

func (r answerRow) answer() Answer {
	return Answer{ID: r.ID, About: About{Need: r.Need, Pool: r.Pool}, Nr: r.Nr, Provider: r.Provider, Kind: r.Kind, Unit: r.Unit, Programme: r.Programme,
		Offering: r.Offering, Card: r.Card, Seats: r.Seats, Arrange: r.Arrange, Deadline: r.Deadline, Earliest: r.Earliest, Cost: r.Cost, Hours: r.Hours,
		Equipment: r.Equipment, Words: r.Words, AnswerBy: r.AnswerBy, AnsweredAt: r.AnsweredAt}
}

type lateRow struct {
	Need     need.ID     `db:"need"`
	Pool     need.PoolID `db:"pool"`
	Number   string      `db:"number"`
	Title    string      `db:"title"`
	Provider org.ID      `db:"provider"`
	AnswerBy db.Date     `db:"answer_by"`
}

// answers lists all answers to what is asked about, the oldest first.
func answers(ctx context.Context, tx *db.Tx, about About) ([]Answer, error) {
	rows, err := db.List[answerRow](ctx, tx, answersOf, about.Need, about.Pool)
	if err != nil {
		return nil, fmt.Errorf("develop: answers: %w", err)
	}
	out := make([]Answer, len(rows))
	last := map[org.ID]int{}
	for i, r := range rows {
		out[i] = r.answer()
		last[r.Provider] = i
	}
	for _, i := range last {
		out[i].Last = true
	}
	return out, nil
}

func put(ctx context.Context, tx *db.Tx, by access.Actor, a Answer) error {
	_, err := db.Exec(ctx, tx, insertAnswer, a.ID, a.About.Need, a.About.Pool, a.Nr, a.Provider, a.Kind, a.Unit, a.Programme, a.Offering, a.Card, a.Seats, a.Arrange,
		a.Deadline, a.Earliest, a.Cost, a.Hours, a.Equipment, a.Words, a.AnswerBy, by.Label(), a.AnsweredAt)
	if err != nil {
		return fmt.Errorf("develop: answer: %w", err)
	}
	return nil
}

// given is the answer that was given to the thing at the moment, if one was.
func given(ctx context.Context, tx *db.Tx, subject string, at clock.Time) (Answer, bool, error) {
	rows, err := db.List[answerRow](ctx, tx, answerAt, subject, at)
	if err != nil || len(rows) == 0 {
		return Answer{}, false, err
	}
	return rows[len(rows)-1].answer(), true, nil
}

// lateIn lists the needs that wait for an answer whose day has passed, in the area.
func lateIn(ctx context.Context, tx *db.Tx, actor access.Actor, area access.Area, today clock.Date) ([]lateRow, error) {
	var w db.Where
	db.In(&w, fragState, []flow.State{need.InFollowUp})
	w.And(fragBefore, today)
	if !area.Everywhere {
		db.In(&w, fragMunicipality, area.Municipalities)
	}
	need.Visible(&w, actor)
	statement, args := db.Query{Base: lateNeeds, Where: w}.Build()
	return db.List[lateRow](ctx, tx, statement, args...)
}
