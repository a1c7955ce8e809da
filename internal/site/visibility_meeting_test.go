package site_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/site/sitetest"
)

// TestMeetingVisibility holds the pages of a meeting of the council against one matrix,
// role by role as caseReaders has them; and every surface that tells of the meeting against
// the title of an item that is proposed closed.
func TestMeetingVisibility(t *testing.T) {
	h := sitetest.New(t)
	ctx, system := context.Background(), access.SystemActor("test")
	d := councilAhead(t, h)
	const secret, neutral = "Oppsigelsesavtale", "Personalsak nummer to"
	closed, err := h.Agenda.Add(ctx, system, d.ID, agenda.NewItem{Kind: session.Other, Content: session.Content{Title: secret, PublicTitle: neutral, Ground: "staff"}})
	if err != nil {
		t.Fatal(err)
	}
	if d, err = h.Meetings.Get(ctx, system, d.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Agenda.Issue(ctx, system, d.ID, d.Version, "En sak til"); err != nil {
		t.Fatal(err)
	}
	if err := h.Search.Work(ctx, nil); err != nil {
		t.Fatal(err)
	}
	at := "/moter/" + string(d.ID)
	item := at + "/saker/" + string(closed)
	for path, want := range map[string][]int{
		at:                      {200, 200, 200, 200, 200, 200, 200, 200, 200, 200},
		at + "/innkalling":      {200, 200, 200, 200, 200, 200, 200, 200, 200, 200},
		at + "/saksliste":       {303, 404, 404, 404, 404, 404, 404, 404, 404, 200},
		at + "/send-ut":         {303, 404, 404, 404, 404, 404, 404, 404, 404, 200},
		item:                    {303, 404, 404, 404, 404, 404, 404, 200, 200, 200},
		item + "/standpunkt":    {303, 404, 404, 404, 404, 404, 404, 200, 403, 200},
		item + "/kostnad":       {303, 404, 404, 404, 404, 404, 404, 404, 404, 200},
		item + "/hastesak":      {303, 404, 404, 404, 404, 404, 404, 404, 404, 200},
		item + "/egne-vedtak":   {303, 404, 404, 404, 404, 404, 404, 404, 404, 200},
		"/eget-vedtak/whatever": {404, 404, 404, 404, 404, 404, 404, 404, 404, 404},
	} {
		for i, role := range caseReaders {
			if got := h.As(role).Get(path).Status; got != want[i] {
				t.Errorf("%q at %s: %d, want %d", role, strings.ReplaceAll(path, string(d.ID), "…"), got, want[i])
			}
		}
	}
	for i, role := range caseReaders {
		c := h.As(role)
		for surface, p := range map[string]sitetest.Page{"the meeting": c.Get(at), "the agenda": c.Get(at + "/innkalling"), "its HTML": c.Get(at + "/innkalling.html"), "the calendar": c.Get("/moter"),
			"the calendar file": c.Get(at + "/kalender.ics"), "the body": c.Get("/organ/" + string(d.Body)), "JSON": c.Get("/api/v1/meetings/" + string(d.ID)),
			"meetings of the body": c.Get("/api/v1/bodies/" + string(d.Body) + "/meetings"), "search": c.Get("/api/v1/search?q=" + url.QueryEscape(secret))} {
			told := strings.Contains(p.Body, secret)
			if told && (i < 7 || surface == "search" || surface == "the calendar file") {
				t.Errorf("%q learns the closed title from %s", role, surface)
			}
			if surface == "the meeting" && !told && i >= 7 {
				t.Errorf("%q in the body does not read the title", role)
			}
			if surface == "the meeting" && i < 7 && !strings.Contains(p.Body, neutral) {
				t.Errorf("%q does not read the neutral title", role)
			}
		}
		if p := c.Get("/api/v1/search?q=" + url.QueryEscape("desentralisert utdanning Røros")); !strings.Contains(p.Body, string(d.ID)) {
			t.Errorf("%q does not find the meeting by its agenda", role)
		}
	}
}

// councilAhead is the council's meeting of the demo that is called to.
func councilAhead(t *testing.T, h *sitetest.House) session.Detail {
	t.Helper()
	system := access.SystemActor("test")
	list, err := h.Meetings.List(context.Background(), system, session.Filter{States: []session.State{session.Sent}})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		if strings.Contains(m.BodyName, "politisk råd") && !m.Day.Before(h.Today()) {
			d, err := h.Meetings.Get(context.Background(), system, m.ID)
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
	}
	t.Fatal("the council is not called to a meeting")
	return session.Detail{}
}
