package councilweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/councilview"
	"kompetansetorg/internal/room/council/duty"
	"kompetansetorg/internal/room/meeting"
)

type dutiesView struct {
	web.Page
	Head  ui.Head
	Parts ui.Tabs
	Dues  []ui.Card
	None  ui.Empty
	Open  []ui.Card
	Clear string
	Told  ui.Table
	Terms []ui.Point
	Note  []ui.Action
}

func dueTag(t i18n.Printer, s duty.State) ui.Tag {
	color := map[duty.State]ui.Color{duty.Done: ui.Success, duty.Late: ui.Danger, duty.Soon: ui.Warning, duty.Later: ui.Neutral}[s]
	return ui.Tag{Text: t.T(s.Label()), Color: color}
}

// duties shows what the council has to do again and again, what the board must tell it
// of, and the terms that run out.
func (p *pages) duties(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	s, err := p.sheet(r, actor)
	if err != nil {
		return err
	}
	t, today := p.door.Printer(r), p.Clock.Today()
	b := s.Body
	view := dutiesView{Page: p.door.Frame(r, actor, t.T("council.duties.of", "name", b.Name)), Head: ui.Head{Kicker: b.Name, Title: t.T("council.duties"), Lead: t.T("council.duties.lead")},
		Parts: councilview.Parts(t, b.ID, "/plikter"), None: ui.Empty{Title: t.T("council.duties.none"), Text: t.T("council.duties.none.text")}, Told: toldTable(t, s.Matters)}
	view.Crumbs = councilview.Crumbs(t, b)
	for _, d := range s.Dues {
		view.Dues = append(view.Dues, dueCard(t, b.ID, d, today, s.Is.Keeps))
	}
	for _, m := range s.Open() {
		c := ui.Card{Kicker: t.T(m.Tag.Label()), Title: m.What, Text: t.T("council.inform.decided", "by", m.DecidedBy, "date", m.DecidedOn), Color: ui.Warning, Tags: []ui.Tag{{Text: t.T("council.inform.open"), Color: ui.Warning}}}
		if s.Is.Keeps {
			c.Actions = []ui.Action{{Label: t.T("council.inform.tell"), Context: m.What, Href: path(b.ID, "/plikter/"+string(m.ID)+"/meldt"), Variant: ui.Secondary}}
		}
		view.Open = append(view.Open, c)
	}
	if len(view.Open) == 0 {
		view.Clear = t.T("council.inform.clear")
	}
	if s.Is.Keeps && b.Terms.Has(string(duty.Inform)) {
		view.Note = []ui.Action{{Label: t.T("council.inform.note"), Href: path(b.ID, "/plikter/ny"), Variant: ui.Secondary}}
	}
	d, err := p.Bodies.Get(r.Context(), meeting.BodyID(b.ID))
	if err != nil {
		return err
	}
	for _, task := range meeting.Tasks() {
		if seat, term, ok := d.LeaderOn(task, today); ok {
			point := ui.Point{Kind: ui.Plain, Text: t.T("council.term", "task", t.T(task.Label()), "org", seat.OrgName, "date", term.To)}
			if !term.To.After(today.AddDays(meeting.Ahead)) {
				point.Kind = ui.No
			}
			view.Terms = append(view.Terms, point)
		}
	}
	return p.door.Views.Render(w, http.StatusOK, "council/duties", view)
}

func (p *pages) sheet(r *http.Request, actor access.Actor) (duty.Sheet, error) {
	id, err := councilview.Body(r)
	if err != nil {
		return duty.Sheet{}, err
	}
	return p.Duties.Sheet(r.Context(), actor, id)
}

func dueCard(t i18n.Printer, b council.BodyID, d duty.Due, today clock.Date, keeps bool) ui.Card {
	state := d.On(today)
	c := ui.Card{Title: t.T(d.Kind.Label(), "year", strconv.Itoa(d.Year), "from", strconv.Itoa(d.Year-4)), Text: t.T("council.due.by", "date", d.Day), Tags: []ui.Tag{dueTag(t, state)}}
	if d.Ours {
		c.Text += " " + t.T("council.due.ours")
	}
	if d.Done != "" {
		c.Text = t.T("council.due.done.by", "what", d.Done, "date", d.DoneOn)
		return c
	}
	if !keeps {
		return c
	}
	switch d.Kind {
	case duty.Fee:
		c.Actions = []ui.Action{{Label: t.T("council.fee.fix"), Href: path(b, "/kontingent/ny"), Variant: ui.Secondary}}
	case duty.Period:
		if state != duty.Later {
			c.Actions = []ui.Action{{Label: t.T("council.evaluated"), Href: path(b, "/evaluering/"+strconv.Itoa(d.Year)), Variant: ui.Secondary}}
		}
	}
	return c
}

func toldTable(t i18n.Printer, list []duty.Matter) ui.Table {
	out := ui.Table{Caption: t.T("council.inform.told"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("council.inform.what")}, {Label: t.T("council.inform.tag")}, {Label: t.T("council.inform.by")}, {Label: t.T("council.inform.where")}}}
	for _, m := range list {
		if !m.IsOpen() {
			out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: m.What}, {Text: t.T(m.Tag.Label())}, {Text: m.DecidedBy, Sub: t.Date(m.DecidedOn)}, {Text: m.Told, Sub: t.Date(m.ToldOn)}}})
		}
	}
	return out
}

// note is the form of something that the council must be told of.
func (p *pages) note(r *http.Request, actor access.Actor) (asked, error) {
	s, err := p.sheet(r, actor)
	if err == nil {
		err = councilview.Keeps(s.Is)
	}
	if err != nil {
		return asked{}, err
	}
	t := p.door.Printer(r)
	f := councilview.Fields{T: t}
	back := path(s.Body.ID, "/plikter")
	return asked{Title: t.T("council.inform.note"), Lead: t.T("council.inform.lead"), Back: back, Submit: t.T("council.save"), Crumbs: councilview.Crumbs(t, s.Body, ui.Link{Label: t.T("council.duties"), Href: back}),
		Fields: []form.Field{councilview.Radio(f, "tag", "council.inform.tag", duty.Tags(), duty.Tag.Label, ""), f.Text("what", "council.inform.what", "council.inform.what.hint", "", true),
			f.Text("decided_by", "council.inform.by", "council.inform.by.hint", "", true), f.Date("decided_on", "council.decided.on", "", "", true)},
		Save: func(in *form.Input, _ int64) (string, error) {
			m := duty.Matter{Body: s.Body.ID, Tag: duty.Tag(in.Choice("tag", councilview.Strs(duty.Tags())...)), What: in.Text("what"), DecidedBy: in.Text("decided_by"), DecidedOn: in.Date("decided_on")}
			if err := in.Err(); err != nil {
				return "", err
			}
			_, err := p.Duties.Note(r.Context(), actor, m)
			return back + "?ok=council.ok.duty_saved", err
		}}, nil
}

// tell is the form that closes a matter: where the council was told.
func (p *pages) tell(r *http.Request, actor access.Actor) (asked, error) {
	s, err := p.sheet(r, actor)
	if err == nil {
		err = councilview.Keeps(s.Is)
	}
	if err != nil {
		return asked{}, err
	}
	id, err := duty.ParseMatterID(r.PathValue("matter"))
	if err != nil {
		return asked{}, fault.Missing()
	}
	var m duty.Matter
	for _, x := range s.Matters {
		if x.ID == id {
			m = x
		}
	}
	if m.ID == "" {
		return asked{}, fault.Missing()
	}
	t := p.door.Printer(r)
	f := councilview.Fields{T: t}
	back := path(s.Body.ID, "/plikter")
	return asked{Title: t.T("council.inform.tell"), Lead: m.What, Back: back, Submit: t.T("council.save"), Version: m.Version, Crumbs: councilview.Crumbs(t, s.Body, ui.Link{Label: t.T("council.duties"), Href: back}),
		Fields: []form.Field{f.Text("told", "council.inform.where", "council.inform.where.hint", m.Told, true), f.Date("told_on", "council.inform.on", "", m.ToldOn.String(), true)},
		Theirs: []ui.Fact{{Label: t.T("council.inform.where"), Text: m.Told}},
		Save: func(in *form.Input, seen int64) (string, error) {
			told, on := in.Text("told"), in.Date("told_on")
			if err := in.Err(); err != nil {
				return "", err
			}
			return back + "?ok=council.ok.duty_saved", p.Duties.Tell(r.Context(), actor, m.ID, seen, told, on)
		}}, nil
}

// evaluated is the form of a period's evaluation.
func (p *pages) evaluated(r *http.Request, actor access.Actor) (asked, error) {
	s, err := p.sheet(r, actor)
	if err == nil {
		err = councilview.Keeps(s.Is)
	}
	if err != nil {
		return asked{}, err
	}
	year, err := strconv.Atoi(r.PathValue("year"))
	if err != nil {
		return asked{}, fault.Missing()
	}
	found := false
	for _, d := range s.Dues {
		found = found || d.Kind == duty.Period && d.Year == year
	}
	if !found {
		return asked{}, fault.Missing()
	}
	t := p.door.Printer(r)
	f := councilview.Fields{T: t}
	back := path(s.Body.ID, "/plikter")
	return asked{Title: t.T("council.evaluated"), Lead: t.T(duty.Period.Label(), "year", strconv.Itoa(year), "from", strconv.Itoa(year-4)), Back: back, Submit: t.T("council.save"),
		Crumbs: councilview.Crumbs(t, s.Body, ui.Link{Label: t.T("council.duties"), Href: back}),
		Fields: []form.Field{f.Text("done", "council.evaluated.where", "council.decided.by.hint", "", true), f.Date("done_on", "council.decided.on", "", "", true)},
		Save: func(in *form.Input, _ int64) (string, error) {
			done, on := in.Text("done"), in.Date("done_on")
			if err := in.Err(); err != nil {
				return "", err
			}
			return back + "?ok=council.ok.duty_saved", p.Duties.Do(r.Context(), actor, s.Body.ID, duty.Period, year, done, on)
		}}, nil
}
