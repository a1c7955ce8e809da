package org

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
)

// The name that an organisation has on the day, or the nearest one before it:
// every organisation is listed once, also one whose name has ended.
const listBase db.SQL = `SELECT o.id, o.kind, o.orgno, o.municipality, n.name, n.short, n.name_sort, s.state
	FROM organisation AS o JOIN organisation_name AS n ON n.org = o.id LEFT JOIN organisation_standing AS s ON s.org = o.id
	WHERE n.nr = (SELECT COALESCE(MAX(x.nr), 0) FROM organisation_name AS x
		WHERE x.org = o.id AND (x.from_day IS NULL OR x.from_day <= $1)) /*and*/`

const countBase db.SQL = `SELECT COUNT(*) FROM organisation AS o /*where*/`

const (
	fragKind         db.Fragment = "o.kind"
	fragMunicipality db.Fragment = "o.municipality"
	fragMatches      db.Fragment = `EXISTS (SELECT 1 FROM organisation_name AS m WHERE m.org = o.id
			AND (m.name_key LIKE ? ESCAPE '\' OR m.name_fold LIKE ? ESCAPE '\' OR m.short_key LIKE ? ESCAPE '\'))
		OR EXISTS (SELECT 1 FROM organisation_alias AS a WHERE a.org = o.id AND a.alias_key LIKE ? ESCAPE '\') OR o.orgno = ?`
	fragPrincipalOf db.Fragment = `EXISTS (SELECT 1 FROM mandate AS m WHERE m.principal = o.id AND m.intermediary = ?
		AND m.from_day <= ? AND (m.to_day IS NULL OR m.to_day >= ?))`
	fragNameSort db.Fragment = "n.name_sort"
	fragID       db.Fragment = "o.id"
)

// Filter narrows a list of organisations. Zero fields narrow nothing.
type Filter struct {
	// Text is looked for in names of any time, short forms and aliases, and as
	// an organisation number.
	Text         string
	Kinds        []Kind
	Municipality string
	// PrincipalOf lists those the intermediary has a mandate from today.
	PrincipalOf ID
	After       string
	Limit       int
}

// Entry is an organisation in a list, under the name it has today. State is how
// it stands in Enhetsregisteret, empty when it has not been looked up.
type Entry struct {
	ID           ID
	Kind         Kind
	OrgNo        string
	Municipality string
	Name, Short  string
	State        brreg.State
}

type entryRow struct {
	ID           ID      `db:"id"`
	Kind         Kind    `db:"kind"`
	OrgNo        *string `db:"orgno"`
	Municipality string  `db:"municipality"`
	Name         string  `db:"name"`
	Short        string  `db:"short"`
	NameSort     string  `db:"name_sort"`
	State        *string `db:"state"`
}

// List lists organisations in the alphabetical order of today's names, with
// the total of all pages. The register is open to everybody; who may ask for
// PrincipalOf is for the caller to decide.
func (s *Service) List(ctx context.Context, f Filter) (db.Paged[Entry], int, error) {
	today := s.clock.Today()
	where := f.where(today)
	var out db.Paged[Entry]
	var total int64
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		out = db.Paged[Entry]{}
		q := db.Query{Base: listBase, Args: []any{today}, Where: where}
		page := db.Page{Order: db.Order{Key: fragNameSort, ID: fragID}, After: f.After, Limit: f.Limit}
		rows, err := db.ListPage(ctx, tx, q, page, func(r entryRow) (any, string) { return r.NameSort, string(r.ID) })
		if err != nil {
			return err
		}
		out.Next = rows.Next
		for _, r := range rows.Items {
			e := Entry{ID: r.ID, Kind: r.Kind, Municipality: r.Municipality, Name: r.Name, Short: r.Short}
			if r.OrgNo != nil {
				e.OrgNo = *r.OrgNo
			}
			if r.State != nil {
				e.State = brreg.State(*r.State)
			}
			out.Items = append(out.Items, e)
		}
		statement, args := db.Query{Base: countBase, Where: where}.Build()
		total, err = db.Scalar[int64](ctx, tx, statement, args...)
		return err
	})
	if err != nil {
		return out, 0, fmt.Errorf("organisations: list: %w", err)
	}
	return out, int(total), nil
}

func (f Filter) where(today clock.Date) db.Where {
	var w db.Where
	if k := key(f.Text); k != "" {
		pattern := "%" + db.EscapeLike(k) + "%"
		no, _ := text.ParseOrgNumber(f.Text)
		w.And(fragMatches, pattern, "%"+db.EscapeLike(text.Fold(f.Text))+"%", pattern, pattern, no)
	}
	if len(f.Kinds) > 0 {
		db.In(&w, fragKind, f.Kinds)
	}
	if f.Municipality != "" {
		db.In(&w, fragMunicipality, []string{f.Municipality})
	}
	if f.PrincipalOf != "" {
		w.And(fragPrincipalOf, f.PrincipalOf, today, today)
	}
	return w
}

// Get is the organisation with all its names and aliases, or NotFound.
func (s *Service) Get(ctx context.Context, o ID) (Organisation, error) {
	var out Organisation
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = Get(ctx, tx, o)
		return err
	})
	return out, err
}

// Find is Resolve in a transaction of its own.
func (s *Service) Find(ctx context.Context, written string) (ID, error) {
	var out ID
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.Resolve(ctx, tx, written)
		return err
	})
	return out, err
}

// Resolve finds the one organisation that a text names: its number, a name of
// any time, its short form, or an alias; case, hyphens and "AS" at the end do
// not count. It answers NotFound for none and Conflict for several.
func (s *Service) Resolve(ctx context.Context, tx *db.Tx, written string) (ID, error) {
	if no, err := text.ParseOrgNumber(written); err == nil {
		row, err := db.Get[orgRow](ctx, tx, getByOrgNo, no)
		if err == nil || !fault.Is(err, fault.NotFound) {
			return row.ID, err
		}
	}
	k := key(strings.TrimSpace(written))
	if k == "" {
		return "", fault.Missing()
	}
	hits, err := db.List[ID](ctx, tx, findExact, k)
	switch {
	case err != nil:
		return "", fmt.Errorf("organisation: resolve: %w", err)
	case len(hits) == 0:
		return "", fault.Missing()
	case len(hits) > 1:
		return "", fault.New(fault.Conflict, "org.error.ambiguous")
	}
	return hits[0], nil
}

// KnowsMunicipality reports whether an organisation may lie in the
// municipality with the number.
func (s *Service) KnowsMunicipality(number string) bool { return s.knownMunicipality(number) }

// Providers lists the organisations that offer education, in the alphabetical order of
// today's names.
func (s *Service) Providers(ctx context.Context) ([]Entry, error) {
	f := Filter{Kinds: slices.DeleteFunc(Kinds(), func(k Kind) bool { return !k.IsProvider() }), Limit: db.MaxLimit}
	var out []Entry
	for {
		page, _, err := s.List(ctx, f)
		if err != nil {
			return nil, err
		}
		out = append(out, page.Items...)
		if f.After = page.Next; f.After == "" {
			return out, nil
		}
	}
}
