package develop

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
)

// subject is a need or a pooled need that is answered, as the actor sees it.
type subject struct {
	about    About
	number   string
	title    string
	state    flow.State
	provider org.ID
	answerBy clock.Date
	// partner says that the actor works with it, and reads all.
	partner bool
	as      []flow.Party
	def     flow.Definition

	need need.Need
	pool pool.Pool
}

// load reads what is answered, or NotFound for what the actor may not see.
func (s *Service) load(ctx context.Context, tx *db.Tx, actor access.Actor, about About) (subject, error) {
	out := subject{about: about}
	switch {
	case about.Pool != "":
		p, err := pool.Load(ctx, tx, about.Pool)
		if err != nil {
			return out, err
		}
		out.def, out.as, out.partner = need.PoolFlow(), pool.Parties(actor, p), pool.IsPartner(actor, p)
		out.setPool(p)
	default:
		n, as, err := s.Needs.Movable(ctx, tx, actor, about.Need, "")
		if err != nil {
			return out, err
		}
		out.def, out.as, out.partner = need.Flow(), as, need.SightOf(actor, n) >= need.Partner
		out.setNeed(n)
	}
	return out, nil
}

func (t *subject) setNeed(n need.Need) {
	t.need, t.number, t.title, t.state, t.provider, t.answerBy = n, n.Number, n.Title, n.State, n.Provider, n.AnswerBy
}

func (t *subject) setPool(p pool.Pool) {
	t.pool, t.number, t.title, t.state, t.provider, t.answerBy = p, p.Number, p.Title, p.State, p.Provider, p.AnswerBy
}

// flow is the thing in the flow and in the audit log.
func (t *subject) flow() flow.Subject {
	if t.about.Pool != "" {
		return flow.Subject{Kind: need.PoolFlowKind, ID: string(t.about.Pool)}
	}
	return flow.Subject{Kind: need.FlowKind, ID: string(t.about.Need)}
}

func (t *subject) audit() audit.Subject {
	f := t.flow()
	return audit.Subject{Kind: f.Kind, ID: f.ID}
}

// untaken are the states in which nobody follows up yet.
func untaken() []flow.State { return []flow.State{need.Mapped, need.Presented, need.Discussed} }

// way is the states that the thing goes through to the one the answer leaves it in: first
// somebody follows up, where the provider may not go there at once.
func (t *subject) way(to flow.State) []flow.State {
	if t.state == to {
		return nil
	}
	if m, ok := t.def.Move(t.state, to); ok && slices.Contains(m.By, flow.Provider) {
		return []flow.State{to}
	}
	return []flow.State{need.InFollowUp, to}
}

// asks reports whether one of the moves asks for a reason.
func (t *subject) asks(way []flow.State) bool {
	from := t.state
	for _, to := range way {
		if m, ok := t.def.Move(from, to); ok && m.NoteRequired {
			return true
		}
		from = to
	}
	return false
}

// step moves the thing to one state, as its own page would.
func (s *Service) step(ctx context.Context, tx *db.Tx, actor access.Actor, t *subject, d need.Decided) error {
	was, provider := t.state, t.provider
	action := need.ActionMove
	if t.about.Pool != "" {
		action = pool.ActionMove
		if err := s.Pools.MoveIn(ctx, tx, actor, t.pool, d); err != nil {
			return err
		}
		p, err := pool.Load(ctx, tx, t.about.Pool)
		if err != nil {
			return err
		}
		t.setPool(p)
	} else {
		if err := s.Needs.MoveIn(ctx, tx, actor, t.need, d); err != nil {
			return err
		}
		n, err := need.Load(ctx, tx, t.about.Need)
		if err != nil {
			return err
		}
		t.setNeed(n)
	}
	audit.Record(tx, s.Needs.Now(), actor, action, t.audit(), audit.Field("state", was, d.To), audit.PersonalField("note", "", d.Note),
		audit.Field("provider", provider, t.provider))
	return nil
}

// answerer is the provider that the actor answers for, and whether its answer moves the
// thing: that of the one who follows up does, and of one who takes what nobody has.
func (s *Service) answerer(ctx context.Context, tx *db.Tx, actor access.Actor, t subject) (org.ID, bool, error) {
	mine := actor.Orgs(access.RoleProviderUser)
	switch {
	case len(mine) == 0:
		return "", false, fault.New(fault.Denied, "flow.error.not_yours")
	case t.state == need.Merged:
		return "", false, fault.New(fault.Conflict, "develop.error.in_pool")
	case slices.Contains(mine, t.provider):
		if t.state != need.InFollowUp && t.state != need.InDevelopment {
			return "", false, fault.New(fault.Conflict, "develop.error.not_now")
		}
		return t.provider, true, nil
	}
	asked, err := s.Asks.AskedIn(ctx, tx, t.about.Need, t.about.Pool, mine)
	if err != nil {
		return "", false, err
	}
	by := mine[0]
	if len(asked) > 0 {
		by = asked[len(asked)-1].Provider
	}
	switch {
	case t.provider == "" && slices.Contains(untaken(), t.state):
		return by, true, nil
	case len(asked) == 0:
		return "", false, fault.New(fault.Denied, "develop.error.anothers")
	case t.state != need.InFollowUp && t.state != need.InDevelopment:
		return "", false, fault.New(fault.Conflict, "develop.error.not_now")
	}
	return by, false, nil
}
