package hearing

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/council"
)

// Write saves the draft of the joint response. seen is the version that was seen:
// Stale when somebody has saved since.
func (s *Service) Write(ctx context.Context, actor access.Actor, c ID, seen int64, words string) error {
	words = text.CleanMultiline(words)
	var fs fault.Fields
	fs.Text("words", words, council.MaxText, false)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.keeping(ctx, tx, actor, c); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, updateWords, words, c, seen); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionWrite, subject(c), audit.Field("words", "", words))
		return nil
	})
}

// NewRound is what a round begins with.
type NewRound struct {
	Words string
	Why   string
	Due   clock.Date
}

func (n NewRound) tidied(d Detail, today clock.Date) (NewRound, error) {
	var fs fault.Fields
	n.Words, n.Why = text.CleanMultiline(n.Words), text.CleanLine(n.Why)
	fs.Text("words", n.Words, council.MaxText, true)
	fs.Text("why", n.Why, council.MaxLine, d.Round > 0)
	switch {
	case n.Due.IsZero():
		fs.Add("due", "form.error.required")
	case n.Due.Before(today), n.Due.After(d.Deadline):
		fs.Add("due", "hearing.error.due", "date", d.Deadline)
	}
	return n, fs.Err()
}

// OpenRound sends the text round to the members. The rules say how many rounds there
// may be; a round with the text of the one before is refused.
func (s *Service) OpenRound(ctx context.Context, actor access.Actor, c ID, seen int64, n NewRound) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.keeping(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		n, err := n.tidied(old, s.Clock.Today())
		if err != nil {
			return err
		}
		before, err := rounds(ctx, tx, c)
		if err != nil {
			return err
		}
		if most := old.Council.Terms.Rounds; most > 0 && len(before) >= most {
			return fault.New(fault.Conflict, "hearing.error.rounds", "n", most)
		}
		if len(before) > 0 && before[len(before)-1].Words == n.Words {
			return fault.InvalidField("words", "hearing.error.same")
		}
		nr := len(before) + 1
		if err := db.ExecOne(ctx, tx, nextRound, n.Words, nr, c, seen); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, insertRound, c, nr, n.Words, n.Why, n.Due, actor.Label(), s.Clock.Now()); err != nil {
			return fmt.Errorf("consultation %s: round %d: %w", c, nr, err)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionRound, subject(c), audit.Field("round", old.Round, nr), audit.Field("due", "", n.Due), audit.Field("words", "", n.Words))
		return nil
	})
}

// Extend moves the last day of the newest round by as many days as the rules say, once,
// and not past the consultation's own deadline.
func (s *Service) Extend(ctx context.Context, actor access.Actor, c ID) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.keeping(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		list, err := rounds(ctx, tx, c)
		if err != nil {
			return err
		}
		days := old.Council.Terms.Extension
		if len(list) == 0 || days == 0 {
			return fault.New(fault.Conflict, "hearing.error.extend")
		}
		last := list[len(list)-1]
		due := last.Due.AddDays(days)
		if due.After(old.Deadline) {
			due = old.Deadline
		}
		if last.Extended || !due.After(last.Due) {
			return fault.New(fault.Conflict, "hearing.error.extend")
		}
		if err := db.ExecOne(ctx, tx, extendRound, due, c, last.Nr); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionExtend, subject(c), audit.Field("due", last.Due, due))
		return nil
	})
}

// Consent records what a member says to the newest round. Who holds its vote does, or
// the secretary who writes it down; a later word of the member replaces an earlier. A
// conflict of interest stops the joint response at once where the rules say so, and
// stopped is then true.
func (s *Service) Consent(ctx context.Context, actor access.Actor, c ID, in Consent) (stopped bool, err error) {
	in, err = in.tidied()
	if err != nil {
		return false, err
	}
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		stopped = false
		old, err := s.seen(ctx, tx, actor, c)
		switch {
		case err != nil:
			return err
		case !old.Is.Consents(in.Org):
			return council.Denied()
		case old.State != InRound:
			return fault.New(fault.Conflict, "hearing.error.no_round")
		case in.Nr != old.Round:
			return fault.New(fault.Stale, "hearing.error.new_round")
		}
		members := old.Council.MembersOn(s.Clock.Today())
		i := slices.IndexFunc(members, func(m council.Member) bool { return m.Org == in.Org })
		if i < 0 {
			return fault.InvalidField("org", "council.error.no_member")
		}
		registered := ""
		if !slices.Contains(old.Is.Votes, in.Org) {
			registered = bySecretary
		}
		if _, err := db.Exec(ctx, tx, insertConsent, id.New[Consent](), c, in.Nr, in.Org, in.Reply, in.Words, registered, actor.Label(), s.Clock.Now()); err != nil {
			return fmt.Errorf("consultation %s: consent: %w", c, err)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionConsent, subject(c), audit.Field("organisation", "", string(in.Org)), audit.Field("round", "", in.Nr),
			audit.Field("reply", "", string(in.Reply)), audit.Field("words", "", in.Words))
		if in.Reply != Conflict || !old.Council.Terms.StopsAtConflict {
			return nil
		}
		stopped = true
		return s.end(ctx, tx, actor, old, old.Version, Stopped, members[i].Name+": "+in.Words)
	})
	return stopped, err
}

func (s *Service) end(ctx context.Context, tx *db.Tx, actor access.Actor, old Detail, seen int64, to State, why string) error {
	if err := db.ExecOne(ctx, tx, stop, to, why, old.ID, seen); err != nil {
		return err
	}
	audit.Record(tx, s.Clock.Now(), actor, ActionStop, subject(old.ID), audit.Field("state", string(old.State), string(to)), audit.Field("why", "", why))
	return nil
}

// Decline records that the council does not answer, with the reason.
func (s *Service) Decline(ctx context.Context, actor access.Actor, c ID, seen int64, why string) error {
	why = text.CleanLine(why)
	var fs fault.Fields
	fs.Text("why", why, council.MaxLine, true)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.keeping(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		return s.end(ctx, tx, actor, old, seen, Declined, why)
	})
}

// Send sends the text of the newest round as the joint response, and publishes it.
// Every member must have consented to it. In an elected body by is the meeting's
// decision: what is said in a round counts there for nothing.
func (s *Service) Send(ctx context.Context, actor access.Actor, c ID, seen int64, by string, on clock.Date) error {
	by = text.CleanLine(by)
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.keeping(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		var fs fault.Fields
		fs.Text("sent_by", by, council.MaxLine, old.Council.Terms.Elected)
		council.Past(&fs, "sent_on", on, s.Clock.Today())
		if err := fs.Err(); err != nil {
			return err
		}
		list, err := rounds(ctx, tx, c)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return fault.New(fault.Conflict, "hearing.error.no_round")
		}
		if err := s.agreed(ctx, tx, old); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, sendWords, list[len(list)-1].Words, by, on, c, seen); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionSend, subject(c), audit.Field("sent_by", "", by), audit.Field("sent_on", "", on), audit.Field("words", "", list[len(list)-1].Words))
		return nil
	})
}

// agreed refuses while somebody has not consented to the newest round, and names them.
func (s *Service) agreed(ctx context.Context, tx *db.Tx, d Detail) error {
	all, err := consents(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	t := Count(d.Council.MembersOn(s.Clock.Today()), all, d.Round)
	if t.IsAgreed() {
		return nil
	}
	lacking := append(slices.Clone(t.Missing), t.Against...)
	if t.Conflict != nil {
		lacking = append(lacking, t.Conflict.Member.Name)
	}
	return fault.New(fault.Conflict, "hearing.error.not_agreed", "names", strings.Join(lacking, ", "))
}

// AddInput records what an office of a member says to the newest round.
func (s *Service) AddInput(ctx context.Context, actor access.Actor, c ID, in Input) (InputID, error) {
	in.Words = text.CleanMultiline(in.Words)
	var fs fault.Fields
	if in.Org == "" {
		fs.Add("org", "form.error.required")
	}
	fs.Text("words", in.Words, council.MaxWords, true)
	if err := fs.Err(); err != nil {
		return "", err
	}
	out := id.New[Input]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.seen(ctx, tx, actor, c)
		switch {
		case err != nil:
			return err
		case !old.Is.Speaks(in.Org):
			return council.Denied()
		case old.State != InRound:
			return fault.New(fault.Conflict, "hearing.error.no_round")
		}
		if !slices.ContainsFunc(old.Council.MembersOn(s.Clock.Today()), func(m council.Member) bool { return m.Org == in.Org }) {
			return fault.InvalidField("org", "council.error.no_member")
		}
		if _, err := db.Exec(ctx, tx, insertInput, out, c, old.Round, in.Org, in.Words, actor.Label(), s.Clock.Now()); err != nil {
			return fmt.Errorf("consultation %s: input: %w", c, err)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionInput, subject(c), audit.Field("organisation", "", string(in.Org)), audit.Field("words", "", in.Words))
		return nil
	})
}

// AnswerInput says what was done with an input. seen is the input's version.
func (s *Service) AnswerInput(ctx context.Context, actor access.Actor, i InputID, seen int64, done string) error {
	done = text.CleanMultiline(done)
	var fs fault.Fields
	fs.Text("done", done, council.MaxWords, true)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[inputRow](ctx, tx, getInput, i)
		if err != nil {
			return fmt.Errorf("input %s: %w", i, err)
		}
		old, err := s.seen(ctx, tx, actor, row.Consultation)
		switch {
		case err != nil:
			return err
		case !old.Is.IsIn():
			return fault.Missing()
		case !old.Is.Keeps:
			return council.Denied()
		}
		if err := db.ExecOne(ctx, tx, answerInput, done, i, seen); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionInput, subject(row.Consultation), audit.Field("done", row.Done, done))
		return nil
	})
}

// AddOwn records a member's own response, whatever becomes of the joint one.
func (s *Service) AddOwn(ctx context.Context, actor access.Actor, c ID, in Own) (OwnID, error) {
	in, err := in.tidied(s.Clock.Today())
	if err != nil {
		return "", err
	}
	out := id.New[Own]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.seen(ctx, tx, actor, c)
		switch {
		case err != nil:
			return err
		case !old.Is.Speaks(in.Org):
			return council.Denied()
		}
		if _, ok := old.Council.Member(in.Org); !ok {
			return fault.InvalidField("org", "council.error.no_member")
		}
		if in.Day.Before(old.Content.Received) {
			return fault.InvalidField("day", "hearing.error.own_day", "date", old.Content.Received)
		}
		if _, err := db.Exec(ctx, tx, insertOwn, out, c, in.Org, in.Day, in.Words, in.Link, actor.Label(), s.Clock.Now()); err != nil {
			return fmt.Errorf("consultation %s: own response: %w", c, err)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionOwn, subject(c), audit.Field("organisation", "", string(in.Org)), audit.Field("words", "", in.Words))
		return nil
	})
}
