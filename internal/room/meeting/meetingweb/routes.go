// Package meetingweb has the pages of meetings: one calendar over all bodies, the
// meeting with its agenda, the workshop where the secretary makes it, each item as it is
// treated - who is there, habilitet, what each seat says, the decision - and the minutes.
// Every change is a page with one form, so that all works by keyboard and without
// JavaScript.
package meetingweb

import (
	"context"
	"embed"
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/meetingweb/meetingjson"
	"kompetansetorg/internal/room/meeting/public"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/session/comment"
	"kompetansetorg/internal/room/meeting/session/floor"
	"kompetansetorg/internal/room/meeting/session/followup"
	"kompetansetorg/internal/room/meeting/session/live"
	"kompetansetorg/internal/room/meeting/session/minutes"
	"kompetansetorg/internal/room/meeting/wording"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Meetings  *session.Service
	Agenda    *agenda.Service
	Floor     *floor.Service
	Minutes   *minutes.Service
	FollowUps *followup.Service
	Live      *live.Service
	Comments  *comment.Service
	Bodies    *meeting.Service
	Cases     *casework.Service
	Orgs      *org.Service
	Clock     clock.Clock
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
	for name, zero := range map[string]any{"list": listView{}, "agenda": agendaView{}, "book": bookView{}, "form": formView{}} {
		d.Views.Add("meeting", Files, name, zero)
	}
	open, within := gate.Public(), gate.SignedIn()
	d.Pages(gate.Route{Method: "GET", Path: "/moter", Rule: open, Handle: p.list}, gate.Route{Method: "GET", Path: "/moter/{id}", Rule: open, Handle: p.show},
		gate.Route{Method: "GET", Path: "/moter/{id}/motebok", Rule: open, Handle: p.book},
		gate.Route{Method: "GET", Path: "/moter/{id}/saksliste", Rule: within, Handle: p.agenda}, gate.Route{Method: "POST", Path: "/moter/{id}/saksliste", Rule: within, Handle: p.agendaPost},
		gate.Route{Method: "POST", Path: "/moter/{id}/stott", Rule: within, Handle: p.supportPost},
		gate.Route{Method: "GET", Path: "/oppfolging/{follow}", Rule: within, Handle: p.task},
		gate.Route{Method: "GET", Path: "/moter/{id}/saker/{item}", Rule: within, Handle: p.item},
		gate.Route{Method: "POST", Path: "/moter/{id}/saker/{item}/bestrid", Rule: within, Handle: p.contestPost})
	for path, f := range map[string]func(*http.Request, access.Actor) (asked, error){
		"/moter/ny": p.planForm, "/moter/{id}/rediger": p.frameForm, "/moter/{id}/avlys": p.cancelForm, "/moter/{id}/saksliste/ny": p.newItemForm,
		"/moter/{id}/saksliste/{item}": p.editItemForm, "/moter/{id}/send-ut": p.issueForm, "/moter/{id}/krev": p.demandForm, "/moter/{id}/start": p.beginForm,
		"/moter/{id}/slutt": p.endForm, "/moter/{id}/oppmote": p.attendForm, "/moter/{id}/publiser": p.publishForm,
		"/moter/{id}/saker/{item}/standpunkt": p.positionForm, "/moter/{id}/saker/{item}/forhand": p.forehandForm, "/moter/{id}/saker/{item}/habilitet": p.recusalForm,
		"/moter/{id}/saker/{item}/habilitet/{recusal}": p.recusalDecideForm, "/moter/{id}/saker/{item}/omfang": p.scopeForm, "/moter/{id}/saker/{item}/dorer": p.doorsForm,
		"/moter/{id}/saker/{item}/vedtak": p.decideForm, "/moter/{id}/saker/{item}/behandling": p.treatedForm, "/moter/{id}/saker/{item}/oppfolging": p.followUpForm,
		"/moter/{id}/oppfolging/{follow}":  p.closeForm,
		"/moter/{id}/saker/{item}/kostnad": p.costForm, "/moter/{id}/saker/{item}/hastesak": p.urgentForm,
		"/moter/{id}/saker/{item}/kommentar": p.commentForm, "/moter/{id}/saker/{item}/kommentar/{comment}": p.commentEditForm,
	} {
		d.Pages(gate.Route{Method: "GET", Path: path, Rule: within, Handle: p.get(f)}, gate.Route{Method: "POST", Path: path, Rule: within, Handle: p.post(f)})
	}
	p.registerLive()
	meetingjson.Register(d, &meetingjson.Service{Meetings: p.Meetings, Floor: p.Floor, Bodies: p.Bodies, Texts: d.Texts})
	d.Says("meeting.said.planned", "meeting.said.saved", "meeting.said.cancelled", "meeting.said.made", "meeting.said.added", "meeting.said.removed", "meeting.said.sent",
		"meeting.said.begun", "meeting.said.ended", "meeting.said.taken", "meeting.said.beforehand", "meeting.said.decided", "meeting.said.published")
}

func path(m session.ID, more string) string { return wording.Path(m, more) }

func itemPath(i session.Item, more string) string { return wording.ItemPath(i, more) }

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
