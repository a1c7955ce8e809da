package matchweb_test

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

type reason struct{ Kind, Text string }

type answer struct {
	Concepts []struct {
		Scheme, Code, Label string
		Score               float64
	}
	Offers []struct {
		Offering, Programme, Title, Provider string
		Score                                float64
		Evidence, Missing                    []reason
	}
	Measures, Support []struct {
		ID, Title string
		Evidence  []reason
	}
	SimilarNeeds *int `json:"similar_needs"`
	Errors       []struct{ Pointer, Key, Detail string }
}

func decode(t *testing.T, p sitetest.Page) answer {
	t.Helper()
	var a answer
	if err := json.Unmarshal([]byte(p.Body), &a); err != nil {
		t.Fatalf("%d %s: %v", p.Status, p.Body, err)
	}
	return a
}

func testAPIMatch(t *testing.T, h *sitetest.House) {
	p := h.Visitor().JSON("POST", "/api/v1/match", `{"text":"Han som styrer saga, går av til sommeren","municipality":"5022","headcount":2,"level":"fagbrev","form":"campus","from":"2027-08-01","limit":3}`)
	if p.Status != http.StatusOK {
		t.Fatalf("%d %s", p.Status, p.Body)
	}
	for _, name := range []string{"concepts", "offers", "measures", "support", "similar_needs"} {
		if !strings.Contains(p.Body, `"`+name+`":`) {
			t.Errorf("no %s", name)
		}
	}
	a := decode(t, p)
	if len(a.Concepts) == 0 || a.Concepts[0].Scheme != "styrk08" || a.Concepts[0].Code != "8172" || a.Concepts[0].Label == "" || a.Concepts[0].Score <= 0 {
		t.Errorf("concepts %+v", a.Concepts)
	}
	if len(a.Offers) == 0 || len(a.Offers) > 3 {
		t.Fatalf("%d offers, want 1 to 3", len(a.Offers))
	}
	for i, o := range a.Offers {
		if o.Programme == "" || o.Title == "" || o.Provider == "" || len(o.Evidence) == 0 || o.Evidence[0].Text == "" || o.Evidence[0].Kind == "" {
			t.Errorf("offer %+v", o)
		}
		if i > 0 && o.Score > a.Offers[i-1].Score || o.Score <= 0 || o.Score > 1 {
			t.Errorf("scores are not falling shares: %v", a.Offers)
		}
	}
	if m := a.Offers[0].Missing; len(m) == 0 || m[0].Kind != "form" {
		t.Errorf("the wanted form is missing, but it says %v", m)
	}
	for _, c := range slices.Concat(a.Measures, a.Support) {
		if c.ID == "" || c.Title == "" || len(c.Evidence) == 0 {
			t.Errorf("card %+v", c)
		}
	}
	nulls := h.Visitor().JSON("POST", "/api/v1/match", `{"text":"Han som styrer saga, går av","municipality":null,"headcount":null,"level":null,"form":null,"from":null,"limit":null}`)
	if nulls.Status != http.StatusOK || len(decode(t, nulls).Offers) == 0 {
		t.Errorf("nulls: %d %s", nulls.Status, nulls.Body)
	}
	none := decode(t, h.Visitor().JSON("POST", "/api/v1/match", `{"text":"Når går bussen til Røros?"}`))
	if len(none.Offers)+len(none.Measures)+len(none.Support) != 0 {
		t.Errorf("the bus is answered by %+v", none)
	}
}

func testAPILanguage(t *testing.T, h *sitetest.House) {
	c := h.Visitor()
	c.Header.Set("Accept-Language", "en")
	if a := decode(t, c.JSON("POST", "/api/v1/match", `{"text":"Han som styrer saga, går av til sommeren"}`)); len(a.Offers) == 0 || !strings.HasPrefix(a.Offers[0].Evidence[0].Text, "Same field") {
		t.Errorf("in English: %+v", a.Offers)
	}
}

func testAPIWrongFields(t *testing.T, h *sitetest.House) {
	long, err := json.Marshal(map[string]string{"text": strings.Repeat("Vi må sveise. ", 7200)})
	if err != nil {
		t.Fatal(err)
	}
	for body, want := range map[string]string{
		`{}`:                                  "/text",
		`{"text":"  "}`:                       "/text",
		string(long):                          "/text",
		`{"text":"x","municipality":"9999"}`:  "/municipality",
		`{"text":"x","municipality":"Nilby"}`: "/municipality",
		`{"text":"x","level":"doktor"}`:       "/level",
		`{"text":"x","form":"brev"}`:          "/form",
		`{"text":"x","from":"i morgen"}`:      "/from",
		`{"text":"x","limit":0}`:              "/limit",
		`{"text":"x","limit":51}`:             "/limit",
		`{"text":"x","limit":"fem"}`:          "/limit",
		`{"text":"x","headcount":-1}`:         "/headcount",
		`{"text":"x","headcount":10001}`:      "/headcount",
		`{"text":"x","headcount":"to"}`:       "/headcount",
		`{"text":7}`:                          "/text",
	} {
		p := h.Visitor().JSON("POST", "/api/v1/match", body)
		a := decode(t, p)
		if p.Status != http.StatusUnprocessableEntity || p.Header.Get("Content-Type") != "application/problem+json" || len(a.Errors) != 1 || a.Errors[0].Pointer != want || a.Errors[0].Detail == "" {
			t.Errorf("%.60s: %d %s %.200s", body, p.Status, p.Header.Get("Content-Type"), p.Body)
		}
	}
	all := decode(t, h.Visitor().JSON("POST", "/api/v1/match", `{"municipality":"Nilby","level":"a","form":"b","from":"c","limit":99,"headcount":-5}`))
	if len(all.Errors) != 7 {
		t.Errorf("all at once: %+v", all.Errors)
	}
}

// testSimilar counts organisations about the same, rounded down.
func testSimilar(t *testing.T, h *sitetest.House) {
	ctx := context.Background()
	text := "Vi mangler frisør på salongen og må lære opp to"
	body := `{"text":"` + text + `"}`
	concepts := h.Match.Understand(text)
	if len(concepts) == 0 {
		t.Fatal("nothing is understood")
	}
	if a := decode(t, h.Visitor().JSON("POST", "/api/v1/match", body)); a.SimilarNeeds != nil {
		t.Fatalf("the demo has %d already", *a.SimilarNeeds)
	}
	for i, name := range []string{"Første Prøve AS", "Andre Prøve AS", "Tredje Prøve AS", "Fjerde Prøve AS"} {
		o, err := h.Orgs.Register(ctx, access.SystemActor("test"), org.Registration{Kind: org.Company, Name: name, Municipality: "5022"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = h.Needs.Register(ctx, access.SystemActor("test"), need.Content{Text: text, Organisation: o.ID, Municipality: "5022", Headcount: 1, Concepts: concepts,
			Confidentiality: need.ForumOnly, ConfidentialityGround: "Prøve"})
		if err != nil {
			t.Fatal(err)
		}
		got := decode(t, h.Visitor().JSON("POST", "/api/v1/match", body)).SimilarNeeds
		if i < 2 && got != nil {
			t.Errorf("%d organisations are told of: %d", i+1, *got)
		}
		if i >= 2 && (got == nil || *got != 3) {
			t.Errorf("%d organisations are %v, want 3", i+1, got)
		}
	}
	if p := ask(h.Visitor(), text); !strings.Contains(p.Text(`section[aria-labelledby="further"]`), "Minst 3 andre virksomheter trenger det samme") {
		t.Errorf("the page says %s", p.Text(`section[aria-labelledby="further"]`))
	}
}

func testAPINeed(t *testing.T, h *sitetest.House) {
	open := register(t, h, nil)
	p := h.Visitor().JSON("GET", "/api/v1/needs/"+string(open.ID)+"/matches", "")
	if a := decode(t, p); p.Status != http.StatusOK || len(a.Offers) == 0 || len(a.Offers[0].Evidence) == 0 {
		t.Errorf("%d %s", p.Status, p.Body)
	}
	many := register(t, h, nil)
	var chosen []need.Concept
	for _, code := range []string{"2223", "7212", "5113", "7115", "8342", "7411", "2320", "5321"} {
		chosen = append(chosen, need.Concept{Scheme: "styrk08", Code: code, Chosen: need.Added})
	}
	if err := h.Needs.SetConcepts(context.Background(), h.Actor("employer"), many.ID, many.Version, chosen); err != nil {
		t.Fatal(err)
	}
	offers := func(query string) int {
		a := decode(t, h.Visitor().JSON("GET", "/api/v1/needs/"+string(many.ID)+"/matches"+query, ""))
		return len(a.Offers)
	}
	if one, six, ten, all := offers("?limit=1"), offers("?limit=6"), offers(""), offers("?limit=50"); one != 1 || six != 6 || ten != min(all, 10) || all <= 6 {
		t.Errorf("limit 1 gives %d, 6 gives %d, none %d, 50 gives %d", one, six, ten, all)
	}
	for _, limit := range []string{"0", "51", "-1", "fem"} {
		p := h.Visitor().JSON("GET", "/api/v1/needs/"+string(many.ID)+"/matches?limit="+limit, "")
		if p.Status != http.StatusUnprocessableEntity || len(decode(t, p).Errors) != 1 {
			t.Errorf("limit %s: %d %s", limit, p.Status, p.Body)
		}
	}
	hidden := register(t, h, func(c *need.Content) { c.Confidentiality, c.ConfidentialityGround = need.ForumOnly, "Prøve" })
	for role, want := range map[string]int{"": http.StatusNotFound, "provider": http.StatusNotFound, "secretary": http.StatusOK, "employer": http.StatusOK, "county": http.StatusOK} {
		if p := h.As(role).JSON("GET", "/api/v1/needs/"+string(hidden.ID)+"/matches", ""); p.Status != want {
			t.Errorf("%q: %d, want %d", role, p.Status, want)
		}
	}
	for _, id := range []string{"nei", "01a1ffbb-5124-7114-866e-b76bbbac11af"} {
		if p := h.As("county").JSON("GET", "/api/v1/needs/"+id+"/matches", ""); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d", id, p.Status)
		}
	}
}

func testAPIConcepts(t *testing.T, h *sitetest.House) {
	type named struct{ ID, Scheme, Code, Label string }
	var list struct {
		Items []named
		Total int
	}
	get := func(query string) int {
		p := h.Visitor().JSON("GET", "/api/v1/concepts?"+query, "")
		list.Items = nil
		if err := json.Unmarshal([]byte(p.Body), &list); err != nil {
			t.Fatal(err)
		}
		return p.Status
	}
	if status := get("q=sveis&scheme=styrk08"); status != http.StatusOK || len(list.Items) == 0 || list.Total != len(list.Items) || !slices.ContainsFunc(list.Items, func(i named) bool { return i.ID == "styrk08:7212" && i.Label == "Sveisere" }) {
		t.Errorf("%d %+v", status, list)
	}
	if get("q=sveis"); !slices.ContainsFunc(list.Items, func(i named) bool { return i.Scheme == "programomrade" }) {
		t.Errorf("no trade among %+v", list.Items)
	}
	if get("q="); len(list.Items) != 0 {
		t.Errorf("nothing typed gives %+v", list.Items)
	}
	for _, query := range []string{"q=x&scheme=esco", "q=x&limit=0", "q=x&limit=51", "q=" + strings.Repeat("x", 101)} {
		if status := get(query); status != http.StatusUnprocessableEntity {
			t.Errorf("%.30s: %d", query, status)
		}
	}
}
