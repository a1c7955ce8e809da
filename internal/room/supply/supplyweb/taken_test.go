package supplyweb_test

import (
	"context"
	"net/url"
	"testing"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/supplyweb"
)

// The provider reads those who came by an application apart from those it
// counts itself, and sends back only its own: nobody is counted twice.
func TestTakenInJSON(t *testing.T) {
	h := newHouse(t)
	p := h.programme("Lafting", nil)
	o := h.offering(p, func(o *offer.Offering) { o.MaxPlaces, o.Enrolled, o.AnswerDays = 20, 4, 5 })
	must(t, h.Write(context.Background(), func(tx *db.Tx) error {
		return h.SetTaken(context.Background(), tx, o.ID, offer.Taken{Enrolled: 3})
	}))
	target := "/api/v1/offerings/" + string(o.ID)
	own := h.get("teacher", target).want(200).object()
	here, ok := own["here"].(map[string]any)
	if own["enrolled"] != 4.0 || own["places_left"] != 13.0 || own["answer_days"] != 5.0 || !ok || here["enrolled"] != 3.0 {
		t.Errorf("the provider reads %v", own)
	}
	seen := h.get("", target).want(200).object()
	if seen["enrolled"] != 7.0 || seen["places_left"] != 13.0 || seen["here"] != nil || seen["enrolment_kind"] != "direkte" {
		t.Errorf("others read %v", seen)
	}
	h.get("", "/tilbud/"+string(p.ID)).want(200).contains("article", "13 ledige plasser av 20", "Innen 5 arbeidsdager")
}

func TestAnswerDaysInForm(t *testing.T) {
	h := newHouse(t)
	p := h.programme("Lafting", nil)
	made := h.post("teacher", "/tilbud/"+string(p.ID)+"/ny", url.Values{"start_type": {"LOPENDE"}, "form": {"nett"}, "admission_channel": {"here"}, "answer_days": {"1"}, "then": {"publish"}}).want(303)
	h.get("", made.Location).want(200).contains("article", "Innen 1 arbeidsdag")
}

// What others say of an offering stands on its programme's page, and a way in
// stands instead of whom to ask.
func TestBeside(t *testing.T) {
	h := newHouse(t)
	p := h.programme("Lafting", nil)
	h.offering(p, nil)
	target := "/tilbud/" + string(p.ID)
	h.get("", target).want(200).contains("article", "Ta kontakt med")
	h.beside = supplyweb.Beside{Apply: []ui.Action{{Label: "Søk her", Href: "/sok-her"}}, Notes: []string{"Du får plass med en gang."},
		Facts: []ui.Fact{{Label: "Lovet og holdt", Text: "9 av 10"}}, Links: []ui.Link{{Label: "Hva det koster", Href: "/koster"}}}
	got := h.get("", target).want(200)
	got.contains("article", "Søk her", "Du får plass med en gang.", "Lovet og holdt", "9 av 10", "Hva det koster").lacks("article", "Ta kontakt med")
	if got.attr(`article a[href="/sok-her"]`, "href") == "" || got.attr(`article a[href="/koster"]`, "href") == "" {
		t.Error("the ways on are missing")
	}
}
