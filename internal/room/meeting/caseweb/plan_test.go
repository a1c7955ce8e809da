package caseweb

import (
	"net/url"
	"testing"

	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/financing"
)

// TestShare: a part in per cent is read as people write it, and written so that it reads
// the same again.
func TestShare(t *testing.T) {
	for written, want := range map[string]financing.Share{"": 0, "30": 3000, "25,5": 2550, "25.5": 2550, "25,05": 2505, "7,50 %": 750, "100": 10_000} {
		in := form.Read(url.Values{"own": {written}})
		if got := readShare(in, "own"); got != want || in.Err() != nil {
			t.Errorf("%q is %d, %v; want %d", written, got, in.Err(), want)
		}
		if again := readShare(form.Read(url.Values{"own": {percent(want)}}), "own"); again != want {
			t.Errorf("%d is written %q, which reads %d", want, percent(want), again)
		}
	}
	for _, wrong := range []string{"mye", "-5", "25,555", "1 000", "9999", "25,"} {
		in := form.Read(url.Values{"own": {wrong}})
		if readShare(in, "own"); in.Err() == nil {
			t.Errorf("%q was taken", wrong)
		}
	}
}

// TestKeepUnasked: a save of the form keeps what the form does not ask of, for a source
// that is as it was, and nothing for one that has changed.
func TestKeepUnasked(t *testing.T) {
	work := financing.Source{Name: "Egeninnsats", Kind: financing.InKind, Amount: money.NOK(60_000_00), Hours: 100, Rate: money.NOK(600_00)}
	var before, plan casework.Plan
	before.Sources = []financing.Source{work}
	before.Require = financing.Requirement{Own: 3000, NoWork: true, RoundUp: true, Programme: true}
	asked := financing.Source{Name: work.Name, Kind: work.Kind, Amount: work.Amount}
	changed := asked
	changed.Amount = money.NOK(70_000_00)
	plan.Sources = []financing.Source{asked, changed}
	plan.Require = financing.Requirement{Own: 2550}
	got := keepUnasked(plan, before)
	if got.Sources[0] != work {
		t.Errorf("the source that is as it was: %+v", got.Sources[0])
	}
	if got.Sources[1] != changed {
		t.Errorf("the source that has changed: %+v", got.Sources[1])
	}
	if r := got.Require; r.Own != 2550 || !r.NoWork || !r.RoundUp || !r.Programme {
		t.Errorf("the requirement: %+v", r)
	}
}
