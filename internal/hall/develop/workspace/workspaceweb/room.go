package workspaceweb

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/hall/develop/workspace"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
)

// onPage is how many notes a page of the workspace shows.
const onPage = 25

// room is the workspace: what is to be done, what has been said, files, and who shares it.
func (p *Pages) room(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	of, err := id(r)
	if err != nil {
		return err
	}
	after := r.URL.Query().Get("after")
	room, err := p.Workspace.Room(r.Context(), actor, of, after, onPage)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	page := leaf.Page{Head: ui.Head{Kicker: room.Development.Title, Title: t.T("workspace.title"), Lead: t.T("workspace.lead"),
		Actions: []ui.Action{{Label: t.T("workspace.task.new"), Href: path(of, "/oppgaver/ny"), Variant: ui.Primary},
			{Label: t.T("workspace.note.new"), Href: path(of, "/notat"), Variant: ui.Secondary},
			{Label: t.T("workspace.money"), Href: path(of, moneyPath), Variant: ui.Tertiary}}}, Crumbs: crumbs(t, room.Development)}
	page.Main = []leaf.Section{p.tasks(t, room)}
	if len(room.Past) > 0 {
		page.Main = append(page.Main, past(t, room))
	}
	page.Main = append(page.Main, notes(t, room))
	var who []string
	for _, m := range room.Members {
		who = append(who, m.Name)
	}
	page.Side = []leaf.Section{{ID: "hvem", Title: t.T("workspace.who"), Text: t.T("workspace.who.text"), Facts: &ui.Facts{Items: []ui.Fact{
		{Label: t.T("workspace.who.orgs"), Lines: who}, {Label: t.T("workspace.who.offices"), Text: t.T("workspace.who.offices.text")}}}}}
	if page.Files, err = attachview.Section(r.Context(), p.Attach, t, actor, object.Ref{Kind: workspace.RoomKind, ID: string(of)}); err != nil {
		return err
	}
	return leaf.Show(p.door, w, r, actor, page)
}

// called is what an organisation is called, also when the reader may not know which it is.
func called(t i18n.Printer, name string) string {
	if name == "" {
		return t.T("workspace.unnamed")
	}
	return name
}

// tasks are those that are open, with what the reader can do with each.
func (p *Pages) tasks(t i18n.Printer, room workspace.Room) leaf.Section {
	out := leaf.Section{ID: "oppgaver", Title: t.T("workspace.tasks")}
	if len(room.Open) == 0 {
		out.Empty = &ui.Empty{Title: t.T("workspace.tasks.none"), Text: t.T("workspace.tasks.none.text")}
		return out
	}
	for _, x := range room.Open {
		c := ui.Card{ID: "oppgave-" + string(x.ID), Title: x.What, Facts: []ui.Fact{{Label: t.T("workspace.task.who"), Text: called(t, x.OrgName)},
			{Label: t.T("workspace.task.due"), Text: t.Day(x.Due, p.Clock.Today())}}}
		if x.IsLate(p.Clock.Today()) {
			c.Tags = []ui.Tag{{Text: t.T("workspace.task.late"), Color: ui.Danger}}
		}
		for _, m := range x.Moves() {
			a := ui.Action{Label: t.T(m.Label), Context: x.What, Href: path(x.Development, "/oppgaver/"+string(x.ID)+"/flytt/"+string(m.To)), Variant: ui.Tertiary}
			if !m.NoteRequired {
				a.Variant = ui.Secondary
			}
			c.Actions = append(c.Actions, a)
		}
		out.Cards = append(out.Cards, c)
	}
	return out
}

func stateLabel(s flow.State) i18n.Key {
	def, _ := workspace.Flow().State(s)
	return def.Label
}

// past are tasks that are done or dropped, the last one first.
func past(t i18n.Printer, room workspace.Room) leaf.Section {
	out := leaf.Section{ID: "ferdig", Title: t.T("workspace.tasks.past"), Table: &ui.Table{Caption: t.T("workspace.tasks.past"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("workspace.task.what")}, {Label: t.T("workspace.task.who")}, {Label: t.T("workspace.task.ended")}}}}
	for _, x := range room.Past {
		out.Table.Rows = append(out.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: x.What, Sub: x.Why, Tags: []ui.Tag{{Text: t.T(stateLabel(x.State))}}}, {Text: called(t, x.OrgName)}, {Text: t.Moment(x.Since)}}})
	}
	return out
}

// notes are what has been said, the newest first.
func notes(t i18n.Printer, room workspace.Room) leaf.Section {
	out := leaf.Section{ID: "notater", Title: t.T("workspace.notes")}
	if len(room.Notes.Items) == 0 {
		out.Empty = &ui.Empty{Title: t.T("workspace.notes.none"), Text: t.T("workspace.notes.none.text")}
		return out
	}
	out.Timeline = &ui.Timeline{Label: t.T("workspace.notes")}
	for _, n := range room.Notes.Items {
		out.Timeline.Items = append(out.Timeline.Items, ui.Event{When: t.Moment(n.At), ISO: n.At.String(), Who: called(t, n.OrgName), Note: n.Words})
	}
	if room.Notes.Next != "" {
		out.Actions = []ui.Action{{Label: t.T("workspace.notes.more"), Href: path(room.Development.ID, roomPath) + "?" + url.Values{"after": {room.Notes.Next}}.Encode(), Variant: ui.Secondary}}
	}
	return out
}

// shared is the workspace that the address names, for a form in it.
func (p *Pages) shared(r *http.Request, actor access.Actor) (workspace.Room, error) {
	of, err := id(r)
	if err != nil {
		return workspace.Room{}, err
	}
	return p.Workspace.Room(r.Context(), actor, of, "", 1)
}

// noteForm writes a note.
func (p *Pages) noteForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	room, err := p.shared(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	d, t := room.Development, p.door.Printer(r)
	return leaf.Asked{Title: t.T("workspace.note.new"), Kicker: d.Title, Lead: t.T("workspace.note.lead"), Back: path(d.ID, roomPath), Submit: t.T("workspace.note.save"), Crumbs: inRoom(t, d),
		Fields: []form.Field{{Name: "words", Kind: form.Long, Rows: 8, Label: t.T("workspace.note.words"), Hint: t.T("workspace.note.hint"), MaxRunes: workspace.MaxNote, Required: true}},
		Read: func(in *form.Input) func() (string, error) {
			words := in.Text("words")
			return func() (string, error) {
				return path(d.ID, roomPath+"?ok=workspace.said.note"), p.Workspace.Say(r.Context(), actor, d.ID, words)
			}
		}}, nil
}

// choices are the organisations of the circle.
func choices(list []workspace.Member, none string, chosen access.OrgID) []form.Option {
	out := []form.Option{{Label: none, Selected: chosen == ""}}
	for _, m := range list {
		out = append(out, form.Option{Value: string(m.Org), Label: m.Name, Selected: m.Org == chosen})
	}
	return out
}

// taskForm gives one of the circle something to do.
func (p *Pages) taskForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	room, err := p.shared(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	d, t := room.Development, p.door.Printer(r)
	return leaf.Asked{Title: t.T("workspace.task.new"), Kicker: d.Title, Lead: t.T("workspace.task.lead"), Back: path(d.ID, roomPath), Submit: t.T("workspace.task.save"), Crumbs: inRoom(t, d),
		Fields: []form.Field{{Name: "what", Kind: form.Text, Label: t.T("workspace.task.what"), Hint: t.T("workspace.task.hint"), MaxRunes: workspace.MaxWhat, Autocomplete: "off", Required: true},
			{Name: "org", Kind: form.Select, Label: t.T("workspace.task.org"), Options: choices(room.Members, t.T("workspace.choose"), ""), Required: true},
			{Name: "due", Kind: form.Date, Label: t.T("workspace.task.due"), Hint: t.T("workspace.task.due.hint"), OptionalMark: t.T("workspace.optional")}},
		Read: func(in *form.Input) func() (string, error) {
			x := workspace.Doing{What: in.Text("what"), Org: org(in, "org"), Due: in.Date("due")}
			return func() (string, error) {
				_, err := p.Workspace.AddTask(r.Context(), actor, d.ID, x)
				return path(d.ID, roomPath+"?ok=workspace.said.task"), err
			}
		}}, nil
}

// org reads an organisation that is chosen; one that is none is refused.
func org(in *form.Input, name string) access.OrgID {
	typed := in.Text(name)
	if typed == "" {
		return ""
	}
	out, err := access.ParseOrgID(typed)
	if err != nil {
		in.Refuse(name, "form.error.choice")
	}
	return out
}

// moveForm says that a task is done, or drops it.
func (p *Pages) moveForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	of, err := id(r)
	if err != nil {
		return leaf.Asked{}, err
	}
	task, err := workspace.ParseTaskID(r.PathValue("task"))
	if err != nil {
		return leaf.Asked{}, fault.Missing()
	}
	x, err := p.Workspace.Task(r.Context(), actor, task)
	if err == nil && x.Development != of {
		err = fault.Missing()
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	to := flow.State(r.PathValue("to"))
	at := slices.IndexFunc(x.Moves(), func(m flow.MoveDef) bool { return m.To == to })
	switch {
	case at >= 0:
	case !slices.Contains(workspace.States(), to):
		return leaf.Asked{}, fault.Missing()
	case x.State != workspace.Open || to == workspace.Open:
		return leaf.Asked{}, fault.New(fault.Conflict, "flow.error.no_such_move")
	default:
		return leaf.Asked{}, fault.New(fault.Denied, "fault.denied")
	}
	room, err := p.Workspace.Room(r.Context(), actor, of, "", 1)
	if err != nil {
		return leaf.Asked{}, err
	}
	m, t := x.Moves()[at], p.door.Printer(r)
	note := form.Field{Name: "note", Kind: form.Long, Rows: 3, Label: t.T("workspace.task.why"), MaxRunes: workspace.MaxWhy, Required: m.NoteRequired}
	if !m.NoteRequired {
		note.Label, note.OptionalMark = t.T("workspace.task.word"), t.T("workspace.optional")
	}
	return leaf.Asked{Title: t.T(m.Label), Kicker: x.What, Lead: t.T("workspace.task.moving"), Back: path(of, roomPath), Submit: t.T(m.Label), Crumbs: inRoom(t, room.Development),
		Fields: []form.Field{note, {Name: "from", Kind: form.Hidden, Value: string(x.State)}},
		Read: func(in *form.Input) func() (string, error) {
			mv := workspace.Moving{To: to, From: flow.State(in.Text("from")), Note: strings.TrimSpace(in.Text("note"))}
			return func() (string, error) {
				return path(of, roomPath+"?ok=workspace.said.moved"), p.Workspace.Move(r.Context(), actor, task, mv)
			}
		}}, nil
}
