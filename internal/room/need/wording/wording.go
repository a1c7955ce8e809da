package wording

import (
	"embed"
	"strings"

	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/ask"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Firms writes a number of organisations as the reader may know it.
func Firms(t i18n.Printer, f need.Figure) string {
	switch {
	case f.Known:
		return t.T("wording.firms", "n", f.Value)
	case f.Few:
		return t.T("wording.firms.few")
	}
	return t.T("wording.hidden")
}

// Persons writes a number of people. One that is built on one or two
// organisations is not shown at all.
func Persons(t i18n.Printer, f need.Figure) string {
	if f.Known {
		return t.T("wording.persons", "n", f.Value)
	}
	return t.T("wording.hidden")
}

// Number writes a figure in a column that says what it counts: "12", "1–2", or
// that it is not shown. few is what one or two organisations are called there.
func Number(t i18n.Printer, f need.Figure, few i18n.Key) string {
	switch {
	case f.Known:
		return t.Number(f.Value)
	case f.Few && few != "":
		return t.T(few)
	}
	return t.T("wording.hidden")
}

// FewFirms is what stands for a number of organisations that is one or two.
const FewFirms i18n.Key = "wording.few"

// Why says why a figure is missing; empty when it is not.
func Why(t i18n.Printer, f need.Figure) string {
	switch {
	case f.Known:
		return ""
	case f.Few:
		return t.T("wording.why.few", "few", need.Few)
	}
	return t.T("wording.why.withheld")
}

// WhyShort is Why for a cell of a table.
func WhyShort(t i18n.Printer, f need.Figure) string {
	switch {
	case f.Known:
		return ""
	case f.Few:
		return t.T("wording.why.few.short")
	}
	return t.T("wording.why.withheld.short")
}

// Sizes are figures in JSON. One that is withheld is null, and Suppressed says
// why: "few" is one or two organisations, "withheld" that it would tell about
// others or is not published yet.
type Sizes struct {
	Headcount  *int   `json:"headcount" doc:"Persons; null when withheld"`
	Firms      *int   `json:"firms" doc:"Organisations; null when withheld"`
	Suppressed string `json:"suppressed,omitempty" enum:"few,withheld," doc:"Why a figure is null"`
}

// SizesOf gives the figures for JSON.
func SizesOf(headcount, firms need.Figure) Sizes {
	var out Sizes
	if headcount.Known {
		out.Headcount = &headcount.Value
	}
	if firms.Known {
		out.Firms = &firms.Value
	}
	switch {
	case headcount.Known && firms.Known:
	case headcount.Few || firms.Few:
		out.Suppressed = "few"
	default:
		out.Suppressed = "withheld"
	}
	return out
}

// Region names a region that figures are counted by.
func Region(t i18n.Printer, places *place.Register, r need.Region) string {
	switch {
	case r == "":
		return t.T("wording.region.none")
	case r == need.SeveralRegions:
		return t.T("wording.region.several")
	case r.County() == "":
		if known, err := places.Region(place.RegionID(r)); err == nil {
			return known.Name
		}
		return string(r)
	}
	name := string(r.County())
	for _, c := range places.On(clock.Date{}).Counties() {
		if c.Number == r.County() {
			name = c.Name
		}
	}
	if isDivided(places, r.County()) {
		return t.T("wording.region.rest", "county", name)
	}
	return name
}

// isDivided reports whether the county has competence regions of its own.
func isDivided(places *place.Register, county place.CountyNumber) bool {
	for _, g := range places.Regions(clock.Date{}, place.CompetenceRegion) {
		members, err := places.MembersAt(g.ID, clock.Date{})
		if err == nil && len(members) > 0 && members[0].County == county {
			return true
		}
	}
	return false
}

// Regions lists every region that figures are counted by.
func Regions(places *place.Register) []need.Region {
	var out []need.Region
	for _, g := range places.Regions(clock.Date{}, place.CompetenceRegion) {
		out = append(out, need.Region(g.ID))
	}
	for _, c := range places.On(clock.Date{}).Counties() {
		out = append(out, need.Region("county:"+string(c.Number)))
	}
	return append(out, need.SeveralRegions)
}

// Place names a municipality, also one that has been closed.
func Place(places *place.Register, number string) string {
	m, err := places.Municipality(place.Number(number))
	if err != nil {
		return number
	}
	return m.Name
}

// State is where a need or a pooled need stands, as a coloured word.
func State(t i18n.Printer, s flow.State) ui.Tag {
	color := ui.Info
	switch s {
	case need.Covered, need.CoveredByExisting, need.CoveredByOther:
		color = ui.Success
	case need.NotPossible:
		color = ui.Warning
	case need.Closed, need.Withdrawn, need.Merged:
		color = ui.Neutral
	}
	return ui.Tag{Text: t.T(need.StateLabel(s)), Color: color}
}

// Request is where a request for adaptation stands; a late one says so.
func Request(t i18n.Printer, q ask.Request) ui.Tag {
	if q.Late {
		return ui.Tag{Text: t.T("wording.request.late"), Color: ui.Danger}
	}
	color := ui.Info
	switch q.State {
	case ask.Accepted:
		color = ui.Success
	case ask.Declined:
		color = ui.Neutral
	}
	return ui.Tag{Text: t.T(q.State.Label()), Color: color}
}

// Options makes a choice of codes, with an empty first one when any is named.
func Options[T ~string](t i18n.Printer, any i18n.Key, list []T, label func(T) i18n.Key, chosen T) []form.Option {
	var out []form.Option
	if any != "" {
		out = append(out, form.Option{Value: "", Label: t.T(any), Selected: chosen == ""})
	}
	for _, v := range list {
		out = append(out, form.Option{Value: string(v), Label: t.T(label(v)), Selected: v == chosen})
	}
	return out
}

// Dotted puts the filled parts on one line.
func Dotted(parts ...string) string {
	var out []string
	for _, s := range parts {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " · ")
}
