package centreweb

import (
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/centre"
)

func wishTag(t i18n.Printer, w centre.Wish) ui.Tag {
	tag := ui.Tag{Text: t.T(centre.WishLabel(w.State)), Color: ui.Info}
	switch w.State {
	case centre.Enough, centre.Reported:
		tag.Color = ui.Success
	case centre.Closed:
		tag.Color = ui.Warning
	}
	return tag
}

// wish is a course that people wish for, and its waiting list.
func (p *Pages) wish(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	d, err := p.findWish(r, actor)
	if err != nil {
		return err
	}
	page := leaf.Page{Secret: d.Runs || d.Own != nil, Head: ui.Head{Kicker: t.T("centre.wish.number", "number", d.Number), Title: d.Title, Lead: d.Of.Name, Tags: []ui.Tag{wishTag(t, d.Wish)}, Actions: p.wishActions(t, actor, d)}, Crumbs: in(t, d.Of)}
	if d.Own != nil {
		n := ui.Notice{Text: t.T("centre.wait.yours"), Color: ui.Success}
		if d.Own.Org != "" {
			n.Text = t.T("centre.wait.theirs", "org", d.Own.OrgName, "n", d.Own.Seats)
		}
		page.Notices = []ui.Notice{n}
	}
	page.Main = []leaf.Section{{ID: "om", Title: t.T("centre.wish.about"), Paragraphs: text.Paragraphs(d.Words), Facts: &ui.Facts{Items: []ui.Fact{
		{Label: t.T("centre.field.level"), Text: t.T(p.LevelLabel(d.Level))}, {Label: t.T("centre.field.least"), Text: t.T("centre.people", "n", d.Least)}}}}}
	if d.Runs {
		page.Main = append(page.Main, waitingList(t, d))
	}
	if d.Need != "" {
		page.Main = append(page.Main, leaf.Section{ID: "behov", Title: t.T("centre.wish.need"), Text: t.T("centre.wish.need.text"), Actions: []ui.Action{{Label: t.T("centre.wish.need.see"), Href: "/behov/" + string(d.Need), Variant: ui.Secondary}}})
	}
	if ball := p.ball(t, d.Ball, d.Of.Name, d.Runs, i18n.Key("centre.wish.expect."+string(d.State))); ball != nil {
		page.Side = append(page.Side, leaf.Section{ID: "ballen", Title: t.T("centre.next"), Ball: ball})
	}
	if len(d.Steps) > 0 {
		page.Side = append(page.Side, leaf.Section{ID: "historikk", Title: t.T("centre.history"), Timeline: history(t, d.Steps, centre.WishLabel)})
	}
	return leaf.Show(p.door, w, r, actor, page)
}

func (p *Pages) wishActions(t i18n.Printer, actor access.Actor, d centre.WishDetail) []ui.Action {
	var out []ui.Action
	if d.Runs && d.IsOpen() {
		a := ui.Action{Label: t.T("centre.wish.report"), Href: wishPath(d.ID, "/meld"), Variant: ui.Secondary}
		if d.State == centre.Enough {
			a.Variant = ui.Primary
		}
		out = append(out, a)
	}
	for _, m := range d.Moves() {
		a := ui.Action{Label: t.T(m.Label), Href: wishPath(d.ID, "/flytt/"+string(m.To)), Variant: ui.Secondary}
		switch m.To {
		case centre.Reported:
			continue
		case centre.Gathers:
			a.Variant = ui.Primary
		}
		out = append(out, a)
	}
	if d.Runs && !d.IsOver() {
		out = append(out, ui.Action{Label: t.T("centre.wish.edit"), Href: wishPath(d.ID, "/rediger"), Variant: ui.Tertiary})
	}
	switch {
	case d.Own != nil:
		if d.IsOpen() {
			out = append(out, ui.Action{Label: t.T("centre.wait.change"), Href: wishPath(d.ID, "/venteliste"), Variant: ui.Secondary})
		}
		out = append(out, ui.Action{Label: t.T("centre.wait.stop"), Href: wishPath(d.ID, "/ut"), Post: true, Variant: ui.Tertiary})
	case d.IsOpen():
		a := signedIn(t, actor, ui.Action{Label: t.T("centre.wait.join"), Href: wishPath(d.ID, "/venteliste"), Variant: ui.Primary})
		if d.Runs {
			a.Variant = ui.Tertiary
		}
		out = append(out, a)
	}
	if d.Need != "" {
		out = append(out, ui.Action{Label: t.T("centre.wish.thread"), Context: d.Number, Variant: ui.Tertiary, Href: object.Ref{Kind: centre.WishKind, ID: string(d.ID)}.ThreadPath()})
	}
	return out
}

// waitingList is who waits, for the centre's people alone.
func waitingList(t i18n.Printer, d centre.WishDetail) leaf.Section {
	s := leaf.Section{ID: "venteliste", Title: t.T("centre.wait.list", "n", d.Seats, "least", d.Least), Text: t.T("centre.wait.list.text")}
	if len(d.All) == 0 {
		s.Empty = &ui.Empty{Title: t.T("centre.wait.none"), Text: t.T("centre.wait.none.text")}
		return s
	}
	s.Table = &ui.Table{Caption: t.T("centre.wait.caption"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("centre.wait.who")}, {Label: t.T("centre.field.whose")}, {Label: t.T("centre.wait.seats"), Number: true}, {Label: t.T("centre.wait.since")}}}
	for _, x := range d.All {
		whose := x.OrgName
		if whose == "" {
			whose = t.T("centre.herself")
		}
		s.Table.Rows = append(s.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: x.Name}, {Text: whose}, {Text: t.Number(x.Seats)}, {Text: t.Date(x.At.Date())}}})
	}
	return s
}

// wishForm notes a wish, or puts the one that the address names in better words.
func (p *Pages) wishForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	var old centre.Wish
	var of centre.Centre
	asked := leaf.Asked{Title: t.T("centre.wish.new"), Lead: t.T("centre.wish.new.lead"), Submit: t.T("centre.wish.submit")}
	if r.PathValue("wish") == "" {
		d, err := p.find(r, actor)
		if err != nil {
			return leaf.Asked{}, err
		}
		of, old = d.Centre, centre.Wish{Wishing: centre.Wishing{Least: 8}}
		asked.Back = path(of.ID, "")
		if of.Runs {
			asked.Lead = t.T("centre.wish.new.own")
		}
	} else {
		d, err := p.findWish(r, actor)
		if err == nil && (!d.Runs || d.IsOver()) {
			err = fault.New(fault.Denied, "fault.denied")
		}
		if err != nil {
			return leaf.Asked{}, err
		}
		of, old = d.Of, d.Wish
		asked.Title, asked.Lead, asked.Submit, asked.Back, asked.Version = t.T("centre.wish.edit"), "", t.T("centre.save"), wishPath(d.ID, ""), d.Version
		asked.Theirs = []ui.Fact{{Label: t.T("centre.field.course"), Text: old.Title}, {Label: t.T("centre.field.why"), Text: old.Words}, {Label: t.T("centre.field.least"), Text: t.Number(old.Least)}}
	}
	asked.Kicker, asked.Crumbs = of.Name, in(t, of)
	asked.Fields = []form.Field{
		{Name: "title", Kind: form.Text, Label: t.T("centre.field.course"), Hint: t.T("centre.hint.course"), Value: old.Title, MaxRunes: centre.MaxLine, Required: true},
		{Name: "words", Kind: form.Long, Rows: 5, Label: t.T("centre.field.why"), Hint: t.T("centre.hint.why"), Value: old.Words, MaxRunes: centre.MaxWords, Required: true},
		{Name: "level", Kind: form.Select, Label: t.T("centre.field.level"), Options: leaf.Options(t, "centre.choose", p.Levels, p.LevelLabel, old.Level), Required: true}}
	if of.Runs {
		asked.Fields = append(asked.Fields, form.Field{Name: "least", Kind: form.Number, Label: t.T("centre.field.least"), Hint: t.T("centre.hint.least"), Value: strconv.Itoa(old.Least), Min: "2", Max: strconv.Itoa(centre.MaxPeople), Required: true})
	}
	asked.Read = func(in *form.Input) func() (string, error) {
		next, version := centre.Wishing{Title: in.Text("title"), Words: in.Text("words"), Level: in.Choice("level", p.Levels...), Least: old.Least}, leaf.Version(in)
		if of.Runs {
			next.Least = in.Int("least")
		}
		return func() (string, error) {
			if old.ID != "" {
				return wishPath(old.ID, "?ok=centre.said.saved"), p.Centres.EditWish(r.Context(), actor, old.ID, version, next)
			}
			made, err := p.Centres.Propose(r.Context(), actor, of.ID, next)
			if of.Runs {
				return wishPath(made, "?ok=centre.said.wished"), err
			}
			return wishPath(made, "?ok=centre.said.proposed"), err
		}
	}
	return asked, nil
}

// waitForm puts the reader on the waiting list.
func (p *Pages) waitForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.findWish(r, actor)
	if err == nil && !d.IsOpen() {
		err = fault.New(fault.Conflict, "centre.error.over")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	whose, ids, err := p.whose(r, actor, t)
	if err != nil {
		return leaf.Asked{}, err
	}
	asked := leaf.Asked{Title: t.T("centre.wait.join"), Kicker: d.Title, Lead: t.T("centre.wait.lead"), Crumbs: in(t, d.Of, ui.Link{Label: d.Title, Href: wishPath(d.ID, "")}), Back: wishPath(d.ID, ""), Submit: t.T("centre.wait.submit")}
	if len(ids) > 0 {
		asked.Fields = []form.Field{whose, {Name: "seats", Kind: form.Number, Label: t.T("centre.wait.seats"), Hint: t.T("centre.hint.seats"), Value: "1", Min: "1", Max: strconv.Itoa(centre.MaxPeople), Required: true}}
	}
	asked.Read = func(in *form.Input) func() (string, error) {
		o, seats := access.OrgID(""), 1
		if len(ids) > 0 {
			o, seats = access.OrgID(in.Choice("org", ids...)), in.Int("seats")
		}
		return func() (string, error) {
			return wishPath(d.ID, "?ok=centre.said.waiting"), p.Centres.Wait(r.Context(), actor, d.ID, o, seats)
		}
	}
	return asked, nil
}

func (p *Pages) moveWishForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.findWish(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	to := flow.State(r.PathValue("to"))
	n := slices.IndexFunc(d.Moves(), func(m flow.MoveDef) bool { return m.To == to && to != centre.Reported })
	if n < 0 {
		return leaf.Asked{}, fault.New(fault.Conflict, "centre.error.not_now")
	}
	m := d.Moves()[n]
	asked := leaf.Asked{Title: t.T(m.Label), Kicker: d.Title, Lead: t.T(i18n.Key("centre.wish.lead." + string(to))), Crumbs: in(t, d.Of, ui.Link{Label: d.Title, Href: wishPath(d.ID, "")}), Back: wishPath(d.ID, ""), Submit: t.T(m.Label), Version: d.Version}
	if m.NoteRequired {
		asked.Fields = []form.Field{{Name: "note", Kind: form.Long, Rows: 4, Label: t.T("centre.field.note"), Hint: t.T("centre.hint.note"), MaxRunes: centre.MaxWords, Required: true}}
	}
	asked.Read = func(in *form.Input) func() (string, error) {
		version, note := leaf.Version(in), in.Text("note")
		return func() (string, error) {
			return wishPath(d.ID, "?ok=centre.said.moved"), p.Centres.MoveWish(r.Context(), actor, d.ID, version, to, note)
		}
	}
	return asked, nil
}

// reportForm makes a need of the wish.
func (p *Pages) reportForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.findWish(r, actor)
	switch {
	case err != nil:
		return leaf.Asked{}, err
	case !d.Runs:
		return leaf.Asked{}, fault.New(fault.Denied, "fault.denied")
	case !d.IsOpen():
		return leaf.Asked{}, fault.New(fault.Conflict, "centre.error.over")
	}
	asked := leaf.Asked{Title: t.T("centre.wish.report"), Kicker: d.Title, Lead: t.T("centre.wish.report.lead", "n", max(1, d.Seats), "place", p.where(d.Of.Municipality)), Crumbs: in(t, d.Of, ui.Link{Label: d.Title, Href: wishPath(d.ID, "")}), Back: wishPath(d.ID, ""), Submit: t.T("centre.wish.report"), Version: d.Version}
	asked.Read = func(in *form.Input) func() (string, error) {
		version := leaf.Version(in)
		return func() (string, error) {
			made, err := p.Centres.Report(r.Context(), actor, d.ID, version)
			return "/behov/" + string(made), err
		}
	}
	return asked, nil
}
