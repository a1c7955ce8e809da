// Package meetingweb has the pages of meetings: one calendar over all bodies, the
// meeting with its agenda, the workshop where the secretary makes it, each item as it is
// treated - who is there, habilitet, what each seat says, the decision - and the minutes;
// and the same as JSON. Every change is a page with one form, so that all works by
// keyboard and without JavaScript.
package meetingweb

import (
	"context"
	"embed"
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/public"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/session/floor"
	"kompetansetorg/internal/room/meeting/session/followup"
	"kompetansetorg/internal/room/meeting/session/invite"
	"kompetansetorg/internal/room/meeting/session/minutes"
	"kompetansetorg/internal/room/meeting/session/own"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Meetings    *session.Service
	Agenda      *agenda.Service
	Floor       *floor.Service
	Minutes     *minutes.Service
	FollowUps   *followup.Service
	Invitations *invite.Service
	Bodies      *meeting.Service
	Cases       *casework.Service
	Orgs        *org.Service
	Shelf       *paperview.Shelf
	Clock       clock.Clock
	Own         *own.Service
	Once        Once
	// PublicURL is where readers find the service; calendars point back to it.
	PublicURL string
	// Contact is the address that calendars give.
	Contact string
	// Beside are further pages of a meeting that other parts of the house have; nil for none.
	Beside func(ctx context.Context, t i18n.Printer, d session.Detail) ([]ui.Action, error)
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("meeting", Files, "show", showView{}, web.Fragment{Block: "main", Zero: showView{}})
	d.Views.Add("meeting", Files, "item", itemView{}, web.Fragment{Block: "main", Zero: itemView{}})
	for name, zero := range map[string]any{"list": listView{}, "agenda": agendaView{}, "invited": invitedView{}, "book": bookView{}, "form": formView{}, "link": handView{}, "answer": answerView{}} {
		d.Views.Add("meeting", Files, name, zero)
	}
	open, within := gate.Public(), gate.SignedIn()
	d.Pages(gate.Route{Method: "GET", Path: "/moter", Rule: open, Handle: p.list}, gate.Route{Method: "GET", Path: "/moter/{id}", Rule: open, Handle: p.show},
		gate.Route{Method: "GET", Path: "/moter/{id}/motebok", Rule: open, Handle: p.book}, gate.Route{Method: "GET", Path: "/moter/{id}/kalender.ics", Rule: open, Handle: p.calendar},
		gate.Route{Method: "GET", Path: "/moter/{id}/saksliste", Rule: within, Handle: p.agenda}, gate.Route{Method: "POST", Path: "/moter/{id}/saksliste", Rule: within, Handle: p.agendaPost},
		gate.Route{Method: "GET", Path: "/moter/{id}/innkalt", Rule: within, Handle: p.invited},
		gate.Route{Method: "POST", Path: "/moter/{id}/stott", Rule: within, Handle: p.supportPost},
		gate.Route{Method: "GET", Path: "/oppfolging/{follow}", Rule: within, Handle: p.task},
		gate.Route{Method: "GET", Path: "/egne-vedtak/{own}", Rule: within, Handle: p.ownTask},
		gate.Route{Method: "GET", Path: "/moter/{id}/saker/{item}", Rule: within, Handle: p.item},
		gate.Route{Method: "POST", Path: "/moter/{id}/saker/{item}/bestrid", Rule: within, Handle: p.contestPost},
		gate.Route{Method: "GET", Path: "/moter/{id}/saker/{item}/egne-vedtak/{own}/lenke", Rule: within, Handle: p.link},
		gate.Route{Method: "POST", Path: "/moter/{id}/saker/{item}/egne-vedtak/{own}/lenke", Rule: within, Handle: p.linkPost},
		gate.Route{Method: "GET", Path: "/eget-vedtak/takk", Rule: open, Handle: p.thanks},
		gate.Route{Method: "GET", Path: "/eget-vedtak/{token}", Rule: open, Handle: p.byLink(p.answer)}, gate.Route{Method: "POST", Path: "/eget-vedtak/{token}", Rule: open, Handle: p.byLink(p.answerPost)})
	for path, f := range map[string]func(*http.Request, access.Actor) (asked, error){
		"/moter/ny": p.planForm, "/moter/{id}/rediger": p.frameForm, "/moter/{id}/avlys": p.cancelForm, "/moter/{id}/saksliste/ny": p.newItemForm,
		"/moter/{id}/saksliste/{item}": p.editItemForm, "/moter/{id}/send-ut": p.issueForm, "/moter/{id}/krev": p.demandForm, "/moter/{id}/start": p.beginForm,
		"/moter/{id}/slutt": p.endForm, "/moter/{id}/oppmote": p.attendForm, "/moter/{id}/publiser": p.publishForm,
		"/moter/{id}/saker/{item}/standpunkt": p.positionForm, "/moter/{id}/saker/{item}/forhand": p.forehandForm, "/moter/{id}/saker/{item}/habilitet": p.recusalForm,
		"/moter/{id}/saker/{item}/habilitet/{recusal}": p.recusalDecideForm, "/moter/{id}/saker/{item}/omfang": p.scopeForm, "/moter/{id}/saker/{item}/dorer": p.doorsForm,
		"/moter/{id}/saker/{item}/vedtak": p.decideForm, "/moter/{id}/saker/{item}/behandling": p.treatedForm, "/moter/{id}/saker/{item}/oppfolging": p.followUpForm,
		"/moter/{id}/oppfolging/{follow}":  p.closeForm,
		"/moter/{id}/saker/{item}/kostnad": p.costForm, "/moter/{id}/saker/{item}/hastesak": p.urgentForm, "/moter/{id}/saker/{item}/slutt-til": p.joinForm,
		"/moter/{id}/saker/{item}/egne-vedtak": p.askOwnForm, "/moter/{id}/saker/{item}/egne-vedtak/{own}": p.ownForm,
	} {
		d.Pages(gate.Route{Method: "GET", Path: path, Rule: within, Handle: p.get(f)}, gate.Route{Method: "POST", Path: path, Rule: within, Handle: p.post(f)})
	}
	d.Pages(gate.Route{Method: "GET", Path: "/moter/{id}/arkiv.zip", Rule: open, Handle: p.archive})
	p.Shelf.Pages("/moter/{id}/innkalling", open, p.agendaPaper)
	p.Shelf.Pages("/moter/{id}/utdrag", open, p.extractPaper)
	p.Shelf.Pages("/moter/{id}/motebok/papir", open, p.bookPaper)
	p.registerLive()
	p.registerAPI()
	d.Says("meeting.said.planned", "meeting.said.saved", "meeting.said.cancelled", "meeting.said.made", "meeting.said.added", "meeting.said.removed", "meeting.said.sent",
		"meeting.said.begun", "meeting.said.ended", "meeting.said.taken", "meeting.said.decided", "meeting.said.published", "meeting.said.asked", "meeting.said.joined")
}

func path(m session.ID, more string) string { return "/moter/" + string(m) + more }

func itemPath(i session.Item, more string) string {
	return path(i.Meeting, "/saker/"+string(i.ID)+more)
}

// find reads the meeting that the path names, as the actor may know it.
func (p *pages) find(r *http.Request, actor access.Actor) (session.Detail, error) {
	m, err := meeting.ParseMeetingID(r.PathValue("id"))
	if err != nil {
		return session.Detail{}, fault.Missing()
	}
	return p.Meetings.Get(r.Context(), actor, m)
}

// keeping is find for the secretary; to others the workshop does not exist.
func (p *pages) keeping(r *http.Request, actor access.Actor) (session.Detail, error) {
	d, err := p.find(r, actor)
	if err == nil && !d.Keeps {
		err = fault.Missing()
	}
	return d, err
}

// treated is the item that the path names, for those who take part in the meeting.
func (p *pages) treated(r *http.Request, actor access.Actor) (session.ItemDetail, error) {
	i, err := session.ParseItemID(r.PathValue("item"))
	if err != nil {
		return session.ItemDetail{}, fault.Missing()
	}
	d, err := p.Meetings.Item(r.Context(), actor, i)
	if err == nil && string(d.Meeting.ID) != r.PathValue("id") {
		err = fault.Missing()
	}
	return d, err
}

// treating is treated for the secretary.
func (p *pages) treating(r *http.Request, actor access.Actor) (session.ItemDetail, error) {
	d, err := p.treated(r, actor)
	if err == nil && !d.Keeps {
		err = fault.Missing()
	}
	return d, err
}

// title is what an item is called: its own title, or that of its kind.
func title(t i18n.Printer, i session.Item) string {
	return named(t, i.Title, i.Kind.Label(), i.AboutDay)
}

// named is the title, or what the kind is called: for the approval of minutes with the
// day of the meeting that they are of.
func named(t i18n.Printer, title string, kind i18n.Key, about clock.Date) string {
	switch {
	case title != "":
		return title
	case !about.IsZero():
		return t.T("meeting.item.minutes_of", "date", about)
	}
	return t.T(kind)
}

func numbered(t i18n.Printer, i session.Item) string {
	if i.Number.Nr == 0 {
		return title(t, i)
	}
	return i.Number.String() + " " + title(t, i)
}

// crumbs lead from the calendar to the meeting.
func crumbs(t i18n.Printer, m session.Meeting) []ui.Link {
	out := []ui.Link{{Label: t.T("meeting.calendar"), Href: "/moter"}}
	if m.ID != "" {
		out = append(out, ui.Link{Label: t.T("meeting.of", "body", m.BodyName, "date", m.Day), Href: path(m.ID, "")})
	}
	return out
}

func itemCrumbs(t i18n.Printer, d session.ItemDetail) []ui.Link {
	return append(crumbs(t, d.Meeting), ui.Link{Label: numbered(t, d.Item), Href: itemPath(d.Item, "")})
}

// when is the meeting's day and time in words.
func when(t i18n.Printer, f session.Frame, today clock.Date) string {
	return t.T("meeting.when", "day", t.Day(f.Day, today), "from", f.From, "to", f.To)
}

// where is the place, and that one takes part from afar.
func where(t i18n.Printer, f session.Frame) string { return public.Where(t, f) }

func stateTag(t i18n.Printer, s session.State) ui.Tag {
	tag := ui.Tag{Text: t.T(s.Label())}
	switch s {
	case session.Sent, session.Opened:
		tag.Color = ui.Info
	case session.Published:
		tag.Color = ui.Warning
	case session.Approved:
		tag.Color = ui.Success
	case session.Cancelled:
		tag.Color = ui.Danger
	}
	return tag
}

func version(r *http.Request) int64 {
	n, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}
