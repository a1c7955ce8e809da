package telling

import (
	"slices"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/wording"
)

// Labelled is a code that has a name.
type Labelled interface {
	~string
	Label() i18n.Key
}

// Facts collects the lines of a description list; empty values are left out.
type Facts struct {
	T     i18n.Printer
	Items []ui.Fact
}

// Add adds a line of one value.
func (f *Facts) Add(label i18n.Key, value string) {
	if value != "" {
		f.Items = append(f.Items, ui.Fact{Label: f.T.T(label), Text: value})
	}
}

// Lines adds a line of several values.
func (f *Facts) Lines(label i18n.Key, values []string) {
	if len(values) > 0 {
		f.Items = append(f.Items, ui.Fact{Label: f.T.T(label), Lines: values})
	}
}

func labels[T Labelled](t i18n.Printer, list ...T) []string {
	var out []string
	for _, v := range list {
		if v != "" {
			out = append(out, t.T(v.Label()))
		}
	}
	return out
}

// Label is the name of a code, nothing for no code.
func Label[T Labelled](t i18n.Printer, v T) string {
	if v == "" {
		return ""
	}
	return t.T(v.Label())
}

// Contents are the lines about the competence, why it is missing, what the
// organisation contributes and who may see it.
func Contents(t i18n.Printer, places *place.Register, c need.Content) []ui.Fact {
	f := Facts{T: t}
	if c.Headcount > 0 {
		f.Add("need.fact.headcount", t.T("need.people", "n", c.Headcount))
	}
	if c.Municipality != "" {
		f.Add("need.label.municipality", wording.Place(places, c.Municipality))
	}
	f.Add("need.fact.purpose", Label(t, c.Purpose))
	f.Add("need.label.level", Label(t, Known(c.Level)))
	f.Lines("need.fact.forms", labels(t, c.Forms...))
	f.Add("need.label.wanted_from", t.Date(c.WantedFrom))
	f.Add("need.fact.horizon", Label(t, c.Horizon))
	f.Add("need.fact.cause", Label(t, c.Cause))
	f.Lines("need.fact.consequences", labels(t, c.Consequences...))
	f.Lines("need.fact.barriers", labels(t, c.Barriers...))
	willing := labels(t, WillingCodes(c.Willing)...)
	if c.Willing.PledgeSeats > 0 {
		willing = append(willing, t.T("need.willing.seats", "n", c.Willing.PledgeSeats))
	}
	f.Lines("need.fact.willing", willing)
	if c.Sector != "" {
		f.Add("need.label.sector", t.T(need.SectorLabel(c.Sector)))
	}
	if c.Confidentiality != "" {
		f.Add("need.fact.confidentiality", t.T(c.Confidentiality.Label()))
	}
	return f.Items
}

// Whose are the lines about whose need it is.
func Whose(t i18n.Printer, d need.Detail) []ui.Fact {
	f := Facts{T: t}
	if d.Aggregated() {
		f.Add("need.label.organisation", t.T("need.firms", "n", d.Firms))
	} else {
		f.Add("need.label.organisation", d.OrganisationName)
	}
	f.Add("need.fact.represented_by", d.RepresentedName)
	return f.Items
}

// Shown are all the lines of a need's page, as far as its reader may see them.
func Shown(t i18n.Printer, places *place.Register, d need.Detail) []ui.Fact {
	f := Facts{T: t, Items: append(Whose(t, d), Contents(t, places, d.Content)...)}
	f.Add("need.fact.ground", d.ConfidentialityGround)
	if d.LegalGround != nil && d.LegalGround.Citation != "" && d.Sight == need.Full {
		f.Items = append(f.Items, ui.Fact{Label: t.T("need.fact.legal_ground"),
			Lines: []string{t.T("need.fact.legal_ground.text", "from", d.LegalGround.From, "checked", d.LegalGround.CheckedOn)},
			Link:  &ui.Link{Label: d.LegalGround.Citation, Href: d.LegalGround.Source}})
	}
	if d.Field != "" {
		f.Add("need.fact.field", t.T(d.Field.Label()))
	}
	f.Add("need.fact.mandate", d.MandateGround)
	f.Add("need.fact.provider", d.ProviderName)
	f.Add("need.fact.answer_by", t.Date(d.AnswerBy))
	if d.PoolRef != nil {
		f.Items = append(f.Items, ui.Fact{Label: t.T("need.fact.pool"),
			Link: &ui.Link{Label: d.PoolRef.Number + " " + d.PoolRef.Title, Href: "/felles/" + string(d.PoolRef.ID)}})
	}
	if !d.SubmittedAt.IsZero() {
		f.Add("need.fact.submitted", t.Date(d.SubmittedAt.Date()))
	}
	if d.Source != need.FromForm {
		f.Add("need.fact.source", Label(t, d.Source))
	}
	return f.Items
}

// Willingness is what an organisation may tick that it will contribute.
type Willingness string

// AllWilling lists them in the order pages show them.
func AllWilling() []Willingness {
	return []Willingness{"employ_first", "apprentice", "co_finance", "instructor"}
}

// Label is its name.
func (w Willingness) Label() i18n.Key { return i18n.Key("need.willing." + string(w)) }

// WillingCodes are what is ticked; WillingOf is the other way around.
func WillingCodes(w need.Willing) []Willingness {
	var out []Willingness
	for i, yes := range []bool{w.EmployFirst, w.Apprentice, w.CoFinance, w.Instructor} {
		if yes {
			out = append(out, AllWilling()[i])
		}
	}
	return out
}

// WillingOf is what the codes and the number of seats say.
func WillingOf(codes []Willingness, seats int) need.Willing {
	has := func(w Willingness) bool { return slices.Contains(codes, w) }
	return need.Willing{EmployFirst: has("employ_first"), Apprentice: has("apprentice"), CoFinance: has("co_finance"),
		Instructor: has("instructor"), PledgeSeats: seats}
}

// Known is the level, empty when it is said not to be known.
func Known(l need.Level) need.Level {
	if l == need.LevelUnknown {
		return ""
	}
	return l
}

// Differing is what the stored need says otherwise than what was typed.
func Differing(t i18n.Printer, places *place.Register, theirs, mine need.Content) []ui.Fact {
	own := map[string]ui.Fact{}
	for _, f := range texts(t, places, mine) {
		own[f.Label] = f
	}
	var out []ui.Fact
	for _, f := range texts(t, places, theirs) {
		if f.Text != own[f.Label].Text || !slices.Equal(f.Lines, own[f.Label].Lines) {
			out = append(out, f)
		}
		delete(own, f.Label)
	}
	for _, f := range texts(t, places, mine) {
		if _, only := own[f.Label]; only {
			out = append(out, ui.Fact{Label: f.Label, Text: t.T("need.theirs.empty")})
		}
	}
	return out
}

// texts is all that a need says, with its own words first.
func texts(t i18n.Printer, places *place.Register, c need.Content) []ui.Fact {
	out := []ui.Fact{{Label: t.T("need.label.text"), Text: c.Text}}
	if title := c.Title; title != "" && title != need.TitleOf(c.Text) {
		out = append(out, ui.Fact{Label: t.T("need.label.title"), Text: title})
	}
	out = append(out, Contents(t, places, c)...)
	if c.ConfidentialityGround != "" {
		out = append(out, ui.Fact{Label: t.T("need.label.confidentiality_ground"), Text: c.ConfidentialityGround})
	}
	return out
}
