package bodyweb_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/site/sitetest"
)

// bodyCalled is the demo's body whose name has the words.
func bodyCalled(t *testing.T, h *sitetest.House, name string) meeting.Body {
	t.Helper()
	list, err := h.Bodies.List(t.Context(), meeting.Filter{Text: name})
	if err != nil || len(list) == 0 {
		t.Fatalf("no body called %s: %v", name, err)
	}
	return list[0]
}

// Anybody reads who sits in the council, what each seat may do, and the rules with
// their sources; nobody is told which account is behind an office.
func TestACouncilIsOpen(t *testing.T) {
	h := sitetest.New(t)
	c := h.As("")
	list := c.Get("/forum-og-rad")
	if n := len(list.All("main .kt-card")); n != 11 {
		t.Errorf("%d bodies in the list, want 11", n)
	}
	b := bodyCalled(t, h, "politisk")
	p := c.Get("/organ/" + string(b.ID))
	if n := len(p.All("figure.kt-round circle.kt-round__seat[data-sign=vote]")); n != 7 { // six and the legend's
		t.Errorf("%d voting seats are drawn", n)
	}
	if got := p.Text("figure.kt-round .kt-round__centre"); got != "6 stemmer" {
		t.Errorf("on the table stands %q", got)
	}
	if strings.Contains(p.Body, "demo-mayor") || p.Has("main a[href$='/seter']") {
		t.Error("a visitor sees accounts or is offered to change the body")
	}
	rules := c.Get("/organ/" + string(b.ID) + "/regler")
	if text := rules.Text("main"); !strings.Contains(text, "Avtalen § 5") || !strings.Contains(text, "Rådet, møte 23.03.2020") {
		t.Errorf("the rules do not say where they are from: %s", text)
	}
	old := c.Get("/organ/" + string(b.ID) + "/regler?versjon=1")
	if !strings.Contains(old.Text("main .kt-notice"), "eldre versjon") {
		t.Errorf("an old version is not marked: %q", old.Text("main .kt-notice"))
	}
	if p := c.Get("/organ/" + string(b.ID) + "/regler?versjon=9"); p.Status != http.StatusNotFound {
		t.Errorf("a version that is not: %d", p.Status)
	}
	if text := c.Get("/organ/" + string(b.ID) + "/regler/sammenlign").Text("main"); !strings.Contains(text, "Alle saker krever enighet") || !strings.Contains(text, "berører samtlige") {
		t.Errorf("what changed is not said: %s", text)
	}
}

// The pages that change a body are for its secretary alone; the county keeps its
// own forum and no other's.
func TestWhoChangesABodyOnItsPages(t *testing.T) {
	h := sitetest.New(t)
	council, forum := bodyCalled(t, h, "politisk"), bodyCalled(t, h, "Kompetanseforum Trøndelag")
	if forum.Kind != meeting.CountyForum {
		t.Fatalf("found %s", forum.Name)
	}
	for _, x := range []struct {
		role           string
		council, forum int
	}{{"", 303, 303}, {"secretary", 200, 403}, {"county", 403, 200}, {"mayor", 403, 403}, {"admin", 403, 403}, {"forum_member", 403, 403}} {
		for _, page := range []string{"/rediger", "/seter", "/seter/ny", "/leder", "/regler/ny"} {
			c := h.As(x.role)
			if p := c.Get("/organ/" + string(council.ID) + page); p.Status != x.council {
				t.Errorf("%q on the council's %s: %d, want %d", x.role, page, p.Status, x.council)
			}
			if p := c.Get("/organ/" + string(forum.ID) + page); p.Status != x.forum {
				t.Errorf("%q on the forum's %s: %d, want %d", x.role, page, p.Status, x.forum)
			}
		}
	}
	for _, path := range []string{"/organ/x", "/organ/" + string(meeting.NewBodyID()), "/organ/" + string(meeting.NewBodyID()) + "/regler", "/organ/" + string(meeting.NewBodyID()) + "/rediger"} {
		if p := h.As("secretary").Get(path); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, p.Status)
		}
	}
}

// A secretary makes a group, seats two members in it, lets them be held, elects a
// leader and enters rules, all by forms.
func TestASecretaryMakesABody(t *testing.T) {
	h := sitetest.New(t)
	c := h.As("secretary")
	post := func(path string, values url.Values) sitetest.Page {
		t.Helper()
		p := c.Post(path, values)
		if p.Status != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", path, p.Status, p.Text(".ds-error-summary"))
		}
		return p
	}
	host := "Trøndelag Sør – Interkommunalt politisk råd"
	made := post("/forum-og-rad/nytt", url.Values{"name": {"Arbeidsgruppe for lærlinger"}, "kind": {"operative_group"}, "host": {host}, "secretariat": {host}, "from": {"2026-11-01"}})
	path, _, _ := strings.Cut(made.Location, "?")
	var seats []string
	for _, org := range []string{"Røros kommune", "Oppdal kommune"} {
		added := post(path+"/seter/ny", url.Values{"organisation": {org}, "kind": {"member"}, "side": {"demander"}, "from": {"2026-11-01"}})
		seat, _, _ := strings.Cut(added.Location, "?")
		post(seat, url.Values{"part": {"member"}, "title": {"Personalsjef"}, "from": {"2026-11-01"}})
		seats = append(seats, seat[strings.LastIndex(seat, "/")+1:])
	}
	if p := c.Get(path); !strings.Contains(p.Text("main"), "ingen regler ennå") {
		t.Error("the lack of rules is not found")
	}
	form := c.Get(path + "/regler/ny")
	values := url.Values{"title": {"Mandat for arbeidsgruppa"}, "adopted_by": {"Rådet, PS 40/26"}, "valid_from": {"2026-11-01"}}
	for _, field := range []string{"elected", "quorum", "consensus", "of", "otherwise", "casting", "reservation", "opt_in", "distant", "silence"} {
		values.Set(field, form.Attr("input[name="+field+"][checked]", "value"))
	}
	for _, name := range form.Attrs("main select", "name") {
		values.Set(name, form.Attr("select[name="+name+"] option[selected]", "value"))
	}
	for _, name := range form.Attrs("main input[type=text]", "name") {
		if !values.Has(name) {
			values.Set(name, form.Attr("input[name="+name+"]", "value"))
		}
	}
	for name, answer := range map[string]string{"local": "ja", "obligations": "allowed", "fee": "ja", "projects": "nei", "joint": "ja", "joint_stops": "ja", "withdrawal": "ja",
		"withdrawal_day": "1", "withdrawal_month": "11", "withdrawal_own": "ja", "recusal": "ja", "source_14": "§ 6", "duties": "yearly_fee", "source_15": "§ 7"} {
		values.Set(name, answer)
	}
	if p := c.Post(path+"/regler/ny", with(values, "withdrawal_day", "31")); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Attr(".ds-error-summary a", "href"), "withdrawal_day") {
		t.Errorf("the 31st of November: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	refused := c.Post(path+"/regler/ny", with(values, "elected", "ja"))
	if refused.Status != http.StatusUnprocessableEntity || !strings.Contains(refused.Text(".ds-error-summary"), "§ 8-1") {
		t.Errorf("silence as consent in an elected body: %d %s", refused.Status, refused.Text(".ds-error-summary"))
	}
	if got := refused.Attr("input[name=title]", "value"); got != "Mandat for arbeidsgruppa" {
		t.Errorf("what was typed is lost: %q", got)
	}
	member := h.As("forum_member")
	id := path[strings.LastIndex(path, "/")+1:]
	if p := member.Post("/varsler/folg", url.Values{"hva": {"object"}, "slag": {"body"}, "ref": {id}, "mode": {"now"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("follow: %d %s", p.Status, p.Text("main"))
	}
	post(path+"/regler/ny", values)
	rules := c.Get(path + "/regler").Text("main")
	for _, want := range []string{"anbefaling til alle har svart", "Organet kan pålegge medlemmene utgifter", "samme kontingent", "Prosjekter betales av alle", "interessekonflikt, sendes det ikke", "innen 1. november", "Kontingenten settes av hele rådet hvert år", "§ 7", "Organet avgjør om et medlem er inhabilt", "§ 6"} {
		if !strings.Contains(rules, want) {
			t.Errorf("the rules do not say %q", want)
		}
	}
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if text := member.Get("/varsler").Text("main"); !strings.Contains(text, "Mandat for arbeidsgruppa") {
		t.Errorf("who follows the body is not told of its rules: %s", text)
	}
	added := post(path+"/seter/ny", url.Values{"organisation": {"Holtålen kommune"}, "kind": {"member"}, "side": {"demander"}, "from": {"2026-11-01"}})
	seat, _, _ := strings.Cut(added.Location, "?")
	post(seat, url.Values{"part": {"member"}, "title": {"Rektor"}, "from": {"2026-11-01"}})
	post(seat+"/avslutt", url.Values{"to": {"2026-10-31"}, "version": {"1"}})
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	told := member.Get("/varsler").Text("main")
	for _, want := range []string{"Holtålen kommune får et nytt sete", "Rektor er valgt som medlem for Holtålen kommune", "Setet til Holtålen kommune"} {
		if !strings.Contains(told, want) {
			t.Errorf("who follows the body is not told that %q: %s", want, told)
		}
	}
	post(path+"/leder", url.Values{"task": {"leader"}, "seat": {seats[0]}, "elected_by": {"Møte 1"}, "from": {"2026-11-01"}})
	p := c.Get(path)
	if text := p.Text("main"); !strings.Contains(text, "Personalsjef, Røros kommune") || strings.Contains(text, "rydde opp") {
		t.Errorf("the page of the new body says: %s", text)
	}
	post(path+"/seter/"+seats[1]+"/avslutt", url.Values{"to": {"2026-11-20"}, "version": {"1"}})
	if n := len(c.Get(path).All("main figure.kt-round")); n != 0 {
		t.Error("one member alone is drawn around a table")
	}
}

// with is the values with one other.
func with(values url.Values, name, value string) url.Values {
	out := url.Values{}
	for k, v := range values {
		out[k] = slices.Clone(v)
	}
	out.Set(name, value)
	return out
}

// Another rule lets other cases end otherwise, and says why; the same rules change
// nothing.
func TestRulesAreTriedOnCases(t *testing.T) {
	h := sitetest.New(t)
	c := h.As("")
	for _, name := range []string{"politisk", "Styret", "Kommunedirektør"} {
		path := "/organ/" + string(bodyCalled(t, h, name).ID) + "/regler/prov"
		form := c.Get(path)
		values := url.Values{"prov": {"ja"}}
		for _, field := range []string{"elected", "quorum", "consensus", "of", "otherwise", "casting", "reservation", "opt_in", "distant", "silence"} {
			values.Set(field, form.Attr("input[name="+field+"][checked]", "value"))
		}
		for _, sel := range form.Attrs("main select", "name") {
			values.Set(sel, form.Attr("select[name="+sel+"] option[selected]", "value"))
		}
		if p := c.Get(path + "?" + values.Encode()); p.Status != http.StatusOK || p.Has("main .kt-answers") || !strings.Contains(p.Text("main [role=status]"), "0 saker") {
			t.Errorf("%s: the rules as they are: %d %s", name, p.Status, p.Text("main [role=status]"))
		}
		other := with(values, "consensus", "always")
		if values.Get("consensus") == "never" {
			other.Set("of", "all")
		}
		if p := c.Get(path + "?" + other.Encode()); !p.Has("main .kt-answers .kt-card") {
			t.Errorf("%s: consensus always changes nothing: %d %s", name, p.Status, p.Text(".ds-error-summary"))
		}
	}
	empty := bodyCalled(t, h, "Fylkestinget")
	if p := c.Get("/organ/" + string(empty.ID) + "/regler/prov"); p.Status != http.StatusNotFound {
		t.Errorf("a body without rules: %d", p.Status)
	}
}

func TestBodiesInJSON(t *testing.T) {
	h := sitetest.New(t)
	c := h.As("")
	var list struct {
		Items []struct {
			ID, Name string
			Votes    int
		}
		Total int
		Next  string
	}
	read := func(path string, into any) {
		t.Helper()
		p := c.Get(path)
		if err := json.Unmarshal([]byte(p.Body), into); p.Status != http.StatusOK || err != nil {
			t.Fatalf("%s: %d %v", path, p.Status, err)
		}
	}
	read("/api/v1/bodies?limit=2", &list)
	first := list.Items
	if len(first) != 2 || list.Total != 11 || list.Next != first[1].ID {
		t.Errorf("the first page: %+v", list)
	}
	read("/api/v1/bodies?limit=500&after="+list.Next, &list)
	if len(list.Items) != 9 || list.Items[0].ID == first[1].ID {
		t.Errorf("the second page: %+v", list)
	}
	var body struct {
		Seats, Votes, Members int
		Elected               bool
		SeatList              []struct {
			Kind, Holder string
			Vote         bool
			Account      string
		} `json:"seat_list"`
		Versions []struct{ Number int } `json:"rule_versions"`
	}
	read("/api/v1/bodies/"+string(bodyCalled(t, h, "politisk").ID), &body)
	if body.Seats != 18 || body.Votes != 6 || body.Members != 6 || !body.Elected || len(body.Versions) != 2 {
		t.Errorf("the council: %+v", body)
	}
	for _, s := range body.SeatList {
		if s.Vote != (s.Kind == "mayor") || s.Holder == "" || s.Account != "" {
			t.Errorf("a seat: %+v", s)
		}
	}
	if p := c.Get("/api/v1/bodies/" + string(meeting.NewBodyID())); p.Status != http.StatusNotFound {
		t.Errorf("no such body: %d", p.Status)
	}
}
