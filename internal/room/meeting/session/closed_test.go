package session_test

import (
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
)

// A case that is closed after its agenda was sent and its minutes published is told of by
// its neutral title from then on, in what was sent and published too.
func TestAClosedCaseIsTakenOutOfWhatWasSent(t *testing.T) {
	h := open(t)
	const secret = "Oppkjøp av verkstedet"
	content := casework.Content{Kind: casework.Decision, Title: secret, Officer: "Rådgiver"}
	c, err := h.cases.Create(t.Context(), h.secretary(), casework.NewCase{Body: h.council, Content: content})
	h.must(err)
	m := h.plan(today)
	i, err := h.agenda.Add(t.Context(), h.secretary(), m, agenda.NewItem{Kind: session.File, Case: c})
	h.must(err)
	h.issue(m, "")
	h.begin(m)
	h.all(m)
	h.scope(i, outcome.All)
	h.votes(i, rule.For, members...)
	h.decide(i)
	_, err = h.followup.Add(t.Context(), h.secretary(), i, session.FollowUp{What: secret, Office: "Leder"})
	h.must(err)
	h.must(h.floor.End(t.Context(), h.secretary(), m, h.detail(m).Version, "15:10"))
	_, err = h.minutes.Publish(t.Context(), h.secretary(), m, h.detail(m).Version, "")
	h.must(err)
	told := func(a access.Actor) string {
		t.Helper()
		d, err := h.Get(t.Context(), a, m)
		h.must(err)
		rec, err := h.minutes.Get(t.Context(), a, m)
		h.must(err)
		todo, err := h.followup.List(t.Context(), a, h.council, session.Open)
		h.must(err)
		return dump(d) + dump(rec) + dump(todo)
	}
	if !strings.Contains(told(access.Actor{}), secret) {
		t.Fatal("the open case was not told of")
	}
	file, err := h.cases.Get(t.Context(), h.secretary(), c)
	h.must(err)
	content.Closed, content.Ground, content.PublicTitle = true, "privacy", "Sak om en virksomhet"
	h.must(h.cases.Edit(t.Context(), h.secretary(), c, file.Version, content))
	got := told(access.Actor{})
	if strings.Contains(got, secret) || strings.Contains(got, "Som foreslått") {
		t.Error("a visitor still reads the closed case")
	}
	if strings.Count(got, "Sak om en virksomhet") < 2 {
		t.Error("the neutral title does not stand in its place")
	}
	if _, _, err := h.floor.Outcome(t.Context(), access.Actor{}, i); err == nil {
		t.Error("a visitor reads how the closed case ended")
	}
	if !strings.Contains(told(h.mayor("Røros")), secret) {
		t.Error("a member does not read it any more")
	}
}
