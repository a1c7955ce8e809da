package supply_test

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
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

// house is a room with two providers and their people.
type house struct {
	*supply.Service
	t               testing.TB
	db              *db.DB
	now             *time.Time
	orgs            *org.Service
	places          *place.Register
	school, college org.ID
	teacher, rival  access.Actor
	officer         access.Actor
}

var system = access.SystemActor("test")

func newHouse(t testing.TB) *house {
	t.Helper()
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2027, 2, 3, 12, 0, 0, 0, time.UTC)
	h := &house{t: t, db: dbtest.New(t), now: &now, places: places}
	c := h.clock()
	h.orgs = org.New(h.db, c, func(n string) bool { return offer.IsKnown(places, place.Number(n)) })
	h.Service = h.node()
	h.school, h.college = h.organisation(org.UpperSec, "Fjell videregående skole"), h.organisation(org.Fagskole, "Fagskolen")
	h.teacher = h.person(h.school, access.RoleProviderUser)
	h.rival = h.person(h.college, access.RoleProviderUser)
	h.officer = h.person(h.organisation(org.County, "Fylkeskommunen"), access.RoleCaseOfficer)
	return h
}

func (h *house) clock() clock.Clock { return func() time.Time { return *h.now } }

// node is another room on the same database, as another node of the
// installation has it.
func (h *house) node() *supply.Service {
	return supply.New(h.db, h.clock(), h.orgs, h.places, supply.DefaultSettings())
}

func (h *house) organisation(kind org.Kind, name string) org.ID {
	h.t.Helper()
	o, err := h.orgs.Register(context.Background(), system, org.Registration{Kind: kind, Name: name, Municipality: "5025"})
	if err != nil {
		h.t.Fatal(err)
	}
	return o.ID
}

func (h *house) person(o org.ID, role access.Role) access.Actor {
	return access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: role, Org: o}}}
}

func (h *house) days(n int) { *h.now = h.now.AddDate(0, 0, n) }

// programme makes one of the school, by its teacher.
func (h *house) programme(title string, change func(*offer.Programme)) offer.Programme {
	h.t.Helper()
	in := offer.Programme{Provider: h.school, Title: i18n.Text{NB: title}, Level: offer.Fagbrev}
	if change != nil {
		change(&in)
	}
	p, err := h.CreateProgramme(context.Background(), h.teacher, in)
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

func rolling() offer.Offering {
	return offer.Offering{StartType: offer.Rolling, Delivery: offer.Net, Channel: offer.Here}
}

// offering makes one of the programme and publishes it.
func (h *house) offering(p offer.Programme, change func(*offer.Offering)) offer.Offering {
	h.t.Helper()
	o := h.draft(p, change)
	if err := h.Publish(context.Background(), h.teacher, o.ID, o.Version); err != nil {
		h.t.Fatal(err)
	}
	return h.stored(o.ID)
}

func (h *house) draft(p offer.Programme, change func(*offer.Offering)) offer.Offering {
	h.t.Helper()
	in := rolling()
	if change != nil {
		change(&in)
	}
	o, err := h.CreateOffering(context.Background(), h.teacher, p.ID, in)
	if err != nil {
		h.t.Fatal(err)
	}
	return o
}

func (h *house) stored(o offer.OfferingID) offer.Offering {
	h.t.Helper()
	i, err := h.Offering(context.Background(), system, o)
	if err != nil {
		h.t.Fatal(err)
	}
	return *i.Offering
}

func (h *house) storedProgramme(p offer.ProgrammeID) offer.Programme {
	h.t.Helper()
	d, err := h.Programme(context.Background(), system, p)
	if err != nil {
		h.t.Fatal(err)
	}
	return *d.Programme
}
