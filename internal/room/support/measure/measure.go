package measure

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/support"
)

// The actions of the audit log.
const (
	ActionSuggest audit.Action = "measure.suggest"
	ActionEdit    audit.Action = "measure.edit"
	ActionMove    audit.Action = "measure.move"
	ActionOwner   audit.Action = "measure.owner"
	ActionSay     audit.Action = "measure.say"
	ActionAnswer  audit.Action = "measure.answer"
	ActionPackage audit.Action = "measure.package"
	ActionStart   audit.Action = "measure.start"
	ActionStarter audit.Action = "measure.starter"
)

// What can happen with a measure besides its moves.
const (
	Offered happening.What = "measure_offered" // an organisation is asked to take over
	Taken   happening.What = "measure_taken"   // it said yes
	Refused happening.What = "measure_refused" // it said no, or was asked no more
	Rewrote happening.What = "measure_changed" // steps or sections say something else
	Advised happening.What = "measure_said"    // somebody said something of it
)

// The most signs and lines.
const (
	MaxText  = 1_500
	MaxLine  = 200
	MaxSteps = 20
	maxDays  = 3_650
	minYear  = 2000
)

// Sections are what a measure says in prose, each in one language or more.
type Sections struct {
	Goal   i18n.Text `json:"goal"`
	Who    i18n.Text `json:"who"`
	Time   i18n.Text `json:"time"`
	People i18n.Text `json:"people"`
	Before i18n.Text `json:"before"` // what has to be in place
	Tips   i18n.Text `json:"tips"`
}

// Step is a thing to do. Days is how long it takes; 0 where nobody has said.
type Step struct {
	Nr    int
	Words i18n.Text
	Days  int
}

// Effort is how much a measure demands of those who take it up.
type Effort string

// The efforts.
const (
	Low    Effort = "low"
	Medium Effort = "medium"
	High   Effort = "high"
)

// Efforts lists them, the least first.
func Efforts() []Effort { return []Effort{Low, Medium, High} }

// Label is its name.
func (e Effort) Label() i18n.Key { return i18n.Key("measure.effort." + string(e)) }

// Cost is what a measure costs, from and to, in the money of a year.
type Cost struct {
	Low, High money.NOK
	Year      int
}

// Band is a range of costs to look for.
type Band string

// The bands. A measure whose cost nobody knows lies in none.
const (
	Free    Band = "free"
	Ten     Band = "10"
	Hundred Band = "100"
	Over    Band = "over"
)

// Bands lists them, the cheapest first.
func Bands() []Band { return []Band{Free, Ten, Hundred, Over} }

// Label is its name.
func (b Band) Label() i18n.Key { return i18n.Key("measure.band." + string(b)) }

// Has reports whether the cost lies in the band: the cheap ones are among those up to more.
func (b Band) Has(c *Cost) bool {
	switch {
	case c == nil:
		return false
	case b == Free:
		return c.High == 0
	case b == Ten:
		return c.High <= money.Kroner(10_000)
	case b == Hundred:
		return c.High <= money.Kroner(100_000)
	}
	return c.High > money.Kroner(100_000)
}

// Facts are what one can look for. No sectors, or municipalities, are all of them. ContactRole
// is a role at ContactOrg that has experience with it, never a person's name; ContactOK that
// all may see it.
type Facts struct {
	Effort         Effort
	Cost           *Cost
	Sectors        []string
	Municipalities []string
	ContactOrg     access.OrgID
	ContactRole    string
	ContactOK      bool
}

// Measure is a card with what it says as a measure, as the reader may see it.
type Measure struct {
	Card support.Card
	Sections
	Facts
	Steps       []Step
	Owner       access.OrgID
	OwnerName   string // that of the organisation; else what the card says
	Offered     access.OrgID
	OfferedName string
	ContactName string
	Suggested   access.OrgID
	State       flow.State
	Version     int64

	Edits    bool // the reader is an editor
	Keeps    bool // the reader is at the owner, or at who suggested it while it is a draft
	Receiver bool // the reader is at the organisation that is asked to take over
}

// MayChange reports whether the reader may change what the measure says.
func (m Measure) MayChange() bool {
	return m.Edits || m.Keeps && m.State != Declined && m.State != Archived
}

// sees reports whether the reader may know of the measure.
func (m Measure) sees(a access.Actor) bool {
	return a.IsSystem() || !isDraft(m.State) || m.Edits || m.Keeps || m.Receiver
}

// Lacks are the parts that have to be there before it is published.
func (m Measure) Lacks() []i18n.Key {
	var out []i18n.Key
	if m.Goal.NB == "" {
		out = append(out, "measure.field.goal")
	}
	if m.Who.NB == "" {
		out = append(out, "measure.field.who")
	}
	if len(m.Steps) == 0 {
		out = append(out, "measure.steps")
	}
	return out
}

// parties are what the reader is to the measure.
func (m Measure) parties(a access.Actor) []flow.Party {
	var out []flow.Party
	if a.Has(access.RoleCaseOfficer) {
		out = append(out, flow.County)
	}
	if a.Has(access.RoleSecretary) {
		out = append(out, flow.Secretary)
	}
	if m.Keeps {
		out = append(out, flow.Owner)
	}
	return out
}

// Moves are the moves that the reader may make.
func (m Measure) Moves(a access.Actor) []flow.MoveDef {
	mine := m.parties(a)
	return slices.DeleteFunc(Flow().From(m.State), func(d flow.MoveDef) bool {
		return !a.IsSystem() && !slices.ContainsFunc(d.By, func(p flow.Party) bool { return slices.Contains(mine, p) })
	})
}

// UserRoles are the roles at an organisation that suggest measures, and keep those it owns.
func UserRoles() []access.Role {
	return []access.Role{access.RoleOrgMember, access.RoleIntermediary, access.RoleMunicipalLead, access.RoleProviderUser, access.RoleSecretary}
}

// clean tidies the sections and says what is too long.
func (s Sections) clean(fs *fault.Fields) Sections {
	for name, t := range map[string]*i18n.Text{"goal": &s.Goal, "who": &s.Who, "time": &s.Time, "people": &s.People, "before": &s.Before, "tips": &s.Tips} {
		*t = cleanText(*t)
		checkText(fs, name, *t, MaxText)
	}
	return s
}

func cleanText(t i18n.Text) i18n.Text {
	return i18n.Text{NB: text.CleanMultiline(t.NB), NN: text.CleanMultiline(t.NN), EN: text.CleanMultiline(t.EN)}
}

func checkText(fs *fault.Fields, name string, t i18n.Text, most int) {
	for lang, s := range map[string]string{"nb": t.NB, "nn": t.NN, "en": t.EN} {
		fs.Text(name+"_"+lang, s, most, false)
	}
}

func (f Facts) check(k Knows, today clock.Date) (Facts, error) {
	var fs fault.Fields
	if f.Effort != "" && !slices.Contains(Efforts(), f.Effort) {
		fs.Add("effort", "form.error.choice")
	}
	if c := f.Cost; c != nil {
		if c.Low < 0 || c.High < c.Low {
			fs.Add("cost_high", "measure.error.cost")
		}
		if c.Year < minYear || c.Year > today.Year()+1 {
			fs.Add("cost_year", "measure.error.cost_year", "min", minYear, "max", today.Year()+1)
		}
	}
	if slices.ContainsFunc(f.Sectors, func(s string) bool { return !k.Sector(s) }) {
		fs.Add("sectors", "form.error.choice")
	}
	if slices.ContainsFunc(f.Municipalities, func(n string) bool { return !k.Municipality(n) }) {
		fs.Add("municipalities", "form.error.choice")
	}
	f.ContactRole = text.CleanLine(f.ContactRole)
	fs.Text("contact_role", f.ContactRole, MaxLine, f.ContactOrg != "")
	return f, fs.Err()
}

func (s Step) check() (Step, error) {
	var fs fault.Fields
	s.Words = cleanText(s.Words)
	checkText(&fs, "words", s.Words, MaxText)
	if s.Words.NB == "" {
		fs.Add("words_nb", "form.error.required")
	}
	if s.Days < 0 || s.Days > maxDays {
		fs.Add("days", "form.error.range", "min", 1, "max", maxDays)
	}
	return s, fs.Err()
}
