package making

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/common/series"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need/wording"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

// Deps is what the hall needs. Began tells how many have begun on a programme by an
// application here.
type Deps struct {
	DB      *db.DB
	Clock   clock.Clock
	Answers *develop.Service
	Supply  *supply.Service
	Began   func(ctx context.Context, tx *db.Tx, programme string) (int, error)
}

// Service is the use cases of developments.
type Service struct{ Deps }

// New makes the hall.
func New(d Deps) *Service { return &Service{Deps: d} }

// letter begins the number of a development.
const letter = "U"

// Making is what a development is made with.
type Making struct {
	Title string
	Level offer.Level
}

// Suggested is what a development of the answer would be called, and its level, for the
// provider that gave the answer; Denied for others, and Conflict for an answer that nothing
// is made from or something has been made from.
func (s *Service) Suggested(ctx context.Context, actor access.Actor, answer develop.ID) (Making, error) {
	var out Making
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		a, o, err := s.answered(ctx, tx, actor, answer)
		if err != nil {
			return err
		}
		out = Making{Title: o.Title, Level: offer.Level(o.Level)}
		if a.Kind == develop.Adapt {
			base, err := s.Supply.ProgrammeIn(ctx, tx, a.Programme)
			if err != nil {
				return err
			}
			out.Level = base.Level
			if out.Title == "" {
				out.Title, _ = base.Title.In(i18n.NB)
			}
		}
		if !slices.Contains(offer.Levels(), out.Level) {
			out.Level = offer.Kurs
		}
		return nil
	})
}

// answered is an answer that the actor may make a development from, and what it is about.
func (s *Service) answered(ctx context.Context, tx *db.Tx, actor access.Actor, answer develop.ID) (develop.Answer, develop.Origin, error) {
	a, o, err := s.Answers.Given(ctx, tx, actor, answer)
	switch {
	case err != nil:
		return a, o, err
	case supply.CanWrite(actor, a.Provider) != nil:
		return a, o, fault.New(fault.Denied, "fault.denied")
	case !a.Kind.Estimated() || !a.Last:
		return a, o, fault.New(fault.Conflict, "making.error.answer")
	}
	_, err = db.Get[ID](ctx, tx, ofAnswer, answer)
	switch {
	case fault.Is(err, fault.NotFound):
		return a, o, nil
	case err == nil:
		err = fault.New(fault.Conflict, "making.error.again")
	}
	return a, o, err
}

// Make makes a development from an answer, in one step with a draft of the programme and of
// an offering: when one is adapted, of each of its offerings without their days (LOP-1).
func (s *Service) Make(ctx context.Context, actor access.Actor, answer develop.ID, in Making) (ID, error) {
	in.Title = text.CleanLine(in.Title)
	var fs fault.Fields
	fs.Text("title", in.Title, MaxTitle, true)
	if !slices.Contains(offer.Levels(), in.Level) {
		fs.Add("level", "form.error.choice")
	}
	if err := fs.Err(); err != nil {
		return "", err
	}
	out := id.New[Development]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		a, o, err := s.answered(ctx, tx, actor, answer)
		if err != nil {
			return err
		}
		programme, err := s.draft(ctx, tx, actor, a, o, in)
		if err != nil {
			return err
		}
		now := s.Clock.Now()
		number, key, err := series.Next(ctx, tx, letter, now.Date().Year())
		if err != nil {
			return err
		}
		d := Development{ID: out, Number: number, Title: in.Title, Sort: a.Kind, About: a.About, Answer: a.ID, Provider: a.Provider, Programme: programme, State: Idea, Public: o.Open, Version: 1}
		if a.Kind == develop.Adapt {
			d.State = Feasibility
		}
		if _, err := db.Exec(ctx, tx, insertDevelopment, out, number, key, in.Title, a.Kind, a.About.Need, a.About.Pool, a.ID, d.CopiedFrom, d.Region, a.Provider, programme, d.State, d.Public, actor.Label(), now); err != nil {
			return fmt.Errorf("development: %w", err)
		}
		list := first(d.State, now.Date(), a)
		if err := putPlan(ctx, tx, out, list); err != nil {
			return err
		}
		if err := flow.StartIn(ctx, tx, Flow(), d.State, string(out), number+" · "+in.Title, s.ball(d, d.State, list), actor, now); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionMake, subject(out), audit.Field("answer", "", a.ID), audit.Field("programme", "", programme), audit.Field("state", "", d.State))
		return nil
	})
}

// first is the plan that the answer's own days give: the stage that begins ends on the day the
// provider has named, and admission is open until the first start.
func first(state flow.State, today clock.Date, a develop.Answer) []Stage {
	out := []Stage{{State: state, From: today}}
	if !a.Deadline.Before(today) {
		out[0].To = a.Deadline
	}
	if a.Earliest.After(today) {
		out = append(out, Stage{State: Open, To: a.Earliest})
	}
	return out
}

// draft is a draft of the programme: of the one that is adapted, or a new one with a draft of
// an offering.
func (s *Service) draft(ctx context.Context, tx *db.Tx, actor access.Actor, a develop.Answer, o develop.Origin, in Making) (offer.ProgrammeID, error) {
	p := offer.Programme{Provider: a.Provider, Level: in.Level, Languages: []string{"nb"}}
	var offerings []offer.Offering
	if a.Kind == develop.Adapt {
		base, err := s.Supply.ProgrammeIn(ctx, tx, a.Programme)
		if err != nil {
			return "", err
		}
		p = drafted(base)
		if offerings, err = s.Supply.OfferingsIn(ctx, tx, base.ID); err != nil {
			return "", err
		}
	}
	p.State, p.Title, p.Level = offer.ProgrammeConcept, i18n.Text{NB: in.Title}, in.Level
	w, err := s.Supply.Writer(ctx, tx, actor)
	if err != nil {
		return "", err
	}
	if p, err = w.AddProgramme(ctx, p); err != nil {
		return "", err
	}
	if a.Kind == develop.Make {
		_, err := w.AddOffering(ctx, p, offer.Offering{State: offer.Concept, StartType: offer.Rolling, Delivery: offer.Gatherings, Channel: offer.Here, Target: o.Target()})
		return p.ID, err
	}
	for _, x := range offerings {
		if !x.IsPublic() || x.State == offer.Cancelled {
			continue
		}
		next := x.Template()
		next.ID, next.Version, next.Programme, next.Target = "", 0, p.ID, o.Target()
		if _, err := w.AddOffering(ctx, p, next); err != nil {
			return "", err
		}
	}
	return p.ID, nil
}

// ball is who has to act in the state: the provider until the stage is planned to end.
func (s *Service) ball(d Development, to flow.State, list []Stage) flow.Ball {
	def, _ := Flow().State(to)
	if def.End {
		return flow.Ball{}
	}
	b := flow.Ball{Party: flow.Provider, Org: d.Provider, Due: def.Due(s.Clock.Today())}
	for _, x := range list {
		if x.State == to && !x.To.IsZero() {
			b.Due = x.To
		}
	}
	return b
}

// Moving is a move to be made. From is the state that the mover saw, empty for any. Started
// is how many have begun, where they did not apply here, and StartedOn the day the first
// did; today when it is not said.
type Moving struct {
	To, From  flow.State
	Note      string
	Started   int
	StartedOn clock.Date
}

// Move moves a development. It is opened when an offering of the programme is offered, and
// running when somebody has begun; else that is Conflict.
func (s *Service) Move(ctx context.Context, actor access.Actor, of ID, m Moving) error {
	m.Note = text.CleanMultiline(m.Note)
	var fs fault.Fields
	fs.Text("note", m.Note, MaxNote, false)
	if m.Started < 0 || m.Started > MaxStarted {
		fs.Add("started", "form.error.range", "min", 0, "max", MaxStarted)
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		m := m
		d, err := s.seen(ctx, tx, actor, of)
		switch {
		case err != nil:
			return err
		case m.From != "" && m.From != d.State:
			return fault.New(fault.Stale, "flow.error.moved")
		}
		if m.To == Running && d.State == Open {
			if m.StartedOn.IsZero() {
				m.StartedOn = s.Clock.Today()
			}
			if m.StartedOn.After(s.Clock.Today()) {
				return fault.InvalidField("started_on", "making.error.future")
			}
		} else {
			m.StartedOn = d.StartedOn
		}
		if err := s.guard(ctx, tx, d, m); err != nil {
			return err
		}
		list, err := plan(ctx, tx, of)
		if err != nil {
			return err
		}
		now, ball := s.Clock.Now(), s.ball(d, m.To, list)
		if err := flow.Move(ctx, tx, Flow(), flow.Request{Subject: flowOf(of), From: d.State, To: m.To, As: d.Mine, Note: m.Note, Ball: ball}, actor, now); err != nil {
			return err
		}
		started := d.Started
		if m.Started > 0 {
			started = m.Started
		}
		if err := db.ExecOne(ctx, tx, moveTo, m.To, started, m.StartedOn, of, d.Version); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionMove, subject(of), audit.Field("state", d.State, m.To))
		return s.tell(ctx, tx, actor, d, m, ball, now)
	})
}

// guard refuses a state that does not hold.
func (s *Service) guard(ctx context.Context, tx *db.Tx, d Development, m Moving) error {
	forward := map[flow.State]flow.State{Open: Building, Running: Open}[m.To] == d.State
	switch {
	case m.To == Open && forward:
		offered, err := s.Supply.IsOffered(ctx, tx, d.Programme)
		if err == nil && !offered {
			err = fault.New(fault.Conflict, "making.error.not_offered")
		}
		return err
	case m.To == Running && forward && m.Started == 0:
		n, err := s.Began(ctx, tx, string(d.Programme))
		if err == nil && n == 0 {
			err = fault.InvalidField("started", "making.error.nobody")
		}
		return err
	}
	return nil
}

// tell lets those who have the need hear that one can apply, and that it has begun. When
// one can apply, it is they who act next: they sign people up.
func (s *Service) tell(ctx context.Context, tx *db.Tx, actor access.Actor, d Development, m Moving, ball flow.Ball, now clock.Time) error {
	what, found := map[flow.State]happening.What{Open: wording.ProgrammeOpen, Running: wording.ProgrammeStarted}[m.To]
	if !found || d.State == Running || d.State == Evaluated {
		return nil
	}
	all, err := behind(ctx, tx, d)
	if err != nil {
		return err
	}
	due := ball.Due
	if due.IsZero() {
		def, _ := Flow().State(Idea)
		due = def.Due(s.Clock.Today())
	}
	for _, a := range all {
		next, facts := ball, happening.Facts{}
		if m.To == Open {
			if next, err = s.Answers.OwnerIn(ctx, tx, a, due); err != nil {
				return err
			}
		} else {
			facts.WithDay(wording.FactStart, m.StartedOn)
		}
		x := a.Subject()
		happening.Record(tx, now, actor, happening.Happening{Kind: x.Kind, ID: x.ID, What: what, Mark: string(d.ID), Next: next, Facts: facts})
	}
	return nil
}

// Plan sets the plan in the place of the one before. version is the one that the actor saw.
func (s *Service) Plan(ctx context.Context, actor access.Actor, of ID, version int64, list []Stage) error {
	if err := checked(list); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		d, err := s.ours(ctx, tx, actor, of)
		if err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, showTo, d.Public, of, version); err != nil {
			return err
		}
		if err := putPlan(ctx, tx, of, list); err != nil {
			return err
		}
		if def, _ := Flow().State(d.State); !def.End {
			if err := flow.Pass(ctx, tx, flowOf(of), s.ball(d, d.State, list)); err != nil {
				return err
			}
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionPlan, subject(of), audit.Field("plan", "", "changed"))
		return nil
	})
}

// Show makes a development public, or keeps it to those who work with it.
func (s *Service) Show(ctx context.Context, actor access.Actor, of ID, public bool) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		d, err := s.ours(ctx, tx, actor, of)
		if err != nil || d.Public == public {
			return err
		}
		if err := db.ExecOne(ctx, tx, showTo, public, of, d.Version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionPlan, subject(of), audit.Field("public", d.Public, public))
		return nil
	})
}

// ours is a development of the actor's own, or Denied.
func (s *Service) ours(ctx context.Context, tx *db.Tx, actor access.Actor, of ID) (Development, error) {
	d, err := s.seen(ctx, tx, actor, of)
	if err == nil && !d.Is(flow.Provider) {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return d, err
}
