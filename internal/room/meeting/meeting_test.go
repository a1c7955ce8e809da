package meeting_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/rule"
)

var (
	today  = clock.MustDate("2026-11-21")
	system = access.SystemActor("test")
)

func fixed() time.Time { return time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC) }

// house is a council of six municipalities with its secretariat, on a real
// database.
type house struct {
	*meeting.Service
	t        *testing.T
	db       *db.DB
	accounts *account.Service
	orgs     map[string]access.OrgID
	council  meeting.BodyID
}

var six = []string{"Melhus", "Midtre Gauldal", "Røros", "Holtålen", "Rennebu", "Oppdal"}

func open(t *testing.T) *house {
	t.Helper()
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, db: dbtest.New(t), orgs: map[string]access.OrgID{}}
	h.Service = meeting.New(h.db, fixed, places)
	h.accounts = account.New(h.db, fixed, func(s access.Scope, day clock.Date) ([]string, bool) {
		members, err := places.MembersAt(place.RegionID(s.Ref), day)
		var out []string
		for _, m := range members {
			out = append(out, string(m.Number))
		}
		return out, err == nil || s.Kind == access.ScopeNone
	})
	orgs := org.New(h.db, fixed, func(string) bool { return true })
	for _, name := range append([]string{"Rådet", "Fylket"}, six...) {
		o, err := orgs.Register(t.Context(), system, org.Registration{Kind: org.Municipality, Name: name, Municipality: "5021"})
		if err != nil {
			t.Fatal(err)
		}
		h.orgs[name] = o.ID
	}
	if h.council, err = h.Create(t.Context(), system, h.body("Rådet")); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) body(name string) meeting.Body {
	return meeting.Body{Kind: meeting.Council, Name: name, Host: h.orgs["Rådet"], Secretariat: h.orgs["Rådet"], Region: "trondelag-sor",
		From: clock.MustDate("2017-01-01")}
}

// fill gives the council its rules, and each municipality its three seats, held
// since 2023 by the offices, with deputies for the political ones.
func (h *house) fill() {
	h.t.Helper()
	h.adopt("2020-03-23", rule.Council())
	for _, m := range six {
		for _, k := range []meeting.SeatKind{rule.Mayor, rule.Opposition, rule.ChiefExec} {
			seat := h.seat(m, k)
			h.appoint(meeting.Holder{Seat: seat, Part: meeting.Member, Title: string(k), ElectedBy: "Kommunestyret 2023", From: clock.MustDate("2023-10-15")})
			if k != rule.ChiefExec {
				h.appoint(meeting.Holder{Seat: seat, Part: meeting.Deputy, Title: "vara " + string(k), ElectedBy: "Kommunestyret 2023", From: clock.MustDate("2023-10-15")})
			}
		}
	}
}

func (h *house) seat(member string, k meeting.SeatKind) meeting.SeatID {
	h.t.Helper()
	s, err := h.AddSeat(h.t.Context(), system, meeting.Seat{Body: h.council, Org: h.orgs[member], Kind: k, From: clock.MustDate("2017-01-01")})
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

func (h *house) appoint(in meeting.Holder) meeting.HolderID {
	h.t.Helper()
	id, err := h.Appoint(h.t.Context(), system, meeting.Appointment{Holder: in})
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

func (h *house) adopt(from string, set rule.Set) {
	h.t.Helper()
	_, err := h.Adopt(h.t.Context(), system, meeting.RuleSet{Body: h.council, Title: "Avtale", AdoptedBy: "Rådet " + from, ValidFrom: clock.MustDate(from), Rules: set})
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) details() meeting.Details {
	h.t.Helper()
	d, err := h.Get(h.t.Context(), h.council)
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

// seatOf is the municipality's seat of the kind.
func (h *house) seatOf(member string, k meeting.SeatKind) meeting.Seat {
	h.t.Helper()
	seats := h.details().Seats
	i := slices.IndexFunc(seats, func(s meeting.Seat) bool { return s.Org == h.orgs[member] && s.Kind == k })
	if i < 0 {
		h.t.Fatalf("%s has no seat as %s", member, k)
	}
	return seats[i]
}

// person makes an account with the role at the organisation.
func (h *house) person(name, at string, role access.Role, scope access.Scope) access.Actor {
	h.t.Helper()
	in := account.NewAccount{Username: name, Name: name, DemoRole: name}
	if role != "" {
		in.Roles = []access.Assignment{{Role: role, Org: h.orgs[at], Scope: scope, From: clock.MustDate("2020-01-01")}}
	}
	id, err := h.accounts.CreateDemo(h.t.Context(), system, in)
	if err != nil {
		h.t.Fatal(err)
	}
	actor, err := h.accounts.ActorOf(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return actor
}

func (h *house) rights(a access.Actor) meeting.Rights {
	h.t.Helper()
	r, err := h.Rights(h.t.Context(), a, h.council)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func (h *house) audited() int {
	h.t.Helper()
	n := 0
	err := h.db.Read(context.Background(), func(tx *db.Tx) error {
		_, total, err := audit.List(context.Background(), tx, system, audit.Filter{Subject: audit.Subject{Kind: meeting.ObjectName, ID: string(h.council)}})
		n = total
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

// field is the name of the first field that the error is about.
func field(err error) string {
	e, ok := fault.As(err)
	if !ok || e.Kind != fault.Invalid || len(e.Fields) == 0 {
		return ""
	}
	return e.Fields[0].Name
}

func TestACouncilHasEighteenSeatsAndSixVotes(t *testing.T) { // O-20
	h := open(t)
	h.fill()
	d := h.details()
	if seats, votes := d.Tally(today); seats != 18 || votes != 6 {
		t.Errorf("%d seats and %d votes, want 18 and 6", seats, votes)
	}
	if seats, _ := d.Tally(clock.MustDate("2016-12-31")); seats != 0 {
		t.Errorf("%d seats before the first day", seats)
	}
	for _, f := range d.Findings(today) {
		if f.Kind != meeting.NoLeader && f.Kind != meeting.NoDeputyLeader {
			t.Errorf("found %+v", f)
		}
	}
}

// Who does what to a body: its secretary, and the county in bodies of its own.
func TestWhoMayChangeABody(t *testing.T) {
	h := open(t)
	h.fill()
	region := access.Scope{Kind: access.ScopeRegion, Ref: "trondelag-sor"}
	holder := h.person("sekretær uten rolle", "", "", access.Scope{})
	seat := h.seat("Rådet", rule.Secretary)
	h.appoint(meeting.Holder{Seat: seat, Part: meeting.Member, Title: "Sekretær", Account: holder.Account, From: today})
	for _, c := range []struct {
		name string
		a    access.Actor
		may  bool
	}{
		{"visitor", access.Actor{}, false},
		{"the secretary of the secretariat", h.person("s1", "Rådet", access.RoleSecretary, access.Scope{}), true},
		{"its secretary in the region", h.person("s2", "Rådet", access.RoleSecretary, region), true},
		{"its secretary in another region", h.person("s3", "Rådet", access.RoleSecretary, access.Scope{Kind: access.ScopeRegion, Ref: "namdalen"}), false},
		{"the secretary of another", h.person("s4", "Fylket", access.RoleSecretary, access.Scope{}), false},
		{"who holds its seat as secretary", holder, true},
		{"the county", h.person("c1", "Fylket", access.RoleCaseOfficer, access.Scope{}), false},
		{"a case officer of the host", h.person("c2", "Rådet", access.RoleCaseOfficer, access.Scope{}), true},
		{"a mayor", h.person("m1", "Røros", access.RoleMayor, access.Scope{}), false},
		{"an administrator", h.person("a1", "Rådet", access.RoleSysadmin, access.Scope{}), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if may, err := h.MayChange(t.Context(), c.a, h.council); err != nil || may != c.may {
				t.Errorf("may change: %v, %v", may, err)
			}
			body := h.details().Body
			body.About = "Ny tekst av " + c.name
			was := h.audited()
			err := h.Change(t.Context(), c.a, body)
			if c.may && (err != nil || h.audited() != was+1) {
				t.Errorf("change: %v, %d entries", err, h.audited()-was)
			}
			if !c.may && (!fault.Is(err, fault.Denied) || h.audited() != was) {
				t.Errorf("change: %v, want denied", err)
			}
			for what, err := range map[string]error{
				"seat":   second(h.AddSeat(t.Context(), c.a, meeting.Seat{Body: h.council, Org: h.orgs["Fylket"], Kind: rule.Observer, From: today})),
				"end":    h.RemoveSeat(t.Context(), c.a, h.seatOf("Oppdal", rule.ChiefExec).ID, 99, today),
				"holder": second(h.Appoint(t.Context(), c.a, meeting.Appointment{Holder: meeting.Holder{Seat: h.seatOf("Oppdal", rule.Mayor).ID}})),
				"elect":  h.Elect(t.Context(), c.a, h.council, meeting.Election{}),
				"adopt":  second(h.Adopt(t.Context(), c.a, meeting.RuleSet{Body: h.council})),
				"series": h.StartSeries(t.Context(), c.a, h.council, "X", 2026, 3),
			} {
				if fault.Is(err, fault.Denied) == c.may {
					t.Errorf("%s: %v", what, err)
				}
			}
		})
	}
}

func second[T any](_ T, err error) error { return err }

func TestWhoMayMakeABody(t *testing.T) {
	h := open(t)
	secretary := h.person("s", "Rådet", access.RoleSecretary, access.Scope{})
	if _, err := h.Create(t.Context(), secretary, h.body("Styret")); err != nil {
		t.Error(err)
	}
	other := h.body("Et annet")
	other.Secretariat = h.orgs["Fylket"]
	if _, err := h.Create(t.Context(), secretary, other); field(err) != "secretariat" {
		t.Errorf("a body of another secretariat: %v", err)
	}
	if _, err := h.Create(t.Context(), h.person("c", "Fylket", access.RoleCaseOfficer, access.Scope{}), other); err != nil {
		t.Error(err)
	}
	if _, err := h.Create(t.Context(), h.person("m", "Røros", access.RoleMayor, access.Scope{}), h.body("X")); !fault.Is(err, fault.Denied) {
		t.Errorf("a mayor makes a body: %v", err)
	}
	if _, err := h.Create(t.Context(), access.Actor{}, h.body("X")); !fault.Is(err, fault.Denied) {
		t.Errorf("a visitor makes a body: %v", err)
	}
}

func TestABodyIsHeldAgainstWhatItNames(t *testing.T) {
	h := open(t)
	for want, change := range map[string]func(*meeting.Body){
		"name":        func(b *meeting.Body) { b.Name = " " },
		"kind":        func(b *meeting.Body) { b.Kind = "club" },
		"host":        func(b *meeting.Body) { b.Host = access.NewOrgID() },
		"secretariat": func(b *meeting.Body) { b.Secretariat = "" },
		"region":      func(b *meeting.Body) { b.Region = "atlantis" },
		"parent":      func(b *meeting.Body) { b.Parent = meeting.NewBodyID() },
		"from":        func(b *meeting.Body) { b.From = clock.Date{} },
		"to":          func(b *meeting.Body) { b.To = b.From.AddDays(-1) },
	} {
		b := h.body("Et organ")
		change(&b)
		if _, err := h.Create(t.Context(), system, b); field(err) != want {
			t.Errorf("wrong %s: %v", want, err)
		}
	}
	below := h.body("Styret")
	below.Parent = h.council
	id, err := h.Create(t.Context(), system, below)
	if err != nil {
		t.Fatal(err)
	}
	council := h.details().Body
	council.Parent = id
	if err := h.Change(t.Context(), system, council); field(err) != "parent" {
		t.Errorf("a ring of bodies: %v", err)
	}
	council.Parent = ""
	if err := h.Change(t.Context(), system, council); err != nil {
		t.Fatal(err)
	}
	if err := h.Change(t.Context(), system, council); !fault.Is(err, fault.Stale) {
		t.Errorf("the second of two saves: %v, want stale", err)
	}
	if d := h.details(); len(d.Below) != 1 || d.Below[0].ID != id {
		t.Errorf("below: %+v", d.Below)
	}
}
