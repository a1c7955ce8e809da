package forms

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Entry is a form in the list: its newest number, whether that is a draft, and
// the number that is published, 0 for none.
type Entry struct {
	Form
	Newest, Published int
	HasDraft          bool
}

type stateRow struct {
	Form  ID           `db:"form"`
	Nr    int          `db:"nr"`
	State VersionState `db:"state"`
}

// List lists all forms by title, those in use first, without their versions.
func (s *Service) List(ctx context.Context, actor access.Actor) ([]Entry, error) {
	if err := CanMake(actor); err != nil {
		return nil, err
	}
	var out []Entry
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = entries(ctx, tx)
		return err
	})
	return out, err
}

func entries(ctx context.Context, tx *db.Tx) ([]Entry, error) {
	rows, err := db.List[formRow](ctx, tx, listForms)
	if err != nil {
		return nil, fmt.Errorf("forms: %w", err)
	}
	states, err := db.List[stateRow](ctx, tx, stateVersions)
	if err != nil {
		return nil, fmt.Errorf("forms: versions: %w", err)
	}
	of := map[ID][]stateRow{}
	for _, v := range states {
		of[v.Form] = append(of[v.Form], v)
	}
	out := make([]Entry, len(rows))
	for i, r := range rows {
		out[i].Form = r.form()
		for _, v := range of[r.ID] {
			out[i].Newest = max(out[i].Newest, v.Nr)
			switch v.State {
			case Draft:
				out[i].HasDraft = true
			case Published:
				out[i].Published = v.Nr
			}
		}
	}
	return out, nil
}

// Get is the form with its versions, for those who make forms.
func (s *Service) Get(ctx context.Context, actor access.Actor, form ID) (Form, error) {
	if err := CanMake(actor); err != nil {
		return Form{}, err
	}
	var out Form
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = load(ctx, tx, form)
		return err
	})
	return out, err
}

// InUse lists the forms that can be answered for the uses, all without any, with
// the published version only. They are open to read.
func (s *Service) InUse(ctx context.Context, uses ...question.Use) ([]Form, error) {
	var out []Form
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		out = nil
		all, err := entries(ctx, tx)
		if err != nil {
			return err
		}
		for _, e := range all {
			if e.Retired || e.Published == 0 {
				continue
			}
			f, err := load(ctx, tx, e.ID)
			if err != nil {
				return err
			}
			v, _ := f.Published()
			if len(uses) > 0 && !slices.Contains(uses, v.Definition.Use) {
				continue
			}
			f.Versions = []Version{v}
			f.Title = titleOf(v.Definition.Title)
			out = append(out, f)
		}
		return nil
	})
	return out, err
}

// ByCode is the form of the short name that can be answered, with its
// published version; NotFound when there is none, or when it is retired.
func (s *Service) ByCode(ctx context.Context, tx *db.Tx, code string) (Form, error) {
	form, err := db.Get[ID](ctx, tx, getCode, code)
	if err != nil {
		return Form{}, fmt.Errorf("form %s: %w", code, err)
	}
	return s.answerable(ctx, tx, form)
}

// answerable is the form with the version that new answers are made with.
func (s *Service) answerable(ctx context.Context, tx *db.Tx, form ID) (Form, error) {
	f, err := load(ctx, tx, form)
	if err != nil {
		return Form{}, err
	}
	v, ok := f.Published()
	if !ok || f.Retired {
		return Form{}, fault.Missing()
	}
	f.Versions = []Version{v}
	return f, nil
}

// Use is how many answers a version has.
type Use struct {
	Nr      int `db:"form_nr"`
	Answers int `db:"n"`
}

// Uses counts the answers of each version that has any.
func (s *Service) Uses(ctx context.Context, actor access.Actor, form ID) ([]Use, error) {
	if err := CanMake(actor); err != nil {
		return nil, err
	}
	var out []Use
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = db.List[Use](ctx, tx, countAnswers, form)
		return err
	})
	return out, err
}
