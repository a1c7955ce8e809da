// Package reach is where going out to organisations meets what came of it: a visit
// is recorded together with the need it found, and the funnel tells, municipality
// by municipality, how many organisations were contacted, how many of them have a
// need that was mapped, how many of those needs found an answer, how many were
// taken in use, and what it took in hours (PIL-4, PIL-5).
//
// An organisation is counted once in each step, in the municipality it was visited
// in. An answer in a mapping round is a contact as a visit is; an invitation that was
// not answered is none. A need has found an answer once it has been under development, answered by an
// existing programme or by a measure or support; it is taken in use once it has
// been covered. A need in a pooled need has come as far as that has.
//
// The hall has no tables.
package reach

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/outreach"
)

// Service is the hall's use cases.
type Service struct {
	needs  *need.Service
	visits *outreach.Service
}

// New makes the hall.
func New(needs *need.Service, visits *outreach.Service) *Service {
	return &Service{needs: needs, visits: visits}
}

// Found is the need that a visit found, in a few words; with an empty Text there
// is none. MandateGround is on what ground the visitor speaks for the
// organisation, where no mandate is recorded.
type Found struct {
	Text          string
	Headcount     int
	MandateGround string
	Lang          i18n.Lang
}

// isEmpty reports whether nothing was said of a need.
func (f Found) isEmpty() bool { return f.Text == "" && f.Headcount == 0 && f.MandateGround == "" }

// Check answers all that keeps the visit and its need from being recorded, at the
// fields of both: those of the need are text, headcount and mandate_ground. An
// organisation that is not known yet is no reason to be silent about the rest.
func (s *Service) Check(ctx context.Context, actor access.Actor, v outreach.Visit, found Found) error {
	return s.needs.Read(ctx, func(tx *db.Tx) error { return s.check(ctx, tx, actor, v, found) })
}

func (s *Service) check(ctx context.Context, tx *db.Tx, actor access.Actor, v outreach.Visit, found Found) error {
	var fs fault.Fields
	v.Check(&fs, s.visits.Today())
	if found.isEmpty() {
		return fs.Err()
	}
	if v.Result != outreach.Need && !fs.Has("result") {
		fs.Add("result", "outreach.error.result") // or what was written would be lost
	}
	content, pending := s.content(v, found), v.Organisation == "" || v.Municipality == ""
	if pending && content.MandateGround == "" {
		content.MandateGround = "-" // whether one is needed depends on the organisation
	}
	_, err := s.needs.CheckImport(ctx, tx, actor, content, pending)
	e, ok := fault.As(err)
	if err != nil && (!ok || e.Kind != fault.Invalid) {
		return err
	}
	if ok {
		for _, f := range e.Fields {
			if !fs.Has(f.Name) {
				fs.Add(f.Name, f.Key, f.Values...)
			}
		}
	}
	return fs.Err()
}

// Record records the visit and, when it found one, the need, both or neither. The
// faults are those of Check.
func (s *Service) Record(ctx context.Context, actor access.Actor, v outreach.Visit, found Found, once string) (outreach.ID, error) {
	var out outreach.ID
	err := s.needs.Write(ctx, func(tx *db.Tx) error {
		if err := s.check(ctx, tx, actor, v, found); err != nil {
			return err
		}
		visit, made, err := s.visits.RecordIn(ctx, tx, actor, v, once)
		if err != nil {
			return err
		}
		out = visit
		if !made || found.isEmpty() {
			return nil
		}
		return s.need(ctx, tx, actor, v, visit, found)
	})
	return out, err
}

// AddNeed registers the need that a visit found, afterwards.
func (s *Service) AddNeed(ctx context.Context, actor access.Actor, visit outreach.ID, found Found) error {
	v, err := s.visits.Get(ctx, actor, visit)
	if err != nil {
		return err
	}
	return s.needs.Write(ctx, func(tx *db.Tx) error { return s.need(ctx, tx, actor, v, visit, found) })
}

func (s *Service) need(ctx context.Context, tx *db.Tx, actor access.Actor, v outreach.Visit, visit outreach.ID, found Found) error {
	n, err := s.needs.SubmitIn(ctx, tx, actor, "", 0, s.content(v, found))
	if err != nil {
		return err
	}
	return s.visits.NeedIn(ctx, tx, actor, visit, string(n.ID))
}

func (s *Service) content(v outreach.Visit, found Found) need.Content {
	return need.Content{Text: found.Text, Organisation: v.Organisation, RepresentedBy: v.Hub, MandateGround: found.MandateGround,
		Municipality: v.Municipality, Headcount: found.Headcount, Lang: found.Lang, Source: need.FromInterview}
}

// Step is a line of the funnel: one municipality, or all of them together when
// Municipality is empty. Minutes are those of all visits.
type Step struct {
	Municipality                           string
	Visits, Contacted, Needs, Found, InUse int
	Minutes                                int
}

// HoursEach is how many hours each contacted organisation took, with one decimal;
// zero when none was.
func (s Step) HoursEach() float64 {
	if s.Contacted == 0 {
		return 0
	}
	return float64(s.Minutes) / 60 / float64(s.Contacted)
}

const funnelRows db.SQL = `SELECT v.municipality, v.org, v.minutes, n.state,
		EXISTS (SELECT 1 FROM flow_move AS m WHERE m.kind = 'need' AND m.subject = v.need AND m.to_state IN ('in_development', 'covered_by_existing', 'covered_by_other', 'covered')) AS found,
		EXISTS (SELECT 1 FROM flow_move AS m WHERE m.kind = 'need' AND m.subject = v.need AND m.to_state = 'covered') AS used,
		EXISTS (SELECT 1 FROM flow_move AS m WHERE m.kind = 'need_pool' AND m.subject = n.pool AND m.to_state IN ('in_development', 'covered_by_existing', 'covered_by_other', 'covered')) AS pool_found,
		EXISTS (SELECT 1 FROM flow_move AS m WHERE m.kind = 'need_pool' AND m.subject = n.pool AND m.to_state = 'covered') AS pool_used
	FROM outreach_visit AS v LEFT JOIN need AS n ON n.id = v.need /*where*/ ORDER BY v.municipality, v.org, v.id`

type funnelRow struct {
	Municipality string  `db:"municipality"`
	Org          string  `db:"org"`
	Minutes      int     `db:"minutes"`
	State        *string `db:"state"`
	Found        bool    `db:"found"`
	Used         bool    `db:"used"`
	PoolFound    bool    `db:"pool_found"`
	PoolUsed     bool    `db:"pool_used"`

	answer bool // in a mapping round, and no visit
}

// Funnel counts the visits that the actor may see, municipality by municipality,
// and all of them together, last.
func (s *Service) Funnel(ctx context.Context, actor access.Actor, f outreach.Filter) ([]Step, error) {
	var rows []funnelRow
	err := s.needs.Read(ctx, func(tx *db.Tx) error {
		statement, args := db.Query{Base: funnelRows, Where: f.Where(actor)}.Build()
		var err error
		if rows, err = db.List[funnelRow](ctx, tx, statement, args...); err != nil {
			return err
		}
		answers, err := answered(ctx, tx, actor, f)
		rows = append(rows, answers...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("funnel: %w", err)
	}
	counts := map[string]*tally{"": newTally()}
	var order []string
	for _, r := range rows {
		if counts[r.Municipality] == nil {
			counts[r.Municipality] = newTally()
			order = append(order, r.Municipality)
		}
		counts[r.Municipality].add(r)
		if r.Municipality != "" {
			counts[""].add(r)
		}
	}
	slices.Sort(order)
	var out []Step
	for _, m := range append(order, "") {
		out = append(out, counts[m].step(m))
	}
	return out, nil
}

// tally counts organisations once in each step.
type tally struct {
	visits, minutes           int
	contacted, need, got, use map[string]bool
}

func newTally() *tally {
	return &tally{contacted: map[string]bool{}, need: map[string]bool{}, got: map[string]bool{}, use: map[string]bool{}}
}

func (t *tally) add(r funnelRow) {
	if !r.answer {
		t.visits++
	}
	t.minutes += r.Minutes
	t.contacted[r.Org] = true
	if r.State == nil {
		return
	}
	t.need[r.Org] = true
	if r.Found || r.PoolFound {
		t.got[r.Org] = true
	}
	if r.Used || r.PoolUsed {
		t.use[r.Org] = true
	}
}

func (t *tally) step(m string) Step {
	return Step{Municipality: m, Visits: t.visits, Contacted: len(t.contacted), Needs: len(t.need), Found: len(t.got), InUse: len(t.use), Minutes: t.minutes}
}
