package access

import "slices"

// Area is where a role holds: everywhere, or in certain municipalities, known
// by their numbers. The zero Area is nowhere.
type Area struct {
	Everywhere     bool
	Municipalities []string
}

// OfficeRoles are the roles that read and handle what belongs to others. Only
// these are limited by a scope: the other roles go by their organisation.
func OfficeRoles() []Role { return []Role{RoleSecretary, RoleForumMember, RoleCaseOfficer} }

// isLimited reports whether the role holds in Municipalities only.
func (x Assignment) isLimited() bool {
	return x.Scope.Kind != ScopeNone && slices.Contains(OfficeRoles(), x.Role)
}

// HasIn reports whether the actor holds one of the roles in the municipality.
func (a Actor) HasIn(municipality string, roles ...Role) bool {
	return slices.ContainsFunc(a.Roles, func(x Assignment) bool {
		return slices.Contains(roles, x.Role) && (!x.isLimited() || slices.Contains(x.Municipalities, municipality))
	})
}

// Area is where the actor holds one of the roles, or any role when none is
// named: nowhere when he holds none, everywhere as soon as one has no limit.
func (a Actor) Area(roles ...Role) Area {
	var out Area
	for _, x := range a.Roles {
		if len(roles) > 0 && !slices.Contains(roles, x.Role) {
			continue
		}
		if !x.isLimited() {
			return Area{Everywhere: true}
		}
		out.Municipalities = append(out.Municipalities, x.Municipalities...)
	}
	slices.Sort(out.Municipalities)
	out.Municipalities = slices.Compact(out.Municipalities)
	return out
}

// Has reports whether one of the municipalities lies in the area. Everywhere
// has them all, and also what lies in none.
func (r Area) Has(municipalities ...string) bool {
	return r.Everywhere || slices.ContainsFunc(municipalities, func(m string) bool { return slices.Contains(r.Municipalities, m) })
}

// IsNowhere reports whether nothing lies in the area.
func (r Area) IsNowhere() bool { return !r.Everywhere && len(r.Municipalities) == 0 }
