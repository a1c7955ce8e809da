package db_test

import (
	"context"
	"fmt"
	"testing"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
)

// filled gives a database with 20,000 things that waits for the disk as a
// running program does.
func filled(b *testing.B) *db.DB {
	b.Helper()
	dsn := dbtest.Empty(b)
	d := openAt(b, dsn)
	if err := db.Migrate(context.Background(), d, schema); err != nil {
		b.Fatal(err)
	}
	var things []thing
	for i := range 20000 {
		things = append(things, thing{ID: fmt.Sprintf("%05d", i), Name: fmt.Sprint("name ", i%977), Year: 2000 + i%20, Number: i})
	}
	insert(b, d, things...)
	return d
}

// BenchmarkWrite is the time of one acknowledged change.
func BenchmarkWrite(b *testing.B) {
	d := filled(b)
	n := 20000
	for b.Loop() {
		n++
		insert(b, d, thing{ID: fmt.Sprintf("%05d", n), Number: n})
	}
}

// BenchmarkWriteParallel is the same with writers side by side.
func BenchmarkWriteParallel(b *testing.B) {
	d := filled(b)
	work := make(chan int)
	done := make(chan bool)
	for range 8 {
		go func() {
			for n := range work {
				insert(b, d, thing{ID: fmt.Sprintf("%05d", n), Number: n})
			}
			done <- true
		}()
	}
	n := 20000
	for b.Loop() {
		n++
		work <- n
	}
	close(work)
	for range 8 {
		<-done
	}
}

// BenchmarkGet is a Read with one row by its id.
func BenchmarkGet(b *testing.B) {
	d, ctx := filled(b), context.Background()
	for b.Loop() {
		err := d.Read(ctx, func(tx *db.Tx) error {
			_, err := db.Get[thing](ctx, tx, getThing, "00777")
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkListPage is a filtered page of 50 with its total.
func BenchmarkListPage(b *testing.B) {
	const all db.SQL = `SELECT id, name, year, number, is_open, made, day, score, detail, parent, version FROM thing /*where*/`
	const total db.SQL = `SELECT count(*) FROM thing /*where*/`
	d, ctx := filled(b), context.Background()
	for b.Loop() {
		err := d.Read(ctx, func(tx *db.Tx) error {
			var w db.Where
			w.And("year = ?", 2007)
			w.Like("name", "me 1")
			_, err := db.ListPage(ctx, tx, db.Query{Base: all, Where: w}, db.Page{Order: orders()["name"]},
				func(n thing) (any, string) { return n.Name, n.ID })
			if err != nil {
				return err
			}
			statement, args := db.Query{Base: total, Where: w}.Build()
			_, err = db.Scalar[int](ctx, tx, statement, args...)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkInsertMany is a row of a large import, 1,000 to a transaction.
func BenchmarkInsertMany(b *testing.B) {
	d := filled(b)
	n := 20000
	for b.Loop() {
		var things []thing
		for range 1000 {
			n++
			things = append(things, thing{ID: fmt.Sprintf("%07d", n), Number: n})
		}
		insert(b, d, things...)
	}
}
