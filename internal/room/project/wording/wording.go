// Package wording puts projects in words for the pages of several packages: where they go on, whom
// they are for, who pays how much of the whole, and what has happened.
package wording

import (
	"slices"
	"strings"

	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/project"
)

// Words name places as they were called then and now.
type Words struct {
	Register *place.Register
	Clock    clock.Clock
}

// In is the text in the reader's language, or in the first that it has.
func In(t i18n.Printer, x i18n.Text) string { s, _ := x.In(t.Language()); return s }

// Where tells where a project goes on: the municipalities, and what is only told in words.
func (w Words) Where(t i18n.Printer, x project.Project) string {
	var names []string
	for _, n := range x.Municipalities {
		names = append(names, w.Name(t, n))
	}
	if x.Area != "" {
		names = append(names, x.Area)
	}
	return t.Join(names)
}

// Names are what the municipalities were called.
func (w Words) Names(list []place.Number) []string {
	var out []string
	for _, n := range list {
		if m, err := w.Register.Municipality(n); err == nil {
			out = append(out, m.Name)
		}
	}
	return out
}

// Name is what a municipality was called, with what it is a part of today: "Rissa (nå Indre
// Fosen)".
func (w Words) Name(t i18n.Printer, n place.Number) string {
	m, err := w.Register.Municipality(n)
	if err != nil {
		return string(n)
	}
	now := w.Heirs(n)
	if len(now) == 0 || len(now) == 1 && now[0].Name == m.Name {
		return m.Name
	}
	var names []string
	for _, x := range now {
		names = append(names, x.Name)
	}
	return t.T("project.now", "name", m.Name, "now", t.Join(names))
}

// Heirs are the municipalities that stand today for what the number stood for.
func (w Words) Heirs(n place.Number) []place.Municipality {
	numbers, err := w.Register.Successors(n, w.Clock.Today())
	if err != nil {
		return nil
	}
	var out []place.Municipality
	for _, x := range numbers {
		if m, err := w.Register.Municipality(x); err == nil {
			out = append(out, m)
		}
	}
	return out
}

// Written are the municipalities one a line.
func (w Words) Written(list []place.Number) string {
	var out []string
	for _, n := range list {
		out = append(out, w.Register.Written(n))
	}
	return strings.Join(out, "\n")
}

// ReadPlaces reads municipalities, one a line. Those that stood there from before keep the
// numbers that they had.
func (w Words) ReadPlaces(in *form.Input, field string, old []place.Number) []place.Number {
	var out []place.Number
	for line := range strings.SplitSeq(in.Text(field), "\n") {
		if line = text.CleanLine(line); line == "" {
			continue
		}
		if i := slices.IndexFunc(old, func(n place.Number) bool { return w.Register.Written(n) == line }); i >= 0 {
			out = append(out, old[i])
			continue
		}
		n, err := w.Register.ParseTyped(line, w.Clock.Today())
		if err != nil {
			in.Refuse(field, "project.error.place", "name", line)
			continue
		}
		out = append(out, n)
	}
	return out
}

// GroupName is the group of a sub-project of the parent: general measures have none.
func GroupName(t i18n.Printer, parent *project.Project, code string) string {
	if parent != nil {
		if title, ok := parent.GroupTitle(code); ok {
			return In(t, title)
		}
	}
	return t.T("project.general")
}

// Group is a group as a heading; general measures have no code.
type Group struct{ Code, Title string }

// ID is the code in an address.
func (g Group) ID() string {
	if g.Code == "" {
		return "generelt"
	}
	return g.Code
}

// Groups are those of the project in its order, general measures first.
func Groups(t i18n.Printer, x project.Project) []Group {
	out := []Group{{"", t.T("project.general")}}
	if len(x.Groups) == 0 {
		out[0].Title = t.T("project.children")
	}
	for _, g := range x.Groups {
		out = append(out, Group{g.Code, In(t, g.Title)})
	}
	return out
}

// Period writes when something goes on; that it is not stated where no day is known.
func Period(t i18n.Printer, x place.Period) string {
	switch {
	case x.From.IsZero() && x.To.IsZero():
		return t.T("project.period.unknown")
	case x.To.IsZero():
		return t.T("project.period.from", "from", t.Date(x.From))
	case x.From.IsZero():
		return t.T("project.period.to", "to", t.Date(x.To))
	}
	return t.T("project.period", "from", t.Date(x.From), "to", t.Date(x.To))
}

// Percent writes hundredths of a per cent: "49,69 %".
func Percent(t i18n.Printer, hundredths int) string {
	return t.T("project.percent", "share", t.Decimal(float64(hundredths)/100, 2))
}

// Came tells how many of those who were asked that came: "15 av 17 (88,2 %)".
func Came(t i18n.Printer, n project.Note) string {
	switch share, ok := n.PerMille(); {
	case ok:
		return t.T("project.came", "came", *n.Attended, "asked", *n.Invited, "share", t.Decimal(float64(share)/10, 1))
	case n.Attended != nil:
		return t.Number(*n.Attended)
	}
	return ""
}

// Told does so for a thing of projects, with what is said when it has moved and the sentence of
// who does what next.
func Told(t i18n.Printer, n follow.Notice, today clock.Date, moved string, onward i18n.Key) (what, next string) {
	e := n.Event
	day := t.Day(e.Ball.Due, today)
	who := n.BallName
	if n.BallMine {
		who = t.T("project.notice.you")
	}
	switch e.What {
	case follow.Due:
		what = t.T("project.notice.due", "day", day)
	case follow.Late:
		what = t.T("project.notice.late", "day", day)
	default:
		what = moved
	}
	by := ""
	if !e.Ball.Due.IsZero() && e.What != follow.Late {
		by = t.T("project.notice.by", "day", day)
	}
	return what, t.T(onward, "who", who, "by", by)
}
