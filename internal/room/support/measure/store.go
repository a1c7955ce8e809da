package measure

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/support"
)

const (
	insertMeasure db.SQL = `INSERT INTO measure (card, sections, effort, cost_low, cost_high, cost_year, sectors, municipalities, contact_org, contact_role, contact_ok, owner, offered, suggested_by,
		state, made_by, made_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL, $13, $14, $15, $16, 1)`
	listMeasures db.SQL = `SELECT card, sections, effort, cost_low, cost_high, cost_year, sectors, municipalities, contact_org, contact_role, contact_ok, owner, offered, suggested_by, state, version
		FROM measure /*where*/ ORDER BY card`
	setSections db.SQL = `UPDATE measure SET sections = $1, version = version + 1 WHERE card = $2 AND version = $3`
	setFacts    db.SQL = `UPDATE measure SET effort = $1, cost_low = $2, cost_high = $3, cost_year = $4, sectors = $5, municipalities = $6, contact_org = $7, contact_role = $8, contact_ok = $9,
		version = version + 1 WHERE card = $10 AND version = $11`
	setOwner  db.SQL = `UPDATE measure SET owner = $1, offered = $2, version = version + 1 WHERE card = $3 AND version = $4`
	setState  db.SQL = `UPDATE measure SET state = $1, version = version + 1 WHERE card = $2 AND version = $3`
	touch     db.SQL = `UPDATE measure SET version = version + 1 WHERE card = $1 AND version = $2`
	without   db.SQL = `SELECT c.id FROM support_card AS c WHERE c.kind = 'measure' AND NOT EXISTS (SELECT 1 FROM measure AS m WHERE m.card = c.id) ORDER BY c.id`
	listSteps db.SQL = `SELECT card, nr, words, days FROM measure_step /*where*/ ORDER BY card, nr`
	putStep   db.SQL = `INSERT INTO measure_step (card, nr, words, days) VALUES ($1, $2, $3, $4)`
	dropSteps db.SQL = `DELETE FROM measure_step WHERE card = $1`

	fragCard  db.Fragment = "card"
	fragState db.Fragment = "state"
)

type row struct {
	Card           support.ID   `db:"card"`
	Sections       string       `db:"sections"`
	Effort         Effort       `db:"effort"`
	CostLow        *money.NOK   `db:"cost_low"`
	CostHigh       *money.NOK   `db:"cost_high"`
	CostYear       int          `db:"cost_year"`
	Sectors        string       `db:"sectors"`
	Municipalities string       `db:"municipalities"`
	ContactOrg     access.OrgID `db:"contact_org"`
	ContactRole    string       `db:"contact_role"`
	ContactOK      bool         `db:"contact_ok"`
	Owner          access.OrgID `db:"owner"`
	Offered        access.OrgID `db:"offered"`
	Suggested      access.OrgID `db:"suggested_by"`
	State          flow.State   `db:"state"`
	Version        int64        `db:"version"`
}

func (r row) measure() (Measure, error) {
	m := Measure{Card: support.Card{ID: r.Card}, Owner: r.Owner, Offered: r.Offered, Suggested: r.Suggested, State: r.State, Version: r.Version,
		Facts: Facts{Effort: r.Effort, Sectors: strings.Fields(r.Sectors), Municipalities: strings.Fields(r.Municipalities), ContactOrg: r.ContactOrg, ContactRole: r.ContactRole, ContactOK: r.ContactOK}}
	if r.CostLow != nil && r.CostHigh != nil {
		m.Cost = &Cost{Low: *r.CostLow, High: *r.CostHigh, Year: r.CostYear}
	}
	if err := json.Unmarshal([]byte(r.Sections), &m.Sections); err != nil {
		return Measure{}, fmt.Errorf("measure %s: sections: %w", r.Card, err)
	}
	return m, nil
}

// columns are those of the facts, in the order of insert and update.
func (f Facts) columns() []any {
	var low, high *money.NOK
	year := 0
	if f.Cost != nil {
		low, high, year = &f.Cost.Low, &f.Cost.High, f.Cost.Year
	}
	return []any{f.Effort, low, high, year, strings.Join(f.Sectors, " "), strings.Join(f.Municipalities, " "), f.ContactOrg, f.ContactRole, f.ContactOK}
}

// find are the measures as the actor may see them, in the cards' order: drafts that the actor
// may not know of are left out, and so is a contact without consent.
func (s *Service) find(ctx context.Context, tx *db.Tx, actor access.Actor, w db.Where) ([]Measure, error) {
	statement, args := db.Query{Base: listMeasures, Where: w}.Build()
	rows, err := db.List[row](ctx, tx, statement, args...)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var ids []support.ID
	byCard := map[support.ID]Measure{}
	for _, r := range rows {
		m, err := r.measure()
		if err != nil {
			return nil, err
		}
		m.Edits, m.Keeps = support.CanEdit(actor) == nil, keeps(actor, m)
		m.Receiver = m.Offered != "" && actor.HasAt(m.Offered, UserRoles()...)
		if m.sees(actor) {
			ids, byCard[r.Card] = append(ids, r.Card), m
		}
	}
	cards, err := support.Several(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	steps, err := stepsOf(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Measure, len(cards))
	for i, c := range cards {
		m := byCard[c.ID]
		m.Card, m.Steps = c, steps[c.ID]
		if !m.ContactOK && !m.MayChange() {
			m.ContactOrg, m.ContactRole = "", ""
		}
		out[i] = m
	}
	return out, s.name(ctx, tx, out)
}

// keeps reports whether the actor is at the owner, or at who suggested what nobody owns yet.
func keeps(a access.Actor, m Measure) bool {
	if m.Owner == "" && isDraft(m.State) {
		return m.Suggested != "" && a.HasAt(m.Suggested, UserRoles()...)
	}
	return m.Owner != "" && a.HasAt(m.Owner, UserRoles()...)
}

// name gives the organisations their names of today.
func (s *Service) name(ctx context.Context, tx *db.Tx, list []Measure) error {
	var orgs []access.OrgID
	for _, m := range list {
		for _, o := range []access.OrgID{m.Owner, m.Offered, m.ContactOrg} {
			if o != "" {
				orgs = append(orgs, o)
			}
		}
	}
	if len(orgs) == 0 {
		return nil
	}
	names, err := org.NamesOn(ctx, tx, orgs, s.Clock.Today())
	for i := range list {
		list[i].OwnerName, list[i].OfferedName, list[i].ContactName = names[list[i].Owner], names[list[i].Offered], names[list[i].ContactOrg]
	}
	return err
}

func stepsOf(ctx context.Context, tx *db.Tx, ids []support.ID) (map[support.ID][]Step, error) {
	type stepRow struct {
		Card  support.ID `db:"card"`
		Nr    int        `db:"nr"`
		Words string     `db:"words"`
		Days  *int       `db:"days"`
	}
	var w db.Where
	db.In(&w, fragCard, ids)
	statement, args := db.Query{Base: listSteps, Where: w}.Build()
	rows, err := db.List[stepRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, err
	}
	out := map[support.ID][]Step{}
	for _, r := range rows {
		step := Step{Nr: r.Nr}
		if err := json.Unmarshal([]byte(r.Words), &step.Words); err != nil {
			return nil, fmt.Errorf("measure %s: step %d: %w", r.Card, r.Nr, err)
		}
		if r.Days != nil {
			step.Days = *r.Days
		}
		out[r.Card] = append(out[r.Card], step)
	}
	return out, nil
}

// storeSteps writes the steps anew, numbered from one.
func storeSteps(ctx context.Context, tx *db.Tx, card support.ID, steps []Step) error {
	if _, err := db.Exec(ctx, tx, dropSteps, card); err != nil {
		return err
	}
	for i, st := range steps {
		words, err := json.Marshal(st.Words)
		if err != nil {
			return err
		}
		var days *int
		if st.Days > 0 {
			days = &st.Days
		}
		if _, err := db.Exec(ctx, tx, putStep, card, i+1, string(words), days); err != nil {
			return err
		}
	}
	return nil
}

// In is the measure as the actor may see it, or NotFound.
func (s *Service) In(ctx context.Context, tx *db.Tx, actor access.Actor, card support.ID) (Measure, error) {
	var w db.Where
	db.In(&w, fragCard, []support.ID{card})
	found, err := s.find(ctx, tx, actor, w)
	switch {
	case err != nil:
		return Measure{}, err
	case len(found) == 0:
		return Measure{}, fault.Missing()
	}
	return found[0], nil
}

// store adds a measure to a card, in the state.
func (s *Service) store(ctx context.Context, tx *db.Tx, actor access.Actor, m Measure) error {
	sections, err := json.Marshal(m.Sections)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	args := append([]any{m.Card.ID, string(sections)}, m.Facts.columns()...)
	if _, err := db.Exec(ctx, tx, insertMeasure, append(args, m.Owner, m.Suggested, m.State, actor.Label(), now)...); err != nil {
		return fmt.Errorf("measure %s: %w", m.Card.Code, err)
	}
	if err := storeSteps(ctx, tx, m.Card.ID, m.Steps); err != nil {
		return err
	}
	return flow.StartIn(ctx, tx, Flow(), m.State, string(m.Card.ID), m.Card.Title.String(), ball(m, m.State, now.Date()), actor, now)
}
