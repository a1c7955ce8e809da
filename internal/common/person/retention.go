package person

import (
	"context"
	"errors"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Rule deletes what has passed its time of one kind of the register, or of a part
// of it, and tells how much that was. Sweep works in the database alone:
// WouldRetain tries it out in a transaction that is undone. A rule about what lies
// outside the database has Outside instead, which with try only counts.
type Rule struct {
	// Kind is the id of the register's kind.
	Kind    string
	Sweep   func(ctx context.Context, tx *db.Tx) (int64, error)
	Outside func(ctx context.Context, try bool) (int64, error)
}

// Swept is how much a rule deleted, or would delete.
type Swept struct {
	Kind string
	N    int64
}

// ActionRetain is written once a night when something was deleted.
const ActionRetain audit.Action = "person.retain"

// errTry ends a transaction that is only tried.
var errTry = errors.New("only tried")

// Retain deletes what has passed its time, rule by rule, each in a transaction of
// its own, and answers how much. The system does so every night.
func (s *Service) Retain(ctx context.Context) ([]Swept, error) {
	var out []Swept
	for _, rule := range s.Rules {
		n, err := s.sweep(ctx, rule, false)
		if err != nil {
			return out, err
		}
		out = append(out, Swept{rule.Kind, n})
	}
	return out, nil
}

// WouldRetain is what Retain would delete now. Nothing is deleted. For
// administrators.
func (s *Service) WouldRetain(ctx context.Context, actor access.Actor) ([]Swept, error) {
	if !actor.Has(access.RoleSysadmin) {
		return nil, fault.Missing()
	}
	var out []Swept
	for _, rule := range s.Rules {
		n, err := s.sweep(ctx, rule, true)
		if err != nil {
			return out, err
		}
		out = append(out, Swept{rule.Kind, n})
	}
	return out, nil
}

func (s *Service) sweep(ctx context.Context, rule Rule, try bool) (n int64, err error) {
	if rule.Outside != nil {
		if n, err = rule.Outside(ctx, try); err != nil || try || n == 0 {
			return n, err
		}
	}
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		if rule.Outside != nil {
			s.retained(tx, rule, n)
			return nil
		}
		var err error
		if n, err = rule.Sweep(ctx, tx); err != nil {
			return fmt.Errorf("retention: %s: %w", rule.Kind, err)
		}
		if try {
			return errTry
		}
		if n > 0 {
			s.retained(tx, rule, n)
		}
		return nil
	})
	if errors.Is(err, errTry) {
		err = nil
	}
	return n, err
}

func (s *Service) retained(tx *db.Tx, rule Rule, n int64) {
	audit.Record(tx, s.Clock.Now(), access.SystemActor("retention"), ActionRetain, audit.Subject{Kind: "retention", ID: rule.Kind}, audit.Field("rows", "", n))
}

// SweepRequests deletes requests that were answered RequestsKept days ago.
func SweepRequests(ctx context.Context, tx *db.Tx, today clock.Date) (int64, error) {
	return db.Exec(ctx, tx, sweepRequests, clock.StartOfDay(today.AddDays(-RequestsKept)))
}
