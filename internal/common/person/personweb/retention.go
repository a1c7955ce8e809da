package personweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type retentionView struct {
	web.Page
	Head  ui.Head
	Last  ui.Notice
	Table ui.Table
}

// retention shows each rule, and what it would delete if the night were now.
func (p *pages) retention(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	would, err := p.Persons.WouldRetain(r.Context(), actor)
	if err != nil {
		return err
	}
	at, report, err := p.LastRun(r.Context())
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	view := retentionView{
		Page: p.door.Frame(r, actor, t.T("person.retention.title")),
		Head: ui.Head{Title: t.T("person.retention.title"), Lead: t.T("person.retention.lead")},
		Last: ui.Notice{Text: t.T("person.retention.never")},
		Table: ui.Table{Caption: t.T("person.retention.title"), CaptionHidden: true,
			Columns: []ui.Column{{Label: t.T("person.col.what")}, {Label: t.T("person.col.kept")}, {Label: t.T("person.col.would"), Number: true}}},
	}
	view.Crumbs = []ui.Link{{Label: t.T("account.admin.title"), Href: "/administrasjon"}}
	if !at.IsZero() {
		view.Last.Text = t.T("person.retention.last", "at", t.Moment(at))
		if report != "" {
			view.Last.Text = t.T("person.retention.last.took", "at", t.Moment(at), "what", report)
		}
	}
	for _, x := range would {
		k, _ := p.Persons.Register.Kind(x.Kind)
		view.Table.Rows = append(view.Table.Rows, ui.Row{ID: x.Kind, Cells: []ui.Cell{{Text: t.T(k.What())}, {Text: t.T(k.Kept(), "days", k.Days)}, {Text: t.Number(int(x.N))}}})
	}
	return p.door.Views.Render(w, http.StatusOK, "person/retention", view)
}
