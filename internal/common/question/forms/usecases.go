package forms

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// Create makes a form with a draft that says d, which may be unfinished. code
// is its short name for the program and for addresses; one that is taken is
// refused at the field.
func (s *Service) Create(ctx context.Context, actor access.Actor, code string, d question.Definition) (ID, error) {
	if err := CanMake(actor); err != nil {
		return "", err
	}
	var out ID
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.create(ctx, tx, actor, ActionCreate, code, d)
		return err
	})
	return out, err
}

func (s *Service) create(ctx context.Context, tx *db.Tx, actor access.Actor, action audit.Action, code string, d question.Definition) (ID, error) {
	if err := checkCode(code); err != nil {
		return "", err
	}
	encoded, err := question.Encode(d)
	if err != nil {
		return "", err
	}
	taken, err := db.Scalar[int64](ctx, tx, countForms, code)
	if err != nil {
		return "", err
	}
	if taken > 0 {
		return "", fault.InvalidField("code", "question.error.code_taken")
	}
	form, now, title := id.New[Form](), s.clock.Now(), titleOf(d.Title)
	if _, err := db.Exec(ctx, tx, insertForm, form, code, title, text.SortKey(title), now, actor.Label()); err != nil {
		return "", fmt.Errorf("form %s: create: %w", code, err)
	}
	if _, err := db.Exec(ctx, tx, insertVersion, form, 1, encoded, now, actor.Label()); err != nil {
		return "", fmt.Errorf("form %s: create: %w", code, err)
	}
	audit.Record(tx, now, actor, action, subject(form), audit.Field("code", "", code), audit.Field("definition", "", digest(encoded)))
	return form, nil
}

// SaveDraft replaces what the draft says. version is the one of the form that
// the maker saw: when somebody has saved since it is Stale; without a draft it
// is Conflict. The draft may be unfinished.
func (s *Service) SaveDraft(ctx context.Context, actor access.Actor, form ID, version int64, d question.Definition) error {
	return s.change(ctx, actor, form, version, func(tx *db.Tx, f Form) error {
		old, ok := f.Draft()
		if !ok {
			return fault.New(fault.Conflict, "question.error.no_draft")
		}
		return s.save(ctx, tx, actor, ActionSave, f, old, d)
	})
}

func (s *Service) save(ctx context.Context, tx *db.Tx, actor access.Actor, action audit.Action, f Form, old Version, d question.Definition) error {
	encoded, err := question.Encode(d)
	if err != nil {
		return err
	}
	before, err := question.Encode(old.Definition)
	if err != nil {
		return err
	}
	if err := touch(ctx, tx, f.ID, f.Version, titleOf(d.Title), actor.Label(), s.clock.Now()); err != nil {
		return err
	}
	if err := db.ExecOne(ctx, tx, saveVersion, encoded, f.ID); err != nil {
		return fmt.Errorf("form %s: save: %w", f.ID, err)
	}
	audit.Record(tx, s.clock.Now(), actor, action, subject(f.ID), audit.Changed(audit.Field("definition", digest(before), digest(encoded)))...)
	return nil
}

// Publish makes the draft the version that new answers are made with. What is
// wrong with it is answered as an Invalid fault, the fields named by place.
func (s *Service) Publish(ctx context.Context, actor access.Actor, form ID, version int64) error {
	return s.change(ctx, actor, form, version, func(tx *db.Tx, f Form) error {
		draft, ok := f.Draft()
		if !ok {
			return fault.New(fault.Conflict, "question.error.no_draft")
		}
		if err := question.Fault(draft.Definition.Check(s.can)); err != nil {
			return err
		}
		now := s.clock.Now()
		if err := touch(ctx, tx, form, f.Version, titleOf(draft.Definition.Title), actor.Label(), now); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, retireVersion, form); err != nil {
			return fmt.Errorf("form %s: publish: %w", form, err)
		}
		if err := db.ExecOne(ctx, tx, publish, now, actor.Label(), form); err != nil {
			return fmt.Errorf("form %s: publish: %w", form, err)
		}
		audit.Record(tx, now, actor, ActionPublish, subject(form), audit.Field("nr", "", draft.Nr))
		return nil
	})
}

// NewVersion begins a draft that says what the newest version says. With a
// draft already there it is Conflict.
func (s *Service) NewVersion(ctx context.Context, actor access.Actor, form ID, version int64) error {
	return s.change(ctx, actor, form, version, func(tx *db.Tx, f Form) error {
		if len(f.Versions) == 0 {
			return fault.Missing()
		}
		return s.begin(ctx, tx, actor, ActionVersion, f, f.Versions[0].Definition)
	})
}

// begin makes a draft of the form that says d; Conflict when it has one.
func (s *Service) begin(ctx context.Context, tx *db.Tx, actor access.Actor, action audit.Action, f Form, d question.Definition) error {
	if _, ok := f.Draft(); ok {
		return fault.New(fault.Conflict, "question.error.has_draft")
	}
	encoded, err := question.Encode(d)
	if err != nil {
		return err
	}
	now, nr := s.clock.Now(), f.Versions[0].Nr+1
	if err := touch(ctx, tx, f.ID, f.Version, titleOf(d.Title), actor.Label(), now); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, insertVersion, f.ID, nr, encoded, now, actor.Label()); err != nil {
		return fmt.Errorf("form %s: version %d: %w", f.ID, nr, err)
	}
	audit.Record(tx, now, actor, action, subject(f.ID), audit.Field("nr", "", nr), audit.Field("definition", "", digest(encoded)))
	return nil
}

// DropDraft throws the draft away, and the whole form when nothing of it was
// ever published.
func (s *Service) DropDraft(ctx context.Context, actor access.Actor, form ID, version int64) error {
	return s.change(ctx, actor, form, version, func(tx *db.Tx, f Form) error {
		draft, ok := f.Draft()
		if !ok {
			return fault.New(fault.Conflict, "question.error.no_draft")
		}
		now := s.clock.Now()
		if _, err := db.Exec(ctx, tx, deleteDraft, form); err != nil {
			return fmt.Errorf("form %s: drop: %w", form, err)
		}
		encoded, err := question.Encode(draft.Definition)
		if err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionDrop, subject(form), audit.Field("definition", digest(encoded), ""))
		if len(f.Versions) == 1 {
			return db.ExecOne(ctx, tx, deleteForm, form, f.Version)
		}
		return touch(ctx, tx, form, f.Version, titleOf(f.Versions[1].Definition.Title), actor.Label(), now)
	})
}

// Retire takes the form out of use, or into use again: answers that are begun
// can be finished, new ones are not made.
func (s *Service) Retire(ctx context.Context, actor access.Actor, form ID, version int64, retired bool) error {
	return s.change(ctx, actor, form, version, func(tx *db.Tx, f Form) error {
		if err := db.ExecOne(ctx, tx, retireForm, retired, s.clock.Now(), actor.Label(), form, version); err != nil {
			return err
		}
		audit.Record(tx, s.clock.Now(), actor, ActionRetire, subject(form), audit.Field("retired", f.Retired, retired))
		return nil
	})
}

// change does one thing to a form for somebody who may, unless somebody else
// was first.
func (s *Service) change(ctx context.Context, actor access.Actor, form ID, version int64, fn func(tx *db.Tx, f Form) error) error {
	if err := CanMake(actor); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		f, err := load(ctx, tx, form)
		if err != nil {
			return err
		}
		if f.Version != version {
			return fault.New(fault.Stale, "fault.stale")
		}
		return fn(tx, f)
	})
}

// digest stands for a definition in the audit log: whole drafts would fill it.
// What was published is kept as it was.
func digest(encoded string) string { return id.HashToken(encoded)[:16] }
