package followup

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting/session"
)

// Kind is the kind under which flow knows a follow-up.
const Kind = "follow_up"

// Flow is how a follow-up moves: whoever has it keeps the ball until it is closed.
func Flow() flow.Definition {
	by := []flow.Party{flow.Owner, flow.Secretary}
	return flow.Definition{Kind: Kind, Initial: flow.State(session.Open), States: []flow.StateDef{
		{State: flow.State(session.Open), Label: "meeting.follow_up.open", Ball: flow.Owner},
		{State: flow.State(session.Done), Label: "meeting.follow_up.done", End: true},
		{State: flow.State(session.Dropped), Label: "meeting.follow_up.dropped", End: true},
	}, Moves: []flow.MoveDef{
		{From: flow.State(session.Open), To: flow.State(session.Done), By: by, Label: "meeting.follow_up.close"},
		{From: flow.State(session.Open), To: flow.State(session.Dropped), By: []flow.Party{flow.Secretary}, Label: "meeting.follow_up.close"},
	}}
}

// Seen tells which follow-ups the actor may know of as tasks: those of bodies
// that he takes part in, and of closed items only who may be in the closed meeting.
func (s *Service) Seen(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	r, err := s.room.Reader(ctx, tx, actor, s.room.Clock.Today())
	if err != nil {
		return nil, err
	}
	list, err := session.SomeFollowUps(ctx, tx, ids)
	out := map[string]bool{}
	for _, f := range list {
		x := r.Rights[f.Body]
		out[string(f.ID)] = r.All || (x.IsIn() || x.Secretary) && (!f.Closed || r.ClosedIn(f.Body))
	}
	return out, err
}

// Get is the follow-up for who may know of it as a task, else NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, f session.FollowUpID) (session.FollowUp, error) {
	var out session.FollowUp
	err := s.room.DB.Read(ctx, func(tx *db.Tx) error {
		seen, err := s.Seen(ctx, tx, actor, []string{string(f)})
		if err != nil {
			return err
		}
		if !seen[string(f)] {
			return fault.Missing()
		}
		out, err = session.FollowUpByID(ctx, tx, f)
		return err
	})
	return out, err
}
