package db_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

func ptr[T any](v T) *T { return &v }

func moment(t testing.TB, text string) db.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t.Fatal(err)
	}
	return clock.At(at)
}

func TestEveryTypeComesBackAsItWasPut(t *testing.T) {
	d, ctx := open(t), context.Background()
	full := thing{ID: "a", Name: "Ærlig Østby, på Åsen \\ % _ ' \"", Year: 2021, Number: 20, IsOpen: true,
		Made: moment(t, "2021-11-02T13:14:15.123456Z"), Day: day(t, "2021-11-02"), Score: ptr(0.25), Detail: ptr(`{"a": [1, "ø"]}`), Version: 1}
	bare := thing{ID: "b", Name: "", Year: -1, Number: 9007199254740993, Made: moment(t, "0999-01-01T00:00:00Z"), Parent: ptr("a"), Version: 1}
	insert(t, d, full, bare)
	err := d.Read(ctx, func(tx *db.Tx) error {
		for _, want := range []thing{full, bare} {
			got, err := db.Get[thing](ctx, tx, getThing, want.ID)
			if err != nil {
				return err
			}
			if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b db.Time) bool { return a == b }), cmp.Comparer(func(a, b db.Date) bool { return a == b })); diff != "" {
				t.Errorf("%s: put (-) and got (+) differ:\n%s", want.ID, diff)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestGetWantsExactlyOneRow(t *testing.T) {
	d, ctx := open(t), context.Background()
	insert(t, d, thing{ID: "a", Number: 1}, thing{ID: "b", Number: 2})
	_ = d.Read(ctx, func(tx *db.Tx) error {
		if _, err := db.Get[thing](ctx, tx, getThing, "c"); !fault.Is(err, fault.NotFound) {
			t.Errorf("no row: got %v, want NotFound", err)
		}
		if _, err := db.Get[string](ctx, tx, `SELECT id FROM thing ORDER BY id`); err == nil || fault.KindOf(err) != fault.Internal {
			t.Errorf("two rows: got %v, want an internal error", err)
		}
		ids, err := db.List[string](ctx, tx, `SELECT id FROM thing ORDER BY id DESC`)
		if err != nil || strings.Join(ids, " ") != "b a" {
			t.Errorf("List: got %v, %v", ids, err)
		}
		none, err := db.List[thing](ctx, tx, getThing, "c")
		if err != nil || none == nil || len(none) != 0 {
			t.Errorf("List without rows: got %#v, %v; want an empty slice", none, err)
		}
		return nil
	})
}

func TestColumnsAndFieldsMustAgree(t *testing.T) {
	type short struct {
		ID string `db:"id"`
	}
	type nested struct {
		short
		Parent struct {
			Name string `db:"name"`
		} `db:"parent"`
		Note string `db:"-"`
	}
	d, ctx := open(t), context.Background()
	insert(t, d, thing{ID: "a", Name: "x"})
	_ = d.Read(ctx, func(tx *db.Tx) error {
		_, err := db.List[short](ctx, tx, `SELECT id, name FROM thing`)
		if err == nil || !strings.Contains(err.Error(), "name") {
			t.Errorf("a column without a field: got %v", err)
		}
		_, err = db.List[thing](ctx, tx, `SELECT id, name FROM thing`)
		if err == nil || !strings.Contains(err.Error(), `"year"`) {
			t.Errorf("a field without a column: got %v", err)
		}
		got, err := db.Get[nested](ctx, tx, `SELECT id, name AS "parent.name" FROM thing`)
		if err != nil || got.ID != "a" || got.Parent.Name != "x" {
			t.Errorf("nested: got %+v, %v", got, err)
		}
		_, err = db.Get[nested](ctx, tx, `SELECT id FROM thing`)
		if err == nil || !strings.Contains(err.Error(), `"parent.name"`) {
			t.Errorf("a nested field without a column: got %v", err)
		}
		return nil
	})
}

func TestEachStreams(t *testing.T) {
	d, ctx := open(t), context.Background()
	var things []thing
	for i := range 500 {
		things = append(things, thing{ID: fmt.Sprintf("%03d", i), Number: i})
	}
	insert(t, d, things...)
	err := d.Read(ctx, func(tx *db.Tx) error {
		n := 0
		for id, err := range db.Each[string](ctx, tx, `SELECT id FROM thing ORDER BY id`) {
			if err != nil {
				return err
			}
			if id != things[n].ID {
				t.Fatalf("row %d is %s", n, id)
			}
			if _, err := db.Scalar[int](ctx, tx, countThings); err == nil {
				t.Fatal("a statement inside Each went through")
			}
			if n++; n == 300 {
				break
			}
		}
		// After leaving the loop early the transaction goes on.
		all, err := db.Scalar[int](ctx, tx, countThings)
		if all != 500 {
			t.Errorf("got %d", all)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestParametersThatWouldBeStoredDifferentlyAreRefused(t *testing.T) {
	d, ctx := open(t), context.Background()
	tests := []struct {
		name  string
		value any
		kind  fault.Kind
	}{
		{"time", time.Now(), fault.Internal},
		{"struct", struct{}{}, fault.Internal},
		{"zero byte", "a\x00b", fault.Invalid},
		{"not UTF-8", "a\xffb", fault.Invalid},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := d.Read(ctx, func(tx *db.Tx) error {
				_, err := db.List[string](ctx, tx, `SELECT id FROM thing WHERE name = $1`, test.value)
				return err
			})
			if err == nil || fault.KindOf(err) != test.kind {
				t.Errorf("got %v, want %v", err, test.kind)
			}
		})
	}
}

func TestErrorsBecomeFaults(t *testing.T) {
	d, ctx := open(t), context.Background()
	insert(t, d, thing{ID: "a", Name: "x", Year: 2021, Number: 1, IsOpen: true})
	tests := []struct {
		name       string
		add        thing
		constraint string
	}{
		{"primary key", thing{ID: "a", Number: 2}, "thing_pkey"},
		{"unique", thing{ID: "b", Year: 2021, Number: 1}, "thing_year_number_key"},
		{"partial unique index", thing{ID: "b", Name: "x", Number: 3, IsOpen: true}, "thing_name_key"},
		{"foreign key", thing{ID: "b", Number: 4, Parent: ptr("nobody")}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := d.Write(ctx, func(tx *db.Tx) error {
				_, err := db.Exec(ctx, tx, insertThing, test.add.values()...)
				if err != nil {
					return fmt.Errorf("thing %s: %w", test.add.ID, err)
				}
				return nil
			})
			if !fault.Is(err, fault.Conflict) {
				t.Fatalf("got %v, want Conflict", err)
			}
			if got := db.Constraint(err); got != test.constraint {
				t.Errorf("constraint %q, want %q", got, test.constraint)
			}
		})
	}
	if got := db.Constraint(errors.New("x")); got != "" {
		t.Errorf("another error has the constraint %q", got)
	}
	t.Run("not null", func(t *testing.T) {
		err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := db.Exec(ctx, tx, `UPDATE thing SET name = NULL WHERE id = $1`, "a")
			return err
		})
		if err == nil || fault.KindOf(err) != fault.Internal {
			t.Errorf("got %v, want an internal error", err)
		}
	})
}

func TestExecOneSeesStaleVersions(t *testing.T) {
	const save db.SQL = `UPDATE thing SET name = $1, version = version + 1 WHERE id = $2 AND version = $3`
	d, ctx := open(t), context.Background()
	insert(t, d, thing{ID: "a"}, thing{ID: "b", Number: 1})
	write := func(q db.SQL, args ...any) error {
		return d.Write(ctx, func(tx *db.Tx) error { return db.ExecOne(ctx, tx, q, args...) })
	}
	if err := write(save, "first", "a", 1); err != nil {
		t.Fatal(err)
	}
	if err := write(save, "second", "a", 1); !fault.Is(err, fault.Stale) {
		t.Errorf("got %v, want Stale", err)
	}
	if err := write(`UPDATE thing SET version = 7`); err == nil || fault.KindOf(err) != fault.Internal {
		t.Errorf("two rows changed: got %v, want an internal error", err)
	}
	_ = d.Read(ctx, func(tx *db.Tx) error {
		got, err := db.Get[thing](ctx, tx, getThing, "a")
		if err != nil || got.Name != "first" || got.Version != 2 {
			t.Errorf("got %+v, %v", got, err)
		}
		return nil
	})
}

func TestLikeHeedsCase(t *testing.T) {
	d, ctx := open(t), context.Background()
	insert(t, d, thing{ID: "a", Name: "sag"}, thing{ID: "b", Name: "Sag", Number: 1})
	_ = d.Read(ctx, func(tx *db.Tx) error {
		got, err := db.List[string](ctx, tx, `SELECT id FROM thing WHERE name LIKE $1 ESCAPE '\' ORDER BY id`, "sa%")
		if err != nil || len(got) != 1 || got[0] != "a" {
			t.Errorf("got %v, %v; want a alone", got, err)
		}
		return nil
	})
}

// TestTextsCompareByBytes also on a server that takes aa for å, the last letter.
func TestTextsCompareByBytes(t *testing.T) {
	d, ctx := open(t), context.Background()
	for i, id := range []string{"ceb5", "ceaa", "cea", "Zulu"} {
		insert(t, d, thing{ID: id, Number: i})
	}
	err := d.Read(ctx, func(tx *db.Tx) error {
		got, err := db.List[string](ctx, tx, `SELECT id FROM thing WHERE id > $1 ORDER BY id`, "A")
		if want := []string{"Zulu", "cea", "ceaa", "ceb5"}; !slices.Equal(got, want) {
			t.Errorf("sorted %q, want %q", got, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
