package poolweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// TestPools runs one house for all: it is what takes time.
func TestPools(t *testing.T) {
	h := sitetest.New(t)
	for _, x := range []struct {
		name string
		run  func(*testing.T, *sitetest.House)
	}{
		{"an adviser pools three needs", adviserPoolsThree},
		{"a pool that cannot be made keeps what was typed", refusedPool},
		{"a search keeps what was typed", searchKeeps},
		{"needs are added and taken out", addedAndTakenOut},
		{"two editors", twoEditors},
		{"moves ask for what they need", moves},
		{"covered needs proof", coveredNeedsProof},
		{"two people move one pool", twoMovers},
		{"the discussion is recorded", discussion},
		{"a request reaches the provider and comes back", requests},
		{"who may do what", whoMay},
		{"who may do what elsewhere", whoMayElsewhere},
		{"an owner takes their own need out", ownerLeaves},
		{"addresses that cannot be used", wrongAddresses},
		{"json", apiPools},
	} {
		t.Run(x.name, func(t *testing.T) { x.run(t, h) })
	}
}

func adviserPoolsThree(t *testing.T, h *sitetest.House) {
	a, b, c := register(t, h, "Eksempel Limtre AS", 4, need.Open), register(t, h, "Eksempel Trevare AS", 3, need.Open), register(t, h, "Eksempel Mekaniske AS", 2, need.Open)
	adviser := h.As("adviser")
	p := adviser.Get("/felles/ny?behov=" + string(a.ID))
	if !p.Has("#needs input[checked][value='" + string(a.ID) + "']") {
		t.Error("the need that was picked is not ticked")
	}
	for _, n := range []need.Need{b, c} {
		if !p.Has("#similar input[value='" + string(n.ID) + "']") {
			t.Errorf("%s is about the same and is not proposed", n.Number)
		}
	}
	if said := p.Text("#similar"); !strings.Contains(said, "Samme yrke eller tema") {
		t.Errorf("the proposals do not say why: %q", said)
	}
	address := pooled(t, adviser, "Folk til saga", a, b, c)
	page := adviser.Get(address)
	if page.Text("h1") != "Folk til saga" || !strings.Contains(page.Text(".kt-facts"), "9 personer") || !strings.Contains(page.Text(".kt-facts"), "3 virksomheter") {
		t.Errorf("pool page: %q %q", page.Text("h1"), page.Text(".kt-facts"))
	}
	if got := len(page.All("#members ~ * tbody tr")); got != 3 {
		t.Errorf("the page lists %d needs", got)
	}
	if !strings.Contains(page.Text(".kt-ball"), "Forumsekretæren") || page.Text("[aria-current=step] .kt-step__label") != "Kartlagt" {
		t.Errorf("ball %q, stage %q", page.Text(".kt-ball"), page.Text("[aria-current=step]"))
	}
	own := adviser.Get("/behov/" + string(a.ID))
	if own.Status != http.StatusOK || !strings.Contains(own.Body, address) {
		t.Errorf("the owner's need has lost its page or does not lead to the pool: %d", own.Status)
	}
	if again := adviser.Post("/felles/ny", url.Values{"needs": ids(a)}); again.Status != 422 || !strings.Contains(again.Text("#needs-error"), "felles behov") {
		t.Errorf("pooling a need twice: %d %q", again.Status, again.Text("#needs-error"))
	}
	list := h.Visitor().Get("/felles?q=saga")
	if !strings.Contains(list.Text("main table"), "Folk til saga") {
		t.Errorf("not in the list: %q", list.Text("main"))
	}
}

func refusedPool(t *testing.T, h *sitetest.House) {
	n := register(t, h, "Eksempel Limtre AS", 4, need.Open)
	c := h.As("secretary")
	for _, x := range []struct {
		form  url.Values
		field string
	}{
		{url.Values{"title": {"Tittel jeg skrev"}}, ""},
		{url.Values{"title": {"Tittel jeg skrev"}, "needs": {"tull"}}, ""},
		{url.Values{"title": {"Tittel jeg skrev"}, "needs": {"01a1ffb9-f73e-7be2-a11b-2fabe24fd47a"}}, ""},
		{url.Values{"title": {"Tittel jeg skrev"}, "needs": ids(n), "min_to_start": {"mange"}}, "#min_to_start-error"},
		{url.Values{"title": {"Tittel jeg skrev"}, "needs": ids(n), "field": {"magi"}}, "#field-error"},
		{url.Values{"title": {strings.Repeat("lang ", 60)}, "needs": ids(n)}, "#title-error"},
	} {
		p := c.Post("/felles/ny", x.form)
		if p.Status != 422 || !p.Has("ds-error-summary li") || x.field != "" && !p.Has(x.field) {
			t.Errorf("%v: %d", x.form, p.Status)
		}
		if got := p.Attr("#title", "value"); got != x.form.Get("title") {
			t.Errorf("the title became %q", got)
		}
		if x.form.Has("needs") && x.field != "" && !p.Has("#needs input[checked][value='"+string(n.ID)+"']") {
			t.Errorf("%v: the need is not ticked any more", x.form)
		}
	}
}

func searchKeeps(t *testing.T, h *sitetest.House) {
	n := register(t, h, "Eksempel Limtre AS", 4, need.Open)
	c := h.As("secretary")
	p := c.Post("/felles/ny", url.Values{"find": {"1"}, "q": {"gravemaskin hjemme"}, "needs": ids(n), "title": {"Halvskrevet"}, "min_to_start": {"8"}})
	if p = c.Follow(p); p.Attr("#title", "value") != "Halvskrevet" || p.Attr("#min_to_start", "value") != "8" || !p.Has("#needs input[checked]") {
		t.Errorf("after a search the form has lost something")
	}
	if got := p.Text("#similar"); !strings.Contains(got, "gravemaskin hjemme på gården") {
		t.Errorf("found %q", got)
	}
}

func addedAndTakenOut(t *testing.T, h *sitetest.House) {
	a, b := register(t, h, "Eksempel Limtre AS", 4, need.Open), register(t, h, "Eksempel Trevare AS", 3, need.Open)
	if _, err := h.Needs.Move(t.Context(), system, b.ID, need.Moving{To: need.Presented}); err != nil {
		t.Fatal(err)
	}
	c := h.As("secretary")
	address := pooled(t, c, "Folk til saga", a)
	if p := c.Get(address + "/legg-til"); !p.Has("#similar input[value='" + string(b.ID) + "']") {
		t.Error("the other need is not proposed")
	}
	if p := c.Post(address+"/legg-til", nil); p.Status != 422 || !p.Has("#similar-error") {
		t.Errorf("nothing ticked: %d", p.Status)
	}
	p := c.Follow(c.Post(address+"/legg-til", url.Values{"needs": ids(b)}))
	if !strings.Contains(p.Text(".kt-facts"), "7 personer") || !strings.Contains(p.Text("[role=status]"), "lagt til") {
		t.Errorf("after adding: %q", p.Text(".kt-facts"))
	}
	p = c.Follow(c.Post(address+"/ta-ut", url.Values{"need": ids(b)}))
	if !strings.Contains(p.Text(".kt-facts"), "4 personer") {
		t.Errorf("after taking out: %q", p.Text(".kt-facts"))
	}
	d, err := h.Needs.Get(t.Context(), system, b.ID)
	if err != nil || d.State != need.Presented {
		t.Errorf("taken out, the need stands in %s, %v", d.State, err)
	}
}

func twoEditors(t *testing.T, h *sitetest.House) {
	address := pooled(t, h.As("secretary"), "Folk til saga", register(t, h, "Eksempel Limtre AS", 4, need.Open))
	c := h.As("secretary")
	version := c.Get(address+"/rediger").Attr("input[name=version]", "value")
	form := url.Values{"version": {version}, "title": {"Min tittel"}, "level": {"kurs"}, "field": {"industry"}, "min_to_start": {"12"}}
	if p := c.Post(address+"/rediger", url.Values{"version": {version}, "title": {"Deres tittel"}, "level": {"kurs"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("first save: %d", p.Status)
	}
	p := c.Post(address+"/rediger", form)
	if p.Status != http.StatusConflict || p.Attr("#title", "value") != "Min tittel" || !strings.Contains(p.Text("section"), "Deres tittel") {
		t.Errorf("stale save: %d, mine %q, theirs %q", p.Status, p.Attr("#title", "value"), p.Text("section"))
	}
	form.Set("version", p.Attr("input[name=version]", "value"))
	if p = c.Follow(c.Post(address+"/rediger", form)); p.Text("h1") != "Min tittel" || !strings.Contains(p.Text(".kt-facts"), "8 mangler") {
		t.Errorf("second save: %q %q", p.Text("h1"), p.Text(".kt-facts"))
	}
	if p = c.Post(address+"/rediger", url.Values{"version": {"3"}, "title": {""}, "min_to_start": {"-1"}, "level": {"kurs"}}); p.Status != 422 || !p.Has("#title-error") || !p.Has("#min_to_start-error") {
		t.Errorf("empty title: %d %q", p.Status, p.Text("ds-error-summary"))
	}
}

func moves(t *testing.T, h *sitetest.House) {
	c := h.As("secretary")
	address := pooled(t, c, "Folk til saga", register(t, h, "Eksempel Limtre AS", 4, need.Open))
	if p := c.Get(address); !p.Has("#moves ~ .kt-actions a[href$='to=presented']") || p.Has("#moves ~ .kt-actions a[href$='to=covered']") {
		t.Errorf("the secretary may %v", p.All("#moves ~ .kt-actions a"))
	}
	p := c.Post(address+"/flytt", url.Values{"to": {"in_follow_up"}, "from": {"mapped"}, "note": {"Jeg skrev dette"}, "answer_by": {"2020-01-01"}})
	if p.Status != 422 || !p.Has("#provider-error") || !p.Has("#answer_by-error") || p.Text("#note") != "Jeg skrev dette" {
		t.Errorf("without a provider: %d %q", p.Status, p.Text("ds-error-summary"))
	}
	p = c.Post(address+"/flytt", url.Values{"to": {"not_possible"}, "from": {"mapped"}})
	if p.Status != 422 || !p.Has("#note-error") {
		t.Errorf("without a reason: %d", p.Status)
	}
	p = c.Follow(c.Post(address+"/flytt", url.Values{"to": {"in_follow_up"}, "from": {"mapped"}, "provider": {string(organisation(t, h, "Trøndelag høyere yrkesfagskole"))}}))
	if !strings.Contains(p.Text(".kt-ball"), "Trøndelag høyere yrkesfagskole") || p.Text("[aria-current=step] .kt-step__label") != "Til oppfølging" {
		t.Errorf("after the move: %q", p.Text(".kt-ball"))
	}
	if !strings.Contains(p.Text(".kt-head"), "Tatt uten forumbehandling") {
		t.Errorf("taken from mapped, and not marked so: %q", p.Text(".kt-head"))
	}
	provider := h.As("provider")
	if got := provider.Get(address); !strings.Contains(got.Text(".kt-ball"), "Det er din tur") || len(got.All("#moves ~ .kt-actions a")) == 0 {
		t.Errorf("the provider has the ball and no moves: %q", got.Text(".kt-ball"))
	}
}

func twoMovers(t *testing.T, h *sitetest.House) {
	c := h.As("secretary")
	address := pooled(t, c, "Folk til saga", register(t, h, "Eksempel Limtre AS", 4, need.Open))
	if p := c.Post(address+"/flytt", url.Values{"to": {"presented"}, "from": {"mapped"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("first move: %d", p.Status)
	}
	p := c.Post(address+"/flytt", url.Values{"to": {"closed"}, "from": {"mapped"}, "note": {"Ingen trenger dette lenger"}})
	if p.Status != http.StatusConflict || p.Text("#note") != "Ingen trenger dette lenger" || !strings.Contains(p.Text("ds-error-summary"), "Presentert") {
		t.Errorf("second move: %d %q", p.Status, p.Text("ds-error-summary"))
	}
	if got := p.Attr("input[name=from]", "value"); got != "presented" {
		t.Errorf("sent again, the move would start from %q", got)
	}
}

func discussion(t *testing.T, h *sitetest.House) {
	c := h.As("secretary")
	address := pooled(t, c, "Folk til saga", register(t, h, "Eksempel Limtre AS", 4, need.Open))
	thyf := string(organisation(t, h, "Trøndelag høyere yrkesfagskole"))
	p := c.Post(address+"/drofting", url.Values{"clarified": {strings.Repeat("å", need.MaxNote+1)}, "limitations": {"To dager"}})
	if p.Status != 422 || !p.Has("#clarified-error") || p.Text("#limitations") != "To dager" {
		t.Errorf("too long: %d", p.Status)
	}
	p = c.Follow(c.Post(address+"/drofting", url.Values{"clarified": {"Opplæring på egen sag"}, "interested": {thyf}}))
	if got := p.Text("#discussion ~ .kt-facts"); !strings.Contains(got, "Opplæring på egen sag") || !strings.Contains(got, "Trøndelag høyere yrkesfagskole") {
		t.Errorf("discussion: %q", got)
	}
	if got := h.Visitor().Get(address); strings.Contains(got.Body, "Opplæring på egen sag") {
		t.Error("a visitor reads the discussion")
	}
}

func requests(t *testing.T, h *sitetest.House) {
	c := h.As("secretary")
	address := pooled(t, c, "Folk til saga i Røros", register(t, h, "Eksempel Limtre AS", 4, need.Open))
	form := url.Values{"provider": {string(organisation(t, h, "Trøndelag høyere yrkesfagskole"))}}
	if p := c.Post(address+"/be-om-tilpasning", form); p.Status != 422 || !p.Has("#questions-error") {
		t.Errorf("without questions: %d", p.Status)
	}
	form.Set("questions", "Kan samlingene holdes på Røros?\n\nKan det starte i januar?")
	if p := c.Follow(c.Post(address+"/be-om-tilpasning", form)); !strings.Contains(p.Text("#requests ~ .kt-grid"), "Kan samlingene holdes på Røros?") {
		t.Fatalf("asked: %d %q", p.Status, p.Text("main"))
	}
	provider := h.As("provider")
	list := provider.Get("/foresporsler")
	link := list.Attr("main table tbody th a:contains('Folk til saga i Røros')", "href")
	if !strings.Contains(list.Text("main table"), "Folk til saga i Røros") || !strings.HasPrefix(link, "/foresporsler/") {
		t.Fatalf("the request is not in the provider's list: %q", list.Text("main"))
	}
	page := provider.Get(link)
	if got := page.All(".kt-points li"); len(got) != 2 {
		t.Errorf("questions %v", got)
	}
	form = url.Values{"version": {page.Attr("input[name=version]", "value")}, "state": {"declined"}, "answer": {""}}
	if p := provider.Post(link, form); p.Status != 422 || !p.Has("#answer-error") || !p.Has("input[value=declined][checked]") {
		t.Errorf("declined without a reason: %d", p.Status)
	}
	form.Set("answer", "Vi har ingen å sende")
	if p := provider.Follow(provider.Post(link, form)); !strings.Contains(p.Text("main"), "Vi har ingen å sende") || !strings.Contains(p.Text("[role=status]"), "Svaret er sendt") {
		t.Errorf("answered: %q", p.Text("main"))
	}
	form.Set("answer", "Jo, det går")
	form.Set("state", "accepted")
	if p := provider.Post(link, form); p.Status != http.StatusConflict || p.Text("#answer") != "Jo, det går" || !strings.Contains(p.Text("main"), "Vi har ingen å sende") {
		t.Errorf("a stale answer: %d", p.Status)
	}
	if got := c.Get(address).Text("#requests ~ .kt-grid"); !strings.Contains(got, "Vi har ingen å sende") {
		t.Errorf("the answer is not on the pool's page: %q", got)
	}
	if got := provider.Get("/foresporsler?vis=besvart").Text("main table"); !strings.Contains(got, "Folk til saga i Røros") {
		t.Errorf("not among the answered: %q", got)
	}
	for _, role := range []string{"learner", "employer"} {
		if p := h.As(role).Get(link); p.Status != http.StatusNotFound {
			t.Errorf("%s reads the request: %d", role, p.Status)
		}
	}
	if p := c.Post(link, form); p.Status != http.StatusForbidden {
		t.Errorf("the secretary answers for the provider: %d", p.Status)
	}
}

func whoMay(t *testing.T, h *sitetest.House) {
	address := pooled(t, h.As("secretary"), "Folk til saga", register(t, h, "Eksempel Limtre AS", 4, need.Open))
	for role, want := range map[string]string{"": "200 303 303 303 303", "learner": "200 403 403 403 403", "employer": "200 403 403 403 403",
		"provider": "200 403 403 200 403", "forum_member": "200 403 403 403 403", "admin": "200 403 403 403 403",
		"adviser": "200 200 403 403 403", "secretary": "200 200 200 200 200", "county": "200 200 200 200 200"} {
		c := h.As(role)
		var got []string
		for _, path := range []string{address, "/felles/ny", address + "/rediger", address + "/flytt?to=in_follow_up", address + "/drofting"} {
			got = append(got, http.StatusText(c.Get(path).Status))
		}
		for i, s := range strings.Fields(want) {
			texts := map[string]string{"200": "OK", "303": "See Other", "403": "Forbidden"}
			if got[i] != texts[s] {
				t.Errorf("%q gets %v, want %s", role, got, want)
				break
			}
		}
	}
}

// To a pool in Frøya the secretary of Trøndelag Sør is a reader like others.
func whoMayElsewhere(t *testing.T, h *sitetest.House) {
	n, err := h.Needs.Register(t.Context(), system, need.Content{Text: "Folk til merdene", Organisation: organisation(t, h, "Eksempel Limtre AS"),
		Municipality: "5014", Headcount: 4})
	if err != nil {
		t.Fatal(err)
	}
	address := pooled(t, h.As("county"), "Folk til merdene", n)
	for role, want := range map[string]int{"secretary": http.StatusForbidden, "county": http.StatusOK} {
		c := h.As(role)
		for _, page := range []string{"/rediger", "/legg-til", "/flytt?to=in_follow_up", "/drofting", "/be-om-tilpasning"} {
			if p := c.Get(address + page); p.Status != want {
				t.Errorf("%s at %s: %d, want %d", role, page, p.Status, want)
			}
		}
		if p := c.Get(address); p.Status != http.StatusOK || p.Has("#moves") != (want == http.StatusOK) {
			t.Errorf("%s: the page answers %d, with moves %v", role, p.Status, p.Has("#moves"))
		}
	}
}

func ownerLeaves(t *testing.T, h *sitetest.House) {
	mine, other := register(t, h, "Eksempel Sag og Høvleri AS", 4, need.Open), register(t, h, "Eksempel Trevare AS", 3, need.Open)
	address := pooled(t, h.As("county"), "Folk til saga", mine, other)
	c := h.As("employer")
	if got := c.Get(address).Attrs("#members ~ * form input[name=need], #members ~ * form button[name=need]", "value"); len(got) != 1 || got[0] != string(mine.ID) {
		t.Errorf("the owner may take out %v, want only %s", got, mine.ID)
	}
	if p := c.Post(address+"/ta-ut", url.Values{"need": ids(other)}); p.Status != http.StatusForbidden {
		t.Errorf("the owner takes another's need out: %d", p.Status)
	}
	if p := c.Post(address+"/ta-ut", url.Values{"need": ids(mine)}); p.Status != http.StatusSeeOther {
		t.Errorf("the owner may not leave: %d", p.Status)
	}
	d, err := h.Needs.Get(t.Context(), system, mine.ID)
	if err != nil || d.State != need.Mapped || d.PoolRef != nil {
		t.Errorf("after leaving the need stands in %s, %v", d.State, err)
	}
}

func wrongAddresses(t *testing.T, h *sitetest.House) {
	for _, q := range []string{"?state=sideways", "?field=magi", "?level=himmel", "?region=utopia"} {
		if p := h.Visitor().Get("/felles" + q); p.Status != 422 || !p.Has("ds-error-summary") || p.Has("main table") {
			t.Errorf("%s: %d", q, p.Status)
		}
	}
	for _, path := range []string{"/felles/tull", "/felles/01a1ffb9-f73e-7be2-a11b-2fabe24fd47a", "/foresporsler/tull"} {
		if p := h.As("secretary").Get(path); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, p.Status)
		}
	}
}

func apiPools(t *testing.T, h *sitetest.House) {
	a, b := register(t, h, "Eksempel Limtre AS", 4, need.Open), register(t, h, "Eksempel Trevare AS", 3, need.Open)
	c := h.As("adviser")
	p := c.JSON("POST", "/api/v1/pools", `{"title":"Fra JSON","needs":["`+string(a.ID)+`","`+string(b.ID)+`"]}`)
	if p.Status != http.StatusCreated || !strings.Contains(p.Body, `"headcount":7`) || !strings.Contains(p.Body, `"members":[{`) {
		t.Fatalf("make: %d %s", p.Status, p.Body)
	}
	if p := c.JSON("POST", "/api/v1/pools", `{"needs":["tull"]}`); p.Status != 422 || !strings.Contains(p.Body, `"/needs/0"`) {
		t.Errorf("wrong id: %d %s", p.Status, p.Body)
	}
	if p := c.JSON("POST", "/api/v1/pools", `{"needs":[]}`); p.Status != 422 || !strings.Contains(p.Body, `"/needs"`) {
		t.Errorf("no needs: %d %s", p.Status, p.Body)
	}
	if p := h.Visitor().JSON("POST", "/api/v1/pools", `{"needs":[]}`); p.Status != http.StatusUnauthorized {
		t.Errorf("a visitor makes a pool: %d", p.Status)
	}
	list := h.Visitor().JSON("GET", "/api/v1/pools?q=json&limit=1", "")
	if list.Status != 200 || !strings.Contains(list.Body, `"title":"Fra JSON"`) || !strings.Contains(list.Body, `"total":1`) {
		t.Errorf("list: %d %s", list.Status, list.Body)
	}
	if p := h.Visitor().JSON("GET", "/api/v1/pools?state=sideways", ""); p.Status != 422 || !strings.Contains(p.Body, `"/state"`) {
		t.Errorf("unknown state: %d %s", p.Status, p.Body)
	}
	if p := h.Visitor().JSON("GET", "/api/v1/pools/F-2026-9999", ""); p.Status != http.StatusNotFound {
		t.Errorf("unknown number: %d", p.Status)
	}
	if d, err := h.Needs.Get(t.Context(), system, a.ID); err != nil || d.State != flow.State(need.Merged) {
		t.Errorf("the need stands in %s, %v", d.State, err)
	}
}
