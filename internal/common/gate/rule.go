package gate

import (
	"strings"

	"kompetansetorg/internal/common/access"
)

// Rule says who may use a route. The zero Rule lets nobody in, so a line that
// forgets its rule is closed, and Door refuses to register it.
type Rule struct {
	name  string
	roles []access.Role
	kind  ruleKind
}

type ruleKind int

const (
	ruleNone ruleKind = iota
	rulePublic
	ruleSignedIn
	ruleRoles
)

// Public lets anyone in. The list of public routes is short and is tested.
func Public() Rule { return Rule{name: "public", kind: rulePublic} }

// SignedIn lets anyone with an account in.
func SignedIn() Rule { return Rule{name: "signed in", kind: ruleSignedIn} }

// Roles lets in who holds one of the roles anywhere; the room then decides
// about the thing itself.
func Roles(roles ...access.Role) Rule {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = string(r)
	}
	return Rule{name: strings.Join(names, ", "), roles: roles, kind: ruleRoles}
}

// String names the rule as the route table shows it.
func (r Rule) String() string { return r.name }

// IsPublic reports whether the rule lets anyone in.
func (r Rule) IsPublic() bool { return r.kind == rulePublic }

// Allows reports whether the actor may use the route.
func (r Rule) Allows(a access.Actor) bool {
	switch r.kind {
	case rulePublic:
		return true
	case ruleSignedIn:
		return a.SignedIn()
	case ruleRoles:
		return a.Has(r.roles...)
	}
	return false
}
