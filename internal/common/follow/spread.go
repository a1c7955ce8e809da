package follow

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

// HasNews reports whether there are moves or happenings that nobody has been
// told of.
func (s *Service) HasNews(ctx context.Context, tx *db.Tx) (bool, error) {
	n, err := db.Scalar[int](ctx, tx, anyUntold)
	if err != nil || n > 0 {
		return n > 0, err
	}
	return happening.Wait(ctx, tx)
}

// Spread tells of every move and happening that has not been told. It may be
// stopped and called again at any point.
func (s *Service) Spread(ctx context.Context) error {
	if err := s.spreadMoves(ctx); err != nil {
		return err
	}
	for {
		n := 0
		err := s.DB.Write(ctx, func(tx *db.Tx) error {
			taken, err := happening.Take(ctx, tx)
			if err != nil {
				return fmt.Errorf("follow: spread: %w", err)
			}
			n = len(taken)
			for _, h := range taken {
				e := Event{Subject: object.Ref{Kind: h.Kind, ID: h.ID}, What: What(h.What), Mark: h.Mark, At: h.At, Ball: h.Next, Actor: h.Actor, Org: h.Org, Facts: h.Facts}
				if err := s.tell(ctx, tx, e); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || n == 0 {
			return err
		}
	}
}

func (s *Service) spreadMoves(ctx context.Context) error {
	for {
		n := 0
		err := s.DB.Write(ctx, func(tx *db.Tx) error {
			moves, err := db.List[moveRow](ctx, tx, untold)
			if err != nil {
				return fmt.Errorf("follow: spread: %w", err)
			}
			n = len(moves)
			for _, m := range moves {
				if _, err := db.Exec(ctx, tx, setTold, m.Kind, m.Subject, m.Nr); err != nil {
					return fmt.Errorf("follow: spread: %w", err)
				}
				e, err := s.moved(ctx, tx, m)
				if err != nil {
					return err
				}
				if err := s.tell(ctx, tx, e); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || n == 0 {
			return err
		}
	}
}

// moved is the event of a move, with what its kind says besides.
func (s *Service) moved(ctx context.Context, tx *db.Tx, m moveRow) (Event, error) {
	e := m.event()
	kind, ok := s.kinds[e.Subject.Kind]
	if !ok || kind.Facts == nil {
		return e, nil
	}
	var err error
	if e.Facts, err = kind.Facts(ctx, tx, e); err != nil {
		return e, fmt.Errorf("follow: facts of %s %s: %w", e.Subject.Kind, e.Subject.ID, err)
	}
	return e, nil
}

func (m moveRow) event() Event {
	return Event{Subject: object.Ref{Kind: m.Kind, ID: m.Subject}, What: Moved, Mark: strconv.FormatInt(m.Nr, 10), At: m.At, From: m.From, To: m.To,
		Ball: m.Ball(), Actor: m.Actor, Org: m.Org}
}

// Remind days: a deadline is told of so many working days before, and again the
// first day after it.
const (
	remindBefore = 3
	// lookBack bounds how old a missed deadline may be to be told of, for a
	// service that has been down, or is new.
	lookBack = 7
)

// Remind tells those who have a ball of a deadline that is near, and of one that
// passed in the last week. Each deadline is told of once each way; one that is
// moved is a new one.
func (s *Service) Remind(ctx context.Context) error {
	today := s.Clock.Today()
	for _, r := range []struct {
		what     What
		from, to clock.Date
	}{{Due, today, clock.AddWorkdays(today, remindBefore)}, {Late, today.AddDays(-lookBack), today.AddDays(-1)}} {
		for {
			n := 0
			err := s.DB.Write(ctx, func(tx *db.Tx) error {
				rows, err := db.List[dueRow](ctx, tx, nearing, r.from, r.to, r.what)
				if err != nil {
					return fmt.Errorf("follow: remind: %w", err)
				}
				n = len(rows)
				for _, d := range rows {
					e := Event{Subject: object.Ref{Kind: d.Kind, ID: d.Subject}, What: r.what, Mark: d.Due.String(), At: s.Clock.Now(), From: d.State, To: d.State,
						Ball: d.Ball()}
					if err := s.tell(ctx, tx, e); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
			if n == 0 {
				break
			}
		}
	}
	return nil
}

// tell stores the event and a notice for each person who is told of it.
func (s *Service) tell(ctx context.Context, tx *db.Tx, e Event) error {
	kind, ok := s.kinds[e.Subject.Kind]
	silent := !ok || kind.Silent != nil && kind.Silent(e.To)
	e.ID = id.New[Event]()
	facts, err := e.Facts.Text()
	if err != nil {
		return err
	}
	n, err := db.Exec(ctx, tx, insertEvent, e.ID, e.Subject.Kind, e.Subject.ID, e.What, e.Mark, e.At, e.From, e.To, e.Ball.Party, e.Ball.Account, e.Ball.Org, e.Ball.Role,
		e.Ball.Due, e.Actor, e.Org, facts)
	if err != nil {
		return fmt.Errorf("follow: event of %s %s: %w", e.Subject.Kind, e.Subject.ID, err)
	}
	if n == 0 || silent {
		return nil // told before, or nobody's business
	}
	who, err := s.audience(ctx, tx, kind, e)
	if err != nil {
		return fmt.Errorf("follow: who is told of %s %s: %w", e.Subject.Kind, e.Subject.ID, err)
	}
	now := s.Clock.Now()
	for _, a := range who.order {
		if err := s.notify(ctx, tx, e, a, who.wish[a], now); err != nil {
			return err
		}
	}
	return nil
}

// wish is why and how a person is told.
type wish struct {
	reason Reason
	mode   Mode
}

// audience are the people who may be told of an event, each with the strongest
// reason and the soonest mode. The order is that of the accounts' ids.
type audience struct {
	order []access.AccountID
	wish  map[access.AccountID]wish
}

// add notes one more reason. Reasons are added the strongest first.
func (u *audience) add(a access.AccountID, w wish) {
	old, known := u.wish[a]
	if !known {
		u.order = append(u.order, a)
		u.wish[a] = w
		return
	}
	if w.mode.stronger(old.mode) {
		old.mode = w.mode
	}
	u.wish[a] = old
}

// audience finds who is to be told: holders of the ball, people of the
// organisations that the thing concerns, persons it concerns, and subscribers. Reminders are for the
// holders only. Whether each may see the thing is asked afterwards.
func (s *Service) audience(ctx context.Context, tx *db.Tx, kind Kind, e Event) (*audience, error) {
	out := &audience{wish: map[access.AccountID]wish{}}
	holders, err := s.holders(ctx, tx, e.Ball)
	if err != nil {
		return nil, err
	}
	if err := s.addOwn(ctx, tx, out, holders, ReasonBall); err != nil {
		return nil, err
	}
	if e.What == Due || e.What == Late {
		slices.Sort(out.order)
		return out, nil
	}
	orgs, err := kind.concerns(ctx, tx, e.Subject.ID)
	if err != nil {
		return nil, err
	}
	if len(orgs) > 0 {
		people, err := s.Accounts.PeopleAt(ctx, tx, orgs...)
		if err != nil {
			return nil, err
		}
		if err := s.addOwn(ctx, tx, out, people, ReasonOwn); err != nil {
			return nil, err
		}
	}
	people, err := kind.people(ctx, tx, e.Subject.ID)
	if err != nil {
		return nil, err
	}
	if err := s.addOwn(ctx, tx, out, people, ReasonOwn); err != nil {
		return nil, err
	}
	subs, err := s.subscribers(ctx, tx, kind, e)
	if err != nil {
		return nil, err
	}
	for _, sub := range subs {
		out.add(sub.Account, wish{Reason(sub.Target), sub.Mode})
	}
	slices.Sort(out.order)
	return out, nil
}

// holders are the accounts that may have the ball: a person, those of an
// organisation, or of an office. Whether the office's area has the thing is asked with the actor.
func (s *Service) holders(ctx context.Context, tx *db.Tx, b flow.Ball) ([]access.AccountID, error) {
	switch {
	case b.Account != "":
		return []access.AccountID{b.Account}, nil
	case b.Org != "":
		return s.Accounts.PeopleAt(ctx, tx, b.Org)
	case b.Role != "":
		return s.Accounts.PeopleWith(ctx, tx, b.Role)
	}
	return nil, nil
}

// addOwn adds people who are told without having asked, in the mode that each
// has chosen for that; those who have chosen none are left out.
func (s *Service) addOwn(ctx context.Context, tx *db.Tx, out *audience, people []access.AccountID, reason Reason) error {
	for _, a := range people {
		mode := Daily
		row, err := db.Get[personRow](ctx, tx, getPerson, a)
		if err == nil {
			mode = row.Own
		} else if !fault.Is(err, fault.NotFound) {
			return err
		}
		if mode != None {
			out.add(a, wish{reason, mode})
		}
	}
	return nil
}

func (k Kind) concerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	if k.Concerns == nil {
		return nil, nil
	}
	return k.Concerns(ctx, tx, id)
}

func (k Kind) people(ctx context.Context, tx *db.Tx, id string) ([]access.AccountID, error) {
	if k.People == nil {
		return nil, nil
	}
	return k.People(ctx, tx, id)
}

func (k Kind) heralds(ctx context.Context, tx *db.Tx, e Event) ([]access.OrgID, error) {
	if k.Heralds == nil {
		return nil, nil
	}
	return k.Heralds(ctx, tx, e)
}

// subscribers are the subscriptions whose topic has the thing, and those to the
// organisations that the event is of. Searches are asked as the subscriber, in
// fits.
func (s *Service) subscribers(ctx context.Context, tx *db.Tx, kind Kind, e Event) ([]subRow, error) {
	r := e.Subject
	card, err := s.Objects.Card(ctx, tx, access.SystemActor("follow"), r)
	if fault.Is(err, fault.NotFound) {
		return nil, nil // a draft that is gone
	}
	if err != nil {
		return nil, err
	}
	var this db.Where
	this.And(fragTarget, Object, r.Kind, r.ID)
	either := []db.Where{this}
	heralds, err := kind.heralds(ctx, tx, e)
	if err != nil {
		return nil, err
	}
	for _, o := range heralds {
		var w db.Where
		w.And(fragTarget, Object, org.ObjectName, o)
		either = append(either, w)
	}
	for _, m := range card.Municipalities {
		var w db.Where
		w.And(fragPlace, m)
		either = append(either, w)
	}
	for _, f := range card.Fields {
		var w db.Where
		w.And(fragField, f)
		either = append(either, w)
	}
	if kind.Fits != nil {
		var w db.Where
		w.And(fragSearch, r.Kind)
		either = append(either, w)
	}
	var w db.Where
	w.Or(either...)
	statement, args := db.Query{Base: subsOn, Where: w}.Build()
	found, err := db.List[subRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, err
	}
	var out []subRow
	for _, sub := range found {
		fits, err := s.fits(ctx, tx, kind, sub, r.ID)
		if err != nil {
			return nil, err
		}
		if fits {
			out = append(out, sub)
		}
	}
	return out, nil
}

// fits reports whether the thing is among what the subscriber finds by a search
// that he follows; other topics fit already.
func (s *Service) fits(ctx context.Context, tx *db.Tx, kind Kind, sub subRow, thing string) (bool, error) {
	if sub.Target != Search {
		return true, nil
	}
	query, err := url.ParseQuery(sub.Ref)
	if err != nil {
		return false, nil // not one of ours
	}
	actor, err := s.Accounts.ActorIn(ctx, tx, sub.Account)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	fits, err := kind.Fits(ctx, tx, actor, query, thing)
	if fault.Is(err, fault.Invalid) {
		return false, nil // the list knows the filter no more
	}
	return fits, err
}

// notify makes the person's notice, when he may see the thing and did not do it
// himself.
func (s *Service) notify(ctx context.Context, tx *db.Tx, e Event, a access.AccountID, w wish, now clock.Time) error {
	if e.Actor == string(a) {
		return nil
	}
	actor, err := s.Accounts.ActorIn(ctx, tx, a)
	if fault.Is(err, fault.NotFound) {
		return nil // closed or deleted
	}
	if err != nil {
		return err
	}
	if w.reason == ReasonBall && e.Ball.Account == "" && e.Ball.Org == "" {
		holds, err := s.holdsBall(ctx, tx, actor, e)
		if err != nil || !holds {
			return err
		}
	}
	_, err = s.Objects.Card(ctx, tx, actor, e.Subject)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	mail := "none"
	if w.mode == Now || w.mode == Daily {
		row, err := db.Get[personRow](ctx, tx, getPerson, a)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if row.reachable() {
			mail = "wait"
		}
	}
	_, err = db.Exec(ctx, tx, insertNotice, id.New[Notice](), a, e.ID, w.reason, w.mode, mail, now)
	if err != nil {
		return fmt.Errorf("follow: notice: %w", err)
	}
	return nil
}

// holdsBall reports whether the actor has the ball that an office got by the
// event: whether the office's area has the thing.
func (s *Service) holdsBall(ctx context.Context, tx *db.Tx, actor access.Actor, e Event) (bool, error) {
	item, err := flow.Get(ctx, tx, flow.Subject(e.Subject))
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	item.Ball = e.Ball
	return item.HeldBy(actor), err
}
