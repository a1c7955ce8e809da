package access

import (
	"slices"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/id"
)

// NewOrgID makes the id of a new organisation, NewAccountID that of an account.
func NewOrgID() OrgID         { return id.New[organisation]() }
func NewAccountID() AccountID { return id.New[account]() }

// ParseOrgID reads an organisation's id.
func ParseOrgID(s string) (OrgID, error) { return id.Parse[organisation](s) }

// ParseAccountID reads an account's id.
func ParseAccountID(s string) (AccountID, error) { return id.Parse[account](s) }

// Role is what a person may be in an organisation, a named set of rights.
// Stored as written.
type Role string

// The roles of the rooms built so far.
const (
	RoleSysadmin      Role = "sysadmin"
	RoleOrgMember     Role = "org_member"
	RoleIntermediary  Role = "intermediary"
	RoleMunicipalLead Role = "municipal_lead"
	RoleProviderUser  Role = "provider_user"
	RoleSecretary     Role = "forum_secretary"
	RoleForumMember   Role = "forum_member"
	RoleCaseOfficer   Role = "case_officer"
	RolePerson        Role = "person"
	// Who holds one of these offices of a municipality holds its seats for it in
	// councils and boards: mayor, representative of the opposition, chief executive.
	RoleMayor      Role = "mayor"
	RoleOpposition Role = "opposition_rep"
	RoleChiefExec  Role = "chief_exec"
	// RoleDPO is the data protection officer, who reads the access log.
	RoleDPO Role = "dpo"
)

// Roles lists every role in the order pages show them.
func Roles() []Role {
	return []Role{RoleOrgMember, RoleIntermediary, RoleMunicipalLead, RoleProviderUser,
		RoleSecretary, RoleForumMember, RoleMayor, RoleOpposition, RoleChiefExec, RoleCaseOfficer, RolePerson, RoleDPO, RoleSysadmin}
}

// ScopeKind says what a role is limited to besides its organisation.
type ScopeKind string

// The scopes. A role without scope holds for all its organisation does.
const (
	ScopeNone         ScopeKind = ""
	ScopeMunicipality ScopeKind = "municipality"
	ScopeRegion       ScopeKind = "region"
	ScopeForum        ScopeKind = "forum"
	ScopeProject      ScopeKind = "project"
	ScopeScheme       ScopeKind = "scheme"
)

// Scope limits a role to one municipality, region, forum, project or scheme.
type Scope struct {
	Kind ScopeKind
	Ref  string
}

// Assignment gives a person a role in an organisation from a day to a day,
// both included; a zero To is open-ended.
type Assignment struct {
	Role     Role
	Org      OrgID
	OrgName  string
	Scope    Scope
	From, To clock.Date
	// Municipalities are those that the scope covers today, by number. They are
	// not stored: account finds them when it makes an Actor. A scope without
	// any covers nothing.
	Municipalities []string
}

// ActiveOn reports whether the assignment holds on the day.
func (a Assignment) ActiveOn(day clock.Date) bool {
	return !day.Before(a.From) && (a.To.IsZero() || !day.After(a.To))
}

// The things that ids below name; their data is in the packages org and account.
type (
	organisation struct{}
	account      struct{}
)

// OrgID names an organisation, AccountID a person who can sign in.
type (
	OrgID     = id.Of[organisation]
	AccountID = id.Of[account]
)

// Actor is who asks: a signed-in person with the roles that hold today, the
// system itself, or nobody. It is passed as an argument, second after ctx; the
// zero Actor is a visitor.
type Actor struct {
	Account AccountID
	Name    string
	Roles   []Assignment
	Demo    bool
	System  string
}

// SystemActor is a part of the program acting on its own, such as an import
// at start; name is written in the audit log.
func SystemActor(name string) Actor { return Actor{System: name} }

// SignedIn reports whether the actor is a person with an account.
func (a Actor) SignedIn() bool { return a.Account != "" }

// IsSystem reports whether the program itself acts.
func (a Actor) IsSystem() bool { return a.System != "" }

// Has reports whether the actor holds one of the roles in any organisation.
func (a Actor) Has(roles ...Role) bool {
	return slices.ContainsFunc(a.Roles, func(x Assignment) bool { return slices.Contains(roles, x.Role) })
}

// HasAt reports whether the actor holds one of the roles in the organisation.
func (a Actor) HasAt(o OrgID, roles ...Role) bool {
	return o != "" && slices.ContainsFunc(a.Roles, func(x Assignment) bool { return x.Org == o && slices.Contains(roles, x.Role) })
}

// Orgs lists the organisations in which the actor holds one of the roles, or
// any role when none is named; each once, in the order of the assignments.
func (a Actor) Orgs(roles ...Role) []OrgID {
	var out []OrgID
	for _, x := range a.Roles {
		if x.Org != "" && (len(roles) == 0 || slices.Contains(roles, x.Role)) && !slices.Contains(out, x.Org) {
			out = append(out, x.Org)
		}
	}
	return out
}

// At is the actor as he is in the organisation: with the roles he has there.
func (a Actor) At(o OrgID) Actor {
	a.Roles = slices.DeleteFunc(slices.Clone(a.Roles), func(x Assignment) bool { return x.Org != o })
	return a
}

// Label is how the audit log and histories name the actor: the account's id,
// or the system's name. People are named by role, so this is never a name.
func (a Actor) Label() string {
	switch {
	case a.IsSystem():
		return "system:" + a.System
	case a.SignedIn():
		return string(a.Account)
	}
	return "visitor"
}

// ActingRole is the role, and the organisation, that an act is written under:
// the first assignment with one of the roles, or the first one.
func (a Actor) ActingRole(roles ...Role) (Assignment, bool) {
	for _, x := range a.Roles {
		if len(roles) == 0 || slices.Contains(roles, x.Role) {
			return x, true
		}
	}
	return Assignment{}, false
}
