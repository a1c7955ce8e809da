package list

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
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
	fragWrittenBy    db.Fragment = "n.created_by"
	fragID           db.Fragment = "n.id"
	fragFrom         db.Fragment = "n.created_at >= ?"
	fragTo           db.Fragment = "n.created_at <= ?"
	fragOverdue      db.Fragment = "n.due < ?"
	fragNoDraft      db.Fragment = "n.state <> 'draft'"
	// Both lists are found once, not need by need.
	fragText db.Fragment = `n.id IN (SELECT t.need FROM need_text AS t WHERE t.fold LIKE ? ESCAPE '\')
		OR n.org IN (SELECT o.org FROM organisation_name AS o WHERE o.name_fold LIKE ? ESCAPE '\')`
	fragConcept db.Fragment = `EXISTS (SELECT 1 FROM need_concept AS c WHERE c.need = n.id AND c.chosen <> 'removed' AND c.ref = ?)`
	fragBarrier db.Fragment = `EXISTS (SELECT 1 FROM need_choice AS c WHERE c.need = n.id AND c.kind = 'barrier' AND c.code = ?)`
	fragForm    db.Fragment = `EXISTS (SELECT 1 FROM need_choice AS c WHERE c.need = n.id AND c.kind = 'form' AND c.code = ?)`
	// The place as an expression, so that no index is chosen for it.
	fragPlace db.Fragment = "n.municipality || ''"
	// A ball that no organisation has is the role's. The role is written as an
	// expression too: a secretary has the ball of most needs, and the list goes by
	// its order.
	fragBallRole db.Fragment = "COALESCE(n.ball_org, n.ball_role) = ?"
	fragBallOrg  db.Fragment = "n.ball_org"
	fragMine     db.Fragment = `n.org IN (?, ?, ?, ?, ?, ?) OR n.represented_by IN (?, ?, ?, ?, ?, ?)`
	fragMany     db.Fragment = `? LIKE '%' || n.org || '%' OR ? LIKE '%' || n.represented_by || '%'`

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
