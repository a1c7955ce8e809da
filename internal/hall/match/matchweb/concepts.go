package matchweb

import (
	"net/http"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
)

// concept is a concept as a reader can choose it: "Tømrere og snekkere
// (yrke)". The kind stands beside the name, as an occupation and a trade may be
// called the same.
type concept struct {
	ref   match.Ref
	label string
	named string
}

func schemes() []vocab.Scheme { return []vocab.Scheme{vocab.Styrk08, vocab.Trade, vocab.Topic} }

func kindOf(t i18n.Printer, s vocab.Scheme) string { return t.T(i18n.Key("match.scheme." + string(s))) }

func newConcept(t i18n.Printer, c vocab.Concept) concept {
	label := c.Label(string(t.Language()))
	return concept{ref: match.Ref{Scheme: c.Scheme, Code: c.Code}, label: label, named: label + " (" + kindOf(t, c.Scheme) + ")"}
}

// parseRef reads "styrk08:8172"; false for what is in no vocabulary.
func (p *Pages) parseRef(s string) (match.Ref, bool) {
	scheme, code, _ := strings.Cut(s, ":")
	ref := match.Ref{Scheme: vocab.Scheme(scheme), Code: code}
	_, ok := p.Match.Vocab.Now().Concept(ref.Scheme, ref.Code)
	return ref, ok
}

// maxSuggestions is how many names each vocabulary suggests.
const maxSuggestions = 6

// suggest lists the concepts that begun may become: first those that are called
// so, then those that are known by such a word.
func (p *Pages) suggest(t i18n.Printer, begun string) []concept {
	var out []concept
	for _, scheme := range schemes() {
		for _, c := range p.Match.Vocab.Now().Suggest(scheme, begun, maxSuggestions) {
			out = append(out, newConcept(t, c))
		}
	}
	calledSo := func(c concept) int {
		if strings.HasPrefix(text.Fold(c.label), text.Fold(begun)) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(out, func(a, b concept) int { return calledSo(a) - calledSo(b) })
	return out
}

// resolve finds the concept that was written, by ref or by name. Without one
// it gives those that may be meant.
func (p *Pages) resolve(t i18n.Printer, typed string) (match.Ref, []concept) {
	if ref, ok := p.parseRef(typed); ok {
		return ref, nil
	}
	name := typed
	for _, s := range schemes() {
		name = strings.TrimSuffix(name, " ("+kindOf(t, s)+")")
	}
	found := p.suggest(t, name)
	for _, c := range found {
		if text.Fold(c.named) == text.Fold(typed) {
			return c.ref, nil
		}
	}
	for _, c := range found {
		if text.Fold(c.label) == text.Fold(name) {
			return c.ref, nil
		}
	}
	if len(found) == 1 {
		return found[0].ref, nil
	}
	if len(found) == 0 {
		found = p.linked(t, typed, nil, maxSuggestions)
	}
	return match.Ref{}, found[:min(len(found), maxSuggestions)]
}

// linked lists concepts that the text may be about, besides those shown, at
// most so many.
func (p *Pages) linked(t i18n.Printer, written string, shown []match.Concept, most int) []concept {
	var out []concept
	for _, m := range p.Match.Vocab.Now().Link(written, vocab.LinkOptions{Top: maxSuggestions}).Matches {
		c := newConcept(t, m.Concept)
		if !slices.ContainsFunc(shown, func(s match.Concept) bool { return s.Ref() == c.ref }) {
			out = append(out, c)
		}
	}
	return out[:min(len(out), most)]
}

// chipLabel is a concept with the reader's words that spoke for it.
func chipLabel(t i18n.Printer, c match.Concept) string {
	label := c.Label(string(t.Language()))
	switch {
	case c.Added:
		return t.T("match.concept.added", "concept", label)
	case len(c.Words) == 0:
		return label
	}
	return t.T("match.concept.words", "concept", label, "words", strings.Join(c.Words[:min(len(c.Words), 3)], ", "))
}

// addField is the field that adds a concept. Names come from the vocabularies
// as one writes; without JavaScript the likeliest are there from the start,
// and what is not found is asked about.
func addField(t i18n.Printer, likely []concept) form.Field {
	f := form.Field{Name: paramAdd, Kind: form.Suggest, Label: t.T("match.add.label"), Hint: t.T("match.add.hint"), Autocomplete: "off",
		Attrs: []form.Attr{{Name: "hx-get", Value: "/finn/begrep"}, {Name: "hx-trigger", Value: "input changed delay:200ms"},
			{Name: "hx-target", Value: "#legg-list"}, {Name: "hx-sync", Value: "this:replace"}}}
	for _, c := range likely {
		f.Datalist = append(f.Datalist, c.named)
	}
	return f
}

// optionsView are the options of the add field while one writes.
type optionsView struct{ Names []string }

func (p *Pages) options(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	t := p.door.Printer(r)
	var view optionsView
	for _, c := range p.suggest(t, text.Truncate(form.Read(r.URL.Query()).Text(paramAdd), maxBegun)) {
		view.Names = append(view.Names, c.named)
	}
	return p.door.Views.RenderFragment(w, http.StatusOK, "match/find", "match.options", view)
}

// maxBegun is how much of what is begun is looked up, in characters.
const maxBegun = 100

// maybeChips offer the concepts that may be meant.
func maybeChips(t i18n.Printer, list []concept, href func(match.Ref) string) ui.Chips {
	chips := ui.Chips{Label: t.T("match.maybe")}
	for _, c := range list {
		chips.Items = append(chips.Items, ui.Chip{Label: c.named, Href: href(c.ref)})
	}
	return chips
}
