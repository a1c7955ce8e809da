package measure

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/support"
)

// PackageID names a package.
type PackageID = id.Of[Package]

// MaxCards is the most measures of a package.
const MaxCards = 30

// Pack is what a package says: the measures for a goal, in the order they are done. Open is that
// all may see it; else the editors alone.
type Pack struct {
	Title i18n.Text    `json:"title"`
	Goal  i18n.Text    `json:"goal"`
	Words i18n.Text    `json:"words"`
	Cards []support.ID `json:"-"`
	Open  bool         `json:"-"`
}

// Package is measures gathered for a goal. Measures are those that the reader may see.
type Package struct {
	ID   PackageID
	Slug string
	Pack
	Measures []Measure
	Version  int64
}

const (
	insertPackage db.SQL = `INSERT INTO measure_package (id, slug, texts, open, made_by, made_at, version) VALUES ($1, $2, $3, $4, $5, $6, 1)`
	updatePackage db.SQL = `UPDATE measure_package SET texts = $1, open = $2, version = version + 1 WHERE id = $3 AND version = $4`
	listPackages  db.SQL = `SELECT id, slug, texts, open, version FROM measure_package /*where*/ ORDER BY slug, id`
	putCard       db.SQL = `INSERT INTO measure_package_card (package, card, nr) VALUES ($1, $2, $3)`
	dropCards     db.SQL = `DELETE FROM measure_package_card WHERE package = $1`
	cardsOf       db.SQL = `SELECT card FROM measure_package_card WHERE package = $1 ORDER BY nr, card`

	fragSlug db.Fragment = "slug"
	fragIn   db.Fragment = "id IN (SELECT package FROM measure_package_card WHERE card = ?)"
)

type packageRow struct {
	ID      PackageID `db:"id"`
	Slug    string    `db:"slug"`
	Texts   string    `db:"texts"`
	Open    bool      `db:"open"`
	Version int64     `db:"version"`
}

func (s *Service) packages(ctx context.Context, tx *db.Tx, actor access.Actor, w db.Where) ([]Package, error) {
	statement, args := db.Query{Base: listPackages, Where: w}.Build()
	rows, err := db.List[packageRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, err
	}
	var out []Package
	for _, r := range rows {
		if !r.Open && support.CanEdit(actor) != nil {
			continue
		}
		p := Package{ID: r.ID, Slug: r.Slug, Version: r.Version}
		if err := json.Unmarshal([]byte(r.Texts), &p.Pack); err != nil {
			return nil, fmt.Errorf("package %s: %w", r.Slug, err)
		}
		p.Open = r.Open
		if p.Cards, err = db.List[support.ID](ctx, tx, cardsOf, r.ID); err != nil {
			return nil, err
		}
		var cards db.Where
		db.In(&cards, fragCard, p.Cards)
		if p.Measures, err = s.find(ctx, tx, actor, cards); err != nil {
			return nil, err
		}
		p.Measures = slices.DeleteFunc(p.Measures, func(m Measure) bool { return !IsOpen(m.State) })
		slices.SortFunc(p.Measures, func(a, b Measure) int {
			return slices.Index(p.Cards, a.Card.ID) - slices.Index(p.Cards, b.Card.ID)
		})
		out = append(out, p)
	}
	return out, nil
}

// Packages are those that the actor may see; with a card those that it is in.
func (s *Service) Packages(ctx context.Context, actor access.Actor, with support.ID) ([]Package, error) {
	var w db.Where
	if with != "" {
		w.And(fragIn, with)
	}
	var out []Package
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.packages(ctx, tx, actor, w)
		return err
	})
}

// Package is the package with the slug, or NotFound.
func (s *Service) Package(ctx context.Context, actor access.Actor, slug string) (Package, error) {
	var out Package
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var w db.Where
		db.In(&w, fragSlug, []string{slug})
		found, err := s.packages(ctx, tx, actor, w)
		switch {
		case err != nil:
			return err
		case len(found) == 0:
			return fault.Missing()
		}
		out = found[0]
		return nil
	})
}

func (p Pack) check() (Pack, error) {
	var fs fault.Fields
	for name, t := range map[string]*i18n.Text{"title": &p.Title, "goal": &p.Goal, "words": &p.Words} {
		*t = cleanText(*t)
		checkText(&fs, name, *t, MaxText)
	}
	if slug(p.Title.NB) == "" {
		fs.Add("title_nb", "form.error.required")
	}
	if len(p.Cards) == 0 || len(p.Cards) > MaxCards {
		fs.Add("cards", "measure.error.cards", "max", MaxCards)
	}
	return p, fs.Err()
}

// slug is the address of a title: letters and digits with hyphens between.
func slug(title string) string {
	folded := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		}
		return ' '
	}, text.Fold(title))
	words := strings.Fields(folded)
	if len(words) > 8 {
		words = words[:8]
	}
	return strings.Join(words, "-")
}

// SavePackage stores a package, and answers its slug: a new one when at is empty. version is
// that which the editor saw.
func (s *Service) SavePackage(ctx context.Context, actor access.Actor, at string, version int64, in Pack) (string, error) {
	if err := support.CanEdit(actor); err != nil {
		return "", err
	}
	in, err := in.check()
	if err != nil {
		return "", err
	}
	texts, err := json.Marshal(in)
	if err != nil {
		return "", err
	}
	out := at
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		var cards db.Where
		db.In(&cards, fragCard, in.Cards)
		known, err := s.find(ctx, tx, actor, cards)
		if err != nil {
			return err
		}
		if len(known) != len(in.Cards) {
			return fault.InvalidField("cards", "form.error.choice")
		}
		if at == "" {
			out = slug(in.Title.NB)
			return s.putPackage(ctx, tx, actor, out, in)
		}
		var w db.Where
		db.In(&w, fragSlug, []string{at})
		old, err := s.packages(ctx, tx, actor, w)
		switch {
		case err != nil:
			return err
		case len(old) == 0:
			return fault.Missing()
		}
		if err := db.ExecOne(ctx, tx, updatePackage, string(texts), in.Open, old[0].ID, version); err != nil {
			return err
		}
		return s.putCards(ctx, tx, actor, old[0].ID, in)
	})
}

// putPackage stores a new package under the slug.
func (s *Service) putPackage(ctx context.Context, tx *db.Tx, actor access.Actor, slug string, in Pack) error {
	texts, err := json.Marshal(in)
	if err != nil {
		return err
	}
	p := id.New[Package]()
	_, err = db.Exec(ctx, tx, insertPackage, p, slug, string(texts), in.Open, actor.Label(), s.Clock.Now())
	switch {
	case fault.Is(err, fault.Conflict):
		return fault.InvalidField("title_nb", "measure.error.package_taken")
	case err != nil:
		return err
	}
	return s.putCards(ctx, tx, actor, p, in)
}

func (s *Service) putCards(ctx context.Context, tx *db.Tx, actor access.Actor, p PackageID, in Pack) error {
	if _, err := db.Exec(ctx, tx, dropCards, p); err != nil {
		return err
	}
	for i, c := range in.Cards {
		if _, err := db.Exec(ctx, tx, putCard, p, c, i+1); err != nil {
			return err
		}
	}
	audit.Record(tx, s.Clock.Now(), actor, ActionPackage, audit.Subject{Kind: "measure_package", ID: string(p)}, audit.Field("title", "", in.Title.NB), audit.Field("cards", "", len(in.Cards)))
	return nil
}
