package round

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Key opens an answer: the secret of a link; or somebody of the hub, who writes
// what an organisation has told, and the round and invitation.
type Key struct {
	Secret string
	Actor  access.Actor
	Round  ID
	Invite InviteID
}

// ByStaff reports whether somebody of the hub writes.
func (k Key) ByStaff() bool { return k.Secret == "" }

// byLink is who writes an answer when it is not the hub.
const byLink = "link"

// writes reports whether the answer was begun on the key's side.
func (k Key) writes(a forms.Answer) bool { return k.ByStaff() == (a.Who != byLink) }

// Sheet is an answer as the one who answers sees it. Answer is nil before it is
// begun; Last is the organisation's answer to an earlier round of the same hub, nil
// without, and nil for one who came by the open link. Open tells that it can be written now. An unsent answer is read by the side that writes it
// alone: OthersAt is when the other side, the organisation or the hub, saved last what
// it has begun, and Answer is nil then. Answers counts the answers of the whole round,
// 0 when they are fewer than Smallest.
type Sheet struct {
	Round      Round
	Invite     Invite
	Hub        string
	Definition question.Definition
	Answer     *forms.Answer
	Last       *forms.Answer
	Open       bool
	OthersAt   clock.Time
	Answers    int
}

// unlock is the round and the invitation that the key opens. What a link does not
// open any more is a Refusal, except that an answered one always shows its answer.
func (s *Service) unlock(ctx context.Context, tx *db.Tx, k Key) (Round, Invite, error) {
	if k.ByStaff() {
		r, i, err := s.invited(ctx, tx, k.Actor, k.Round, k.Invite)
		return r, i, err
	}
	l, r, err := s.link(ctx, tx, k.Secret)
	if err != nil {
		return Round{}, Invite{}, err
	}
	if l.Invite == nil {
		return Round{}, Invite{}, Unknown
	}
	row, err := db.Get[inviteRow](ctx, tx, getInvite, *l.Invite)
	if err != nil {
		return Round{}, Invite{}, fmt.Errorf("round %s: invite: %w", r.ID, err)
	}
	i := row.invite()
	if !i.HasAnswered() && !r.TakesAnswers(s.Today()) {
		return Round{}, Invite{}, Expired
	}
	return r, i, nil
}

// Look is the answer behind the key.
func (s *Service) Look(ctx context.Context, k Key) (Sheet, error) {
	var out Sheet
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		r, i, err := s.unlock(ctx, tx, k)
		if err != nil {
			return err
		}
		out, err = s.desk(ctx, tx, k, r, i)
		return err
	})
	return out, err
}

// lastAnswer is what the organisation answered to the form in another round of the
// hub. Other hubs' rounds are theirs, and what came by the open link is not known to
// be the organisation's.
const lastAnswer db.SQL = `SELECT i.answer FROM round_invite AS i JOIN outreach_round AS r ON r.id = i.round
	WHERE r.hub = $1 AND r.form = $2 AND i.org = $3 AND i.id <> $4 AND i.answered_at IS NOT NULL AND i.via <> 'open' ORDER BY i.answered_at DESC, i.id DESC LIMIT 1`

// last is the earlier answer that may be shown to whoever writes this one, or
// NotFound. Who came by the open link has not shown that the organisation is his.
func (s *Service) last(ctx context.Context, tx *db.Tx, r Round, i Invite) (forms.AnswerID, error) {
	if i.Via == ByOpen {
		return "", fault.Missing()
	}
	found, err := db.Get[forms.AnswerID](ctx, tx, lastAnswer, r.Hub, r.Form, i.Org, i.ID)
	if err != nil {
		return "", fmt.Errorf("invite %s: last: %w", i.ID, err)
	}
	return found, nil
}

// desk is the sheet of one who writes: without what the other side has begun, and
// with the answer before, if he may see it.
func (s *Service) desk(ctx context.Context, tx *db.Tx, k Key, r Round, i Invite) (Sheet, error) {
	out, err := s.sheet(ctx, tx, r, i)
	if err != nil || out.Answer == nil || i.HasAnswered() {
		return out, err
	}
	if !k.writes(*out.Answer) {
		out.OthersAt, out.Answer = out.Answer.UpdatedAt, nil
		return out, nil
	}
	if !out.Open {
		return out, nil
	}
	last, err := s.last(ctx, tx, r, i)
	if fault.Is(err, fault.NotFound) {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	before, err := s.Forms.Load(ctx, tx, last)
	out.Last = &before
	return out, err
}

func (s *Service) sheet(ctx context.Context, tx *db.Tx, r Round, i Invite) (Sheet, error) {
	out := Sheet{Round: r, Invite: i, Open: r.TakesAnswers(s.Today()) && !i.HasAnswered()}
	var err error
	if out.Hub, err = org.NameOn(ctx, tx, r.Hub, s.Today()); err != nil {
		return out, err
	}
	if out.Invite.Name, err = org.NameOn(ctx, tx, i.Org, s.Today()); err != nil {
		return out, err
	}
	n, err := db.Scalar[int](ctx, tx, countSent, r.ID)
	if err != nil {
		return out, fmt.Errorf("round %s: %w", r.ID, err)
	}
	if n >= Smallest {
		out.Answers = n
	}
	nr := r.Nr
	if nr == 0 { // a draft shows what would be asked today
		v, err := s.Forms.Current(ctx, tx, r.Form)
		out.Definition = v.Definition
		return out, err
	}
	if i.Answer == "" {
		out.Definition, err = s.Forms.VersionIn(ctx, tx, r.Form, nr)
		return out, err
	}
	a, err := s.Forms.Load(ctx, tx, i.Answer)
	if err != nil {
		return out, err
	}
	out.Answer, out.Definition = &a, a.Definition
	return out, nil
}

// writable is the round and the invitation whose answer the key opens for writing.
func (s *Service) writable(ctx context.Context, tx *db.Tx, k Key) (Round, Invite, error) {
	r, i, err := s.unlock(ctx, tx, k)
	switch {
	case err != nil:
	case i.HasAnswered():
		err = fault.New(fault.Conflict, "round.error.answered")
	case !r.TakesAnswers(s.Today()):
		err = fault.New(fault.Conflict, "round.error.not_open")
	}
	return r, i, err
}

// writing runs fn on an answer that the key opens for writing.
func (s *Service) writing(ctx context.Context, k Key, fn func(tx *db.Tx, r Round, i Invite) error) (Sheet, error) {
	var out Sheet
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		r, i, err := s.writable(ctx, tx, k)
		if err != nil {
			return err
		}
		if err := fn(tx, r, i); err != nil {
			return err
		}
		if r, i, err = s.unlock(ctx, tx, k); err != nil {
			return err
		}
		out, err = s.desk(ctx, tx, k, r, i)
		return err
	})
	return out, err
}

// draft refuses an answer that is not begun, or begun by the other side.
func (s *Service) draft(ctx context.Context, tx *db.Tx, k Key, i Invite) error {
	if i.Answer == "" {
		return fault.Missing()
	}
	a, err := s.Forms.Load(ctx, tx, i.Answer)
	if err == nil && !k.writes(a) {
		err = fault.New(fault.Conflict, "round.error.others")
	}
	return err
}

// Begin begins the answer, with what is known filled in; one that is begun stays
// as it is. What the hub has begun, the organisation takes over; what the
// organisation has begun is a Conflict to the hub, which may StartOver.
func (s *Service) Begin(ctx context.Context, k Key) (Sheet, error) {
	return s.writing(ctx, k, func(tx *db.Tx, r Round, i Invite) error {
		if i.Answer == "" {
			return s.begin(ctx, tx, k, r, i)
		}
		err := s.draft(ctx, tx, k, i)
		if fault.Is(err, fault.Conflict) && !k.ByStaff() {
			return s.Forms.Take(ctx, tx, k.Actor, i.Answer, byLink)
		}
		return err
	})
}

// StartOver throws away what the organisation has begun and not handed in, for the
// hub to write its answer. Nobody of the hub has read it.
func (s *Service) StartOver(ctx context.Context, k Key) (Sheet, error) {
	return s.writing(ctx, k, func(tx *db.Tx, r Round, i Invite) error {
		if !k.ByStaff() || i.Answer == "" {
			return fault.Missing()
		}
		a, err := s.Forms.Load(ctx, tx, i.Answer)
		if err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, setAnswer, nil, i.ID); err != nil {
			return fmt.Errorf("round %s: start over: %w", r.ID, err)
		}
		if err := s.Forms.Discard(ctx, tx, k.Actor, a.ID, a.Version); err != nil {
			return err
		}
		return s.begin(ctx, tx, k, r, i)
	})
}

// begin begins the answer. Who came by the open link has not shown that the
// organisation is his: his link stops when the hub writes what that has told.
func (s *Service) begin(ctx context.Context, tx *db.Tx, k Key, r Round, i Invite) error {
	facts, err := s.facts(ctx, tx, i.Org)
	if err != nil {
		return err
	}
	now, who := s.Clock.Now(), byLink
	if k.ByStaff() {
		who = k.Actor.Label()
	}
	if k.ByStaff() && i.Via == ByOpen {
		if _, err := db.Exec(ctx, tx, revokeOf, now, i.ID); err != nil {
			return fmt.Errorf("round %s: begin: %w", r.ID, err)
		}
	}
	a, err := s.Forms.Open(ctx, tx, k.Actor, forms.Opening{Form: r.Form, Nr: r.Nr, Subject: AnswersOf(r.ID), Org: i.Org, Who: who, Facts: facts})
	if err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, setAnswer, a.ID, i.ID); err != nil {
		return fmt.Errorf("round %s: begin: %w", r.ID, err)
	}
	audit.Record(tx, now, k.Actor, ActionBegin, subject(r.ID), audit.Field("organisation", "", i.Org))
	return nil
}

// facts are what is known of the organisation, with where from.
func (s *Service) facts(ctx context.Context, tx *db.Tx, o org.ID) (map[string]forms.Prefill, error) {
	found, err := org.Get(ctx, tx, o)
	if err != nil {
		return nil, err
	}
	today := s.Today()
	source, day := "kompetansetorg", today
	if found.Standing.IsRead() {
		source, day = "Enhetsregisteret", found.Standing.CheckedAt.Date()
	}
	out := map[string]forms.Prefill{}
	add := func(key, value, source string, day clock.Date) {
		if value != "" {
			out[key] = forms.Prefill{Value: question.Value{Text: value}, Source: source, Day: day}
		}
	}
	add("org.name", found.NameOn(today), "kompetansetorg", today)
	add("org.number", found.OrgNo, source, day)
	if found.Municipality != "" {
		out["org.municipality"] = forms.Prefill{Value: question.Value{Text: s.Places.Written(place.Number(found.Municipality)), Code: found.Municipality}, Source: "kompetansetorg", Day: today}
	}
	add("org.industry", found.Standing.Industry, "Enhetsregisteret", day)
	if found.Standing.IsRead() && found.Standing.Employees >= 0 {
		add("org.employees", fmt.Sprint(found.Standing.Employees), "Enhetsregisteret", day)
	}
	return out, nil
}

// Save keeps what is written in a section, right or wrong. It is Stale when
// somebody else has saved since at.Version.
func (s *Service) Save(ctx context.Context, k Key, at forms.At, section string, values question.Values) (Sheet, error) {
	return s.writing(ctx, k, func(tx *db.Tx, _ Round, i Invite) error {
		if err := s.draft(ctx, tx, k, i); err != nil {
			return err
		}
		_, err := s.Forms.SaveSection(ctx, tx, k.Actor, i.Answer, at, section, values)
		return err
	})
}

// Unchanged fills the section with what the organisation answered last; NotFound
// when there is nothing that may be shown.
func (s *Service) Unchanged(ctx context.Context, k Key, at forms.At, section string) (Sheet, error) {
	return s.writing(ctx, k, func(tx *db.Tx, r Round, i Invite) error {
		if err := s.draft(ctx, tx, k, i); err != nil {
			return err
		}
		last, err := s.last(ctx, tx, r, i)
		if err != nil {
			return err
		}
		_, err = s.Forms.Unchanged(ctx, tx, k.Actor, i.Answer, last, at, section)
		return err
	})
}

// Submit hands the answer in. What is wrong is an Invalid fault at the questions.
func (s *Service) Submit(ctx context.Context, k Key, at forms.At) (Sheet, error) {
	return s.writing(ctx, k, func(tx *db.Tx, r Round, i Invite) error {
		if err := s.draft(ctx, tx, k, i); err != nil {
			return err
		}
		if _, err := s.Forms.Submit(ctx, tx, k.Actor, i.Answer, at); err != nil {
			return err
		}
		via := i.Via
		var by any
		if k.ByStaff() {
			via, by = ByHub, r.Hub
		}
		now := s.Clock.Now()
		if err := db.ExecOne(ctx, tx, setAnswered, now, by, via, i.ID); err != nil {
			return err
		}
		audit.Record(tx, now, k.Actor, ActionAnswer, subject(r.ID), audit.Field("organisation", "", i.Org), audit.Field("via", "", via))
		return nil
	})
}

// Made is a need that was made of an answer: of a row of its table, or -1.
type Made struct {
	Row  int    `db:"row_nr"`
	Need string `db:"need"`
}

// NeedsOf lists what was made of an answer behind the key, and how that came.
func (s *Service) NeedsOf(ctx context.Context, k Key) ([]Made, Via, error) {
	var out []Made
	via := Via("")
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		_, i, err := s.unlock(ctx, tx, k)
		if err != nil {
			return err
		}
		via = i.Via
		out, err = Needs(ctx, tx, i.ID)
		return err
	})
	return out, via, err
}

// Needs lists what was made of the invitation's answer, for the hall that makes it.
func Needs(ctx context.Context, tx *db.Tx, invite InviteID) ([]Made, error) {
	out, err := db.List[Made](ctx, tx, needsOf, invite)
	if err != nil {
		return nil, fmt.Errorf("invite %s: needs: %w", invite, err)
	}
	return out, nil
}

// Answered is the answered sheet of an invitation of a round that the actor runs,
// in a transaction of the caller. One without an answer is a Conflict.
func (s *Service) Answered(ctx context.Context, tx *db.Tx, actor access.Actor, round ID, invite InviteID) (Sheet, error) {
	r, i, err := s.invited(ctx, tx, actor, round, invite)
	if err != nil {
		return Sheet{}, err
	}
	if !i.HasAnswered() {
		return Sheet{}, fault.New(fault.Conflict, "round.error.no_answer")
	}
	return s.sheet(ctx, tx, r, i)
}

// NeedIn notes that a need was made of a row of the answer, in a transaction of the
// caller, who has loaded it with Answered.
func (s *Service) NeedIn(ctx context.Context, tx *db.Tx, actor access.Actor, i Invite, row int, need string) error {
	if _, err := db.Exec(ctx, tx, insertNeed, i.ID, row, need, s.Clock.Now()); err != nil {
		return fmt.Errorf("invite %s: need: %w", i.ID, err)
	}
	audit.Record(tx, s.Clock.Now(), actor, ActionNeed, subject(i.Round), audit.Field("need", "", need), audit.Field("organisation", "", i.Org))
	return nil
}
