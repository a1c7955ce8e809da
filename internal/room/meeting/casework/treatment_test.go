package casework_test

import (
	"testing"

	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/financing"
)

// TestTreatments: a result moves the case; who has treated stays; the agreement's
// way back and forth is one line of treatments (SAK-9).
func TestTreatments(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	c := h.issued(content())
	d, err := h.Get(ctx, h.secretary(), c)
	h.must(err)
	first := d.Treatments[0]
	late := first
	late.Result = casework.Adopted
	if err := h.treated.Treat(ctx, h.secretary(), c, late); !fault.Is(err, fault.Invalid) {
		t.Errorf("a result before the day: %v", err)
	}
	first.Day, first.Result, first.Told = today, casework.Returned, "Kommunene får gi innspill"
	h.must(h.treated.Treat(ctx, h.secretary(), c, first))
	if err := h.treated.Remove(ctx, h.secretary(), c, first.ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("what has been is taken away: %v", err)
	}
	if err := h.treated.Treat(ctx, h.secretary(), c, first); !fault.Is(err, fault.Stale) {
		t.Errorf("second writer: %v", err)
	}
	h.must(h.Move(ctx, h.secretary(), c, casework.WasSent, casework.Drafting, ""))
	if d, err = h.Get(ctx, h.secretary(), c); err != nil || d.State != casework.Drafting || d.Treatments[0].Result != casework.Returned || d.Treatments[0].BodyName != "Rådet" {
		t.Fatalf("%v %+v", err, d)
	}
	if err := h.Move(ctx, h.secretary(), c, casework.Drafting, casework.OnAgenda, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("on the agenda by hand: %v", err)
	}
}

// TestProviso: the plan of a case says what is short, and the decision of the case
// that its proviso waits for lifts it (TLS-5, SKI-5).
func TestProviso(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	decides, sketch := h.issued(content()), h.file(content())
	plan := casework.Plan{Costs: []financing.Cost{{Name: "Timer", Amount: money.Kroner(600_000)}},
		Sources: []financing.Source{{Name: "Tilskudd", Kind: financing.Grant, Amount: money.Kroner(450_000)}, {Name: "Timer", Kind: financing.InKind, Amount: money.Kroner(150_000)}},
		Require: financing.Requirement{Own: 3000, Base: financing.OfTotal}, Proviso: financing.Proviso{What: "Finansieringen", Body: "Rådet", Case: string(decides)}}
	d, err := h.Get(ctx, h.secretary(), sketch)
	h.must(err)
	h.must(h.SetPlan(ctx, h.secretary(), sketch, d.Version, plan))
	x, err := h.Get(ctx, h.secretary(), decides)
	h.must(err)
	first := x.Treatments[0]
	first.Day, first.Result = today, casework.Adopted
	h.must(h.treated.Treat(ctx, h.secretary(), decides, first))
	d, err = h.Get(ctx, h.secretary(), sketch)
	h.must(err)
	if r := d.Plan.Result(); r.Short != money.Kroner(30_000) || r.OfTotal != 2500 || len(r.Ways) < 3 {
		t.Errorf("result %+v", r)
	}
	if d.Plan.Proviso.State(today) != financing.Lifted || d.Plan.Proviso.Settled.Ref != "PS 22/26" {
		t.Errorf("proviso %+v", d.Plan.Proviso)
	}
	plan.Proviso.Case = string(meeting.NewCaseID())
	plan.Proviso.What = "Noe annet"
	if err := h.SetPlan(ctx, h.secretary(), sketch, d.Version, plan); !fault.Is(err, fault.Invalid) {
		t.Errorf("a proviso on a case nobody has: %v", err)
	}
}
