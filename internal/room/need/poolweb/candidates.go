package poolweb

import (
	"cmp"
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/wording"
)

// How many needs are proposed, and how many concepts they are looked for by.
const (
	maxProposed = 20
	maxLookups  = 12
)

// candidate is a need that could join a pool, and how much it has in common
// with what the pool is about.
type candidate struct {
	list.Item
	shared    []need.Concept
	sameField bool
}

// about is what a pool, or a pool to be, is about.
type about struct {
	concepts []need.Concept
	field    need.Field
	level    need.Level
}

// similar proposes needs that can join a pool now and are about the same: the
// most concepts in common first, then the same level, then the newest.
func (p *pages) similar(ctx context.Context, actor access.Actor, to about, except []need.ID) ([]candidate, error) {
	found := map[need.ID]*candidate{}
	look := func(f list.Filter, mark func(*candidate)) error {
		f.States = need.Poolable()
		page, _, err := p.Lists.List(ctx, actor, list.Query{Filter: f, Limit: 3 * maxProposed})
		if err != nil {
			return err
		}
		for _, it := range page.Items {
			if slices.Contains(except, it.ID) {
				continue
			}
			if found[it.ID] == nil {
				found[it.ID] = &candidate{Item: it}
			}
			mark(found[it.ID])
		}
		return nil
	}
	for i, c := range to.concepts {
		if i == maxLookups {
			break
		}
		if err := look(list.Filter{Concepts: []need.Concept{c}}, func(x *candidate) { x.shared = append(x.shared, c) }); err != nil {
			return nil, err
		}
	}
	if to.field != "" {
		if err := look(list.Filter{Fields: []need.Field{to.field}}, func(x *candidate) { x.sameField = true }); err != nil {
			return nil, err
		}
	}
	var out []candidate
	for _, c := range found {
		out = append(out, *c)
	}
	level := func(c candidate) int {
		if to.level != "" && to.level != need.LevelUnknown && c.Level == to.level {
			return 1
		}
		return 0
	}
	slices.SortFunc(out, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(len(b.shared), len(a.shared)), cmp.Compare(level(b), level(a)), b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(a.ID, b.ID))
	})
	return out[:min(len(out), maxProposed)], nil
}

// search finds needs that can join a pool now by words; without words the
// newest.
func (p *pages) search(ctx context.Context, actor access.Actor, words string, except []need.ID) ([]candidate, error) {
	page, _, err := p.Lists.List(ctx, actor, list.Query{Filter: list.Filter{Text: words, States: need.Poolable()}, Limit: maxProposed + len(except)})
	if err != nil {
		return nil, err
	}
	var out []candidate
	for _, it := range page.Items {
		if !slices.Contains(except, it.ID) {
			out = append(out, candidate{Item: it})
		}
	}
	return out[:min(len(out), maxProposed)], nil
}

// chosen loads the needs that the address or the form names; one that the
// actor may not see, or that is no need, is left out.
func (p *pages) chosen(ctx context.Context, actor access.Actor, named []string) ([]need.Detail, error) {
	var out []need.Detail
	for _, s := range named {
		id, err := need.ParseID(s)
		if err != nil || slices.ContainsFunc(out, func(d need.Detail) bool { return d.ID == id }) {
			continue
		}
		d, err := p.Needs.Get(ctx, actor, id)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

func ids(list []need.Detail) []need.ID {
	out := make([]need.ID, len(list))
	for i, d := range list {
		out[i] = d.ID
	}
	return out
}

// aboutNeeds is what several needs are about together.
func aboutNeeds(list []need.Detail) about {
	var out about
	for _, d := range list {
		for _, c := range d.ConceptsInUse() {
			if !slices.ContainsFunc(out.concepts, func(x need.Concept) bool { return x.Ref() == c.Ref() }) {
				out.concepts = append(out.concepts, c)
			}
		}
		if out.field == "" {
			out.field = d.Field
		}
		if out.level == "" || out.level == need.LevelUnknown {
			out.level = d.Level
		}
	}
	return out
}

// chosenField shows the needs that were picked, ticked.
func (p *pages) chosenField(t i18n.Printer, list []need.Detail) form.Field {
	f := form.Field{Name: "needs", Kind: form.Checks, Label: t.T("pool.form.chosen"), Hint: t.T("pool.form.chosen.hint")}
	for _, d := range list {
		org := d.OrganisationName
		if d.Aggregated() {
			org = t.T("wording.firms", "n", d.Firms)
		}
		f.Options = append(f.Options, form.Option{Value: string(d.ID), Label: d.Title, Selected: true,
			Hint: wording.Dotted(d.Number, org, p.place(d.Municipality), t.T("wording.persons", "n", d.Headcount))})
		f.Values = append(f.Values, string(d.ID))
	}
	return f
}

// candidateField offers needs to tick, each with why it is proposed.
func (p *pages) candidateField(t i18n.Printer, label i18n.Key, list []candidate) form.Field {
	f := form.Field{Name: "needs", ID: "similar", Kind: form.Checks, Label: t.T(label)}
	for _, c := range list {
		f.Options = append(f.Options, form.Option{Value: string(c.ID), Label: c.Title,
			Hint: wording.Dotted(c.Number, holder(t, c.Item), p.place(c.Municipality), t.T("wording.persons", "n", c.Headcount), p.reason(t, c))})
	}
	return f
}

// reason says why a need is proposed: what it shares with the pool.
func (p *pages) reason(t i18n.Printer, c candidate) string {
	var names []string
	for _, k := range c.shared {
		if name := p.ConceptLabel(k.Scheme, k.Code, t.Language()); name != "" && len(names) < 2 {
			names = append(names, name)
		}
	}
	switch {
	case len(names) > 0:
		return t.T("pool.reason.concept", "names", t.Join(names))
	case len(c.shared) == 0 && c.sameField:
		return t.T("pool.reason.field", "field", c.Field.Label())
	}
	return ""
}
