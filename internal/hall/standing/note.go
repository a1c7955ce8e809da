package standing

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/minutes"
	"kompetansetorg/internal/room/need"
)

// Outcome is what a meeting can do with a need: the state in which it leaves.
type Outcome = flow.State

// Outcomes lists them in the order pages show them.
func Outcomes() []Outcome {
	return []Outcome{need.Presented, need.Discussed, need.InFollowUp, need.CoveredByExisting, need.CoveredByOther, need.NotPossible}
}

// OutcomeLabel is the outcome's name.
func OutcomeLabel(o Outcome) i18n.Key { return i18n.Key("standing.outcome." + string(o)) }

// Noted is what the secretary writes down of a need. From is the state that he saw.
// Discussion belongs to every outcome but presented; Provider and AnswerBy to a need
// that is followed up; Note says why, where the need's flow demands it.
type Noted struct {
	From       flow.State
	Outcome    Outcome
	Discussion need.Discussion
	Provider   org.ID
	AnswerBy   clock.Date
	Note       string
}

// Note writes down what the meeting did with a need, and moves the need there: presented
// first, then discussed, then on. The meeting's secretary does, once it has begun. It
// answers Stale when the need has moved since, and Invalid with the fields outcome,
// provider, answer_by, note and those of the discussion.
func (s *Service) Note(ctx context.Context, actor access.Actor, m session.ID, n need.ID, in Noted) error {
	if !slices.Contains(Outcomes(), in.Outcome) {
		return fault.InvalidField("outcome", "form.error.choice")
	}
	return s.Needs.Write(ctx, func(tx *db.Tx) error {
		mt, err := s.keeping(ctx, tx, actor, m)
		if err != nil {
			return err
		}
		found, as, err := s.Needs.Movable(ctx, tx, actor, n, in.From)
		if err != nil {
			return err
		}
		if err := s.stands(ctx, tx, mt, found); err != nil {
			return err
		}
		// Who keeps the forum's meeting is its secretary also without the role.
		as = append(as, flow.Secretary)
		was := found.State
		for _, to := range way(was, in.Outcome) {
			if found, err = s.step(ctx, tx, actor, found, as, to, in); err != nil {
				return err
			}
		}
		if in.Outcome != need.Presented {
			if err := need.PutDiscussion(ctx, tx, string(n), in.Discussion, s.Clock.Now()); err != nil {
				return err
			}
		}
		if _, err := db.Exec(ctx, tx, noteNeed, m, n, was, found.State, actor.Label(), s.Clock.Now()); err != nil {
			return fmt.Errorf("meeting %s: note need %s: %w", m, n, err)
		}
		return s.tell(ctx, tx, m, found)
	})
}

// tell says in the minutes what came of a need that everybody may read. Of the others the
// minutes say nothing: they are open to all.
func (s *Service) tell(ctx context.Context, tx *db.Tx, m session.ID, n need.Need) error {
	if n.Confidentiality != need.Open {
		return nil
	}
	title := s.Say(nil, false).Title
	return minutes.Tell(ctx, tx, m, title, s.Told(Need{ID: n.ID, Number: n.Number, Title: n.Title, Became: n.State}))
}

// keeping is the meeting when the actor keeps it and it is time to note.
func (s *Service) keeping(ctx context.Context, tx *db.Tx, actor access.Actor, m session.ID) (session.Meeting, error) {
	mt, _, err := s.Meetings.Writing(ctx, tx, actor, m)
	if err == nil && !noting(mt) {
		err = fault.New(fault.Conflict, "standing.error.not_now")
	}
	return mt, err
}

// stands refuses a need that does not stand on the meeting's item.
func (s *Service) stands(ctx context.Context, tx *db.Tx, m session.Meeting, n need.Need) error {
	body, err := meeting.Get(ctx, tx, m.Body, s.Clock.Today())
	if err != nil {
		return err
	}
	places, err := s.area(ctx, tx, body)
	if err != nil {
		return err
	}
	if !slices.Contains(places, n.Municipality) {
		return fault.Missing()
	}
	if !slices.Contains(Waiting(), n.State) {
		return fault.New(fault.Conflict, "standing.error.not_waiting")
	}
	return nil
}

// way is the states that a need goes through from where it stands to the outcome: a need
// that is discussed has been presented, and one that goes on has been discussed.
func way(from flow.State, to Outcome) []flow.State {
	steps := []flow.State{need.Mapped, need.Presented, need.Discussed}
	at := slices.Index(steps, from)
	out := slices.Clone(steps[at+1:])
	if end := slices.Index(out, to); end >= 0 {
		return out[:end+1]
	}
	if from == to {
		return nil
	}
	return append(out, to)
}

// step moves the need to one state, as the need's own page would.
func (s *Service) step(ctx context.Context, tx *db.Tx, actor access.Actor, n need.Need, as []flow.Party, to flow.State, in Noted) (need.Need, error) {
	asked := need.Moving{To: to}
	if to == need.Discussed {
		asked.Discussion = &in.Discussion
	}
	if to == in.Outcome {
		asked.Note, asked.Provider, asked.AnswerBy = in.Note, in.Provider, in.AnswerBy
	}
	st, err := s.Needs.Decide(ctx, tx, actor, n, as, asked)
	if err != nil {
		return n, err
	}
	if err := s.Needs.MoveIn(ctx, tx, actor, n, st); err != nil {
		return n, err
	}
	after := need.Settle(n, st)
	audit.Record(tx, s.Clock.Now(), actor, need.ActionMove, need.Subject(n.ID), audit.Field("state", n.State, to), audit.PersonalField("note", "", st.Note),
		audit.Field("provider", n.Provider, after.Provider))
	return after, nil
}
