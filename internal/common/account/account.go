package account

import (
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// Account is a person who can sign in, without the password.
type Account struct {
	ID       access.AccountID
	Username string
	Name     string
	DemoRole string
	Disabled bool
	// HasPassword is false until the person has used their first link.
	HasPassword bool
	CreatedAt   clock.Time
	LastSignIn  clock.Time
	Version     int64
}

// Assignment is a stored role assignment.
type Assignment struct {
	ID AssignmentID
	access.Assignment
}

// AssignmentID names an assignment.
type AssignmentID = id.Of[Assignment]

// NewAccount is what a person enters about themselves, or an administrator
// about them.
type NewAccount struct {
	Username, Name, Password string
	DemoRole                 string
	Roles                    []access.Assignment
}

const (
	maxUsername = 200
	maxPerson   = 120
)

func subject(a access.AccountID) audit.Subject { return audit.Subject{Kind: "account", ID: string(a)} }

func normalUsername(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func (in NewAccount) check(needPassword bool) error {
	var fs fault.Fields
	username := normalUsername(in.Username)
	switch {
	case username == "":
		fs.Add("username", "form.error.required")
	case len(username) > maxUsername || strings.ContainsAny(username, " \t\n"):
		fs.Add("username", "account.error.username")
	}
	switch {
	case text.IsBlank(in.Name):
		fs.Add("name", "form.error.required")
	case len([]rune(in.Name)) > maxPerson:
		fs.Add("name", "form.error.too_long", "max", maxPerson)
	}
	if needPassword {
		checkPassword(&fs, in.Password)
	}
	return fs.Err()
}

func checkPassword(fs *fault.Fields, password string) {
	switch n := len([]rune(password)); {
	case n < MinPassword:
		fs.Add("password", "account.error.password_short", "min", MinPassword)
	case n > MaxPassword:
		fs.Add("password", "form.error.too_long", "max", MaxPassword)
	}
}

// NeedsOrg reports whether the role is always a role in an organisation.
func NeedsOrg(r access.Role) bool { return r != access.RolePerson && r != access.RoleSysadmin }

// checkRole is about what the assignment says by itself; whether organisation
// and scope exist is for the database and the register of places.
func (s *Service) checkRole(r access.Assignment) error {
	var fs fault.Fields
	if !slices.Contains(access.Roles(), r.Role) {
		fs.Add("role", "form.error.choice")
	} else if NeedsOrg(r.Role) && r.Org == "" {
		fs.Add("organisation", "account.error.role_needs_org")
	}
	if _, known := s.scopes(r.Scope, s.clock.Today()); !known {
		fs.Add("scope", "account.error.scope")
	}
	if !r.To.IsZero() && r.To.Before(r.From) {
		fs.Add("to", "form.error.period")
	}
	return fs.Err()
}

// canAdminister reports whether the actor may see and change accounts.
func canAdminister(a access.Actor) error {
	if a.Has(access.RoleSysadmin) {
		return nil
	}
	return fault.New(fault.Denied, "fault.denied")
}
