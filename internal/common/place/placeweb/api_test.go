package placeweb_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

type answer struct {
	Items []struct {
		ID, Name, Centre, From, To string
		OfficialName               string `json:"official_name"`
		County                     string
		CountyName                 string `json:"county_name"`
		Lat, Lon                   float64
	}
	Total int
	Next  string
}

func ask(t *testing.T, c *sitetest.Client, query url.Values) answer {
	t.Helper()
	var a answer
	p := c.JSON("GET", "/api/v1/municipalities?"+query.Encode(), "")
	if err := json.Unmarshal([]byte(p.Body), &a); err != nil || p.Status != http.StatusOK {
		t.Fatalf("%v: %d %s", query, p.Status, p.Body)
	}
	return a
}

func (a answer) names() []string {
	var out []string
	for _, m := range a.Items {
		out = append(out, m.Name)
	}
	return out
}

func TestMunicipalities(t *testing.T) {
	c := sitetest.New(t).Visitor()
	for name, check := range map[string]func(*testing.T, *sitetest.Client){
		"found": findsMunicipalities, "paged": pagesMunicipalities, "refused": refusesWhatCannotBe,
	} {
		t.Run(name, func(t *testing.T) { check(t, c) })
	}
}

func findsMunicipalities(t *testing.T, c *sitetest.Client) {
	roros := ask(t, c, url.Values{"q": {"rosse"}})
	if roros.Total != 1 || roros.Items[0].ID != "5025" || roros.Items[0].Name != "Røros" || !strings.Contains(roros.Items[0].OfficialName, "Rosse") ||
		roros.Items[0].CountyName != "Trøndelag" || roros.Items[0].Centre != "Røros" || roros.Items[0].Lat < 62 || roros.Items[0].From != "2018-01-01" {
		t.Errorf("Røros: %+v", roros)
	}
	if oslo := ask(t, c, url.Values{"q": {"0301"}}); oslo.Total != 1 || oslo.Items[0].ID != "0301" {
		t.Errorf("0301: %+v", oslo)
	}
	if got := ask(t, c, url.Values{"county": {"50"}, "limit": {"500"}}); got.Total != 38 || len(got.Items) != 38 || got.Next != "" {
		t.Errorf("Trøndelag has %d", got.Total)
	}
	// O-2 by way of JSON: 17 on the first day, 19 at the end.
	for day, want := range map[string]int{"2013-05-30": 17, "2015-12-01": 19} {
		if got := ask(t, c, url.Values{"region": {"bolyst-2013"}, "date": {day}}); got.Total != want {
			t.Errorf("on %s the project has %d municipalities, want %d", day, got.Total, want)
		}
	}
	if got := ask(t, c, url.Values{"region": {"Kysten er Klar"}, "date": {"2013-05-30"}}); got.Total != 11 {
		t.Errorf("a region by its alias: %d, want 11", got.Total)
	}
	if got := ask(t, c, url.Values{"q": {"Rissa"}}); got.Total != 0 {
		t.Errorf("Rissa today: %v", got.names())
	}
	if got := ask(t, c, url.Values{"q": {"Rissa"}, "date": {"2013-05-30"}}); got.Total != 1 || got.Items[0].ID != "1624" || got.Items[0].To != "2017-12-31" {
		t.Errorf("Rissa then: %+v", got)
	}
}

func pagesMunicipalities(t *testing.T, c *sitetest.Client) {
	whole := ask(t, c, url.Values{"limit": {"500"}})
	if whole.Total != 357 || len(whole.Items) != 357 {
		t.Fatalf("%d municipalities, want 357", whole.Total)
	}
	var got []string
	query := url.Values{"limit": {"100"}}
	for {
		a := ask(t, c, query)
		got = append(got, a.names()...)
		if a.Total != 357 {
			t.Errorf("total %d on a later page", a.Total)
		}
		if a.Next == "" {
			break
		}
		query.Set("after", a.Next)
	}
	if !slices.Equal(got, whole.names()) {
		t.Errorf("pages give %d, the whole %d", len(got), len(whole.Items))
	}
	if first, last := got[0], got[len(got)-1]; first != "Alstahaug" || !strings.HasPrefix(last, "Å") {
		t.Errorf("from %s to %s is not the Norwegian alphabet", first, last)
	}
}

func refusesWhatCannotBe(t *testing.T, c *sitetest.Client) {
	for query, pointer := range map[string]string{
		"county=99": "/county", "region=Narnia": "/region", "date=2013-02-30": "/date", "after=9999": "/after",
		"limit=0": "/query/limit", "limit=501": "/query/limit", "county=123": "/query/county", "q=" + strings.Repeat("a", 201): "/query/q",
	} {
		p := c.JSON("GET", "/api/v1/municipalities?"+query, "")
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, `"`+pointer+`"`) {
			t.Errorf("%.40s: %d %s", query, p.Status, p.Body)
		}
	}
}
