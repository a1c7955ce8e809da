package member

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/council"
)

// WithdrawalID names a notice.
type WithdrawalID = id.Of[Withdrawal]

// Withdrawal is a member's notice that it leaves. Effect is its last day as a member,
// LastFee the last year it pays for.
type Withdrawal struct {
	ID        WithdrawalID
	Body      council.BodyID
	Org       access.OrgID
	Name      string
	Notice    clock.Date
	Case      string
	DecidedOn clock.Date
	Effect    clock.Date
	LastFee   int
}

// Reading is how the agreement is read for a day of notice, with what is in doubt.
type Reading struct {
	Notice clock.Date
	// Deadline is the last day for notice in the year of the notice.
	Deadline clock.Date
	InTime   bool
	Effect   clock.Date
	LastFee  int
	Doubts   []Doubt
}

// Doubt is something that the agreement does not say.
type Doubt string

// The doubts: whether a notice is given when it is sent or when it is received; and
// whether a deadline on a day without post is moved to the next working day.
const (
	SentOrReceived Doubt = "sent_or_received"
	DayOff         Doubt = "day_off"
)

// Label is the key of the doubt in a sentence; its values are date and weekday.
func (d Doubt) Label() i18n.Key { return i18n.Key("council.doubt." + string(d)) }

// near is how many days from the deadline a notice may be for the post to matter.
const near = 14

// Read reads the rules for a day of notice. ok is false where they say nothing of
// leaving.
func Read(t council.Terms, notice clock.Date) (Reading, bool) {
	if t.Leaving == nil || t.LastDay == nil {
		return Reading{}, false
	}
	effect, ok := t.Leaving(notice)
	deadline, known := t.LastDay(notice.Year())
	if !ok || !known {
		return Reading{}, false
	}
	r := Reading{Notice: notice, Deadline: deadline, InTime: !notice.After(deadline), Effect: effect, LastFee: effect.Year()}
	if !notice.Before(deadline.AddDays(-near)) && !notice.After(deadline.AddDays(near)) {
		r.Doubts = append(r.Doubts, SentOrReceived)
	}
	if !clock.IsWorkday(deadline) && notice.After(deadline) && !notice.After(clock.NextWorkday(deadline)) {
		r.Doubts = append(r.Doubts, DayOff)
	}
	return r, true
}

// Notice is what a member gives notice with: the day, and its own council's decision.
type Notice struct {
	Body      council.BodyID
	Org       access.OrgID
	Day       clock.Date
	Case      string
	DecidedOn clock.Date
}

func (n Notice) tidied(today clock.Date) (Notice, error) {
	var fs fault.Fields
	n.Case = text.CleanLine(n.Case)
	if n.Org == "" {
		fs.Add("org", "form.error.required")
	}
	council.Past(&fs, "notice", n.Day, today)
	council.CaseNumber(&fs, "case", n.Case)
	council.Past(&fs, "decided_on", n.DecidedOn, today)
	if !n.Day.IsZero() && n.DecidedOn.After(n.Day) {
		fs.Add("decided_on", "council.error.after_notice")
	}
	return n, fs.Err()
}

// Withdraw records a member's notice and gives its seats their last day. An office of
// the member does, or the secretary; the number of the case in the member's own council
// is required. A member that has given notice cannot give it again.
func (s *Service) Withdraw(ctx context.Context, actor access.Actor, n Notice) (Withdrawal, error) {
	n, err := n.tidied(s.Clock.Today())
	if err != nil {
		return Withdrawal{}, err
	}
	var out Withdrawal
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		body, is, err := council.Seen(ctx, tx, s.Bodies, actor, n.Body, n.Day)
		switch {
		case err != nil:
			return err
		case !is.Speaks(n.Org):
			return council.Denied()
		}
		m, ok := body.Member(n.Org)
		if !ok || !m.IsOn(n.Day) {
			return fault.InvalidField("org", "council.error.no_member")
		}
		if !m.To.IsZero() {
			return fault.InvalidField("org", "council.error.leaving", "date", m.To)
		}
		r, ok := Read(body.Terms, n.Day)
		if !ok {
			return fault.New(fault.Conflict, "council.error.no_leaving")
		}
		out = Withdrawal{ID: id.New[Withdrawal](), Body: n.Body, Org: n.Org, Name: m.Name, Notice: n.Day, Case: n.Case, DecidedOn: n.DecidedOn, Effect: r.Effect, LastFee: r.LastFee}
		if _, err := db.Exec(ctx, tx, insertWithdrawal, out.ID, out.Body, out.Org, out.Notice, out.Case, out.DecidedOn, out.Effect, out.LastFee, actor.Label(), s.Clock.Now()); err != nil {
			return fmt.Errorf("council %s: withdraw: %w", n.Body, err)
		}
		if err := s.Bodies.EndSeats(ctx, tx, actor, n.Body, n.Org, out.Effect); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionWithdraw, council.Subject(n.Body), audit.Field("organisation", "", string(n.Org)), audit.Field("notice", "", n.Day),
			audit.Field("case", "", n.Case), audit.Field("effect", "", out.Effect))
		return nil
	})
	return out, err
}
