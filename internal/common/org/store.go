package org

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/text"
)

const (
	insertOrg db.SQL = `INSERT INTO organisation (id, kind, orgno, parent, municipality, website, created_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 1)`
	insertName db.SQL = `INSERT INTO organisation_name (org, nr, name, short, name_fold, name_key, short_key, name_sort, from_day, to_day)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	updateName db.SQL = `UPDATE organisation_name SET name = $1, short = $2, name_fold = $3, name_key = $4, short_key = $5, name_sort = $6
		WHERE org = $7 AND nr = $8`
	closeName   db.SQL = `UPDATE organisation_name SET to_day = $1 WHERE org = $2 AND nr = $3 AND (to_day IS NULL OR to_day > $4)`
	insertAlias db.SQL = `INSERT INTO organisation_alias (org, alias, alias_key) VALUES ($1, $2, $3) ON CONFLICT (org, alias_key) DO NOTHING`
	dropAliases db.SQL = `DELETE FROM organisation_alias WHERE org = $1`
	updateOrg   db.SQL = `UPDATE organisation SET kind = $1, orgno = $2, municipality = $3, website = $4, parent = $5, version = version + 1
		WHERE id = $6 AND version = $7`
	getOrg     db.SQL = `SELECT id, kind, orgno, parent, municipality, website, created_at, version FROM organisation WHERE id = $1`
	getByOrgNo db.SQL = `SELECT id, kind, orgno, parent, municipality, website, created_at, version FROM organisation WHERE orgno = $1`
	namesOf    db.SQL = `SELECT org, nr, name, short, from_day, to_day FROM organisation_name WHERE org = $1 ORDER BY nr`
	aliasesOf  db.SQL = `SELECT alias FROM organisation_alias WHERE org = $1 ORDER BY alias_key`
	nameOn     db.SQL = `SELECT name FROM organisation_name WHERE org = $1 ORDER BY
		CASE WHEN (from_day IS NULL OR from_day <= $2) AND (to_day IS NULL OR to_day >= $2) THEN 0
			WHEN from_day IS NULL OR from_day <= $2 THEN 1 ELSE 2 END,
		CASE WHEN from_day IS NULL OR from_day <= $2 THEN -nr ELSE nr END LIMIT 1`
	findExact db.SQL = `SELECT org FROM (SELECT org FROM organisation_name WHERE name_key = $1
		UNION SELECT org FROM organisation_name WHERE short_key <> '' AND short_key = $1
		UNION SELECT org FROM organisation_alias WHERE alias_key = $1) AS hits ORDER BY org LIMIT 5`
	sameName db.SQL = `SELECT o.id, o.kind, o.orgno, o.parent, o.municipality, o.website, o.created_at, o.version FROM organisation AS o
		WHERE o.municipality = $1 AND EXISTS (SELECT 1 FROM organisation_name AS n WHERE n.org = o.id AND n.name_key = $2) ORDER BY o.id`
	bumpOrg db.SQL = `UPDATE organisation SET version = version + 1 WHERE id = $1 AND version = $2`

	insertMandate db.SQL = `INSERT INTO mandate (id, intermediary, principal, ground, from_day, to_day, recorded_by, recorded_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)`
	endMandate   db.SQL = `UPDATE mandate SET to_day = $1, version = version + 1 WHERE id = $2 AND version = $3`
	getMandate   db.SQL = `SELECT id, intermediary, principal, ground, from_day, to_day, recorded_at, version FROM mandate WHERE id = $1`
	mandateHolds db.SQL = `SELECT COUNT(*) FROM mandate WHERE intermediary = $1 AND principal = $2 AND from_day <= $3 AND (to_day IS NULL OR to_day >= $3)`
	mandatesOf   db.SQL = `SELECT id, intermediary, principal, ground, from_day, to_day, recorded_at, version FROM mandate
		WHERE (intermediary = $1 OR principal = $1) /*and*/ ORDER BY from_day DESC, id LIMIT 200`
)

const (
	fragIntermediary db.Fragment = "intermediary"
	fragPrincipal    db.Fragment = "principal"
)

type orgRow struct {
	ID           ID      `db:"id"`
	Kind         Kind    `db:"kind"`
	OrgNo        *string `db:"orgno"`
	Parent       *ID     `db:"parent"`
	Municipality string  `db:"municipality"`
	Website      string  `db:"website"`
	CreatedAt    db.Time `db:"created_at"`
	Version      int64   `db:"version"`
}

type nameRow struct {
	Org   ID      `db:"org"`
	Nr    int64   `db:"nr"`
	Name  string  `db:"name"`
	Short string  `db:"short"`
	From  db.Date `db:"from_day"`
	To    db.Date `db:"to_day"`
}

type mandateRow struct {
	ID           MandateID `db:"id"`
	Intermediary ID        `db:"intermediary"`
	Principal    ID        `db:"principal"`
	Ground       string    `db:"ground"`
	From         db.Date   `db:"from_day"`
	To           db.Date   `db:"to_day"`
	RecordedAt   db.Time   `db:"recorded_at"`
	Version      int64     `db:"version"`
}

func (r mandateRow) mandate() Mandate {
	return Mandate(r)
}

// orNull stores an empty text as NULL, where a column is unique or a reference.
func orNull[T ~string](s T) any {
	if s == "" {
		return nil
	}
	return string(s)
}

func insert(ctx context.Context, tx *db.Tx, o Organisation) error {
	if _, err := db.Exec(ctx, tx, insertOrg, o.ID, o.Kind, orNull(o.OrgNo), orNull(o.Parent), o.Municipality, o.Website, o.CreatedAt); err != nil {
		return fmt.Errorf("organisation: insert: %w", err)
	}
	for i, n := range o.Names {
		if err := addName(ctx, tx, o.ID, i, n); err != nil {
			return err
		}
	}
	return addAliases(ctx, tx, o.ID, o.Aliases)
}

func addName(ctx context.Context, tx *db.Tx, o ID, nr int, n Name) error {
	_, err := db.Exec(ctx, tx, insertName, o, nr, n.Name, n.Short, text.Fold(n.Name), key(n.Name), key(n.Short), text.SortKey(n.Name), n.From, n.To)
	if err != nil {
		return fmt.Errorf("organisation %s: insert name: %w", o, err)
	}
	return nil
}

// setName rewrites name number nr; its period stays.
func setName(ctx context.Context, tx *db.Tx, o ID, nr int, n Name) error {
	_, err := db.Exec(ctx, tx, updateName, n.Name, n.Short, text.Fold(n.Name), key(n.Name), key(n.Short), text.SortKey(n.Name), o, nr)
	if err != nil {
		return fmt.Errorf("organisation %s: update name: %w", o, err)
	}
	return nil
}

func addAliases(ctx context.Context, tx *db.Tx, o ID, aliases []string) error {
	for _, a := range aliases {
		if _, err := db.Exec(ctx, tx, insertAlias, o, a, key(a)); err != nil {
			return fmt.Errorf("organisation %s: insert alias: %w", o, err)
		}
	}
	return nil
}

// Get is the organisation with all its names and aliases, or NotFound.
func Get(ctx context.Context, tx *db.Tx, o ID) (Organisation, error) {
	row, err := db.Get[orgRow](ctx, tx, getOrg, o)
	if err != nil {
		return Organisation{}, fmt.Errorf("organisation %s: %w", o, err)
	}
	return fill(ctx, tx, row)
}

func fill(ctx context.Context, tx *db.Tx, row orgRow) (Organisation, error) {
	o := Organisation{ID: row.ID, Kind: row.Kind, Municipality: row.Municipality, Website: row.Website,
		CreatedAt: row.CreatedAt, Version: row.Version}
	if row.OrgNo != nil {
		o.OrgNo = *row.OrgNo
	}
	if row.Parent != nil {
		o.Parent = *row.Parent
	}
	names, err := db.List[nameRow](ctx, tx, namesOf, o.ID)
	if err != nil {
		return Organisation{}, fmt.Errorf("organisation %s: names: %w", o.ID, err)
	}
	for _, n := range names {
		o.Names = append(o.Names, Name{Name: n.Name, Short: n.Short, From: n.From, To: n.To})
	}
	if o.Aliases, err = db.List[string](ctx, tx, aliasesOf, o.ID); err != nil {
		return Organisation{}, fmt.Errorf("organisation %s: aliases: %w", o.ID, err)
	}
	if o.Standing, err = StandingOf(ctx, tx, o.ID); err != nil {
		return Organisation{}, err
	}
	return o, nil
}

// NameOn is the organisation's name on the day, or the nearest one, for rooms
// that show it beside their own rows; an unknown organisation has no name.
func NameOn(ctx context.Context, tx *db.Tx, o ID, day clock.Date) (string, error) {
	if o == "" {
		return "", nil
	}
	names, err := db.List[string](ctx, tx, nameOn, o, day)
	if err != nil {
		return "", fmt.Errorf("organisation %s: name: %w", o, err)
	}
	if len(names) == 0 {
		return "", nil
	}
	return names[0], nil
}

const namesOn db.SQL = `SELECT n.org, n.nr, n.name, n.short, n.from_day, n.to_day FROM organisation_name AS n /*where*/ ORDER BY n.org, n.nr`

const fragNamed db.Fragment = "n.org"

// NamesOn is NameOn of many organisations at once.
func NamesOn(ctx context.Context, tx *db.Tx, list []ID, day clock.Date) (map[ID]string, error) {
	var w db.Where
	db.In(&w, fragNamed, list)
	statement, args := db.Query{Base: namesOn, Where: w}.Build()
	rows, err := db.List[nameRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("organisations: names: %w", err)
	}
	best := map[ID]nameRow{}
	for _, n := range rows {
		if b, ok := best[n.Org]; !ok || slices.Compare(n.rank(day), b.rank(day)) < 0 {
			best[n.Org] = n
		}
	}
	out := make(map[ID]string, len(best))
	for o, n := range best {
		out[o] = n.Name
	}
	return out, nil
}

// rank orders names as nameOn does: the least one is the name on the day.
func (n nameRow) rank(day clock.Date) []int64 {
	begun := n.From.IsZero() || !n.From.After(day)
	switch {
	case begun && (n.To.IsZero() || !n.To.Before(day)):
		return []int64{0, -n.Nr}
	case begun:
		return []int64{1, -n.Nr}
	}
	return []int64{2, n.Nr}
}

// HasMandate reports whether the intermediary may act for the principal on the
// day. An organisation always acts for itself.
func HasMandate(ctx context.Context, tx *db.Tx, intermediary, principal ID, day clock.Date) (bool, error) {
	if intermediary == principal {
		return true, nil
	}
	n, err := db.Scalar[int64](ctx, tx, mandateHolds, intermediary, principal, day)
	if err != nil {
		return false, fmt.Errorf("mandate of %s for %s: %w", intermediary, principal, err)
	}
	return n > 0, nil
}
