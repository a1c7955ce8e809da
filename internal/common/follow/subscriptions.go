package follow

import (
	"context"
	"fmt"
	"net/url"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

// MaxSubscriptions is how much one person can follow.
const MaxSubscriptions = 200

// secretBytes makes an address that nobody can guess.
const secretBytes = 18

// Follow lets the actor follow the topic; one that he follows already gets the
// mode. It answers NotFound for a thing that he may not see, and Invalid with
// the field topic for what cannot be followed.
func (s *Service) Follow(ctx context.Context, actor access.Actor, topic Topic, mode Mode) (ID, error) {
	if !actor.SignedIn() {
		return "", fault.New(fault.Denied, "fault.denied")
	}
	if !slices.Contains(Modes(), mode) {
		return "", fault.InvalidField("mode", "form.error.choice")
	}
	var made ID
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		topic, err := s.check(ctx, tx, actor, topic)
		if err != nil {
			return err
		}
		n, err := db.Scalar[int](ctx, tx, countSubs, actor.Account)
		if err != nil {
			return err
		}
		if n >= MaxSubscriptions {
			return fault.InvalidField("topic", "follow.error.too_many", "max", MaxSubscriptions)
		}
		_, err = db.Exec(ctx, tx, insertSub, id.New[Subscription](), actor.Account, topic.Target, topic.Kind, topic.Ref, mode, id.Token(secretBytes), s.Clock.Now())
		if err != nil {
			return fmt.Errorf("follow: %w", err)
		}
		row, err := db.Get[subRow](ctx, tx, subOn, actor.Account, topic.Target, topic.Kind, topic.Ref)
		made = row.ID
		audit.Record(tx, s.Clock.Now(), actor, ActionFollow, subject(actor.Account), audit.PersonalField("topic", "", string(topic.Target)+" "+topic.Kind+" "+topic.Ref))
		return err
	})
	return made, err
}

// check puts the topic in the form that it is stored in, or says why it cannot
// be followed.
func (s *Service) check(ctx context.Context, tx *db.Tx, actor access.Actor, t Topic) (Topic, error) {
	switch t.Target {
	case Object:
		if _, ok := s.kinds[t.Kind]; !ok {
			return t, fault.InvalidField("topic", "follow.error.topic")
		}
		_, err := s.Objects.Card(ctx, tx, actor, object.Ref{Kind: t.Kind, ID: t.Ref})
		return t, err
	case Municipality:
		t.Kind = ""
		if _, ok := s.Municipalities(t.Ref); !ok {
			return t, fault.InvalidField("topic", "follow.error.topic")
		}
		return t, nil
	case Field:
		t.Kind = ""
		if !slices.Contains(s.Fields, t.Ref) {
			return t, fault.InvalidField("topic", "follow.error.topic")
		}
		return t, nil
	case Search:
		return s.checkSearch(ctx, tx, actor, t)
	}
	return t, fault.InvalidField("topic", "follow.error.topic")
}

// passing are the parts of a list's address that narrow nothing.
var passing = []string{"after", "sort", "lang", "ok", "limit"}

func (s *Service) checkSearch(ctx context.Context, tx *db.Tx, actor access.Actor, t Topic) (Topic, error) {
	kind, ok := s.kinds[t.Kind]
	query, err := url.ParseQuery(t.Ref)
	if !ok || kind.Fits == nil || err != nil {
		return t, fault.InvalidField("topic", "follow.error.topic")
	}
	for name, values := range query {
		values = slices.DeleteFunc(values, func(v string) bool { return v == "" })
		if query[name] = values; len(values) == 0 || slices.Contains(passing, name) {
			query.Del(name)
		}
	}
	t.Ref = query.Encode()
	if len(t.Ref) > 1000 {
		return t, fault.InvalidField("topic", "follow.error.topic")
	}
	_, err = kind.Fits(ctx, tx, actor, query, "")
	return t, err
}

// Subscriptions lists what the actor follows, in the order he began. Cards has
// the things among them that he may see.
func (s *Service) Subscriptions(ctx context.Context, actor access.Actor) ([]Subscription, map[object.Ref]object.Card, error) {
	if !actor.SignedIn() {
		return nil, nil, fault.New(fault.Denied, "fault.denied")
	}
	var out []Subscription
	var cards map[object.Ref]object.Card
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.List[subRow](ctx, tx, subsOf, actor.Account)
		if err != nil {
			return err
		}
		out = nil
		var refs []object.Ref
		for _, r := range rows {
			out = append(out, r.subscription())
			if r.Target == Object {
				refs = append(refs, object.Ref{Kind: r.Kind, ID: r.Ref})
			}
		}
		cards, err = s.Objects.Cards(ctx, tx, actor, refs)
		return err
	})
	return out, cards, err
}

// Card is the thing as the actor sees it, or NotFound: also for kinds that
// cannot be followed.
func (s *Service) Card(ctx context.Context, actor access.Actor, r object.Ref) (object.Card, error) {
	if _, ok := s.kinds[r.Kind]; !ok {
		return object.Card{}, fault.Missing()
	}
	var card object.Card
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		card, err = s.Objects.Card(ctx, tx, actor, r)
		return err
	})
	return card, err
}

// On is the actor's subscription to the topic, and whether there is one.
func (s *Service) On(ctx context.Context, actor access.Actor, t Topic) (Subscription, bool, error) {
	if !actor.SignedIn() {
		return Subscription{}, false, nil
	}
	var row subRow
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		row, err = db.Get[subRow](ctx, tx, subOn, actor.Account, t.Target, t.Kind, t.Ref)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return Subscription{}, false, nil
	}
	return row.subscription(), err == nil, err
}

// SetMode changes how soon the actor is told of what the subscription is about.
func (s *Service) SetMode(ctx context.Context, actor access.Actor, sub ID, mode Mode) error {
	if !slices.Contains(Modes(), mode) {
		return fault.InvalidField("mode", "form.error.choice")
	}
	return s.changeSub(ctx, actor, ActionFollow, sub, setSubMode, mode)
}

// RenewFeed makes a new secret address of the subscription; the one before stops
// working at once.
func (s *Service) RenewFeed(ctx context.Context, actor access.Actor, sub ID) error {
	return s.changeSub(ctx, actor, ActionRenew, sub, setSubFeed, id.Token(secretBytes))
}

// Unfollow ends a subscription of the actor's.
func (s *Service) Unfollow(ctx context.Context, actor access.Actor, sub ID) error {
	return s.changeSub(ctx, actor, ActionUnfollow, sub, dropSub)
}

func (s *Service) changeSub(ctx context.Context, actor access.Actor, action audit.Action, sub ID, statement db.SQL, args ...any) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, statement, append(args, sub, actor.Account)...)
		if err != nil {
			return fmt.Errorf("follow: subscription %s: %w", sub, err)
		}
		if n == 0 {
			return fault.Missing()
		}
		audit.Record(tx, s.Clock.Now(), actor, action, subject(actor.Account), audit.Field("subscription", "", sub))
		return nil
	})
}
