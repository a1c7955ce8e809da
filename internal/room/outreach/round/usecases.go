package round

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/job"
)

// The actions of the audit log.
const (
	ActionCreate   audit.Action = "round.create"
	ActionEdit     audit.Action = "round.edit"
	ActionInvite   audit.Action = "round.invite"
	ActionUninvite audit.Action = "round.uninvite"
	ActionOpen     audit.Action = "round.open"
	ActionExtend   audit.Action = "round.extend"
	ActionClose    audit.Action = "round.close"
	ActionLinks    audit.Action = "round.links"
	ActionRevoke   audit.Action = "round.revoke"
	ActionOpenLink audit.Action = "round.open_link"
	ActionJoin     audit.Action = "round.join"
	ActionBegin    audit.Action = "round.begin"
	ActionAnswer   audit.Action = "round.answer"
	ActionNeed     audit.Action = "round.need"
)

// Letter is what a letter to an organisation says. Link is its secret.
type Letter struct {
	Reminder bool
	Title    string
	Hub      string
	Org      string
	Link     string
	Deadline clock.Date
}

// Deps is what the room needs. Post writes to the people of an organisation that
// take mail, each in his language, and answers how many there were; Write is the
// letter in words.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Forms    *forms.Service
	Attach   *attach.Service
	Orgs     *org.Service
	Register *register.Service
	Places   *place.Register
	Post     func(ctx context.Context, tx *db.Tx, o org.ID, write func(l i18n.Lang) (subject, body string)) (int, error)
	Write    func(l i18n.Lang, x Letter) (subject, body string)
}

// Service is the room's use cases.
type Service struct{ Deps }

// New makes the room.
func New(d Deps) *Service { return &Service{Deps: d} }

// Today is the day the room acts on.
func (s *Service) Today() clock.Date { return s.Clock.Today() }

func subject(r ID) audit.Subject { return audit.Subject{Kind: "round", ID: string(r)} }

// subjectKind is what forms call a round.
const subjectKind = "round"

// AnswersOf is what the answers of a round belong to.
func AnswersOf(r ID) forms.Subject { return forms.Subject{Kind: subjectKind, ID: string(r)} }

// Create makes a draft of a round. An Invalid fault names the fields as
// Content.Check does.
func (s *Service) Create(ctx context.Context, actor access.Actor, in Content) (ID, error) {
	if err := CanRun(actor, in.Hub); err != nil {
		return "", err
	}
	var fs fault.Fields
	in = in.tidied()
	in.Check(&fs, s.Today())
	if err := fs.Err(); err != nil {
		return "", err
	}
	var out ID
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.answerable(ctx, tx, in.Form); err != nil {
			return err
		}
		r := Round{ID: id.New[Round](), Content: in, State: Draft}
		now := s.Clock.Now()
		if _, err := db.Exec(ctx, tx, insertRound, r.ID, in.Hub, in.Title, in.Form, in.Deadline, writeDays(in.Reminders), now, actor.Label()); err != nil {
			return fmt.Errorf("round: create: %w", err)
		}
		if err := plan(ctx, tx, r, s.Today()); err != nil {
			return err
		}
		out = r.ID
		audit.Record(tx, now, actor, ActionCreate, subject(r.ID), audit.Field("title", "", in.Title), audit.Field("form", "", string(in.Form)), audit.Field("deadline", "", in.Deadline))
		return nil
	})
	return out, err
}

// answerable refuses a form that no new answers can be made to, at its field.
func (s *Service) answerable(ctx context.Context, tx *db.Tx, form forms.ID) error {
	_, err := s.Forms.Current(ctx, tx, form)
	if fault.Is(err, fault.NotFound) {
		return fault.InvalidField("form", "round.error.form")
	}
	return err
}

// running loads a round that the actor runs: others do not know of it, or may
// only look.
func (s *Service) running(ctx context.Context, tx *db.Tx, actor access.Actor, round ID) (Round, error) {
	r, err := s.seen(ctx, tx, actor, round)
	if err != nil {
		return Round{}, err
	}
	return r, CanRun(actor, r.Hub)
}

const (
	seenRound   db.SQL      = `SELECT COUNT(*) FROM outreach_round AS r /*where*/`
	fragOneOnly db.Fragment = "r.id = ?"
)

func (s *Service) seen(ctx context.Context, tx *db.Tx, actor access.Actor, round ID) (Round, error) {
	var w db.Where
	Visible(&w, actor)
	w.And(fragOneOnly, round)
	statement, args := db.Query{Base: seenRound, Where: w}.Build()
	n, err := db.Scalar[int](ctx, tx, statement, args...)
	if err != nil {
		return Round{}, fmt.Errorf("round %s: %w", round, err)
	}
	if n == 0 {
		return Round{}, fault.Missing()
	}
	return load(ctx, tx, round)
}

// change runs fn on a round that the actor runs and stores what it makes of it.
func (s *Service) change(ctx context.Context, actor access.Actor, round ID, version int64, action audit.Action, fn func(tx *db.Tx, r *Round) error) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		r, err := s.running(ctx, tx, actor, round)
		if err != nil {
			return err
		}
		old := r
		if err := fn(tx, &r); err != nil {
			return err
		}
		if err := store(ctx, tx, r, version); err != nil {
			return err
		}
		if err := plan(ctx, tx, r, s.Today()); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, action, subject(round), audit.Changed(audit.Field("title", old.Title, r.Title), audit.Field("form", string(old.Form), string(r.Form)),
			audit.Field("state", old.State, r.State), audit.Field("deadline", old.Deadline, r.Deadline), audit.Field("reminders", writeDays(old.Reminders), writeDays(r.Reminders)))...)
		return nil
	})
}

// lastWave moves those who are invited to a wave that there is no more.
const lastWave db.SQL = `UPDATE round_invite SET wave = $1 WHERE round = $2 AND wave > $3`

// Edit changes a draft. The hub stays. Those who were invited to a wave that is cut
// are moved to the last one; Edit answers how many they were.
func (s *Service) Edit(ctx context.Context, actor access.Actor, round ID, version int64, in Content) (int, error) {
	moved := int64(0)
	err := s.change(ctx, actor, round, version, ActionEdit, func(tx *db.Tx, r *Round) error {
		if r.State != Draft {
			return fault.New(fault.Conflict, "round.error.not_draft")
		}
		in.Hub = r.Hub
		in = in.tidied()
		var fs fault.Fields
		in.Check(&fs, s.Today())
		if err := fs.Err(); err != nil {
			return err
		}
		r.Content = in
		var err error
		if moved, err = db.Exec(ctx, tx, lastWave, len(in.Waves), round, len(in.Waves)); err != nil {
			return fmt.Errorf("round %s: waves: %w", round, err)
		}
		return s.answerable(ctx, tx, in.Form)
	})
	return int(moved), err
}

// Start opens the round: the version of the form is fixed, and what is due is
// sent. Somebody must be invited first.
func (s *Service) Start(ctx context.Context, actor access.Actor, round ID, version int64) error {
	return s.change(ctx, actor, round, version, ActionOpen, func(tx *db.Tx, r *Round) error {
		if r.State != Draft {
			return fault.New(fault.Conflict, "round.error.not_draft")
		}
		n, err := db.Scalar[int](ctx, tx, countInvites, round)
		if err != nil {
			return fmt.Errorf("round %s: open: %w", round, err)
		}
		var fs fault.Fields
		if n == 0 {
			fs.Add("numbers", "round.error.nobody")
		}
		r.checkDeadline(&fs, s.Today())
		if err := fs.Err(); err != nil {
			return err
		}
		v, err := s.Forms.Current(ctx, tx, r.Form)
		if err != nil {
			return err
		}
		r.State, r.Nr, r.OpenedAt = Open, v.Nr, s.Clock.Now()
		return s.wake(ctx, tx, actor)
	})
}

// JobSend is the kind of job that sends what is due.
const JobSend job.Kind = "round.send"

// sendKey makes the job one at a time, for all rounds.
const sendKey = "due"

// Morning has what is due on the day sent (job.Handler): by the same work that sends what is
// due when a round is started, so that there is one place to see how far it has come.
func (s *Service) Morning(ctx context.Context, _ *job.Run) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error { return s.wake(ctx, tx, access.SystemActor("round")) })
}

func (s *Service) wake(ctx context.Context, tx *db.Tx, actor access.Actor) error {
	_, err := job.Add(ctx, tx, s.Clock.Now(), job.New{Kind: JobSend, Key: sendKey, By: actor.Label()})
	return err
}

const dropReminders db.SQL = `DELETE FROM round_step WHERE round = $1 AND kind = 'reminder'`

// Extend moves the deadline; a round that is over opens again. The reminders are
// counted from the new deadline, also those that have been sent.
func (s *Service) Extend(ctx context.Context, actor access.Actor, round ID, version int64, deadline clock.Date) error {
	return s.change(ctx, actor, round, version, ActionExtend, func(tx *db.Tx, r *Round) error {
		if r.State == Draft {
			return fault.New(fault.Conflict, "round.error.draft")
		}
		before := r.Deadline
		r.Deadline = deadline
		var fs fault.Fields
		r.checkDeadline(&fs, s.Today())
		if fs.Err() == nil && r.State == Open && deadline.Before(before) {
			fs.Add("deadline", "round.error.shorter")
		}
		if err := fs.Err(); err != nil {
			return err
		}
		r.State, r.ClosedAt = Open, clock.Time{}
		if _, err := db.Exec(ctx, tx, dropReminders, round); err != nil {
			return fmt.Errorf("round %s: extend: %w", round, err)
		}
		return s.wake(ctx, tx, actor) // a reminder may be due today
	})
}

// Close ends the round before its deadline.
func (s *Service) Close(ctx context.Context, actor access.Actor, round ID, version int64) error {
	return s.change(ctx, actor, round, version, ActionClose, func(_ *db.Tx, r *Round) error {
		if r.State != Open {
			return fault.New(fault.Conflict, "round.error.not_open")
		}
		r.State, r.ClosedAt = Closed, s.Clock.Now()
		return nil
	})
}

// Invite adds organisations to a wave of a round that is not over, and answers how
// many were new to it.
func (s *Service) Invite(ctx context.Context, actor access.Actor, round ID, wave int, list []org.ID) (int, error) {
	added := 0
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		added = 0
		r, err := s.running(ctx, tx, actor, round)
		if err != nil {
			return err
		}
		if r.State == Closed {
			return fault.New(fault.Conflict, "round.error.closed")
		}
		if wave < 1 || wave > len(r.Waves) {
			return fault.InvalidField("wave", "form.error.choice")
		}
		n, err := db.Scalar[int](ctx, tx, countInvites, round)
		if err != nil {
			return fmt.Errorf("round %s: invite: %w", round, err)
		}
		for _, o := range list {
			_, err := db.Get[inviteRow](ctx, tx, inviteOf, round, o)
			if err == nil {
				continue
			}
			if !fault.Is(err, fault.NotFound) {
				return fmt.Errorf("round %s: invite: %w", round, err)
			}
			if _, err := s.add(ctx, tx, r, o, wave, ByLink); err != nil {
				return err
			}
			added++
		}
		if n+added > MaxInvites {
			return fault.InvalidField("numbers", "round.error.many", "max", MaxInvites)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionInvite, subject(round), audit.Field("added", "", added), audit.Field("wave", "", wave))
		if r.State == Open && added > 0 {
			return s.late(ctx, tx, actor, r, wave)
		}
		return nil
	})
	return added, err
}

// late sends to those who were added to a wave that has gone already.
func (s *Service) late(ctx context.Context, tx *db.Tx, actor access.Actor, r Round, wave int) error {
	if r.Waves[wave-1].After(s.Today()) {
		return nil
	}
	if _, err := db.Exec(ctx, tx, againStep, r.ID, wave); err != nil {
		return fmt.Errorf("round %s: wave %d: %w", r.ID, wave, err)
	}
	return s.wake(ctx, tx, actor)
}

const againStep db.SQL = `UPDATE round_step SET done_at = NULL WHERE round = $1 AND kind = 'wave' AND nr = $2`

func (s *Service) add(ctx context.Context, tx *db.Tx, r Round, o org.ID, wave int, via Via) (InviteID, error) {
	found, err := org.Get(ctx, tx, o)
	if err != nil {
		return "", err
	}
	i := id.New[Invite]()
	if _, err := db.Exec(ctx, tx, insertInvite, i, r.ID, o, found.Municipality, wave, via, s.Clock.Now()); err != nil {
		return "", fmt.Errorf("round %s: invite %s: %w", r.ID, o, err)
	}
	return i, nil
}

// Uninvite takes an organisation out of a draft.
func (s *Service) Uninvite(ctx context.Context, actor access.Actor, round ID, invite InviteID) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		r, i, err := s.invited(ctx, tx, actor, round, invite)
		if err != nil {
			return err
		}
		if r.State != Draft {
			return fault.New(fault.Conflict, "round.error.not_draft")
		}
		if err := db.ExecOne(ctx, tx, deleteInvite, invite); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionUninvite, subject(round), audit.Field("organisation", i.Org, ""))
		return nil
	})
}

// invited is an invitation of a round that the actor runs.
func (s *Service) invited(ctx context.Context, tx *db.Tx, actor access.Actor, round ID, invite InviteID) (Round, Invite, error) {
	r, err := s.running(ctx, tx, actor, round)
	if err != nil {
		return Round{}, Invite{}, err
	}
	row, err := db.Get[inviteRow](ctx, tx, getInvite, invite)
	if err == nil && row.Round != round {
		err = fault.Missing()
	}
	return r, row.invite(), err
}

// OrgsIn lists the organisations of a municipality that can be asked: companies
// and public units.
func (s *Service) OrgsIn(ctx context.Context, municipality string) ([]org.ID, error) {
	f := org.Filter{Municipality: municipality, Kinds: []org.Kind{org.Company, org.PublicUnit}, Limit: db.MaxLimit}
	var out []org.ID
	for {
		page, _, err := s.Orgs.List(ctx, f)
		if err != nil {
			return nil, err
		}
		for _, e := range page.Items {
			if !e.State.IsClosed() {
				out = append(out, e.ID)
			}
		}
		if f.After = page.Next; f.After == "" || len(out) > MaxInvites {
			return slices.Clip(out), nil
		}
	}
}
