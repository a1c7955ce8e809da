package measure

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/support"
)

// SaidID names what somebody says.
type SaidID = id.Of[Said]

// ParseSaidID reads an id from outside.
func ParseSaidID(s string) (SaidID, error) { return id.Parse[Said](s) }

// Sort tells feedback on what a measure says from advice to others who take it up.
type Sort string

// The sorts.
const (
	Feedback Sort = "feedback"
	Advice   Sort = "advice"
)

// Sorts lists them.
func Sorts() []Sort { return []Sort{Feedback, Advice} }

// Label is its name.
func (x Sort) Label() i18n.Key { return i18n.Key("measure.sort." + string(x)) }

// Said is what somebody says of a measure, and the answer. Shown is that all may read both.
type Said struct {
	ID         SaidID
	Card       support.ID
	Sort       Sort
	Words      string
	Org        access.OrgID
	OrgName    string
	At         clock.Time
	State      flow.State
	Answer     string
	Shown      bool
	AnsweredAt clock.Time
	Version    int64

	Own     bool // it is the reader's
	Answers bool // the reader may answer it
}

const (
	insertSaid db.SQL = `INSERT INTO measure_said (id, card, sort, words, account, org, made_at, state, answer, shown, answered_by, answered_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', FALSE, '', NULL, 1)`
	answerSaid db.SQL = `UPDATE measure_said SET state = $1, answer = $2, shown = $3, answered_by = $4, answered_at = $5, version = version + 1 WHERE id = $6 AND version = $7`
	listSaid   db.SQL = `SELECT id, card, sort, words, account, org, made_at, state, answer, shown, answered_at, version FROM measure_said /*where*/ ORDER BY made_at DESC, id DESC`

	saidWaiting db.SQL = `SELECT id FROM measure_said WHERE card = $1 AND state = 'asked' ORDER BY id`
	saidBy      db.SQL = `SELECT id FROM measure_said WHERE account = $1 AND state = 'asked' ORDER BY id`
	deleteSaid  db.SQL = `DELETE FROM measure_said WHERE id = $1`
	forgetSaid  db.SQL = `UPDATE measure_said SET account = NULL WHERE account = $1`
	saidPeople  db.SQL = `SELECT account FROM measure_said WHERE id = $1 AND account IS NOT NULL ORDER BY account`
	saidOrgs    db.SQL = `SELECT m.owner FROM measure_said AS x JOIN measure AS m ON m.card = x.card WHERE x.id = $1 AND m.owner IS NOT NULL ORDER BY m.owner`

	fragID db.Fragment = "id"
)

type saidRow struct {
	ID         SaidID            `db:"id"`
	Card       support.ID        `db:"card"`
	Sort       Sort              `db:"sort"`
	Words      string            `db:"words"`
	Account    *access.AccountID `db:"account"`
	Org        access.OrgID      `db:"org"`
	MadeAt     db.Time           `db:"made_at"`
	State      flow.State        `db:"state"`
	Answer     string            `db:"answer"`
	Shown      bool              `db:"shown"`
	AnsweredAt db.Time           `db:"answered_at"`
	Version    int64             `db:"version"`
}

// saids are those that the actor may know of: the sender's own, those of the owner and the
// editors, and what is shown to all.
func (s *Service) saids(ctx context.Context, tx *db.Tx, actor access.Actor, w db.Where) ([]Said, error) {
	statement, args := db.Query{Base: listSaid, Where: w}.Build()
	rows, err := db.List[saidRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, err
	}
	var cards []support.ID
	var orgs []access.OrgID
	for _, r := range rows {
		cards = append(cards, r.Card)
		if r.Org != "" {
			orgs = append(orgs, r.Org)
		}
	}
	var of db.Where
	db.In(&of, fragCard, cards)
	measures, err := s.find(ctx, tx, actor, of)
	if err != nil {
		return nil, err
	}
	names, err := org.NamesOn(ctx, tx, orgs, s.Clock.Today())
	if err != nil {
		return nil, err
	}
	var out []Said
	for _, r := range rows {
		i := slices.IndexFunc(measures, func(m Measure) bool { return m.Card.ID == r.Card })
		if i < 0 {
			continue
		}
		x := Said{ID: r.ID, Card: r.Card, Sort: r.Sort, Words: r.Words, Org: r.Org, OrgName: names[r.Org], At: r.MadeAt, State: r.State, Answer: r.Answer, Shown: r.Shown, AnsweredAt: r.AnsweredAt, Version: r.Version,
			Own: r.Account != nil && *r.Account == actor.Account, Answers: measures[i].MayChange()}
		switch {
		case x.Own || x.Answers || actor.IsSystem():
		case x.Shown:
			x.Org, x.OrgName = "", ""
		default:
			continue
		}
		out = append(out, x)
	}
	return out, nil
}

// SaidOf is what the actor may read of what is said of a measure, the newest first.
func (s *Service) SaidOf(ctx context.Context, actor access.Actor, card support.ID) ([]Said, error) {
	var out []Said
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var w db.Where
		db.In(&w, fragCard, []support.ID{card})
		var err error
		out, err = s.saids(ctx, tx, actor, w)
		return err
	})
}

// GetSaid is what somebody says, with the measure, as the actor may see both, or NotFound.
func (s *Service) GetSaid(ctx context.Context, actor access.Actor, x SaidID) (Said, Measure, error) {
	var out Said
	var of Measure
	return out, of, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out, err = s.said(ctx, tx, actor, x); err != nil {
			return err
		}
		of, err = s.In(ctx, tx, actor, out.Card)
		return err
	})
}

func (s *Service) said(ctx context.Context, tx *db.Tx, actor access.Actor, x SaidID) (Said, error) {
	var w db.Where
	db.In(&w, fragID, []SaidID{x})
	found, err := s.saids(ctx, tx, actor, w)
	switch {
	case err != nil:
		return Said{}, err
	case len(found) == 0:
		return Said{}, fault.Missing()
	}
	return found[0], nil
}

func saidFlow(x SaidID) flow.Subject { return flow.Subject{Kind: SaidKind, ID: string(x)} }

// Say notes what somebody says of a measure in the toolbox, for herself or for an organisation
// that she is at. Its owner answers.
func (s *Service) Say(ctx context.Context, actor access.Actor, card support.ID, sort Sort, o access.OrgID, words string) (SaidID, error) {
	var fs fault.Fields
	words = text.CleanMultiline(words)
	fs.Text("words", words, MaxText, true)
	if !slices.Contains(Sorts(), sort) {
		fs.Add("sort", "form.error.choice")
	}
	if o != "" && !actor.HasAt(o, UserRoles()...) {
		fs.Add("org", "form.error.choice")
	}
	switch {
	case fs.Err() != nil:
		return "", fs.Err()
	case actor.Account == "":
		return "", fault.New(fault.Denied, "fault.denied")
	}
	out := id.New[Said]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		m, err := s.In(ctx, tx, actor, card)
		if err != nil {
			return err
		}
		if !IsOpen(m.State) {
			return fault.New(fault.Conflict, "measure.error.not_open")
		}
		now := s.Clock.Now()
		if _, err := db.Exec(ctx, tx, insertSaid, out, card, sort, words, actor.Account, o, now, Asked); err != nil {
			return err
		}
		def, _ := SaidFlow().State(Asked)
		if err := flow.Start(ctx, tx, SaidFlow(), string(out), m.Card.Title.String(), kept(m, def.Due(now.Date())), actor, now); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionSay, audit.Subject{Kind: SaidKind, ID: string(out)}, audit.Field("sort", "", sort))
		return nil
	})
}

// AnswerSaid answers what somebody said, and shows it to all or not; or drops it with a reason.
func (s *Service) AnswerSaid(ctx context.Context, actor access.Actor, x SaidID, version int64, to flow.State, answer string, shown bool) error {
	answer = text.CleanMultiline(answer)
	var fs fault.Fields
	if fs.Text("note", answer, MaxText, true); fs.Err() != nil {
		return fs.Err()
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.said(ctx, tx, actor, x)
		switch {
		case err != nil:
			return err
		case !old.Answers:
			return fault.New(fault.Denied, "fault.denied")
		}
		now := s.Clock.Now()
		if err := flow.Move(ctx, tx, SaidFlow(), flow.Request{Subject: saidFlow(x), From: old.State, To: to, As: []flow.Party{flow.Owner}, Note: answer}, actor, now); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, answerSaid, to, answer, shown && to == Answered, actor.Label(), now, x, version); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionAnswer, audit.Subject{Kind: SaidKind, ID: string(x)}, audit.Field("state", old.State, to), audit.Field("shown", old.Shown, shown))
		if shown && to == Answered && old.Sort == Advice {
			happening.Record(tx, now, actor, happening.Happening{Kind: support.ObjectName, ID: string(old.Card), What: Advised, Mark: string(x)})
		}
		return nil
	})
}

// Forget takes away what a person has said and nobody has answered; what is answered stays,
// without her.
func (s *Service) Forget(ctx context.Context, tx *db.Tx, a access.AccountID) error {
	waiting, err := db.List[SaidID](ctx, tx, saidBy, a)
	if err != nil {
		return err
	}
	for _, x := range waiting {
		if err := flow.Remove(ctx, tx, saidFlow(x)); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, deleteSaid, x); err != nil {
			return err
		}
	}
	_, err = db.Exec(ctx, tx, forgetSaid, a)
	return err
}
