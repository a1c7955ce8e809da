package forms

import (
	"context"
	"embed"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

//go:embed starter/*.json
var starter embed.FS

// The short names of the forms that the program brings: that which companies are mapped with,
// the annual report of the BOLYST scheme as it was in 2013, and a short one for the county.
const (
	CompanySurvey = "bedriftskartlegging"
	Bolyst2013    = "bolyst-2013"
	CountyReport  = "arsrapport-fylke"
)

// Template is a form that the program brings, to begin with.
type Template struct {
	Code       string
	Definition question.Definition
}

// Templates are the forms that the program brings. They are written for it.
func Templates() ([]Template, error) {
	var out []Template
	for _, code := range []string{CompanySurvey, Bolyst2013, CountyReport} {
		data, err := starter.ReadFile("starter/" + code + ".json")
		if err != nil {
			return nil, fmt.Errorf("template %s: %w", code, err)
		}
		d, err := question.Decode(data)
		if err != nil {
			return nil, fmt.Errorf("template %s: %w", code, err)
		}
		out = append(out, Template{code, d})
	}
	return out, nil
}

// LoadStarter makes and publishes the templates that no form has the short
// name of. What somebody has changed is left as it is. One that asks for what the
// house cannot take, such as files where none are kept, is left as a draft.
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
		if form == "" || len(t.Definition.Check(s.can)) > 0 {
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
