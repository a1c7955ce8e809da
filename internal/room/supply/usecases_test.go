package supply_test

import (
	"context"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

func percent(n int) *int { return &n }

// Everything that is written comes back the same.
func TestRoundTrip(t *testing.T) {
	h := newHouse(t)
	base := h.programme("Grunnlaget", nil)
	p := h.programme("Sveising på arbeidsplassen", func(p *offer.Programme) {
		p.Title.NN, p.Title.EN = "Sveising på arbeidsplassen", "Welding at work"
		p.Description, p.Admission = i18n.Text{NB: "Ta faget der du jobber.\nMed rettleiar."}, i18n.Text{EN: "A job"}
		p.Supervision = i18n.Text{NN: "Ukentleg"}
		p.Code, p.CodeType, p.NKR, p.Credits, p.CreditUnit = "TPSVE3----", offer.CodeArea, "4A", 7.5, offer.FagskolePoints
		p.Outcomes = []i18n.Text{{NB: "lese tegning"}, {EN: "weld"}}
		p.Occupations, p.Fields, p.Topics = []string{"7212"}, []string{"07"}, []string{"T001"}
		p.Languages = []string{"nb", "sma"}
		p.DigitalShare, p.WorkplaceShare = percent(0), percent(90)
		p.Adapts, p.ValidFrom, p.ValidTo = base.ID, clock.MustDate("2027-01-01"), clock.MustDate("2030-12-31")
		p.Contact, p.Website = "Studieveiledningen", "https://example.org/sveis"
	})
	got := h.storedProgramme(p.ID)
	if d := offer.Compare(p.Values(), got.Values()); len(d) > 0 {
		t.Errorf("programme differs: %+v", d)
	}
	if got.ProviderName != "Fjell videregående skole" {
		t.Errorf("provider's name %q", got.ProviderName)
	}
	free, fee := money.NOK(0), money.Kroner(12500)
	o := h.draft(p, func(o *offer.Offering) {
		o.StartType, o.Start, o.End = offer.Fixed, clock.MustDate("2028-02-29"), clock.MustDate("2028-12-31")
		o.FlexibleFrom, o.FlexibleTo, o.NoRollingReason = clock.MustDate("2028-02-01"), clock.MustDate("2028-04-01"), "Verkstedet er delt"
		o.Enrolment = []offer.EnrolmentPeriod{{From: clock.MustDate("2027-03-01"), To: clock.MustDate("2027-04-01"), TargetGroup: "Ansatte", Kind: offer.Direct, Queue: true, MaxQueued: 4},
			{To: clock.MustDate("2027-05-01"), Kind: offer.ByURL, URL: "https://example.org/sok"}}
		o.Closed = []offer.ClosedPeriod{{From: clock.MustDate("2027-07-01"), To: clock.MustDate("2027-07-31")}}
		o.DigitalShare, o.WorkplaceShare, o.PartTimePercent, o.Attendance = percent(40), nil, 50, offer.InBlocks
		o.Gatherings = []offer.Gathering{{Place: "Verkstedet", Municipality: "5025", Day: clock.MustDate("2028-03-01"), Days: 3}, {Municipality: "5026", Days: 1, Voluntary: true}}
		o.Target = offer.Target{Region: "trondelag-sor", Municipalities: []place.Number{"5025", "5026"}}
		o.MinPlaces, o.MaxPlaces, o.Enrolled, o.Pending, o.Queued = 6, 12, 3, 2, 1
		o.AnswerDays = 5
		o.Wait, o.Price = offer.Wait{Value: 3, Unit: offer.Weeks}, offer.Price{Participant: &free, Employer: &fee, Year: 2027}
		o.Channel, o.ApplyURL, o.Deadline = offer.Link, "https://example.org/sok", clock.MustDate("2027-05-01")
	})
	stored := h.stored(o.ID)
	if d := offer.Compare(o.Values(), stored.Values()); len(d) > 0 {
		t.Errorf("offering differs: %+v", d)
	}
	if stored.State != offer.Concept || stored.Provider != h.school || stored.LastConfirmed != clock.MustDate("2027-02-03") {
		t.Errorf("stored %+v", stored)
	}
}

func TestLifeOfAnOffering(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	p := h.programme("Sveising", nil)
	o := h.draft(p, nil)
	is := func(want offer.State) {
		t.Helper()
		if got := h.stored(o.ID); got.State != want {
			t.Fatalf("state %s, want %s", got.State, want)
		}
	}
	try := func(err error, want fault.Kind) {
		t.Helper()
		if err != nil && fault.KindOf(err) != want || err == nil && want != fault.Internal {
			t.Fatalf("%v, want %v", err, want)
		}
	}
	try(h.Cancel(ctx, h.teacher, o.ID, 1, "For få"), fault.Conflict)
	try(h.Rest(ctx, h.teacher, o.ID, 1), fault.Conflict)
	try(h.Publish(ctx, h.teacher, o.ID, 1), 0)
	is(offer.Active)
	if got := h.storedProgramme(p.ID); got.State != offer.ProgrammeActive {
		t.Errorf("the programme is %s after its offering was published", got.State)
	}
	try(h.Publish(ctx, h.teacher, o.ID, 1), fault.Stale)
	try(h.Rest(ctx, h.teacher, o.ID, 2), 0)
	is(offer.Inactive)
	try(h.Publish(ctx, h.teacher, o.ID, 3), 0)
	h.days(200)
	if i, err := h.Offering(ctx, access.Actor{}, o.ID); err != nil || !i.Stale {
		t.Errorf("after 200 days: %v, stale %v", err, i.Stale)
	}
	try(h.Confirm(ctx, h.teacher, o.ID, 4), 0)
	if i, err := h.Offering(ctx, access.Actor{}, o.ID); err != nil || i.Stale {
		t.Errorf("confirmed: %v, stale %v", err, i.Stale)
	}
	try(h.Cancel(ctx, h.teacher, o.ID, 5, "  "), fault.Invalid)
	try(h.Cancel(ctx, h.teacher, o.ID, 5, "For få påmeldte"), 0)
	is(offer.Cancelled)
	try(h.Publish(ctx, h.teacher, o.ID, 6), fault.Conflict)
	copied, err := h.Copy(ctx, h.teacher, o.ID)
	if err != nil {
		t.Fatal(err)
	}
	if copied.State != offer.Concept || copied.ID == o.ID || copied.Reason != "" {
		t.Errorf("copy %+v", copied)
	}
	try(h.SetProgrammeState(ctx, h.teacher, p.ID, 2, offer.ProgrammeInactive), 0)
	try(h.SetProgrammeState(ctx, h.teacher, p.ID, 3, offer.ProgrammeConcept), fault.Invalid)
	if i, err := h.Offering(ctx, access.Actor{}, o.ID); err != nil || i.Status.State != offer.CalledOff {
		t.Errorf("%v %v", i, err)
	}
}

// Two who edit the same: the second gets Stale and nothing is lost.
func TestStaleSave(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	p := h.programme("Sveising", nil)
	first, second := p, p
	first.Title.NB, second.Title.NB = "Sveising 1", "Sveising 2"
	if err := h.UpdateProgramme(ctx, h.teacher, p.ID, p.Version, first); err != nil {
		t.Fatal(err)
	}
	if err := h.UpdateProgramme(ctx, h.teacher, p.ID, p.Version, second); !fault.Is(err, fault.Stale) {
		t.Errorf("%v, want Stale", err)
	}
	if got := h.storedProgramme(p.ID); got.Title.NB != "Sveising 1" {
		t.Errorf("kept %q", got.Title.NB)
	}
	o := h.draft(p, nil)
	if err := h.UpdateOffering(ctx, h.teacher, o.ID, o.Version+1, o); !fault.Is(err, fault.Stale) {
		t.Errorf("%v, want Stale", err)
	}
}

func TestAdaptsNoCircle(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	a := h.programme("A", nil)
	b := h.programme("B", func(p *offer.Programme) { p.Adapts = a.ID })
	a.Adapts = b.ID
	if err := h.UpdateProgramme(ctx, h.teacher, a.ID, a.Version, a); !fault.Is(err, fault.Invalid) {
		t.Errorf("%v, want Invalid", err)
	}
	other := h.programme("C", nil)
	in := offer.Programme{Provider: h.college, Title: i18n.Text{NB: "D"}, Level: offer.Kurs, Adapts: other.ID}
	if _, err := h.CreateProgramme(ctx, h.rival, in); !fault.Is(err, fault.Invalid) {
		t.Errorf("%v: another provider's draft can be adapted", err)
	}
}

// The matrix of who may do what: the provider's own user and the system may,
// others get NotFound for what they may not see and Denied for what they may.
func TestWhoMayWrite(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	public := h.offering(h.programme("Åpen", nil), nil)
	hidden := h.draft(h.programme("Skjult", nil), nil)
	member := h.person(h.school, access.RoleOrgMember)
	actions := map[string]func(access.Actor, offer.Offering) error{
		"edit offering": func(a access.Actor, o offer.Offering) error {
			return h.UpdateOffering(ctx, a, o.ID, h.stored(o.ID).Version, rolling())
		},
		"publish": func(a access.Actor, o offer.Offering) error { return h.Publish(ctx, a, o.ID, h.stored(o.ID).Version) },
		"confirm": func(a access.Actor, o offer.Offering) error { return h.Confirm(ctx, a, o.ID, h.stored(o.ID).Version) },
		"copy":    func(a access.Actor, o offer.Offering) error { _, err := h.Copy(ctx, a, o.ID); return err },
		"add offering": func(a access.Actor, o offer.Offering) error {
			_, err := h.CreateOffering(ctx, a, o.Programme, rolling())
			return err
		},
		"edit programme": func(a access.Actor, o offer.Offering) error {
			p := h.storedProgramme(o.Programme)
			return h.UpdateProgramme(ctx, a, p.ID, p.Version, p)
		},
	}
	actors := []struct {
		name   string
		actor  access.Actor
		public fault.Kind // Internal: may
		hidden fault.Kind
	}{
		{"visitor", access.Actor{}, fault.Denied, fault.NotFound},
		{"member of the school", member, fault.Denied, fault.NotFound},
		{"other provider", h.rival, fault.Denied, fault.NotFound},
		{"case officer", h.officer, fault.Denied, fault.NotFound},
		{"own user", h.teacher, fault.Internal, fault.Internal},
		{"system", system, fault.Internal, fault.Internal},
	}
	for _, a := range actors {
		for name, action := range actions {
			if a.name == "own user" || a.name == "system" {
				if name == "publish" {
					continue // would publish the hidden one; see TestLifeOfAnOffering
				}
			}
			for _, c := range []struct {
				o    offer.Offering
				want fault.Kind
			}{{public, a.public}, {hidden, a.hidden}} {
				err := action(a.actor, c.o)
				if c.want == fault.Internal && err != nil || c.want != fault.Internal && !fault.Is(err, c.want) {
					t.Errorf("%s, %s of %s: %v, want %v", a.name, name, c.o.Programme, err, c.want)
				}
			}
		}
		in := offer.Programme{Provider: h.school, Title: i18n.Text{NB: "X"}, Level: offer.Kurs}
		if _, err := h.CreateProgramme(ctx, a.actor, in); (err == nil) != (a.public == fault.Internal) {
			t.Errorf("%s, create programme: %v", a.name, err)
		}
		if _, err := h.Offering(ctx, a.actor, hidden.ID); (err == nil) != (a.hidden == fault.Internal) {
			t.Errorf("%s sees the draft: %v", a.name, err)
		}
		if _, err := h.Programme(ctx, a.actor, hidden.Programme); (err == nil) != (a.hidden == fault.Internal) {
			t.Errorf("%s sees the draft programme: %v", a.name, err)
		}
		if _, err := h.Offering(ctx, a.actor, public.ID); err != nil {
			t.Errorf("%s does not see what is public: %v", a.name, err)
		}
	}
}

// Every writing use case leaves an entry of its own action.
func TestAudit(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	p := h.programme("Sveising", nil)
	o := h.offering(p, nil)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	p = h.storedProgramme(p.ID)
	p.Title.NB = "Sveising og kutting"
	must(h.UpdateProgramme(ctx, h.teacher, p.ID, p.Version, p))
	must(h.UpdateOffering(ctx, h.teacher, o.ID, h.stored(o.ID).Version, rolling()))
	must(h.Confirm(ctx, h.teacher, o.ID, h.stored(o.ID).Version))
	must(h.Rest(ctx, h.teacher, o.ID, h.stored(o.ID).Version))
	must(h.Cancel(ctx, h.teacher, o.ID, h.stored(o.ID).Version, "For få"))
	const q db.SQL = `SELECT action FROM audit_entry ORDER BY seq`
	var actions []string
	must(h.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		actions, err = db.List[string](ctx, tx, q)
		return err
	}))
	seen := map[audit.Action]int{}
	for _, a := range actions {
		seen[audit.Action(a)]++
	}
	for _, want := range []audit.Action{supply.ActionCreateProgramme, supply.ActionEditProgramme, supply.ActionProgrammeState, supply.ActionCreateOffering,
		supply.ActionEditOffering, supply.ActionPublishOffering, supply.ActionConfirmOffering, supply.ActionRestOffering, supply.ActionCancelOffering} {
		if seen[want] != 1 {
			t.Errorf("%s has %d entries", want, seen[want])
		}
	}
}
