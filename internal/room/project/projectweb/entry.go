package projectweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/entry"
	"kompetansetorg/internal/room/project/wording"
)

// told is what a project says of itself when it is done; nothing where it has said nothing.
func told(t i18n.Printer, e entry.Entry) *leaf.Section {
	if e.Version == 0 {
		return nil
	}
	s := &leaf.Section{ID: "kort", Title: t.T("entry.title"), Facts: &ui.Facts{Wide: true}}
	add := func(label i18n.Key, lines ...string) {
		var said []string
		for _, l := range lines {
			if l != "" {
				said = append(said, l)
			}
		}
		if len(said) > 0 {
			s.Facts.Items = append(s.Facts.Items, ui.Fact{Label: t.T(label), Lines: said})
		}
	}
	add("entry.field.short", e.Short)
	add("entry.field.attainment", named(t, e.Attainment, e.Attainment.Label()), e.AttainmentText)
	add("entry.field.follow", named(t, e.Follow, e.Follow.Label()), e.FollowText)
	add("entry.field.contact", e.Contact)
	if !e.IsComplete() {
		s.Text = t.T("entry.half")
	}
	return s
}

// named is the label of a choice that is made.
func named[T ~string](t i18n.Printer, choice T, label i18n.Key) string {
	if choice == "" {
		return ""
	}
	return t.T(label)
}

// writing is the project of the path, for one who writes its entry.
func (p *Pages) writing(r *http.Request, actor access.Actor) (project.Detail, error) {
	d, err := p.find(r, actor)
	if err == nil && !project.CanChange(actor, d) {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return d, err
}

func below(t i18n.Printer, d project.Detail) []ui.Link {
	return []ui.Link{{Label: t.T("project.title"), Href: "/prosjekter"}, {Label: wording.In(t, d.Title), Href: path(d.ID)}}
}

// entryForm is the short final report of a project.
func (p *Pages) entryForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.writing(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	e, err := p.Entries.Of(r.Context(), actor, d)
	if err != nil {
		return leaf.Asked{}, err
	}
	long := func(name string, label, hint i18n.Key, value string, words int) form.Field {
		return form.Field{Name: name, Kind: form.Long, Rows: 5, Label: t.T(label), Hint: t.T(hint, "max", words), Value: value, MaxWords: words}
	}
	asked := leaf.Asked{Title: t.T("entry.write"), Kicker: wording.In(t, d.Title), Lead: t.T("entry.lead"), Back: path(d.ID), Submit: t.T("entry.save"), Version: e.Version, Crumbs: below(t, d),
		Fields: []form.Field{long("short", "entry.field.short", "entry.hint.short", e.Short, entry.MaxShort),
			{Name: "attainment", Kind: form.Radio, Label: t.T("entry.field.attainment"), Options: leaf.Options(t, "", entry.Attainments(), entry.Attainment.Label, e.Attainment)},
			long("attainment_text", "entry.field.attainment_text", "entry.hint.words", e.AttainmentText, entry.MaxAttainment),
			{Name: "follow", Kind: form.Radio, Label: t.T("entry.field.follow"), Options: leaf.Options(t, "", entry.Follows(), entry.Follow.Label, e.Follow)},
			long("follow_text", "entry.field.follow_text", "entry.hint.words", e.FollowText, entry.MaxFollow),
			{Name: "contact", Kind: form.Text, Label: t.T("entry.field.contact"), Hint: t.T("entry.hint.contact"), Value: e.Contact, MaxRunes: entry.MaxContact},
			{Name: "contact_ok", Kind: form.Checks, Label: t.T("entry.field.contact_ok"), Options: []form.Option{{Value: "ja", Label: t.T("entry.contact_ok"), Selected: e.ContactOK}}}},
		Theirs: []ui.Fact{{Label: t.T("entry.field.short"), Text: e.Short}, {Label: t.T("entry.field.attainment_text"), Text: e.AttainmentText}, {Label: t.T("entry.field.follow_text"), Text: e.FollowText}}}
	asked.Read = func(in *form.Input) func() (string, error) {
		c := entry.Content{Short: in.Text("short"), Attainment: entry.Attainment(in.Choice("attainment", text.Strings(entry.Attainments())...)), AttainmentText: in.Text("attainment_text"),
			Follow: entry.Follow(in.Choice("follow", text.Strings(entry.Follows())...)), FollowText: in.Text("follow_text"), Contact: in.Text("contact"), ContactOK: in.Bool("contact_ok")}
		version := leaf.Version(in)
		return func() (string, error) {
			return path(d.ID) + "?ok=entry.said.saved", p.Entries.Save(r.Context(), actor, d.ID, version, c)
		}
	}
	return asked, nil
}

// dueForm sets the last day for the entries of a parent's sub-projects.
func (p *Pages) dueForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.writing(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	c, err := p.Entries.Compendium(r.Context(), actor, d.ID)
	if err != nil {
		return leaf.Asked{}, err
	}
	asked := leaf.Asked{Title: t.T("entry.due"), Kicker: wording.In(t, d.Title), Lead: t.T("entry.due.lead"), Back: path(d.ID) + "/kompendium/oversikt", Submit: t.T("entry.save"), Version: c.Version, Crumbs: below(t, d),
		Fields: []form.Field{{Name: "due", Kind: form.Date, Label: t.T("entry.field.due"), Value: c.Due.String(), Required: true}}, Theirs: []ui.Fact{{Label: t.T("entry.field.due"), Text: t.Date(c.Due)}}}
	asked.Read = func(in *form.Input) func() (string, error) {
		due, version := in.Date("due"), leaf.Version(in)
		return func() (string, error) {
			return path(d.ID) + "/kompendium/oversikt?ok=entry.said.due", p.Entries.SetDue(r.Context(), actor, d.ID, version, due)
		}
	}
	return asked, nil
}

// overview is who has written, who has not, and how long there is.
func (p *Pages) overview(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	c, err := p.Entries.Compendium(r.Context(), actor, d.ID)
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Kicker: wording.In(t, d.Title), Title: t.T("entry.overview"), Lead: t.T("entry.overview.lead", "done", c.All-len(c.Missing), "all", c.All),
		Actions: []ui.Action{{Label: t.T("entry.compendium"), Href: path(d.ID) + "/kompendium", Variant: ui.Primary}}}, Crumbs: below(t, d)}
	may := project.CanChange(actor, d)
	if may {
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("entry.due"), Href: path(d.ID) + "/kompendium/frist", Variant: ui.Secondary})
	}
	if !c.Due.IsZero() {
		page.Main = append(page.Main, leaf.Section{ID: "frist", Title: t.T("entry.field.due"), Text: left(t, c.Due, p.Clock.Today(), len(c.Missing))})
	}
	missing := leaf.Section{ID: "mangler", Title: t.T("entry.missing"), Table: &ui.Table{Caption: t.T("entry.missing"), CaptionHidden: true, Compact: true, Columns: []ui.Column{{Label: t.T("project.title.one")}, {Label: t.T("project.field.group")}}}}
	for _, x := range c.Missing {
		cell := ui.Cell{Text: wording.In(t, x.Title), Href: path(x.ID)}
		if may {
			cell.Actions = []ui.Action{{Label: t.T("entry.write"), Context: wording.In(t, x.Title), Href: path(x.ID) + "/kort", Variant: ui.Tertiary}}
		}
		missing.Table.Rows = append(missing.Table.Rows, ui.Row{Cells: []ui.Cell{cell, {Text: wording.GroupName(t, &d.Project, x.Group)}}})
	}
	if len(c.Missing) == 0 {
		missing.Table, missing.Empty = nil, &ui.Empty{Title: t.T("entry.missing.none"), Text: t.T("entry.missing.none.text")}
	}
	page.Main = append(page.Main, missing)
	return leaf.Show(p.door, w, r, actor, page)
}

// left tells how long there is until the day, or how long it is over.
func left(t i18n.Printer, due, today clock.Date, missing int) string {
	switch days := due.Sub(today); {
	case missing == 0:
		return t.T("entry.due.done", "date", t.Date(due))
	case days < 0:
		return t.T("entry.due.over", "date", t.Date(due), "missing", missing)
	default:
		return t.T("entry.due.left", "date", t.Date(due), "n", days)
	}
}
