package agreement

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/position"
)

// Service is the use cases of agreements.
type Service struct {
	DB        *db.DB
	Clock     clock.Clock
	Positions *position.Service
}

// New makes the room, without whose yes no position goes on to the education.
func New(d *db.DB, c clock.Clock, positions *position.Service) *Service {
	s := &Service{DB: d, Clock: c, Positions: positions}
	positions.Asked = append(positions.Asked, s.begins)
	return s
}

// begins refuses that the education begins before all three have said yes.
func (s *Service) begins(ctx context.Context, tx *db.Tx, actor access.Actor, p position.Position, to flow.State) error {
	if to != position.InEducation {
		return nil
	}
	a, err := s.load(ctx, tx, actor, p.ID)
	if err == nil && !a.IsFrozen() {
		err = fault.New(fault.Conflict, "agreement.error.first")
	}
	return err
}

// load is the agreement whoever asks, with what the actor is in it.
func (s *Service) load(ctx context.Context, tx *db.Tx, actor access.Actor, p position.ID) (Agreement, error) {
	of, err := s.Positions.Within(ctx, tx, actor, p)
	if err != nil {
		return Agreement{}, err
	}
	out, err := latest(ctx, tx, p)
	if err != nil {
		return out, err
	}
	out.Position = of
	for party, as := range map[Party]flow.Party{Employer: flow.Employer, Provider: flow.Provider} {
		if of.Is(as) {
			out.Mine = append(out.Mine, party)
		}
	}
	if out.Candidate != "" && out.Candidate == actor.Account {
		out.Mine = append(out.Mine, Candidate)
	}
	return out, nil
}

// seen is the agreement for one of the three, or NotFound. Before the position is hired
// there is nothing to agree on.
func (s *Service) seen(ctx context.Context, tx *db.Tx, actor access.Actor, p position.ID) (Agreement, error) {
	a, err := s.load(ctx, tx, actor, p)
	if err == nil && (len(a.Mine) == 0 || a.Nr == 0 && a.Position.State != position.Hired) {
		err = fault.Missing()
	}
	return a, err
}

// In is the agreement of the position for one of the three, for other parts of the house in
// their transaction; NotFound for all others.
func (s *Service) In(ctx context.Context, tx *db.Tx, actor access.Actor, p position.ID) (Agreement, error) {
	return s.seen(ctx, tx, actor, p)
}

// Get is the agreement of the position for one of the three, NotFound for all others.
func (s *Service) Get(ctx context.Context, actor access.Actor, p position.ID) (Agreement, error) {
	var out Agreement
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.seen(ctx, tx, actor, p)
		return err
	})
}

// Write makes a new version, which all three are asked about anew. nr is the version that
// the writer saw. The candidate is one who has shown interest in the position, or was
// named in a version before.
func (s *Service) Write(ctx context.Context, actor access.Actor, p position.ID, nr int64, terms Terms) error {
	terms, err := terms.tidied()
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.seen(ctx, tx, actor, p)
		switch {
		case err != nil:
			return err
		case !old.Is(Employer):
			return fault.New(fault.Denied, "fault.denied")
		case !old.CanWrite():
			return fault.New(fault.Conflict, "agreement.error.frozen")
		case old.Nr != nr:
			return fault.New(fault.Stale, "fault.stale")
		}
		if terms.Candidate != "" && terms.Candidate != old.Candidate {
			shown, err := s.Positions.HasShown(ctx, tx, p, terms.Candidate)
			if err != nil {
				return err
			}
			if !shown {
				return fault.InvalidField("candidate", "form.error.choice")
			}
		}
		now := s.Clock.Now()
		if _, err := db.Exec(ctx, tx, insertVersion, p, nr+1, terms.Candidate, terms.Name, terms.WorkHours, terms.StudyHours, terms.Pay, terms.Gatherings, terms.Duration, terms.Goal,
			terms.Start, actor.Label(), now); err != nil {
			return fmt.Errorf("agreement of position %s: %w", p, err)
		}
		audit.Record(tx, now, actor, ActionWrite, subject(p), audit.Field("version", old.Nr, nr+1))
		return s.pass(ctx, tx, actor, p, WasWritten)
	})
}

// Say is the yes of a party to the version nr: the actor's own, or that of a candidate
// without an account, who said it on the day. To an older version it is refused.
func (s *Service) Say(ctx context.Context, actor access.Actor, p position.ID, nr int64, party Party, on clock.Date) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		a, err := s.seen(ctx, tx, actor, p)
		switch {
		case err != nil:
			return err
		case a.Nr != nr:
			return fault.New(fault.Stale, "agreement.error.older")
		case !slices.Contains(a.MaySay(), party):
			return fault.New(fault.Conflict, "agreement.error.not_now")
		}
		today := s.Clock.Today()
		if a.Is(party) {
			on = today
		}
		switch {
		case on.IsZero():
			return fault.InvalidField("on", "form.error.required")
		case on.After(today), on.Before(a.WrittenAt.Date()):
			return fault.InvalidField("on", "agreement.error.day")
		}
		now := s.Clock.Now()
		if _, err := db.Exec(ctx, tx, insertYes, p, nr, party, on, actor.Label(), now); err != nil {
			return fmt.Errorf("agreement of position %s: yes: %w", p, err)
		}
		audit.Record(tx, now, actor, ActionYes, subject(p), audit.Field("version", "", nr), audit.Field("party", "", string(party)))
		return s.pass(ctx, tx, actor, p, WasAgreed)
	})
}

// pass gives the position to who is asked next, and tells what happened.
func (s *Service) pass(ctx context.Context, tx *db.Tx, actor access.Actor, p position.ID, what happening.What) error {
	a, err := s.load(ctx, tx, actor, p)
	if err != nil {
		return err
	}
	ball := a.ball(s.Clock.Today())
	if err := flow.Pass(ctx, tx, flow.Subject{Kind: position.FlowKind, ID: string(p)}, ball); err != nil {
		return err
	}
	if a.IsFrozen() {
		what = WasFrozen
	}
	happening.Record(tx, s.Clock.Now(), actor, happening.Happening{Kind: Kind, ID: string(p), What: what, Mark: fmt.Sprintf("%d-%d", a.Nr, len(a.Yeses)), Next: ball})
	return nil
}

// Forget takes an account that is deleted out of the agreements: what was agreed stays,
// without who it was. A yes that she has not said is then written down by the employer.
func (s *Service) Forget(ctx context.Context, tx *db.Tx, account access.AccountID) error {
	of, err := db.List[position.ID](ctx, tx, agreementsOf, account)
	if err != nil {
		return fmt.Errorf("agreements of an account: %w", err)
	}
	if _, err := db.Exec(ctx, tx, forgetCandidate, account); err != nil {
		return fmt.Errorf("agreements: forget: %w", err)
	}
	for _, p := range of {
		a, err := s.load(ctx, tx, access.Actor{}, p)
		if err != nil {
			return err
		}
		if a.Position.State != position.Hired {
			continue
		}
		if err := flow.Pass(ctx, tx, flow.Subject{Kind: position.FlowKind, ID: string(p)}, a.ball(s.Clock.Today())); err != nil {
			return err
		}
	}
	return nil
}

// Sweep empties the names of those without an account in agreements of positions that
// ended more than position.KeptDays ago, and answers how many.
func (s *Service) Sweep(ctx context.Context, tx *db.Tx) (int64, error) {
	return db.Exec(ctx, tx, sweepNames, clock.At(s.Clock().AddDate(0, 0, -position.KeptDays)))
}

func subject(p position.ID) audit.Subject {
	return audit.Subject{Kind: position.FlowKind, ID: string(p)}
}
