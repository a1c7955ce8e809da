package meetingweb_test

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/site/sitetest"
)

// A chief executive speaks and has no vote: the page and the API refuse one, and say by
// which paragraph of the agreement.
func TestAChiefExecutiveHasNoVote(t *testing.T) {
	h := sitetest.New(t)
	list, err := h.Meetings.List(t.Context(), system, session.Filter{Body: council(t, h).ID, States: []session.State{session.Sent}})
	if err != nil || len(list) != 1 {
		t.Fatalf("%d meetings, %v", len(list), err)
	}
	path := "/moter/" + string(list[0].ID)
	d := detail(t, h, path)
	i, c := item(t, d, "Helsefag"), h.As("chief_exec")
	p := c.Get(path + "/saker/" + string(i.ID) + "/standpunkt")
	if p.Status != http.StatusForbidden || !strings.Contains(p.Text("main"), "§ 4") {
		t.Errorf("the page: %d %s", p.Status, p.Text("main"))
	}
	own := h.Actor("chief_exec").Roles[0].Org
	at := slices.IndexFunc(d.Seats, func(x session.Seated) bool { return x.Org == own && x.Kind == rule.ChiefExec })
	if at < 0 {
		t.Fatal("the chief executive has no seat")
	}
	p = c.JSON("POST", "/api/v1/cases/"+string(i.Case)+"/positions", `{"seat":"`+string(d.Seats[at].ID)+`","position":"for"}`)
	if p.Status != http.StatusForbidden || !strings.Contains(p.Body, "§ 4") {
		t.Errorf("the API: %d %s", p.Status, p.Body)
	}
	if got := detail(t, h, path); got.Version != d.Version {
		t.Error("something was taken all the same")
	}
	said := map[string]bool{}
	for _, lang := range []string{"nb", "nn", "en"} {
		said[c.JSON("GET", "/api/v1/cases/"+string(i.Case)+"/outcome?lang="+lang, "").Body] = true
	}
	if len(said) != 3 {
		t.Errorf("the outcome is told in %d of three languages", len(said))
	}
}

// The meeting of 18.08.2020 stands as it was called: four columns, numbers 22 to 24, and
// a referat; its papers' check names the wrong body in their headers, and PS 24/20 without
// a recommendation.
func TestTheMeetingOf2020(t *testing.T) {
	h := sitetest.New(t)
	day := clock.MustDate("2020-08-18")
	list, err := h.Meetings.List(t.Context(), system, session.Filter{From: day, To: day})
	if err != nil || len(list) != 1 {
		t.Fatalf("%d meetings, %v", len(list), err)
	}
	path, c := "/moter/"+string(list[0].ID), h.Visitor()
	p := c.Get(path)
	if got := strings.Join(p.All("main table thead th"), "|"); got != "Utvalgs-saksnr|Innhold|Lukket|Arkiv-saksnr" {
		t.Errorf("columns %s", got)
	}
	got := p.Text("main table tbody")
	for _, want := range []string{"PS 22/20 Referatsaker", "PS 23/20 Samarbeidsavtale for Trøndelag Sør", "2020/10212", "PS 24/20 Kompetansepiloter", "2020/18145"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
	if book := c.Get(path + "/motebok"); book.Text("h1") != "Referat" || !strings.Contains(book.Text("main"), "14:00–15:30") {
		t.Errorf("what was written down: %s", book.Text("h1"))
	}
	for key, want := range map[string][]string{"samarbeidsavtale": {"header_body"}, "kompetansepiloter": {"header_body", "no_recommendation"}} {
		found := findings(t, h, key)
		for _, rule := range want {
			if !slices.Contains(found, rule) {
				t.Errorf("%s: no %s among %v", key, rule, found)
			}
		}
	}
}

// findings are the rules that the check of a case's paper has found something by.
func findings(t *testing.T, h *sitetest.House, word string) []string {
	t.Helper()
	list, err := h.Cases.List(t.Context(), system, casework.Filter{Text: word})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list, func(c casework.Item) bool { return c.Number.Year == 2020 })
	if i < 0 {
		t.Fatalf("no case of 2020 called %s", word)
	}
	r, err := h.Writing.Review(t.Context(), h.Actor("secretary"), list[i].ID)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range r.Findings {
		out = append(out, string(f.Rule))
	}
	return out
}

// The agenda and what was written down are tagged PDFs.
func TestPapersAreTagged(t *testing.T) {
	if _, err := exec.LookPath("pdfinfo"); err != nil {
		t.Skip("pdfinfo is not on this machine")
	}
	h := sitetest.New(t)
	list, err := h.Meetings.List(t.Context(), system, session.Filter{States: []session.State{session.Published}})
	if err != nil || len(list) == 0 {
		t.Fatal(err)
	}
	for _, paper := range []string{"/innkalling.pdf", "/motebok/papir.pdf"} {
		p := h.Visitor().Get("/moter/" + string(list[0].ID) + paper)
		at := filepath.Join(t.TempDir(), "a.pdf")
		if err := os.WriteFile(at, []byte(p.Body), 0o600); err != nil {
			t.Fatal(err)
		}
		if p.Status == http.StatusServiceUnavailable {
			t.Skip("WeasyPrint is not on this machine")
		}
		info, err := exec.Command("pdfinfo", at).Output()
		if err != nil || !strings.Contains(string(info), "Tagged:          yes") {
			t.Errorf("%s: %d %v\n%s", paper, p.Status, err, info)
		}
	}
}

// The paper of the minutes tells as much as the page: who met, and why a member reserved
// itself.
func TestThePaperOfTheMinutesHasTheReasons(t *testing.T) {
	h := sitetest.New(t)
	list, err := h.Meetings.List(t.Context(), system, session.Filter{Body: council(t, h).ID, States: []session.State{session.Published}})
	if err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	got := h.Visitor().Get("/moter/" + string(list[0].ID) + "/motebok/papir").Text("main")
	for _, want := range []string{"Reserverer seg: Kommunen har nettopp gjennomført et eget kurs.", "Ordfører Møtte"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
}
