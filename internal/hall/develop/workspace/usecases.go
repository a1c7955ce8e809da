package workspace

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// speaker is the organisation that the actor writes for in the workspace.
func speaker(c making.Circle, actor access.Actor) access.OrgID {
	if side, ok := c.Of(actor); ok {
		return side.Org
	}
	acting, _ := actor.ActingRole(access.RoleSecretary, access.RoleCaseOfficer)
	return acting.Org
}

// Say writes a note.
func (s *Service) Say(ctx context.Context, actor access.Actor, of making.ID, words string) error {
	words = text.CleanMultiline(words)
	var fs fault.Fields
	fs.Text("words", words, MaxNote, true)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		c, err := s.Making.CircleOf(ctx, tx, actor, of)
		if err != nil {
			return err
		}
		note, now := id.New[Note](), s.Clock.Now()
		if _, err := db.Exec(ctx, tx, insertNote, note, of, words, actor.Label(), speaker(c, actor), now); err != nil {
			return fmt.Errorf("note of development %s: %w", of, err)
		}
		audit.Record(tx, now, actor, ActionNote, subject(of), audit.Field("note", "", note))
		return nil
	})
}

// Doing is a task to be made: what, which organisation of the circle does it, and until when;
// ten working days when nobody says.
type Doing struct {
	What string
	Org  access.OrgID
	Due  clock.Date
}

// AddTask gives an organisation of the circle something to do; its people are told.
func (s *Service) AddTask(ctx context.Context, actor access.Actor, of making.ID, in Doing) (TaskID, error) {
	in.What = text.CleanLine(in.What)
	var fs fault.Fields
	fs.Text("what", in.What, MaxWhat, true)
	if in.Org == "" {
		fs.Add("org", "form.error.required")
	}
	if !in.Due.IsZero() && in.Due.Before(s.Clock.Today()) {
		fs.Add("due", "workspace.error.past")
	}
	if err := fs.Err(); err != nil {
		return "", err
	}
	out := id.New[Task]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		c, err := s.Making.CircleOf(ctx, tx, actor, of)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(c.Sides, func(x develop.Side) bool { return x.Org == in.Org })
		if at < 0 {
			return fault.InvalidField("org", "workspace.error.outside")
		}
		n, err := db.Scalar[int](ctx, tx, countOpen, of)
		if err != nil {
			return err
		}
		if n >= MaxTasks {
			return fault.New(fault.Conflict, "workspace.error.too_many", "max", MaxTasks)
		}
		now, side := s.Clock.Now(), c.Sides[at]
		if _, err := db.Exec(ctx, tx, insertTask, out, of, in.What, side.Org, side.Party, actor.Label(), now); err != nil {
			return fmt.Errorf("task of development %s: %w", of, err)
		}
		ball := flow.Ball{Party: side.Party, Org: side.Org, Due: in.Due}
		if ball.Due.IsZero() {
			def, _ := Flow().State(Open)
			ball.Due = def.Due(now.Date())
		}
		if err := flow.Start(ctx, tx, Flow(), string(out), in.What, ball, actor, now); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionTask, taskSubject(out), audit.Field("development", "", of), audit.Field("org", "", side.Org), audit.Field("due", "", ball.Due))
		return nil
	})
}

// Moving is a move of a task. From is the state that the mover saw, empty for any.
type Moving struct {
	To, From flow.State
	Note     string
}

// Move says that a task is done, or drops it.
func (s *Service) Move(ctx context.Context, actor access.Actor, task TaskID, m Moving) error {
	m.Note = text.CleanMultiline(m.Note)
	var fs fault.Fields
	fs.Text("note", m.Note, MaxWhy, false)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		row, c, err := s.task(ctx, tx, actor, task)
		if err != nil {
			return err
		}
		if m.From != "" && m.From != row.State {
			return fault.New(fault.Stale, "flow.error.moved")
		}
		now := s.Clock.Now()
		if err := flow.Move(ctx, tx, Flow(), flow.Request{Subject: flowOf(task), From: row.State, To: m.To, As: parties(c, actor, row), Note: m.Note}, actor, now); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionMove, taskSubject(task), audit.Field("state", row.State, m.To))
		return nil
	})
}

// task is a task in a workspace that the actor shares, or NotFound.
func (s *Service) task(ctx context.Context, tx *db.Tx, actor access.Actor, t TaskID) (taskRow, making.Circle, error) {
	row, err := load(ctx, tx, t)
	if err != nil {
		return taskRow{}, making.Circle{}, err
	}
	c, err := s.Making.CircleOf(ctx, tx, actor, row.Development)
	return row, c, err
}

// parties are those that the actor may move the task as: the one who does it, and the
// provider.
func parties(c making.Circle, actor access.Actor, t taskRow) []flow.Party {
	var out []flow.Party
	if c.Is(flow.Provider) {
		out = append(out, flow.Provider)
	}
	if t.Party != flow.Provider && (develop.Side{Org: t.Org, Party: t.Party}).IsOf(actor) {
		out = append(out, t.Party)
	}
	return out
}
