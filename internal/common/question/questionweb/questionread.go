package questionweb

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
)

// join puts the faults of a form and of the definition together; of a field
// that both name, the first is told. rows gives each choice its row on the page.
func join(shape, rules error, rows []int) error {
	var fs fault.Fields
	for _, err := range []error{shape, rules} {
		e, ok := fault.As(err)
		if !ok {
			continue
		}
		for _, f := range e.Fields {
			name := f.Name
			if rest, ok := strings.CutPrefix(name, "choices."); ok && err == rules {
				nr, field, _ := strings.Cut(rest, ".")
				if n, numErr := strconv.Atoi(nr); numErr == nil && n < len(rows) {
					name = "choices." + strconv.Itoa(rows[n]) + "." + field
				}
			}
			if !fs.Has(name) {
				fs.Add(name, f.Key, f.Values...)
			}
		}
	}
	return fs.Err()
}

// postedQuestion is a question as it was posted, with the row of the page that each
// choice came from.
type postedQuestion struct {
	question.Question
	rows []int
}

func readQuestion(in *form.Input, values url.Values, old question.Question, column bool) postedQuestion {
	var kinds, prefills []string
	for _, k := range question.Kinds() {
		kinds = append(kinds, string(k))
	}
	prefills = append(prefills, question.PrefillKeys()...)
	q := question.Question{Columns: old.Columns, Name: in.Text("name"), Kind: question.Kind(in.Choice("kind", kinds...)), Label: readText(in, "label"), Hint: readText(in, "hint"),
		Required: in.Bool("required"), ShowIf: in.Text("show_if"), Constraint: in.Text("constraint"), ConstraintMessage: readText(in, "constraint_message"),
		Calculation: in.Text("calculation"), ChoiceFilter: in.Text("choice_filter"), Scheme: in.Choice("scheme", schemes()...), Sight: question.Sight(in.Choice("sight", sights()...)),
		Limits: question.Limits{Min: in.Text("limits.min"), Max: in.Text("limits.max"), MaxWords: in.Int("limits.max_words"), MaxLength: in.Int("limits.max_length"),
			MaxChoices: in.Int("limits.max_choices"), MinRows: in.Int("limits.min_rows"), MaxRows: in.Int("limits.max_rows"),
			MaxFiles: in.Int("limits.max_files")}}
	if column {
		q.Sum = in.Bool("sum")
	} else {
		q.Prefill = in.Choice("prefill", prefills...)
	}
	if q.Kind != question.Table {
		q.Columns = nil
	}
	out := postedQuestion{Question: q}
	for i := 0; i < question.MaxChoices+blankChoices; i++ {
		at := "choices." + strconv.Itoa(i)
		if !values.Has(at + ".code") {
			break
		}
		c, filled := readChoice(in, values, at)
		if filled {
			out.Choices, out.rows = append(out.Choices, c), append(out.rows, i)
		}
	}
	return out
}

// readChoice reads a row of the choices. A choice without a code gets one from
// its label.
func readChoice(in *form.Input, values url.Values, at string) (c question.Choice, filled bool) {
	c = question.Choice{Code: in.Text(at + ".code"), Letter: in.Text(at + ".letter"), Label: readText(in, at+".label"), Other: in.Bool(at + ".other")}
	for _, name := range []string{".code", ".letter", ".label.nb", ".label.nn", ".label.en", ".attrs"} {
		written := strings.TrimSpace(values.Get(at + name))
		filled = filled || written != ""
		if utf8.RuneCountInString(written) > question.MaxLabel {
			in.Refuse(at+name, "form.error.too_long", "max", question.MaxLabel)
		}
	}
	for pair := range strings.FieldsSeq(in.Text(at + ".attrs")) {
		name, value, ok := strings.Cut(pair, "=")
		if !ok || name == "" {
			in.Refuse(at+".attrs", "question.error.attrs")
			continue
		}
		if c.Attrs == nil {
			c.Attrs = map[string]string{}
		}
		c.Attrs[name] = value
	}
	if c.Code == "" && filled {
		c.Code = nameOf(c.Label.String())
	}
	return c, filled
}

// help tells what conditions are written with, and which names there are.
func help(t i18n.Printer, d question.Definition) ui.Details {
	out := ui.Details{Summary: t.T("question.help"), Paragraphs: []string{t.T("question.help.text"), t.T("question.help.text2")}}
	for _, x := range []struct {
		code string
		says i18n.Key
	}{{"${plan} = 'ja'", "question.help.equal"}, {"selected(${former}, 'nett')", "question.help.selected"}, {"${antall} > 3 and ${plan} != 'nei'", "question.help.and"},
		{"sum(${antall})", "question.help.sum"}, {". >= 0", "question.help.dot"}, {"if(${a} > 3, 1, 0)  coalesce(${a}, 0)  today()", "question.help.more"}} {
		out.Facts = append(out.Facts, ui.Fact{Label: x.code, Text: t.T(x.says)})
	}
	for _, s := range d.Sections {
		for _, q := range s.Questions {
			for _, x := range append([]question.Question{q}, q.Columns...) {
				if x.Name == "" {
					continue
				}
				var codes []string
				for _, c := range x.Choices {
					codes = append(codes, "'"+c.Code+"'")
				}
				label, _ := x.Label.In(t.Language())
				out.Points = append(out.Points, ui.Point{Text: strings.TrimSpace("${" + x.Name + "} – " + label + " " + strings.Join(codes[:min(len(codes), 12)], " "))})
			}
		}
	}
	return out
}
