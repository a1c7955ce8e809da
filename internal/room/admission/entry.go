package admission

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Entry is what the room of supply knows of an offering at the moment, as far as admission
// goes.
type Entry struct {
	Offering, Programme string
	Provider            access.OrgID
	Title               string
	// Refusal is why nobody can apply here now; nil when one can. CalledOff is that nobody
	// can be given a place any more, and Reason what the provider said of it.
	Refusal   error
	CalledOff bool
	Reason    string
	// Direct is whether who applies has a place at once; else the provider decides.
	Direct bool
	// Places is how many there are, when Limited; Typed how many of them are taken by those
	// that the provider counts himself, and Waiting how many of those wait.
	Limited       bool
	Places, Typed int
	Waiting       int
	Queue         bool
	MaxQueued     int
	AnswerDays    int // working days; 0 when the provider has promised nothing
	// Rolls is that each starts on a day of her own; else all start together.
	Rolls bool
	// First is the first day one can start who is given a place now and wants to start from
	// the day; false when none is.
	First func(wanted clock.Date) (clock.Date, bool)
}

// Taken is how many came in by applications here.
type Taken struct{ Enrolled, Pending, Queued int }

// Offerings is the room of supply, as this one needs it.
type Offerings interface {
	// Entry is NotFound for an offering that the actor may not know of.
	Entry(ctx context.Context, tx *db.Tx, actor access.Actor, offering string) (Entry, error)
	SetTaken(ctx context.Context, tx *db.Tx, offering string, t Taken) error
}

// free is how many places can be given now; one more is always to be had where there is no
// limit.
func (e Entry) free(t Taken) int {
	if !e.Limited {
		return 1
	}
	return max(0, e.Places-e.Typed-t.Enrolled-t.Pending)
}

// begins is the state in which an application for the offering begins, or why it cannot.
func (e Entry) begins(t Taken) (flow.State, error) {
	switch {
	case e.free(t) > 0 && e.Direct:
		return Admitted, nil
	case e.free(t) > 0:
		return Applied, nil
	case e.Queue && (e.MaxQueued == 0 || e.Waiting+t.Queued < e.MaxQueued):
		return Queued, nil
	}
	return "", fault.New(fault.Conflict, "admission.error.full")
}

// given is the state of one to whom a place is given that has become free.
func (e Entry) given() flow.State {
	if e.Direct {
		return Admitted
	}
	return Offered
}

// Days is how many working days the provider takes to answer.
func (e Entry) Days() int {
	if e.AnswerDays == 0 {
		return answerDays
	}
	return e.AnswerDays
}

// answerDue is the last day to answer who applies on the day.
func (e Entry) answerDue(day clock.Date) clock.Date {
	return clock.AddWorkdays(day, e.Days())
}
