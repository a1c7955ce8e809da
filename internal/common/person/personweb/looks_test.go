package personweb_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/site/sitetest"
)

const (
	needsOf  db.SQL = `SELECT id FROM need WHERE created_by = $1 AND state <> 'draft' ORDER BY id`
	lookRows db.SQL = `SELECT COUNT(*) FROM person_look WHERE kind = $1 AND subject = $2`
)

// twoNeeds are needs of the adviser's: one that all may see, and one that not.
func twoNeeds(t *testing.T, h *sitetest.House) (open, closed string) {
	t.Helper()
	var ids []string
	err := h.DB().Read(t.Context(), func(tx *db.Tx) error {
		var err error
		ids, err = db.List[string](t.Context(), tx, needsOf, h.Actor("adviser").Account)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	v := h.Visitor()
	for _, id := range ids {
		if v.Get("/behov/"+id).Status == http.StatusOK {
			open = id
		} else {
			closed = id
		}
	}
	if open == "" || closed == "" {
		t.Fatal("the demo has no open, or no closed need")
	}
	return open, closed
}

// TestWhatIsLookedAtIsNoted: what is not open, on pages and in JSON, and neither
// what is open nor what was refused.
func TestWhatIsLookedAtIsNoted(t *testing.T) {
	h := sitetest.New(t)
	open, closed := twoNeeds(t, h)
	adviser, employer, admin := h.As("adviser"), h.As("employer"), h.As("admin")
	for _, id := range []string{open, closed} {
		if p := adviser.Get("/behov/" + id); p.Status != http.StatusOK {
			t.Fatalf("%s: %d", id, p.Status)
		}
		employer.Get("/behov/" + id)
	}
	if p := adviser.JSON("GET", "/api/v1/needs/"+closed, ""); p.Status != http.StatusOK {
		t.Fatalf("JSON: %d", p.Status)
	}
	if p := h.Visitor().JSON("GET", "/api/v1/needs/"+closed, ""); p.Status == http.StatusOK {
		t.Fatal("a visitor reads it")
	}
	someone := string(h.Actor("learner").Account)
	if p := admin.Get("/administrasjon/kontoer/" + someone); p.Status != http.StatusOK {
		t.Fatalf("account: %d", p.Status)
	}
	if err := h.Looks.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[[2]string]int{{"need", open}: 0, {"need", closed}: 2, {"account", someone}: 1} {
		if got := scalar[int](t, h, lookRows, name[0], name[1]); got != want {
			t.Errorf("%s %s: %d entries, want %d", name[0], name[1], got, want)
		}
	}
	p := h.As("learner").Get("/konto/data")
	if got := p.Text("section[aria-labelledby=looks] tbody"); !strings.Contains(got, "Trøndelag fylkeskommune") || strings.Contains(got, "demo-") {
		t.Errorf("the person reads %q", got)
	}
	if p := adviser.Get("/konto/data"); p.Has("section[aria-labelledby=looks] tbody") {
		t.Error("the adviser's own reading is told as somebody's")
	}
}

func TestTheOfficerReadsTheAccessLog(t *testing.T) {
	h := sitetest.New(t)
	_, closed := twoNeeds(t, h)
	h.As("adviser").Get("/behov/" + closed)
	h.As("adviser").Get("/behov/eksport.csv")
	for role, want := range map[string]int{"adviser": http.StatusForbidden, "county": http.StatusForbidden, "learner": http.StatusForbidden, "admin": http.StatusOK} {
		c := h.As(role)
		for _, path := range []string{"/administrasjon/innsynslogg", "/administrasjon/innsynslogg.csv"} {
			if p := c.Get(path); p.Status != want {
				t.Errorf("%s %s: %d", role, path, p.Status)
			}
		}
		if _, _, err := h.Persons.ListLooks(t.Context(), h.Actor(role), person.LookFilter{}); (err == nil) != (want == http.StatusOK) {
			t.Errorf("%s: %v", role, err)
		}
	}
	sysadmin := h.Actor("admin")
	sysadmin.Roles = sysadmin.Roles[:1]
	if _, _, err := h.Persons.ListLooks(t.Context(), sysadmin, person.LookFilter{}); !fault.Is(err, fault.NotFound) || sysadmin.Has(access.RoleDPO) {
		t.Errorf("an administrator alone: %v", err)
	}
	c := h.As("admin")
	all := c.Get("/administrasjon/innsynslogg")
	// The reading a moment ago is in the log.
	if got := all.Text("tbody"); !strings.Contains(got, "Behov") || !strings.Contains(got, "Tok ut en fil") || !strings.Contains(got, "Innsynslogg") {
		t.Errorf("the log: %q", got)
	}
	for query, want := range map[string]int{
		"?who=demo-adviser-1": 2, "?who=" + string(h.Actor("adviser").Account): 2, "?who=nobody": 0, "?id=" + closed: 1,
		"?from=2026-11-21&to=2026-11-21&id=" + closed: 1, "?to=2026-11-20": 0, "?from=2026-11-22": 0,
	} {
		p := c.Get("/administrasjon/innsynslogg" + query)
		if n := len(p.All("tbody tr")); p.Status != http.StatusOK || n != want {
			t.Errorf("%s: %d, %d lines, want %d", query, p.Status, n, want)
		}
		if want == 0 && !p.Has(".kt-empty") {
			t.Errorf("%s says nothing", query)
		}
	}
	if p := c.Get("/administrasjon/innsynslogg?from=i+dag"); p.Status != http.StatusUnprocessableEntity || !p.Has("#from-error") {
		t.Errorf("a day that is none: %d", p.Status)
	}
	if p := c.Get("/administrasjon/innsynslogg?from=2026-11-22&to=2026-11-20"); p.Status != http.StatusUnprocessableEntity || !p.Has("#to-error") {
		t.Errorf("backwards: %d", p.Status)
	}
	if p := c.Get("/administrasjon/innsynslogg.csv?id=" + closed); !strings.Contains(p.Body, closed) || strings.Count(p.Body, "\n") != 2 {
		t.Errorf("the file: %q", p.Body)
	}
}

// TestTheAccessLogIsPagedAndEnds: all of it is reached page by page, and a year
// later it is gone.
func TestTheAccessLogIsPagedAndEnds(t *testing.T) {
	h := sitetest.New(t)
	admin := h.Actor("admin")
	for range 60 {
		h.Looks.Note(t.Context(), admin, person.ListAll, object.Ref{Kind: "account"})
	}
	h.Looks.Note(t.Context(), access.Actor{}, person.ListAll, object.Ref{Kind: "account"})
	if err := h.Looks.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	seen := map[person.LookID]bool{}
	f := person.LookFilter{Limit: 25}
	for {
		page, total, err := h.Persons.ListLooks(t.Context(), admin, f)
		if err != nil || total != 60 {
			t.Fatalf("%d, %v", total, err)
		}
		for _, x := range page.Items {
			seen[x.ID] = true
		}
		if f.After = page.Next; f.After == "" {
			break
		}
	}
	if len(seen) != 60 {
		t.Errorf("%d of 60 are reached", len(seen))
	}
	if p := h.As("admin").Get("/administrasjon/innsynslogg"); !p.Has(".kt-pager a") {
		t.Error("no way to the next page")
	}
	for _, day := range []int64{0, 1} {
		h.Wait(time.Duration(day) * (person.LooksKept + 1) * 24 * time.Hour)
		swept, err := h.Persons.Retain(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range swept {
			if s.Kind == "look" && (s.N >= 60) != (day == 1) {
				t.Errorf("%d years later %d go", day, s.N)
			}
		}
	}
}

// TestABadEntryDoesNotStopTheAccessLog: what cannot be written is dropped, the rest
// is written, and nothing waits for ever.
func TestABadEntryDoesNotStopTheAccessLog(t *testing.T) {
	h := sitetest.New(t)
	admin := h.Actor("admin")
	h.Looks.Note(t.Context(), admin, "stared", object.Ref{Kind: "account", ID: "1"})
	h.Looks.Note(t.Context(), admin, person.ReadOne, object.Ref{Kind: "account", ID: "2"})
	if err := h.Looks.Flush(t.Context()); err != nil {
		t.Errorf("with one bad entry: %v", err)
	}
	if n := scalar[int](t, h, lookRows, "account", "2"); n != 1 {
		t.Errorf("the good entry is there %d times", n)
	}
	h.Looks.Note(t.Context(), admin, "stared", object.Ref{Kind: "account", ID: "3"})
	tries := 0
	for h.Looks.Flush(t.Context()) != nil {
		if tries++; tries > 100 {
			t.Fatal("a bad entry is tried for ever")
		}
	}
	if tries == 0 {
		t.Error("an entry was dropped at once, though the database may only have been busy")
	}
}

// TestFilesListsAndAnswersAreNoted: what the log is for besides the pages of needs.
func TestFilesListsAndAnswersAreNoted(t *testing.T) {
	h := sitetest.New(t)
	_, closed := twoNeeds(t, h)
	adviser := h.As("adviser")
	for _, path := range []string{"/behov/moteliste", "/behov/moteliste.pdf", "/behov/" + closed + "/rediger", "/besok", "/runder", "/vedlegg/til/need/" + closed} {
		if p := adviser.Get(path); p.Status != http.StatusOK {
			t.Errorf("%s: %d", path, p.Status)
		}
	}
	for _, path := range []string{"/api/v1/needs", "/api/v1/needs/" + closed + "/matches"} {
		if p := adviser.JSON("GET", path, ""); p.Status != http.StatusOK {
			t.Errorf("%s: %d", path, p.Status)
		}
	}
	if err := h.Looks.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	for thing, want := range map[object.Ref]int{{Kind: "need", ID: closed}: 3, {Kind: "need"}: 3, {Kind: "visit"}: 1, {Kind: "round"}: 1} {
		if got := scalar[int](t, h, lookRows, thing.Kind, thing.ID); got != want {
			t.Errorf("%s %s: %d entries, want %d", thing.Kind, thing.ID, got, want)
		}
	}
}
