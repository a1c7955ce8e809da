package invite

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/job"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
)

// What is why somebody is written to. Stored as written.
type What string

// The reasons.
const (
	Invited   What = "invited"
	Changed   What = "changed"
	Cancelled What = "cancelled"
)

// Label is the reason's name.
func (w What) Label() i18n.Key { return i18n.Key("meeting.invite." + string(w)) }

// Letter is what a letter tells. Agenda, Changes and Why are those that all may read.
type Letter struct {
	Meeting session.Meeting
	What    What
	// Deputy and Observer say in what part the reader sits.
	Deputy, Observer bool
	Agenda           []session.FrozenItem
	Changes          []agenda.Difference
	Why              string
	At               clock.Time
	OptOut           string
}

// Accounts finds people.
type Accounts interface {
	// PeopleAs lists the accounts with the role in the organisation today.
	PeopleAs(ctx context.Context, tx *db.Tx, role access.Role, o access.OrgID) ([]access.AccountID, error)
	// ActorIn is who the account is today; NotFound for one that is closed.
	ActorIn(ctx context.Context, tx *db.Tx, a access.AccountID) (access.Actor, error)
}

// Deps is what the service needs. Post puts a letter in the box of an account, Write puts
// it in words.
type Deps struct {
	Room     *session.Service
	Accounts Accounts
	Post     func(ctx context.Context, tx *db.Tx, a access.AccountID, write func(l i18n.Lang, optOut string) (follow.Mail, error)) (follow.LetterID, bool, error)
	Write    func(l i18n.Lang, x Letter) (follow.Mail, error)
}

// Service is the use cases.
type Service struct{ Deps }

// New makes them.
func New(d Deps) *Service { return &Service{d} }

// Office is an office that sits in the meeting, with the accounts that hold it: none for
// one that has no account.
type Office struct {
	Seat     meeting.Seat
	Holder   meeting.Holder
	Accounts []access.AccountID
}

// offices are those who sit in the meeting, members before deputies.
func (s *Service) offices(ctx context.Context, tx *db.Tx, m session.Meeting) ([]Office, error) {
	var members, deputies []Office
	for _, b := range m.Bodies() {
		seats, err := meeting.SeatsOf(ctx, tx, b, m.Day)
		if err != nil {
			return nil, err
		}
		for _, x := range seats {
			if !x.HoldsOn(m.Day) {
				continue
			}
			if h, ok := x.MemberOn(m.Day); ok {
				o, err := s.office(ctx, tx, m, x, h)
				if err != nil {
					return nil, err
				}
				members = append(members, o)
			}
			for _, h := range x.DeputiesOn(m.Day) {
				o, err := s.office(ctx, tx, m, x, h)
				if err != nil {
					return nil, err
				}
				deputies = append(deputies, o)
			}
		}
	}
	return append(members, deputies...), nil
}

// office finds the accounts of an office, as rights do: the one that is written there, or
// who has its role at the organisation, if he is in the body on the day.
func (s *Service) office(ctx context.Context, tx *db.Tx, m session.Meeting, x meeting.Seat, h meeting.Holder) (Office, error) {
	out := Office{Seat: x, Holder: h}
	found := []access.AccountID{h.Account}
	if role := meeting.RoleOf(x.Kind); h.Account == "" {
		found = nil
		if role != "" && h.Part == meeting.Member {
			var err error
			if found, err = s.Accounts.PeopleAs(ctx, tx, role, x.Org); err != nil {
				return out, err
			}
		}
	}
	for _, a := range found {
		actor, err := s.Accounts.ActorIn(ctx, tx, a)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return out, err
		}
		r, err := s.Room.Reader(ctx, tx, actor, m.Day)
		if err != nil {
			return out, err
		}
		if r.IsIn(m) {
			out.Accounts = append(out.Accounts, a)
		}
	}
	return out, nil
}

const (
	insertInvitation db.SQL = `INSERT INTO meeting_invitation (meeting, sequence, account, what, letter, made_at) VALUES ($1, $2, $3, $4, $5, $6)`
	listInvitations  db.SQL = `SELECT sequence, account, what, letter, made_at FROM meeting_invitation WHERE meeting = $1 ORDER BY sequence DESC, account`
	forget           db.SQL = `DELETE FROM meeting_invitation WHERE account = $1`
)

type row struct {
	Sequence int64            `db:"sequence"`
	Account  access.AccountID `db:"account"`
	What     What             `db:"what"`
	Letter   *follow.LetterID `db:"letter"`
	MadeAt   db.Time          `db:"made_at"`
}

// perTransaction is how many letters are written at a time.
const perTransaction = 10

// Send is the handler of session.JobInvite: it writes to everybody who has not been written
// to about the meeting as it stands. It may be stopped and done again at any point.
func (s *Service) Send(ctx context.Context, run *job.Run) error {
	var m session.ID
	if err := run.Into(&m); err != nil {
		return err
	}
	letters, err := s.WriteAll(ctx, m)
	if err == nil && letters > 0 {
		run.Say(fmt.Sprint(letters))
	}
	return err
}

// WriteAll writes to everybody who has not been written to about the meeting as it stands,
// and answers to how many.
func (s *Service) WriteAll(ctx context.Context, m session.ID) (int, error) {
	for letters := 0; ; {
		n := 0
		err := s.Room.DB.Write(ctx, func(tx *db.Tx) error {
			var err error
			n, err = s.some(ctx, tx, m)
			return err
		})
		if err != nil {
			return letters, fmt.Errorf("meeting %s: invite: %w", m, err)
		}
		if letters += n; n == 0 {
			return letters, nil
		}
	}
}

// some writes to some of those who have not been written to, and answers how many.
func (s *Service) some(ctx context.Context, tx *db.Tx, id session.ID) (int, error) {
	m, err := session.Load(ctx, tx, id)
	if err != nil || m.Edition == 0 {
		return 0, err
	}
	rows, err := db.List[row](ctx, tx, listInvitations, id)
	if err != nil {
		return 0, err
	}
	offices, err := s.offices(ctx, tx, m)
	if err != nil {
		return 0, err
	}
	now, err := session.ItemsOf(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	frozen, err := session.EditionsForAll(ctx, tx, id, now)
	if err != nil {
		return 0, err
	}
	n, done := 0, map[access.AccountID]bool{}
	for _, r := range rows {
		done[r.Account] = done[r.Account] || int(r.Sequence) == m.Sequence
	}
	for _, o := range offices {
		for _, a := range o.Accounts {
			if done[a] || n == perTransaction {
				continue
			}
			done[a] = true
			n++
			if err := s.write(ctx, tx, letter(m, o, frozen, slices.ContainsFunc(rows, func(r row) bool { return r.Account == a }), s.Room.Clock.Now()), a); err != nil {
				return 0, err
			}
		}
	}
	return n, nil
}

// letter is what an office is told of the meeting as it stands. before says that it has
// been told of it before.
func letter(m session.Meeting, o Office, sent []session.Edition, before bool, now clock.Time) Letter {
	x := Letter{Meeting: m, What: Invited, Deputy: o.Holder.Part == meeting.Deputy, Observer: o.Seat.Kind == rule.Observer, At: now}
	x.Meeting.Link = ""
	if len(sent) > 0 {
		x.Agenda = sent[0].Items
	}
	switch {
	case m.State == session.Cancelled:
		x.What, x.Why = Cancelled, m.Why
	case before:
		x.What = Changed
		if len(sent) > 1 {
			x.Why, x.Changes = sent[0].Why, agenda.Compare(sent[1].Frozen, sent[0].Frozen)
		}
	}
	return x
}

func (s *Service) write(ctx context.Context, tx *db.Tx, x Letter, a access.AccountID) error {
	id, sent, err := s.Post(ctx, tx, a, func(l i18n.Lang, optOut string) (follow.Mail, error) {
		x.OptOut = optOut
		return s.Write(l, x)
	})
	if err != nil {
		return err
	}
	var letter any
	if sent {
		letter = id
	}
	_, err = db.Exec(ctx, tx, insertInvitation, x.Meeting.ID, x.Meeting.Sequence, a, x.What, letter, s.Room.Clock.Now())
	return err
}

// Told is what an office has been told, the newest first; none for one that has no account
// or has not been written to yet.
type Told struct {
	Office
	Letters []Note
	// Newest says that the office has been told of the meeting as it stands.
	Newest bool
}

// Note is a letter about the meeting. State is how far it has come, empty when it was
// written so long ago that it has been deleted; Unreached says that the account has no
// address that is confirmed.
type Note struct {
	What      What
	At        clock.Time
	State     string
	Unreached bool
}

// Overview is whom the house has written to about a meeting.
type Overview struct {
	Meeting session.Meeting
	Offices []Told
}

// Told is the overview for the meeting's secretary; to others it is NotFound.
func (s *Service) Told(ctx context.Context, actor access.Actor, m session.ID) (Overview, error) {
	var out Overview
	err := s.Room.DB.Read(ctx, func(tx *db.Tx) error {
		found, _, err := s.Room.Writing(ctx, tx, actor, m)
		if fault.Is(err, fault.Denied) {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		out.Meeting = found
		rows, err := db.List[row](ctx, tx, listInvitations, m)
		if err != nil {
			return fmt.Errorf("meeting %s: invitations: %w", m, err)
		}
		var ids []follow.LetterID
		for _, r := range rows {
			if r.Letter != nil {
				ids = append(ids, *r.Letter)
			}
		}
		states, err := follow.LetterStates(ctx, tx, ids)
		if err != nil {
			return err
		}
		offices, err := s.offices(ctx, tx, found)
		for _, o := range offices {
			out.Offices = append(out.Offices, told(o, rows, states, found.Sequence))
		}
		return err
	})
	return out, err
}

func told(o Office, rows []row, states map[follow.LetterID]string, sequence int) Told {
	out := Told{Office: o}
	for _, r := range rows {
		if !slices.Contains(o.Accounts, r.Account) {
			continue
		}
		n := Note{What: r.What, At: r.MadeAt, Unreached: r.Letter == nil}
		if r.Letter != nil {
			n.State = states[*r.Letter]
		}
		out.Letters = append(out.Letters, n)
		out.Newest = out.Newest || int(r.Sequence) == sequence && r.Letter != nil
	}
	return out
}

// Forget deletes what is kept about the account.
func (s *Service) Forget(ctx context.Context, tx *db.Tx, a access.AccountID) error {
	_, err := db.Exec(ctx, tx, forget, a)
	return err
}
