package wheel

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/forum"
)

// ranking is the round for its secretary while priorities are made.
func (s *Service) ranking(ctx context.Context, tx *db.Tx, actor access.Actor, r ID) (Round, error) {
	out, err := s.keeping(ctx, tx, actor, r)
	if err == nil && out.State != Priorities {
		err = conflict("wheel.error.not_priorities")
	}
	return out, err
}

// SavePriority adds a priority last (in.ID empty, in.Round named) or replaces what is said
// of one. The county forum's secretary does, in the step of priorities.
func (s *Service) SavePriority(ctx context.Context, actor access.Actor, in Priority) (PriorityID, error) {
	in.Title, in.Words, in.Expected = text.CleanLine(in.Title), text.CleanMultiline(in.Words), text.CleanMultiline(in.Expected)
	var fs fault.Fields
	fs.Text("title", in.Title, forum.MaxLine, true)
	fs.Text("words", in.Words, MaxWords, true)
	fs.Text("expected", in.Expected, MaxWords, false)
	checkAbout(&fs, in.Field, in.Level)
	if err := fs.Err(); err != nil {
		return "", err
	}
	out := in.ID
	if out == "" {
		out = id.New[Priority]()
	}
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		if in.ID != "" {
			row, err := db.Get[priorityRow](ctx, tx, getPriority, in.ID)
			if err != nil {
				return err
			}
			in.Round = row.Round
		}
		if _, err := s.ranking(ctx, tx, actor, in.Round); err != nil {
			return err
		}
		list, err := prioritiesOf(ctx, tx, in.Round)
		if err != nil {
			return err
		}
		if in.ID == "" {
			_, err = db.Exec(ctx, tx, insertPriority, out, in.Round, len(list)+1, in.Field, in.Level, in.Title, in.Words, in.Expected)
		} else {
			err = db.ExecOne(ctx, tx, updatePriority, in.Field, in.Level, in.Title, in.Words, in.Expected, in.ID, in.Version)
		}
		if err != nil {
			return fmt.Errorf("wheel %s: priority: %w", in.Round, err)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionPriority, subject(in.Round), audit.Field("priority", "", string(out)), audit.Field("title", "", in.Title))
		return nil
	})
}

// Rank gives a priority the number; those between move one place.
func (s *Service) Rank(ctx context.Context, actor access.Actor, p PriorityID, nr int) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[priorityRow](ctx, tx, getPriority, p)
		if err != nil {
			return err
		}
		if _, err := s.ranking(ctx, tx, actor, row.Round); err != nil {
			return err
		}
		list, err := prioritiesOf(ctx, tx, row.Round)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(list, func(x Priority) bool { return x.ID == p })
		moved := list[at]
		list = slices.Delete(list, at, at+1)
		list = slices.Insert(list, min(max(nr-1, 0), len(list)), moved)
		for i, x := range list {
			if x.Rank == i+1 {
				continue
			}
			if err := db.ExecOne(ctx, tx, rankPriority, i+1, x.ID); err != nil {
				return fmt.Errorf("wheel %s: rank: %w", row.Round, err)
			}
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionPriority, subject(row.Round), audit.Field("rank", row.Rank, int64(nr)))
		return nil
	})
}

// Decision is what the county does with an input: takes it as a priority, or leaves it
// for a reason.
type Decision struct {
	Priority PriorityID
	Why      string
}

// Decide says what became of an input. The county forum's secretary does, in the step of
// priorities, and may decide again until it is closed. Wrong fields are priority and why.
func (s *Service) Decide(ctx context.Context, actor access.Actor, i InputID, version int64, in Decision) error {
	in.Why = text.CleanMultiline(in.Why)
	var fs fault.Fields
	fs.Text("why", in.Why, MaxWords, in.Priority == "")
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := loadInput(ctx, tx, i)
		if err != nil {
			return err
		}
		if _, err := s.ranking(ctx, tx, actor, old.Round); err != nil {
			return err
		}
		_, x, err := s.region(ctx, tx, old.Round, old.Region)
		if err != nil {
			return err
		}
		if x.SentAt.IsZero() {
			return fault.Missing() // not delivered: the region's own
		}
		result := Left
		if in.Priority != "" {
			result = Taken
			row, err := db.Get[priorityRow](ctx, tx, getPriority, in.Priority)
			if fault.Is(err, fault.NotFound) || err == nil && row.Round != old.Round {
				return fault.InvalidField("priority", "form.error.choice")
			}
			if err != nil {
				return err
			}
		}
		if err := db.ExecOne(ctx, tx, decideInput, string(result), in.Priority, in.Why, i, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionDecide, subject(old.Round), audit.Field("input", "", string(i)), audit.Field("result", string(old.Result), string(result)),
			audit.Field("priority", string(old.Priority), string(in.Priority)), audit.Field("why", old.Why, in.Why))
		return nil
	})
}

// Ask asks the providers to answer a priority, and takes the question back from those who
// are not named any more and have not answered. Each gets a task with the deadline of the
// step. The county forum's secretary asks, until the last step is closed.
func (s *Service) Ask(ctx context.Context, actor access.Actor, p PriorityID, orgs []access.OrgID) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[priorityRow](ctx, tx, getPriority, p)
		if err != nil {
			return err
		}
		r, err := s.keeping(ctx, tx, actor, row.Round)
		if err != nil {
			return err
		}
		if r.State != Priorities && r.State != Answers {
			return conflict("wheel.error.not_answers")
		}
		all, err := answersOf(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		steps, err := stepsOf(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		have := slices.DeleteFunc(all, func(a Answer) bool { return a.Priority != p })
		for _, a := range have {
			if a.Kind != NotYet || slices.Contains(orgs, a.Org) {
				continue
			}
			if err := db.ExecOne(ctx, tx, removeAnswer, a.Task); err != nil {
				return err
			}
			if err := flow.Remove(ctx, tx, flow.Subject{Kind: TaskFlowKind, ID: string(a.Task)}); err != nil {
				return err
			}
		}
		for _, o := range orgs {
			if slices.ContainsFunc(have, func(a Answer) bool { return a.Org == o }) {
				continue
			}
			if err := s.ask(ctx, tx, actor, r, row, o, ballOf(steps, Answers)); err != nil {
				return err
			}
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionAsk, subject(r.ID), audit.Field("priority", "", string(p)), audit.Field("asked", len(have), len(orgs)))
		return nil
	})
}

// ask asks one provider.
func (s *Service) ask(ctx context.Context, tx *db.Tx, actor access.Actor, r Round, p priorityRow, o access.OrgID, ball flow.Ball) error {
	found, err := org.Get(ctx, tx, o)
	if fault.Is(err, fault.NotFound) || err == nil && !found.Kind.IsProvider() {
		return fault.InvalidField("orgs", "need.error.not_provider")
	}
	if err != nil {
		return err
	}
	t := id.New[task]()
	if _, err := db.Exec(ctx, tx, insertAnswer, t, p.ID, o); err != nil {
		return fmt.Errorf("wheel %s: ask: %w", r.ID, err)
	}
	return s.startTask(ctx, tx, actor, t, r, p.Title, o, ball.Due)
}

// SaveAnswer is a provider's answer to a priority that it is asked about. Its own people
// give it, or the county forum's secretary for one who answered otherwise, while the last
// step is open; a later one replaces it. Wrong fields are kind, words and places.
func (s *Service) SaveAnswer(ctx context.Context, actor access.Actor, in Answer) error {
	in.Words, in.Terms = text.CleanMultiline(in.Words), text.CleanMultiline(in.Terms)
	var fs fault.Fields
	if !slices.Contains(AnswerKinds(), in.Kind) {
		fs.Add("kind", "form.error.choice")
	}
	fs.Text("words", in.Words, MaxWords, true)
	fs.Text("terms", in.Terms, MaxWords, false)
	if in.Places < 0 || in.Places > 10_000 {
		fs.Add("places", "form.error.range", "min", 0, "max", 10_000)
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, r, err := s.asked(ctx, tx, actor, in.Task)
		if err != nil {
			return err
		}
		if r.State != Answers {
			return conflict("wheel.error.not_answers")
		}
		if err := db.ExecOne(ctx, tx, saveAnswer, string(in.Kind), in.Words, in.Places, in.Start, in.Terms, s.Clock.Now(), actor.Label(), in.Task, in.Version); err != nil {
			return err
		}
		if err := s.endTask(ctx, tx, actor, in.Task); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionAnswer, subject(r.ID), audit.Field("priority", "", string(old.Priority)), audit.Field("organisation", "", string(old.Org)), audit.Field("kind", string(old.Kind), string(in.Kind)))
		return nil
	})
}

// asked is the answer and its round for who may give it; others are Denied.
func (s *Service) asked(ctx context.Context, tx *db.Tx, actor access.Actor, t TaskID) (Answer, Round, error) {
	row, err := db.Get[answerRow](ctx, tx, getAnswer, t)
	if err != nil {
		return Answer{}, Round{}, err
	}
	p, err := db.Get[priorityRow](ctx, tx, getPriority, row.Priority)
	if err != nil {
		return Answer{}, Round{}, err
	}
	r, err := load(ctx, tx, p.Round)
	if err != nil {
		return Answer{}, r, err
	}
	if !actor.HasAt(row.Org, access.RoleProviderUser, access.RoleCaseOfficer) {
		_, err = forum.Keep(ctx, tx, s.Forums.Bodies, actor, r.County)
	}
	return row.answer(), r, err
}
