package site_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/site/sitetest"
)

// TestVisibilityOfWhatIsTold holds what the program tells by itself against the
// matrix: notices, letters, feeds and calendars. Every reader follows the
// municipality of the needs and then they are registered and moved. Not all is
// told to all who may see it, but nothing to one who may not; and each way is
// used, or the test proves nothing.
func TestVisibilityOfWhatIsTold(t *testing.T) {
	h := sitetest.New(t)
	readers, rows := visibilityMatrix(t)
	clients, accounts := map[string]*sitetest.Client{}, map[string]access.AccountID{}
	for _, name := range readers {
		if name == "visitor" {
			continue
		}
		clients[name], accounts[name] = reader(t, h, name), accountOf(t, h, name)
		if p := clients[name].Post("/varsler/folg", url.Values{"hva": {"municipality"}, "ref": {"5022"}, "mode": {"now"}}); p.Status != 303 {
			t.Fatalf("%s follows: %d %s", name, p.Status, p.Text("main"))
		}
	}
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	needs := make([]need.Need, len(rows))
	for i, row := range rows {
		needs[i] = needIn(t, h, flow.State(row.state), need.Confidentiality(row.confidentiality))
	}
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	letters := lettersTo(t, h)
	told := map[string]int{}
	for name, c := range clients {
		says := toldTo(t, c)
		says["a letter"] = letters[accounts[name]]
		for i, n := range needs {
			for way, text := range says {
				if !strings.Contains(text, string(n.ID)) {
					continue
				}
				told[way]++
				if !rows[i].sees[slices.Index(readers, name)] {
					t.Errorf("%s %s is told to %s in %s", rows[i].state, rows[i].confidentiality, name, way)
				}
			}
		}
	}
	for _, way := range []string{"notices", "a letter", ".atom", ".ics"} {
		if told[way] < 10 {
			t.Errorf("%s tell of %d needs only", way, told[way])
		}
	}
}

// TestADraftProgrammeIsToldToNobody holds the same ways against programmes: a
// draft is told to no reader, a published one in each of the ways to those who
// follow a place where it is held.
func TestADraftProgrammeIsToldToNobody(t *testing.T) {
	h := sitetest.New(t)
	readers, _ := visibilityMatrix(t)
	clients, accounts := map[string]*sitetest.Client{}, map[string]access.AccountID{}
	for _, name := range readers {
		if name == "visitor" {
			continue
		}
		clients[name], accounts[name] = reader(t, h, name), accountOf(t, h, name)
		if p := clients[name].Post("/varsler/folg", url.Values{"hva": {"municipality"}, "ref": {"5025"}, "mode": {"now"}}); p.Status != 303 {
			t.Fatalf("%s follows: %d %s", name, p.Status, p.Text("main"))
		}
	}
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	teacher := h.Actor("provider")
	made := map[bool]offer.Programme{}
	for _, published := range []bool{false, true} {
		p, err := h.Supply.CreateProgramme(t.Context(), teacher, offer.Programme{Provider: teacher.Orgs()[0], Title: i18n.Text{NB: "Sagbladfiling"}, Level: offer.Kurs})
		if err != nil {
			t.Fatal(err)
		}
		o, err := h.Supply.CreateOffering(t.Context(), teacher, p.ID, offer.Offering{StartType: offer.Fixed, Start: h.Today().AddDays(60), Deadline: h.Today().AddDays(5),
			Delivery: offer.Gatherings, Channel: offer.Here, Gatherings: []offer.Gathering{{Municipality: "5025", Days: 1}}})
		if err == nil && published {
			err = h.Supply.Publish(t.Context(), teacher, o.ID, o.Version)
		}
		if err != nil {
			t.Fatal(err)
		}
		made[published] = p
	}
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	letters := lettersTo(t, h)
	told := map[string]int{}
	for name, c := range clients {
		says := toldTo(t, c)
		says["a letter"] = letters[accounts[name]]
		for way, text := range says {
			if strings.Contains(text, string(made[false].ID)) {
				t.Errorf("a draft is told to %s in %s", name, way)
			}
			if strings.Contains(text, string(made[true].ID)) {
				told[way]++
			}
		}
	}
	for _, way := range []string{"notices", "a letter", ".atom", ".ics"} {
		if told[way] < 3 {
			t.Errorf("%s tell %d readers only of the published one", way, told[way])
		}
	}
}

// accountOf is the account of a column of the matrix.
func accountOf(t *testing.T, h *sitetest.House, name string) access.AccountID {
	t.Helper()
	switch name {
	case "hub":
		name = "adviser"
	case "adviser", "school":
		role, at := "adviser", "Rørosregionen Næringshage AS"
		if name == "school" {
			role, at = "provider", "NTNU Videre"
		}
		a, err := h.Accounts.DemoAccount(t.Context(), role, orgNamed(t, h, at))
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	return h.Actor(name).Account
}

// lettersTo is what the letters to each account say.
func lettersTo(t *testing.T, h *sitetest.House) map[access.AccountID]string {
	t.Helper()
	out := map[access.AccountID]string{}
	for after, more := "", true; more; more = after != "" {
		page, err := h.Follow.Written(t.Context(), access.SystemActor("test"), after, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range page.Items {
			out[l.Account] += l.Subject + l.Body
		}
		after = page.Next
	}
	return out
}

// toldTo is what the reader's notices, and his feed and calendar, say.
func toldTo(t *testing.T, c *sitetest.Client) map[string]string {
	t.Helper()
	out := map[string]string{}
	for path := "/varsler"; path != ""; {
		p := c.Get(path)
		out["notices"] += strings.Join(p.Attrs("main a", "href"), " ")
		path = p.Attr("main a[rel=next]", "href")
	}
	for _, address := range c.Get("/varsler/innstillinger").Attrs(".kt-copy input", "value") {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		ending := u.Path[strings.LastIndex(u.Path, "."):]
		out[ending] += strings.ReplaceAll(c.Get(u.Path).Body, "\r\n ", "")
	}
	return out
}
