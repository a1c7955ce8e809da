package centre_test

import (
	"context"
	"fmt"
	"slices"
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
	"kompetansetorg/internal/room/centre"
)

// house is a study centre with a page, a school beside it, and a firm.
type house struct {
	t        *testing.T
	db       *db.DB
	centres  *centre.Service
	accounts *account.Service
	org      access.OrgID
	school   access.OrgID
	firm     access.OrgID
	id       centre.ID
	reported []centre.Reporting
	began    []centre.Began
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, db: dbtest.New(t)}
	tick := clock.Clock(func() time.Time { return time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC) })
	orgs := org.New(h.db, tick, func(string) bool { return true })
	add := func(kind org.Kind, name string) access.OrgID {
		o, err := orgs.Register(t.Context(), access.SystemActor("test"), org.Registration{Kind: kind, Name: name, Municipality: "5007"})
		if err != nil {
			t.Fatal(err)
		}
		return o.ID
	}
	h.org, h.school, h.firm = add(org.StudyCentre, "Fjord studiesenter"), add(org.UpperSec, "Fjord videregående skole"), add(org.Company, "Fjord Sag")
	h.accounts = account.New(h.db, tick, func(access.Scope, clock.Date) ([]string, bool) { return nil, true })
	known := func(code string) bool { return code != "unheard of" }
	h.centres = centre.New(centre.Deps{DB: h.db, Clock: tick, Knows: centre.Knows{Level: known, Municipality: known,
		Members: func(string) []string { return []string{"5007", "5047"} },
		Programme: func(_ context.Context, _ *db.Tx, _ access.Actor, p string) (i18n.Text, access.OrgID, error) {
			return i18n.Text{}, "", fault.Missing()
		},
		Began: func(context.Context, *db.Tx, []string) ([]centre.Began, error) { return h.began, nil },
		Report: func(_ context.Context, _ *db.Tx, _ access.Actor, in centre.Reporting) (centre.NeedID, error) {
			h.reported = append(h.reported, in)
			return "", nil
		}}})
	var err error
	if h.id, err = h.centres.Open(t.Context(), h.runner(), h.org, content()); err != nil {
		t.Fatal(err)
	}
	return h
}

func content() centre.Content {
	return centre.Content{About: "Her kan du ta utdanning der du bor.", Services: "Eksamensvakt\n\nVeiledning", Contact: "Studieleder, på huset hver dag"}
}

func as(role access.Role, o access.OrgID) access.Actor {
	return access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: role, Org: o}}}
}

func (h *house) runner() access.Actor { return as(access.RoleOrgMember, h.org) }

func (h *house) person(name string, more ...access.Assignment) access.Actor {
	h.t.Helper()
	a, err := h.accounts.CreateDemo(h.t.Context(), access.SystemActor("test"), account.NewAccount{Username: "demo-" + name, Name: name, DemoRole: name,
		Roles: []access.Assignment{{Role: access.RolePerson, From: clock.MustDate("2026-01-01")}}})
	if err != nil {
		h.t.Fatal(err)
	}
	return access.Actor{Account: a, Roles: append([]access.Assignment{{Role: access.RolePerson}}, more...)}
}

func want(t *testing.T, what string, err error, k fault.Kind) {
	t.Helper()
	if !fault.Is(err, k) {
		t.Errorf("%s: %v, want a fault of kind %v", what, err, k)
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestFlowsHold(t *testing.T) {
	if err := centre.WishFlow().Check(); err != nil {
		t.Error(err)
	}
}

// TestWhoRunsACentre: only those of an organisation that is a study centre make its page, once,
// and only they change it.
func TestWhoRunsACentre(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	_, err := h.centres.Open(ctx, h.runner(), h.org, content())
	want(t, "a second page", err, fault.Conflict)
	_, err = h.centres.Open(ctx, as(access.RoleProviderUser, h.school), h.school, content())
	want(t, "a school's page", err, fault.Invalid)
	_, err = h.centres.Open(ctx, h.runner(), h.org, centre.Content{})
	want(t, "an empty page", err, fault.Invalid)

	for who, actor := range map[string]access.Actor{"a visitor": {}, "a learner": h.person("Søker"), "the school": as(access.RoleProviderUser, h.school), "the county": as(access.RoleCaseOfficer, h.firm)} {
		room := centre.Room{Name: "A1", Municipality: "5007", Address: "Storgata 1", Seats: 10}
		for what, do := range map[string]func() error{
			"edits":            func() error { return h.centres.Edit(ctx, actor, h.id, 1, content()) },
			"adds a partner":   func() error { return h.centres.AddPartner(ctx, actor, h.id, h.school, "Låner ut rom") },
			"takes one away":   func() error { return h.centres.RemovePartner(ctx, actor, h.id, h.school) },
			"adds a room":      func() error { _, err := h.centres.AddRoom(ctx, actor, h.id, room); return err },
			"tells news":       func() error { return h.centres.Tell(ctx, actor, h.id, "Nytt", "Vi har åpnet.") },
			"adds a programme": func() error { return h.centres.AddCourse(ctx, actor, h.id, "p", "På skjerm") },
			"reads the group":  func() error { _, _, err := h.centres.Group(ctx, actor, h.id); return err },
		} {
			want(t, who+" "+what, do(), fault.Denied)
		}
		_, _, err := h.centres.Figures(ctx, actor, h.id, 2026)
		if who == "the county" {
			ok(t, err)
		} else {
			want(t, who+" reads the figures", err, fault.Denied)
		}
	}
	ok(t, h.centres.AddPartner(ctx, h.runner(), h.id, h.school, "Låner ut rom om kvelden"))
	want(t, "the same partner", h.centres.AddPartner(ctx, h.runner(), h.id, h.school, "Igjen"), fault.Conflict)
	want(t, "itself as a partner", h.centres.AddPartner(ctx, h.runner(), h.id, h.org, "Selv"), fault.Invalid)
	want(t, "a programme that nobody knows", h.centres.AddCourse(ctx, h.runner(), h.id, "p", "På skjerm"), fault.Invalid)
	ok(t, h.centres.Edit(ctx, h.runner(), h.id, 1, content()))
	want(t, "an edit of an old version", h.centres.Edit(ctx, h.runner(), h.id, 1, content()), fault.Stale)
	d, err := h.centres.Get(ctx, access.Actor{}, h.id)
	ok(t, err)
	if d.Name != "Fjord studiesenter" || len(d.Partners) != 1 || d.Partners[0].Name != "Fjord videregående skole" || !slices.Equal(d.ServiceList(), []string{"Eksamensvakt", "Veiledning"}) {
		t.Errorf("the page has %+v", d)
	}
}

// TestGroup: a learner joins by herself, sees the others, and is gone when she leaves.
func TestGroup(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	anna, bo, out := h.person("Sykepleierstudent"), h.person("Lærerstudent"), h.person("Utenfor")
	want(t, "a visitor joins", h.centres.Join(ctx, access.Actor{}, h.id, "Noe", true), fault.Denied)
	want(t, "without saying what", h.centres.Join(ctx, anna, h.id, " ", true), fault.Invalid)
	want(t, "without consent", h.centres.Join(ctx, anna, h.id, "Sykepleie", false), fault.Invalid)
	ok(t, h.centres.Join(ctx, anna, h.id, "Sykepleie, deltid", true))
	ok(t, h.centres.Join(ctx, bo, h.id, "Grunnskolelærer", true))
	ok(t, h.centres.Join(ctx, bo, h.id, "Grunnskolelærer, tredje år", true))
	_, list, err := h.centres.Group(ctx, anna, h.id)
	ok(t, err)
	if len(list) != 2 || list[1].Studies != "Grunnskolelærer, tredje år" || list[1].Name != "Lærerstudent" {
		t.Errorf("the group is %+v", list)
	}
	_, _, err = h.centres.Group(ctx, out, h.id)
	want(t, "somebody outside reads", err, fault.Denied)
	_, list, err = h.centres.Group(ctx, h.runner(), h.id)
	if ok(t, err); len(list) != 2 {
		t.Errorf("the centre reads %d", len(list))
	}
	ok(t, h.centres.Leave(ctx, anna, h.id))
	ok(t, h.centres.Leave(ctx, anna, h.id)) // nothing happens
	_, _, err = h.centres.Group(ctx, anna, h.id)
	want(t, "she who left reads", err, fault.Denied)
	ok(t, h.db.Write(ctx, func(tx *db.Tx) error { return h.centres.Forget(ctx, tx, bo.Account) }))
	if _, list, _ = h.centres.Group(ctx, h.runner(), h.id); len(list) != 0 {
		t.Errorf("after the account is deleted the group has %+v", list)
	}
}

func wishing() centre.Wishing {
	return centre.Wishing{Title: "Regnskap for små bedrifter", Words: "To kvelder i uka.", Level: "kurs", Least: 3}
}

func (h *house) wish(actor access.Actor, w centre.WishID) centre.WishDetail {
	h.t.Helper()
	d, err := h.centres.Wish(h.t.Context(), actor, w)
	ok(h.t, err)
	return d
}

// TestAWishBecomesANeed: a proposal is the centre's alone until it is opened; the waiting list
// moves it to enough and back; the centre reports the need, and nobody can wait any more.
func TestAWishBecomesANeed(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	maker, other := h.person("Innbygger"), h.person("Nabo")
	worker := h.person("Leder", access.Assignment{Role: access.RoleOrgMember, Org: h.firm})
	w, err := h.centres.Propose(ctx, maker, h.id, wishing())
	ok(t, err)
	for who, actor := range map[string]access.Actor{"a visitor": {}, "another": other} {
		_, err := h.centres.Wish(ctx, actor, w)
		want(t, who+" reads a proposal", err, fault.NotFound)
	}
	if d := h.wish(maker, w); d.State != centre.Proposed || d.Ball.Org != h.org || d.Ball.Due.IsZero() || len(d.Moves()) != 0 {
		t.Errorf("the proposal stands as %s with the ball at %+v", d.State, d.Ball)
	}
	want(t, "waiting for a proposal", h.centres.Wait(ctx, maker, w, "", 1), fault.Conflict)
	want(t, "the maker opens it", h.centres.MoveWish(ctx, maker, w, 1, centre.Gathers, ""), fault.Denied)
	ok(t, h.centres.MoveWish(ctx, h.runner(), w, 1, centre.Gathers, ""))

	want(t, "two seats for oneself", h.centres.Wait(ctx, maker, w, "", 2), fault.Invalid)
	want(t, "for a firm that is not hers", h.centres.Wait(ctx, maker, w, h.firm, 2), fault.Invalid)
	ok(t, h.centres.Wait(ctx, maker, w, "", 1))
	ok(t, h.centres.Wait(ctx, worker, w, h.firm, 1))
	if d := h.wish(other, w); d.State != centre.Gathers || d.Seats != 0 || len(d.All) != 0 || d.Own != nil {
		t.Errorf("another reads %d seats and %+v", d.Seats, d.All)
	}
	ok(t, h.centres.Wait(ctx, worker, w, h.firm, 2)) // changed, not added
	d := h.wish(h.runner(), w)
	if d.State != centre.Enough || d.Seats != 3 || len(d.All) != 2 || d.All[1].OrgName != "Fjord Sag" || d.Ball.Due.IsZero() {
		t.Errorf("at three: %s, %d seats, %+v", d.State, d.Seats, d.All)
	}
	ok(t, h.centres.StopWaiting(ctx, maker, w))
	if d = h.wish(h.runner(), w); d.State != centre.Gathers || d.Seats != 2 {
		t.Errorf("at two: %s, %d seats", d.State, d.Seats)
	}
	ok(t, h.centres.Wait(ctx, other, w, "", 1))
	ok(t, h.db.Write(ctx, func(tx *db.Tx) error { return h.centres.Forget(ctx, tx, other.Account) }))
	if d = h.wish(h.runner(), w); d.State != centre.Gathers || d.Seats != 2 {
		t.Errorf("after an account is deleted: %s, %d seats", d.State, d.Seats)
	}
	_, err = h.centres.Report(ctx, maker, w, d.Version)
	want(t, "the maker reports", err, fault.Denied)
	_, err = h.centres.Report(ctx, h.runner(), w, d.Version-1)
	want(t, "an old version", err, fault.Stale)
	_, err = h.centres.Report(ctx, h.runner(), w, d.Version)
	ok(t, err)
	if len(h.reported) != 1 || h.reported[0].People != 2 || h.reported[0].Org != h.org || h.reported[0].Municipality != "5007" {
		t.Errorf("reported: %+v", h.reported)
	}
	want(t, "waiting for what is over", h.centres.Wait(ctx, other, w, "", 1), fault.Conflict)
	ok(t, h.centres.StopWaiting(ctx, worker, w)) // also then it is hers to take back
	var states []flow.State
	for _, s := range h.wish(h.runner(), w).Steps {
		states = append(states, s.To)
	}
	if got := fmt.Sprint(states); got != "[proposed open enough open enough open reported]" {
		t.Errorf("the history is %s", got)
	}
}

// TestFewerNeeded: when the centre says that fewer are needed, those who wait may be enough.
func TestFewerNeeded(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	w, err := h.centres.Propose(ctx, h.runner(), h.id, wishing())
	ok(t, err)
	ok(t, h.centres.Wait(ctx, h.person("En"), w, "", 1))
	ok(t, h.centres.Wait(ctx, h.person("To"), w, "", 1))
	in := wishing()
	in.Least = 2
	ok(t, h.centres.EditWish(ctx, h.runner(), w, h.wish(h.runner(), w).Version, in))
	if d := h.wish(h.runner(), w); d.State != centre.Enough {
		t.Errorf("with two of two: %s", d.State)
	}
	want(t, "closing without a reason", h.centres.MoveWish(ctx, h.runner(), w, h.wish(h.runner(), w).Version, centre.Closed, ""), fault.Invalid)
	ok(t, h.centres.MoveWish(ctx, h.runner(), w, h.wish(h.runner(), w).Version, centre.Closed, "Skolen setter det opp selv."))
	want(t, "editing what is over", h.centres.EditWish(ctx, h.runner(), w, h.wish(h.runner(), w).Version, in), fault.Conflict)
}

// TestFigures counts those from around the centre, and its own numbers.
func TestFigures(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	h.began = []centre.Began{{Municipality: "5007", Employer: h.firm, Year: 2026, Completed: true}, {Municipality: "5047", Year: 2026}, {Municipality: "5001", Year: 2026}, {Municipality: "5007", Year: 2025}}
	_, err := h.centres.Propose(ctx, h.runner(), h.id, wishing())
	ok(t, err)
	ok(t, h.centres.Join(ctx, h.person("Student"), h.id, "Sykepleie", true))
	_, f, err := h.centres.Figures(ctx, h.runner(), h.id, 2026)
	ok(t, err)
	if f != (centre.Figures{Year: 2026, Began: 2, Completed: 1, Municipalities: 2, Firms: 1, Members: 1, Wishes: 1}) {
		t.Errorf("the figures are %+v", f)
	}
}
