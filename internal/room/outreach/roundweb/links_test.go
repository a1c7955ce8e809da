package roundweb_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/outreach/round"
	"kompetansetorg/internal/site/sitetest"
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

// The open link counts what came through it: a join that nothing was begun by holds
// its place for a day, and neither it nor an earlier link swells what was asked.
func TestOpenLinkCountsAnswers(t *testing.T) {
	h := open(t, 4)
	hub := h.Actor("adviser")
	r := h.roundOf(hub, h.firms[:1])
	open := func(most int) string {
		t.Helper()
		secret, err := h.Rounds.NewOpenLink(t.Context(), hub, r, most)
		if err != nil {
			t.Fatal(err)
		}
		return secret
	}
	join := func(secret string, firm int) (string, error) { return h.Rounds.Join(t.Context(), secret, h.nos[firm]) }
	first := open(1)
	gone, err := join(first, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := join(first, 2); !errors.Is(err, round.Full) {
		t.Errorf("a second within the day: %v", err)
	}
	if x, err := h.Rounds.Get(t.Context(), hub, r); err != nil || x.Sum.Invited != 1 {
		t.Errorf("asked %d (%v), want 1", x.Sum.Invited, err)
	}
	h.Wait(25 * time.Hour)
	mine, err := join(first, 2)
	if err != nil {
		t.Fatalf("the place of one who did not begin is not free: %v", err)
	}
	if _, err := h.Rounds.Begin(t.Context(), round.Key{Secret: mine}); err != nil {
		t.Fatal(err)
	}
	h.Wait(25 * time.Hour)
	if _, err := join(first, 3); !errors.Is(err, round.Full) {
		t.Errorf("one has begun, and another comes in: %v", err)
	}
	second := open(1)
	again, err := join(second, 1)
	if err != nil {
		t.Fatalf("an abandoned organisation cannot come back, or an earlier link counts: %v", err)
	}
	v := h.Visitor()
	if p := v.Get("/svar/" + gone); p.Status != http.StatusGone {
		t.Errorf("the link of the one who went away: %d", p.Status)
	}
	give(t, v, "/svar/"+again, answers())
	x, err := h.Rounds.Get(t.Context(), hub, r)
	if err != nil || x.Sum.Invited != 2 || x.Sum.Answered != 1 || x.Sum.Begun != 1 {
		t.Errorf("the sum is %+v, %v", x.Sum, err)
	}
	if p := h.As("adviser").Get("/runder/" + string(r) + "/resultat"); !strings.Contains(p.Text("main table"), "50 % (1 av 2)") {
		t.Errorf("the rate: %s", p.Text("main table"))
	}
}

// A round of many is shown a page at a time, and searched.
func TestManyInvitesArePaged(t *testing.T) {
	h := open(t, 30)
	r := h.round()
	adviser, at := h.As("adviser"), "/runder/"+string(r)
	rows := func(p sitetest.Page) []string { return p.All("section[aria-labelledby=invites] tbody tr") }
	first := adviser.Get(at)
	if n := len(rows(first)); n != 25 {
		t.Fatalf("%d rows on the first page", n)
	}
	next := adviser.Get(first.Attr(".kt-pager a", "href"))
	if n := len(rows(next)); n != 5 || !strings.Contains(next.Text(".kt-pager"), "26–30 av 30") {
		t.Errorf("%d rows on the second page: %s", n, next.Text(".kt-pager"))
	}
	if found := rows(adviser.Get(at + "?q=bedrift+c")); len(found) != 1 || !strings.Contains(found[0], "Prøvebedrift C") {
		t.Errorf("found %q", found)
	}
	if found := rows(adviser.Get(at + "?hvor-langt=waiting&q=bedrift+d")); len(found) != 1 {
		t.Errorf("waiting: %q", found)
	}
	if p := adviser.Get(at + "?hvor-langt=answered"); len(rows(p)) != 0 && !strings.Contains(p.Text("#invites"), "Ingen passer") || !strings.Contains(p.Text("main"), "Ingen passer med søket") {
		t.Errorf("answered: %s", p.Text("main"))
	}
}

// What the pages of a round tell while it goes on: at the field, of the day, and to
// those whom it concerns.
func TestSmallThingsOfARound(t *testing.T) {
	h := open(t, 2)
	hub := h.Actor("adviser")
	r := h.round()
	adviser, at := h.As("adviser"), "/runder/"+string(r)
	wrong := adviser.Post(at+"/inviter", url.Values{"numbers": {strings.Repeat("feil\n", 2000)}, "wave": {"1"}})
	if list := wrong.All(".ds-error-summary li"); len(list) != 11 || !strings.Contains(list[10], "linjer til er feil") {
		t.Errorf("%d lines of what is wrong", len(list))
	}
	form := adviser.Get("/runder/ny")
	elsewhere := adviser.Post("/runder/ny", url.Values{"hub": {string(h.firms[0])}, "title": {"En annens"}, "form": {form.Attr("input[name=form]", "value")}, "deadline": {h.Today().String()}, "first": {h.Today().String()}})
	if elsewhere.Status != http.StatusUnprocessableEntity {
		t.Errorf("a round of another hub: %d %s", elsewhere.Status, elsewhere.Location)
	}
	county := h.As("county")
	if p := county.Get(at); p.Status != http.StatusOK || strings.Contains(p.Text("main"), "Venter på lenke") {
		t.Errorf("the county sees who waits for a link: %d", p.Status)
	}
	if p := county.Get(at + "/lenker"); p.Status != http.StatusNotFound {
		t.Errorf("the county's page of links: %d", p.Status)
	}
	v, own := h.Visitor(), "/svar/"+h.links(r)[0]
	v.Post(own, nil)
	if done := v.Get(own + "/del/behov").All(".kt-steps li"); len(done) < 3 || !strings.Contains(done[1], "Ikke ferdig utfylt") {
		t.Errorf("the steps: %q", done)
	}
	h.Wait(13 * 24 * time.Hour)
	x, err := h.Rounds.Get(t.Context(), hub, r)
	if err == nil { // the reminder seven days before is today
		err = h.Rounds.Extend(t.Context(), hub, r, x.Version, h.Rounds.Today().AddDays(7))
	}
	if err == nil {
		err = h.Jobs.Drain(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	if x, err = h.Rounds.Get(t.Context(), hub, r); err != nil || x.Steps[len(x.Steps)-1].DoneAt.IsZero() {
		t.Errorf("the reminder that became due is not sent: %+v %v", x.Steps, err)
	}
	h.Wait(8 * 24 * time.Hour)
	if got := h.As("adviser").Get(at).Text("main .kt-head"); strings.Contains(got, "Åpen") || !strings.Contains(got, "Avsluttet") {
		t.Errorf("after the deadline: %s", got)
	}
}
