package measure

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/support"
)

// Move takes a measure to another state. It is published with a goal, who takes part and a step
// at least; described, it belongs to who suggested it; revised, it was checked today.
func (s *Service) Move(ctx context.Context, actor access.Actor, card support.ID, version int64, to flow.State, note string) error {
	note = text.CleanMultiline(note)
	var fs fault.Fields
	if fs.Text("note", note, MaxText, false); fs.Err() != nil {
		return fs.Err()
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		m, err := s.In(ctx, tx, actor, card)
		switch {
		case err != nil:
			return err
		case m.Version != version:
			return fault.New(fault.Stale, "fault.stale")
		case to == Published && len(m.Lacks()) > 0:
			return fault.New(fault.Conflict, "measure.error.lacks")
		}
		return s.move(ctx, tx, actor, m, to, note)
	})
}

func (s *Service) move(ctx context.Context, tx *db.Tx, actor access.Actor, m Measure, to flow.State, note string) error {
	now, from := s.Clock.Now(), m.State
	if to == Published || to == Revised {
		m.Card.LastChecked = now.Date()
	}
	owner := m.Owner
	if to == Described && owner == "" {
		m.Owner = m.Suggested
	}
	if err := flow.Move(ctx, tx, Flow(), flow.Request{Subject: flowSubject(m.Card.ID), From: from, To: to, As: m.parties(actor), Note: note, Ball: ball(m, to, now.Date())}, actor, now); err != nil {
		return err
	}
	if m.Owner != owner {
		if err := db.ExecOne(ctx, tx, setOwner, m.Owner, m.Offered, m.Card.ID, m.Version); err != nil {
			return err
		}
		m.Version++
	}
	if err := db.ExecOne(ctx, tx, setState, to, m.Card.ID, m.Version); err != nil {
		return err
	}
	if to == Published || to == Revised {
		if err := support.CheckedOn(ctx, tx, m.Card.ID, now.Date()); err != nil {
			return err
		}
	}
	audit.Record(tx, now, actor, ActionMove, subject(m.Card.ID), audit.Field("state", from, to))
	if IsOpen(from) == IsOpen(to) && isDraft(from) == isDraft(to) {
		return nil
	}
	return support.Stand(ctx, tx, m.Card.ID, !IsOpen(to), isDraft(to))
}

// Offer asks an organisation to take over a measure, which it does by its own yes. Asked for
// none, nobody is asked any more.
func (s *Service) Offer(ctx context.Context, actor access.Actor, card support.ID, version int64, to access.OrgID) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		m, err := s.In(ctx, tx, actor, card)
		switch {
		case err != nil:
			return err
		case !m.MayChange() || m.State == Suggested:
			return fault.New(fault.Denied, "fault.denied")
		case to != "" && to == m.Owner:
			return fault.InvalidField("org", "measure.error.same_owner")
		}
		if to != "" {
			if _, err := org.Get(ctx, tx, to); err != nil {
				return fault.InvalidField("org", "form.error.choice")
			}
		}
		what := Offered
		if to == "" {
			what = Refused
		}
		return s.hand(ctx, tx, actor, m, version, m.Owner, to, what)
	})
}

// Answer is the yes or no of the organisation that was asked to take over. With a yes it is the
// owner, and has what waits for the owner's answer.
func (s *Service) Answer(ctx context.Context, actor access.Actor, card support.ID, version int64, yes bool) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		m, err := s.In(ctx, tx, actor, card)
		switch {
		case err != nil:
			return err
		case !m.Receiver:
			return fault.New(fault.Denied, "fault.denied")
		}
		if !yes {
			return s.hand(ctx, tx, actor, m, version, m.Owner, "", Refused)
		}
		if err := s.hand(ctx, tx, actor, m, version, m.Offered, "", Taken); err != nil {
			return err
		}
		waiting, err := db.List[SaidID](ctx, tx, saidWaiting, card)
		if err != nil {
			return err
		}
		m.Owner = m.Offered
		for _, id := range waiting {
			def, _ := SaidFlow().State(Asked)
			if err := flow.Pass(ctx, tx, saidFlow(id), kept(m, def.Due(s.Clock.Today()))); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) hand(ctx context.Context, tx *db.Tx, actor access.Actor, m Measure, version int64, owner, offered access.OrgID, what happening.What) error {
	now, was := s.Clock.Now(), m.Owner
	if err := db.ExecOne(ctx, tx, setOwner, owner, offered, m.Card.ID, version); err != nil {
		return err
	}
	m.Owner, m.Offered = owner, offered
	next := ball(m, m.State, now.Date())
	if err := flow.Pass(ctx, tx, flowSubject(m.Card.ID), next); err != nil {
		return err
	}
	audit.Record(tx, now, actor, ActionOwner, subject(m.Card.ID), audit.Field("owner", was, owner), audit.Field("asked", "", offered))
	happening.Record(tx, now, actor, happening.Happening{Kind: support.ObjectName, ID: string(m.Card.ID), What: what, Mark: fmt.Sprint(version), Next: next})
	return nil
}

// Remind gives the measures whose check soon no longer holds to those who keep them, and takes
// them back when somebody has checked them. It may be called every day, and again.
func (s *Service) Remind(ctx context.Context) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		var w db.Where
		db.In(&w, fragState, []flow.State{Published, Revised})
		list, err := s.find(ctx, tx, access.SystemActor("measure"), w)
		if err != nil {
			return err
		}
		for _, m := range list {
			if m.Offered != "" {
				continue
			}
			now := ball(m, m.State, s.Clock.Today())
			item, err := flow.Get(ctx, tx, flowSubject(m.Card.ID))
			if err != nil {
				return err
			}
			if (now.Party == flow.Nobody) == (item.Ball.Party == flow.Nobody) {
				continue
			}
			if err := flow.Pass(ctx, tx, flowSubject(m.Card.ID), now); err != nil {
				return err
			}
		}
		return nil
	})
}
