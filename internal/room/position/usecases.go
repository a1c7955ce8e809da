package position

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/series"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// Deps is what the room needs.
type Deps struct {
	DB    *db.DB
	Clock clock.Clock
	Knows Knows
}

// Service is the use cases of positions.
type Service struct {
	Deps
	// Moved are told of each move, in the same transaction: of the position as it was,
	// and where it went.
	Moved []func(ctx context.Context, tx *db.Tx, actor access.Actor, p Position, to flow.State) error
	// Asked are asked of each move that its mover may make: one that refuses stops it.
	Asked []func(ctx context.Context, tx *db.Tx, actor access.Actor, p Position, to flow.State) error
}

// New makes the room.
func New(d Deps) *Service { return &Service{Deps: d} }

// letter begins the number of a position.
const letter = "J"

// parties are what the actor may act as for the position today. An adviser's mandate is
// asked for each time.
func (s *Service) parties(ctx context.Context, tx *db.Tx, actor access.Actor, p Position) ([]flow.Party, error) {
	if actor.IsSystem() {
		return []flow.Party{flow.Employer, flow.Provider}, nil
	}
	var out []flow.Party
	if actor.HasAt(p.Employer, WriterRoles()...) {
		out = append(out, flow.Employer)
	} else if p.RepresentedBy != "" && actor.HasAt(p.RepresentedBy, AdviserRoles()...) {
		holds, err := org.HasMandate(ctx, tx, p.RepresentedBy, p.Employer, s.Clock.Today())
		if err != nil {
			return nil, err
		}
		if holds {
			out = append(out, flow.Employer)
		}
	}
	if p.State != Draft && actor.HasAt(p.Provider, access.RoleProviderUser) {
		out = append(out, flow.Provider)
	}
	return out, nil
}

// seen is the position as the actor sees it, or NotFound: what is not open is known to
// its parties alone.
func (s *Service) seen(ctx context.Context, tx *db.Tx, actor access.Actor, id ID) (Position, error) {
	p, err := load(ctx, tx, id)
	if err != nil {
		return Position{}, err
	}
	if p.Mine, err = s.parties(ctx, tx, actor, p); err != nil {
		return Position{}, err
	}
	if !IsOpen(p.State) && len(p.Mine) == 0 {
		return Position{}, fault.Missing()
	}
	return p, nil
}

// ball is who has to act on the position in the state.
func (s *Service) ball(p Position, to flow.State) flow.Ball {
	def, _ := Flow().State(to)
	if def.End {
		return flow.Ball{}
	}
	b := flow.Ball{Party: def.Ball, Org: p.Employer, Due: def.Due(s.Clock.Today())}
	switch {
	case def.Ball == flow.Provider:
		b.Org = p.Provider
	case p.RepresentedBy != "":
		b.Org = p.RepresentedBy
	}
	if to == Published && !p.ApplyBy.IsZero() {
		b.Due = p.ApplyBy
	}
	return b
}

// check refuses content that cannot stand, and fills in the provider of the programme
// that it names.
func (s *Service) check(ctx context.Context, tx *db.Tx, actor access.Actor, c Content) (Content, error) {
	var fs fault.Fields
	c = c.tidied(s.Knows, s.Clock.Today(), &fs)
	if c.Programme != "" {
		path, err := s.Knows.Path(ctx, tx, actor, c.Programme)
		switch {
		case fault.Is(err, fault.NotFound):
			fs.Add("programme", "form.error.choice")
		case err != nil:
			return c, err
		default:
			c.Provider = path.Provider
		}
	}
	if c.Provider != "" {
		o, err := org.Get(ctx, tx, c.Provider)
		switch {
		case fault.Is(err, fault.NotFound), err == nil && !o.Kind.IsProvider():
			fs.Add("provider", "form.error.choice")
		case err != nil:
			return c, err
		}
	}
	return c, fs.Err()
}

// Write makes a draft of a position, for the actor's own organisation or for one that has
// given the adviser's organisation a mandate, and answers its id.
func (s *Service) Write(ctx context.Context, actor access.Actor, c Content) (ID, error) {
	out := id.New[Position]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		var err error
		if c.RepresentedBy, err = s.represents(ctx, tx, actor, c.Employer); err != nil {
			return err
		}
		if c, err = s.check(ctx, tx, actor, c); err != nil {
			return err
		}
		if err := s.meets(ctx, tx, actor, c); err != nil {
			return err
		}
		now := s.Clock.Now()
		number, key, err := series.Next(ctx, tx, letter, now.Date().Year())
		if err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, insertPosition, out, number, key, c.Employer, c.RepresentedBy, c.Title, c.Words, c.Required, c.Level, c.Sector, c.Municipality,
			c.Programme, c.Provider, c.Need, c.WorkHours, c.StudyHours, c.Pay, c.ApplyBy, actor.Label(), now); err != nil {
			return fmt.Errorf("position: write: %w", err)
		}
		p := Position{ID: out, Content: c}
		if err := flow.Start(ctx, tx, Flow(), string(out), c.Title, s.ball(p, Draft), actor, now); err != nil {
			return err
		}
		if err := flow.Locate(ctx, tx, flowOf(out), c.Municipality); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionWrite, subject(out), audit.Field("title", "", c.Title), audit.Field("employer", "", string(c.Employer)))
		return nil
	})
}

// meets refuses a need that is not the employer's own.
func (s *Service) meets(ctx context.Context, tx *db.Tx, actor access.Actor, c Content) error {
	if c.Need == "" {
		return nil
	}
	of, _, err := s.Knows.Origin(ctx, tx, actor, c.Need)
	if fault.Is(err, fault.NotFound) || err == nil && of != c.Employer {
		return fault.InvalidField("need", "position.error.need")
	}
	return err
}

// represents is the organisation that the actor writes for the employer with: empty when
// it is the employer's own.
func (s *Service) represents(ctx context.Context, tx *db.Tx, actor access.Actor, employer access.OrgID) (access.OrgID, error) {
	if employer == "" {
		return "", fault.InvalidField("employer", "form.error.required")
	}
	if actor.IsSystem() || actor.HasAt(employer, WriterRoles()...) {
		return "", nil
	}
	mine := actor.Orgs(AdviserRoles()...)
	if len(mine) == 0 {
		return "", fault.New(fault.Denied, "fault.denied")
	}
	for _, o := range mine {
		holds, err := org.HasMandate(ctx, tx, o, employer, s.Clock.Today())
		if err != nil {
			return "", err
		}
		if holds {
			return o, nil
		}
	}
	return "", fault.InvalidField("employer", "position.error.no_mandate")
}

// Edit replaces what a draft or a published position says. When something that the
// provider confirmed is another, the position goes back to the provider, and is closed
// until it is confirmed again. version is the one that the writer saw.
func (s *Service) Edit(ctx context.Context, actor access.Actor, p ID, version int64, c Content) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.seen(ctx, tx, actor, p)
		switch {
		case err != nil:
			return err
		case !old.Is(flow.Employer):
			return fault.New(fault.Denied, "fault.denied")
		case !old.CanEdit():
			return fault.New(fault.Conflict, "position.error.not_now")
		}
		c.Employer, c.RepresentedBy, c.Need = old.Employer, old.RepresentedBy, old.Need
		if c, err = s.check(ctx, tx, actor, c); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, updatePosition, c.Title, c.Words, c.Required, c.Level, c.Sector, c.Municipality, c.Programme, c.Provider,
			c.WorkHours, c.StudyHours, c.Pay, c.ApplyBy, p, version); err != nil {
			return err
		}
		if err := flow.Rename(ctx, tx, flowOf(p), c.Title); err != nil {
			return err
		}
		if err := flow.Locate(ctx, tx, flowOf(p), c.Municipality); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionEdit, subject(p), audit.Changed(audit.Field("title", old.Title, c.Title), audit.Field("words", old.Words, c.Words),
			audit.Field("required", old.Required, c.Required), audit.Field("programme", old.Programme, c.Programme), audit.Field("provider", old.Provider, c.Provider),
			audit.Field("apply_by", old.ApplyBy, c.ApplyBy))...)
		now := old
		now.Content, now.Version = c, version+1
		switch {
		case old.State == Published && !c.confirms(old.Content):
			return s.move(ctx, tx, actor, now, Moving{To: Clarifying})
		case old.State == Published:
			return flow.Pass(ctx, tx, flowOf(p), s.ball(now, Published))
		}
		return nil
	})
}

// Moving is a move to be made. Version is what the mover saw. Note says why, where that
// is asked for. Pathway and Unit are what a provider confirms: that the education exists
// or is being made, and who there takes care of it.
type Moving struct {
	To      flow.State
	Version int64
	Note    string
	Pathway Pathway
	Unit    string
}

func (m *Moving) tidy() error {
	var fs fault.Fields
	m.Note, m.Unit = text.CleanMultiline(m.Note), text.CleanLine(m.Unit)
	fs.Text("note", m.Note, MaxWords, false)
	fs.Text("unit", m.Unit, MaxLine, m.To == Published)
	if m.To == Published && !slices.Contains(Pathways(), m.Pathway) {
		fs.Add("pathway", "form.error.required")
	}
	return fs.Err()
}

// Move moves the position. Who may is in the Flow; what the provider confirms goes with
// the move that publishes it.
func (s *Service) Move(ctx context.Context, actor access.Actor, p ID, m Moving) error {
	if err := m.tidy(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.seen(ctx, tx, actor, p)
		if err != nil {
			return err
		}
		if old.Version != m.Version {
			return fault.New(fault.Stale, "fault.stale")
		}
		return s.move(ctx, tx, actor, old, m)
	})
}

func (s *Service) move(ctx context.Context, tx *db.Tx, actor access.Actor, old Position, m Moving) error {
	now := s.Clock.Now()
	err := flow.Move(ctx, tx, Flow(), flow.Request{Subject: flowOf(old.ID), From: old.State, To: m.To, As: old.Mine, Note: m.Note, Ball: s.ball(old, m.To)}, actor, now)
	if err != nil {
		return err
	}
	for _, asked := range s.Asked {
		if err := asked(ctx, tx, actor, old, m.To); err != nil {
			return err
		}
	}
	switch m.To {
	case Published:
		err = db.ExecOne(ctx, tx, confirmPosition, m.Pathway, m.Unit, now, old.ID, old.Version)
	case Qualified, Interrupted:
		err = db.ExecOne(ctx, tx, endPosition, m.To, now, old.ID, old.Version)
	default:
		err = db.ExecOne(ctx, tx, movePosition, m.To, old.ID, old.Version)
	}
	if err != nil {
		return err
	}
	audit.Record(tx, now, actor, ActionMove, subject(old.ID), audit.Field("state", old.State, m.To))
	for _, moved := range s.Moved {
		if err := moved(ctx, tx, actor, old, m.To); err != nil {
			return err
		}
	}
	return nil
}

// Delete takes away a draft that was never sent. One that has been with a provider is
// part of what was decided, and stays.
func (s *Service) Delete(ctx context.Context, actor access.Actor, p ID, version int64) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.seen(ctx, tx, actor, p)
		if err != nil {
			return err
		}
		steps, err := flow.History(ctx, tx, flowOf(p))
		switch {
		case err != nil:
			return err
		case !old.Is(flow.Employer):
			return fault.New(fault.Denied, "fault.denied")
		case old.State != Draft || len(steps) > 1:
			return fault.New(fault.Conflict, "position.error.not_now")
		}
		if err := flow.Remove(ctx, tx, flowOf(p)); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, deletePosition, p, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionDelete, subject(p), audit.Field("title", old.Title, ""))
		return nil
	})
}
