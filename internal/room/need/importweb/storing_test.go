package importweb_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"kompetansetorg/internal/common/access"
	kept "kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/need/intake"
	"kompetansetorg/internal/room/need/taking"
	"kompetansetorg/internal/site/sitetest"
)

// checked sends a sheet of n good rows and answers the address of its import.
func checked(t *testing.T, c *sitetest.Client, what string, n int) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("Virksomhet;Kommune;Hva trenger dere?;Antall personer;Nivå\r\n")
	for i := range n {
		fmt.Fprintf(&b, "Eksempel Mekaniske AS;5025;%s %d;2;Fagbrev\r\n", what, i)
	}
	columns := upload(t, c, "behov.csv", []byte(b.String()))
	c.Post(columns, confirmed(c.Get(columns), url.Values{"mandate_ground": {"Avtalt"}}))
	return strings.TrimSuffix(columns, "/kolonner")
}

// TestStoringInTheBackground: a long sheet is followed, stopped and gone on with, and no
// row is stored twice.
func TestStoringInTheBackground(t *testing.T) {
	h := sitetest.New(t)
	c, before := h.As("adviser"), count(t, h)
	base := checked(t, c, "Folk til linje", 130)
	p := c.Post(base+"/kontroll", nil)
	if p.Status != http.StatusSeeOther || !strings.HasPrefix(p.Location, "/arbeid/") || count(t, h) != before {
		t.Fatalf("a long sheet: %d %s", p.Status, p.Location)
	}
	if again := c.Post(base+"/kontroll", nil); again.Location != p.Location {
		t.Errorf("a second yes makes other work: %s", again.Location)
	}
	for _, step := range []string{"/kontroll", "/kolonner", "/ferdig"} {
		if busy := c.Get(base + step); busy.Location != p.Location {
			t.Errorf("%s while it is stored: %d %s", step, busy.Status, busy.Location)
		}
	}
	if other := h.As("county").Get(p.Location); other.Status != http.StatusNotFound {
		t.Errorf("others see the work: %d", other.Status)
	}
	// Stopped before it begins, and tried again.
	c.Post(p.Location+"/avbryt", nil)
	if rest := c.Get(base + "/ferdig"); !strings.Contains(rest.Text("main"), "130 rader er ikke lagret") {
		t.Errorf("after a stop: %q", rest.Text("main"))
	}
	c.Post(p.Location+"/igjen", nil)
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(t, h) - before; n != 130 {
		t.Fatalf("%d needs were stored", n)
	}
	if page := c.Get(p.Location); !strings.Contains(page.Text("main"), "Lagret: 130") || !page.Has(`main a[href="`+base+`/ferdig"]`) {
		t.Errorf("the report: %q", page.Text("main"))
	}
	stored(t, h, c, base)
	if n := count(t, h) - before; n != 130 {
		t.Errorf("a second yes stored %d", n-130)
	}
}

// TestAKilledStoringGoesOn: what was stored before the program died is stored once, and the
// rest comes with the next try.
func TestAKilledStoringGoesOn(t *testing.T) {
	h := sitetest.New(t)
	c, before := h.As("adviser"), count(t, h)
	base := checked(t, c, "Folk til hall", 60)
	actor := h.Actor("adviser")
	id, err := kept.ParseID(base[strings.LastIndex(base, "/")+1:])
	if err != nil {
		t.Fatal(err)
	}
	u, err := h.Uploads.Get(t.Context(), actor, id)
	if err != nil {
		t.Fatal(err)
	}
	killed := h.Storing
	died := errors.New("the program died")
	killed.Open = dyingAfter(h.Taking, 1, died)
	if _, err := killed.Confirm(t.Context(), actor, u); !errors.Is(err, died) {
		t.Fatalf("killed: %v", err)
	}
	if n := count(t, h) - before; n != kept.Portion {
		t.Fatalf("%d were stored before it died", n)
	}
	if _, err := h.Storing.Confirm(t.Context(), actor, u); err != nil {
		t.Fatal(err)
	}
	after, err := h.Uploads.Get(t.Context(), actor, id)
	if n := count(t, h) - before; err != nil || n != 60 || after.Stored != 60 {
		t.Errorf("%d needs, %d noted, %v", n, after.Stored, err)
	}
}

// dyingAfter reads sheets whose storing ends with an error after so many portions.
func dyingAfter(s *taking.Service, portions int, died error) func(context.Context, access.Actor, kept.Upload) (kept.Rows, error) {
	return func(ctx context.Context, actor access.Actor, u kept.Upload) (kept.Rows, error) {
		rows, err := s.Open(ctx, actor, u)
		store := rows.Store
		rows.Store = func(ctx context.Context, tx *db.Tx, actor access.Actor, from, to int) (kept.Tally, error) {
			if portions--; portions < 0 {
				return kept.Tally{}, died
			}
			return store(ctx, tx, actor, from, to)
		}
		return rows, err
	}
}

// between lets something happen before the second portion of what the house stores in the
// background, which ends the work.
func between(h *sitetest.House, happens func()) {
	portions, storing := 0, h.Storing
	storing.Open = func(ctx context.Context, actor access.Actor, u kept.Upload) (kept.Rows, error) {
		rows, err := h.Taking.Open(ctx, actor, u)
		write := rows.Write
		rows.Write = func(ctx context.Context, fn func(tx *db.Tx) error) error {
			if portions++; portions == 2 {
				happens()
				<-ctx.Done()
			}
			return write(ctx, fn)
		}
		return rows, err
	}
	h.Jobs.Handle(intake.Sheets().Job(), storing.Work)
}

// TestStoppedBetweenPortions: what is stored stays, the report tells what is not, and the
// rest is stored when somebody asks.
func TestStoppedBetweenPortions(t *testing.T) {
	h := sitetest.New(t)
	c, before := h.As("adviser"), count(t, h)
	base := checked(t, c, "Folk til verft", 130)
	work := c.Post(base+"/kontroll", nil).Location
	between(h, func() { c.Post(work+"/avbryt", nil) })
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(t, h) - before; n != kept.Portion {
		t.Fatalf("%d needs were stored", n)
	}
	if page := c.Get(work); !strings.Contains(page.Text("main"), "Lagret: 25") || !strings.Contains(page.Text("main"), "105 rader ble ikke tatt") {
		t.Errorf("the report: %q", page.Text("main"))
	}
	if rest := c.Get(base + "/ferdig"); !strings.Contains(rest.Text("main"), "105 rader er ikke lagret") {
		t.Errorf("the result: %q", rest.Text("main"))
	}
	c.Post(base+"/kontroll", nil)
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(t, h) - before; n != 130 {
		t.Errorf("%d needs in the end", n)
	}
}

// TestAStoppedProgramGoesOnStoring: the work waits when the program ends in the middle of it,
// and begins no row twice when it is started again.
func TestAStoppedProgramGoesOnStoring(t *testing.T) {
	h := sitetest.New(t)
	c, before := h.As("adviser"), count(t, h)
	work := c.Post(checked(t, c, "Folk til mølle", 130)+"/kontroll", nil).Location
	program, stop := context.WithCancel(t.Context())
	between(h, stop)
	if err := h.Jobs.Drain(program); err != nil && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if n := count(t, h) - before; n != kept.Portion {
		t.Fatalf("%d needs were stored before it stopped", n)
	}
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if page := c.Get(work); count(t, h)-before != 130 || !strings.Contains(page.Text("main"), "Lagret: 130") {
		t.Errorf("%d needs, %q", count(t, h)-before, page.Text("main"))
	}
}

// TestTwoStoreTheSameRowsAtOnce: two advisers have been sent the same list and say yes in the
// same second.
func TestTwoStoreTheSameRowsAtOnce(t *testing.T) {
	h := sitetest.New(t)
	a, b, before := h.As("adviser"), h.As("county"), count(t, h)
	bases := []string{checked(t, a, "Folk til dokk", 60), checked(t, b, "Folk til dokk", 60)}
	var both sync.WaitGroup
	answers := make([]sitetest.Page, 2)
	for i, c := range []*sitetest.Client{a, b} {
		both.Go(func() { answers[i] = c.Post(bases[i]+"/kontroll", nil) })
	}
	both.Wait()
	for i, p := range answers {
		if p.Status != http.StatusSeeOther {
			t.Errorf("%d: %d %s", i, p.Status, p.Text("main"))
		}
	}
	if n := count(t, h) - before; n != 60 {
		t.Errorf("%d needs were stored", n)
	}
}

// TestARoleThatHasEndedStopsTheStoring: nothing is stored in the name of a role that is gone,
// and the report says why.
func TestARoleThatHasEndedStopsTheStoring(t *testing.T) {
	h := sitetest.New(t)
	c, before := h.As("adviser"), count(t, h)
	base := checked(t, c, "Folk til bygg", 110)
	p := c.Post(base+"/kontroll", nil)
	const endAll db.SQL = `DELETE FROM assignment WHERE account = $1`
	if err := h.DB().Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, endAll, h.Actor("adviser").Account)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(t, h) - before; n != 0 {
		t.Errorf("%d needs were stored", n)
	}
	if page := c.Get(p.Location); !strings.Contains(page.Text("main"), "gjelder ikke lenger") {
		t.Errorf("the report: %q", page.Text("main"))
	}
}
