package councilweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/councilview"
)

type checkView struct {
	web.Page
	Head    ui.Head
	Notices []ui.Notice
	Table   ui.Table
	Ours    ui.Facts
	Source  []string
	Actions []ui.Action
}

func verdictTag(t i18n.Printer, v council.Verdict) ui.Tag {
	color := map[council.Verdict]ui.Color{council.Met: ui.Success, council.Unclear: ui.Warning, council.Missing: ui.Danger, council.Unseen: ui.Neutral}[v]
	return ui.Tag{Text: t.T(v.Label()), Color: color}
}

// checkSummary counts the verdicts, for the page of the agreement.
func checkSummary(t i18n.Printer, v council.Version) []ui.Point {
	ours, _ := council.CountVerdicts(v.Checklist())
	out := []ui.Point{{Kind: ui.Yes, Text: t.T("council.check.met", "n", ours[council.Met])}, {Kind: ui.Plain, Text: t.T("council.check.unclear", "n", ours[council.Unclear])},
		{Kind: ui.No, Text: t.T("council.check.missing", "n", ours[council.Missing])}}
	if n := ours[council.Unseen]; n > 0 {
		out = append(out, ui.Point{Kind: ui.Plain, Text: t.T("council.check.unseen", "n", n)})
	}
	return out
}

// check holds a version against kommuneloven § 18-4: our finding, and beside it what
// the committee has concluded.
func (p *pages) check(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	id, err := councilview.Body(r)
	if err != nil {
		return err
	}
	all, b, is, err := p.Councils.Agreement(r.Context(), actor, id)
	if err != nil {
		return err
	}
	v, ok, err := pick(r, all, p.Clock.Today())
	if err != nil {
		return err
	}
	if !ok {
		return fault.Missing()
	}
	t := p.door.Printer(r)
	view := checkView{Page: p.door.Frame(r, actor, t.T("council.check.of", "name", b.Name)), Head: ui.Head{Kicker: v.Title, Title: t.T("council.check"), Lead: t.T("council.check.lead")}}
	view.Crumbs = councilview.Crumbs(t, b, ui.Link{Label: t.T("council.agreement"), Href: path(b.ID, "/avtale?versjon="+strconv.Itoa(v.Nr))})
	list := v.Checklist()
	view.Table = checkTable(t, b, v, list, is)
	ours, theirs := council.CountVerdicts(list)
	view.Ours = ui.Facts{Items: []ui.Fact{{Label: t.T("council.check.ours"),
		Text: t.T("council.check.sum", "met", ours[council.Met], "unclear", ours[council.Unclear], "missing", ours[council.Missing])}}}
	if n := ours[council.Unseen]; n > 0 {
		view.Ours.Items[0].Lines = []string{view.Ours.Items[0].Text, t.T("council.check.unseen", "n", n)}
		view.Ours.Items[0].Text = ""
	}
	if v.TheirsBy != "" {
		view.Ours.Items = append(view.Ours.Items, ui.Fact{Label: t.T("council.check.theirs"), Lines: []string{t.T("council.check.theirs.by", "by", v.TheirsBy, "date", v.TheirsOn),
			t.T("council.check.theirs.sum", "met", theirs[council.Met], "missing", theirs[council.Missing])}})
	}
	view.Source = []string{t.T("council.check.source"), t.T("council.check.unverified")}
	if is.Keeps {
		view.Actions = []ui.Action{{Label: t.T("council.check.theirs.edit"), Href: "/avtaler/" + string(v.ID) + "/sjekk", Variant: ui.Secondary}}
	}
	return p.door.Views.Render(w, http.StatusOK, "council/check", view)
}

func checkTable(t i18n.Printer, b council.Body, v council.Version, list []council.Check, is council.Standing) ui.Table {
	out := ui.Table{Caption: t.T("council.check"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("council.check.point")}, {Label: t.T("council.check.verdict")}, {Label: t.T("council.check.where")},
		{Label: t.T("council.check.theirs")}}}
	if is.Keeps {
		out.Columns = append(out.Columns, ui.Column{Label: t.T("council.do"), Hidden: true})
	}
	for _, c := range list {
		var signs []string
		for _, nr := range c.Paragraphs {
			signs = append(signs, council.Sign(nr))
		}
		theirs := ui.Cell{Text: t.T("council.check.nothing")}
		if c.Theirs != "" {
			theirs = ui.Cell{Tags: []ui.Tag{verdictTag(t, c.Theirs)}}
		}
		where := ui.Cell{Text: t.Join(signs), Sub: c.Note}
		if len(signs) > 0 {
			where.Href = path(b.ID, "/avtale?versjon="+strconv.Itoa(v.Nr)+"#p"+strconv.Itoa(c.Paragraphs[0]))
		}
		row := ui.Row{Cells: []ui.Cell{{Text: strconv.Itoa(c.Point) + ". " + t.T(council.PointLabel(c.Point))}, {Tags: []ui.Tag{verdictTag(t, c.Verdict)}}, where, theirs}}
		if is.Keeps {
			row.Cells = append(row.Cells, ui.Cell{Actions: []ui.Action{{Label: t.T("council.check.edit"), Context: strconv.Itoa(c.Point), Href: "/avtaler/" + string(v.ID) + "/sjekk/" + strconv.Itoa(c.Point), Variant: ui.Tertiary}}})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// point is the form of one point.
func (p *pages) point(r *http.Request, actor access.Actor) (asked, error) {
	v, b, err := p.mine(r, actor)
	if err != nil {
		return asked{}, err
	}
	nr, err := strconv.Atoi(r.PathValue("point"))
	if err != nil || nr < 1 || nr > council.Points {
		return asked{}, fault.Missing()
	}
	t, c := p.door.Printer(r), v.Checklist()[nr-1]
	f := councilview.Fields{T: t}
	where := ""
	for i, n := range c.Paragraphs {
		if i > 0 {
			where += ", "
		}
		where += strconv.Itoa(n)
	}
	back := path(b.ID, "/avtale/sjekk?versjon="+strconv.Itoa(v.Nr))
	theirs := form.Field{Name: "theirs", Kind: form.Select, Label: t.T("council.check.theirs"), Hint: t.T("council.check.theirs.hint"), Value: string(c.Theirs), OptionalMark: t.T("council.optional")}
	for _, x := range []council.Verdict{"", council.Met, council.Missing} {
		label := t.T("council.check.nothing")
		if x != "" {
			label = t.T(x.Label())
		}
		theirs.Options = append(theirs.Options, form.Option{Value: string(x), Label: label, Selected: x == c.Theirs})
	}
	return asked{Title: t.T("council.check.point.nr", "nr", nr), Lead: t.T(council.PointLabel(nr)), Back: back, Version: c.Version, Submit: t.T("council.save"),
		Crumbs: councilview.Crumbs(t, b, ui.Link{Label: t.T("council.check"), Href: back}),
		Fields: []form.Field{councilview.Radio(f, "verdict", "council.check.verdict", council.Verdicts(), council.Verdict.Label, c.Verdict),
			f.Text("paragraphs", "council.check.where", "council.check.where.hint", where, false), f.Long("note", "council.check.note", "council.check.note.hint", c.Note, false), theirs},
		Theirs: []ui.Fact{{Label: t.T("council.check.verdict"), Text: t.T(c.Verdict.Label())}, {Label: t.T("council.check.note"), Text: c.Note}},
		Save: func(in *form.Input, seen int64) (string, error) {
			is := council.Check{Point: nr, Version: seen, Verdict: council.Verdict(in.Choice("verdict", councilview.Strs(council.Verdicts())...)), Note: in.Text("note"),
				Theirs: council.Verdict(in.Choice("theirs", string(council.Met), string(council.Missing)))}
			list, ok := council.ParseParagraphs(in.Text("paragraphs"))
			if !ok {
				in.Refuse("paragraphs", "council.error.paragraphs")
			}
			is.Paragraphs = list
			if err := in.Err(); err != nil {
				return "", err
			}
			return back + "&ok=council.ok.checked", p.Councils.SaveCheck(r.Context(), actor, v.ID, is)
		}}, nil
}

// theirs is the form of who else has held the version against the law.
func (p *pages) theirs(r *http.Request, actor access.Actor) (asked, error) {
	v, b, err := p.mine(r, actor)
	if err != nil {
		return asked{}, err
	}
	t := p.door.Printer(r)
	f := councilview.Fields{T: t}
	back := path(b.ID, "/avtale/sjekk?versjon="+strconv.Itoa(v.Nr))
	return asked{Title: t.T("council.check.theirs.edit"), Lead: t.T("council.check.theirs.lead"), Back: back, Version: v.Version, Submit: t.T("council.save"),
		Crumbs: councilview.Crumbs(t, b, ui.Link{Label: t.T("council.check"), Href: back}),
		Fields: []form.Field{f.Text("by", "council.check.by", "council.check.by.hint", v.TheirsBy, true), f.Date("on", "council.check.on", "", v.TheirsOn.String(), true)},
		Theirs: []ui.Fact{{Label: t.T("council.check.by"), Text: v.TheirsBy}},
		Save: func(in *form.Input, seen int64) (string, error) {
			by, on := in.Text("by"), in.Date("on")
			if err := in.Err(); err != nil {
				return "", err
			}
			return back + "&ok=council.ok.checked", p.Councils.SaveTheirs(r.Context(), actor, v.ID, seen, by, on)
		}}, nil
}
