package reportweb

import (
	"net/http"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/draw"
	"kompetansetorg/internal/common/question/sheet"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/report"
	"kompetansetorg/internal/room/project/wording"
)

// show is a report: what is missing and remarked on while it is written, what it says, and who
// has the ball.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	x, err := p.find(r, actor)
	if err != nil {
		return err
	}
	mine := project.CanChange(actor, x.Project)
	writes := mine && x.State == report.Draft
	drawn := p.drawn(t, actor, x)
	page := leaf.Page{Secret: !x.IsSent(), Head: ui.Head{Kicker: wording.In(t, x.Project.Title), Title: titled(t, x.Title(), x.Year), Tags: []ui.Tag{tag(t, x.State)}, Actions: p.actions(t, actor, x)}, Crumbs: crumbs(t, x.Project)}
	filled, asked := x.Known()
	if x.State == report.Draft {
		page.Head.Lead = t.T("report.known", "filled", filled, "asked", asked)
		page.Notices = p.missing(t, x)
	}
	if writes {
		page.Main = append(page.Main, p.sections(t, x, drawn))
	}
	if s := p.remarked(t, x, writes); s != nil {
		page.Main = append(page.Main, *s)
	}
	for _, s := range drawn.Shown() {
		title, _ := drawn.Text(s.Title)
		page.Main = append(page.Main, leaf.Section{ID: "svar-" + s.Name, Title: title, Facts: &ui.Facts{Items: drawn.Facts(s)}})
	}
	if s := compared(t, x, drawn); s != nil {
		page.Main = append(page.Main, *s)
	}
	if b := p.ball(t, x, mine); b != nil {
		page.Side = append(page.Side, leaf.Section{ID: "ballen", Title: t.T("project.next"), Ball: b})
	}
	page.Side = append(page.Side, leaf.Section{ID: "om", Title: t.T("report.about"), Facts: &ui.Facts{Items: about(t, x)}}, history(t, x))
	return leaf.Show(p.door, w, r, actor, page)
}

// drawn is the form with what the report says.
func (p *Pages) drawn(t i18n.Printer, actor access.Actor, x report.Report) draw.Page {
	page := p.sheets().Drawn(t, p.sheet(t, actor, x))
	page.Values, page.Last = x.Says(), nil
	return page
}

// actions lead to the paper and to the moves that can be made now.
func (p *Pages) actions(t i18n.Printer, actor access.Actor, x report.Report) []ui.Action {
	out := []ui.Action{{Label: t.T("report.paper"), Href: Path(x.ID) + "/ark", Variant: ui.Secondary}}
	for _, m := range report.Moves(actor, x) {
		if m.To == report.InApproval && (x.Wrong(p.Clock.Today()) != nil || len(x.Unaccepted()) > 0) {
			continue
		}
		a := ui.Action{Label: t.T(m.Label), Href: Path(x.ID) + "/flytt/" + string(m.To), Variant: ui.Secondary}
		if m.To != report.Draft {
			a.Variant = ui.Primary
		}
		out = append(out, a)
	}
	if project.CanChange(actor, x.Project) && x.State == report.Draft && x.Answer.Submissions == 0 {
		out = append(out, ui.Action{Label: t.T("report.delete"), Href: Path(x.ID) + "/slett", Variant: ui.Tertiary, Color: ui.Danger})
	}
	return out
}

// missing tells what keeps the report from being handed in.
func (p *Pages) missing(t i18n.Printer, x report.Report) []ui.Notice {
	var out []ui.Notice
	if f, ok := fault.As(x.Wrong(p.Clock.Today())); ok && len(f.Fields) > 0 {
		out = append(out, ui.Notice{Color: ui.Warning, Text: t.T("report.missing", "n", len(f.Fields))})
	}
	if n := len(x.Unaccepted()); n > 0 {
		out = append(out, ui.Notice{Color: ui.Warning, Text: t.T("report.remarks.left", "n", n)})
	}
	if len(out) == 0 {
		out = append(out, ui.Notice{Color: ui.Success, Text: t.T("report.ready")})
	}
	return out
}

// sections are the parts of the form with where each stands.
func (p *Pages) sections(t i18n.Printer, x report.Report, drawn draw.Page) leaf.Section {
	s := leaf.Section{ID: "avsnitt", Title: t.T("report.sections"), Text: t.T("report.sections.text"), Table: &ui.Table{Caption: t.T("report.sections"), CaptionHidden: true, Compact: true, Columns: []ui.Column{{Label: t.T("report.section")}, {Label: t.T("report.stands")}}}}
	for _, sec := range drawn.Shown() {
		title, _ := drawn.Text(sec.Title)
		stands := ui.Tag{Text: t.T("report.filled"), Color: ui.Success}
		if !sheet.Filled(drawn, sec) {
			stands = ui.Tag{Text: t.T("report.unfilled"), Color: ui.Warning}
		}
		s.Table.Rows = append(s.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: title, Href: Path(x.ID) + "/del/" + sec.Name}, {Tags: []ui.Tag{stands}}}})
	}
	return s
}

// remarked are what the report seems to contradict.
func (p *Pages) remarked(t i18n.Printer, x report.Report, writes bool) *leaf.Section {
	if len(x.Remarks) == 0 {
		return nil
	}
	s := &leaf.Section{ID: "merknader", Title: t.T("report.remarks"), Text: t.T("report.remarks.text")}
	for _, m := range x.Remarks {
		c := ui.Card{Title: remark(t, m), Text: registered(t, m), Tags: []ui.Tag{{Text: t.T("report.remark.open"), Color: ui.Warning}}}
		if m.Accepted {
			c.Tags = []ui.Tag{{Text: t.T("report.remark.accepted"), Color: ui.Success}}
			c.Facts = []ui.Fact{{Label: t.T("report.remark.why"), Text: m.Words}}
		} else if writes {
			c.Href = Path(x.ID) + "/merknad/" + m.Name
		}
		s.Cards = append(s.Cards, c)
	}
	return s
}

func remark(t i18n.Printer, m report.Remark) string { return wording.In(t, m.Text) }

// registered tells what a remark of the register compares; nothing for others.
func registered(t i18n.Printer, m report.Remark) string {
	if m.Register == "" {
		return ""
	}
	var said []string
	for _, n := range m.Written {
		said = append(said, t.Number(n))
	}
	return t.T("report.remark.municipalities", "written", t.Join(said), "then", m.Then, "last", m.Last)
}

// compared is the report beside that of the last year; nothing without one.
func compared(t i18n.Printer, x report.Report, drawn draw.Page) *leaf.Section {
	if x.Last == nil {
		return nil
	}
	same, was := x.Same(), drawn
	was.Definition = x.Last.Definition
	s := &leaf.Section{ID: "sammenlignet", Title: t.T("report.compared"), Table: &ui.Table{Caption: t.T("report.compared"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("report.question")}, {Label: t.T("report.now")}, {Label: t.T("report.before")}}}}
	for _, sec := range x.Answer.Definition.Sections {
		for _, q := range sec.Questions {
			old, _, known := x.Last.Definition.Find(q.Name)
			if q.Kind == question.Note || !known {
				continue
			}
			label, _ := drawn.Text(q.Label)
			before := ui.Cell{Text: was.Say(old, x.Last.Sent[q.Name])}
			if slices.Contains(same, q.Name) {
				before = ui.Cell{Tags: []ui.Tag{{Text: t.T("report.same"), Color: ui.Neutral}}}
			}
			s.Table.Rows = append(s.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: label}, {Text: drawn.Say(q, x.Says()[q.Name])}, before}})
		}
	}
	return s
}

func about(t i18n.Printer, x report.Report) []ui.Fact {
	out := []ui.Fact{{Label: t.T("report.field.day"), Text: t.Date(x.Day)}}
	if !x.Due.IsZero() {
		out = append(out, ui.Fact{Label: t.T("report.field.due"), Text: t.Date(x.Due)})
	}
	if !x.ApprovedOn.IsZero() {
		out = append(out, ui.Fact{Label: t.T("report.approved"), Lines: []string{t.Date(x.ApprovedOn), x.ApprovedRef}})
	}
	if !x.SentOn.IsZero() {
		out = append(out, ui.Fact{Label: t.T("report.sent"), Lines: []string{t.Date(x.SentOn), x.Receiver}})
	}
	return append(out, ui.Fact{Label: t.T("report.version"), Text: t.Number(x.Answer.Nr)})
}

func history(t i18n.Printer, x report.Report) leaf.Section {
	past := &ui.Timeline{Label: t.T("project.history")}
	for i := len(x.Steps) - 1; i >= 0; i-- {
		s := x.Steps[i]
		past.Items = append(past.Items, ui.Event{When: t.Moment(s.At), ISO: s.At.String(), Text: t.T(report.Label(s.To)), Note: s.Note})
	}
	return leaf.Section{ID: "historikk", Title: t.T("project.history"), Timeline: past}
}

func (p *Pages) ball(t i18n.Printer, x report.Report, mine bool) *ui.Ball {
	if x.Ball.Party == flow.Nobody || x.Ball.Party == "" {
		return nil
	}
	b := &ui.Ball{Label: t.T("project.ball"), Who: x.Project.Owner, Note: t.T(i18n.Key("report.expect." + string(x.State))), State: ui.BallWaiting}
	if b.Who == "" && x.Project.Above != nil {
		b.Who = x.Project.Above.Owner
	}
	if x.Ball.Party == flow.Steering {
		b.Who = t.T("report.steering")
	}
	if mine {
		b.State = ui.BallMine
	}
	if today := p.Clock.Today(); !x.Ball.Due.IsZero() {
		b.Due = t.T("project.due", "date", t.Day(x.Ball.Due, today))
		if today.After(x.Ball.Due) {
			b.State, b.Tags = ui.BallLate, []ui.Tag{{Text: t.T("project.late"), Color: ui.Danger}}
		}
	}
	return b
}

// moveForm moves the report to the state of the address.
func (p *Pages) moveForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, err := p.writing(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	to := flow.State(r.PathValue("to"))
	moves := report.Moves(actor, x)
	i := slices.IndexFunc(moves, func(m flow.MoveDef) bool { return m.To == to })
	if i < 0 {
		return leaf.Asked{}, fault.Missing()
	}
	m := moves[i]
	name := strings.TrimPrefix(string(m.Label), "report.move.")
	asked := leaf.Asked{Title: t.T(m.Label), Kicker: titled(t, x.Title(), x.Year), Lead: t.T(i18n.Key("report.move.lead." + name)), Back: Path(x.ID), Submit: t.T(m.Label), Version: x.Version, Crumbs: p.within(t, x)}
	if to == report.Approved || to == report.Sent {
		asked.Fields = append(asked.Fields, form.Field{Name: "on", Kind: form.Date, Label: t.T("project.field.day"), Value: p.Clock.Today().String(), Required: true})
	}
	if m.NoteRequired {
		asked.Fields = append(asked.Fields, form.Field{Name: "ref", Kind: form.Text, Label: t.T(i18n.Key("report.ref." + name)), MaxRunes: project.MaxTitle, Required: true})
	}
	asked.Read = func(in *form.Input) func() (string, error) {
		next := report.Moving{To: to, On: in.Date("on"), Ref: in.Text("ref"), Version: leaf.Version(in)}
		return func() (string, error) {
			err := p.Reports.Move(r.Context(), actor, x.ID, next)
			if f, ok := fault.As(err); ok && to == report.InApproval && f.Kind == fault.Invalid {
				err = fault.New(fault.Conflict, "report.missing", "n", len(f.Fields))
			}
			return Path(x.ID) + "?ok=report.said.moved", err
		}
	}
	return asked, nil
}

// acceptForm says why something that is remarked on is right.
func (p *Pages) acceptForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, err := p.writing(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	i := slices.IndexFunc(x.Remarks, func(m report.Remark) bool { return m.Name == r.PathValue("name") })
	if i < 0 || x.State != report.Draft {
		return leaf.Asked{}, fault.Missing()
	}
	m := x.Remarks[i]
	asked := leaf.Asked{Title: t.T("report.remark.accept"), Kicker: titled(t, x.Title(), x.Year), Lead: strings.TrimSpace(remark(t, m) + " " + registered(t, m)), Back: Path(x.ID), Submit: t.T("report.remark.accept"), Crumbs: p.within(t, x),
		Fields: []form.Field{{Name: "words", Kind: form.Long, Rows: 3, Label: t.T("report.remark.why"), Hint: t.T("report.remark.why.hint"), Value: m.Words, MaxRunes: project.MaxTitle, Required: true}}}
	var lines []string
	for _, name := range m.Questions {
		if q, _, ok := x.Answer.Definition.Find(name); ok && !x.Says()[name].IsEmpty() {
			page := p.drawn(t, actor, x)
			label, _ := page.Text(q.Label)
			lines = append(lines, label+" "+page.Say(q, x.Says()[name]))
		}
	}
	asked.Help = []ui.Details{{Summary: t.T("report.remark.answers"), Paragraphs: lines}}
	asked.Read = func(in *form.Input) func() (string, error) {
		words := in.Text("words")
		return func() (string, error) {
			return Path(x.ID) + "?ok=report.said.accepted", p.Reports.Accept(r.Context(), actor, x.ID, m.Name, words)
		}
	}
	return asked, nil
}

// deleteForm takes a draft away.
func (p *Pages) deleteForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, err := p.writing(r, actor)
	if err == nil && (x.State != report.Draft || x.Answer.Submissions > 0) {
		err = fault.New(fault.Conflict, "report.error.locked")
	}
	return leaf.Asked{Title: t.T("report.delete"), Kicker: titled(t, x.Title(), x.Year), Lead: t.T("report.delete.lead"), Back: Path(x.ID), Submit: t.T("report.delete"), Version: x.Version, Crumbs: p.within(t, x),
		Read: func(in *form.Input) func() (string, error) {
			version := leaf.Version(in)
			return func() (string, error) {
				return OfProject(x.Project.ID) + "?ok=report.said.deleted", p.Reports.Delete(r.Context(), actor, x.ID, version)
			}
		}}, err
}
