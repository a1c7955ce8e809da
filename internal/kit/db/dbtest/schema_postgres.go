package dbtest

import (
	"context"

	"kompetansetorg/internal/kit/db"
)

const (
	postgresTableList db.SQL = `SELECT c.relname FROM pg_class c
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_version' ORDER BY c.relname`
	postgresColumns db.SQL = `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS not_null,
		pg_get_expr(d.adbin, d.adrelid) AS default_value, a.attgenerated <> '' AS generated
		FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
		WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`
	postgresIndexes db.SQL = `SELECT c.relname AS name, i.indisunique AS is_unique, i.indisprimary AS is_primary, i.indpred IS NOT NULL AS is_partial,
		(SELECT string_agg(CASE WHEN k.attnum = 0 THEN '(…)' ELSE a.attname END || CASE WHEN i.indoption[k.n - 1] & 1 = 1 THEN ' DESC' ELSE '' END, ', ' ORDER BY k.n)
		   FROM unnest(i.indkey::smallint[]) WITH ORDINALITY AS k (attnum, n)
		   LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum) AS columns
		FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = $1::regclass ORDER BY c.relname`
	postgresForeign db.SQL = `SELECT
		(SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM unnest(f.conkey) WITH ORDINALITY AS k (attnum, n)
		   JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.attnum) AS columns,
		(SELECT r.relname FROM pg_class r WHERE r.oid = f.confrelid) AS target,
		(SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM unnest(f.confkey) WITH ORDINALITY AS k (attnum, n)
		   JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.attnum) AS targets,
		CASE f.confupdtype WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' ELSE 'SET DEFAULT' END AS on_update,
		CASE f.confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' ELSE 'SET DEFAULT' END AS on_delete
		FROM pg_constraint f WHERE f.conrelid = $1::regclass AND f.contype = 'f' ORDER BY f.conname`
	postgresChecks db.SQL = `SELECT count(*) FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'c'`
)

func postgresTables(ctx context.Context, tx *db.Tx) ([]table, error) {
	names, err := db.List[string](ctx, tx, postgresTableList)
	if err != nil {
		return nil, err
	}
	var tables []table
	for _, name := range names {
		t := table{name: name}
		if t.columns, err = db.List[column](ctx, tx, postgresColumns, name); err != nil {
			return nil, err
		}
		if t.checks, err = db.Get[int](ctx, tx, postgresChecks, name); err != nil {
			return nil, err
		}
		indexes, err := db.List[index](ctx, tx, postgresIndexes, name)
		if err != nil {
			return nil, err
		}
		for _, i := range indexes {
			t.keys = append(t.keys, i.String())
		}
		references, err := db.List[reference](ctx, tx, postgresForeign, name)
		if err != nil {
			return nil, err
		}
		for _, r := range references {
			t.keys = append(t.keys, r.String())
		}
		tables = append(tables, t)
	}
	return tables, nil
}
