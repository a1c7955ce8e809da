package questionweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/question/compareview"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
)

const (
	becomesField = "til" // what an import becomes: the id of a form, or
	becomesNew   = "nytt"
)

// becoming is what an import becomes: a new form, or a version of one that is there.
type becoming struct {
	form forms.Form // the zero Form for a new one
	code string     // for a new one
	all  []forms.Entry
}

func (b becoming) isNew() bool { return b.form.ID == "" }

// canVersion reports whether a version can be begun. An open draft is never
// replaced: somebody may have worked on it.
func (b becoming) canVersion() bool {
	_, open := b.form.Draft()
	return !b.isNew() && !open
}

// becoming reads what was chosen. Where nothing was, it is the form that has the
// workbook's own short name, if a version of that can be begun.
func (p *pages) becoming(r *http.Request, actor access.Actor, in forms.Import, chosen string) (becoming, error) {
	all, err := p.Forms.List(r.Context(), actor)
	if err != nil {
		return becoming{}, err
	}
	out := becoming{code: in.Code, all: all}
	for _, e := range all {
		if chosen == "" && e.Code == in.Code && !e.HasDraft {
			chosen = string(e.ID)
		}
	}
	if chosen == "" || chosen == becomesNew {
		return out, nil
	}
	f, err := forms.ParseID(chosen)
	if err != nil {
		return out, fault.Missing()
	}
	out.form, err = p.Forms.Get(r.Context(), actor, f)
	return out, err
}

// choice is where one chooses what the import becomes. Forms with an open draft
// are not to be chosen, and named below.
func (b becoming) choice(t i18n.Printer) form.Field {
	out := form.Field{Name: becomesField, Kind: form.Select, Label: t.T("question.becomes.field"), Options: []form.Option{{Value: becomesNew, Label: t.T("question.new"), Selected: b.isNew()}}}
	var open []string
	for _, e := range b.all {
		switch title := named(t, e.Title); {
		case e.HasDraft:
			open = append(open, t.T("question.becomes.quoted", "title", title))
		default:
			out.Options = append(out.Options, form.Option{Value: string(e.ID), Label: t.T("question.becomes.version", "title", title, "code", e.Code), Selected: e.ID == b.form.ID})
		}
	}
	if len(open) > 0 {
		out.Hint = t.T("question.becomes.open", "n", len(open), "forms", t.Join(open))
	}
	return out
}

// becomes puts in what the import becomes: the field for a new form's short name,
// or how the version differs from the newest.
func (p *pages) becomes(r *http.Request, actor access.Actor, view *importedView, in forms.Import, b becoming) error {
	t := view.Printer
	view.Into = b.choice(t)
	view.Show.Items = []ui.Action{{Label: t.T("question.becomes.show"), Submit: true, Variant: ui.Secondary}}
	if b.isNew() {
		view.Code = codeField(t, b.code)
		view.Actions.Items = []ui.Action{{Label: t.T("question.imported.yes"), Submit: true}}
		return nil
	}
	view.Form, view.Version = b.form.ID, b.form.Version
	title, newest := named(t, b.form.Title), b.form.Versions[0]
	if !b.canVersion() {
		view.Notices = []ui.Notice{{Color: ui.Warning, Title: t.T("question.becomes.has_draft", "title", title), Text: t.T("question.becomes.has_draft.text"),
			Links: []ui.Link{{Label: t.T("question.becomes.has_draft.see"), Href: path(b.form.ID)}}}}
		return nil
	}
	now, compared := in.VersionOf(b.form)
	if compared.IsSame() {
		view.Notices = []ui.Notice{{Text: t.T("question.becomes.same", "nr", newest.Nr)}}
		return nil
	}
	uses, err := p.Forms.Uses(r.Context(), actor, b.form.ID)
	if err != nil {
		return err
	}
	answers := 0
	for _, u := range uses {
		answers += u.Answers
	}
	view.Title = t.T("question.becomes.compared", "nr", newest.Nr, "title", title)
	view.Notices = []ui.Notice{{Paragraphs: []string{t.T("question.becomes.answers", "n", answers), t.T("question.becomes.names"), t.T("question.becomes.kept")}}}
	view.Counted, view.Changes = compareview.Facts(t, compared), compareview.Table(t, newest.Definition, now, compared)
	view.Actions.Items = []ui.Action{{Label: t.T("question.becomes.yes", "nr", newest.Nr+1), Context: title, Submit: true}}
	return nil
}
