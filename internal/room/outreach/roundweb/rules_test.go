package roundweb_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/outreach"
	"kompetansetorg/internal/room/outreach/round"
)

// limited is a county officer whose role holds in the municipality only.
func limited(h *house, municipality string) access.Actor {
	a := h.Actor("county")
	a.Roles = append([]access.Assignment{}, a.Roles...)
	a.Roles[0].Scope = access.Scope{Kind: access.ScopeMunicipality, Ref: municipality}
	a.Roles[0].Municipalities = []string{municipality}
	return a
}

// Who knows of a round of the hub's, runs it, and reads its answers: "-" not at
// all, "r" reads, "x" does.
func TestWhoSeesAndRuns(t *testing.T) {
	h := open(t, 3)
	r := h.round()
	links := h.links(r)
	v := h.Visitor()
	give(t, v, "/svar/"+links[0], answers())
	x, err := h.Rounds.Get(t.Context(), h.Actor("adviser"), r)
	if err != nil {
		t.Fatal(err)
	}
	var answered, other round.InviteID
	for _, i := range x.Invites {
		if i.HasAnswered() {
			answered = i.ID
		} else {
			other = i.ID
		}
	}
	hub := h.Actor("adviser")
	elsewhere := hub
	elsewhere.Roles = []access.Assignment{{Role: access.RoleIntermediary, Org: h.firms[2]}}
	lead := hub
	lead.Roles = []access.Assignment{{Role: access.RoleMunicipalLead, Org: hub.Orgs()[0]}}
	for _, c := range []struct {
		name  string
		actor access.Actor
		want  string // get, answer, invite, links, extend, write for, list
	}{
		{"hub", hub, "rrxxxxr"}, {"its municipal lead", lead, "rrxxxxr"}, {"county", h.Actor("county"), "rr----r"}, {"county there", limited(h, "5022"), "rr----r"},
		{"county elsewhere", limited(h, "5007"), "-------"}, {"another adviser", elsewhere, "-------"}, {"secretary", h.Actor("secretary"), "-------"},
		{"employer", h.Actor("employer"), "-------"}, {"provider", h.Actor("provider"), "-------"}, {"learner", h.Actor("learner"), "-------"},
		{"admin", h.Actor("admin"), "-------"}, {"visitor", access.Actor{}, "-------"},
	} {
		got := ""
		mark := func(sign string, err error) {
			switch {
			case err == nil:
				got += sign
			case fault.Is(err, fault.NotFound), fault.Is(err, fault.Denied):
				got += "-"
			default:
				t.Errorf("%s: %v", c.name, err)
			}
		}
		ctx := t.Context()
		_, err := h.Rounds.Get(ctx, c.actor, r)
		mark("r", err)
		_, _, err = h.Rounds.Shown(ctx, c.actor, r, answered)
		mark("r", err)
		_, err = h.Rounds.Invite(ctx, c.actor, r, 1, h.firms)
		mark("x", err)
		_, err = h.Rounds.NewLinks(ctx, c.actor, r, other)
		mark("x", err)
		now, getErr := h.Rounds.Get(ctx, hub, r)
		if getErr != nil {
			t.Fatal(getErr)
		}
		mark("x", h.Rounds.Extend(ctx, c.actor, r, now.Version, now.Deadline))
		_, err = h.Rounds.Begin(ctx, round.Key{Actor: c.actor, Round: r, Invite: other})
		mark("x", err)
		list, err := h.Rounds.List(ctx, c.actor, "", "", 50)
		if err != nil {
			t.Fatal(err)
		}
		sees := "-"
		for _, e := range list.Items {
			if e.ID == r {
				sees = "r"
			}
		}
		if got += sees; got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	for role, want := range map[string]int{"adviser": 200, "county": 200, "secretary": 404, "employer": 403, "learner": 403} {
		for _, page := range []string{"", "/resultat", "/svar/" + string(answered), "/resultat.csv"} {
			if p := h.As(role).Get("/runder/" + string(r) + page); p.Status != want {
				t.Errorf("%s on %s: %d, want %d", role, page, p.Status, want)
			}
		}
	}
}

// Waves and reminders go on their days, by mail to those the house has an address
// of, and to nobody twice; the answered are left in peace.
func TestWavesAndReminders(t *testing.T) {
	h := open(t, 0)
	actor, today := h.Actor("adviser"), h.Today()
	sawmill := h.Actor("employer").Orgs()[0]
	hospital, err := h.Orgs.Find(t.Context(), "Eksempel sykehjem, Røros")
	if err != nil {
		t.Fatal(err)
	}
	r, err := h.Rounds.Create(t.Context(), actor, round.Content{Hub: actor.Orgs()[0], Title: "Bølger og påminnelser", Form: h.survey(), Deadline: today.AddDays(20),
		Waves: []clock.Date{today, today.AddDays(3)}, Reminders: []int{7}})
	for wave, o := range []org.ID{sawmill, hospital} {
		if err == nil {
			_, err = h.Rounds.Invite(t.Context(), actor, r, wave+1, []org.ID{o})
		}
	}
	if err == nil {
		err = h.Rounds.Start(t.Context(), actor, r, 1)
	}
	if err != nil {
		t.Fatal(err)
	}
	letters := func(what string) int {
		t.Helper()
		if err := h.Jobs.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := h.Rounds.Send(t.Context(), nil); err != nil { // once more changes nothing
			t.Fatal(err)
		}
		n := 0
		for after := ""; ; {
			page, err := h.Follow.Written(t.Context(), access.Actor{}, after, 100)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range page.Items {
				if strings.Contains(l.Subject, what+"Bølger og") {
					n++
				}
			}
			if after = page.Next; after == "" {
				return n
			}
		}
	}
	due := func(kind round.StepKind, done, of int) {
		t.Helper()
		x, err := h.Rounds.Get(t.Context(), actor, r)
		if err != nil || x.Sending == nil || x.Sending.Kind != kind || x.Sending.Done != done || x.Sending.Of != of {
			t.Errorf("due: %+v, %v; want %s, %d of %d", x.Sending, err, kind, done, of)
		}
	}
	due(round.Wave, 0, 1)
	if n := letters(""); n != 1 {
		t.Fatalf("%d letters in the first wave", n)
	}
	h.Wait(3 * 24 * time.Hour)
	due(round.Wave, 0, 1)
	if n := letters(""); n != 2 {
		t.Fatalf("%d letters after the second wave", n)
	}
	page, err := h.Follow.Written(t.Context(), access.Actor{}, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range page.Items {
		if strings.Contains(l.Subject, "Bølger og") {
			_, rest, _ := strings.Cut(l.Body, "/svar/")
			secret, _, _ := strings.Cut(rest, "\n")
			give(t, h.Visitor(), "/svar/"+secret, answers())
			break // the newest letter: the hospital's
		}
	}
	h.Wait(10 * 24 * time.Hour)
	due(round.Reminder, 0, 1)
	if n := letters("Påminnelse: "); n != 1 {
		t.Errorf("%d reminders, want one: to the sawmill alone", n)
	}
	x, err := h.Rounds.Get(t.Context(), actor, r)
	if err == nil {
		err = h.Rounds.Extend(t.Context(), actor, r, x.Version, today.AddDays(40))
	}
	if err != nil {
		t.Fatal(err)
	}
	h.Wait(20 * 24 * time.Hour)
	if n := letters("Påminnelse: "); n != 2 {
		t.Errorf("%d reminders after the deadline was moved, want two", n)
	}
}

// The open link lets those in who are not invited, once each and up to its number.
func TestOpenLink(t *testing.T) {
	h := open(t, 3)
	h.firms = h.firms[:1]
	r := h.round()
	secret, err := h.Rounds.NewOpenLink(t.Context(), h.Actor("adviser"), r, 1)
	if err != nil {
		t.Fatal(err)
	}
	v := h.Visitor()
	at := "/bli-med/" + secret
	for number, says := range map[string]string{"": "", "123": "123 er ikke et gyldig", h.nos[1] + "\n" + h.nos[2]: "bare ett", h.nos[0]: "med i runden fra før", number(77): "ingen virksomhet"} {
		p := v.Post(at, url.Values{"number": {number}})
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Text(".ds-error-summary"), says) || p.Attr("input[name=number]", "value") != number {
			t.Errorf("number %q: %d %s", number, p.Status, p.Text(".ds-error-summary"))
		}
	}
	p := v.Post(at, url.Values{"number": {h.nos[1]}})
	if p.Status != http.StatusSeeOther || !strings.HasPrefix(p.Location, "/svar/") {
		t.Fatalf("join: %d %s", p.Status, p.Text("main"))
	}
	give(t, v, p.Location, answers())
	if p = v.Post(at, url.Values{"number": {h.nos[2]}}); p.Status != http.StatusGone {
		t.Errorf("more than it takes: %d", p.Status)
	}
	x, err := h.Rounds.Get(t.Context(), h.Actor("adviser"), r)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range x.Invites {
		if i.HasAnswered() && i.Via != round.ByOpen {
			t.Errorf("the answer is marked %q", i.Via)
		}
	}
	if err := h.Rounds.RevokeOpenLink(t.Context(), h.Actor("adviser"), r); err != nil {
		t.Fatal(err)
	}
	if p = v.Get(at); p.Status != http.StatusGone || !strings.Contains(p.Text("main"), "virker ikke lenger") {
		t.Errorf("stopped: %d", p.Status)
	}
}

// The result counts what may be counted, the funnel takes an answer for a contact
// and an invitation for none, and the hub's own writing is marked so.
func TestResultAndFunnel(t *testing.T) {
	h := open(t, 4)
	actor := h.Actor("adviser")
	contacted := func() int {
		t.Helper()
		steps, err := h.Reach.Funnel(t.Context(), actor, outreach.Filter{Municipality: "5022"})
		if err != nil {
			t.Fatal(err)
		}
		return steps[len(steps)-1].Contacted
	}
	before := contacted()
	r := h.round()
	if got := contacted(); got != before {
		t.Errorf("an invitation counts as contact: %d, before %d", got, before)
	}
	links := h.links(r)
	with := answers()
	for i := range 2 {
		give(t, h.Visitor(), "/svar/"+links[i], with)
	}
	if got := contacted(); got != before+2 {
		t.Errorf("contacted %d, want %d", got, before+2)
	}
	adviser := h.As("adviser")
	at := "/runder/" + string(r)
	if p := adviser.Get(at + "/resultat"); !strings.Contains(p.Text("main table"), "50 % (2 av 4)") || strings.Contains(p.Text("main table"), "100 %") || !strings.Contains(p.Text("main table"), "for få svar") {
		t.Errorf("two answers: %s", p.Text("main table"))
	}
	x, err := h.Rounds.Get(t.Context(), actor, r)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range x.Invites {
		if i.HasAnswered() {
			continue
		}
		p := give(t, adviser, fmt.Sprintf("%s/for/%s", at, i.ID), with)
		if answer := adviser.Get(p.Location); !strings.Contains(answer.Text("main"), "Ført opp av Nasjonalparken Næringshage AS") {
			t.Errorf("the source is not marked: %s", answer.Text("main .kt-facts"))
		}
		break
	}
	p := adviser.Get(at + "/resultat")
	if got := p.Text("main table"); !strings.Contains(got, "75 % (3 av 4)") || !strings.Contains(got, "100 % (3 av 3)") || !strings.Contains(got, "0 % (0 av 3)") {
		t.Errorf("three answers: %s", got)
	}
	if n := len(p.All("section[aria-labelledby=follow] tbody tr")); n != 3 {
		t.Errorf("%d to follow up", n)
	}
	document := adviser.Get(at + "/papir").Text("main article")
	for _, want := range []string{"4 virksomheter", "3 virksomheter", "75 % (3 av 4)"} {
		if !strings.Contains(document, want) {
			t.Errorf("no %q on the paper: %s", want, document)
		}
	}
	for _, i := range x.Invites {
		if strings.Contains(document, i.Name) {
			t.Errorf("the paper names %s: %s", i.Name, document)
		}
	}
	if csv := adviser.Get(at + "/resultat.csv").Body; !strings.Contains(csv, "Rennebu;4;3;") {
		t.Errorf("export: %s", csv)
	}
	if p := adviser.Get(at + "/resultat.xlsx"); p.Status != http.StatusOK || !strings.HasPrefix(p.Body, "PK") {
		t.Errorf("workbook: %d", p.Status)
	}
}
