package elm

import (
	"strconv"
	"strings"

	"kompetansetorg/internal/room/supply/oeapi"
)

// Writer writes documents. Base is the address of the service, without a slash at its end.
type Writer struct{ Base string }

func (w Writer) context() Context { return Context{Vocab: namespace, Own: w.Base + "/elm#"} }

// Programme is a programme with its offerings as a document of its own.
func (w Writer) Programme(p oeapi.Programme, offerings []oeapi.Offering) Document {
	return Document{w.context(), w.achievement(p, offerings)}
}

// Entry is a programme with its offerings.
type Entry struct {
	Programme oeapi.Programme
	Offerings []oeapi.Offering
}

// Catalogue is the page of the number, counted from 1, of a catalogue that has so many
// programmes in all.
func (w Writer) Catalogue(list []Entry, page, total int, more bool) Catalogue {
	out := Catalogue{Context: w.context(), ID: w.Base + "/elm?page=" + strconv.Itoa(page), Type: typeCatalogue, Total: total, Page: page, Achievements: []Achievement{}}
	for _, e := range list {
		out.Achievements = append(out.Achievements, w.achievement(e.Programme, e.Offerings))
	}
	if more {
		out.Next = &Ref{w.Base + "/elm?page=" + strconv.Itoa(page+1)}
	}
	return out
}

func (w Writer) achievement(p oeapi.Programme, offerings []oeapi.Offering) Achievement {
	out := Achievement{ID: w.Base + "/elm/" + p.ID, Type: typeAchievement, Identifier: Identifier{"Identifier", p.ID}, Title: texts(p.Name), Description: texts(p.Description),
		Languages: p.TeachingLanguages, ISCED: p.FieldsOfStudy, Level: p.Level, ValidFrom: p.ValidFrom, ValidTo: p.ValidTo, PrimaryCode: &p.PrimaryCode, Homepage: link(p.Link)}
	if n, ok := strings.CutPrefix(p.LevelOfQualification, "eqf_"); ok {
		out.Type, out.EQF = typeQualification, &Ref{levels + n}
	}
	for _, l := range p.StudyLoad {
		out.Credit = &Credit{"CreditPoint", l.Unit, strconv.FormatFloat(l.Value, 'f', -1, 64)}
	}
	if len(p.AdmissionRequirements) > 0 {
		out.Requirement = &Note{"Note", texts(p.AdmissionRequirements)}
	}
	name := ""
	if p.Ext.Own != nil {
		own := *p.Ext.Own
		for _, o := range own.LearningOutcomes {
			out.Outcomes = append(out.Outcomes, Outcome{"LearningOutcome", texts(o)})
		}
		own.LearningOutcomes, name = nil, own.Provider
		out.Own = &own
	}
	out.AwardedBy = w.organisation(p.OrganisationID, name)
	for _, o := range offerings {
		out.Opportunities = append(out.Opportunities, w.opportunity(o, out.ID, name))
	}
	return out
}

func (w Writer) organisation(id, name string) *Organisation {
	out := &Organisation{ID: w.Base + "/virksomheter/" + id, Type: "Organisation"}
	if name != "" {
		out.Name = Texts{{"nb-NO", name}}
	}
	return out
}

func (w Writer) opportunity(o oeapi.Offering, achievement, provider string) Opportunity {
	out := Opportunity{ID: w.Base + "/tilbud/" + o.ProgrammeID + "#t-" + o.ID, Type: typeOpportunity, Identifier: Identifier{"Identifier", o.ID}, Title: texts(o.Name),
		Homepage: link(w.Base + "/tilbud/" + o.ProgrammeID), Provider: w.organisation(o.OrganisationID, provider), Achievement: &Ref{achievement}}
	if o.Start != "" || o.End != "" {
		out.Temporal = &Period{"PeriodOfTime", o.Start, o.End}
	}
	for _, c := range o.Prices {
		out.Prices = append(out.Prices, Price{"PriceDetail", c.Type, Amount{"Amount", c.Amount, c.Currency}})
	}
	for _, a := range o.Addresses {
		out.Locations = append(out.Locations, Location{"Location", a.City})
	}
	rest := &Rest{State: o.State, Modes: o.ModesOfDelivery, Min: o.Min, Max: o.Max, Enrolled: o.Enrolled, Pending: o.Pending, Link: o.Link,
		FlexibleFrom: o.FlexibleFrom, FlexibleTo: o.FlexibleTo, EnrolmentPeriods: o.EnrolmentPeriods}
	if o.Ext.Own != nil {
		ext := *o.Ext.Own
		out.Deadline, ext.Deadline = ext.Deadline, ""
		rest.Ext = &ext
	}
	out.Rest = rest
	return out
}

func texts(list []oeapi.Text) Texts {
	out := make(Texts, len(list))
	for i, t := range list {
		out[i] = Text{t.Language, t.Value}
	}
	return out
}

func link(address string) *Ref {
	if address == "" {
		return nil
	}
	return &Ref{address}
}
