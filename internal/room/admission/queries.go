package admission

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

const (
	offersDue db.SQL = `SELECT a.id FROM application AS a JOIN flow_item AS f ON f.kind = 'application' AND f.subject = a.id
		WHERE a.state = 'offered' AND f.due < $1 ORDER BY a.number_key, a.id`
	aheadInQueue db.SQL = `SELECT count(*) FROM application WHERE offering = $1 AND state = 'queued' AND queue_nr < $2`
)

// Detail is an application with its history. Ahead is how many wait before her, for one in
// the queue.
type Detail struct {
	Application
	Ahead int
	Steps []flow.Step
}

// Get is the application as the actor sees it, or NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, of ID) (Detail, error) {
	var out Detail
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		a, err := s.seen(ctx, tx, actor, of)
		if err != nil {
			return err
		}
		out.Application = a
		if a.State == Queued {
			if out.Ahead, err = db.Scalar[int](ctx, tx, aheadInQueue, a.Offering, a.QueueNr); err != nil {
				return err
			}
		}
		out.Steps, err = flow.History(ctx, tx, flowOf(of))
		return err
	})
}

// Of lists the applications for an offering, the oldest first, for its provider; anybody
// else is Denied.
func (s *Service) Of(ctx context.Context, actor access.Actor, offering string) ([]Application, error) {
	var out []Application
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		e, err := s.Offerings.Entry(ctx, tx, actor, offering)
		if err != nil {
			return err
		}
		if !actor.IsSystem() && !actor.HasAt(e.Provider, access.RoleProviderUser) {
			return fault.New(fault.Denied, "fault.denied")
		}
		var w db.Where
		db.In(&w, fragOffering, []string{offering})
		out, err = s.list(ctx, tx, actor, w)
		return err
	})
}

// Mine lists the actor's own applications, and those that her organisations have made for
// their people, the oldest first.
func (s *Service) Mine(ctx context.Context, actor access.Actor) ([]Application, error) {
	var of []db.Where
	if actor.Account != "" {
		var w db.Where
		db.In(&w, fragApplicant, []access.AccountID{actor.Account})
		of = append(of, w)
	}
	if orgs := actor.Orgs(NominatorRoles()...); len(orgs) > 0 {
		var w db.Where
		db.In(&w, fragEmployer, orgs)
		of = append(of, w)
	}
	if len(of) == 0 {
		return nil, nil
	}
	var w db.Where
	w.Or(of...)
	var out []Application
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.list(ctx, tx, actor, w)
		return err
	})
}

// list is those of the applications that the actor may see.
func (s *Service) list(ctx context.Context, tx *db.Tx, actor access.Actor, w db.Where) ([]Application, error) {
	found, err := find(ctx, tx, w)
	var out []Application
	for _, a := range found {
		if a.Mine = s.parties(actor, a); len(a.Mine) > 0 {
			out = append(out, a)
		}
	}
	return out, err
}

// Sweep withdraws the places that nobody took by the day they were offered to, and gives
// them to the next who wait.
func (s *Service) Sweep(ctx context.Context) error {
	var due []ID
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		due, err = db.List[ID](ctx, tx, offersDue, s.Clock.Today())
		return err
	})
	for _, a := range due {
		if err != nil {
			break
		}
		_, err = s.Move(ctx, promoting, a, Moving{To: Withdrawn, From: Offered})
		if fault.Is(err, fault.Stale) { // she took it in the meantime
			err = nil
		}
	}
	return err
}
