package meetingweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/site/sitetest"
)

// openItem is the item that the demo's open meeting decides.
func openItem(t *testing.T, h *sitetest.House) (session.Item, string) {
	t.Helper()
	list, err := h.Meetings.List(t.Context(), system, session.Filter{States: []session.State{session.Opened}})
	if err != nil || len(list) != 1 {
		t.Fatalf("%d open meetings, %v", len(list), err)
	}
	path := "/moter/" + string(list[0].ID)
	i := item(t, detail(t, h, path), "Lokaler")
	return i, path + "/saker/" + string(i.ID)
}

// A member of a committee says something of an item in the meeting, changes it and takes
// it back; the others in the meeting read it, and nobody else does.
func TestMembersComment(t *testing.T) {
	h := sitetest.New(t)
	_, at := openItem(t, h)
	exec, secretary := room{t, h.As("chief_exec")}, room{t, h.As("secretary")}
	exec.post(at+"/kommentar", url.Values{"words": {" "}}, http.StatusUnprocessableEntity)
	exec.post(at+"/kommentar", url.Values{"words": {"Vi kan stille med rådhuset på Ålen."}}, http.StatusSeeOther)
	p := secretary.Get(at)
	if got := p.Text("[data-part=comments]"); !strings.Contains(got, "I møtet") || !strings.Contains(got, "Vi kan stille med rådhuset på Ålen.") {
		t.Fatalf("the secretary reads %q", got)
	}
	for _, role := range []string{"", "employer", "provider"} {
		if p := h.As(role).Get(at + "/kommentar"); p.Status == http.StatusOK {
			t.Errorf("%q: %d", role, p.Status)
		}
	}
	links := exec.Get(at).Attrs("[data-part=comments] a", "href")
	edit := links[len(links)-1]
	exec.post(edit, url.Values{"version": {"1"}, "words": {"Vi kan ikke stille med lokaler."}}, http.StatusSeeOther)
	if p := exec.post(edit, url.Values{"version": {"1"}, "words": {"Jo"}}, http.StatusConflict); !strings.Contains(p.Text("main"), "Vi kan ikke stille med lokaler.") {
		t.Error("a stale change does not show what was saved")
	}
	exec.post(edit, url.Values{"version": {"2"}, "words": {"x"}, "back": {"ja"}}, http.StatusSeeOther)
	if p := secretary.Get(at); strings.Contains(p.Text("[data-part=comments]"), "lokaler") {
		t.Error("a comment that was taken back is shown")
	}
	if p := exec.Get(edit); p.Status != http.StatusNotFound {
		t.Errorf("a comment that was taken back: %d", p.Status)
	}
}

// The secretary writes for the member that said it; in a folkevalgt organ nobody does.
func TestWhoMayComment(t *testing.T) {
	h := sitetest.New(t)
	_, at := openItem(t, h)
	secretary := room{t, h.As("secretary")}
	orgs := secretary.Get(at+"/kommentar").Attrs("#org option", "value")
	if len(orgs) != 8 { // six municipalities, the secretariat and the empty choice
		t.Fatalf("%d to choose from", len(orgs))
	}
	secretary.post(at+"/kommentar", url.Values{"words": {"Sagt i møtet"}}, http.StatusUnprocessableEntity)
	secretary.post(at+"/kommentar", url.Values{"words": {"Sagt i møtet"}, "org": {orgs[2]}}, http.StatusSeeOther)

	path, open, _ := sent(t, h)
	mayor := room{t, h.As("mayor")}
	if p := mayor.Get(path + "/saker/" + string(open.ID) + "/kommentar"); p.Status != http.StatusNotFound {
		t.Errorf("in a folkevalgt organ: %d", p.Status)
	}
	_, err := h.Comments.Say(t.Context(), h.Actor("mayor"), open.ID, detail(t, h, path).Seats[0].Org, "En merknad")
	if !fault.Is(err, fault.Conflict) {
		t.Errorf("in a folkevalgt organ: %v", err)
	}
}
