package project

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/money"
)

// ID names a project.
type ID = id.Of[Project]

// ParseID reads the id of a project from outside.
func ParseID(s string) (ID, error) { return id.Parse[Project](s) }

// ObjectName is the name of the kind.
const ObjectName = "project"

// The actions of the audit log.
const (
	ActionTakeIn audit.Action = "project.take_in"
	ActionCreate audit.Action = "project.create"
	ActionEdit   audit.Action = "project.edit"
	ActionMove   audit.Action = "project.move"
)

// State is how far a project has come.
type State string

// The states, in order. The last two are both ends.
const (
	Idea      State = "idea"
	Described State = "described"
	Applied   State = "applied"
	Granted   State = "granted"
	Running   State = "running"
	Reported  State = "reported"
	Compiled  State = "compiled"
	Continued State = "continued"
	Closed    State = "closed"
)

// States lists them in order.
func States() []State {
	return []State{Idea, Described, Applied, Granted, Running, Reported, Compiled, Continued, Closed}
}

// Label is the state's name.
func (s State) Label() i18n.Key { return i18n.Key("project.state." + string(s)) }

// General is the code by which others name the sub-projects that are aimed at no group.
const General = "generelt"

// Group is whom sub-projects are aimed at.
type Group struct {
	Code  string
	Title i18n.Text
}

// MoneySort is what somebody pays with.
type MoneySort string

// The sorts.
const (
	Cash  MoneySort = "cash"
	Work  MoneySort = "work"
	Other MoneySort = "other"
)

// MoneySorts lists them.
func MoneySorts() []MoneySort { return []MoneySort{Cash, Work, Other} }

// Label is the sort's name.
func (s MoneySort) Label() i18n.Key { return i18n.Key("project.money." + string(s)) }

// Money is what somebody pays. Actual is nil until it is known. Own work may be given as Hours
// at a Rate in øre an hour, then Planned is what they come to. FromParent is money out of the
// parent's frame.
type Money struct {
	Payer      string
	Sort       MoneySort
	Planned    money.NOK
	Actual     *money.NOK
	Hours      int64
	Rate       money.NOK
	FromParent bool
}

// Sum is what all of them plan to pay.
func Sum(list []Money) money.NOK {
	var sum money.NOK
	for _, m := range list {
		sum += m.Planned
	}
	return sum
}

// Rollup is what a project and its sub-projects plan together: what a sub-project has out of
// its parent's frame is counted there.
func Rollup(p Project, below []Project) money.NOK {
	sum := Sum(p.Money)
	for _, x := range below {
		for _, m := range x.Money {
			if !m.FromParent {
				sum += m.Planned
			}
		}
	}
	return sum
}

// Step is something to be done; DoneOn is zero until it is.
type Step struct {
	Words  string
	DoneOn clock.Date
}

// Agreement is who delivers the project in which municipalities. Under is the hub under whose
// agreement this one works, empty for one of its own.
type Agreement struct {
	Hub, Under     string
	Municipalities []place.Number
	place.Period
}

// Share is m's part of the sum in hundredths of a per cent, rounded to the nearest, halves up:
// 4969 for 49.69 %. Nothing of nothing is 0.
func (m Money) Share(sum money.NOK) int {
	if sum <= 0 {
		return 0
	}
	return int((int64(m.Planned)*20_000 + int64(sum)) / (2 * int64(sum)))
}

// MemberSort is what somebody does in a project.
type MemberSort string

// The sorts: who leads it, who steers it, and whom the county has as its contact.
const (
	Manager  MemberSort = "manager"
	Steering MemberSort = "steering"
	Contact  MemberSort = "contact"
)

// MemberSorts lists them.
func MemberSorts() []MemberSort { return []MemberSort{Manager, Steering, Contact} }

// Member is somebody who leads or steers, by role and never by name. Share is the part of a
// full position in per cent, 0 when it is not said.
type Member struct {
	Sort  MemberSort
	Role  string
	Leads bool
	Share int
	place.Period
}

// Texts are what is written about a project. Audience is whom it is to reach, Transfer what
// others can learn of it, Next how it is to go on afterwards.
type Texts struct {
	Title      i18n.Text `json:"title"`
	Goal       i18n.Text `json:"goal,omitzero"`
	Summary    i18n.Text `json:"summary,omitzero"`
	Background i18n.Text `json:"background,omitzero"`
	Method     i18n.Text `json:"method,omitzero"`
	Audience   i18n.Text `json:"audience,omitzero"`
	Transfer   i18n.Text `json:"transfer,omitzero"`
	Next       i18n.Text `json:"next,omitzero"`
}

// Project is a project. Parent is empty for one that is no sub-project; then Groups are whom
// its own are aimed at, and Region is its area. Group is one of its parent's, or empty: a
// general measure.
type Project struct {
	ID      ID
	Number  string
	Parent  ID
	Code    string
	Aliases []string
	Texts
	Programme string
	Owner     string
	OwnerOrg  access.OrgID
	Group     string
	// Municipalities are numbers of the project's time. Area says where, when they are not
	// named, or not all.
	Municipalities []place.Number
	Area           string
	Region         place.RegionID
	place.Period
	State      State
	Groups     []Group
	Money      []Money
	Members    []Member
	Steps      []Step
	Agreements []Agreement
	// Public is that all may see it. Card is the measure that it was made of, empty for none.
	Public bool
	// Aimed is that its parent has groups, so that it is aimed at one of them or a general measure.
	Aimed   bool
	Card    string
	MadeBy  string
	Version int64
}

// GroupTitle is the title of the group with the code; false for none.
func (p Project) GroupTitle(code string) (i18n.Text, bool) {
	i := slices.IndexFunc(p.Groups, func(g Group) bool { return g.Code == code })
	if i < 0 {
		return i18n.Text{}, false
	}
	return p.Groups[i].Title, true
}

// CanTakeIn is nil for whoever may take in projects: the county and the system.
func CanTakeIn(a access.Actor) error {
	if a.IsSystem() || a.Has(access.RoleCaseOfficer) {
		return nil
	}
	return fault.New(fault.Denied, "fault.denied")
}

// At is the day that places and hubs of the project are told of: its last one, or today while
// it goes on.
func (p Project) At(today clock.Date) clock.Date {
	if !p.To.IsZero() && p.To.Before(today) {
		return p.To
	}
	return today
}
