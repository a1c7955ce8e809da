package questionweb

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/draw"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/common/question/xlsform"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// limits are those of a form: far above the largest survey.
func limits() sheet.Limits {
	l := sheet.DefaultLimits()
	l.FileBytes, l.UnpackedBytes, l.TextBytes = 5<<20, 40<<20, 4<<20
	l.Rows, l.Columns, l.Cells, l.Sheets = 5000, 100, 100_000, 20
	return l
}

// memory is how much of a file is held in memory while it comes.
const memory = 2 << 20

func (p *pages) uploadPage(r *http.Request, actor access.Actor) editView {
	t := p.door.Printer(r)
	view := editView{Page: p.door.Frame(r, actor, t.T("question.import")), Head: ui.Head{Title: t.T("question.import"), Lead: t.T("question.import.lead")}, Files: true,
		Fields: []form.Field{{Name: "file", Kind: form.File, Label: t.T("question.import.file"), Hint: t.T("question.import.file.hint", "max", int(limits().FileBytes>>20)), Required: true,
			Attrs: []form.Attr{{Name: "accept", Value: ".xlsx,.xlsm"}}}},
		Help:    ui.Details{Summary: t.T("question.import.help"), Paragraphs: []string{t.T("question.import.help.sheets"), t.T("question.import.help.types"), t.T("question.import.help.languages")}},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("question.import.send"), Submit: true}, {Label: t.T("question.cancel"), Href: "/skjema", Variant: ui.Tertiary}}}}
	view.Crumbs = crumbs(t, nil)
	return view
}

// uploadFor is the page for a new form, or for the version of a form that the
// address names.
func (p *pages) uploadFor(r *http.Request, actor access.Actor) (editView, forms.ID, error) {
	view := p.uploadPage(r, actor)
	into, err := forms.ParseID(r.URL.Query().Get(becomesField))
	if err != nil {
		return view, "", nil
	}
	f, err := p.Forms.Get(r.Context(), actor, into)
	if err != nil {
		return view, "", err
	}
	view.Head.Lead = view.T("question.becomes.lead", "title", named(view.Printer, f.Title))
	view.Crumbs = crumbs(view.Printer, &f)
	return view, into, nil
}

func (p *pages) upload(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, _, err := p.uploadFor(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "question/edit", view)
}

func (p *pages) uploadPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, into, err := p.uploadFor(r, actor)
	if err != nil {
		return err
	}
	book, err := receive(r)
	var kept forms.ImportID
	if err == nil {
		kept, err = p.keep(r, actor, book)
	}
	if err == nil {
		return web.SeeOther(w, r, "/skjema-import/"+string(kept)+intoQuery(into))
	}
	var broken *sheet.Error
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &broken):
		err = fault.InvalidField("file", i18n.Key(broken.Key), broken.Values...)
	case errors.As(err, &tooLarge):
		err = fault.InvalidField("file", sheet.KeyTooLarge, "max_mb", int(limits().FileBytes>>20))
	case errors.Is(err, http.ErrMissingFile), errors.Is(err, http.ErrNotMultipart), errors.Is(err, http.ErrMissingBoundary), errors.Is(err, multipart.ErrMessageTooLarge):
		err = fault.InvalidField("file", "question.import.no_file")
	}
	return p.refused(w, r, view, err)
}

// receive reads the workbook of the form.
func receive(r *http.Request) (*sheet.Book, error) {
	if err := r.ParseMultipartForm(memory); err != nil {
		return nil, err
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }()
	file, header, err := r.FormFile("file")
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return sheet.Read(text.CleanLine(header.Filename), file, header.Size, limits())
}

// titleColumn is where a workbook says what the form is called.
const titleColumn = "form_title"

// keep keeps what was read: the form, and what could not be read of it. What
// is wrong with the form itself is told with the rows it comes from.
func (p *pages) keep(r *http.Request, actor access.Actor, book *sheet.Book) (forms.ImportID, error) {
	read := xlsform.Read(book)
	faults := read.Faults
	for _, x := range read.Definition.Check(p.Forms.Can()) {
		told := false
		for _, f := range faults {
			told = told || f.Row != 0 && f.Row == read.Rows[x.Name] && f.Key == x.Key
		}
		if !told {
			f := xlsform.Fault{Sheet: "survey", Row: read.Rows[x.Name], Column: x.At[strings.LastIndexByte(x.At, '.')+1:], Key: x.Key}
			if x.At == "title.nb" {
				f.Sheet, f.Column = "settings", titleColumn
			}
			for _, v := range x.Values {
				f.Values = append(f.Values, fmt.Sprint(v))
			}
			faults = append(faults, f)
		}
	}
	report, err := json.Marshal(faults)
	if err != nil {
		return "", fmt.Errorf("form import: %w", err)
	}
	name := []rune(book.Name)
	const longest = 200
	return p.Forms.KeepImport(r.Context(), actor, forms.Import{Name: string(name[:min(len(name), longest)]), Code: read.Code, Definition: read.Definition, Report: report})
}

// intoQuery keeps in an address which form the import is to become a version of;
// nothing for a form that is not chosen yet.
func intoQuery(f forms.ID) string {
	if f == "" {
		return ""
	}
	return "?" + url.Values{becomesField: {string(f)}}.Encode()
}

// importedView is the dry run: what was read, what was not, what it becomes, and a
// yes.
type importedView struct {
	web.Page
	Head   ui.Head
	Told   ui.Notice
	Facts  ui.Facts
	Faults ui.Table
	Into   form.Field // what it becomes; Show draws the page anew for it
	Show   ui.Actions
	// Form is the form that it becomes a version of, and Version where that stood;
	// empty for a new form, which has a Code.
	Form     forms.ID
	Version  int64
	Code     form.Field
	Title    string // above the comparison
	Notices  []ui.Notice
	Counted  ui.Facts
	Changes  ui.Table
	Actions  ui.Actions
	Sections []trySection
}

func (p *pages) importOf(r *http.Request, actor access.Actor) (forms.Import, error) {
	kept, err := forms.ParseImportID(r.PathValue("id"))
	if err != nil {
		return forms.Import{}, fault.Missing()
	}
	return p.Forms.GetImport(r.Context(), actor, kept)
}

func (p *pages) importedPage(r *http.Request, actor access.Actor, in forms.Import, b becoming) (importedView, error) {
	t := p.door.Printer(r)
	var faults []xlsform.Fault
	if err := json.Unmarshal(in.Report, &faults); err != nil {
		return importedView{}, fmt.Errorf("form import %s: %w", in.ID, err)
	}
	title, _ := in.Definition.Title.In(t.Language())
	if !b.isNew() && title == "" { // it is called as before
		title = b.form.Title
		faults = slices.DeleteFunc(faults, func(f xlsform.Fault) bool { return f.Column == titleColumn })
	}
	view := importedView{Page: p.door.Frame(r, actor, t.T("question.imported")), Head: ui.Head{Kicker: in.Name, Title: t.T("question.imported"), Lead: t.T("question.imported.lead")},
		Faults: faultTable(t, faults)}
	view.Crumbs = append(crumbs(t, nil), ui.Link{Label: t.T("question.import"), Href: "/skjema-import"})
	asked := 0
	page := draw.Page{Printer: t, Registers: p.Registers, Values: question.Values{}, Today: p.Clock.Today(), Prefix: "vis-"}
	page.Definition = withoutConditions(in.Definition)
	for _, s := range page.Definition.Sections {
		asked += len(s.Questions)
		out := trySection{ID: "del-" + s.Name, Questions: page.Section(s)}
		out.Questions.Update = ui.Action{}
		out.Title, out.Lang = page.Text(s.Title)
		view.Sections = append(view.Sections, out)
	}
	view.Facts.Items = []ui.Fact{{Label: t.T("question.field.title"), Text: named(t, title)}, {Label: t.T("question.publish.sections"), Text: t.Number(len(in.Definition.Sections))},
		{Label: t.T("question.publish.questions"), Text: t.Number(asked)}}
	switch {
	case asked == 0:
		view.Told = ui.Notice{Color: ui.Danger, Text: t.T("question.imported.nothing")}
	case len(faults) > 0:
		view.Told = ui.Notice{Color: ui.Warning, Title: t.T("question.imported.faults", "n", len(faults)), Text: t.T("question.imported.faults.text")}
	default:
		view.Told = ui.Notice{Color: ui.Success, Text: t.T("question.imported.fine")}
	}
	if asked > 0 {
		if err := p.becomes(r, actor, &view, in, b); err != nil {
			return view, err
		}
	}
	view.Actions.Items = append(view.Actions.Items, ui.Action{Label: t.T("question.imported.again"), Href: "/skjema-import" + intoQuery(b.form.ID), Variant: ui.Tertiary})
	return view, nil
}

// withoutConditions is the form with everything shown, and not more choices
// than fit a page.
func withoutConditions(d question.Definition) question.Definition {
	d = d.Clone()
	for i := range d.Sections {
		d.Sections[i].ShowIf = ""
		for j := range d.Sections[i].Questions {
			q := &d.Sections[i].Questions[j]
			q.ShowIf, q.ChoiceFilter = "", ""
			for k := range q.Columns {
				q.Columns[k].ShowIf, q.Columns[k].ChoiceFilter = "", ""
			}
		}
	}
	return d
}

func faultTable(t i18n.Printer, faults []xlsform.Fault) ui.Table {
	out := ui.Table{Caption: t.T("question.imported.faults.title"), Columns: []ui.Column{{Label: t.T("question.imported.row")}, {Label: t.T("question.imported.column")}, {Label: t.T("question.imported.what")}}}
	for _, f := range faults {
		where := f.Sheet
		if f.Row > 0 {
			where = t.T("question.imported.at", "sheet", f.Sheet, "row", fmt.Sprint(f.Row))
		}
		values := make([]any, len(f.Values))
		for i, v := range f.Values {
			values[i] = v
		}
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: where}, {Text: f.Column}, {Text: t.T(f.Key, values...)}}})
	}
	return out
}

func (p *pages) imported(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	in, err := p.importOf(r, actor)
	if err != nil {
		return err
	}
	return p.drawImported(w, r, actor, in, r.URL.Query().Get(becomesField), nil)
}

// drawImported draws the page as things stand now, also when they have changed since
// the reader saw it: err is what he is told, and what he wrote is kept.
func (p *pages) drawImported(w http.ResponseWriter, r *http.Request, actor access.Actor, in forms.Import, chosen string, err error) error {
	b, readErr := p.becoming(r, actor, in, chosen)
	if readErr != nil {
		return readErr
	}
	view, readErr := p.importedPage(r, actor, in, b)
	switch {
	case readErr != nil:
		return readErr
	case err == nil:
		return p.door.Views.Render(w, http.StatusOK, "question/imported", view)
	case fault.Is(err, fault.Invalid):
		view.Refused(form.Refill(&view.Code, r.PostForm, err, view.Printer))
	default:
		e, _ := fault.As(err)
		view.Refused([]form.Problem{{Message: view.T(e.Key, e.Values...)}})
	}
	return p.door.Views.Render(w, gate.Status(err), "question/imported", view)
}

func (p *pages) importedPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	in, err := p.importOf(r, actor)
	if err != nil {
		return err
	}
	chosen := r.PostForm.Get(becomesField)
	if chosen == "" {
		chosen = becomesNew
	}
	var f forms.ID
	if chosen == becomesNew {
		f, err = p.Forms.ConfirmImport(r.Context(), actor, in.ID, strings.TrimSpace(r.PostForm.Get("code")))
	} else if f, err = forms.ParseID(chosen); err == nil {
		err = p.Forms.ConfirmImportAs(r.Context(), actor, in.ID, f, seen(r))
	} else {
		err = fault.Missing()
	}
	switch {
	case err == nil:
		return web.SeeOther(w, r, path(f)+"?ok=question.said.imported")
	case fault.Is(err, fault.Invalid), fault.Is(err, fault.Stale), fault.Is(err, fault.Conflict):
		return p.drawImported(w, r, actor, in, chosen, err)
	}
	return err
}
