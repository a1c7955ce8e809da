// Package plan is the milestones on the way to the qualification of somebody who has got a job
// with education (KAU-5): gatherings, modules and whatever else. The employer, the one who got
// the job and the provider have it together and see the same; nobody else reads it.
//
// The employer and the provider write it, also in one step from the gatherings of the
// education. Any of the three says that a milestone is done, or that it was not.
//
// Words: plan = plan, milepel = milestone.
//
// Table: position_milestone.
package plan

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/position"
	"kompetansetorg/internal/room/position/agreement"
)

// MilestoneID names a milestone.
type MilestoneID = id.Of[Milestone]

// ParseMilestoneID reads the id of a milestone from outside.
func ParseMilestoneID(s string) (MilestoneID, error) { return id.Parse[Milestone](s) }

// The actions of the audit log.
const (
	ActionWrite audit.Action = "plan.write"
	ActionDone  audit.Action = "plan.done"
)

// MaxWhat is how long a milestone may be, in characters, MaxMilestones how many a plan has.
const (
	MaxWhat       = 200
	MaxMilestones = 100
)

// Sort is what a milestone is.
type Sort string

// The sorts.
const (
	Gathering Sort = "gathering"
	Module    Sort = "module"
	Other     Sort = "other"
)

// Sorts lists them in the order pages show them.
func Sorts() []Sort { return []Sort{Gathering, Module, Other} }

// Label is the sort's name.
func (s Sort) Label() i18n.Key { return i18n.Key("plan.sort." + string(s)) }

// Milestone is a step on the way. Due is the day it should be done by, zero for none; DoneOn
// when it was, zero until then, and As which of the three said so.
type Milestone struct {
	ID     MilestoneID
	Sort   Sort
	What   string
	Due    clock.Date
	DoneOn clock.Date
	As     agreement.Party
}

// IsLate reports whether it should have been done before the day.
func (m Milestone) IsLate(today clock.Date) bool {
	return m.DoneOn.IsZero() && !m.Due.IsZero() && today.After(m.Due)
}

// Plan is the milestones as one of the three reads them, by the day they are due.
type Plan struct {
	agreement.Agreement
	Milestones []Milestone
}

// Done is how many are done.
func (p Plan) Done() int {
	n := 0
	for _, m := range p.Milestones {
		if !m.DoneOn.IsZero() {
			n++
		}
	}
	return n
}

// Next is the first that is not done, and whether there is one.
func (p Plan) Next() (Milestone, bool) {
	i := slices.IndexFunc(p.Milestones, func(m Milestone) bool { return m.DoneOn.IsZero() })
	if i < 0 {
		return Milestone{}, false
	}
	return p.Milestones[i], true
}

// CanWrite reports whether the reader may add milestones and take them away.
func (p Plan) CanWrite() bool {
	return (p.Is(agreement.Employer) || p.Is(agreement.Provider)) && p.IsOpen()
}

// IsOpen reports whether the position is on its way.
func (p Plan) IsOpen() bool {
	return p.Position.State == position.Hired || p.Position.State == position.InEducation
}

// Deps is what the plan needs. Gatherings are those of the education that the programme is, as
// its provider has planned them; none for an education that is not known.
type Deps struct {
	DB         *db.DB
	Clock      clock.Clock
	Agreements *agreement.Service
	Gatherings func(ctx context.Context, tx *db.Tx, programme string) ([]Writing, error)
}

// Service is the use cases of plans.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

const (
	insertMilestone db.SQL = `INSERT INTO position_milestone (id, position, sort, what, due, done_on, done_as, made_by, made_at) VALUES ($1, $2, $3, $4, $5, NULL, '', $6, $7)`
	setDone         db.SQL = `UPDATE position_milestone SET done_on = $1, done_as = $2 WHERE id = $3 AND position = $4`
	deleteMilestone db.SQL = `DELETE FROM position_milestone WHERE id = $1 AND position = $2 AND done_on IS NULL`
	listMilestones  db.SQL = `SELECT id, sort, what, due, done_on, done_as FROM position_milestone WHERE position = $1 ORDER BY COALESCE(due, '9999-12-31'), made_at, id`
)

type row struct {
	ID     MilestoneID     `db:"id"`
	Sort   Sort            `db:"sort"`
	What   string          `db:"what"`
	Due    db.Date         `db:"due"`
	DoneOn db.Date         `db:"done_on"`
	As     agreement.Party `db:"done_as"`
}

func (s *Service) in(ctx context.Context, tx *db.Tx, actor access.Actor, p position.ID) (Plan, error) {
	a, err := s.Agreements.In(ctx, tx, actor, p)
	if err != nil {
		return Plan{}, err
	}
	rows, err := db.List[row](ctx, tx, listMilestones, p)
	out := Plan{Agreement: a, Milestones: make([]Milestone, len(rows))}
	for i, r := range rows {
		out.Milestones[i] = Milestone(r)
	}
	return out, err
}

// Get is the plan of the position for one of the three, NotFound for all others.
func (s *Service) Get(ctx context.Context, actor access.Actor, p position.ID) (Plan, error) {
	var out Plan
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.in(ctx, tx, actor, p)
		return err
	})
}

func (s *Service) write(ctx context.Context, actor access.Actor, p position.ID, action audit.Action, fn func(tx *db.Tx, now Plan, at clock.Time) (audit.Change, error)) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		now, err := s.in(ctx, tx, actor, p)
		switch {
		case err != nil:
			return err
		case !now.IsOpen():
			return fault.New(fault.Conflict, "position.error.not_now")
		case action == ActionWrite && !now.CanWrite():
			return fault.New(fault.Denied, "fault.denied")
		}
		at := s.Clock.Now()
		changed, err := fn(tx, now, at)
		if err == nil {
			audit.Record(tx, at, actor, action, audit.Subject{Kind: position.FlowKind, ID: string(p)}, changed)
		}
		return err
	})
}

// Writing is a milestone to be added.
type Writing struct {
	Sort Sort
	What string
	Due  clock.Date
}

// Add adds a milestone, for the employer and the provider.
func (s *Service) Add(ctx context.Context, actor access.Actor, p position.ID, in Writing) error {
	in.What = text.CleanLine(in.What)
	var fs fault.Fields
	fs.Text("what", in.What, MaxWhat, true)
	if !slices.Contains(Sorts(), in.Sort) {
		fs.Add("sort", "form.error.required")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.write(ctx, actor, p, ActionWrite, func(tx *db.Tx, now Plan, at clock.Time) (audit.Change, error) {
		if len(now.Milestones) >= MaxMilestones {
			return audit.Change{}, fault.New(fault.Conflict, "plan.error.full", "max", MaxMilestones)
		}
		return audit.Field("milestone", "", in.What), insert(ctx, tx, actor, p, in, at)
	})
}

func insert(ctx context.Context, tx *db.Tx, actor access.Actor, p position.ID, in Writing, at clock.Time) error {
	if _, err := db.Exec(ctx, tx, insertMilestone, id.New[Milestone](), p, in.Sort, in.What, in.Due, actor.Label(), at); err != nil {
		return fmt.Errorf("plan of position %s: %w", p, err)
	}
	return nil
}

// Propose adds the gatherings of the education that are not in the plan, and answers how many
// they were.
func (s *Service) Propose(ctx context.Context, actor access.Actor, p position.ID) (int, error) {
	n := 0
	return n, s.write(ctx, actor, p, ActionWrite, func(tx *db.Tx, now Plan, at clock.Time) (audit.Change, error) {
		list, err := s.Gatherings(ctx, tx, now.Position.Programme)
		if err != nil {
			return audit.Change{}, err
		}
		n = 0
		for _, in := range list {
			in.Sort, in.What = Gathering, text.CleanLine(in.What)
			if slices.ContainsFunc(now.Milestones, func(m Milestone) bool { return m.Sort == Gathering && m.What == in.What && m.Due == in.Due }) || len(now.Milestones)+n >= MaxMilestones {
				continue
			}
			if err := insert(ctx, tx, actor, p, in, at); err != nil {
				return audit.Change{}, err
			}
			n++
		}
		if n == 0 {
			return audit.Change{}, fault.New(fault.Conflict, "plan.error.nothing")
		}
		return audit.Field("gatherings", 0, n), nil
	})
}

// Remove takes a milestone away that is not done.
func (s *Service) Remove(ctx context.Context, actor access.Actor, p position.ID, m MilestoneID) error {
	return s.write(ctx, actor, p, ActionWrite, func(tx *db.Tx, _ Plan, _ clock.Time) (audit.Change, error) {
		return audit.Field("milestone", m, ""), db.ExecOne(ctx, tx, deleteMilestone, m, p)
	})
}

// Tick says that a milestone is done today, or takes that back.
func (s *Service) Tick(ctx context.Context, actor access.Actor, p position.ID, m MilestoneID, done bool) error {
	return s.write(ctx, actor, p, ActionDone, func(tx *db.Tx, now Plan, at clock.Time) (audit.Change, error) {
		if !slices.ContainsFunc(now.Milestones, func(x Milestone) bool { return x.ID == m }) {
			return audit.Change{}, fault.Missing()
		}
		var on clock.Date
		var as agreement.Party
		if done {
			on, as = at.Date(), now.Mine[0]
		}
		return audit.Field("milestone", m, done), db.ExecOne(ctx, tx, setDone, on, as, m, p)
	})
}
