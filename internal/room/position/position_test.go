package position_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/position"
)

// house is the room with a school, a hub with a mandate for it, a university and another
// employer. Its clock stands still until forward.
type house struct {
	t          *testing.T
	db         *db.DB
	now        time.Time
	positions  *position.Service
	accounts   *account.Service
	school     access.OrgID
	hub        access.OrgID
	university access.OrgID
	other      access.OrgID
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, db: dbtest.New(t), now: time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)}
	tick := clock.Clock(func() time.Time { return h.now })
	orgs := org.New(h.db, tick, func(string) bool { return true })
	add := func(kind org.Kind, name string) access.OrgID {
		o, err := orgs.Register(t.Context(), access.SystemActor("test"), org.Registration{Kind: kind, Name: name, Municipality: "5021"})
		if err != nil {
			t.Fatal(err)
		}
		return o.ID
	}
	h.school, h.hub, h.university, h.other = add(org.Municipality, "Fjellkommunen"), add(org.BusinessHub, "Fjellhagen"), add(org.University, "Fjelluniversitetet"), add(org.Company, "Ålen Sag")
	if _, err := orgs.GiveMandate(t.Context(), access.SystemActor("test"), org.NewMandate{Intermediary: h.hub, Principal: h.school, Ground: "Avtale", From: clock.MustDate("2026-01-01")}); err != nil {
		t.Fatal(err)
	}
	h.accounts = account.New(h.db, tick, func(access.Scope, clock.Date) ([]string, bool) { return nil, true })
	known := func(code string) bool { return code != "unheard of" }
	h.positions = position.New(position.Deps{DB: h.db, Clock: tick, Knows: position.Knows{Level: known, Sector: known, Municipality: known,
		Path: func(_ context.Context, _ *db.Tx, _ access.Actor, programme string) (position.Path, error) {
			if programme != "ppu" {
				return position.Path{}, fault.Missing()
			}
			return position.Path{Provider: h.university, Title: i18n.Text{NB: "Yrkesfaglærer"}}, nil
		}}})
	return h
}

func as(role access.Role, o access.OrgID) access.Actor {
	return access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: role, Org: o}}}
}

// person is a learner with an account.
func (h *house) person(name string) access.Actor {
	h.t.Helper()
	a, err := h.accounts.CreateDemo(h.t.Context(), access.SystemActor("test"), account.NewAccount{Username: "demo-" + name, Name: name, DemoRole: name,
		Roles: []access.Assignment{{Role: access.RolePerson, From: clock.MustDate("2026-01-01")}}})
	if err != nil {
		h.t.Fatal(err)
	}
	return access.Actor{Account: a, Roles: []access.Assignment{{Role: access.RolePerson}}}
}

func (h *house) employer() access.Actor { return as(access.RoleOrgMember, h.school) }
func (h *house) adviser() access.Actor  { return as(access.RoleIntermediary, h.hub) }
func (h *house) provider() access.Actor { return as(access.RoleProviderUser, h.university) }

func (h *house) content() position.Content {
	return position.Content{Employer: h.school, Title: "Yrkesfaglærer i bygg", Words: "Du underviser og tar pedagogikken ved siden av.", Required: "Yrkesfaglærerutdanning",
		Level: "hoyere", Sector: "P", Municipality: "5021", Programme: "ppu", WorkHours: 22, StudyHours: 15, ApplyBy: clock.MustDate("2026-12-31")}
}

func (h *house) write(actor access.Actor) position.ID {
	h.t.Helper()
	p, err := h.positions.Write(h.t.Context(), actor, h.content())
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

func (h *house) get(actor access.Actor, p position.ID) position.Detail {
	h.t.Helper()
	d, err := h.positions.Get(h.t.Context(), actor, p)
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

func (h *house) move(actor access.Actor, p position.ID, m position.Moving) error {
	h.t.Helper()
	m.Version = h.get(access.SystemActor("test"), p).Version
	return h.positions.Move(h.t.Context(), actor, p, m)
}

// published takes a position to where all may read of it.
func (h *house) published() position.ID {
	h.t.Helper()
	p := h.write(h.employer())
	if err := h.move(h.employer(), p, position.Moving{To: position.Clarifying}); err != nil {
		h.t.Fatal(err)
	}
	if err := h.move(h.provider(), p, position.Moving{To: position.Published, Pathway: position.Planned, Unit: "Videreutdanning"}); err != nil {
		h.t.Fatal(err)
	}
	return p
}

func wantKind(t *testing.T, err error, k fault.Kind) {
	t.Helper()
	if !fault.Is(err, k) {
		t.Errorf("%v, want a fault of kind %v", err, k)
	}
}

func wantField(t *testing.T, err error, name string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || !slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Name == name }) {
		t.Errorf("%v, want field %s refused", err, name)
	}
}

func TestFlowHolds(t *testing.T) {
	for _, err := range position.Flow().Check() {
		t.Error(err)
	}
}

func TestNothingIsPublishedWithoutTheProvider(t *testing.T) {
	h := newHouse(t)
	p := h.write(h.employer())
	wantKind(t, h.move(h.employer(), p, position.Moving{To: position.Published, Pathway: position.Exists, Unit: "Vi selv"}), fault.Invalid)
	if err := h.move(h.employer(), p, position.Moving{To: position.Clarifying}); err != nil {
		t.Fatal(err)
	}
	d := h.get(h.provider(), p)
	if d.Ball.Org != h.university || d.Ball.Due != clock.MustDate("2026-12-02") || d.ProviderName != "Fjelluniversitetet" {
		t.Errorf("sent, the ball is %+v at %s", d.Ball, d.ProviderName)
	}
	wantKind(t, h.move(h.employer(), p, position.Moving{To: position.Published, Pathway: position.Exists, Unit: "Vi selv"}), fault.Denied)
	wantField(t, h.move(h.provider(), p, position.Moving{To: position.Published, Unit: "Videreutdanning"}), "pathway")
	wantField(t, h.move(h.provider(), p, position.Moving{To: position.Published, Pathway: position.Exists}), "unit")
	if list, err := h.positions.List(t.Context(), position.Filter{}, "", 0); err != nil || len(list.Items) != 0 {
		t.Errorf("before it is confirmed the list has %+v, %v", list.Items, err)
	}
	if err := h.move(h.provider(), p, position.Moving{To: position.Published, Pathway: position.Exists, Unit: "Videreutdanning"}); err != nil {
		t.Fatal(err)
	}
	list, err := h.positions.List(t.Context(), position.Filter{Open: true, Level: "hoyere", Municipalities: []string{"5021"}}, "", 0)
	if err != nil || len(list.Items) != 1 || list.Items[0].Number != "J-2026-0001" || list.Items[0].EmployerName != "Fjellkommunen" {
		t.Errorf("the list has %+v, %v", list.Items, err)
	}
	if d := h.get(access.Actor{}, p); d.Unit != "Videreutdanning" || d.ProgrammeTitle.NB != "Yrkesfaglærer" || len(d.Steps) != 0 {
		t.Errorf("a visitor reads %+v", d)
	}
}

func TestWhatWasConfirmedIsConfirmedAgain(t *testing.T) {
	h := newHouse(t)
	p := h.published()
	c := h.content()
	c.Title = "Lærer i bygg- og anleggsteknikk"
	if err := h.positions.Edit(t.Context(), h.employer(), p, h.get(h.employer(), p).Version, c); err != nil {
		t.Fatal(err)
	}
	if d := h.get(access.Actor{}, p); d.State != position.Published || d.Title != c.Title {
		t.Errorf("another title: %s, %s", d.State, d.Title)
	}
	c.StudyHours = 5
	wantKind(t, h.positions.Edit(t.Context(), h.employer(), p, 1, c), fault.Stale)
	if err := h.positions.Edit(t.Context(), h.employer(), p, h.get(h.employer(), p).Version, c); err != nil {
		t.Fatal(err)
	}
	if _, err := h.positions.Get(t.Context(), access.Actor{}, p); !fault.Is(err, fault.NotFound) {
		t.Errorf("other hours, unconfirmed, are open to all: %v", err)
	}
	if d := h.get(h.provider(), p); d.State != position.Clarifying || d.StudyHours != 5 {
		t.Errorf("the provider sees %s, %d hours", d.State, d.StudyHours)
	}
}

func TestWhoMayWhat(t *testing.T) {
	h := newHouse(t)
	stranger, learner := as(access.RoleOrgMember, h.other), h.person("kari")
	p := h.write(h.adviser())
	for name, actor := range map[string]access.Actor{"visitor": {}, "another employer": stranger, "provider before it is asked": h.provider(), "learner": learner,
		"administrator": as(access.RoleSysadmin, h.school)} {
		if _, err := h.positions.Get(t.Context(), actor, p); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s reads a draft: %v", name, err)
		}
		wantKind(t, h.positions.Edit(t.Context(), actor, p, 1, h.content()), fault.NotFound)
		wantKind(t, h.positions.Delete(t.Context(), actor, p, 1), fault.NotFound)
	}
	if d := h.get(h.employer(), p); d.RepresentedBy != h.hub || d.Ball.Org != h.hub || !d.Is(flow.Employer) {
		t.Errorf("the school sees %+v", d)
	}
	_, err := h.positions.Write(t.Context(), stranger, h.content())
	wantKind(t, err, fault.Denied)
	c := h.content()
	c.Employer = h.other
	_, err = h.positions.Write(t.Context(), h.adviser(), c)
	wantField(t, err, "employer") // no mandate for it
	if list, err := h.positions.Mine(t.Context(), h.adviser()); err != nil || len(list) != 1 {
		t.Errorf("the adviser's are %+v, %v", list, err)
	}
	for name, actor := range map[string]access.Actor{"another employer": stranger, "provider": h.provider(), "learner": learner} {
		if list, err := h.positions.Mine(t.Context(), actor); err != nil || len(list) != 0 {
			t.Errorf("%s has %+v, %v", name, list, err)
		}
	}
	if err := h.positions.Delete(t.Context(), h.adviser(), p, 1); err != nil {
		t.Errorf("a draft that was never sent: %v", err)
	}
	wantKind(t, h.positions.Delete(t.Context(), h.employer(), h.published(), 3), fault.Conflict)
}

func TestWrongContentIsRefused(t *testing.T) {
	h := newHouse(t)
	for field, change := range map[string]func(*position.Content){
		"title":        func(c *position.Content) { c.Title = " " },
		"words":        func(c *position.Content) { c.Words = strings.Repeat("å", position.MaxWords+1) },
		"required":     func(c *position.Content) { c.Required = "" },
		"level":        func(c *position.Content) { c.Level = "unheard of" },
		"municipality": func(c *position.Content) { c.Municipality = "" },
		"study_hours":  func(c *position.Content) { c.StudyHours = 61 },
		"work_hours":   func(c *position.Content) { c.WorkHours = -1 },
		"programme":    func(c *position.Content) { c.Programme = "unknown" },
		"provider":     func(c *position.Content) { c.Programme, c.Provider = "", h.other },
		"apply_by":     func(c *position.Content) { c.ApplyBy = clock.MustDate("2026-11-17") },
	} {
		c := h.content()
		change(&c)
		_, err := h.positions.Write(t.Context(), h.employer(), c)
		wantField(t, err, field)
	}
}

func TestTheWholeWay(t *testing.T) {
	h := newHouse(t)
	p := h.published()
	wantKind(t, h.move(h.provider(), p, position.Moving{To: position.Hired}), fault.Denied)
	for _, x := range []struct {
		who access.Actor
		to  flow.State
	}{{h.employer(), position.Hired}, {h.provider(), position.InEducation}, {h.provider(), position.Qualified}} {
		if err := h.move(x.who, p, position.Moving{To: x.to}); err != nil {
			t.Fatalf("%s: %v", x.to, err)
		}
	}
	d := h.get(h.employer(), p)
	if d.State != position.Qualified || d.Ball.Party != flow.Nobody || len(d.Steps) != 6 || len(d.Moves()) != 0 {
		t.Errorf("at the end: %+v", d)
	}
	q := h.published()
	wantField(t, h.move(h.employer(), q, position.Moving{To: position.Interrupted}), "note")
	if err := h.move(h.employer(), q, position.Moving{To: position.Interrupted, Note: "Stillingen er trukket."}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.positions.Get(t.Context(), access.Actor{}, q); !fault.Is(err, fault.NotFound) {
		t.Errorf("what was interrupted is open to all: %v", err)
	}
}

func TestInterestIsForTheEmployerAlone(t *testing.T) {
	h := newHouse(t)
	kari, ola := h.person("kari"), h.person("ola")
	draft, p := h.write(h.employer()), h.published()
	_, err := h.positions.ShowInterest(t.Context(), kari, draft, "", "ring meg")
	wantKind(t, err, fault.NotFound)
	_, err = h.positions.ShowInterest(t.Context(), kari, p, "", " ")
	wantField(t, err, "contact")
	_, err = h.positions.ShowInterest(t.Context(), access.Actor{}, p, "", "ring meg")
	wantKind(t, err, fault.Denied)
	_, err = h.positions.ShowInterest(t.Context(), h.employer(), p, "", "ring meg")
	wantKind(t, err, fault.Conflict)
	i, err := h.positions.ShowInterest(t.Context(), kari, p, "Jeg er tømrer.", "ring meg etter fire")
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.positions.ShowInterest(t.Context(), kari, p, "", "igjen")
	wantKind(t, err, fault.Conflict)
	for name, actor := range map[string]access.Actor{"employer": h.employer(), "system": access.SystemActor("test")} {
		if d := h.get(actor, p); d.Interested != 1 || d.Interests[0].Contact != "ring meg etter fire" || d.Interests[0].Name != "kari" {
			t.Errorf("%s sees %+v", name, d.Interests)
		}
	}
	for name, actor := range map[string]access.Actor{"visitor": {}, "provider": h.provider(), "another employer": as(access.RoleOrgMember, h.other), "another learner": ola} {
		if d := h.get(actor, p); d.Interested != 0 || len(d.Interests) != 0 || d.Own != nil {
			t.Errorf("%s sees %+v", name, d)
		}
		_, err := h.positions.PositionOf(t.Context(), actor, i)
		wantKind(t, err, fault.NotFound)
	}
	if d := h.get(kari, p); d.Own == nil || d.Own.Words != "Jeg er tømrer." || len(d.Interests) != 0 {
		t.Errorf("she sees %+v", d.Own)
	}
	if got, err := h.positions.PositionOf(t.Context(), kari, i); err != nil || got != p {
		t.Errorf("her interest is in %s, %v", got, err)
	}
	if err := h.positions.TakeBack(t.Context(), kari, p); err != nil {
		t.Fatal(err)
	}
	if d := h.get(h.employer(), p); d.Interested != 0 {
		t.Errorf("taken back, the employer still sees %+v", d.Interests)
	}
}

func TestInterestEnds(t *testing.T) {
	h := newHouse(t)
	kari := h.person("kari")
	p := h.published()
	if _, err := h.positions.ShowInterest(t.Context(), kari, p, "", "ring meg"); err != nil {
		t.Fatal(err)
	}
	h.now = time.Date(2027, 1, 1, 9, 0, 0, 0, time.UTC)
	_, err := h.positions.ShowInterest(t.Context(), h.person("ola"), p, "", "ring meg")
	wantKind(t, err, fault.Conflict) // the last day was yesterday
	swept := func() (n int64) {
		if err := h.db.Write(t.Context(), func(tx *db.Tx) (err error) { n, err = h.positions.SweepInterests(t.Context(), tx); return err }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if err := h.move(h.employer(), p, position.Moving{To: position.Interrupted, Note: "Ingen passet."}); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.AddDate(0, 0, position.KeptDays)
	if n := swept(); n != 0 {
		t.Errorf("%d are gone on the last day", n)
	}
	h.now = h.now.AddDate(0, 0, 1)
	if n := swept(); n != 1 {
		t.Errorf("%d are gone the day after", n)
	}
}
