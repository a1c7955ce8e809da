package org

import (
	"net/url"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// ID names an organisation.
type ID = access.OrgID

// Kind is the type of an organisation (ORG-1). Stored as written.
type Kind string

// The kinds.
const (
	County        Kind = "county"
	Municipality  Kind = "municipality"
	Ministry      Kind = "ministry"
	Directorate   Kind = "directorate"
	StateAgency   Kind = "state_agency"
	BusinessHub   Kind = "business_hub"
	Association   Kind = "business_association"
	Alliance      Kind = "business_alliance"
	Company       Kind = "company"
	PublicUnit    Kind = "public_unit"
	UpperSec      Kind = "upper_secondary"
	Fagskole      Kind = "fagskole"
	University    Kind = "university"
	Research      Kind = "research"
	TrainingHub   Kind = "training_office"
	CareerCentre  Kind = "career_centre"
	StudyCentre   Kind = "study_centre"
	InterestGroup Kind = "interest_group"
	Council       Kind = "council"
	Partnership   Kind = "partnership"
	TraineeScheme Kind = "trainee_scheme"
)

// Kinds lists the kinds in the order pages show them.
func Kinds() []Kind {
	return []Kind{Company, PublicUnit, Municipality, County, BusinessHub, Association, Alliance, UpperSec, Fagskole,
		University, StudyCentre, TrainingHub, CareerCentre, Research, Council, Partnership, TraineeScheme,
		InterestGroup, StateAgency, Directorate, Ministry}
}

// Label is the kind's name.
func (k Kind) Label() i18n.Key { return i18n.Key("org.kind." + string(k)) }

// IsProvider reports whether organisations of the kind offer education.
func (k Kind) IsProvider() bool {
	return slices.Contains([]Kind{UpperSec, Fagskole, University, TrainingHub, StudyCentre, County}, k)
}

// IsIntermediary reports whether organisations of the kind may act for others.
func (k Kind) IsIntermediary() bool {
	return slices.Contains([]Kind{BusinessHub, Association, Alliance, Municipality, County, TrainingHub}, k)
}

// Name is what an organisation is called in a period; zero days are open ends.
type Name struct {
	Name, Short string
	From, To    clock.Date
}

func (n Name) on(day clock.Date) bool {
	return (n.From.IsZero() || !day.Before(n.From)) && (n.To.IsZero() || !day.After(n.To))
}

// Organisation is one entry of the register. Names are in order of time; there
// is at least one.
type Organisation struct {
	ID           ID
	Kind         Kind
	OrgNo        string
	Parent       ID
	Municipality string
	Website      string
	Names        []Name
	Aliases      []string
	Standing     Standing
	CreatedAt    clock.Time
	Version      int64
}

// at is the index of the name on the day, or of the nearest one when the
// register has none for it: the first for days before it, else the last before
// the day. -1 without names.
func (o Organisation) at(day clock.Date) int {
	best := min(0, len(o.Names)-1)
	for i, n := range o.Names {
		if n.on(day) {
			return i
		}
		if n.From.IsZero() || !day.Before(n.From) {
			best = i
		}
	}
	return best
}

// On is the name on the day, with its short form and period.
func (o Organisation) On(day clock.Date) Name {
	if i := o.at(day); i >= 0 {
		return o.Names[i]
	}
	return Name{}
}

// NameOn is the name on the day, or the nearest one.
func (o Organisation) NameOn(day clock.Date) string { return o.On(day).Name }

// Registration is what a new organisation is registered with.
type Registration struct {
	Kind         Kind
	Name, Short  string
	OrgNo        string
	Municipality string
	Website      string
	Parent       ID
	Aliases      []string
	// Names, when set, replaces Name: an organisation with a history.
	Names []Name
}

// The longest texts, in characters, and the most aliases.
const (
	MaxName    = 200
	MaxShort   = 40
	MaxWebsite = 300
	MaxAliases = 30
)

// check answers the registration with its values put right, or its faults.
func (in Registration) check(knownMunicipality func(string) bool) (Registration, error) {
	var fs fault.Fields
	if !slices.Contains(Kinds(), in.Kind) {
		fs.Add("kind", "form.error.choice")
	}
	if len(in.Names) == 0 {
		in.Names = []Name{{Name: strings.TrimSpace(in.Name), Short: strings.TrimSpace(in.Short)}}
	}
	checkNames(&fs, in.Names)
	if in.OrgNo = strings.TrimSpace(in.OrgNo); in.OrgNo != "" {
		no, err := text.ParseOrgNumber(in.OrgNo)
		if err != nil {
			fs.Add("orgno", "org.error.orgno")
		}
		in.OrgNo = no
	}
	switch {
	case in.Municipality == "":
		fs.Add("municipality", "form.error.required")
	case !knownMunicipality(in.Municipality):
		fs.Add("municipality", "form.error.municipality")
	}
	if in.Website = strings.TrimSpace(in.Website); in.Website != "" && !isWebsite(in.Website) {
		fs.Add("website", "org.error.website")
	}
	in.Aliases = checkAliases(&fs, in.Aliases)
	return in, fs.Err()
}

// checkNames sees that each name can be shown, and that no day has two.
func checkNames(fs *fault.Fields, names []Name) {
	for i, n := range names {
		checkName(fs, n)
		if !n.To.IsZero() && n.To.Before(n.From) {
			fs.Add("name", "form.error.period")
		}
		if i > 0 && (names[i-1].To.IsZero() || !n.From.After(names[i-1].To)) {
			fs.Add("name", "org.error.names_overlap")
		}
	}
}

func checkName(fs *fault.Fields, n Name) {
	if text.IsBlank(n.Name) {
		fs.Add("name", "form.error.required")
	} else if len([]rune(n.Name)) > MaxName {
		fs.Add("name", "form.error.too_long", "max", MaxName)
	}
	if len([]rune(n.Short)) > MaxShort {
		fs.Add("short", "form.error.too_long", "max", MaxShort)
	}
}

// checkAliases drops blanks and spellings that mean the same.
func checkAliases(fs *fault.Fields, aliases []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, a := range aliases {
		a = strings.TrimSpace(text.CleanLine(a))
		if k := key(a); k != "" && !seen[k] {
			seen[k] = true
			out = append(out, a)
		}
		if len([]rune(a)) > MaxName {
			fs.Add("aliases", "form.error.too_long", "max", MaxName)
			return out
		}
	}
	if len(out) > MaxAliases {
		fs.Add("aliases", "org.error.aliases", "max", MaxAliases)
	}
	return out
}

// isWebsite lets addresses of the web through and nothing that a browser would
// run.
func isWebsite(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(s) <= MaxWebsite && (u.Scheme == "https" || u.Scheme == "http") && strings.Contains(u.Hostname(), ".")
}

// companyForms are the ends of names that people write or leave out.
var companyForms = []string{"as", "asa", "sa", "da", "ans", "ba", "iks", "kf", "fkf", "nuf", "enk"}

// key is what two spellings of a name have in common: case, accents, hyphens
// and the company form at the end do not count.
func key(s string) string {
	folded := text.Fold(strings.Map(func(r rune) rune {
		if strings.ContainsRune("-–—,.()", r) {
			return ' '
		}
		return r
	}, s))
	if i := strings.LastIndexByte(folded, ' '); i > 0 && slices.Contains(companyForms, folded[i+1:]) {
		return folded[:i]
	}
	return folded
}

// CanRegister reports whether the actor may add to and mend the register.
func CanRegister(a access.Actor) error {
	if a.IsSystem() || a.Has(Registrars()...) {
		return nil
	}
	return fault.New(fault.Denied, "fault.denied")
}

// Registrars are the roles that may add to and mend the register.
func Registrars() []access.Role {
	return []access.Role{access.RoleIntermediary, access.RoleMunicipalLead, access.RoleSecretary, access.RoleCaseOfficer, access.RoleSysadmin}
}

// Mandate lets an intermediary act for a principal. Ground says how it was
// given ("avtalt i besøk 12.11.").
type Mandate struct {
	ID           MandateID
	Intermediary ID
	Principal    ID
	Ground       string
	From, To     clock.Date
	RecordedAt   clock.Time
	Version      int64
}

// MandateID names a mandate.
type MandateID = id.Of[Mandate]

// HoldsOn reports whether the mandate holds on the day.
func (m Mandate) HoldsOn(day clock.Date) bool {
	return !day.Before(m.From) && (m.To.IsZero() || !day.After(m.To))
}
