package outgoing_test

import (
	"net/http"
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

// An extract has what its member needs, of the agenda before the meeting and of the
// minutes after, and nothing that is closed or only for members.
func TestAnExtractForEachMember(t *testing.T) {
	h := sitetest.New(t)
	path := sent(t, h)
	visitor := h.Visitor()
	links := visitor.Get(path).Attrs("[data-part=extracts] a", "href")
	if len(links) != 6 {
		t.Fatalf("%d extracts, want one for each of the six municipalities", len(links))
	}
	p := visitor.Get(links[0])
	if got := p.Text("main"); p.Status != http.StatusOK || !strings.Contains(got, "Buss til samlingene") || !strings.Contains(got, "Personalsak") {
		t.Errorf("the extract: %d %s", p.Status, got)
	}
	for _, where := range []string{links[0], strings.Replace(links[0], "/utdrag?", "/utdrag.html?", 1)} {
		for _, who := range []string{"", "mayor"} {
			if got := h.As(who).Get(where).Body; strings.Contains(got, "hemmelig-lenke") || who == "" && strings.Contains(got, "Hemmelig") {
				t.Errorf("%q reads in %s what is not for an extract", who, where)
			}
		}
	}
	if got := visitor.Get(path + "/utdrag?for=01900000-0000-7000-8000-000000000001").Status; got != http.StatusNotFound {
		t.Errorf("an extract for one who is no member: %d", got)
	}

	past := visitor.Get("/moter?state=published").Attr("main a[href^='/moter/0']", "href")
	links = visitor.Get(past).Attrs("[data-part=extracts] a", "href")
	if past == "" || len(links) == 0 {
		t.Fatalf("no extracts of the meeting %q", past)
	}
	p = visitor.Get(links[0])
	if got := p.Text("main"); p.Status != http.StatusOK || !strings.Contains(got, "Egne saker") || !strings.Contains(got, "Standpunkt") {
		t.Errorf("the extract of the minutes: %d %s", p.Status, got)
	}
}
