package importweb_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/job"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/intake"
	"kompetansetorg/internal/room/supply/storing"
	"kompetansetorg/internal/site/sitetest"
)

// sent sends a file of n programmes, with a word of its own in their titles, and answers the
// address of its check.
func sent(t *testing.T, c *sitetest.Client, word string, n int) string {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", "kurs.csv")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(part, "Kursnavn;Nivå\r\n")
	for i := range n {
		fmt.Fprintf(part, "Kurs i %s %d;Kurs\r\n", word, i)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	p := c.Send(http.MethodPost, "/tilbud/import", w.FormDataContentType(), &body)
	if p.Status != http.StatusSeeOther || !strings.HasPrefix(p.Location, "/tilbud/import/sjekk") {
		t.Fatalf("upload: %d %s", p.Status, p.Text("main"))
	}
	return p.Location
}

// programmes is how many programmes have the word in their titles.
func programmes(t *testing.T, h *sitetest.House, word string) int {
	t.Helper()
	const like db.SQL = `SELECT COUNT(*) FROM programme WHERE title_nb LIKE $1`
	n := 0
	if err := h.DB().Read(t.Context(), func(tx *db.Tx) error {
		var err error
		n, err = db.Scalar[int](t.Context(), tx, like, "Kurs i "+word+"%")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

var save = url.Values{"do": {"save"}}

// TestALongFileIsTakenInInTheBackground: it is followed, stopped between two portions, and
// gone on with; no programme is there twice.
func TestALongFileIsTakenInInTheBackground(t *testing.T) {
	h := sitetest.New(t)
	c := h.As("provider")
	check := sent(t, c, "fletting", 130)
	work := c.Post(check, save).Location
	if !strings.HasPrefix(work, "/arbeid/") || programmes(t, h, "fletting") != 0 {
		t.Fatalf("yes to a long file leads to %s", work)
	}
	if again := c.Post(check, save); again.Location != work {
		t.Errorf("a second yes leads to %s", again.Location)
	}
	if p := c.Post(check, url.Values{"do": {"discard"}}); p.Location != work {
		t.Errorf("thrown away while it is taken in: %s", p.Location)
	}
	if p := h.As("adviser").Get(work); p.Status != http.StatusNotFound {
		t.Errorf("others see the work: %d", p.Status)
	}
	stopped := *h.Programmes
	roles := stopped.ActorIn
	asked := 0
	stopped.ActorIn = func(ctx context.Context, tx *db.Tx, a access.AccountID) (access.Actor, error) {
		if asked++; asked == 4 { // the third portion
			return access.Actor{}, job.ErrCancelled
		}
		return roles(ctx, tx, a)
	}
	h.Jobs.Handle(storing.Job, stopped.Work)
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	some := programmes(t, h, "fletting")
	if p := c.Get(work); some == 0 || some == 130 || !strings.Contains(p.Text("main"), fmt.Sprintf("Nye: %d.", some)) ||
		!strings.Contains(p.Text("main"), fmt.Sprintf("%d utdanninger ble ikke tatt", 130-some)) || !p.Has(`main a[href="`+check+`"]`) {
		t.Fatalf("stopped with %d: %q", some, p.Text("main"))
	}
	h.Jobs.Handle(storing.Job, h.Programmes.Work)
	c.Post(check, save)
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := programmes(t, h, "fletting"); n != 130 {
		t.Errorf("%d programmes in the end", n)
	}
	if p := c.Get(check); p.Status != http.StatusNotFound {
		t.Errorf("the file is still there: %d", p.Status)
	}
}

// TestALongFileEndsInAReport: what came of it, and the way on.
func TestALongFileEndsInAReport(t *testing.T) {
	h := sitetest.New(t)
	c := h.As("provider")
	work := c.Post(sent(t, c, "tving", 101), save).Location
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p := c.Get(work); !strings.Contains(p.Text("main"), "Nye: 101. Endret: 0. Uendret: 0. Med feil: 0.") || !p.Has(`main a[href="/tilbud/mine"]`) {
		t.Errorf("the report: %q", p.Text("main"))
	}
}

// TestARoleThatHasEndedTakesNothingIn: nothing is written in the name of a role that is gone.
func TestARoleThatHasEndedTakesNothingIn(t *testing.T) {
	h := sitetest.New(t)
	c := h.As("provider")
	work := c.Post(sent(t, c, "toving", 101), save).Location
	const end db.SQL = `DELETE FROM assignment WHERE account = $1`
	if err := h.DB().Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, end, h.Actor("provider").Account)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p := c.Get(work); programmes(t, h, "toving") != 0 || !strings.Contains(p.Text("main"), "gjelder ikke lenger") {
		t.Errorf("%d programmes, %q", programmes(t, h, "toving"), p.Text("main"))
	}
}

// opened is the file behind the address of a check.
func opened(t *testing.T, h *sitetest.House, actor access.Actor, check string) (supply.UploadID, batch.Batch) {
	t.Helper()
	_, at, _ := strings.Cut(check, "fil=")
	u, err := h.Supply.Kept(t.Context(), actor, supply.UploadID(at))
	if err != nil {
		t.Fatal(err)
	}
	content, err := intake.Decode(u.Content)
	if err != nil {
		t.Fatal(err)
	}
	b, err := h.Programmes.Batch(u, content)
	if err != nil {
		t.Fatal(err)
	}
	return u.ID, b
}

// TestAnImportThatIsEndedKeepsItsPortions: what was told stays, and the plan that comes back
// is of what stays.
func TestAnImportThatIsEndedKeepsItsPortions(t *testing.T) {
	h := sitetest.New(t)
	c, actor := h.As("provider"), h.Actor("provider")
	check := sent(t, c, "spinning", 40)
	u, b := opened(t, h, actor, check)
	ended := errors.New("ended")
	plan, err := h.Programmes.Batches.ImportWith(t.Context(), actor, b, batch.Steps{
		Who: func(context.Context, *db.Tx) (access.Actor, error) { return actor, nil },
		Told: func(done int, _ batch.Plan) error {
			if done >= 16 {
				return ended
			}
			return nil
		}})
	if !errors.Is(err, ended) || plan.Count(batch.LineNew) != 16 || programmes(t, h, "spinning") != 16 {
		t.Fatalf("%d told, %d stored, %v", plan.Count(batch.LineNew), programmes(t, h, "spinning"), err)
	}
	if _, err := h.Programmes.Confirm(t.Context(), actor, u, b); err != nil || programmes(t, h, "spinning") != 40 {
		t.Errorf("%d in the end, %v", programmes(t, h, "spinning"), err)
	}
}
