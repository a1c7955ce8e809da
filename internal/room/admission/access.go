package admission

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// NominatorRoles may nominate people of their own organisation.
func NominatorRoles() []access.Role {
	return []access.Role{access.RoleOrgMember, access.RoleMunicipalLead, access.RoleIntermediary, access.RoleCaseOfficer, access.RoleProviderUser}
}

// AdviserRoles may nominate people of organisations that have given theirs a mandate.
func AdviserRoles() []access.Role {
	return []access.Role{access.RoleIntermediary, access.RoleMunicipalLead, access.RoleCaseOfficer}
}

// actsFor reports whether the actor may nominate people of the employer, and for which
// organisation with a mandate when it is not its own. The mandate is asked for each time.
func (s *Service) actsFor(ctx context.Context, tx *db.Tx, actor access.Actor, employer access.OrgID) (access.OrgID, bool, error) {
	if employer == "" {
		return "", false, nil
	}
	if actor.IsSystem() || actor.HasAt(employer, NominatorRoles()...) {
		return "", true, nil
	}
	for _, mine := range actor.Orgs(AdviserRoles()...) {
		holds, err := org.HasMandate(ctx, tx, mine, employer, s.Clock.Today())
		if err != nil || holds {
			return mine, holds, err
		}
	}
	return "", false, nil
}

// parties are what the actor may act as for the application today. What a provider wrote
// down for somebody who called, it does on her word.
func (s *Service) parties(ctx context.Context, tx *db.Tx, actor access.Actor, a Application) ([]flow.Party, error) {
	if actor.IsSystem() {
		return []flow.Party{flow.Provider, flow.Learner, flow.Employer}, nil
	}
	var out []flow.Party
	if a.Applicant != "" && actor.Account == a.Applicant {
		out = append(out, flow.Learner)
	}
	if actor.HasAt(a.Provider, access.RoleProviderUser) && len(out) == 0 { // nobody admits herself
		out = append(out, flow.Provider)
		if a.Applicant == "" && !a.isNominated() {
			out = append(out, flow.Learner)
		}
	}
	if a.isNominated() {
		_, acts, err := s.actsFor(ctx, tx, actor, a.Employer)
		if err != nil {
			return nil, err
		}
		if acts {
			out = append(out, flow.Employer)
		}
	}
	return out, nil
}

// look fills in what the actor may act as, and takes away what is not for it to read. It
// reports whether the actor may know of the application at all.
func (s *Service) look(ctx context.Context, tx *db.Tx, actor access.Actor, a *Application) (bool, error) {
	var err error
	if a.Mine, err = s.parties(ctx, tx, actor, *a); err != nil {
		return false, err
	}
	if len(a.Mine) > 0 {
		return true, nil
	}
	if !a.EmployerSees || a.Employer == "" || !actor.HasAt(a.Employer, NominatorRoles()...) {
		return false, nil
	}
	a.Person.Contact, a.Reason, a.Municipality, a.AppealBy = "", "", "", clock.Date{}
	return true, nil
}

// told is the application as it is shown: the need behind it, which may be shielded, is for who
// nominated her alone.
func (a Application) told() Application {
	if !slices.Contains(a.Mine, flow.Employer) {
		a.Need = ""
	}
	return a
}

// seen is the application as the actor sees it, or NotFound.
func (s *Service) seen(ctx context.Context, tx *db.Tx, actor access.Actor, of ID) (Application, error) {
	a, err := load(ctx, tx, of)
	if err != nil {
		return a, err
	}
	sees, err := s.look(ctx, tx, actor, &a)
	if err == nil && !sees {
		err = fault.Missing()
	}
	if err != nil {
		return Application{}, err
	}
	return a, nil
}
