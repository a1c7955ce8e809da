package admission

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

const (
	insertLink db.SQL = `INSERT INTO application_link (application, token, made_at) VALUES ($1, $2, $3)`
	linkOf     db.SQL = `SELECT token FROM application_link WHERE application = $1`
	ofLink     db.SQL = `SELECT application FROM application_link WHERE token = $1`
)

// tokenBytes makes a link nobody can guess.
const tokenBytes = 18

// byLink is who acts with the link: the one the application is for, without an account.
var byLink = access.SystemActor("admission.link")

// withToken is the application that the link is for, for her who has it, or NotFound.
func (s *Service) withToken(ctx context.Context, tx *db.Tx, token string) (Application, error) {
	of, err := db.Get[ID](ctx, tx, ofLink, token)
	if err != nil {
		return Application{}, err
	}
	a, err := load(ctx, tx, of)
	a.Mine = []flow.Party{flow.Learner}
	return a, err
}

// ByToken is the application of her who has the link, or NotFound.
func (s *Service) ByToken(ctx context.Context, token string) (Detail, error) {
	var out Detail
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		a, err := s.withToken(ctx, tx, token)
		if err != nil {
			return err
		}
		out, err = s.detail(ctx, tx, a)
		return err
	})
}

// MoveByToken is Move for her who has the link.
func (s *Service) MoveByToken(ctx context.Context, token string, m Moving) (Application, error) {
	var out Application
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		a, err := s.withToken(ctx, tx, token)
		if err != nil {
			return err
		}
		def, ok := Flow().Move(a.State, m.To)
		if ok && !slices.Contains(def.By, flow.Learner) {
			return fault.New(fault.Denied, "flow.error.not_yours")
		}
		out, err = s.moveIn(ctx, tx, byLink, a, m)
		return err
	})
}

// link is the token of the link of one that somebody else applied for; empty for one who
// applied herself.
func (s *Service) link(ctx context.Context, tx *db.Tx, a Application) (string, error) {
	token, err := db.Get[string](ctx, tx, linkOf, a.ID)
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("application %s: link: %w", a.ID, err)
	}
	return token, nil
}
