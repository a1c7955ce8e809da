package oeapi

import (
	"strings"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply/offer"
)

// code is the kind of value and its code in the standard; the first that fits
// is written, any is read.
type code[T ~string] struct {
	ours   T
	theirs string
}

func deliveries() []code[offer.Delivery] {
	return []code[offer.Delivery]{{offer.Net, "online"}, {offer.Company, "work_based"}, {offer.Mixed, "blended"}, {offer.Campus, "presential"},
		{offer.Gatherings, "x-gatherings"}, {offer.Mixed, "hybrid"}, {offer.Mixed, "joint_delivery"}, {offer.Mixed, "coil"},
		{offer.Company, "project_based"}, {offer.Campus, "research_lab_based"}}
}

func levels() []code[offer.Level] {
	return []code[offer.Level]{{offer.Vgs, "secondary_vocational_education"}, {offer.Fagbrev, "x-no-fagbrev"}, {offer.Fagskole, "x-no-fagskole"},
		{offer.Kurs, "undefined"}, {offer.Hoyere, "bachelor"}, {offer.Hoyere, "master"}, {offer.Hoyere, "doctoral"}, {offer.Hoyere, "post_doctoral"},
		{offer.Hoyere, "undivided"}, {offer.Fagskole, "associate_degree"}, {offer.Vgs, "pre_vocational"}}
}

func units() []code[offer.CreditUnit] {
	return []code[offer.CreditUnit]{{offer.StudyPoints, "ects"}, {offer.FagskolePoints, "x-no-fagskolepoeng"}, {offer.Hours, "hour"},
		{offer.Hours, "contact_time"}, {offer.StudyPoints, "sp"}, {offer.Hours, "sbu"}}
}

func enrolments() []code[offer.EnrolmentKind] {
	return []code[offer.EnrolmentKind]{{offer.ByURL, "url"}, {offer.Coordinated, "broker"}, {offer.Direct, "x-direct"}, {offer.Approval, "x-approval"}}
}

func theirs[T ~string](codes []code[T], v T) string {
	for _, c := range codes {
		if c.ours == v {
			return c.theirs
		}
	}
	return ""
}

// FromProgramme writes a programme.
func FromProgramme(p offer.Programme, offerings []offer.Offering) Programme {
	out := Programme{
		ID: string(p.ID), PrimaryCode: Code{"programme_code", first(p.Code, p.SourceID, string(p.ID))}, Type: "programme",
		Name: texts(p.Title), Description: texts(p.Description), TeachingLanguages: p.Languages,
		LevelOfQualification: eqf(p.NKR), Level: level(p), AdmissionRequirements: texts(p.Admission), Link: p.Website,
		OrganisationID: string(p.Provider), ValidFrom: begins(p.ValidFrom), ValidTo: begins(p.ValidTo.AddDays(1)),
	}
	if p.Credits > 0 {
		out.StudyLoad = []Load{{theirs(units(), p.CreditUnit), p.Credits}}
	}
	if fields := p.AllFields(); len(fields) > 0 {
		out.FieldsOfStudy = fields[0]
	}
	for _, o := range offerings {
		out.ModesOfDelivery = addOnce(out.ModesOfDelivery, theirs(deliveries(), o.Delivery))
	}
	ext := &ProgrammeExt{Provider: p.ProviderName, Level: string(p.Level), NKR: p.NKR, Occupations: p.Occupations, Fields: p.Fields, Topics: p.Topics,
		DigitalShare: p.DigitalShare, WorkplaceShare: p.WorkplaceShare, Supervision: texts(p.Supervision), Contact: p.Contact, Code: p.Code, CodeType: string(p.CodeType)}
	for _, o := range p.Outcomes {
		ext.LearningOutcomes = append(ext.LearningOutcomes, texts(o))
	}
	out.Ext.Own = ext
	return out
}

// eqf is the level of the European framework that a Norwegian one is placed at.
func eqf(nkr string) string {
	digit := strings.TrimRight(nkr, "AB.12")
	switch {
	case nkr == "2":
		return "eqf_2"
	case digit == "":
		return ""
	}
	return "eqf_" + digit
}

func level(p offer.Programme) string {
	if p.Level == offer.Hoyere {
		switch p.NKR {
		case "7":
			return "master"
		case "8":
			return "doctoral"
		}
	}
	return theirs(levels(), p.Level)
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

func addOnce(list []string, s string) []string {
	for _, x := range list {
		if x == s {
			return list
		}
	}
	return append(list, s)
}

// FromOffering writes an offering of the programme. The name is the
// programme's. Numbers of people are those that everybody may see.
func FromOffering(p offer.Programme, o offer.Offering, places *place.Register) Offering {
	counts := o.Counts(false)
	out := Offering{
		ID: string(o.ID), PrimaryCode: Code{"offering_code", first(o.SourceID, string(o.ID))}, Name: texts(p.Title), State: string(o.State),
		TeachingLanguages: p.Languages, ModesOfDelivery: []string{theirs(deliveries(), o.Delivery)},
		Min: count(o.MinPlaces), Max: count(o.MaxPlaces), Enrolled: person(counts.Enrolled), Pending: person(counts.Pending),
		Link: o.ApplyURL, Start: begins(o.Start), End: ends(o.End), FlexibleFrom: o.FlexibleFrom.String(), FlexibleTo: o.FlexibleTo.String(),
		ProgrammeID: string(o.Programme), OrganisationID: string(o.Provider),
	}
	periods := o.Enrolment
	if len(periods) == 0 {
		periods = o.Windows(p)
	}
	for _, e := range periods {
		out.EnrolmentPeriods = append(out.EnrolmentPeriods, enrolment(o, e))
	}
	if o.Price.Participant != nil {
		out.Prices = append(out.Prices, Cost{"total_costs", decimal(*o.Price.Participant), "NOK"})
	}
	if o.Price.Employer != nil {
		out.Prices = append(out.Prices, Cost{"x-employer", decimal(*o.Price.Employer), "NOK"})
	}
	for _, n := range o.MeetsIn() {
		out.Addresses = append(out.Addresses, address(n, places))
	}
	out.Ext.Own = extOf(o)
	return out
}

func extOf(o offer.Offering) *OfferingExt {
	ext := &OfferingExt{StartType: string(o.StartType), NoRollingReason: o.NoRollingReason, Delivery: string(o.Delivery), DigitalShare: o.DigitalShare,
		WorkplaceShare: o.WorkplaceShare, PartTime: o.PartTimePercent, Attendance: string(o.Attendance), Region: string(o.Target.Region), Queued: o.Counts(false).Queued,
		WaitValue: o.Wait.Value, WaitUnit: string(o.Wait.Unit), PriceYear: o.Price.Year, Channel: string(o.Channel), ApplyURL: o.ApplyURL,
		Deadline: o.Deadline.String(), AnswerDays: o.AnswerDays, LastConfirmed: o.LastConfirmed.String()}
	for _, g := range o.Gatherings {
		ext.Gatherings = append(ext.Gatherings, Gathering{g.Place, string(g.Municipality), g.Day.String(), g.Days, g.Voluntary})
	}
	for _, c := range o.Closed {
		ext.Closed = append(ext.Closed, Span{c.From.String(), c.To.String()})
	}
	for _, n := range o.Target.Municipalities {
		ext.Municipalities = append(ext.Municipalities, string(n))
	}
	return ext
}

// enrolment writes a period. The standard wants a start: where there is none it
// is the day the offering was made.
func enrolment(o offer.Offering, e offer.EnrolmentPeriod) Enrolment {
	out := Enrolment{Start: begins(e.From), End: ends(e.To), URL: e.URL, Queue: &e.Queue, MaxQueued: count(e.MaxQueued), Queued: person(o.Counts(false).Queued),
		Type: theirs(enrolments(), e.Kind), Ext: Ext[EnrolmentExt]{&EnrolmentExt{Kind: string(e.Kind), Implied: len(o.Enrolment) == 0, Open: e.From.IsZero()}}}
	if e.TargetGroup != "" {
		out.TargetGroups = []string{e.TargetGroup}
	}
	if e.From.IsZero() {
		out.Start = begins(o.CreatedAt.Date())
	}
	return out
}

func address(n place.Number, places *place.Register) Address {
	a := Address{Type: "teaching", City: string(n), Country: map[string]string{"iso3166-1-alpha2": "NO"}}
	if m, err := places.Municipality(n); err == nil {
		a.City = first(m.Centre, m.Name)
		if m.HasCentre() {
			a.Geolocation = &Geolocation{m.At.Lat, m.At.Lon}
		}
	}
	return a
}

// count leaves out what is not stated, number does not.
func count(n int) *float64 {
	if n == 0 {
		return nil
	}
	return number(n)
}

func number(n int) *float64 {
	f := float64(n)
	return &f
}

// person leaves out what is not shown.
func person(n *int) *float64 {
	if n == nil {
		return nil
	}
	return number(*n)
}

func decimal(n money.NOK) string { return strings.Replace(n.Plain(), ",", ".", 1) }

// FromOrganisation writes a provider under the name it has on the day.
func FromOrganisation(o org.Organisation, day clock.Date) Organisation {
	out := Organisation{ID: string(o.ID), PrimaryCode: Code{"organisation_id", string(o.ID)}, Type: "root",
		Name: texts(i18n.Text{NB: o.NameOn(day)}), Link: o.Website}
	if o.OrgNo != "" {
		out.PrimaryCode = Code{"x-no-organisasjonsnummer", o.OrgNo}
	}
	return out
}
