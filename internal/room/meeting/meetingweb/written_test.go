package meetingweb_test

import (
	"strings"
	"testing"

	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/session/floor"
	"kompetansetorg/internal/site/sitetest"
)

// TestTheMinutesSayWhatWasDecidedInWriting decides one of two items in writing before the
// meeting: the minutes say so of that one, with the day and why it could not wait.
func TestTheMinutesSayWhatWasDecidedInWriting(t *testing.T) {
	h := sitetest.New(t)
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	m, err := h.Meetings.Plan(ctx, system, session.NewMeeting{Body: meeting.BodyID(council(t, h).ID), Frame: session.Frame{Day: h.Today().AddDays(9), From: "10:00", To: "14:00", Place: "Røros"}})
	must(err)
	i, err := h.Agenda.Add(ctx, system, m, agenda.NewItem{Kind: session.Other, Content: session.Content{Title: "Søknad om tilskudd"}})
	must(err)
	_, err = h.Agenda.Add(ctx, system, m, agenda.NewItem{Kind: session.Other, Content: session.Content{Title: "Møteplan"}})
	must(err)
	_, err = h.Agenda.Issue(ctx, system, m, 1, "")
	must(err)
	item := func() session.ItemDetail {
		x, err := h.Meetings.Item(ctx, system, i)
		must(err)
		return x
	}
	must(h.Floor.SetScope(ctx, system, i, item().Version, outcome.All, "Leder"))
	must(h.Floor.SetUrgent(ctx, system, i, item().Version, h.Today().AddDays(2), "Søknadsfristen er fredag."))
	for _, x := range item().Seats {
		if x.Votes {
			_, err := h.Floor.RegisterForehand(ctx, system, i, floor.Taking{Seat: x.ID, Position: rule.For, InWriting: true}, outcome.Writing, "E-post")
			must(err)
		}
	}
	_, err = h.Floor.Decide(ctx, system, i, item().Version, "Rådet søker om tilskudd.")
	must(err)
	d, err := h.Meetings.Get(ctx, system, m)
	must(err)
	must(h.Floor.Begin(ctx, system, m, d.Version, d.Seats[0].ID))
	got := h.As("secretary").Get("/moter/" + string(m) + "/motebok").Text("main")
	if strings.Count(got, "Saken ble avgjort skriftlig") != 1 || !strings.Contains(got, "§ 11-8") || !strings.Contains(got, "Derfor kunne saken ikke vente: Søknadsfristen er fredag.") {
		t.Errorf("the minutes: %s", got)
	}
}
