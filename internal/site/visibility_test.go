package site_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/site/sitetest"
)

// TestVisibility holds every surface that tells of needs against one matrix of
// reader, state and confidentiality: testdata/visibility.txt.
func TestVisibility(t *testing.T) {
	h := sitetest.New(t)
	readers, rows := visibilityMatrix(t)
	needs, files := map[string]need.Need{}, map[need.ID]string{}
	for _, row := range rows {
		n := needIn(t, h, flow.State(row.state), need.Confidentiality(row.confidentiality))
		needs[row.state+" "+row.confidentiality], files[n.ID] = n, fileOf(t, h, n)
	}
	if err := h.Search.Work(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	for i, name := range readers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := reader(t, h, name)
			lists := listed(t, c)
			for _, row := range rows {
				n, want := needs[row.state+" "+row.confidentiality], row.sees[i]
				for surface, got := range surfaces(c, n, files[n.ID], lists) {
					if got != want {
						t.Errorf("%s %s on %s: seen %v, want %v", row.state, row.confidentiality, surface, got, want)
					}
				}
			}
		})
	}
}

// matrixRow is a line of the matrix: sees has a cell for each reader.
type matrixRow struct {
	state, confidentiality string
	sees                   []bool
}

func visibilityMatrix(t *testing.T) (readers []string, rows []matrixRow) {
	t.Helper()
	data, err := os.ReadFile("testdata/visibility.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		cells := strings.Fields(line)
		switch {
		case strings.HasPrefix(line, "#"):
		case readers == nil:
			readers = cells[1:]
		case len(cells) != len(readers)+2:
			t.Fatalf("the line %q has %d cells", line, len(cells))
		default:
			row := matrixRow{state: cells[0], confidentiality: cells[1]}
			for _, cell := range cells[2:] {
				row.sees = append(row.sees, cell == "x")
			}
			rows = append(rows, row)
		}
	}
	return readers, rows
}

// reader is the browser of a column of the matrix.
func reader(t *testing.T, h *sitetest.House, name string) *sitetest.Client {
	t.Helper()
	switch name {
	case "visitor":
		return h.Visitor()
	case "hub":
		return h.As("adviser")
	case "adviser":
		return tokenFor(t, h, "adviser", "Rørosregionen Næringshage AS")
	case "school":
		return tokenFor(t, h, "provider", "NTNU Videre")
	}
	return h.As(name)
}

// tokenFor is a program that acts as the demo role at the organisation.
func tokenFor(t testing.TB, h *sitetest.House, role, organisation string) *sitetest.Client {
	t.Helper()
	c := h.Visitor()
	body, err := json.Marshal(map[string]string{"role": role, "organisation": string(orgNamed(t, h, organisation))})
	if err != nil {
		t.Fatal(err)
	}
	var out struct{ Token string }
	if p := c.JSON("POST", "/api/v1/demo/token", string(body)); json.Unmarshal([]byte(p.Body), &out) != nil || out.Token == "" {
		t.Fatalf("token for %s at %s: %d %s", role, organisation, p.Status, p.Body)
	}
	c.Header.Set("Authorization", "Bearer "+out.Token)
	return c
}

func orgNamed(t testing.TB, h *sitetest.House, name string) org.ID {
	t.Helper()
	o, err := h.Orgs.Find(context.Background(), name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return o
}

const marked = "Høvelstål"

// needIn is a need that the hub registered for the sawmill, taken to the state.
func needIn(t *testing.T, h *sitetest.House, state flow.State, c need.Confidentiality) need.Need {
	t.Helper()
	ctx, hub, all := context.Background(), h.Actor("adviser"), access.SystemActor("test")
	content := need.Content{Text: marked + " skal slipes, " + string(state) + " " + string(c), Organisation: orgNamed(t, h, "Eksempel Sag og Høvleri AS"),
		RepresentedBy: orgNamed(t, h, "Nasjonalparken Næringshage AS"), Municipality: "5022", Headcount: 2, Confidentiality: c}
	if c != need.Open {
		content.ConfidentialityGround = "Viser en plan"
	}
	n, err := h.Needs.SaveDraft(ctx, hub, "", 0, content)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Attach.Add(ctx, hub, object.Ref{Kind: need.FlowKind, ID: string(n.ID)}, attach.Upload{Name: "krav.txt", Content: strings.NewReader("x"), Size: 1})
	if err != nil {
		t.Fatal(err)
	}
	if state == need.Draft {
		return n
	}
	if n, err = h.Needs.Submit(ctx, hub, n.ID, n.Version, content); err != nil {
		t.Fatal(err)
	}
	for _, to := range map[flow.State][]flow.State{
		need.Discussed:  {need.Presented, need.Discussed},
		need.InFollowUp: {need.InFollowUp},
		need.Covered:    {need.InFollowUp, need.InDevelopment, need.Covered},
		need.Closed:     {need.InFollowUp, need.InDevelopment, need.Covered, need.Closed},
		need.Withdrawn:  {need.Withdrawn},
	}[state] {
		moving := need.Moving{To: to, Note: "Fordi"}
		if to == need.InFollowUp {
			moving.Provider = orgNamed(t, h, "Trøndelag høyere yrkesfagskole")
		}
		if n, err = h.Needs.Move(ctx, all, n.ID, moving); err != nil {
			t.Fatalf("%s %s: to %s: %v", state, c, to, err)
		}
	}
	if state == need.Merged {
		if _, err := h.Pools.Make(ctx, all, pool.Content{Title: "Slipere, " + string(c)}, n.ID); err != nil {
			t.Fatalf("pooled %s: %v", c, err)
		}
	}
	return n
}

// fileOf is the address of the need's attachment.
func fileOf(t *testing.T, h *sitetest.House, n need.Need) string {
	t.Helper()
	l, err := h.Attach.List(context.Background(), h.Actor("adviser"), object.Ref{Kind: need.FlowKind, ID: string(n.ID)})
	if err != nil || len(l.Documents) != 1 {
		t.Fatalf("the file of %s: %+v, %v", n.Number, l, err)
	}
	return attachview.Href(l.Documents[0].Newest())
}

// lists are the surfaces with many needs, each fetched once: what they say.
type lists map[string]string

func listed(t *testing.T, c *sitetest.Client) lists {
	t.Helper()
	out := lists{}
	// Drafts stand in lists of drafts only.
	for _, state := range []string{"", "&state=draft&mine=1"} {
		q := "?q=" + strings.ToLower(marked) + state
		for name, path := range map[string]string{"CSV": "/behov/eksport.csv", "export JSON": "/behov/eksport.json", "JSON list": "/api/v1/needs"} {
			out[name] += c.Get(path + q + "&limit=200").Body
		}
		out["XLSX"] += sheetText(t, c.Get("/behov/eksport.xlsx"+q).Body)
		for path := "/behov" + q; path != ""; {
			p := c.Get(path)
			out["list"] += strings.Join(p.Attrs("main tr[id]", "id"), " ") + " "
			path = p.Attr("main a[rel=next]", "href")
		}
	}
	for skip, all := 0, 1; skip < all; skip += 100 {
		var found struct{ Total int }
		p := c.Get("/api/v1/search?q=" + strings.ToLower(marked) + "&limit=100&skip=" + strconv.Itoa(skip))
		if err := json.Unmarshal([]byte(p.Body), &found); err != nil {
			t.Fatalf("search: %v: %s", err, p.Body)
		}
		out["search"] += p.Body
		all = found.Total
	}
	return out
}

func sheetText(t *testing.T, file string) string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader([]byte(file)))
	if err != nil {
		t.Fatalf("the workbook: %v", err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join(r, "\t") + "\n")
	}
	return b.String()
}

// surfaces asks each surface whether the reader learns that the need exists.
func surfaces(c *sitetest.Client, n need.Need, file string, all lists) map[string]bool {
	id, number := string(n.ID), n.Number
	out := map[string]bool{
		"the page":        c.Get("/behov/"+id).Status < 400, // a draft's is its form
		"JSON":            c.Get("/api/v1/needs/"+id).Status == 200,
		"its answers":     c.Get("/api/v1/needs/"+id+"/matches").Status == 200,
		"its file":        c.Get(file).Status == 200,
		"the list":        strings.Contains(all["list"], "n-"+id),
		"the JSON list":   strings.Contains(all["JSON list"], id),
		"the CSV":         strings.Contains(all["CSV"], n.Text),
		"the XLSX":        strings.Contains(all["XLSX"], n.Text),
		"the export JSON": strings.Contains(all["export JSON"], id),
		"the search":      strings.Contains(all["search"], id),
	}
	if number == "" {
		return out // a draft has neither number nor place on the map
	}
	out["a search of all for its number"] = strings.Contains(c.Get("/api/v1/search?q="+number).Body, id)
	out["the page of the search"] = c.Get("/sok?q=" + number).Has(`li[id="need-` + id + `"]`)
	out["its number"] = c.Get("/behov/"+number).Location == "/behov/"+id
	out["a search for its number"] = c.Get("/behov?q=" + number).Has(`tr[id="n-` + id + `"]`)
	out["the paper"] = strings.Contains(c.Get("/behov/moteliste.html?q="+number).Body, "/behov/"+id)
	out["the map"] = c.Get("/behov/kart?q=" + number).Has("main table tbody tr")
	return out
}
