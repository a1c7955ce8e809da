package need

import (
	"context"
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
// SQL is Visible. An office counts only where the need lies in its area; to the
// needs elsewhere its people are readers like others. A system administrator
// has no sight of his own: the role is technical, and needs are not.
func SightOf(a access.Actor, n Need) Sight {
	switch {
	case a.IsSystem(), owns(a, n), represents(a, n):
		return Full
	case n.State == Draft:
		return Hidden
	case a.HasIn(n.Municipality, access.RoleCaseOfficer):
		return Full
	case a.HasAt(n.Provider, access.RoleProviderUser):
		return Partner
	case slices.Contains(readable(a, n.Municipality), n.Confidentiality):
		if a.HasIn(n.Municipality, officeRoles()...) {
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

// readable lists the confidentialities that the actor's roles open in the
// municipality, whoever the owner is; in none, "", those they open everywhere.
func readable(a access.Actor, municipality string) []Confidentiality {
	switch {
	case a.IsSystem(), a.HasIn(municipality, access.RoleCaseOfficer):
		return []Confidentiality{Open, ProvidersOnly, ForumOnly, Internal}
	case a.HasIn(municipality, access.RoleSecretary, access.RoleForumMember):
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

	// What an office opens in its area, besides what it opens everywhere.
	fragForumIn      db.Fragment = "n.sight || '' IN ('providers', 'forum')"
	fragCountyIn     db.Fragment = "n.state <> 'draft'"
	fragMunicipality db.Fragment = "n.municipality"

	// Seats is how many organisations the fragments with places have room for.
	Seats = 6
)

// Visible narrows a statement over need AS n to what SightOf does not hide.
func Visible(w *db.Where, a access.Actor) {
	if a.IsSystem() {
		return
	}
	var either []db.Where
	in := func(area access.Area, opens db.Fragment) {
		if len(area.Municipalities) > 0 {
			var x db.Where
			x.And(opens)
			db.In(&x, fragMunicipality, area.Municipalities)
			either = append(either, x)
		}
	}
	in(a.Area(access.RoleCaseOfficer), fragCountyIn)
	in(a.Area(access.RoleSecretary, access.RoleForumMember), fragForumIn)
	if either == nil {
		visibleAnywhere(w, a)
		return
	}
	var x db.Where
	visibleAnywhere(&x, a)
	w.Or(append(either, x)...)
}

// visibleAnywhere is the part of Visible that does not ask where needs lie.
func visibleAnywhere(w *db.Where, a access.Actor) {
	own, reps, asked := a.Orgs(OwnerRoles()...), a.Orgs(AdviserRoles()...), a.Orgs(access.RoleProviderUser)
	few := max(len(own), len(reps), len(asked)) <= Seats
	sights := Padded(readable(a, ""), 3)
	county := a.Area(access.RoleCaseOfficer).Everywhere
	switch {
	case county && few:
		w.And(fragSubmitted, append(Padded(own, Seats), Padded(reps, Seats)...)...)
	case county:
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
		n.Provider == "" && a.Has(access.RoleProviderUser), n.Municipality)...)
}

// OfficeParties are the parties that follow from an office, not from owning:
// one whose area has one of the places.
func OfficeParties(a access.Actor, provider bool, places ...string) []flow.Party {
	var out []flow.Party
	if provider {
		out = append(out, flow.Provider)
	}
	if a.Area(access.RoleSecretary).Has(places...) {
		out = append(out, flow.Secretary)
	}
	if a.Area(access.RoleCaseOfficer).Has(places...) {
		out = append(out, flow.County)
	}
	return out
}

// BallIn says who gets the ball when a need comes into a state, and until when.
// The county has the secretary's ball of a need that the forum may not read.
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
		if n.Confidentiality == Internal {
			b.Party, b.Role = flow.County, access.RoleCaseOfficer
		}
	case flow.County:
		b.Role = access.RoleCaseOfficer
	}
	return b
}

// Office is where the actor reads needs in an office, and is no open reader in
// the sense of the small-number rule. Providers read for all the country.
func Office(a access.Actor) access.Area {
	if a.IsSystem() {
		return access.Area{Everywhere: true}
	}
	return a.Area(officeRoles()...)
}

func officeRoles() []access.Role { return append(access.OfficeRoles(), access.RoleProviderUser) }

const (
	someNeeds db.SQL      = `SELECT n.id FROM need AS n /*where*/`
	fragThis  db.Fragment = "n.id"
)

// Seen tells which of the needs the actor may know of.
func Seen(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	out := map[string]bool{}
	if len(ids) == 0 {
		return out, nil
	}
	var w db.Where
	db.In(&w, fragThis, ids)
	Visible(&w, actor)
	statement, args := db.Query{Base: someNeeds, Where: w}.Build()
	found, err := db.List[string](ctx, tx, statement, args...)
	for _, n := range found {
		out[n] = true
	}
	return out, err
}
