package entry_test

import (
	"context"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/hall/entry"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/supply/offer"
)

// TestPromise: three who were answered in time, one of whom started late, and three who were
// answered late. What one or two would be given away by is not published.
func TestPromise(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	promises := entry.Promises{DB: h.db, Clock: clock.Clock(func() time.Time { return h.now })}
	o := h.offering(offer.Offering{StartType: offer.Rolling, AnswerDays: 2, Enrolment: []offer.EnrolmentPeriod{{Kind: offer.Approval}}})
	provider := member(h.provider, access.RoleProviderUser)
	var programme string
	answer := func(days, n int, start int) {
		t.Helper()
		var list []admission.Application
		for range n {
			_, a := h.apply(o)
			programme, list = a.Programme, append(list, a)
		}
		h.now = h.now.AddDate(0, 0, days).Add(time.Hour)
		for _, a := range list {
			got, err := h.admission.Move(ctx, provider, a.ID, admission.Moving{To: admission.Admitted, Day: clock.Today(h.now)})
			if err != nil {
				t.Fatal(err)
			}
			if start >= 0 {
				h.now = h.now.AddDate(0, 0, start)
				if _, err := h.admission.Move(ctx, provider, got.ID, admission.Moving{To: admission.Started}); err != nil {
					t.Fatal(err)
				}
				h.now = h.now.AddDate(0, 0, -start)
			}
		}
		h.now = h.now.AddDate(0, 0, 14)
	}
	told := func() entry.Promise {
		t.Helper()
		if err := promises.Daily(ctx); err != nil {
			t.Fatal(err)
		}
		got, err := promises.Of(ctx, programme)
		if err != nil {
			t.Fatal(err)
		}
		got.Answered.AsOf, got.Started.AsOf = clock.Time{}, clock.Time{}
		return got
	}
	answer(1, 2, -1)
	if got := told(); got != (entry.Promise{}) {
		t.Errorf("of two it tells %+v", got)
	}
	answer(1, 1, -1)
	if got := told(); got.Answered != (entry.Share{Kept: 3, Of: 3}) {
		t.Errorf("of three it tells %+v", got)
	}
	answer(10, 1, -1)
	if got := told(); got.Answered != (entry.Share{Kept: 3, Of: 3}) {
		t.Errorf("one late answer shows: %+v", got)
	}
	answer(10, 2, -1)
	if got := told(); got.Answered != (entry.Share{Kept: 3, Of: 6}) {
		t.Errorf("of six it tells %+v", got)
	}
	answer(0, 3, 0)
	if got := told(); got != (entry.Promise{Answered: entry.Share{Kept: 6, Of: 9}, Started: entry.Share{Kept: 3, Of: 9}}) {
		t.Errorf("of nine it tells %+v", got)
	}
}
