package caseweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
)

type listView struct {
	web.Page
	Head   ui.Head
	Filter ui.Filter
	Table  ui.Table
}

// stage is some states that readers think of as one.
type stage string

func stages() []stage { return []stage{"working", "agenda", "treated", "following", "done"} }

func (s stage) label() i18n.Key { return i18n.Key("case.stage." + string(s)) }

func (s stage) states() []flow.State {
	switch s {
	case "working":
		return []flow.State{casework.Created, casework.Drafting, casework.Recommended}
	case "agenda":
		return []flow.State{casework.OnAgenda}
	case "treated":
		return []flow.State{casework.WasPut, casework.WasSent, casework.WasAdopted, casework.WasRejected, casework.WasNoted}
	case "following":
		return []flow.State{casework.Local, casework.Ratified, casework.InEffect}
	case "done":
		return []flow.State{casework.Archived, casework.Withdrawn}
	}
	return nil
}

// stateTag is the state of a case in colour and words.
func stateTag(t i18n.Printer, s flow.State) ui.Tag {
	color := ui.Neutral
	switch s {
	case casework.Recommended, casework.OnAgenda, casework.Local:
		color = ui.Info
	case casework.WasAdopted, casework.Ratified, casework.InEffect:
		color = ui.Success
	case casework.WasPut, casework.WasSent:
		color = ui.Warning
	case casework.WasRejected:
		color = ui.Danger
	}
	return ui.Tag{Text: t.T(casework.StateLabel(s)), Color: color}
}

func (p *pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	in := form.Read(r.URL.Query())
	bodies, err := p.Bodies.List(r.Context(), meeting.Filter{})
	if err != nil {
		return err
	}
	writes, err := p.Cases.Writes(r.Context(), actor)
	if err != nil {
		return err
	}
	chosen := stage(in.Choice("stage", strs(stages())...))
	f := casework.Filter{Text: in.Search("q"), Body: meeting.BodyID(in.Choice("body", bodyIDs(bodies)...)), States: chosen.states(),
		Kind: casework.Kind(in.Choice("kind", strs(casework.Kinds())...)), Mine: in.Bool("mine")}
	cases, err := p.Cases.List(r.Context(), actor, f)
	if err != nil {
		return err
	}
	view := listView{Page: p.door.Frame(r, actor, t.T("case.list.title")), Head: ui.Head{Title: t.T("case.list.title"), Lead: t.T("case.list.lead")},
		Table: p.table(t, cases)}
	view.Crumbs = []ui.Link{{Label: t.T("body.title"), Href: "/forum-og-rad"}}
	view.Head.Actions = []ui.Action{{Label: t.T("case.meetings"), Href: "/moter", Variant: ui.Secondary}}
	if len(writes) > 0 {
		view.Head.Actions = []ui.Action{view.Head.Actions[0], {Label: t.T("case.new"), Href: "/saker/ny", Variant: ui.Primary}}
	}
	view.Filter = ui.Filter{Action: "/saker", Title: t.T("case.filter"), Submit: t.T("case.filter.do"), Hits: t.T("case.hits", "n", len(cases)),
		Search: form.Field{Name: "q", Kind: form.Text, Label: t.T("case.filter.text"), Value: f.Text},
		Fields: []form.Field{
			{Name: "body", Kind: form.Select, Label: t.T("case.field.body"), Options: bodyOptions(t, "case.filter.any_body", bodies, f.Body)},
			{Name: "stage", Kind: form.Select, Label: t.T("case.field.state"), Options: options(t, "case.filter.any_state", stages(), stage.label, chosen)},
			{Name: "kind", Kind: form.Select, Label: t.T("case.field.kind"), Options: options(t, "case.filter.any_kind", casework.Kinds(), casework.Kind.Label, f.Kind)}}}
	if len(writes) > 0 {
		view.Filter.Fields = append(view.Filter.Fields, form.Field{Name: "mine", Kind: form.Checks, Label: t.T("case.filter.mine"),
			Options: []form.Option{{Value: "1", Label: t.T("case.filter.mine.yes"), Selected: f.Mine}}})
	}
	if isNarrowed(r.URL.Query()) {
		view.Filter.Clear = &ui.Link{Label: t.T("case.filter.clear"), Href: "/saker"}
	}
	status := http.StatusOK
	if err := in.Err(); err != nil {
		status = http.StatusUnprocessableEntity
		view.Refused(form.Refill(&view.Filter, r.URL.Query(), err, t))
		view.Filter.Open = true
	}
	return p.door.Views.Render(w, status, "case/list", view)
}

func isNarrowed(q url.Values) bool {
	return slices.ContainsFunc([]string{"q", "body", "stage", "kind", "mine"}, func(name string) bool { return q.Get(name) != "" })
}

func (p *pages) table(t i18n.Printer, cases []casework.Item) ui.Table {
	out := ui.Table{Caption: t.T("case.list.title"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("case.field.title")}, {Label: t.T("case.field.body")}, {Label: t.T("case.field.last")}, {Label: t.T("case.field.state")}},
		Empty:   ui.Empty{Title: t.T("case.empty.title"), Text: t.T("case.empty.text"), Actions: []ui.Action{{Label: t.T("case.empty.all"), Href: "/saker", Variant: ui.Secondary}}}}
	for _, c := range cases {
		title := ui.Cell{Text: c.Title, Href: path(c.ID), Sub: c.Number.String() + " · " + t.T(c.Kind.Label())}
		if c.Closed {
			title.Tags = []ui.Tag{{Text: t.T("case.closed"), Color: ui.Warning}}
		}
		last := ui.Cell{}
		if c.Last != nil {
			last = ui.Cell{Text: c.Last.Number, Sub: t.Date(c.Last.Day)}
			if last.Text == "" {
				last.Text, last.Sub = t.Date(c.Last.Day), ""
			}
		}
		out.Rows = append(out.Rows, ui.Row{ID: "s-" + string(c.ID), Cells: []ui.Cell{title, {Text: c.BodyName}, last, {Tags: []ui.Tag{stateTag(t, c.State)}}}})
	}
	return out
}

func bodyIDs(list []meeting.Body) []string {
	var out []string
	for _, b := range list {
		out = append(out, string(b.ID))
	}
	return out
}

func bodyOptions(t i18n.Printer, none i18n.Key, list []meeting.Body, chosen meeting.BodyID) []form.Option {
	var out []form.Option
	if none != "" {
		out = append(out, form.Option{Value: "", Label: t.T(none), Selected: chosen == ""})
	}
	for _, b := range list {
		out = append(out, form.Option{Value: string(b.ID), Label: b.Name, Selected: b.ID == chosen})
	}
	return out
}

func itoa(n int) string { return strconv.Itoa(n) }
