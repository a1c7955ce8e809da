package pool

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
)

const (
	insertPool db.SQL = `INSERT INTO need_pool (id, number, number_key, title, title_fold, field, level, region, min_to_start, coordinator, state,
		provider, answer_by, no_forum, created_at, created_by, updated_at, updated_by, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, $9, 'mapped', NULL, NULL, FALSE, $10, $11, $10, $11, 1)`
	updatePool db.SQL = `UPDATE need_pool SET title = $1, title_fold = $2, field = $3, level = $4, min_to_start = $5,
		updated_at = $6, updated_by = $7, version = version + 1 WHERE id = $8 AND version = $9`
	placePool db.SQL = `UPDATE need_pool SET state = $1, provider = $2, answer_by = $3, no_forum = $4 WHERE id = $5`
	getPool   db.SQL = `SELECT p.id, p.number, p.number_key, p.title, p.field, p.level, p.region, p.min_to_start, p.coordinator, p.state, p.provider,
		p.answer_by, p.no_forum, p.created_at, p.updated_at, p.version FROM need_pool AS p WHERE p.id = $1`
	listPools db.SQL = `SELECT p.id, p.number, p.number_key, p.title, p.field, p.level, p.region, p.min_to_start, p.coordinator, p.state, p.provider,
		p.answer_by, p.no_forum, p.created_at, p.updated_at, p.version FROM need_pool AS p /*where*/`
	countPools   db.SQL = `SELECT COUNT(*) FROM need_pool AS p /*where*/`
	poolByNumber db.SQL = `SELECT id FROM need_pool WHERE number = $1`

	insertPoolConcept  db.SQL = `INSERT INTO need_pool_concept (pool, nr, ref, scheme, code, styrk08, chosen) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	deletePoolConcepts db.SQL = `DELETE FROM need_pool_concept WHERE pool = $1`
	poolConceptsOf     db.SQL = `SELECT scheme, code, styrk08, chosen FROM need_pool_concept WHERE pool = $1 ORDER BY nr`

	membersOf db.SQL = `SELECT id FROM need WHERE pool = $1 ORDER BY id`
	sizesIn   db.SQL = `SELECT n.pool, n.org, n.represented_by, n.provider, n.firms, n.headcount, n.municipality, n.confidentiality, n.state
		FROM need AS n /*where*/ ORDER BY n.pool, n.id`
	publishedIn db.SQL = `SELECT pool, published, firms, headcount FROM need_demand /*where*/`

	fragID         db.Fragment = "p.id"
	fragPoolState  db.Fragment = "p.state"
	fragPoolField  db.Fragment = "p.field"
	fragPoolLevel  db.Fragment = "p.level"
	fragPoolRegion db.Fragment = "p.region"
	fragPoolTitle  db.Fragment = "p.title_fold"
	fragPoolNumber db.Fragment = "p.number_key"
	fragPoolRef    db.Fragment = `EXISTS (SELECT 1 FROM need_pool_concept AS c WHERE c.pool = p.id AND c.chosen <> 'removed' AND c.ref IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?))`
	fragPoolPlace  db.Fragment = `EXISTS (SELECT 1 FROM need AS n WHERE n.pool = p.id AND n.confidentiality = 'open' AND n.municipality = ?)`
	fragPoolColumn db.Fragment = "pool"
	fragPool       db.Fragment = "n.pool"
)

type poolRow struct {
	ID          ID          `db:"id"`
	Number      string      `db:"number"`
	NumberKey   int64       `db:"number_key"`
	Title       string      `db:"title"`
	Field       need.Field  `db:"field"`
	Level       need.Level  `db:"level"`
	Region      need.Region `db:"region"`
	MinToStart  int         `db:"min_to_start"`
	Coordinator org.ID      `db:"coordinator"`
	State       flow.State  `db:"state"`
	Provider    org.ID      `db:"provider"`
	AnswerBy    db.Date     `db:"answer_by"`
	NoForum     bool        `db:"no_forum"`
	CreatedAt   db.Time     `db:"created_at"`
	UpdatedAt   db.Time     `db:"updated_at"`
	Version     int64       `db:"version"`
}

func (r poolRow) pool() Pool {
	return Pool{ID: r.ID, Number: r.Number, Content: Content{Title: r.Title, Field: r.Field, Level: r.Level, MinToStart: r.MinToStart},
		Region: r.Region, Coordinator: r.Coordinator, State: r.State, Provider: r.Provider, AnswerBy: r.AnswerBy,
		TakenWithoutForum: r.NoForum, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, Version: r.Version}
}

// Load reads a pooled need.
func Load(ctx context.Context, tx *db.Tx, pool ID) (Pool, error) {
	row, err := db.Get[poolRow](ctx, tx, getPool, pool)
	if err != nil {
		return Pool{}, fmt.Errorf("pool %s: %w", pool, err)
	}
	p := row.pool()
	item, err := flow.Get(ctx, tx, flowSubject(pool))
	if err != nil {
		return Pool{}, fmt.Errorf("pool %s: %w", pool, err)
	}
	p.places = item.Places
	rows, err := db.List[need.ConceptRow](ctx, tx, poolConceptsOf, pool)
	for _, c := range rows {
		p.Concepts = append(p.Concepts, need.Concept(c))
	}
	return p, err
}

// refreshed loads the pool after its members have changed.
func (s *Service) refreshed(ctx context.Context, tx *db.Tx, pool ID) (Pool, error) {
	if err := s.room.RefreshPlaces(ctx, tx, pool); err != nil {
		return Pool{}, err
	}
	return Load(ctx, tx, pool)
}

func putConcepts(ctx context.Context, tx *db.Tx, pool ID, concepts []need.Concept) error {
	if _, err := db.Exec(ctx, tx, deletePoolConcepts, pool); err != nil {
		return fmt.Errorf("pool %s: concepts: %w", pool, err)
	}
	seen := map[string]bool{}
	for nr, c := range concepts {
		if seen[c.Ref()] {
			continue
		}
		seen[c.Ref()] = true
		if _, err := db.Exec(ctx, tx, insertPoolConcept, pool, nr, c.Ref(), c.Scheme, c.Code, c.Styrk08, c.Chosen); err != nil {
			return fmt.Errorf("pool %s: concepts: %w", pool, err)
		}
	}
	return nil
}

// Detail is a pooled need as its page shows it to a certain reader.
type Detail struct {
	Pool
	Figures
	CoordinatorName, ProviderName string
	Ball                          need.BallView
	Since                         clock.Time
	Overdue                       bool
	Steps                         []need.Step
	Discussion                    *need.Discussion
	CanEdit                       bool
	Moves                         []need.Proposal
}

// Get is a pooled need as the actor may see it.
func (s *Service) Get(ctx context.Context, actor access.Actor, pool ID) (Detail, error) {
	var out Detail
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		p, err := Load(ctx, tx, pool)
		if err != nil {
			return err
		}
		out, err = s.detail(ctx, tx, actor, p)
		return err
	})
	return out, err
}

// GetByNumber is Get for a pooled need's number, "F-2026-0007".
func (s *Service) GetByNumber(ctx context.Context, actor access.Actor, number string) (Detail, error) {
	var pool ID
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		var err error
		pool, err = db.Get[ID](ctx, tx, poolByNumber, number)
		return err
	})
	if err != nil {
		return Detail{}, err
	}
	return s.Get(ctx, actor, pool)
}

func (s *Service) detail(ctx context.Context, tx *db.Tx, actor access.Actor, p Pool) (Detail, error) {
	today := s.room.Today()
	d := Detail{Pool: p, CanEdit: CanSteer(actor, p)}
	var err error
	if d.Moves, err = s.room.Propose(ctx, tx, actor, flowSubject(p.ID), s.flow, p.State, Parties(actor, p)); err != nil {
		return Detail{}, err
	}
	figures, err := s.figures(ctx, tx, actor, []ID{p.ID})
	if err != nil {
		return Detail{}, err
	}
	d.Figures = figures[p.ID]
	item, err := flow.Get(ctx, tx, flowSubject(p.ID))
	if err != nil {
		return Detail{}, err
	}
	d.Since, d.Overdue = item.Since, item.Overdue(today)
	if d.Ball, err = s.room.BallView(ctx, tx, actor, item); err != nil {
		return Detail{}, err
	}
	steps, err := flow.History(ctx, tx, flowSubject(p.ID))
	if err != nil {
		return Detail{}, err
	}
	for _, st := range steps {
		d.Steps = append(d.Steps, need.Step{Step: st, Pool: true})
	}
	return s.office(ctx, tx, actor, d)
}

// office adds names, and what is only for those who work with the pool.
func (s *Service) office(ctx context.Context, tx *db.Tx, actor access.Actor, d Detail) (Detail, error) {
	today := s.room.Today()
	list := []org.ID{d.Coordinator, d.Provider}
	for _, st := range d.Steps {
		list = append(list, st.Step.Org)
	}
	names, err := need.NamesOf(ctx, tx, list, today)
	if err != nil {
		return Detail{}, err
	}
	d.CoordinatorName, d.ProviderName = names[d.Coordinator], names[d.Provider]
	partner := IsPartner(actor, d.Pool)
	for i, st := range d.Steps {
		d.Steps[i].OrgName = names[st.Step.Org]
		d.Steps[i].Actor = ""
		if !partner {
			d.Steps[i].Note = ""
		}
	}
	if !partner {
		return d, nil
	}
	d.Discussion, err = need.DiscussionOf(ctx, tx, string(d.ID))
	return d, err
}

// Filter narrows a list of pooled needs. Zero fields narrow nothing.
// Municipality finds pools with an open need there.
type Filter struct {
	Text         string
	States       []flow.State
	Fields       []need.Field
	Levels       []need.Level
	Regions      []need.Region
	Concepts     []need.Concept // one of the first ten
	Municipality string
	After        string
	Limit        int
}

// Item is a pooled need in a list.
type Item struct {
	Pool
	Figures
}

// List lists pooled needs, the newest first, with the total of all pages.
func (s *Service) List(ctx context.Context, actor access.Actor, f Filter) (db.Paged[Item], int, error) {
	var out db.Paged[Item]
	total := 0
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		w := f.where()
		rows, err := db.ListPage(ctx, tx, db.Query{Base: listPools, Where: w},
			db.Page{Order: db.Order{Key: fragPoolNumber, ID: fragID, Desc: true}, After: f.After, Limit: f.Limit},
			func(r poolRow) (any, string) { return r.NumberKey, string(r.ID) })
		if err != nil {
			return err
		}
		ids := make([]ID, len(rows.Items))
		for i, r := range rows.Items {
			ids[i] = r.ID
		}
		figures, err := s.figures(ctx, tx, actor, ids)
		if err != nil {
			return err
		}
		out.Next = rows.Next
		for _, r := range rows.Items {
			out.Items = append(out.Items, Item{Pool: r.pool(), Figures: figures[r.ID]})
		}
		statement, args := db.Query{Base: countPools, Where: w}.Build()
		total, err = db.Scalar[int](ctx, tx, statement, args...)
		return err
	})
	if err != nil {
		return db.Paged[Item]{}, 0, fmt.Errorf("pools: list: %w", err)
	}
	return out, total, nil
}

// maxRefs is how many concepts fragPoolRef has room for.
const maxRefs = 10

func (f Filter) where() db.Where {
	var w db.Where
	some(&w, fragPoolState, f.States)
	some(&w, fragPoolField, f.Fields)
	some(&w, fragPoolLevel, f.Levels)
	some(&w, fragPoolRegion, f.Regions)
	if len(f.Concepts) > 0 {
		refs := make([]string, len(f.Concepts))
		for i, c := range f.Concepts {
			refs[i] = c.Ref()
		}
		w.And(fragPoolRef, need.Padded(refs, maxRefs)...)
	}
	if f.Municipality != "" {
		w.And(fragPoolPlace, f.Municipality)
	}
	if folded := text.Fold(f.Text); folded != "" {
		w.Like(fragPoolTitle, folded)
	}
	return w
}

func some[T any](w *db.Where, column db.Fragment, values []T) {
	if len(values) > 0 {
		db.In(w, column, values)
	}
}
