package questionweb

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
)

// uses reports whether a question of the kind has use for the field of its page.
func uses(k question.Kind, field string) bool {
	isText := k == question.Text || k == question.Long || k == question.PersonRole
	head, _, _ := strings.Cut(field, ".")
	if head == "limits" {
		head = field
	}
	switch head {
	case "required", "hint", "constraint", "constraint_message", "sight":
		return k != question.Note
	case "sum":
		return k.IsNumber()
	case "calculation":
		return isText || k.IsNumber() || k == question.Date
	case "choices", "choice_filter":
		return k.HasChoices()
	case "limits.min", "limits.max":
		return k.IsNumber() || k == question.Date
	case "limits.max_words":
		return isText
	case "limits.max_length":
		return isText || k.IsRegister()
	case "limits.max_choices":
		return k == question.Multiple
	case "limits.min_rows", "limits.max_rows":
		return k == question.Table
	case "limits.max_files":
		return k == question.File
	case "scheme":
		return k == question.Concept
	case "prefill":
		return k != question.Note && k != question.Table && k != question.File
	}
	return true
}

// usedBy are the posted fields that the kind has use for: the rest is kept on the
// page, and neither judged nor saved.
func usedBy(k question.Kind, posted url.Values) url.Values {
	out := url.Values{}
	for name, v := range posted {
		if uses(k, name) {
			out[name] = v
		}
	}
	return out
}

// rowsIn is how many rows of choices the posted page had.
func rowsIn(posted url.Values) int {
	n := 0
	for n < question.MaxChoices+blankChoices && posted.Has("choices."+strconv.Itoa(n)+".code") {
		n++
	}
	return n
}

// fit leaves on the page what the kind has use for. What is filled in elsewhere goes
// along unseen, so that it is there again when the kind is changed back.
func (v questionView) fit(k question.Kind) questionView {
	v.Kept = nil
	v.Fields = v.used(k, v.Fields)
	groups := v.Groups
	v.Groups = nil
	for _, g := range groups {
		if g.Fields = v.used(k, g.Fields); len(g.Fields) > 0 {
			g.Open = slices.ContainsFunc(g.Fields, func(f form.Field) bool { return f.Error != "" || f.Filled() && f.Kind != form.Select })
			v.Groups = append(v.Groups, g)
		}
	}
	if !k.HasChoices() {
		v.keepChoices()
	}
	return v
}

// keepChoices keeps the rows of choices up to the last one with something in it. The
// code of each goes along also when it is empty: by it the rows are counted.
func (v *questionView) keepChoices() {
	var row []form.Field
	for _, r := range v.Choices.Rows {
		filled := false
		for _, cell := range r.Cells {
			for _, f := range cell.Fields {
				said := written(f)
				filled = filled || said != ""
				if said != "" || strings.HasSuffix(f.Name, ".code") {
					row = append(row, form.Field{Kind: form.Hidden, Name: f.Name, Value: said})
				}
			}
		}
		if filled {
			v.Kept, row = append(v.Kept, row...), nil
		}
	}
	v.Choices = ui.Repeat{}
}

// used are the fields that the kind has use for; the others are kept.
func (v *questionView) used(k question.Kind, fields []form.Field) []form.Field {
	var out []form.Field
	for _, f := range fields {
		if uses(k, f.Name) {
			out = append(out, f)
		} else if said := written(f); said != "" {
			v.Kept = append(v.Kept, form.Field{Kind: form.Hidden, Name: f.Name, Value: said})
		}
	}
	return out
}

// written is what a field holds.
func written(f form.Field) string {
	if f.Kind != form.Checks && f.Value != "" {
		return f.Value
	}
	for _, o := range f.Options {
		if o.Selected {
			return o.Value
		}
	}
	return ""
}
