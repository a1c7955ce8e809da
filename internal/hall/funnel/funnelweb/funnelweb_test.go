package funnelweb_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/hall/funnel"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// figures are what the tests read of the JSON.
type figures struct {
	Items []struct {
		ID, Region, Field, Level, Step string
		Count                          *int
		Suppressed                     bool
		MedianDays                     *int `json:"median_days"`
	}
	Total int
	Next  string
}

func read(t *testing.T, h *sitetest.House, query string) figures {
	t.Helper()
	var out figures
	p := h.Visitor().JSON("GET", "/api/v1/funnel"+query, "")
	if p.Status != http.StatusOK || json.Unmarshal([]byte(p.Body), &out) != nil {
		t.Fatalf("%s: %d %s", query, p.Status, p.Body)
	}
	return out
}

// step is the figure of a step of the part, and whether there is such a part.
func (f figures) step(part string, s funnel.Step) (*int, bool) {
	for _, x := range f.Items {
		if x.ID == part+"|"+string(s) {
			return x.Count, true
		}
	}
	return nil, false
}

// TestFunnel: needs of two firms are not told of by themselves, those of three are, with how
// far they came and how long it took; the next day's single need changes nothing.
func TestFunnel(t *testing.T) {
	h := sitetest.New(t)
	ctx := t.Context()
	hall := &funnel.Service{DB: h.DB(), Clock: func() time.Time { return sitetest.Now }, Places: h.Places}
	add := func(n int, firm string) need.Need {
		t.Helper()
		o, err := h.Orgs.Register(ctx, access.SystemActor("test"), org.Registration{Kind: org.Company, Name: firm, Municipality: "5007"})
		if err != nil {
			t.Fatal(err)
		}
		owner := access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RoleOrgMember, Org: o.ID}}}
		x, err := h.Needs.Register(ctx, owner, need.Content{Text: fmt.Sprint("Vi trenger nummer ", n), Organisation: o.ID, Municipality: "5007", Headcount: 1, Level: need.LevelHigher, Confidentiality: need.Open})
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	daily := func() {
		t.Helper()
		if err := hall.Daily(ctx); err != nil {
			t.Fatal(err)
		}
	}
	part := ""
	for i := range 3 {
		x := add(i, fmt.Sprint("Firma ", i))
		if _, err := h.Needs.Move(ctx, access.SystemActor("test"), x.ID, need.Moving{To: need.Presented}); err != nil {
			t.Fatal(err)
		}
		part = fmt.Sprintf("namdalen|%s|hoyere|%d", x.Field, x.SubmittedAt.Date().Year())
		if daily(); i < 2 {
			if _, told := read(t, h, "").step(part, funnel.Reported); told {
				t.Errorf("the needs of %d firms are told of", i+1)
			}
		}
	}
	got := read(t, h, "?region=namdalen&level=hoyere")
	for step, want := range map[funnel.Step]int{funnel.Reported: 3, funnel.Presented: 3, funnel.Answered: 0} {
		if n, _ := got.step(part, step); n == nil || *n != want {
			t.Errorf("%s: %v, want %d", step, n, want)
		}
	}
	add(3, "Firma 3")
	daily()
	if n, _ := read(t, h, "").step(part, funnel.Reported); n == nil || *n != 3 {
		t.Errorf("after one more firm: %v", n)
	}
	page := h.Visitor().Get("/resultater?region=namdalen")
	if text := page.Text("main"); page.Status != http.StatusOK || !page.Has("main .kt-bars") || !strings.Contains(text, "Namdalen") {
		t.Errorf("the page: %d %s", page.Status, text)
	}
	if p := h.Visitor().Get("/resultater.csv"); p.Status != http.StatusOK || !strings.Contains(p.Body, "Presentert") || !strings.Contains(p.Header.Get("Content-Disposition"), "resultater.csv") {
		t.Errorf("the file: %d %s", p.Status, p.Body)
	}
	for _, x := range read(t, h, "").Items {
		if x.Suppressed != (x.Count == nil) || x.Suppressed && x.MedianDays != nil {
			t.Errorf("%s: held back %t, %v", x.ID, x.Suppressed, x.Count)
		}
	}
	for _, path := range []string{"/resultater?region=finnesikke", "/resultater.csv?level=x", "/api/v1/funnel?field=x"} {
		if p := h.Visitor().Get(path); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", path, p.Status)
		}
	}
	if first := read(t, h, "?limit=6"); len(first.Items) != 6 || first.Total > 6 && first.Next == "" {
		t.Errorf("a page of six: %d of %d, next %q", len(first.Items), first.Total, first.Next)
	}
	if p := h.Visitor().Get("/resultater?year=1999"); !p.Has("main .kt-empty") {
		t.Errorf("a year without figures: %s", p.Text("main"))
	}
}
