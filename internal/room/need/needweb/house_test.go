package needweb_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

const (
	sawmill = "Eksempel Sag og Høvleri AS" // the demo employer's company, in Rennebu
	hub     = "Nasjonalparken Næringshage AS"
	firm    = "Prøveverket Trelast AS" // a company that nobody works in and nobody has a mandate from
	school  = "Trøndelag høyere yrkesfagskole"
)

// house is the demo with the firm.
func house(t *testing.T) *sitetest.House {
	t.Helper()
	h := sitetest.New(t)
	newFirm(t, h, firm)
	return h
}

func newFirm(t *testing.T, h *sitetest.House, name string) {
	t.Helper()
	_, err := h.Orgs.Register(context.Background(), access.SystemActor("test"), org.Registration{Kind: org.Company, Name: name, Municipality: "5022"})
	if err != nil {
		t.Fatal(err)
	}
}

// find gives the organisation of the demo with the name.
func find(t *testing.T, h *sitetest.House, name string) org.ID {
	t.Helper()
	o, err := h.Orgs.Find(context.Background(), name)
	if err != nil {
		t.Fatalf("find %s: %v", name, err)
	}
	return o
}

// sawNeed is a need of the sawmill with all that is mandatory.
func sawNeed(t *testing.T, h *sitetest.House) need.Content {
	t.Helper()
	return need.Content{Text: "Han som styrer saga, går av til sommeren.", Organisation: find(t, h, sawmill), Municipality: "5022", Headcount: 2}
}

// given registers the sawmill's own need with the confidentiality.
func given(t *testing.T, h *sitetest.House, c need.Confidentiality) need.Need {
	t.Helper()
	content := sawNeed(t, h)
	content.Confidentiality = c
	if c != need.Open {
		content.ConfidentialityGround = "Røper en plan for ny linje"
	}
	n, err := h.Needs.Register(context.Background(), h.Actor("employer"), content)
	if err != nil {
		t.Fatalf("register: %v", err)
	}
	return n
}

// moved moves the need as the role.
func moved(t *testing.T, h *sitetest.House, n need.Need, role string, in need.Moving) need.Need {
	t.Helper()
	out, err := h.Needs.Move(context.Background(), h.Actor(role), n.ID, in)
	if err != nil {
		t.Fatalf("move to %s as %s: %v", in.To, role, err)
	}
	return out
}

// typed is what an adviser posts for a company with which no mandate is
// recorded.
func typed(more ...string) url.Values {
	v := url.Values{"text": {"Treng folk som kan stille inn saga"}, "organisation": {firm}, "municipality": {"Rennebu"},
		"headcount": {"2"}, "mandate_ground": {"Avtalt på besøk"}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

// hidden are the values that the page's form carries along.
func hidden(p sitetest.Page, v url.Values) url.Values {
	for _, name := range []string{"form_id", "draft", "version", "organisation_asked"} {
		if value := p.Attr(`main form input[name="`+name+`"]`, "value"); value != "" {
			v.Set(name, value)
		}
	}
	return v
}

func idOf(t *testing.T, p sitetest.Page) string {
	t.Helper()
	id, _, _ := strings.Cut(strings.TrimPrefix(p.Location, "/behov/"), "?")
	id, _, _ = strings.Cut(id, "/")
	if _, err := need.ParseID(id); err != nil {
		t.Fatalf("status %d, location %q leads to no need; errors: %v", p.Status, p.Location, p.All(".ds-error-summary li"))
	}
	return id
}

// value is what a control of the page holds.
func value(p sitetest.Page, name string) string {
	if p.Has("textarea#" + name) {
		return p.Text("textarea#" + name)
	}
	return p.Attr("#"+name, "value")
}

// rows are the titles of the list at the address.
func rows(c *sitetest.Client, address string) []string { return c.Get(address).All("tbody th a") }

// get reads a stored need with full sight.
func get(t *testing.T, h *sitetest.House, id string) need.Detail {
	t.Helper()
	n, err := need.ParseID(id)
	if err != nil {
		t.Fatal(err)
	}
	d, err := h.Needs.Get(context.Background(), access.SystemActor("test"), n)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func token(t *testing.T, h *sitetest.House, n need.ID) string {
	t.Helper()
	s, err := h.Needs.Token(context.Background(), access.SystemActor("test"), n)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
