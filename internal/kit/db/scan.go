package db

import (
	"database/sql"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/georgysavva/scany/v2/dbscan"
	"github.com/georgysavva/scany/v2/sqlscan"
)

// newScanner gives a function that reads the current row into a T. The columns
// must be exactly the `db` tags of a struct T: scany refuses a column without
// a field, and a field without a column is refused here, since it would stay
// empty without anyone noticing.
func newScanner[T any](tx *Tx, rows *sql.Rows) (func(*T) error, error) {
	if wanted := tx.shapes.of(reflect.TypeFor[T]()); len(wanted) > 0 {
		columns, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		for _, want := range wanted {
			if !slices.Contains(columns, want) {
				return nil, fmt.Errorf("db: no column %q for %s", want, reflect.TypeFor[T]())
			}
		}
	}
	scanner := sqlscan.NewRowScanner(rows)
	return func(row *T) error { return scanner.Scan(row) }, nil
}

// shapes remembers the columns of row types, since reading tags takes longer
// than reading a row.
type shapes struct{ known sync.Map } // reflect.Type -> []string

// of gives the columns of a struct, none for a single value.
func (s *shapes) of(t reflect.Type) []string {
	if t.Kind() != reflect.Struct || scannable(t) {
		return nil
	}
	if names, ok := s.known.Load(t); ok {
		return names.([]string)
	}
	names := tags(t, "")
	s.known.Store(t, names)
	return names
}

// tags lists the column names of a struct: of embedded structs as they are, of
// a tagged struct field as "tag.column". A field tagged "-" has none.
func tags(t reflect.Type, prefix string) []string {
	var names []string
	for field := range t.Fields() {
		tag := field.Tag.Get("db")
		if tag == "-" || (!field.IsExported() && !field.Anonymous) {
			continue
		}
		inner := field.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		switch {
		case inner.Kind() == reflect.Struct && !scannable(inner) && field.Anonymous && tag == "":
			names = append(names, tags(inner, prefix)...)
		case inner.Kind() == reflect.Struct && !scannable(inner):
			names = append(names, tags(inner, prefix+column(field.Name, tag)+".")...)
		default:
			names = append(names, prefix+column(field.Name, tag))
		}
	}
	return names
}

func column(field, tag string) string {
	if name, _, _ := strings.Cut(tag, ","); name != "" {
		return name
	}
	return dbscan.SnakeCaseMapper(field)
}

func scannable(t reflect.Type) bool {
	scanner := reflect.TypeFor[sql.Scanner]()
	return t.Implements(scanner) || reflect.PointerTo(t).Implements(scanner)
}
