// Package councils answers what the room of councils asks of bodies, out of the room of
// meetings, and lets it know of what members answer there.
package councils

import (
	"context"
	"slices"
	"strings"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/own"
)

// Bodies answers the room's questions about councils out of the room of meetings.
type Bodies struct{ Meeting *meeting.Service }

// Council is the body when it is a council.
func (b Bodies) Council(ctx context.Context, tx *db.Tx, id council.BodyID, day clock.Date) (council.Body, error) {
	body, err := meeting.Get(ctx, tx, meeting.BodyID(id), day)
	if err != nil {
		return council.Body{}, err
	}
	if body.Kind != meeting.Council {
		return council.Body{}, fault.Missing()
	}
	out := council.Body{ID: id, Name: body.Name, From: body.From, Secretariat: body.Secretariat}
	sets, err := meeting.RulesOf(ctx, tx, body.ID)
	if err != nil {
		return council.Body{}, err
	}
	var rules rule.Set
	for _, s := range slices.Backward(sets) { // the last in force counts
		if !s.ValidFrom.After(day) {
			rules = s.Rules
		}
	}
	for _, s := range sets {
		out.RuleSets = append(out.RuleSets, council.RuleSet{ID: string(s.ID), Title: s.Title, ValidFrom: s.ValidFrom, AdoptedBy: s.AdoptedBy})
	}
	out.Terms = Terms(rules)
	seats, err := meeting.SeatsOf(ctx, tx, body.ID, day)
	out.Members = members(seats)
	return out, err
}

// Councils are all councils that exist on the day.
func (b Bodies) Councils(ctx context.Context, tx *db.Tx, day clock.Date) ([]council.Body, error) {
	list, err := meeting.Find(ctx, tx, meeting.Filter{Kinds: []meeting.Kind{meeting.Council}}, day)
	if err != nil {
		return nil, err
	}
	out := make([]council.Body, len(list))
	for i, x := range list {
		if out[i], err = b.Council(ctx, tx, council.BodyID(x.ID), day); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Terms is what the rules say about what councils do.
func Terms(s rule.Set) council.Terms {
	w := s.Withdrawal
	t := council.Terms{Elected: s.Elected, EqualFee: s.Economy.EqualFee, Voluntary: s.Economy.Voluntary, Joint: s.Joint.Allowed, StopsAtConflict: s.Joint.StopsAtConflict,
		Rounds: s.Hearing.Rounds, Days: s.Hearing.Days, Extension: s.Hearing.Extension, OwnCouncil: w.OwnCouncil, Leaving: w.Effect,
		LastDay: func(year int) (clock.Date, bool) {
			if w.Month == 0 {
				return clock.Date{}, false
			}
			day, err := clock.NewDate(year, time.Month(w.Month), w.Day)
			return day, err == nil
		},
		MoneyWhere: s.Economy.Source.Where, LeavingWhere: w.Source.Where, JointWhere: s.Joint.Source.Where}
	for _, d := range s.Duties {
		t.Duties = append(t.Duties, string(d.Kind))
	}
	return t
}

// members puts the seats of each organisation together to the time that it has been a
// member. Observers and the secretary are none.
func members(seats []meeting.Seat) []council.Member {
	seats = slices.DeleteFunc(slices.Clone(seats), func(s meeting.Seat) bool { return s.Kind == rule.Observer || s.Kind == rule.Secretary })
	slices.SortStableFunc(seats, func(a, b meeting.Seat) int { return a.From.Compare(b.From) })
	var out []council.Member
	for _, s := range seats {
		if !s.To.IsZero() && s.To.Before(s.From) {
			continue // undone
		}
		i := slices.IndexFunc(out, func(m council.Member) bool {
			return m.Org == s.Org && (m.To.IsZero() || !s.From.After(m.To.AddDays(1)))
		})
		if i < 0 {
			out = append(out, council.Member{Org: s.Org, Name: s.OrgName, From: s.From, To: s.To})
			continue
		}
		if m := &out[i]; !m.To.IsZero() && (s.To.IsZero() || s.To.After(m.To)) {
			m.To = s.To
		}
	}
	slices.SortStableFunc(out, func(a, b council.Member) int { return strings.Compare(text.SortKey(a.Name), text.SortKey(b.Name)) })
	return out
}

// Standing is what the actor is in the body today.
func (b Bodies) Standing(ctx context.Context, tx *db.Tx, actor access.Actor, id council.BodyID) (council.Standing, error) {
	if actor.IsSystem() {
		return council.Standing{Keeps: true}, nil
	}
	rights, err := b.Meeting.RightsOf(ctx, tx, actor, meeting.BodyID(id))
	if err != nil || !rights.IsIn() {
		return council.Standing{}, err
	}
	out := council.Standing{Keeps: rights.Secretary}
	rules, err := meeting.RulesOn(ctx, tx, meeting.BodyID(id), b.Meeting.Today())
	if err != nil && !fault.Is(err, fault.NotFound) {
		return council.Standing{}, err
	}
	for _, s := range rights.Seats {
		if s.Kind == rule.Observer || s.Kind == rule.Secretary {
			continue
		}
		out.Seats = append(out.Seats, s.Org)
		if rules.Rules.Votes(s.Kind) {
			out.Votes = append(out.Votes, s.Org)
		}
	}
	return out, nil
}

// EndSeats lets the seats of a member that leaves have their last day.
func (b Bodies) EndSeats(ctx context.Context, tx *db.Tx, actor access.Actor, id council.BodyID, o access.OrgID, last clock.Date) error {
	return b.Meeting.EndSeatsOf(ctx, tx, actor, meeting.BodyID(id), o, last)
}

// Items are what the council has adopted in its own meetings.
func (b Bodies) Items(ctx context.Context, tx *db.Tx, id council.BodyID, ids ...council.ItemID) ([]council.Item, error) {
	only := make([]session.ItemID, len(ids))
	for i, x := range ids {
		only[i] = session.ItemID(x)
	}
	list, err := own.DecidedBy(ctx, tx, meeting.BodyID(id), only...)
	out := make([]council.Item, len(list))
	for i, x := range list {
		out[i] = council.Item{ID: council.ItemID(x.ID), Meeting: string(x.Meeting), Number: x.Number.String(), Title: x.Title, On: x.On, Closed: x.Closed, Over: x.Over}
		for _, o := range x.Own {
			a := answer(o.Org, o.Answer, o.Ref, o.Day)
			a.Name = o.OrgName
			out[i].Asked = append(out[i].Asked, council.Asked{ID: string(o.ID), Answer: a})
		}
	}
	return out, err
}

// Answered lets what a member answers in an item count for the agreement that was decided
// in it.
func Answered(room *council.Service) func(context.Context, *db.Tx, access.Actor, own.Given) error {
	return func(ctx context.Context, tx *db.Tx, actor access.Actor, g own.Given) error {
		return room.Given(ctx, tx, actor, council.ItemID(g.Item), answer(g.Org, g.Answer.Answer, g.Ref, g.Day))
	}
}

// answer is a member's answer in an item; both rooms call yes and no the same.
func answer(o access.OrgID, a outcome.Answer, ref string, day clock.Date) council.Answer {
	return council.Answer{Org: o, Reply: council.Reply(a), Case: ref, Day: day, InItem: true}
}
