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
	return Refind(ctx, tx, c)
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
		return Refind(ctx, tx, c)
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
	fs.Text("done", done, MaxTold, true)
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
