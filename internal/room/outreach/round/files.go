package round

import (
	"context"
	"fmt"
	"io"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

// writer is who a file is from. The holder of a link has no account: the link is
// named instead. It is only said to be the writer; what the key opens is asked.
func (k Key) writer() access.Actor {
	if k.ByStaff() {
		return k.Actor
	}
	return access.SystemActor("round_link")
}

// AddFile keeps a file for a question of the answer behind the key, while that is a
// draft. What is wrong with the file is an Invalid fault at the question, as is a
// house that takes no files.
func (s *Service) AddFile(ctx context.Context, k Key, at forms.At, asked string, u attach.Upload) error {
	by := k.writer()
	err := s.Attach.AddIn(ctx, by, u, func(tx *db.Tx) (object.Ref, error) {
		i, err := s.begun(ctx, tx, k)
		if err != nil {
			return object.Ref{}, err
		}
		return s.Forms.TakesFile(ctx, tx, i.Answer, asked)
	}, func(tx *db.Tx, v attach.Version) error {
		i, err := s.begun(ctx, tx, k)
		if err != nil {
			return err
		}
		return s.Forms.AddFile(ctx, tx, by, i.Answer, at, asked, question.Sent{ID: string(v.ID), Name: v.Name, Size: v.Size})
	})
	return forms.AtQuestion(err, asked)
}

// RemoveFile takes a file of the draft behind the key away.
func (s *Service) RemoveFile(ctx context.Context, k Key, at forms.At, asked, file string) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		i, err := s.begun(ctx, tx, k)
		if err != nil {
			return err
		}
		return s.Forms.RemoveFile(ctx, tx, k.writer(), i.Answer, at, asked, file)
	})
}

// OpenFile is a file of the answer behind the key, with its content, which the
// caller closes. A file of another answer is NotFound.
func (s *Service) OpenFile(ctx context.Context, k Key, file attach.VersionID) (attach.Version, io.ReadSeekCloser, error) {
	return s.Attach.OpenIn(ctx, file, func(tx *db.Tx) (object.Ref, error) {
		r, i, err := s.unlock(ctx, tx, k)
		if err == nil && (i.Answer == "" || !i.HasAnswered() && s.draft(ctx, tx, k, i) != nil) {
			err = fault.Missing() // nobody's but those who write it
		}
		return filesOf(r, i.Answer), err
	})
}

// begun is the invitation whose answer is begun by the side of the key, and can be
// written.
func (s *Service) begun(ctx context.Context, tx *db.Tx, k Key) (Invite, error) {
	_, i, err := s.writable(ctx, tx, k)
	if err == nil {
		err = s.draft(ctx, tx, k, i)
	}
	return i, err
}

func filesOf(r Round, a forms.AnswerID) object.Ref {
	return forms.Answer{ID: a, Subject: AnswersOf(r.ID)}.Files()
}

// AnswerPath is the address of an answer up to its id; it leads on to its place in
// the round.
const AnswerPath = "/rundesvar/"

// Object is the kind of thing that an answer of a round is: what was handed in, as
// those who see the round's answers see it. Nothing of it can be changed; a draft is
// nobody's but those who write it, who come by their key.
func Object(c clock.Clock) object.Kind {
	return object.Kind{Name: forms.FilesKind(subjectKind), Label: "round.object", Path: AnswerPath, Cards: answerCards(c),
		MayChange: func(context.Context, *db.Tx, access.Actor, string) error {
			return fault.New(fault.Denied, "round.error.answered")
		}}
}

const (
	answersSeen db.SQL      = `SELECT i.id, i.answer, i.municipality, i.org, r.id AS round, r.title FROM round_invite AS i JOIN outreach_round AS r ON r.id = i.round /*where*/ ORDER BY i.id`
	fragAnswer  db.Fragment = "i.answer"
	fragGiven   db.Fragment = "i.answered_at IS NOT NULL"
)

type answerSeen struct {
	ID           InviteID       `db:"id"`
	Answer       forms.AnswerID `db:"answer"`
	Municipality string         `db:"municipality"`
	Org          org.ID         `db:"org"`
	Round        ID             `db:"round"`
	Title        string         `db:"title"`
}

func seenAnswers(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]answerSeen, error) {
	var w db.Where
	db.In(&w, fragAnswer, ids)
	w.And(fragGiven)
	VisibleAnswers(&w, actor)
	statement, args := db.Query{Base: answersSeen, Where: w}.Build()
	out, err := db.List[answerSeen](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("round: answers: %w", err)
	}
	return out, nil
}

func answerCards(c clock.Clock) func(context.Context, *db.Tx, access.Actor, []string) ([]object.Card, error) {
	return func(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
		found, err := seenAnswers(ctx, tx, actor, ids)
		if err != nil {
			return nil, err
		}
		out := make([]object.Card, len(found))
		for n, a := range found {
			name, err := org.NameOn(ctx, tx, a.Org, c.Today())
			if err != nil {
				return nil, fmt.Errorf("round: answer %s: %w", a.Answer, err)
			}
			title := name + " – " + a.Title
			out[n] = object.Card{Ref: object.Ref{ID: string(a.Answer)}, Title: i18n.Text{NB: title, NN: title, EN: title}, Municipalities: []string{a.Municipality}}
		}
		return out, nil
	}
}

// PlaceOf is where a submitted answer stands: its round and invitation. NotFound
// for one that the actor may not see.
func (s *Service) PlaceOf(ctx context.Context, actor access.Actor, answer forms.AnswerID) (ID, InviteID, error) {
	var found []answerSeen
	err := s.DB.Read(ctx, func(tx *db.Tx) (err error) {
		found, err = seenAnswers(ctx, tx, actor, []string{string(answer)})
		return err
	})
	if err == nil && len(found) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return "", "", err
	}
	return found[0].Round, found[0].ID, nil
}
