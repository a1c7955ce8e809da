package meetingweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/site/sitetest"
)

// sent is a meeting of the council whose agenda has been sent, with an open item and one
// that is proposed closed.
func sent(t *testing.T, h *sitetest.House) (path string, open, closed session.Item) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	m, err := h.Meetings.Plan(t.Context(), system, session.NewMeeting{Body: council(t, h).ID,
		Frame: session.Frame{Day: clock.MustDate(h.Today().String()), From: "10:00", To: "14:00", Place: "Røros", Remote: true, Link: "https://example.no/hemmelig-lenke"}})
	must(err)
	for _, c := range []session.Content{{Title: "Buss til samlingene", Matter: outcome.Ordinary}, {Title: "Hemmelig personalsak", Ground: "staff", PublicTitle: "Personalsak", Matter: outcome.Ordinary}} {
		_, err = h.Agenda.Add(t.Context(), system, m, agenda.NewItem{Kind: session.Other, Content: c})
		must(err)
	}
	path = "/moter/" + string(m)
	_, err = h.Agenda.Issue(t.Context(), system, m, detail(t, h, path).Version, "")
	must(err)
	d := detail(t, h, path)
	return path, item(t, d, "Buss"), item(t, d, "Hemmelig")
}

// listens opens the page and follows it, as its script does.
func listens(t *testing.T, c *sitetest.Client, path string) *sitetest.Listening {
	t.Helper()
	p := c.Get(path)
	at := p.Attr("[data-watch]", "data-watch")
	if p.Status != http.StatusOK || at == "" {
		t.Fatalf("%s: %d, listens at %q", path, p.Status, at)
	}
	if p.Attr("[data-watch] a", "href") != path {
		t.Errorf("without script the page is loaded anew at %q", p.Attr("[data-watch] a", "href"))
	}
	l := c.Listen(at)
	if l.Status != http.StatusOK {
		t.Fatalf("%s: %d", at, l.Status)
	}
	return l
}

func changed(t *testing.T, l *sitetest.Listening) (mark string) {
	t.Helper()
	mark, ok := strings.CutPrefix(l.Next(), "changed ")
	if !ok {
		t.Fatalf("heard %q", mark)
	}
	return mark
}

// What one does in the meeting is told to the others, who fetch the parts of the page
// anew and see it.
func TestWhatHappensInTheMeetingIsSeenByTheOthers(t *testing.T) {
	h := sitetest.New(t)
	path, bus, _ := sent(t, h)
	secretary := room{t, h.As("secretary")}
	mayor, exec := h.As("mayor"), h.As("chief_exec")
	at := path + "/saker/" + string(bus.ID)
	onPage, onItem := listens(t, mayor, path), listens(t, exec, at)

	d := detail(t, h, path)
	secretary.post(path+"/start", url.Values{"version": {v(d.Version)}, "chair": {votes(d)[0]}}, http.StatusSeeOther)
	changed(t, onPage)
	changed(t, onItem)
	p := mayor.Part(path)
	if p.Status != http.StatusOK || p.Has("header") || !strings.Contains(p.Text("[data-part=top]"), "Pågår") {
		t.Errorf("the parts of the meeting: %d %s", p.Status, p.Text("[data-part=top]"))
	}
	roll := url.Values{}
	for _, x := range d.Seats {
		roll.Set("seat-"+string(x.ID), "member")
	}
	secretary.post(path+"/oppmote", roll, http.StatusSeeOther)
	changed(t, onPage)
	changed(t, onItem)
	if got := exec.Part(at).Text("[data-part=met]"); !strings.Contains(got, "Røros") {
		t.Errorf("who is there: %s", got)
	}
	secretary.post(at+"/omfang", url.Values{"version": {v(item(t, detail(t, h, path), "Buss").Version)}, "scope": {"all"}, "by": {"Leder"}}, http.StatusSeeOther)
	changed(t, onItem)
	mine := mayor.Get(at+"/standpunkt").Attr("#seat option", "value")
	room{t, mayor}.post(at+"/standpunkt", url.Values{"seat": {mine}, "position": {"for"}}, http.StatusSeeOther)
	changed(t, onItem)
	if got := exec.Part(at).Text("[data-part=positions]"); !strings.Contains(got, "For") {
		t.Errorf("positions: %s", got)
	}
}

// A visitor is not told that something closed has changed, nor is anybody let in to
// listen to what he may not read.
func TestWhatIsClosedIsNotHeardThroughTheWall(t *testing.T) {
	h := sitetest.New(t)
	path, bus, secret := sent(t, h)
	visitor, mayor := h.Visitor(), h.As("mayor")
	l := listens(t, visitor, path)
	inside := listens(t, mayor, path)
	secretary := room{t, h.As("secretary")}
	edit := path + "/saksliste/" + string(secret.ID)
	secretary.post(edit, url.Values{"version": {v(secret.Version)}, "title": {"Hemmelig personalsak nr. 2"}, "ground": {"staff"}, "public_title": {"Personalsak"}}, http.StatusSeeOther)
	changed(t, inside)
	secretary.post(path+"/rediger", url.Values{"version": {v(detail(t, h, path).Version)}, "day": {h.Today().AddDays(1).String()}, "from": {"10:00"}, "to": {"14:00"}, "place": {"Oppdal"}}, http.StatusSeeOther)
	// The first that the visitor hears is that the meeting was moved.
	m, err := h.Live.Mark(t.Context(), access.Actor{}, session.ID(strings.TrimPrefix(path, "/moter/")))
	if err != nil {
		t.Fatal(err)
	}
	if got := changed(t, l); got != m {
		t.Error("a visitor was told of what is closed")
	}
	for c, where := range map[*sitetest.Client]string{visitor: "/saker/" + string(bus.ID), mayor: "/saksliste"} {
		if got := c.Listen(path + where + "/direkte"); got.Status == http.StatusOK {
			t.Errorf("%s is listened to by one who may not read it", where)
		}
	}
	if got := mayor.Listen(path + "/saker/" + string(secret.ID) + "/direkte"); got.Status != http.StatusOK {
		t.Errorf("a mayor follows the closed item: %d", got.Status)
	}
	if got := h.As("learner").Listen(path + "/saker/" + string(secret.ID) + "/direkte"); got.Status != http.StatusNotFound {
		t.Errorf("a learner at the closed item: %d", got.Status)
	}
}

// Who signs out in another window hears no more, and neither does a session that has
// lain unused for too long.
func TestListeningEndsWithTheSession(t *testing.T) {
	h := sitetest.New(t)
	path, bus, _ := sent(t, h)
	mayor, secretary := h.As("mayor"), h.As("secretary")
	l := listens(t, mayor, path+"/saker/"+string(bus.ID))
	mayor.Post("/logg-ut", nil)
	stir := func() {
		t.Helper()
		i := item(t, detail(t, h, path), "Buss")
		if err := h.Agenda.Edit(t.Context(), system, bus.ID, i.Version, session.Content{Title: i.Title, Words: i.Words + "x", Matter: outcome.Ordinary}); err != nil {
			t.Fatal(err)
		}
	}
	stir()
	if got := l.Next(); !strings.HasPrefix(got, "end ") {
		t.Errorf("after signing out: %q", got)
	}
	l = listens(t, secretary, path+"/saksliste")
	h.Wait(5 * time.Hour)
	stir()
	if got := l.Next(); !strings.HasPrefix(got, "end ") {
		t.Errorf("after five hours unused: %q", got)
	}
}

// Of two secretaries at one agenda the other is told, and what happens in the meeting
// does not disturb them.
func TestTheOtherSecretaryIsToldThatTheAgendaHasChanged(t *testing.T) {
	h := sitetest.New(t)
	path, bus, _ := sent(t, h)
	one, other := h.As("secretary"), room{t, h.As("secretary")}
	p := one.Get(path + "/saksliste")
	if !strings.Contains(p.Attr("[data-watch]", "data-tell"), "En annen har endret sakslisten") {
		t.Errorf("the workshop says %q", p.Attr("[data-watch]", "data-tell"))
	}
	l, writing := listens(t, one, path+"/saksliste"), one.Listen(one.Get(path+"/saksliste/"+string(bus.ID)).Attr("[data-watch]", "data-watch"))
	d := detail(t, h, path)
	other.post(path+"/oppmote", url.Values{"seat-" + votes(d)[0]: {"member"}}, http.StatusSeeOther)
	other.post(path+"/saksliste/ny", url.Values{"kind": {"other"}, "title": {"Ny sak"}}, http.StatusSeeOther)
	m, err := h.Live.AgendaMark(t.Context(), system, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []*sitetest.Listening{l, writing} {
		if got := changed(t, x); got != m {
			t.Error("told of something else than the new item")
		}
	}
}
