package poolweb

import (
	"strings"

	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/wording"
)

// region names a region of figures, place a municipality.
func (p *pages) region(t i18n.Printer, r need.Region) string {
	return wording.Region(t, p.Places, r)
}
func (p *pages) place(number string) string { return wording.Place(p.Places, number) }

// regionOptions lists every region that figures are counted by.
func (p *pages) regionOptions(t i18n.Printer, chosen need.Region) []form.Option {
	out := []form.Option{{Value: "", Label: t.T("pool.any.region"), Selected: chosen == ""}}
	for _, r := range wording.Regions(p.Places) {
		out = append(out, form.Option{Value: string(r), Label: p.region(t, r), Selected: r == chosen})
	}
	return out
}

// ball says who has to act now.
func (p *pages) ball(t i18n.Printer, b need.BallView, overdue bool) ui.Ball {
	out := ui.Ball{Label: t.T("pool.ball.at"), Who: who(t, b), State: ui.BallWaiting}
	if b.Party == flow.Nobody {
		out.Label, out.State = t.T("pool.ball.rest"), ui.BallRest
		return out
	}
	if !b.Due.IsZero() {
		out.Due = t.T("pool.ball.due", "date", b.Due)
	}
	if b.Mine {
		out.State, out.Note = ui.BallMine, t.T("pool.ball.mine")
	}
	if overdue {
		out.State, out.Tags = ui.BallLate, []ui.Tag{{Text: t.T("pool.ball.late"), Color: ui.Danger}}
	}
	return out
}

// who names the holder of the ball: the organisation, or the office.
func who(t i18n.Printer, b need.BallView) string {
	if b.Name != "" {
		return b.Name
	}
	switch b.Party {
	case flow.Nobody:
		return t.T("pool.ball.nobody")
	case flow.Secretary:
		return t.T("pool.party.secretary")
	case flow.County:
		return t.T("pool.party.county")
	case flow.Provider:
		return t.T("pool.party.provider")
	}
	return t.T("pool.party.owner")
}

// lines are the filled lines of a text.
func lines(s string) []string {
	var out []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
