package dbtest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kompetansetorg/internal/kit/db"
)

// Schema describes the tables of the database in a text that is the same for
// both engines when, and only when, the tables are the same: columns with
// type, NULL and default, keys, indexes, references, the number of checks.
//
// What the engines do not tell alike is left out: the text of checks, of
// partial indexes' conditions, of expressions in indexes and of generated
// columns (that they are there is said), and whether a reference is
// deferrable. goose's own table is left out too.
func Schema(ctx context.Context, d *db.DB) (string, error) {
	var tables []table
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		if tx.Engine() == db.Postgres {
			tables, err = postgresTables(ctx, tx)
		} else {
			tables, err = sqliteTables(ctx, tx)
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("describe the schema: %w", err)
	}
	slices.SortFunc(tables, func(a, b table) int { return strings.Compare(a.name, b.name) })
	var b strings.Builder
	for _, t := range tables {
		b.WriteString(t.String())
	}
	return b.String(), nil
}

// table is what both engines tell of one table.
type table struct {
	name    string
	columns []column
	keys    []string // whole lines
	checks  int
}

type column struct {
	Name      string  `db:"name"`
	Type      string  `db:"type"`
	NotNull   bool    `db:"not_null"`
	Default   *string `db:"default_value"`
	Generated bool    `db:"generated"`
}

// index is one index or key.
type index struct {
	Name    string `db:"name"`
	Unique  bool   `db:"is_unique"`
	Primary bool   `db:"is_primary"`
	Partial bool   `db:"is_partial"`
	// Columns are parted by ", "; an expression is "(…)", the other direction
	// is marked DESC.
	Columns string `db:"columns"`
}

// reference is a foreign key.
type reference struct {
	Columns  string `db:"columns"`
	Table    string `db:"target"`
	Targets  string `db:"targets"`
	OnUpdate string `db:"on_update"`
	OnDelete string `db:"on_delete"`
}

func (t table) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", t.name)
	for _, c := range t.columns {
		fmt.Fprintf(&b, "    %s %s", c.Name, strings.ToUpper(c.Type))
		if c.NotNull {
			b.WriteString(" NOT NULL")
		}
		if c.Default != nil && !c.Generated {
			b.WriteString(" DEFAULT " + plainDefault(*c.Default))
		}
		if c.Generated {
			b.WriteString(" GENERATED")
		}
		b.WriteString("\n")
	}
	slices.Sort(t.keys)
	for _, line := range t.keys {
		fmt.Fprintf(&b, "    %s\n", line)
	}
	if t.checks > 0 {
		fmt.Fprintf(&b, "    CHECK × %d\n", t.checks)
	}
	b.WriteString("\n")
	return b.String()
}

func (i index) String() string {
	line := "INDEX " + i.Name
	switch {
	case i.Primary:
		line = "PRIMARY KEY"
	case i.Unique:
		line = "UNIQUE " + i.Name
	}
	line += " (" + i.Columns + ")"
	if i.Partial {
		line += " WHERE …"
	}
	return line
}

func (r reference) String() string {
	line := fmt.Sprintf("FOREIGN KEY (%s) REFERENCES %s (%s)", r.Columns, r.Table, r.Targets)
	if r.OnUpdate != "NO ACTION" {
		line += " ON UPDATE " + r.OnUpdate
	}
	if r.OnDelete != "NO ACTION" {
		line += " ON DELETE " + r.OnDelete
	}
	return line
}

// keyName is what db.Constraint calls a unique key: PostgreSQL's own name for
// one that was declared in CREATE TABLE.
func keyName(table, columns string) string {
	return table + "_" + strings.ReplaceAll(columns, ", ", "_") + "_key"
}

// plainDefault takes away PostgreSQL's casts and ways of writing.
func plainDefault(text string) string {
	text, _, _ = strings.Cut(text, "::")
	switch strings.ToUpper(text) {
	case "TRUE", "FALSE", "NULL":
		return strings.ToUpper(text)
	}
	if inner := strings.Trim(text, "'"); inner != "" && strings.Trim(inner, "-0123456789") == "" {
		return inner // a number in a BIGINT column may be given as '-1'
	}
	return text
}
