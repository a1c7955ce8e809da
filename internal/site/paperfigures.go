package site

import (
	"context"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/few"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
	"kompetansetorg/internal/room/meeting/casework/writing"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/demand"
	"kompetansetorg/internal/room/need/wording"
)

// paperFigures are the registers that case papers show figures from. Each is read as
// a visitor reads it: a paper becomes public, so nothing may stand in it that a rule
// of small numbers keeps back.
func paperFigures(texts *i18n.Bundle, s *Services) []writing.Source {
	return []writing.Source{
		{Name: "behov", Label: "case.figures.need", Example: "B-2026-0042", Read: func(ctx context.Context, l i18n.Lang, number string) (casepaper.Figures, bool, error) {
			d, err := s.Needs.GetByNumber(ctx, access.Actor{}, number)
			if fault.Is(err, fault.NotFound) {
				return casepaper.Figures{}, false, nil
			}
			t := texts.Printer(l)
			return casepaper.Figures{Title: d.Number, Value: wording.Persons(t, few.Exactly(d.Headcount)), AsOf: s.Cases.Clock.Today(), Source: t.T("case.figures.need.source", "number", d.Number)}, true, err
		}},
		{Name: "felles", Label: "case.figures.pool", Example: "F-2026-0003", Read: func(ctx context.Context, l i18n.Lang, number string) (casepaper.Figures, bool, error) {
			d, err := s.Pools.GetByNumber(ctx, access.Actor{}, number)
			if fault.Is(err, fault.NotFound) {
				return casepaper.Figures{}, false, nil
			}
			t := texts.Printer(l)
			return casepaper.Figures{Title: d.Title, Value: t.T("case.figures.pool.value", "persons", wording.Persons(t, d.Headcount), "firms", wording.Firms(t, d.Firms)),
				AsOf: s.Cases.Clock.Today(), Source: t.T("case.figures.pool.source", "number", d.Number)}, true, err
		}},
		{Name: "etterspørsel", Label: "case.figures.demand", Example: "health", Read: func(ctx context.Context, l i18n.Lang, field string) (casepaper.Figures, bool, error) {
			return demandFigures(ctx, texts.Printer(l), s, need.Field(field))
		}},
	}
}

// demandFigures are the open table of a field: a row for each region, level and year,
// and how many of them there are as the value in a line.
func demandFigures(ctx context.Context, t i18n.Printer, s *Services, field need.Field) (casepaper.Figures, bool, error) {
	known := false
	for _, f := range need.Fields() {
		known = known || f == field
	}
	if !known {
		return casepaper.Figures{}, false, nil
	}
	lines, err := s.Demand.Table(ctx, access.Actor{}, demand.Choice{Fields: []need.Field{field}})
	if err != nil {
		return casepaper.Figures{}, false, err
	}
	out := casepaper.Figures{Title: t.T(field.Label()), Head: []string{t.T("case.figures.region"), t.T("case.figures.level"), t.T("case.figures.year"), t.T("case.figures.firms"), t.T("case.figures.persons")},
		Source: t.T("case.figures.demand.source")}
	var newest clock.Date
	for _, x := range lines {
		if x.AsOf.After(newest) {
			newest = x.AsOf
		}
		out.Rows = append(out.Rows, []string{wording.Region(t, s.Places, x.Region), t.T(x.Level.Label()), strconv.Itoa(x.Year), wording.Number(t, x.Firms, wording.FewFirms), wording.Number(t, x.Headcount, "")})
	}
	if newest.IsZero() {
		newest = s.Cases.Clock.Today()
	}
	out.AsOf, out.Value = newest, t.T("case.figures.rows", "n", len(lines))
	return out, true, nil
}
