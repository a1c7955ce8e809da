package follow

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// feedDays is how far back feeds and calendars look.
const feedDays = 90

// mostEntries is how many entries a feed or calendar has.
const mostEntries = 200

// Feed is what the holder of a secret address reads, in the language and with
// the eyes of the person it belongs to. Topic is zero for the person's own.
type Feed struct {
	Settings Settings
	Topic    Topic
	Card     object.Card // of the thing, when the topic is one
	Entries  []Notice
	Dates    []Deadline
}

// Deadline is a date by which somebody has to act. UID is the same as long as
// the thing stands where it does, Sequence grows with every change of it, and
// Cancelled is one that has been dealt with. BallName is who has to act.
type Deadline struct {
	Notice
	UID       string
	Sequence  int
	Due       clock.Date
	Cancelled bool
	Updated   clock.Time
}

// Personal is the feed behind a person's secret: their notices, and the
// deadlines of the balls they hold.
func (s *Service) Personal(ctx context.Context, secret string) (Feed, error) {
	var out Feed
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		account, err := db.Get[access.AccountID](ctx, tx, byFeed, secret)
		if err != nil {
			return err
		}
		actor, settings, err := s.reader(ctx, tx, account)
		if err != nil {
			return err
		}
		out = Feed{Settings: settings}
		var w db.Where
		w.And(fragIsAccount, account)
		page := db.Page{Order: db.Order{Key: fragMade, ID: fragNotice, Desc: true}, Limit: mostEntries}
		rows, err := db.ListPage(ctx, tx, db.Query{Base: noticesOf, Where: w}, page, func(r noticeRow) (any, string) { return r.MadeAt.String(), string(r.Notice) })
		if err != nil {
			return err
		}
		if out.Entries, err = s.notices(ctx, tx, actor, rows.Items); err != nil {
			return err
		}
		if out.Dates, err = s.own(ctx, tx, actor); err != nil {
			return err
		}
		subs, err := db.List[subRow](ctx, tx, subsOf, account)
		if err != nil {
			return err
		}
		followed := subjects(out.Entries)
		for _, sub := range subs {
			if sub.Target == Object {
				followed = append(followed, object.Ref{Kind: sub.Kind, ID: sub.Ref})
			}
		}
		dates, err := s.dates(ctx, tx, actor, followed)
		out.Dates = append(out.Dates, dates...)
		return err
	})
	if err != nil {
		return Feed{}, fmt.Errorf("follow: feed: %w", err)
	}
	return out, nil
}

// OfTopic is the feed behind a subscription's secret: what happened with what it
// is about, and the deadlines.
func (s *Service) OfTopic(ctx context.Context, secret string) (Feed, error) {
	var out Feed
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		sub, err := db.Get[subRow](ctx, tx, subByFeed, secret)
		if err != nil {
			return err
		}
		actor, settings, err := s.reader(ctx, tx, sub.Account)
		if err != nil {
			return err
		}
		out = Feed{Settings: settings, Topic: sub.subscription().Topic}
		if sub.Target == Object {
			if out.Card, err = s.Objects.Card(ctx, tx, actor, object.Ref{Kind: sub.Kind, ID: sub.Ref}); err != nil {
				return err
			}
		}
		if out.Entries, err = s.entries(ctx, tx, actor, out.Topic); err != nil {
			return err
		}
		for _, n := range out.Entries {
			if n.Event.What != Moved || n.Event.Ball.Due.IsZero() {
				continue
			}
			d, ok, err := s.deadline(ctx, tx, n)
			if err != nil {
				return err
			}
			if ok {
				out.Dates = append(out.Dates, d)
			}
		}
		followed := subjects(out.Entries)
		if sub.Target == Object {
			followed = append(followed, out.Card.Ref)
		}
		dates, err := s.dates(ctx, tx, actor, followed)
		out.Dates = append(out.Dates, dates...)
		return err
	})
	if err != nil {
		return Feed{}, fmt.Errorf("follow: feed: %w", err)
	}
	return out, nil
}

// reader is the person whose secret it is: a closed account has no feeds.
func (s *Service) reader(ctx context.Context, tx *db.Tx, a access.AccountID) (access.Actor, Settings, error) {
	actor, err := s.Accounts.ActorIn(ctx, tx, a)
	if err != nil {
		return actor, Settings{}, err
	}
	row, err := db.Get[personRow](ctx, tx, getPerson, a)
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return actor, row.settings(), err
}

// entries are the events of the topic that the actor may see, the newest first.
func (s *Service) entries(ctx context.Context, tx *db.Tx, actor access.Actor, t Topic) ([]Notice, error) {
	var w db.Where
	w.And(fragSince, clock.StartOfDay(s.Clock.Today().AddDays(-feedDays)))
	switch {
	case t.Target == Object && t.Kind != org.ObjectName: // an organisation is told of what it begins, too
		w.And(fragThing, t.Kind, t.Ref)
	case t.Target == Search:
		w.And(fragKind, t.Kind)
	}
	statement, args := db.Query{Base: eventsBase, Where: w}.Build()
	rows, err := db.List[eventRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, err
	}
	refs := make([]object.Ref, len(rows))
	for i, r := range rows {
		refs[i] = r.event().Subject
	}
	cards, err := s.Objects.Cards(ctx, tx, actor, refs)
	if err != nil {
		return nil, err
	}
	var out []Notice
	for _, r := range rows {
		e := r.event()
		card, sees := cards[e.Subject]
		kind := s.kinds[e.Subject.Kind]
		if !sees || kind.Silent != nil && kind.Silent(e.To) {
			continue
		}
		in, err := s.isAbout(ctx, tx, actor, t, e, card)
		if err != nil {
			return nil, err
		}
		if !in {
			continue
		}
		n, err := s.notice(ctx, tx, actor, e, card)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// Newest lists what has happened of the sort with things of the kind, the newest
// first, at most 200 of the last weeks. It does not ask who may see the things:
// who shows them does.
func (s *Service) Newest(ctx context.Context, kind string, what What) ([]Event, error) {
	var w db.Where
	w.And(fragSince, clock.StartOfDay(s.Clock.Today().AddDays(-feedDays)))
	w.And(fragKind, kind)
	w.And(fragWhat, what)
	statement, args := db.Query{Base: eventsBase, Where: w}.Build()
	var out []Event
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.List[eventRow](ctx, tx, statement, args...)
		if err != nil {
			return fmt.Errorf("newest of %s %s: %w", kind, what, err)
		}
		out = make([]Event, len(rows))
		for i, r := range rows {
			out[i] = r.event()
		}
		return nil
	})
	return out, err
}

// isAbout reports whether the event belongs to the topic: its thing is among
// those of the topic, or an organisation that is followed began it.
func (s *Service) isAbout(ctx context.Context, tx *db.Tx, actor access.Actor, t Topic, e Event, card object.Card) (bool, error) {
	kind := s.kinds[e.Subject.Kind]
	switch t.Target {
	case Object:
		if (e.Subject == object.Ref{Kind: t.Kind, ID: t.Ref}) {
			return true, nil
		}
		orgs, err := kind.heralds(ctx, tx, e)
		return t.Kind == org.ObjectName && slices.Contains(orgs, access.OrgID(t.Ref)), err
	case Municipality:
		return slices.Contains(card.Municipalities, t.Ref), nil
	case Field:
		return slices.Contains(card.Fields, t.Ref), nil
	case Search:
		query, err := url.ParseQuery(t.Ref)
		if err != nil || kind.Fits == nil {
			return false, nil
		}
		fits, err := kind.Fits(ctx, tx, actor, query, card.Ref.ID)
		if fault.Is(err, fault.Invalid) {
			return false, nil
		}
		return fits, err
	}
	return true, nil
}

// own are the deadlines of the balls that the actor holds, and those of the last
// weeks that are dealt with.
func (s *Service) own(ctx context.Context, tx *db.Tx, actor access.Actor) ([]Deadline, error) {
	held, err := flow.Held(ctx, tx, actor, flow.Asked{Limit: mostEntries})
	if err != nil {
		return nil, err
	}
	var out []Deadline
	seen := map[string]bool{}
	for _, i := range held.Items {
		e := Event{Subject: object.Ref(i.Subject), What: Moved, Mark: strconv.Itoa(i.Moves), At: i.Since, From: i.State, To: i.State, Ball: i.Ball}
		if i.Ball.Due.IsZero() {
			continue
		}
		card, err := s.Objects.Card(ctx, tx, actor, e.Subject)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		n, err := s.notice(ctx, tx, actor, e, card)
		if err != nil {
			return nil, err
		}
		if d, ok, err := s.deadline(ctx, tx, n); err != nil {
			return nil, err
		} else if ok {
			seen[d.UID] = true
			out = append(out, d)
		}
	}
	past, err := s.entries(ctx, tx, actor, Topic{})
	if err != nil {
		return nil, err
	}
	for _, n := range past {
		if n.Event.What != Moved || n.Event.Ball.Due.IsZero() || !n.BallMine {
			continue
		}
		if d, ok, err := s.deadline(ctx, tx, n); err != nil {
			return nil, err
		} else if ok && !seen[d.UID] {
			out = append(out, d)
		}
	}
	return out, nil
}

// deadline is the date that an event set, as it stands now: another date when it
// was moved since, cancelled when the thing has gone on. The number of changes
// is that of moves and passes of the ball, so that it never falls.
func (s *Service) deadline(ctx context.Context, tx *db.Tx, n Notice) (Deadline, bool, error) {
	item, err := flow.Get(ctx, tx, flow.Subject(n.Event.Subject))
	if fault.Is(err, fault.NotFound) {
		return Deadline{}, false, nil
	}
	nr, convErr := strconv.Atoi(n.Event.Mark)
	if err != nil || convErr != nil {
		return Deadline{}, false, err
	}
	d := Deadline{Notice: n, UID: n.Event.Subject.Kind + "-" + n.Event.Subject.ID + "-" + n.Event.Mark, Sequence: item.Passes + item.Moves - nr,
		Due: n.Event.Ball.Due, Updated: n.Event.At}
	switch {
	case item.Moves != nr:
		d.Cancelled, d.Updated = true, item.Since
	case item.Ball.Due.IsZero():
		d.Cancelled = true
	default:
		d.Due = item.Ball.Due
	}
	return d, true, nil
}
