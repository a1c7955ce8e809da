package making

import (
	"testing"

	"kompetansetorg/internal/kit/clock"
)

// TestMoved: a plan that is copied begins today, keeps its lengths and its gaps.
func TestMoved(t *testing.T) {
	day := clock.MustDate
	today := day("2026-11-23")
	plan := []Stage{{State: Idea}, {State: Feasibility, From: day("2025-01-10"), To: day("2025-01-20")}, {State: Design, From: day("2025-02-01")}, {State: Open, To: day("2025-05-31")}}
	got := moved(plan, today)
	want := []Stage{{State: Idea}, {State: Feasibility, From: today, To: day("2026-12-03")}, {State: Design, From: day("2026-12-15")}, {State: Open, To: day("2027-04-13")}}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s: %v, want %v", want[i].State, got[i], want[i])
		}
	}
	if begins(got) != Feasibility || begins([]Stage{{State: Idea, To: today}}) != Idea {
		t.Error("it begins in another stage than the plan")
	}
	if got := moved([]Stage{{State: Idea}}, today); len(got) != 1 || got[0].From != today || begins(got) != got[0].State {
		t.Errorf("without a plan: %v", got)
	}
}
