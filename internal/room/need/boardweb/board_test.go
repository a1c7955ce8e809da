package boardweb_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

var system = access.SystemActor("test")

// TestBoards runs one house for all: it is what takes time.
func TestBoards(t *testing.T) {
	h := sitetest.New(t)
	for _, x := range []struct {
		name string
		run  func(*testing.T, *sitetest.House)
	}{
		{"files hold what the list shows", filesAreTheList},
		{"the map counts what the list shows", mapIsTheList},
		{"addresses that cannot be used", wrongAddresses},
		{"no cell is a formula", noFormulas},
		{"the board of demand", demandBoard},
		{"open figures are the same for everybody", openFigures},
	} {
		t.Run(x.name, func(t *testing.T) { x.run(t, h) })
	}
}

// questions are addresses of a list, as its filter makes them.
var questions = []string{"", "?level=kurs", "?state=mapped", "?purpose=upskilling", "?municipality=5025", "?municipality=R%C3%B8ros&level=fagbrev",
	"?region=trondelag-sor", "?q=kokk", "?mine=1", "?ball=1", "?overdue=1", "?sort=headcount&level=kurs", "?state=draft&mine=1", "?q=finnesikke"}

var roles = []string{"", "learner", "employer", "adviser", "provider", "secretary", "forum_member", "county", "admin"}

// listed are the ids that the list shows, on all its pages.
func listed(t *testing.T, c *sitetest.Client, address string) []string {
	t.Helper()
	var out []string
	for address != "" {
		p := c.Get(address)
		if p.Status != http.StatusOK {
			t.Fatalf("%s: %d", address, p.Status)
		}
		for _, id := range p.Attrs("main table tbody tr", "id") {
			out = append(out, strings.TrimPrefix(id, "n-"))
		}
		address = p.Attr("a[rel=next]", "href")
	}
	return out
}

func filesAreTheList(t *testing.T, h *sitetest.House) {
	draft, err := h.Needs.SaveDraft(t.Context(), h.Actor("adviser"), "", 0, need.Content{Text: "Et utkast", Municipality: "5021"})
	if err != nil {
		t.Fatal(err)
	}
	drafts := 0
	for _, role := range roles {
		c := h.As(role)
		for _, q := range questions {
			want := listed(t, c, "/behov"+q)
			drafts += strings.Count(strings.Join(want, " "), string(draft.ID))
			var file struct {
				Items []struct{ ID, Number, Title string }
				Total int
			}
			if err := json.Unmarshal([]byte(c.Get("/behov/eksport.json"+q).Body), &file); err != nil {
				t.Fatalf("%q %s: %v", role, q, err)
			}
			var got []string
			for _, it := range file.Items {
				got = append(got, it.ID)
			}
			if !slices.Equal(got, want) || file.Total != len(want) {
				t.Errorf("%q %s: the JSON file has %d needs, the list %d", role, q, len(got), len(want))
			}
			if q != "" && q != "?level=kurs" {
				continue
			}
			for _, ext := range []string{"csv", "xlsx"} {
				body := c.Get("/behov/eksport." + ext + q).Body
				book, err := sheet.Read("x."+ext, strings.NewReader(body), int64(len(body)), sheet.DefaultLimits())
				if err != nil {
					t.Fatalf("%q %s: %v", role, ext, err)
				}
				rows := book.Sheets[0].Data()
				if len(rows) != len(want) {
					t.Errorf("%q: the %s file has %d rows, the list %d", role, ext, len(rows), len(want))
					continue
				}
				for i, row := range rows {
					if row.Cell(0) != file.Items[i].Number {
						t.Errorf("%q: row %d of the %s file is %q, want %q", role, i, ext, row.Cell(0), file.Items[i].Number)
					}
				}
			}
		}
	}
	if drafts != 2 { // ?mine=1 and ?state=draft&mine=1, for the adviser alone
		t.Errorf("the draft stands in %d lists, want two of its owner", drafts)
	}
}

func mapIsTheList(t *testing.T, h *sitetest.House) {
	for _, q := range []string{"", "?level=kurs", "?municipality=5025", "?region=trondelag-sor&purpose=upskilling", "?q=kokk"} {
		for _, role := range []string{"county", "provider", "secretary"} {
			c := h.As(role)
			p := c.Get("/behov/kart" + q)
			if p.Status != http.StatusOK {
				t.Fatalf("%s: %d", q, p.Status)
			}
			needs := 0
			for _, row := range p.All("main table tbody tr") {
				cells := strings.Fields(row)
				n, err := strconv.Atoi(cells[len(cells)-1])
				switch {
				case role == "secretary" && row == "Frøya Få Få":
					n = 1 // outside the secretary's region, where he is no office
				case err != nil:
					t.Errorf("%s: an office gets %q", role, row)
				}
				needs += n
			}
			if want := len(listed(t, c, "/behov"+q)); needs != want {
				t.Errorf("%s %s: the map counts %d needs, the list %d", role, q, needs, want)
			}
			if circles := len(p.All(".kt-map__points circle")); circles != len(p.All("main table tbody tr")) {
				t.Errorf("%s %s: %d circles for %d rows", role, q, circles, len(p.All("main table tbody tr")))
			}
		}
	}
	p := h.Visitor().Get("/behov/kart")
	if row := find(p.All("main table tbody tr"), "Frøya"); row != "Frøya Få Få" {
		t.Errorf("one open need of one firm is shown to a visitor as %q", row)
	}
	if !p.Has("svg[role=img] title") || !p.Has("svg desc") {
		t.Error("the map has no name or description")
	}
	if p := h.Visitor().Get("/behov/kart?q=finnesikke"); p.Has("svg[role=img]") || !strings.Contains(p.Text("main"), "Ingen behov på kartet") {
		t.Errorf("nothing found: %q", p.Text("main"))
	}
}

func find(rows []string, start string) string {
	for _, r := range rows {
		if strings.HasPrefix(r, start) {
			return r
		}
	}
	return ""
}

func wrongAddresses(t *testing.T, h *sitetest.House) {
	c := h.As("county")
	for _, q := range []string{"?level=magi", "?state=sideways", "?municipality=Atlantis", "?region=utopia", "?purpose=moro", "?municipality=0301&region=trondelag-sor", "?sort=farge"} {
		if p := c.Get("/behov/kart" + q); p.Status != 422 || !p.Has("ds-error-summary") {
			t.Errorf("map %s: %d", q, p.Status)
		}
		for _, ext := range []string{"csv", "xlsx", "json"} {
			if p := c.Get("/behov/eksport." + ext + q); p.Status != 422 {
				t.Errorf("%s %s: %d", ext, q, p.Status)
			}
		}
	}
	if p := c.Get("/behov/kart?municipality=Atlantis"); p.Attr("#municipality", "value") != "Atlantis" || !p.Has("#municipality-error") {
		t.Error("what was typed is not at its field")
	}
}

// organisation is the one of that name.
func organisation(t testing.TB, h *sitetest.House, name string) org.ID {
	t.Helper()
	found, _, err := h.Orgs.List(t.Context(), org.Filter{Text: name})
	if err != nil || len(found.Items) != 1 {
		t.Fatalf("organisation %q: %v %v", name, found.Items, err)
	}
	return found.Items[0].ID
}

func noFormulas(t *testing.T, h *sitetest.House) {
	limtre := organisation(t, h, "Eksempel Limtre AS")
	for i, text := range []string{"=1+1 koster ingenting", "+cmd|' /C calc'!A0", "@SUM(A1) er ikke et behov", "-2 på limpressa"} {
		_, err := h.Needs.Register(t.Context(), system, need.Content{Text: text, Title: text, Organisation: limtre, Municipality: "5027", Headcount: 1 + i})
		if err != nil {
			t.Fatal(err)
		}
	}
	body := h.Visitor().Get("/behov/eksport.csv?municipality=5027").Body
	for _, line := range strings.Split(body, "\r\n") {
		for _, cell := range strings.Split(line, ";") {
			cell = strings.Trim(cell, `"`)
			if cell != "" && strings.ContainsAny(cell[:1], "=+@-") {
				t.Errorf("a cell of the CSV file begins a formula: %q", cell)
			}
		}
	}
	if !strings.Contains(body, "'=1+1") {
		t.Error("the text is gone from the file")
	}
}

func demandBoard(t *testing.T, h *sitetest.House) {
	visitor := h.Visitor().Get("/ettersporsel")
	if visitor.Status != http.StatusOK || len(visitor.All("#all ~ * tbody tr")) == 0 {
		t.Fatalf("board: %d", visitor.Status)
	}
	text := visitor.Text("main")
	for _, words := range []string{"1–2", "Vises ikke", "Færre enn tre virksomheter", "Hvorfor mangler noen tall?"} {
		if !strings.Contains(text, words) {
			t.Errorf("the board does not say %q", words)
		}
	}
	if got := visitor.Text("#pools ~ *"); !strings.Contains(got, "F-2026-0001") || strings.Contains(got, "Svar på dette") {
		t.Errorf("the pooled needs as a visitor sees them: %q", got)
	}
	provider := h.As("provider").Get("/ettersporsel")
	href := ""
	for i, label := range provider.All("#pools ~ * a") {
		if strings.HasPrefix(label, "Svar på dette") {
			href = provider.Attrs("#pools ~ * a", "href")[i]
		}
	}
	if !strings.HasPrefix(href, "/felles/") {
		t.Fatalf("a provider has nothing to answer: %q", provider.All("#pools ~ * a"))
	}
	if p := h.As("provider").Get(href); p.Status != http.StatusOK || !p.Has("#moves") {
		t.Errorf("the answer leads to %d without moves", p.Status)
	}
	all := len(visitor.All("#all ~ * tbody tr"))
	some := h.Visitor().Get("/ettersporsel?level=fagbrev")
	if n := len(some.All("#all ~ * tbody tr")); n == 0 || n >= all {
		t.Errorf("the filter shows %d of %d lines", n, all)
	}
	for _, row := range some.All("#all ~ * tbody tr") {
		if !slices.Contains(visitor.All("#all ~ * tbody tr"), row) {
			t.Errorf("the filter makes a line of its own: %q", row)
		}
	}
	if p := h.Visitor().Get("/ettersporsel?region=fosen"); !strings.Contains(p.Text("main"), "Ingen tall her") {
		t.Errorf("a region without needs: %q", p.Text("main"))
	}
	for _, q := range []string{"?region=utopia", "?field=magi", "?level=himmel", "?year=snart"} {
		if p := h.Visitor().Get("/ettersporsel" + q); p.Status != 422 || !p.Has("ds-error-summary") {
			t.Errorf("%s: %d", q, p.Status)
		}
		if p := h.Visitor().Get("/ettersporsel.csv" + q); p.Status != 422 {
			t.Errorf("CSV %s: %d", q, p.Status)
		}
		if p := h.Visitor().Get("/api/v1/demand" + q); p.Status != 422 {
			t.Errorf("API %s: %d", q, p.Status)
		}
	}
}

func openFigures(t *testing.T, h *sitetest.House) {
	for i, name := range []string{"Eksempel Limtre AS", "Eksempel Trevare AS", "Eksempel Mekaniske AS"} {
		_, err := h.Needs.Register(t.Context(), system, need.Content{Text: "Yrkessjåfører", Organisation: organisation(t, h, name), Municipality: "5007", Headcount: 2 + i,
			Level: need.LevelVGS, Concepts: []need.Concept{{Scheme: "styrk08", Code: "8332", Chosen: need.Linked}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := h.Demand.Rebuild(t.Context(), system); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/ettersporsel.csv", "/ettersporsel.json", "/api/v1/demand"} {
		want := h.Visitor().Get(path).Body
		for _, role := range []string{"county", "provider", "employer"} {
			if got := h.As(role).Get(path).Body; got != want {
				t.Errorf("%s reads other open figures at %s", role, path)
			}
		}
	}
	var list struct {
		Items []struct {
			ID, Suppressed   string
			Headcount, Firms *int
		}
		Total int
	}
	if err := json.Unmarshal([]byte(h.Visitor().Get("/api/v1/demand").Body), &list); err != nil || list.Total == 0 || list.Total != len(list.Items) {
		t.Fatalf("demand: %v, %d of %d", err, len(list.Items), list.Total)
	}
	kinds := map[string]int{}
	for _, it := range list.Items {
		kinds[it.Suppressed]++
		if it.ID == "" || (it.Headcount == nil) != (it.Suppressed != "") || it.Firms != nil && *it.Firms < need.Few {
			t.Errorf("line %+v", it)
		}
	}
	if kinds["few"] == 0 || kinds[""] == 0 {
		t.Errorf("want both suppressed and open figures: %v", kinds)
	}
	if got := h.Visitor().Get("/ettersporsel").All(".kt-bars tbody tr"); !slices.Contains(got, "Transport · Videregående · Namdalen 9 personer") {
		t.Errorf("the chart shows %q", got)
	}
	q := url.Values{"level": {"fagbrev"}}
	if got := fmt.Sprint(h.Visitor().Get("/ettersporsel.csv?" + q.Encode()).Header.Get("Content-Disposition")); got != `attachment; filename="ettersporsel.csv"` {
		t.Errorf("the file is called %s", got)
	}
}
