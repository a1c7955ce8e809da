package supply

import (
	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
)

// CanWrite is nil when the actor may make and change what the provider offers:
// a provider_user of it, and the system.
func CanWrite(a access.Actor, provider org.ID) error {
	if a.IsSystem() || a.HasAt(provider, access.RoleProviderUser) {
		return nil
	}
	return fault.New(fault.Denied, "supply.error.not_provider")
}

// CanImport is nil when the actor may import for the provider: those who may
// write, and a case_officer or sysadmin for anyone.
func CanImport(a access.Actor, provider org.ID) error {
	if a.Has(access.RoleCaseOfficer, access.RoleSysadmin) {
		return nil
	}
	return CanWrite(a, provider)
}

// canSee reports whether the actor may read what is public or not.
func canSee(a access.Actor, provider org.ID, public bool) bool {
	return public || CanWrite(a, provider) == nil
}

// WritesFor are the organisations that the actor writes offerings for.
func WritesFor(a access.Actor) []org.ID { return a.Orgs(access.RoleProviderUser) }
