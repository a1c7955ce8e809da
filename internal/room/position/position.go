package position

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// ID names a position.
type ID = id.Of[Position]

// ParseID reads the id of a position from outside.
func ParseID(s string) (ID, error) { return id.Parse[Position](s) }

// Met is the need that a position meets; the room of needs has it.
type Met struct{}

// NeedID names that need.
type NeedID = id.Of[Met]

// ParseNeedID reads its id from outside.
func ParseNeedID(s string) (NeedID, error) { return id.Parse[Met](s) }

// FlowKind is the kind under which flow, audit, follow and object know a position.
const FlowKind = "position"

// The actions of the audit log.
const (
	ActionWrite    audit.Action = "position.write"
	ActionEdit     audit.Action = "position.edit"
	ActionMove     audit.Action = "position.move"
	ActionDelete   audit.Action = "position.delete"
	ActionInterest audit.Action = "position.interest"
)

// Limits of what may be written, in characters; of hours, in a week.
const (
	MaxLine  = 200
	MaxWords = 4_000
	MaxHours = 60
)

// The states. JSON has the same names.
const (
	Draft       flow.State = "draft"
	Clarifying  flow.State = "clarifying"
	Published   flow.State = "published"
	Hired       flow.State = "hired"
	InEducation flow.State = "in_education"
	Qualified   flow.State = "qualified"
	Interrupted flow.State = "interrupted"
)

// States lists the states in order.
func States() []flow.State {
	return []flow.State{Draft, Clarifying, Published, Hired, InEducation, Qualified, Interrupted}
}

// IsOpen reports whether all may read of a position in the state.
func IsOpen(s flow.State) bool {
	return s == Published || s == Hired || s == InEducation || s == Qualified
}

// Working days that the provider has to answer, and the employer to agree on how the
// education goes with the work.
const (
	answerDays = 10
	agreeDays  = 10
)

// Flow is how a position moves. The provider's confirmation is the move that publishes
// it (KAU-2); one that is changed afterwards is confirmed again.
func Flow() flow.Definition {
	employer, provider := []flow.Party{flow.Employer}, []flow.Party{flow.Provider}
	both := []flow.Party{flow.Employer, flow.Provider}
	return flow.Definition{Kind: FlowKind, Initial: Draft, States: []flow.StateDef{
		{State: Draft, Label: "position.state.draft", Ball: flow.Employer},
		{State: Clarifying, Label: "position.state.clarifying", Ball: flow.Provider, Days: answerDays},
		{State: Published, Label: "position.state.published", Ball: flow.Employer, Days: 40},
		{State: Hired, Label: "position.state.hired", Ball: flow.Employer, Days: agreeDays},
		{State: InEducation, Label: "position.state.in_education", Ball: flow.Provider},
		{State: Qualified, Label: "position.state.qualified", End: true},
		{State: Interrupted, Label: "position.state.interrupted", End: true},
	}, Moves: []flow.MoveDef{
		{From: Draft, To: Clarifying, By: employer, Label: "position.move.send"},
		{From: Clarifying, To: Published, By: provider, Label: "position.move.confirm"},
		{From: Clarifying, To: Draft, By: both, Label: "position.move.return", NoteRequired: true},
		{From: Published, To: Hired, By: employer, Label: "position.move.hire"},
		{From: Published, To: Clarifying, By: employer, Label: "position.move.again"},
		{From: Hired, To: InEducation, By: both, Label: "position.move.begin"},
		{From: InEducation, To: Qualified, By: provider, Label: "position.move.qualify"},
		{From: Published, To: Interrupted, By: employer, Label: "position.move.end", NoteRequired: true},
		{From: Hired, To: Interrupted, By: both, Label: "position.move.end", NoteRequired: true},
		{From: InEducation, To: Interrupted, By: both, Label: "position.move.end", NoteRequired: true},
	}}
}

// Pathway is what the provider confirms: that the education exists, or is being made.
type Pathway string

// The pathways.
const (
	Exists  Pathway = "exists"
	Planned Pathway = "planned"
)

// Pathways lists them in the order pages show them.
func Pathways() []Pathway { return []Pathway{Exists, Planned} }

// Label is the pathway's name.
func (p Pathway) Label() i18n.Key { return i18n.Key("position.pathway." + string(p)) }

// Content is what the employer writes. Required is the qualification that the position
// asks for, and that the education gives. Programme is the id of that education where one
// is meant, else empty; Provider offers it. Hours are in a week. ApplyBy is zero when
// there is no last day.
type Content struct {
	Employer      access.OrgID
	RepresentedBy access.OrgID // the adviser's organisation, empty when the employer writes
	Title, Words  string
	Required      string
	Level, Sector string
	Municipality  string
	Programme     string
	Provider      access.OrgID
	Need          NeedID // the employer's own, empty for none; it stays as it was written first
	WorkHours     int
	StudyHours    int
	Pay           string
	ApplyBy       clock.Date
}

// Position is a job with education. EmployerName and ProviderName are those of today,
// ProgrammeTitle is empty for a reader who may not know of the programme. Mine are the
// parties that the reader may act as.
type Position struct {
	ID     ID
	Number string
	Content
	State          flow.State
	Pathway        Pathway
	Unit           string // who at the provider, as the provider wrote
	EmployerName   string
	ProviderName   string
	ProgrammeTitle i18n.Text
	NeedTitle      string // empty for a reader who may not know of the need
	PublishedAt    clock.Time
	Ball           flow.Ball
	Interested     int // how many have shown interest; only for the employer
	Mine           []flow.Party
	Version        int64
}

// Is reports whether the reader may act as the party.
func (p Position) Is(party flow.Party) bool { return slices.Contains(p.Mine, party) }

// Moves are the moves that the reader may make now, in the order of the definition.
func (p Position) Moves() []flow.MoveDef {
	var out []flow.MoveDef
	for _, m := range Flow().From(p.State) {
		if slices.ContainsFunc(m.By, p.Is) {
			out = append(out, m)
		}
	}
	return out
}

// CanEdit reports whether the reader may change what the position says now.
func (p Position) CanEdit() bool {
	return p.Is(flow.Employer) && (p.State == Draft || p.State == Published)
}

// TakesInterest reports whether interest can be shown on the day: in a published position
// whose last day has not passed.
func (p Position) TakesInterest(day clock.Date) bool {
	return p.State == Published && (p.ApplyBy.IsZero() || !day.After(p.ApplyBy))
}

// WriterRoles may write positions for their own organisation; AdviserRoles for those that
// have given their organisation a mandate.
func WriterRoles() []access.Role {
	return []access.Role{access.RoleOrgMember, access.RoleMunicipalLead, access.RoleProviderUser, access.RoleCaseOfficer, access.RoleIntermediary}
}

// AdviserRoles may act for others by mandate.
func AdviserRoles() []access.Role {
	return []access.Role{access.RoleIntermediary, access.RoleMunicipalLead, access.RoleCaseOfficer}
}

// Path is an education that leads to a qualification, as the room of supply knows it.
type Path struct {
	Provider access.OrgID
	Title    i18n.Text
}

// Knows is what the house knows and this room does not.
type Knows struct {
	// Path finds the programme for the actor: NotFound for one that he may not know of.
	Path func(ctx context.Context, tx *db.Tx, actor access.Actor, programme string) (Path, error)
	// Origin finds a need for the actor, which organisation's it is and what it is called:
	// NotFound for one that he may not know of.
	Origin func(ctx context.Context, tx *db.Tx, actor access.Actor, need NeedID) (of access.OrgID, title string, err error)
	// Level and Sector tell which codes there are, Municipality which numbers.
	Level, Sector, Municipality func(code string) bool
}

// tidied is the content cleaned, and what is wrong with it.
func (c Content) tidied(knows Knows, today clock.Date, fs *fault.Fields) Content {
	c.Title, c.Required, c.Pay, c.Words = text.CleanLine(c.Title), text.CleanLine(c.Required), text.CleanLine(c.Pay), text.CleanMultiline(c.Words)
	fs.Text("title", c.Title, MaxLine, true)
	fs.Text("required", c.Required, MaxLine, true)
	fs.Text("pay", c.Pay, MaxLine, false)
	fs.Text("words", c.Words, MaxWords, true)
	for _, x := range []struct {
		field, value string
		known        func(string) bool
		must         bool
	}{{"level", c.Level, knows.Level, true}, {"sector", c.Sector, knows.Sector, false}, {"municipality", c.Municipality, knows.Municipality, true}} {
		switch {
		case x.value == "" && x.must:
			fs.Add(x.field, "form.error.required")
		case x.value != "" && !x.known(x.value):
			fs.Add(x.field, "form.error.choice")
		}
	}
	for field, hours := range map[string]int{"work_hours": c.WorkHours, "study_hours": c.StudyHours} {
		if hours < 0 || hours > MaxHours {
			fs.Add(field, "position.error.hours", "max", MaxHours)
		}
	}
	if c.Provider == "" && c.Programme == "" {
		fs.Add("provider", "form.error.required")
	}
	if !c.ApplyBy.IsZero() && c.ApplyBy.Before(today) {
		fs.Add("apply_by", "position.error.past")
	}
	return c
}

// confirms reports whether the two say the same about what the provider confirmed.
func (c Content) confirms(other Content) bool {
	return c.Required == other.Required && c.Level == other.Level && c.Programme == other.Programme && c.Provider == other.Provider &&
		c.WorkHours == other.WorkHours && c.StudyHours == other.StudyHours
}

func subject(p ID) audit.Subject { return audit.Subject{Kind: FlowKind, ID: string(p)} }

func flowOf(p ID) flow.Subject { return flow.Subject{Kind: FlowKind, ID: string(p)} }
