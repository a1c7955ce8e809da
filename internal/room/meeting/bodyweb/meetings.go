package bodyweb

import (
	"context"

	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/public"
	"kompetansetorg/internal/room/meeting/session"
)

// meetings are the body's next meeting and its latest minutes, with the ways to the rest:
// all meetings, the calendar and the feed. All may read them.
func (p *pages) meetings(ctx context.Context, t i18n.Printer, d meeting.Details, view *showView) error {
	list, err := p.Public.Meetings(ctx, session.Filter{Body: d.ID})
	if err != nil {
		return err
	}
	today := p.Clock.Today()
	var next, read *session.Meeting
	for i, m := range list {
		if next == nil && !m.Day.Before(today) && (m.State.Ahead() || m.State == session.Opened) {
			next = &list[i]
		}
		if m.State == session.Published || m.State == session.Approved {
			read = &list[i]
		}
	}
	if next != nil {
		view.Meetings = append(view.Meetings, ui.Card{Kicker: t.T("body.meetings.next"), Title: t.Day(next.Day, today), Href: "/moter/" + string(next.ID), Color: ui.Accent,
			Text: t.T("body.meetings.time", "from", next.From, "to", next.To) + ". " + public.Where(t, next.Frame), Tags: []ui.Tag{{Text: t.T(next.State.Label()), Color: ui.Info}}})
	}
	if read != nil {
		card := ui.Card{Kicker: t.T("body.meetings.minutes"), Title: t.Date(read.Day), Href: "/moter/" + string(read.ID) + "/motebok", Color: ui.Neutral}
		if read.State == session.Published {
			card.Tags = []ui.Tag{{Text: t.T("meeting.not_approved"), Color: ui.Warning}}
		}
		view.Meetings = append(view.Meetings, card)
	}
	view.ToMeetings = []ui.Action{{Label: t.T("body.meetings.all", "n", len(list)), Href: "/moter?body=" + string(d.ID), Variant: ui.Secondary},
		{Label: t.T("body.meetings.calendar"), Href: path(d.ID, "/kalender.ics"), Variant: ui.Tertiary}, {Label: t.T("body.meetings.feed"), Href: path(d.ID, "/nytt.atom"), Variant: ui.Tertiary}}
	return nil
}
