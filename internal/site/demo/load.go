package demo

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/site/demo/assembly"
	"kompetansetorg/internal/site/demo/learning"
	"kompetansetorg/internal/site/demo/projects"
	"kompetansetorg/internal/site/demo/stage"
)

type loader struct {
	*stage.Stage
	// mandated are the pairs of organisation and adviser with a mandate.
	mandated map[string]bool
}

// Load fills an empty database through the same use cases as people's, so nothing gets in
// that a person could not write. Dates count from today.
func Load(ctx context.Context, into stage.Into) error {
	l := &loader{Stage: stage.New(into), mandated: map[string]bool{}}
	for _, step := range []func(context.Context) error{l.loadOrganisations, l.loadPeople, l.loadProgrammes, l.loadNeeds, l.loadRounds, l.loadForms} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := learning.Load(ctx, l.Stage); err != nil {
		return err
	}
	if err := projects.Load(ctx, l.Stage); err != nil {
		return err
	}
	return assembly.Load(ctx, l.Stage)
}

func (l *loader) loadPeople(ctx context.Context) error { return l.Enter(ctx, people()) }

// loadForms has the county at work on the next version of the company survey.
func (l *loader) loadForms(ctx context.Context) error {
	all, err := l.Forms.List(ctx, l.System)
	if err != nil {
		return fmt.Errorf("demo: forms: %w", err)
	}
	for _, f := range all {
		if f.Code == forms.CompanySurvey && !f.HasDraft {
			if err := l.Forms.NewVersion(ctx, l.Role["county"], f.ID, f.Version); err != nil {
				return fmt.Errorf("demo: forms: %w", err)
			}
		}
	}
	return nil
}
