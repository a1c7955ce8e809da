package orgweb_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/site/sitetest"
)

var system = access.SystemActor("test")

// add registers an organisation as the system.
func add(t *testing.T, h *sitetest.House, in org.Registration) org.Organisation {
	t.Helper()
	o, err := h.Orgs.Register(t.Context(), system, in)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// find is an organisation of the demo.
func find(t *testing.T, h *sitetest.House, name string) org.ID {
	t.Helper()
	o, err := h.Orgs.Find(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestReading asks a house that nothing changes.
func TestReading(t *testing.T) {
	h := sitetest.New(t)
	for name, check := range map[string]func(*testing.T, *sitetest.House){
		"anybody finds organisations": anybodyFindsOrganisations, "the list refuses what cannot be": listRefusesWhatCannotBe,
		"the name of a day": nameOfADay, "who may change the register": whoMayChangeTheRegister, "open JSON": openJSON,
	} {
		t.Run(name, func(t *testing.T) { check(t, h) })
	}
}

func anybodyFindsOrganisations(t *testing.T, h *sitetest.House) {
	v := h.Visitor()
	for path, want := range map[string]string{
		"/virksomheter?q=TRFK":                                           "Trøndelag fylkeskommune",
		"/virksomheter?q=THYFS":                                          "Trøndelag høyere yrkesfagskole",
		"/virksomheter?q=Midtre-Gauldal+kommune":                         "Midtre Gauldal kommune",
		"/virksomheter?q=regionaldepartementet":                          "Kommunal- og distriktsdepartementet",
		"/virksomheter?kind=study_centre":                                "Namdal studiesenter",
		"/virksomheter?municipality=Frøya":                               "Trøndersk Kystkompetanse AS",
		"/virksomheter?municipality=Fr%C3%B8ya+(5014)&kind=business_hub": "Trøndersk Kystkompetanse AS",
	} {
		p := v.Get(path)
		if p.Status != http.StatusOK || !slices.Contains(p.All("tbody th a"), want) {
			t.Errorf("%s: %d, %v; want %s", path, p.Status, p.All("tbody th a"), want)
		}
	}
	p := v.Get("/virksomheter?q=finnes+ikke")
	if !strings.Contains(p.Text(".kt-empty"), "Ingen virksomheter passer") || p.Has("table") {
		t.Errorf("no hits: %q", p.Text("main"))
	}
	if p := v.Get("/virksomheter"); p.Has("[href='/virksomheter/ny']") || p.Has("[name=principal_of]") {
		t.Error("a visitor is offered to register")
	}
}

func listRefusesWhatCannotBe(t *testing.T, h *sitetest.House) {
	v := h.Visitor()
	for query, want := range map[string]string{
		"municipality=Gotham": "Velg en kommune fra listen",
		"municipality=Rissa":  "Rissa",
		"municipality=Herøy":  "Flere kommuner heter Herøy",
		"kind=club":           "Velg et av alternativene",
		"after=rubbish":       "Denne plassen i listen finnes ikke",
		"principal_of=x":      "Velg et av alternativene",
	} {
		p := v.Get("/virksomheter?q=sag&" + query)
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Text(".ds-error-summary"), want) {
			t.Errorf("%s: %d %q", query, p.Status, p.Text(".ds-error-summary"))
		}
		if got := p.Attr("#q", "value"); got != "sag" {
			t.Errorf("%s: the text typed is now %q", query, got)
		}
	}
}

func TestListTurnsPages(t *testing.T) {
	h := sitetest.New(t)
	for i := range 35 {
		add(t, h, org.Registration{Kind: org.TraineeScheme, Name: "Ordning " + string(rune('A'+i/10)) + string(rune('0'+i%10)), Municipality: "5021"})
	}
	v := h.Visitor()
	p := v.Get("/virksomheter?kind=trainee_scheme")
	if n := len(p.All("tbody tr")); n != 25 || !strings.Contains(p.Text(".kt-filter__hits"), "35") {
		t.Fatalf("%d rows, %q", n, p.Text(".kt-filter__hits"))
	}
	next := v.Get(p.Attr("[rel=next]", "href"))
	if n := len(next.All("tbody tr")); n != 10 || next.Has("[rel=next]") || !next.Has(".kt-pager a[href='/virksomheter?kind=trainee_scheme']") {
		t.Errorf("second page: %d rows, %q", n, next.Text(".kt-pager"))
	}
}

// nameOfADay is ORG-2 as a reader meets it.
func nameOfADay(t *testing.T, h *sitetest.House) {
	v, path := h.Visitor(), "/virksomheter/"+string(find(t, h, "KDD"))
	for day, want := range map[string]string{"2013-05-30": "(KRD)", "30.05.2013": "(KRD)", "2020-03-01": "(KMD)", "2024-01-01": "(KDD)"} {
		p := v.Get(path + "?date=" + day)
		if p.Status != http.StatusOK || !strings.Contains(p.Text("[role=status].kt-notice, .kt-notice[role=status]"), want) {
			t.Errorf("%s: %d %q, want %s", day, p.Status, p.Text(".kt-notice"), want)
		}
	}
	if p := v.Get(path + "?date=2013-02-31"); p.Status != http.StatusUnprocessableEntity || p.Attr("#date", "value") != "2013-02-31" || !strings.Contains(p.Text("#date-error"), "Skriv en dato") {
		t.Errorf("an impossible day: %d, %q kept", p.Status, p.Attr("#date", "value"))
	}
	if n := len(v.Get(path).All("section[aria-labelledby=names] tbody tr")); n != 3 {
		t.Errorf("%d names, want 3", n)
	}
	for _, gone := range []string{"/virksomheter/nei", "/virksomheter/" + string(access.NewOrgID())} {
		if p := v.Get(gone); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", gone, p.Status)
		}
	}
}

func TestRegisterAndMend(t *testing.T) {
	h := sitetest.New(t)
	c := h.As("adviser")
	in := url.Values{"name": {"Eksempel Ørret AS"}, "short": {"EØ"}, "kind": {"company"}, "municipality": {"rosse"}, "orgno": {"999 999 999"},
		"website": {"https://orret.example.no"}, "parent": {"rn"}, "aliases": {"Ørretoppdrettet\nFiskeria\n"}}
	p := c.Post("/virksomheter/ny", in)
	if p.Status != http.StatusSeeOther || !strings.HasSuffix(p.Location, "?ok=org.created") {
		t.Fatalf("register: %d %s %s", p.Status, p.Location, p.Text(".ds-error-summary"))
	}
	shown := c.Follow(p)
	for _, want := range []string{"Eksempel Ørret AS", "Bedrift", "Røros", "999\u00a0999\u00a0999", "Rørosregionen Næringshage AS", "Fiskeria", "Virksomheten er registrert"} {
		if !strings.Contains(shown.Text("main"), want) && !strings.Contains(shown.Body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	path := strings.TrimSuffix(p.Location, "?ok=org.created")
	edit := c.Get(path + "/rediger")
	for name, want := range map[string]string{"name": "Eksempel Ørret AS", "short": "EØ", "municipality": "Røros (5025)", "orgno": "999999999", "parent": "Rørosregionen Næringshage AS"} {
		if got := edit.Attr("#"+name, "value"); got != want {
			t.Errorf("%s is %q in the form, want %q", name, got, want)
		}
	}
	in.Set("version", edit.Attr("[name=version]", "value"))
	in.Set("name", "Eksempel Røye AS")
	in.Set("municipality", "Holtålen (5026)")
	if p := c.Post(path+"/rediger", in); p.Status != http.StatusSeeOther {
		t.Fatalf("edit: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	in.Set("name", "Eksempel Sik AS")
	p = c.Post(path+"/rediger", in) // the version is the old one
	if p.Status != http.StatusConflict || p.Attr("#name", "value") != "Eksempel Sik AS" || !strings.Contains(p.Text("section[aria-labelledby=theirs]"), "Eksempel Røye AS") {
		t.Errorf("stale save: %d, typed %q, theirs %q", p.Status, p.Attr("#name", "value"), p.Text("section[aria-labelledby=theirs]"))
	}
	in.Set("version", p.Attr("[name=version]", "value"))
	if p := c.Post(path+"/rediger", in); p.Status != http.StatusSeeOther {
		t.Errorf("saving over it knowingly: %d", p.Status)
	}
}

func TestFormKeepsWhatWasTyped(t *testing.T) {
	h := sitetest.New(t)
	c := h.As("county")
	in := url.Values{"name": {" "}, "short": {strings.Repeat("s", 41)}, "kind": {"club"}, "municipality": {"Atlantis"}, "orgno": {"123456789"},
		"website": {"javascript:alert(1)"}, "parent": {"Ingen AS"}, "aliases": {strings.Repeat("å", 300)}}
	p := c.Post("/virksomheter/ny", in)
	if p.Status != http.StatusUnprocessableEntity {
		t.Fatalf("status %d", p.Status)
	}
	for _, name := range []string{"kind", "municipality", "parent"} {
		if !p.Has("#" + name + "-error") {
			t.Errorf("no message at %s: %q", name, p.Text(".ds-error-summary"))
		}
	}
	for _, name := range []string{"short", "municipality", "orgno", "website", "parent"} {
		if got := p.Attr("#"+name, "value"); got != in.Get(name) {
			t.Errorf("%s was typed as %q and is now %q", name, in.Get(name), got)
		}
	}
	if got := p.Text("#aliases"); got != in.Get("aliases") {
		t.Error("the spellings are lost")
	}
	// The rest is found once the shape is right.
	in.Set("kind", "company")
	in.Set("municipality", "5021")
	in.Set("parent", "")
	p = c.Post("/virksomheter/ny", in)
	for _, name := range []string{"name", "short", "orgno", "website", "aliases"} {
		if !p.Has("#" + name + "-error") {
			t.Errorf("no message at %s: %q", name, p.Text(".ds-error-summary"))
		}
	}
	in = url.Values{"name": {"røros kommune"}, "kind": {"municipality"}, "municipality": {"5025"}}
	if p := c.Post("/virksomheter/ny", in); !strings.Contains(p.Text("#name-error"), "alt registrert") {
		t.Errorf("a double: %d %q", p.Status, p.Text("#name-error"))
	}
}

func TestAPlaceThatIsNoMoreCanStay(t *testing.T) {
	h := sitetest.New(t)
	o := add(t, h, org.Registration{Kind: org.BusinessHub, Name: "Leksvik Eksempel", Municipality: "1718"})
	c, path := h.As("adviser"), "/virksomheter/"+string(o.ID)
	if p := c.Get(path); !strings.Contains(p.Text(".kt-facts"), "Leksvik (kommunen fantes til 31.12.2017)") {
		t.Errorf("shown as %q", p.Text(".kt-facts"))
	}
	p := c.Get(path + "/rediger")
	in := url.Values{"name": {"Leksvik Eksempel AS"}, "kind": {"business_hub"}, "municipality": {p.Attr("#municipality", "value")}, "version": {"1"}}
	if p := c.Post(path+"/rediger", in); p.Status != http.StatusSeeOther {
		t.Errorf("an edit that leaves the place alone: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
}

func TestRenameFromADay(t *testing.T) {
	h := sitetest.New(t)
	c, path := h.As("secretary"), "/virksomheter/"+string(find(t, h, "Hemne Næringshage"))
	p := c.Post(path+"/nytt-navn", url.Values{"name": {""}, "from": {"i går"}, "version": {"1"}})
	if p.Status != http.StatusUnprocessableEntity || p.Attr("#from", "value") != "i går" || !p.Has("#from-error") {
		t.Errorf("no day: %d", p.Status)
	}
	in := url.Values{"name": {"Heim Næringshage AS"}, "from": {"01.01.2020"}, "version": {"1"}}
	if p := c.Post(path+"/nytt-navn", in); p.Status != http.StatusSeeOther {
		t.Fatalf("rename: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	if p := c.Get(path); p.Text("h1") != "Heim Næringshage AS" || !strings.Contains(p.Text("section[aria-labelledby=names]"), "Hemne Næringshage AS") {
		t.Errorf("after: %q", p.Text("main"))
	}
	if p := c.Post(path+"/nytt-navn", in); p.Status != http.StatusUnprocessableEntity && p.Status != http.StatusConflict {
		t.Errorf("the same again: %d", p.Status)
	}
}

func whoMayChangeTheRegister(t *testing.T, h *sitetest.House) {
	path := "/virksomheter/" + string(find(t, h, "Røros kommune"))
	for role, may := range map[string]bool{"adviser": true, "secretary": true, "county": true, "admin": true, "employer": false, "provider": false, "learner": false} {
		for _, page := range []string{"/virksomheter/ny", path + "/rediger", path + "/nytt-navn"} {
			want := http.StatusForbidden
			if may {
				want = http.StatusOK
			}
			if p := h.As(role).Get(page); p.Status != want {
				t.Errorf("%s gets %s: %d, want %d", role, page, p.Status, want)
			}
		}
	}
	if p := h.Visitor().Get("/virksomheter/ny"); p.Status != http.StatusSeeOther || !strings.HasPrefix(p.Location, "/logg-inn") {
		t.Errorf("a visitor: %d %s", p.Status, p.Location)
	}
	if p := h.As("employer").Post("/virksomheter/ny", url.Values{"name": {"X"}}); p.Status != http.StatusForbidden {
		t.Errorf("an employer posts: %d", p.Status)
	}
}

// TestMandatesBetweenTwo is PLT-2 as the two sides meet it.
func TestMandatesBetweenTwo(t *testing.T) {
	h := sitetest.New(t)
	hub := find(t, h, "NN")
	firm := add(t, h, org.Registration{Kind: org.Company, Name: "Eksempel Bakst AS", Municipality: "5021"})
	path := "/virksomheter/" + string(firm.ID)
	adviser := h.As("adviser")
	p := adviser.Post(path+"/fullmakt", url.Values{"intermediary": {string(hub)}, "mandate_ground": {" "}, "from": {"2026-11-01"}, "to": {"2026-10-01"}})
	if p.Status != http.StatusUnprocessableEntity || !p.Has("#mandate_ground-error") || !p.Has("#to-error") || p.Attr("#to", "value") != "2026-10-01" {
		t.Errorf("wrong form: %d %q", p.Status, p.Text(".ds-error-summary"))
	}
	if p := adviser.Post(path+"/fullmakt", url.Values{"intermediary": {string(find(t, h, "RN"))}, "mandate_ground": {"x"}, "from": {"2026-11-01"}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("for somebody else's hub: %d", p.Status)
	}
	if p := adviser.Post(path+"/fullmakt", url.Values{"intermediary": {string(hub)}, "mandate_ground": {"avtalt i besøk"}, "from": {"2026-11-01"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("record: %d %q", p.Status, p.Text(".ds-error-summary"))
	}
	const table = "section[aria-labelledby=mandates] tbody"
	if got := adviser.Get(path).Text(table); !strings.Contains(got, "Eksempel Bakst AS") || !strings.Contains(got, "Nasjonalparken Næringshage AS") || !strings.Contains(got, "Gjelder") {
		t.Errorf("the adviser sees %q", got)
	}
	for _, role := range []string{"", "provider", "county", "employer"} {
		if p := h.As(role).Get(path); p.Has(table) || strings.Contains(p.Body, "avtalt i besøk") {
			t.Errorf("%q sees the mandate", role)
		}
	}
	end := adviser.Get(path).Attr(table+" a[href*='/fullmakt/']", "href")
	if p := h.As("employer").Get(end); p.Status != http.StatusNotFound {
		t.Errorf("another company finds it: %d, want 404", p.Status)
	}
	list := adviser.Get("/virksomheter?principal_of=" + string(hub))
	if !slices.Contains(list.All("tbody th a"), "Eksempel Bakst AS") {
		t.Errorf("principals: %v", list.All("tbody th a"))
	}
	if p := adviser.Post(end, url.Values{"to": {"2026-11-20"}, "version": {"1"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("end: %d %q", p.Status, p.Text(".ds-error-summary"))
	}
	if p := adviser.Post(end, url.Values{"to": {"2026-11-19"}, "version": {"1"}}); p.Status != http.StatusConflict {
		t.Errorf("ending what another ended: %d, want 409", p.Status)
	}
	if got := adviser.Get(path).Text(table); !strings.Contains(got, "Avsluttet") {
		t.Errorf("after the end: %q", got)
	}
}

func TestACompanyGivesAMandateItself(t *testing.T) {
	h := sitetest.New(t)
	firm, hub := find(t, h, "Eksempel Sag og Høvleri"), find(t, h, "RN")
	path := "/virksomheter/" + string(firm)
	c := h.As("employer")
	if p := c.Get(path + "/fullmakt"); p.Status != http.StatusOK || !p.Has("option[value='"+string(hub)+"']") || p.Has("option[value='"+string(find(t, h, "THYF"))+"']") {
		t.Errorf("the choices are wrong: %d", p.Status)
	}
	if p := c.Post(path+"/fullmakt", url.Values{"intermediary": {string(hub)}, "mandate_ground": {"styrevedtak"}, "from": {"2026-12-01"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("give: %d %q", p.Status, p.Text(".ds-error-summary"))
	}
	if got := c.Get(path).Text("section[aria-labelledby=mandates]"); !strings.Contains(got, "Kommer") {
		t.Errorf("shown as %q", got)
	}
	if p := c.Get("/virksomheter/" + string(hub) + "/fullmakt"); p.Status != http.StatusForbidden {
		t.Errorf("a mandate from somebody else: %d, want 403", p.Status)
	}
}

func openJSON(t *testing.T, h *sitetest.House) {
	v := h.Visitor()
	var list struct {
		Items []struct{ ID, Kind, Name, Municipality string }
		Total int
		Next  string
	}
	seen := map[string]bool{}
	for path := "/api/v1/organisations?limit=20"; path != ""; {
		p := v.JSON("GET", path, "")
		list.Items, list.Next = nil, ""
		if err := json.Unmarshal([]byte(p.Body), &list); err != nil || p.Status != http.StatusOK {
			t.Fatalf("%s: %d %v", path, p.Status, err)
		}
		for _, o := range list.Items {
			if o.ID == "" || o.Name == "" || len(o.Municipality) != 4 || seen[o.ID] {
				t.Errorf("odd or twice: %+v", o)
			}
			seen[o.ID] = true
		}
		path = ""
		if list.Next != "" {
			path = "/api/v1/organisations?limit=20&after=" + list.Next
		}
	}
	if len(seen) != list.Total || list.Total < 30 {
		t.Errorf("%d items, total %d", len(seen), list.Total)
	}
	id := string(find(t, h, "KDD"))
	for query, want := range map[string]string{"": `"short":"KDD"`, "?date=2013-05-30": `"short":"KRD"`, "?date=2020-05-30": `"short":"KMD"`} {
		p := v.JSON("GET", "/api/v1/organisations/"+id+query, "")
		if head, _, _ := strings.Cut(p.Body, `"names"`); p.Status != http.StatusOK || !strings.Contains(head, want) {
			t.Errorf("%q: %d %s", query, p.Status, p.Body)
		}
	}
	for path, want := range map[string]int{
		"/api/v1/organisations?kind=club": 422, "/api/v1/organisations?limit=0": 422, "/api/v1/organisations?limit=501": 422,
		"/api/v1/organisations?municipality=x": 422, "/api/v1/organisations?after=x": 422, "/api/v1/organisations/" + id + "?date=x": 422,
		"/api/v1/organisations/nei": 404, "/api/v1/organisations/" + string(access.NewOrgID()): 404,
	} {
		p := v.JSON("GET", path, "")
		if p.Status != want || !strings.Contains(p.Header.Get("Content-Type"), "problem+json") {
			t.Errorf("%s: %d %s, want %d", path, p.Status, p.Header.Get("Content-Type"), want)
		}
	}
	for _, k := range org.Kinds() {
		if p := v.JSON("GET", "/api/v1/organisations?kind="+string(k), ""); p.Status != http.StatusOK {
			t.Errorf("kind %s: %d", k, p.Status)
		}
	}
}
