package guide

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// Learn writes down what was learned in a stage of a development, for those who make it
// together: others find nothing.
func (s *Service) Learn(ctx context.Context, actor access.Actor, of making.ID, in Learning) error {
	var fs fault.Fields
	if in = in.tidied(&fs); fs.Err() != nil {
		return fs.Err()
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		c, err := s.Making.CircleOf(ctx, tx, actor, of)
		if err != nil {
			return err
		}
		var by access.OrgID
		if side, is := c.Of(actor); is {
			by = side.Org
		}
		made, now := id.New[Learned](), s.Clock.Now()
		if _, err := db.Exec(ctx, tx, insertLearned, made, of, in.Stage, in.Words, in.Good, in.Shared, by, actor.Label(), now); err != nil {
			return fmt.Errorf("what was learned of development %s: %w", of, err)
		}
		audit.Record(tx, now, actor, ActionLearn, audit.Subject{Kind: making.FlowKind, ID: string(of)}, audit.Field("stage", "", in.Stage), audit.Field("shared", false, in.Shared))
		return nil
	})
}

// Forget takes back what the actor has written down, as long as no guide has grown from it, and
// answers whose it was.
func (s *Service) Forget(ctx context.Context, actor access.Actor, l LearnedID) (making.ID, error) {
	var of making.ID
	return of, s.DB.Write(ctx, func(tx *db.Tx) error {
		var w db.Where
		db.In(&w, fragLearned, []LearnedID{l})
		found, err := s.learned(ctx, tx, actor, w)
		switch {
		case err != nil:
			return err
		case len(found) == 0 || !found[0].Own:
			return fault.Missing()
		}
		of = found[0].Development
		used, err := isUsed(ctx, tx, l)
		if err == nil && used {
			err = fault.New(fault.Conflict, "guide.error.used")
		}
		if err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, deleteLearned, l); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionForget, audit.Subject{Kind: making.FlowKind, ID: string(found[0].Development)}, audit.Field("stage", found[0].Stage, ""))
		return nil
	})
}

// isUsed reports whether a guide grows from it, as it is being written or in a version.
func isUsed(ctx context.Context, tx *db.Tx, l LearnedID) (bool, error) {
	now, err := db.Scalar[int](ctx, tx, usedLearned, l)
	if err != nil || now > 0 {
		return now > 0, err
	}
	for _, k := range Kinds() {
		all, err := versions(ctx, tx, k)
		if err != nil {
			return false, err
		}
		for _, v := range all {
			for _, x := range v.Sections {
				if slices.ContainsFunc(x.Sources, func(y Source) bool { return y.Learned == l }) {
					return true, nil
				}
			}
		}
	}
	return false, nil
}

// keep does fn for those who keep the guide: Denied for others.
func (s *Service) keep(ctx context.Context, actor access.Actor, k Kind, action audit.Action, fn func(tx *db.Tx, now clock.Time) ([]audit.Change, error)) error {
	switch {
	case !k.IsKind():
		return fault.Missing()
	case !k.Keeps(actor):
		return fault.New(fault.Denied, "fault.denied")
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		now := s.Clock.Now()
		changed, err := fn(tx, now)
		if err == nil {
			audit.Record(tx, now, actor, action, subject(k), changed...)
		}
		return err
	})
}

// Write adds a section, or changes the one with the id, of the version that the writer saw.
func (s *Service) Write(ctx context.Context, actor access.Actor, k Kind, of SectionID, version int64, in Writing) (SectionID, error) {
	var fs fault.Fields
	if in = in.tidied(&fs); fs.Err() != nil {
		return "", fs.Err()
	}
	out := of
	if out == "" {
		out = id.New[Section]()
	}
	return out, s.keep(ctx, actor, k, ActionSection, func(tx *db.Tx, now clock.Time) ([]audit.Change, error) {
		t, w := in.Title, in.Words
		if of == "" {
			return []audit.Change{audit.Field("section", "", t.NB)}, insert(ctx, tx, actor, k, out, in, now)
		}
		old, err := s.one(ctx, tx, actor, k, of)
		if err != nil {
			return nil, err
		}
		return audit.Changed(audit.Field("title", old.Title.NB, t.NB), audit.Field("words", old.Words.NB, w.NB), audit.Field("nr", old.Nr, in.Nr)),
			db.ExecOne(ctx, tx, updateSection, in.Nr, t.NB, t.NN, t.EN, w.NB, w.NN, w.EN, actor.Label(), now, of, k, version)
	})
}

func insert(ctx context.Context, tx *db.Tx, actor access.Actor, k Kind, of SectionID, in Writing, now clock.Time) error {
	t, w := in.Title, in.Words
	_, err := db.Exec(ctx, tx, insertSection, of, k, in.Nr, t.NB, t.NN, t.EN, w.NB, w.NN, w.EN, actor.Label(), now)
	if err != nil {
		err = fmt.Errorf("guide %s: section: %w", k, err)
	}
	return err
}

// Remove takes a section out of the guide as it is being written; it stays in the versions
// that have it.
func (s *Service) Remove(ctx context.Context, actor access.Actor, k Kind, of SectionID, version int64) error {
	return s.keep(ctx, actor, k, ActionSection, func(tx *db.Tx, _ clock.Time) ([]audit.Change, error) {
		old, err := s.one(ctx, tx, actor, k, of)
		if err != nil {
			return nil, err
		}
		if _, err := db.Exec(ctx, tx, deleteSource, of); err != nil {
			return nil, err
		}
		return []audit.Change{audit.Field("section", old.Title.NB, "")}, db.ExecOne(ctx, tx, deleteSection, of, k, version)
	})
}

// Take notes that a section grows from something that was learned, and that may stand in a
// guide.
func (s *Service) Take(ctx context.Context, actor access.Actor, k Kind, of SectionID, l LearnedID) error {
	return s.keep(ctx, actor, k, ActionTake, func(tx *db.Tx, now clock.Time) ([]audit.Change, error) {
		if _, err := s.one(ctx, tx, actor, k, of); err != nil {
			return nil, fault.InvalidField("section", "form.error.choice")
		}
		var w db.Where
		db.In(&w, fragLearned, []LearnedID{l})
		w.And(fragShared)
		found, err := s.learned(ctx, tx, actor, w)
		switch {
		case err != nil:
			return nil, err
		case len(found) == 0:
			return nil, fault.Missing()
		}
		_, err = db.Exec(ctx, tx, insertSource, of, l, actor.Label(), now)
		if fault.Is(err, fault.Conflict) {
			err = fault.New(fault.Conflict, "guide.error.taken")
		}
		return []audit.Change{audit.Field("learned", "", l)}, err
	})
}

// Publish makes a version of the guide as it is written now, and answers its number. why says
// what is new.
func (s *Service) Publish(ctx context.Context, actor access.Actor, k Kind, why string) (int, error) {
	why = text.CleanMultiline(why)
	var fs fault.Fields
	fs.Text("why", why, MaxLearned, true)
	switch {
	case fs.Err() != nil:
		return 0, fs.Err()
	case !Publishes(actor):
		return 0, fault.New(fault.Denied, "fault.denied")
	}
	nr := 0
	return nr, s.keep(ctx, actor, k, ActionPublish, func(tx *db.Tx, now clock.Time) ([]audit.Change, error) {
		written, err := s.sections(ctx, tx, actor, k)
		switch {
		case err != nil:
			return nil, err
		case len(written) == 0:
			return nil, fault.New(fault.Conflict, "guide.error.empty")
		}
		frozen, err := freeze(written)
		if err != nil {
			return nil, err
		}
		before, err := versions(ctx, tx, k)
		if err != nil {
			return nil, err
		}
		nr = 1
		if len(before) > 0 {
			nr = before[0].Nr + 1
			if same(before[0], written) {
				return nil, fault.New(fault.Conflict, "guide.error.same")
			}
		}
		_, err = db.Exec(ctx, tx, insertVersion, k, nr, why, frozen, actor.Label(), now)
		return []audit.Change{audit.Field("version", nr-1, nr)}, err
	})
}

// same reports whether a version says what the guide says now.
func same(v Version, now []Section) bool {
	if len(v.Sections) != len(now) {
		return false
	}
	for i, s := range v.Sections {
		if s.ID != now[i].ID || s.Title != now[i].Title || s.Words != now[i].Words || len(s.Sources) != len(now[i].Sources) {
			return false
		}
	}
	return true
}
