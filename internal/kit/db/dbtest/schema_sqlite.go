package dbtest

import (
	"context"
	"regexp"
	"strings"

	"kompetansetorg/internal/kit/db"
)

const (
	sqliteTableList db.SQL = `SELECT name, sql FROM sqlite_schema
		WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name <> 'schema_version' ORDER BY name`
	sqliteColumns db.SQL = `SELECT name, type, "notnull" = 1 OR pk > 0 AS not_null, dflt_value AS default_value, hidden > 0 AS generated
		FROM pragma_table_xinfo($1) ORDER BY cid`
	sqliteIndexes db.SQL = `SELECT l.name, l."unique" AS is_unique, l.origin = 'pk' AS is_primary, l.partial AS is_partial,
		(SELECT group_concat(CASE WHEN x.name IS NULL THEN '(…)' ELSE x.name END || CASE WHEN x."desc" THEN ' DESC' ELSE '' END, ', ' ORDER BY x.seqno)
		   FROM pragma_index_xinfo(l.name) x WHERE x.key) AS columns
		FROM pragma_index_list($1) l ORDER BY l.name`
	sqlitePrimary db.SQL = `SELECT coalesce(group_concat(name, ', ' ORDER BY pk), '') FROM pragma_table_info($1) WHERE pk > 0`
	sqliteForeign db.SQL = `SELECT group_concat("from", ', ' ORDER BY seq) AS columns, "table" AS target,
		group_concat("to", ', ' ORDER BY seq) AS targets, on_update, on_delete
		FROM pragma_foreign_key_list($1) GROUP BY id, "table", on_update, on_delete ORDER BY id`
)

// The engine keeps the text of CREATE TABLE and tells no more of checks.
var (
	sqliteComment = regexp.MustCompile(`--[^\n]*`)
	sqliteCheck   = regexp.MustCompile(`(?i)\bCHECK\s*\(`)
)

func sqliteTables(ctx context.Context, tx *db.Tx) ([]table, error) {
	type named struct {
		Name string `db:"name"`
		SQL  string `db:"sql"`
	}
	list, err := db.List[named](ctx, tx, sqliteTableList)
	if err != nil {
		return nil, err
	}
	var tables []table
	for _, n := range list {
		t := table{name: n.Name, checks: len(sqliteCheck.FindAllString(sqliteComment.ReplaceAllString(n.SQL, ""), -1))}
		if t.columns, err = db.List[column](ctx, tx, sqliteColumns, n.Name); err != nil {
			return nil, err
		}
		if t.keys, err = sqliteKeys(ctx, tx, n.Name); err != nil {
			return nil, err
		}
		tables = append(tables, t)
	}
	return tables, nil
}

func sqliteKeys(ctx context.Context, tx *db.Tx, name string) (lines []string, err error) {
	indexes, err := db.List[index](ctx, tx, sqliteIndexes, name)
	if err != nil {
		return nil, err
	}
	hasPrimary := false
	for _, i := range indexes {
		hasPrimary = hasPrimary || i.Primary
		if strings.HasPrefix(i.Name, "sqlite_autoindex_") {
			i.Name = keyName(name, i.Columns)
		}
		lines = append(lines, i.String())
	}
	if !hasPrimary { // an INTEGER PRIMARY KEY has no index of its own
		columns, err := db.Get[string](ctx, tx, sqlitePrimary, name)
		if err != nil {
			return nil, err
		}
		if columns != "" {
			lines = append(lines, index{Primary: true, Columns: columns}.String())
		}
	}
	references, err := db.List[reference](ctx, tx, sqliteForeign, name)
	for _, r := range references {
		lines = append(lines, r.String())
	}
	return lines, err
}
