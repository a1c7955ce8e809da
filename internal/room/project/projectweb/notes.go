package projectweb

import (
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/wording"
)

// notes is what happened along the way: what anchors the project, money that was moved, who was
// asked, plans that it is in, and who takes it on.
func (p *Pages) notes(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	list, err := p.Projects.Notes(r.Context(), actor, d.ID)
	if err != nil {
		return err
	}
	may := project.CanChange(actor, d)
	page := leaf.Page{Head: ui.Head{Kicker: wording.In(t, d.Title), Title: t.T("project.log"), Lead: t.T("project.log.lead")}, Crumbs: below(t, d)}
	anchors := func(n project.Note) bool { return n.Kind.Anchors() }
	page.Main = append(page.Main, p.noted(t, d, "forankring", "project.log.anchors", may, project.Meeting, list, anchors))
	for _, x := range []struct {
		id    string
		title i18n.Key
		kind  project.NoteKind
	}{{"omdisponering", "project.log.shifts", project.Shift}, {"fou", "project.log.asked", project.Asked}, {"planer", "project.log.plans", project.Plan}, {"videre", "project.log.next", project.Onward}} {
		its := func(n project.Note) bool { return n.Kind == x.kind }
		if may || slices.ContainsFunc(list, its) {
			page.Main = append(page.Main, p.noted(t, d, x.id, x.title, may, x.kind, list, its))
		}
	}
	return leaf.Show(p.door, w, r, actor, page)
}

// noted is a part of the log, with the way to write more of the kind.
func (p *Pages) noted(t i18n.Printer, d project.Detail, id string, title i18n.Key, may bool, more project.NoteKind, list []project.Note, its func(project.Note) bool) leaf.Section {
	s := leaf.Section{ID: id, Title: t.T(title)}
	if may {
		s.Actions = []ui.Action{{Label: t.T("project.log.add"), Context: t.T(title), Href: path(d.ID) + "/logg/ny/" + string(more), Variant: ui.Secondary}}
	}
	for _, n := range list {
		if its(n) {
			s.Cards = append(s.Cards, p.noteCard(t, d, n, may))
		}
	}
	if len(s.Cards) == 0 {
		s.Empty = &ui.Empty{Title: t.T("project.log.none"), Text: t.T("project.log.none.text")}
	}
	return s
}

func (p *Pages) noteCard(t i18n.Printer, d project.Detail, n project.Note, may bool) ui.Card {
	c := ui.Card{Kicker: t.T(n.Kind.Label()), Title: n.Words}
	if n.Kind == project.Shift {
		c.Title = t.T("project.shift", "from", n.FromPost, "to", n.ToPost)
		c.Facts = append(c.Facts, ui.Fact{Label: t.T("project.field.why"), Text: n.Words})
	}
	if n.Kind == project.Asked {
		c.Title = n.Who
		c.Facts = append(c.Facts, ui.Fact{Label: t.T("project.field.about"), Text: n.Words})
	} else if n.Who != "" {
		c.Facts = append(c.Facts, ui.Fact{Label: t.T("project.field.payer"), Text: n.Who})
	}
	add := func(label i18n.Key, s string) {
		if s != "" {
			c.Facts = append(c.Facts, ui.Fact{Label: t.T(label), Text: s})
		}
	}
	if n.Outcome != "" {
		add("project.field.outcome", t.T(project.OutcomeLabel(n.Kind, n.Outcome)))
	}
	if n.Amount != nil {
		add("project.field.amount", t.Money(*n.Amount))
	}
	when := n.DayWords
	if !n.Day.IsZero() {
		when = t.Date(n.Day)
	}
	add("project.field.when", when)
	add("project.field.came", wording.Came(t, n))
	add("project.field.ref", n.Ref)
	if may {
		c.Actions = []ui.Action{{Label: t.T("project.change"), Context: c.Title, Href: path(d.ID) + "/logg/" + string(n.ID), Variant: ui.Tertiary}}
	}
	return c
}

// noteForm writes a note of the kind in the address, or the one that it names.
func (p *Pages) noteForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.writing(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	n := project.Note{Kind: project.NoteKind(r.PathValue("kind"))}
	if r.PathValue("note") != "" {
		list, err := p.Projects.Notes(r.Context(), actor, d.ID)
		if err != nil {
			return leaf.Asked{}, err
		}
		i := slices.IndexFunc(list, func(x project.Note) bool { return string(x.ID) == r.PathValue("note") })
		if i < 0 {
			return leaf.Asked{}, fault.Missing()
		}
		n = list[i]
	}
	if !slices.Contains(project.NoteKinds(), n.Kind) {
		return leaf.Asked{}, fault.Missing()
	}
	asked := p.asked(t, d, "project.note.form", "", nil)
	asked.Back, asked.Version = path(d.ID)+"/logg", n.Version
	asked.Theirs = []ui.Fact{{Label: t.T("project.field.words"), Text: n.Words}}
	asked.Fields = noteFields(t, n)
	asked.Read = func(in *form.Input) func() (string, error) {
		next := readNote(in, n)
		next.Version = leaf.Version(in)
		away := n.ID != "" && in.Bool("away")
		return func() (string, error) {
			if away {
				return path(d.ID) + "/logg?ok=project.said.saved", p.Projects.DropNote(r.Context(), actor, d.ID, n.ID, next.Version)
			}
			return path(d.ID) + "/logg?ok=project.said.saved", p.Projects.SaveNote(r.Context(), actor, d.ID, next)
		}
	}
	return asked, nil
}

// noteFields ask for what a note of the kind says.
func noteFields(t i18n.Printer, n project.Note) []form.Field {
	var out []form.Field
	line := func(name string, label i18n.Key, value string, required bool) {
		out = append(out, form.Field{Name: name, Kind: form.Text, Label: t.T(label), Value: value, MaxRunes: project.MaxTitle, Required: required})
	}
	if n.Kind.Anchors() {
		out = append(out, form.Field{Name: "kind", Kind: form.Radio, Label: t.T("project.field.kind"), Options: leaf.Options(t, "", anchoring(), project.NoteKind.Label, n.Kind), Required: true})
	}
	if n.Kind == project.Shift {
		line("from_post", "project.field.from_post", n.FromPost, true)
		line("to_post", "project.field.to_post", n.ToPost, true)
		amount := ""
		if n.Amount != nil {
			amount = n.Amount.Plain()
		}
		out = append(out, form.Field{Name: "amount", Kind: form.Money, Label: t.T("project.field.amount"), Hint: t.T("project.hint.amount"), Value: amount})
	} else {
		line("who", "project.field.payer", n.Who, n.Kind == project.Asked)
	}
	label := i18n.Key("project.field.words")
	switch n.Kind {
	case project.Shift:
		label = "project.field.why"
	case project.Asked:
		label = "project.field.about"
	}
	out = append(out, form.Field{Name: "words", Kind: form.Long, Rows: 4, Label: t.T(label), Hint: t.T("project.hint.words"), Value: n.Words, MaxRunes: project.MaxWords, Required: true})
	if answers := n.Kind.Outcomes(); len(answers) > 0 {
		out = append(out, form.Field{Name: "outcome", Kind: form.Radio, Label: t.T("project.field.outcome"), Required: true,
			Options: leaf.Options(t, "", answers, func(o string) i18n.Key { return project.OutcomeLabel(n.Kind, o) }, n.Outcome)})
	}
	if n.Kind.Anchors() {
		out = append(out, count(t, "invited", "project.field.invited", n.Invited), count(t, "attended", "project.field.attended", n.Attended))
	}
	out = append(out, form.Field{Name: "day", Kind: form.Date, Label: t.T("project.field.day"), Value: n.Day.String()})
	line("day_words", "project.field.day_words", n.DayWords, false)
	line("ref", "project.field.ref", n.Ref, false)
	if n.ID != "" {
		out = append(out, taken(t, 0)...)
	}
	return out
}

func count(t i18n.Printer, name string, label i18n.Key, n *int) form.Field {
	f := form.Field{Name: name, Kind: form.Number, Label: t.T(label), Min: "0"}
	if n != nil {
		f.Value = strconv.Itoa(*n)
	}
	return f
}

// anchoring are the kinds of notes that belong to the log of how the project is anchored.
func anchoring() []project.NoteKind {
	return slices.DeleteFunc(project.NoteKinds(), func(k project.NoteKind) bool { return !k.Anchors() })
}

func readNote(in *form.Input, n project.Note) project.Note {
	out := project.Note{ID: n.ID, Kind: n.Kind, Words: in.Text("words"), Who: in.Text("who"), FromPost: in.Text("from_post"), ToPost: in.Text("to_post"), Day: in.Date("day"), DayWords: in.Text("day_words"), Ref: in.Text("ref")}
	if n.Kind.Anchors() {
		out.Kind = project.NoteKind(in.Choice("kind", text.Strings(anchoring())...))
	}
	if answers := n.Kind.Outcomes(); len(answers) > 0 {
		out.Outcome = in.Choice("outcome", answers...)
	}
	if in.Text("amount") != "" {
		amount := in.Money("amount")
		out.Amount = &amount
	}
	for name, to := range map[string]**int{"invited": &out.Invited, "attended": &out.Attended} {
		if in.Text(name) != "" {
			counted := in.Int(name)
			*to = &counted
		}
	}
	return out
}

// alike lists sub-projects that may be the same thing. Nothing is merged.
func (p *Pages) alike(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	s := leaf.Section{ID: "like", Title: t.T("project.alike"), Table: &ui.Table{Caption: t.T("project.alike"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("project.title.one")}, {Label: t.T("project.title.one")}}}}
	for _, x := range project.Alike(d.Children) {
		cell := func(y project.Project) ui.Cell {
			return ui.Cell{Text: y.Code + " " + wording.In(t, y.Title), Href: path(y.ID), Sub: p.Words.Where(t, y)}
		}
		s.Table.Rows = append(s.Table.Rows, ui.Row{Cells: []ui.Cell{cell(x.A), cell(x.B)}})
	}
	if len(s.Table.Rows) == 0 {
		s.Table, s.Empty = nil, &ui.Empty{Title: t.T("project.alike.none"), Text: t.T("project.alike.lead")}
	}
	return leaf.Show(p.door, w, r, actor, leaf.Page{Head: ui.Head{Kicker: wording.In(t, d.Title), Title: t.T("project.alike"), Lead: t.T("project.alike.lead")}, Crumbs: below(t, d), Main: []leaf.Section{s}})
}
