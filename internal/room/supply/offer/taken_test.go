package offer_test

import (
	"testing"

	"kompetansetorg/internal/room/supply/offer"
)

// Those who came by an application here fill places, and the queue, as those do
// whom the provider counts itself.
func TestHereCounts(t *testing.T) {
	queue := period("", "")
	queue.Queue, queue.MaxQueued = true, 4
	o := rolling(func(o *offer.Offering) {
		o.MinPlaces, o.MaxPlaces, o.Enrolled, o.Queued, o.Enrolment = 8, 10, 4, 1, []offer.EnrolmentPeriod{queue}
		o.Here = offer.Taken{Enrolled: 3, Pending: 1}
	})
	if left, _ := o.PlacesLeft(); left != 2 || o.NeedToStart() != 1 {
		t.Errorf("left %d, needs %d", left, o.NeedToStart())
	}
	if c := o.Counts(true); *c.Enrolled != 7 || *c.Pending != 1 || *c.Queued != 1 || *c.Left != 2 || *c.Need != 1 {
		t.Errorf("counts %+v", c)
	}
	if c := o.Counts(false); c.Enrolled != nil || c.Pending != nil || c.Queued != nil || c.Need != nil || !c.Hidden {
		t.Errorf("one who waits for an answer can be told: %+v", c)
	}
	for _, step := range []struct {
		here offer.Taken
		want offer.PublicState
	}{{offer.Taken{Enrolled: 5}, offer.Open}, {offer.Taken{Enrolled: 5, Pending: 1}, offer.WaitList}, {offer.Taken{Enrolled: 6, Queued: 2}, offer.WaitList},
		{offer.Taken{Enrolled: 6, Queued: 3}, offer.Full}} {
		o.Here = step.here
		if s := offer.StatusOn(active, o, day("2027-02-03")).State; s != step.want {
			t.Errorf("%+v: %s, want %s", step.here, s, step.want)
		}
	}
	if copied := o.Template(); copied.Here != (offer.Taken{}) {
		t.Errorf("a copy has people: %+v", copied.Here)
	}
}

func TestKindOn(t *testing.T) {
	window := func(from, to string, kind offer.EnrolmentKind) offer.EnrolmentPeriod {
		w := period(from, to)
		w.Kind = kind
		return w
	}
	tests := []struct {
		name string
		o    offer.Offering
		want offer.EnrolmentKind
	}{
		{"rolling has a place at once", rolling(nil), offer.Direct},
		{"all together wait for an answer", fixed("2027-08-23", nil), offer.Approval},
		{"a single place is had at once", offer.Offering{StartType: offer.SinglePlace, Channel: offer.Here}, offer.Direct},
		{"a window's own kind wins", rolling(func(o *offer.Offering) {
			o.Enrolment = []offer.EnrolmentPeriod{window("", "", offer.Approval)}
		}), offer.Approval},
		{"of several windows the open one", rolling(func(o *offer.Offering) {
			o.Enrolment = []offer.EnrolmentPeriod{window("2027-03-01", "", offer.Direct), window("", "2027-02-28", offer.Approval)}
		}), offer.Approval},
		{"of two open windows the one that leads somewhere", rolling(func(o *offer.Offering) {
			queue := window("", "", offer.Approval)
			queue.Queue = true
			o.MaxPlaces, o.Enrolled, o.Enrolment = 5, 5, []offer.EnrolmentPeriod{window("", "", offer.Direct), queue}
		}), offer.Approval},
		{"at an address", rolling(func(o *offer.Offering) { o.Channel = offer.Link }), offer.ByURL},
		{"national", fixed("2027-08-23", func(o *offer.Offering) { o.Channel = offer.National }), offer.Coordinated},
		{"no window is open", fixed("2027-02-03", nil), ""},
	}
	for _, tt := range tests {
		if got := tt.o.KindOn(day("2027-02-03")); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestFirstStart(t *testing.T) {
	tests := []struct {
		name       string
		o          offer.Offering
		wish, want string
	}{
		{"rolling, on the day wished for", rolling(nil), "2027-03-01", "2027-03-01"},
		{"rolling, a wish that has passed", rolling(nil), "2026-03-01", "2027-02-03"},
		{"rolling, a wish on a Saturday", rolling(nil), "2027-03-06", "2027-03-08"},
		{"rolling, a wish in a closed period", rolling(func(o *offer.Offering) {
			o.Closed = []offer.ClosedPeriod{{From: day("2027-07-01"), To: day("2027-07-31")}}
		}), "2027-07-10", "2027-08-02"},
		{"rolling, a wish before the wait is over", rolling(func(o *offer.Offering) { o.Wait = offer.Wait{Value: 3, Unit: offer.Weeks} }), "2027-02-10", "2027-02-24"},
		{"rolling, a wish after the end", rolling(func(o *offer.Offering) { o.End = day("2027-06-30") }), "2027-07-01", ""},
		{"together, a wish before", fixed("2027-08-23", nil), "2027-05-01", "2027-08-23"},
		{"together, a wish after", fixed("2027-08-23", nil), "2027-08-24", ""},
		{"together, a wish within late entry", fixed("2027-08-23", func(o *offer.Offering) { o.FlexibleTo = day("2027-09-30") }), "2027-09-01", "2027-09-01"},
		{"together, a wish after late entry", fixed("2027-08-23", func(o *offer.Offering) { o.FlexibleTo = day("2027-09-30") }), "2027-10-01", ""},
	}
	for _, tt := range tests {
		got, ok := offer.FirstStart(active, tt.o, day("2027-02-03"), day(tt.wish))
		if ok != (tt.want != "") || got.Day != day(tt.want) {
			t.Errorf("%s: %v %v, want %q", tt.name, got.Day, ok, tt.want)
		}
	}
}
