package duty

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/council"
)

// ActionTask is that the secretariat got a duty as a task.
const ActionTask audit.Action = "council.task"

// The states of a duty as a task.
const (
	Open   flow.State = "open"
	Closed flow.State = "closed"
)

// Kinds are the duties that are tasks of the secretariat.
func Kinds() []Kind { return []Kind{Period, Fee} }

// FlowKind is the kind under which flow, follow and object know the duty as a task.
func (k Kind) FlowKind() string { return "council_" + string(k) }

// Task is what the task is called in a list of tasks.
func (k Kind) Task() i18n.Key { return i18n.Key("council.task." + string(k)) }

// Flow is how a duty moves: the secretariat has the ball from when the day is near until
// what was decided is recorded.
func Flow(k Kind) flow.Definition {
	return flow.Definition{Kind: k.FlowKind(), Initial: Open, States: []flow.StateDef{
		{State: Open, Label: k.Task(), Ball: flow.Secretary},
		{State: Closed, Label: "council.due.done", End: true},
	}, Moves: []flow.MoveDef{{From: Open, To: Closed, By: []flow.Party{flow.Secretary}, Label: "council.due.done"}}}
}

// taskID names a duty of a year of a council as a task.
func taskID(b council.BodyID, year int) string { return string(b) + "." + strconv.Itoa(year) }

// ParseTask reads the council and the year of a task; what is none is NotFound.
func ParseTask(s string) (council.BodyID, int, error) {
	body, year, _ := strings.Cut(s, ".")
	b, err := council.ParseBodyID(body)
	if err != nil {
		return "", 0, fault.Missing()
	}
	y, err := strconv.Atoi(year)
	if err != nil || taskID(b, y) != s {
		return "", 0, fault.Missing()
	}
	return b, y, nil
}

// Sweep gives the secretariats of all councils the duties whose day is near, or past, as
// tasks, and takes those away that are done. It is called every day and may be called again.
func (s *Service) Sweep(ctx context.Context) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		today := s.Clock.Today()
		all, err := s.Bodies.Councils(ctx, tx, today)
		if err != nil {
			return fmt.Errorf("duties: sweep: %w", err)
		}
		for _, b := range all {
			list, err := recorded(ctx, tx, b.ID)
			if err != nil {
				return err
			}
			for _, d := range dues(b.Terms.Duties, b.From, today, list) {
				if err := s.keep(ctx, tx, b, d, today); err != nil {
					return fmt.Errorf("duties: sweep %s: %w", b.ID, err)
				}
			}
		}
		return nil
	})
}

// keep makes the task of a duty, or closes it.
func (s *Service) keep(ctx context.Context, tx *db.Tx, b council.Body, d Due, today clock.Date) error {
	by, now := access.SystemActor("duty"), s.Clock.Now()
	switch d.On(today) {
	case Done:
		return Finish(ctx, tx, by, now, b.ID, d.Kind, d.Year)
	case Later:
		return nil
	}
	id := taskID(b.ID, d.Year)
	switch _, err := flow.Get(ctx, tx, flow.Subject{Kind: d.Kind.FlowKind(), ID: id}); {
	case err == nil:
		return nil
	case !fault.Is(err, fault.NotFound):
		return err
	}
	ball := flow.Ball{Party: flow.Secretary, Org: b.Secretariat, Due: d.Day}
	if err := flow.Start(ctx, tx, Flow(d.Kind), id, label(b, d.Kind, d.Year), ball, by, now); err != nil {
		return err
	}
	audit.Record(tx, now, by, ActionTask, council.Subject(b.ID), audit.Field("duty", "", string(d.Kind)), audit.Field("year", "", d.Year), audit.Field("due", "", d.Day))
	return nil
}

// label is the council and the year, or years, that the duty is about.
func label(b council.Body, k Kind, year int) string {
	if k == Period {
		return fmt.Sprintf("%s, %d–%d", b.Name, year-periodYears, year)
	}
	return fmt.Sprintf("%s, %d", b.Name, year)
}

// periodYears is how long an election period is.
const periodYears = 4

// Finish takes the task away of a duty that has been done, if it was one.
func Finish(ctx context.Context, tx *db.Tx, actor access.Actor, now clock.Time, b council.BodyID, k Kind, year int) error {
	at := flow.Subject{Kind: k.FlowKind(), ID: taskID(b, year)}
	item, err := flow.Get(ctx, tx, at)
	if fault.Is(err, fault.NotFound) || err == nil && item.State == Closed {
		return nil
	}
	if err != nil {
		return err
	}
	return flow.Move(ctx, tx, Flow(k), flow.Request{Subject: at, From: Open, To: Closed, As: []flow.Party{flow.Secretary}}, actor, now)
}

// IsSilent keeps to itself that a duty is done: the secretariat has done it.
func IsSilent(to flow.State) bool { return to == Closed }

// Seen tells which tasks the actor may know of: those of councils that he keeps.
func (s *Service) Seen(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	out := map[string]bool{}
	for _, id := range ids {
		b, _, err := ParseTask(id)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		is, err := s.Bodies.Standing(ctx, tx, actor, b)
		if err != nil {
			return nil, err
		}
		out[id] = is.Keeps
	}
	return out, nil
}

// Object is the kind of thing that a duty is in notices. Nothing hangs on it.
func Object(s *Service, k Kind) object.Kind {
	return object.Kind{Name: k.FlowKind(), Label: "council.task.object", Path: "/plikter/",
		MayChange: func(context.Context, *db.Tx, access.Actor, string) error { return council.Denied() },
		Cards: func(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
			seen, err := s.Seen(ctx, tx, actor, ids)
			if err != nil {
				return nil, err
			}
			var out []object.Card
			for _, id := range ids {
				if !seen[id] {
					continue
				}
				item, err := flow.Get(ctx, tx, flow.Subject{Kind: k.FlowKind(), ID: id})
				if fault.Is(err, fault.NotFound) {
					continue
				}
				if err != nil {
					return nil, err
				}
				out = append(out, object.Card{Ref: object.Ref{ID: id}, Title: i18n.Text{NB: item.Label}})
			}
			return out, nil
		}}
}
