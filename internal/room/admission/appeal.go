package admission

import (
	"slices"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
)

// AppealRule is what the law says of the time to appeal against a refusal by a public
// provider. From is the first day it applied and Until the last, zero while it does; Checked
// is the day somebody read it at the Source.
type AppealRule struct {
	Law, Where           string
	Days                 int
	From, Until, Checked clock.Date
	Source               string
}

// appealRules are the rules that have applied. A new act on public administration was passed
// in 2025; no page that could be read says that it applies, so it has no row.
var appealRules = []AppealRule{{
	Law: "forvaltningsloven", Where: "§ 29", Days: 21, From: clock.MustDate("1970-01-01"), Checked: clock.MustDate("2026-11-23"),
	Source: "https://juridika.no/no/lov/1967-02-10",
}}

// AppealRuleOn is the rule that applies on the day, and whether there is one.
func AppealRuleOn(day clock.Date) (AppealRule, bool) {
	for _, r := range appealRules {
		if !r.From.After(day) && (r.Until.IsZero() || !r.Until.Before(day)) {
			return r, true
		}
	}
	return AppealRule{}, false
}

// by is the last day to appeal against what she is told of on the day: three weeks later,
// the day itself not counted; a last day that is no working day is moved to the next.
func (r AppealRule) by(day clock.Date) clock.Date {
	return clock.NextWorkday(day.AddDays(r.Days))
}

// canBeAppealed reports whether a refusal by an organisation of the kind is one of the
// administration's; against a private one its own rules apply.
func canBeAppealed(k org.Kind) bool {
	return slices.Contains([]org.Kind{org.County, org.Municipality, org.StateAgency, org.PublicUnit, org.UpperSec, org.Fagskole, org.University}, k)
}
