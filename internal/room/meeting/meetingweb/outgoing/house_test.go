package outgoing_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/site/sitetest"
)

var system = access.SystemActor("test")

// council is the demo's council.
func council(t *testing.T, h *sitetest.House) meeting.Body {
	t.Helper()
	list, err := h.Bodies.List(t.Context(), meeting.Filter{Kinds: []meeting.Kind{meeting.Council}})
	if err != nil || len(list) != 1 {
		t.Fatalf("councils: %d %v", len(list), err)
	}
	return list[0]
}

// sent is the address of a meeting of the council whose agenda has been sent, with an
// open item and one that is proposed closed.
func sent(t *testing.T, h *sitetest.House) (path string) {
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
	return path
}

func detail(t *testing.T, h *sitetest.House, path string) session.Detail {
	t.Helper()
	d, err := h.Meetings.Get(t.Context(), system, session.ID(strings.TrimPrefix(path, "/moter/")))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// room is a browser of one who posts and must get the status.
type room struct {
	t *testing.T
	*sitetest.Client
}

func (r room) post(to string, form url.Values, want int) {
	r.t.Helper()
	if p := r.Post(to, form); p.Status != want {
		r.t.Fatalf("%s: %d, want %d: %s", to, p.Status, want, p.Text(".ds-error-summary")+p.Text("h1"))
	}
}

func v(n int64) string { return strconv.FormatInt(n, 10) }
