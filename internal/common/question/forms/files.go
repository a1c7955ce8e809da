package forms

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

const deletePart db.SQL = `DELETE FROM question_value WHERE answer = $1 AND stage = 'draft' AND question = $2 AND part = $3`

// FilesKind is the kind of thing that files of answers hang on, for a room whose
// answers have the subject kind. The room tells of it (object.Kind), by the rule of
// who may see its answers.
func FilesKind(subject string) string { return subject + "_answer" }

// Files is what the files of the answer hang on.
func (a Answer) Files() object.Ref {
	return object.Ref{Kind: FilesKind(a.Subject.Kind), ID: string(a.ID)}
}

// TakesFile is what a file for the question is to hang on. It is Conflict when the
// section cannot be changed as the answer stands, Invalid when there is no room for
// another file, NotFound when the form has no such question. Who may is for the
// room to decide.
func (s *Service) TakesFile(ctx context.Context, tx *db.Tx, answer AnswerID, name string) (object.Ref, error) {
	a, q, err := fileQuestion(ctx, tx, answer, name)
	if err != nil {
		return object.Ref{}, err
	}
	all := 0
	for _, v := range a.Values {
		all += len(v.Files)
	}
	switch most := q.MostFiles(); {
	case len(a.Values[name].Files) >= most:
		return object.Ref{}, fault.InvalidField(question.FieldOf(name), "question.error.many_files", "max", most)
	case all >= attach.MaxDocuments:
		return object.Ref{}, fault.InvalidField(question.FieldOf(name), "attach.error.too_many", "max", attach.MaxDocuments)
	}
	return a.Files(), nil
}

// AddFile notes that a file that hangs on the answer now belongs to the question.
// A file is taken also from a page that is stale: no file that was sent is lost.
func (s *Service) AddFile(ctx context.Context, tx *db.Tx, actor access.Actor, answer AnswerID, at At, name string, sent question.Sent) error {
	a, q, err := fileQuestion(ctx, tx, answer, name)
	if err != nil {
		return err
	}
	if err := insertValues(ctx, tx, answer, stageDraft, flatten([]question.Question{q}, question.Values{name: {Files: []question.Sent{sent}}}, outsideTable)); err != nil {
		return err
	}
	audit.Record(tx, s.clock.Now(), actor, ActionFile, answerSubject(answer), audit.Field("question", "", name), audit.Field("version", "", sent.ID), audit.PersonalField("file", "", sent.Name))
	return s.touched(ctx, tx, a, at)
}

// RemoveFile takes a file away from the question. It is deleted, unless it has been
// submitted before: then what was submitted keeps it.
func (s *Service) RemoveFile(ctx context.Context, tx *db.Tx, actor access.Actor, answer AnswerID, at At, name, file string) error {
	a, _, err := fileQuestion(ctx, tx, answer, name)
	if err != nil {
		return err
	}
	if !holds(a.Values[name], file) {
		return fault.Missing()
	}
	if _, err := db.Exec(ctx, tx, deletePart, answer, name, partFile+file); err != nil {
		return fmt.Errorf("answer %s: file: %w", answer, err)
	}
	kept, err := s.everSent(ctx, tx, a.Answer)
	if err != nil {
		return err
	}
	if !kept[file] {
		if err := attach.ForgetVersion(ctx, tx, s.clock.Now(), actor, a.Files(), attach.VersionID(file)); err != nil {
			return err
		}
	}
	audit.Record(tx, s.clock.Now(), actor, ActionUnfile, answerSubject(answer), audit.Field("question", "", name), audit.Field("version", file, ""))
	return s.touched(ctx, tx, a, at)
}

// touched counts the version of the answer up after a change of its files. The
// page that sent them may go on; any other has become stale.
func (s *Service) touched(ctx context.Context, tx *db.Tx, a stored, at At) error {
	drawing := a.drawing
	if a.Version == at.Version {
		drawing = at.Drawing
	}
	return s.mark(ctx, tx, a, a.State, drawing)
}

// fileQuestion is the answer and its question that asks for files, ready to be
// changed.
func fileQuestion(ctx context.Context, tx *db.Tx, answer AnswerID, name string) (stored, question.Question, error) {
	a, err := loadAnswer(ctx, tx, answer)
	if err != nil {
		return stored{}, question.Question{}, err
	}
	for _, sec := range a.Definition.Sections {
		for _, q := range sec.Questions {
			if q.Name != name || q.Kind != question.File {
				continue
			}
			if !a.CanChange(sec.Name) {
				return stored{}, q, fault.New(fault.Conflict, "question.error.closed")
			}
			return a, q, nil
		}
	}
	return stored{}, question.Question{}, fault.Missing()
}

// keepFiles puts in the files that are kept for the section's questions.
func keepFiles(sec question.Section, kept, into question.Values) {
	for _, q := range sec.Questions {
		if v := kept[q.Name]; q.Kind == question.File && len(v.Files) > 0 {
			into[q.Name] = question.Value{Files: v.Files}
		}
	}
}

// everSent are the files that any submission of the answer holds, by id. They are
// never deleted: each submission is kept as it was.
func (s *Service) everSent(ctx context.Context, tx *db.Tx, a Answer) (map[string]bool, error) {
	out := map[string]bool{}
	if a.Submissions == 0 {
		return out, nil
	}
	all, err := s.Submissions(ctx, tx, a.ID)
	for _, one := range all {
		for _, v := range one.Answers {
			for _, f := range v.Files {
				out[f.ID] = true
			}
		}
	}
	return out, err
}

// dropUnsent deletes the files of a draft that answer nothing that is submitted,
// because their question is hidden: nobody who reads the answer shall find them.
func (s *Service) dropUnsent(ctx context.Context, tx *db.Tx, actor access.Actor, a Answer, sent question.Values) error {
	kept, err := s.everSent(ctx, tx, a)
	if err != nil {
		return err
	}
	for name, v := range a.Values {
		for _, f := range v.Files {
			if kept[f.ID] || holds(sent[name], f.ID) {
				continue
			}
			if _, err := db.Exec(ctx, tx, deletePart, a.ID, name, partFile+f.ID); err != nil {
				return fmt.Errorf("answer %s: file: %w", a.ID, err)
			}
			if err := attach.ForgetVersion(ctx, tx, s.clock.Now(), actor, a.Files(), attach.VersionID(f.ID)); err != nil {
				return err
			}
		}
	}
	return nil
}

func holds(v question.Value, file string) bool {
	return slices.ContainsFunc(v.Files, func(f question.Sent) bool { return f.ID == file })
}
