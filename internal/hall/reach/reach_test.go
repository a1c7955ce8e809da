package reach_test

import (
	"encoding/csv"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/hall/reach"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/outreach"
	"kompetansetorg/internal/site/sitetest"
)

// newFirm is an organisation of the test's own.
func newFirm(t *testing.T, h *sitetest.House, name, municipality string) org.ID {
	t.Helper()
	o, err := h.Orgs.Register(t.Context(), access.SystemActor("test"), org.Registration{Kind: org.Company, Name: name, Municipality: municipality})
	if err != nil {
		t.Fatal(err)
	}
	return o.ID
}

func all(t *testing.T, h *sitetest.House, actor access.Actor) reach.Step {
	t.Helper()
	steps, err := h.Reach.Funnel(t.Context(), actor, outreach.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return steps[len(steps)-1]
}

// Ten visits of which three found a need are 10 and 3 in the funnel and in its
// export; the needs are there, each with the visit that found it.
func TestTenVisitsThreeNeeds(t *testing.T) {
	h := sitetest.New(t)
	actor := h.Actor("adviser")
	before := all(t, h, actor)
	for i := range 10 {
		v := outreach.Visit{Organisation: newFirm(t, h, "Bedrift æøå "+string(rune('A'+i)), "5022"), Municipality: "5022", Hub: actor.Orgs()[0], Day: h.Today(), Kind: "visit", Minutes: 30, Result: outreach.NotNow}
		found := reach.Found{}
		if i < 3 {
			v.Result, found = outreach.Need, reach.Found{Text: "Vi mangler folk på saga", Headcount: 2, MandateGround: "Avtalt på besøket", Lang: "nb"}
		}
		if _, err := h.Reach.Record(t.Context(), actor, v, found, ""); err != nil {
			t.Fatal(err)
		}
	}
	after := all(t, h, actor)
	if after.Contacted-before.Contacted != 10 || after.Needs-before.Needs != 3 || after.Minutes-before.Minutes != 300 {
		t.Errorf("before %+v, after %+v", before, after)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(h.As("adviser").Get("/besok/trakt.csv?municipality=5022").Body, "\ufeff")))
	r.Comma = ';'
	lines, err := r.ReadAll()
	if err != nil || len(lines) != 3 {
		t.Fatalf("export: %v %v", lines, err)
	}
	steps, err := h.Reach.Funnel(t.Context(), actor, outreach.Filter{Municipality: "5022"})
	if err != nil {
		t.Fatal(err)
	}
	if got := lines[1]; got[0] != "Rennebu" || got[2] != itoa(steps[0].Contacted) || got[3] != itoa(steps[0].Needs) {
		t.Errorf("export %v, funnel %+v", got, steps[0])
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

// The funnel follows the need: an answer under development is found, a covered one
// is taken in use. An organisation visited twice is counted once.
func TestTheFunnelFollowsTheNeed(t *testing.T) {
	h := sitetest.New(t)
	actor := h.Actor("adviser")
	firm := newFirm(t, h, "Sagbruket på bygda", "5022")
	before := all(t, h, actor)
	visit := outreach.Visit{Organisation: firm, Municipality: "5022", Hub: actor.Orgs()[0], Day: h.Today(), Kind: "call", Minutes: 60, Result: outreach.NotNow}
	if _, err := h.Reach.Record(t.Context(), actor, visit, reach.Found{}, ""); err != nil {
		t.Fatal(err)
	}
	visit.Result = outreach.Need
	made, err := h.Reach.Record(t.Context(), actor, visit, reach.Found{Text: "Vi mangler folk på saga", Headcount: 2, MandateGround: "Avtalt", Lang: "nb"}, "drawn-form")
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.Reach.Record(t.Context(), actor, visit, reach.Found{Text: "Vi mangler folk på saga", Headcount: 2, MandateGround: "Avtalt", Lang: "nb"}, "drawn-form")
	if err != nil || again != made {
		t.Fatalf("sent twice: %s, then %s, %v", made, again, err)
	}
	v, err := h.Outreach.Get(t.Context(), actor, made)
	if err != nil || v.NeedID == "" {
		t.Fatalf("the visit has no need: %+v %v", v, err)
	}
	for _, step := range []struct {
		role       string
		to         need.Moving
		found, use int
	}{
		{"secretary", need.Moving{To: need.Presented}, 0, 0}, {"provider", need.Moving{To: need.InFollowUp}, 0, 0},
		{"provider", need.Moving{To: need.InDevelopment}, 1, 0}, {"adviser", need.Moving{To: need.Covered}, 1, 1},
	} {
		if _, err := h.Needs.Move(t.Context(), h.Actor(step.role), need.ID(v.NeedID), step.to); err != nil {
			t.Fatal(err)
		}
		got := all(t, h, actor)
		if got.Contacted-before.Contacted != 1 || got.Needs-before.Needs != 1 || got.Found-before.Found != step.found || got.InUse-before.InUse != step.use {
			t.Errorf("after %s: %+v, before all %+v", step.to.To, got, before)
		}
	}
}

// Everything that is wrong with a visit and its need is told at once, at its field,
// and nothing is stored.
func TestWhatIsWrongIsToldAtItsField(t *testing.T) {
	h := sitetest.New(t)
	c, actor := h.As("adviser"), h.Actor("adviser")
	before := all(t, h, actor)
	p := c.Post("/besok/ny", url.Values{"organisation": {"Eksempel Settefisk AS"}, "result": {"need"}, "kind": {"visit"}, "day": {"2026-12-24"}, "minutes": {"0"},
		"text": {"Vi mangler folk"}, "headcount": {""}})
	if p.Status != 422 {
		t.Fatalf("answers %d", p.Status)
	}
	for _, field := range []string{"day", "minutes"} {
		if p.Attr("#"+field, "aria-invalid") != "true" {
			t.Errorf("nothing is said at %s", field)
		}
	}
	if !strings.Contains(p.Text("#text"), "Vi mangler folk") {
		t.Error("what was typed is gone")
	}
	if after := all(t, h, actor); after != before {
		t.Errorf("something was stored: %+v, before %+v", after, before)
	}
	_, err := h.Reach.Record(t.Context(), actor, outreach.Visit{Organisation: newFirm(t, h, "Bakeriet", "5022"), Municipality: "5022", Hub: actor.Orgs()[0], Day: h.Today(), Kind: "visit",
		Minutes: 10, Result: outreach.Need}, reach.Found{Text: "Vi mangler en baker"}, "")
	if e, ok := fault.As(err); !ok || len(e.Fields) != 2 {
		t.Errorf("a need without number and mandate: %v", err)
	}
}

// Others' visits are not there: not on their page, in the list, nor in the figures.
func TestVisitsOfOthers(t *testing.T) {
	h := sitetest.New(t)
	actor := h.Actor("adviser")
	made, err := h.Reach.Record(t.Context(), actor, outreach.Visit{Organisation: newFirm(t, h, "Bakeriet på bygda", "5022"), Municipality: "5022", Hub: actor.Orgs()[0], Day: h.Today(), Kind: "visit",
		Minutes: 10, Result: outreach.NotNow}, reach.Found{}, "")
	if err != nil {
		t.Fatal(err)
	}
	for role, status := range map[string]int{"adviser": 200, "county": 200, "employer": 403, "provider": 403, "secretary": 403, "": 303} {
		if p := h.As(role).Get("/besok/" + string(made)); p.Status != status {
			t.Errorf("%q: %d, want %d", role, p.Status, status)
		}
	}
	other := access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RoleIntermediary, Org: newFirm(t, h, "En annen hage", "5025")}}}
	if _, err := h.Outreach.Get(t.Context(), other, made); !fault.Is(err, fault.NotFound) {
		t.Errorf("another hub: %v", err)
	}
	if got := all(t, h, other); got.Visits != 0 {
		t.Errorf("another hub's funnel: %+v", got)
	}
	if _, err := h.Outreach.Record(t.Context(), other, outreach.Visit{Organisation: actor.Orgs()[0], Municipality: "5022", Hub: actor.Orgs()[0], Day: h.Today(), Kind: "visit", Minutes: 1, Result: outreach.NotNow}, ""); !fault.Is(err, fault.Denied) {
		t.Errorf("recorded in the name of another hub: %v", err)
	}
}
