package casepaper

import (
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/casework/check"
)

// Part is a section of a template: its name, what it is headed by, help for the
// writer, and what it is for when the check has to know.
type Part struct {
	Name    string
	Heading i18n.Text
	Help    i18n.Key
	Role    check.Role
	// Below is the part that this one stands under, empty for one of its own.
	Below string
}

// recommendation is the name of the part that says what the body is asked to decide.
const recommendation = "recommendation"

// Template is the sections of a paper. It is called as the kind of case that it is for.
type Template struct {
	Name  string
	Parts []Part
}

// Heading says where the sections below one another are gathered in the paper of a
// meeting (D.4: Saksopplysninger).
var gathered = i18n.Text{NB: "Saksopplysninger", NN: "Saksopplysningar", EN: "About the case"}

// Templates lists the templates. They are data: a new one needs no other change.
// The first is the paper of D.4, the second the larger political case of D.6.
func Templates() []Template {
	annexes := Part{Name: "annexes", Heading: i18n.Text{NB: "Vedlegg", NN: "Vedlegg", EN: "Annexes"}, Help: "case.help.annexes", Role: check.Annexes}
	background := Part{Name: "background", Heading: i18n.Text{NB: "Bakgrunn for saken", NN: "Bakgrunn for saka", EN: "Background"}, Help: "case.help.background", Below: "about"}
	facts := Part{Name: "facts", Heading: i18n.Text{NB: "Faktiske opplysninger", NN: "Faktiske opplysningar", EN: "Facts"}, Help: "case.help.facts", Below: "about"}
	assessment := Part{Name: "assessment", Heading: i18n.Text{NB: "Vurdering", NN: "Vurdering", EN: "Assessment"}, Help: "case.help.assessment"}
	proposal := Part{Name: recommendation, Heading: i18n.Text{NB: "Innstilling", NN: "Tilråding", EN: "Recommendation"}, Help: "case.help.recommendation", Role: check.Recommendation}
	top := func(p Part) Part { p.Below = ""; return p }
	return []Template{
		{Name: "paper", Parts: []Part{background, facts, assessment, proposal, annexes}},
		{Name: "larger", Parts: []Part{
			{Name: "summary", Heading: i18n.Text{NB: "Sammendrag", NN: "Samandrag", EN: "Summary"}, Help: "case.help.summary"}, top(background), top(facts),
			{Name: "discussion", Heading: i18n.Text{NB: "Drøftinger", NN: "Drøftingar", EN: "Discussion"}, Help: "case.help.discussion"},
			{Name: "way_forward", Heading: i18n.Text{NB: "Veien videre", NN: "Vegen vidare", EN: "The way forward"}, Help: "case.help.way_forward"},
			{Name: "points", Heading: i18n.Text{NB: "Diskusjonspunkt", NN: "Diskusjonspunkt", EN: "Points for discussion"}, Help: "case.help.points"}, annexes}},
		{Name: "discussion", Parts: []Part{background, facts, assessment,
			{Name: "points", Heading: i18n.Text{NB: "Spørsmål til drøfting", NN: "Spørsmål til drøfting", EN: "Questions to discuss"}, Help: "case.help.points"}, annexes}},
		{Name: "information", Parts: []Part{
			{Name: "information", Heading: i18n.Text{NB: "Orientering", NN: "Orientering", EN: "Information"}, Help: "case.help.information"}, annexes}},
		{Name: "consultation", Parts: []Part{background, facts, assessment,
			{Name: recommendation, Heading: i18n.Text{NB: "Forslag til uttalelse", NN: "Framlegg til fråsegn", EN: "Proposed response"}, Help: "case.help.response", Role: check.Recommendation}, annexes}},
		{Name: "admission", Parts: []Part{background,
			{Name: "accepts", Heading: i18n.Text{NB: "Kommunens vedtak om avtalen", NN: "Vedtaket i kommunen om avtalen", EN: "The municipality's decision on the agreement"}, Help: "case.help.accepts", Below: "about"},
			{Name: "effects", Heading: i18n.Text{NB: "Følger for seter, kontingent og regler", NN: "Følgjer for sete, kontingent og reglar", EN: "Effects on seats, fee and rules"}, Help: "case.help.effects", Below: "about"}, assessment, proposal, annexes}},
		{Name: "interpellation", Parts: []Part{
			{Name: "information", Heading: i18n.Text{NB: "Opplysninger til spørsmålet", NN: "Opplysningar til spørsmålet", EN: "Facts for the question"}, Help: "case.help.information"}, annexes}},
	}
}

// Named is the template called name, the first when there is none: a kind of case
// without a template of its own has that.
func Named(name string) Template {
	all := Templates()
	for _, t := range all {
		if t.Name == name {
			return t
		}
	}
	return all[0]
}

// Gathered is the heading over the parts that stand below one another.
func Gathered(l i18n.Lang) string { s, _ := gathered.In(l); return s }

// part finds a part of the template; the zero Part when it has none of the name.
func (t Template) part(name string) Part {
	for _, p := range t.Parts {
		if p.Name == name {
			return p
		}
	}
	return Part{Name: name}
}

// IsGathered reports whether the part of the template stands under the gathering
// heading.
func IsGathered(template, part string) bool {
	return Named(template).part(part).Below != ""
}
