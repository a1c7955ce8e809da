package schemaorg

import (
	"strconv"
	"strings"

	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/say"
)

// Context is what the keys of a Course are terms of.
const Context = "https://schema.org"

// Course is a programme in the words of schema.org.
type Course struct {
	Context      string           `json:"@context"`
	Type         string           `json:"@type"`
	ID           string           `json:"@id"`
	Name         string           `json:"name"`
	Description  string           `json:"description,omitempty"`
	URL          string           `json:"url"`
	Code         string           `json:"courseCode,omitempty"`
	Languages    []string         `json:"inLanguage,omitempty"`
	Requirements string           `json:"coursePrerequisites,omitempty"`
	Teaches      []string         `json:"teaches,omitempty"`
	Level        string           `json:"educationalLevel,omitempty"`
	Provider     Organization     `json:"provider"`
	Credits      *StructuredValue `json:"numberOfCredits,omitempty"`
	Instances    []CourseInstance `json:"hasCourseInstance,omitempty"`
}

// Organization is the provider.
type Organization struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

// StructuredValue is a number with its unit.
type StructuredValue struct {
	Type  string  `json:"@type"`
	Value float64 `json:"value"`
	Unit  string  `json:"unitText"`
}

// CourseInstance is an offering.
type CourseInstance struct {
	Type      string   `json:"@type"`
	URL       string   `json:"url"`
	Mode      []string `json:"courseMode"`
	Start     string   `json:"startDate,omitempty"`
	End       string   `json:"endDate,omitempty"`
	Status    string   `json:"eventStatus,omitempty"`
	Workload  string   `json:"courseWorkload,omitempty"`
	Locations []Place  `json:"location,omitempty"`
	Max       int      `json:"maximumAttendeeCapacity,omitempty"`
	Left      *int     `json:"remainingAttendeeCapacity,omitempty"`
	Offers    *Offer   `json:"offers,omitempty"`
}

// Place is where one meets.
type Place struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

// Offer is what it costs and the last day to apply.
type Offer struct {
	Type     string `json:"@type"`
	Price    string `json:"price,omitempty"`
	Currency string `json:"priceCurrency,omitempty"`
	Category string `json:"category,omitempty"`
	// ValidFrom is the year whose prices these are.
	ValidFrom string `json:"validFrom,omitempty"`
	// ValidThrough is the last day to apply, when one can apply now.
	ValidThrough string `json:"validThrough,omitempty"`
}

// Writer writes programmes in the reader's language.
type Writer struct {
	say.Speaker
	// Programme and Offering answer whole addresses of pages.
	Programme func(offer.ProgrammeID) string
	Offering  func(*offer.Offering) string
}

// Course is the programme with its offerings that anyone may read about; whoever
// asks has seen to that the reader may read about the programme itself.
func (w Writer) Course(d supply.Details) Course {
	at := w.Programme(d.ID)
	c := Course{Context: Context, Type: "Course", ID: at, URL: at, Name: w.Text(d.Title),
		Description: w.Text(d.Description), Code: d.Code, Languages: d.Languages, Requirements: w.Text(d.Admission), Level: w.Level(*d.Programme),
		Provider: Organization{"Organization", d.ProviderName}}
	for _, o := range d.Outcomes {
		c.Teaches = append(c.Teaches, w.Text(o))
	}
	if d.Credits > 0 {
		c.Credits = &StructuredValue{"StructuredValue", d.Credits, w.T(d.CreditUnit.Label())}
	}
	for _, i := range d.Items {
		if i.Offering.IsPublic() && d.Programme.IsPublic() {
			c.Instances = append(c.Instances, w.instance(i))
		}
	}
	return c
}

// instance is an offering. A rolling one begins on the earliest day one can
// start.
func (w Writer) instance(i *supply.Item) CourseInstance {
	o := i.Offering
	out := CourseInstance{Type: "CourseInstance", URL: w.Offering(o), Mode: modes(o.Delivery), Start: o.Start.String(), End: o.End.String(), Max: o.MaxPlaces}
	if out.Start == "" {
		out.Start = i.Earliest.Day.String()
	}
	if o.State == offer.Cancelled {
		out.Status = "https://schema.org/EventCancelled"
	}
	for _, n := range o.MeetsIn() {
		out.Locations = append(out.Locations, Place{"Place", w.Municipality(n)})
	}
	if o.PartTimePercent > 0 {
		out.Workload = w.T("supply.f.part_time_percent") + ": " + w.T("supply.value.percent", "number", strconv.Itoa(o.PartTimePercent))
	}
	out.Left = o.Counts(false).Left
	out.Offers = sale(i)
	return out
}

// sale is the price and the last day to apply; nil when neither is known.
func sale(i *supply.Item) *Offer {
	price, by := i.Offering.Price, i.Status.Deadline
	if price.Participant == nil && by.IsZero() {
		return nil
	}
	out := &Offer{Type: "Offer", ValidThrough: by.String()}
	if price.Participant != nil {
		out.Price, out.Currency, out.Category, out.ValidFrom = plain(*price.Participant), "NOK", category(*price.Participant), strconv.Itoa(price.Year)
	}
	return out
}

// modes are the words schema.org's users expect.
func modes(d offer.Delivery) []string {
	switch d {
	case offer.Net:
		return []string{"online"}
	case offer.Company:
		return []string{"onsite", "workplace"}
	case offer.Campus:
		return []string{"onsite"}
	}
	return []string{"blended"}
}

// category is the word for whether one pays.
func category(n money.NOK) string {
	if n == 0 {
		return "Free"
	}
	return "Paid"
}

func plain(n money.NOK) string { return strings.Replace(n.Plain(), ",", ".", 1) }
