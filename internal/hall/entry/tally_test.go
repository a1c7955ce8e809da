package entry_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/few"
	"kompetansetorg/internal/hall/entry"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/supply/offer"
)

// TestTally: the provider counts those who have begun and completed, by municipality; others
// read what tells of nobody, neither by itself, from one municipality to all, nor from day to
// day.
func TestTally(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	promises := entry.Promises{DB: h.db, Clock: clock.Clock(func() time.Time { return h.now })}
	o := h.offering(offer.Offering{StartType: offer.Rolling, Enrolment: []offer.EnrolmentPeriod{{Kind: offer.Direct}}})
	provider := member(h.provider, access.RoleProviderUser)
	var programme string
	begin := func(n int, municipality string, to ...admission.Moving) {
		t.Helper()
		for range n {
			a, err := h.admission.Apply(ctx, h.learner(), o, admission.Applying{Municipality: municipality})
			for _, m := range append([]admission.Moving{{To: admission.Started}}, to...) {
				if err == nil {
					_, err = h.admission.Move(ctx, provider, a.ID, m)
				}
			}
			if err != nil {
				t.Fatal(err)
			}
			programme = a.Programme
		}
	}
	told := func() []entry.Tally {
		t.Helper()
		h.now = h.now.AddDate(0, 0, 1)
		if err := promises.Daily(ctx); err != nil {
			t.Fatal(err)
		}
		got, err := promises.Published(ctx, programme)
		if err != nil {
			t.Fatal(err)
		}
		for i := range got {
			got[i].AsOf = clock.Time{}
		}
		return got
	}
	begin(2, "5025")
	if got := told(); len(got) != 0 {
		t.Errorf("of two it tells %+v", got)
	}
	exact, err := promises.Exact(ctx, programme)
	if err != nil || len(exact) != 2 || exact[0].Learners != few.Exactly(2) || exact[1].Municipality != "5025" || exact[1].Completed != few.Exactly(0) {
		t.Errorf("the provider counts %+v, %v", exact, err)
	}
	begin(1, "5025")
	if got := told(); !slices.Equal(got, []entry.Tally{{Learners: few.Exactly(3)}, {Municipality: "5025", Learners: few.Exactly(3)}}) {
		t.Errorf("of three it tells %+v", got)
	}
	begin(1, "5021")
	if got := told(); len(got) != 2 || got[0].Learners != few.Exactly(3) {
		t.Errorf("one more, from another municipality, shows: %+v", got)
	}
	begin(2, "5021")
	if got := told(); !slices.Equal(got, []entry.Tally{{Learners: few.Exactly(6)}, {Municipality: "5021", Learners: few.Exactly(3)}, {Municipality: "5025", Learners: few.Exactly(3)}}) {
		t.Errorf("of six it tells %+v", got)
	}
	begin(1, "5021", admission.Moving{To: admission.Completed})
	if got := told(); got[0].Completed.Known || got[0].Learners != few.Exactly(6) {
		t.Errorf("one who has completed shows: %+v", got)
	}
	if exact, err = promises.Exact(ctx, programme); err != nil || exact[0].Learners != few.Exactly(7) || exact[0].Completed != few.Exactly(1) {
		t.Errorf("the provider counts %+v, %v", exact, err)
	}
}
