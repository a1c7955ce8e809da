package admission

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

const (
	concerned db.SQL = `SELECT provider FROM application WHERE id = $1
		UNION SELECT COALESCE(represented_by, employer) FROM application WHERE id = $1 AND employer_sees AND employer IS NOT NULL ORDER BY 1`
	applicants db.SQL = `SELECT applicant FROM application WHERE id = $1 AND applicant IS NOT NULL AND applicant <> 'erased' ORDER BY applicant`
)

// Object is the kind of thing that an application is. It is never searched for.
func Object(s *Service) object.Kind {
	return object.Kind{Name: FlowKind, Label: "admission.object", Path: "/soknader/", Cards: s.cards,
		MayChange: func(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
			a, err := s.seen(ctx, tx, actor, ID(id))
			if err == nil && len(a.Mine) == 0 {
				err = fault.New(fault.Denied, "fault.denied")
			}
			return err
		}}
}

// visible are those of the applications that the actor may know of.
func (s *Service) visible(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]Application, error) {
	var w db.Where
	db.In(&w, fragID, ids)
	found, err := find(ctx, tx, w)
	if err != nil {
		return nil, err
	}
	var out []Application
	for _, a := range found {
		sees, err := s.look(ctx, tx, actor, &a)
		if err != nil {
			return nil, err
		}
		if sees {
			out = append(out, a)
		}
	}
	return out, nil
}

func (s *Service) cards(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
	list, err := s.visible(ctx, tx, actor, ids)
	out := make([]object.Card, len(list))
	for i, a := range list {
		out[i] = object.Card{Ref: object.Ref{ID: string(a.ID)}, Number: a.Number, Title: i18n.Text{NB: a.Title}}
	}
	return out, err
}

// Seen tells which of the applications the actor may know of, for lists of tasks.
func (s *Service) Seen(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	list, err := s.visible(ctx, tx, actor, ids)
	out := map[string]bool{}
	for _, a := range list {
		out[string(a.ID)] = true
	}
	return out, err
}

// Concerns are the organisations that an application is about: the provider, and the
// employer that nominated her or that she lets know.
func Concerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	return db.List[access.OrgID](ctx, tx, concerned, id)
}

// ProviderOf is whose record an application is.
func ProviderOf(ctx context.Context, tx *db.Tx, id string) (access.OrgID, error) {
	a, err := load(ctx, tx, ID(id))
	return a.Provider, err
}

// People are the accounts that an application is about: her who applied for herself.
func People(ctx context.Context, tx *db.Tx, id string) ([]access.AccountID, error) {
	return db.List[access.AccountID](ctx, tx, applicants, id)
}
