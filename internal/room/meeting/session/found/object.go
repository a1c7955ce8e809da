// Package found is how a meeting is found: its card where other things lead to it, and what
// a search looks in, which is only what all may read.
package found

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/session"
)

// Object is the kind of thing that a meeting is. That it is planned all may know;
// nothing hangs on it. It is found by its agenda as sent and its decisions as published.
func Object(room *session.Service) object.Kind {
	return object.Kind{Name: session.ObjectName, Label: "meeting.object", Path: "/moter/", Cards: cards, Search: &object.Search{Label: "meeting.objects", Documents: searched, Visible: visible,
		After: func(ctx context.Context, tx *db.Tx, id string) ([]string, error) {
			return db.List[string](ctx, tx, meetingsAfter, id)
		}},
		MayChange: func(ctx context.Context, tx *db.Tx, actor access.Actor, m string) error {
			_, _, err := room.Writing(ctx, tx, actor, session.ID(m))
			return err
		}}
}

func cards(ctx context.Context, tx *db.Tx, _ access.Actor, ids []string) ([]object.Card, error) {
	found, err := session.Some(ctx, tx, ids)
	if err != nil {
		return nil, fmt.Errorf("meetings: cards: %w", err)
	}
	out := make([]object.Card, len(found))
	for i, m := range found {
		out[i] = object.Card{Ref: object.Ref{ID: string(m.ID)}, Number: m.Day.String(), Title: i18n.Text{NB: m.BodyName}}
	}
	return out, nil
}
