package need

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
)

// Moving is a move asked for, of a need or a pooled need.
type Moving struct {
	To flow.State
	// From is the state the asker saw; when it is not the state now, somebody
	// else was first and the fault is Stale. Empty: whatever it is now.
	From flow.State
	Note string
	// Provider and AnswerBy say who follows up and until when (BEH-8). A
	// provider's user who names none takes it himself; a zero AnswerBy gives
	// the ordinary time.
	Provider org.ID
	AnswerBy clock.Date
	// Discussion is recorded with the move to discussed (BEH-7).
	Discussion *Discussion
}

// Discussion is what came out of discussing a need.
type Discussion struct {
	Clarified, Possibilities, Limitations string
	Interested                            []org.ID // providers
	At                                    clock.Time
}

// Proposal is a move that the actor may make now: a button.
type Proposal struct {
	To           flow.State
	Label        i18n.Key
	NoteRequired bool
	// AsksProvider tells that the actor must name a provider and a date;
	// AsksDiscussion that the discussion can be recorded with it.
	AsksProvider, AsksDiscussion bool
	// Answers tells that the move is what a provider comes to: the actor may make it as
	// the provider only, who says more by answering than by moving.
	Answers bool
}

// answers reports whether the actor who makes the move is a provider that answers.
func answers(m flow.MoveDef, as []flow.Party) bool {
	ready := m.From == InDevelopment && m.To == CoveredByExisting // what was answered before is done
	return !ready && slices.Contains([]flow.State{InDevelopment, CoveredByExisting, CoveredByOther, NotPossible}, m.To) &&
		slices.Contains(as, flow.Provider) && !slices.ContainsFunc(as, func(p flow.Party) bool { return p != flow.Provider && slices.Contains(m.By, p) })
}

// Check puts the texts right and notes what is wrong with them.
func (m *Moving) Check(fs *fault.Fields) {
	m.Note = text.CleanMultiline(m.Note)
	if utf8.RuneCountInString(m.Note) > MaxNote {
		fs.Add("note", "form.error.too_long", "max", MaxNote)
	}
	if d := m.Discussion; d != nil {
		d.Check(fs)
	}
}

// Check puts the texts right and notes what is wrong with them.
func (d *Discussion) Check(fs *fault.Fields) {
	for _, f := range []struct {
		name string
		text *string
	}{{"clarified", &d.Clarified}, {"possibilities", &d.Possibilities}, {"limitations", &d.Limitations}} {
		*f.text = text.CleanMultiline(*f.text)
		if utf8.RuneCountInString(*f.text) > MaxNote {
			fs.Add(f.name, "form.error.too_long", "max", MaxNote)
		}
	}
	d.Interested = Unique(d.Interested)
}

// Decided is a move with everything settled: as which parties, who follows up
// and until when, and the pool the need is in afterwards.
type Decided struct {
	To       flow.State
	As       []flow.Party
	Note     string
	Provider org.ID
	AnswerBy clock.Date
	Pool     PoolID
	// Due is a day that was agreed for whoever has the ball afterwards; zero: the ordinary one.
	Due clock.Date
}

// BallAfter says who has the ball when the move is made.
func (st Decided) BallAfter(after Need, def flow.StateDef, today clock.Date) flow.Ball {
	b := BallIn(after, def, after.AnswerBy, today)
	if !st.Due.IsZero() {
		b.Due = st.Due
	}
	return b
}

// MoveIn makes the move and repeats what lists need in the need's row. A move
// to covered must be proved.
func (s *Service) MoveIn(ctx context.Context, tx *db.Tx, actor access.Actor, n Need, st Decided) error {
	def, ok := s.flow.State(st.To)
	if !ok {
		return fault.InvalidField("to", "form.error.choice")
	}
	after := Settle(n, st)
	now := s.clock.Now()
	ball := st.BallAfter(after, def, now.Date())
	err := flow.Move(ctx, tx, s.flow, flow.Request{Subject: FlowSubject(n.ID), From: n.State, To: st.To, As: st.As, Note: st.Note, Ball: ball}, actor, now)
	if err == nil && st.To == Covered {
		err = s.Proved(ctx, tx, actor, FlowSubject(n.ID), st.As, st.Note)
	}
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, placeNeed, st.To, ball.Org, ball.Role, ball.Due, after.Provider, after.AnswerBy, after.TakenWithoutForum, after.Pool, n.ID)
	if err != nil {
		return fmt.Errorf("need %s: move: %w", n.ID, err)
	}
	return nil
}

// Settle gives the need as it stands after the move.
func Settle(n Need, st Decided) Need {
	after := n
	after.State, after.Pool = st.To, st.Pool
	switch st.To {
	case InFollowUp:
		after.Provider, after.AnswerBy = st.Provider, st.AnswerBy
		after.TakenWithoutForum = n.TakenWithoutForum || n.State == Mapped
	case Mapped, Presented, Discussed:
		after.Provider, after.AnswerBy, after.TakenWithoutForum = "", clock.Date{}, n.TakenWithoutForum && st.To != Mapped
	case InDevelopment:
		after.AnswerBy = clock.Date{}
	}
	return after
}

// Move moves a need. It answers NotFound for one the actor may not see, Denied
// for a move of others, Stale when somebody else moved it first, Conflict for
// covered without proof, and Invalid with the fields to, note, provider and
// answer_by.
func (s *Service) Move(ctx context.Context, actor access.Actor, need ID, in Moving) (Need, error) {
	var out Need
	err := s.Write(ctx, func(tx *db.Tx) error {
		n, as, err := s.Movable(ctx, tx, actor, need, in.From)
		if err != nil {
			return err
		}
		if n.State == Draft && in.To == Mapped {
			content := n.Content
			content.Concepts = nil
			out, err = s.submit(ctx, tx, actor, need, n.Version, content, "")
			return err
		}
		if in.To == Merged || n.State == Merged && in.To != Withdrawn {
			return fault.InvalidField("to", "need.error.use_pool")
		}
		st, err := s.Decide(ctx, tx, actor, n, as, in)
		if err != nil {
			return err
		}
		if n.Pool != "" {
			if err := s.EndMembership(ctx, tx, n); err != nil {
				return err
			}
		}
		if err := s.MoveIn(ctx, tx, actor, n, st); err != nil {
			return err
		}
		if n.Pool != "" {
			if err := s.RefreshPlaces(ctx, tx, n.Pool); err != nil {
				return err
			}
		}
		if in.To == Discussed && in.Discussion != nil {
			if err := PutDiscussion(ctx, tx, string(need), *in.Discussion, s.clock.Now()); err != nil {
				return err
			}
		}
		audit.Record(tx, s.clock.Now(), actor, ActionMove, Subject(need), audit.Field("state", n.State, in.To),
			audit.PersonalField("note", "", st.Note), audit.Field("provider", n.Provider, Settle(n, st).Provider))
		out, err = s.reload(ctx, tx, actor, need)
		return err
	})
	return out, err
}

// Withdraw takes the need back, with the owner's reason.
func (s *Service) Withdraw(ctx context.Context, actor access.Actor, need ID, note string) error {
	_, err := s.Move(ctx, actor, need, Moving{To: Withdrawn, Note: note})
	return err
}

// Movable loads a need with the parties the actor may move it as, when it
// still stands where the actor saw it.
func (s *Service) Movable(ctx context.Context, tx *db.Tx, actor access.Actor, need ID, from flow.State) (Need, []flow.Party, error) {
	n, err := Load(ctx, tx, need)
	if err != nil {
		return Need{}, nil, err
	}
	if !CanSee(actor, n) {
		return Need{}, nil, fault.Missing()
	}
	if from != "" && from != n.State {
		return Need{}, nil, fault.New(fault.Stale, "flow.error.moved")
	}
	holds, err := s.mandateHolds(ctx, tx, n)
	return n, parties(actor, n, holds), err
}

// Decide checks a move that is asked for and fills in who follows up.
func (s *Service) Decide(ctx context.Context, tx *db.Tx, actor access.Actor, n Need, as []flow.Party, in Moving) (Decided, error) {
	var fs fault.Fields
	in.Check(&fs)
	if n.State == InDevelopment && in.Provider == "" {
		in.Provider = n.Provider // follow-up goes on with the one that developed
	}
	provider, answerBy, err := s.followUp(ctx, tx, actor, as, in, &fs)
	if err != nil {
		return Decided{}, err
	}
	if in.Discussion != nil {
		if err := s.CheckProviders(ctx, tx, &fs, "interested", in.Discussion.Interested); err != nil {
			return Decided{}, err
		}
	}
	return Decided{To: in.To, As: as, Note: in.Note, Provider: provider, AnswerBy: answerBy}, fs.Err()
}

// followUp settles the provider and the answer date of a move to follow-up.
func (s *Service) followUp(ctx context.Context, tx *db.Tx, actor access.Actor, as []flow.Party, in Moving, fs *fault.Fields) (org.ID, clock.Date, error) {
	if in.To != InFollowUp {
		return "", clock.Date{}, nil
	}
	mine := actor.Orgs(access.RoleProviderUser)
	if in.Provider == "" && len(mine) > 0 {
		in.Provider = mine[0]
	}
	onlyProvider := !actor.IsSystem() && !slices.ContainsFunc(as, func(p flow.Party) bool { return p != flow.Provider })
	switch {
	case in.Provider == "":
		fs.Add("provider", "need.error.provider_required")
	case onlyProvider && !slices.Contains(mine, in.Provider):
		fs.Add("provider", "need.error.provider_not_yours")
	default:
		if err := s.CheckProviders(ctx, tx, fs, "provider", []org.ID{in.Provider}); err != nil {
			return "", clock.Date{}, err
		}
	}
	return in.Provider, s.AnswerDate(in.AnswerBy, fs), nil
}

// AnswerDate is the date given, or the ordinary one; it may not have passed.
func (s *Service) AnswerDate(day clock.Date, fs *fault.Fields) clock.Date {
	today := s.clock.Today()
	if day.IsZero() {
		return clock.AddWorkdays(today, FollowUpDays)
	}
	if day.Before(today) || day.After(today.AddDays(2*366)) {
		fs.Add("answer_by", "need.error.answer_by")
	}
	return day
}

// CheckProviders notes at the field what in the list is no provider of education.
func (s *Service) CheckProviders(ctx context.Context, tx *db.Tx, fs *fault.Fields, field string, list []org.ID) error {
	for _, p := range list {
		o, err := org.Get(ctx, tx, p)
		switch {
		case fault.Is(err, fault.NotFound), err == nil && !o.Kind.IsProvider():
			fs.Add(field, "need.error.not_provider")
		case err != nil:
			return err
		}
	}
	return nil
}

// ProposeMoves lists the moves that the actor may make with a need he sees, in
// the order of a need's life, for the buttons of its page. Joining and leaving
// a pool have buttons of their own.
func (s *Service) ProposeMoves(ctx context.Context, actor access.Actor, need ID) ([]Proposal, error) {
	var out []Proposal
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		n, as, err := s.Movable(ctx, tx, actor, need, "")
		if err != nil {
			return err
		}
		out, err = s.Propose(ctx, tx, actor, FlowSubject(n.ID), s.flow, n.State, as)
		return err
	})
	return out, err
}

// Propose lists the moves of a definition that the parties may make from a
// state, with the subject they move: none that would be refused.
func (s *Service) Propose(ctx context.Context, tx *db.Tx, actor access.Actor, of flow.Subject, d flow.Definition, from flow.State, as []flow.Party) ([]Proposal, error) {
	var out []Proposal
	for _, m := range d.From(from) {
		allowed := actor.IsSystem() || slices.ContainsFunc(as, func(p flow.Party) bool { return slices.Contains(m.By, p) })
		if !allowed || m.To == Merged || from == Merged && m.To != Withdrawn {
			continue
		}
		if m.To == Covered {
			if ok, err := s.provable(ctx, tx, actor, of, as); err != nil || !ok {
				if err != nil {
					return nil, err
				}
				continue
			}
		}
		out = append(out, Proposal{To: m.To, Label: m.Label, NoteRequired: m.NoteRequired,
			AsksProvider:   m.To == InFollowUp && len(actor.Orgs(access.RoleProviderUser)) == 0,
			AsksDiscussion: m.To == Discussed,
			Answers:        answers(m, as)})
	}
	return out, nil
}

const (
	putDiscussionRow db.SQL = `INSERT INTO need_discussion (subject, clarified, possibilities, limitations, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (subject) DO UPDATE SET clarified = excluded.clarified, possibilities = excluded.possibilities,
		limitations = excluded.limitations, at = excluded.at`
	clearInterested  db.SQL = `DELETE FROM need_discussion_provider WHERE subject = $1`
	insertInterested db.SQL = `INSERT INTO need_discussion_provider (subject, org) VALUES ($1, $2)`
	getDiscussion    db.SQL = `SELECT clarified, possibilities, limitations, at FROM need_discussion WHERE subject = $1`
	interestedIn     db.SQL = `SELECT org FROM need_discussion_provider WHERE subject = $1 ORDER BY org`
)

type discussionRow struct {
	Clarified     string  `db:"clarified"`
	Possibilities string  `db:"possibilities"`
	Limitations   string  `db:"limitations"`
	At            db.Time `db:"at"`
}

// RecordDiscussion records or mends what came out of the discussion, without
// moving the need. It is for the forum's secretary and the county.
func (s *Service) RecordDiscussion(ctx context.Context, actor access.Actor, need ID, in Discussion) error {
	return s.Write(ctx, func(tx *db.Tx) error {
		_, as, err := s.Movable(ctx, tx, actor, need, "")
		if err != nil {
			return err
		}
		return s.RecordDiscussionOf(ctx, tx, actor, Subject(need), as, in)
	})
}

// RecordDiscussionOf is RecordDiscussion for any subject, in a transaction of
// the caller.
func (s *Service) RecordDiscussionOf(ctx context.Context, tx *db.Tx, actor access.Actor, of audit.Subject, as []flow.Party, in Discussion) error {
	if !actor.IsSystem() && !slices.Contains(as, flow.Secretary) && !slices.Contains(as, flow.County) {
		return fault.New(fault.Denied, "flow.error.not_yours")
	}
	var fs fault.Fields
	in.Check(&fs)
	if err := s.CheckProviders(ctx, tx, &fs, "interested", in.Interested); err != nil {
		return err
	}
	if err := fs.Err(); err != nil {
		return err
	}
	audit.Record(tx, s.clock.Now(), actor, ActionDiscuss, of, audit.PersonalField("clarified", "", in.Clarified),
		audit.PersonalField("possibilities", "", in.Possibilities), audit.PersonalField("limitations", "", in.Limitations))
	return PutDiscussion(ctx, tx, of.ID, in, s.clock.Now())
}

// PutDiscussion stores what came out of discussing a need or a pooled need.
func PutDiscussion(ctx context.Context, tx *db.Tx, subject string, d Discussion, now clock.Time) error {
	if _, err := db.Exec(ctx, tx, putDiscussionRow, subject, d.Clarified, d.Possibilities, d.Limitations, now); err != nil {
		return fmt.Errorf("need %s: discussion: %w", subject, err)
	}
	if _, err := db.Exec(ctx, tx, clearInterested, subject); err != nil {
		return fmt.Errorf("need %s: discussion: %w", subject, err)
	}
	for _, o := range d.Interested {
		if _, err := db.Exec(ctx, tx, insertInterested, subject, o); err != nil {
			return fmt.Errorf("need %s: discussion: %w", subject, err)
		}
	}
	return nil
}

// DiscussionOf is what was recorded, nil when nothing was.
func DiscussionOf(ctx context.Context, tx *db.Tx, subject string) (*Discussion, error) {
	rows, err := db.List[discussionRow](ctx, tx, getDiscussion, subject)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	d := Discussion{Clarified: rows[0].Clarified, Possibilities: rows[0].Possibilities, Limitations: rows[0].Limitations, At: rows[0].At}
	d.Interested, err = db.List[org.ID](ctx, tx, interestedIn, subject)
	return &d, err
}
