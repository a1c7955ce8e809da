package importweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/work"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/job"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/intake"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/say"
	"kompetansetorg/internal/room/supply/storing"
)

type checkView struct {
	web.Page
	Head     ui.Head
	Trouble  *ui.Notice // the file as a whole cannot be used
	Counts   ui.Facts
	Columns  []form.Field
	Open     bool // the columns are shown
	Refused  ui.Table
	Changed  ui.Table
	New      ui.Table
	Missing  ui.Table
	More     string // how many lines the tables leave out
	Skipped  string // what else the file has
	Save     ui.Actions
	Remap    ui.Actions
	Question string
}

// shown is how many lines each table shows.
const shown = 200

// checkPath is the page of an upload.
func checkPath(u supply.UploadID) string { return "/tilbud/import/sjekk?fil=" + string(u) }

// load is the reader's own upload with its batch. A fault about the file as a
// whole comes back in trouble.
func (p *pages) load(r *http.Request, actor access.Actor) (u supply.Upload, c intake.Content, b batch.Batch, trouble, err error) {
	if u, err = p.find(r, actor); err != nil {
		return u, c, b, nil, err
	}
	if c, err = intake.Decode(u.Content); err != nil {
		return u, c, b, nil, err
	}
	b, trouble = p.Storing.Batch(u, c)
	return u, c, b, trouble, nil
}

// find is the reader's own upload that the address names, or NotFound.
func (p *pages) find(r *http.Request, actor access.Actor) (supply.Upload, error) {
	v, err := id.Parse[supply.Upload](r.URL.Query().Get("fil"))
	if err != nil {
		return supply.Upload{}, fault.Missing()
	}
	return p.Supply.Kept(r.Context(), actor, v)
}

// idle is a page of a file that is not being taken in: while it is, the page leads to the
// one that follows the work.
func (p *pages) idle(page gate.Handler) gate.Handler {
	return func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
		u, err := p.find(r, actor)
		if err != nil {
			return err
		}
		at, err := p.Storing.Living(r.Context(), u.ID)
		switch {
		case fault.Is(err, fault.NotFound):
			return page(w, r, actor)
		case err != nil:
			return err
		}
		return web.SeeOther(w, r, work.Href(at))
	}
}

// Report puts what came of a job that takes in a file in words, with the way on
// (workweb.Kind).
func Report(t i18n.Printer, j job.Job) (string, *ui.Link) {
	r, ok := storing.ReportOf(j)
	if !ok {
		return "", nil
	}
	said := t.T("supply.import.report", "new", r.New, "changed", r.Changed, "unchanged", r.Unchanged, "refused", r.Refused)
	if r.Left > 0 {
		said += " " + t.T("supply.import.report.left", "n", r.Left)
	}
	switch {
	case r.End == storing.NoRole:
		return t.T("supply.import.report.role") + " " + said, nil
	case r.End == storing.NoFile:
		return t.T("supply.import.report.file") + " " + said, nil
	case j.State == job.Cancelled:
		return said, &ui.Link{Label: t.T("supply.import.report.rest"), Href: checkPath(r.Upload)}
	case j.State != job.Done:
		return said, nil
	case storing.ByProvider(j):
		return said, &ui.Link{Label: t.T("supply.import.report.mine"), Href: "/tilbud/mine"}
	}
	return said, &ui.Link{Label: t.T("supply.import.report.all"), Href: "/tilbud"}
}

// check shows what the file would change. Nothing has been saved.
func (p *pages) check(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	u, c, b, trouble, err := p.load(r, actor)
	if err != nil {
		return err
	}
	var plan batch.Plan
	if trouble == nil {
		plan, trouble = p.Storing.Batches.PlanImport(r.Context(), actor, b)
	}
	if _, ok := fault.As(trouble); trouble != nil && !ok {
		return trouble
	}
	return p.door.Views.Render(w, http.StatusOK, "supply/import/check", p.checkPage(r, actor, u, c, b, plan, trouble))
}

// checkPost saves, settles the columns anew, or throws the file away, as the
// button says.
func (p *pages) checkPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	u, c, b, trouble, err := p.load(r, actor)
	if err != nil {
		return err
	}
	here := checkPath(u.ID)
	switch r.PostForm.Get("do") {
	case "discard":
		if err := p.Supply.Discard(r.Context(), actor, u.ID); err != nil {
			return err
		}
		return web.SeeOther(w, r, "/tilbud/import?ok=supply.said.import_discarded")
	case "save":
		if trouble != nil {
			return web.SeeOther(w, r, here)
		}
		at, err := p.Storing.Confirm(r.Context(), actor, u.ID, b)
		if err != nil {
			return err
		}
		if at != "" {
			return web.SeeOther(w, r, work.Href(at))
		}
		return web.SeeOther(w, r, home(actor)+"?ok=supply.said.imported")
	}
	c.Columns = settled(r.PostForm, len(c.Headings))
	content, err := c.Encode()
	if err != nil {
		return err
	}
	if err := p.Supply.Rewrite(r.Context(), actor, u.ID, content); err != nil {
		return err
	}
	return web.SeeOther(w, r, here)
}

// settled reads which column each field stands in.
func settled(values url.Values, columns int) map[string]int {
	out := map[string]int{}
	for _, field := range intake.Fields() {
		if n, err := strconv.Atoi(values.Get("column." + field)); err == nil && n >= 0 && n < columns {
			out[field] = n
		}
	}
	return out
}

func (p *pages) checkPage(r *http.Request, actor access.Actor, u supply.Upload, c intake.Content, b batch.Batch, plan batch.Plan, trouble error) checkView {
	s := say.Speaker{Printer: p.door.Printer(r), Places: p.Places}
	title := s.T("supply.import.check")
	view := checkView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Kicker: u.FileName, Title: title, Lead: s.T("supply.import.check_lead")},
		Question: s.T("supply.import.question"),
		Remap:    ui.Actions{Items: []ui.Action{{Label: s.T("supply.import.remap"), Submit: true, Variant: ui.Secondary, Name: "do", Value: "remap"}}}}
	view.Crumbs = append(crumbs(s.Printer, actor), ui.Link{Label: s.T("supply.import.title"), Href: "/tilbud/import"})
	if c.IsSheet() {
		view.Columns, view.Open = columnFields(s, c), trouble != nil
	}
	discard := ui.Action{Label: s.T("supply.import.discard"), Submit: true, Variant: ui.Tertiary, Name: "do", Value: "discard"}
	if trouble != nil {
		e, _ := fault.As(trouble)
		view.Trouble = &ui.Notice{Color: ui.Danger, Text: s.T(e.Key, e.Values...)}
		view.Save.Items = []ui.Action{discard}
		return view
	}
	p.tables(s, plan, &view)
	if len(b.Skipped) > 0 {
		view.Skipped = s.T("supply.import.skipped", "types", text.Truncate(strings.Join(b.Skipped, ", "), 200))
	}
	if useful := plan.Count(batch.LineNew) + plan.Count(batch.LineChanged) + plan.Count(batch.LineUnchanged); useful > 0 {
		view.Save.Items = append(view.Save.Items, ui.Action{Label: s.T("supply.import.yes"), Submit: true, Name: "do", Value: "save"})
	}
	view.Save.Items = append(view.Save.Items, discard)
	return view
}

func (p *pages) tables(s say.Speaker, plan batch.Plan, view *checkView) {
	for _, k := range []batch.LineKind{batch.LineNew, batch.LineChanged, batch.LineUnchanged, batch.LineRefused} {
		view.Counts.Items = append(view.Counts.Items, ui.Fact{Label: s.T(i18n.Key("supply.import.count." + string(k))), Text: s.Number(plan.Count(k))})
	}
	view.Counts.Items = append(view.Counts.Items, ui.Fact{Label: s.T("supply.import.count.missing"), Text: s.Number(len(plan.Missing))})
	row, what := ui.Column{Label: s.T("supply.import.row"), Number: true}, ui.Column{Label: s.T("supply.import.what")}
	view.Refused = ui.Table{Caption: s.T("supply.import.refused"), Columns: []ui.Column{what, row, {Label: s.T("supply.import.problem")}}}
	view.Changed = ui.Table{Caption: s.T("supply.import.changed"), Columns: []ui.Column{what, row, {Label: s.T("supply.theirs.field")}, {Label: s.T("supply.adapted.before")}, {Label: s.T("supply.adapted.after")}}}
	view.New = ui.Table{Caption: s.T("supply.import.new"), Columns: []ui.Column{what, row}}
	view.Missing = ui.Table{Caption: s.T("supply.import.missing"), Columns: []ui.Column{what, {Label: s.T("supply.import.id")}}}
	hidden := 0
	put := func(t *ui.Table, cells ...ui.Cell) {
		if len(t.Rows) == shown {
			hidden++
			return
		}
		t.Rows = append(t.Rows, ui.Row{Cells: cells})
	}
	for _, l := range plan.Lines {
		nr := ui.Cell{Text: strconv.Itoa(l.Row)}
		title := ui.Cell{Text: l.Title, Sub: s.T(kindLabel(l))}
		switch l.Kind {
		case batch.LineRefused:
			for _, f := range l.Problems {
				put(&view.Refused, title, nr, ui.Cell{Text: problem(s, f)})
			}
		case batch.LineChanged:
			for _, d := range l.Diffs {
				put(&view.Changed, title, nr, ui.Cell{Text: s.T(offer.FieldName(d.Field))}, ui.Cell{Text: text.Truncate(s.Value(d.Field, d.Before), 200)}, ui.Cell{Text: text.Truncate(s.Value(d.Field, d.After), 200)})
			}
		case batch.LineNew:
			put(&view.New, title, nr)
		}
	}
	for _, m := range plan.Missing {
		put(&view.Missing, ui.Cell{Text: m.Title, Href: "/tilbud/" + string(m.ID)}, ui.Cell{Text: m.SourceID})
	}
	if hidden > 0 {
		view.More = s.T("supply.import.more", "n", hidden)
	}
}

func kindLabel(l batch.Line) i18n.Key {
	if l.Offering {
		return "supply.f.offering"
	}
	return "supply.f.programme"
}

// problem says what is wrong, and with which column.
func problem(s say.Speaker, f fault.Field) string {
	message := s.T(f.Key, f.Values...)
	if f.Name == "" {
		return message
	}
	return s.T("supply.import.problem_line", "field", s.T(fieldLabel(f.Name)), "message", message)
}

// fieldLabel is the name of a field of the room or of a column of a file.
func fieldLabel(name string) i18n.Key {
	if slices.Contains(intake.Fields(), name) {
		return i18n.Key("supply.column." + name)
	}
	for i := range len(name) {
		if name[i] == '.' && name[i+1:] != "nb" && name[i+1:] != "nn" && name[i+1:] != "en" {
			return offer.FieldName(name[:i])
		}
	}
	return offer.FieldName(name)
}

// columnFields let a person settle which column is which.
func columnFields(s say.Speaker, c intake.Content) []form.Field {
	var out []form.Field
	for _, field := range intake.Fields() {
		f := form.Field{Name: "column." + field, Kind: form.Select, Label: s.T(i18n.Key("supply.column." + field)), Options: []form.Option{{Value: "-1", Label: s.T("supply.import.no_column")}}}
		at, known := c.Columns[field]
		for i, h := range c.Headings {
			if h == "" {
				h = s.T("supply.import.column_nr", "nr", i+1)
			}
			f.Options = append(f.Options, form.Option{Value: strconv.Itoa(i), Label: text.Truncate(h, 60), Selected: known && at == i})
		}
		out = append(out, f)
	}
	return out
}
