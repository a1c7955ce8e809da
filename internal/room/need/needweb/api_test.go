package needweb_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// TestJSON runs the tests of this file, which share a house; each makes what it needs in it.
func TestJSON(t *testing.T) {
	h := house(t)
	t.Run("a need", func(t *testing.T) { needOverJSON(t, h) })
	t.Run("wrong values", func(t *testing.T) { wrongJSONPointsAtTheField(t, h) })
	t.Run("the list", func(t *testing.T) { listOverJSON(t, h) })
	t.Run("too large a body", func(t *testing.T) {
		p := h.As("adviser").Send("POST", "/api/v1/needs", "application/json", strings.NewReader(`{"text":"`+strings.Repeat("a", 2<<20)+`"}`))
		if p.Status != http.StatusRequestEntityTooLarge {
			t.Errorf("two megabytes: %d", p.Status)
		}
	})
}

type problem struct {
	Status int
	Errors []struct{ Pointer, Key, Detail string }
}

func read[T any](t *testing.T, p sitetest.Page) T {
	t.Helper()
	var out T
	if err := json.Unmarshal([]byte(p.Body), &out); err != nil {
		t.Fatalf("%d: %v in %.200s", p.Status, err, p.Body)
	}
	return out
}

func needOverJSON(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	p := c.JSON("POST", "/api/v1/needs", `{"text":"Treng folk til saga","organisation":"`+firm+`","municipality":"Rennebu","headcount":2,
		"mandate_ground":"Avtalt","purpose":"both","forms":["nett"],"willing":["instructor"],"wanted_from":"2027-08-01"}`)
	if p.Status != http.StatusCreated {
		t.Fatalf("%d %s", p.Status, p.Body)
	}
	n := read[struct {
		ID, Number, State, Organisation, Municipality, Purpose string
		OrganisationName                                       string `json:"organisation_name"`
		WantedFrom                                             string `json:"wanted_from"`
		FollowURL                                              string `json:"follow_url"`
		Headcount                                              int
		Willing                                                []string
		Ball                                                   struct{ Party, Role string }
	}](t, p)
	if n.State != "mapped" || n.Organisation != string(find(t, h, firm)) || n.OrganisationName != firm || n.Municipality != "5022" || n.Headcount != 2 ||
		n.WantedFrom != "2027-08-01" || len(n.Willing) != 1 || n.Ball.Role != "forum_secretary" || !strings.Contains(n.FollowURL, "/folg/") || !strings.HasPrefix(n.Number, "B-2026-") {
		t.Errorf("answered %+v", n)
	}
	moves := "/api/v1/needs/" + n.ID + "/moves"
	for _, tt := range []struct {
		role, body string
		status     int
		pointer    string
	}{
		{"provider", `{}`, 422, "/to"},
		{"provider", `{"to":"flying"}`, 422, "/to"},
		{"adviser", `{"to":"withdrawn"}`, 422, "/note"},
		{"secretary", `{"to":"in_follow_up"}`, 422, "/provider"},
		{"provider", `{"to":"in_follow_up","answer_by":"snart"}`, 422, "/answer_by"},
		{"provider", `{"to":"in_follow_up","answer_by":"2020-01-01"}`, 422, "/answer_by"},
		{"provider", `{"to":3}`, 422, "/to"},
		{"learner", `{"to":"closed","note":"x"}`, 403, ""},
		{"", `{"to":"closed","note":"x"}`, 401, ""},
		{"provider", `{"to":"in_follow_up","from":"mapped"}`, 200, ""},
		{"secretary", `{"to":"presented","from":"mapped"}`, 409, ""},
	} {
		p := h.As(tt.role).JSON("POST", moves, tt.body)
		if p.Status != tt.status {
			t.Errorf("%s %s: %d, want %d: %s", tt.role, tt.body, p.Status, tt.status, p.Body)
			continue
		}
		if tt.pointer != "" && (len(read[problem](t, p).Errors) != 1 || read[problem](t, p).Errors[0].Pointer != tt.pointer) {
			t.Errorf("%s %s: %+v", tt.role, tt.body, read[problem](t, p).Errors)
		}
	}
	if d := get(t, h, n.ID); d.State != need.InFollowUp || !d.TakenWithoutForum {
		t.Errorf("stands in %s", d.State)
	}
}

// wrongJSONPointsAtTheField sends a wrong value in each field.
func wrongJSONPointsAtTheField(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	newFirm(t, h, "Andreverket AS")
	good := map[string]any{"text": "Treng folk", "organisation": "Andreverket AS", "municipality": "5022", "headcount": 2, "mandate_ground": "Avtalt"}
	for _, tt := range []struct {
		field string
		value any
		at    string
	}{
		{"text", nil, "/text"}, {"text", " ", "/text"}, {"text", 7, "/text"}, {"text", strings.Repeat("å", 100_000), "/text"},
		{"organisation", nil, "/organisation"}, {"organisation", "Finnes ikke AS", "/organisation"}, {"organisation", "018f0000-0000-7000-8000-000000000000", "/organisation"},
		{"municipality", nil, "/municipality"}, {"municipality", "Atlantis", "/municipality"}, {"municipality", 5022, "/municipality"},
		{"headcount", nil, "/headcount"}, {"headcount", "to", "/headcount"}, {"headcount", -1, "/headcount"}, {"headcount", 10001, "/headcount"}, {"headcount", 1.5, "/headcount"},
		{"mandate_ground", nil, "/mandate_ground"}, {"firms", 3, "/firms"}, {"purpose", "x", "/purpose"}, {"level", "x", "/level"}, {"forms", []string{"x"}, "/forms"}, {"forms", "nett", "/forms"},
		{"wanted_from", "snart", "/wanted_from"}, {"horizon", "x", "/horizon"}, {"cause", "x", "/cause"}, {"consequences", []string{"x"}, "/consequences"}, {"barriers", []string{"x"}, "/barriers"},
		{"willing", []string{"x"}, "/willing"}, {"willing_pledge_seats", 3, "/willing_pledge_seats"}, {"confidentiality", "x", "/confidentiality"}, {"confidentiality", "forum", "/confidentiality_ground"},
		{"sector", "Å", "/sector"}, {"language", "tlh", "/language"}, {"title", strings.Repeat("x", 121), "/title"}, {"surprise", true, "/surprise"},
	} {
		body := map[string]any{}
		for k, v := range good {
			body[k] = v
		}
		if body[tt.field] = tt.value; tt.value == nil {
			delete(body, tt.field)
		}
		data, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		p := c.JSON("POST", "/api/v1/needs", string(data))
		if p.Status != 422 {
			t.Errorf("%s=%.20v: %d %.200s", tt.field, tt.value, p.Status, p.Body)
			continue
		}
		if got := read[problem](t, p); len(got.Errors) == 0 || got.Errors[0].Pointer != tt.at || got.Errors[0].Key == "" || got.Errors[0].Detail == "" {
			t.Errorf("%s=%.20v: %+v", tt.field, tt.value, got.Errors)
		}
	}
	for body, status := range map[string]int{"": 400, "{": 400, `[]`: 422} {
		if p := c.Send("POST", "/api/v1/needs", "application/json", strings.NewReader(body)); p.Status != status {
			t.Errorf("%.20q: %d, want %d: %.100s", body, p.Status, status, p.Body)
		}
	}
	for role, want := range map[string]int{"": 401, "learner": 403, "secretary": 403} {
		if p := h.As(role).JSON("POST", "/api/v1/needs", "{}"); p.Status != want {
			t.Errorf("%q reports: %d, want %d: %s", role, p.Status, want, p.Body)
		}
	}
}

func listOverJSON(t *testing.T, h *sitetest.House) {
	for range 3 {
		given(t, h, need.Open)
	}
	type page struct {
		Items []struct{ ID string }
		Total int
		Next  string
	}
	c := h.As("county")
	first := read[page](t, c.JSON("GET", "/api/v1/needs?q=styrer+saga&limit=2", ""))
	if len(first.Items) != 2 || first.Total < 3 || first.Next == "" {
		t.Fatalf("first page: %+v", first)
	}
	second := read[page](t, c.JSON("GET", "/api/v1/needs?q=styrer+saga&limit=2&after="+first.Next, ""))
	if len(second.Items) == 0 || second.Items[0].ID == first.Items[1].ID || second.Total != first.Total {
		t.Errorf("second page: %+v", second)
	}
	for query, at := range map[string]string{"limit=0": "/limit", "limit=501": "/limit", "limit=x": "/limit", "state=x": "/state", "sort=x": "/sort", "municipality=Atlantis": "/municipality",
		"region=x": "/region", "after=x": "/after", "mine=kanskje": "/mine"} {
		p := c.JSON("GET", "/api/v1/needs?"+query, "")
		if got := read[problem](t, p); p.Status != 422 || len(got.Errors) == 0 || !strings.HasSuffix(got.Errors[0].Pointer, at) {
			t.Errorf("%s: %d %+v", query, p.Status, got.Errors)
		}
	}
	for _, id := range []string{"x", "018f0000-0000-7000-8000-000000000000"} {
		if p := c.JSON("GET", "/api/v1/needs/"+id, ""); p.Status != 404 {
			t.Errorf("%s: %d", id, p.Status)
		}
	}
}
