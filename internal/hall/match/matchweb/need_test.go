package matchweb_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/support"
	"kompetansetorg/internal/site/sitetest"
)

const answers = `section[aria-labelledby="answers"]`

// TestNeeds works with saved needs of its own, each test with others.
func TestNeeds(t *testing.T) {
	h := sitetest.New(t)
	for name, test := range map[string]func(*testing.T, *sitetest.House){
		"panel": testPanel, "stored concepts": testStoredConcepts, "verdict": testVerdict, "wrong verdicts": testWrongVerdicts,
		"adaptation": testAdaptation, "wrong adaptations": testWrongAdaptations, "nothing private": testNothingPrivate,
		"api": testAPINeed, "similar": testSimilar,
	} {
		t.Run(name, func(t *testing.T) { test(t, h) })
	}
}

// testPanel: the page of a need shows what answers it; those who work with it
// get the buttons, others do not.
func testPanel(t *testing.T, h *sitetest.House) {
	page := "/behov/" + string(register(t, h, nil).ID)
	visitor, owner := h.Visitor().Get(page), h.As("employer").Get(page)
	if !holds(visitor.All("article h3"), "treteknikk") || !holds(visitor.All(answers+" .kt-chip"), "trelast") {
		t.Errorf("a visitor sees %v and %v", visitor.All("article h3"), visitor.All(answers+" .kt-chip"))
	}
	if visitor.Has(answers+" form") || holds(visitor.All("article a"), "Passer ikke") {
		t.Error("a visitor may change concepts or judge")
	}
	if !owner.Has(answers+` button[name="fjern"]`) || !owner.Has(`article button[name="verdict"][value="fits"]`) || !owner.Has(answers+" #legg") {
		t.Error("the owner may not change concepts or judge")
	}
	if p := h.As("learner").Get(page); p.Has(`article button[name="verdict"]`) {
		t.Error("somebody who has nothing to do with needs may judge")
	}
	if p := h.As("employer").Get(page + "?lang=nn"); !holds(p.All("h2"), "Kva svarar på behovet?") {
		t.Errorf("in nynorsk: %v", p.All("h2"))
	}
}

// testStoredConcepts takes away and adds on a saved need; it stays so, and an
// older page is refused.
func testStoredConcepts(t *testing.T, h *sitetest.House) {
	n := register(t, h, nil)
	page, c := "/behov/"+string(n.ID), h.As("employer")
	before := c.Get(page)
	version := before.Attr(answers+` form input[name="version"]`, "value")
	send := func(c *sitetest.Client, name, value, version string) sitetest.Page {
		return c.Post(page+"/begrep", url.Values{name: {value}, "version": {version}})
	}
	if p := send(c, "fjern", "styrk08:8172", version); p.Status != http.StatusSeeOther || !strings.HasPrefix(p.Location, page+"?ok=match.said.concepts") {
		t.Fatalf("%d %s", p.Status, p.Location)
	}
	after := c.Get(page)
	if holds(after.All(answers+" .kt-chip[data-removable]"), "Operatører innen trelast") || !holds(after.All(answers+" .kt-chip"), "Ta tilbake Operatører innen trelast") {
		t.Errorf("chips %v", after.All(answers+" .kt-chip"))
	}
	if slices.Equal(before.All("article .kt-points li"), after.All("article .kt-points li")) {
		t.Error("the answers are the same")
	}
	removed := need.Concept{Scheme: "styrk08", Code: "8172", Chosen: need.Removed}
	if list := stored(t, h, n.ID).Concepts; !slices.Contains(list, removed) {
		t.Errorf("stored %v", list)
	}
	if p := send(c, "legg", "Sveisere (yrke)", version); p.Status != http.StatusConflict {
		t.Errorf("a stale page: %d", p.Status)
	}
	version = after.Attr(answers+` form input[name="version"]`, "value")
	if p := send(c, "legg", "Sveisere (yrke)", version); p.Status != http.StatusSeeOther {
		t.Errorf("add: %d", p.Status)
	}
	if p := c.Get(page); !holds(p.All(answers+" .kt-chip"), "Sveisere (lagt til)") || !holds(p.All("article h3"), "Sveising") {
		t.Errorf("after adding: %v, %v", p.All(answers+" .kt-chip"), p.All("article h3"))
	}
	unknown := send(c, "legg", "sveis", "3")
	if unknown.Status != http.StatusUnprocessableEntity || !slices.Equal(fields(unknown), []string{"legg"}) || unknown.Attr("#legg", "value") != "sveis" ||
		!unknown.Has(`button[name="legg"][value="styrk08:7212"]`) {
		t.Errorf("unknown: %d %v", unknown.Status, fields(unknown))
	}
	if p := send(c, "legg", "", "3"); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("nothing: %d", p.Status)
	}
	for role, want := range map[string]int{"": http.StatusForbidden, "learner": http.StatusForbidden, "provider": http.StatusForbidden, "adviser": http.StatusForbidden} {
		if p := send(h.As(role), "fjern", "tema:T103", "3"); p.Status != want {
			t.Errorf("%q changes somebody's concepts: %d", role, p.Status)
		}
	}
}

// testVerdict: what a person says counts at once.
func testVerdict(t *testing.T, h *sitetest.House) {
	n := register(t, h, nil)
	page, c := "/behov/"+string(n.ID), h.As("employer")
	list := titles(c.Get(page), "utdanning")
	if len(list) < 2 {
		t.Fatalf("education %v, want two at least", list)
	}
	second := c.Get(page).Attr(`section[aria-labelledby="utdanning"] article:nth-child(2)`, "id")
	target := strings.TrimPrefix(second, "programme-")
	verdict := url.Values{"kind": {"programme"}, "target": {target}, "place": {"2"}, "verdict": {"fits"}}
	p := c.Post(page+"/dom", verdict)
	if p.Status != http.StatusSeeOther || p.Location != page+"?ok=match.said.judged#"+second {
		t.Fatalf("%d %s", p.Status, p.Location)
	}
	if got := titles(c.Get(page), "utdanning"); got[0] != list[1] {
		t.Errorf("what fits stands among %v, want first", got)
	}
	if a := decode(t, h.Visitor().JSON("GET", "/api/v1"+strings.Replace(page, "behov", "needs", 1)+"/matches", "")); a.Offers[0].Title != list[1] || a.Offers[0].Score != 1 {
		t.Errorf("in JSON first is %+v", a.Offers[0])
	}
	verdict.Set("verdict", "not")
	refused := c.Post(page+"/dom", verdict)
	if refused.Status != http.StatusUnprocessableEntity || !slices.Equal(fields(refused), []string{"reason"}) || !refused.Has(`input[name="verdict"][value="not"][checked]`) {
		t.Errorf("not without a reason: %d %v", refused.Status, fields(refused))
	}
	verdict.Set("reason", "Gjelder limtre, vi har sag")
	if p := c.Post(page+"/dom", verdict); p.Status != http.StatusSeeOther {
		t.Errorf("not: %d", p.Status)
	}
	owner, visitor := c.Get(page), h.Visitor().Get(page)
	if holds(titles(owner, "utdanning"), list[1]) || !holds(owner.All(`section[aria-labelledby="uaktuelle"] article`), "Gjelder limtre, vi har sag") {
		t.Errorf("education %v, rejected %v", titles(owner, "utdanning"), owner.All(`section[aria-labelledby="uaktuelle"] article`))
	}
	if strings.Contains(visitor.Body, "Gjelder limtre") || holds(visitor.All("article h3"), list[1]) {
		t.Error("a visitor reads the reason, or still sees the answer")
	}
	again := owner.Attr(`section[aria-labelledby="uaktuelle"] .kt-actions a`, "href")
	if p := c.Get(again); p.Status != http.StatusOK || !strings.Contains(p.Text("h1"), list[1]) {
		t.Errorf("%s: %d %s", again, p.Status, p.Text("h1"))
	}
}

func testWrongVerdicts(t *testing.T, h *sitetest.House) {
	n := register(t, h, nil)
	page := "/behov/" + string(n.ID)
	target := strings.TrimPrefix(h.As("employer").Get(page).Attr(`section[aria-labelledby="utdanning"] article`, "id"), "programme-")
	send := func(role string, change func(url.Values)) sitetest.Page {
		v := url.Values{"kind": {"programme"}, "target": {target}, "place": {"1"}, "verdict": {"partly"}}
		change(v)
		return h.As(role).Post(page+"/dom", v)
	}
	for name, tt := range map[string]struct {
		change func(url.Values)
		status int
		field  string
	}{
		"kind":        {func(v url.Values) { v.Set("kind", "person") }, http.StatusNotFound, ""},
		"target":      {func(v url.Values) { v.Set("target", "noe") }, http.StatusNotFound, ""},
		"card":        {func(v url.Values) { v.Set("kind", "card") }, http.StatusNotFound, ""},
		"verdict":     {func(v url.Values) { v.Set("verdict", "kanskje") }, http.StatusUnprocessableEntity, "verdict-1"},
		"no verdict":  {func(v url.Values) { v.Del("verdict") }, http.StatusUnprocessableEntity, "verdict-1"},
		"long reason": {func(v url.Values) { v.Set("reason", strings.Repeat("x", match.MaxReason+1)) }, http.StatusUnprocessableEntity, "reason"},
		"place":       {func(v url.Values) { v.Set("place", "først") }, http.StatusUnprocessableEntity, ""},
	} {
		if p := send("employer", tt.change); p.Status != tt.status || tt.field != "" && !slices.Contains(fields(p), tt.field) {
			t.Errorf("%s: %d %v", name, p.Status, fields(p))
		}
	}
	for role, want := range map[string]int{"": http.StatusForbidden, "learner": http.StatusForbidden, "admin": http.StatusForbidden, "secretary": http.StatusSeeOther, "provider": http.StatusSeeOther} {
		if p := send(role, func(url.Values) {}); p.Status != want {
			t.Errorf("%q: %d, want %d", role, p.Status, want)
		}
	}
}

// TestQuality: with too few verdicts the page says how many are missing, with
// enough it shows the figures.
func TestQuality(t *testing.T) {
	h := sitetest.New(t)
	p := h.Visitor().Get("/kvalitet")
	if p.Status != http.StatusOK || !strings.Contains(p.Text("main"), "Det trengs 30 vurderinger til") || p.Has("article") {
		t.Errorf("without verdicts: %d %s", p.Status, p.Text(".kt-notice"))
	}
	judge(t, h, 29)
	if p := h.Visitor().Get("/kvalitet"); !strings.Contains(p.Text("main"), "Det trengs 1 vurdering til") || p.Has("article") {
		t.Errorf("with 29: %s", p.Text(".kt-notice"))
	}
	judge(t, h, 30)
	p = h.Visitor().Get("/kvalitet")
	// Ten of each; five that fit partly stood in place 6. So ten of 25 fit, and
	// 20 of 30 are accepted. One of the three needs got nothing but refusals.
	if got := p.All("article h3"); !slices.Equal(got, []string{"40 %", "67 %", "67 %"}) {
		t.Errorf("figures %v", got)
	}
	if !strings.Contains(p.Text("main"), "30 vurderinger") || !strings.Contains(p.Text("main"), "21.11.2026") {
		t.Errorf("basis: %s", p.Text(".kt-notice"))
	}
	for lang, title := range map[string]string{"nn": "Kor godt treffer forslaga?", "en": "How good are the suggestions?"} {
		if p := h.Visitor().Get("/kvalitet?lang=" + lang); p.Text("h1") != title {
			t.Errorf("%s: %q", lang, p.Text("h1"))
		}
	}
}

// judge gives so many verdicts on three needs: all that the first gets fit, the
// second partly, the third not. Of those that are partly the later stand in
// place 6.
func judge(t *testing.T, h *sitetest.House, n int) {
	t.Helper()
	ctx := context.Background()
	cards, err := h.Support.List(ctx, support.Filter{})
	if err != nil || len(cards) < 10 {
		t.Fatalf("%d cards, %v", len(cards), err)
	}
	var needs []need.ID
	page, _, err := h.Lists.List(ctx, h.Actor("county"), list.Query{Limit: 3})
	if err != nil || len(page.Items) != 3 {
		t.Fatalf("%d needs, %v", len(page.Items), err)
	}
	for _, item := range page.Items {
		needs = append(needs, item.ID)
	}
	for i := range n {
		in := match.Judging{Kind: match.KindCard, Target: string(cards[i/3].ID), Value: match.Values()[i%3], Reason: "Prøve", Place: 1 + i%5}
		if in.Value == match.Partly && i >= 15 {
			in.Place = 6
		}
		if err := h.Match.Judge(ctx, h.Actor("county"), needs[i%3], in); err != nil {
			t.Fatal(err)
		}
	}
}
