package need

import (
	"strings"

	"kompetansetorg/internal/kit/i18n"
)

// Purpose tells recruitment from further education of those already employed
// (BEH-4). Empty: not said.
type Purpose string

// The purposes.
const (
	Recruitment Purpose = "recruitment"
	Upskilling  Purpose = "upskilling"
	Both        Purpose = "both"
)

// Purposes lists the purposes in the order pages show them.
func Purposes() []Purpose { return []Purpose{Recruitment, Upskilling, Both} }

// Label is the purpose's name.
func (p Purpose) Label() i18n.Key { return i18n.Key("need.purpose." + string(p)) }

// Level is the level of education.
type Level string

// The levels, as the API writes them.
const (
	LevelVGS      Level = "vgs"
	LevelTrade    Level = "fagbrev"
	LevelFagskole Level = "fagskole"
	LevelHigher   Level = "hoyere"
	LevelCourse   Level = "kurs"
	LevelUnknown  Level = "unknown"
)

// Levels lists the levels in the order pages show them.
func Levels() []Level {
	return []Level{LevelVGS, LevelTrade, LevelFagskole, LevelHigher, LevelCourse, LevelUnknown}
}

// Label is the level's name.
func (l Level) Label() i18n.Key { return i18n.Key("need.level." + string(l)) }

// Form is a form of education that would suit.
type Form string

// The forms.
const (
	Online     Form = "nett"
	Gatherings Form = "samlinger"
	Workplace  Form = "bedrift"
	Blended    Form = "blandet"
	Campus     Form = "campus"
)

// Forms lists the forms in the order pages show them.
func Forms() []Form { return []Form{Online, Gatherings, Workplace, Blended, Campus} }

// Label is the form's name.
func (f Form) Label() i18n.Key { return i18n.Key("need.form." + string(f)) }

// Horizon is how soon the competence is needed. Empty: not said.
type Horizon string

// The horizons: now, and within one, three, five or ten years.
const (
	Now        Horizon = "now"
	OneYear    Horizon = "1y"
	ThreeYears Horizon = "3y"
	FiveYears  Horizon = "5y"
	TenYears   Horizon = "10y"
)

// Horizons lists the horizons, nearest first.
func Horizons() []Horizon { return []Horizon{Now, OneYear, ThreeYears, FiveYears, TenYears} }

// Label is the horizon's name.
func (h Horizon) Label() i18n.Key { return i18n.Key("need.horizon." + string(h)) }

// Cause is why the need arose. Empty: not said.
type Cause string

// The causes: people leave or retire, growth, new technology, a new formal
// requirement, people change jobs often.
const (
	Departure     Cause = "departure"
	Growth        Cause = "growth"
	NewTechnology Cause = "new_technology"
	Requirement   Cause = "requirement"
	Turnover      Cause = "turnover"
)

// Causes lists the causes in the order pages show them.
func Causes() []Cause {
	return []Cause{Departure, Growth, NewTechnology, Requirement, Turnover}
}

// Label is the cause's name.
func (c Cause) Label() i18n.Key { return i18n.Key("need.cause." + string(c)) }

// Consequence is what happens while the need is not met.
type Consequence string

// The consequences.
const (
	LostOrders    Consequence = "lost_orders"
	LessService   Consequence = "less_service"
	Overtime      Consequence = "overtime"
	LowerQuality  Consequence = "lower_quality"
	NoGrowth      Consequence = "no_growth"
	HiredIn       Consequence = "hired_in"
	RiskOfClosing Consequence = "risk_of_closing"
)

// Consequences lists the consequences in the order pages show them.
func Consequences() []Consequence {
	return []Consequence{LostOrders, LessService, Overtime, LowerQuality, NoGrowth, HiredIn, RiskOfClosing}
}

// Label is the consequence's name.
func (c Consequence) Label() i18n.Key { return i18n.Key("need.consequence." + string(c)) }

// Barrier is what has kept people from the education there is (BEH-16).
type Barrier string

// The barriers.
const (
	Distance     Barrier = "distance"
	Economy      Barrier = "economy"
	Travel       Barrier = "travel"
	LostTime     Barrier = "lost_time"
	Facilitation Barrier = "facilitation"
	NoOffer      Barrier = "no_offer"
)

// Barriers lists the barriers in the order pages show them.
func Barriers() []Barrier {
	return []Barrier{Distance, Economy, Travel, LostTime, Facilitation, NoOffer}
}

// Label is the barrier's name.
func (b Barrier) Label() i18n.Key { return i18n.Key("need.barrier." + string(b)) }

// Confidentiality is who besides the owner may read the need: everybody; the
// forum; the forum and the providers; only the owner and the county.
type Confidentiality string

// The degrees, most open first.
const (
	Open          Confidentiality = "open"
	ProvidersOnly Confidentiality = "providers"
	ForumOnly     Confidentiality = "forum"
	Internal      Confidentiality = "internal"
)

// Confidentialities lists the degrees, most open first.
func Confidentialities() []Confidentiality {
	return []Confidentiality{Open, ProvidersOnly, ForumOnly, Internal}
}

// Label is the degree's name.
func (c Confidentiality) Label() i18n.Key { return i18n.Key("need.confidentiality." + string(c)) }

// Source is how a need came here.
type Source string

// The sources.
const (
	FromForm       Source = "form"
	FromImport     Source = "import"
	FromSurvey     Source = "survey"
	FromForum      Source = "forum"
	FromInterview  Source = "interview"
	FromRegister   Source = "register"
	FromProjection Source = "projection"
)

// Sources lists the sources.
func Sources() []Source {
	return []Source{FromForm, FromImport, FromSurvey, FromForum, FromInterview, FromRegister, FromProjection}
}

// Label is the source's name.
func (s Source) Label() i18n.Key { return i18n.Key("need.source." + string(s)) }

// sectors are the sections of Standard for næringsgruppering (SN2007, Statistics Norway).
const sectors = "ABCDEFGHIJKLMNOPQRSTU"

// Sectors lists the letters of the sectors of industry (SN2007).
func Sectors() []string { return strings.Split(sectors, "") }

// SectorLabel is the name of a sector of industry.
func SectorLabel(letter string) i18n.Key { return i18n.Key("need.sector." + strings.ToLower(letter)) }

// Field is a field of work, coarse enough to be counted by. Empty: not known.
type Field string

// FieldOf is the field that an occupation of STYRK-08 belongs to, by the
// longest beginning of its code that says so; empty when none does.
func FieldOf(styrk08 string) Field {
	for n := min(len(styrk08), 4); n > 0; n-- {
		if f := fieldOf(styrk08[:n]); f != "" {
			return f
		}
	}
	return ""
}

func fieldOf(beginning string) Field {
	switch beginning {
	case "22", "32", "53":
		return "health"
	case "23", "531":
		return "education"
	case "71", "931":
		return "building"
	case "74":
		return "electro"
	case "72", "73", "75", "81", "82", "932":
		return "industry"
	case "512", "751", "94", "3434":
		return "food"
	case "6", "92":
		return "nature"
	case "83", "933":
		return "transport"
	case "51", "52", "91", "95", "96":
		return "service"
	case "24", "33", "4":
		return "business"
	case "25", "35":
		return "ict"
	case "21", "31":
		return "engineering"
	case "1":
		return "leadership"
	case "26", "34":
		return "society"
	case "0", "54":
		return "safety"
	}
	return ""
}

// Fields lists the fields in the order pages show them.
func Fields() []Field {
	return []Field{"health", "education", "building", "electro", "industry", "food", "nature", "transport", "service",
		"business", "ict", "engineering", "leadership", "society", "safety"}
}

// Label is the field's name; need.field.none when it is not known.
func (f Field) Label() i18n.Key {
	if f == "" {
		return "need.field.none"
	}
	return i18n.Key("need.field." + string(f))
}

// fieldFrom is the field of the first concept that has one; occupations count
// before the occupations that trades and topics lead to.
func fieldFrom(concepts []Concept) Field {
	for _, c := range concepts {
		if f := FieldOf(c.Code); c.Scheme == "styrk08" && c.Chosen != Removed && f != "" {
			return f
		}
	}
	for _, c := range concepts {
		if f := FieldOf(c.Styrk08); c.Chosen != Removed && f != "" {
			return f
		}
	}
	return ""
}
