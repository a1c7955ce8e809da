package need

import (
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
)

// OwnerRoles may speak for their own organisation's needs; AdviserRoles for
// others that have given their organisation a mandate.
func OwnerRoles() []access.Role {
	return []access.Role{access.RoleOrgMember, access.RoleMunicipalLead, access.RoleIntermediary, access.RoleProviderUser, access.RoleCaseOfficer}
}
func AdviserRoles() []access.Role {
	return []access.Role{access.RoleIntermediary, access.RoleMunicipalLead, access.RoleCaseOfficer}
}

// Sight is how much of a need a reader sees.
type Sight int

// The degrees of sight. Hidden answers NotFound. Public shows what the owner
// chose to show everybody. Partner adds what the forum works with: the
// discussion, requests and the notes of moves. Full adds grounds, the mandate
// and the follow link.
const (
	Hidden Sight = iota
	Public
	Partner
	Full
)

// SightOf is the one rule of who sees a need, and how much. The same rule in
// SQL is Visible. A system administrator has no sight of his own: the role is
// technical, and needs are not.
func SightOf(a access.Actor, n Need) Sight {
	switch {
	case a.IsSystem(), owns(a, n), represents(a, n):
		return Full
	case n.State == Draft:
		return Hidden
	case a.Has(access.RoleCaseOfficer):
		return Full
	case a.HasAt(n.Provider, access.RoleProviderUser):
		return Partner
	case slices.Contains(readable(a), n.Confidentiality):
		if a.Has(access.RoleSecretary, access.RoleForumMember, access.RoleProviderUser) {
			return Partner
		}
		return Public
	}
	return Hidden
}

// CanSee reports whether the reader may know that the need exists.
func CanSee(a access.Actor, n Need) bool { return SightOf(a, n) > Hidden }

// CanEdit reports whether the actor may change what the need says: its owner
// and its representative, until it has ended. Whether a mandate holds today is
// asked again when saving.
func CanEdit(a access.Actor, n Need) bool {
	return (a.IsSystem() || owns(a, n) || represents(a, n)) && !slices.Contains([]flow.State{Closed, Withdrawn}, n.State)
}

// CanRegister reports whether the actor may register needs at all.
func CanRegister(a access.Actor) bool { return a.IsSystem() || a.Has(OwnerRoles()...) }

// CanRepresent reports whether the actor may register for others.
func CanRepresent(a access.Actor) bool { return a.IsSystem() || a.Has(AdviserRoles()...) }

func owns(a access.Actor, n Need) bool { return a.HasAt(n.Organisation, OwnerRoles()...) }

func represents(a access.Actor, n Need) bool { return a.HasAt(n.RepresentedBy, AdviserRoles()...) }

// readable lists the confidentialities that the actor's roles open, whoever
// the owner is. A case officer reads all.
func readable(a access.Actor) []Confidentiality {
	switch {
	case a.IsSystem(), a.Has(access.RoleCaseOfficer):
		return []Confidentiality{Open, ProvidersOnly, ForumOnly, Internal}
	case a.Has(access.RoleSecretary, access.RoleForumMember):
		return []Confidentiality{Open, ProvidersOnly, ForumOnly}
	case a.Has(access.RoleProviderUser):
		return []Confidentiality{Open, ProvidersOnly}
	}
	return []Confidentiality{Open}
}

const (
	// The column is written as an expression so that no index is chosen for it:
	// most needs are visible to most readers, and a list goes along the index
	// of its order instead, passing over the few that are not.
	fragSight db.Fragment = "n.sight || '' IN (?, ?, ?)"
	// fragSeats has room for six organisations in each list. Empty places match
	// nothing.
	fragSeats db.Fragment = `n.sight || '' IN (?, ?, ?) OR n.org IN (?, ?, ?, ?, ?, ?) OR n.represented_by IN (?, ?, ?, ?, ?, ?)
		OR n.provider IN (?, ?, ?, ?, ?, ?)`
	// fragMany is the same for any number: the value is all ids, parted by blanks.
	fragMany db.Fragment = `n.sight || '' IN (?, ?, ?) OR ? LIKE '%' || n.org || '%' OR ? LIKE '%' || n.represented_by || '%'
		OR ? LIKE '%' || n.provider || '%'`
	// Case officers see all that is no draft, and their own drafts.
	fragSubmitted      db.Fragment = `n.state <> 'draft' OR n.org IN (?, ?, ?, ?, ?, ?) OR n.represented_by IN (?, ?, ?, ?, ?, ?)`
	fragSubmittedOrOwn db.Fragment = `n.state <> 'draft' OR ? LIKE '%' || n.org || '%' OR ? LIKE '%' || n.represented_by || '%'`

	// Seats is how many organisations the fragments with places have room for.
	Seats = 6
)

// Visible narrows a statement over need AS n to what SightOf does not hide.
func Visible(w *db.Where, a access.Actor) {
	if a.IsSystem() {
		return
	}
	own, reps, asked := a.Orgs(OwnerRoles()...), a.Orgs(AdviserRoles()...), a.Orgs(access.RoleProviderUser)
	few := max(len(own), len(reps), len(asked)) <= Seats
	sights := Padded(readable(a), 3)
	switch {
	case a.Has(access.RoleCaseOfficer) && few:
		w.And(fragSubmitted, append(Padded(own, Seats), Padded(reps, Seats)...)...)
	case a.Has(access.RoleCaseOfficer):
		w.And(fragSubmittedOrOwn, Joined(own), Joined(reps))
	case len(own)+len(reps)+len(asked) == 0:
		w.And(fragSight, sights...)
	case few:
		w.And(fragSeats, slices.Concat(sights, Padded(own, Seats), Padded(reps, Seats), Padded(asked, Seats))...)
	default:
		w.And(fragMany, append(sights, Joined(own), Joined(reps), Joined(asked))...)
	}
}

// Padded gives the values followed by empty ones, n in all.
func Padded[T ~string](list []T, n int) []any {
	out := make([]any, n)
	for i := range out {
		out[i] = ""
		if i < len(list) {
			out[i] = string(list[i])
		}
	}
	return out
}

// Joined gives the values as words of one text, for fragments that take any
// number of them.
func Joined[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = string(v)
	}
	return strings.Join(words, " ")
}

// parties lists as which parties the actor may move a need that stands with
// the organisation, the representative and the provider given. mandate tells
// whether the representative's mandate holds today.
func parties(a access.Actor, n Need, mandate bool) []flow.Party {
	var out []flow.Party
	if owns(a, n) {
		out = append(out, flow.Owner)
	}
	if represents(a, n) && mandate {
		out = append(out, flow.Adviser)
	}
	return append(out, OfficeParties(a, a.HasAt(n.Provider, access.RoleProviderUser) ||
		n.Provider == "" && a.Has(access.RoleProviderUser))...)
}

// OfficeParties are the parties that follow from an office, not from owning.
func OfficeParties(a access.Actor, provider bool) []flow.Party {
	var out []flow.Party
	if provider {
		out = append(out, flow.Provider)
	}
	if a.Has(access.RoleSecretary) {
		out = append(out, flow.Secretary)
	}
	if a.Has(access.RoleCaseOfficer) {
		out = append(out, flow.County)
	}
	return out
}

// BallIn says who gets the ball when a need comes into a state, and until when.
func BallIn(n Need, s flow.StateDef, answerBy, today clock.Date) flow.Ball {
	b := flow.Ball{Party: s.Ball, Due: s.Due(today)}
	switch s.Ball {
	case flow.Owner, flow.Adviser:
		b.Party, b.Org = flow.Owner, n.Organisation
		if n.RepresentedBy != "" {
			b.Party, b.Org = flow.Adviser, n.RepresentedBy
		}
	case flow.Provider:
		b.Org = n.Provider
		if !answerBy.IsZero() {
			b.Due = answerBy
		}
	case flow.Secretary:
		b.Role = access.RoleSecretary
	case flow.County:
		b.Role = access.RoleCaseOfficer
	}
	return b
}

// HasOffice reports whether the actor reads needs in an office, and is not an
// open reader in the sense of the small-number rule.
func HasOffice(a access.Actor) bool {
	return a.IsSystem() || a.Has(access.RoleSecretary, access.RoleForumMember, access.RoleProviderUser, access.RoleCaseOfficer)
}
