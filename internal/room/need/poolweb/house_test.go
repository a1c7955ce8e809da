package poolweb_test

import (
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// system registers what a test starts from, in nobody's name.
var system = access.SystemActor("test")

// organisation is the one of that name.
func organisation(t testing.TB, h *sitetest.House, name string) org.ID {
	t.Helper()
	found, _, err := h.Orgs.List(t.Context(), org.Filter{Text: name})
	if err != nil || len(found.Items) != 1 {
		t.Fatalf("organisation %q: %v %v", name, found.Items, err)
	}
	return found.Items[0].ID
}

// register registers a need about sawmills.
func register(t testing.TB, h *sitetest.House, name string, headcount int, c need.Confidentiality) need.Need {
	t.Helper()
	in := need.Content{Text: "Folk som kan stille inn saga hos " + name, Organisation: organisation(t, h, name), Municipality: "5025", Headcount: headcount,
		Level: need.LevelTrade, Confidentiality: c, Concepts: []need.Concept{{Scheme: "styrk08", Code: "8172", Chosen: need.Linked}}}
	if c != need.Open {
		in.ConfidentialityGround = "Konkurrenten skal ikke vite det."
	}
	n, err := h.Needs.Register(t.Context(), system, in)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// ids are the values of a form that names the needs.
func ids(list ...need.Need) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = string(n.ID)
	}
	return out
}

// pooled makes a pool of the needs over the page, and answers its address.
func pooled(t testing.TB, c *sitetest.Client, title string, list ...need.Need) string {
	t.Helper()
	p := c.Post("/felles/ny", url.Values{"needs": ids(list...), "title": {title}})
	address, _, _ := strings.Cut(p.Location, "?")
	if !strings.HasPrefix(address, "/felles/") {
		t.Fatalf("make pool: %d %s %s", p.Status, p.Location, p.Text("main"))
	}
	return address
}
