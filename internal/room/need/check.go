package need

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
)

// checker collects the wrong fields of a Content.
type checker struct {
	fault.Fields
	places *place.Register
	today  clock.Date
	// pending: the organisation is settled elsewhere.
	pending bool
}

// draft checks what even an unfinished draft must keep to: known codes,
// lengths and ranges of what has been filled in.
func (c *checker) draft(in Content) {
	c.length("text", in.Text, MaxText)
	c.length("title", in.Title, MaxTitle)
	c.length("mandate_ground", in.MandateGround, maxMandate)
	c.length("confidentiality_ground", in.ConfidentialityGround, MaxGround)
	if in.Municipality != "" && !c.places.On(c.today).Has(place.Number(in.Municipality)) {
		c.Add("municipality", "form.error.municipality")
	}
	if in.Sector != "" && (len(in.Sector) != 1 || !strings.Contains(sectors, in.Sector)) {
		c.Add("sector", "form.error.choice")
	}
	OneOf(&c.Fields, "purpose", in.Purpose, Purposes())
	OneOf(&c.Fields, "level", in.Level, Levels())
	OneOf(&c.Fields, "horizon", in.Horizon, Horizons())
	OneOf(&c.Fields, "cause", in.Cause, Causes())
	OneOf(&c.Fields, "confidentiality", in.Confidentiality, Confidentialities())
	OneOf(&c.Fields, "source", in.Source, Sources())
	OneOf(&c.Fields, "language", in.Lang, i18n.Langs())
	allOf(&c.Fields, "forms", in.Forms, Forms())
	allOf(&c.Fields, "consequences", in.Consequences, Consequences())
	allOf(&c.Fields, "barriers", in.Barriers, Barriers())
	if in.Headcount < 0 || in.Headcount > MaxHeadcount {
		c.Add("headcount", "form.error.range", "min", 1, "max", MaxHeadcount)
	}
	if in.Willing.PledgeSeats < 0 || in.Willing.PledgeSeats > MaxHeadcount {
		c.Add("willing_pledge_seats", "form.error.range", "min", 0, "max", MaxHeadcount)
	}
	c.firms(in)
	CheckConcepts(&c.Fields, in.Concepts)
}

// complete checks what a need must have to be submitted.
func (c *checker) complete(in Content) {
	c.draft(in)
	if text.IsBlank(in.Text) {
		c.Add("text", "form.error.required")
	}
	if in.Organisation == "" && in.Firms < 2 && !c.pending {
		c.Add("organisation", "need.error.organisation_required")
	}
	if in.Organisation == "" && in.Firms > 1 && in.RepresentedBy == "" {
		c.Add("firms", "need.error.firms_need_adviser")
	}
	if in.Municipality == "" {
		c.Add("municipality", "form.error.municipality")
	}
	if in.Headcount == 0 {
		c.Add("headcount", "form.error.required")
	}
	if in.Willing.PledgeSeats > in.Headcount && in.Headcount > 0 {
		c.Add("willing_pledge_seats", "need.error.seats_over_headcount", "headcount", in.Headcount)
	}
	if in.Confidentiality != Open && text.IsBlank(in.ConfidentialityGround) {
		c.Add("confidentiality_ground", "need.error.ground_required")
	}
}

func (c *checker) firms(in Content) {
	switch {
	case in.Firms < 0 || in.Firms > MaxFirms:
		c.Add("firms", "form.error.range", "min", 2, "max", MaxFirms)
	case in.Organisation != "" && in.Firms > 1:
		c.Add("firms", "need.error.firms_or_organisation")
	case in.Organisation == "" && in.Firms > 1 && in.Headcount > 0 && in.Headcount < in.Firms:
		c.Add("headcount", "need.error.fewer_people_than_firms", "firms", in.Firms)
	}
}

// CheckConcepts notes at the field concepts when the list is too long or holds
// what is no concept.
func CheckConcepts(fs *fault.Fields, list []Concept) {
	if len(list) > MaxConcepts {
		fs.Add("concepts", "need.error.too_many_concepts", "max", MaxConcepts)
		return
	}
	for _, k := range list {
		known := slices.Contains([]Chosen{Linked, Added, Removed}, k.Chosen)
		if k.Scheme == "" || k.Code == "" || strings.Contains(k.Scheme, ":") || len(k.Ref()) > 100 || len(k.Styrk08) > 10 || !known {
			fs.Add("concepts", "form.error.choice")
			return
		}
	}
}

func (c *checker) length(field, s string, limit int) {
	if utf8.RuneCountInString(s) > limit {
		c.Add(field, "form.error.too_long", "max", limit)
	}
}

// OneOf refuses a code that is neither empty nor in the list.
func OneOf[T ~string](fs *fault.Fields, field string, v T, list []T) {
	if v != "" && !slices.Contains(list, v) {
		fs.Add(field, "form.error.choice")
	}
}

func allOf[T ~string](fs *fault.Fields, field string, values, list []T) {
	for _, v := range values {
		if !slices.Contains(list, v) {
			fs.Add(field, "form.error.choice")
			return
		}
	}
}
