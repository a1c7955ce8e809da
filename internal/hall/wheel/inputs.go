package wheel

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/wheel/figure"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/need"
)

// regions are the county's regions with how each stands in the round, in the order that
// the structure shows them; the inputs are not filled in.
func (s *Service) regions(ctx context.Context, tx *db.Tx, r Round) ([]Region, error) {
	known, err := s.Forums.Under(ctx, tx, r.County)
	if err != nil {
		return nil, err
	}
	asked, err := db.List[regionRow](ctx, tx, listRegions, r.ID)
	if err != nil {
		return nil, err
	}
	out := make([]Region, len(known))
	for i, k := range known {
		out[i] = Region{Region: k.ID, Name: k.Name, Body: k.Body}
		for _, a := range asked {
			if a.Region == k.ID {
				out[i].Task, out[i].SentAt, out[i].Silent = a.ID, a.SentAt, a.Silent
			}
		}
	}
	return out, nil
}

// askRegions gives every region that has not been asked its task: the secretariat of its
// forum, or the county's where there is none, as consultation input comes from many.
func (s *Service) askRegions(ctx context.Context, tx *db.Tx, actor access.Actor, r Round, due clock.Date) error {
	list, err := s.regions(ctx, tx, r)
	if err != nil {
		return err
	}
	for _, x := range list {
		if x.Task != "" {
			continue
		}
		b := x.Body
		if b == "" {
			b = r.County
		}
		body, err := s.Forums.Bodies.Body(ctx, tx, b)
		if err != nil {
			return err
		}
		t := id.New[task]()
		if _, err := db.Exec(ctx, tx, insertRegion, t, r.ID, x.Region); err != nil {
			return fmt.Errorf("wheel %s: ask %s: %w", r.ID, x.Region, err)
		}
		if err := s.startTask(ctx, tx, actor, t, r, x.Name, body.Secretariat, due); err != nil {
			return err
		}
	}
	return nil
}

// startTask gives an organisation the task to answer in a round.
func (s *Service) startTask(ctx context.Context, tx *db.Tx, actor access.Actor, t TaskID, r Round, what string, o access.OrgID, due clock.Date) error {
	return flow.Start(ctx, tx, s.tasks, string(t), strconv.Itoa(r.Year)+" – "+what, flow.Ball{Party: flow.Owner, Org: o, Due: due}, actor, s.Clock.Now())
}

// endTask notes that the task is done; once done it stays so.
func (s *Service) endTask(ctx context.Context, tx *db.Tx, actor access.Actor, t TaskID) error {
	at := flow.Subject{Kind: TaskFlowKind, ID: string(t)}
	item, err := flow.Get(ctx, tx, at)
	if err != nil || item.State == Delivered {
		return err
	}
	return flow.Move(ctx, tx, s.tasks, flow.Request{Subject: at, From: Awaited, To: Delivered, As: []flow.Party{flow.Owner}}, actor, s.Clock.Now())
}

// region is how one region stands in a round that takes inputs.
func (s *Service) region(ctx context.Context, tx *db.Tx, r ID, region place.RegionID) (Round, Region, error) {
	round, err := load(ctx, tx, r)
	if err != nil {
		return round, Region{}, err
	}
	list, err := s.regions(ctx, tx, round)
	if err != nil {
		return round, Region{}, err
	}
	i := slices.IndexFunc(list, func(x Region) bool { return x.Region == region })
	if i < 0 {
		return round, Region{}, fault.Missing()
	}
	return round, list[i], nil
}

// writes is for whom the actor may write the region's inputs.
func (s *Service) writes(ctx context.Context, tx *db.Tx, actor access.Actor, x Region) ([]access.OrgID, error) {
	return s.Inputs.MaySend(ctx, tx, actor, forum.Region{ID: x.Region, Body: x.Body})
}

// takes refuses inputs of a region when it is not the time, or it has delivered.
func takes(r Round, x Region) error {
	switch {
	case r.State != Inputs:
		return conflict("wheel.error.not_inputs")
	case x.Settled():
		return conflict("wheel.error.delivered")
	}
	return nil
}

// SaveInput adds a challenge (in.ID empty) or replaces what is said of one, while its
// region has not delivered. number is that of the need that it cites, or empty; in.Figure
// the figure. One of them must be there. Wrong fields are rank, field, level, title,
// words, need, figure and org.
func (s *Service) SaveInput(ctx context.Context, actor access.Actor, in Input, number string) error {
	in.Title, in.Words = text.CleanLine(in.Title), text.CleanMultiline(in.Words)
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old := in
		if in.ID != "" {
			var err error
			if old, err = loadInput(ctx, tx, in.ID); err != nil {
				return err
			}
			in.Round, in.Region, in.Org = old.Round, old.Region, old.Org
		}
		r, x, err := s.region(ctx, tx, in.Round, in.Region)
		if err != nil {
			return err
		}
		if err := s.mine(ctx, tx, actor, x, in.Org); err != nil {
			return err
		}
		if err := takes(r, x); err != nil {
			return err
		}
		if err := s.checkInput(ctx, tx, actor, r, &in, number); err != nil {
			return err
		}
		if in.ID == "" {
			_, err = db.Exec(ctx, tx, insertInput, id.New[Input](), in.Round, in.Region, x.Body, in.Org, in.Rank, in.Field, in.Level, in.Title, in.Words, in.Need, in.Figure, actor.Label(), s.Clock.Now())
		} else {
			err = db.ExecOne(ctx, tx, updateInput, in.Rank, in.Field, in.Level, in.Title, in.Words, in.Need, in.Figure, in.ID, in.Version)
		}
		if err != nil {
			return fmt.Errorf("wheel %s: input: %w", in.Round, err)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionInput, subject(in.Round), audit.Field("region", "", string(in.Region)), audit.Field("rank", 0, in.Rank), audit.Field("title", "", in.Title))
		return nil
	})
}

// mine refuses an actor who may not write the region's inputs, or not for the
// organisation.
func (s *Service) mine(ctx context.Context, tx *db.Tx, actor access.Actor, x Region, o access.OrgID) error {
	if actor.IsSystem() {
		return nil
	}
	orgs, err := s.writes(ctx, tx, actor, x)
	switch {
	case err != nil:
		return err
	case len(orgs) == 0:
		return fault.New(fault.Denied, "fault.denied")
	case !slices.Contains(orgs, o):
		return fault.InvalidField("org", "forum.error.not_yours")
	}
	return nil
}

func (s *Service) checkInput(ctx context.Context, tx *db.Tx, actor access.Actor, r Round, in *Input, number string) error {
	var fs fault.Fields
	fs.Text("title", in.Title, forum.MaxLine, true)
	fs.Text("words", in.Words, MaxWords, true)
	checkAbout(&fs, in.Field, in.Level)
	if in.Rank < 1 || in.Rank > r.Most {
		fs.Add("rank", "form.error.range", "min", 1, "max", r.Most)
	}
	others, err := inputsOf(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(others, func(x Input) bool {
		return x.ID != in.ID && x.Region == in.Region && x.Org == in.Org && x.Rank == in.Rank
	}) {
		fs.Add("rank", "wheel.error.rank_taken")
	}
	if in.Need, err = cited(ctx, tx, actor, &fs, number); err != nil {
		return err
	}
	if in.Figure != "" {
		known, err := figure.ByID(ctx, tx, []figure.ID{in.Figure})
		if err != nil {
			return err
		}
		if _, ok := known[in.Figure]; !ok {
			fs.Add("figure", "form.error.choice")
		}
	}
	if number == "" && in.Figure == "" {
		fs.Add("need", "wheel.error.evidence")
	}
	return fs.Err()
}

// checkAbout notes a field or level that there is not; both may be empty.
func checkAbout(fs *fault.Fields, field, level string) {
	if field != "" && !slices.Contains(need.Fields(), need.Field(field)) {
		fs.Add("field", "form.error.choice")
	}
	if level != "" && !slices.Contains(need.Levels(), need.Level(level)) {
		fs.Add("level", "form.error.choice")
	}
}

type needRow struct {
	ID     need.ID `db:"id"`
	Number *string `db:"number"`
	Title  string  `db:"title"`
}

// cited is the need of the number, which the actor must know of.
func cited(ctx context.Context, tx *db.Tx, actor access.Actor, fs *fault.Fields, number string) (need.ID, error) {
	number = strings.ToUpper(text.CleanLine(number))
	if number == "" {
		return "", nil
	}
	var w db.Where
	db.In(&w, fragNeedNr, []string{number})
	w.And(fragSubmitted)
	need.Visible(&w, actor)
	statement, args := db.Query{Base: needByNumber, Where: w}.Build()
	found, err := db.List[needRow](ctx, tx, statement, args...)
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		fs.Add("need", "wheel.error.no_need")
		return "", nil
	}
	return found[0].ID, nil
}

// RemoveInput takes a challenge away before its region has delivered.
func (s *Service) RemoveInput(ctx context.Context, actor access.Actor, i InputID, version int64) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := loadInput(ctx, tx, i)
		if err != nil {
			return err
		}
		r, x, err := s.region(ctx, tx, old.Round, old.Region)
		if err != nil {
			return err
		}
		if err := s.mine(ctx, tx, actor, x, old.Org); err != nil {
			return err
		}
		if err := takes(r, x); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, removeInput, i, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionInput, subject(old.Round), audit.Field("title", old.Title, ""))
		return nil
	})
}

// Deliver sends a region's challenges: from then on all read them and they do not change.
// The secretary of its forum does; where there is none, the county's when the
// consultation is over. At least one must be there.
func (s *Service) Deliver(ctx context.Context, actor access.Actor, r ID, region place.RegionID) error {
	return s.settle(ctx, actor, r, region, "")
}

// Silence notes that a region delivers nothing, and why. The county forum's secretary
// does. What the region has drafted stays its own.
func (s *Service) Silence(ctx context.Context, actor access.Actor, r ID, region place.RegionID, why string) error {
	why = text.CleanLine(why)
	var fs fault.Fields
	fs.Text("why", why, forum.MaxLine, true)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.settle(ctx, actor, r, region, why)
}

func (s *Service) settle(ctx context.Context, actor access.Actor, r ID, region place.RegionID, why string) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		round, x, err := s.region(ctx, tx, r, region)
		if err != nil {
			return err
		}
		by := round.County
		if why == "" && x.Body != "" {
			by = x.Body
		}
		if _, err := forum.Keep(ctx, tx, s.Forums.Bodies, actor, by); err != nil {
			return err
		}
		if err := takes(round, x); err != nil {
			return err
		}
		var sent clock.Time
		if why == "" {
			sent = s.Clock.Now()
			inputs, err := inputsOf(ctx, tx, r)
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(inputs, func(i Input) bool { return i.Region == region }) {
				return conflict("wheel.error.nothing_to_deliver")
			}
		}
		if err := db.ExecOne(ctx, tx, settleRegion, sent, why, x.Task); err != nil {
			return err
		}
		if err := s.endTask(ctx, tx, actor, x.Task); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionDeliver, subject(r), audit.Field("region", "", string(region)), audit.Field("why", "", why))
		return nil
	})
}
