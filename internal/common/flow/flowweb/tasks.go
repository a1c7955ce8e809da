package flowweb

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

const tasksPath = "/oppgaver"

type tasksView struct {
	web.Page
	Head  ui.Head
	Tabs  ui.Tabs // one for each kind that the reader has tasks of
	Balls ui.Table
	Pager *ui.Pager
}

// tasks lists all balls that the reader holds, or those of one kind.
func (p *pages) tasks(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t, in := p.door.Printer(r), form.Read(r.URL.Query())
	kind, after := in.Choice("kind", p.names()...), in.Text("after")
	if err := in.Err(); err != nil {
		return err
	}
	ask := flow.Asked{After: after, Limit: ui.PageSize}
	if kind != "" {
		ask.Kinds = []string{kind}
	}
	var list held
	err := p.DB.Read(r.Context(), func(tx *db.Tx) error {
		var err error
		list, err = p.held(r.Context(), tx, actor, ask)
		return err
	})
	if err != nil {
		return err
	}
	total := list.total()
	view := tasksView{Page: p.door.Frame(r, actor, t.T("task.title")), Head: ui.Head{Title: t.T("task.title"), Lead: t.T("task.lead", "n", total)},
		Tabs: p.tabs(t, list.counts, kind), Balls: p.balls(t, list.Items)}
	switch {
	case total == 0:
		view.Head.Lead, view.Tabs = t.T("front.mine.none"), ui.Tabs{}
	case list.counts[kind] == 0 && kind != "":
		view.Balls.Empty = ui.Empty{Title: t.T("task.empty.title"), Text: t.T("task.empty.text"), Actions: []ui.Action{{Label: t.T("task.empty.all"), Href: tasksPath, Variant: ui.Secondary}}}
	}
	if after != "" || list.Next != "" {
		of := total
		if kind != "" {
			of = list.counts[kind]
		}
		view.Pager = pager(t, kind, after, list.Next, len(list.Items), of)
	}
	return p.door.Views.Render(w, http.StatusOK, "flow/tasks", view)
}

// names are the kinds, as they stand in addresses.
func (p *pages) names() []string {
	out := make([]string, len(p.Kinds))
	for i, k := range p.Kinds {
		out[i] = k.Definition.Kind
	}
	return out
}

// tabs lead to the tasks of one kind. The one that is read is there also when its
// last task has just been done.
func (p *pages) tabs(t i18n.Printer, counts map[string]int, current string) ui.Tabs {
	all := 0
	out := ui.Tabs{Label: t.T("task.tabs"), Items: []ui.Tab{{Label: t.T("task.all"), Href: tasksPath, Current: current == ""}}}
	for _, k := range p.Kinds {
		name := k.Definition.Kind
		all += counts[name]
		if counts[name] > 0 || name == current {
			out.Items = append(out.Items, ui.Tab{Label: t.T(k.Label), Href: address(name, ""), Count: t.Number(counts[name]), Current: name == current})
		}
	}
	out.Items[0].Count = t.Number(all)
	return out
}

func pager(t i18n.Printer, kind, after, next string, shown, of int) *ui.Pager {
	out := &ui.Pager{Label: t.T("task.pages"), Summary: t.T("task.pages.summary", "shown", shown, "n", of)}
	if after != "" {
		out.First = &ui.Link{Label: t.T("task.pages.first"), Href: address(kind, "")}
	}
	if next != "" {
		out.Next = &ui.Link{Label: t.T("task.pages.next"), Href: address(kind, next)}
	}
	return out
}

func address(kind, after string) string {
	q := url.Values{}
	if kind != "" {
		q.Set("kind", kind)
	}
	if after != "" {
		q.Set("after", after)
	}
	if len(q) == 0 {
		return tasksPath
	}
	return tasksPath + "?" + q.Encode()
}

// held is a part of somebody's tasks, and how many there are of each kind in all.
type held struct {
	db.Paged[flow.Item]
	counts map[string]int
}

func (h held) total() (n int) {
	for _, c := range h.counts {
		n += c
	}
	return n
}

// held reads the actor's tasks, without those of his organisations that he may not know
// of: what the others there keep, such as a case of its secretariat.
func (p *pages) held(ctx context.Context, tx *db.Tx, actor access.Actor, ask flow.Asked) (held, error) {
	var out held
	var err error
	if ask.Hidden, err = p.hidden(ctx, tx, actor); err != nil {
		return out, err
	}
	if out.Paged, err = flow.Held(ctx, tx, actor, ask); err != nil {
		return out, err
	}
	if out.counts, err = flow.CountHeld(ctx, tx, actor, ask.Hidden); err != nil {
		return out, err
	}
	out.Items, err = seen(ctx, tx, p, actor, out.Items, func(i flow.Item) flow.Subject { return i.Subject })
	return out, err
}

// hidden are the things that an organisation of the actor's has the ball of and that he
// may not know of.
func (p *pages) hidden(ctx context.Context, tx *db.Tx, actor access.Actor) ([]flow.Subject, error) {
	var kinds []string
	for _, k := range p.Kinds {
		if k.Sees != nil {
			kinds = append(kinds, k.Definition.Kind)
		}
	}
	all, err := flow.HeldByOrgs(ctx, tx, actor, kinds)
	if err != nil {
		return nil, err
	}
	var out []flow.Subject
	for some := range slices.Chunk(all, db.MaxLimit) {
		known, err := seen(ctx, tx, p, actor, slices.Clone(some), func(x flow.Subject) flow.Subject { return x })
		if err != nil {
			return nil, err
		}
		for _, x := range some {
			if !slices.Contains(known, x) {
				out = append(out, x)
			}
		}
	}
	return out, nil
}

// seen leaves out the things that the actor may not know of any more: a provider
// that handed a need back, say, when it was closed since; or that others in the
// organisation keep, such as a case of its secretariat.
func seen[T any](ctx context.Context, tx *db.Tx, p *pages, actor access.Actor, list []T, of func(T) flow.Subject) ([]T, error) {
	ids := map[string][]string{}
	for _, x := range list {
		ids[of(x).Kind] = append(ids[of(x).Kind], of(x).ID)
	}
	for kind, some := range ids {
		sees := p.kinds[kind].Sees
		if sees == nil {
			continue
		}
		known, err := sees(ctx, tx, actor, some)
		if err != nil {
			return nil, err
		}
		list = slices.DeleteFunc(list, func(x T) bool { return of(x).Kind == kind && !known[of(x).ID] })
	}
	return list, nil
}

func (p *pages) label(kind string, s flow.State) i18n.Key {
	def, _ := p.kinds[kind].Definition.State(s)
	return def.Label
}

// title is what a thing is called in a list of things of every kind.
func (p *pages) title(t i18n.Printer, kind, label string) string {
	if around := p.kinds[kind].Title; around != "" {
		return t.T(around, "label", label)
	}
	return label
}

// balls is the list of things to do: earliest deadline first.
func (p *pages) balls(t i18n.Printer, items []flow.Item) ui.Table {
	table := ui.Table{Caption: t.T("front.balls"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("front.balls.what")}, {Label: t.T("front.balls.kind")}, {Label: t.T("front.balls.state")}, {Label: t.T("front.balls.due")}},
		Empty:   ui.Empty{Title: t.T("front.balls.empty.title"), Text: t.T("front.balls.empty.text")}}
	today := p.Clock.Today()
	for _, i := range items {
		kind := p.kinds[i.Subject.Kind]
		due := ui.Cell{Text: t.Date(i.Ball.Due)}
		switch {
		case i.Ball.Due.IsZero():
			due.Text = t.T("front.balls.nodue")
		case i.Overdue(today):
			due.Tags = []ui.Tag{{Text: t.T("front.balls.late"), Color: ui.Danger}}
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{
			{Text: p.title(t, i.Subject.Kind, i.Label), Href: kind.Path + i.Subject.ID},
			{Text: t.T(kind.Label)},
			{Tags: []ui.Tag{{Text: t.T(p.label(i.Subject.Kind, i.State)), Color: ui.Info}}},
			due,
		}})
	}
	return table
}
