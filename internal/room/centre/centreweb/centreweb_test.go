package centreweb_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

const people, school = "employer@Namdal studiesenter", "provider@Olav Duun videregående skole"

// TestCentres runs the tests of this file, which share a house.
func TestCentres(t *testing.T) {
	h := sitetest.New(t)
	t.Run("the_page", func(t *testing.T) { thePage(t, h) })
	t.Run("a_room_is_asked_for", func(t *testing.T) { aRoomIsAskedFor(t, h) })
	t.Run("the_group_is_its_members", func(t *testing.T) { theGroup(t, h) })
	t.Run("a_wish_becomes_a_need", func(t *testing.T) { aWishBecomesANeed(t, h) })
	t.Run("figures", func(t *testing.T) { figures(t, h) })
	t.Run("json", func(t *testing.T) { inJSON(t, h) })
}

// centre is the address of the demo's study centre.
func centre(t *testing.T, h *sitetest.House) string {
	t.Helper()
	at := h.Visitor().Get("/studiesenter").Attr("main a[href^='/studiesenter/']", "href")
	if at == "" {
		t.Fatal("no study centre in the list")
	}
	return at
}

// first is the first link of the page that begins and ends so.
func first(t *testing.T, p sitetest.Page, begins, ends string) string {
	t.Helper()
	for _, href := range p.Attrs("main a[href]", "href") {
		if strings.HasPrefix(href, begins) && strings.HasSuffix(href, ends) {
			return href
		}
	}
	t.Fatalf("no link %s…%s", begins, ends)
	return ""
}

// thePage: all read it, only its people change it, and it is found.
func thePage(t *testing.T, h *sitetest.House) {
	at := centre(t, h)
	p := h.Visitor().Get(at)
	for _, words := range []string{"Namdal studiesenter", "Storsalen", "Bachelor i sykepleie", "Olav Duun", "Eksamensvakt", "Sveisekurs om kvelden", "Åpent hus"} {
		if !strings.Contains(p.Text("main"), words) {
			t.Errorf("the page says nothing of %q", words)
		}
	}
	if strings.Contains(p.Text("main"), "Engelsk for deg") {
		t.Error("a visitor reads a proposal that is not opened")
	}
	for _, role := range []string{"learner", "county", school, "employer"} {
		for _, more := range []string{"/rediger", "/rom/ny", "/tilbud/ny", "/nyheter/ny", "/parter/ny"} {
			if p := h.As(role).Get(at + more); p.Status != http.StatusForbidden {
				t.Errorf("%s opens %s: %d", role, more, p.Status)
			}
		}
	}
	c := h.As(people)
	if p := c.Post(at+"/nyheter/ny", url.Values{"title": {"Ny kaffemaskin"}, "words": {"Den står i gangen."}}); p.Status != http.StatusSeeOther {
		t.Fatalf("news: %d %s", p.Status, p.Text("main"))
	}
	if !strings.Contains(h.Visitor().Get(at).Text("main"), "Ny kaffemaskin") {
		t.Error("the news is not on the page")
	}
	programme := first(t, h.Visitor().Get(at), "/tilbud/", "")
	if !strings.Contains(h.Visitor().Get(programme).Text("main"), "Kan tas ved Namdal studiesenter") {
		t.Error("the programme does not lead to the centre")
	}
	if !strings.Contains(h.Visitor().Get("/kompetanseregioner/namdalen").Text("main"), "Namdal studiesenter") {
		t.Error("the region does not lead to the centre")
	}
}

// asking are the values of a form that can be sent.
func asking(day, from, to string) url.Values {
	return url.Values{"day": {day}, "from": {from}, "to": {to}, "weeks": {"1"}, "sort": {"exam"}, "purpose": {"Hemmelig eksamen"}, "people": {"4"}}
}

// aRoomIsAskedFor: the centre has a task, confirms, and nobody else is confirmed then; others
// see that the room is taken and not what for.
func aRoomIsAskedFor(t *testing.T, h *sitetest.House) {
	room := first(t, h.Visitor().Get(centre(t, h)), centre(t, h)+"/rom/", "")
	asker := h.As("learner")
	day := h.Today().AddDays(60).String()
	p := asker.Post(room+"/be-om", asking(day, "09:00", "12:00"))
	if p.Status != http.StatusSeeOther {
		t.Fatalf("asking: %d %s", p.Status, p.Text("main"))
	}
	at, _, _ := strings.Cut(p.Location, "?")
	runner := h.As(people)
	if !strings.Contains(runner.Get("/oppgaver").Text("main"), "Storsalen") && !strings.Contains(runner.Get("/").Text("main"), "rom") {
		t.Error("the centre has no task")
	}
	for _, role := range []string{"employer", "county", school} {
		if p := h.As(role).Get(at); p.Status != http.StatusNotFound {
			t.Errorf("%s reads the booking: %d", role, p.Status)
		}
	}
	form := runner.Get(at + "/flytt/confirmed")
	if p := runner.Post(at+"/flytt/confirmed", url.Values{"version": {form.Attr("input[name=version]", "value")}}); p.Status != http.StatusSeeOther {
		t.Fatalf("confirming: %d %s", p.Status, p.Text("main"))
	}
	week := h.Visitor().Get(room + "?uke=" + day)
	if text := week.Text("main"); !strings.Contains(text, "09:00–12:00") || strings.Contains(text, "Hemmelig") {
		t.Errorf("all see of the week: %s", text)
	}
	if !strings.Contains(asker.Get(room+"?uke="+day).Text("main"), "Hemmelig") {
		t.Error("whoever asked does not see what for")
	}
	ics := h.Visitor().Get(room + "/kalender.ics")
	if ics.Status != http.StatusOK || !strings.Contains(ics.Body, "BEGIN:VEVENT") || strings.Contains(ics.Body, "Hemmelig") {
		t.Errorf("the calendar: %d %.200s", ics.Status, ics.Body)
	}
	if p := h.As("employer").Post(room+"/be-om", asking(day, "11:00", "13:00")); p.Status != http.StatusConflict || !strings.Contains(p.Text("main"), "09:00–12:00") {
		t.Errorf("asking for what is taken: %d %s", p.Status, p.Text(".ds-alert"))
	}
	if p := h.Visitor().Get(room + "?uke=i+går"); p.Status != http.StatusUnprocessableEntity && p.Status != http.StatusBadRequest {
		t.Errorf("an odd week: %d", p.Status)
	}
}

// theGroup is read by those in it and the centre's people.
func theGroup(t *testing.T, h *sitetest.House) {
	at := centre(t, h)
	c := h.As("learner")
	if p := c.Get(at + "/gruppe"); p.Status != http.StatusForbidden {
		t.Errorf("somebody outside reads the group: %d", p.Status)
	}
	if p := c.Post(at+"/gruppe/bli-med", url.Values{"studies": {"Naturbruk på kveldstid"}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("joining without consent: %d", p.Status)
	}
	if p := c.Post(at+"/gruppe/bli-med", url.Values{"studies": {"Naturbruk på kveldstid"}, "yes": {"ja"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("joining: %d", p.Status)
	}
	if text := c.Get(at + "/gruppe").Text("main"); !strings.Contains(text, "Naturbruk på kveldstid") || !strings.Contains(text, "Bachelor i sykepleie") {
		t.Errorf("the group: %s", text)
	}
	if p := c.Post(at+"/gruppe/ut", nil); p.Status != http.StatusSeeOther {
		t.Errorf("leaving: %d", p.Status)
	}
	if strings.Contains(h.As(people).Get(at+"/gruppe").Text("main"), "Naturbruk på kveldstid") {
		t.Error("she who left is still in the group")
	}
}

// aWishBecomesANeed: from a proposal to a need that the red thread leads back from.
func aWishBecomesANeed(t *testing.T, h *sitetest.House) {
	at, learner, runner := centre(t, h), h.As("learner"), h.As(people)
	p := learner.Post(at+"/onsker/ny", url.Values{"title": {"Båtførerprøven"}, "words": {"Før sesongen."}, "level": {"kurs"}})
	if p.Status != http.StatusSeeOther {
		t.Fatalf("proposing: %d %s", p.Status, p.Text("main"))
	}
	wish, _, _ := strings.Cut(p.Location, "?")
	if p := h.Visitor().Get(wish); p.Status != http.StatusNotFound {
		t.Errorf("a visitor reads the proposal: %d", p.Status)
	}
	send := func(c *sitetest.Client, more string, form url.Values) sitetest.Page {
		t.Helper()
		if form == nil {
			form = url.Values{}
		}
		form.Set("version", c.Get(wish+more).Attr("input[name=version]", "value"))
		p := c.Post(wish+more, form)
		if p.Status != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", more, p.Status, p.Text("main"))
		}
		return p
	}
	send(runner, "/flytt/open", nil)
	send(h.As("employer"), "/venteliste", url.Values{"org": {h.As("employer").Get(wish+"/venteliste").Attr("select[name=org] option[value]", "value")}, "seats": {"9"}})
	send(learner, "/venteliste", nil)
	if text := runner.Get(wish).Text("main"); !strings.Contains(text, "Ventelista: 10 av 8") || !strings.Contains(text, "Nok til å melde") {
		t.Errorf("the centre reads: %s", text)
	}
	if text := h.Visitor().Get(wish).Text("main"); strings.Contains(text, "10") || strings.Contains(text, "Innbygger") {
		t.Errorf("a visitor reads of the list: %s", text)
	}
	need := send(runner, "/meld", nil).Location
	if text := runner.Get(need).Text("main"); !strings.Contains(text, "Båtførerprøven") || !strings.Contains(text, "10") {
		t.Errorf("the need: %s", text)
	}
	if !strings.Contains(h.Visitor().Get(wish).Text("main"), "Meldt som behov") {
		t.Error("the wish does not say that it is reported")
	}
	if text := runner.Get("/rod-trad" + strings.Replace(need, "/behov/", "/need/", 1)).Text("main"); !strings.Contains(text, "Båtførerprøven") {
		t.Errorf("the red thread of the need: %s", text)
	}
}

// figures are for the centre, the county and the secretary of the area.
func figures(t *testing.T, h *sitetest.House) {
	at := centre(t, h) + "/statistikk"
	for role, want := range map[string]int{people: 200, "county": 200, "learner": 403, "employer": 403, school: 403, "secretary": 403} {
		if p := h.As(role).Get(at); p.Status != want {
			t.Errorf("%s: %d, want %d", role, p.Status, want)
		}
	}
	if p := h.As(people).Get(at + ".csv"); p.Status != http.StatusOK || !strings.Contains(p.Body, "Utdanninger som kan tas her") {
		t.Errorf("as a file: %d %.100s", p.Status, p.Body)
	}
	if p := h.As(people).Get(at + "?ar=i+fjor"); p.Status != http.StatusUnprocessableEntity && p.Status != http.StatusBadRequest {
		t.Errorf("an odd year: %d", p.Status)
	}
}

// inJSON is what all may read.
func inJSON(t *testing.T, h *sitetest.House) {
	at := strings.Replace(centre(t, h), "/studiesenter/", "/api/v1/centres/", 1)
	var d struct {
		Name   string
		Rooms  []struct{ ID string }
		Wishes []struct{ Title, State string }
	}
	p := h.Visitor().JSON("GET", at, "")
	if p.Status != http.StatusOK || json.Unmarshal([]byte(p.Body), &d) != nil || d.Name != "Namdal studiesenter" || len(d.Rooms) != 3 || len(d.Wishes) < 2 {
		t.Fatalf("%d %s", p.Status, p.Body)
	}
	if strings.Contains(p.Body, "Engelsk for deg") {
		t.Error("a proposal is in the open JSON")
	}
	taken := 0
	for _, r := range d.Rooms {
		p := h.Visitor().JSON("GET", at+"/rooms/"+r.ID+"/bookings?days=60", "")
		var list struct {
			Items []struct{ From, To, Sort, Purpose string }
		}
		if p.Status != http.StatusOK || json.Unmarshal([]byte(p.Body), &list) != nil || strings.Contains(p.Body, "purpose") {
			t.Errorf("bookings: %d %s", p.Status, p.Body)
		}
		taken += len(list.Items)
	}
	if taken < 10 {
		t.Errorf("the rooms are taken %d times", taken)
	}
	if p := h.Visitor().JSON("GET", "/api/v1/centres/nobody", ""); p.Status != http.StatusNotFound {
		t.Errorf("no such centre: %d", p.Status)
	}
}
