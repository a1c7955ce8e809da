package questionweb

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

func (p *pages) registerAPI(d *gate.Door) {
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/forms", Rule: gate.Public(), ID: "list-forms", Summary: "Forms in use", Tags: []string{"forms"}}, p.apiList)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/forms/{code}", Rule: gate.Public(), ID: "get-form", Summary: "A form in use, with everything it asks", Tags: []string{"forms"}}, p.apiGet)
}

// apiForm is a form in JSON.
type apiForm struct {
	ID          string     `json:"id"`
	Code        string     `json:"code"`
	Title       i18n.Text  `json:"title"`
	Version     int        `json:"version" doc:"The version that answers are made with"`
	PublishedAt clock.Time `json:"published_at"`
}

type formListOut struct {
	Body struct {
		Items []apiForm `json:"items"`
		Total int       `json:"total"`
		Next  string    `json:"next,omitempty"`
	}
}

type formGetIn struct {
	Code string `path:"code" maxLength:"60" doc:"The form's short name"`
}

// apiDefinition is a form with what it asks. The definition has the shape that
// the house stores.
type apiDefinition struct {
	apiForm
	Definition question.Definition `json:"definition"`
}

type formGetOut struct{ Body apiDefinition }

func formOf(f forms.Form) apiForm {
	v := f.Versions[0]
	return apiForm{ID: string(f.ID), Code: f.Code, Title: v.Definition.Title, Version: v.Nr, PublishedAt: v.PublishedAt}
}

func (p *pages) apiList(ctx context.Context, _ access.Actor, _ *struct{}) (*formListOut, error) {
	list, err := p.Forms.InUse(ctx)
	if err != nil {
		return nil, err
	}
	out := &formListOut{}
	out.Body.Items, out.Body.Total = make([]apiForm, len(list)), len(list)
	for i, f := range list {
		out.Body.Items[i] = formOf(f)
	}
	return out, nil
}

func (p *pages) apiGet(ctx context.Context, _ access.Actor, in *formGetIn) (*formGetOut, error) {
	list, err := p.Forms.InUse(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range list {
		if f.Code == in.Code {
			return &formGetOut{Body: apiDefinition{apiForm: formOf(f), Definition: f.Versions[0].Definition}}, nil
		}
	}
	return nil, fault.Missing()
}
