package position

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

const (
	positionsAfter db.SQL = `SELECT id FROM position WHERE id > $1 ORDER BY id LIMIT 25`
	concerned      db.SQL = `SELECT employer FROM position WHERE id = $1
		UNION SELECT represented_by FROM position WHERE id = $1 AND represented_by IS NOT NULL
		UNION SELECT provider FROM position WHERE id = $1 AND state <> 'draft' ORDER BY 1`
	concernedByInterest db.SQL = `SELECT COALESCE(p.represented_by, p.employer) AS org FROM position_interest AS i JOIN position AS p ON p.id = i.position
		WHERE i.id = $1 ORDER BY org`

	fragFound db.Fragment = `SELECT 1 FROM position AS p WHERE p.id = d.id AND p.state IN ('published', 'hired', 'in_education', 'qualified')`
)

// Object is the kind of thing that a position is.
func Object(s *Service) object.Kind {
	return object.Kind{Name: FlowKind, Label: "position.object", Path: "/stillinger/", Cards: s.cards, Search: s.search(),
		MayChange: func(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
			p, err := s.seen(ctx, tx, actor, ID(id))
			if err == nil && len(p.Mine) == 0 {
				err = fault.New(fault.Denied, "fault.denied")
			}
			return err
		},
		IsDraft: func(ctx context.Context, tx *db.Tx, id string) (bool, error) {
			p, err := load(ctx, tx, ID(id))
			return p.State == Draft, err
		}}
}

// visible are those of the positions that the actor may know of.
func (s *Service) visible(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]Position, error) {
	var w db.Where
	db.In(&w, fragID, ids)
	found, err := find(ctx, tx, w)
	if err != nil {
		return nil, err
	}
	var out []Position
	for _, p := range found {
		if p.Mine, err = s.parties(ctx, tx, actor, p); err != nil {
			return nil, err
		}
		if IsOpen(p.State) || len(p.Mine) > 0 {
			out = append(out, p)
		}
	}
	return out, nil
}

func (s *Service) cards(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
	list, err := s.visible(ctx, tx, actor, ids)
	out := make([]object.Card, len(list))
	for i, p := range list {
		out[i] = object.Card{Ref: object.Ref{ID: string(p.ID)}, Number: p.Number, Title: i18n.Text{NB: p.Title}, Municipalities: []string{p.Municipality}}
	}
	return out, err
}

// Seen tells which of the positions the actor may know of, for lists of tasks.
func (s *Service) Seen(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	list, err := s.visible(ctx, tx, actor, ids)
	out := map[string]bool{}
	for _, p := range list {
		out[string(p.ID)] = true
	}
	return out, err
}

// search lets anybody find the positions that are open to all.
func (s *Service) search() *object.Search {
	return &object.Search{Label: "position.objects", Documents: s.documents,
		After: func(ctx context.Context, tx *db.Tx, id string) ([]string, error) {
			return db.List[string](ctx, tx, positionsAfter, id)
		},
		Visible: func(w *db.Where, _ access.Actor) { w.Exists(fragFound, db.Where{}) },
		Touched: func(context.Context, *db.Tx, audit.Subject) ([]string, error) { return nil, nil },
	}
}

func (s *Service) documents(ctx context.Context, tx *db.Tx, ids []string) ([]object.Document, error) {
	list, err := s.visible(ctx, tx, access.Actor{}, ids)
	if err != nil {
		return nil, fmt.Errorf("positions: documents: %w", err)
	}
	if err := s.named(ctx, tx, list); err != nil {
		return nil, err
	}
	out := make([]object.Document, len(list))
	for i, p := range list {
		out[i] = object.Document{ID: string(p.ID), Number: p.Number, Title: i18n.Text{NB: p.Title}, Text: i18n.Text{NB: p.Required + "\n" + p.Words},
			Words: p.EmployerName, Municipalities: []string{p.Municipality}, Day: p.PublishedAt.Date()}
	}
	return out, nil
}

// Concerns are the organisations that a position is about: the employer, who acts for it,
// and the provider once it has been asked.
func Concerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	return db.List[access.OrgID](ctx, tx, concerned, id)
}

// InterestConcerns is who is told of interest: the employer, or who acts for it. Nobody else
// hears of it.
func InterestConcerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	return db.List[access.OrgID](ctx, tx, concernedByInterest, id)
}

// InterestObject is the kind of thing that interest in a position is, in notices: known
// to whoever showed it and to the employer.
func InterestObject(s *Service) object.Kind {
	return object.Kind{Name: InterestKind, Label: "position.interest.object", Path: "/stillingsinteresse/",
		MayChange: func(context.Context, *db.Tx, access.Actor, string) error {
			return fault.New(fault.Denied, "fault.denied")
		},
		Cards: func(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
			var w db.Where
			db.In(&w, fragInterest, ids)
			found, err := interests(ctx, tx, w)
			if err != nil {
				return nil, err
			}
			var out []object.Card
			for _, i := range found {
				p, err := s.seen(ctx, tx, actor, i.Position)
				if fault.Is(err, fault.NotFound) {
					continue
				}
				if err != nil {
					return nil, err
				}
				if p.Is(flow.Employer) || actor.Account == i.Account {
					out = append(out, object.Card{Ref: object.Ref{ID: string(i.ID)}, Number: p.Number, Title: i18n.Text{NB: p.Title}})
				}
			}
			return out, nil
		}}
}

// PositionOf is the position that an interest is in, for whoever may know of the
// interest, or NotFound.
func (s *Service) PositionOf(ctx context.Context, actor access.Actor, i InterestID) (ID, error) {
	var out ID
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		cards, err := InterestObject(s).Cards(ctx, tx, actor, []string{string(i)})
		if err != nil {
			return err
		}
		if len(cards) == 0 {
			return fault.Missing()
		}
		var w db.Where
		db.In(&w, fragInterest, []InterestID{i})
		found, err := interests(ctx, tx, w)
		if err == nil && len(found) > 0 {
			out = found[0].Position
		}
		return err
	})
}
