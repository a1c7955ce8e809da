package develop

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/ask"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/support"
)

// ActionAnswer is the action of the audit log.
const ActionAnswer audit.Action = "develop.answer"

// Deps is what the hall needs.
type Deps struct {
	Needs   *need.Service
	Pools   *pool.Service
	Asks    *ask.Service
	Supply  *supply.Service
	Support *support.Service
}

// Service is the hall's use cases.
type Service struct{ Deps }

// New makes the hall.
func New(d Deps) *Service { return &Service{Deps: d} }

// Turn is what a provider is about to answer: what it is, for whom it answers, and what it
// answered before.
type Turn struct {
	About        About
	Number       string
	Title        string
	State        flow.State
	Provider     org.ID
	ProviderName string
	AnswerBy     clock.Date
	Late         bool
	// Taking says that nobody follows up yet: who answers, takes it.
	Taking bool
	// Before are the provider's own answers, the oldest first.
	Before []Answer
}

// Begin is the turn of a provider to answer: NotFound for what the actor may not see,
// Denied for who may not answer it, Conflict where nothing can be answered now.
func (s *Service) Begin(ctx context.Context, actor access.Actor, about About) (Turn, error) {
	var out Turn
	err := s.Needs.Read(ctx, func(tx *db.Tx) error {
		t, err := s.load(ctx, tx, actor, about)
		if err != nil {
			return err
		}
		by, moves, err := s.answerer(ctx, tx, actor, t)
		if err != nil {
			return err
		}
		out = Turn{About: about, Number: t.number, Title: t.title, State: t.state, Provider: by, AnswerBy: t.answerBy, Taking: moves && t.provider == "",
			Late: t.state == need.InFollowUp && !t.answerBy.IsZero() && s.Needs.Today().After(t.answerBy)}
		all, err := answers(ctx, tx, about)
		if err != nil {
			return err
		}
		for _, a := range all {
			if a.Provider == by {
				a.Whole = true
				out.Before = append(out.Before, a)
			}
		}
		names, err := need.NamesOf(ctx, tx, []org.ID{by}, s.Needs.Today())
		out.ProviderName = names[by]
		return err
	})
	return out, err
}

// Answer gives a provider's answer, and moves the need where the answer leaves it. A
// request that the provider was sent is answered by it too. What is missing is Invalid at
// the names of the fields in Answering, written as in JSON; a need that has moved since
// the asker saw it is Stale.
func (s *Service) Answer(ctx context.Context, actor access.Actor, about About, in Answering) (ID, error) {
	// Whether the card stands is asked before: the toolbox has a transaction of its own.
	card := support.Card{}
	if in.Kind == Measure && in.Card != "" {
		var err error
		if card, err = s.Support.Get(ctx, in.Card); fault.Is(err, fault.NotFound) || err == nil && card.Archived {
			return "", fault.InvalidField("card", "develop.error.card")
		} else if err != nil {
			return "", err
		}
	}
	var out ID
	err := s.Needs.Write(ctx, func(tx *db.Tx) error {
		in := in
		t, err := s.load(ctx, tx, actor, about)
		if err != nil {
			return err
		}
		by, moves, err := s.answerer(ctx, tx, actor, t)
		if err != nil {
			return err
		}
		if in.From != "" && in.From != t.state {
			return fault.New(fault.Stale, "flow.error.moved")
		}
		before, err := answers(ctx, tx, about)
		if err != nil {
			return err
		}
		if err := s.checked(ctx, tx, &in, by, t, moves, before); err != nil {
			return err
		}
		out, err = s.give(ctx, tx, actor, &t, by, moves, in)
		return err
	})
	return out, err
}

// checked asks that the answer is whole, and that what it names is the provider's and is
// offered. Who has answered before says what is new, and so does one whose answer moves
// the thing where a reason is asked for.
func (s *Service) checked(ctx context.Context, tx *db.Tx, in *Answering, by org.ID, t subject, moves bool, before []Answer) error {
	var fs fault.Fields
	in.check(&fs, s.Needs.Today())
	again := moves && t.asks(t.way(in.becomes()))
	for _, a := range before {
		again = again || a.Provider == by
	}
	if again && in.Words == "" && !fs.Has("words") {
		fs.Add("words", "develop.error.what_is_new")
	}
	if in.Programme != "" {
		p, err := s.Supply.ProgrammeIn(ctx, tx, in.Programme)
		switch {
		case fault.Is(err, fault.NotFound), err == nil && (p.Provider != by || p.State != offer.ProgrammeActive):
			fs.Add("programme", "develop.error.programme")
		case err != nil:
			return err
		}
	}
	if in.Offering != "" {
		o, err := s.Supply.OfferingIn(ctx, tx, in.Offering)
		switch {
		case fault.Is(err, fault.NotFound), err == nil && (o.Provider != by || o.State != offer.Active):
			fs.Add("offering", "develop.error.offering")
		case err != nil:
			return err
		default:
			in.Programme = o.Programme
		}
	}
	return fs.Err()
}

// give moves the thing, stores the answer, and answers the request.
func (s *Service) give(ctx context.Context, tx *db.Tx, actor access.Actor, t *subject, by org.ID, moves bool, in Answering) (ID, error) {
	nr, err := db.Scalar[int](ctx, tx, lastNr, t.about.Need, t.about.Pool)
	if err != nil {
		return "", fmt.Errorf("develop: number of an answer: %w", err)
	}
	a := Answer{ID: id.New[Answer](), About: t.about, Nr: nr + 1, Provider: by, Kind: in.Kind, Unit: in.Unit, Programme: in.Programme, Offering: in.Offering,
		Card: in.Card, Seats: in.Seats, Arrange: in.Arrange, Deadline: in.Deadline, Earliest: in.Earliest, Cost: in.Cost, Hours: in.Hours,
		Equipment: in.Equipment, Words: in.Words, AnsweredAt: s.Needs.Now()}
	requests, err := s.Asks.AskedIn(ctx, tx, t.about.Need, t.about.Pool, []org.ID{by})
	if err != nil {
		return "", err
	}
	for _, r := range requests {
		if r.State == ask.Sent || r.State == ask.Noted {
			a.AnswerBy = r.AnswerBy
		}
	}
	if a.AnswerBy.IsZero() && t.provider == by && t.state == need.InFollowUp {
		a.AnswerBy = t.answerBy
	}
	way := t.way(in.becomes())
	if moves {
		if a.AnsweredAt, err = s.move(ctx, tx, actor, t, by, way, in); err != nil {
			return "", err
		}
	}
	if err := put(ctx, tx, actor, a); err != nil {
		return "", err
	}
	if err := s.reply(ctx, tx, actor, requests, in); err != nil {
		return "", err
	}
	if !moves || len(way) == 0 {
		if err := s.tell(ctx, tx, actor, t, a, moves); err != nil {
			return "", err
		}
	}
	audit.Record(tx, s.Needs.Now(), actor, ActionAnswer, t.audit(), audit.Field("answer", "", a.ID), audit.Field("kind", "", a.Kind), audit.PersonalField("unit", "", a.Unit),
		audit.PersonalField("words", "", a.Words))
	return a.ID, nil
}

// move makes the moves of an answer; it answers the moment of the last, by which the
// message about it finds the answer.
func (s *Service) move(ctx context.Context, tx *db.Tx, actor access.Actor, t *subject, by org.ID, way []flow.State, in Answering) (clock.Time, error) {
	for _, to := range way {
		d := need.Decided{To: to, As: []flow.Party{flow.Provider}, Note: in.Words}
		if to == need.InFollowUp {
			var fs fault.Fields
			d.Provider, d.AnswerBy = by, s.Needs.AnswerDate(clock.Date{}, &fs)
		}
		if to == need.InDevelopment {
			d.Due = in.Deadline
		}
		if err := s.step(ctx, tx, actor, t, d); err != nil {
			return clock.Time{}, err
		}
	}
	if len(way) == 0 {
		return s.Needs.Now(), nil
	}
	steps, err := flow.History(ctx, tx, t.flow())
	if err != nil {
		return clock.Time{}, err
	}
	return steps[len(steps)-1].At, nil
}

// reply answers the requests that wait.
func (s *Service) reply(ctx context.Context, tx *db.Tx, actor access.Actor, requests []ask.Request, in Answering) error {
	state := ask.Accepted
	if in.Kind == Impossible {
		state = ask.Declined
	}
	for _, r := range requests {
		if r.State != ask.Sent && r.State != ask.Noted {
			continue
		}
		if err := s.Asks.AnswerIn(ctx, tx, actor, r.ID, r.Version, state, in.Words); err != nil {
			return err
		}
	}
	return nil
}

// tell says that there is an answer where no move does. Where the provider has the ball it
// gets the day of its new answer.
func (s *Service) tell(ctx context.Context, tx *db.Tx, actor access.Actor, t *subject, a Answer, moves bool) error {
	item, err := flow.Get(ctx, tx, t.flow())
	if err != nil {
		return err
	}
	ball := item.Ball
	if moves && !a.Deadline.IsZero() {
		ball.Due = a.Deadline
		if err := flow.Pass(ctx, tx, t.flow(), ball); err != nil {
			return err
		}
	}
	happening.Record(tx, a.AnsweredAt, actor, happening.Happening{Kind: t.flow().Kind, ID: t.flow().ID, What: Answered, Mark: string(a.ID), Facts: facts(a), Next: ball})
	return nil
}
