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
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/support"
)

// Beginning is what a start page says. Groups are those whose measures it shows, Packages the
// slugs of its packages.
type Beginning struct {
	Title    i18n.Text             `json:"title"`
	Lead     i18n.Text             `json:"lead"`
	Groups   []support.TargetGroup `json:"groups"`
	Packages []string              `json:"packages"`
}

// Start is where a programme begins.
type Start struct {
	Slug string
	Beginning
	Version int64
}

const (
	insertStart db.SQL = `INSERT INTO measure_start (slug, texts, groups, packages, nr, changed_by, changed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)`
	updateStart db.SQL = `UPDATE measure_start SET texts = $1, groups = $2, packages = $3, changed_by = $4, changed_at = $5, version = version + 1 WHERE slug = $6 AND version = $7`
	listStarts  db.SQL = `SELECT slug, texts, groups, packages, version FROM measure_start /*where*/ ORDER BY nr, slug`
	countStarts db.SQL = `SELECT COUNT(*) FROM measure_start`
)

type startRow struct {
	Slug     string `db:"slug"`
	Texts    string `db:"texts"`
	Groups   string `db:"groups"`
	Packages string `db:"packages"`
	Version  int64  `db:"version"`
}

// startTexts are those of a start page that are stored as JSON.
type startTexts struct {
	Title i18n.Text `json:"title"`
	Lead  i18n.Text `json:"lead"`
}

// CanStart is nil for those who write start pages: the county.
func CanStart(a access.Actor) error {
	if a.IsSystem() || a.Has(access.RoleCaseOfficer) {
		return nil
	}
	return fault.New(fault.Denied, "fault.denied")
}

func starts(ctx context.Context, tx *db.Tx, w db.Where) ([]Start, error) {
	statement, args := db.Query{Base: listStarts, Where: w}.Build()
	rows, err := db.List[startRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, err
	}
	out := make([]Start, len(rows))
	for i, r := range rows {
		var t startTexts
		if err := json.Unmarshal([]byte(r.Texts), &t); err != nil {
			return nil, fmt.Errorf("start page %s: %w", r.Slug, err)
		}
		out[i] = Start{Slug: r.Slug, Version: r.Version, Beginning: Beginning{Title: t.Title, Lead: t.Lead, Groups: text.Typed[support.TargetGroup](strings.Fields(r.Groups)), Packages: strings.Fields(r.Packages)}}
	}
	return out, nil
}

// Starts are the start pages.
func (s *Service) Starts(ctx context.Context) ([]Start, error) {
	var out []Start
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = starts(ctx, tx, db.Where{})
		return err
	})
}

// Start is the start page with the slug, or NotFound.
func (s *Service) Start(ctx context.Context, slug string) (Start, error) {
	var out Start
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var w db.Where
		db.In(&w, fragSlug, []string{slug})
		found, err := starts(ctx, tx, w)
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

func (b Beginning) check() (Beginning, error) {
	var fs fault.Fields
	b.Title, b.Lead = cleanText(b.Title), cleanText(b.Lead)
	checkText(&fs, "title", b.Title, MaxLine)
	checkText(&fs, "lead", b.Lead, MaxText)
	if slug(b.Title.NB) == "" {
		fs.Add("title_nb", "form.error.required")
	}
	if len(b.Groups) == 0 {
		fs.Add("groups", "form.error.required")
	}
	if slices.ContainsFunc(b.Groups, func(g support.TargetGroup) bool { return !slices.Contains(support.TargetGroups(), g) }) {
		fs.Add("groups", "form.error.choice")
	}
	return b, fs.Err()
}

// SaveStart stores a start page, and answers its slug: a new one when at is empty.
func (s *Service) SaveStart(ctx context.Context, actor access.Actor, at string, version int64, in Beginning) (string, error) {
	if err := CanStart(actor); err != nil {
		return "", err
	}
	in, err := in.check()
	if err != nil {
		return "", err
	}
	out := at
	if at == "" {
		out = slug(in.Title.NB)
	}
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		for _, p := range in.Packages {
			var w db.Where
			db.In(&w, fragSlug, []string{p})
			known, err := s.packages(ctx, tx, actor, w)
			if err != nil {
				return err
			}
			if len(known) == 0 {
				return fault.InvalidField("packages", "form.error.choice")
			}
		}
		return s.storeStart(ctx, tx, actor, out, at == "", version, in)
	})
}

func (s *Service) storeStart(ctx context.Context, tx *db.Tx, actor access.Actor, slug string, add bool, version int64, in Beginning) error {
	texts, err := json.Marshal(startTexts{in.Title, in.Lead})
	if err != nil {
		return err
	}
	now, groups, packages := s.Clock.Now(), strings.Join(text.Strings(in.Groups), " "), strings.Join(in.Packages, " ")
	audit.Record(tx, now, actor, ActionStart, audit.Subject{Kind: "measure_start", ID: slug}, audit.Field("title", "", in.Title.NB))
	if !add {
		return db.ExecOne(ctx, tx, updateStart, string(texts), groups, packages, actor.Label(), now, slug, version)
	}
	n, err := db.Scalar[int](ctx, tx, countStarts)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, insertStart, slug, string(texts), groups, packages, n+1, actor.Label(), now)
	if fault.Is(err, fault.Conflict) {
		return fault.InvalidField("title_nb", "measure.error.package_taken")
	}
	return err
}
