package floor

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
)

const (
	saveDecision db.SQL = `INSERT INTO decision (item, words, rules, facts, outcome, explained, taken_at, taken_by, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)
		ON CONFLICT (item) DO UPDATE SET words = excluded.words, rules = excluded.rules, facts = excluded.facts, outcome = excluded.outcome, explained = excluded.explained,
		taken_at = excluded.taken_at, taken_by = excluded.taken_by, version = decision.version + 1`
	mendDecision db.SQL = `UPDATE decision SET words = $1, version = version + 1 WHERE item = $2 AND version = $3`
)

// Decide records what the body decided in the words of the decision, with the outcome by
// its rules. While somebody has not voted, or a question of habilitet is open, it is
// refused as a Conflict, and so is a written procedure that not all agreed to: the item is
// then treated in the meeting. The case and whoever brought it learn how it ended.
func (s *Service) Decide(ctx context.Context, actor access.Actor, i session.ItemID, version int64, words string) (outcome.State, error) {
	words = text.CleanMultiline(words)
	var fs fault.Fields
	fs.Text("words", words, session.MaxWords, true)
	if err := fs.Err(); err != nil {
		return "", err
	}
	var ended outcome.State
	err := s.room.DB.Write(ctx, func(tx *db.Tx) error {
		item, m, err := s.toDecide(ctx, tx, actor, i, version)
		if err != nil {
			return err
		}
		if !item.Decides() {
			return s.conclude(ctx, tx, actor, item, m, session.Decision{Words: words})
		}
		facts, rules, err := s.facts(ctx, tx, item, m)
		if err != nil {
			return err
		}
		out := outcome.Decide(rules.Rules, facts)
		if out.State == outcome.Open || out.State == outcome.Unanswered {
			return unready(out)
		}
		if facts.Case.Procedure == outcome.Urgent && !out.State.Adopted() && out.State != outcome.Recommended {
			return fault.New(fault.Conflict, "meeting.error.urgent_fell")
		}
		ended = out.State
		return s.conclude(ctx, tx, actor, item, m, session.Decision{Words: words, RuleSet: rules.ID, Facts: facts, State: out.State, Outcome: out})
	})
	return ended, err
}

// unready says what an item waits for before it can be decided.
func unready(o outcome.Outcome) error {
	for _, wait := range []struct {
		step outcome.Step
		key  i18n.Key
	}{{outcome.DecideScope, "meeting.error.wait_scope"}, {outcome.DecideAble, "meeting.error.wait_able"}, {outcome.TakeVote, "meeting.error.wait_vote"}} {
		if slices.Contains(o.Next, wait.step) {
			return fault.New(fault.Conflict, wait.key)
		}
	}
	return fault.New(fault.Conflict, "meeting.error.not_decided")
}

// Note records that an item was taken note of, put off or sent on without a decision.
func (s *Service) Note(ctx context.Context, actor access.Actor, i session.ItemID, version int64, result casework.Result, words string) error {
	words = text.CleanMultiline(words)
	var fs fault.Fields
	fs.Text("words", words, session.MaxWords, true)
	if !slices.Contains(Notes(), result) {
		fs.Add("result", "form.error.choice")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		item, m, err := s.toDecide(ctx, tx, actor, i, version)
		if err != nil {
			return err
		}
		if err := s.store(ctx, tx, actor, item, m, session.Decision{Words: words}); err != nil {
			return err
		}
		return s.tell(ctx, tx, actor, item, result, words)
	})
}

// Notes are the results that need no vote.
func Notes() []casework.Result {
	return []casework.Result{casework.Noted, casework.Postponed, casework.SentOn, casework.Returned}
}

// Mend puts the words of a decision right before the minutes are published; how it ended
// stays. version is the decision's that was seen.
func (s *Service) Mend(ctx context.Context, actor access.Actor, i session.ItemID, version int64, words string) error {
	words = text.CleanMultiline(words)
	var fs fault.Fields
	fs.Text("words", words, session.MaxWords, true)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		_, m, err := s.room.Keeping(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if m.State == session.Approved {
			return fault.New(fault.Conflict, "meeting.error.approved")
		}
		old, found, err := session.DecisionOf(ctx, tx, i)
		if err != nil {
			return err
		}
		if !found {
			return fault.Missing()
		}
		if err := db.ExecOne(ctx, tx, mendDecision, words, i, version); err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionDecide, session.Subject(m.ID), audit.Field("words", old.Words, words))
		return nil
	})
}

// toDecide loads an item that may be decided now. version is the item's that was seen.
func (s *Service) toDecide(ctx context.Context, tx *db.Tx, actor access.Actor, i session.ItemID, version int64) (session.Item, session.Meeting, error) {
	item, m, err := s.room.Keeping(ctx, tx, actor, i)
	if err != nil {
		return item, m, err
	}
	if err := session.Writable(m); err != nil && !item.InWriting(m) {
		return item, m, err
	}
	if err := item.OnAgenda(); err != nil {
		return item, m, err
	}
	if item.Version != version {
		return item, m, fault.New(fault.Stale, "fault.stale")
	}
	set, err := rulesOf(ctx, tx, item, m)
	if err != nil {
		return item, m, err
	}
	if set.Elected && item.Ground != "" && item.Doors == "" && item.Decides() {
		return item, m, fault.New(fault.Conflict, "meeting.error.doors_first")
	}
	return item, m, s.undecided(ctx, tx, i)
}

func (s *Service) store(ctx context.Context, tx *db.Tx, actor access.Actor, i session.Item, m session.Meeting, d session.Decision) error {
	if i.Number.Nr == 0 {
		if err := s.room.Number(ctx, tx, actor, m); err != nil { // taken up in the meeting
			return err
		}
	}
	var rules any
	if d.RuleSet != "" {
		rules = d.RuleSet
	}
	if _, err := db.Exec(ctx, tx, saveDecision, i.ID, d.Words, rules, session.AsJSON(d.Facts), string(d.State), session.AsJSON(d.Outcome), s.room.Clock.Now(), actor.Label()); err != nil {
		return fmt.Errorf("item %s: decide: %w", i.ID, err)
	}
	audit.Record(tx, s.room.Clock.Now(), actor, session.ActionDecide, session.Subject(m.ID), audit.Field("item", "", string(i.ID)), audit.Field("outcome", "", string(d.State)),
		audit.Field("words", "", d.Words))
	return nil
}

// conclude stores the decision and does what follows from it.
func (s *Service) conclude(ctx context.Context, tx *db.Tx, actor access.Actor, i session.Item, m session.Meeting, d session.Decision) error {
	if err := s.store(ctx, tx, actor, i, m, d); err != nil {
		return err
	}
	if d.State != "" {
		s.room.Decided(tx, actor, m, i)
	}
	if i.Kind == session.Minutes && i.About != "" && d.State.Adopted() {
		if err := s.approve(ctx, tx, actor, i.About, m.ID); err != nil {
			return err
		}
	}
	if d.State == outcome.Recommended && i.Case != "" {
		words := d.Words
		if i.IsClosed() {
			words = ""
		}
		return s.room.Treatments.Await(ctx, tx, actor, i.Case, i.Body, words)
	}
	return s.tell(ctx, tx, actor, i, resultOf(d.State), d.Words)
}

// approve marks the minutes of a meeting as approved by a later one.
func (s *Service) approve(ctx context.Context, tx *db.Tx, actor access.Actor, m, by session.ID) error {
	old, err := session.Load(ctx, tx, m)
	if err != nil {
		return err
	}
	if old.State != session.Published {
		return fault.New(fault.Conflict, "meeting.error.not_published")
	}
	if err := session.SetState(ctx, tx, m, session.Approved); err != nil {
		return err
	}
	s.room.Happened(tx, actor, old, session.WasApproved, 1)
	audit.Record(tx, s.room.Clock.Now(), actor, session.ActionApprove, session.Subject(m), audit.Field("approved_in", "", string(by)))
	return nil
}

// tell lets the case know. Of what was closed, the words stay in the minutes.
func (s *Service) tell(ctx context.Context, tx *db.Tx, actor access.Actor, i session.Item, r casework.Result, words string) error {
	if i.Case == "" {
		return nil
	}
	if i.IsClosed() {
		words = ""
	}
	return s.room.Treatments.Conclude(ctx, tx, actor, i.Case, i.Body, r, words)
}

// resultOf is the result of the case's treatment.
func resultOf(s outcome.State) casework.Result {
	switch s {
	case outcome.Adopted, outcome.AdoptedSome:
		return casework.Adopted
	case outcome.Recommended, outcome.Advised:
		return casework.Advised
	case "":
		return casework.Noted
	case outcome.NoQuorum, outcome.NotTakenUp:
		return casework.Postponed
	}
	return casework.Rejected
}
