package admissionweb_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/site/sitetest"
)

// TestAdmission runs the tests of this file, which share a house; each makes an offering of
// its own in it.
func TestAdmission(t *testing.T) {
	h := sitetest.New(t)
	t.Run("a_place_at_once", func(t *testing.T) { aPlaceAtOnce(t, h) })
	t.Run("the_provider_refuses", func(t *testing.T) { theProviderRefuses(t, h) })
	t.Run("in_json", func(t *testing.T) { inJSON(t, h) })
	t.Run("by_link", func(t *testing.T) { byLink(t, h) })
	t.Run("nominated", func(t *testing.T) { nominated(t, h) })
	t.Run("elsewhere", func(t *testing.T) { elsewhere(t, h) })
	t.Run("she_deletes_herself", func(t *testing.T) { sheDeletesHerself(t, h) })
}

// offering is one that the demo's provider has published, and the path of its programme.
func offering(t *testing.T, h *sitetest.House, title string, o offer.Offering) (programme, id string) {
	t.Helper()
	provider := h.Actor("provider")
	p, err := h.Supply.CreateProgramme(t.Context(), provider, offer.Programme{Provider: provider.Orgs(access.RoleProviderUser)[0], Title: i18n.Text{NB: title}, Level: offer.Kurs})
	if err != nil {
		t.Fatal(err)
	}
	if o.Channel == "" {
		o.Channel = offer.Here
	}
	o.Delivery = offer.Net
	made, err := h.Supply.CreateOffering(t.Context(), provider, p.ID, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Supply.Publish(t.Context(), provider, made.ID, made.Version); err != nil {
		t.Fatal(err)
	}
	return "/tilbud/" + string(p.ID), string(made.ID)
}

// decided is an offering whose provider decides.
func decided(places int) offer.Offering {
	return offer.Offering{StartType: offer.Rolling, MaxPlaces: places, AnswerDays: 3, Enrolment: []offer.EnrolmentPeriod{{Kind: offer.Approval, Queue: true}}}
}

// apply sends the form of an application and answers its address.
func apply(t *testing.T, c *sitetest.Client, at string, form url.Values) string {
	t.Helper()
	p := c.Post(at+"/sok", form)
	if p.Status != http.StatusSeeOther {
		t.Fatalf("apply: %d %s", p.Status, p.Text("main"))
	}
	path, _, _ := strings.Cut(p.Location, "?")
	return path
}

func aPlaceAtOnce(t *testing.T, h *sitetest.House) {
	programme, o := offering(t, h, "Nettbasert bokføring", offer.Offering{StartType: offer.Rolling, MaxPlaces: 1})
	learner := h.As("learner")
	if p := learner.Get(programme); !strings.Contains(p.Text("main"), "Søk og få plass") || !p.Has("main a[href='"+programme+"/"+o+"/sok']") {
		t.Fatalf("the programme says %s", p.Text("main"))
	}
	if p := h.Visitor().Get(programme + "/" + o + "/sok"); p.Status != http.StatusSeeOther || !strings.HasPrefix(p.Location, "/logg-inn") {
		t.Errorf("a visitor: %d %s", p.Status, p.Location)
	}
	at := apply(t, learner, programme+"/"+o, url.Values{"contact": {"min e-post"}, "municipality": {"Røros"}})
	p := learner.Get(at)
	if text := p.Text("main"); !strings.Contains(text, "Tatt opp") || !strings.Contains(text, "Rosse – Røros") || !strings.Contains(text, "365 dager") {
		t.Errorf("her application: %s", text)
	}
	for _, role := range []string{"employer", "adviser", "county", "secretary", "admin"} {
		if p := h.As(role).Get(at); p.Status != http.StatusNotFound {
			t.Errorf("%s reads it: %d", role, p.Status)
		}
	}
	if p := h.As("provider").Get(programme + "/" + o + "/soknader"); p.Status != http.StatusOK || !strings.Contains(p.Text("main"), "Innbygger") {
		t.Errorf("the provider's list: %d %s", p.Status, p.Text("main"))
	}
	if p := h.As("learner").Get(programme + "/" + o + "/soknader"); p.Status == http.StatusOK {
		t.Error("a learner reads the provider's list")
	}
	if p := learner.Get(programme); !p.Has("main a[href='" + at + "']") {
		t.Error("the programme does not lead to her application")
	}
	if p := h.Visitor().Get(programme); !strings.Contains(p.Text("main"), "Still deg på venteliste") {
		t.Errorf("a full programme says %s", p.Text("main"))
	}
	if p := learner.Get(programme + "/" + o + "/sok"); p.Status != http.StatusConflict {
		t.Errorf("the form when she has applied: %d", p.Status)
	}
}

func theProviderRefuses(t *testing.T, h *sitetest.House) {
	programme, o := offering(t, h, "Spesialkurs", decided(2))
	learner, provider := h.As("learner"), h.As("provider")
	at := apply(t, learner, programme+"/"+o, nil)
	if p := learner.Get(at + "/flytt/admitted"); p.Status != http.StatusConflict {
		t.Errorf("she admits herself: %d", p.Status)
	}
	p := provider.Post(at+"/flytt/refused", url.Values{"from": {"applied"}})
	if p.Status != http.StatusUnprocessableEntity || !p.Has("#note[aria-invalid=true]") {
		t.Errorf("refused without a reason: %d %s", p.Status, p.Text("main"))
	}
	if p := provider.Post(at+"/flytt/refused", url.Values{"from": {"applied"}, "note": {"Kurset krever fagbrev."}}); p.Status != http.StatusSeeOther {
		t.Fatalf("refuse: %d %s", p.Status, p.Text("main"))
	}
	text := learner.Get(at).Text("main")
	for _, part := range []string{"Kurset krever fagbrev.", "Du kan klage til", "forvaltningsloven § 29", "juridika.no"} {
		if !strings.Contains(text, part) {
			t.Errorf("the refusal lacks %q: %s", part, text)
		}
	}
	if p := provider.Post(at+"/flytt/admitted", url.Values{"from": {"applied"}}); p.Status != http.StatusConflict {
		t.Errorf("admitted when refused: %d", p.Status)
	}
}

// application is what the tests read of the JSON.
type application struct {
	ID, Number, State string
	AnswerDue         string `json:"answer_due"`
	Start             string
	QueuePosition     int `json:"queue_position"`
	Moves             []string
}

func read(t *testing.T, p sitetest.Page, status int) application {
	t.Helper()
	var out application
	if p.Status != status {
		t.Fatalf("%d, want %d: %s", p.Status, status, p.Body)
	}
	if status < 400 {
		if err := json.Unmarshal([]byte(p.Body), &out); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func inJSON(t *testing.T, h *sitetest.House) {
	_, o := offering(t, h, "Kurs med én plass", decided(1))
	learner, provider := h.As("learner"), h.As("provider")
	path := "/api/v1/offerings/" + o + "/applications"
	first := read(t, learner.JSON("POST", path, `{}`), 201)
	if first.State != "applied" || first.AnswerDue == "" || first.Start == "" || len(first.Moves) != 1 || first.Moves[0] != "withdrawn" {
		t.Errorf("%+v", first)
	}
	read(t, learner.JSON("POST", path, `{"person":null}`), 409)
	second := read(t, provider.JSON("POST", path, `{"person":{"name":"En som ringte","contact":"ring"},"start_from":"2099-01-04"}`), 201) // a Sunday
	if second.State != "queued" || second.QueuePosition != 1 {
		t.Errorf("%+v", second)
	}
	for pointer, body := range map[string]string{"/employer": `{"person":{"name":"A","contact":"b"},"employer":"0190f5fe-7c00-7a00-8000-000000000001"}`, "/municipality": `{"person":{"name":"A","contact":"b"},"municipality":"9999"}`} {
		if p := provider.JSON("POST", path, body); p.Status != 422 || !strings.Contains(p.Body, `"pointer":"`+pointer+`"`) {
			t.Errorf("%s: %d %s", pointer, p.Status, p.Body)
		}
	}
	if p := h.Visitor().JSON("POST", path, `{}`); p.Status != 401 {
		t.Errorf("a visitor: %d", p.Status)
	}
	if p := h.As("employer").JSON("GET", "/api/v1/applications/"+first.ID, ""); p.Status != 404 {
		t.Errorf("an employer: %d", p.Status)
	}
	if got := read(t, provider.JSON("POST", "/api/v1/applications/"+first.ID+"/moves", `{"to":"refused","note":"Mangler fagbrev"}`), 200); got.State != "refused" {
		t.Errorf("%+v", got)
	}
	if got := read(t, provider.JSON("GET", "/api/v1/applications/"+second.ID, ""), 200); got.State != "offered" || got.Start != "2099-01-05" {
		t.Errorf("who waited: %+v", got)
	}
	var list struct {
		Items []application
		Total int
	}
	if p := provider.JSON("GET", path, ""); p.Status != 200 || json.Unmarshal([]byte(p.Body), &list) != nil || list.Total != 2 || len(list.Items) != 2 {
		t.Errorf("the provider's list: %d %s", p.Status, p.Body)
	}
	var part struct {
		Items []application
		Next  string
	}
	if p := provider.JSON("GET", path+"?limit=1", ""); json.Unmarshal([]byte(p.Body), &part) != nil || len(part.Items) != 1 || part.Items[0].ID != second.ID {
		t.Errorf("the first of two: %s", p.Body)
	}
	if p := provider.JSON("GET", path+"?limit=1&after="+url.QueryEscape(part.Next), ""); json.Unmarshal([]byte(p.Body), &part) != nil || len(part.Items) != 1 || part.Items[0].ID != first.ID {
		t.Errorf("the other: %s", p.Body)
	}
	if p := provider.JSON("GET", path+"?state=refused", ""); json.Unmarshal([]byte(p.Body), &list) != nil || list.Total != 1 || list.Items[0].ID != first.ID {
		t.Errorf("those that are refused: %s", p.Body)
	}
	if p := learner.JSON("GET", path, ""); p.Status != 403 && p.Status != 404 {
		t.Errorf("a learner lists: %d", p.Status)
	}
}

func byLink(t *testing.T, h *sitetest.House) {
	programme, o := offering(t, h, "Kurs for en som ringte", decided(1))
	provider := h.As("provider")
	at := apply(t, provider, programme+"/"+o, url.Values{"who": {"ringte"}, "name": {"En som ringte"}, "contact": {"ring"}})
	link := provider.Get(at).Attr("main input[readonly]", "value")
	path := link[strings.Index(link, "/soknad/"):]
	her := h.Visitor()
	p := her.Get(path)
	if p.Status != http.StatusOK || !strings.Contains(p.Text("main"), "En som ringte") || !strings.Contains(p.Header.Get("X-Robots-Tag"), "noindex") || p.Header.Get("Referrer-Policy") != "no-referrer" || p.Has("link[rel=canonical]") {
		t.Errorf("her page: %d %v %s", p.Status, p.Header, p.Text("main"))
	}
	if p := her.Get(path + "/flytt/admitted"); p.Status != http.StatusConflict {
		t.Errorf("she admits herself: %d", p.Status)
	}
	if p := her.Get("/soknad/" + strings.Repeat("x", 24)); p.Status != http.StatusNotFound {
		t.Errorf("another link: %d", p.Status)
	}
	if p := her.Post(path+"/slett", nil); p.Status != http.StatusSeeOther {
		t.Fatalf("she empties it: %d %s", p.Status, p.Text("main"))
	}
	if p := her.Get(path); p.Status != http.StatusNotFound {
		t.Errorf("the link afterwards: %d", p.Status)
	}
	if text := provider.Get(at).Text("main"); !strings.Contains(text, "Trukket") || strings.Contains(text, "En som ringte") {
		t.Errorf("the provider reads %s", text)
	}
}

func nominated(t *testing.T, h *sitetest.House) {
	programme, o := offering(t, h, "Kurs for ansatte", decided(5))
	employer := h.As("employer")
	form := employer.Get(programme + "/" + o + "/sok")
	firm := form.Attr("#who option[value]", "value")
	if p := employer.Post(programme+"/"+o+"/sok", url.Values{"who": {firm}}); p.Status != http.StatusUnprocessableEntity || !p.Has("#name[aria-invalid=true]") || !p.Has("#contact[aria-invalid=true]") {
		t.Errorf("without a name: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	at := apply(t, employer, programme+"/"+o, url.Values{"who": {firm}, "name": {"Operatør"}, "contact": {"verkstedet"}})
	if p := employer.Get(at); p.Status != http.StatusOK || !p.Has("main input[readonly]") {
		t.Errorf("the employer: %d", p.Status)
	}
	if p := h.As("provider").Get(at); p.Status != http.StatusOK || p.Has("main input[readonly]") {
		t.Errorf("the provider: %d, with the link: %t", p.Status, p.Has("main input[readonly]"))
	}
	if p := h.As("learner").Get(at); p.Status != http.StatusNotFound {
		t.Errorf("a learner: %d", p.Status)
	}
	if text := employer.Get("/soknader").Text("main"); !strings.Contains(text, "Operatør") {
		t.Errorf("the employer's list: %s", text)
	}
}

func elsewhere(t *testing.T, h *sitetest.House) {
	programme, o := offering(t, h, "Kurs med eget skjema", offer.Offering{StartType: offer.Rolling, Channel: offer.Link, ApplyURL: "https://sok.example.no/kurs"})
	p := h.As("learner").Get(programme + "/" + o + "/sok")
	if p.Status != http.StatusConflict || !strings.Contains(p.Text("main"), "https://sok.example.no/kurs") {
		t.Errorf("%d %s", p.Status, p.Text("main"))
	}
	if p := h.As("learner").Get(programme); p.Has("main a[href='"+programme+"/"+o+"/sok']") || !p.Has("main a[href='https://sok.example.no/kurs']") {
		t.Error("the programme leads to a form that is not here")
	}
}

// sheDeletesHerself: what is undecided is withdrawn and empty; what is decided becomes a
// request that the provider answers, and is without her when it grants it.
func sheDeletesHerself(t *testing.T, h *sitetest.House) {
	_, direct := offering(t, h, "Kurs å bli på", offer.Offering{StartType: offer.Rolling, MaxPlaces: 5})
	_, waits := offering(t, h, "Kurs å vente på", decided(1))
	id, token, err := h.Accounts.Invite(t.Context(), h.Actor("admin"), account.NewAccount{Username: "hun@example.no", Name: "Hun som sletter seg", Roles: []access.Assignment{{Role: access.RolePerson, From: h.Today()}}})
	if err != nil {
		t.Fatal(err)
	}
	her := h.Visitor()
	if p := her.Post("/invitasjon/"+token, url.Values{"password": {"et langt og hemmelig ord"}, "repeat": {"et langt og hemmelig ord"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("she accepts: %d %s", p.Status, p.Text("main"))
	}
	if p := her.Post("/logg-inn", url.Values{"username": {"hun@example.no"}, "password": {"et langt og hemmelig ord"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("she signs in: %d", p.Status)
	}
	admitted := read(t, her.JSON("POST", "/api/v1/offerings/"+direct+"/applications", `{}`), 201)
	undecided := read(t, her.JSON("POST", "/api/v1/offerings/"+waits+"/applications", `{"contact":"min telefon"}`), 201)
	if sheet := her.Get("/konto/mine-data.csv"); !strings.Contains(sheet.Body, admitted.Number) || !strings.Contains(sheet.Body, undecided.Number) {
		t.Error("her data lacks her applications")
	}
	if p := her.Post("/konto/slett", nil); p.Status != http.StatusSeeOther {
		t.Fatalf("she deletes herself: %d %s", p.Status, p.Text("main"))
	}
	provider := h.As("provider")
	if text := provider.Get("/soknader/" + undecided.ID).Text("main"); !strings.Contains(text, "Trukket") || strings.Contains(text, "Hun som sletter seg") || strings.Contains(text, "min telefon") {
		t.Errorf("the undecided one: %s", text)
	}
	if text := provider.Get("/soknader/" + admitted.ID).Text("main"); !strings.Contains(text, "Tatt opp") || !strings.Contains(text, "Hun som sletter seg") {
		t.Errorf("the decided one: %s", text)
	}
	list, err := h.Persons.ToAnswer(t.Context(), h.Actor("provider"), "")
	if err != nil || len(list.Items) != 1 || list.Items[0].Account != id || list.Items[0].Thing.ID != admitted.ID {
		t.Fatalf("the provider answers %+v, %v", list.Items, err)
	}
	if county, err := h.Persons.ToAnswer(t.Context(), h.Actor("county"), ""); err != nil || len(county.Items) != 0 {
		t.Errorf("the county answers %+v, %v", county.Items, err)
	}
	r := list.Items[0]
	if p := provider.Get("/slettekrav/" + string(r.ID)); p.Status != http.StatusOK || !strings.Contains(p.Text("main"), "Kurs å bli på") || strings.Contains(p.Text("main"), "person.") {
		t.Errorf("the request: %d %s", p.Status, p.Text("main"))
	}
	if err := h.Persons.Grant(t.Context(), h.Actor("provider"), r.ID, r.Version, "Navnet er slettet."); err != nil {
		t.Fatal(err)
	}
	if text := provider.Get("/soknader/" + admitted.ID).Text("main"); !strings.Contains(text, "Tatt opp") || strings.Contains(text, "Hun som sletter seg") {
		t.Errorf("the decided one afterwards: %s", text)
	}
}
