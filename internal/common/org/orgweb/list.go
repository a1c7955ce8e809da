package orgweb

import (
	"net/http"
	"net/url"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type listView struct {
	web.Page
	Head   ui.Head
	Filter ui.Filter
	Table  ui.Table
	Pager  *ui.Pager
}

// principalOrgs are the organisations for which the actor may act for others.
func principalOrgs(actor access.Actor) []org.ID { return actor.Orgs(org.ActsFor()...) }

func (p *pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	f, err := p.readFilter(r.URL.Query(), actor)
	var found db.Paged[org.Entry]
	total := 0
	if err == nil {
		found, total, err = p.Orgs.List(r.Context(), f)
	}
	if err != nil && !fault.Is(err, fault.Invalid) {
		return err
	}
	view := listView{
		Page:   p.door.Frame(r, actor, t.T("org.title")),
		Head:   ui.Head{Title: t.T("org.title"), Lead: t.T("org.lead")},
		Filter: p.filter(t, f, actor, r.URL.Query()),
		Table:  p.table(t, found.Items),
	}
	if org.CanRegister(actor) == nil {
		view.Head.Actions = []ui.Action{{Label: t.T("org.new"), Href: "/virksomheter/ny", Variant: ui.Secondary}}
		view.Table.Empty.Actions = append(view.Table.Empty.Actions, ui.Action{Label: t.T("org.new"), Href: "/virksomheter/ny", Variant: ui.Secondary})
	}
	status := http.StatusOK
	if err != nil {
		view.Refused(form.Refill(&view.Filter, r.URL.Query(), err, t))
		view.Filter.Open, view.Table.Empty = true, ui.Empty{}
		status = http.StatusUnprocessableEntity
	} else {
		view.Filter.Hits = t.T("org.hits", "n", total)
		view.Pager = pager(t, r.URL.Query(), len(found.Items), total, found.Next)
	}
	return p.door.Views.Render(w, status, "org/list", view)
}

func (p *pages) readFilter(q url.Values, actor access.Actor) (org.Filter, error) {
	in := form.Read(q)
	f := org.Filter{Text: in.Search("q"), After: q.Get("after"), Limit: ui.PageSize}
	if k := in.Choice("kind", kinds()...); k != "" {
		f.Kinds = []org.Kind{org.Kind(k)}
	}
	f.PrincipalOf = org.ID(in.Choice("principal_of", ids(principalOrgs(actor))...))
	var fs fault.Fields
	n, err := p.Places.ParseTyped(in.Text("municipality"), p.Clock.Today())
	if err := fs.AddErr(err); err != nil {
		return f, err
	}
	f.Municipality = string(n)
	if err := fs.AddErr(in.Err()); err != nil {
		return f, err
	}
	return f, fs.Err()
}

// orgName is what an organisation of the actor's is called today.
func orgName(actor access.Actor, o org.ID) string {
	for _, a := range actor.Roles {
		if a.Org == o {
			return a.OrgName
		}
	}
	return ""
}

func ids(orgs []org.ID) []string {
	var out []string
	for _, o := range orgs {
		out = append(out, string(o))
	}
	return out
}

func kinds() []string {
	var out []string
	for _, k := range org.Kinds() {
		out = append(out, string(k))
	}
	return out
}

func kindOptions(t i18n.Printer, first i18n.Key, chosen org.Kind) []form.Option {
	out := []form.Option{{Value: "", Label: t.T(first), Selected: chosen == ""}}
	for _, k := range org.Kinds() {
		out = append(out, form.Option{Value: string(k), Label: t.T(k.Label()), Selected: k == chosen})
	}
	return out
}

func (p *pages) filter(t i18n.Printer, f org.Filter, actor access.Actor, q url.Values) ui.Filter {
	var kind org.Kind
	if len(f.Kinds) > 0 {
		kind = f.Kinds[0]
	}
	out := ui.Filter{
		Action: "/virksomheter", Title: t.T("org.filter"), Submit: t.T("org.filter.do"), Chosen: t.T("org.filter.chosen"),
		Search: form.Field{Name: "q", Kind: form.Text, Label: t.T("org.filter.text"), Value: f.Text},
		Fields: []form.Field{
			{Name: "kind", Kind: form.Select, Label: t.T("org.field.kind"), Options: kindOptions(t, "org.filter.any_kind", kind)},
			{Name: "municipality", Kind: form.Suggest, Label: t.T("org.field.municipality"), Hint: t.T("org.hint.municipality"),
				Value: p.Places.Written(place.Number(f.Municipality)), Datalist: p.Places.Options(p.Clock.Today())},
		},
	}
	if mine := principalOrgs(actor); len(mine) > 0 {
		field := form.Field{Name: "principal_of", Kind: form.Select, Label: t.T("org.filter.principal_of"),
			Options: []form.Option{{Value: "", Label: t.T("org.filter.anybody"), Selected: f.PrincipalOf == ""}}}
		for _, o := range mine {
			field.Options = append(field.Options, form.Option{Value: string(o), Label: orgName(actor, o), Selected: f.PrincipalOf == o})
		}
		out.Fields = append(out.Fields, field)
	}
	chip := func(name, label string) {
		if label != "" {
			out.Chips = append(out.Chips, ui.Chip{Label: label, Remove: t.T("org.filter.remove"), Href: address(q, name, "")})
		}
	}
	chip("q", f.Text)
	if kind != "" {
		chip("kind", t.T(kind.Label()))
	}
	if f.Municipality != "" {
		chip("municipality", p.where(t, f.Municipality))
	}
	if f.PrincipalOf != "" {
		chip("principal_of", t.T("org.filter.principals"))
	}
	if len(out.Chips) > 0 {
		out.Clear = &ui.Link{Label: t.T("org.filter.clear"), Href: "/virksomheter"}
	}
	return out
}

// address is the list with one parameter set, or taken away; the place in the
// list is forgotten unless that is what is set.
func address(q url.Values, name, value string) string {
	out := url.Values{}
	for _, keep := range []string{"q", "kind", "municipality", "principal_of"} {
		if v := q.Get(keep); v != "" && keep != name {
			out.Set(keep, v)
		}
	}
	if value != "" {
		out.Set(name, value)
	}
	if len(out) == 0 {
		return "/virksomheter"
	}
	return "/virksomheter?" + out.Encode()
}

func (p *pages) table(t i18n.Printer, entries []org.Entry) ui.Table {
	table := ui.Table{
		Caption: t.T("org.title"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("org.field.name")}, {Label: t.T("org.field.kind")}, {Label: t.T("org.field.municipality")}},
		Empty: ui.Empty{Title: t.T("org.empty.title"), Text: t.T("org.empty.text"),
			Actions: []ui.Action{{Label: t.T("org.empty.all"), Href: "/virksomheter", Variant: ui.Tertiary}}},
	}
	numbered := slices.ContainsFunc(entries, func(e org.Entry) bool { return e.OrgNo != "" })
	if numbered {
		table.Columns = append(table.Columns, ui.Column{Label: t.T("org.field.orgno"), Number: true})
	}
	for _, e := range entries {
		row := ui.Row{Cells: []ui.Cell{{Text: e.Name, Href: href(e.ID), Sub: e.Short}, {Text: t.T(e.Kind.Label())}, {Text: p.where(t, e.Municipality)}}}
		if e.State.IsClosed() {
			row.Cells[0].Tags = []ui.Tag{{Text: t.T(org.StateLabel(e.State)), Color: ui.Warning}}
		}
		if numbered {
			row.Cells = append(row.Cells, ui.Cell{Text: text.FormatOrgNumber(e.OrgNo)})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// pager is nil when everything is on the page.
func pager(t i18n.Printer, q url.Values, shown, total int, next string) *ui.Pager {
	after := q.Get("after")
	if after == "" && next == "" {
		return nil
	}
	out := &ui.Pager{Label: t.T("org.pages"), Summary: t.T("org.pages.shown", "shown", shown, "total", total)}
	if after != "" {
		out.First = &ui.Link{Label: t.T("org.pages.first"), Href: address(q, "after", "")}
	}
	if next != "" {
		out.Next = &ui.Link{Label: t.T("org.pages.next"), Href: address(q, "after", next)}
	}
	return out
}
