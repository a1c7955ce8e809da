// Package compareview shows how a version of a form differs from the one before
// it, to whoever makes forms. Its texts are among those of questionweb.
package compareview

import (
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
)

// Facts counts the questions that have come, gone and changed.
func Facts(t i18n.Printer, c question.Comparison) ui.Facts {
	return ui.Facts{Items: []ui.Fact{{Label: t.T("question.compare.added"), Text: t.Number(c.Added)}, {Label: t.T("question.compare.removed"), Text: t.Number(c.Removed)},
		{Label: t.T("question.compare.altered"), Text: t.Number(c.Altered)}, {Label: t.T("question.compare.same"), Text: t.Number(c.Same)}}}
}

// Table is the comparison, a row for each difference; without rows when there is
// none.
func Table(t i18n.Printer, old, now question.Definition, c question.Comparison) ui.Table {
	out := ui.Table{Caption: t.T("question.compare.title"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("question.compare.part")}, {Label: t.T("question.compare.what")},
		{Label: t.T("question.compare.before")}, {Label: t.T("question.compare.after")}}}
	v := view{t}
	for _, x := range c.Changes {
		part := ui.Cell{Text: v.label(x), Sub: x.Name}
		if x.Name == "" {
			part = ui.Cell{Text: t.T("question.compare.form")}
		}
		what := ui.Cell{Text: v.facet(x), Tags: []ui.Tag{tag(t, x.Differs)}}
		before, after := v.side(old, x, x.Before, x.Differs != question.Added), v.side(now, x, x.After, x.Differs != question.Removed)
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{part, what, {Text: before}, {Text: after}}})
	}
	return out
}

func tag(t i18n.Printer, d question.Differs) ui.Tag {
	switch d {
	case question.Added:
		return ui.Tag{Text: t.T("question.compare.new"), Color: ui.Success}
	case question.Removed:
		return ui.Tag{Text: t.T("question.compare.gone"), Color: ui.Danger}
	}
	return ui.Tag{Text: t.T("question.compare.changed"), Color: ui.Warning}
}

// view says a change in the reader's language.
type view struct{ i18n.Printer }

func (v view) label(x question.Change) string {
	if label, _ := x.Label.In(v.Language()); label != "" {
		return label
	}
	return v.T("question.untitled")
}

// facets are what differs, in words. Those of a choice name it.
var facets = map[question.Facet]i18n.Key{
	"title": "question.field.title", "intro": "question.field.intro", "sight": "question.field.sight", "use": "question.field.use", "label": "question.field.label", "hint": "question.field.hint",
	"kind": "question.compare.kind", "required": "question.field.required", "show_if": "question.field.show_if", "constraint": "question.field.constraint",
	"constraint_message": "question.field.constraint_message", "calculation": "question.field.calculation", "choice_filter": "question.field.choice_filter",
	"min": "question.field.min", "max": "question.field.max", "max_words": "question.field.max_words", "max_length": "question.field.max_length", "max_choices": "question.field.max_choices",
	"min_rows": "question.field.min_rows", "max_rows": "question.field.max_rows", "max_files": "question.field.max_files", "scheme": "question.field.scheme",
	"sum": "question.field.sum", "prefill": "question.field.prefill",
	question.FacetOrder: "question.compare.order", question.FacetSection: "question.compare.section", question.FacetColumn: "question.compare.column",
	question.FacetChoice: "question.compare.choice", "choice_label": "question.compare.choice_label", "choice_letter": "question.compare.choice_letter",
	"choice_other": "question.compare.choice_other", "choice_attrs": "question.compare.choice_attrs"}

// languages are those that a text is not in unless it is said.
var languages = map[i18n.Lang]i18n.Key{i18n.NN: "question.lang.nn", i18n.EN: "question.lang.en"}

func (v view) facet(x question.Change) string {
	switch {
	case x.Facet == question.FacetWhole && x.IsSection:
		return v.T("question.compare.is_section")
	case x.Facet == question.FacetWhole:
		return v.T("question.field.label")
	}
	said := v.T(facets[x.Facet], "code", x.Choice)
	if x.Facet == "title" && x.IsSection {
		said = v.T("question.field.section")
	}
	if language, ok := languages[x.Lang]; ok {
		said = v.T("question.in_language", "what", said, "language", v.T(language))
	}
	return said
}

// side is what the older or the newer version said of it; nothing in the one that
// does not have it.
func (v view) side(d question.Definition, x question.Change, said string, has bool) string {
	switch {
	case !has:
		return v.T("question.compare.none")
	case x.Facet == question.FacetWhole:
		return v.asked(d, x)
	}
	return v.value(d, x, said)
}

// asked is what a question that has come or gone asks for, and who sees it; how
// many questions a section has.
func (v view) asked(d question.Definition, x question.Change) string {
	if x.IsSection {
		s, _ := d.Section(x.Name)
		return v.T("question.compare.questions", "n", len(s.Questions))
	}
	q, _, _ := d.Find(x.Name)
	kind := v.T(i18n.Key("question.kind." + string(q.Kind)))
	if q.Kind == question.Note {
		return kind
	}
	return v.T("question.compare.asked", "kind", kind, "sight", v.T(i18n.Key("question.sight."+string(d.SightOf(q.Name)))))
}

// value is a side of the change, as its field says it.
func (v view) value(d question.Definition, x question.Change, s string) string {
	switch x.Facet {
	case "kind":
		return v.T(i18n.Key("question.kind." + s))
	case "required", "sum", "choice_other":
		if s == question.Yes {
			return v.T("question.compare.yes")
		}
		return v.T("question.compare.no")
	case "sight":
		if s == "" && x.Name != "" {
			return v.T("question.sight.inherit")
		}
		if s == "" {
			s = string(question.SightInternal)
		}
		return v.T(i18n.Key("question.sight." + s))
	case "use":
		if s == "" {
			s = "survey"
		}
		return v.T(i18n.Key("question.use." + s))
	case "prefill":
		if s != "" {
			return v.T(i18n.Key("question.prefill." + s))
		}
	case "scheme":
		if s == "" {
			return v.T("question.scheme.all")
		}
		return v.T(i18n.Key("question.scheme." + s))
	case question.FacetSection:
		if sec, ok := d.Section(s); ok {
			title, _ := sec.Title.In(v.Language())
			return title
		}
	}
	if s == "" {
		return v.T("question.compare.none")
	}
	return s
}
