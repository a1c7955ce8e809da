package questionweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// showSection is a section of the form as its maker sees it.
type showSection struct {
	ID, Title string
	Hint      string
	Table     ui.Table
	Actions   []ui.Action
}

type showView struct {
	web.Page
	Head     ui.Head
	Problems ui.Notice
	Sections []showSection
	Add      ui.Actions
	Versions ui.Table
	More     ui.Actions
}

func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	f, err := p.find(r, actor)
	if err != nil {
		return err
	}
	uses, err := p.Forms.Uses(r.Context(), actor, f.ID)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	draft, editing := f.Draft()
	shown := draft
	if !editing {
		shown = f.Versions[0]
	}
	_, published := f.Published()
	title := named(t, f.Title)
	view := showView{Page: p.door.Frame(r, actor, title), Versions: versions(t, f, uses),
		Head: ui.Head{Kicker: t.T("question.kicker", "code", f.Code), Title: title, Tags: stateTags(t, f.Retired, editing, published), Actions: headActions(t, f, editing)}}
	view.Crumbs = crumbs(t, nil)
	if intro, _ := shown.Definition.Intro.In(t.Language()); intro != "" {
		view.Head.Lead = intro
	}
	if editing {
		view.Problems = p.problems(t, f, draft.Definition)
		view.Add.Items = []ui.Action{{Label: t.T("question.section.new"), Href: path(f.ID) + "/nytt-avsnitt", Variant: ui.Secondary}}
	}
	for i, s := range shown.Definition.Sections {
		view.Sections = append(view.Sections, sectionOf(t, f, s, editing, i > 0, i < len(shown.Definition.Sections)-1))
	}
	view.More.Items = moreActions(t, f, editing)
	return p.door.Views.Render(w, http.StatusOK, "question/show", view)
}

func headActions(t i18n.Printer, f forms.Form, editing bool) []ui.Action {
	try := ui.Action{Label: t.T("question.try"), Href: path(f.ID) + "/prov", Variant: ui.Secondary}
	if !editing {
		return []ui.Action{{Label: t.T("question.version.new"), Href: path(f.ID) + "/ny-utgave", Post: true, Hidden: hiddenVersion(f)}, try}
	}
	return []ui.Action{{Label: t.T("question.publish"), Href: path(f.ID) + "/publiser"}, try,
		{Label: t.T("question.edit"), Href: path(f.ID) + "/rediger", Variant: ui.Secondary}}
}

func moreActions(t i18n.Printer, f forms.Form, editing bool) []ui.Action {
	var out []ui.Action
	if editing {
		out = append(out, ui.Action{Label: t.T("question.drop"), Href: path(f.ID) + "/forkast", Variant: ui.Tertiary, Color: ui.Danger})
	}
	if _, ok := f.Published(); !ok {
		return out
	}
	if !editing {
		out = append(out, ui.Action{Label: t.T("question.becomes.from"), Href: "/skjema-import" + intoQuery(f.ID), Variant: ui.Tertiary})
	}
	if f.Retired {
		return append(out, ui.Action{Label: t.T("question.back"), Href: path(f.ID) + "/ta-inn", Post: true, Variant: ui.Secondary, Hidden: hiddenVersion(f)})
	}
	return append(out, ui.Action{Label: t.T("question.retire"), Href: path(f.ID) + "/ta-ut", Post: true, Variant: ui.Tertiary, Hidden: hiddenVersion(f),
		Confirm: &ui.Confirm{Text: t.T("question.retire.sure"), Yes: t.T("question.retire"), No: t.T("question.cancel")}})
}

func hiddenVersion(f forms.Form) []ui.Hidden {
	return []ui.Hidden{{Name: "version", Value: strconv.FormatInt(f.Version, 10)}}
}

// problems lists what keeps the draft from being published, with links.
func (p *pages) problems(t i18n.Printer, f forms.Form, d question.Definition) ui.Notice {
	list := d.Check(p.Forms.Can())
	if len(list) == 0 {
		return ui.Notice{Color: ui.Success, Text: t.T("question.problems.none")}
	}
	out := ui.Notice{Color: ui.Warning, Title: t.T("question.problems", "n", len(list))}
	for _, x := range list[:min(len(list), 20)] {
		href, label := path(f.ID)+"/rediger", t.T(x.Key, x.Values...)
		if x.Name != "" {
			label = x.Name + ": " + label
		}
		if _, isSection := d.Section(x.Name); isSection {
			href = path(f.ID) + "/avsnitt/" + x.Name
		} else if _, _, ok := d.Find(x.Name); ok {
			href = path(f.ID) + "/sporsmal/" + x.Name
		}
		out.Links = append(out.Links, ui.Link{Label: label, Href: href})
	}
	return out
}

func sectionOf(t i18n.Printer, f forms.Form, s question.Section, editing, up, down bool) showSection {
	title, _ := s.Title.In(t.Language())
	out := showSection{ID: "avsnitt-" + s.Name, Title: named(t, title), Table: ui.Table{Caption: title, CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("question.col.question")}, {Label: t.T("question.col.kind")}, {Label: t.T("question.col.rules")}},
		Empty:   ui.Empty{Title: t.T("question.section.empty"), Text: t.T("question.section.empty.text")}}}
	if s.ShowIf != "" {
		out.Hint = t.T("question.shown_if", "rule", s.ShowIf)
	}
	if editing {
		out.Table.Columns = append(out.Table.Columns, ui.Column{Label: t.T("question.col.move"), Hidden: true})
		out.Actions = append([]ui.Action{
			{Label: t.T("question.question.new"), Href: path(f.ID) + "/nytt-sporsmal/" + s.Name, Context: title, Variant: ui.Secondary},
			{Label: t.T("question.section.edit"), Href: path(f.ID) + "/avsnitt/" + s.Name, Context: title, Variant: ui.Tertiary},
		}, moves(t, f, s.Name, title, up, down)...)
	}
	for i, q := range s.Questions {
		out.Table.Rows = append(out.Table.Rows, questionRow(t, f, q, editing, i > 0, i < len(s.Questions)-1, false))
		for j, c := range q.Columns {
			out.Table.Rows = append(out.Table.Rows, questionRow(t, f, c, editing, j > 0, j < len(q.Columns)-1, true))
		}
	}
	return out
}

func moves(t i18n.Printer, f forms.Form, name, label string, up, down bool) []ui.Action {
	var out []ui.Action
	move := func(way string, text i18n.Key) {
		out = append(out, ui.Action{Label: t.T(text), Context: label, Href: path(f.ID) + "/flytt", Post: true, Variant: ui.Tertiary,
			Name: "way", Value: way, Hidden: append(hiddenVersion(f), ui.Hidden{Name: "name", Value: name})})
	}
	if up {
		move("up", "question.up")
	}
	if down {
		move("down", "question.down")
	}
	return out
}

func questionRow(t i18n.Printer, f forms.Form, q question.Question, editing, up, down, column bool) ui.Row {
	label, _ := q.Label.In(t.Language())
	label = named(t, label)
	first := ui.Cell{Text: label, Sub: q.Name}
	if column {
		first.Text = t.T("question.column_of", "label", label)
	}
	if editing {
		first.Href = path(f.ID) + "/sporsmal/" + q.Name
	}
	rules := ui.Cell{Text: ruleText(t, q)}
	if q.Required {
		rules.Text, rules.Sub = "", rules.Text
		rules.Tags = []ui.Tag{{Text: t.T("question.required")}}
	}
	row := ui.Row{ID: "sp-" + q.Name, Cells: []ui.Cell{first, {Text: t.T(kindLabel(q.Kind))}, rules}}
	if editing {
		actions := moves(t, f, q.Name, label, up, down)
		if q.Kind == question.Table {
			actions = append(actions, ui.Action{Label: t.T("question.column.new"), Context: label, Href: path(f.ID) + "/nytt-sporsmal/" + q.Name, Variant: ui.Tertiary})
		}
		row.Cells = append(row.Cells, ui.Cell{Actions: actions})
	}
	return row
}

// ruleText is what decides over the question, in short.
func ruleText(t i18n.Printer, q question.Question) string {
	switch {
	case q.Calculation != "":
		return t.T("question.calculated_as", "rule", q.Calculation)
	case q.ShowIf != "":
		return t.T("question.shown_if", "rule", q.ShowIf)
	case len(q.Choices) > 0:
		return t.T("question.choices", "n", len(q.Choices))
	}
	return ""
}

func versions(t i18n.Printer, f forms.Form, uses []forms.Use) ui.Table {
	answers := map[int]int{}
	for _, u := range uses {
		answers[u.Nr] = u.Answers
	}
	out := ui.Table{Caption: t.T("question.versions"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("question.col.version")}, {Label: t.T("question.col.state")},
		{Label: t.T("question.col.published_at")}, {Label: t.T("question.col.answers"), Number: true}}}
	for _, v := range f.Versions {
		nr := strconv.Itoa(v.Nr)
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: t.T("question.version", "nr", v.Nr), Href: path(f.ID) + "/prov?utgave=" + nr},
			{Tags: []ui.Tag{versionTag(t, v.State)}}, {Text: t.Moment(v.PublishedAt)}, {Text: t.Number(answers[v.Nr])}}})
	}
	return out
}
