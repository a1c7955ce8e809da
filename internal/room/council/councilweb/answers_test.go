package councilweb_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/own"
	"kompetansetorg/internal/site/sitetest"
)

// row is the member's row of the table of answers.
func row(t *testing.T, p sitetest.Page, name string) string {
	t.Helper()
	for _, x := range p.All("main table tbody tr") {
		if strings.HasPrefix(x, name) {
			return x
		}
	}
	t.Fatalf("no row of %s in %v", name, p.All("main table tr"))
	return ""
}

// Six municipalities answer once, in the item: before the agreement is tied to it and
// after, by seat, link and office, and put right. The agreement says the same at every
// step, and holds with the sixth.
func TestMunicipalitiesAnswerOnce(t *testing.T) {
	m := decidedMatter(t)
	mayor, visitor := m.As("mayor"), m.Visitor()
	decidedOn := m.detail().Meeting.Day
	m.ask()
	m.begin()
	m.says(m.secretary, "Oppdal", "yes", "vedtak under sak om samarbeid", decidedOn.AddDays(-3))
	if v := m.version(); len(v.Answers) != 0 || v.Item.ID != "" {
		t.Errorf("a draft is answered: %+v", v.Answers)
	}
	m.sent()
	m.counts("when it is tied", "1 av 6")
	if a := m.answered("Oppdal"); a.Case != "vedtak under sak om samarbeid" || a.Day != decidedOn.AddDays(-3) || a.Reply != council.Yes || !a.InItem {
		t.Errorf("what was answered before: %+v", a)
	}
	number := m.detail().Number.String()
	if v := m.version(); v.DecidedOn != decidedOn || !strings.HasSuffix(v.DecidedBy, ", "+number) {
		t.Errorf("decided by %q on %s", v.DecidedBy, v.DecidedOn)
	}

	// By seat: the way leads from the agreement to the item.
	page := mayor.Get(m.page())
	if got := row(t, page, "Oppdal"); !strings.Contains(got, "Kommunestyret, sak vedtak under sak om samarbeid") || !strings.Contains(got, number) {
		t.Errorf("the row of one that has answered: %s", got)
	}
	to := mayor.Get(m.draft + "/svar?org=" + string(m.own("Røros").Org)).Location
	if to != m.ownPath("Røros") || link(t, page, to) != to || mayor.Get(m.draft+"/svar").Location != to {
		t.Errorf("the mayor is led to %q", to)
	}
	m.says(mayor, "Røros", "yes", "PS 11/26", decidedOn.AddDays(2))
	if got := mayor.Get(m.draft + "/svar").Location; got != m.path+"#own" {
		t.Errorf("a mayor who has answered is led to %q", got)
	}

	// By link, by one without an account.
	links := m.secretary.Follow(m.secretary.Post(m.ownPath("Melhus")+"/lenke", url.Values{})).Attr("input#link", "value")
	_, token, _ := strings.Cut(links, "/eget-vedtak/")
	post(t, visitor, "/eget-vedtak/"+token, url.Values{"answer": {"yes"}, "ref": {"PS 12/26"}, "day": {decidedOn.AddDays(9).String()}})
	m.counts("after the link", "3 av 6")

	// By the office, and put right.
	m.says(m.secretary, "Rennebu", "no", "PS 13/26", decidedOn.AddDays(3))
	if got := visitor.Get(m.page()).Text("#answers + p"); !strings.Contains(got, "Rennebu kommune har sagt nei") {
		t.Errorf("one has said no: %s", got)
	}
	m.says(m.secretary, "Rennebu", "yes", "PS 14/26", decidedOn.AddDays(4))
	m.says(m.secretary, "Holtålen", "yes", "PS 15/26", decidedOn.AddDays(5))
	m.counts("after five", "5 av 6")
	m.says(m.secretary, "Midtre", "yes", "PS 16/26", decidedOn.AddDays(6))
	m.counts("after six", "Alle kommunene har vedtatt avtalen")
	if v := m.version(); v.State != council.Adopted || v.From != decidedOn.AddDays(9) {
		t.Errorf("%s from %s", v.State, v.From)
	}

	// A no that comes after it is the item's alone.
	m.says(m.secretary, "Rennebu", "no", "PS 17/26", m.Today())
	if v := m.version(); v.State != council.Adopted || m.answered("Rennebu").Reply != council.Yes || m.own("Rennebu").Answer != outcome.No {
		t.Errorf("a no after it holds: %s, %+v", v.State, m.answered("Rennebu"))
	}
	if log := m.As("admin").Get("/administrasjon/logg").Text("main"); strings.Count(log, "Førte en kommunes vedtak om samarbeidsavtalen") != 7 {
		t.Errorf("the log has %d answers, want seven", strings.Count(log, "Førte en kommunes vedtak om samarbeidsavtalen"))
	}
}

// Those in the body are led to the item, others to the meeting, which is open to all.
func TestTheAgreementLeadsToWhereItWasDecided(t *testing.T) {
	m := decidedMatter(t)
	m.ask("Røros")
	m.begin()
	m.sent()
	at, _, _ := strings.Cut(m.path, "/saker/")
	for role, want := range map[string]string{"secretary": m.path + "#own", "mayor": m.path + "#own", "": at} {
		c := m.As(role)
		var got []string
		for _, href := range c.Get(m.page()).Attrs("main a[href]", "href") {
			if strings.HasPrefix(href, "/moter/") && !strings.Contains(href, "/egne-vedtak/") {
				got = append(got, href)
			}
		}
		if !slices.Equal(got, []string{want, want}) || c.Get(strings.TrimSuffix(want, "#own")).Status != http.StatusOK {
			t.Errorf("%q is led to %v, want %s", role, got, want)
		}
	}
}

// What all had answered before the agreement was tied brings it into force at once, and
// never from before the council itself decided.
func TestAllHadAnsweredBefore(t *testing.T) {
	m := decidedMatter(t)
	decidedOn := m.detail().Meeting.Day
	m.ask()
	for name := range m.members() {
		m.says(m.secretary, name, "yes", "PS 8/26", decidedOn.AddDays(-2))
	}
	m.begin()
	if p := m.sent(); !strings.Contains(p.Location, "council.ok.in_force") {
		t.Errorf("sent: %s", p.Location)
	}
	if v := m.version(); v.State != council.Adopted || v.From != decidedOn {
		t.Errorf("%s from %s", v.State, v.From)
	}
}

// A version that was given up is not answered any more, and lets go of its item: the next
// is decided in it, with what has been answered.
func TestAVersionThatWasGivenUpLetsGo(t *testing.T) {
	m := decidedMatter(t)
	m.ask()
	m.begin()
	m.sent()
	first := m.version().ID
	m.drop(m.draft + "/gi-opp")
	m.says(m.secretary, "Røros", "yes", "PS 8/26", m.Today())
	if v := m.version(); v.ID != first || v.State != council.Dropped || len(v.Answers) != 0 {
		t.Errorf("the version that was given up: %s %+v", v.State, v.Answers)
	}
	if m.own("Røros").Answer != outcome.Yes {
		t.Error("the item has lost the answer")
	}
	m.begin()
	m.sent()
	m.counts("tied anew", "1 av 6")
	if m.begin(); slices.Contains(m.offered(), string(m.item)) {
		t.Error("an item that a version has is offered to the next")
	}
}

// Only what the council has adopted in the open, in a meeting of its own, is offered or
// taken; without an item the form asks who decided and when, as before.
func TestWhatAnAgreementIsDecidedIn(t *testing.T) {
	m := decidedMatter(t)
	m.begin()
	offered := m.offered()
	if len(offered) != 3 || offered[0] != "" || !slices.Contains(offered, string(m.item)) {
		t.Fatalf("offered: %v", offered)
	}
	list, err := m.Meetings.List(t.Context(), system, session.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	var refused []session.ItemID
	for _, x := range list {
		d, err := m.Meetings.Get(t.Context(), system, x.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range d.Items {
			if !slices.Contains(offered, string(i.ID)) {
				refused = append(refused, i.ID)
			}
			if i.Case != "" && slices.Contains(offered, string(i.ID)) {
				c, err := m.Cases.Get(t.Context(), system, i.Case)
				if err != nil {
					t.Fatal(err)
				}
				c.Content.Closed, c.Content.Ground, c.Content.PublicTitle = true, "staff", "Sak unntatt offentlighet"
				if err := m.Cases.Edit(t.Context(), m.Actor("secretary"), c.ID, c.Version, c.Content); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if after := m.offered(); !slices.Equal(after, []string{"", string(m.item)}) {
		t.Errorf("offered when the case is closed: %v", after)
	}
	for _, id := range append(refused, session.ItemID(offered[1]), session.ItemID(offered[2])) {
		if id == m.item {
			continue
		}
		if p := m.send(url.Values{"item": {string(id)}}); p.Status != http.StatusUnprocessableEntity || !p.Has("select[name=item][aria-invalid]") {
			t.Errorf("the item %s: %d %s", id, p.Status, p.Text(".ds-error-summary"))
		}
		v := m.version()
		_, err := m.Councils.Send(t.Context(), m.Actor("secretary"), v.ID, v.Version, council.Decision{Item: council.ItemID(id), ByMembers: true})
		if f, ok := fault.As(err); !ok || f.Kind != fault.Invalid || f.Fields[0].Name != "item" {
			t.Errorf("the item %s, past the form: %v", id, err)
		}
	}
	if p := m.send(url.Values{"item": {""}}); p.Status != http.StatusUnprocessableEntity || !p.Has("input[name=decided_by][aria-invalid]") || !p.Has("input[name=decided_on][aria-invalid]") {
		t.Errorf("without an item and without a decision: %d", p.Status)
	}
	if p := m.send(url.Values{"decided_by": {"Rådet i plenum"}, "decided_on": {m.Today().String()}}); p.Status != http.StatusSeeOther {
		t.Fatalf("with words of its own: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	if v := m.version(); v.DecidedBy != "Rådet i plenum" || v.DecidedOn != m.Today() || string(v.Item.ID) != string(m.item) {
		t.Errorf("decided by %q on %s in %s", v.DecidedBy, v.DecidedOn, v.Item.ID)
	}
}

// Who was not asked in the item answers at the agreement, and who was asked does not. One
// that is asked afterwards stands as it answered until it answers there.
func TestWhoWasNotAskedAnswersAtTheAgreement(t *testing.T) {
	m := decidedMatter(t)
	m.ask("Oppdal", "Rennebu")
	m.begin()
	m.sent()
	mayor := m.As("mayor")
	form := mayor.Get(m.draft + "/svar")
	if form.Status != http.StatusOK || len(form.All("select[name=org] option")) != 1 {
		t.Fatalf("the mayor's form: %d", form.Status)
	}
	if got := m.secretary.Get(m.draft + "/svar").All("select[name=org] option"); len(got) != 5 || strings.Contains(strings.Join(got, " "), "Oppdal") {
		t.Errorf("the secretary writes for %v", got)
	}
	asked := council.Answer{Org: m.members()["Oppdal"], Reply: council.Yes, Place: "Kommunestyret", Case: "PS 3/26", Day: m.Today()}
	if _, err := m.Councils.Record(t.Context(), m.Actor("secretary"), m.version().ID, asked); !fault.Is(err, fault.Conflict) {
		t.Errorf("one that was asked in the item is recorded at the agreement: %v", err)
	}
	post(t, mayor, m.draft+"/svar", url.Values{"org": {string(m.members()["Røros"])}, "reply": {"yes"}, "place": {"Kommunestyret"}, "case": {"PS 4/26"}, "day": {m.Today().String()}})
	if got := row(t, mayor.Get(m.page()), "Røros"); !strings.Contains(got, "PS 4/26") || !strings.Contains(got, "Avtalen") {
		t.Errorf("the row: %s", got)
	}
	m.ask("Røros")
	if a := m.answered("Røros"); a.Case != "PS 4/26" || a.InItem {
		t.Errorf("asked afterwards: %+v", a)
	}
	m.says(mayor, "Røros", "no", "PS 5/26", m.Today())
	if a := m.answered("Røros"); a.Case != "PS 5/26" || !a.InItem || a.Reply != council.No {
		t.Errorf("answered there: %+v", a)
	}
}

// What one that has left says in the item is kept, and counts only for a member: its no
// holds nothing back, and counts when it is a member again.
func TestAMemberThatHasLeft(t *testing.T) {
	m := decidedMatter(t)
	m.ask()
	m.begin()
	m.sent()
	id, err := meeting.ParseBodyID(strings.TrimPrefix(m.at, "/organ/"))
	if err != nil {
		t.Fatal(err)
	}
	body, err := m.Bodies.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	gone := m.members()["Oppdal"]
	for _, x := range body.SeatsOn(m.Today()) {
		if x.Org != gone {
			continue
		}
		if err := m.Bodies.RemoveSeat(t.Context(), m.Actor("secretary"), x.ID, x.Version, m.Today().AddDays(-1)); err != nil {
			t.Fatal(err)
		}
	}
	m.says(m.secretary, "Oppdal", "no", "PS 2/26", m.Today())
	m.counts("when one has left", "0 av 5")
	if a := m.answered("Oppdal"); a.Reply != council.No || !a.InItem {
		t.Errorf("what it said is lost: %+v", a)
	}
	for _, name := range []string{"Melhus", "Midtre", "Røros", "Holtålen"} {
		m.says(m.secretary, name, "yes", "PS 2/26", m.Today())
	}
	if _, err := m.Bodies.AddSeat(t.Context(), m.Actor("secretary"), meeting.Seat{Body: id, Org: gone, Kind: rule.Mayor, From: m.Today()}); err != nil {
		t.Fatal(err)
	}
	m.says(m.secretary, "Rennebu", "yes", "PS 2/26", m.Today())
	if got := m.As("").Get(m.page()).Text("#answers + p"); !strings.Contains(got, "Oppdal kommune har sagt nei") || m.version().State != council.Sent {
		t.Errorf("back again: %s", got)
	}
	m.says(m.secretary, "Oppdal", "yes", "PS 9/26", m.Today())
	m.counts("after all", "Alle kommunene har vedtatt avtalen")
}

// What the council decides in a meeting that another body has called is not offered: there
// its own secretary may not be the one who writes.
func TestAMeetingThatAnotherCalled(t *testing.T) {
	m := decidedMatter(t)
	list, err := m.Bodies.List(t.Context(), meeting.Filter{Kinds: []meeting.Kind{meeting.ChiefExecs}})
	if err != nil || len(list) == 0 {
		t.Fatalf("no committee: %v", err)
	}
	m.inWriting(list[0].ID)
	joint := m.item
	m.begin()
	if got := m.offered(); len(got) == 0 || slices.Contains(got, string(joint)) {
		t.Errorf("offered: %v", got)
	}
	m.inWriting()
	if !slices.Contains(m.offered(), string(m.item)) {
		t.Error("the council's own is not offered")
	}
}

// A meeting that is cancelled after the council has decided in writing takes no answers:
// what was answered there stands, and the rest is answered at the agreement.
func TestAMeetingThatWasCancelled(t *testing.T) {
	m := decidedMatter(t)
	id := m.inWriting()
	m.ask()
	m.begin()
	m.sent()
	if v := m.version(); v.DecidedOn != m.Today() {
		t.Errorf("decided in writing on %s", v.DecidedOn)
	}
	m.says(m.secretary, "Oppdal", "no", "PS 2/26", m.Today())
	d, err := m.Meetings.Get(t.Context(), system, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Meetings.Cancel(t.Context(), m.Actor("secretary"), id, d.Version, "Uvær"); err != nil {
		t.Fatal(err)
	}
	x := m.own("Røros")
	if err := m.Own.Answer(t.Context(), m.Actor("mayor"), x.ID, x.Version, own.Answer{Answer: outcome.Yes, Ref: "PS 1/26", Day: m.Today()}); !fault.Is(err, fault.Conflict) {
		t.Errorf("the item of a cancelled meeting is answered: %v", err)
	}
	if m.answered("Oppdal").Reply != council.No {
		t.Error("what was answered before is lost")
	}
	mayor := m.As("mayor")
	if p := mayor.Get(m.draft + "/svar"); p.Status != http.StatusOK {
		t.Fatalf("the mayor's form: %d %s", p.Status, p.Location)
	}
	for name, c := range map[string]*sitetest.Client{"Røros": mayor, "Oppdal": m.secretary} {
		post(t, c, m.draft+"/svar", url.Values{"org": {string(m.members()[name])}, "reply": {"yes"}, "place": {"Kommunestyret"}, "case": {"PS 6/26"}, "day": {m.Today().String()}})
	}
	m.counts("answered at the agreement", "2 av 6")
	m.drop(m.draft + "/gi-opp")
	if m.begin(); slices.Contains(m.offered(), string(m.item)) {
		t.Error("an item of a cancelled meeting is offered")
	}
}
