package oeapi

import (
	"strings"
	"time"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// Text is a text in a language.
type Text struct {
	Language string `json:"language"`
	Value    string `json:"value"`
}

// Code is an identifier of some kind.
type Code struct {
	CodeType string `json:"codeType"`
	Code     string `json:"code"`
}

// Load is the extent in a unit.
type Load struct {
	Unit  string  `json:"studyLoadUnit"`
	Value float64 `json:"value"`
}

// Service tells what this implementation is.
type Service struct {
	ContactEmail        string      `json:"contactEmail"`
	Specification       string      `json:"specification"`
	Documentation       string      `json:"documentation,omitempty"`
	SupportedOperations []Operation `json:"supportedOperations,omitempty"`
}

// Operation is a path that is answered. The specification asks for verb and
// defines verbs; both are given.
type Operation struct {
	Verb  string   `json:"verb"`
	Verbs []string `json:"verbs"`
	Path  string   `json:"path"`
}

// Organisation is a provider.
type Organisation struct {
	ID          string `json:"organisationId"`
	PrimaryCode Code   `json:"primaryCode"`
	Type        string `json:"organisationType"`
	Name        []Text `json:"name"`
	Link        string `json:"link,omitempty"`
}

// Programme is a programme.
type Programme struct {
	ID                    string            `json:"programmeId"`
	PrimaryCode           Code              `json:"primaryCode"`
	Type                  string            `json:"programmeType"`
	Name                  []Text            `json:"name"`
	Description           []Text            `json:"description,omitempty"`
	TeachingLanguages     []string          `json:"teachingLanguages,omitempty"`
	StudyLoad             []Load            `json:"studyLoad,omitempty"`
	ModesOfDelivery       []string          `json:"modesOfDelivery,omitempty"`
	LevelOfQualification  string            `json:"levelOfQualification,omitempty"`
	Level                 string            `json:"level,omitempty"`
	FieldsOfStudy         string            `json:"fieldsOfStudy,omitempty"`
	AdmissionRequirements []Text            `json:"admissionRequirements,omitempty"`
	Link                  string            `json:"link,omitempty"`
	OrganisationID        string            `json:"organisationId,omitempty"`
	ValidFrom             string            `json:"validFrom,omitempty"`
	ValidTo               string            `json:"validTo,omitempty"`
	Ext                   Ext[ProgrammeExt] `json:"ext,omitzero"`
	// Outcomes are for readers of other forms, which have them where the standard has not.
	Outcomes [][]Text `json:"-"`
}

// Ext holds what the standard has no field for, under our own name, so that
// another system's ext is never taken for ours.
type Ext[T any] struct {
	Own *T `json:"kompetansetorg,omitempty"`
}

// ProgrammeExt is what the standard has no field for.
type ProgrammeExt struct {
	Provider         string   `json:"provider,omitempty"`
	Level            string   `json:"level,omitempty"`
	NKR              string   `json:"nkr,omitempty"`
	LearningOutcomes [][]Text `json:"learning_outcomes,omitempty"`
	Occupations      []string `json:"occupations_styrk08,omitempty"`
	Fields           []string `json:"fields,omitempty"`
	Topics           []string `json:"topics,omitempty"`
	DigitalShare     *int     `json:"digital_share,omitempty"`
	WorkplaceShare   *int     `json:"workplace_share,omitempty"`
	Supervision      []Text   `json:"supervision,omitempty"`
	Contact          string   `json:"contact,omitempty"`
	Code             string   `json:"code,omitempty"`
	CodeType         string   `json:"code_type,omitempty"`
}

// Offering is a programme offering.
type Offering struct {
	ID                string           `json:"programmeOfferingId"`
	PrimaryCode       Code             `json:"primaryCode"`
	Name              []Text           `json:"name"`
	State             string           `json:"state,omitempty"`
	TeachingLanguages []string         `json:"teachingLanguages,omitempty"`
	ModesOfDelivery   []string         `json:"modesOfDelivery,omitempty"`
	Min               *float64         `json:"minNumberStudents,omitempty"`
	Max               *float64         `json:"maxNumberStudents,omitempty"`
	Enrolled          *float64         `json:"enrolledNumberStudents,omitempty"`
	Pending           *float64         `json:"pendingNumberStudents,omitempty"`
	Link              string           `json:"link,omitempty"`
	EnrolmentPeriods  []Enrolment      `json:"enrolmentPeriods,omitempty"`
	Start             string           `json:"startDateTime,omitempty"`
	End               string           `json:"endDateTime,omitempty"`
	FlexibleFrom      string           `json:"flexibleEntryPeriodStartDateTime,omitempty"`
	FlexibleTo        string           `json:"flexibleEntryPeriodEndDateTime,omitempty"`
	Addresses         []Address        `json:"addresses,omitempty"`
	Prices            []Cost           `json:"priceInformation,omitempty"`
	ProgrammeID       string           `json:"programmeId"`
	Programme         *Programme       `json:"programme,omitempty"`
	OrganisationID    string           `json:"organisationId,omitempty"`
	Ext               Ext[OfferingExt] `json:"ext,omitzero"`
	// ApplyBy is the last day to apply, and PriceYear the year of the prices, for readers of
	// other forms, which have them where the standard has not.
	ApplyBy   string `json:"-"`
	PriceYear int    `json:"-"`
}

// Enrolment is a period of enrolment.
type Enrolment struct {
	Start        string            `json:"startDateTime"`
	End          string            `json:"endDateTime,omitempty"`
	TargetGroups []string          `json:"targetGroups,omitempty"`
	Type         string            `json:"enrolmentType,omitempty"`
	URL          string            `json:"enrolmentUrl,omitempty"`
	Queue        *bool             `json:"queueEnabled,omitempty"`
	Queued       *float64          `json:"queuedNumberStudents,omitempty"`
	MaxQueued    *float64          `json:"maxQueuedNumberStudents,omitempty"`
	Ext          Ext[EnrolmentExt] `json:"ext,omitzero"`
}

// EnrolmentExt marks a period that the provider has not entered: it follows
// from the deadline and the days of start.
type EnrolmentExt struct {
	Implied bool   `json:"implied,omitempty"`
	Kind    string `json:"kind,omitempty"`
	Open    bool   `json:"open_start,omitempty"`
}

// Address is where one meets.
type Address struct {
	Type        string            `json:"addressType"`
	City        string            `json:"city,omitempty"`
	Country     map[string]string `json:"countryCode,omitempty"`
	Geolocation *Geolocation      `json:"geolocation,omitempty"`
}

// Geolocation is a point in degrees.
type Geolocation struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Cost is a price.
type Cost struct {
	Type     string `json:"costType"`
	Amount   string `json:"amount,omitempty"`
	Currency string `json:"currency,omitempty"`
}

// OfferingExt is what the standard has no field for.
type OfferingExt struct {
	StartType       string      `json:"start_type,omitempty"`
	NoRollingReason string      `json:"no_rolling_reason,omitempty"`
	Delivery        string      `json:"delivery,omitempty"`
	DigitalShare    *int        `json:"digital_share,omitempty"`
	WorkplaceShare  *int        `json:"workplace_share,omitempty"`
	PartTime        int         `json:"part_time_percent,omitempty"`
	Attendance      string      `json:"attendance,omitempty"`
	Gatherings      []Gathering `json:"gatherings,omitempty"`
	Closed          []Span      `json:"closed,omitempty"`
	Region          string      `json:"target_region,omitempty"`
	Municipalities  []string    `json:"target_municipalities,omitempty"`
	Queued          *int        `json:"queued,omitempty"`
	WaitValue       int         `json:"wait_value,omitempty"`
	WaitUnit        string      `json:"wait_unit,omitempty"`
	PriceYear       int         `json:"price_year,omitempty"`
	Channel         string      `json:"admission_channel,omitempty"`
	ApplyURL        string      `json:"apply_url,omitempty"`
	Deadline        string      `json:"deadline,omitempty"`
	AnswerDays      int         `json:"answer_days,omitempty"`
	LastConfirmed   string      `json:"last_confirmed,omitempty"`
}

// Gathering is a gathering with its municipality's number.
type Gathering struct {
	Place        string `json:"place,omitempty"`
	Municipality string `json:"municipality,omitempty"`
	Day          string `json:"day,omitempty"`
	Days         int    `json:"days,omitempty"`
	Voluntary    bool   `json:"voluntary,omitempty"`
}

// Span is a period, both days included.
type Span struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// texts writes a text in the languages it has.
func texts(t i18n.Text) []Text {
	var out []Text
	for _, x := range []Text{{"nb-NO", t.NB}, {"nn-NO", t.NN}, {"en", t.EN}} {
		if x.Value != "" {
			out = append(out, x)
		}
	}
	return out
}

// fromTexts reads texts; those in a language we have no place for count only
// when there is no other.
func fromTexts(list []Text) i18n.Text {
	var t i18n.Text
	other := ""
	for _, x := range list {
		base, _, _ := strings.Cut(strings.ToLower(x.Language), "-")
		switch base {
		case "nb", "no", "da", "sv":
			t.NB = x.Value
		case "nn":
			t.NN = x.Value
		case "en":
			t.EN = x.Value
		default:
			other = x.Value
		}
	}
	if t == (i18n.Text{}) {
		t.NB = other
	}
	return t
}

func begins(d clock.Date) string { return moment(clock.StartOfDay(d)) }

func ends(d clock.Date) string { return moment(clock.EndOfDay(d)) }

func moment(t clock.Time) string {
	if t.IsZero() {
		return ""
	}
	return clock.InOslo(t).Truncate(time.Second).Format(time.RFC3339)
}

// firstDay reads a moment or a day as the day it lies in.
func firstDay(s string) (clock.Date, error) {
	if s == "" {
		return clock.Date{}, nil
	}
	if len(s) == len(time.DateOnly) {
		return clock.ParseDate(s)
	}
	t, err := clock.ParseTime(s)
	if err != nil {
		return clock.Date{}, err
	}
	return t.Date(), nil
}

// lastDay reads an end. Midnight sharp ends the day before.
func lastDay(s string) (clock.Date, error) {
	d, err := firstDay(s)
	if err != nil || d.IsZero() || len(s) == len(time.DateOnly) {
		return d, err
	}
	if t, err := clock.ParseTime(s); err == nil && t == clock.StartOfDay(d) {
		return d.AddDays(-1), nil
	}
	return d, nil
}
