package casework

import (
	"context"
	"fmt"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
)

// DocumentKind is the kind of thing that a document of a case is. Files hang on
// documents, so each follows the ground of its own.
const DocumentKind = "case_document"

const casesAfter db.SQL = `SELECT id FROM case_file WHERE id > $1 ORDER BY id LIMIT 25`

// Object is the kind of thing that a case is. Nothing hangs on a case itself: files
// hang on its documents.
func Object(s *Service) object.Kind {
	return object.Kind{Name: FlowKind, Label: "case.object", Path: "/saker/", Cards: s.cards,
		MayChange: func(context.Context, *db.Tx, access.Actor, string) error {
			return fault.New(fault.Denied, "fault.denied")
		},
		Search: &object.Search{Label: "case.objects", Documents: s.searched, Visible: visible,
			After: func(ctx context.Context, tx *db.Tx, id string) ([]string, error) {
				return db.List[string](ctx, tx, casesAfter, id)
			}}}
}

// DocumentObject is the kind of thing that a document of a case is.
func DocumentObject(s *Service) object.Kind {
	return object.Kind{Name: DocumentKind, Label: "case.object.document", Path: "/saksdokumenter/", Cards: s.documentCards, MayChange: s.mayChangeDocument}
}

func (s *Service) cards(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
	r, err := s.reader(ctx, tx, actor)
	if err != nil {
		return nil, err
	}
	var w db.Where
	db.In(&w, fragCase, ids)
	found, err := find(ctx, tx, w, s.Clock.Today())
	if err != nil {
		return nil, fmt.Errorf("cases: cards: %w", err)
	}
	all, err := TreatmentsOf(ctx, tx, typed(ids)...)
	if err != nil {
		return nil, err
	}
	var out []object.Card
	for _, c := range found {
		switch r.sight(c, treating(all[c.ID])) {
		case None:
			continue
		case Neutral:
			c.Title = c.PublicTitle
		}
		out = append(out, object.Card{Ref: object.Ref{Kind: FlowKind, ID: string(c.ID)}, Number: c.Number.String(), Title: i18n.Text{NB: c.Title}})
	}
	return out, nil
}

func typed(ids []string) []ID {
	out := make([]ID, len(ids))
	for i, x := range ids {
		out[i] = ID(x)
	}
	return out
}

func (s *Service) documentCards(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
	var w db.Where
	db.In(&w, fragDocument, ids)
	docs, err := documents(ctx, tx, w)
	if err != nil {
		return nil, err
	}
	r, err := s.reader(ctx, tx, actor)
	if err != nil {
		return nil, err
	}
	var out []object.Card
	for _, d := range docs {
		c, sight, list, err := s.seen(ctx, tx, actor, d.Case)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if sight == Neutral || d.Ground != "" && sight != Writes && !r.within(c, treating(list)) {
			continue
		}
		out = append(out, object.Card{Ref: object.Ref{Kind: DocumentKind, ID: string(d.ID)}, Number: fmt.Sprintf("%s-%d", c.Number, d.Nr), Title: i18n.Text{NB: d.Title}})
	}
	return out, nil
}

func (s *Service) mayChangeDocument(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
	d, err := document(ctx, tx, DocumentID(id))
	if err != nil {
		return err
	}
	_, err = s.Writing(ctx, tx, actor, d.Case)
	return err
}

// Thing is the thing of the house that an address is the page of, and whether it is
// one. A whole address is read by its path.
func (s *Service) Thing(href string) (object.Ref, bool) {
	if _, rest, ok := strings.Cut(href, "://"); ok {
		_, path, _ := strings.Cut(rest, "/")
		href = "/" + path
	}
	href, _, _ = strings.Cut(href, "#")
	href, _, _ = strings.Cut(href, "?")
	if s.Objects == nil {
		return object.Ref{}, false
	}
	for _, k := range s.Objects.All() {
		if rest, ok := strings.CutPrefix(href, k.Path); ok && k.Path != "" && rest != "" {
			id, _, _ := strings.Cut(rest, "/")
			if len(id) == 36 {
				return object.Ref{Kind: k.Name, ID: id}, true
			}
		}
	}
	return object.Ref{}, false
}

// fragFoundCase and the others are the rule of what a search finds.
const (
	fragFoundCase  db.Fragment = "SELECT 1 FROM case_file AS c JOIN flow_item AS f ON f.kind = 'case' AND f.subject = c.id WHERE c.id = d.id"
	fragFoundState db.Fragment = "f.state"
)

// visible lets anybody find what all may read: open cases that have been issued. A
// closed case is found by nobody; those who may read it find it in the list of cases.
func visible(w *db.Where, _ access.Actor) {
	var open db.Where
	open.And(fragOpen)
	db.In(&open, fragFoundState, issued())
	w.Exists(fragFoundCase, open)
}

// searched are the open cases that have been issued, with the words of the paper as
// it was issued last.
func (s *Service) searched(ctx context.Context, tx *db.Tx, ids []string) ([]object.Document, error) {
	var w db.Where
	db.In(&w, fragCase, ids)
	w.And(fragOpen)
	db.In(&w, fragState, issued())
	found, err := find(ctx, tx, w, s.Clock.Today())
	if err != nil {
		return nil, err
	}
	all, err := TreatmentsOf(ctx, tx, typed(ids)...)
	if err != nil {
		return nil, err
	}
	var out []object.Document
	for _, c := range found {
		d := object.Document{ID: string(c.ID), Number: c.Number.String(), Title: i18n.Text{NB: c.Title}, Day: c.CreatedAt.Date(), Words: c.BodyName + " " + c.Officer}
		for _, t := range all[c.ID] {
			d.Words += " " + t.Number
		}
		docs, err := documentsOf(ctx, tx, c.ID)
		if err != nil {
			return nil, err
		}
		kept, err := casepaper.Versions(ctx, tx, c.ID)
		if err != nil {
			return nil, err
		}
		if list := readable(kept, docs, false, false); len(list) > 0 {
			d.Text = i18n.Text{NB: list[0].Frozen.Words()}
		}
		out = append(out, d)
	}
	return out, nil
}

// Seen tells which of the cases the actor may know the flow of: the labels of steps
// are read by who writes the case or reads it whole.
func (s *Service) Seen(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	cards, err := s.cards(ctx, tx, actor, ids)
	out := map[string]bool{}
	for _, c := range cards {
		out[c.Ref.ID] = true
	}
	return out, err
}

const archiveOf db.SQL = `SELECT archive FROM case_file WHERE id = $1`

// Concerns is the organisation whose record a case is, which decides on what is to
// be taken away from it.
func Concerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	return db.List[access.OrgID](ctx, tx, archiveOf, id)
}
