package elm

import (
	"kompetansetorg/internal/room/supply/jsonld"
	"kompetansetorg/internal/room/supply/oeapi"
)

// vocabulary is in the address of the model and of its contexts, namespace begins its terms,
// levels those of the European framework.
const (
	vocabulary = "data.europa.eu/snb/model/"
	namespace  = "http://" + vocabulary + "elm/"
	levels     = "http://data.europa.eu/snb/eqf/"
)

// The types of nodes.
const (
	typeCatalogue     = "kt:Catalogue"
	typeOpportunity   = "LearningOpportunity"
	typeAchievement   = "LearningAchievementSpecification"
	typeQualification = "Qualification"
)

// Context is what the keys of a document mean.
type Context struct {
	Vocab string `json:"@vocab"`
	Own   string `json:"kt"`
}

// Text is a text in a language.
type Text struct {
	Language string `json:"@language"`
	Value    string `json:"@value"`
}

// Texts are a text in its languages.
type Texts []Text

// Class is the type of a node.
type Class string

// Ref points to a node.
type Ref struct {
	ID string `json:"@id"`
}

// Identifier is what somebody calls a thing.
type Identifier struct {
	Type     Class  `json:"@type"`
	Notation string `json:"notation"`
}

// Note is a text of several languages about something.
type Note struct {
	Type    Class `json:"@type"`
	Literal Texts `json:"noteLiteral"`
}

// Organisation is a provider.
type Organisation struct {
	ID   string `json:"@id"`
	Type Class  `json:"@type"`
	Name Texts  `json:"legalName,omitempty"`
}

// Credit is the extent in points of a framework.
type Credit struct {
	Type      Class  `json:"@type"`
	Framework string `json:"framework"`
	Point     string `json:"point"`
}

// Outcome is what one can afterwards.
type Outcome struct {
	Type  Class `json:"@type"`
	Title Texts `json:"title"`
}

// Period is from a day to a day.
type Period struct {
	Type  Class  `json:"@type"`
	Start string `json:"startDate,omitempty"`
	End   string `json:"endDate,omitempty"`
}

// Price is what it costs.
type Price struct {
	Type   Class  `json:"@type"`
	For    string `json:"kt:costType"`
	Amount Amount `json:"amount"`
}

// Amount is a number of a currency.
type Amount struct {
	Type  Class  `json:"@type"`
	Value string `json:"value"`
	Unit  string `json:"unit"`
}

// Location is where one meets.
type Location struct {
	Type Class  `json:"@type"`
	Name string `json:"geographicName"`
}

// Achievement is a programme.
type Achievement struct {
	ID            string              `json:"@id"`
	Type          Class               `json:"@type"`
	Identifier    Identifier          `json:"identifier"`
	Title         Texts               `json:"title"`
	Description   Texts               `json:"description,omitempty"`
	Homepage      *Ref                `json:"homepage,omitempty"`
	Languages     []string            `json:"language,omitempty"`
	Credit        *Credit             `json:"creditPoint,omitempty"`
	Volume        string              `json:"volumeOfLearning,omitempty"`
	ISCED         string              `json:"ISCEDFCode,omitempty"`
	EQF           *Ref                `json:"EQFLevel,omitempty"`
	Requirement   *Note               `json:"entryRequirement,omitempty"`
	Outcomes      []Outcome           `json:"learningOutcome,omitempty"`
	AwardedBy     *Organisation       `json:"awardingBody,omitempty"`
	Own           *oeapi.ProgrammeExt `json:"kt:programme,omitempty"`
	PrimaryCode   *oeapi.Code         `json:"kt:primaryCode,omitempty"`
	Level         string              `json:"kt:level,omitempty"`
	ValidFrom     string              `json:"kt:validFrom,omitempty"`
	ValidTo       string              `json:"kt:validTo,omitempty"`
	Opportunities []Opportunity       `json:"kt:learningOpportunity,omitempty"`
}

// Opportunity is an offering.
type Opportunity struct {
	ID          string        `json:"@id"`
	Type        Class         `json:"@type"`
	Identifier  Identifier    `json:"identifier"`
	Title       Texts         `json:"title"`
	Homepage    *Ref          `json:"homepage,omitempty"`
	Temporal    *Period       `json:"temporal,omitempty"`
	Deadline    string        `json:"applicationDeadline,omitempty"`
	Prices      []Price       `json:"priceDetail,omitempty"`
	Provider    *Organisation `json:"providedBy,omitempty"`
	Locations   []Location    `json:"location,omitempty"`
	Achievement *Ref          `json:"learningAchievementSpecification,omitempty"`
	Rest        *Rest         `json:"kt:offering,omitempty"`
}

// Rest is what the model has no property for.
type Rest struct {
	State            string             `json:"state,omitempty"`
	Modes            []string           `json:"modesOfDelivery,omitempty"`
	Min              *float64           `json:"minNumberStudents,omitempty"`
	Max              *float64           `json:"maxNumberStudents,omitempty"`
	Enrolled         *float64           `json:"enrolledNumberStudents,omitempty"`
	Pending          *float64           `json:"pendingNumberStudents,omitempty"`
	Link             string             `json:"link,omitempty"`
	FlexibleFrom     string             `json:"flexibleFrom,omitempty"`
	FlexibleTo       string             `json:"flexibleTo,omitempty"`
	EnrolmentPeriods []oeapi.Enrolment  `json:"enrolmentPeriods,omitempty"`
	Ext              *oeapi.OfferingExt `json:"ext,omitempty"`
}

// Catalogue is a page of all that is offered.
type Catalogue struct {
	Context      Context       `json:"@context"`
	ID           string        `json:"@id"`
	Type         Class         `json:"@type"`
	Total        int           `json:"kt:total"`
	Page         int           `json:"kt:page"`
	Next         *Ref          `json:"kt:next,omitempty"`
	Achievements []Achievement `json:"kt:catalogue"`
}

// Document is a programme by itself.
type Document struct {
	Context Context `json:"@context"`
	Achievement
}

// IsELM reports whether JSON is in the words of the model, by a context or a type in it.
func IsELM(data []byte) bool { return jsonld.Speaks(jsonld.Nodes(data), vocabulary) }
