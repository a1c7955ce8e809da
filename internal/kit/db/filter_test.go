package db_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

const (
	listIDs  db.SQL = `SELECT id FROM thing /*where*/`
	listOpen db.SQL = `SELECT year, count(*) AS n FROM thing WHERE number > $1 /*and*/ GROUP BY year`
)

func TestBuild(t *testing.T) {
	var none, some db.Where
	some.And("year = ? OR year = ?", 1, 2)
	db.In(&some, "id", []string{"a", "b"})
	db.NotIn(&some, "number", []int{7})
	some.Like("name", `50%_\`)
	var empty db.Where
	db.In(&empty, "id", []string{})
	db.NotIn(&empty, "id", []string{})
	var one, other, either, neither, free db.Where
	one.And("year = ? OR year = ?", 1, 2)
	one.Like("name", "x")
	db.In(&other, "id", []string{"a"})
	either.And("number = ?", 7)
	either.Or(one, other, empty)
	neither.Or()
	free.Or(one, none)
	tests := []struct {
		name  string
		query db.Query
		want  db.SQL
		args  []any
	}{
		{"no conditions", db.Query{Base: listIDs, Where: none}, listIDs, []any{}},
		{"conditions", db.Query{Base: listIDs, Where: some},
			`SELECT id FROM thing WHERE (year = $1 OR year = $2) AND id IN ($3, $4) AND number NOT IN ($5) AND name LIKE $6 ESCAPE '\'`,
			[]any{1, 2, "a", "b", 7, `%50\%\_\\%`}},
		{"after conditions of the base", db.Query{Base: listOpen, Args: []any{5}, Where: some},
			`SELECT year, count(*) AS n FROM thing WHERE number > $1 AND (year = $2 OR year = $3) AND id IN ($4, $5) AND number NOT IN ($6) AND name LIKE $7 ESCAPE '\' GROUP BY year`,
			[]any{5, 1, 2, "a", "b", 7, `%50\%\_\\%`}},
		{"alternatives", db.Query{Base: listIDs, Where: either},
			`SELECT id FROM thing WHERE (number = $1) AND ((year = $2 OR year = $3) AND name LIKE $4 ESCAPE '\' OR id IN ($5) OR 1 = 0)`,
			[]any{7, 1, 2, "%x%", "a"}},
		{"no alternatives", db.Query{Base: listIDs, Where: neither}, `SELECT id FROM thing WHERE (1 = 0)`, []any{}},
		{"an alternative without conditions", db.Query{Base: listIDs, Where: free},
			`SELECT id FROM thing WHERE ((year = $1 OR year = $2) AND name LIKE $3 ESCAPE '\' OR 1 = 1)`, []any{1, 2, "%x%"}},
		{"empty lists", db.Query{Base: listIDs, Where: empty}, `SELECT id FROM thing WHERE 1 = 0`, []any{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, args := test.query.Build()
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("statement (- want, + got):\n%s", diff)
			}
			if diff := cmp.Diff(test.args, args); diff != "" {
				t.Errorf("values (- want, + got):\n%s", diff)
			}
		})
	}
}

func TestOneWhereBeginsTwo(t *testing.T) {
	var common db.Where
	for i := range 3 {
		common.And("year > ?", i)
	}
	one, two := common, common
	one.And("number = ?", 1)
	two.And("number = ?", 2)
	for i, w := range []db.Where{one, two} {
		if _, args := (db.Query{Base: listIDs, Where: w}).Build(); args[3] != i+1 {
			t.Errorf("query %d has the value %v", i+1, args[3])
		}
	}
}

func TestMistakesInConditionsPanic(t *testing.T) {
	tests := map[string]func(){
		"too few values":   func() { var w db.Where; w.And("a = ? AND b = ?", 1) },
		"too many values":  func() { var w db.Where; w.And("a = 1", 1) },
		"no place for it":  func() { var w db.Where; w.And("a = 1"); db.Query{Base: `SELECT 1`, Where: w}.Build() },
		"too few of $n":    func() { db.Query{Base: listOpen}.Build() },
		"too many for $n":  func() { db.Query{Base: listIDs, Args: []any{1}}.Build() },
		"two places":       func() { var w db.Where; w.And("a = 1"); db.Query{Base: listIDs + listIDs, Where: w}.Build() },
		"where after that": func() { var w db.Where; w.And("a = 1"); db.Query{Base: listIDs + `/*and*/`, Where: w}.Build() },
	}
	for name, mistake := range tests {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			mistake()
		})
	}
}

// Whatever a user types stays a value.
func TestValuesNeverBecomeSQL(t *testing.T) {
	d, ctx := open(t), context.Background()
	nasty := []string{`'`, `'; DROP TABLE thing; --`, `?`, `$1`, `%`, `_`, `\`, `\'`, `/*where*/`, `" OR 1=1`, "\n", `50 %`, "æ"}
	for i, name := range nasty {
		insert(t, d, thing{ID: fmt.Sprint(i), Name: name, Number: i})
	}
	err := d.Read(ctx, func(tx *db.Tx) error {
		for i, name := range nasty {
			var w db.Where
			w.And("name = ?", name)
			w.Like("name", name)
			db.In(&w, "name", []string{name, name})
			statement, args := db.Query{Base: listIDs, Where: w}.Build()
			got, err := db.List[string](ctx, tx, statement, args...)
			if err != nil {
				return fmt.Errorf("%q: %w", name, err)
			}
			if len(got) != 1 || got[0] != fmt.Sprint(i) {
				t.Errorf("%q found %v, want %d alone", name, got, i)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, d); n != len(nasty) {
		t.Errorf("%d rows, want %d", n, len(nasty))
	}
}

func orders() db.Orders {
	return db.Orders{
		"name":   {Key: "name", ID: "id"},
		"newest": {Key: "year", ID: "id", Desc: true},
		"day":    {Key: "COALESCE(day, '9999-12-31')", ID: "id"},
		"number": {Key: "COALESCE(number, 0)", ID: "id"},
	}
}

// Every page size and order gives each row once, in the order of one big page,
// also where many rows share a key.
func TestPagesTogetherAreTheList(t *testing.T) {
	d, ctx := open(t), context.Background()
	const rows = 23
	for i := range rows {
		n := thing{ID: fmt.Sprintf("%02d", (i*7)%rows), Name: strings.Repeat("a", i%3), Year: 2020 + i%4, Number: i}
		if i%2 == 0 {
			n.Day = day(t, fmt.Sprintf("2021-01-%02d", 1+i%5))
		}
		insert(t, d, n)
	}
	keys := map[string]func(thing) (any, string){
		"name":   func(n thing) (any, string) { return n.Name, n.ID },
		"newest": func(n thing) (any, string) { return n.Year, n.ID },
		"number": func(n thing) (any, string) { return n.Number, n.ID },
		"day": func(n thing) (any, string) {
			if n.Day.IsZero() {
				return "9999-12-31", n.ID
			}
			return n.Day.String(), n.ID
		},
	}
	const all db.SQL = `SELECT id, name, year, number, is_open, made, day, score, detail, parent, version FROM thing /*where*/`
	pageOf := func(order string, limit int, after string) db.Paged[thing] {
		t.Helper()
		o, err := orders().Pick(order, "")
		if err != nil {
			t.Fatal(err)
		}
		var w db.Where
		w.And("number >= ?", 2)
		var page db.Paged[thing]
		err = d.Read(ctx, func(tx *db.Tx) (err error) {
			page, err = db.ListPage(ctx, tx, db.Query{Base: all, Where: w}, db.Page{Order: o, After: after, Limit: limit}, keys[order])
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return page
	}
	for order := range keys {
		whole := pageOf(order, rows, "")
		if len(whole.Items) != rows-2 || whole.Next != "" {
			t.Fatalf("%s: %d rows, next %q", order, len(whole.Items), whole.Next)
		}
		for limit := 1; limit <= rows; limit++ {
			var got []thing
			after := ""
			for {
				page := pageOf(order, limit, after)
				got = append(got, page.Items...)
				if after = page.Next; after == "" {
					break
				}
				if len(page.Items) != limit || len(got) > rows {
					t.Fatalf("%s by %d: a page of %d, %d so far", order, limit, len(page.Items), len(got))
				}
			}
			if !slices.EqualFunc(got, whole.Items, func(a, b thing) bool { return a.ID == b.ID }) {
				t.Errorf("%s by %d: other rows than in one page", order, limit)
			}
		}
	}
}

func TestPageRefusesAnythingButItsOwnCursors(t *testing.T) {
	d, ctx := open(t), context.Background()
	insert(t, d, thing{ID: "a"})
	for _, after := range []string{"x", "!", "e30", "W10", "WzEsMl0", "W251bGwsImEiXQ", "W1sxXSwiYSJd", "WzEuNSwiYSJd", "bnVsbA", "WzUsImEiXQ", "WyJhIiwiYiIsImMiXQ"} {
		err := d.Read(ctx, func(tx *db.Tx) error {
			_, err := db.ListPage(ctx, tx, db.Query{Base: listIDs}, db.Page{Order: orders()["name"], After: after},
				func(id string) (any, string) { return id, id })
			return err
		})
		f, ok := fault.As(err)
		if !ok || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Name != "after" {
			t.Errorf("cursor %q: got %v, want Invalid in after", after, err)
		}
	}
	err := d.Read(ctx, func(tx *db.Tx) error {
		_, err := db.ListPage(ctx, tx, db.Query{Base: listIDs}, db.Page{Order: orders()["name"]},
			func(id string) (any, string) { return 1.5, id })
		return err
	})
	if err == nil || fault.KindOf(err) != fault.Internal {
		t.Errorf("a key that is neither text nor whole number: %v", err)
	}
	if _, err := orders().Pick("name; DROP TABLE thing", "name"); !fault.Is(err, fault.Invalid) {
		t.Errorf("an unknown order: %v", err)
	}
	if o, err := orders().Pick("", "newest"); err != nil || !o.Desc {
		t.Errorf("no order: %+v, %v", o, err)
	}
	if got := strings.Join(orders().Names(), " "); got != "day name newest number" {
		t.Errorf("names: %s", got)
	}
}

func TestPageLimits(t *testing.T) {
	d, ctx := open(t), context.Background()
	var things []thing
	for i := range db.MaxLimit + 2 {
		things = append(things, thing{ID: fmt.Sprintf("%04d", i), Number: i})
	}
	insert(t, d, things...)
	for limit, want := range map[int]int{0: db.DefaultLimit, -5: db.DefaultLimit, 3: 3, 100000: db.MaxLimit} {
		err := d.Read(ctx, func(tx *db.Tx) error {
			page, err := db.ListPage(ctx, tx, db.Query{Base: listIDs}, db.Page{Order: db.Order{Key: "id", ID: "id"}, Limit: limit},
				func(id string) (any, string) { return id, id })
			if len(page.Items) != want {
				t.Errorf("limit %d gave %d rows, want %d", limit, len(page.Items), want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
