package rule

import "kompetansetorg/internal/kit/clock"

// Clause is one rule of kommuneloven as this package reads it. From is the first day it
// applied and Until the last, empty while it does. Checked is the day somebody held the
// reading against the law's current text; empty when nobody has.
type Clause struct {
	Where   string
	Says    Line
	From    clock.Date
	Until   clock.Date
	Checked clock.Date
}

// newLaw is when the law of 2018 applied in every municipality: from the constituting
// meetings after the election of 2019, held by the end of October.
var newLaw = clock.MustDate("2019-11-01")

// The law is read from the ministry's pages and bills; the text of the law itself was not
// at hand, so no clause is marked as checked.
var law = []Clause{
	{Where: "§ 7-3", Says: Say("rule.law.eligible"), From: newLaw},
	{Where: "§ 8-1", Says: Say("rule.law.must_vote"), From: newLaw},
	{Where: "§ 11-3", Says: Say("rule.law.agenda"), From: newLaw},
	{Where: "§ 11-4", Says: Say("rule.law.minutes"), From: newLaw},
	{Where: "§ 11-5", Says: Say("rule.law.open"), From: newLaw},
	{Where: "§ 11-7", Says: Say("rule.law.remote"), From: newLaw},
	{Where: "§ 11-8", Says: Say("rule.law.urgent"), From: newLaw},
	{Where: "§ 11-9", Says: Say("rule.law.quorum"), From: newLaw},
	{Where: "§ 11-10", Says: Say("rule.law.recusal"), From: newLaw},
	{Where: "§ 18-1", Says: Say("rule.law.council"), From: newLaw},
	{Where: "§ 18-4", Says: Say("rule.law.contract"), From: newLaw},
}

// Law lists what kommuneloven says on a day.
func Law(on clock.Date) []Clause {
	var list []Clause
	for _, c := range law {
		if !c.From.After(on) && (c.Until.IsZero() || !c.Until.Before(on)) {
			list = append(list, c)
		}
	}
	return list
}

// LawClause finds the clause of a paragraph on a day; without a day the one in force.
func LawClause(where string, on clock.Date) (Clause, bool) {
	for _, c := range law {
		if c.Where == where && (on.IsZero() && c.Until.IsZero() || !on.IsZero() && !c.From.After(on) && (c.Until.IsZero() || !c.Until.Before(on))) {
			return c, true
		}
	}
	return Clause{}, false
}

// ByLaw is the source of a rule of kommuneloven.
func ByLaw(where string) Source { return Source{From: FromLaw, Where: where, Day: newLaw} }
