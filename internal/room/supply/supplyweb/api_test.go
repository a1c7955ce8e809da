package supplyweb_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/room/supply/offer"
)

type problem struct {
	Status int
	Errors []struct{ Pointer, Key string }
}

func (p page) problem() problem {
	p.t.Helper()
	if !strings.HasPrefix(p.Type, "application/problem+json") {
		p.t.Fatalf("%d is %s: %s", p.Status, p.Type, p.Body)
	}
	var out problem
	must(p.t, json.Unmarshal([]byte(p.Body), &out))
	return out
}

func (p page) object() map[string]any {
	p.t.Helper()
	var out map[string]any
	must(p.t, json.Unmarshal([]byte(p.Body), &out))
	return out
}

// A provider's system writes a programme and an offering, publishes it, and
// anybody reads it.
func TestAPIWrites(t *testing.T) {
	h := newHouse(t)
	made := h.json("teacher", "POST", "/api/v1/programmes", `{"title":{"nb":"Lafting","en":"Log building"},"level":"kurs","credits":2.5,"credit_unit":"sp","fields":["07"]}`).want(201).object()
	programme := made["id"].(string)
	if made["state"] != "concept" || made["provider_name"] != "Fjell videregående skole" {
		t.Errorf("%+v", made)
	}
	h.get("", "/api/v1/programmes/"+programme).want(404)
	o := h.json("teacher", "POST", "/api/v1/offerings", `{"programme":"`+programme+`","start_type":"LOPENDE","form":"bedrift","admission_channel":"link","apply_url":"https://example.org",
		"gatherings":[{"municipality":"5025","day":"2027-05-01","days":2}],"target_municipalities":["5025"],"digital_share":10,"price_participant":{"amount":150000,"currency":"NOK"},"price_year":2027,"max_places":10}`).want(201).object()
	id := o["id"].(string)
	h.json("teacher", "POST", "/api/v1/offerings/"+id+"/state", `{"to":"active","version":1}`).want(200)
	got := h.get("", "/api/v1/offerings/"+id).want(200).object()
	for k, want := range map[string]any{"public_state": "open", "start_type": "LOPENDE", "form": "bedrift", "admission_channel": "link", "earliest_start": "2027-02-03", "places_left": 10.0, "state": "active", "programme": programme} {
		if fmt.Sprint(got[k]) != fmt.Sprint(want) {
			t.Errorf("%s is %v, want %v", k, got[k], want)
		}
	}
	if got["workplace_badge"].(map[string]any)["holds"] != true || got["price_participant"].(map[string]any)["amount"] != 150000.0 {
		t.Errorf("%+v", got)
	}
	// Writing what was read changes nothing but the version.
	body := map[string]any{}
	for _, k := range []string{"start_type", "form", "admission_channel", "apply_url", "gatherings", "target_municipalities", "digital_share", "price_participant", "price_year", "max_places", "version"} {
		body[k] = got[k]
	}
	data, err := json.Marshal(body)
	must(t, err)
	again := h.json("teacher", "PUT", "/api/v1/offerings/"+id, string(data)).want(200).object()
	if fmt.Sprint(again["gatherings"], again["price_participant"]) != fmt.Sprint(got["gatherings"], got["price_participant"]) || again["version"] != 3.0 {
		t.Errorf("got  %v\nthen %v", got, again)
	}
	if p := h.json("teacher", "PUT", "/api/v1/offerings/"+id, string(data)).want(409).problem(); p.Status != 409 {
		t.Errorf("%+v", p)
	}
	h.json("teacher", "PUT", "/api/v1/programmes/"+programme, `{"title":{"nb":"Lafting 2"},"level":"kurs","version":2}`).want(200)
	whole := h.get("", "/api/v1/programmes/"+programme).want(200).object()
	if len(whole["offerings"].([]any)) != 1 || whole["title"].(map[string]any)["nb"] != "Lafting 2" {
		t.Errorf("%+v", whole)
	}
	h.json("teacher", "POST", "/api/v1/offerings/"+id+"/state", `{"to":"cancelled","version":3}`).want(422)
	h.json("teacher", "POST", "/api/v1/offerings/"+id+"/state", `{"to":"cancelled","version":3,"reason":"For få"}`).want(200)
	h.json("teacher", "POST", "/api/v1/offerings/"+id+"/state", `{"to":"active","version":4}`).want(409)
}

func TestAPIRefuses(t *testing.T) {
	h := newHouse(t)
	made := h.json("teacher", "POST", "/api/v1/programmes", `{"title":{"nb":"Lafting"},"level":"kurs"}`).want(201).object()
	programme := made["id"].(string)
	for body, want := range map[string]string{
		`{}`: "/title/nb", `{"title":{"nb":"x"}}`: "/level", `{"title":{"nb":"x"},"level":"doktor"}`: "/level", `{"title":{"nb":"x"},"level":"kurs","credits":-1,"credit_unit":"sp"}`: "/credits",
		`{"title":{"nb":"x"},"level":"kurs","digital_share":101}`: "/digital_share", `{"title":{"nb":"x"},"level":"kurs","valid_to":"2028-02-30"}`: "/valid_to",
		`{"title":{"nb":"x"},"level":"kurs","website":"x"}`: "/website", `{"title":"x"}`: "/title", `{"title":{"nb":"x"},"level":"kurs","ukjent":1}`: "/ukjent",
		`{"title":{"nb":"x"},"level":"kurs","adapts":"x"}`: "/adapts",
	} {
		p := h.json("teacher", "POST", "/api/v1/programmes", body).want(422).problem()
		if len(p.Errors) == 0 || p.Errors[0].Pointer != want {
			t.Errorf("%s: %+v, want %s", body, p.Errors, want)
		}
	}
	for body, want := range map[string]string{
		`"form":"nett","admission_channel":"here"`: "/start_type", `"start_type":"LOPENDE","admission_channel":"here"`: "/form", `"start_type":"LOPENDE","form":"nett"`: "/admission_channel",
		`"start_type":"LOPENDE","form":"nett","admission_channel":"link"`: "/apply_url", `"start_type":"LOPENDE","form":"nett","admission_channel":"here","gatherings":[{},{"municipality":"9999"}]`: "/gatherings/1/municipality",
		`"start_type":"LOPENDE","form":"nett","admission_channel":"here","enrolment":[{"from":"x"}]`: "/enrolment/0/from", `"start_type":"LOPENDE","form":"nett","admission_channel":"here","closed":[{"from":"2027-07-02","to":"2027-07-01"}]`: "/closed/0/to",
		`"start_type":"LOPENDE","form":"nett","admission_channel":"here","price_employer":{"amount":5,"currency":"NOK"}`: "/price_year",
	} {
		p := h.json("teacher", "POST", "/api/v1/offerings", `{"programme":"`+programme+`",`+body+`}`).want(422).problem()
		if len(p.Errors) == 0 || p.Errors[0].Pointer != want {
			t.Errorf("%s: %+v, want %s", body, p.Errors, want)
		}
	}
	h.json("teacher", "POST", "/api/v1/offerings", `{"programme":"x","start_type":"LOPENDE","form":"nett","admission_channel":"here"}`).want(422)
	for actor, status := range map[string]int{"": 401, "learner": 403, "officer": 403} {
		h.json(actor, "POST", "/api/v1/programmes", `{"title":{"nb":"x"},"level":"kurs"}`).want(status)
	}
	h.json("rival", "POST", "/api/v1/offerings", `{"programme":"`+programme+`","start_type":"LOPENDE","form":"nett","admission_channel":"here"}`).want(404)
	h.json("rival", "PUT", "/api/v1/programmes/"+programme, `{"title":{"nb":"x"},"level":"kurs","version":1}`).want(404)
	for _, path := range []string{"/api/v1/offerings/x", "/api/v1/programmes/x"} {
		h.get("", path).want(404)
	}
}

func TestAPILists(t *testing.T) {
	h := filled(t)
	count := func(path string, want int) map[string]any {
		t.Helper()
		out := h.get("", path).want(200).object()
		if int(out["total"].(float64)) != want {
			t.Errorf("%s: total %v, want %d", path, out["total"], want)
		}
		return out
	}
	count("/api/v1/offerings", 3)
	count("/api/v1/offerings?form=nett&form=campus", 2)
	count("/api/v1/offerings?badge=true", 1)
	count("/api/v1/offerings?"+url.Values{"near": {"Røros"}, "within": {"50"}}.Encode(), 1)
	near := count("/api/v1/offerings?near=5025", 3)
	first := near["items"].([]any)[0].(map[string]any)
	if first["distance"].(map[string]any)["class"] != "same" || first["id"] == "" {
		t.Errorf("%+v", first["distance"])
	}
	count("/api/v1/programmes?level=fagbrev", 1)
	page1 := count("/api/v1/programmes?limit=1", 2)
	page2 := count("/api/v1/programmes?limit=1&after="+page1["next"].(string), 2)
	if page2["next"] != nil || page1["items"].([]any)[0].(map[string]any)["id"] == page2["items"].([]any)[0].(map[string]any)["id"] {
		t.Errorf("%v then %v", page1, page2)
	}
	for _, q := range []string{"limit=0", "limit=501", "form=brev", "sort=pris", "near=Atlantis", "after=%25", "level=x"} {
		if p := h.get("", "/api/v1/offerings?"+q).want(422).problem(); len(p.Errors) == 0 {
			t.Errorf("%s: %+v", q, p)
		}
	}
	h.get("", "/api/v1/programmes?after=x").want(422)
}

// The same numbers on every open surface: none under three, and none that
// gives one away.
func TestSmallNumbers(t *testing.T) {
	h := newHouse(t)
	p := h.programme("Liten gruppe", nil)
	o := h.offering(p, func(o *offer.Offering) { o.MinPlaces, o.MaxPlaces, o.Enrolled, o.Queued = 8, 20, 1, 2 })
	for _, path := range []string{"/tilbud/" + string(p.ID), "/tilbud", "/tilbud/eksport.csv", "/tilbud/eksport.json", "/api/v1/offerings", "/api/v1/offerings/" + string(o.ID),
		"/api/v1/programmes/" + string(p.ID), "/oeapi/v6/programme-offerings/" + string(o.ID), "/oeapi/v6/programmes/" + string(p.ID) + "/programme-offerings"} {
		for _, actor := range []string{"", "rival", "officer"} {
			body := h.get(actor, path).want(200).Body
			for _, told := range []string{"19 ledige", ";19;", `"places_left":19`, `"enrolled":1`, `"queued":2`, `"need_to_start":7`, "7 til må", "2 på venteliste",
				`"enrolledNumberStudents":1`, `"queuedNumberStudents":2`, `"remainingAttendeeCapacity":19`} {
				if strings.Contains(body, told) {
					t.Errorf("%s tells %q to %q", path, told, actor)
				}
			}
		}
	}
	h.get("", "/tilbud/"+string(p.ID)).want(200).contains("article", "Ledige plasser. I alt er det 20.", "Noen står på venteliste", "Starter når minst 8 har meldt seg på")
	h.get("teacher", "/tilbud/"+string(p.ID)).want(200).contains("article", "19 ledige plasser av 20", "7 til må melde seg på")
	own := h.get("teacher", "/api/v1/offerings/"+string(o.ID)).want(200).object()
	if own["enrolled"] != 1.0 || own["places_left"] != 19.0 || own["counts_hidden"] != false {
		t.Errorf("the provider reads %v", own)
	}
}
