package orgweb

import (
	"context"
	"net/http"
	"net/url"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/common/org/register/pick"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
)

// lookupView asks Enhetsregisteret for a new organisation, and shows what it
// has; choosing a hit fills in the form below.
type lookupView struct {
	Title, Submit string
	Field         form.Field
	Said          *ui.Notice
	Hits          ui.Table
}

// lookUp answers the question of the address: hits for q, and the organisation
// that enhet fills the form with. The view is nil when the look-up is off.
func (p *pages) lookUp(r *http.Request, actor access.Actor) (*lookupView, org.Organisation, error) {
	if !p.Register.IsOn() {
		return nil, org.Organisation{}, nil
	}
	t, in := p.door.Printer(r), form.Read(r.URL.Query())
	typed := in.Search("q")
	v := &lookupView{Title: t.T("org.lookup.title"), Submit: t.T("org.lookup.do"),
		Field: form.Field{Name: "q", Kind: form.Text, Label: t.T("org.lookup.field"), Hint: t.T("org.lookup.hint"), Value: typed, Autocomplete: "off"},
		Hits:  ui.Table{Caption: t.T("org.lookup.title"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("org.field.name")}, {Label: t.T("org.mandate.do"), Hidden: true}}}}
	if no := in.Text("enhet"); no != "" {
		return p.fillIn(r.Context(), t, actor, v, no)
	}
	switch {
	case typed == "":
		return v, org.Organisation{}, nil
	case len([]rune(typed)) > org.MaxName:
		return v, org.Organisation{}, fault.InvalidField("q", "form.error.too_long", "max", org.MaxName)
	case len([]rune(text.Fold(typed))) < register.MinName:
		return v, org.Organisation{}, fault.InvalidField("q", "org.lookup.short")
	}
	a, err := p.Register.LookUp(r.Context(), actor, typed)
	if err != nil {
		return v, org.Organisation{}, err
	}
	v.Said = said(t, a)
	for _, h := range a.Hits {
		v.Hits.Rows = append(v.Hits.Rows, p.hitRow(t, h))
	}
	return v, org.Organisation{}, nil
}

// said tells how many hits there are, or why there are none.
func said(t i18n.Printer, a register.Answer) *ui.Notice {
	note := pick.Note(t, a)
	switch {
	case note != "":
		return &ui.Notice{Color: ui.Warning, Live: true, Text: note}
	case len(a.Hits) == 0:
		return &ui.Notice{Live: true, Text: t.T("org.lookup.none")}
	}
	return &ui.Notice{Live: true, Text: t.T("org.lookup.hits", "n", len(a.Hits))}
}

func (p *pages) hitRow(t i18n.Printer, h register.Hit) ui.Row {
	cells := []ui.Cell{{Text: h.Name, Sub: pick.About(t, p.Places, h)}, {}}
	if h.Unit.State.IsClosed() {
		cells[0].Tags = []ui.Tag{{Text: t.T(org.StateLabel(h.Unit.State)), Color: ui.Warning}}
	}
	if h.Org != "" {
		cells[1].Text, cells[1].Href = t.T("org.lookup.have"), href(h.Org)
		return ui.Row{Cells: cells}
	}
	cells[1].Actions = []ui.Action{{Label: t.T("org.lookup.use"), Context: h.Name, Variant: ui.Secondary,
		Href: "/virksomheter/ny?" + url.Values{"enhet": {h.Unit.OrgNo}}.Encode()}}
	return ui.Row{Cells: cells}
}

// fillIn is the organisation as the register has it, for the form; nothing is
// stored yet.
func (p *pages) fillIn(ctx context.Context, t i18n.Printer, actor access.Actor, v *lookupView, no string) (*lookupView, org.Organisation, error) {
	h, err := p.Register.Fetch(ctx, actor, no)
	switch {
	case fault.Is(err, fault.Unavailable):
		v.Said = &ui.Notice{Color: ui.Warning, Live: true, Text: t.T("register.unreachable")}
		return v, org.Organisation{}, nil
	case fault.Is(err, fault.NotFound):
		v.Said = &ui.Notice{Live: true, Text: t.T("org.lookup.none")}
		return v, org.Organisation{}, nil
	case err != nil:
		return v, org.Organisation{}, err
	}
	in := h.Registration()
	if _, err := p.Places.Municipality(place.Number(in.Municipality)); err != nil {
		in.Municipality = ""
	}
	v.Said = &ui.Notice{Color: ui.Success, Live: true, Text: t.T("org.lookup.filled"), Paragraphs: []string{pick.About(t, p.Places, h)}}
	return v, org.Organisation{Kind: in.Kind, OrgNo: in.OrgNo, Municipality: in.Municipality, Website: in.Website, Names: []org.Name{{Name: in.Name}}}, nil
}
