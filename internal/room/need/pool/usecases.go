package pool

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/series"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
)

// The actions of the audit log.
const (
	ActionMake  audit.Action = "need.pool"
	ActionJoin  audit.Action = "need.join_pool"
	ActionLeave audit.Action = "need.leave_pool"
	ActionEdit  audit.Action = "need.edit_pool"
	ActionMove  audit.Action = "need.move_pool"
)

// Service is the use cases of pooled needs.
type Service struct {
	room *need.Service
	flow flow.Definition
	// Changed are told of a pooled need that has been edited or moved, in the same
	// transaction; they are given it as it has become.
	Changed []func(ctx context.Context, tx *db.Tx, p Pool) error
}

// New makes the use cases.
func New(room *need.Service) *Service { return &Service{room: room, flow: need.PoolFlow()} }

func flowSubject(p ID) flow.Subject { return flow.Subject{Kind: need.PoolFlowKind, ID: string(p)} }

// Subject is the pool in the audit log.
func Subject(p ID) audit.Subject { return audit.Subject{Kind: need.PoolFlowKind, ID: string(p)} }

// Make makes a pooled need of one or more needs that the actor sees. Each
// keeps its page and its owner; its state becomes merged. An empty title,
// field or level is taken from the needs.
func (s *Service) Make(ctx context.Context, actor access.Actor, in Content, needs ...need.ID) (Pool, error) {
	var out Pool
	err := s.room.Write(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.make(ctx, tx, actor, in, need.Unique(needs))
		return err
	})
	return out, err
}

func (s *Service) make(ctx context.Context, tx *db.Tx, actor access.Actor, in Content, needs []need.ID) (Pool, error) {
	if !CanMake(actor) {
		return Pool{}, fault.New(fault.Denied, "need.error.may_not_pool")
	}
	if len(needs) == 0 {
		return Pool{}, fault.InvalidField("needs", "need.error.pool_needs")
	}
	members := make([]need.Need, len(needs))
	for i, n := range needs {
		var err error
		if members[i], err = s.joinable(ctx, tx, actor, n); err != nil {
			return Pool{}, err
		}
	}
	in = in.from(members)
	if err := in.check(); err != nil {
		return Pool{}, err
	}
	p, err := s.start(ctx, tx, actor, in, members)
	if err != nil {
		return Pool{}, err
	}
	for _, n := range members {
		if err := s.join(ctx, tx, actor, p, n); err != nil {
			return Pool{}, err
		}
	}
	return s.refreshed(ctx, tx, p.ID)
}

func (s *Service) start(ctx context.Context, tx *db.Tx, actor access.Actor, in Content, members []need.Need) (Pool, error) {
	now := s.room.Now()
	number, key, err := series.Next(ctx, tx, "F", now.Date().Year())
	if err != nil {
		return Pool{}, err
	}
	p := Pool{ID: id.New[need.Pooled](), Number: number, Content: in, State: need.Mapped, Coordinator: coordinatorFor(actor, members)}
	if _, err := db.Exec(ctx, tx, insertPool, p.ID, number, key, p.Title, text.Fold(number+" "+p.Title), p.Field, p.Level, p.MinToStart,
		p.Coordinator, now, actor.Label()); err != nil {
		return Pool{}, fmt.Errorf("pool: insert: %w", err)
	}
	if err := putConcepts(ctx, tx, p.ID, in.Concepts); err != nil {
		return Pool{}, err
	}
	def, _ := s.flow.State(need.Mapped)
	ball := need.BallIn(p.asNeed(), def, clock.Date{}, now.Date())
	if err := flow.Start(ctx, tx, s.flow, string(p.ID), p.Title, ball, actor, now); err != nil {
		return Pool{}, err
	}
	audit.Record(tx, now, actor, ActionMake, Subject(p.ID), audit.Field("number", "", number), audit.PersonalField("title", "", p.Title))
	return p, nil
}

// joinable loads a need that can join a pool now. What is wrong is said at the
// field needs.
func (s *Service) joinable(ctx context.Context, tx *db.Tx, actor access.Actor, member need.ID) (need.Need, error) {
	n, err := need.Load(ctx, tx, member)
	switch {
	case fault.Is(err, fault.NotFound), err == nil && !need.CanSee(actor, n):
		return need.Need{}, fault.InvalidField("needs", "need.error.unknown_need")
	case err != nil:
		return need.Need{}, err
	case n.Pool != "":
		return need.Need{}, fault.InvalidField("needs", "need.error.already_pooled", "number", n.Number)
	case !slices.Contains(need.Poolable(), n.State):
		return need.Need{}, fault.InvalidField("needs", "need.error.not_poolable", "number", n.Number)
	}
	return n, nil
}

func (s *Service) join(ctx context.Context, tx *db.Tx, actor access.Actor, p Pool, n need.Need) error {
	if err := s.room.StartMembership(ctx, tx, n, p.ID); err != nil {
		return err
	}
	// Whoever may pool joins a need as an office would, also where he is
	// neither its owner nor its representative.
	to := need.Decided{To: need.Merged, As: []flow.Party{flow.Adviser}, Provider: n.Provider, Pool: p.ID}
	if err := s.room.MoveIn(ctx, tx, actor, n, to); err != nil {
		return err
	}
	audit.Record(tx, s.room.Now(), actor, ActionJoin, need.Subject(n.ID), audit.Field("pool", "", p.ID), audit.Field("state", n.State, need.Merged))
	return nil
}

// Add lets a need join a pooled need that has not ended.
func (s *Service) Add(ctx context.Context, actor access.Actor, pool ID, member need.ID) error {
	return s.room.Write(ctx, func(tx *db.Tx) error {
		p, err := s.steerable(ctx, tx, actor, pool)
		if err != nil {
			return err
		}
		if s.ended(p) {
			return fault.New(fault.Conflict, "need.error.pool_ended")
		}
		n, err := s.joinable(ctx, tx, actor, member)
		if err != nil {
			return err
		}
		if err := s.join(ctx, tx, actor, p, n); err != nil {
			return err
		}
		_, err = s.refreshed(ctx, tx, pool)
		return err
	})
}

// Remove takes a need out of its pool; it goes back to the state it came from.
// Those who look after the pool may, and the need's own people.
func (s *Service) Remove(ctx context.Context, actor access.Actor, pool ID, member need.ID) error {
	return s.room.Write(ctx, func(tx *db.Tx) error {
		p, err := Load(ctx, tx, pool)
		if err != nil {
			return err
		}
		n, as, err := s.room.Movable(ctx, tx, actor, member, "")
		if err != nil {
			return err
		}
		if n.Pool != pool {
			return fault.New(fault.Conflict, "need.error.not_in_pool")
		}
		if !slices.Contains(as, flow.Owner) && !slices.Contains(as, flow.Adviser) && !CanSteer(actor, p) {
			return fault.New(fault.Denied, "flow.error.not_yours")
		}
		if err := s.leave(ctx, tx, actor, n); err != nil {
			return err
		}
		_, err = s.refreshed(ctx, tx, pool)
		return err
	})
}

// leave gives a need back the state it had before it joined.
func (s *Service) leave(ctx context.Context, tx *db.Tx, actor access.Actor, n need.Need) error {
	to, err := need.CameFrom(ctx, tx, n.ID)
	if err != nil {
		return fmt.Errorf("need %s: leave pool: %w", n.ID, err)
	}
	if err := s.room.EndMembership(ctx, tx, n); err != nil {
		return err
	}
	back := need.Decided{To: to, As: []flow.Party{flow.Adviser}, Provider: n.Provider, AnswerBy: n.AnswerBy}
	if err := s.room.MoveIn(ctx, tx, actor, n, back); err != nil {
		return err
	}
	audit.Record(tx, s.room.Now(), actor, ActionLeave, need.Subject(n.ID), audit.Field("pool", n.Pool, ""), audit.Field("state", need.Merged, to))
	return nil
}

// Edit changes what is written about a pooled need. version is the one the
// editor saw.
func (s *Service) Edit(ctx context.Context, actor access.Actor, pool ID, version int64, in Content) (Pool, error) {
	var out Pool
	err := s.room.Write(ctx, func(tx *db.Tx) error {
		old, err := s.steerable(ctx, tx, actor, pool)
		if err != nil {
			return err
		}
		in := in
		if err := in.check(); err != nil {
			return err
		}
		now := s.room.Now()
		if err := db.ExecOne(ctx, tx, updatePool, in.Title, text.Fold(old.Number+" "+in.Title), in.Field, in.Level, in.MinToStart,
			now, actor.Label(), pool, version); err != nil {
			return fmt.Errorf("pool %s: edit: %w", pool, err)
		}
		if in.Concepts != nil {
			if err := putConcepts(ctx, tx, pool, in.Concepts); err != nil {
				return err
			}
		}
		if err := flow.Rename(ctx, tx, flowSubject(pool), in.Title); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionEdit, Subject(pool), audit.Changed(audit.PersonalField("title", old.Title, in.Title),
			audit.Field("field", old.Field, in.Field), audit.Field("level", old.Level, in.Level),
			audit.Field("min_to_start", old.MinToStart, in.MinToStart))...)
		out, err = s.tell(ctx, tx, pool)
		return err
	})
	return out, err
}

// Move moves a pooled need, as need.Service.Move does a need; the owners of
// its needs see the step in their own histories. Withdrawing dissolves it: its
// needs go back to where they stood.
func (s *Service) Move(ctx context.Context, actor access.Actor, pool ID, in need.Moving) (Pool, error) {
	var out Pool
	err := s.room.Write(ctx, func(tx *db.Tx) error {
		p, err := Load(ctx, tx, pool)
		if err != nil {
			return err
		}
		if in.From != "" && in.From != p.State {
			return fault.New(fault.Stale, "flow.error.moved")
		}
		to, err := s.room.Decide(ctx, tx, actor, p.asNeed(), Parties(actor, p), in)
		if err != nil {
			return err
		}
		if err := s.MoveIn(ctx, tx, actor, p, to); err != nil {
			return err
		}
		if in.To == need.Discussed && in.Discussion != nil {
			if err := need.PutDiscussion(ctx, tx, string(pool), *in.Discussion, s.room.Now()); err != nil {
				return err
			}
		}
		audit.Record(tx, s.room.Now(), actor, ActionMove, Subject(pool), audit.Field("state", p.State, in.To),
			audit.PersonalField("note", "", to.Note), audit.Field("provider", p.Provider, need.Settle(p.asNeed(), to).Provider))
		if in.To == need.Withdrawn {
			if err := s.dissolve(ctx, tx, actor, pool); err != nil {
				return err
			}
		}
		out, err = Load(ctx, tx, pool)
		return err
	})
	return out, err
}

// MoveIn makes a move that is decided, in a transaction of the caller. A move
// to covered must be proved; the coordinator speaks for the owners.
func (s *Service) MoveIn(ctx context.Context, tx *db.Tx, actor access.Actor, p Pool, to need.Decided) error {
	def, ok := s.flow.State(to.To)
	if !ok {
		return fault.InvalidField("to", "form.error.choice")
	}
	after := need.Settle(p.asNeed(), to)
	now := s.room.Now()
	move := flow.Request{Subject: flowSubject(p.ID), From: p.State, To: to.To, As: to.As, Note: to.Note,
		Ball: to.BallAfter(after, def, now.Date())}
	err := flow.Move(ctx, tx, s.flow, move, actor, now)
	if err == nil && to.To == need.Covered {
		err = s.room.Proved(ctx, tx, actor, flowSubject(p.ID), to.As, to.Note)
	}
	if err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, placePool, to.To, after.Provider, after.AnswerBy, after.TakenWithoutForum, p.ID); err != nil {
		return fmt.Errorf("pool %s: move: %w", p.ID, err)
	}
	_, err = s.tell(ctx, tx, p.ID)
	return err
}

// tell tells the others that the pooled need has changed, and answers what it has become.
func (s *Service) tell(ctx context.Context, tx *db.Tx, pool ID) (Pool, error) {
	p, err := Load(ctx, tx, pool)
	for _, changed := range s.Changed {
		if err == nil {
			err = changed(ctx, tx, p)
		}
	}
	return p, err
}

// dissolve lets all members go back to where they stood.
func (s *Service) dissolve(ctx context.Context, tx *db.Tx, actor access.Actor, pool ID) error {
	members, err := db.List[need.ID](ctx, tx, membersOf, pool)
	if err != nil {
		return err
	}
	for _, m := range members {
		n, err := need.Load(ctx, tx, m)
		if err != nil {
			return err
		}
		if err := s.leave(ctx, tx, actor, n); err != nil {
			return err
		}
	}
	return nil
}

// RecordDiscussion records or mends what came out of discussing the pool,
// without moving it.
func (s *Service) RecordDiscussion(ctx context.Context, actor access.Actor, pool ID, in need.Discussion) error {
	return s.room.Write(ctx, func(tx *db.Tx) error {
		p, err := Load(ctx, tx, pool)
		if err != nil {
			return err
		}
		return s.room.RecordDiscussionOf(ctx, tx, actor, Subject(pool), Parties(actor, p), in)
	})
}

func (s *Service) steerable(ctx context.Context, tx *db.Tx, actor access.Actor, pool ID) (Pool, error) {
	p, err := Load(ctx, tx, pool)
	if err == nil && !CanSteer(actor, p) {
		err = fault.New(fault.Denied, "need.error.may_not_pool")
	}
	return p, err
}
