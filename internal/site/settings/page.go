package settings

import (
	"net/http"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Deps is what the page shows.
type Deps struct {
	Values []Value
	// Missing are the settings that the page about privacy needs and that are not set.
	Missing []string
	// Demo hides where things lie: anybody is administrator there.
	Demo    bool
	Version string
}

type pages struct {
	Deps
	door *gate.Door
}

type settingsView struct {
	web.Page
	Head ui.Head
	How  string
	// Missing tells what the page about privacy lacks.
	Missing *ui.Notice
	Table   ui.Table
}

// Register adds the page. Only administrators of the system may open it.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("settings", Files, "settings", settingsView{})
	d.Pages(gate.Route{Method: "GET", Path: "/administrasjon/oppsett", Rule: gate.Roles(access.RoleSysadmin), Handle: p.show})
}

func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	view := settingsView{
		Page: p.door.Frame(r, actor, t.T("settings.title")),
		Head: ui.Head{Title: t.T("settings.title"), Lead: t.T("settings.lead", "version", p.Version)},
		How:  t.T("settings.how"),
		Table: ui.Table{Caption: t.T("settings.title"), CaptionHidden: true, Columns: []ui.Column{
			{Label: t.T("settings.name")}, {Label: t.T("settings.explained")}, {Label: t.T("settings.now")}, {Label: t.T("settings.from")}}},
	}
	view.Crumbs = []ui.Link{{Label: t.T("account.admin.title"), Href: "/administrasjon"}}
	if len(p.Missing) > 0 {
		view.Missing = &ui.Notice{Color: ui.Warning, Title: t.T("settings.missing.title"), Text: t.T("settings.missing.text", "names", "--"+strings.Join(p.Missing, ", --")),
			Links: []ui.Link{{Label: t.T("settings.missing.link"), Href: "/personvern"}}}
	}
	for _, v := range p.Values {
		view.Table.Rows = append(view.Table.Rows, ui.Row{Cells: []ui.Cell{
			{Text: "--" + v.Name, Sub: v.Env()}, {Text: t.T(v.Does()), Sub: t.T("settings.canbe", "what", t.T(v.Takes()))},
			{Text: p.now(t, v)}, {Text: t.T(i18n.Key("settings.source." + string(v.From)))},
		}})
	}
	return p.door.Views.Render(w, http.StatusOK, "settings/settings", view)
}

// now is the value in the reader's words.
func (p *pages) now(t i18n.Printer, v Value) string {
	text, hidden := v.Shown(p.Demo)
	switch {
	case hidden:
		return t.T("settings.hidden")
	case text == "":
		return t.T("settings.unset")
	}
	return text
}
