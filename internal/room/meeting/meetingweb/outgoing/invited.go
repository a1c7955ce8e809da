package outgoing

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/session/invite"
	"kompetansetorg/internal/room/meeting/wording"
)

// invitedView is whom the house has written to about a meeting, and whom somebody else
// must tell.
type invitedView struct {
	web.Page
	Head    ui.Head
	Notices []ui.Notice
	Table   ui.Table
}

func (p *pages) invited(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	m, err := meeting.ParseMeetingID(r.PathValue("id"))
	if err != nil {
		return fault.Missing()
	}
	o, err := p.Invitations.Told(r.Context(), actor, m)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	view := invitedView{Page: p.door.Frame(r, actor, t.T("meeting.invited")), Head: ui.Head{Kicker: o.Meeting.BodyName, Title: t.T("meeting.invited"), Lead: t.T("meeting.invited.lead")},
		Table: ui.Table{Caption: t.T("meeting.invited"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("meeting.field.office")}, {Label: t.T("meeting.field.member")}, {Label: t.T("meeting.field.told")}},
			Empty: ui.Empty{Title: t.T("meeting.invited.none"), Text: t.T("meeting.invited.none.text")}}}
	view.Crumbs = wording.Crumbs(t, o.Meeting)
	told := 0
	for _, x := range o.Offices {
		if x.Newest {
			told++
		}
		view.Table.Rows = append(view.Table.Rows, invitedRow(t, x))
	}
	switch {
	case o.Meeting.Edition == 0:
		view.Notices = []ui.Notice{{Text: t.T("meeting.invited.not_yet")}}
	case told < len(o.Offices):
		view.Notices = []ui.Notice{{Color: ui.Warning, Title: t.T("meeting.invited.some", "n", told, "of", len(o.Offices)), Text: t.T("meeting.invited.self")}}
	default:
		view.Notices = []ui.Notice{{Color: ui.Success, Text: t.T("meeting.invited.all", "n", told)}}
	}
	return p.door.Views.Render(w, http.StatusOK, "meeting/invited", view)
}

func invitedRow(t i18n.Printer, x invite.Told) ui.Row {
	office := ui.Cell{Text: x.Holder.Title}
	if x.Holder.Part == meeting.Deputy {
		office.Sub = t.T("meeting.met.deputy")
	}
	told := ui.Cell{}
	switch {
	case len(x.Accounts) == 0:
		told.Tags = []ui.Tag{{Text: t.T("meeting.invited.no_account"), Color: ui.Warning}}
	case len(x.Letters) == 0:
		told.Tags = []ui.Tag{{Text: t.T("meeting.invited.waits"), Color: ui.Neutral}}
	}
	for _, n := range x.Letters {
		told.Tags = append(told.Tags, noteTag(t, n))
	}
	return ui.Row{Cells: []ui.Cell{office, {Text: x.Seat.OrgName}, told}}
}

// noteTag is a letter with when it was written and how far it has come.
func noteTag(t i18n.Printer, n invite.Note) ui.Tag {
	tag := ui.Tag{Color: ui.Info, Text: t.T("meeting.invited.letter", "what", t.T(n.What.Label()), "at", t.Moment(n.At))}
	switch {
	case n.Unreached:
		return ui.Tag{Color: ui.Warning, Text: t.T("meeting.invited.no_address")}
	case n.State == "refused":
		return ui.Tag{Color: ui.Danger, Text: t.T("meeting.invited.refused", "what", t.T(n.What.Label()), "at", t.Moment(n.At))}
	case n.State == "waiting":
		return ui.Tag{Color: ui.Neutral, Text: t.T("meeting.invited.on_its_way", "what", t.T(n.What.Label()), "at", t.Moment(n.At))}
	}
	return tag
}
