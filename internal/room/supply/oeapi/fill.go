package oeapi

import (
	"math"
	"slices"
	"strings"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply/offer"
)

// filler collects what cannot be read of one programme or offering.
type filler struct{ fault.Fields }

func (f *filler) day(field, s string, read func(string) (clock.Date, error)) clock.Date {
	d, err := read(s)
	if err != nil {
		f.Add(field, "form.error.date")
	}
	return d
}

// whole reads a number of people, which the standard lets be any number.
func (f *filler) whole(field string, v *float64, into *int) {
	switch {
	case v == nil:
	case *v != math.Trunc(*v) || math.Abs(*v) > 1e9:
		f.Add(field, "form.error.number")
	default:
		*into = int(*v)
	}
}

// fill puts what the standard and our ext say into the programme. A text that
// is left out leaves the programme's own.
func (p Programme) fill(out *offer.Programme) error {
	var f filler
	keep(&out.Title, p.Name)
	keep(&out.Description, p.Description)
	keep(&out.Admission, p.AdmissionRequirements)
	out.Level = p.levelOf()
	if len(p.TeachingLanguages) > 0 {
		out.Languages = languages(p.TeachingLanguages)
	}
	if len(p.StudyLoad) > 0 {
		out.Credits, out.CreditUnit = p.StudyLoad[0].Value, ours(units(), p.StudyLoad[0].Unit)
		if out.CreditUnit == "" {
			f.Add("credit_unit", "supply.error.code", "code", p.StudyLoad[0].Unit)
		}
	}
	if p.Link != "" {
		out.Website = p.Link
	}
	out.ValidFrom = f.day("valid_from", p.ValidFrom, firstDay)
	out.ValidTo = f.day("valid_to", p.ValidTo, lastDay)
	if p.Ext.Own == nil {
		out.NKR = nkr(out.NKR, p.LevelOfQualification)
		if out.Code == "" {
			out.Code = p.PrimaryCode.Code
		}
		if len(p.FieldsOfStudy) >= 2 && slices.Contains(offer.Fields(), p.FieldsOfStudy[:2]) {
			out.Fields = []string{p.FieldsOfStudy[:2]}
		}
		return f.Err()
	}
	p.Ext.Own.fill(out)
	return f.Err()
}

func (e ProgrammeExt) fill(out *offer.Programme) {
	out.NKR, out.Code, out.CodeType = e.NKR, e.Code, offer.CodeType(e.CodeType)
	out.Occupations, out.Fields, out.Topics = e.Occupations, e.Fields, e.Topics
	out.DigitalShare, out.WorkplaceShare = e.DigitalShare, e.WorkplaceShare
	keep(&out.Supervision, e.Supervision)
	out.Contact, out.Outcomes = e.Contact, nil
	for _, o := range e.LearningOutcomes {
		out.Outcomes = append(out.Outcomes, fromTexts(o))
	}
}

// nkr is a Norwegian level for a European one, unless what is there already
// stands for the same.
func nkr(old, level string) string {
	if level == "" || eqf(old) == level {
		return old
	}
	switch level {
	case "eqf_2":
		return "2"
	case "eqf_3":
		return "3"
	case "eqf_4":
		return "4A"
	case "eqf_5":
		return "5.1"
	case "eqf_6":
		return "6.2"
	case "eqf_7":
		return "7"
	case "eqf_8":
		return "8"
	}
	return old
}

func keep(into *i18n.Text, list []Text) {
	if t := fromTexts(list); t != (i18n.Text{}) {
		*into = t
	}
}

func languages(tags []string) []string {
	var out []string
	for _, tag := range tags {
		base, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if base == "no" || base == "nor" || base == "nob" {
			base = "nb"
		}
		if slices.Contains(offer.Languages(), base) {
			out = addOnce(out, base)
		}
	}
	return out
}

// fill puts what the standard and our ext say into the offering.
func (o Offering) fill(out *offer.Offering) error {
	var f filler
	out.Start, out.End = f.day("start", o.Start, firstDay), f.day("end", o.End, lastDay)
	out.FlexibleFrom, out.FlexibleTo = f.day("flexible_from", o.FlexibleFrom, firstDay), f.day("flexible_to", o.FlexibleTo, firstDay)
	f.whole("min_places", o.Min, &out.MinPlaces)
	f.whole("max_places", o.Max, &out.MaxPlaces)
	f.whole("enrolled", o.Enrolled, &out.Enrolled)
	f.whole("pending", o.Pending, &out.Pending)
	if d := ours(deliveries(), o.ModesOfDelivery...); d != "" {
		out.Delivery = d
	} else if out.Delivery == "" {
		out.Delivery = offer.Mixed
	}
	f.enrolment(o, out)
	f.prices(o, out)
	if o.Ext.Own == nil {
		o.guess(out)
		return f.Err()
	}
	f.ext(*o.Ext.Own, out)
	o.own(out)
	return f.Err()
}

// own takes those who came by an application here out of the numbers again,
// which in a file of ours have them.
func (o Offering) own(out *offer.Offering) {
	if o.Enrolled != nil {
		out.Enrolled = max(0, out.Enrolled-out.Here.Enrolled)
	}
	if o.Pending != nil {
		out.Pending = max(0, out.Pending-out.Here.Pending)
	}
	if o.Ext.Own.Queued != nil {
		out.Queued = max(0, out.Queued-out.Here.Queued)
	}
}

// guess fills what our ext would have said: where one applies and how one
// starts.
func (o Offering) guess(out *offer.Offering) {
	if o.Link != "" {
		out.Channel, out.ApplyURL = offer.Link, o.Link
	}
	for _, e := range out.Enrolment {
		if e.URL != "" {
			out.Channel, out.ApplyURL = offer.Link, e.URL
		}
	}
	switch {
	case !out.FlexibleFrom.IsZero() || !out.FlexibleTo.IsZero():
		out.StartType = offer.Rolling
	case out.StartType == "":
		out.StartType = offer.Fixed
	}
}

func (f *filler) enrolment(o Offering, out *offer.Offering) {
	var periods []offer.EnrolmentPeriod
	for _, e := range o.EnrolmentPeriods {
		if e.Ext.Own != nil && e.Ext.Own.Implied {
			continue
		}
		p := offer.EnrolmentPeriod{From: f.day("enrolment", e.Start, firstDay), To: f.day("enrolment", e.End, lastDay),
			TargetGroup: strings.Join(e.TargetGroups, ", "), Kind: ours(enrolments(), e.Type), URL: e.URL, Queue: e.Queue != nil && *e.Queue}
		f.whole("enrolment", e.MaxQueued, &p.MaxQueued)
		f.whole("queued", e.Queued, &out.Queued)
		if e.Ext.Own != nil && e.Ext.Own.Open {
			p.From = clock.Date{}
		}
		if p.Kind == "" || p.Kind == offer.ByURL && p.URL == "" {
			p.Kind = offer.Approval
		}
		periods = append(periods, p)
	}
	out.Enrolment = periods
}

func (f *filler) prices(o Offering, out *offer.Offering) {
	for _, c := range o.Prices {
		into := &out.Price.Participant
		switch c.Type {
		case "total_costs":
		case "x-employer":
			into = &out.Price.Employer
		default:
			continue
		}
		amount, err := money.Parse(strings.Replace(c.Amount, ".", ",", 1))
		if err != nil || c.Currency != "" && c.Currency != "NOK" {
			f.Add("price_participant", "form.error.money")
			continue
		}
		*into = &amount
	}
}

func (f *filler) ext(e OfferingExt, out *offer.Offering) {
	out.StartType, out.NoRollingReason = offer.StartType(e.StartType), e.NoRollingReason
	if e.Delivery != "" {
		out.Delivery = offer.Delivery(e.Delivery)
	}
	out.DigitalShare, out.WorkplaceShare, out.PartTimePercent = e.DigitalShare, e.WorkplaceShare, e.PartTime
	out.Attendance = offer.Attendance(e.Attendance)
	if e.Queued != nil {
		out.Queued = *e.Queued
	}
	out.Wait = offer.Wait{Value: e.WaitValue, Unit: offer.WaitUnit(e.WaitUnit)}
	out.Price.Year, out.AnswerDays, out.Channel, out.ApplyURL = e.PriceYear, e.AnswerDays, offer.Channel(e.Channel), e.ApplyURL
	out.Deadline = f.day("deadline", e.Deadline, firstDay)
	out.Target = offer.Target{Region: place.RegionID(e.Region)}
	for _, n := range e.Municipalities {
		out.Target.Municipalities = append(out.Target.Municipalities, place.Number(n))
	}
	out.Gatherings, out.Closed = nil, nil
	for _, g := range e.Gatherings {
		out.Gatherings = append(out.Gatherings, offer.Gathering{Place: g.Place, Municipality: place.Number(g.Municipality),
			Day: f.day("gatherings", g.Day, firstDay), Days: g.Days, Voluntary: g.Voluntary})
	}
	for _, c := range e.Closed {
		out.Closed = append(out.Closed, offer.ClosedPeriod{From: f.day("closed", c.From, firstDay), To: f.day("closed", c.To, firstDay)})
	}
}
