package session

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
)

// Decision is what the body decided in an item. Facts and the rules of RuleSet give the
// outcome again at any time; State is how it ended when it was taken, empty for an item
// that was noted without a decision.
type Decision struct {
	Item    ItemID
	Words   string
	RuleSet meeting.RuleSetID
	Facts   outcome.Facts
	State   outcome.State
	At      clock.Time
	Version int64

	// Outcome is worked out from the facts by the rules of the time.
	Outcome outcome.Outcome
	Rules   rule.Set
}

const (
	saveDecision db.SQL = `INSERT INTO decision (item, words, rules, facts, outcome, taken_at, taken_by, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)
		ON CONFLICT (item) DO UPDATE SET words = excluded.words, rules = excluded.rules, facts = excluded.facts, outcome = excluded.outcome,
		taken_at = excluded.taken_at, taken_by = excluded.taken_by, version = decision.version + 1`
	getDecision db.SQL = `SELECT d.item, d.words, d.rules, d.facts, d.outcome, d.taken_at, d.version, r.rules AS ruleset FROM decision AS d
		LEFT JOIN body_rules AS r ON r.id = d.rules WHERE d.item = $1`
	mendDecision db.SQL = `UPDATE decision SET words = $1, version = version + 1 WHERE item = $2 AND version = $3`
	itemsOfCase  db.SQL = `SELECT i.id FROM agenda_item AS i JOIN meeting AS m ON m.id = i.meeting WHERE i.case_file = $1 AND i.state = 'listed'
		AND m.state <> 'cancelled' ORDER BY m.day DESC, i.id DESC`
	decidedInstead db.SQL = `SELECT COUNT(*) FROM decision WHERE item = $1`
)

type decisionRow struct {
	Item    ItemID             `db:"item"`
	Words   string             `db:"words"`
	Rules   *meeting.RuleSetID `db:"rules"`
	Facts   string             `db:"facts"`
	State   outcome.State      `db:"outcome"`
	At      db.Time            `db:"taken_at"`
	Version int64              `db:"version"`
	RuleSet *string            `db:"ruleset"`
}

// decisionOf is the decision of the item, and whether one has been taken.
func decisionOf(ctx context.Context, tx *db.Tx, i ItemID) (Decision, bool, error) {
	row, err := db.Get[decisionRow](ctx, tx, getDecision, i)
	if fault.Is(err, fault.NotFound) {
		return Decision{}, false, nil
	}
	if err != nil {
		return Decision{}, false, fmt.Errorf("item %s: decision: %w", i, err)
	}
	d := Decision{Item: row.Item, Words: row.Words, State: row.State, At: row.At, Version: row.Version}
	if err := json.Unmarshal([]byte(row.Facts), &d.Facts); err != nil {
		return Decision{}, false, fmt.Errorf("item %s: facts: %w", i, err)
	}
	if row.Rules != nil && row.RuleSet != nil && row.State != "" {
		d.RuleSet = *row.Rules
		if err := json.Unmarshal([]byte(*row.RuleSet), &d.Rules); err != nil {
			return Decision{}, false, fmt.Errorf("item %s: rules: %w", i, err)
		}
		d.Outcome = outcome.Decide(d.Rules, d.Facts)
	}
	return d, true, nil
}

// undecided refuses a change of what a decision builds on.
func (s *Service) undecided(ctx context.Context, tx *db.Tx, i ItemID) error {
	n, err := db.Scalar[int64](ctx, tx, decidedInstead, i)
	if err == nil && n > 0 {
		err = fault.New(fault.Conflict, "meeting.error.decided")
	}
	return err
}

// facts puts together what decides an item, with the rules in force on the meeting's day.
func (s *Service) facts(ctx context.Context, tx *db.Tx, i Item, m Meeting) (outcome.Facts, meeting.RuleSet, error) {
	rules, err := meeting.RulesOn(ctx, tx, i.Body, m.Day)
	if fault.Is(err, fault.NotFound) {
		err = fault.New(fault.Conflict, "meeting.error.no_rules")
	}
	if err != nil {
		return outcome.Facts{}, rules, err
	}
	f := outcome.Facts{Case: outcome.Case{Kind: i.Matter, Scope: i.Scope, ScopeBy: i.ScopeBy, ScopeOn: i.ScopeOn, OffAgenda: i.OffAgenda, Deadline: m.Day},
		Chair: string(m.Chair), Today: s.Clock.Today()}
	seats, err := meeting.SeatsOf(ctx, tx, i.Body, m.Day)
	if err != nil {
		return f, rules, err
	}
	for _, x := range seats {
		if x.HoldsOn(m.Day) {
			f.Seats = append(f.Seats, outcome.Seat{ID: string(x.ID), Member: string(x.Org), Name: x.OrgName, Kind: x.Kind})
		}
	}
	if f.Present, err = present(ctx, tx, i, m, f.Seats); err != nil {
		return f, rules, err
	}
	asked, err := recusals(ctx, tx, i.ID)
	if err != nil {
		return f, rules, err
	}
	for _, x := range asked {
		f.Recusals = append(f.Recusals, outcome.Recusal{Seat: string(x.Seat), By: outcome.Holder(x.Part), Decided: x.Decided})
	}
	taken, err := positions(ctx, tx, i.ID)
	if err != nil {
		return f, rules, err
	}
	for _, x := range taken {
		f.Positions = append(f.Positions, outcome.Position{Seat: string(x.Seat), By: outcome.Holder(x.Part), Position: x.Position, Reason: x.Reason, How: x.How, At: x.At,
			Registered: x.Registered, Contested: x.Contested})
	}
	return f, rules, nil
}

// present are those who are in the meeting when the item is treated.
func present(ctx context.Context, tx *db.Tx, i Item, m Meeting, seats []outcome.Seat) ([]outcome.Present, error) {
	list, err := attendance(ctx, tx, m.ID)
	if err != nil {
		return nil, err
	}
	all, err := itemsOf(ctx, tx, m.ID)
	if err != nil {
		return nil, err
	}
	at := map[ItemID]int{}
	for n, x := range all {
		at[x.ID] = n
	}
	var out []outcome.Present
	for _, a := range list {
		here := a.Present && (a.From == "" || at[a.From] <= at[i.ID]) && (a.To == "" || at[i.ID] <= at[a.To])
		if here && slices.ContainsFunc(seats, func(x outcome.Seat) bool { return x.ID == string(a.Seat) }) {
			out = append(out, outcome.Present{Seat: string(a.Seat), Member: a.Part == meeting.Member, Deputy: a.Part == meeting.Deputy})
		}
	}
	return out, nil
}

// Decide records what the body decided in the words of the decision, with the outcome by
// its rules. While somebody has not voted, or a question of habilitet is open, it is
// refused as a Conflict. The case and whoever brought it learn how it ended.
func (s *Service) Decide(ctx context.Context, actor access.Actor, i ItemID, version int64, words string) (outcome.State, error) {
	words = text.CleanMultiline(words)
	var fs fault.Fields
	limited(&fs, "words", words, MaxWords, true)
	if err := fs.Err(); err != nil {
		return "", err
	}
	var ended outcome.State
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		item, m, err := s.toDecide(ctx, tx, actor, i, version)
		if err != nil {
			return err
		}
		if !item.Decides() {
			return s.conclude(ctx, tx, actor, item, m, Decision{Words: words})
		}
		facts, rules, err := s.facts(ctx, tx, item, m)
		if err != nil {
			return err
		}
		out := outcome.Decide(rules.Rules, facts)
		if out.State == outcome.Open || out.State == outcome.Unanswered {
			return unready(out)
		}
		ended = out.State
		return s.conclude(ctx, tx, actor, item, m, Decision{Words: words, RuleSet: rules.ID, Facts: facts, State: out.State})
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
func (s *Service) Note(ctx context.Context, actor access.Actor, i ItemID, version int64, result casework.Result, words string) error {
	words = text.CleanMultiline(words)
	var fs fault.Fields
	limited(&fs, "words", words, MaxWords, true)
	if !slices.Contains(Notes(), result) {
		fs.Add("result", "form.error.choice")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		item, m, err := s.toDecide(ctx, tx, actor, i, version)
		if err != nil {
			return err
		}
		if err := s.store(ctx, tx, actor, item, m, Decision{Words: words}); err != nil {
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
func (s *Service) Mend(ctx context.Context, actor access.Actor, i ItemID, version int64, words string) error {
	words = text.CleanMultiline(words)
	var fs fault.Fields
	limited(&fs, "words", words, MaxWords, true)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		_, m, err := s.keeping(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if m.State == Approved {
			return fault.New(fault.Conflict, "meeting.error.approved")
		}
		old, found, err := decisionOf(ctx, tx, i)
		if err != nil {
			return err
		}
		if !found {
			return fault.Missing()
		}
		if err := db.ExecOne(ctx, tx, mendDecision, words, i, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionDecide, subject(m.ID), audit.Field("words", old.Words, words))
		return nil
	})
}

// toDecide loads an item that may be decided now. version is the item's that was seen.
func (s *Service) toDecide(ctx context.Context, tx *db.Tx, actor access.Actor, i ItemID, version int64) (Item, Meeting, error) {
	item, m, err := s.keeping(ctx, tx, actor, i)
	if err != nil {
		return item, m, err
	}
	if err := writable(m); err != nil {
		return item, m, err
	}
	if item.Place != Listed {
		return item, m, fault.New(fault.Conflict, "meeting.error.item_gone")
	}
	if item.Version != version {
		return item, m, fault.New(fault.Stale, "fault.stale")
	}
	if item.Ground != "" && item.Doors == "" && item.Decides() {
		return item, m, fault.New(fault.Conflict, "meeting.error.doors_first")
	}
	return item, m, s.undecided(ctx, tx, i)
}

func (s *Service) store(ctx context.Context, tx *db.Tx, actor access.Actor, i Item, m Meeting, d Decision) error {
	if i.Number.Nr == 0 {
		if err := s.number(ctx, tx, actor, m); err != nil { // taken up in the meeting
			return err
		}
	}
	var rules any
	if d.RuleSet != "" {
		rules = d.RuleSet
	}
	if _, err := db.Exec(ctx, tx, saveDecision, i.ID, d.Words, rules, must(d.Facts), string(d.State), s.Clock.Now(), actor.Label()); err != nil {
		return fmt.Errorf("item %s: decide: %w", i.ID, err)
	}
	audit.Record(tx, s.Clock.Now(), actor, ActionDecide, subject(m.ID), audit.Field("item", "", string(i.ID)), audit.Field("outcome", "", string(d.State)),
		audit.Field("words", "", d.Words))
	return nil
}

// conclude stores the decision and does what follows from it.
func (s *Service) conclude(ctx context.Context, tx *db.Tx, actor access.Actor, i Item, m Meeting, d Decision) error {
	if err := s.store(ctx, tx, actor, i, m, d); err != nil {
		return err
	}
	if i.Kind == Minutes && i.About != "" && d.State.Adopted() {
		if err := s.approve(ctx, tx, actor, i.About, m.ID); err != nil {
			return err
		}
	}
	return s.tell(ctx, tx, actor, i, resultOf(d.State), d.Words)
}

// tell lets the case know. Of what was closed, the words stay in the minutes.
func (s *Service) tell(ctx context.Context, tx *db.Tx, actor access.Actor, i Item, r casework.Result, words string) error {
	if i.Case == "" {
		return nil
	}
	if i.IsClosed() {
		words = ""
	}
	return s.Cases.Conclude(ctx, tx, actor, i.Case, i.Body, r, words)
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

// Outcome is how an item stands, for who may read its positions: those in the body, and
// all when the minutes are out. decided is false while it is only what would be.
func (s *Service) Outcome(ctx context.Context, actor access.Actor, i ItemID) (out outcome.Outcome, decided bool, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		out, decided, err = s.outcome(ctx, tx, actor, i)
		return err
	})
	return out, decided, err
}

func (s *Service) outcome(ctx context.Context, tx *db.Tx, actor access.Actor, i ItemID) (outcome.Outcome, bool, error) {
	item, err := itemByID(ctx, tx, i)
	if err != nil {
		return outcome.Outcome{}, false, err
	}
	m, err := get(ctx, tx, item.Meeting)
	if err != nil {
		return outcome.Outcome{}, false, err
	}
	r, err := s.reader(ctx, tx, actor, s.Clock.Today())
	if err != nil {
		return outcome.Outcome{}, false, err
	}
	public := m.State == Published || m.State == Approved
	if !r.isIn(m) && !public || item.IsClosed() && !r.closedIn(item.Body) || m.State == Planned && !r.writes(m) {
		return outcome.Outcome{}, false, fault.Missing()
	}
	d, ok, err := decisionOf(ctx, tx, i)
	if err != nil || ok {
		return d.Outcome, ok, err
	}
	facts, rules, err := s.facts(ctx, tx, item, m)
	if err != nil {
		return outcome.Outcome{}, false, err
	}
	return outcome.Decide(rules.Rules, facts), false, nil
}

// OfCase is the newest item of the case that the actor may read the outcome of, or
// NotFound: what the API answers for a case.
func (s *Service) OfCase(ctx context.Context, actor access.Actor, c meeting.CaseID) (item ItemID, out outcome.Outcome, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		list, err := db.List[ItemID](ctx, tx, itemsOfCase, c)
		if err != nil {
			return err
		}
		for _, i := range list {
			found, _, err := s.outcome(ctx, tx, actor, i)
			if fault.Is(err, fault.NotFound) {
				continue
			}
			item, out = i, found
			return err
		}
		return fault.Missing()
	})
	return item, out, err
}
