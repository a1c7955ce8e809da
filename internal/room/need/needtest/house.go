// Package needtest sets up the room of needs with a few organisations, for the
// tests of its packages.
package needtest

import (
	"context"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
)

// Municipalities of the tests.
const (
	Roros  = "5025"
	Oppdal = "5021"
	Namsos = "5007"
)

// House is the room with its surroundings. Its clock stands still until
// Forward.
type House struct {
	T     testing.TB
	DB    *db.DB
	Orgs  *org.Service
	Needs *need.Service
	now   time.Time

	Hub, Sawmill, Farm, Hotel, Bakery, Fagskole, Vgs, County, Forum org.ID
}

// New makes a house on a Wednesday in November 2026.
func New(t testing.TB) *House {
	t.Helper()
	h := &House{T: t, DB: dbtest.New(t), now: time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)}
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		t.Fatal(err)
	}
	known := func(n string) bool { _, err := places.Municipality(place.Number(n)); return err == nil }
	h.Orgs = org.New(h.DB, h.Clock(), known)
	h.Needs = need.New(h.DB, h.Clock(), places, h.Orgs)
	h.Hub = h.Org(org.BusinessHub, "Fjellhagen", Roros)
	h.Sawmill = h.Org(org.Company, "Ålen Sag", Roros)
	h.Farm = h.Org(org.Company, "Øvre Gård", Oppdal)
	h.Hotel = h.Org(org.Company, "Fjellhotellet", Oppdal)
	h.Bakery = h.Org(org.Company, "Bakeriet", Oppdal)
	h.Fagskole = h.Org(org.Fagskole, "Fjellfagskolen", Namsos)
	h.Vgs = h.Org(org.UpperSec, "Fjell videregående", Roros)
	h.County = h.Org(org.County, "Fylket", "5001")
	h.Forum = h.Org(org.Council, "Forumet", Roros)
	return h
}

// Clock is the house's clock.
func (h *House) Clock() clock.Clock { return func() time.Time { return h.now } }

// Forward lets time pass.
func (h *House) Forward(d time.Duration) { h.now = h.now.Add(d) }

// Org registers an organisation.
func (h *House) Org(kind org.Kind, name, municipality string) org.ID {
	h.T.Helper()
	o, err := h.Orgs.Register(context.Background(), access.SystemActor("test"), org.Registration{Kind: kind, Name: name, Municipality: municipality})
	if err != nil {
		h.T.Fatal(err)
	}
	return o.ID
}

// As is a person with a role in an organisation.
func As(role access.Role, o org.ID) access.Actor {
	return access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: role, Org: o}}}
}

// In is a person with a role in an organisation that is limited to the
// municipalities.
func In(role access.Role, o org.ID, municipalities ...string) access.Actor {
	a := As(role, o)
	a.Roles[0].Scope, a.Roles[0].Municipalities = access.Scope{Kind: access.ScopeRegion, Ref: "test"}, municipalities
	return a
}

// Both is a person with the roles of two.
func Both(a, b access.Actor) access.Actor {
	a.Roles = append(a.Roles, b.Roles...)
	return a
}

// Adviser works in the hub, Owner in the sawmill, the others in an office.
func (h *House) Adviser() access.Actor   { return As(access.RoleIntermediary, h.Hub) }
func (h *House) Owner() access.Actor     { return As(access.RoleOrgMember, h.Sawmill) }
func (h *House) Provider() access.Actor  { return As(access.RoleProviderUser, h.Fagskole) }
func (h *House) Secretary() access.Actor { return As(access.RoleSecretary, h.Forum) }
func (h *House) Officer() access.Actor   { return As(access.RoleCaseOfficer, h.County) }

// Readers are one of every role, by name; "expired" is somebody whose only
// role has ended, so that he has none. The roles of those "in Røros" and "in
// Namsos" are limited to that municipality.
func (h *House) Readers() map[string]access.Actor {
	return map[string]access.Actor{
		"visitor":        {},
		"expired":        {Account: access.NewAccountID()},
		"owner":          h.Owner(),
		"representative": h.Adviser(),
		"other company":  As(access.RoleOrgMember, h.Farm),
		"other adviser":  As(access.RoleIntermediary, h.Forum),
		"municipal":      As(access.RoleMunicipalLead, h.Farm),
		"provider":       h.Provider(),
		"secretary":      h.Secretary(),
		"forum member":   As(access.RoleForumMember, h.Forum),
		"officer":        h.Officer(),
		"person":         As(access.RolePerson, h.Sawmill),
		"sysadmin":       As(access.RoleSysadmin, h.County),
		"system":         access.SystemActor("test"),

		"secretary in Røros":                    In(access.RoleSecretary, h.Forum, Oppdal, Roros),
		"secretary in Namsos":                   In(access.RoleSecretary, h.Forum, Namsos),
		"secretary nowhere":                     In(access.RoleSecretary, h.Forum),
		"forum member in Røros":                 In(access.RoleForumMember, h.Forum, Roros),
		"officer in Røros":                      In(access.RoleCaseOfficer, h.County, Roros),
		"officer in Namsos":                     In(access.RoleCaseOfficer, h.County, Namsos),
		"provider in Namsos":                    In(access.RoleProviderUser, h.Fagskole, Namsos),
		"secretary in Namsos, officer in Røros": Both(In(access.RoleSecretary, h.Forum, Namsos), In(access.RoleCaseOfficer, h.County, Roros)),
		"secretary, officer in Namsos":          Both(h.Secretary(), In(access.RoleCaseOfficer, h.County, Namsos)),
		"secretary in Namsos, owner":            Both(In(access.RoleSecretary, h.Forum, Namsos), h.Owner()),
	}
}

// Content is a complete need of the organisation.
func Content(o org.ID) need.Content {
	return need.Content{Text: "Han som styrer saga går av til sommeren, og ingen andre kan stille den inn.",
		Organisation: o, Municipality: Roros, Headcount: 2, MandateGround: "avtalt i besøk",
		Concepts: []need.Concept{{Scheme: "styrk08", Code: "8172", Chosen: need.Linked}}}
}

// Hidden is a complete need that only some may read.
func Hidden(o org.ID, c need.Confidentiality, headcount int) need.Content {
	in := Content(o)
	in.Confidentiality, in.Headcount = c, headcount
	if c != need.Open {
		in.ConfidentialityGround = "Konkurrenten skal ikke vite det."
	}
	return in
}

// Register registers a need.
func (h *House) Register(actor access.Actor, in need.Content) need.Need {
	h.T.Helper()
	n, err := h.Needs.Register(context.Background(), actor, in)
	if err != nil {
		h.T.Fatal(err)
	}
	return n
}

// Move moves a need.
func (h *House) Move(actor access.Actor, n need.ID, in need.Moving) need.Need {
	h.T.Helper()
	out, err := h.Needs.Move(context.Background(), actor, n, in)
	if err != nil {
		h.T.Fatalf("move to %s: %v", in.To, err)
	}
	return out
}

// WantKind fails the test unless err is a fault of the kind.
func WantKind(t testing.TB, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("got %v, want %v", err, kind)
	}
}

// WantField fails the test unless err is about the field, with the key.
func WantField(t testing.TB, err error, field, key string) {
	t.Helper()
	e, ok := fault.As(err)
	if ok && e.Kind == fault.Invalid {
		for _, f := range e.Fields {
			if f.Name == field && (key == "" || string(f.Key) == key) {
				return
			}
		}
	}
	t.Errorf("got %v, want %s at %s", err, key, field)
}
