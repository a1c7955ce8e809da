package supplyweb

import (
	"strconv"
	"strings"

	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/say"
)

// course is the programme in the words of schema.org, for search engines. The
// template writes it as JSON.
type course struct {
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
	Provider     organisation     `json:"provider"`
	Credits      *structuredValue `json:"numberOfCredits,omitempty"`
	Instances    []courseInstance `json:"hasCourseInstance,omitempty"`
}

type organisation struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type structuredValue struct {
	Type  string  `json:"@type"`
	Value float64 `json:"value"`
	Unit  string  `json:"unitText"`
}

type courseInstance struct {
	Type      string     `json:"@type"`
	URL       string     `json:"url"`
	Mode      []string   `json:"courseMode"`
	Start     string     `json:"startDate,omitempty"`
	End       string     `json:"endDate,omitempty"`
	Status    string     `json:"eventStatus,omitempty"`
	Locations []locale   `json:"location,omitempty"`
	Max       int        `json:"maximumAttendeeCapacity,omitempty"`
	Left      *int       `json:"remainingAttendeeCapacity,omitempty"`
	Offers    *saleOffer `json:"offers,omitempty"`
}

type locale struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type saleOffer struct {
	Type     string `json:"@type"`
	Price    string `json:"price"`
	Currency string `json:"priceCurrency"`
	Category string `json:"category"`
	// ValidFrom is the year whose prices these are.
	ValidFrom string `json:"validFrom"`
}

func (p *pages) course(s say.Speaker, d supply.Details) course {
	c := course{Context: "https://schema.org", Type: "Course", ID: p.PublicURL + programmePath(d.ID), URL: p.PublicURL + programmePath(d.ID), Name: s.Text(d.Title),
		Description: s.Text(d.Description), Code: d.Code, Languages: d.Languages, Requirements: s.Text(d.Admission), Level: s.Level(*d.Programme),
		Provider: organisation{"Organization", d.ProviderName}}
	for _, o := range d.Outcomes {
		c.Teaches = append(c.Teaches, s.Text(o))
	}
	if d.Credits > 0 {
		c.Credits = &structuredValue{"StructuredValue", d.Credits, s.T(d.CreditUnit.Label())}
	}
	for _, i := range d.Items {
		if i.Offering.IsPublic() && d.Programme.IsPublic() {
			c.Instances = append(c.Instances, p.instance(s, i))
		}
	}
	return c
}

// instance is an offering. A rolling one begins on the earliest day one can
// start.
func (p *pages) instance(s say.Speaker, i *supply.Item) courseInstance {
	o := i.Offering
	out := courseInstance{Type: "CourseInstance", URL: p.PublicURL + offeringPath(o), Mode: modes(o.Delivery), Start: o.Start.String(), End: o.End.String(), Max: o.MaxPlaces}
	if out.Start == "" {
		out.Start = i.Earliest.Day.String()
	}
	if o.State == offer.Cancelled {
		out.Status = "https://schema.org/EventCancelled"
	}
	for _, n := range o.MeetsIn() {
		out.Locations = append(out.Locations, locale{"Place", s.Municipality(n)})
	}
	out.Left = o.Counts(false).Left
	if o.Price.Participant != nil {
		out.Offers = &saleOffer{Type: "Offer", Price: plain(*o.Price.Participant), Currency: "NOK", Category: category(*o.Price.Participant), ValidFrom: strconv.Itoa(o.Price.Year)}
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
