package booking_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/centre"
	"kompetansetorg/internal/room/centre/booking"
)

// house is a study centre with one room, and a school and a learner who ask for it.
type house struct {
	t        *testing.T
	db       *db.DB
	now      time.Time
	bookings *booking.Service
	centres  *centre.Service
	accounts *account.Service
	org      access.OrgID
	school   access.OrgID
	room     centre.RoomID
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, db: dbtest.New(t), now: time.Date(2026, 3, 23, 9, 0, 0, 0, time.UTC)}
	tick := clock.Clock(func() time.Time { return h.now })
	orgs := org.New(h.db, tick, func(string) bool { return true })
	add := func(kind org.Kind, name string) access.OrgID {
		o, err := orgs.Register(t.Context(), access.SystemActor("test"), org.Registration{Kind: kind, Name: name, Municipality: "5007"})
		ok(t, err)
		return o.ID
	}
	h.org, h.school = add(org.StudyCentre, "Fjord studiesenter"), add(org.UpperSec, "Fjord videregående skole")
	h.accounts = account.New(h.db, tick, func(access.Scope, clock.Date) ([]string, bool) { return nil, true })
	h.centres = centre.New(centre.Deps{DB: h.db, Clock: tick, Knows: centre.Knows{Municipality: func(string) bool { return true }}})
	h.bookings = booking.New(booking.Deps{DB: h.db, Clock: tick, Centres: h.centres})
	c, err := h.centres.Open(t.Context(), h.runner(), h.org, centre.Content{About: "Et sted å lære.", Contact: "Studieleder"})
	ok(t, err)
	h.room, err = h.centres.AddRoom(t.Context(), h.runner(), c, centre.Room{Name: "Storsalen", Municipality: "5007", Address: "Havnegata 1", Seats: 20})
	ok(t, err)
	return h
}

func as(role access.Role, o access.OrgID) access.Actor {
	return access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: role, Org: o}}}
}

func (h *house) runner() access.Actor  { return as(access.RoleOrgMember, h.org) }
func (h *house) teacher() access.Actor { return as(access.RoleProviderUser, h.school) }

func (h *house) learner(name string) access.Actor {
	h.t.Helper()
	a, err := h.accounts.CreateDemo(h.t.Context(), access.SystemActor("test"), account.NewAccount{Username: "demo-" + name, Name: name, DemoRole: name,
		Roles: []access.Assignment{{Role: access.RolePerson, From: clock.MustDate("2026-01-01")}}})
	ok(h.t, err)
	return access.Actor{Account: a, Roles: []access.Assignment{{Role: access.RolePerson}}}
}

func (h *house) asking(day, from, to string) booking.Asking {
	return booking.Asking{Room: h.room, Day: clock.MustDate(day), From: from, To: to, Sort: booking.Teaching, Purpose: "Matematikk for fagskolen", People: 12, Org: h.school}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func want(t *testing.T, what string, err error, k fault.Kind) {
	t.Helper()
	if !fault.Is(err, k) {
		t.Errorf("%s: %v, want a fault of kind %v", what, err, k)
	}
}

func (h *house) ask(actor access.Actor, in booking.Asking) booking.ID {
	h.t.Helper()
	ids, err := h.bookings.Ask(h.t.Context(), actor, in)
	ok(h.t, err)
	return ids[0]
}

func (h *house) get(actor access.Actor, b booking.ID) booking.Detail {
	h.t.Helper()
	d, err := h.bookings.Get(h.t.Context(), actor, b)
	ok(h.t, err)
	return d
}

func TestFlowHolds(t *testing.T) {
	if err := booking.Flow().Check(); err != nil {
		t.Error(err)
	}
}

// TestAskAndAnswer: the centre has the ball in three working days, and only it answers.
func TestAskAndAnswer(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	teacher := h.teacher()
	b := h.ask(teacher, h.asking("2026-03-25", "09:00", "15:00"))
	d := h.get(teacher, b)
	if d.State != booking.Asked || d.Ball.Org != h.org || d.Ball.Due != clock.MustDate("2026-03-26") || d.Clock() != "09:00–15:00" {
		t.Errorf("asked: %s %s, the ball at %+v", d.State, d.Clock(), d.Ball)
	}
	for who, actor := range map[string]access.Actor{"a visitor": {}, "a learner": h.learner("Søker"), "another school": as(access.RoleProviderUser, access.NewOrgID())} {
		_, err := h.bookings.Get(ctx, actor, b)
		want(t, who+" reads", err, fault.NotFound)
		want(t, who+" confirms", h.bookings.Move(ctx, actor, b, 1, booking.Confirmed, ""), fault.NotFound)
	}
	want(t, "the school confirms", h.bookings.Move(ctx, teacher, b, 1, booking.Confirmed, ""), fault.Denied)
	want(t, "a refusal without a reason", h.bookings.Move(ctx, h.runner(), b, 1, booking.Declined, ""), fault.Invalid)
	ok(t, h.bookings.Move(ctx, h.runner(), b, 1, booking.Confirmed, ""))
	want(t, "an old version", h.bookings.Move(ctx, h.runner(), b, 1, booking.Cancelled, "Feil"), fault.Stale)

	open, err := h.bookings.Calendar(ctx, access.Actor{}, h.room, clock.MustDate("2026-03-23"), 7)
	ok(t, err)
	if len(open.Bookings) != 1 || open.Bookings[0].Purpose != "" || open.Bookings[0].OrgName != "" || open.Bookings[0].Sort != booking.Teaching {
		t.Errorf("all see %+v", open.Bookings)
	}
	ours, err := h.bookings.Calendar(ctx, teacher, h.room, clock.MustDate("2026-03-23"), 7)
	ok(t, err)
	if len(ours.Bookings) != 1 || ours.Bookings[0].Purpose == "" || ours.Bookings[0].OrgName != "Fjord videregående skole" {
		t.Errorf("the school sees %+v", ours.Bookings)
	}
	h.now = h.now.AddDate(0, 0, 7)
	want(t, "cancelling what is over", h.bookings.Move(ctx, teacher, b, 2, booking.Cancelled, "For sent"), fault.Conflict)
}

// TestTaken: a room is confirmed to one at a time, edge to edge is free, and what is asked for
// holds nothing.
func TestTaken(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	first, second := h.ask(h.teacher(), h.asking("2026-03-25", "09:00", "12:00")), h.ask(h.teacher(), h.asking("2026-03-25", "11:00", "14:00"))
	ok(t, h.bookings.Move(ctx, h.runner(), first, 1, booking.Confirmed, ""))
	want(t, "the second", h.bookings.Move(ctx, h.runner(), second, 1, booking.Confirmed, ""), fault.Conflict)
	if d := h.get(h.runner(), second); d.State != booking.Asked || len(d.Against) != 1 || d.Against[0].ID != first {
		t.Errorf("the second stands as %s against %+v", d.State, d.Against)
	}
	for _, c := range []struct {
		from, to string
		free     bool
	}{{"08:00", "09:00", true}, {"12:00", "12:30", true}, {"08:00", "09:01", false}, {"11:59", "13:00", false}, {"10:00", "10:30", false}, {"08:00", "16:00", false}, {"09:00", "12:00", false}} {
		_, err := h.bookings.Ask(ctx, h.teacher(), h.asking("2026-03-25", c.from, c.to))
		if (err == nil) != c.free {
			t.Errorf("%s–%s: %v", c.from, c.to, err)
		}
	}
	ok(t, h.bookings.Move(ctx, h.teacher(), first, 2, booking.Cancelled, "Læreren er syk"))
	ok(t, h.bookings.Move(ctx, h.runner(), second, 1, booking.Confirmed, ""))
}

// TestWeeks: the same time of day for some weeks, also over the night when the clock is put
// forward; all of it or nothing.
func TestWeeks(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	in := h.asking("2026-03-24", "09:00", "15:00") // summer time begins on 29 March
	in.Weeks = 3
	ids, err := h.bookings.Ask(ctx, h.runner(), booking.Asking{Room: in.Room, Day: in.Day, From: in.From, To: in.To, Weeks: 3, Sort: booking.Exam, Purpose: "Eksamen", People: 5, Org: h.org})
	ok(t, err)
	var stood []string
	for _, b := range ids {
		d := h.get(h.runner(), b)
		stood = append(stood, d.Day().String()+" "+d.Clock()+" "+d.From.Std().Format("15"))
		if d.State != booking.Confirmed {
			t.Errorf("the centre's own stands as %s", d.State)
		}
	}
	if len(stood) != 3 || stood[0] != "2026-03-24 09:00–15:00 08" || stood[1] != "2026-03-31 09:00–15:00 07" {
		t.Errorf("the times are %v", stood)
	}
	other := h.asking("2026-03-17", "14:00", "16:00")
	other.Day, other.Weeks = clock.MustDate("2026-03-24").AddDays(7), 2
	if _, err = h.bookings.Ask(ctx, h.teacher(), other); !fault.Is(err, fault.Conflict) {
		t.Errorf("over what is taken: %v", err)
	}
	if own, err := h.bookings.Own(ctx, as(access.RoleProviderUser, h.school)); err != nil || len(own) != 0 {
		t.Errorf("what failed left %+v (%v)", own, err)
	}
}

// TestOddTimes: what cannot stand is refused at its field.
func TestOddTimes(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	for name, c := range map[string]struct {
		change func(*booking.Asking)
		field  string
	}{
		"no day":             {func(a *booking.Asking) { a.Day = clock.Date{} }, "day"},
		"a day past":         {func(a *booking.Asking) { a.Day = clock.MustDate("2026-03-22") }, "day"},
		"far ahead":          {func(a *booking.Asking) { a.Day = clock.MustDate("2028-03-22") }, "day"},
		"an hour past":       {func(a *booking.Asking) { a.Day, a.From = clock.MustDate("2026-03-23"), "08:00" }, "from"},
		"no time":            {func(a *booking.Asking) { a.From = "ni" }, "from"},
		"25 o'clock":         {func(a *booking.Asking) { a.To = "25:00" }, "to"},
		"ends before":        {func(a *booking.Asking) { a.To = "08:00" }, "to"},
		"too many weeks":     {func(a *booking.Asking) { a.Weeks = 41 }, "weeks"},
		"more than seats":    {func(a *booking.Asking) { a.People = 21 }, "people"},
		"nobody":             {func(a *booking.Asking) { a.People = 0 }, "people"},
		"no sort":            {func(a *booking.Asking) { a.Sort = "" }, "sort"},
		"no purpose":         {func(a *booking.Asking) { a.Purpose = " " }, "purpose"},
		"for somebody else":  {func(a *booking.Asking) { a.Org = h.org }, "org"},
		"in the lost hour":   {func(a *booking.Asking) { a.Day, a.From, a.To = clock.MustDate("2026-03-29"), "02:00", "03:00" }, ""},
		"in the double hour": {func(a *booking.Asking) { a.Day, a.From, a.To = clock.MustDate("2026-10-25"), "02:00", "03:00" }, ""},
	} {
		in := h.asking("2026-03-25", "09:00", "12:00")
		c.change(&in)
		_, err := h.bookings.Ask(ctx, h.teacher(), in)
		f, is := fault.As(err)
		switch {
		case c.field == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.field != "" && (!is || len(f.Fields) != 1 || f.Fields[0].Name != c.field):
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestTwoAtOnce: of sixteen who are confirmed at once for the same hour, one gets it, and the
// others are told that it is taken and stand as they were.
func TestTwoAtOnce(t *testing.T) {
	h := newHouse(t)
	const n = 16
	var ids [n]booking.ID
	for i := range ids {
		ids[i] = h.ask(h.teacher(), h.asking("2026-03-26", "09:00", "10:00"))
	}
	runner := h.runner()
	var wg sync.WaitGroup
	var errs [n]error
	for i := range ids {
		wg.Go(func() { errs[i] = h.bookings.Move(context.Background(), runner, ids[i], 1, booking.Confirmed, "") })
	}
	wg.Wait()
	confirmed := 0
	for i, err := range errs {
		switch {
		case err == nil:
			confirmed++
		case !fault.Is(err, fault.Conflict):
			t.Errorf("one of them was told: %v", err)
		case h.get(runner, ids[i]).State != booking.Asked:
			t.Errorf("one that was refused stands as %s", h.get(runner, ids[i]).State)
		}
	}
	if confirmed != 1 {
		t.Errorf("%d were confirmed", confirmed)
	}
}

// TestForget: who deletes her account takes back what nobody has answered; what is confirmed
// stands without her.
func TestForget(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	she := h.learner("Student")
	mine := func(from, to string) booking.Asking {
		in := h.asking("2026-03-25", from, to)
		in.Org, in.Purpose = "", "Eksamen for meg"
		return in
	}
	asked, sure := h.ask(she, mine("09:00", "10:00")), h.ask(she, mine("12:00", "13:00"))
	ok(t, h.bookings.Move(ctx, h.runner(), sure, 1, booking.Confirmed, ""))
	if own, err := h.bookings.Own(ctx, she); err != nil || len(own) != 2 {
		t.Errorf("she has %d (%v)", len(own), err)
	}
	ok(t, h.db.Write(ctx, func(tx *db.Tx) error { return h.bookings.Forget(ctx, tx, she.Account) }))
	if d := h.get(h.runner(), asked); d.State != booking.Cancelled || d.Account != "" || d.Purpose != "" {
		t.Errorf("what was asked for stands as %+v", d.Booking)
	}
	if d := h.get(h.runner(), sure); d.State != booking.Confirmed || d.Account != "" || d.Purpose != "" {
		t.Errorf("what was confirmed stands as %+v", d.Booking)
	}
}

// TestClosedRoom: a room that is closed cannot be asked for; what is confirmed there stands.
func TestClosedRoom(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.ask(h.runner(), booking.Asking{Room: h.room, Day: clock.MustDate("2026-03-25"), From: "09:00", To: "10:00", Sort: booking.Other, Purpose: "Møte", People: 3, Org: h.org})
	ok(t, h.centres.EditRoom(ctx, h.runner(), h.room, 1, centre.Room{Name: "Storsalen", Municipality: "5007", Address: "Havnegata 1", Seats: 20, Closed: true}))
	_, err := h.bookings.Ask(ctx, h.teacher(), h.asking("2026-03-26", "09:00", "12:00"))
	want(t, "a closed room", err, fault.Conflict)
	if d := h.get(h.runner(), b); d.State != booking.Confirmed {
		t.Errorf("what was confirmed stands as %s", d.State)
	}
}
