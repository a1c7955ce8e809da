package needpaper

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/few"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/wording"
)

// group is the needs under one name, with what they sum up to.
type group struct {
	name         string
	rows         []list.Row
	firms, heads need.Figure
	exact        bool // the reader has an office
}

// groups parts the rows by a key, in the order of keys; other keys come after in
// the order they are met.
func groups(actor access.Actor, rows []list.Row, keys []string, key func(list.Row) string, name func(string) string) []group {
	by := map[string][]list.Row{}
	for _, r := range rows {
		k := key(r)
		by[k] = append(by[k], r)
		if !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	var out []group
	for _, k := range keys {
		if len(by[k]) > 0 {
			g := sum(actor, by[k])
			g.name = name(k)
			out = append(out, g)
		}
	}
	return out
}

// sum counts needs, organisations and people. The needs are those that the reader
// may open, so an office sees the sum; from others figures are withheld that are
// built on fewer than three organisations, as in every open table (need.Few).
func sum(actor access.Actor, rows []list.Row) group {
	g := group{rows: rows}
	heads, nameless, exact := 0, 0, !need.Office(actor).IsNowhere()
	firms := map[string]bool{}
	for _, r := range rows {
		heads += r.Headcount
		if r.Organisation == "" {
			nameless += r.Firms
		} else {
			firms[string(r.Organisation)] = true
		}
	}
	n := len(firms) + nameless
	g.firms, g.heads, g.exact = few.Exactly(n), few.Exactly(heads), exact
	if !exact && n < need.Few {
		g.firms, g.heads = few.FewOnly(), few.FewOnly()
	}
	return g
}

// fill puts the figures, the tables and the needs themselves into the paper.
// Where one figure is withheld, so is all that it could be computed from: the
// sums, and the same people counted another way.
func (p *papers) fill(t i18n.Printer, actor access.Actor, rows []list.Row, v paper.Values) {
	all, today, source := sum(actor, rows), p.Clock.Today(), t.T("needpaper.source")
	v["needs"] = paper.Text(t.T("needpaper.needs", "n", len(rows)))
	var regions []string
	for _, r := range wording.Regions(p.Places) {
		regions = append(regions, string(r))
	}
	byRegion := groups(actor, rows, regions, func(r list.Row) string { return string(need.RegionOf(p.Places, r.Municipality)) },
		func(k string) string { return wording.Region(t, p.Places, need.Region(k)) })
	byField := groups(actor, rows, nil, func(r list.Row) string { return string(r.Field) }, func(k string) string { return fieldName(t, need.Field(k)) })
	slices.SortStableFunc(byField, func(a, b group) int { return len(b.rows) - len(a.rows) })
	withheld := slices.ContainsFunc(slices.Concat(byRegion, byField, []group{all}), func(g group) bool { return !g.heads.Known })
	v["regions"] = paper.Blocks{figures(t, "needpaper.by_region", "need.label.region", byRegion, all, !withheld)}
	if withheld {
		v["few"] = paper.Text(t.T("needpaper.few", "few", need.Few))
	} else {
		v["firms"] = paper.Text(wording.Firms(t, all.firms))
		v["people"] = paperview.Live(t, wording.Persons(t, all.heads), today, source)
		v["fields"] = paper.Blocks{figures(t, "needpaper.by_field", "needpaper.col.field", byField, all, true)}
	}
	var blocks paper.Blocks
	for _, g := range byRegion {
		blocks = append(blocks, paper.H(3, g.name), p.needTable(t, g))
	}
	v["needs_by_region"] = blocks
}

func fieldName(t i18n.Printer, f need.Field) string {
	if f == "" {
		return t.T("needpaper.no_field")
	}
	return t.T(f.Label())
}

// figures is a table of what the groups sum up to.
func figures(t i18n.Printer, caption, head i18n.Key, list []group, all group, withSum bool) paper.Table {
	out := paper.Table{Caption: t.T(caption), RowHeads: true, Columns: []paper.Column{{Title: t.T(head)},
		{Title: t.T("needpaper.col.needs"), Number: true}, {Title: t.T("needpaper.col.firms"), Number: true}, {Title: t.T("needpaper.col.people"), Number: true}}}
	row := func(name string, g group) []paper.Inlines {
		return []paper.Inlines{paper.T(name), paper.T(t.Number(len(g.rows))), paper.T(wording.Number(t, g.firms, wording.FewFirms)), paper.T(wording.Number(t, g.heads, ""))}
	}
	for _, g := range list {
		out.Rows = append(out.Rows, row(g.name, g))
	}
	if withSum {
		out.Sum = row(t.T("needpaper.sum"), all)
	}
	return out
}

// needTable lists the needs of a region, those of a field together. How many
// people each is about stands there for readers with an office only: in a table
// it is a small number like any other.
func (p *papers) needTable(t i18n.Printer, g group) paper.Table {
	out := paper.Table{Caption: t.T("needpaper.in_region", "region", g.name), RowHeads: true, Columns: []paper.Column{{Title: t.T("needpaper.col.need")},
		{Title: t.T("needpaper.col.whose")}, {Title: t.T("need.label.state")}, {Title: t.T("needpaper.col.ball")}}}
	if g.exact {
		out.Columns = append(out.Columns, paper.Column{Title: t.T("needpaper.col.people"), Number: true})
	}
	rows := slices.Clone(g.rows)
	slices.SortStableFunc(rows, func(a, b list.Row) int {
		return slices.Index(need.Fields(), a.Field) - slices.Index(need.Fields(), b.Field)
	})
	for _, r := range rows {
		title := r.Title
		if title == "" {
			title = t.T("need.untitled")
		}
		name := append(paper.LinkOrText(p.PublicURL+"/behov/"+string(r.ID), r.Number), paper.T(" ", title)...)
		whose := r.OrganisationName
		if r.Organisation == "" {
			whose = t.T("need.firms", "n", r.Firms)
		}
		cells := []paper.Inlines{append(name, paper.Break{}, paper.Emphasis{Text: paper.T(fieldName(t, r.Field))}),
			paper.Lines(whose, wording.Place(p.Places, r.Municipality)), paper.T(t.T(need.StateLabel(standing(r)))), p.ball(t, r)}
		if g.exact {
			cells = append(cells, paper.T(t.Number(r.Headcount)))
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// standing is the state that counts: the pool's, where the need is part of one.
func standing(r list.Row) flow.State {
	if r.State == need.Merged && r.Pool != nil {
		return r.Pool.State
	}
	return r.State
}

// ball says who has the ball by the state that counts, and until when.
func (p *papers) ball(t i18n.Printer, r list.Row) paper.Inlines {
	state, ok := need.Flow().State(standing(r))
	if !ok || state.End {
		return paper.T(t.T("needpaper.ball.nobody"))
	}
	n := need.Need{Content: need.Content{Organisation: r.Organisation, RepresentedBy: r.RepresentedBy, Confidentiality: r.Confidentiality}, Provider: r.Provider}
	ball := need.BallIn(n, state, r.Due, p.Clock.Today())
	who, due := t.T(i18n.Key("need.party."+string(ball.Party))), ""
	if !r.Due.IsZero() {
		due = t.T("needpaper.ball.due", "date", r.Due)
		if r.Overdue {
			due = t.T("needpaper.ball.overdue", "date", r.Due)
		}
	}
	return paper.Lines(who, due)
}
