package matchweb_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

const (
	sawmill = "Eksempel Sag og Høvleri AS" // the demo employer's company, in Rennebu
	sawText = "Han som styre saga går av te sommarn, og ingen anna kan stille a inn"
	busText = "Når går bussen til Røros?"
	settle  = "De som flytter hit, blir ikke boende"
)

// ask is the page for the text and further parameters, name by value.
func ask(c *sitetest.Client, text string, more ...string) sitetest.Page {
	return c.Get(address(text, more...))
}

func address(text string, more ...string) string {
	v := url.Values{"q": {text}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Add(more[i], more[i+1])
	}
	return "/finn?" + v.Encode()
}

// titles are the answers of the group, in their order.
func titles(p sitetest.Page, group string) []string {
	return p.All(`section[aria-labelledby="` + group + `"] article h3`)
}

// sections are the ids of the groups, in their order.
func sections(p sitetest.Page) []string {
	var out []string
	for _, g := range []string{"utdanning", "tiltak", "stotte", "tilpasses"} {
		if p.Has(`section[aria-labelledby="` + g + `"]`) {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		return strings.Index(p.Body, `id="`+a+`"`) - strings.Index(p.Body, `id="`+b+`"`)
	})
	return out
}

func holds(list []string, part string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(part)) })
}

// organisation is one of the demo's.
func organisation(t *testing.T, h *sitetest.House, name string) org.ID {
	t.Helper()
	o, err := h.Orgs.Find(context.Background(), name)
	if err != nil {
		t.Fatalf("find %s: %v", name, err)
	}
	return o
}

// register registers a need of the sawmill's own.
func register(t *testing.T, h *sitetest.House, change func(*need.Content)) need.Need {
	t.Helper()
	c := need.Content{Text: sawText, Organisation: organisation(t, h, sawmill), Municipality: "5022", Headcount: 2}
	if change != nil {
		change(&c)
	}
	c.Concepts = h.Match.Understand(c.Text)
	n, err := h.Needs.Register(context.Background(), h.Actor("employer"), c)
	if err != nil {
		t.Fatalf("register: %v", err)
	}
	return n
}

// stored is a need with all that is known of it.
func stored(t *testing.T, h *sitetest.House, n need.ID) need.Detail {
	t.Helper()
	d, err := h.Needs.Get(context.Background(), access.SystemActor("test"), n)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// fields are the ids that the error summary leads to.
func fields(p sitetest.Page) []string {
	var out []string
	for _, name := range []string{"q", "municipality", "headcount", "level", "form-1", "from", "legg", "verdict-1", "reason", "questions", "answer_by"} {
		if p.Has(`.ds-error-summary a[href="#` + name + `"]`) {
			out = append(out, name)
		}
	}
	return out
}
