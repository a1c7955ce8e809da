package centre

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

const (
	centresAfter db.SQL = `SELECT id FROM centre WHERE id > $1 ORDER BY id LIMIT 25`
	wishConcerns db.SQL = `SELECT c.org FROM centre_wish AS w JOIN centre AS c ON c.id = w.centre WHERE w.id = $1 ORDER BY c.org`
	wishPeople   db.SQL = `SELECT proposer AS account FROM centre_wish WHERE id = $1 AND proposer IS NOT NULL
		UNION SELECT account FROM centre_waiting WHERE wish = $1 ORDER BY 1`

	fragFound db.Fragment = `SELECT 1 FROM centre AS c WHERE c.id = d.id`
)

// Object is the kind of thing that a centre is: open to all, and found by what its page says.
func Object(s *Service) object.Kind {
	return object.Kind{Name: ObjectName, Label: "centre.object", Path: "/studiesenter/", Cards: s.cards, Search: &object.Search{Label: "centre.objects", Documents: s.documents,
		After: func(ctx context.Context, tx *db.Tx, id string) ([]string, error) {
			return db.List[string](ctx, tx, centresAfter, id)
		},
		Visible: func(w *db.Where, _ access.Actor) { w.Exists(fragFound, db.Where{}) },
		Touched: func(context.Context, *db.Tx, audit.Subject) ([]string, error) { return nil, nil },
	},
		MayChange: func(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
			c, err := s.In(ctx, tx, actor, ID(id))
			if err == nil && !c.Runs {
				err = fault.New(fault.Denied, "fault.denied")
			}
			return err
		}}
}

func (s *Service) some(ctx context.Context, tx *db.Tx, ids []string) ([]Centre, error) {
	var w db.Where
	db.In(&w, fragCentre, ids)
	return s.find(ctx, tx, access.Actor{}, w)
}

func (s *Service) cards(ctx context.Context, tx *db.Tx, _ access.Actor, ids []string) ([]object.Card, error) {
	list, err := s.some(ctx, tx, ids)
	out := make([]object.Card, len(list))
	for i, c := range list {
		out[i] = object.Card{Ref: object.Ref{ID: string(c.ID)}, Title: i18n.Text{NB: c.Name}, Municipalities: []string{c.Municipality}}
	}
	return out, err
}

func (s *Service) documents(ctx context.Context, tx *db.Tx, ids []string) ([]object.Document, error) {
	list, err := s.some(ctx, tx, ids)
	out := make([]object.Document, len(list))
	for i, c := range list {
		out[i] = object.Document{ID: string(c.ID), Title: i18n.Text{NB: c.Name}, Text: i18n.Text{NB: c.About + "\n" + c.Services}, Municipalities: []string{c.Municipality}}
	}
	return out, err
}

// WishObject is the kind of thing that a wish is.
func WishObject(s *Service) object.Kind {
	return object.Kind{Name: WishKind, Label: "centre.wish.object", Path: "/studieonsker/",
		Cards: func(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
			list, err := s.someWishes(ctx, tx, actor, ids)
			out := make([]object.Card, len(list))
			for i, w := range list {
				out[i] = object.Card{Ref: object.Ref{ID: string(w.ID)}, Number: w.Number, Title: i18n.Text{NB: w.Title}}
			}
			return out, err
		},
		MayChange: func(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
			w, err := s.wish(ctx, tx, actor, WishID(id))
			if err == nil && !w.Runs {
				err = fault.New(fault.Denied, "fault.denied")
			}
			return err
		}}
}

func (s *Service) someWishes(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]Wish, error) {
	var w db.Where
	db.In(&w, fragWish, ids)
	return s.wishes(ctx, tx, actor, w)
}

// SeenWishes tells which of the wishes the actor may know of, for lists of tasks.
func (s *Service) SeenWishes(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	list, err := s.someWishes(ctx, tx, actor, ids)
	out := map[string]bool{}
	for _, w := range list {
		out[string(w.ID)] = true
	}
	return out, err
}

// WishConcerns is the centre that is told of a wish, WishPeople those who proposed it and who
// wait for it.
func WishConcerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	return db.List[access.OrgID](ctx, tx, wishConcerns, id)
}

// WishPeople are those who proposed the wish and who wait for it.
func WishPeople(ctx context.Context, tx *db.Tx, id string) ([]access.AccountID, error) {
	return db.List[access.AccountID](ctx, tx, wishPeople, id)
}
