package report

import (
	"context"
	"io"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Save keeps what is written in a section, right or wrong. It is Stale when somebody else has
// saved since at.Version.
func (s *Service) Save(ctx context.Context, actor access.Actor, r ID, at forms.At, section string, values question.Values) (Report, error) {
	return s.changed(ctx, actor, r, func(tx *db.Tx, x Report) error {
		_, err := s.Forms.SaveSection(ctx, tx, actor, x.Answer.ID, at, section, values)
		return err
	})
}

// Unchanged fills a section with what the last report said; NotFound when there is none.
func (s *Service) Unchanged(ctx context.Context, actor access.Actor, r ID, at forms.At, section string) (Report, error) {
	return s.changed(ctx, actor, r, func(tx *db.Tx, x Report) error {
		if x.Last == nil {
			return fault.Missing()
		}
		_, err := s.Forms.Unchanged(ctx, tx, actor, x.Answer.ID, x.Last.ID, at, section)
		return err
	})
}

// changed does something to a report that is written, and gives it as it is then.
func (s *Service) changed(ctx context.Context, actor access.Actor, r ID, do func(*db.Tx, Report) error) (Report, error) {
	var out Report
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		x, err := s.begun(ctx, tx, actor, r)
		if err != nil {
			return err
		}
		if err := do(tx, x); err != nil {
			return err
		}
		out, err = s.in(ctx, tx, actor, r)
		return err
	})
	return out, err
}

// begun is a report that is written, for one who writes it.
func (s *Service) begun(ctx context.Context, tx *db.Tx, actor access.Actor, r ID) (Report, error) {
	x, err := s.writing(ctx, tx, actor, r)
	if err == nil && x.State != Draft {
		err = fault.New(fault.Conflict, "report.error.locked")
	}
	return x, err
}

// AddFile keeps a file for a question. What is wrong with the file is an Invalid fault at the
// question, as is a house that takes no files.
func (s *Service) AddFile(ctx context.Context, actor access.Actor, r ID, at forms.At, asked string, u attach.Upload) error {
	err := s.Attach.AddIn(ctx, actor, u, func(tx *db.Tx) (object.Ref, error) {
		x, err := s.begun(ctx, tx, actor, r)
		if err != nil {
			return object.Ref{}, err
		}
		return s.Forms.TakesFile(ctx, tx, x.Answer.ID, asked)
	}, func(tx *db.Tx, v attach.Version) error {
		x, err := s.begun(ctx, tx, actor, r)
		if err != nil {
			return err
		}
		return s.Forms.AddFile(ctx, tx, actor, x.Answer.ID, at, asked, question.Sent{ID: string(v.ID), Name: v.Name, Size: v.Size})
	})
	return forms.AtQuestion(err, asked)
}

// RemoveFile takes a file away.
func (s *Service) RemoveFile(ctx context.Context, actor access.Actor, r ID, at forms.At, asked, file string) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		x, err := s.begun(ctx, tx, actor, r)
		if err != nil {
			return err
		}
		return s.Forms.RemoveFile(ctx, tx, actor, x.Answer.ID, at, asked, file)
	})
}

// OpenFile is a file of a report, with its content, which the caller closes. One that the actor
// may not read is NotFound.
func (s *Service) OpenFile(ctx context.Context, actor access.Actor, r ID, file attach.VersionID) (attach.Version, io.ReadSeekCloser, error) {
	return s.Attach.OpenIn(ctx, file, func(tx *db.Tx) (object.Ref, error) {
		x, err := s.in(ctx, tx, actor, r)
		if err == nil && !holds(x, file) {
			err = fault.Missing()
		}
		return x.Answer.Files(), err
	})
}

// holds reports whether the file belongs to an answer that the report shows.
func holds(x Report, file attach.VersionID) bool {
	for _, v := range x.Says() {
		for _, f := range v.Files {
			if f.ID == string(file) {
				return true
			}
		}
	}
	return false
}

// Object is the kind of thing that a report is.
func Object(s *Service) object.Kind {
	return object.Kind{Name: Kind, Label: "report.object", Path: "/rapporter/", Cards: s.cards,
		MayChange: func(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
			_, err := s.writing(ctx, tx, actor, ID(id))
			return err
		}}
}

// AnswerObject is the kind of thing that files of reports hang on: an answer. It leads to the
// report, and is changed through it alone.
func AnswerObject(s *Service) object.Kind {
	return object.Kind{Name: forms.FilesKind(Kind), Label: "report.object", Path: AnswerPath, Cards: s.answerCards,
		MayChange: func(context.Context, *db.Tx, access.Actor, string) error {
			return fault.New(fault.Denied, "report.error.locked")
		}}
}

// AnswerPath is the address of an answer up to its id; it leads on to the report.
const AnswerPath = "/rapportsvar/"

const fragAnswer db.Fragment = "r.answer"

func (s *Service) cards(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
	return s.carded(ctx, tx, actor, fragID, ids, func(x Entry) string { return string(x.ID) })
}

func (s *Service) answerCards(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
	return s.carded(ctx, tx, actor, fragAnswer, ids, func(x Entry) string { return string(x.Answer.ID) })
}

func (s *Service) carded(ctx context.Context, tx *db.Tx, actor access.Actor, by db.Fragment, ids []string, id func(Entry) string) ([]object.Card, error) {
	var w db.Where
	db.In(&w, by, ids)
	list, err := s.find(ctx, tx, actor, w)
	var out []object.Card
	for _, x := range list {
		// Files are of those who read the whole report.
		if by == fragAnswer && !Reads(actor, x.Report) {
			continue
		}
		out = append(out, object.Card{Ref: object.Ref{ID: id(x)}, Number: x.Project.Number, Title: x.Name})
	}
	return out, err
}

// OfAnswer is the report that an answer is of, for those who may read it.
func (s *Service) OfAnswer(ctx context.Context, actor access.Actor, answer forms.AnswerID) (ID, error) {
	var out ID
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var w db.Where
		db.In(&w, fragAnswer, []forms.AnswerID{answer})
		list, err := s.find(ctx, tx, actor, w)
		if err == nil && len(list) == 0 {
			err = fault.Missing()
		}
		if err == nil {
			out = list[0].ID
		}
		return err
	})
	return out, err
}

// Seen tells which of the reports the actor may know of, for lists of tasks.
func (s *Service) Seen(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	list, err := s.cards(ctx, tx, actor, ids)
	out := map[string]bool{}
	for _, c := range list {
		out[c.Ref.ID] = true
	}
	return out, err
}
