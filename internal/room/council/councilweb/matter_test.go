package councilweb_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/session/floor"
	"kompetansetorg/internal/site/sitetest"
)

var system = access.SystemActor("test")

// matter is an item that the demo's council has decided, and the agreement that is decided
// in it. What the demo has on its way has given room.
type matter struct {
	*sitetest.House
	t         *testing.T
	at        string // of the council
	item      session.ItemID
	path      string // of the item
	secretary *sitetest.Client
	draft     string // the address that the version is changed under
	nr        int
}

func decidedMatter(t *testing.T) *matter {
	t.Helper()
	h := sitetest.New(t)
	m := &matter{House: h, t: t, at: theCouncil(t, h), secretary: h.As("secretary"), nr: 4}
	for _, nr := range []string{"3", "4"} {
		m.drop(link(t, m.secretary.Get(m.at+"/avtale?versjon="+nr), "/gi-opp"))
	}
	list, err := h.Meetings.List(t.Context(), system, session.Filter{States: []session.State{session.Published}})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range list {
		d, err := h.Meetings.Get(t.Context(), system, x.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range d.Items {
			if strings.Contains(i.Title, "Møteplan") {
				m.of(i)
			}
		}
	}
	if m.item == "" {
		t.Fatal("the council has decided nothing")
	}
	return m
}

func (m *matter) of(i session.Item) {
	m.item, m.path = i.ID, "/moter/"+string(i.Meeting)+"/saker/"+string(i.ID)
}

func (m *matter) drop(path string) {
	m.t.Helper()
	post(m.t, m.secretary, path, url.Values{"version": {m.secretary.Get(path).Attr("input[name=version]", "value")}, "why": {"Nytt utkast"}})
}

func (m *matter) detail() session.ItemDetail {
	m.t.Helper()
	d, err := m.Meetings.Item(m.t.Context(), system, m.item)
	if err != nil {
		m.t.Fatal(err)
	}
	return d
}

// members are the municipalities with a vote, by their names' first word; Røros is the
// mayor's.
func (m *matter) members() map[string]access.OrgID {
	m.t.Helper()
	out := map[string]access.OrgID{}
	for _, x := range m.detail().Seats {
		if name, _, _ := strings.Cut(x.OrgName, " "); x.Votes {
			out[name] = x.Org
		}
	}
	if len(out) != 6 || out["Røros"] == "" {
		m.t.Fatalf("the members are %v", out)
	}
	return out
}

// ask asks those, or all, for their own decision in the item.
func (m *matter) ask(names ...string) {
	m.t.Helper()
	all := m.members()
	var orgs []string
	for name, o := range all {
		if len(names) == 0 || slices.Contains(names, name) {
			orgs = append(orgs, string(o))
		}
	}
	post(m.t, m.secretary, m.path+"/egne-vedtak", url.Values{"orgs": orgs})
}

func (m *matter) own(name string) session.Own {
	m.t.Helper()
	for _, x := range m.detail().Own {
		if strings.HasPrefix(x.OrgName, name) {
			return x
		}
	}
	m.t.Fatalf("%s is not asked", name)
	return session.Own{}
}

func (m *matter) ownPath(name string) string {
	return m.path + "/egne-vedtak/" + string(m.own(name).ID)
}

// says answers for the member in the item, as the client; the secretary may do so again.
func (m *matter) says(c *sitetest.Client, name, answer, ref string, day clock.Date) {
	m.t.Helper()
	post(m.t, c, m.ownPath(name), url.Values{"version": {strconv.FormatInt(m.own(name).Version, 10)}, "answer": {answer}, "ref": {ref}, "day": {day.String()}})
}

// begin makes a draft; send sends it to the members, decided in the item unless the values
// say other.
func (m *matter) begin() {
	m.t.Helper()
	post(m.t, m.secretary, m.at+"/avtale/ny", url.Values{"title": {"Samarbeidsavtale, ny periode"}})
	m.nr++
	m.draft = strings.TrimSuffix(link(m.t, m.secretary.Get(m.page()), "/vedtak"), "/vedtak")
}

func (m *matter) page() string { return m.at + "/avtale?versjon=" + strconv.Itoa(m.nr) }

func (m *matter) send(more url.Values) sitetest.Page {
	m.t.Helper()
	values := url.Values{"version": {m.secretary.Get(m.draft+"/vedtak").Attr("input[name=version]", "value")}, "item": {string(m.item)}, "how": {"members"}}
	for k, v := range more {
		values[k] = v
	}
	return m.secretary.Post(m.draft+"/vedtak", values)
}

// sent is send that must go well.
func (m *matter) sent() sitetest.Page {
	m.t.Helper()
	p := m.send(nil)
	if p.Status != http.StatusSeeOther {
		m.t.Fatalf("the council's decision: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	return p
}

// version is the version as the program itself knows it.
func (m *matter) version() council.Version {
	m.t.Helper()
	id, err := council.ParseVersionID(strings.TrimPrefix(m.draft, "/avtaler/"))
	if err != nil {
		m.t.Fatal(err)
	}
	v, _, _, err := m.Councils.Version(m.t.Context(), system, id)
	if err != nil {
		m.t.Fatal(err)
	}
	return v
}

// answered is what the version has of the member; zero when it has nothing.
func (m *matter) answered(name string) council.Answer {
	m.t.Helper()
	for _, a := range m.version().Answers {
		if strings.HasPrefix(a.Name, name) {
			return a
		}
	}
	return council.Answer{}
}

// counts holds what all read of the agreement against the text.
func (m *matter) counts(when, want string) {
	m.t.Helper()
	if got := m.As("").Get(m.page()).Text("#answers + p"); !strings.Contains(got, want) {
		m.t.Errorf("%s the agreement says %q, want %q", when, got, want)
	}
}

// offered are the items that the form of the council's decision offers the draft.
func (m *matter) offered() []string {
	m.t.Helper()
	return m.secretary.Get(m.draft+"/vedtak").Attrs("select[name=item] option", "value")
}

// inWriting is an item that all have decided in writing before the meeting (§ 11-8). The
// council calls it, or another body that it meets with.
func (m *matter) inWriting(caller ...meeting.BodyID) meeting.MeetingID {
	m.t.Helper()
	ctx, by, day := m.t.Context(), m.Actor("secretary"), m.Today().AddDays(20)
	must := func(err error) {
		m.t.Helper()
		if err != nil {
			m.t.Fatal(err)
		}
	}
	body, err := meeting.ParseBodyID(strings.TrimPrefix(m.at, "/organ/"))
	must(err)
	planned := session.NewMeeting{Body: body, Frame: session.Frame{Day: day, From: "10:00", To: "11:00", Place: "Teams", Remote: true}}
	if len(caller) > 0 {
		planned.Body, planned.Joint = caller[0], []meeting.BodyID{body}
	}
	id, err := m.Meetings.Plan(ctx, by, planned)
	must(err)
	item, err := m.Agenda.Add(ctx, by, id, agenda.NewItem{Kind: session.Other, Body: body, Content: session.Content{Title: "Samarbeidsavtale"}})
	must(err)
	d, err := m.Meetings.Get(ctx, by, id)
	must(err)
	_, err = m.Agenda.Issue(ctx, by, id, d.Version, "")
	must(err)
	m.of(session.Item{ID: item, Meeting: id})
	must(m.Floor.SetScope(ctx, by, item, m.detail().Version, outcome.All, "Lederen"))
	must(m.Floor.SetUrgent(ctx, by, item, m.detail().Version, m.Today().AddDays(2), "Fristen er fredag"))
	for _, x := range m.detail().Seats {
		if !x.Votes {
			continue
		}
		mayor := access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RoleMayor, Org: x.Org}}}
		_, err := m.Floor.TakePosition(ctx, mayor, item, floor.Taking{Seat: x.ID, Position: rule.For, InWriting: true})
		must(err)
	}
	_, err = m.Floor.Decide(ctx, by, item, m.detail().Version, "Som foreslått")
	must(err)
	return id
}
