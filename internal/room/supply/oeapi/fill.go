package oeapi

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/supply/offer"
)

// filler collects what cannot be read of one programme or offering. A file with our
// ext says all there is to say. Of one without it, what it leaves out or has no words
// for stays as it was written here (keeps).
type filler struct {
	fault.Fields
	keeps bool
}

// put reads a day; one that is left out is none, unless what is there stays.
func (f *filler) put(into *clock.Date, field, s string, read func(string) (clock.Date, error)) {
	if s != "" || !f.keeps {
		*into = f.day(field, s, read)
	}
}

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

// fill puts what the standard and our ext say into the programme.
func (p Programme) fill(out *offer.Programme) error {
	f := filler{keeps: p.Ext.Own == nil}
	f.texts(&out.Title, p.Name)
	f.texts(&out.Description, p.Description)
	f.texts(&out.Admission, p.AdmissionRequirements)
	out.Level = p.levelOf(out.Level)
	if known := languages(p.TeachingLanguages); len(known) > 0 {
		out.Languages = known
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
	f.put(&out.ValidFrom, "valid_from", p.ValidFrom, firstDay)
	f.put(&out.ValidTo, "valid_to", p.ValidTo, lastDay)
	if f.keeps {
		p.guess(out)
		return f.Err()
	}
	f.texts(&out.Supervision, p.Ext.Own.Supervision)
	p.Ext.Own.fill(out)
	return f.Err()
}

// guess fills what our ext would have said.
func (p Programme) guess(out *offer.Programme) {
	out.NKR = nkr(out.NKR, p.LevelOfQualification)
	if out.Code == "" {
		out.Code = p.PrimaryCode.Code
	}
	// The standard has one field where we have several.
	if code := p.FieldsOfStudy[:min(len(p.FieldsOfStudy), 2)]; slices.Contains(offer.Fields(), code) && !slices.Contains(out.Fields, code) {
		out.Fields = []string{code}
	}
	if len(p.Outcomes) > 0 {
		out.Outcomes = p.outcomes(out.Outcomes)
	}
}

// outcomes are those of the file, with the languages that the same ones had before.
func (p Programme) outcomes(before []i18n.Text) []i18n.Text {
	var out []i18n.Text
	for _, list := range p.Outcomes {
		t := fromTexts(list)
		t = i18n.Text{NB: text.CleanLine(t.NB), NN: text.CleanLine(t.NN), EN: text.CleanLine(t.EN)}
		if t == (i18n.Text{}) {
			continue
		}
		if i := slices.IndexFunc(before, func(old i18n.Text) bool { return old == over(old, t) }); i >= 0 {
			t = before[i]
		}
		out = append(out, t)
	}
	return out
}

func (e ProgrammeExt) fill(out *offer.Programme) {
	out.NKR, out.Code, out.CodeType = e.NKR, e.Code, offer.CodeType(e.CodeType)
	out.Occupations, out.Fields, out.Topics = e.Occupations, e.Fields, e.Topics
	out.DigitalShare, out.WorkplaceShare = e.DigitalShare, e.WorkplaceShare
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

// texts takes a text; one that is left out leaves what is there. Where that stays, so
// do the languages that the file does not speak.
func (f *filler) texts(into *i18n.Text, list []Text) {
	t := fromTexts(list)
	switch {
	case t == (i18n.Text{}):
	case f.keeps:
		*into = over(*into, t)
	default:
		*into = t
	}
}

// over is the text with what the other one says in its languages.
func over(t, with i18n.Text) i18n.Text {
	return i18n.Text{NB: cmp.Or(with.NB, t.NB), NN: cmp.Or(with.NN, t.NN), EN: cmp.Or(with.EN, t.EN)}
}

func languages(tags []string) []string {
	var out []string
	for _, tag := range tags {
		base, _, _ := strings.Cut(strings.ToLower(tag), "-")
		switch base {
		case "no", "nor", "nob":
			base = "nb"
		case "nno":
			base = "nn"
		case "eng":
			base = "en"
		}
		if slices.Contains(offer.Languages(), base) {
			out = addOnce(out, base)
		}
	}
	return out
}

// fill puts what the standard and our ext say into the offering.
func (o Offering) fill(out *offer.Offering) error {
	f := filler{keeps: o.Ext.Own == nil}
	// What others call the start is, of what rolls, the first day one may begin.
	if rolls := f.keeps && out.StartType == offer.Rolling && o.FlexibleFrom == "" && o.FlexibleTo == ""; !rolls {
		f.put(&out.Start, "start", o.Start, firstDay)
	}
	f.put(&out.End, "end", o.End, lastDay)
	f.put(&out.FlexibleFrom, "flexible_from", o.FlexibleFrom, firstDay)
	f.put(&out.FlexibleTo, "flexible_to", o.FlexibleTo, firstDay)
	f.whole("min_places", o.Min, &out.MinPlaces)
	f.whole("max_places", o.Max, &out.MaxPlaces)
	f.whole("enrolled", o.Enrolled, &out.Enrolled)
	f.whole("pending", o.Pending, &out.Pending)
	out.Delivery = o.delivery(out.Delivery)
	f.enrolment(o, out)
	f.prices(o, out)
	if f.keeps {
		o.guess(out)
		f.applyBy(o, out)
		return f.Err()
	}
	f.ext(*o.Ext.Own, out)
	o.own(out)
	return f.Err()
}

// delivery is the form that the file says, unless what is there is gatherings, which
// the standard has no word for: they are on campus, or there and on the net.
func (o Offering) delivery(old offer.Delivery) offer.Delivery {
	d := ours(deliveries(), o.ModesOfDelivery...)
	if d == "" || old == offer.Gatherings && (d == offer.Mixed || d == offer.Campus) {
		return cmp.Or(old, offer.Mixed)
	}
	return d
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
// starts. A link may be to any page about the offering, and moves nothing that is
// applied for here or in national admission; a period with an address does.
func (o Offering) guess(out *offer.Offering) {
	if before := out.ApplyURL; o.Link != "" && (out.ID == "" || out.Channel == offer.Link) {
		out.Channel, out.ApplyURL = offer.Link, o.Link
		out.Enrolment = slices.Clone(out.Enrolment)
		for i, e := range out.Enrolment {
			if before != "" && e.URL == before {
				out.Enrolment[i].URL = o.Link
			}
		}
	}
	for _, e := range o.EnrolmentPeriods {
		if e.URL != "" {
			out.Channel, out.ApplyURL = offer.Link, e.URL
		}
	}
	switch {
	case o.FlexibleFrom != "" || o.FlexibleTo != "":
		out.StartType = offer.Rolling
	case out.StartType == "":
		out.StartType = offer.Fixed
	}
	if o.PriceYear != 0 {
		out.Price.Year = o.PriceYear
	}
}

// applyBy takes the last day to apply. A period that ends on it is there already;
// else it ends the first one, which is the one that was made when the offering was new.
func (f *filler) applyBy(o Offering, out *offer.Offering) {
	by := f.day("enrolment", o.ApplyBy, lastDay)
	switch {
	case by.IsZero() || slices.ContainsFunc(out.Enrolment, func(e offer.EnrolmentPeriod) bool { return e.To == by }):
	case len(out.Enrolment) > 0:
		out.Enrolment = slices.Clone(out.Enrolment)
		out.Enrolment[0].To = by
	case !out.Deadline.IsZero():
		out.Deadline = by
	case out.Channel == offer.Link:
		out.Enrolment = []offer.EnrolmentPeriod{{To: by, Kind: offer.ByURL, URL: out.ApplyURL}}
	default:
		out.Enrolment = []offer.EnrolmentPeriod{{To: by, Kind: offer.Approval}}
	}
}

func (f *filler) enrolment(o Offering, out *offer.Offering) {
	if f.keeps && len(o.EnrolmentPeriods) == 0 {
		return
	}
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
