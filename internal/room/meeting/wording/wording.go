// Package wording says in the reader's language what is common to the pages about
// meetings: what an item is called, where it stands, by which rule it is closed and what
// has changed on an agenda.
package wording

import (
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
)

// Path is the address of a meeting's page, or with more of one under it.
func Path(m session.ID, more string) string { return "/moter/" + string(m) + more }

// ItemPath is the address of an item as it is treated, or with more of a page under it.
func ItemPath(i session.Item, more string) string {
	return Path(i.Meeting, "/saker/"+string(i.ID)+more)
}

// Title is what an item is called: its own title, or that of its kind.
func Title(t i18n.Printer, i session.Item) string {
	return Named(t, i.Title, i.Kind.Label(), i.AboutDay)
}

// Named is the title, or what the kind is called: for the approval of minutes with the
// day of the meeting that they are of.
func Named(t i18n.Printer, title string, kind i18n.Key, about clock.Date) string {
	switch {
	case title != "":
		return title
	case !about.IsZero():
		return t.T("meeting.item.minutes_of", "date", about)
	}
	return t.T(kind)
}

// Numbered is the number an item has, and what it is called.
func Numbered(t i18n.Printer, i session.Item) string {
	if i.Number.Nr == 0 {
		return Title(t, i)
	}
	return i.Number.String() + " " + Title(t, i)
}

// Crumbs lead from the calendar to the meeting.
func Crumbs(t i18n.Printer, m session.Meeting) []ui.Link {
	out := []ui.Link{{Label: t.T("meeting.calendar"), Href: "/moter"}}
	if m.ID != "" {
		out = append(out, ui.Link{Label: t.T("meeting.of", "body", m.BodyName, "date", m.Day), Href: Path(m.ID, "")})
	}
	return out
}

// ItemCrumbs lead from the calendar to the item.
func ItemCrumbs(t i18n.Printer, d session.ItemDetail) []ui.Link {
	return append(Crumbs(t, d.Meeting), ui.Link{Label: Numbered(t, d.Item), Href: ItemPath(d.Item, "")})
}

// Ground says that something is closed, or proposed so, and by which rule.
func Ground(t i18n.Printer, code string, key i18n.Key) string {
	g, ok := casework.GroundOf(casework.MeetingGrounds(), code)
	if !ok {
		return ""
	}
	return t.T(key, "section", g.In(t), "ground", t.T(g.Label))
}

// Kept says why an item is not open to all: closed doors are proposed and by which rule,
// or, in a body that does not vote on them, only that it is not.
func Kept(t i18n.Printer, code string, elected bool) string {
	if code != "" && !elected {
		return t.T("meeting.kept.tag")
	}
	return Ground(t, code, "meeting.proposed")
}

// Difference is what has changed from one edition of an agenda to the next.
func Difference(t i18n.Printer, c agenda.Difference) string {
	name := c.Title
	if name == "" {
		name = t.T(c.Kind.Label())
	}
	switch c.What {
	case agenda.Came:
		return t.T("meeting.changed.came", "nr", c.Number, "title", name)
	case agenda.Went:
		return t.T("meeting.changed.went", "nr", c.Number, "title", name)
	case agenda.Renamed:
		return t.T("meeting.changed.renamed", "nr", c.Number, "was", c.Was, "title", name)
	}
	return t.T("meeting.changed.moved", "was", c.Was, "now", c.Title)
}

// Lines are the lines of a text that are not empty.
func Lines(s string) []string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
