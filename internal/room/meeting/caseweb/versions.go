package caseweb

import (
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
)

type versionsView struct {
	web.Page
	Head     ui.Head
	Table    ui.Table
	Compare  *ui.Filter
	Compared string
	Same     string
	Parts    []differenceView
}

// differenceView is how a section went from one version to another.
type differenceView struct {
	ID, Heading string
	Lines       []lineView
	Figures     *ui.Table
}

type lineView struct {
	Tag   *ui.Tag
	Words string
}

func (p *pages) versions(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	c, err := p.id(r)
	if err != nil {
		return err
	}
	file, all, err := p.Cases.Versions(r.Context(), actor, c)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	view := versionsView{Page: p.door.Frame(r, actor, t.T("case.versions")), Table: versionTable(t, c, all),
		Head: ui.Head{Kicker: t.T("case.kicker", "number", file.Number.String()), Title: t.T("case.versions"), Lead: t.T("case.versions.lead")}}
	view.Crumbs = crumbs(t, casework.Detail{Case: file})
	if len(all) > 1 {
		in := form.Read(r.URL.Query())
		from, to := chosen(in, "from", all, 1), chosen(in, "to", all, 0)
		view.Compare = &ui.Filter{Action: path(c) + "/versjoner", Title: t.T("case.compare"), Submit: t.T("case.compare.do"), Open: true, Fields: []form.Field{
			{Name: "from", Kind: form.Select, Label: t.T("case.compare.from"), Options: versionOptions(t, all, from)}, {Name: "to", Kind: form.Select, Label: t.T("case.compare.to"), Options: versionOptions(t, all, to)}}}
		view.Compared = t.T("case.compared", "from", from.Nr, "to", to.Nr)
		view.Parts = differences(t, casepaper.Compare(from.Frozen, to.Frozen))
		if len(view.Parts) == 0 {
			view.Same = t.T("case.compare.same")
		}
		if err := in.Err(); err != nil {
			view.Refused(form.Refill(view.Compare, r.URL.Query(), err, t))
			return p.door.Views.Render(w, http.StatusUnprocessableEntity, "case/versions", view)
		}
	}
	return p.door.Views.Render(w, http.StatusOK, "case/versions", view)
}

// chosen is the version that the address asks for, or the one at the place.
func chosen(in *form.Input, name string, all []casepaper.Version, place int) casepaper.Version {
	var numbers []string
	for _, v := range all {
		numbers = append(numbers, strconv.Itoa(v.Nr))
	}
	s := in.Choice(name, numbers...)
	if i := slices.Index(numbers, s); i >= 0 {
		return all[i]
	}
	return all[place]
}

func versionKind(t i18n.Printer, v casepaper.Version) ui.Tag {
	if v.Issued {
		return ui.Tag{Text: t.T("case.version.issued"), Color: ui.Success}
	}
	return ui.Tag{Text: t.T("case.version.kept"), Color: ui.Neutral}
}

func versionTable(t i18n.Printer, c casework.ID, all []casepaper.Version) ui.Table {
	out := ui.Table{Caption: t.T("case.versions"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("case.version")}, {Label: t.T("case.version.at")}, {Label: t.T("case.field.why")}, {Label: t.T("case.field.state")}},
		Empty: ui.Empty{Title: t.T("case.versions.none"), Text: t.T("case.versions.none.text"), Actions: []ui.Action{{Label: t.T("case.back"), Href: path(c), Variant: ui.Secondary}}}}
	for _, v := range all {
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: t.T("case.version.nr", "nr", v.Nr), Href: path(c) + "/papir?versjon=" + strconv.Itoa(v.Nr)}, {Text: t.Moment(v.At)}, {Text: v.Why}, {Tags: []ui.Tag{versionKind(t, v)}}}})
	}
	return out
}

func versionOptions(t i18n.Printer, all []casepaper.Version, chosen casepaper.Version) []form.Option {
	var out []form.Option
	for _, v := range all {
		out = append(out, form.Option{Value: strconv.Itoa(v.Nr), Label: t.T("case.version.nr", "nr", v.Nr) + ", " + t.Moment(v.At), Selected: v.Nr == chosen.Nr})
	}
	return out
}

func differences(t i18n.Printer, list []casepaper.Difference) []differenceView {
	var out []differenceView
	for i, d := range list {
		v := differenceView{ID: "del-" + strconv.Itoa(i+1), Heading: d.Heading}
		if v.Heading == "" {
			v.Heading = t.T("case.header")
		}
		for _, x := range d.Pieces {
			line := lineView{Words: x.Words}
			switch x.Kind {
			case casepaper.Added:
				line.Tag = &ui.Tag{Text: t.T("case.compare.added"), Color: ui.Success}
			case casepaper.Removed:
				line.Tag = &ui.Tag{Text: t.T("case.compare.removed"), Color: ui.Danger}
			}
			v.Lines = append(v.Lines, line)
		}
		if len(d.Figures) > 0 {
			v.Figures = figureTable(t, d.Figures)
		}
		out = append(out, v)
	}
	return out
}

// figureTable shows figures as they were frozen in the two versions.
func figureTable(t i18n.Printer, list []casepaper.FigureChange) *ui.Table {
	out := &ui.Table{Caption: t.T("case.compare.figures"), Columns: []ui.Column{{Label: t.T("case.compare.figure")}, {Label: t.T("case.compare.before")}, {Label: t.T("case.compare.after")}}}
	for _, f := range list {
		title, source := f.After.Title, f.After.Source
		if title == "" {
			title, source = f.Before.Title, f.Before.Source
		}
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: title, Sub: source}, figureCell(t, f.Before), figureCell(t, f.After)}})
	}
	return out
}

func figureCell(t i18n.Printer, f casepaper.Figures) ui.Cell {
	if f.AsOf.IsZero() {
		return ui.Cell{Text: t.T("case.compare.absent")}
	}
	return ui.Cell{Text: f.Value, Sub: t.T("case.compare.as_of", "date", f.AsOf)}
}
