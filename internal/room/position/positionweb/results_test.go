package positionweb_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

// TestResults: all read how many positions there have been and what became of them, the same
// on the page, as a file and in JSON; drafts and interrupted ones are not counted. The toolbox
// and the regions lead to the positions.
func TestResults(t *testing.T) {
	h := sitetest.New(t)
	var all struct {
		Positions, Hired, Qualified     int
		Sectors, Municipalities, Levels []struct {
			Code                        string
			Positions, Hired, Qualified int
		}
	}
	read := func(query string) {
		t.Helper()
		p := h.Visitor().JSON("GET", "/api/v1/positions/results"+query, "")
		if p.Status != http.StatusOK || json.Unmarshal([]byte(p.Body), &all) != nil {
			t.Fatalf("%s: %d %s", query, p.Status, p.Body)
		}
	}
	read("")
	before := all
	if all.Positions < 3 || all.Hired < 2 || all.Qualified != 1 || all.Hired > all.Positions {
		t.Errorf("the demo has %+v", all)
	}
	for _, part := range [][]struct {
		Code                        string
		Positions, Hired, Qualified int
	}{all.Sectors, all.Municipalities, all.Levels} {
		n, q := 0, 0
		for _, c := range part {
			n, q = n+c.Positions, q+c.Qualified
		}
		if n != all.Positions || q != all.Qualified {
			t.Errorf("the parts are %d and %d of %d and %d", n, q, all.Positions, all.Qualified)
		}
	}
	draft(t, h, "Et utkast som ikke telles")
	published(t, h, "En som telles")
	read("")
	if all.Positions != before.Positions+1 || all.Hired != before.Hired {
		t.Errorf("after one more: %+v", all)
	}
	read("?year=2011")
	if all.Positions != 0 {
		t.Errorf("in 2011: %+v", all)
	}
	page := h.Visitor().Get("/stillinger/resultat")
	for _, words := range []string{"Lyst ut", "Kvalifisert", "Rennebu", "Fagskole"} {
		if !strings.Contains(page.Text("main"), words) {
			t.Errorf("the page says nothing of %q", words)
		}
	}
	if p := h.Visitor().Get("/stillinger/resultat?ar=2011"); !strings.Contains(p.Text("main"), "Ingen stillinger ennå") {
		t.Error("a year without positions does not say so")
	}
	if p := h.Visitor().Get("/stillinger/resultat?ar=i+fjor"); p.Status != http.StatusUnprocessableEntity && p.Status != http.StatusBadRequest {
		t.Errorf("an odd year: %d", p.Status)
	}
	if p := h.Visitor().Get("/stillinger/resultat.csv"); p.Status != http.StatusOK || !strings.Contains(p.Body, "Rennebu") {
		t.Errorf("as a file: %d", p.Status)
	}
	for _, at := range []string{"/verktoykasse", "/kompetanseregioner/trondelag-sor"} {
		if !strings.Contains(h.Visitor().Get(at).Text("main"), "Se alle stillinger") {
			t.Errorf("%s does not lead to the positions", at)
		}
	}
}
