package outgoing

import (
	"strings"

	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/feed"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/public"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/invite"
	"kompetansetorg/internal/room/meeting/wording"
)

// Writer puts letters to those who sit in a meeting in words; it is made before the pages
// are, as the service needs it. Contact is the address of whoever runs the service.
type Writer struct {
	Texts              *i18n.Bundle
	PublicURL, Contact string
}

// Write is the letter as plain text, with the calendar file.
func (w Writer) Write(l i18n.Lang, x invite.Letter) (follow.Mail, error) {
	t := w.Texts.Printer(l)
	m := x.Meeting
	title := t.T("meeting.of", "body", m.BodyName, "date", m.Day)
	var b strings.Builder
	say := func(lines ...string) {
		for _, s := range lines {
			if s != "" {
				b.WriteString(s + "\n")
			}
		}
		b.WriteString("\n")
	}
	say(t.T(i18n.Key("meeting.letter."+string(x.What)), "body", m.BodyName))
	if x.Why != "" {
		say(t.T("meeting.letter.why", "why", x.Why))
	}
	lines := []string{t.T("meeting.lasts", "date", m.Day, "from", m.From, "to", m.To, "n", m.Minutes()), public.Where(t, m.Frame)}
	if len(m.JointNames) > 0 {
		lines = append(lines, t.T("meeting.joint")+": "+t.Join(m.JointNames))
	}
	say(lines...)
	switch {
	case x.What == invite.Cancelled:
	case x.Deputy:
		say(t.T("meeting.letter.deputy"))
	case x.Observer:
		say(t.T("meeting.letter.observer"))
	}
	if m.Remote && x.What != invite.Cancelled {
		say(t.T("meeting.letter.remote"))
	}
	w.agenda(t, x, say)
	say(t.T("meeting.letter.read"), w.PublicURL+wording.Path(m.ID, ""))
	b.WriteString("--\n" + t.T("meeting.letter.reason") + "\n" + t.T("follow.letter.optout") + " " + x.OptOut + "\n")
	cal, err := event(t, m, calendarOf{At: x.At, PublicURL: w.PublicURL, Contact: w.Contact})
	return follow.Mail{Subject: t.T(i18n.Key("meeting.letter.subject."+string(x.What)), "title", title), Body: b.String(), Calendar: cal}, err
}

// agenda tells what has changed and the agenda, unless there is no meeting any more.
func (w Writer) agenda(t i18n.Printer, x invite.Letter, say func(...string)) {
	if x.What == invite.Cancelled {
		return
	}
	if len(x.Changes) > 0 {
		lines := []string{t.T("meeting.changed")}
		for _, c := range x.Changes {
			lines = append(lines, "- "+wording.Difference(t, c))
		}
		say(lines...)
	}
	lines := []string{t.T("meeting.agenda")}
	for _, i := range x.Agenda {
		name := i.Title
		if name == "" {
			name = t.T(i.Label())
		}
		if i.Withdrawn {
			name += " (" + t.T("meeting.withdrawn") + ")"
		}
		lines = append(lines, strings.TrimSpace(i.Number+" "+name))
	}
	say(lines...)
}

// calendarOf is what an event needs besides the meeting. Description is for those in the
// body only.
type calendarOf struct {
	At                              clock.Time
	PublicURL, Contact, Description string
}

// event is the meeting as a calendar file: the same event however often it is fetched or
// sent, with a higher sequence when the meeting is changed, and cancelled rather than
// gone. What is on the agenda is not in it, so nothing that is closed is either.
func event(t i18n.Printer, m session.Meeting, of calendarOf) (string, error) {
	e := public.Event(t, of.PublicURL, of.At, m)
	e.Description, e.Organizer, e.Mail = of.Description, m.BodyName, of.Contact
	if e.Mail == "" {
		e.Mail = "post@" + feed.Host(of.PublicURL)
	}
	var b strings.Builder
	err := feed.Calendar{Product: "Møter", Lang: string(t.Language()), Events: []feed.Event{e}}.Write(&b)
	return b.String(), err
}
