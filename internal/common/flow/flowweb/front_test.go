package flowweb_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

func TestVisitorsLearnWhatThisIs(t *testing.T) {
	p := sitetest.New(t).Visitor().Get("/")
	for _, href := range []string{"/behov/ny", "/tilbud", "/ettersporsel", "/verktoykasse"} {
		if !p.Has("main a[href='" + href + "']") {
			t.Errorf("no way to %s", href)
		}
	}
	if !p.Has("main form[action='/finn'] [name=q]") {
		t.Error("the question cannot be asked on the front page")
	}
}

func TestBallsNewsAndShortcutsFollowTheRole(t *testing.T) {
	h := sitetest.New(t)
	secretary := h.As("secretary").Get("/")
	balls := secretary.All("main table tbody tr")
	if len(balls) == 0 || !strings.Contains(balls[0], "Over fristen") {
		t.Errorf("what is late does not stand first: %q", balls)
	}
	for _, href := range secretary.Attrs("main table tbody a", "href") {
		c := h.As("secretary")
		p := c.Get(href)
		if p.Location != "" { // a task in a meeting leads on to its item
			p = c.Follow(p)
		}
		if p.Status != 200 {
			t.Errorf("%s answers %d", href, p.Status)
			break
		}
	}
	adviser := h.As("adviser").Get("/")
	if !adviser.Has("main .kt-timeline a[href^='/behov/']") {
		t.Error("the news does not lead to what changed")
	}
	seen := map[string]bool{}
	for _, href := range adviser.Attrs("main .kt-timeline a", "href") {
		if seen[href] {
			t.Errorf("%s is news twice", href)
		}
		seen[href] = true
	}
	if got := h.As("county").Get("/").Text("main table"); !strings.Contains(got, "Årshjulet 20") {
		t.Errorf("a round of the annual wheel is called %s", got)
	}
	for _, role := range []string{"mayor", "forum_member", "secretary"} {
		if !h.As(role).Get("/").Has("main a[href='/moter']") {
			t.Errorf("%s finds no way to the meetings", role)
		}
	}
	provider := h.As("provider").Get("/")
	if !provider.Has("main a[href='/foresporsler']") || provider.Has("main a[href='/behov/import']") {
		t.Error("a provider's shortcuts are not those of a provider")
	}
	employer := h.As("employer").Get("/")
	if !employer.Has("main .kt-empty") && !strings.Contains(employer.Text("main"), "Ingenting venter") {
		t.Error("an employer without tasks is not told so")
	}
	if got := h.As("learner").Get("/").Text("main"); !strings.Contains(got, "Søknad om plass") {
		t.Errorf("a learner who is offered a place reads %s", got)
	}
}

// The most urgent tasks stand on the front page, with how many there are and the
// way to the rest. The demo's secretary works in Trøndelag Sør, and has no tasks
// in Frøya.
func TestTasksOfTheAreaAndTheWayToAllOfThem(t *testing.T) {
	h := sitetest.New(t)
	c := h.As("secretary")
	p := c.Get("/")
	var before int
	if _, err := fmt.Sscanf(p.Text(".kt-lead"), "%d saker venter", &before); err != nil || len(p.All("main table tbody tr")) != min(before, 20) {
		t.Errorf("%d tasks: %q", before, p.Text(".kt-lead"))
	}
	o, err := h.Orgs.Register(t.Context(), access.SystemActor("test"), org.Registration{Kind: org.Company, Name: "Mange Behov AS", Municipality: "5014"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 26 {
		in := need.Content{Text: "Vi trenger folk til merdene", Organisation: o.ID, Municipality: "5014", Headcount: 1 + i}
		if i%2 == 0 {
			in.Municipality = "5021"
		}
		if _, err := h.Needs.Register(t.Context(), access.SystemActor("test"), in); err != nil {
			t.Fatal(err)
		}
	}
	p = c.Get("/")
	lead := fmt.Sprintf("%d saker venter på deg eller virksomheten din. De 20 som haster mest, står her.", before+13)
	if rows := len(p.All("main table tbody tr")); rows != 20 || p.Text(".kt-lead") != lead {
		t.Errorf("%d rows under %q, want %q", rows, p.Text(".kt-lead"), lead)
	}
	more := p.Attr("main a[href='/oppgaver']", "href")
	if want := fmt.Sprintf("Vis alle (%d)", before+13); p.Text("main a[href='/oppgaver']") != want {
		t.Errorf("the way to all says %q, want %q", p.Text("main a[href='/oppgaver']"), want)
	}
	all := c.Get(more)
	for next := all; ; next = c.Get(next.Attr("main a[rel=next]", "href")) {
		if strings.Contains(next.Text("main table tbody"), "Frøya") {
			t.Error("the secretary of Trøndelag Sør has the ball of a need in Frøya")
		}
		if !next.Has("main a[rel=next]") {
			break
		}
	}
	if first, row := p.Attrs("main table tbody a", "href"), all.Attrs("main table tbody a", "href"); len(row) < 20 || !slices.Equal(row[:20], first) {
		t.Errorf("the list begins with %q, the front page with %q", row, first)
	}
}

// What changed is news only to those who may still know of the thing: a provider
// that handed a need back no longer does when it has been closed since.
func TestNewsKeepsToWhatTheReaderMaySee(t *testing.T) {
	h := sitetest.New(t)
	ctx, owner, provider := t.Context(), h.Actor("employer"), h.Actor("provider")
	in := need.Content{Text: "Vi trenger noen som kan blåse glass", Organisation: owner.Orgs(access.RoleOrgMember)[0], Municipality: "5022", Headcount: 1}
	n, err := h.Needs.Register(ctx, owner, in)
	if err != nil {
		t.Fatal(err)
	}
	move := func(actor access.Actor, m need.Moving) {
		t.Helper()
		if n, err = h.Needs.Move(ctx, actor, n.ID, m); err != nil {
			t.Fatal(err)
		}
	}
	move(provider, need.Moving{To: need.InFollowUp})
	move(provider, need.Moving{To: need.Discussed, Note: "Vi har ikke faget"})
	move(h.Actor("county"), need.Moving{To: need.NotPossible, Note: "Ingen har faget"})
	link := "main .kt-timeline a[href='/behov/" + string(n.ID) + "']"
	if !h.As("provider").Get("/").Has(link) {
		t.Fatal("what became of the need is no news to the provider that had it")
	}
	in.Confidentiality, in.ConfidentialityGround = need.Internal, "offentleglova § 13"
	if _, err := h.Needs.Edit(ctx, owner, n.ID, n.Version, in); err != nil {
		t.Fatal(err)
	}
	if h.As("provider").Get("/").Has(link) {
		t.Error("the news names a need that the provider may not know of")
	}
}
