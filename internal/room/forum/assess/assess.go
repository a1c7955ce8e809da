// Package assess is rounds where the partners of a forum answer the same questions: how
// each sees the state of things, gathered and put together as an annex to a case.
//
// The forum's secretary asks; each member answers for its organisation until the round
// is closed, the last day included and after it too, as late answers are better than
// none. While it is open those in the forum read the answers; when the secretary closes
// it with a summary, all do. Who has not answered is named.
//
// Words: vurderingsrunde = round, spørsmål = question, svar = answer, sammendrag =
// summary, vedlegg = annex.
//
// Tables: forum_round, forum_question, forum_answer.
package assess

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/forum"
)

// ID names a round.
type ID = id.Of[Round]

// ParseID reads the id from outside.
func ParseID(s string) (ID, error) { return id.Parse[Round](s) }

// The actions of the audit log.
const (
	ActionAsk    audit.Action = "forum.round.ask"
	ActionAnswer audit.Action = "forum.round.answer"
	ActionClose  audit.Action = "forum.round.close"
)

// State is whether a round takes answers. Stored as written.
type State string

// The states.
const (
	Open   State = "open"
	Closed State = "closed"
)

// Label is the state's name.
func (s State) Label() i18n.Key { return i18n.Key("forum.round.state." + string(s)) }

// The most that is asked and answered.
const (
	MaxQuestions = 12
	MaxAnswer    = 8_000
)

// Round is a round. Asked is how many members there are to answer, Answered how many
// have. Keeps and Within are what the reader is.
type Round struct {
	ID        ID
	Body      forum.BodyID
	BodyName  string
	Title     string
	Due       clock.Date
	State     State
	Summary   string
	Version   int64
	Questions []string
	Partners  []Partner
	Keeps     bool
	Within    bool
}

// Partner is a member with its answers, one for each question; nil when it has not
// answered or the reader may not read them yet.
type Partner struct {
	Org      access.OrgID
	Name     string
	Answered bool
	Answers  []string
	Mine     bool
}

// Count is how many have answered.
func (r Round) Count() int {
	n := 0
	for _, p := range r.Partners {
		if p.Answered {
			n++
		}
	}
	return n
}

// IsLate reports whether an open round has passed its day.
func (r Round) IsLate(today clock.Date) bool { return r.State == Open && today.After(r.Due) }

// Service is the use cases.
type Service struct{ forums *forum.Service }

// New makes them.
func New(f *forum.Service) *Service { return &Service{forums: f} }

const (
	insertRound db.SQL = `INSERT INTO forum_round (id, body, title, due, state, summary, created_by, created_at, version)
		VALUES ($1, $2, $3, $4, 'open', '', $5, $6, 1)`
	closeRound     db.SQL = `UPDATE forum_round SET state = 'closed', summary = $1, version = version + 1 WHERE id = $2 AND version = $3 AND state = 'open'`
	getRound       db.SQL = `SELECT id, body, title, due, state, summary, version FROM forum_round WHERE id = $1`
	listRounds     db.SQL = `SELECT id, body, title, due, state, summary, version FROM forum_round WHERE body = $1 ORDER BY id DESC`
	insertQuestion db.SQL = `INSERT INTO forum_question (round, nr, words) VALUES ($1, $2, $3)`
	listQuestions  db.SQL = `SELECT words FROM forum_question WHERE round = $1 ORDER BY nr`
	putAnswer      db.SQL = `INSERT INTO forum_answer (round, org, nr, words, answered_by, answered_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (round, org, nr) DO UPDATE SET words = excluded.words, answered_by = excluded.answered_by, answered_at = excluded.answered_at`
	listAnswers db.SQL = `SELECT org, nr, words FROM forum_answer WHERE round = $1 ORDER BY org, nr`
)

type roundRow struct {
	ID      ID           `db:"id"`
	Body    forum.BodyID `db:"body"`
	Title   string       `db:"title"`
	Due     db.Date      `db:"due"`
	State   State        `db:"state"`
	Summary string       `db:"summary"`
	Version int64        `db:"version"`
}

func (r roundRow) round() Round {
	return Round{ID: r.ID, Body: r.Body, Title: r.Title, Due: r.Due, State: r.State, Summary: r.Summary, Version: r.Version}
}

type answerRow struct {
	Org   access.OrgID `db:"org"`
	Nr    int64        `db:"nr"`
	Words string       `db:"words"`
}

// Ask begins a round and answers its id. The forum's secretary does.
func (s *Service) Ask(ctx context.Context, actor access.Actor, in Round) (ID, error) {
	in.Title = text.CleanLine(in.Title)
	var fs fault.Fields
	fs.Text("title", in.Title, forum.MaxLine, true)
	var asked []string
	for _, q := range in.Questions {
		if q = text.CleanLine(q); q != "" {
			asked = append(asked, q)
		}
	}
	switch {
	case len(asked) == 0:
		fs.Add("questions", "form.error.required")
	case len(asked) > MaxQuestions:
		fs.Add("questions", "forum.error.questions", "max", MaxQuestions)
	}
	for _, q := range asked {
		if len([]rune(q)) > forum.MaxLine {
			fs.Add("questions", "form.error.too_long", "max", forum.MaxLine)
		}
	}
	if in.Due.IsZero() {
		fs.Add("due", "form.error.required")
	}
	if err := fs.Err(); err != nil {
		return "", err
	}
	out := id.New[Round]()
	return out, s.forums.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := forum.Keep(ctx, tx, s.forums.Bodies, actor, in.Body); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, insertRound, out, in.Body, in.Title, in.Due, actor.Label(), s.forums.Clock.Now()); err != nil {
			return fmt.Errorf("forum %s: round: %w", in.Body, err)
		}
		for i, q := range asked {
			if _, err := db.Exec(ctx, tx, insertQuestion, out, i+1, q); err != nil {
				return fmt.Errorf("forum %s: question: %w", in.Body, err)
			}
		}
		audit.Record(tx, s.forums.Clock.Now(), actor, ActionAsk, forum.Subject(in.Body), audit.Field("round", "", string(out)), audit.Field("title", "", in.Title), audit.Field("questions", 0, len(asked)))
		return nil
	})
}

// List lists the forum's rounds, newest first, without answers.
func (s *Service) List(ctx context.Context, actor access.Actor, b forum.BodyID) ([]Round, error) {
	var out []Round
	return out, s.forums.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.List[roundRow](ctx, tx, listRounds, b)
		if err != nil {
			return err
		}
		out = make([]Round, len(rows))
		for i, r := range rows {
			if out[i], err = s.fill(ctx, tx, actor, r.round()); err != nil {
				return err
			}
		}
		return nil
	})
}

// Get is the round as the actor may read it.
func (s *Service) Get(ctx context.Context, actor access.Actor, r ID) (Round, error) {
	var out Round
	return out, s.forums.DB.Read(ctx, func(tx *db.Tx) error {
		row, err := db.Get[roundRow](ctx, tx, getRound, r)
		if err != nil {
			return err
		}
		out, err = s.fill(ctx, tx, actor, row.round())
		return err
	})
}

// fill adds the questions, the partners and what the actor may read of their answers.
func (s *Service) fill(ctx context.Context, tx *db.Tx, actor access.Actor, r Round) (Round, error) {
	b, part, err := forum.Open(ctx, tx, s.forums.Bodies, actor, r.Body)
	if err != nil {
		return r, err
	}
	r.BodyName, r.Keeps, r.Within = b.Name, part.Secretary, part.Secretary || len(part.Orgs) > 0
	if r.Questions, err = db.List[string](ctx, tx, listQuestions, r.ID); err != nil {
		return r, err
	}
	rows, err := db.List[answerRow](ctx, tx, listAnswers, r.ID)
	if err != nil {
		return r, err
	}
	said := map[access.OrgID][]string{}
	for _, a := range rows {
		if said[a.Org] == nil {
			said[a.Org] = make([]string, len(r.Questions))
		}
		if i := int(a.Nr) - 1; i >= 0 && i < len(r.Questions) {
			said[a.Org][i] = a.Words
		}
	}
	add := func(o access.OrgID, name string, mine bool) {
		if slices.ContainsFunc(r.Partners, func(p Partner) bool { return p.Org == o }) {
			return
		}
		p := Partner{Org: o, Name: name, Answered: said[o] != nil, Mine: mine}
		if r.Within || r.State == Closed {
			p.Answers = said[o]
		}
		r.Partners = append(r.Partners, p)
	}
	for _, m := range b.Members {
		add(m.Org, m.Name, part.SpeaksFor(m.Org) && r.State == Open)
	}
	return r, s.former(ctx, tx, said, b, add)
}

// former adds those who have answered and are members no more.
func (s *Service) former(ctx context.Context, tx *db.Tx, said map[access.OrgID][]string, b forum.Body, add func(access.OrgID, string, bool)) error {
	var gone []access.OrgID
	for o := range said {
		if !b.Has(o) {
			gone = append(gone, o)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	slices.Sort(gone)
	names, err := org.NamesOn(ctx, tx, gone, s.forums.Clock.Today())
	for _, o := range gone {
		add(o, names[o], false)
	}
	return err
}

// Answer takes a member's answers, one for each question; later ones replace them. At
// least one must be filled in.
func (s *Service) Answer(ctx context.Context, actor access.Actor, r ID, o access.OrgID, answers []string) error {
	return s.forums.DB.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[roundRow](ctx, tx, getRound, r)
		if err != nil {
			return err
		}
		if _, err := forum.Speak(ctx, tx, s.forums.Bodies, actor, row.Body, o); err != nil {
			return err
		}
		if row.State != Open {
			return fault.New(fault.Conflict, "forum.error.round_closed")
		}
		asked, err := db.List[string](ctx, tx, listQuestions, r)
		if err != nil {
			return err
		}
		said, err := checkAnswers(asked, answers)
		if err != nil {
			return err
		}
		for i, words := range said {
			if _, err := db.Exec(ctx, tx, putAnswer, r, o, i+1, words, actor.Label(), s.forums.Clock.Now()); err != nil {
				return fmt.Errorf("round %s: answer: %w", r, err)
			}
		}
		audit.Record(tx, s.forums.Clock.Now(), actor, ActionAnswer, forum.Subject(row.Body), audit.Field("round", "", string(r)), audit.Field("organisation", "", string(o)))
		return nil
	})
}

// QuestionField is the name of the field of question nr, counted from 1.
func QuestionField(nr int) string { return fmt.Sprintf("q%d", nr) }

func checkAnswers(asked, answers []string) ([]string, error) {
	var fs fault.Fields
	out, filled := make([]string, len(asked)), false
	for i := range asked {
		if i < len(answers) {
			out[i] = text.CleanMultiline(answers[i])
		}
		filled = filled || out[i] != ""
		fs.Text(QuestionField(i+1), out[i], MaxAnswer, false)
	}
	if !filled {
		fs.Add(QuestionField(1), "forum.error.no_answer")
	}
	return out, fs.Err()
}

// Close ends the round with the secretary's summary, which stands first in the annex.
func (s *Service) Close(ctx context.Context, actor access.Actor, r ID, version int64, summary string) error {
	summary = text.CleanMultiline(summary)
	var fs fault.Fields
	fs.Text("summary", summary, forum.MaxWords, true)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.forums.DB.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[roundRow](ctx, tx, getRound, r)
		if err != nil {
			return err
		}
		if _, err := forum.Keep(ctx, tx, s.forums.Bodies, actor, row.Body); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, closeRound, summary, r, version); err != nil {
			return err
		}
		audit.Record(tx, s.forums.Clock.Now(), actor, ActionClose, forum.Subject(row.Body), audit.Field("state", string(row.State), string(Closed)))
		return nil
	})
}
