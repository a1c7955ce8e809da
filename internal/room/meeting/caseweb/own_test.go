package caseweb_test

import (
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/session/floor"
	"kompetansetorg/internal/room/meeting/session/own"
	"kompetansetorg/internal/site/sitetest"
)

// adopted is a case that the council adopted, at a cost, and that all six were asked to
// decide themselves; one has.
func adopted(t *testing.T, h *sitetest.House) casework.ID {
	t.Helper()
	ctx, system := t.Context(), access.SystemActor("test")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	matter := found(t, h, "Helsefag")
	c := matter.ID
	m, err := h.Meetings.Plan(ctx, system, session.NewMeeting{Body: matter.Body, Frame: session.Frame{Day: h.Today(), From: "10:00", To: "14:00", Place: "Røros"}})
	must(err)
	i, err := h.Agenda.Add(ctx, system, m, agenda.NewItem{Kind: session.File, Case: c})
	must(err)
	_, err = h.Agenda.Issue(ctx, system, m, 1, "")
	must(err)
	d, err := h.Meetings.Get(ctx, system, m)
	must(err)
	must(h.Floor.Begin(ctx, system, m, d.Version, d.Seats[0].ID))
	item := func() session.ItemDetail {
		x, err := h.Meetings.Item(ctx, system, i)
		must(err)
		return x
	}
	must(h.Floor.SetScope(ctx, system, i, item().Version, outcome.Some, "Leder"))
	must(h.Floor.SetCost(ctx, system, i, item().Version, 600_000*money.Krone, nil))
	var orgs []access.OrgID
	for _, x := range d.Seats {
		if !x.Votes {
			continue
		}
		must(h.Floor.Attend(ctx, system, m, session.Attendance{Seat: x.ID, Part: meeting.Member, Present: true}))
		_, err := h.Floor.TakePosition(ctx, system, i, floor.Taking{Seat: x.ID, Position: rule.For})
		must(err)
		orgs = append(orgs, x.Org)
	}
	must(h.Own.Ask(ctx, system, i, orgs, h.Today().AddDays(30)))
	_, err = h.Floor.Decide(ctx, system, i, item().Version, "Kommunene kjøper kursene sammen.")
	must(err)
	x := item().Own[0]
	must(h.Own.Answer(ctx, system, x.ID, x.Version, own.Answer{Answer: outcome.Yes, Ref: "PS 12/26", Day: h.Today(), Told: "Enstemmig"}))
	return c
}

// TestMembersDecisions reads the case as one of the council, and as one outside it.
func TestMembersDecisions(t *testing.T) {
	h := sitetest.New(t)
	c := adopted(t, h)
	p := h.As("mayor").Get("/saker/" + string(c))
	got := p.Text("section[aria-labelledby=own]")
	for _, want := range []string{"Vedtatt i 1 av 6", "PS 12/26", "Enstemmig", "Venter på svar", "Frist", "Kostnadsfordeling", "deles mellom dem som deltar", "Se saken i møtet"} {
		if !strings.Contains(got, want) {
			t.Errorf("the mayor does not read %q in %s", want, got)
		}
	}
	if n := len(p.All("section[aria-labelledby=own] table:first-of-type tbody tr")); n < 6 {
		t.Errorf("%d municipalities, want 6", n)
	}
	if h.Visitor().Get("/saker/" + string(c)).Has("section[aria-labelledby=own]") {
		t.Error("a visitor reads it before the minutes are out")
	}
}
