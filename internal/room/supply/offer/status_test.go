package offer_test

import (
	"testing"
	"time"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/supply/offer"
)

func day(s string) clock.Date {
	if s == "" {
		return clock.Date{}
	}
	return clock.MustDate(s)
}

// active is an offered programme; make changes the offering before it is judged.
var active = offer.Programme{State: offer.ProgrammeActive}

func rolling(change func(*offer.Offering)) offer.Offering {
	o := offer.Offering{State: offer.Active, StartType: offer.Rolling, Delivery: offer.Net}
	if change != nil {
		change(&o)
	}
	return o
}

func fixed(start string, change func(*offer.Offering)) offer.Offering {
	o := offer.Offering{State: offer.Active, StartType: offer.Fixed, Delivery: offer.Campus, Start: day(start)}
	if change != nil {
		change(&o)
	}
	return o
}

func period(from, to string) offer.EnrolmentPeriod {
	return offer.EnrolmentPeriod{From: day(from), To: day(to)}
}

func TestStatus(t *testing.T) {
	summer := []offer.ClosedPeriod{{From: day("2027-07-01"), To: day("2027-07-31")}}
	full := func(o *offer.Offering) { o.MaxPlaces, o.Enrolled, o.Pending = 20, 15, 5 }
	tests := []struct {
		name           string
		p              offer.Programme
		o              offer.Offering
		on             string
		want           offer.PublicState
		changes        string
		next           offer.PublicState
		deadline, open string
	}{
		{"concept", active, rolling(func(o *offer.Offering) { o.State = offer.Concept }), "2027-01-01", offer.Draft, "", "", "", ""},
		{"concept programme", offer.Programme{State: offer.ProgrammeConcept}, rolling(nil), "2027-01-01", offer.Draft, "", "", "", ""},
		{"cancelled", active, rolling(func(o *offer.Offering) { o.State = offer.Cancelled }), "2027-01-01", offer.CalledOff, "", "", "", ""},
		{"resting", active, rolling(func(o *offer.Offering) { o.State = offer.Inactive }), "2027-01-01", offer.Resting, "", "", "", ""},
		{"resting programme", offer.Programme{State: offer.ProgrammeInactive}, rolling(nil), "2027-01-01", offer.Resting, "", "", "", ""},

		{"rolling without dates is open for ever", active, rolling(nil), "2027-01-01", offer.Open, "", "", "", ""},
		{"rolling to an end, last day", active, rolling(func(o *offer.Offering) { o.End = day("2028-02-29") }), "2028-02-29", offer.Open, "2028-03-01", offer.Ended, "", ""},
		{"rolling to an end, day after", active, rolling(func(o *offer.Offering) { o.End = day("2028-02-29") }), "2028-03-01", offer.Ended, "", "", "", ""},
		{"rolling, last day of flexible entry", active, rolling(func(o *offer.Offering) { o.FlexibleTo = day("2027-05-31") }), "2027-05-31", offer.Open, "2027-06-01", offer.Closed, "2027-05-31", ""},
		{"closed period, day before", active, rolling(func(o *offer.Offering) { o.Closed = summer }), "2027-06-30", offer.Open, "2027-07-01", offer.Paused, "", ""},
		{"closed period, first day", active, rolling(func(o *offer.Offering) { o.Closed = summer }), "2027-07-01", offer.Paused, "2027-08-01", offer.Open, "", ""},
		{"closed period, last day", active, rolling(func(o *offer.Offering) { o.Closed = summer }), "2027-07-31", offer.Paused, "2027-08-01", offer.Open, "", ""},
		{"rolling and full: one can wait", active, rolling(full), "2027-01-01", offer.WaitList, "", "", "", ""},

		{"fixed without a day", active, fixed("", nil), "2027-01-01", offer.NoDates, "", "", "", ""},
		{"fixed, day before the start", active, fixed("2027-08-23", nil), "2027-08-22", offer.Open, "2027-08-23", offer.Running, "2027-08-22", ""},
		{"fixed, the start", active, fixed("2027-08-23", nil), "2027-08-23", offer.Running, "", "", "", ""},
		{"fixed, last day of the deadline", active, fixed("2027-08-23", func(o *offer.Offering) { o.Deadline = day("2027-04-15") }), "2027-04-15", offer.Open, "2027-04-16", offer.Closed, "2027-04-15", ""},
		{"fixed, after the deadline", active, fixed("2027-08-23", func(o *offer.Offering) { o.Deadline = day("2027-04-15") }), "2027-04-16", offer.Closed, "2027-08-23", offer.Running, "", ""},
		{"running to its end", active, fixed("2027-08-23", func(o *offer.Offering) { o.End = day("2028-06-16") }), "2028-06-16", offer.Running, "2028-06-17", offer.Ended, "", ""},
		{"fixed and full: no queue", active, fixed("2027-08-23", full), "2027-01-01", offer.Full, "2027-08-23", offer.Running, "", ""},
		{"late entry after the start", active, fixed("2027-08-23", func(o *offer.Offering) { o.FlexibleTo = day("2027-09-30") }), "2027-09-01", offer.Open, "2027-10-01", offer.Running, "2027-09-30", ""},

		{"before the period", active, fixed("2027-08-23", func(o *offer.Offering) {
			o.Enrolment = []offer.EnrolmentPeriod{period("2027-02-01", "2027-03-01")}
		}), "2027-01-31", offer.OpensOn, "2027-02-01", offer.Open, "", "2027-02-01"},
		{"between two periods", active, fixed("2027-08-23", func(o *offer.Offering) {
			o.Enrolment = []offer.EnrolmentPeriod{period("2027-02-01", "2027-03-01"), period("2027-06-01", "2027-06-10")}
		}), "2027-03-02", offer.OpensOn, "2027-06-01", offer.Open, "", "2027-06-01"},
		{"two groups at once: the better counts, the last deadline too", active, fixed("2027-08-23", func(o *offer.Offering) {
			full(o)
			queue := period("2027-02-01", "2027-03-10")
			queue.Queue = true
			o.Enrolment = []offer.EnrolmentPeriod{period("2027-02-01", "2027-03-01"), queue}
		}), "2027-02-15", offer.WaitList, "2027-03-11", offer.Closed, "2027-03-10", ""},
		{"the queue is full too", active, fixed("2027-08-23", func(o *offer.Offering) {
			full(o)
			o.Queued = 3
			queue := period("2027-02-01", "2027-03-10")
			queue.Queue, queue.MaxQueued = true, 3
			o.Enrolment = []offer.EnrolmentPeriod{queue}
		}), "2027-02-15", offer.Full, "2027-03-11", offer.Closed, "", ""},
		{"leap day is a last day", active, rolling(func(o *offer.Offering) {
			o.Enrolment = []offer.EnrolmentPeriod{period("2028-02-01", "2028-02-29")}
		}), "2028-02-29", offer.Open, "2028-03-01", offer.Closed, "2028-02-29", ""},

		{"programme not yet valid", offer.Programme{State: offer.ProgrammeActive, ValidFrom: day("2027-08-01")}, rolling(nil), "2027-07-31", offer.OpensOn, "2027-08-01", offer.Open, "", "2027-08-01"},
		{"programme valid to and with today", offer.Programme{State: offer.ProgrammeActive, ValidTo: day("2027-07-31")}, rolling(nil), "2027-07-31", offer.Open, "2027-08-01", offer.Ended, "", ""},
		{"programme no longer valid", offer.Programme{State: offer.ProgrammeActive, ValidTo: day("2027-07-31")}, rolling(nil), "2027-08-01", offer.Ended, "", "", "", ""},
		{"the calendar's last day", active, rolling(func(o *offer.Offering) { o.End = day("2200-12-31") }), "2200-12-31", offer.Open, "", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := offer.StatusOn(tt.p, tt.o, day(tt.on))
			want := offer.Status{State: tt.want, Changes: day(tt.changes), Next: tt.next, Deadline: day(tt.deadline), Opens: day(tt.open)}
			if got != want {
				t.Errorf("got %+v\nwant %+v", got, want)
			}
		})
	}
}

// A deadline is the whole day in Oslo, also on the nights the clocks change.
func TestStatusAroundMidnight(t *testing.T) {
	o := fixed("2027-08-23", func(o *offer.Offering) { o.Deadline = day("2027-03-28") })
	winter := rolling(func(o *offer.Offering) { o.End = day("2027-10-31") })
	tests := []struct {
		moment string
		o      offer.Offering
		want   offer.PublicState
	}{
		{"2027-03-27T23:00:00Z", o, offer.Open},   // the 28th begins, an hour before UTC's
		{"2027-03-28T21:59:59Z", o, offer.Open},   // 23:59:59 summer time
		{"2027-03-28T22:00:00Z", o, offer.Closed}, // midnight summer time
		{"2027-10-31T22:59:59Z", winter, offer.Open},
		{"2027-10-31T23:00:00Z", winter, offer.Ended},
	}
	for _, tt := range tests {
		now, err := time.Parse(time.RFC3339, tt.moment)
		if err != nil {
			t.Fatal(err)
		}
		if got := offer.StatusOn(active, tt.o, clock.Today(now)).State; got != tt.want {
			t.Errorf("%s: %s, want %s", tt.moment, got, tt.want)
		}
	}
}

// Walking from one day of change to the next meets every state the days have.
func TestStatusChangesMissNothing(t *testing.T) {
	o := fixed("2028-02-29", func(o *offer.Offering) {
		o.End, o.FlexibleTo = day("2028-06-01"), day("2028-03-10")
		o.Enrolment = []offer.EnrolmentPeriod{period("2027-12-01", "2028-01-15"), period("2028-02-10", "2028-03-05")}
		o.Closed = []offer.ClosedPeriod{{From: day("2027-12-22"), To: day("2028-01-02")}}
	})
	status := offer.StatusOn(active, o, day("2027-11-01"))
	for d := day("2027-11-01"); d.Before(day("2028-07-01")); d = d.AddDays(1) {
		if d == status.Changes {
			next := offer.StatusOn(active, o, d)
			if next.State != status.Next {
				t.Fatalf("%s: %s, %s was foretold", d, next.State, status.Next)
			}
			status = next
		}
		if got := offer.StatusOn(active, o, d).State; got != status.State {
			t.Fatalf("%s: %s, but no change from %s was foretold", d, got, status.State)
		}
	}
	if status.State != offer.Ended {
		t.Errorf("ends as %s", status.State)
	}
}

func TestEarliestStart(t *testing.T) {
	tests := []struct {
		name  string
		o     offer.Offering
		today string
		want  string
		why   []string
	}{
		{"rolling, a workday", rolling(nil), "2027-02-03", "2027-02-03", nil},
		{"rolling on a Saturday", rolling(nil), "2027-02-06", "2027-02-08", nil},
		{"rolling on Maundy Thursday waits for Easter", rolling(nil), "2027-03-25", "2027-03-30", nil},
		{"wait of three weeks", rolling(func(o *offer.Offering) { o.Wait = offer.Wait{Value: 3, Unit: offer.Weeks} }), "2027-02-03", "2027-02-24", []string{"supply.earliest.wait.uke"}},
		{"wait of a month from the 31st", rolling(func(o *offer.Offering) { o.Wait = offer.Wait{Value: 1, Unit: offer.Months} }), "2028-01-31", "2028-02-29", []string{"supply.earliest.wait.maned"}},
		{"the wait ends in a closed period", rolling(func(o *offer.Offering) {
			o.Wait = offer.Wait{Value: 10, Unit: offer.Days}
			o.Closed = []offer.ClosedPeriod{{From: day("2027-07-01"), To: day("2027-07-31")}}
		}), "2027-06-25", "2027-08-02", []string{"supply.earliest.wait.dag", "supply.earliest.closed"}},
		{"closed periods that touch", rolling(func(o *offer.Offering) {
			o.Closed = []offer.ClosedPeriod{{From: day("2027-08-01"), To: day("2027-08-08")}, {From: day("2027-07-01"), To: day("2027-07-31")}}
		}), "2027-07-15", "2027-08-09", []string{"supply.earliest.closed", "supply.earliest.closed"}},
		{"first day of flexible entry", rolling(func(o *offer.Offering) { o.FlexibleFrom = day("2027-03-01") }), "2027-02-03", "2027-03-01", []string{"supply.earliest.first_day"}},
		{"flexible entry is over before one gets in", rolling(func(o *offer.Offering) {
			o.FlexibleTo, o.Wait = day("2027-02-10"), offer.Wait{Value: 2, Unit: offer.Weeks}
		}), "2027-02-03", "", nil},
		{"full, no wait stated", rolling(func(o *offer.Offering) { o.MaxPlaces, o.Enrolled = 10, 10 }), "2027-02-03", "", nil},
		{"full, wait stated", rolling(func(o *offer.Offering) {
			o.MaxPlaces, o.Enrolled, o.Wait = 10, 10, offer.Wait{Value: 2, Unit: offer.Weeks}
		}), "2027-02-03", "2027-02-17", []string{"supply.earliest.wait.uke"}},
		{"opens later", rolling(func(o *offer.Offering) { o.Enrolment = []offer.EnrolmentPeriod{period("2027-03-01", "")} }), "2027-02-03", "2027-03-01", []string{"supply.earliest.opens"}},
		{"fixed start", fixed("2027-08-23", nil), "2027-02-03", "2027-08-23", nil},
		{"fixed start on a Sunday stays", fixed("2027-08-22", nil), "2027-02-03", "2027-08-22", nil},
		{"fixed start, waiting list", fixed("2027-08-23", func(o *offer.Offering) {
			queue := period("", "2027-08-01")
			queue.Queue = true
			o.MaxPlaces, o.Enrolled, o.Enrolment = 5, 5, []offer.EnrolmentPeriod{queue}
		}), "2027-02-03", "", nil},
		{"after the deadline", fixed("2027-08-23", func(o *offer.Offering) { o.Deadline = day("2027-02-02") }), "2027-02-03", "", nil},
		{"late entry", fixed("2027-01-11", func(o *offer.Offering) { o.FlexibleTo = day("2027-02-28") }), "2027-02-03", "2027-02-03", nil},
		{"single place in what runs anyway", offer.Offering{State: offer.Active, StartType: offer.SinglePlace, Start: day("2027-08-16"), Delivery: offer.Campus}, "2027-02-03", "2027-08-16", nil},
		{"no day set", fixed("", nil), "2027-02-03", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := offer.EarliestStart(active, tt.o, day(tt.today))
			if ok != (tt.want != "") || got.Day != day(tt.want) {
				t.Fatalf("got %v %v, want %q", got.Day, ok, tt.want)
			}
			var why []string
			for _, r := range got.Why {
				why = append(why, string(r.Key))
			}
			if len(why) != len(tt.why) {
				t.Fatalf("why %v, want %v", why, tt.why)
			}
			for i := range why {
				if why[i] != tt.why[i] {
					t.Errorf("why %v, want %v", why, tt.why)
				}
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	o := offer.Offering{MinPlaces: 8, MaxPlaces: 12, Enrolled: 5, Pending: 3}
	if left, ok := o.PlacesLeft(); left != 4 || !ok {
		t.Errorf("left %d %v", left, ok)
	}
	if n := o.NeedToStart(); n != 3 {
		t.Errorf("need to start %d", n)
	}
	o.Enrolled = 14
	if left, _ := o.PlacesLeft(); left != 0 {
		t.Errorf("overbooked leaves %d", left)
	}
	if n := o.NeedToStart(); n != 0 {
		t.Errorf("overbooked needs %d", n)
	}
	if _, ok := (offer.Offering{}).PlacesLeft(); ok {
		t.Error("no number of places stated, yet some are left")
	}
}

func TestIsStale(t *testing.T) {
	o := offer.Offering{LastConfirmed: day("2027-01-01")}
	if o.IsStale(day("2027-06-30"), 180) {
		t.Error("stale on day 180")
	}
	if !o.IsStale(day("2027-07-01"), 180) {
		t.Error("not stale on day 181")
	}
}

// Nobody but the provider reads a number of people under three, or can work it
// out from the others.
func TestCounts(t *testing.T) {
	n := func(v int) *int { return &v }
	tests := []struct {
		name string
		o    offer.Offering
		want offer.Counts
	}{
		{"nobody yet", offer.Offering{MinPlaces: 8, MaxPlaces: 20}, offer.Counts{Enrolled: n(0), Pending: n(0), Queued: n(0), Left: n(20), Need: n(8)}},
		{"one enrolled", offer.Offering{MinPlaces: 8, MaxPlaces: 20, Enrolled: 1}, offer.Counts{Queued: n(0), Hidden: true}},
		{"two of them pending", offer.Offering{MinPlaces: 8, MaxPlaces: 20, Enrolled: 5, Pending: 2}, offer.Counts{Queued: n(0), Left: n(13), Hidden: true}},
		{"three and four", offer.Offering{MinPlaces: 8, MaxPlaces: 20, Enrolled: 3, Pending: 4}, offer.Counts{Enrolled: n(3), Pending: n(4), Queued: n(0), Left: n(13), Need: n(5)}},
		{"two in the queue", offer.Offering{MaxPlaces: 5, Enrolled: 5, Queued: 2}, offer.Counts{Enrolled: n(5), Pending: n(0), Left: n(0), Hidden: true}},
		{"nothing stated", offer.Offering{}, offer.Counts{Enrolled: n(0), Pending: n(0), Queued: n(0)}},
	}
	same := func(a, b *int) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }
	for _, tt := range tests {
		got := tt.o.Counts(false)
		if !same(got.Enrolled, tt.want.Enrolled) || !same(got.Pending, tt.want.Pending) || !same(got.Queued, tt.want.Queued) || !same(got.Left, tt.want.Left) ||
			!same(got.Need, tt.want.Need) || got.Hidden != tt.want.Hidden {
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
	exact := offer.Offering{MinPlaces: 8, MaxPlaces: 20, Enrolled: 1, Pending: 1, Queued: 1}.Counts(true)
	if exact.Hidden || *exact.Enrolled != 1 || *exact.Left != 18 || *exact.Need != 7 {
		t.Errorf("exact: %+v", exact)
	}
}
