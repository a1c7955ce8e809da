package casework

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
)

// AddDocument adds a document with the next number of the case and answers its id.
func (s *Service) AddDocument(ctx context.Context, actor access.Actor, c ID, in Document) (DocumentID, error) {
	in.Title = text.CleanLine(in.Title)
	var fs fault.Fields
	in.check(&fs)
	if err := fs.Err(); err != nil {
		return "", err
	}
	in.ID, in.Case = newID[Document](), c
	return in.ID, s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.Writing(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		return addDocument(ctx, tx, old, in, actor, s.Clock.Now())
	})
}

func addDocument(ctx context.Context, tx *db.Tx, c Case, in Document, actor access.Actor, now clock.Time) error {
	last, err := db.Scalar[int64](ctx, tx, lastDocument, c.ID)
	if err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, insertDocument, in.ID, c.ID, last+1, in.Letter, in.Title, in.Day, in.Ground, actor.Label(), now); err != nil {
		return err
	}
	audit.Record(tx, now, actor, ActionDocument, Subject(c.ID), audit.Field("nr", "", int(last)+1), audit.Field("letter", "", string(in.Letter)), audit.Field("ground", "", in.Ground))
	return refind(ctx, tx, c)
}

// EditDocument replaces what is written about a document. Its number stays.
func (s *Service) EditDocument(ctx context.Context, actor access.Actor, in Document) error {
	in.Title = text.CleanLine(in.Title)
	var fs fault.Fields
	in.check(&fs)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		was, err := document(ctx, tx, in.ID)
		if err != nil {
			return err
		}
		c, err := s.Writing(ctx, tx, actor, was.Case)
		if err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, updateDocument, in.Letter, in.Title, in.Day, in.Ground, in.ID, in.Version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionDocument, Subject(c.ID), audit.Changed(audit.Field("nr", "", was.Nr), audit.Field("letter", string(was.Letter), string(in.Letter)),
			audit.Field("ground", was.Ground, in.Ground))...)
		return refind(ctx, tx, c)
	})
}

func document(ctx context.Context, tx *db.Tx, d DocumentID) (Document, error) {
	var w db.Where
	db.In(&w, fragDocument, []DocumentID{d})
	list, err := documents(ctx, tx, w)
	if err == nil && len(list) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return Document{}, err
	}
	return list[0], nil
}

// Document is a document and its case, for who may read it: one that is held back
// is NotFound for others.
func (s *Service) Document(ctx context.Context, actor access.Actor, d DocumentID) (Document, Case, bool, error) {
	var out Document
	var c Case
	var writes bool
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out, err = document(ctx, tx, d); err != nil {
			return err
		}
		var sight Sight
		var list []Treatment
		if c, sight, list, err = s.seen(ctx, tx, actor, out.Case); err != nil {
			return err
		}
		r, err := s.reader(ctx, tx, actor)
		if err != nil {
			return err
		}
		writes = sight == Writes
		if sight == Neutral || out.Ground != "" && !writes && !r.within(c, treating(list)) {
			return fault.Missing()
		}
		return nil
	})
	return out, c, writes, err
}

// AddTreatment adds a treatment that is to come, or one that has been, after those that are there, and answers
// its id. A registered body is named by id, another by name.
func (s *Service) AddTreatment(ctx context.Context, actor access.Actor, c ID, in Treatment) (TreatmentID, error) {
	in.BodyName, in.Number, in.Told = text.CleanLine(in.BodyName), text.CleanLine(in.Number), text.CleanMultiline(in.Told)
	if in.Result == "" {
		in.Result = Planned
	}
	var fs fault.Fields
	in.check(&fs)
	if err := fs.Err(); err != nil {
		return "", err
	}
	in.ID, in.Case = newID[Treatment](), c
	return in.ID, s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.Writing(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		if in.Body != "" {
			if _, err := meeting.Get(ctx, tx, in.Body, s.Clock.Today()); fault.Is(err, fault.NotFound) {
				return fault.InvalidField("body", "form.error.choice")
			} else if err != nil {
				return err
			}
		}
		last, err := db.Scalar[int64](ctx, tx, lastPosition, c)
		if err != nil {
			return err
		}
		now := s.Clock.Now()
		if _, err := db.Exec(ctx, tx, insertTreatment, in.ID, c, last+1, in.Body, in.BodyName, in.Number, in.Day, in.Result, in.Told, actor.Label(), now); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionTreatment, Subject(c), audit.Field("number", "", in.Number), audit.Field("day", "", in.Day), audit.Field("result", "", string(in.Result)))
		return refind(ctx, tx, old)
	})
}

// RemoveTreatment takes away a treatment that has not been: what has, stays.
func (s *Service) RemoveTreatment(ctx context.Context, actor access.Actor, c ID, t TreatmentID) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.Writing(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		was, err := treatment(ctx, tx, c, t)
		if err != nil {
			return err
		}
		if n, err := db.Exec(ctx, tx, removeTreatment, t); err != nil || n == 0 {
			if err == nil {
				err = fault.New(fault.Conflict, "case.error.treated")
			}
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionTreatment, Subject(c), audit.Field("number", was.Number, ""), audit.Field("day", was.Day, clock.Date{}))
		return refind(ctx, tx, old)
	})
}

func treatment(ctx context.Context, tx *db.Tx, c ID, t TreatmentID) (Treatment, error) {
	var w db.Where
	db.In(&w, fragTreatment, []TreatmentID{t})
	all, err := treatmentsWhere(ctx, tx, w)
	if err == nil && len(all[c]) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return Treatment{}, err
	}
	return all[c][0], nil
}

// Treat records what came of a treatment, and moves the case when it waits for one:
// to the state that the result means. Telling and correcting an earlier treatment
// leaves the case where it is.
func (s *Service) Treat(ctx context.Context, actor access.Actor, c ID, in Treatment) error {
	in.Number, in.Told = text.CleanLine(in.Number), text.CleanMultiline(in.Told)
	in.BodyName = "-" // not changed here
	var fs fault.Fields
	in.check(&fs)
	if in.Result == Planned {
		fs.Add("result", "form.error.required")
	}
	if in.Day.After(s.Clock.Today()) {
		fs.Add("day", "case.error.future")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.Writing(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		was, err := treatment(ctx, tx, c, in.ID)
		if err != nil {
			return err
		}
		now := s.Clock.Now()
		if err := db.ExecOne(ctx, tx, updateTreatment, in.Number, in.Day, in.Result, in.Told, actor.Label(), now, in.ID, in.Version); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionTreatment, Subject(c), audit.Changed(audit.Field("number", was.Number, in.Number), audit.Field("day", was.Day, in.Day),
			audit.Field("result", string(was.Result), string(in.Result)))...)
		if err := refind(ctx, tx, old); err != nil {
			return err
		}
		if was.Result == Planned && (in.Result == Adopted || in.Result == Rejected) {
			ref := in.Number
			if ref == "" {
				ref = old.Number.String()
			}
			if err := s.settle(ctx, tx, actor, c, ref, in.Day, in.Result == Adopted); err != nil {
				return err
			}
		}
		if was.Result == Planned && old.State == OnAgenda {
			return s.Step(ctx, tx, actor, old, OnAgenda, after(in.Result), "")
		}
		return nil
	})
}

// AddInput registers what a member said to the proposal.
func (s *Service) AddInput(ctx context.Context, actor access.Actor, c ID, in Input) error {
	in.Sender, in.Words, in.Done = text.CleanLine(in.Sender), text.CleanMultiline(in.Words), text.CleanMultiline(in.Done)
	var fs fault.Fields
	in.check(&fs)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.Writing(ctx, tx, actor, c); err != nil {
			return err
		}
		now := s.Clock.Now()
		if _, err := db.Exec(ctx, tx, insertInput, newID[Input](), c, in.Sender, in.Day, in.Words, in.Done, actor.Label(), now); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionInput, Subject(c), audit.Field("sender", "", in.Sender), audit.Field("day", "", in.Day))
		return nil
	})
}

// AnswerInput says what was done with an input.
func (s *Service) AnswerInput(ctx context.Context, actor access.Actor, c ID, input InputID, version int64, done string) error {
	done = text.CleanMultiline(done)
	var fs fault.Fields
	Limited(&fs, "done", done, MaxTold, true)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.Writing(ctx, tx, actor, c); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, answerInput, done, input, c, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionInput, Subject(c), audit.Field("input", "", string(input)), audit.Field("done", "", done))
		return nil
	})
}

// AddLink ties the case to a thing that the actor may see; else it is an Invalid
// fault at "thing".
func (s *Service) AddLink(ctx context.Context, actor access.Actor, c ID, thing object.Ref) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.Writing(ctx, tx, actor, c); err != nil {
			return err
		}
		if thing == (object.Ref{Kind: FlowKind, ID: string(c)}) {
			return fault.InvalidField("thing", "case.error.thing")
		}
		if _, err := s.Objects.Card(ctx, tx, actor, thing); fault.Is(err, fault.NotFound) {
			return fault.InvalidField("thing", "case.error.thing")
		} else if err != nil {
			return err
		}
		now := s.Clock.Now()
		if _, err := db.Exec(ctx, tx, insertLink, c, thing.Kind, thing.ID, now); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionLink, Subject(c), audit.Field("thing", "", thing.Kind+" "+thing.ID))
		return nil
	})
}

// RemoveLink unties the case from a thing.
func (s *Service) RemoveLink(ctx context.Context, actor access.Actor, c ID, thing object.Ref) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.Writing(ctx, tx, actor, c); err != nil {
			return err
		}
		n, err := db.Exec(ctx, tx, removeLink, c, thing.Kind, thing.ID)
		if err == nil && n == 0 {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionLink, Subject(c), audit.Field("thing", thing.Kind+" "+thing.ID, ""))
		return nil
	})
}

// links are the things that the case is tied to and the actor may see, in the order
// they were added.
func (s *Service) links(ctx context.Context, tx *db.Tx, actor access.Actor, c ID) ([]object.Card, error) {
	type row struct {
		Kind string `db:"kind"`
		Ref  string `db:"ref"`
	}
	rows, err := db.List[row](ctx, tx, listLinks, c)
	if err != nil || s.Objects == nil {
		return nil, err
	}
	var refs []object.Ref
	for _, r := range rows {
		refs = append(refs, object.Ref{Kind: r.Kind, ID: r.Ref})
	}
	cards, err := s.Objects.Cards(ctx, tx, actor, refs)
	var out []object.Card
	for _, r := range refs {
		if card, ok := cards[r]; ok {
			out = append(out, card)
		}
	}
	return slices.Clip(out), err
}
