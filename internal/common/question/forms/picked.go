package forms

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/db"
)

const (
	allSent db.SQL = `SELECT a.id, COALESCE(a.org, '') AS org, v.question, v.row_nr, v.part, v.text, v.number FROM question_answer AS a JOIN question_value AS v ON v.answer = a.id
		WHERE a.subject_kind = $1 AND a.subject = $2 AND v.stage = 'sent' ORDER BY a.id, v.question, v.row_nr, v.part`
	oneVersion db.SQL = `SELECT definition FROM question_version WHERE form = $1 AND nr = $2`
)

// Piece is a piece of a submitted answer: Code is the choice that was made, empty
// for other kinds of answers; Number is as question.Amount gives it.
type Piece struct {
	Answer   AnswerID
	Org      access.OrgID
	Question string
	Row      int // of a table, -1 outside
	Code     string
	Number   *int64
}

type pieceRow struct {
	Answer   AnswerID `db:"id"`
	Org      string   `db:"org"`
	Question string   `db:"question"`
	Row      int      `db:"row_nr"`
	Part     string   `db:"part"`
	Text     string   `db:"text"`
	Number   *int64   `db:"number"`
}

// Pieces are all submitted answers for the subject, for a room that counts by
// something of its own, such as where the answerers are. Words are left out. Small
// figures are for the room to suppress.
func (s *Service) Pieces(ctx context.Context, tx *db.Tx, of Subject, d question.Definition) ([]Piece, error) {
	rows, err := db.List[pieceRow](ctx, tx, allSent, of.Kind, of.ID)
	if err != nil {
		return nil, fmt.Errorf("answers of %s %s: %w", of.Kind, of.ID, err)
	}
	var out []Piece
	for _, r := range rows {
		q, _, ok := d.Find(r.Question)
		if !ok || r.Part == partOther || r.Part == partCode {
			continue
		}
		p := Piece{Answer: r.Answer, Org: access.OrgID(r.Org), Question: r.Question, Row: r.Row, Number: r.Number}
		if q.Kind.HasChoices() {
			p.Code = r.Text
		}
		out = append(out, p)
	}
	return out, nil
}

// VersionIn is the definition of a version of the form, or NotFound.
func (s *Service) VersionIn(ctx context.Context, tx *db.Tx, form ID, nr int) (question.Definition, error) {
	written, err := db.Scalar[string](ctx, tx, oneVersion, form, nr)
	if err != nil {
		return question.Definition{}, fmt.Errorf("form %s: version %d: %w", form, nr, err)
	}
	return question.Decode([]byte(written))
}

// Current is the version that new answers to the form are made with today;
// NotFound when there is none, or the form is retired.
func (s *Service) Current(ctx context.Context, tx *db.Tx, form ID) (Version, error) {
	f, err := s.answerable(ctx, tx, form)
	if err != nil {
		return Version{}, err
	}
	return f.Versions[0], nil
}
