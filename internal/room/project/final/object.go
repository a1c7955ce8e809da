package final

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/project"
)

// Object is the kind of thing that a final report is: it has the id of its project, and is open
// to all when it is approved.
func Object(s *Service) object.Kind {
	return object.Kind{Name: Kind, Label: "final.object", Path: "/sluttrapporter/", Cards: s.cards,
		MayChange: func(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
			_, _, err := s.writing(ctx, tx, actor, project.ID(id))
			return err
		}}
}

func (s *Service) cards(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
	var out []object.Card
	for _, id := range ids {
		d, err := s.Projects.In(ctx, tx, actor, project.ID(id))
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		row, err := db.Get[reportRow](ctx, tx, getReport, d.ID)
		if fault.Is(err, fault.NotFound) || err == nil && row.State != Approved && row.State != Sent && !writes(actor, d) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, object.Card{Ref: object.Ref{ID: id}, Number: d.Number, Title: d.Title})
	}
	return out, nil
}

// Seen tells which of the reports the actor may know of, for lists of tasks.
func (s *Service) Seen(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	list, err := s.cards(ctx, tx, actor, ids)
	out := map[string]bool{}
	for _, c := range list {
		out[c.Ref.ID] = true
	}
	return out, err
}
