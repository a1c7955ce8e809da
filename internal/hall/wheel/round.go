package wheel

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/forum"
)

// NewRound is what a round begins with: From is the first day of its first step. The
// dates and owners of the steps are then changed one by one.
type NewRound struct {
	County forum.BodyID
	Year   int
	Most   int
	From   clock.Date
}

// stepDays is how long each step is to begin with.
const stepDays = 60

// Create makes the round of a year and answers its id. The county forum's secretary
// does; a year has one round.
func (s *Service) Create(ctx context.Context, actor access.Actor, in NewRound) (ID, error) {
	var fs fault.Fields
	if in.Year < 2000 || in.Year > 2200 {
		fs.Add("year", "form.error.range", "min", 2000, "max", 2200)
	}
	if in.Most < 1 || in.Most > MaxMost {
		fs.Add("most", "form.error.range", "min", 1, "max", MaxMost)
	}
	if in.From.IsZero() {
		fs.Add("from", "form.error.required")
	}
	if err := fs.Err(); err != nil {
		return "", err
	}
	out := id.New[Round]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		county, err := forum.Keep(ctx, tx, s.Forums.Bodies, actor, in.County)
		if err != nil {
			return err
		}
		if !county.IsCounty {
			return fault.Missing()
		}
		var steps []Step
		from := in.From
		for _, k := range Kinds() {
			steps = append(steps, Step{Kind: k, Org: county.Secretariat, From: from, Due: from.AddDays(stepDays - 1)})
			from = from.AddDays(stepDays)
		}
		return s.insert(ctx, tx, actor, Round{ID: out, County: in.County, Year: in.Year, Most: in.Most, Steps: steps})
	})
}

// insert stores a new round with its steps, and gives the first step's owner the ball.
func (s *Service) insert(ctx context.Context, tx *db.Tx, actor access.Actor, r Round) error {
	_, err := db.Exec(ctx, tx, insertRound, r.ID, r.County, r.Year, r.Most, actor.Label(), s.Clock.Now())
	if db.Constraint(err) != "" {
		return fault.InvalidField("year", "wheel.error.year_there")
	}
	if err != nil {
		return fmt.Errorf("wheel: %w", err)
	}
	for _, x := range r.Steps {
		if _, err := db.Exec(ctx, tx, insertStep, id.New[Step](), r.ID, x.Kind, x.Title, x.Org, x.From, x.Due); err != nil {
			return fmt.Errorf("wheel %s: step: %w", r.ID, err)
		}
	}
	if err := flow.Start(ctx, tx, s.flow, string(r.ID), strconv.Itoa(r.Year), ballOf(r.Steps, Knowledge), actor, s.Clock.Now()); err != nil {
		return err
	}
	audit.Record(tx, s.Clock.Now(), actor, ActionCreate, subject(r.ID), audit.Field("year", 0, r.Year), audit.Field("most", 0, r.Most))
	return nil
}

// ballOf is the ball of a round in a state: with the owner of the step.
func ballOf(steps []Step, k Kind) flow.Ball {
	for _, x := range steps {
		if x.Kind == k {
			return flow.Ball{Party: flow.County, Org: x.Org, Due: x.Due}
		}
	}
	return flow.Ball{}
}

// Copy makes the round of a later year like this one: the same steps, milestones and
// owners, with the dates as many years later. It answers the new round's id.
func (s *Service) Copy(ctx context.Context, actor access.Actor, r ID, year int) (ID, error) {
	out := id.New[Round]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.keeping(ctx, tx, actor, r)
		if err != nil {
			return err
		}
		if year <= old.Year || year > old.Year+10 {
			return fault.InvalidField("year", "form.error.range", "min", old.Year+1, "max", old.Year+10)
		}
		steps, err := stepsOf(ctx, tx, r)
		if err != nil {
			return err
		}
		later := (year - old.Year) * 12
		for i, x := range steps {
			steps[i].From, steps[i].Due = x.From.AddMonths(later), x.Due.AddMonths(later)
		}
		return s.insert(ctx, tx, actor, Round{ID: out, County: old.County, Year: year, Most: old.Most, Steps: steps})
	})
}

// keeping is the round for the county forum's secretary; others are Denied.
func (s *Service) keeping(ctx context.Context, tx *db.Tx, actor access.Actor, r ID) (Round, error) {
	out, err := load(ctx, tx, r)
	if err != nil {
		return out, err
	}
	_, err = forum.Keep(ctx, tx, s.Forums.Bodies, actor, out.County)
	return out, err
}

// SaveStep changes a step's owner and dates, or adds a milestone (in.ID empty, in.Round
// named). in.Version is the one that the writer saw.
func (s *Service) SaveStep(ctx context.Context, actor access.Actor, in Step) error {
	in.Title = text.CleanLine(in.Title)
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old := Step{Round: in.Round, Kind: Other}
		if in.ID != "" {
			row, err := db.Get[stepRow](ctx, tx, getStep, in.ID)
			if err != nil {
				return err
			}
			old = row.step()
		}
		r, err := s.keeping(ctx, tx, actor, old.Round)
		if err != nil {
			return err
		}
		if err := s.checkStep(ctx, tx, old.Kind, &in); err != nil {
			return err
		}
		if in.ID == "" {
			_, err = db.Exec(ctx, tx, insertStep, id.New[Step](), r.ID, Other, in.Title, in.Org, in.From, in.Due)
		} else {
			err = db.ExecOne(ctx, tx, updateStep, in.Title, in.Org, in.From, in.Due, in.ID, in.Version)
		}
		if err != nil {
			return fmt.Errorf("wheel %s: step: %w", r.ID, err)
		}
		if old.Kind == r.State {
			if err := flow.Pass(ctx, tx, flow.Subject{Kind: FlowKind, ID: string(r.ID)}, flow.Ball{Party: flow.County, Org: in.Org, Due: in.Due}); err != nil {
				return err
			}
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionStep, subject(r.ID), audit.Changed(audit.Field("title", old.Title, in.Title), audit.Field("organisation", string(old.Org), string(in.Org)),
			audit.Field("from", old.From, in.From), audit.Field("due", old.Due, in.Due))...)
		return nil
	})
}

func (s *Service) checkStep(ctx context.Context, tx *db.Tx, k Kind, in *Step) error {
	var fs fault.Fields
	if k != Other {
		in.Title = ""
	}
	fs.Text("title", in.Title, forum.MaxLine, k == Other)
	if in.From.IsZero() {
		fs.Add("from", "form.error.required")
	}
	if in.Due.IsZero() {
		fs.Add("due", "form.error.required")
	} else if in.Due.Before(in.From) {
		fs.Add("due", "form.error.period")
	}
	if in.Org == "" {
		fs.Add("org", "form.error.required")
	} else if _, err := org.Get(ctx, tx, in.Org); fault.Is(err, fault.NotFound) {
		fs.Add("org", "org.error.unknown")
	} else if err != nil {
		return err
	}
	return fs.Err()
}

// Close closes a step: a milestone, or the one that the round is in, when nothing in it
// is unanswered. base is what it rests on, which the knowledge base must say. version is
// the step's that the writer saw.
func (s *Service) Close(ctx context.Context, actor access.Actor, st StepID, version int64, base string) error {
	base = text.CleanMultiline(base)
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[stepRow](ctx, tx, getStep, st)
		if err != nil {
			return err
		}
		x := row.step()
		r, err := s.keeping(ctx, tx, actor, x.Round)
		if err != nil {
			return err
		}
		var fs fault.Fields
		fs.Text("base", base, MaxWords, x.Kind == Knowledge)
		if err := fs.Err(); err != nil {
			return err
		}
		if x.Kind != Other {
			if x.Kind != r.State {
				return conflict("wheel.error.not_this_step")
			}
			if err := s.answered(ctx, tx, r); err != nil {
				return err
			}
			if err := s.move(ctx, tx, actor, r, next(r.State), ""); err != nil {
				return err
			}
		}
		if err := db.ExecOne(ctx, tx, closeStep, s.Clock.Now(), base, st, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionClose, subject(r.ID), audit.Field("step", "", string(x.Kind)), audit.Field("base", "", base))
		return nil
	})
}

// move moves the round, and asks the regions when their turn comes.
func (s *Service) move(ctx context.Context, tx *db.Tx, actor access.Actor, r Round, to flow.State, note string) error {
	steps, err := stepsOf(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	err = flow.Move(ctx, tx, s.flow, flow.Request{Subject: flow.Subject{Kind: FlowKind, ID: string(r.ID)}, From: r.State, To: to, As: []flow.Party{flow.County}, Note: note, Ball: ballOf(steps, to)}, actor, s.Clock.Now())
	if err != nil {
		return err
	}
	if err := db.ExecOne(ctx, tx, moveRound, to, r.ID, r.State); err != nil {
		return err
	}
	if to == Inputs {
		return s.askRegions(ctx, tx, actor, r, ballOf(steps, Inputs).Due)
	}
	return nil
}

// Reopen takes up the step before again, with a reason.
func (s *Service) Reopen(ctx context.Context, actor access.Actor, r ID, note string) error {
	note = text.CleanMultiline(note)
	var fs fault.Fields
	fs.Text("note", note, MaxWords, true)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.keeping(ctx, tx, actor, r)
		if err != nil {
			return err
		}
		to := before(old.State)
		if to == old.State {
			return conflict("wheel.error.first")
		}
		if err := s.move(ctx, tx, actor, old, to, note); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, reopenStep, r, to); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionReopen, subject(r), audit.Field("state", old.State, to), audit.Field("note", "", note))
		return nil
	})
}

// answered refuses to close a step in which something is unanswered, and says what.
func (s *Service) answered(ctx context.Context, tx *db.Tx, r Round) error {
	switch r.State {
	case Inputs:
		regions, err := s.regions(ctx, tx, r)
		if err != nil {
			return err
		}
		for _, x := range regions {
			if !x.Settled() {
				return conflict("wheel.error.region", "region", x.Name)
			}
		}
	case Priorities:
		return s.decided(ctx, tx, r)
	case Answers:
		list, err := answersOf(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(list, func(a Answer) bool { return a.Kind == NotYet }); i >= 0 {
			name, err := org.NameOn(ctx, tx, list[i].Org, s.Clock.Today())
			if err != nil {
				return err
			}
			return conflict("wheel.error.provider", "name", name)
		}
	}
	return nil
}

// decided refuses while an input has no answer, or a priority nobody to answer it.
func (s *Service) decided(ctx context.Context, tx *db.Tx, r Round) error {
	inputs, err := s.delivered(ctx, tx, r)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(inputs, func(x Input) bool { return x.Result == Undecided }); i >= 0 {
		return conflict("wheel.error.input", "title", inputs[i].Title)
	}
	list, err := prioritiesOf(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return conflict("wheel.error.no_priority")
	}
	answers, err := answersOf(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	for _, p := range list {
		if !slices.ContainsFunc(answers, func(a Answer) bool { return a.Priority == p.ID }) {
			return conflict("wheel.error.nobody_asked", "nr", p.Rank)
		}
	}
	return nil
}

// delivered are the inputs of the regions that have delivered; what a silent region has
// drafted is its own.
func (s *Service) delivered(ctx context.Context, tx *db.Tx, r Round) ([]Input, error) {
	regions, err := s.regions(ctx, tx, r)
	if err != nil {
		return nil, err
	}
	all, err := inputsOf(ctx, tx, r.ID)
	return slices.DeleteFunc(all, func(i Input) bool {
		return !slices.ContainsFunc(regions, func(x Region) bool { return x.Region == i.Region && !x.SentAt.IsZero() })
	}), err
}
