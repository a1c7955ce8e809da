package meeting

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
)

// ObjectName is the name of the kind.
const ObjectName = "body"

// Object is the kind of thing that a body is. Bodies are open to all.
func Object(s *Service) object.Kind {
	return object.Kind{Name: ObjectName, Label: "body.object", Path: "/organ/", Cards: s.cards, Search: s.search(),
		MayChange: func(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
			_, err := s.toChange(ctx, tx, actor, BodyID(id))
			return err
		}}
}

func (s *Service) cards(ctx context.Context, tx *db.Tx, _ access.Actor, ids []string) ([]object.Card, error) {
	found, err := s.byID(ctx, tx, ids)
	if err != nil {
		return nil, fmt.Errorf("bodies: cards: %w", err)
	}
	out := make([]object.Card, len(found))
	for i, b := range found {
		out[i] = object.Card{Ref: object.Ref{ID: string(b.ID)}, Title: i18n.Text{NB: b.Name}, Municipalities: s.municipalities(b)}
	}
	return out, nil
}

func (s *Service) byID(ctx context.Context, tx *db.Tx, ids []string) ([]Body, error) {
	var w db.Where
	db.In(&w, fragID, ids)
	return find(ctx, tx, w, s.clock.Today())
}

// municipalities are those of the body's region, today's and earlier numbers.
func (s *Service) municipalities(b Body) []string {
	if b.Region == "" {
		return nil
	}
	members, err := s.places.MembersAt(b.Region, s.clock.Today())
	if err != nil {
		return nil // a region that the register has dropped covers nothing
	}
	numbers := make([]string, len(members))
	for i, m := range members {
		numbers[i] = string(m.Number)
	}
	return numbers
}

const (
	bodiesAfter db.SQL = `SELECT id FROM body WHERE id > $1 ORDER BY id LIMIT 25`

	fragFound db.Fragment = "SELECT 1 FROM body AS b WHERE b.id = d.id"
)

// search lets anybody find a body by its name, what is said of it, and who has
// seats in it.
func (s *Service) search() *object.Search {
	return &object.Search{Label: "body.objects", Documents: s.documents,
		After: func(ctx context.Context, tx *db.Tx, id string) ([]string, error) {
			return db.List[string](ctx, tx, bodiesAfter, id)
		},
		Visible: func(w *db.Where, _ access.Actor) { w.Exists(fragFound, db.Where{}) },
	}
}

func (s *Service) documents(ctx context.Context, tx *db.Tx, ids []string) ([]object.Document, error) {
	found, err := s.byID(ctx, tx, ids)
	if err != nil {
		return nil, fmt.Errorf("bodies: documents: %w", err)
	}
	today := s.clock.Today()
	out := make([]object.Document, len(found))
	for i, b := range found {
		seats, err := SeatsOf(ctx, tx, b.ID, today)
		if err != nil {
			return nil, err
		}
		out[i] = object.Document{ID: string(b.ID), Title: i18n.Text{NB: b.Name}, Text: i18n.Text{NB: b.About}, Words: members(seats, today),
			Municipalities: s.municipalities(b)}
	}
	return out, nil
}

// members are the names of those with seats today, a line each.
func members(seats []Seat, today clock.Date) string {
	seen, out := map[string]bool{}, ""
	for _, s := range seats {
		if s.HoldsOn(today) && !seen[s.OrgName] {
			seen[s.OrgName] = true
			out += s.OrgName + "\n"
		}
	}
	return text.CleanMultiline(out)
}
