package measureweb_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/site/sitetest"
)

// open is the JSON and the CSV, which all may read.
func open(t *testing.T, h *sitetest.House) {
	var list struct {
		Total int
		Items []struct {
			ID, Code, Effort, State string
			Goal                    map[string]string
			Steps                   []struct{ Nr int }
			Cost                    *struct{ Low, High, Year int }
			Owner                   *struct{ Name string }
			Contact                 *struct{ Role string }
		}
	}
	read := func(path string, into any) {
		t.Helper()
		p := h.Visitor().JSON("GET", path, "")
		if p.Status != http.StatusOK {
			t.Fatalf("%s: %d %s", path, p.Status, p.Body)
		}
		if err := json.Unmarshal([]byte(p.Body), into); err != nil {
			t.Fatal(err)
		}
	}
	read("/api/v1/measures", &list)
	if list.Total != 25 || len(list.Items) != 25 {
		t.Errorf("%d measures", list.Total)
	}
	letter := ""
	for _, m := range list.Items {
		if m.Goal["en"] == "" || len(m.Steps) < 2 {
			t.Errorf("%s: %+v", m.Code, m)
		}
		switch m.Code {
		case "M06":
			if letter = m.ID; m.Owner == nil || !strings.HasPrefix(m.Owner.Name, "Nasjonalparken") || m.Contact == nil || m.Cost != nil {
				t.Errorf("M06: %+v", m)
			}
		case "M09":
			if m.Cost == nil || m.Cost.High != 6_000_000 || m.Cost.Year != 2026 {
				t.Errorf("M09 costs %+v", m.Cost)
			}
		}
	}
	read("/api/v1/measures?cost=100", &list)
	if list.Total != 1 {
		t.Errorf("%d measures up to 100 000", list.Total)
	}
	var one struct{ Packages []string }
	read("/api/v1/measures/"+letter, &one)
	if len(one.Packages) != 1 || one.Packages[0] != "ta-imot-nye-innbyggere" {
		t.Errorf("packages %v", one.Packages)
	}
	var packs struct {
		Items []struct {
			Slug     string
			Measures []string
		}
	}
	read("/api/v1/packages", &packs)
	if len(packs.Items) != 1 || len(packs.Items[0].Measures) != 4 || packs.Items[0].Measures[0] != letter {
		t.Errorf("packages %+v", packs.Items)
	}
	csv := h.Visitor().Get("/verktoykasse.csv")
	if csv.Status != http.StatusOK || !strings.Contains(csv.Body, "M06") || !strings.Contains(csv.Body, "Kostnad") || strings.Count(csv.Body, "\n") != 26 {
		t.Errorf("the file: %d, %d lines", csv.Status, strings.Count(csv.Body, "\n"))
	}
	if p := h.Visitor().JSON("GET", "/api/v1/measures/nobody", ""); p.Status != http.StatusNotFound {
		t.Errorf("no such measure: %d", p.Status)
	}
	h.Wait(340 * 24 * time.Hour)
	if err := h.Measures.Remind(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(h.As(hub).Get("/oppgaver").Text("main"), "Velkomstbrev") {
		t.Error("the review does not come back")
	}
}
