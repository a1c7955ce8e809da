package round

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/job"
)

// ActionSend is what the program does on the days of a round.
const ActionSend audit.Action = "round.send"

// Send does what is due: it closes rounds whose deadline has passed, sends waves
// and reminders. It is done again after a crash without writing to anybody twice:
// each letter is put in the box in the transaction that notes it. run is nil for who waits
// for it.
func (s *Service) Send(ctx context.Context, run *job.Run) error {
	if err := s.closeOver(ctx); err != nil {
		return err
	}
	due, all, err := s.due(ctx)
	if err != nil {
		return err
	}
	letters, gone := 0, 0
	for _, d := range due {
		err := s.step(ctx, d, func(found, sent int) error {
			gone, letters = gone+found, letters+sent
			if run == nil {
				return ctx.Err()
			}
			if letters > 0 {
				run.Say(fmt.Sprint(letters))
			}
			return run.Progress(ctx, min(gone, all), all)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// due lists the steps whose day has come, with how many letters they have left in all.
func (s *Service) due(ctx context.Context) (due []dueRow, letters int, err error) {
	today := s.Today()
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		if due, err = db.List[dueRow](ctx, tx, dueSteps, today); err != nil {
			return fmt.Errorf("rounds: due: %w", err)
		}
		letters = 0
		for _, d := range due {
			n, err := tallyOf(ctx, tx, d)
			if err != nil {
				return err
			}
			letters += n.Of - n.Done
		}
		return nil
	})
	return due, letters, err
}

// closeOver closes the rounds whose deadline has passed.
func (s *Service) closeOver(ctx context.Context) error {
	system := access.SystemActor("round")
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		over, err := db.List[ID](ctx, tx, overdue, s.Today())
		if err != nil {
			return fmt.Errorf("rounds: over: %w", err)
		}
		for _, one := range over {
			r, err := load(ctx, tx, one)
			if err != nil {
				return err
			}
			r.State, r.ClosedAt = Closed, s.Clock.Now()
			if err := store(ctx, tx, r, r.Version); err != nil {
				return err
			}
			audit.Record(tx, s.Clock.Now(), system, ActionClose, subject(one), audit.Field("state", Open, Closed))
		}
		return nil
	})
}

// step sends what is due in one step, fifty organisations in a transaction, tells of each
// fifty how many they were and how many of them got a letter, and notes that it is done.
func (s *Service) step(ctx context.Context, d dueRow, told func(found, sent int) error) error {
	last := InviteID("0")
	for {
		found, sent, next := 0, 0, last
		err := s.DB.Write(ctx, func(tx *db.Tx) error {
			found, sent, next = 0, 0, last
			r, err := load(ctx, tx, d.Round)
			if err != nil || r.State != Open {
				return err
			}
			var list []inviteRow
			if d.Kind == Wave {
				list, err = db.List[inviteRow](ctx, tx, toSend, d.Round, d.Nr, last)
			} else {
				list, err = db.List[inviteRow](ctx, tx, toRemind, d.Round, d.Day, last)
			}
			if err != nil {
				return fmt.Errorf("round %s: %s %d: %w", d.Round, d.Kind, d.Nr, err)
			}
			for _, row := range list {
				wrote, err := s.letter(ctx, tx, r, row.invite(), d)
				if err != nil {
					return err
				}
				found, next = found+1, row.ID
				if wrote {
					sent++
				}
			}
			if found > 0 {
				return nil
			}
			now := s.Clock.Now()
			if _, err := db.Exec(ctx, tx, doneStep, now, d.Round, d.Kind, d.Nr); err != nil {
				return fmt.Errorf("round %s: %s %d: %w", d.Round, d.Kind, d.Nr, err)
			}
			audit.Record(tx, now, access.SystemActor("round"), ActionSend, subject(d.Round), audit.Field("kind", "", d.Kind), audit.Field("nr", "", d.Nr))
			return nil
		})
		if err != nil || found == 0 {
			return err
		}
		if err := told(found, sent); err != nil {
			return err
		}
		last = next
	}
}

// letter writes to an organisation that the house has an address of, with a link
// of its own. The links it has go on working. Others are left for the hub to hand
// a link to.
func (s *Service) letter(ctx context.Context, tx *db.Tx, r Round, i Invite, d dueRow) (bool, error) {
	secret, err := s.newLink(ctx, tx, r.ID, i.ID, 0)
	if err != nil {
		return false, err
	}
	x := Letter{Reminder: d.Kind == Reminder, Title: r.Title, Link: secret, Deadline: r.Deadline}
	if x.Hub, err = org.NameOn(ctx, tx, r.Hub, s.Today()); err != nil {
		return false, err
	}
	if x.Org, err = org.NameOn(ctx, tx, i.Org, s.Today()); err != nil {
		return false, err
	}
	n, err := s.Post(ctx, tx, i.Org, func(l i18n.Lang) (string, string) { return s.Write(l, x) })
	if err != nil {
		return false, err
	}
	if n == 0 {
		return false, s.unlink(ctx, tx, secret)
	}
	if d.Kind == Wave {
		_, err = db.Exec(ctx, tx, setSent, s.Clock.Now(), true, i.ID)
	} else {
		_, err = db.Exec(ctx, tx, setReminded, d.Day, i.ID)
	}
	if err != nil {
		return false, fmt.Errorf("round %s: letter: %w", r.ID, err)
	}
	return true, nil
}

// Sum is how far a round has come.
type Sum struct {
	Invited, Mailed, Waiting, Begun, Answered int
}

// SumOf counts invitations, those by the open link once they have answered: Waiting are those that have neither answered nor got a
// letter or a link, though their wave has come by the day.
func SumOf(r Round, list []Invite, today clock.Date) Sum {
	var out Sum
	for _, i := range list {
		if i.Counts() {
			out.Invited++
		}
		switch {
		case i.HasAnswered():
			out.Answered++
		case i.Stopped:
		case i.Answer != "":
			out.Begun++
		case r.waits(i, today):
			out.Waiting++
		}
		if i.Mailed {
			out.Mailed++
		}
	}
	return out
}
