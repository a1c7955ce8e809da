package measure

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/support"
)

const concerns db.SQL = `SELECT COALESCE(owner, suggested_by) AS org FROM measure WHERE card = $1 AND COALESCE(owner, suggested_by) IS NOT NULL
	UNION SELECT offered FROM measure WHERE card = $1 AND offered IS NOT NULL ORDER BY 1`

// Concerns are the organisations that are told of what happens with a measure: its owner, who
// suggested it while nobody owns it, and who is asked to take over.
func Concerns(ctx context.Context, tx *db.Tx, card string) ([]access.OrgID, error) {
	return db.List[access.OrgID](ctx, tx, concerns, card)
}

// SaidPeople is who said it, and SaidConcerns the owner of the measure.
func SaidPeople(ctx context.Context, tx *db.Tx, x string) ([]access.AccountID, error) {
	return db.List[access.AccountID](ctx, tx, saidPeople, x)
}

// SaidConcerns is the owner of the measure that somebody says something of.
func SaidConcerns(ctx context.Context, tx *db.Tx, x string) ([]access.OrgID, error) {
	return db.List[access.OrgID](ctx, tx, saidOrgs, x)
}

// Seen tells which of the measures the actor may know of, for lists of tasks.
func (s *Service) Seen(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	var w db.Where
	db.In(&w, fragCard, ids)
	list, err := s.find(ctx, tx, actor, w)
	out := map[string]bool{}
	for _, m := range list {
		out[string(m.Card.ID)] = true
	}
	return out, err
}

// SeenSaid tells it of what is said.
func (s *Service) SeenSaid(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	var w db.Where
	db.In(&w, fragID, ids)
	list, err := s.saids(ctx, tx, actor, w)
	out := map[string]bool{}
	for _, x := range list {
		out[string(x.ID)] = true
	}
	return out, err
}

// SaidObject is the kind of thing that somebody's words of a measure are: named by the measure,
// and seen by the sender, those who answer, and all once it is shown.
func SaidObject(s *Service) object.Kind {
	return object.Kind{Name: SaidKind, Label: "measure.said.object", Path: "/tilbakemeldinger/",
		Cards: func(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
			var w db.Where
			db.In(&w, fragID, ids)
			list, err := s.saids(ctx, tx, actor, w)
			if err != nil {
				return nil, err
			}
			var out []object.Card
			for _, x := range list {
				c, err := support.In(ctx, tx, x.Card)
				if err != nil {
					return nil, err
				}
				out = append(out, object.Card{Ref: object.Ref{ID: string(x.ID)}, Title: c.Title})
			}
			return out, nil
		},
		MayChange: func(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
			x, err := s.said(ctx, tx, actor, SaidID(id))
			if err == nil && !x.Answers {
				err = fault.New(fault.Denied, "fault.denied")
			}
			return err
		}}
}
