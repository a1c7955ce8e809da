package offer

import (
	"fmt"
	"strconv"
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
)

// Value is a field with its value as text: codes as they are stored, days as
// 2006-01-02, amounts in kroner. Two things are the same when all values are.
type Value struct{ Field, Text string }

// Label is the name of the field.
func (v Value) Label() i18n.Key { return FieldName(v.Field) }

// FieldName is the name of a field of a programme or an offering.
func FieldName(field string) i18n.Key { return i18n.Key("supply.f." + field) }

// Diff is a field that is another after than before.
type Diff struct{ Field, Before, After string }

// Values are the fields of the programme that its provider writes.
func (p Programme) Values() []Value {
	out := texts("title", p.Title)
	out = append(out, texts("description", p.Description)...)
	out = append(out, Value{"level", string(p.Level)}, Value{"nkr", p.NKR}, Value{"credits", number(p.Credits)}, Value{"credit_unit", string(p.CreditUnit)},
		Value{"code", p.Code}, Value{"code_type", string(p.CodeType)}, Value{"outcomes", joinTexts(p.Outcomes)},
		Value{"occupations", strings.Join(p.Occupations, ", ")}, Value{"fields", strings.Join(p.Fields, ", ")}, Value{"topics", strings.Join(p.Topics, ", ")})
	out = append(out, texts("admission", p.Admission)...)
	out = append(out, Value{"languages", strings.Join(p.Languages, ", ")}, Value{"digital_share", share(p.DigitalShare)},
		Value{"workplace_share", share(p.WorkplaceShare)})
	out = append(out, texts("supervision", p.Supervision)...)
	return append(out, Value{"adapts", string(p.Adapts)}, Value{"valid_from", p.ValidFrom.String()}, Value{"valid_to", p.ValidTo.String()},
		Value{"contact", p.Contact}, Value{"website", p.Website})
}

// Values are the fields of the offering that its provider writes.
func (o Offering) Values() []Value {
	return []Value{
		{"start_type", string(o.StartType)}, {"start", o.Start.String()}, {"end", o.End.String()},
		{"flexible_from", o.FlexibleFrom.String()}, {"flexible_to", o.FlexibleTo.String()}, {"no_rolling_reason", o.NoRollingReason},
		{"enrolment", joined(o.Enrolment, EnrolmentPeriod.text)}, {"closed", joined(o.Closed, ClosedPeriod.text)},
		{"form", string(o.Delivery)}, {"digital_share", share(o.DigitalShare)}, {"workplace_share", share(o.WorkplaceShare)},
		{"part_time_percent", count(o.PartTimePercent)}, {"attendance", string(o.Attendance)},
		{"gatherings", joined(o.Gatherings, Gathering.text)}, {"target_region", string(o.Target.Region)},
		{"target_municipalities", strings.Join(strs(o.Target.Municipalities), ", ")},
		{"min_places", count(o.MinPlaces)}, {"max_places", count(o.MaxPlaces)}, {"enrolled", count(o.Enrolled)},
		{"pending", count(o.Pending)}, {"queued", count(o.Queued)}, {"answer_days", count(o.AnswerDays)}, {"wait_value", count(o.Wait.Value)}, {"wait_unit", string(o.Wait.Unit)},
		{"price_participant", amount(o.Price.Participant)}, {"price_employer", amount(o.Price.Employer)}, {"price_year", count(o.Price.Year)},
		{"admission_channel", string(o.Channel)}, {"apply_url", o.ApplyURL}, {"deadline", o.Deadline.String()},
	}
}

func texts(field string, t i18n.Text) []Value {
	return []Value{{field + ".nb", t.NB}, {field + ".nn", t.NN}, {field + ".en", t.EN}}
}

func joinTexts(list []i18n.Text) string {
	return joined(list, func(t i18n.Text) string {
		return strings.Join(unique([]string{t.NB, t.NN, t.EN}), " / ")
	})
}

func joined[T any](list []T, show func(T) string) string {
	parts := make([]string, len(list))
	for i, v := range list {
		parts[i] = show(v)
	}
	return strings.Join(parts, "; ")
}

func (p EnrolmentPeriod) text() string {
	s := strings.TrimSpace(fmt.Sprintf("%s %s %s %s", span(p.From, p.To), p.TargetGroup, p.Kind, p.URL))
	if p.Queue {
		s += " +" + strconv.Itoa(p.MaxQueued)
	}
	return s
}

func (p ClosedPeriod) text() string { return span(p.From, p.To) }

func (g Gathering) text() string {
	s := strings.Join(unique([]string{g.Place, string(g.Municipality), g.Day.String(), strconv.Itoa(g.Days)}), " ")
	if g.Voluntary {
		s += " (?)"
	}
	return s
}

func span(from, to clock.Date) string { return from.String() + "–" + to.String() }

func share(v *int) string {
	if v == nil {
		return ""
	}
	return strconv.Itoa(*v)
}

func count(v int) string {
	if v == 0 {
		return ""
	}
	return strconv.Itoa(v)
}

func number(v float64) string {
	if v == 0 {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func amount(v *money.NOK) string {
	if v == nil {
		return ""
	}
	return v.Plain()
}

// Compare lists the fields that differ. Both lists come from the same method,
// so they have the same fields in the same order.
func Compare(before, after []Value) []Diff {
	var out []Diff
	for i, b := range before {
		if a := after[i]; a.Text != b.Text {
			out = append(out, Diff{b.Field, b.Text, a.Text})
		}
	}
	return out
}
