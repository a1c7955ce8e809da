package project

import (
	"context"
	"fmt"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

const (
	idsAfter  db.SQL = `SELECT id FROM project WHERE id > $1 ORDER BY id LIMIT 25`
	takenWith db.SQL = `SELECT id FROM project WHERE id = $1 OR parent = $1 ORDER BY id`

	fragFound db.Fragment = "SELECT 1 FROM project AS p WHERE p.id = d.id"

	concerns db.SQL = `SELECT owner_org FROM project WHERE id = $1 AND owner_org IS NOT NULL ORDER BY 1`
)

// Object is the kind of thing that a project is.
func Object(s *Service) object.Kind {
	return object.Kind{Name: ObjectName, Label: "project.object", Path: "/prosjekter/", Cards: cards, Search: search(),
		MayChange: func(ctx context.Context, tx *db.Tx, actor access.Actor, p string) error {
			d, err := s.In(ctx, tx, actor, ID(p))
			if err == nil && !CanChange(actor, d) {
				err = fault.New(fault.Denied, "fault.denied")
			}
			return err
		}}
}

func byID(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]Project, error) {
	var w db.Where
	seen(&w, actor)
	db.In(&w, fragID, ids)
	return find(ctx, tx, w)
}

func cards(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
	found, err := byID(ctx, tx, actor, ids)
	out := make([]object.Card, len(found))
	for i, p := range found {
		out[i] = object.Card{Ref: object.Ref{ID: string(p.ID)}, Number: p.Number, Title: p.Title}
	}
	return out, err
}

// search lets anybody find the projects.
func search() *object.Search {
	return &object.Search{Label: "project.objects", Documents: documents,
		After: func(ctx context.Context, tx *db.Tx, id string) ([]string, error) {
			return db.List[string](ctx, tx, idsAfter, id)
		},
		Visible: func(w *db.Where, actor access.Actor) {
			var may db.Where
			seen(&may, actor)
			w.Exists(fragFound, may)
		},
		Touched: func(ctx context.Context, tx *db.Tx, s audit.Subject) ([]string, error) {
			if s.Kind != ObjectName {
				return nil, nil
			}
			return db.List[string](ctx, tx, takenWith, s.ID)
		},
	}
}

func documents(ctx context.Context, tx *db.Tx, ids []string) ([]object.Document, error) {
	found, err := byID(ctx, tx, access.SystemActor("search"), ids)
	if err != nil {
		return nil, fmt.Errorf("project: documents: %w", err)
	}
	out := make([]object.Document, len(found))
	for i, p := range found {
		out[i] = object.Document{ID: string(p.ID), Title: p.Title, Words: strings.Join(append([]string{p.Number, p.Code, p.Programme}, p.Aliases...), " "), Day: p.From,
			Text: i18n.Text{NB: written(p, i18n.NB), NN: written(p, i18n.NN), EN: written(p, i18n.EN)}}
	}
	return out, nil
}

// written is what is written about a project in the language itself.
func written(p Project, l i18n.Lang) string {
	var out []string
	for _, t := range []i18n.Text{p.Summary, p.Goal} {
		if s, in := t.In(l); in == l && s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, "\n")
}

// Concerns is the owner that is told of what happens with a project.
func Concerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	return db.List[access.OrgID](ctx, tx, concerns, id)
}

// Seen tells which of the projects the actor may know of, for lists of tasks.
func Seen(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	found, err := byID(ctx, tx, actor, ids)
	out := map[string]bool{}
	for _, p := range found {
		out[string(p.ID)] = true
	}
	return out, err
}
