package about

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
)

// api tells programmers where to begin. The list of open addresses is the route
// table's, so it is always right.
func (p *pages) api(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	sections := []section{
		{ID: "document", Title: t.T("about.api.document"), Paragraphs: []string{t.T("about.api.document.text")},
			Links: links(ui.Link{Label: t.T("about.api.document.link"), Href: "/api/openapi.json"}, ui.Link{Label: t.T("about.api.oparl"), Href: "/oparl/v1"})},
		{ID: "open", Title: t.T("about.api.open"), Paragraphs: []string{t.T("about.api.open.text")}, Table: p.openTable(t)},
		{ID: "examples", Title: t.T("about.api.examples"), Paragraphs: []string{t.T("about.api.examples.text")}, Copies: p.examples(t)},
		{ID: "lists", Title: t.T("about.api.lists"), List: []string{
			t.T("about.api.lists.pages"), t.T("about.api.lists.dates"), t.T("about.api.lists.money"), t.T("about.api.lists.errors"), t.T("about.api.lists.twice")}},
		{ID: "limits", Title: t.T("about.api.limits"), Paragraphs: []string{p.limits(t), t.T("about.api.limits.small")}},
		{ID: "token", Title: t.T("about.api.token"), Paragraphs: []string{t.T("about.api.token.text")}},
	}
	if p.Demo {
		last := &sections[len(sections)-1]
		last.Paragraphs = append(last.Paragraphs, t.T("about.api.token.demo"))
		last.Copies = []ui.Copy{
			p.example(t, "token-get", t.T("about.api.token.get"), `curl -X POST -H 'Content-Type: application/json' -d '{"role":"adviser"}' `+p.PublicURL+`/api/v1/demo/token`),
			p.example(t, "token-use", t.T("about.api.token.use"), `curl -H 'Authorization: Bearer TOKEN' `+p.PublicURL+`/api/v1/needs`),
		}
	}
	return p.show(w, r, actor, t.T("about.api.title"), t.T("about.api.lead"), sections...)
}

func (p *pages) openTable(t i18n.Printer) ui.Table {
	table := ui.Table{Caption: t.T("about.api.open"), CaptionHidden: true, Compact: true,
		Columns: []ui.Column{{Label: t.T("about.api.address")}, {Label: t.T("about.api.method")}}}
	var lines [][2]string
	for _, route := range p.door.Routes() {
		if route.Rule.IsPublic() && strings.HasPrefix(route.Path, "/api/v1/") {
			lines = append(lines, [2]string{route.Path, route.Method})
		}
	}
	slices.SortFunc(lines, func(a, b [2]string) int { return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1])) })
	for _, l := range lines {
		cell := ui.Cell{Text: l[0]}
		if l[1] == http.MethodGet && !strings.Contains(l[0], "{") {
			cell.Href = l[0]
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{cell, {Text: l[1]}}})
	}
	return table
}

func (p *pages) example(t i18n.Printer, id, label, command string) ui.Copy {
	return ui.Copy{ID: id, Label: label, Value: command, Button: t.T("about.api.copy")}
}

func (p *pages) examples(t i18n.Printer) []ui.Copy {
	return []ui.Copy{
		p.example(t, "example-places", t.T("about.api.example.places"), "curl '"+p.PublicURL+"/api/v1/municipalities?county=16&date=2013-05-30'"),
		p.example(t, "example-orgs", t.T("about.api.example.orgs"), "curl '"+p.PublicURL+"/api/v1/organisations?q=fagskole&limit=10'"),
		p.example(t, "example-match", t.T("about.api.example.match"),
			`curl -X POST -H 'Content-Type: application/json' -d '{"text":"Vi mangler kokk","municipality":"5021"}' `+p.PublicURL+`/api/v1/match`),
	}
}

func (p *pages) limits(t i18n.Printer) string {
	if p.Rate <= 0 {
		return t.T("about.api.limits.none")
	}
	return t.T("about.api.limits.text", "rate", strconv.FormatFloat(p.Rate, 'f', -1, 64), "burst", p.Burst)
}
