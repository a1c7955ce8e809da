package outreachweb

import (
	"net/http"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/outreach/intake"
)

// importCheckView is the dry run, and after the import what became of it.
type importCheckView struct {
	web.Page
	Head    ui.Head
	Steps   ui.Steps
	Status  *ui.Notice
	Rest    *ui.Notice
	Counts  ui.Facts
	Save    *ui.Action
	Actions ui.Actions
	Faults  ui.Table
	More    string
	Twice   *ui.Details
	Preview ui.Table
}

// How many lines the page shows; the file with the faults has them all.
const (
	maxFaults  = 200
	maxPreview = 10
	maxListed  = 50
)

// importCheck is the dry run: nothing is stored.
func (p *pages) importCheck(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	j, err := p.judgeSheet(r, actor)
	tooMany := fault.Is(err, fault.TooLarge)
	if err != nil && !tooMany {
		return err
	}
	if !j.Choices.Done {
		return web.SeeOther(w, r, p.step.At(j.ID, "kolonner"))
	}
	view := p.importCheckPage(r, actor, j, "outreach.import.check.title", 2)
	t := view.Printer
	view.Head.Lead = t.T("outreach.import.check.lead")
	status := http.StatusOK
	switch {
	case tooMany:
		status = http.StatusRequestEntityTooLarge
		view.Status = &ui.Notice{Color: ui.Danger, Text: t.T("outreach.import.error.too_many", "max", intake.MaxRows)}
	case j.result.OK > 0:
		view.Save = &ui.Action{Label: t.T("outreach.import.save", "n", j.result.OK), Submit: true, Variant: ui.Primary}
		view.Preview, err = p.importPreview(r, t, j)
	case j.result.Wrong == 0:
		view.Status = &ui.Notice{Color: ui.Success, Text: t.T("outreach.import.all_known")}
	default:
		view.Status = &ui.Notice{Color: ui.Warning, Text: t.T("outreach.import.all_wrong")}
	}
	if err != nil && !tooMany {
		return err
	}
	view.Actions.Items = append([]ui.Action{{Label: t.T("outreach.import.columns"), Href: p.step.At(j.ID, "kolonner"), Variant: ui.Secondary},
		{Label: t.T("outreach.import.other"), Href: "/besok/importer", Variant: ui.Secondary}}, view.Actions.Items...)
	return p.door.Views.Render(w, status, "outreach/importcheck", view)
}

func (p *pages) importCheckPage(r *http.Request, actor access.Actor, j judgedSheet, titleKey i18n.Key, step int) importCheckView {
	t := p.door.Printer(r)
	title := t.T(titleKey)
	rows := func(label i18n.Key, n int) ui.Fact {
		return ui.Fact{Label: t.T(label), Text: t.T("outreach.import.rows", "n", n)}
	}
	view := importCheckView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Kicker: j.Name, Title: title}, Steps: p.step.Steps(t, step, j.ID),
		Counts: ui.Facts{Wide: true, Items: []ui.Fact{rows("outreach.import.count.ok", j.result.OK), rows("outreach.import.count.wrong", j.result.Wrong), rows("outreach.import.count.known", j.result.Duplicates)}}}
	view.Crumbs = importCrumbs(t)
	view.Faults, view.More = importFaults(t, j)
	if j.result.Wrong > 0 {
		view.Actions.Items = append(view.Actions.Items, ui.Action{Label: t.T("outreach.import.faulty", "n", j.result.Wrong), Href: p.step.At(j.ID, "feil.xlsx"), Variant: ui.Secondary})
	}
	view.Actions.Items = append(view.Actions.Items, ui.Action{Label: t.T("upload.drop"), Post: true, Href: p.step.At(j.ID, "forkast"), Name: "drop", Value: "1", Variant: ui.Tertiary})
	var known []string
	for _, o := range j.result.Rows {
		if o.State == upload.Duplicate {
			known = append(known, strconv.Itoa(o.Nr))
		}
	}
	if len(known) > 0 {
		view.Twice = &ui.Details{Summary: t.T("outreach.import.twice", "n", len(known)),
			Paragraphs: []string{t.T("outreach.import.help.twice"), t.T("outreach.import.twice.rows", "rows", strings.Join(known[:min(len(known), maxListed)], ", "))}}
	}
	return view
}

// importFaults has a line for each wrong cell: row, column, what is wrong, and what
// stands there.
func importFaults(t i18n.Printer, j judgedSheet) (ui.Table, string) {
	table := ui.Table{Caption: t.T("outreach.import.faults"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("outreach.import.faults.row")}, {Label: t.T("outreach.import.faults.column")}, {Label: t.T("outreach.import.faults.what")}, {Label: t.T("outreach.import.faults.value")}}}
	total := 0
	for i, o := range j.result.Rows {
		for _, f := range o.Faults {
			if total++; total > maxFaults {
				continue
			}
			heading, value := j.cell(t, i, f.Name)
			table.Rows = append(table.Rows, ui.Row{ID: "row-" + strconv.Itoa(o.Nr) + "-" + f.Name, Cells: []ui.Cell{
				{Text: importRow(t, o.Nr)}, {Text: heading}, {Text: t.T(f.Key, f.Values...)}, {Text: text.Truncate(value, 80)}}})
		}
	}
	if total <= maxFaults {
		return table, ""
	}
	return table, t.T("outreach.import.faults.more", "shown", maxFaults, "total", total)
}

// importPreview shows the first rows as they would be stored.
func (p *pages) importPreview(r *http.Request, t i18n.Printer, j judgedSheet) (ui.Table, error) {
	table := ui.Table{Caption: t.T("outreach.import.preview"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("outreach.organisation")}, {Label: t.T("outreach.municipality")},
		{Label: t.T("outreach.day")}, {Label: t.T("outreach.kind")}, {Label: t.T("outreach.result")}}}
	for _, o := range j.result.Rows {
		if o.State != upload.OK || len(table.Rows) == maxPreview {
			continue
		}
		name, err := p.nameOf(r.Context(), o.Visit.Organisation)
		if err != nil {
			return table, err
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: name, Sub: importRow(t, o.Nr)}, {Text: p.place(o.Visit.Municipality)}, {Text: t.Date(o.Visit.Day)},
			{Text: t.T(o.Visit.Kind.Label()), Sub: t.T("outreach.minutes.n", "n", o.Visit.Minutes)}, {Tags: []ui.Tag{resultTag(t, o.Visit.Result)}}}})
	}
	return table, nil
}

// importDone tells what was stored and what was not, and leads on.
func (p *pages) importDone(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	j, err := p.judgeSheet(r, actor)
	if err != nil {
		return err
	}
	if !j.Choices.Done {
		return web.SeeOther(w, r, p.step.At(j.ID, "kolonner"))
	}
	view := p.importCheckPage(r, actor, j, "outreach.import.done.title", 3)
	t := view.Printer
	view.Status = &ui.Notice{Color: ui.Success, Live: true, Text: t.T("outreach.import.stored", "n", j.Stored)}
	view.Rest = p.step.Rest(t, j.ID, j.result.OK)
	view.Counts, view.Twice = ui.Facts{}, nil
	view.Actions.Items = append([]ui.Action{{Label: t.T("outreach.import.list"), Href: "/besok", Variant: ui.Primary}}, view.Actions.Items...)
	return p.door.Views.Render(w, http.StatusOK, "outreach/importcheck", view)
}
