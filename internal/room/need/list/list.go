package list

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
)

const (
	listNeeds db.SQL = `SELECT n.id, n.number, n.number_key, n.title, n.org, n.firms, n.represented_by, n.municipality, n.sector, n.purpose,
		n.level, n.field, n.headcount, n.confidentiality, n.state, n.wanted_from, n.due, n.provider, n.no_forum, n.pool, n.created_at,
		n.submitted_at, n.version, p.number AS pool_number, p.title AS pool_title, p.state AS pool_state
		FROM need AS n LEFT JOIN need_pool AS p ON p.id = n.pool /*where*/`
	countNeeds db.SQL = `SELECT COUNT(*) FROM need AS n /*where*/`

	fragOrg          db.Fragment = "n.org"
	fragRep          db.Fragment = "n.represented_by"
	fragProvider     db.Fragment = "n.provider"
	fragState        db.Fragment = "n.state"
	fragPurpose      db.Fragment = "n.purpose"
	fragLevel        db.Fragment = "n.level"
	fragField        db.Fragment = "n.field"
	fragMunicipality db.Fragment = "n.municipality"
	fragSector       db.Fragment = "n.sector"
	fragConfidential db.Fragment = "n.confidentiality"
	fragPool         db.Fragment = "n.pool"
	fragID           db.Fragment = "n.id"
	fragFrom         db.Fragment = "n.created_at >= ?"
	fragTo           db.Fragment = "n.created_at <= ?"
	fragOverdue      db.Fragment = "n.due < ?"
	fragNoDraft      db.Fragment = "n.state <> 'draft'"
	fragText         db.Fragment = `EXISTS (SELECT 1 FROM need_text AS t WHERE t.need = n.id AND t.fold LIKE ? ESCAPE '\')
		OR EXISTS (SELECT 1 FROM organisation_name AS o WHERE o.org = n.org AND o.name_fold LIKE ? ESCAPE '\')`
	fragConcept db.Fragment = `EXISTS (SELECT 1 FROM need_concept AS c WHERE c.need = n.id AND c.chosen <> 'removed' AND c.ref = ?)`
	fragBarrier db.Fragment = `EXISTS (SELECT 1 FROM need_choice AS c WHERE c.need = n.id AND c.kind = 'barrier' AND c.code = ?)`
	fragForm    db.Fragment = `EXISTS (SELECT 1 FROM need_choice AS c WHERE c.need = n.id AND c.kind = 'form' AND c.code = ?)`
	// The ball is looked up from the flow's indexes, not need by need.
	fragBallMine db.Fragment = `n.id IN (SELECT f.subject FROM flow_item AS f WHERE f.kind = 'need' AND f.ball_org IN (?, ?, ?, ?, ?, ?)
		UNION ALL SELECT f.subject FROM flow_item AS f WHERE f.kind = 'need' AND f.ball_org IS NULL AND f.ball_role IN (?, ?, ?, ?, ?, ?, ?, ?, ?))`
	fragBallMany db.Fragment = `n.id IN (SELECT f.subject FROM flow_item AS f WHERE f.kind = 'need'
		AND ? LIKE '%' || f.ball_org || '%' UNION ALL SELECT f.subject FROM flow_item AS f
		WHERE f.kind = 'need' AND f.ball_org IS NULL AND f.ball_role IN (?, ?, ?, ?, ?, ?, ?, ?, ?))`
	fragMine db.Fragment = `? LIKE '%' || n.org || '%' OR ? LIKE '%' || n.represented_by || '%'`

	fragCreated    db.Fragment = "n.created_at"
	fragNumberKey  db.Fragment = "n.number_key"
	fragHeadcount  db.Fragment = "n.headcount"
	fragWantedFrom db.Fragment = "COALESCE(n.wanted_from, '9999-12-31')"
	fragDue        db.Fragment = "COALESCE(n.due, '9999-12-31')"
)

// lastDay is the key of a row without the day.
const lastDay = "9999-12-31"

// Orders is what a list of needs can be sorted by.
func Orders() db.Orders {
	return db.Orders{
		"newest":       {Key: fragCreated, ID: fragID, Desc: true},
		"oldest":       {Key: fragCreated, ID: fragID},
		"number":       {Key: fragNumberKey, ID: fragID},
		"number_desc":  {Key: fragNumberKey, ID: fragID, Desc: true},
		"municipality": {Key: fragMunicipality, ID: fragID},
		"headcount":    {Key: fragHeadcount, ID: fragID, Desc: true},
		"wanted_from":  {Key: fragWantedFrom, ID: fragID},
		"due":          {Key: fragDue, ID: fragID},
	}
}

// orderKey gives the value of a row that the order sorts by.
func orderKey(order string) func(listRow) any {
	switch order {
	case "number", "number_desc":
		return func(r listRow) any { return r.NumberKey }
	case "municipality":
		return func(r listRow) any { return r.Municipality }
	case "headcount":
		return func(r listRow) any { return int64(r.Headcount) }
	case "wanted_from":
		return func(r listRow) any { return dayKey(r.WantedFrom) }
	case "due":
		return func(r listRow) any { return dayKey(r.Due) }
	}
	return func(r listRow) any { return r.CreatedAt.String() }
}

func dayKey(d clock.Date) string {
	if d.IsZero() {
		return lastDay
	}
	return d.String()
}

// Filter narrows a list of needs. Zero fields narrow nothing; several values
// of one field mean any of them. Municipalities are numbers; a region is given
// as its members. Several concepts or ticked answers must all be there.
type Filter struct {
	Text             string
	States           []flow.State
	Purposes         []need.Purpose
	Levels           []need.Level
	Fields           []need.Field
	Municipalities   []string
	Sectors          []string
	Confidentialties []need.Confidentiality
	Concepts         []need.Concept
	Forms            []need.Form
	Barriers         []need.Barrier
	Pool             need.PoolID
	// Mine lists the needs of the actor's organisations and of those they
	// represent, drafts too. WithDrafts adds drafts to other lists.
	Mine, WithDrafts bool
	RepresentedBy    org.ID
	Organisation     org.ID
	Provider         org.ID
	// BallMine lists needs where the actor has the ball.
	BallMine bool
	Overdue  bool
	From, To clock.Date // day of registration, both included
}

// Query is a Filter with an order and a page.
type Query struct {
	Filter
	Order string // a key of Orders; empty: newest
	After string
	Limit int
}

// Item is a need in a list.
type Item struct {
	ID                          need.ID
	Number, Title               string
	Organisation, RepresentedBy org.ID
	OrganisationName            string
	Firms                       int
	Municipality, Sector        string
	Purpose                     need.Purpose
	Level                       need.Level
	Field                       need.Field
	Headcount                   int
	Confidentiality             need.Confidentiality
	State                       flow.State
	WantedFrom, Due             clock.Date
	Overdue                     bool
	Provider                    org.ID
	TakenWithoutForum           bool
	Pool                        *need.PoolRef
	CreatedAt, SubmittedAt      clock.Time
	Version                     int64
}

type listRow struct {
	ID              need.ID              `db:"id"`
	Number          *string              `db:"number"`
	NumberKey       int64                `db:"number_key"`
	Title           string               `db:"title"`
	Org             org.ID               `db:"org"`
	Firms           int                  `db:"firms"`
	RepresentedBy   org.ID               `db:"represented_by"`
	Municipality    string               `db:"municipality"`
	Sector          string               `db:"sector"`
	Purpose         need.Purpose         `db:"purpose"`
	Level           need.Level           `db:"level"`
	Field           need.Field           `db:"field"`
	Headcount       int                  `db:"headcount"`
	Confidentiality need.Confidentiality `db:"confidentiality"`
	State           flow.State           `db:"state"`
	WantedFrom      db.Date              `db:"wanted_from"`
	Due             db.Date              `db:"due"`
	Provider        org.ID               `db:"provider"`
	NoForum         bool                 `db:"no_forum"`
	Pool            need.PoolID          `db:"pool"`
	CreatedAt       db.Time              `db:"created_at"`
	SubmittedAt     db.Time              `db:"submitted_at"`
	Version         int64                `db:"version"`
	PoolNumber      *string              `db:"pool_number"`
	PoolTitle       *string              `db:"pool_title"`
	PoolState       *string              `db:"pool_state"`
}

func (r listRow) item(today clock.Date) Item {
	it := Item{ID: r.ID, Title: r.Title, Organisation: r.Org, RepresentedBy: r.RepresentedBy, Firms: r.Firms,
		Municipality: r.Municipality, Sector: r.Sector, Purpose: r.Purpose, Level: r.Level, Field: r.Field, Headcount: r.Headcount,
		Confidentiality: r.Confidentiality, State: r.State, WantedFrom: r.WantedFrom, Due: r.Due,
		Overdue: !r.Due.IsZero() && today.After(r.Due), Provider: r.Provider, TakenWithoutForum: r.NoForum,
		CreatedAt: r.CreatedAt, SubmittedAt: r.SubmittedAt, Version: r.Version}
	if r.Number != nil {
		it.Number = *r.Number
	}
	if r.PoolNumber != nil {
		it.Pool = &need.PoolRef{ID: r.Pool, Number: *r.PoolNumber, Title: *r.PoolTitle, State: flow.State(*r.PoolState)}
	}
	return it
}

// where gives the filter's conditions, after those of what the actor may see.
func (f Filter) where(a access.Actor, today clock.Date) db.Where {
	var w db.Where
	need.Visible(&w, a)
	if !f.Mine && !f.WithDrafts && !slices.Contains(f.States, need.Draft) {
		w.And(fragNoDraft)
	}
	some(&w, fragState, f.States)
	some(&w, fragPurpose, f.Purposes)
	some(&w, fragLevel, f.Levels)
	some(&w, fragField, f.Fields)
	some(&w, fragMunicipality, f.Municipalities)
	some(&w, fragSector, f.Sectors)
	some(&w, fragConfidential, f.Confidentialties)
	one(&w, fragPool, string(f.Pool))
	one(&w, fragRep, string(f.RepresentedBy))
	one(&w, fragOrg, string(f.Organisation))
	one(&w, fragProvider, string(f.Provider))
	for _, c := range f.Concepts {
		w.And(fragConcept, c.Ref())
	}
	for _, form := range f.Forms {
		w.And(fragForm, form)
	}
	for _, b := range f.Barriers {
		w.And(fragBarrier, b)
	}
	if f.Mine {
		w.And(fragMine, need.Joined(a.Orgs(need.OwnerRoles()...)), need.Joined(a.Orgs(need.AdviserRoles()...)))
	}
	if f.BallMine {
		ballMine(&w, a)
	}
	if f.Overdue {
		w.And(fragOverdue, today)
	}
	if !f.From.IsZero() {
		w.And(fragFrom, clock.StartOfDay(f.From))
	}
	if !f.To.IsZero() {
		w.And(fragTo, clock.EndOfDay(f.To))
	}
	if folded := text.Fold(f.Text); folded != "" {
		pattern := "%" + db.EscapeLike(folded) + "%"
		w.And(fragText, pattern, pattern)
	}
	return w
}

// roleCount is how many roles the ball conditions have room for.
const roleCount = 9

// ballMine asks for a ball of one of the actor's organisations, or of one of
// his roles where no organisation is named.
func ballMine(w *db.Where, a access.Actor) {
	orgs, roles := a.Orgs(), need.Padded(rolesOf(a), roleCount)
	if len(orgs) <= need.Seats {
		w.And(fragBallMine, append(need.Padded(orgs, need.Seats), roles...)...)
		return
	}
	w.And(fragBallMany, append([]any{need.Joined(orgs)}, roles...)...)
}

func some[T any](w *db.Where, column db.Fragment, values []T) {
	if len(values) > 0 {
		db.In(w, column, values)
	}
}

func one(w *db.Where, column db.Fragment, value string) {
	if value != "" {
		db.In(w, column, []string{value})
	}
}

func rolesOf(a access.Actor) []access.Role {
	var out []access.Role
	for _, x := range a.Roles {
		if !slices.Contains(out, x.Role) {
			out = append(out, x.Role)
		}
	}
	return out
}

// Service lists and counts needs.
type Service struct {
	room   *need.Service
	totals *totals
}

// New makes the lists.
func New(room *need.Service) *Service { return &Service{room: room, totals: newTotals(room)} }

// List gives a page of the needs that the actor may see, and how many there
// are on all pages; the total may be one second old.
func (s *Service) List(ctx context.Context, actor access.Actor, q Query) (db.Paged[Item], int, error) {
	var out db.Paged[Item]
	total := 0
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out, err = s.page(ctx, tx, actor, q); err != nil {
			return err
		}
		total, err = s.totals.count(ctx, tx, db.Query{Base: countNeeds, Where: q.where(actor, s.room.Today())})
		return err
	})
	if err != nil {
		return db.Paged[Item]{}, 0, fmt.Errorf("needs: list: %w", err)
	}
	return out, total, nil
}

func (s *Service) page(ctx context.Context, tx *db.Tx, actor access.Actor, q Query) (db.Paged[Item], error) {
	if q.Order == "" {
		q.Order = "newest"
	}
	order, err := Orders().Pick(q.Order, "newest")
	if err != nil {
		return db.Paged[Item]{}, err
	}
	today, key := s.room.Today(), orderKey(q.Order)
	rows, err := db.ListPage(ctx, tx, db.Query{Base: listNeeds, Where: q.where(actor, today)},
		db.Page{Order: order, After: q.After, Limit: q.Limit}, func(r listRow) (any, string) { return key(r), string(r.ID) })
	if err != nil {
		return db.Paged[Item]{}, err
	}
	out := db.Paged[Item]{Items: make([]Item, len(rows.Items)), Next: rows.Next}
	orgs := make([]org.ID, 0, len(rows.Items))
	for i, r := range rows.Items {
		out.Items[i] = r.item(today)
		orgs = append(orgs, r.Org)
	}
	names, err := need.NamesOf(ctx, tx, orgs, today)
	for i, it := range out.Items {
		out.Items[i].OrganisationName = names[it.Organisation]
	}
	return out, err
}

// Export walks through all needs of the list, page by page, with their texts
// as far as the actor may see them.
func (s *Service) Export(ctx context.Context, actor access.Actor, q Query) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		q.After, q.Limit = "", db.MaxLimit
		for {
			var rows []Row
			var next string
			err := s.room.Read(ctx, func(tx *db.Tx) error {
				page, err := s.page(ctx, tx, actor, q)
				if err != nil {
					return err
				}
				next = page.Next
				rows, err = withTexts(ctx, tx, page.Items)
				return err
			})
			if err != nil {
				yield(Row{}, fmt.Errorf("needs: export: %w", err))
				return
			}
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
			if next == "" {
				return
			}
			q.After = next
		}
	}
}

// Row is a need in an export: what a list shows, with the text and the ticked
// answers.
type Row struct {
	Item
	Text         string
	Forms        []need.Form
	Consequences []need.Consequence
	Barriers     []need.Barrier
	Concepts     []need.Concept
}

const (
	textsIn    db.SQL      = `SELECT need, text FROM need_text /*where*/`
	choicesIn  db.SQL      = `SELECT need, kind, code FROM need_choice /*where*/ ORDER BY need, kind, code`
	conceptsIn db.SQL      = `SELECT need, scheme, code, styrk08, chosen FROM need_concept /*where*/ ORDER BY need, nr`
	fragNeed   db.Fragment = "need"
)

type textRow struct {
	Need need.ID `db:"need"`
	Text string  `db:"text"`
}

type needConceptRow struct {
	Need need.ID `db:"need"`
	need.ConceptRow
}

func withTexts(ctx context.Context, tx *db.Tx, items []Item) ([]Row, error) {
	rows, at, ids := make([]Row, len(items)), map[need.ID]int{}, make([]need.ID, len(items))
	for i, it := range items {
		rows[i].Item, at[it.ID], ids[i] = it, i, it.ID
	}
	if len(ids) == 0 {
		return rows, nil
	}
	var w db.Where
	db.In(&w, fragNeed, ids)
	statement, args := db.Query{Base: textsIn, Where: w}.Build()
	texts, err := db.List[textRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, err
	}
	for _, t := range texts {
		rows[at[t.Need]].Text = t.Text
	}
	statement, args = db.Query{Base: choicesIn, Where: w}.Build()
	choices, err := db.List[need.ChoiceRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, err
	}
	for _, c := range choices {
		var in need.Content
		in.Take(c)
		r := &rows[at[c.Need]]
		r.Forms, r.Consequences, r.Barriers = append(r.Forms, in.Forms...), append(r.Consequences, in.Consequences...), append(r.Barriers, in.Barriers...)
	}
	statement, args = db.Query{Base: conceptsIn, Where: w}.Build()
	concepts, err := db.List[needConceptRow](ctx, tx, statement, args...)
	for _, c := range concepts {
		r := &rows[at[c.Need]]
		r.Concepts = append(r.Concepts, need.Concept(c.ConceptRow))
	}
	return rows, err
}

// Tasks is the number of needs where the actor has the ball, and how many of
// them are overdue, for the front page.
func (s *Service) Tasks(ctx context.Context, actor access.Actor) (mine, overdue int, err error) {
	if len(actor.Roles) == 0 {
		return 0, 0, nil
	}
	err = s.room.Read(ctx, func(tx *db.Tx) error {
		today := s.room.Today()
		f := Filter{BallMine: true, WithDrafts: true}
		var err error
		if mine, err = s.totals.count(ctx, tx, db.Query{Base: countNeeds, Where: f.where(actor, today)}); err != nil {
			return err
		}
		f.Overdue = true
		overdue, err = s.totals.count(ctx, tx, db.Query{Base: countNeeds, Where: f.where(actor, today)})
		return err
	})
	if err != nil {
		return 0, 0, fmt.Errorf("needs: tasks: %w", err)
	}
	return mine, overdue, nil
}
