package wording

import (
	"slices"

	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
)

// Answered is the sort of happening that is a provider's answer which moved nothing.
const Answered = "need_answered"

// The sorts of happening that a programme made for a need can be applied to, and has begun.
const (
	ProgrammeOpen    = "need_programme_open"
	ProgrammeStarted = "need_programme_started"
)

// FactStart is the day that the first began.
const FactStart = "start"

// The facts of an answer: its kind, who does the work, the earliest start, and the day
// that something is done or said by.
const (
	FactKind     = "answer"
	FactUnit     = "unit"
	FactEarliest = "earliest"
	FactDeadline = "deadline"
)

// answer says what a provider answered, and its unit and days when it named them; empty
// for an event that is no answer.
func answer(t i18n.Printer, e follow.Event, today clock.Date) string {
	kind := e.Facts[FactKind]
	if kind == "" || e.What == follow.Due || e.What == follow.Late {
		return ""
	}
	out := t.T(i18n.Key("wording.notice.answer." + kind))
	if unit := e.Facts[FactUnit]; unit != "" {
		out += " " + t.T("wording.notice.answer.unit", "unit", unit)
	}
	if d := e.Facts.Day(FactEarliest); !d.IsZero() {
		out += " " + t.T("wording.notice.answer.earliest", "date", t.Day(d, today))
	}
	if d := e.Facts.Day(FactDeadline); !d.IsZero() {
		key := i18n.Key("wording.notice.answer.deadline")
		if e.Facts[FactKind] == "place" {
			key = "wording.notice.answer.arranged"
		}
		out += " " + t.T(key, "date", t.Day(d, today))
	}
	return out
}

// ended are the states after which a need is taken up again only with a reason.
var ended = []flow.State{need.CoveredByExisting, need.CoveredByOther, need.NotPossible, need.Covered, need.Closed, need.Withdrawn}

// Notice puts what happened with a need or a pooled need in a plain sentence,
// and who does what next, and by when, in another.
func Notice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	e := n.Event
	a, b := i18n.Key("wording.notice.need"), i18n.Key("wording.notice.need.first")
	switch {
	case e.Subject.Kind == need.PoolFlowKind:
		a, b = "wording.notice.pool", "wording.notice.pool.first"
	case n.Mine:
		a, b = "wording.notice.yours", "wording.notice.yours.first"
	}
	said := []any{"need", t.T(a), "Need", t.T(b), "when", when(t, e.At.Date(), today), "Who", ballWho(t, n), "due", t.Day(e.Ball.Due, today)}
	switch {
	case e.What == follow.Due:
		what = t.T("wording.notice.due", said...)
	case e.What == follow.Late:
		what = t.T("wording.notice.late", said...)
	case e.What == Answered:
		what = t.T("wording.notice.answered", said...)
	case e.What == ProgrammeOpen:
		what = t.T("wording.notice.programme_open", said...)
	case e.What == ProgrammeStarted:
		what = t.T("wording.notice.programme_started", said...)
		if d := e.Facts.Day(FactStart); !d.IsZero() {
			what += " " + t.T("wording.notice.programme_started.on", "date", t.Day(d, today))
		}
	default:
		what = t.T(happened(e), said...)
	}
	if a := answer(t, e, today); a != "" {
		what += " " + a
	}
	by := ""
	switch {
	case e.What == follow.Late:
		by = t.T("wording.notice.soon")
	case !e.Ball.Due.IsZero():
		by = t.T("wording.notice.by", "date", t.Day(e.Ball.Due, today))
	}
	next = "wording.notice.next." + string(e.To)
	switch e.What {
	case Answered:
		next = "wording.notice.next.answered"
	case ProgrammeOpen:
		next = "wording.notice.next.programme_open"
	case ProgrammeStarted:
		next = "wording.notice.next.programme_started"
	}
	return what, t.T(i18n.Key(next), append(said, "by", by)...)
}

// happened is the sentence of a move.
func happened(e follow.Event) i18n.Key {
	switch {
	case e.From == need.Merged && e.To != need.Withdrawn:
		return "wording.notice.left_pool"
	case e.To == need.Mapped && slices.Contains(ended, e.From):
		return "wording.notice.reopened"
	case e.To == need.Discussed && e.From == need.InFollowUp:
		return "wording.notice.handed_back"
	}
	return i18n.Key("wording.notice.to." + string(e.To))
}

// when is the day in words: today, yesterday, or the date.
func when(t i18n.Printer, day, today clock.Date) string {
	switch {
	case day.Equal(today):
		return t.T("wording.notice.today")
	case day.Equal(today.AddDays(-1)):
		return t.T("wording.notice.yesterday")
	}
	return t.T("wording.notice.day", "date", t.Day(day, today))
}

// ballWho is who has to act, at the head of a sentence.
func ballWho(t i18n.Printer, n follow.Notice) string {
	switch {
	case n.BallMine && n.Event.Ball.Org != "":
		return t.T("wording.notice.you.org")
	case n.BallMine:
		return t.T("wording.notice.you")
	case n.BallName != "":
		return n.BallName
	case n.Event.Ball.Party == flow.Secretary:
		return t.T("wording.notice.secretary")
	case n.Event.Ball.Party == flow.County:
		return t.T("wording.notice.county")
	}
	return t.T("wording.notice.somebody")
}
