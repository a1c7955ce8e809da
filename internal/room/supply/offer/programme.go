package offer

import (
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
)

// ProgrammeID names a programme.
type ProgrammeID = id.Of[Programme]

// Level is the level of a programme (LOP-15). Stored as written.
type Level string

// The levels.
const (
	Vgs      Level = "vgs"
	Fagbrev  Level = "fagbrev"
	Fagskole Level = "fagskole"
	Hoyere   Level = "hoyere"
	Kurs     Level = "kurs"
)

// Levels lists the levels in the order pages show them.
func Levels() []Level { return []Level{Kurs, Vgs, Fagbrev, Fagskole, Hoyere} }

// Label is the level's name.
func (l Level) Label() i18n.Key { return i18n.Key("supply.level." + string(l)) }

// NKRLevels lists the levels of the Norwegian qualifications framework
// (Nasjonalt kvalifikasjonsrammeverk) that a programme can have.
func NKRLevels() []string {
	return []string{"2", "3", "4A", "4B", "5.1", "5.2", "6.1", "6.2", "7", "8"}
}

// CreditUnit is what the extent of a programme is counted in.
type CreditUnit string

// The units: studiepoeng, fagskolepoeng, hours of teaching.
const (
	StudyPoints    CreditUnit = "sp"
	FagskolePoints CreditUnit = "fsp"
	Hours          CreditUnit = "timer"
)

// CreditUnits lists the units in the order pages show them.
func CreditUnits() []CreditUnit { return []CreditUnit{StudyPoints, FagskolePoints, Hours} }

// Label is the unit's name behind a number.
func (u CreditUnit) Label() i18n.Key { return i18n.Key("supply.credit_unit." + string(u)) }

// CodeType says whose code a programme carries.
type CodeType string

// The kinds of code.
const (
	CodeLocal   CodeType = "local"
	CodeNUS     CodeType = "nus"
	CodeArea    CodeType = "programomrade"
	CodeStudy   CodeType = "studiekode"
	CodeGrep    CodeType = "grep"
	defaultCode          = CodeLocal
)

// CodeTypes lists the kinds of code.
func CodeTypes() []CodeType { return []CodeType{CodeLocal, CodeStudy, CodeNUS, CodeArea, CodeGrep} }

// Label is the code type's name.
func (c CodeType) Label() i18n.Key { return i18n.Key("supply.code_type." + string(c)) }

// Languages lists the codes of the languages one may teach in.
func Languages() []string { return []string{"nb", "nn", "en", "sma", "se", "uk", "pl"} }

// ProgrammeState is where a programme stands. Its offerings have states too.
type ProgrammeState string

// The states of a programme: a draft that its provider alone sees, offered, and
// no longer offered.
const (
	ProgrammeConcept  ProgrammeState = "concept"
	ProgrammeActive   ProgrammeState = "active"
	ProgrammeInactive ProgrammeState = "inactive"
)

// Label is the state's name.
func (s ProgrammeState) Label() i18n.Key { return i18n.Key("supply.programme_state." + string(s)) }

// Programme is what a provider can teach. Shares are per cent; nil is not
// stated, and an offering's own share wins over the programme's.
type Programme struct {
	ID       ProgrammeID
	Provider org.ID
	// ProviderName is the provider's name today; it is not stored here.
	ProviderName string
	State        ProgrammeState
	Title        i18n.Text
	Description  i18n.Text
	Code         string
	CodeType     CodeType
	Level        Level
	NKR          string // one of NKRLevels, or empty
	Credits      float64
	CreditUnit   CreditUnit
	// Outcomes are what one knows and can do afterwards.
	Outcomes []i18n.Text
	// Occupations are unit groups of STYRK-08, four digits.
	Occupations []string
	// Fields are broad fields of ISCED-F; see Fields and AllFields.
	Fields []string
	// Topics are codes of the vocabulary's topics.
	Topics         []string
	Admission      i18n.Text // what is required to get in
	Languages      []string
	DigitalShare   *int
	WorkplaceShare *int
	Supervision    i18n.Text // how those who take it are followed up
	// Adapts is the programme that this one was made from (LOP-2), or empty.
	Adapts             ProgrammeID
	ValidFrom, ValidTo clock.Date
	// Contact says whom to ask: a role or an office, never a person.
	Contact  string
	Website  string
	Source   string // where it was imported from; empty: written here
	SourceID string // its id there

	CreatedAt, UpdatedAt clock.Time
	Version              int64
}

// IsPublic reports whether anyone may read about the programme.
func (p Programme) IsPublic() bool { return p.State != ProgrammeConcept }

// AllFields are the programme's fields as stated, else those its occupations
// point to.
func (p Programme) AllFields() []string {
	if len(p.Fields) > 0 {
		return p.Fields
	}
	return FieldsOf(p.Occupations)
}
