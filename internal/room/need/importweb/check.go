package importweb

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/common/upload/uploadview"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/intake"
	"kompetansetorg/internal/room/need/reading"
	"kompetansetorg/internal/room/need/wording"
)

type checkView struct {
	web.Page
	Head     ui.Head
	Steps    ui.Steps
	Counts   ui.Facts
	TooMany  *ui.Notice
	Notices  []*ui.Notice
	Faults   ui.Table
	MoreText string
	Twice    *ui.Details
	Preview  ui.Table
	Save     *ui.Action
	Actions  ui.Actions
}

// How many lines the page shows; the file with the faults has them all.
const (
	maxFaults  = 200
	maxPreview = 10
	maxListed  = 50
)

// judged is an upload with what an import of it would do now.
type judged struct {
	upload.Upload
	rows    []intake.Row
	outside register.Many
	result  intake.Result
}

// judge reads the sheet of the path and looks what would become of it. One
// whose columns nobody has confirmed has no such page yet.
func (p *pages) judge(r *http.Request, actor access.Actor) (judged, error) {
	u, err := p.step.Find(r, actor)
	if err != nil {
		return judged{}, err
	}
	j := judged{Upload: u}
	if !u.Choices.Done {
		return j, nil
	}
	j.result, j.rows, j.outside, err = p.Taking.Preview(r.Context(), actor, u)
	return j, err
}

func (p *pages) check(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	j, err := p.judge(r, actor)
	tooMany := fault.Is(err, fault.TooLarge)
	if err != nil && !tooMany {
		return err
	}
	if !j.Choices.Done {
		return web.SeeOther(w, r, p.step.At(j.ID, "kolonner"))
	}
	view := p.checkPage(r, actor, j)
	if tooMany {
		view.TooMany = &ui.Notice{Color: ui.Danger, Title: view.T("import.too_many.title"), Text: view.T("import.too_many.text", "rows", len(j.rows), "max", intake.MaxRows)}
		return p.door.Views.Render(w, http.StatusRequestEntityTooLarge, "import/check", view)
	}
	return p.door.Views.Render(w, http.StatusOK, "import/check", view)
}

func (p *pages) checkPage(r *http.Request, actor access.Actor, j judged) checkView {
	t := p.door.Printer(r)
	title := t.T("import.check.title")
	view := checkView{Page: p.door.Frame(r, actor, title), Steps: p.step.Steps(t, 2, j.ID),
		Head:   ui.Head{Kicker: j.Name, Title: title, Lead: t.T("import.check.lead")},
		Counts: counts(t, j.result), Twice: twice(t, j.result), Preview: p.preview(t, j)}
	for _, n := range []*ui.Notice{nothing(t, j.result), p.mandate(t, j), p.outside(t, j), p.unknown(t, j), personal(t, j)} {
		if n != nil {
			view.Notices = append(view.Notices, n)
		}
	}
	view.Crumbs = crumbs(t)
	view.Faults, view.MoreText = faultTable(t, j)
	if j.result.OK > 0 {
		view.Save = &ui.Action{Label: t.T("import.save", "n", j.result.OK), Submit: true, Variant: ui.Primary}
	}
	view.Actions.Items = []ui.Action{{Label: t.T("import.back"), Href: p.step.At(j.ID, "kolonner"), Variant: ui.Secondary}}
	if j.result.Wrong > 0 {
		view.Actions.Items = append(view.Actions.Items, ui.Action{Label: t.T("import.faulty", "n", j.result.Wrong), Href: p.step.At(j.ID, "feil.xlsx"), Variant: ui.Secondary})
	}
	view.Actions.Items = append(view.Actions.Items, ui.Action{Label: t.T("upload.drop"), Post: true, Href: p.step.At(j.ID, "forkast"), Name: "drop", Value: "1", Variant: ui.Tertiary})
	return view
}

func counts(t i18n.Printer, r intake.Result) ui.Facts {
	return ui.Facts{Wide: true, Items: []ui.Fact{
		{Label: t.T("import.count.ok"), Text: t.T("import.rows", "n", r.OK)},
		{Label: t.T("import.count.wrong"), Text: t.T("import.rows", "n", r.Wrong)},
		{Label: t.T("import.count.known"), Text: t.T("import.rows", "n", r.Duplicates)},
	}}
}

// nothing tells that there is nothing to save, and whether that is well.
func nothing(t i18n.Printer, r intake.Result) *ui.Notice {
	switch {
	case r.OK > 0 || len(r.Rows) == 0:
		return nil
	case r.Wrong == 0:
		return &ui.Notice{Color: ui.Success, Text: t.T("import.nothing.known")}
	}
	return &ui.Notice{Color: ui.Warning, Text: t.T("import.nothing.wrong")}
}

// lacksMandate reports whether all that is missing is how the organisations
// gave their mandate, which is said once for all rows.
func lacksMandate(j judged, f fault.Field) bool {
	return f.Name == string(reading.MandateGround) && !slices.Contains(j.Choices.Fields, f.Name)
}

// mandate asks for what is missing in the same way in many rows.
func (p *pages) mandate(t i18n.Printer, j judged) *ui.Notice {
	n := 0
	for _, o := range j.result.Rows {
		if slices.ContainsFunc(o.Faults, func(f fault.Field) bool { return lacksMandate(j, f) }) {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return &ui.Notice{Color: ui.Warning, Title: t.T("import.mandate.title", "n", n), Text: t.T("import.mandate.text"),
		Links: []ui.Link{{Label: t.T("import.mandate.go"), Href: p.step.At(j.ID, "kolonner#mandate_ground")}}}
}

// outside tells how far the look-up of numbers has come, and whether
// Enhetsregisteret can be reached.
func (p *pages) outside(t i18n.Printer, j judged) *ui.Notice {
	found := 0
	for _, h := range j.outside.Hits {
		if h.Name != "" {
			found++
		}
	}
	all := len(j.outside.Hits) + j.outside.Left
	switch {
	case j.outside.Trouble == register.Unreachable:
		return &ui.Notice{Color: ui.Warning, Title: t.T("import.register.title", "found", found, "n", all), Text: t.T("import.register.unreachable")}
	case j.outside.Left > 0:
		return &ui.Notice{Title: t.T("import.register.title", "found", found, "n", all), Text: t.T("import.register.left", "n", j.outside.Left),
			Links: []ui.Link{{Label: t.T("import.register.go"), Href: p.step.At(j.ID, "kontroll")}}}
	case all > 0:
		return &ui.Notice{Title: t.T("import.register.title", "found", found, "n", all), Text: t.T("import.register.text")}
	}
	return nil
}

// unknown tells about organisations that are in no register.
func (p *pages) unknown(t i18n.Printer, j judged) *ui.Notice {
	names := j.result.Unknown
	if len(names) == 0 {
		return nil
	}
	names = slices.Clone(names)
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(text.SortKey(a), text.SortKey(b)) })
	shown := strings.Join(names[:min(len(names), maxListed)], ", ")
	n := &ui.Notice{Title: t.T("import.unknown.title", "n", len(names)), Paragraphs: []string{shown}}
	if j.Choices.Create {
		n.Text = t.T("import.unknown.made")
		return n
	}
	n.Color, n.Text = ui.Warning, t.T("import.unknown.not")
	n.Links = []ui.Link{{Label: t.T("import.unknown.go"), Href: p.step.At(j.ID, "kolonner")}}
	return n
}

// personal warns of texts that seem to hold details about people. Which ones
// is said by row; the details themselves are not repeated.
func personal(t i18n.Printer, j judged) *ui.Notice {
	var found []string
	for _, o := range j.result.Rows {
		if o.State == upload.OK && len(text.SensitiveHints(o.Content.Text+" "+o.Content.Title)) > 0 {
			found = append(found, strconv.Itoa(o.Nr))
		}
	}
	if len(found) == 0 {
		return nil
	}
	return &ui.Notice{Color: ui.Warning, Title: t.T("import.personal.title"), Text: t.T("import.personal.text", "rows", strings.Join(found[:min(len(found), maxListed)], ", "))}
}

// twice lists the rows that are here already.
func twice(t i18n.Printer, r intake.Result) *ui.Details {
	var rows []string
	for _, o := range r.Rows {
		if o.State == upload.Duplicate {
			rows = append(rows, strconv.Itoa(o.Nr))
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return &ui.Details{Summary: t.T("import.twice", "n", len(rows)), Paragraphs: []string{t.T("import.twice.text"), t.T("import.twice.rows", "rows", strings.Join(rows, ", "))}}
}

// faultTable has a line for each wrong cell: row, column, what is wrong, and
// what stands there.
func faultTable(t i18n.Printer, j judged) (ui.Table, string) {
	table := ui.Table{Caption: t.T("import.faults"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("import.faults.row")}, {Label: t.T("import.faults.column")}, {Label: t.T("import.faults.what")}, {Label: t.T("import.faults.value")}}}
	total := 0
	for i, o := range j.result.Rows {
		for _, f := range o.Faults {
			if lacksMandate(j, f) {
				continue
			}
			if total++; total > maxFaults {
				continue
			}
			heading, value := cellOf(t, j, i, f.Name)
			table.Rows = append(table.Rows, ui.Row{ID: "row-" + strconv.Itoa(o.Nr) + "-" + f.Name, Cells: []ui.Cell{
				{Text: t.T("import.row", "nr", strconv.Itoa(o.Nr))}, {Text: heading}, {Text: t.T(f.Key, f.Values...)}, {Text: text.Truncate(value, 80)}}})
		}
	}
	if total <= maxFaults {
		return table, ""
	}
	return table, t.T("import.faults.more", "shown", maxFaults, "total", total)
}

// cellOf finds the heading and the words of the cell that a fault is about; a
// field without a column of its own has only its name.
func cellOf(t i18n.Printer, j judged, row int, field string) (heading, value string) {
	heading, value, ok := uploadview.Cell(t, j.Upload, row, field)
	if !ok && field == string(reading.Organisation) {
		heading, value, ok = uploadview.Cell(t, j.Upload, row, string(reading.OrgNumber))
	}
	if !ok {
		heading = t.T(reading.Field(field).Label())
	}
	return heading, value
}

// preview shows the first rows as they would be stored.
func (p *pages) preview(t i18n.Printer, j judged) ui.Table {
	table := ui.Table{Caption: t.T("import.preview"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("import.field.text")}, {Label: t.T("import.field.organisation")},
		{Label: t.T("import.field.municipality")}, {Label: t.T("import.field.headcount"), Number: true}, {Label: t.T("import.field.level")}}}
	for i, o := range j.result.Rows {
		if o.State != upload.OK || len(table.Rows) == maxPreview {
			continue
		}
		title := o.Content.Title
		if title == "" {
			title = need.TitleOf(o.Content.Text)
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: title, Sub: t.T("import.row", "nr", strconv.Itoa(o.Nr))}, {Text: j.rows[i].Organisation},
			{Text: wording.Place(p.Places, o.Content.Municipality)}, {Text: t.Number(o.Content.Headcount)}, {Text: t.T(o.Content.Level.Label())}}})
	}
	return table
}

type doneView struct {
	web.Page
	Head    ui.Head
	Steps   ui.Steps
	Result  ui.Notice
	Rest    *ui.Notice
	Counts  ui.Facts
	Actions ui.Actions
	Drop    ui.Action
}

// done tells what was stored and what was not, and leads on.
func (p *pages) done(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	j, err := p.judge(r, actor)
	if err != nil {
		return err
	}
	if !j.Choices.Done {
		return web.SeeOther(w, r, p.step.At(j.ID, "kolonner"))
	}
	t := p.door.Printer(r)
	title := t.T("import.done.title")
	list := "/behov?mine=1"
	if j.Choices.Drafts {
		list += "&state=draft"
	}
	view := doneView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Kicker: j.Name, Title: title}, Steps: p.step.Steps(t, 3, j.ID),
		Result: ui.Notice{Color: ui.Success, Live: true, Text: t.T("import.done.stored", "n", j.Stored)},
		Rest:   p.step.Rest(t, j.ID, j.result.OK),
		Counts: ui.Facts{Wide: true, Items: []ui.Fact{{Label: t.T("import.count.stored"), Text: t.T("import.rows", "n", j.Stored)}, {Label: t.T("import.count.wrong"), Text: t.T("import.rows", "n", j.result.Wrong)}}},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("import.done.list"), Href: list, Variant: ui.Primary},
			{Label: t.T("import.done.map"), Href: "/behov/kart?mine=1", Variant: ui.Secondary}}},
		Drop: ui.Action{Label: t.T("upload.drop"), Post: true, Href: p.step.At(j.ID, "forkast"), Name: "drop", Value: "1", Variant: ui.Tertiary}}
	view.Crumbs = crumbs(t)
	if j.result.Wrong > 0 {
		view.Actions.Items = append(view.Actions.Items, ui.Action{Label: t.T("import.faulty", "n", j.result.Wrong), Href: p.step.At(j.ID, "feil.xlsx"), Variant: ui.Secondary})
	}
	return p.door.Views.Render(w, http.StatusOK, "import/done", view)
}

// faulty is the rows that could not be taken, as they came, with what is wrong
// in a column of its own: mended, the file can be sent again.
func (p *pages) faulty(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	j, err := p.judge(r, actor)
	if err != nil {
		return err
	}
	if !j.Choices.Done {
		return web.SeeOther(w, r, p.step.At(j.ID, "kolonner"))
	}
	t := p.door.Printer(r)
	table := uploadview.Faulty(t.T("import.faults"), t.T("import.faults.heading"), j.Chosen(), func(i int) string { return uploadview.Unnamed(t, i) }, func(row int) []string {
		var said []string
		for _, f := range j.result.Rows[row].Faults {
			heading, _ := cellOf(t, j, row, f.Name)
			said = append(said, heading+": "+t.T(f.Key, f.Values...))
		}
		return said
	})
	return uploadview.Send(w, "feil.xlsx", table)
}

func (p *pages) dropPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	u, err := p.step.Find(r, actor)
	if err != nil {
		return err
	}
	if err := p.Storing.Sheets.Drop(r.Context(), actor, u.ID); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/behov/import?ok=import.said.dropped")
}
