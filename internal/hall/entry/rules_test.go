package entry_test

import (
	"context"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/supply/offer"
)

// TestMorePlacesLetPeopleIn: a provider who takes away the limit, or sets it higher, lets in
// those who wait.
func TestMorePlacesLetPeopleIn(t *testing.T) {
	for places, want := range map[int]offer.Taken{0: {Enrolled: 3}, 2: {Enrolled: 2, Queued: 1}} {
		h := newHouse(t)
		o := h.offering(offer.Offering{StartType: offer.Rolling, MaxPlaces: 1})
		for range 3 {
			h.apply(o)
		}
		changed := h.stored(o)
		changed.MaxPlaces = places
		if err := h.supply.UpdateOffering(context.Background(), system, changed.ID, changed.Version, changed); err != nil {
			t.Fatal(err)
		}
		if got := h.taken(o); got != want {
			t.Errorf("%d places: %+v, want %+v", places, got, want)
		}
	}
}

// TestCalledOff: of an offering that is called off nobody gets a place any more; who has not
// started is told so with the provider's reason and without a time to appeal, who has
// started stays.
func TestCalledOff(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	o := h.offering(offer.Offering{StartType: offer.Rolling, MaxPlaces: 2})
	_, started := h.apply(o)
	if _, err := h.admission.Move(ctx, system, started.ID, admission.Moving{To: admission.Started}); err != nil {
		t.Fatal(err)
	}
	_, admitted := h.apply(o)
	_, waits := h.apply(o)
	stored := h.stored(o)
	if err := h.supply.Cancel(ctx, system, stored.ID, stored.Version, "For få påmeldte"); err != nil {
		t.Fatal(err)
	}
	for _, a := range []admission.Application{admitted, waits} {
		if got := h.at(a); got.State != admission.Refused || got.Reason != "For få påmeldte" || !got.AppealBy.IsZero() {
			t.Errorf("%s is %s, %q, appeal by %s", got.Number, got.State, got.Reason, got.AppealBy)
		}
	}
	if got := h.at(started); got.State != admission.Started {
		t.Errorf("who has started is %s", got.State)
	}
	if _, err := h.admission.Move(ctx, system, waits.ID, admission.Moving{To: admission.Applied, Note: "Klage"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("opened again: %v", err)
	}
	if got := h.taken(o); got != (offer.Taken{Enrolled: 1}) {
		t.Errorf("supply counts %+v", got)
	}
}

// TestNobodyStartsInThePast: when a course is over, the place of one who completed it goes to
// nobody.
func TestNobodyStartsInThePast(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	o := h.offering(offer.Offering{StartType: offer.Fixed, Start: clock.MustDate("2027-03-01"), End: clock.MustDate("2027-05-01"), MaxPlaces: 1,
		Enrolment: []offer.EnrolmentPeriod{{To: clock.MustDate("2027-02-20"), Kind: offer.Direct, Queue: true}}})
	_, a := h.apply(o)
	second, b := h.apply(o)
	h.now = h.now.AddDate(0, 4, 0)
	for _, to := range []flow.State{admission.Started, admission.Completed} {
		if _, err := h.admission.Move(ctx, system, a.ID, admission.Moving{To: to}); err != nil {
			t.Fatal(err)
		}
	}
	if got := h.at(b); got.State != admission.Queued || !got.Starts.IsZero() {
		t.Errorf("who waited is %s, starts %s", got.State, got.Starts)
	}
	if _, err := h.admission.Move(ctx, second, b.ID, admission.Moving{To: admission.Withdrawn}); err != nil {
		t.Errorf("she withdraws: %v", err)
	}
}

// TestTheQueueGoesOnAfterTheLastDay: a place that becomes free after the last day to apply,
// and before the start, goes to who waits.
func TestTheQueueGoesOnAfterTheLastDay(t *testing.T) {
	h := newHouse(t)
	o := h.offering(offer.Offering{StartType: offer.Fixed, Start: clock.MustDate("2027-03-01"), MaxPlaces: 1,
		Enrolment: []offer.EnrolmentPeriod{{To: clock.MustDate("2027-02-20"), Kind: offer.Approval, Queue: true}}})
	first, a := h.apply(o)
	_, b := h.apply(o)
	h.now = time.Date(2027, 2, 24, 12, 0, 0, 0, time.UTC)
	if _, err := h.admission.Move(context.Background(), first, a.ID, admission.Moving{To: admission.Withdrawn}); err != nil {
		t.Fatal(err)
	}
	if got := h.at(b); got.State != admission.Offered || got.Starts != clock.MustDate("2027-03-01") || got.Promised != got.Starts || got.Ball.Due != got.Starts {
		t.Errorf("%s, starts %s, promised %s, due %s", got.State, got.Starts, got.Promised, got.Ball.Due)
	}
}

// TestWhoSeesAnApplication: she, the provider, and the employer that nominated her or that she
// lets know; an employer that a provider or she herself names otherwise does not.
func TestWhoSeesAnApplication(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	o := h.offering(offer.Offering{StartType: offer.Rolling})
	firm := h.firm("Sagbruket")
	employer, provider, other := member(firm, access.RoleOrgMember), member(h.provider, access.RoleProviderUser), member(h.firm("Naboen"), access.RoleOrgMember)
	her := admission.Person{Name: "Ansatt i saga", Contact: "ring kontoret"}
	named := func(actor access.Actor, in admission.Applying) admission.Application {
		t.Helper()
		in.Employer = firm
		a, err := h.admission.Apply(ctx, actor, o, in)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	learner, told := h.learner(), h.learner()
	nominated := named(employer, admission.Applying{Person: &her})
	for _, c := range []struct {
		what  string
		a     admission.Application
		reads []access.Actor
		not   []access.Actor
	}{
		{"nominated", nominated, []access.Actor{employer, provider}, []access.Actor{other, learner}},
		{"written down by the provider", named(provider, admission.Applying{Person: &admission.Person{Name: "En som ringte", Contact: "ring"}}), []access.Actor{provider}, []access.Actor{employer, other}},
		{"her own, the employer not told", named(learner, admission.Applying{}), []access.Actor{learner, provider}, []access.Actor{employer, other}},
		{"her own, the employer told", named(told, admission.Applying{EmployerSees: true, Contact: "min adresse"}), []access.Actor{told, provider, employer}, []access.Actor{other, learner}},
	} {
		for _, actor := range c.reads {
			if _, err := h.admission.Get(ctx, actor, c.a.ID); err != nil {
				t.Errorf("%s: %v does not see it: %v", c.what, actor.Roles, err)
			}
		}
		for _, actor := range c.not {
			if _, err := h.admission.Get(ctx, actor, c.a.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v: %v", c.what, actor.Roles, err)
			}
		}
		if c.a.Applicant == told.Account {
			got, err := h.admission.Get(ctx, employer, c.a.ID)
			if err != nil || got.Person.Contact != "" || len(got.Mine) > 0 || len(got.Steps) > 0 {
				t.Errorf("%s: the employer reads %+v, %v", c.what, got, err)
			}
			if _, err := h.admission.Move(ctx, employer, c.a.ID, admission.Moving{To: admission.Withdrawn}); !fault.Is(err, fault.Denied) {
				t.Errorf("%s: the employer withdraws it: %v", c.what, err)
			}
		}
	}
	if _, err := h.admission.Apply(ctx, employer, o, admission.Applying{Person: &her, Employer: firm}); !fault.Is(err, fault.Conflict) {
		t.Errorf("nominated twice: %v", err)
	}
	for field, in := range map[string]admission.Applying{
		"employer":     {Person: &admission.Person{Name: "A", Contact: "b"}, Employer: firm},
		"need":         {Need: "0190f5fe-7c00-7a00-8000-000000000001"},
		"municipality": {Municipality: "9999"},
	} {
		actor := h.learner()
		if in.Person != nil {
			actor = other
		}
		_, err := h.admission.Apply(ctx, actor, o, in)
		if !isField(err, field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	if got, err := h.admission.Get(ctx, employer, nominated.ID); err != nil || got.Token == "" {
		t.Errorf("the link: %q %v", got.Token, err)
	}
	if got, err := h.admission.Get(ctx, provider, nominated.ID); err != nil || got.Token != "" {
		t.Errorf("the provider has the link of one that the employer nominated: %q %v", got.Token, err)
	}
}

// TestALearnerDeletesHerself: what nobody has decided is withdrawn and empty, the place goes
// on; what is decided stands.
func TestALearnerDeletesHerself(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	direct, decided := h.offering(offer.Offering{StartType: offer.Rolling, MaxPlaces: 5}),
		h.offering(offer.Offering{StartType: offer.Rolling, MaxPlaces: 1, Enrolment: []offer.EnrolmentPeriod{{Kind: offer.Approval, Queue: true}}})
	her, admitted := h.apply(direct)
	undecided, err := h.admission.Apply(ctx, her, decided, admission.Applying{Contact: "min adresse"})
	if err != nil {
		t.Fatal(err)
	}
	_, next := h.apply(decided)
	var left []admission.Application
	if err := h.db.Write(ctx, func(tx *db.Tx) error {
		if err := h.admission.Forget(ctx, tx, her.Account); err != nil {
			return err
		}
		left, err = h.admission.Decided(ctx, tx, her.Account)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if got := h.at(undecided); got.State != admission.Withdrawn || got.Person != (admission.Person{}) {
		t.Errorf("the undecided one: %s %+v", got.State, got.Person)
	}
	if got := h.at(next); got.State != admission.Offered {
		t.Errorf("who waited: %s", got.State)
	}
	if got := h.at(admitted); got.State != admission.Admitted || len(left) != 1 || left[0].ID != admitted.ID {
		t.Errorf("the decided one: %s, left %v", got.State, left)
	}
	if got := h.taken(direct); got != (offer.Taken{Enrolled: 1}) {
		t.Errorf("supply counts %+v", got)
	}
}

// TestHerLink: who was nominated withdraws and empties her application with the link, and can
// do nothing else with it.
func TestHerLink(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	o := h.offering(offer.Offering{StartType: offer.Rolling, MaxPlaces: 1, Enrolment: []offer.EnrolmentPeriod{{Kind: offer.Approval}}})
	firm := h.firm("Sagbruket")
	employer := member(firm, access.RoleOrgMember)
	a, err := h.admission.Apply(ctx, employer, o, admission.Applying{Person: &admission.Person{Name: "Ansatt", Contact: "ring"}, Employer: firm})
	if err != nil {
		t.Fatal(err)
	}
	d, err := h.admission.Get(ctx, employer, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.admission.MoveByToken(ctx, d.Token, admission.Moving{To: admission.Admitted}); !fault.Is(err, fault.Denied) {
		t.Errorf("she admits herself: %v", err)
	}
	if _, err := h.admission.ByToken(ctx, "nei"); !fault.Is(err, fault.NotFound) {
		t.Errorf("another link: %v", err)
	}
	if err := h.admission.EmptyByToken(ctx, d.Token); err != nil {
		t.Fatal(err)
	}
	if got := h.at(a); got.State != admission.Withdrawn || got.Person != (admission.Person{}) {
		t.Errorf("%s %+v", got.State, got.Person)
	}
	if _, err := h.admission.ByToken(ctx, d.Token); !fault.Is(err, fault.NotFound) {
		t.Errorf("the link lives on: %v", err)
	}
}

// TestAppeal: against a refusal by a public provider she can appeal within three weeks, and
// an appeal that is allowed is answered anew.
func TestAppeal(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	o := h.offering(offer.Offering{StartType: offer.Rolling, AnswerDays: 2, Enrolment: []offer.EnrolmentPeriod{{Kind: offer.Approval}}})
	provider := member(h.provider, access.RoleProviderUser)
	_, a := h.apply(o)
	refused, err := h.admission.Move(ctx, provider, a.ID, admission.Moving{To: admission.Refused, Note: "Mangler fagbrev"})
	if err != nil || refused.AppealBy != clock.MustDate("2027-02-24") {
		t.Fatalf("appeal by %s, %v", refused.AppealBy, err)
	}
	h.now = time.Date(2027, 2, 22, 12, 0, 0, 0, time.UTC)
	again, err := h.admission.Move(ctx, provider, a.ID, admission.Moving{To: admission.Applied, Note: "Klagen er tatt til følge"})
	if err != nil || again.AnswerDue != clock.MustDate("2027-02-24") || !again.AnsweredAt.IsZero() || !again.AppealBy.IsZero() || again.Reason != "" {
		t.Errorf("%+v %v", again, err)
	}
}

// TestDaysThatCannotBe: each is told at its field.
func TestDaysThatCannotBe(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	o := h.offering(offer.Offering{StartType: offer.Rolling})
	_, a := h.apply(o)
	for what, c := range map[string]struct {
		m     admission.Moving
		field string
	}{
		"starts tomorrow already": {admission.Moving{To: admission.Started, Day: clock.MustDate("2027-02-04")}, "day"},
		"before she applied":      {admission.Moving{To: admission.Started, Day: clock.MustDate("1900-01-01")}, "day"},
		"ends before the start":   {admission.Moving{To: admission.Started, Day: clock.MustDate("2027-02-03"), ExpectedEnd: clock.MustDate("2027-02-02")}, "expected_end"},
	} {
		_, err := h.admission.Move(ctx, system, a.ID, c.m)
		if !isField(err, c.field) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestCalendars: whatever the calendar, who gets a place starts on no earlier day than she
// wants and in no closed period, and her answer is due on a working day.
func TestCalendars(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	day := func(rt *rapid.T, name string) clock.Date {
		return clock.MustDate("2027-01-01").AddDays(rapid.IntRange(0, 500).Draw(rt, name))
	}
	rapid.Check(t, func(rt *rapid.T) {
		h.now = clock.StartOfDay(day(rt, "today")).Add(12 * time.Hour).Std()
		o := offer.Offering{StartType: offer.Rolling, AnswerDays: rapid.IntRange(0, 20).Draw(rt, "answer days")}
		for range rapid.IntRange(0, 3).Draw(rt, "closed periods") {
			from := day(rt, "closed from")
			o.Closed = append(o.Closed, offer.ClosedPeriod{From: from, To: from.AddDays(rapid.IntRange(0, 60).Draw(rt, "closed days"))})
		}
		id := h.offering(o)
		wanted := clock.Date{}
		if rapid.Bool().Draw(rt, "wants a day") {
			wanted = day(rt, "wanted")
		}
		a, err := h.admission.Apply(ctx, h.learner(), id, admission.Applying{WantedFrom: wanted})
		if err != nil {
			rt.Fatal(err)
		}
		today := clock.Today(h.now)
		switch {
		case a.State != admission.Admitted:
			rt.Fatalf("is %s", a.State)
		case a.Starts.Before(today), a.Starts.Before(wanted):
			rt.Fatalf("starts %s, today %s, wanted %s", a.Starts, today, wanted)
		case !clock.IsWorkday(a.AnswerDue), a.AnswerDue.Before(today):
			rt.Fatalf("answered by %s, today %s", a.AnswerDue, today)
		}
		for _, c := range o.Closed {
			if !a.Starts.Before(c.From) && !a.Starts.After(c.To) {
				rt.Fatalf("starts %s in a closed period %s-%s", a.Starts, c.From, c.To)
			}
		}
	})
}

// isField reports whether the error is of that field alone.
func isField(err error, field string) bool {
	f, ok := fault.As(err)
	return ok && len(f.Fields) == 1 && f.Fields[0].Name == field
}

// TestTimeToTakeAPlace: who is offered a place in something that starts any day has her days to
// take it before the start, and cannot choose another start by herself.
func TestTimeToTakeAPlace(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	o := h.offering(offer.Offering{StartType: offer.Rolling, MaxPlaces: 1, Enrolment: []offer.EnrolmentPeriod{{Kind: offer.Approval, Queue: true}}})
	first, a := h.apply(o)
	second, b := h.apply(o)
	if _, err := h.admission.Move(ctx, first, a.ID, admission.Moving{To: admission.Withdrawn}); err != nil {
		t.Fatal(err)
	}
	got := h.at(b)
	if got.State != admission.Offered || got.Ball.Due != clock.MustDate("2027-02-10") || got.Starts.Before(got.Ball.Due) {
		t.Fatalf("%s, due %s, starts %s", got.State, got.Ball.Due, got.Starts)
	}
	h.now = h.now.AddDate(0, 0, 1)
	if err := h.admission.Sweep(ctx); err != nil || h.at(b).State != admission.Offered {
		t.Errorf("the day after: %s %v", h.at(b).State, err)
	}
	taken, err := h.admission.Move(ctx, second, b.ID, admission.Moving{To: admission.Admitted, Day: clock.MustDate("2029-12-24")})
	if err != nil || taken.Starts != got.Starts {
		t.Errorf("she takes it: starts %s, was offered %s, %v", taken.Starts, got.Starts, err)
	}
}

// TestNobodyIsQueuedForNothing: she is put into the queue only when somebody else waits, who
// then gets the place.
func TestNobodyIsQueuedForNothing(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	provider := member(h.provider, access.RoleProviderUser)
	o := h.offering(offer.Offering{StartType: offer.Rolling, MaxPlaces: 1, Enrolment: []offer.EnrolmentPeriod{{Kind: offer.Approval, Queue: true}}})
	_, a := h.apply(o)
	if _, err := h.admission.Move(ctx, provider, a.ID, admission.Moving{To: admission.Queued}); !fault.Is(err, fault.Conflict) {
		t.Errorf("nobody waits: %v", err)
	}
	_, b := h.apply(o)
	moved, err := h.admission.Move(ctx, provider, a.ID, admission.Moving{To: admission.Queued})
	if err != nil || moved.State != admission.Queued || !moved.AnswerDue.IsZero() || h.at(b).State != admission.Offered {
		t.Errorf("%+v %v, the other is %s", moved, err, h.at(b).State)
	}
}

// TestAnAppealInAFullCourse: one that is allowed when others have the places stands first in
// the queue.
func TestAnAppealInAFullCourse(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	provider := member(h.provider, access.RoleProviderUser)
	o := h.offering(offer.Offering{StartType: offer.Rolling, MaxPlaces: 1, Enrolment: []offer.EnrolmentPeriod{{Kind: offer.Approval, Queue: true}}})
	her, a := h.apply(o)
	second, b := h.apply(o)
	h.apply(o)
	if _, err := h.admission.Move(ctx, provider, a.ID, admission.Moving{To: admission.Refused, Note: "Mangler fagbrev"}); err != nil {
		t.Fatal(err)
	}
	again, err := h.admission.Move(ctx, provider, a.ID, admission.Moving{To: admission.Applied, Note: "Klagen er tatt til følge"})
	if err != nil || again.State != admission.Queued || again.Reason != "" || !again.AppealBy.IsZero() {
		t.Fatalf("%+v %v", again, err)
	}
	if d, err := h.admission.Get(ctx, her, a.ID); err != nil || d.Ahead != 0 {
		t.Errorf("%d are before her, %v", d.Ahead, err)
	}
	if _, err := h.admission.Move(ctx, second, b.ID, admission.Moving{To: admission.Withdrawn}); err != nil {
		t.Fatal(err)
	}
	if got := h.at(a); got.State != admission.Offered {
		t.Errorf("the next place: she is %s", got.State)
	}
}

// TestHerNameIsTakenOut: what she withdrew before she deleted her account is emptied with it,
// the provider takes out somebody without an account, and a request of somebody else's leaves
// her name as it is.
func TestHerNameIsTakenOut(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	provider := member(h.provider, access.RoleProviderUser)
	o := h.offering(offer.Offering{StartType: offer.Rolling})
	her, a := h.apply(o)
	if _, err := h.admission.Move(ctx, her, a.ID, admission.Moving{To: admission.Withdrawn}); err != nil {
		t.Fatal(err)
	}
	if err := h.db.Write(ctx, func(tx *db.Tx) error { return admission.TakenOut(ctx, tx, string(a.ID), provider.Account) }); err != nil {
		t.Fatal(err)
	}
	if got := h.at(a); got.Person.Name == "" {
		t.Error("another's request takes her name out")
	}
	if err := h.db.Write(ctx, func(tx *db.Tx) error { return h.admission.Forget(ctx, tx, her.Account) }); err != nil {
		t.Fatal(err)
	}
	if got := h.at(a); got.Person != (admission.Person{}) {
		t.Errorf("what she withdrew before: %+v", got.Person)
	}
	called, err := h.admission.Apply(ctx, provider, o, admission.Applying{Person: &admission.Person{Name: "En som ringte", Contact: "ring"}})
	if err != nil {
		t.Fatal(err)
	}
	other, b := h.apply(o)
	if err := h.admission.TakeOut(ctx, provider, b.ID); !fault.Is(err, fault.Denied) {
		t.Errorf("the provider takes out one with an account: %v", err)
	}
	if err := h.admission.TakeOut(ctx, other, called.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("somebody else takes her out: %v", err)
	}
	if err := h.admission.TakeOut(ctx, provider, called.ID); err != nil || h.at(called).Person != (admission.Person{}) {
		t.Errorf("the provider takes her out: %v %+v", err, h.at(called).Person)
	}
}
