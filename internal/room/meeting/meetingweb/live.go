package meetingweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/session"
)

// listening is the last part of the address where a page is listened to.
const listening = "/direkte"

// registerLive adds where the meeting, an item on the floor and the agenda's workshop are
// listened to.
func (p *pages) registerLive() {
	p.door.Lives(gate.Live{Page: "/moter/{id}", Path: "/moter/{id}" + listening, Rule: gate.Public(), Look: p.lookMeeting},
		gate.Live{Page: "/moter/{id}/saker/{item}", Path: "/moter/{id}/saker/{item}" + listening, Rule: gate.SignedIn(), Look: p.lookItem},
		gate.Live{Page: "/moter/{id}/saksliste", Path: "/moter/{id}/saksliste" + listening, Rule: gate.SignedIn(), Look: p.lookAgenda})
}

func seenOf(m session.ID, mark string, err error) (gate.Seen, error) {
	return gate.Seen{Thing: db.Topic{Kind: session.ObjectName, ID: string(m)}, Mark: mark}, err
}

// lookMeeting is what a reader of the meeting's page watches.
func (p *pages) lookMeeting(r *http.Request, actor access.Actor) (gate.Seen, error) {
	m, err := meeting.ParseMeetingID(r.PathValue("id"))
	if err != nil {
		return gate.Seen{}, fault.Missing()
	}
	mark, err := p.Live.Mark(r.Context(), actor, m)
	return seenOf(m, mark, err)
}

func (p *pages) lookItem(r *http.Request, actor access.Actor) (gate.Seen, error) {
	i, err := session.ParseItemID(r.PathValue("item"))
	if err != nil {
		return gate.Seen{}, fault.Missing()
	}
	m, mark, err := p.Live.ItemMark(r.Context(), actor, i)
	if err == nil && string(m) != r.PathValue("id") {
		err = fault.Missing()
	}
	return seenOf(m, mark, err)
}

func (p *pages) lookAgenda(r *http.Request, actor access.Actor) (gate.Seen, error) {
	m, err := meeting.ParseMeetingID(r.PathValue("id"))
	if err != nil {
		return gate.Seen{}, fault.Missing()
	}
	mark, err := p.Live.AgendaMark(r.Context(), actor, m)
	if fault.Is(err, fault.Denied) {
		err = fault.Missing()
	}
	return seenOf(m, mark, err)
}

// draw answers with the page, or with its parts alone when its reader has been told that
// they have changed.
func (p *pages) draw(w http.ResponseWriter, r *http.Request, name string, view any) error {
	if web.IsFragment(r) {
		return p.door.Views.RenderFragment(w, http.StatusOK, name, "main", view)
	}
	return p.door.Views.Render(w, http.StatusOK, name, view)
}
