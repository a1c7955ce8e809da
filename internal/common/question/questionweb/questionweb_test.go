package questionweb_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/site/sitetest"
)

// maker makes forms as the county does, in a browser without JavaScript.
type maker struct {
	*testing.T
	house *sitetest.House
	*sitetest.Client
	form string // its address
}

func newMaker(t *testing.T) *maker {
	h := sitetest.New(t)
	return &maker{T: t, house: h, Client: h.As("county")}
}

// send fills in the form of a page and follows to the page after.
func (m *maker) send(page string, values url.Values) sitetest.Page {
	m.Helper()
	p := m.Get(page)
	if p.Status != 200 {
		m.Fatalf("%s answers %d", page, p.Status)
	}
	values.Set("version", p.Attr("main form input[name=version]", "value"))
	answer := m.Post(page, values)
	if answer.Status != 303 {
		m.Fatalf("%s answers %d: %s", page, answer.Status, answer.Text(".ds-error-summary"))
	}
	return m.Follow(answer)
}

// made makes a form with an if-question and a table with a sum.
func (m *maker) made() {
	m.Helper()
	p := m.Post("/skjema/nytt", url.Values{"template": {"tomt"}, "title.nb": {"Ønsker"}, "title.nn": {"Ønske"}, "code": {"onsker"}})
	if p.Status != 303 {
		m.Fatalf("new form answers %d: %s", p.Status, p.Text(".ds-error-summary"))
	}
	m.form, _, _ = strings.Cut(p.Location, "?")
	m.send(m.form+"/nytt-avsnitt", url.Values{"title.nb": {"Om dere"}, "name": {"om"}})
	m.send(m.form+"/nytt-sporsmal/om", url.Values{"label.nb": {"Har dere en plan?"}, "label.nn": {"Har de ein plan?"}, "name": {"plan"}, "kind": {"single"}, "required": {"ja"},
		"choices.0.code": {""}, "choices.0.label.nb": {"Ja"}, "choices.1.code": {"nei"}, "choices.1.label.nb": {"Nei"}})
	m.send(m.form+"/nytt-sporsmal/om", url.Values{"label.nb": {"Hvilken?"}, "kind": {"text"}, "required": {"ja"}, "show_if": {"${plan} = 'ja'"}})
	m.send(m.form+"/nytt-sporsmal/om", url.Values{"label.nb": {"Yrker"}, "name": {"yrker"}, "kind": {"table"}})
	m.send(m.form+"/nytt-sporsmal/yrker", url.Values{"label.nb": {"Yrke"}, "name": {"yrke"}, "kind": {"concept"}})
	m.send(m.form+"/nytt-sporsmal/yrker", url.Values{"label.nb": {"Antall"}, "name": {"antall"}, "kind": {"number"}, "sum": {"ja"}})
}

func TestMakeTryAndPublish(t *testing.T) {
	m := newMaker(t)
	m.made()
	p := m.Get(m.form)
	if !strings.Contains(p.Text("main"), "klart til å publiseres") || !p.Has("#sp-hvilken") || !p.Has("#sp-antall") {
		t.Fatalf("the form's page: %s", p.Text("main"))
	}
	if p := m.Get(m.form + "/sporsmal/yrker"); !slices.Contains(p.Attrs("main a", "href"), m.form+"/nytt-sporsmal/yrker") {
		t.Error("no way to one column more")
	}
	trial := m.form + "/prov"
	if p = m.Get(trial); p.Has("[name='answers.hvilken']") || !p.Has("[name='answers.plan']") {
		t.Error("the if-question is asked before its answer")
	}
	asked := url.Values{"asked": {"plan", "yrker", "yrker.0.yrke", "yrker.0.antall"}, "answers.plan": {"ja"}, "answers.yrker.0.yrke": {"kokk"}, "answers.yrker.0.antall": {"3"}}
	with := func(more url.Values) url.Values {
		out := url.Values{}
		for _, v := range []url.Values{asked, more} {
			for k, list := range v {
				out[k] = append(out[k], list...)
			}
		}
		return out
	}
	p = m.Post(trial, with(url.Values{"act": {"update"}}))
	if p.Status != 200 || !p.Has("[name='answers.hvilken']") || p.Text("[id='answers.yrker-sums'] dd") != "3" || p.Has(".ds-error-summary") {
		t.Errorf("after Oppdater: %d, sum %q", p.Status, p.Text("[id='answers.yrker-sums'] dd"))
	}
	p = m.Post(trial, with(url.Values{"act": {"add:yrker"}}))
	if !p.Has("[name='answers.yrker.1.antall']") || p.Attr("[name='answers.yrker.0.antall']", "value") != "3" {
		t.Error("no row was added, or what was typed is lost")
	}
	p = m.Post(trial, with(url.Values{"act": {"remove:yrker:0"}, "answers.yrker.1.antall": {"8"}}))
	if p.Attr("[name='answers.yrker.0.antall']", "value") != "8" || p.Has("[name='answers.yrker.1.antall']") {
		t.Error("the row was not taken away")
	}
	p = m.Post(trial, with(url.Values{"answers.yrker.1.antall": {"mange"}}))
	if p.Status != 422 || !p.Has("[id='answers.hvilken-error']") || !p.Has("[id='answers.yrker.1.antall-error']") || p.Attr("[name='answers.yrker.1.antall']", "value") != "mange" {
		t.Errorf("wrong answers: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	p = m.Post(trial, with(url.Values{"asked": {"hvilken"}, "answers.hvilken": {"tiårsplan"}}))
	if p.Status != 200 || !strings.Contains(p.Text("main"), "Alt er riktig fylt ut") || !strings.Contains(p.Text("main"), "tiårsplan") {
		t.Errorf("right answers: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	p = m.send(m.form+"/publiser", url.Values{})
	if !strings.Contains(p.Text("main"), "I bruk") {
		t.Errorf("after publishing: %s", p.Text("main"))
	}
	if p = m.Get(m.form + "/sporsmal/plan"); p.Status != 409 {
		t.Errorf("a published version can be edited: %d", p.Status)
	}
	if p = m.Get("/api/v1/forms/onsker"); p.Status != 200 || !strings.Contains(p.Body, `"${plan} = 'ja'"`) {
		t.Errorf("the API: %d %s", p.Status, p.Body)
	}
}

func TestLivePartAndLanguages(t *testing.T) {
	m := newMaker(t)
	m.made()
	m.Header.Set("HX-Request", "true")
	p := m.Post(m.form+"/prov/om?skjemasprak=nn", url.Values{"asked": {"plan"}, "answers.plan": {"ja"}})
	m.Header.Del("HX-Request")
	if p.Status != 200 || p.Has("h1") || !p.Has("[data-live] #asked-hvilken") || !strings.Contains(p.Body, "Har de ein plan?") {
		t.Errorf("live part: %d %.200s", p.Status, p.Body)
	}
	p = m.Get(m.form + "/prov?skjemasprak=en")
	if p.Attr("#asked-plan fieldset", "lang") != "nb" {
		t.Error("the fallback to bokmål is not marked")
	}
}

func TestQuestionIsToldWhatIsWrong(t *testing.T) {
	m := newMaker(t)
	m.made()
	page := m.form + "/nytt-sporsmal/om"
	version := m.Get(page).Attr("main form input[name=version]", "value")
	for field, values := range map[string]url.Values{
		"label.nb":           {"kind": {"text"}},
		"show_if":            {"label.nb": {"X"}, "kind": {"text"}, "show_if": {"${finnes_ikke} = 1"}},
		"constraint":         {"label.nb": {"X"}, "kind": {"text"}, "constraint": {". >"}},
		"name":               {"label.nb": {"X"}, "kind": {"text"}, "name": {"plan"}},
		"choices":            {"label.nb": {"X"}, "kind": {"single"}},
		"choices.2.label.nb": {"label.nb": {"X"}, "kind": {"single"}, "choices.0.code": {"a"}, "choices.0.label.nb": {"A"}, "choices.1.code": {""}, "choices.2.code": {"c"}},
		"limits.min":         {"label.nb": {"X"}, "kind": {"number"}, "limits.min": {"mange"}},
		"limits.max_words":   {"label.nb": {"X"}, "kind": {"long"}, "limits.max_words": {"mange"}},
		"kind":               {"label.nb": {"X"}, "kind": {"finnes_ikke"}},
	} {
		values.Set("version", version)
		p := m.Post(page, values)
		if p.Status != 422 || !p.Has("[id='"+field+"-error']") {
			t.Errorf("%s: %d %s", field, p.Status, p.Text(".ds-error-summary"))
		}
		if want := values.Get("show_if"); want != "" && p.Attr("#show_if", "value") != want {
			t.Error("what was typed is lost")
		}
	}
	if p := m.Post(page, url.Values{"version": {version}, "act": {"choices"}, "kind": {"single"}, "label.nb": {"Hei"}, "choices.0.code": {"a"}, "choices.1.code": {""}}); p.Status != 200 || !p.Has("[id='choices.3.code']") || p.Attr("[id='choices.0.code']", "value") != "a" || p.Attr("[id='label.nb']", "value") != "Hei" {
		t.Errorf("more rows: %d", p.Status)
	}
	p := m.Post(page, url.Values{"version": {"1"}, "label.nb": {"X"}, "kind": {"text"}})
	if p.Status != 409 || p.Attr("[id='label.nb']", "value") != "X" {
		t.Errorf("a stale save: %d", p.Status)
	}
}

func TestMoveAndRemove(t *testing.T) {
	m := newMaker(t)
	m.made()
	version := func() string { return m.Get(m.form+"/rediger").Attr("main form input[name=version]", "value") }
	rows := func() []string { return m.Get(m.form).Attrs("tr[id^=sp-]", "id") }
	if p := m.Post(m.form+"/flytt", url.Values{"version": {version()}, "name": {"hvilken"}, "way": {"up"}}); p.Status != 303 {
		t.Fatalf("move answers %d", p.Status)
	}
	if got := rows(); !slices.Equal(got[:2], []string{"sp-hvilken", "sp-plan"}) {
		t.Errorf("order %v", got)
	}
	// The condition now names what comes later, which the page says, with a link.
	if p := m.Get(m.form); !strings.Contains(p.Text(".ds-alert"), "kommer senere") || !slices.Contains(p.Attrs(".ds-alert a", "href"), m.form+"/sporsmal/hvilken") {
		t.Errorf("problems: %s", p.Text(".ds-alert"))
	}
	if p := m.send(m.form+"/fjern/hvilken", url.Values{}); p.Has("#sp-hvilken") {
		t.Error("still there")
	}
	if p := m.Get(m.form + "/fjern/hvilken"); p.Status != 404 {
		t.Errorf("a question that is gone: %d", p.Status)
	}
	if p := m.send(m.form+"/forkast", url.Values{}); !p.Has("h1") || strings.Contains(p.Text("main table"), "Ønsker") {
		t.Error("the form was not thrown away")
	}
}

func TestVersionsAndRetiring(t *testing.T) {
	m := newMaker(t)
	list := m.Get("/skjema")
	m.form = list.Attr("main table a", "href")
	version := func() string {
		return m.Get(m.form).Attr("main form input[name=version]", "value")
	}
	m.send(m.form+"/forkast", url.Values{}) // the demo's
	if p := m.Post(m.form+"/ny-utgave", url.Values{"version": {version()}}); p.Status != 303 {
		t.Fatalf("new version answers %d", p.Status)
	}
	if p := m.Post(m.form+"/ny-utgave", url.Values{"version": {version()}}); p.Status != 409 {
		t.Errorf("two drafts: %d", p.Status)
	}
	if p := m.Get(m.form); !strings.Contains(p.Text("main"), "Utkast") || !p.Has("a[href$='utgave=1']") {
		t.Errorf("versions: %s", p.Text("main"))
	}
	m.send(m.form+"/rediger", url.Values{"title.nb": {"Ny tittel"}, "sight": {"forum"}})
	if p := m.Get(m.form + "/prov?utgave=1"); strings.Contains(p.Text("h1"), "Ny tittel") {
		t.Error("the published version was changed")
	}
	m.send(m.form+"/forkast", url.Values{})
	if p := m.Post(m.form+"/ta-ut", url.Values{"version": {version()}}); p.Status != 303 {
		t.Fatalf("retire answers %d", p.Status)
	}
	if p := m.Get("/api/v1/forms"); strings.Contains(p.Body, strings.TrimPrefix(m.form, "/skjema/")) {
		t.Errorf("a retired form is offered: %s", p.Body)
	}
}

func TestWhoMay(t *testing.T) {
	h := sitetest.New(t)
	for role, want := range map[string]int{"": 303, "employer": 403, "adviser": 403, "county": 200, "admin": 200} {
		p := h.As(role).Get("/skjema")
		if role == "" && (p.Status == 303 || p.Status == 401 || p.Status == 403) {
			continue
		}
		if p.Status != want {
			t.Errorf("%q sees the forms: %d", role, p.Status)
		}
	}
	if p := h.As("county").Get("/skjema/0193c0de-0000-7000-8000-000000000000"); p.Status != 404 {
		t.Errorf("a form that is not there: %d", p.Status)
	}
}

func TestSuggestions(t *testing.T) {
	c := sitetest.New(t).Visitor()
	c.Header.Set("HX-Request", "true")
	for query, want := range map[string]string{"slag=concept&ordliste=styrk08&felt=answers.x&answers.x=kokk": "Kokk", "slag=municipality&felt=a&a=R%C3%B8ro": "Røros (5025)", "slag=organisation&felt=a&a=": ""} {
		p := c.Get("/skjema/forslag?" + query)
		if p.Status != 200 || !strings.Contains(p.Body, want) || want == "" && strings.Contains(p.Body, "option") {
			t.Errorf("%s: %d %.100s", query, p.Status, p.Body)
		}
	}
	if p := c.Get("/skjema/forslag?slag=tull"); p.Status != 422 {
		t.Errorf("nonsense: %d", p.Status)
	}
}

// TestCompanySurvey answers the form that the program brings, in nynorsk.
func TestCompanySurvey(t *testing.T) {
	m := newMaker(t)
	list, err := m.house.Forms.InUse(context.Background(), question.Survey)
	if err != nil || len(list) != 1 {
		t.Fatalf("in use: %v %v", list, err)
	}
	trial := "/skjema/" + string(list[0].ID) + "/prov?skjemasprak=nn"
	values := url.Values{}
	for name, v := range map[string]string{"navn": "Ålen Sag", "kommune": "Røros", "ansatte": "12", "endring": "like", "rekruttering": "nei", "grad": "ingen",
		"rekrutteringsplan": "ja", "kompetanseplan": "nei", "bli_behov": "nei", "kontakt_ok": "nei"} {
		values.Set(question.FieldOf(name), v)
		values.Add("asked", name)
	}
	p := m.Post(trial, values)
	if p.Status != 200 || !strings.Contains(p.Text("main"), "Verksemda") {
		t.Errorf("answered: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	values.Set(question.FieldOf("grad"), "stor")
	values.Set("act", "update")
	if p = m.Post(trial, values); !p.Has("[name='answers.mangler.0.mangler_antall']") || !strings.Contains(p.Text("main"), "Forstått som") && p.Attr("[name='answers.kommune']", "value") != "Røros" {
		t.Errorf("what hangs on the answer is not asked: %d", p.Status)
	}
	if title, _ := list[0].Versions[0].Definition.Title.In(i18n.NN); title == "" {
		t.Error("no title in nynorsk")
	}
}
