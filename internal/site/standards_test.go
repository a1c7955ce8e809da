package site_test

import (
	"encoding/xml"
	"net/http"
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

// TestTheMapHasOnlyWhatVisitorsOpen opens every address of the map as a visitor.
func TestTheMapHasOnlyWhatVisitorsOpen(t *testing.T) {
	v := sitetest.New(t).Visitor()
	got := v.Get("/sitemap.xml")
	var doc struct {
		URLs []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(got.Body), &doc); err != nil || got.Status != http.StatusOK {
		t.Fatalf("%d %v: %.200s", got.Status, err, got.Body)
	}
	kinds, seen := map[string]int{}, map[string]bool{}
	for _, u := range doc.URLs {
		host, path, ok := strings.Cut(strings.TrimPrefix(u.Loc, "http://"), "/")
		if !ok || host == "" || seen[path] {
			t.Fatalf("%s is no address, or there twice", u.Loc)
		}
		seen[path] = true
		first, _, _ := strings.Cut(path, "/")
		kinds[first]++
		if p := v.Get("/" + path); p.Status != http.StatusOK {
			t.Errorf("a visitor at /%s: %d", path, p.Status)
		}
	}
	for _, kind := range []string{"tilbud", "kompetanseregioner", "kompetanseforum"} {
		if kinds[kind] < 2 {
			t.Errorf("%d addresses of %s: %v", kinds[kind], kind, kinds)
		}
	}
	if p := v.Get("/sitemap.xml?part=2"); p.Status != http.StatusNotFound {
		t.Errorf("a part that is not there: %d", p.Status)
	}
	if p := v.Get("/robots.txt"); p.Status != http.StatusOK || p.Body != "User-agent: *\nDisallow: /\n" {
		t.Errorf("a demo is not kept out of search engines: %d %q", p.Status, p.Body)
	}
}
