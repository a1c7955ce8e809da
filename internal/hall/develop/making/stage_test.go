package making_test

import (
	"testing"

	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/clock"
)

// phase is a stage planned from one half-year to another.
func phase(s flow.State, fromYear int, fromAutumn bool, toYear int, toAutumn bool) making.Stage {
	from, _ := making.HalfYear(fromYear, fromAutumn)
	_, to := making.HalfYear(toYear, toAutumn)
	return making.Stage{State: s, From: from, To: to}
}

// TestPhasesOfTheSketch is O-29: autumn 2020 to spring 2021, spring 2021 to spring 2022, spring
// 2022 to autumn 2023 have no gap; when the last begins in spring 2023 the autumn before is one.
func TestPhasesOfTheSketch(t *testing.T) {
	plan := []making.Stage{phase(making.Feasibility, 2020, true, 2021, false), phase(making.Design, 2021, false, 2022, false), phase(making.Building, 2022, false, 2023, true)}
	if gaps := making.Check(plan); len(gaps) != 0 {
		t.Errorf("gaps %+v", gaps)
	}
	plan[2] = phase(making.Building, 2023, false, 2023, true)
	want := making.Gap{After: making.Design, Before: making.Building, From: clock.MustDate("2022-08-01"), To: clock.MustDate("2022-12-31")}
	if gaps := making.Check(plan); len(gaps) != 1 || gaps[0] != want {
		t.Errorf("gaps %+v, want %+v", gaps, want)
	}
}

// TestGaps: a stage that begins the day after leaves none; a stage without days is passed by,
// and a short one within a long one hides none.
func TestGaps(t *testing.T) {
	day := clock.MustDate
	at := func(s flow.State, from, to string) making.Stage {
		return making.Stage{State: s, From: day(from), To: day(to)}
	}
	for what, c := range map[string]struct {
		plan []making.Stage
		gaps int
	}{
		"the day after":  {[]making.Stage{at(making.Idea, "2027-01-01", "2027-01-31"), at(making.Design, "2027-02-01", "2027-02-10")}, 0},
		"one day":        {[]making.Stage{at(making.Idea, "2027-01-01", "2027-01-31"), at(making.Design, "2027-02-02", "2027-02-10")}, 1},
		"not planned":    {[]making.Stage{at(making.Idea, "2027-01-01", "2027-01-31"), {State: making.Design}, at(making.Building, "2027-02-01", "2027-02-10")}, 0},
		"within another": {[]making.Stage{at(making.Idea, "2027-01-01", "2027-06-30"), at(making.Design, "2027-02-01", "2027-02-10"), at(making.Building, "2027-07-01", "2027-07-10")}, 0},
		"nothing":        {nil, 0},
	} {
		if got := making.Check(c.plan); len(got) != c.gaps {
			t.Errorf("%s: %+v", what, got)
		}
	}
}

// TestTheFlowHolds: each state can be reached and left, and its words are there.
func TestTheFlowHolds(t *testing.T) {
	for _, err := range making.Flow().Check() {
		t.Error(err)
	}
}
