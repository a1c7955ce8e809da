package questionweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type listView struct {
	web.Page
	Head  ui.Head
	Table ui.Table
}

func (p *pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	all, err := p.Forms.List(r.Context(), actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	actions := []ui.Action{{Label: t.T("question.new"), Href: "/skjema/nytt"}, {Label: t.T("question.import"), Href: "/skjema-import", Variant: ui.Secondary}}
	view := listView{Page: p.door.Frame(r, actor, t.T("question.title")), Head: ui.Head{Title: t.T("question.title"), Lead: t.T("question.lead")},
		Table: ui.Table{Caption: t.T("question.title"), CaptionHidden: true,
			Columns: []ui.Column{{Label: t.T("question.col.form")}, {Label: t.T("question.col.state")}, {Label: t.T("question.col.published")}, {Label: t.T("question.col.changed")}},
			Empty:   ui.Empty{Title: t.T("question.empty"), Text: t.T("question.empty.text"), Actions: actions}}}
	if len(all) > 0 {
		view.Head.Actions = actions
	}
	for _, e := range all {
		published := t.T("question.published.none")
		if e.Published > 0 {
			published = t.T("question.version", "nr", e.Published)
		}
		view.Table.Rows = append(view.Table.Rows, ui.Row{Cells: []ui.Cell{
			{Text: named(t, e.Title), Href: path(e.ID), Sub: e.Code}, {Tags: stateTags(t, e.Retired, e.HasDraft, e.Published > 0)}, {Text: published}, {Text: t.Moment(e.UpdatedAt)}}})
	}
	return p.door.Views.Render(w, http.StatusOK, "question/list", view)
}

// stateTags say where a form stands.
func stateTags(t i18n.Printer, retired, draft, published bool) []ui.Tag {
	var out []ui.Tag
	if retired {
		return []ui.Tag{{Text: t.T("question.state.out"), Color: ui.Neutral}}
	}
	if published {
		out = append(out, ui.Tag{Text: t.T("question.state.in_use"), Color: ui.Success})
	}
	if draft {
		out = append(out, ui.Tag{Text: t.T("question.state.draft"), Color: ui.Info})
	}
	return out
}

func versionTag(t i18n.Printer, s forms.VersionState) ui.Tag {
	color := map[forms.VersionState]ui.Color{forms.Draft: ui.Info, forms.Published: ui.Success}[s]
	return ui.Tag{Text: t.T(i18n.Key("question.version." + string(s))), Color: color}
}
