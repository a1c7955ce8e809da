package register_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
)

// Numbers with check digits that agree, of nobody.
const (
	sawmill = "313000109"
	joiner  = "313000176"
	shoes   = "313000389"
	single  = "313000524"
	nobody  = "313000737"
)

// outside is the register at the edge of the house: what it says may be
// changed, and it may fall silent.
type outside struct {
	units map[string]brreg.Unit
	hits  []brreg.Unit
	err   error
	calls int
}

func (o *outside) Unit(_ context.Context, no string) (brreg.Unit, error) {
	o.calls++
	if o.err != nil {
		return brreg.Unit{}, o.err
	}
	if u, ok := o.units[no]; ok {
		return u, nil
	}
	return brreg.Unit{OrgNo: no, State: brreg.Unknown, Employees: -1}, nil
}

func (o *outside) Search(context.Context, string, string) ([]brreg.Unit, error) {
	o.calls++
	return o.hits, o.err
}

type house struct {
	*register.Service
	t   *testing.T
	db  *db.DB
	out *outside
	now time.Time
}

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
	h := &house{t: t, db: dbtest.New(t), now: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), out: &outside{units: map[string]brreg.Unit{}}}
	c := clock.Clock(func() time.Time { return h.now })
	orgs := org.New(h.db, c, func(n string) bool { _, err := places.Municipality(place.Number(n)); return err == nil })
	for _, u := range []brreg.Unit{
		{OrgNo: sawmill, Name: "EKSEMPEL SAG OG HØVLERI AS", Form: "AS", Municipality: "5022", Industry: "16.100", Employees: 14, Website: "sag.example.no", State: brreg.Active},
		{OrgNo: joiner, Name: "EKSEMPEL SNEKKERVERKSTED AS", Form: "AS", Municipality: "5021", Industry: "43.320", Employees: -1, State: brreg.Active},
		{OrgNo: shoes, Name: "EKSEMPEL SKOFABRIKK AS", Form: "AS", Municipality: "5021", State: brreg.Bankrupt, Since: clock.MustDate("2026-10-05"), Employees: 3},
		{OrgNo: single, Name: "SNEKKER EKSEMPELMANN", Form: "ENK", Municipality: "5021", State: brreg.Active, Employees: -1},
	} {
		h.out.units[u.OrgNo] = u
	}
	h.Service = register.New(register.Deps{DB: h.db, Clock: c, Orgs: orgs, Source: h.out})
	return h
}

var (
	system  = access.SystemActor("test")
	adviser = access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RoleIntermediary, Org: access.NewOrgID()}}}
)

func (h *house) look(written string) register.Answer {
	h.t.Helper()
	a, err := h.LookUp(h.t.Context(), adviser, written)
	if err != nil {
		h.t.Fatalf("%q: %v", written, err)
	}
	return a
}

func (h *house) add(no string) org.ID {
	h.t.Helper()
	hit, err := h.Fetch(h.t.Context(), adviser, no)
	if err != nil {
		h.t.Fatal(err)
	}
	o, err := h.Add(h.t.Context(), adviser, hit, "")
	if err != nil {
		h.t.Fatal(err)
	}
	return o
}

func (h *house) get(o org.ID) org.Organisation {
	h.t.Helper()
	out, err := h.Orgs.Get(h.t.Context(), o)
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

func TestByNumber(t *testing.T) {
	h := open(t)
	a := h.look("NO 313 000 109 MVA")
	if len(a.Hits) != 1 || a.Trouble != "" {
		t.Fatalf("got %+v", a)
	}
	hit := a.Hits[0]
	if hit.Name != "Eksempel Sag og Høvleri AS" || hit.Kind != org.Company || hit.Org != "" || hit.Unit.Employees != 14 {
		t.Errorf("got %+v", hit)
	}
	// The same day the register is not asked again; the day after it is.
	h.look(sawmill)
	if h.out.calls != 1 {
		t.Errorf("%d calls", h.out.calls)
	}
	h.now = h.now.Add(25 * time.Hour)
	h.look(sawmill)
	if h.out.calls != 2 {
		t.Errorf("%d calls", h.out.calls)
	}
	if a := h.look(nobody); len(a.Hits) != 0 || a.Trouble != "" {
		t.Errorf("a number nobody has: %+v", a)
	}
	if _, err := h.Fetch(t.Context(), adviser, nobody); !fault.Is(err, fault.NotFound) {
		t.Errorf("fetch it: %v", err)
	}
}

// TestOffline: what was asked before is known without the net, and one failure
// leaves the register alone for a while.
func TestOffline(t *testing.T) {
	h := open(t)
	h.out.hits = []brreg.Unit{h.out.units[joiner], h.out.units[single], h.out.units[sawmill]}
	if a := h.look("Eksempel"); len(a.Hits) != 3 {
		t.Fatalf("got %+v", a)
	}
	h.look(shoes)
	h.now = h.now.Add(48 * time.Hour)
	h.out.err = brreg.ErrUnavailable
	calls := h.out.calls
	a := h.look("EKSEMPEL")
	var names []string
	for _, x := range a.Hits {
		names = append(names, x.Unit.OrgNo)
	}
	if a.Trouble != register.Unreachable || !slices.Equal(names, []string{joiner, sawmill}) {
		t.Errorf("without the net: %+v", a)
	}
	if a := h.look(shoes); a.Trouble != register.Unreachable || len(a.Hits) != 1 {
		t.Errorf("without the net: %+v", a)
	}
	if a := h.look("Noe annet"); a.Trouble != register.Unreachable || len(a.Hits) != 0 {
		t.Errorf("never asked: %+v", a)
	}
	if _, err := h.Fetch(t.Context(), adviser, single); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a person's enterprise was kept: %v", err)
	}
	if h.out.calls != calls+1 {
		t.Errorf("%d calls while it rests", h.out.calls-calls)
	}
	h.now, h.out.err = h.now.Add(register.RestFor+time.Second), nil
	if a := h.look("Eksempel"); a.Trouble != "" || len(a.Hits) != 3 {
		t.Errorf("back again: %+v", a)
	}
}

// TestWhatIsNotAsked goes nowhere.
func TestWhatIsNotAsked(t *testing.T) {
	h := open(t)
	for _, written := range []string{"", "AS", "  ", "12345", "313000108", "01010112345 Ola", "ring 00 47 68 05 00 00", "kari@example.no", "..."} {
		if a := h.look(written); len(a.Hits) != 0 {
			t.Errorf("%q: %+v", written, a)
		}
	}
	if h.out.calls != 0 {
		t.Errorf("%d calls", h.out.calls)
	}
	if _, err := h.LookUp(t.Context(), access.Actor{}, sawmill); !fault.Is(err, fault.Denied) {
		t.Errorf("a visitor looks up: %v", err)
	}
	off := register.New(register.Deps{DB: h.db, Clock: h.Clock, Orgs: h.Orgs})
	if a, err := off.LookUp(t.Context(), adviser, sawmill); err != nil || a.Trouble != register.Off {
		t.Errorf("switched off: %+v, %v", a, err)
	}
	if r, err := off.Refresh(t.Context(), system, 10, nil); err != nil || r.Asked != 0 {
		t.Errorf("switched off: %+v, %v", r, err)
	}
}

func TestAdd(t *testing.T) {
	h := open(t)
	o := h.get(h.add(sawmill))
	if o.OrgNo != sawmill || o.Municipality != "5022" || o.Website != "https://sag.example.no" || o.NameOn(clock.Today(h.now)) != "Eksempel Sag og Høvleri AS" ||
		o.Standing.State != brreg.Active || o.Standing.Employees != 14 || o.Standing.Form != "AS" || o.Standing.Industry != "16.100" {
		t.Errorf("got %+v", o)
	}
	if again := h.add(sawmill); again != o.ID {
		t.Error("the same number is another organisation")
	}
	// One of the name that had no number gets it.
	known, err := h.Orgs.Register(t.Context(), adviser, org.Registration{Kind: org.Company, Name: "Eksempel Snekkerverksted", Municipality: "5021"})
	if err != nil {
		t.Fatal(err)
	}
	if got := h.add(joiner); got != known.ID || h.get(got).OrgNo != joiner {
		t.Errorf("got %s, want %s", got, known.ID)
	}
	hit, err := h.Fetch(t.Context(), adviser, shoes)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Add(t.Context(), adviser, hit, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("a bankrupt one is added: %v", err)
	}
	member := access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RoleOrgMember, Org: o.ID}}}
	if hit, err = h.Fetch(t.Context(), member, single); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Add(t.Context(), member, hit, ""); !fault.Is(err, fault.Denied) {
		t.Errorf("a member adds: %v", err)
	}
	abroad := hit
	abroad.Unit.Municipality = ""
	if _, err := h.Add(t.Context(), adviser, abroad, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a municipality: %v", err)
	}
	if got, err := h.Add(t.Context(), adviser, abroad, "5025"); err != nil || h.get(got).Municipality != "5025" {
		t.Errorf("with one: %v", err)
	}
}

// TestRefresh is the night: names and municipalities are followed, what closed
// is marked, and what people wrote otherwise stays.
func TestRefresh(t *testing.T) {
	h := open(t)
	mill, join := h.add(sawmill), h.add(joiner)
	own, err := h.Orgs.Register(t.Context(), adviser, org.Registration{Kind: org.Company, Name: "Skoene på Oppdal", Municipality: "5025", OrgNo: shoes})
	if err != nil {
		t.Fatal(err)
	}
	lost, err := h.Orgs.Register(t.Context(), adviser, org.Registration{Kind: org.Company, Name: "Ukjent", Municipality: "5025", OrgNo: nobody})
	if err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(24 * time.Hour)
	u := h.out.units[sawmill]
	u.Name, u.Municipality = "EKSEMPEL TREINDUSTRI AS", "5021"
	h.out.units[sawmill] = u
	u = h.out.units[joiner]
	u.State, u.Since = brreg.Deleted, clock.MustDate("2026-11-20")
	h.out.units[joiner] = u
	var steps []int
	r, err := h.Refresh(t.Context(), system, 100, func(done, all int) { steps = append(steps, done*10+all) })
	if want := (register.Report{Asked: 4, Closed: 2, Renamed: 1, Moved: 1, Unknown: 1}); err != nil || r != want {
		t.Errorf("got %+v, %v, want %+v", r, err, want)
	}
	if !slices.Equal(steps, []int{14, 24, 34, 44}) {
		t.Errorf("progress %v", steps)
	}
	today := clock.Today(h.now)
	if o := h.get(mill); o.NameOn(today) != "Eksempel Treindustri AS" || o.NameOn(today.AddDays(-1)) != "Eksempel Sag og Høvleri AS" || o.Municipality != "5021" {
		t.Errorf("got %+v", o)
	}
	if o := h.get(join); !o.Standing.IsClosed() || o.Standing.Since.String() != "2026-11-20" || o.Standing.Form != "AS" {
		t.Errorf("got %+v", o.Standing)
	}
	if o := h.get(own.ID); o.NameOn(today) != "Skoene på Oppdal" || o.Municipality != "5025" || o.Standing.State != brreg.Bankrupt {
		t.Errorf("got %+v", o)
	}
	if o := h.get(lost.ID); o.Standing.State != brreg.Unknown || o.Standing.IsClosed() || o.Standing.IsRead() {
		t.Errorf("got %+v", o.Standing)
	}
	if r, err := h.Refresh(t.Context(), system, 100, nil); err != nil || r.Asked != 0 || r.Left != 0 {
		t.Errorf("again the same night: %+v, %v", r, err)
	}
	list, _, err := h.Orgs.List(t.Context(), org.Filter{Text: "Snekkerverksted"})
	if err != nil || len(list.Items) != 1 || !list.Items[0].State.IsClosed() {
		t.Errorf("listed as %+v, %v", list.Items, err)
	}
	if got := h.logged(join); !slices.Contains(got, "org.standing by system:test") {
		t.Errorf("the log says %v", got)
	}
	// A new number is another unit, of which nothing is known.
	o := h.get(own.ID)
	if err := h.Orgs.Edit(t.Context(), adviser, o.ID, o.Version, org.Registration{Kind: o.Kind, Name: "Skoene på Oppdal", Municipality: o.Municipality}); err != nil {
		t.Fatal(err)
	}
	if s := h.get(own.ID).Standing; s != (org.Standing{}) {
		t.Errorf("without the number it still stands as %+v", s)
	}
}

// TestRefreshGoesOn: one that was stopped goes on where it was.
func TestRefreshGoesOn(t *testing.T) {
	h := open(t)
	for _, no := range []string{sawmill, joiner, single} {
		h.add(no)
	}
	h.now = h.now.Add(24 * time.Hour)
	r, err := h.Refresh(t.Context(), system, 1, nil)
	if err != nil || r.Asked != 1 || r.Left != 2 {
		t.Errorf("got %+v, %v", r, err)
	}
	h.out.err = errors.Join(brreg.ErrUnavailable)
	if r, err = h.Refresh(t.Context(), system, 10, nil); !fault.Is(err, fault.Unavailable) || r.Asked != 0 {
		t.Errorf("without the net: %+v, %v", r, err)
	}
	h.out.err = nil
	ctx, stop := context.WithCancel(t.Context())
	r, err = h.Refresh(ctx, system, 10, func(int, int) { stop() })
	if !errors.Is(err, context.Canceled) || r.Asked != 1 {
		t.Errorf("stopped: %+v, %v", r, err)
	}
	if r, err = h.Refresh(t.Context(), system, 10, nil); err != nil || r.Asked != 1 || r.Left != 0 {
		t.Errorf("the rest: %+v, %v", r, err)
	}
	if _, err := h.Refresh(t.Context(), adviser, 10, nil); !fault.Is(err, fault.Denied) {
		t.Errorf("an adviser refreshes: %v", err)
	}
}

func TestSweep(t *testing.T) {
	h := open(t)
	h.out.hits = []brreg.Unit{h.out.units[sawmill]}
	h.look("sagbruk")
	h.look(joiner)
	if n, err := h.Sweep(t.Context()); err != nil || n != 0 {
		t.Errorf("%d forgotten at once, %v", n, err)
	}
	h.now = h.now.Add(register.KeptFor + time.Hour)
	if n, err := h.Sweep(t.Context()); err != nil || n != 4 { // a search, its hit, two units
		t.Errorf("%d forgotten, %v", n, err)
	}
}

// logged lists the actions recorded on the organisation, with who did them.
func (h *house) logged(o org.ID) []string {
	h.t.Helper()
	var out []string
	err := h.db.Read(h.t.Context(), func(tx *db.Tx) error {
		list, _, err := audit.List(h.t.Context(), tx, access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RoleSysadmin}}},
			audit.Filter{Subject: audit.Subject{Kind: "organisation", ID: string(o)}, Limit: 50})
		for _, e := range list.Items {
			out = append(out, string(e.Action)+" by "+e.Actor)
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}
