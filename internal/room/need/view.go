package need

import (
	"cmp"
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Detail is a need as its page shows it to a certain reader. What his Sight
// does not show is empty.
type Detail struct {
	Need
	OrganisationName string
	RepresentedName  string
	ProviderName     string
	Ball             BallView
	Since            clock.Time
	Overdue          bool
	Steps            []Step
	PoolRef          *PoolRef
	Discussion       *Discussion
	LegalGround      *LegalGround
	CanEdit          bool
}

// Step is a line of the history. Pool tells that the pooled need, of which the
// need was a part, made the step.
type Step struct {
	flow.Step
	OrgName string
	Pool    bool
}

// LegalGround is a rule by which a need may be kept from others: its citation,
// the source, the day it holds from and the day somebody last read it.
type LegalGround struct {
	Code      string  `db:"code"`
	Citation  string  `db:"citation"`
	Source    string  `db:"source"`
	From      db.Date `db:"from_day"`
	CheckedOn db.Date `db:"checked_on"`
}

// tradeSecret is the ground for all that is not open.
const tradeSecret = "trade_secret"

// LegalGround is the rule that holds today, for the form and its notice.
func (s *Service) LegalGround(ctx context.Context) (LegalGround, error) {
	var g LegalGround
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		g, err = db.Get[LegalGround](ctx, tx, legalGroundOn, tradeSecret, s.clock.Today())
		return err
	})
	return g, err
}

// Get is a need as the actor may see it, or NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, need ID) (Detail, error) {
	var out Detail
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		n, err := Load(ctx, tx, need)
		if err != nil {
			return err
		}
		n.Sight = SightOf(actor, n)
		if n.Sight == Hidden {
			return fault.Missing()
		}
		out, err = s.detail(ctx, tx, actor, n)
		return err
	})
	return out, err
}

// GetByNumber is Get for a need's number, "B-2026-0042".
func (s *Service) GetByNumber(ctx context.Context, actor access.Actor, number string) (Detail, error) {
	var need ID
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		need, err = db.Get[ID](ctx, tx, idByNumber, number)
		return err
	})
	if err != nil {
		return Detail{}, err
	}
	return s.Get(ctx, actor, need)
}

func (s *Service) detail(ctx context.Context, tx *db.Tx, actor access.Actor, n Need) (Detail, error) {
	story, err := s.story(ctx, tx, n)
	if err != nil {
		return Detail{}, err
	}
	d := Detail{Need: n, Since: story.item.Since, Overdue: story.item.Overdue(s.clock.Today()), Steps: story.steps,
		PoolRef: story.pool, CanEdit: CanEdit(actor, n)}
	if d.Ball, err = s.BallView(ctx, tx, actor, story.item); err != nil {
		return Detail{}, err
	}
	if d.Discussion, err = DiscussionOf(ctx, tx, string(n.ID)); err != nil {
		return Detail{}, err
	}
	if n.Confidentiality != Open {
		g, err := db.Get[LegalGround](ctx, tx, legalGroundOn, tradeSecret, s.clock.Today())
		if err != nil && !fault.Is(err, fault.NotFound) {
			return Detail{}, err
		}
		d.LegalGround = &g
	}
	if err := s.nameAll(ctx, tx, &d); err != nil {
		return Detail{}, err
	}
	return d.forReader(), nil
}

// nameAll fills in the names of the organisations.
func (s *Service) nameAll(ctx context.Context, tx *db.Tx, d *Detail) error {
	list := []org.ID{d.Organisation, d.RepresentedBy, d.Provider}
	for _, st := range d.Steps {
		list = append(list, st.Step.Org)
	}
	names, err := NamesOf(ctx, tx, list, s.clock.Today())
	if err != nil {
		return err
	}
	d.OrganisationName, d.RepresentedName, d.ProviderName = names[d.Organisation], names[d.RepresentedBy], names[d.Provider]
	for i, st := range d.Steps {
		d.Steps[i].OrgName = names[st.Step.Org]
	}
	return nil
}

// forReader takes away what the reader's sight does not show.
func (d Detail) forReader() Detail {
	if d.Sight < Full {
		d.ConfidentialityGround, d.MandateGround, d.Mandate, d.CreatedBy, d.UpdatedBy = "", "", "", "", ""
	}
	if d.Sight < Partner {
		d.Discussion = nil
	}
	for i := range d.Steps {
		if d.Sight < Full {
			d.Steps[i].Actor = ""
		}
		if d.Sight < Partner {
			d.Steps[i].Note = ""
		}
	}
	return d
}

// story is where a need stands and how it came there. A need in a pool stands
// in state merged, but the pool's ball and the pool's steps while it is a
// member are its own too.
type story struct {
	item  flow.Item
	steps []Step
	pool  *PoolRef
}

func (s *Service) story(ctx context.Context, tx *db.Tx, n Need) (story, error) {
	var st story
	var err error
	if st.item, err = flow.Get(ctx, tx, FlowSubject(n.ID)); err != nil {
		return story{}, err
	}
	own, err := flow.History(ctx, tx, FlowSubject(n.ID))
	if err != nil {
		return story{}, err
	}
	for _, x := range own {
		st.steps = append(st.steps, Step{Step: x})
	}
	members, err := db.List[memberRow](ctx, tx, membershipsOf, n.ID)
	if err != nil {
		return story{}, err
	}
	for _, m := range members {
		if err := st.join(ctx, tx, m); err != nil {
			return story{}, err
		}
	}
	slices.SortStableFunc(st.steps, func(a, b Step) int { return cmp.Compare(a.At.String(), b.At.String()) })
	return st, nil
}

// join adds the steps the pool made while the need was a member.
func (st *story) join(ctx context.Context, tx *db.Tx, m memberRow) error {
	steps, err := flow.History(ctx, tx, flow.Subject{Kind: PoolFlowKind, ID: string(m.Pool)})
	if err != nil {
		return err
	}
	for nr, x := range steps {
		if nr > m.JoinedNr && (m.LeftNr == nil || nr <= *m.LeftNr) {
			st.steps = append(st.steps, Step{Step: x, Pool: true})
		}
	}
	if !m.LeftAt.IsZero() {
		return nil
	}
	item, err := flow.Get(ctx, tx, flow.Subject{Kind: PoolFlowKind, ID: string(m.Pool)})
	if err != nil {
		return err
	}
	ref, err := db.Get[poolRefRow](ctx, tx, getPoolRef, m.Pool)
	if err != nil {
		return err
	}
	st.item.Ball, st.item.Places = item.Ball, item.Places
	st.pool = &PoolRef{ID: m.Pool, Number: ref.Number, Title: ref.Title, State: item.State}
	return nil
}

const fragNameOrg db.Fragment = "org"
const namesToday db.SQL = `SELECT org, name FROM organisation_name
	WHERE (from_day IS NULL OR from_day <= $1) AND (to_day IS NULL OR to_day >= $2) /*and*/`

type nameRow struct {
	Org  org.ID `db:"org"`
	Name string `db:"name"`
}

// NamesOf gives today's names of the organisations.
func NamesOf(ctx context.Context, tx *db.Tx, list []org.ID, today clock.Date) (map[org.ID]string, error) {
	list = slices.DeleteFunc(Unique(list), func(o org.ID) bool { return o == "" })
	out := make(map[org.ID]string, len(list))
	if len(list) == 0 {
		return out, nil
	}
	q := db.Query{Base: namesToday, Args: []any{today, today}}
	db.In(&q.Where, fragNameOrg, list)
	statement, args := q.Build()
	rows, err := db.List[nameRow](ctx, tx, statement, args...)
	for _, r := range rows {
		out[r.Org] = r.Name
	}
	return out, err
}
