package supply_test

import (
	"context"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/supply/offer"
)

// taken writes who came in by applications here.
func (h *house) taken(o offer.OfferingID, t offer.Taken) {
	h.t.Helper()
	err := h.db.Write(context.Background(), func(tx *db.Tx) error { return h.SetTaken(context.Background(), tx, o, t) })
	if err != nil {
		h.t.Fatal(err)
	}
}

// inDatabase is the offering as it is stored, past the catalogue.
func (h *house) inDatabase(o offer.OfferingID) (out offer.Offering) {
	h.t.Helper()
	err := h.db.Read(context.Background(), func(tx *db.Tx) (err error) {
		out, err = h.OfferingIn(context.Background(), tx, o)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

func (h *house) snapshot() int64 {
	h.t.Helper()
	s, err := h.Snapshot(context.Background())
	if err != nil {
		h.t.Fatal(err)
	}
	return s.Version
}

// Applications make an open form stale never, and readers read anew only when
// they would read something else.
func TestSetTaken(t *testing.T) {
	h := newHouse(t)
	o := h.offering(h.programme("Sveising", nil), func(o *offer.Offering) { o.MaxPlaces, o.MinPlaces = 6, 4 })
	before := h.snapshot()
	for _, step := range []struct {
		taken offer.Taken
		seen  bool
	}{
		{offer.Taken{Enrolled: 1}, true}, // a number is hidden now
		{offer.Taken{Enrolled: 2}, false},
		{offer.Taken{Enrolled: 2}, false},
		{offer.Taken{Enrolled: 1, Pending: 1}, false},
		{offer.Taken{Enrolled: 3}, true},
		{offer.Taken{Enrolled: 6}, true}, // a queue begins
		{offer.Taken{Enrolled: 6, Queued: 1}, true},
		{offer.Taken{Enrolled: 6, Queued: 2}, false},
	} {
		h.taken(o.ID, step.taken)
		got := h.inDatabase(o.ID)
		if got.Here != step.taken || got.Version != o.Version || got.UpdatedAt != o.UpdatedAt {
			t.Errorf("%+v: stored %+v, version %d", step.taken, got.Here, got.Version)
		}
		after := h.snapshot()
		if (after != before) != step.seen {
			t.Errorf("%+v: catalogue %d after %d, want read anew %v", step.taken, after, before, step.seen)
		}
		before = after
		fresh := got.Counts(false)
		if c := h.stored(o.ID).Counts(false); (c.Enrolled == nil) != (fresh.Enrolled == nil) || c.Hidden != fresh.Hidden {
			t.Errorf("%+v: the catalogue shows %+v", step.taken, c)
		}
	}
	if s := h.stored(o.ID); s.Here.Enrolled != 6 {
		t.Errorf("catalogue %+v", s.Here)
	}
}

// What the provider writes never loses those who came by an application.
func TestEditKeepsTaken(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	o := h.offering(h.programme("Sveising", nil), func(o *offer.Offering) { o.MaxPlaces, o.Enrolled = 10, 2 })
	form := o
	h.taken(o.ID, offer.Taken{Enrolled: 5, Pending: 1, Queued: 2})
	form.Enrolled, form.AnswerDays, form.Here = 1, 7, offer.Taken{Enrolled: 99}
	if err := h.UpdateOffering(ctx, h.teacher, o.ID, form.Version, form); err != nil {
		t.Fatal(err)
	}
	got := h.inDatabase(o.ID)
	if got.Here != (offer.Taken{Enrolled: 5, Pending: 1, Queued: 2}) || got.Enrolled != 1 || got.AnswerDays != 7 {
		t.Errorf("stored %+v, enrolled %d, answer in %d", got.Here, got.Enrolled, got.AnswerDays)
	}
	form.MaxPlaces = 4
	err := h.UpdateOffering(ctx, h.teacher, o.ID, got.Version, form)
	if f, ok := fault.As(err); !ok || len(f.Fields) != 1 || f.Fields[0].Name != "max_places" || f.Fields[0].Key != "supply.error.fewer_than_admitted" {
		t.Errorf("fewer places than people: %v", err)
	}
	copied, err := h.Copy(ctx, h.teacher, o.ID)
	if err != nil {
		t.Fatal(err)
	}
	if here := h.inDatabase(copied.ID).Here; here != (offer.Taken{}) {
		t.Errorf("the copy has people: %+v", here)
	}
}

// Listeners hear of each write in its transaction, and can refuse it.
func TestChanged(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	p := h.programme("Sveising", nil)
	o := h.offering(p, func(o *offer.Offering) { o.MaxPlaces = 4 })
	other := h.offering(p, nil)
	type heard struct {
		id       offer.OfferingID
		from, to int
		state    offer.State
		resting  bool
	}
	var got []heard
	var refuse error
	h.Changed = append(h.Changed, func(_ context.Context, _ *db.Tx, _ access.Actor, p offer.Programme, old, o offer.Offering) error {
		got = append(got, heard{o.ID, old.MaxPlaces, o.MaxPlaces, o.State, p.State == offer.ProgrammeInactive})
		return refuse
	})
	o.MaxPlaces = 9
	if err := h.UpdateOffering(ctx, h.teacher, o.ID, o.Version, o); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0] != (heard{o.ID, 4, 9, offer.Active, false}) {
		t.Errorf("heard %+v", got)
	}
	got, refuse = nil, fault.New(fault.Conflict, "fault.stale")
	if err := h.Cancel(ctx, h.teacher, o.ID, o.Version+1, "Ingen lærer"); !fault.Is(err, fault.Conflict) {
		t.Errorf("a listener refused, yet %v", err)
	}
	if h.inDatabase(o.ID).State != offer.Active {
		t.Error("what a listener refused is written")
	}
	got, refuse = nil, nil
	if err := h.SetProgrammeState(ctx, h.teacher, p.ID, h.storedProgramme(p.ID).Version, offer.ProgrammeInactive); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0] != (heard{o.ID, 9, 9, offer.Active, true}) || got[1] != (heard{other.ID, 0, 0, offer.Active, true}) {
		t.Errorf("of the programme's offerings heard %+v", got)
	}
}
