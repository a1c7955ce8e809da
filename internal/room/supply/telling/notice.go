package telling

import (
	"strings"

	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/supply/happened"
)

// Words puts what happened with a programme in words.
type Words struct{ Places *place.Register }

// Notice is a plain sentence about what happened with a programme or an offering
// of it, and another about what the reader can do, and by when.
func (w Words) Notice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	f := n.Event.Facts
	switch happening.What(n.Event.What) {
	case happened.Published:
		return t.T("supply.notice.published", "provider", f[happened.Provider]), t.T("supply.notice.next.look")
	case happened.Again:
		return t.T("supply.notice.again", "provider", f[happened.Provider]), t.T("supply.notice.next.look")
	case happened.Withdrawn:
		return t.T("supply.notice.withdrawn", "provider", f[happened.Provider]), t.T("supply.notice.next.others")
	case happened.Offered:
		return t.T("supply.notice.offered", "which", which(t, f, today), "places", w.places(t, f)), apply(t, f, today)
	case happened.Moved:
		return moved(t, f, today), apply(t, f, today)
	case happened.CalledOff:
		return t.T("supply.notice.cancelled", "which", which(t, f, today), "reason", strings.TrimRight(f[happened.Reason], ". ")), t.T("supply.notice.next.others")
	case happened.Resting:
		return t.T("supply.notice.resting", "which", which(t, f, today)), t.T("supply.notice.next.others")
	case happened.Soon:
		return t.T("supply.notice.soon", "which", which(t, f, today), "by", t.Day(f.Day(happened.By), today)), apply(t, f, today)
	}
	return "", ""
}

// which tells an offering from the others of its programme: by its start.
func which(t i18n.Printer, f happening.Facts, today clock.Date) string {
	switch start := f.Day(happened.Start); {
	case f[happened.Rolling] != "":
		return t.T("supply.notice.which.rolling")
	case !start.IsZero():
		return t.T("supply.notice.which.start", "start", t.Day(start, today))
	}
	return t.T("supply.notice.which.unknown")
}

// places says where one meets.
func (w Words) places(t i18n.Printer, f happening.Facts) string {
	if f[happened.Places] == "" {
		return t.T("supply.notice.places.none")
	}
	var names []string
	for number := range strings.SplitSeq(f[happened.Places], ",") {
		name := number
		if m, err := w.Places.Municipality(place.Number(number)); err == nil {
			name = m.Name
		}
		names = append(names, name)
	}
	return t.T("supply.notice.places", "places", t.Join(names))
}

// moved says which of the two days was moved, and from what.
func moved(t i18n.Printer, f happening.Facts, today clock.Date) string {
	var out []string
	name := which(t, f, today)
	start, was := f.Day(happened.Start), f.Day(happened.WasStart)
	switch {
	case start.Equal(was):
	case was.IsZero():
		out = append(out, t.T("supply.notice.start.set", "day", t.Day(start, today)))
	case start.IsZero():
		out = append(out, t.T("supply.notice.start.none", "was", t.Day(was, today)))
	default:
		out = append(out, t.T("supply.notice.start.moved", "day", t.Day(start, today), "was", t.Day(was, today)))
	}
	by, was := f.Day(happened.By), f.Day(happened.WasBy)
	switch {
	case by.Equal(was):
	case was.IsZero():
		out = append(out, t.T("supply.notice.by.set", "day", t.Day(by, today), "which", name))
	case by.IsZero():
		out = append(out, t.T("supply.notice.by.none", "was", t.Day(was, today), "which", name))
	default:
		out = append(out, t.T("supply.notice.by.moved", "day", t.Day(by, today), "was", t.Day(was, today), "which", name))
	}
	return strings.Join(out, " ")
}

// apply says by when the reader must apply.
func apply(t i18n.Printer, f happening.Facts, today clock.Date) string {
	switch by := f.Day(happened.By); {
	case by.IsZero() && f[happened.Rolling] != "":
		return t.T("supply.notice.next.any_day")
	case by.IsZero():
		return t.T("supply.notice.next.how")
	case by.Before(today):
		return t.T("supply.notice.next.over")
	default:
		return t.T("supply.notice.next.apply", "day", t.Day(by, today))
	}
}
