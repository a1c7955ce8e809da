package site_test

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fulltext"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

type searched struct {
	Items []struct{ Kind, ID, Number, Title, Excerpt string }
	Total int
	Least bool
	Meant string
	Kinds []struct {
		Value string
		Count int
		Least bool
	}
	Municipalities []struct {
		Value string
		Count int
	}
}

func searchFor(t *testing.T, c *sitetest.Client, q string) searched {
	t.Helper()
	var out searched
	p := c.Get("/api/v1/search?limit=100&q=" + url.QueryEscape(q))
	if err := json.Unmarshal([]byte(p.Body), &out); err != nil || p.Status != 200 {
		t.Fatalf("search %q: %d %v %s", q, p.Status, err, p.Body)
	}
	return out
}

func (s searched) has(kind, id string) bool {
	for _, h := range s.Items {
		if h.Kind == kind && h.ID == id {
			return true
		}
	}
	return false
}

// indexed does what the job of the search does within a second.
func indexed(t *testing.T, h *sitetest.House) {
	t.Helper()
	if err := h.Search.Work(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	if err := h.DB().Read(context.Background(), func(tx *db.Tx) error {
		more, err := h.Search.HasWork(context.Background(), tx)
		if err == nil && more {
			t.Error("work is left")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// said is a need of the sawmill that says the text.
func said(t *testing.T, h *sitetest.House, text string, c need.Confidentiality) need.Need {
	t.Helper()
	content := need.Content{Text: text, Organisation: orgNamed(t, h, "Eksempel Sag og Høvleri AS"),
		RepresentedBy: orgNamed(t, h, "Nasjonalparken Næringshage AS"), Municipality: "5022", Headcount: 2, Confidentiality: c}
	if c != need.Open {
		content.ConfidentialityGround = "Hemmelig plan med kranbil"
	}
	n, err := h.Needs.SaveDraft(context.Background(), h.Actor("adviser"), "", 0, content)
	if err != nil {
		t.Fatal(err)
	}
	if n, err = h.Needs.Submit(context.Background(), h.Actor("adviser"), n.ID, n.Version, content); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSearch(t *testing.T) {
	h := sitetest.New(t)
	open := said(t, h, "Vi trenger to sveisere som kan flisebelegging og båtbygging", need.Open)
	hidden := said(t, h, "Hemmelig omlegging til karbonvevstol", need.Internal)
	indexed(t, h)
	visitor, adviser := h.Visitor(), h.As("adviser")

	for _, q := range []string{"sveising flisebelegging", "flisebeleging", "flisebel", `"kan flisebelegging"`, "båtbygging sveiser", open.Number,
		strings.ToLower(open.Number), "flisebelegging Høvleri"} {
		if !searchFor(t, visitor, q).has("need", string(open.ID)) {
			t.Errorf("%q does not find %q", q, open.Text)
		}
	}
	if r := searchFor(t, visitor, open.Number); len(r.Items) == 0 || r.Items[0].ID != string(open.ID) {
		t.Errorf("the number does not lead to its need first: %v", r.Items)
	}
	for _, q := range []string{`"flisebelegging kan"`, "batbygging sveiser flisebelegging xyzzyplugh", "karbonvevstol", "karbonvevstoll", hidden.Number} {
		if r := searchFor(t, visitor, q); r.Total != 0 || r.Meant != "" || len(r.Kinds)+len(r.Municipalities) != 0 {
			t.Errorf("%q finds %d for a visitor, meant %q, facets %v %v", q, r.Total, r.Meant, r.Kinds, r.Municipalities)
		}
	}
	if r := searchFor(t, adviser, "karbonvevstoll"); !r.has("need", string(hidden.ID)) || r.Meant != "karbonvevstol" {
		t.Errorf("its owner mistypes it: %+v", r)
	}
	if r := searchFor(t, adviser, "kranbil"); r.has("need", string(hidden.ID)) {
		t.Error("found by the ground, which not all its readers see")
	}
	if r := searchFor(t, visitor, "hemmelig"); r.Total != 0 {
		t.Errorf("a visitor finds %+v", r.Items)
	}

	p := visitor.Get("/sok?q=" + url.QueryEscape("flisebelegging"))
	if p.Status != 200 || p.Text("#need-"+string(open.ID)+" mark") == "" || !p.Has(`.kt-facets a[href*="kommune=5022"]`) || p.Has(".kt-find") {
		t.Errorf("the page: %d %q", p.Status, p.Text("main"))
	}
	if !visitor.Get("/").Has(`.kt-find input[name="q"]`) {
		t.Error("no field in the header")
	}
	if p := visitor.Get("/sok?q=flisebelegging&slag=programme"); p.Has(".kt-hits li") || !p.Has(`main a[href="/sok?q=flisebelegging"]`) {
		t.Errorf("narrowed to another kind: %q", p.Text("main"))
	}
	for _, q := range []string{`" OR * NEAR(`, `%`, `'); DROP`, `a:*`, `\`, `{title}:x`, strings.Repeat("æ", 300), `<script>`} {
		if p := visitor.Get("/sok?q=" + url.QueryEscape(q)); p.Status != 200 && p.Status != 422 {
			t.Errorf("%q: %d", q, p.Status)
		}
	}
}

func TestSearchFollowsChanges(t *testing.T) {
	h := sitetest.New(t)
	ctx := context.Background()
	indexed(t, h)
	n := said(t, h, "Vi trenger folk til rundballepressing", need.Open)
	indexed(t, h)
	visitor := h.Visitor()
	if !searchFor(t, visitor, "rundballepressing").has("need", string(n.ID)) {
		t.Fatal("a new need is not found")
	}
	if _, err := h.Needs.Move(ctx, access.SystemActor("test"), n.ID, need.Moving{To: need.Withdrawn, Note: "Fordi"}); err != nil {
		t.Fatal(err)
	}
	want := visitor.Get("/behov/"+string(n.ID)).Status == 200
	indexed(t, h)
	if got := searchFor(t, visitor, "rundballepressing").has("need", string(n.ID)); got != want {
		t.Errorf("withdrawn: found %v, seen %v", got, want)
	}
	before := searchFor(t, visitor, "kurs").Total
	if before == 0 {
		t.Fatal("nothing in the demo has the word")
	}
	if err := h.Search.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	if ready, err := h.Search.IsReady(ctx); err != nil || ready {
		t.Errorf("ready %v, %v while it is built", ready, err)
	}
	if p := visitor.Get("/sok?q=kurs"); p.Status != 200 {
		t.Errorf("while it is built: %d", p.Status)
	}
	indexed(t, h)
	if after := searchFor(t, visitor, "kurs").Total; after != before {
		t.Errorf("rebuilt: %d hits, %d before", after, before)
	}
}

// TestSearchThatFindsMuch proves that of more needs than are looked at, a choice
// finds also those that were left out, and that the page says there are more.
func TestSearchThatFindsMuch(t *testing.T) {
	h := sitetest.New(t)
	fillNeeds(t, h, fulltext.Most*3/2)
	c := h.Visitor()
	all := searchFor(t, c, "personer")
	if !all.Least || all.Total < fulltext.Most || all.Kinds[0].Value != "need" || !all.Kinds[0].Least {
		t.Errorf("all: %d, least %v, kinds %v", all.Total, all.Least, all.Kinds)
	}
	first := searchFor(t, c, "personer sak501")
	if first.Least || first.Total != 1 {
		t.Errorf("one of the oldest by its number: %d, least %v", first.Total, first.Least)
	}
	var here searched
	p := c.Get("/api/v1/search?limit=100&q=personer&municipality=5022")
	if err := json.Unmarshal([]byte(p.Body), &here); err != nil {
		t.Fatal(err)
	}
	places, want := h.Places.On(h.Today()).List("50"), 0
	for i := range fulltext.Most * 3 / 2 {
		if places[i%len(places)].Number == "5022" && i%10 != 0 {
			want++
		}
	}
	if here.Least || here.Total < want || here.Total > want+10 {
		t.Errorf("in one place: %d, least %v, want %d and the few of the demo", here.Total, here.Least, want)
	}
	if page := c.Get("/sok?q=personer"); !strings.Contains(page.Body, "Flere enn") {
		t.Error("the page does not say that there are more")
	}
}
