package makingweb_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/site/sitetest"
)

// TestAround: what is made has a draft of an offering for those who need it, leads to and from
// its programme, and stands in the list of those who have the need while it is kept from
// others.
func TestAround(t *testing.T) {
	h := sitetest.New(t)
	n, answer := answered(t, h, need.Open, newOne)
	d := made(t, h, answer)
	at := "/utvikling/" + d.ID
	found, err := h.Supply.Programme(t.Context(), h.Actor("provider"), offer.ProgrammeID(d.Programme))
	if err != nil || len(found.Items) != 1 {
		t.Fatalf("the programme has %d offerings, %v", len(found.Items), err)
	}
	if o := found.Items[0].Offering; o.State != offer.Concept || len(o.Target.Municipalities) != 1 || o.Target.Municipalities[0] != "5022" {
		t.Errorf("the offering: %s for %v", o.State, o.Target)
	}
	provider := h.As("provider")
	if !provider.Get("/tilbud/" + d.Programme).Has(`main a[href="` + at + `"]`) {
		t.Error("the programme does not lead to how it came about")
	}
	if provider.Get(at).Has("section[aria-labelledby=endret]") {
		t.Error("what adapts none says what is changed")
	}
	if p := provider.Post(at+"/skjul", nil); p.Status != http.StatusSeeOther {
		t.Fatalf("keep it: %d", p.Status)
	}
	if !h.As("employer").Get("/utvikling").Has(`section[aria-labelledby=dine] a[href="` + at + `"]`) {
		t.Error("whoever has the need does not find it")
	}
	for _, role := range []string{"", "learner"} {
		if h.As(role).Get("/utvikling").Has(`a[href="` + at + `"]`) {
			t.Errorf("%q finds what is kept", role)
		}
	}
	_, other := answered(t, h, need.ProvidersOnly, newOne)
	neutral, err := h.Supply.Programme(t.Context(), h.Actor("provider"), offer.ProgrammeID(titled(t, h, other).Programme))
	if err != nil || len(neutral.Items) != 1 || !neutral.Items[0].Offering.Target.IsZero() {
		t.Errorf("the offering for a shielded need says where: %+v, %v", neutral.Items, err)
	}
	for _, to := range []string{"feasibility", "design", "building"} {
		if p := provider.JSON("POST", "/api/v1/developments/"+d.ID+"/moves", `{"to":"`+to+`"}`); p.Status != http.StatusOK {
			t.Fatalf("to %s: %d %s", to, p.Status, p.Body)
		}
	}
	publish(t, h, d)
	if p := provider.JSON("POST", "/api/v1/developments/"+d.ID+"/moves", `{"to":"open"}`); p.Status != http.StatusOK {
		t.Fatalf("to open: %d %s", p.Status, p.Body)
	}
	if err := h.Follow.Spread(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := h.As("employer").Get("/varsler").Text("main"); !strings.Contains(got, "Dere melder på dem som skal gå innen") {
		t.Errorf("the owner of %s hears %s", n.Number, got)
	}
}

// publish publishes the offering of what is made.
func publish(t *testing.T, h *sitetest.House, d development) {
	t.Helper()
	found, err := h.Supply.Programme(t.Context(), h.Actor("provider"), offer.ProgrammeID(d.Programme))
	if err == nil {
		err = h.Supply.Publish(t.Context(), h.Actor("provider"), found.Items[0].Offering.ID, found.Items[0].Offering.Version)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// titled makes a development with a title of its own.
func titled(t *testing.T, h *sitetest.House, answer string) development {
	t.Helper()
	var out development
	p := h.As("provider").JSON("POST", "/api/v1/answers/"+answer+"/developments", `{"title":"Et nøytralt kurs","level":"kurs"}`)
	if p.Status != http.StatusCreated || json.Unmarshal([]byte(p.Body), &out) != nil {
		t.Fatalf("make: %d %s", p.Status, p.Body)
	}
	return out
}

// TestWhatIsChanged: a programme that is adapted says from which, and what is another in it
// (LOP-2); nobody else reads that of a draft.
func TestWhatIsChanged(t *testing.T) {
	h := sitetest.New(t)
	school := h.Actor("provider").Orgs(access.RoleProviderUser)[0]
	list, err := h.Supply.List(t.Context(), supply.Filter{Provider: school})
	if err != nil || len(list.Items) == 0 {
		t.Fatal(err)
	}
	base := list.Items[0].Programme
	_, answer := answered(t, h, need.Open, fmt.Sprintf(`{"kind":"adapt","programme":%q,"unit":"Avdeling Levanger","earliest":"2027-02-01","hours":40}`, base.ID))
	d := made(t, h, answer)
	draft, err := h.Supply.Programme(t.Context(), h.Actor("provider"), offer.ProgrammeID(d.Programme))
	if err != nil {
		t.Fatal(err)
	}
	next := *draft.Programme
	next.Supervision = i18n.Text{NB: "Veileder på verkstedet hver uke"}
	if err := h.Supply.UpdateProgramme(t.Context(), h.Actor("provider"), next.ID, next.Version, next); err != nil {
		t.Fatal(err)
	}
	got := h.As("provider").Get("/utvikling/" + d.ID).Text("section[aria-labelledby=endret]")
	if !strings.Contains(got, base.Title.NB) || !strings.Contains(got, "Veileder på verkstedet hver uke") {
		t.Errorf("what is changed: %s", got)
	}
	if page := h.Visitor().Get("/utvikling/" + d.ID); page.Status != http.StatusOK || page.Has("section[aria-labelledby=endret]") {
		t.Errorf("a visitor reads of a draft: %d", page.Status)
	}
}
