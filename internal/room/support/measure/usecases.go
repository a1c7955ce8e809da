package measure

import (
	"context"
	"encoding/json"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/support"
)

// Knows is what others know: the codes of sectors, and the numbers of municipalities. Within are
// the numbers that a municipality covers today, its former ones too.
type Knows struct {
	Sector       func(code string) bool
	Municipality func(number string) bool
	Within       func(number string) []string
}

// Deps is what the room needs.
type Deps struct {
	DB    *db.DB
	Clock clock.Clock
	Cards *support.Service
	Knows Knows
}

// Service is the use cases of measures.
type Service struct{ Deps }

// New makes the room, and lets the cards know of it.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	d.Cards.Measures = &support.Measures{Made: s.made, Sees: s.sees, Owns: s.owns}
	return s
}

func subject(card support.ID) audit.Subject {
	return audit.Subject{Kind: support.ObjectName, ID: string(card)}
}

func flowSubject(card support.ID) flow.Subject {
	return flow.Subject{Kind: support.ObjectName, ID: string(card)}
}

// made lets a card that an editor has made stand in the toolbox as a measure.
func (s *Service) made(ctx context.Context, tx *db.Tx, actor access.Actor, c support.Card) error {
	return s.store(ctx, tx, actor, Measure{Card: c, State: Published})
}

func (s *Service) sees(ctx context.Context, tx *db.Tx, actor access.Actor, card support.ID) (bool, error) {
	_, err := s.In(ctx, tx, actor, card)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

func (s *Service) owns(ctx context.Context, tx *db.Tx, actor access.Actor, card support.ID) (bool, error) {
	m, err := s.In(ctx, tx, actor, card)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil && m.MayChange(), err
}

// Suggestion is a new measure in few words.
type Suggestion struct {
	Org                       access.OrgID
	Group                     support.TargetGroup
	Title, ForWhom, What, Why string
}

// Suggest proposes a measure for an organisation that the actor is at: a draft that the
// organisation and the editors see.
func (s *Service) Suggest(ctx context.Context, actor access.Actor, in Suggestion) (support.ID, error) {
	if in.Org == "" || !actor.HasAt(in.Org, UserRoles()...) && !actor.IsSystem() {
		return "", fault.New(fault.Denied, "fault.denied")
	}
	var out support.ID
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		of, err := org.Get(ctx, tx, in.Org)
		if err != nil {
			return err
		}
		name := of.NameOn(s.Clock.Today())
		c := support.Card{Kind: support.Measure, TargetGroup: in.Group, Source: name, LastChecked: s.Clock.Today()}
		c.Title.NB, c.ForWhom.NB, c.What.NB, c.Owner.NB = text.CleanLine(in.Title), text.CleanMultiline(in.ForWhom), text.CleanMultiline(in.What), name
		var fs fault.Fields
		c, err = c.Checked(s.Clock.Today())
		if err = fs.AddErr(err); err != nil {
			return err
		}
		m := Measure{State: Suggested, Suggested: in.Org, Sections: Sections{Goal: i18n.Text{NB: text.CleanMultiline(in.Why)}}}
		fs.Text("why", m.Goal.NB, MaxText, false)
		if fs.Err() != nil {
			return fs.Err()
		}
		if m.Card, err = support.AddDraft(ctx, tx, c); err != nil {
			return err
		}
		out = m.Card.ID
		audit.Record(tx, s.Clock.Now(), actor, ActionSuggest, subject(out), audit.Field("title", "", c.Title.NB))
		return s.store(ctx, tx, actor, m)
	})
}

// Get is a measure as the actor may see it, or NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, card support.ID) (Measure, error) {
	var out Measure
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.In(ctx, tx, actor, card)
		return err
	})
}

// Progress is where a measure stands, for those who work on it.
type Progress struct {
	Ball  flow.Ball
	Who   string // the organisation that has the ball
	Steps []flow.Step
}

// Progress is where the measure stands; nothing for others than its owner, who is asked to take
// over, and editors.
func (s *Service) Progress(ctx context.Context, m Measure) (Progress, error) {
	var out Progress
	if !m.Edits && !m.Keeps && !m.Receiver {
		return out, nil
	}
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		item, err := flow.Get(ctx, tx, flowSubject(m.Card.ID))
		if err != nil {
			return err
		}
		out.Ball = item.Ball
		if o := item.Ball.Org; o != "" {
			names, err := org.NamesOn(ctx, tx, []access.OrgID{o}, s.Clock.Today())
			if err != nil {
				return err
			}
			out.Who = names[o]
		}
		out.Steps, err = flow.History(ctx, tx, flowSubject(m.Card.ID))
		return err
	})
}

// change is a change to a measure by one who may make it, of the version that the actor saw.
func (s *Service) change(ctx context.Context, actor access.Actor, card support.ID, version int64, do func(tx *db.Tx, m Measure) error) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		m, err := s.In(ctx, tx, actor, card)
		switch {
		case err != nil:
			return err
		case !m.MayChange():
			return fault.New(fault.Denied, "fault.denied")
		case m.Version != version:
			return fault.New(fault.Stale, "fault.stale")
		}
		if err := do(tx, m); err != nil {
			return err
		}
		if IsOpen(m.State) {
			happening.Record(tx, s.Clock.Now(), actor, happening.Happening{Kind: support.ObjectName, ID: string(card), What: Rewrote, Mark: s.Clock.Today().String()})
		}
		return nil
	})
}

// Write replaces the sections of a measure.
func (s *Service) Write(ctx context.Context, actor access.Actor, card support.ID, version int64, in Sections) error {
	var fs fault.Fields
	if in = in.clean(&fs); fs.Err() != nil {
		return fs.Err()
	}
	sections, err := json.Marshal(in)
	if err != nil {
		return err
	}
	return s.change(ctx, actor, card, version, func(tx *db.Tx, m Measure) error {
		audit.Record(tx, s.Clock.Now(), actor, ActionEdit, subject(card), audit.Changed(audit.Field("goal", m.Goal.String(), in.Goal.String()), audit.Field("who", m.Who.String(), in.Who.String()))...)
		return db.ExecOne(ctx, tx, setSections, string(sections), card, version)
	})
}

// SetFacts replaces what one can look for.
func (s *Service) SetFacts(ctx context.Context, actor access.Actor, card support.ID, version int64, in Facts) error {
	in, err := in.check(s.Knows, s.Clock.Today())
	if err != nil {
		return err
	}
	return s.change(ctx, actor, card, version, func(tx *db.Tx, m Measure) error {
		if in.ContactOrg != "" {
			if _, err := org.Get(ctx, tx, in.ContactOrg); err != nil {
				return fault.InvalidField("contact_org", "form.error.choice")
			}
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionEdit, subject(card), audit.Changed(audit.Field("effort", m.Effort, in.Effort), audit.Field("contact_ok", m.ContactOK, in.ContactOK))...)
		return db.ExecOne(ctx, tx, setFacts, append(in.columns(), card, version)...)
	})
}

// PutStep replaces the step with its number, or adds one after the last when that is 0.
func (s *Service) PutStep(ctx context.Context, actor access.Actor, card support.ID, version int64, in Step) error {
	in, err := in.check()
	if err != nil {
		return err
	}
	return s.steps(ctx, actor, card, version, func(list []Step) ([]Step, error) {
		switch {
		case in.Nr == 0 && len(list) >= MaxSteps:
			return nil, fault.New(fault.Conflict, "measure.error.steps", "max", MaxSteps)
		case in.Nr == 0:
			return append(list, in), nil
		case in.Nr > len(list):
			return nil, fault.Missing()
		}
		list[in.Nr-1] = in
		return list, nil
	})
}

// DropStep takes a step away; those after it move up.
func (s *Service) DropStep(ctx context.Context, actor access.Actor, card support.ID, version int64, nr int) error {
	return s.steps(ctx, actor, card, version, func(list []Step) ([]Step, error) {
		if nr < 1 || nr > len(list) {
			return nil, fault.Missing()
		}
		return slices.Delete(list, nr-1, nr), nil
	})
}

func (s *Service) steps(ctx context.Context, actor access.Actor, card support.ID, version int64, do func([]Step) ([]Step, error)) error {
	return s.change(ctx, actor, card, version, func(tx *db.Tx, m Measure) error {
		before := len(m.Steps)
		list, err := do(m.Steps)
		switch {
		case err != nil:
			return err
		case len(list) == 0 && IsOpen(m.State):
			return fault.New(fault.Conflict, "measure.error.last_step")
		}
		if err := storeSteps(ctx, tx, card, list); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionEdit, subject(card), audit.Field("steps", before, len(list)))
		return db.ExecOne(ctx, tx, touch, card, version)
	})
}
