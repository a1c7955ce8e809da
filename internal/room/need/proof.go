package need

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Prover knows what shows that a need or a pooled need is covered: that people
// have learned what was asked for, or somebody is employed. The room itself
// knows nothing of that.
type Prover interface {
	// Stands reports whether it is shown that the need is covered. It writes
	// nothing, as pages ask it before they offer the move.
	Stands(ctx context.Context, tx *db.Tx, s flow.Subject) (bool, error)
	// Said keeps the word of an owner or an adviser, in the transaction that
	// moves the need on that word.
	Said(ctx context.Context, tx *db.Tx, by access.Actor, s flow.Subject, note string) error
}

// ProvedBy lets the prover show that needs are covered. Without one, an
// owner's or an adviser's word is the only way. It is called before the
// service is used.
func (s *Service) ProvedBy(p Prover) { s.prover = p }

// Proved is asked at each move to covered, of a need or a pooled need, in the
// transaction that moves it. Those who have the need say themselves that it is
// covered, and so does their adviser; for anybody else it must be shown. It
// answers Conflict when it is not.
func (s *Service) Proved(ctx context.Context, tx *db.Tx, by access.Actor, of flow.Subject, as []flow.Party, note string) error {
	ok, err := s.provable(ctx, tx, by, of, as)
	if err == nil && !ok {
		err = fault.New(fault.Conflict, "need.error.no_evidence")
	}
	if err != nil || s.prover == nil || !speaksForOwner(as) {
		return err
	}
	return s.prover.Said(ctx, tx, by, of, note)
}

// provable reports whether the move to covered would be let through.
func (s *Service) provable(ctx context.Context, tx *db.Tx, by access.Actor, of flow.Subject, as []flow.Party) (bool, error) {
	if by.IsSystem() || speaksForOwner(as) {
		return true, nil
	}
	if s.prover == nil {
		return false, nil
	}
	return s.prover.Stands(ctx, tx, of)
}

// speaksForOwner reports whether the parties' word is the owner's.
func speaksForOwner(as []flow.Party) bool {
	return slices.Contains(as, flow.Owner) || slices.Contains(as, flow.Adviser)
}
