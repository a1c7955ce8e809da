package forms

import (
	"context"
	_ "embed"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

//go:embed starter/bedriftskartlegging.json
var companySurvey []byte

// CompanySurvey is the short name of the form that companies are mapped with.
const CompanySurvey = "bedriftskartlegging"

// Template is a form that the program brings, to begin with.
type Template struct {
	Code       string
	Definition question.Definition
}

// Templates are the forms that the program brings. They are written for it.
func Templates() ([]Template, error) {
	d, err := question.Decode(companySurvey)
	if err != nil {
		return nil, fmt.Errorf("template %s: %w", CompanySurvey, err)
	}
	return []Template{{CompanySurvey, d}}, nil
}

// LoadStarter makes and publishes the templates that no form has the short
// name of. What somebody has changed is left as it is.
func (s *Service) LoadStarter(ctx context.Context) error {
	templates, err := Templates()
	if err != nil {
		return err
	}
	actor := access.SystemActor("starter")
	for _, t := range templates {
		form, err := s.createFree(ctx, actor, t)
		if err != nil {
			return err
		}
		if form == "" {
			continue
		}
		if err := s.Publish(ctx, actor, form, 1); err != nil {
			return fmt.Errorf("template %s: %w", t.Code, err)
		}
	}
	return nil
}

// createFree makes the template's form unless its short name is taken.
func (s *Service) createFree(ctx context.Context, actor access.Actor, t Template) (ID, error) {
	var out ID
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		out = ""
		if _, err := db.Get[ID](ctx, tx, getCode, t.Code); !fault.Is(err, fault.NotFound) {
			return err
		}
		var err error
		out, err = s.create(ctx, tx, actor, ActionCreate, t.Code, t.Definition)
		return err
	})
	return out, err
}
