package roundweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/outreach/round"
)

// Those who were invited to a wave that is cut are moved to the last one, and get
// their links.
func TestCutWaves(t *testing.T) {
	h := open(t, 2)
	hub, today := h.Actor("adviser"), h.Today()
	in := round.Content{Hub: hub.Orgs()[0], Title: "Bølger", Form: h.survey(), Deadline: today.AddDays(20), Waves: []clock.Date{today, today.AddDays(1), today.AddDays(2)}}
	r, err := h.Rounds.Create(t.Context(), hub, in)
	for wave, o := range map[int]org.ID{1: h.firms[0], 3: h.firms[1]} {
		if err == nil {
			_, err = h.Rounds.Invite(t.Context(), hub, r, wave, []org.ID{o})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	adviser, at := h.As("adviser"), "/runder/"+string(r)
	p := adviser.Get(at + "/rediger")
	saved := adviser.Post(at+"/rediger", url.Values{"version": {p.Attr("input[name=version]", "value")}, "title": {"Bølger"}, "form": {string(in.Form)}, "deadline": {in.Deadline.String()},
		"first": {today.String()}, "later": {""}, "reminders": {""}})
	if saved.Status != http.StatusSeeOther || !strings.Contains(saved.Location, "round.said.moved") {
		t.Fatalf("save: %d %s %v", saved.Status, saved.Location, saved.All(".ds-error-summary li"))
	}
	if got := h.invite(hub, r, h.firms[1]).Wave; got != 1 {
		t.Errorf("wave %d, want the last: 1", got)
	}
	if err := h.Rounds.Start(t.Context(), hub, r, 2); err != nil {
		t.Fatal(err)
	}
	if links := h.links(r); len(links) != 2 {
		t.Errorf("%d links, want 2", len(links))
	}
}

// "Lag lenker" is for those who wait: what has been handed over goes on working.
func TestNewLinksLeaveTheOldAlone(t *testing.T) {
	h := open(t, 3)
	first := h.firms
	r := h.roundOf(h.Actor("adviser"), first[:2])
	handed := h.links(r)
	if _, err := h.Rounds.Invite(t.Context(), h.Actor("adviser"), r, 1, first[2:]); err != nil {
		t.Fatal(err)
	}
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if more := h.links(r); len(more) != 1 {
		t.Errorf("%d links, want one: for the one who waits", len(more))
	}
	v := h.Visitor()
	for _, secret := range handed {
		if p := v.Get("/svar/" + secret); p.Status != http.StatusOK {
			t.Errorf("a link that was handed over: %d", p.Status)
		}
	}
	h.renewed(r, h.invite(h.Actor("adviser"), r, first[0]).ID)
	if p := v.Get("/svar/" + handed[0]); p.Status != http.StatusGone {
		t.Errorf("a link that was renewed: %d", p.Status)
	}
}

// A link that was stopped stays so: no reminder brings a new one.
func TestStoppedStaysStopped(t *testing.T) {
	h := open(t, 0)
	hub := h.Actor("adviser")
	sawmill := h.Actor("employer").Orgs()[0]
	r := h.roundOf(hub, []org.ID{sawmill})
	i := h.invite(hub, r, sawmill)
	if !i.Mailed || i.Stopped {
		t.Fatalf("no letter went: %+v", i)
	}
	if err := h.Rounds.RevokeLinks(t.Context(), hub, r, i.ID); err != nil {
		t.Fatal(err)
	}
	if p := h.As("adviser").Get("/runder/" + string(r)); !strings.Contains(p.Text("#inv-"+string(i.ID)), "Stengt") || p.Has("#inv-"+string(i.ID)+" form[action$='/steng']") {
		t.Errorf("the table says %q", p.Text("#inv-"+string(i.ID)))
	}
	letters := func() int {
		t.Helper()
		h.Wait(8 * 24 * time.Hour)
		if err := h.Jobs.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := h.Rounds.Send(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		page, err := h.Follow.Written(t.Context(), access.Actor{}, "", 100)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, l := range page.Items {
			if strings.HasPrefix(l.Subject, "Påminnelse: Hva trenger Rennebu?") {
				n++
			}
		}
		return n
	}
	if n := letters(); n != 0 {
		t.Errorf("%d reminders to one whose link was stopped", n)
	}
	h.renewed(r, i.ID)
	x, err := h.Rounds.Get(t.Context(), hub, r)
	if err == nil {
		err = h.Rounds.Extend(t.Context(), hub, r, x.Version, h.Rounds.Today().AddDays(14))
	}
	if err != nil {
		t.Fatal(err)
	}
	if n := letters(); n != 1 {
		t.Errorf("%d reminders after a new link was made, want one", n)
	}
}
