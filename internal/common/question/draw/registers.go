package draw

import (
	"context"
	"embed"
	"slices"
	"strings"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
)

// Files are the texts of what is drawn, and of what is wrong with answers.
//
//go:embed text/*.json
var Files embed.FS

// Concepts is the vocabulary as forms need it: names for what somebody begins
// to write, what a text means, and what a code is called.
type Concepts interface {
	Suggest(scheme vocab.Scheme, typed string, limit int) []vocab.Concept
	Link(text string, opt vocab.LinkOptions) vocab.Result
	Concept(scheme vocab.Scheme, code string) (vocab.Concept, bool)
}

// Registers looks up what is written for an organisation, a municipality or a
// concept.
type Registers struct {
	Orgs   *org.Service
	Places *place.Register
	// Concepts gives the vocabulary as it is now.
	Concepts func() Concepts
	Clock    clock.Clock
}

// suggestions is how many names are suggested of each kind.
const suggestions = 8

// schemes are the vocabularies that the question asks for.
func schemes(q question.Question) []vocab.Scheme {
	if s, err := vocab.ParseScheme(q.Scheme); err == nil {
		return []vocab.Scheme{s}
	}
	return []vocab.Scheme{vocab.Styrk08, vocab.Trade, vocab.Topic}
}

// Suggest lists names that begin as what is typed.
func (r Registers) Suggest(ctx context.Context, q question.Question, typed string, l i18n.Lang) ([]string, error) {
	if typed = text.CleanLine(typed); typed == "" {
		return nil, nil
	}
	var out []string
	switch q.Kind {
	case question.Concept:
		for _, s := range schemes(q) {
			for _, c := range r.Concepts().Suggest(s, typed, suggestions) {
				out = append(out, c.Label(string(l)))
			}
		}
	case question.Municipality:
		folded := text.Fold(typed)
		for _, option := range r.Places.Options(r.Clock.Today()) {
			if strings.HasPrefix(text.Fold(option), folded) {
				out = append(out, option)
			}
		}
		out = out[:min(len(out), suggestions)]
	case question.Organisation:
		found, _, err := r.Orgs.List(ctx, org.Filter{Text: typed, Limit: suggestions})
		if err != nil {
			return nil, err
		}
		for _, e := range found.Items {
			out = append(out, e.Name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// Resolve fills in what the answers of the section were found to mean. What is
// not known stays as written, without a code.
func (r Registers) Resolve(ctx context.Context, sec question.Section, values question.Values) (question.Values, error) {
	for _, q := range sec.Questions {
		v, ok := values[q.Name]
		if !ok {
			continue
		}
		for i := range v.Rows {
			row, err := r.Resolve(ctx, question.Section{Questions: q.Columns}, v.Rows[i])
			if err != nil {
				return nil, err
			}
			v.Rows[i] = row
		}
		if q.Kind.IsRegister() {
			code, err := r.find(ctx, q, v.Text)
			if err != nil {
				return nil, err
			}
			v.Code = code
		}
		values[q.Name] = v
	}
	return values, nil
}

// find is the code of what is written, empty when it is not known.
func (r Registers) find(ctx context.Context, q question.Question, written string) (string, error) {
	if text.IsBlank(written) {
		return "", nil
	}
	switch q.Kind {
	case question.Municipality:
		n, err := r.Places.ParseTyped(written, r.Clock.Today())
		if err != nil {
			return "", nil // told by Validate, at the field
		}
		return string(n), nil
	case question.Organisation:
		o, err := r.Orgs.Find(ctx, written)
		if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict) {
			return "", nil
		}
		return string(o), err
	}
	return r.concept(q, written), nil
}

// concept is what is called so, else what the text is surely about.
func (r Registers) concept(q question.Question, written string) string {
	now, folded := r.Concepts(), text.Fold(written)
	for _, s := range schemes(q) {
		for _, c := range now.Suggest(s, written, suggestions) {
			if text.Fold(c.NB) == folded || text.Fold(c.NN) == folded || text.Fold(c.EN) == folded || c.Code == folded {
				return string(c.Scheme) + ":" + c.Code
			}
		}
	}
	found := now.Link(written, vocab.LinkOptions{Schemes: schemes(q), Top: 1})
	if !found.Confident || len(found.Matches) == 0 {
		return ""
	}
	return string(found.Matches[0].Scheme) + ":" + found.Matches[0].Code
}

// Label is what a code is called; empty when it is not known.
func (r Registers) Label(q question.Question, code string, l i18n.Lang) string {
	switch q.Kind {
	case question.Concept:
		scheme, code, _ := strings.Cut(code, ":")
		if c, ok := r.Concepts().Concept(vocab.Scheme(scheme), code); ok {
			return c.Label(string(l))
		}
	case question.Municipality:
		return r.Places.Written(place.Number(code))
	}
	return ""
}
