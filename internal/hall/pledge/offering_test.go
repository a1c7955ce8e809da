package pledge_test

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/entry"
	"kompetansetorg/internal/hall/pledge"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/need/needtest"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

// school is a house where seats are gathered for offerings of the fagskole.
type school struct {
	*house
	supply    *supply.Service
	admission *admission.Service
}

func newSchool(t testing.TB) *school {
	h := &school{house: newHouse(t)}
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		t.Fatal(err)
	}
	h.supply = supply.New(h.DB, h.Clock(), h.Needs.Orgs(), places, supply.DefaultSettings())
	h.admission = admission.New(admission.Deps{DB: h.DB, Clock: h.Clock(), Offerings: entry.Offerings{Supply: h.supply, Clock: h.Clock()},
		Municipality: func(string) bool { return true }, NeedOf: func(context.Context, *db.Tx, access.Actor, admission.NeedID) (access.OrgID, error) {
			return "", fault.Missing()
		}})
	h.pledges = pledge.New(pledge.Deps{DB: h.DB, Clock: h.Clock(), Supply: h.supply})
	h.supply.Changed = append(h.supply.Changed, entry.Changed(h.admission), h.pledges.OfferingChanged)
	h.admission.Moved = append(h.admission.Moved, h.pledges.ApplicationMoved)
	return h
}

var system = access.SystemActor("test")

// offering is one that is published, takes applications here and starts together in 60 days.
func (h *school) offering(least int, change func(*offer.Offering)) (pledge.Ref, offer.Offering) {
	h.t.Helper()
	ctx := context.Background()
	p, err := h.supply.CreateProgramme(ctx, system, offer.Programme{Provider: h.Fagskole, Title: i18n.Text{NB: "Laft og torvtak"}, Level: offer.Kurs})
	if err != nil {
		h.t.Fatal(err)
	}
	in := offer.Offering{StartType: offer.Fixed, Start: h.Needs.Today().AddDays(60), MinPlaces: least, MaxPlaces: 20, Delivery: offer.Net, Channel: offer.Here,
		Enrolment: []offer.EnrolmentPeriod{{From: h.Needs.Today(), To: h.Needs.Today().AddDays(50), Kind: offer.Direct}}}
	if change != nil {
		change(&in)
	}
	o, err := h.supply.CreateOffering(ctx, system, p.ID, in)
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.supply.Publish(ctx, system, o.ID, o.Version); err != nil {
		h.t.Fatal(err)
	}
	o.Version++
	return pledge.Offering(o.ID), o
}

func (h *school) seats(actor access.Actor, of pledge.Ref) pledge.Detail {
	h.t.Helper()
	d, err := h.pledges.Get(context.Background(), actor, of)
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

func (h *school) take(actor access.Actor, of pledge.Ref, in pledge.Pledging) pledge.ID {
	h.t.Helper()
	made, err := h.pledges.Pledge(context.Background(), actor, of, in)
	if err != nil {
		h.t.Fatal(err)
	}
	return made
}

// TestOffering: seats and places that are given reach the least number together, nobody is
// counted twice, and whoever gives up a place brings it below again.
func TestOffering(t *testing.T) {
	ctx, h := context.Background(), newSchool(t)
	of, o := h.offering(6, nil)
	firm, works := h.firm("Eksempel Laft AS")
	learner := h.learner("Søker Fire")
	h.take(works, of, pledge.Pledging{Org: firm, Sort: pledge.Binding, Seats: 4})
	h.take(learner, of, pledge.Pledging{Sort: pledge.Binding, Seats: 1})
	d := h.seats(h.Provider(), of)
	if n, known := d.Missing(); n != 1 || !known || d.Ball.Party != flow.Provider || d.Ball.Org != h.Fagskole || d.Title != "Laft og torvtak" || !d.CanStart || !d.CanSteer {
		t.Errorf("five of six: %d missing, %+v", n, d)
	}
	if _, err := h.admission.Apply(ctx, learner, of.ID, admission.Applying{Municipality: "5025"}); err != nil {
		t.Fatal(err)
	}
	if d = h.seats(h.Provider(), of); d.In() != 1 || d.Sums.Binding != 4 || d.Round.State != pledge.Collecting {
		t.Errorf("she who pledged has a place: %d in, %+v, %s", d.In(), d.Sums, d.Round.State)
	}
	if _, err := h.admission.Apply(ctx, works, of.ID, admission.Applying{Person: &admission.Person{Name: "Svenn", Contact: "svenn@example.org"}, Employer: firm, Municipality: "5025"}); err != nil {
		t.Fatal(err)
	}
	if d = h.seats(h.Provider(), of); d.In() != 2 || d.Sums.Binding != 3 || d.Round.State != pledge.Collecting || d.All[0].Seats != 4 {
		t.Errorf("one of the firm has a place: %d in, %+v, %s", d.In(), d.Sums, d.Round.State)
	}
	other := h.learner("Søker Fem")
	a, err := h.admission.Apply(ctx, other, of.ID, admission.Applying{Municipality: "5025"})
	if err != nil {
		t.Fatal(err)
	}
	if d = h.seats(h.Provider(), of); d.Round.State != pledge.Enough || d.Ball.Org != h.Fagskole || d.Ball.Due.IsZero() {
		t.Errorf("with her who only applied: %s, ball %+v", d.Round.State, d.Ball)
	}
	if _, err := h.admission.Move(ctx, other, a.ID, admission.Moving{To: admission.Withdrawn}); err != nil {
		t.Fatal(err)
	}
	if d = h.seats(h.Provider(), of); d.Round.State != pledge.Collecting {
		t.Errorf("she gave it up: %s", d.Round.State)
	}
	start := pledge.Starting{Version: d.Round.Version, Day: o.Start.AddDays(1), Note: "Vi starter med fem."}
	needtest.WantField(t, h.pledges.Start(ctx, h.Provider(), of, start), "day", "pledge.error.other_day")
	start.Day, start.Note = o.Start, ""
	needtest.WantField(t, h.pledges.Start(ctx, h.Provider(), of, start), "note", "pledge.error.not_binding")
	start.Note = "Vi starter med fem."
	needtest.WantKind(t, h.pledges.Start(ctx, works, of, start), fault.Denied)
	if err := h.pledges.Start(ctx, h.Provider(), of, start); err != nil {
		t.Fatal(err)
	}
	if d = h.seats(works, of); d.Round.State != pledge.Started || d.Round.StartsOn != o.Start || len(d.Mine) != 1 || d.Placed != nil {
		t.Errorf("started: %+v", d)
	}
}

// TestOfferingsThatGather: only one that is open to all, takes applications here and needs so
// many gathers seats; what is called off, or over, ends without a start.
func TestOfferingsThatGather(t *testing.T) {
	ctx, h := context.Background(), newSchool(t)
	firm, works := h.firm("Eksempel Laft AS")
	in := pledge.Pledging{Org: firm, Sort: pledge.Binding, Seats: 2}
	for name, change := range map[string]func(*offer.Offering){
		"elsewhere": func(o *offer.Offering) { o.Channel, o.ApplyURL = offer.Link, "https://skole.example/sok" },
		"no least":  func(o *offer.Offering) { o.MinPlaces = 0 },
		"full":      func(o *offer.Offering) { o.MinPlaces, o.MaxPlaces, o.Enrolled = 2, 2, 2 },
	} {
		of, _ := h.offering(6, change)
		_, err := h.pledges.Pledge(ctx, works, of, in)
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	of, o := h.offering(6, nil)
	h.take(works, of, in)
	if err := h.supply.Cancel(ctx, system, o.ID, o.Version, "For få"); err != nil {
		t.Fatal(err)
	}
	if d := h.seats(works, of); d.Round.State != pledge.Lapsed || d.CanPledge {
		t.Errorf("called off: %s", d.Round.State)
	}
	of, o = h.offering(6, nil)
	h.take(works, of, in)
	if err := h.supply.Rest(ctx, system, o.ID, o.Version); err != nil {
		t.Fatal(err)
	}
	if d := h.seats(works, of); len(d.Mine) != 1 || d.Round.State != pledge.Lapsed {
		t.Errorf("who pledged reads %+v", d)
	}
	draft, err := h.supply.Copy(ctx, system, o.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.pledges.Get(ctx, works, pledge.Offering(draft.ID))
	needtest.WantKind(t, err, fault.NotFound)
	_, err = h.pledges.Pledge(ctx, works, pledge.Offering(draft.ID), in)
	needtest.WantKind(t, err, fault.NotFound)
	of, _ = h.offering(6, nil)
	h.take(works, of, in)
	h.Forward(70 * day)
	if err := h.pledges.Daily(ctx); err != nil {
		t.Fatal(err)
	}
	if d := h.seats(works, of); d.Round.State != pledge.Lapsed {
		t.Errorf("over: %s", d.Round.State)
	}
}

// TestOfferingFigure: others read how many are missing only as far as both the places and the
// seats may be told.
func TestOfferingFigure(t *testing.T) {
	h := newSchool(t)
	of, _ := h.offering(12, func(o *offer.Offering) { o.Enrolled = 4 })
	if n, known := h.seats(access.Actor{}, of).Missing(); n != 8 || !known {
		t.Errorf("before anybody: %d %v", n, known)
	}
	for i, want := range []bool{false, false, true} {
		firm, works := h.firm([]string{"Eksempel A AS", "Eksempel B AS", "Eksempel C AS"}[i])
		h.take(works, of, pledge.Pledging{Org: firm, Sort: pledge.Intention, Seats: 2})
		if err := h.pledges.Daily(context.Background()); err != nil {
			t.Fatal(err)
		}
		d := h.seats(access.Actor{}, of)
		if n, known := d.Missing(); known != want || known && n != 2 || d.Typed != 0 || d.All != nil {
			t.Errorf("after %d firms: %d %v", i+1, n, known)
		}
	}
	few, _ := h.offering(12, func(o *offer.Offering) { o.Enrolled = 2 })
	if _, known := h.seats(access.Actor{}, few).Missing(); known {
		t.Error("two that have a place are told by what is missing")
	}
}

// TestNeverTwice: whatever is pledged and applied for, each seat and each place counts once.
func TestNeverTwice(t *testing.T) {
	ctx, h := context.Background(), newSchool(t)
	type firm struct {
		id    access.OrgID
		actor access.Actor
	}
	var firms []firm
	for _, name := range []string{"Eksempel A AS", "Eksempel B AS"} {
		id, actor := h.firm(name)
		firms = append(firms, firm{id, actor})
	}
	rapid.Check(t, func(rt *rapid.T) {
		least := rapid.IntRange(1, 9).Draw(rt, "least")
		of, _ := h.offering(least, func(o *offer.Offering) { o.MaxPlaces = 0 })
		seats, placed, pledged := make([]int, len(firms)), make([][]admission.ID, len(firms)), make([]pledge.ID, len(firms))
		for step := range rapid.IntRange(1, 10).Draw(rt, "acts") {
			i := rapid.IntRange(0, len(firms)-1).Draw(rt, "firm")
			f := firms[i]
			switch rapid.IntRange(0, 2).Draw(rt, "act") {
			case 0:
				if seats[i] > 0 {
					if err := h.pledges.Withdraw(ctx, f.actor, pledged[i]); err != nil {
						rt.Fatal(err)
					}
					seats[i] = 0
					continue
				}
				seats[i] = rapid.IntRange(1, 5).Draw(rt, "seats")
				var err error
				if pledged[i], err = h.pledges.Pledge(ctx, f.actor, of, pledge.Pledging{Org: f.id, Sort: pledge.Intention, Seats: seats[i]}); err != nil {
					rt.Fatal(err)
				}
			case 1:
				a, err := h.admission.Apply(ctx, f.actor, of.ID, admission.Applying{Person: &admission.Person{Name: string(rune('A' + step)), Contact: "a@example.org"}, Employer: f.id, Municipality: "5025"})
				if err != nil {
					rt.Fatal(err)
				}
				placed[i] = append(placed[i], a.ID)
			case 2:
				if n := len(placed[i]); n > 0 {
					if _, err := h.admission.Move(ctx, f.actor, placed[i][n-1], admission.Moving{To: admission.Withdrawn}); err != nil {
						rt.Fatal(err)
					}
					placed[i] = placed[i][:n-1]
				}
			}
		}
		want := 0
		for i := range firms {
			want += max(seats[i], len(placed[i]))
		}
		d := h.seats(h.Provider(), of)
		if got := d.In() + d.Sums.Counted(); got != want {
			rt.Fatalf("%d are counted, want %d", got, want)
		}
		if d.Round != nil && (d.Round.State == pledge.Enough) != (want >= least) {
			rt.Fatalf("%d of %d: %s", want, least, d.Round.State)
		}
	})
}
