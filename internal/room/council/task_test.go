package council_test

import (
	"slices"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/council/duty"
	"kompetansetorg/internal/room/council/member"
)

// tasks are the balls of the actor that he may know of, as kind, label and day.
func (h *house) tasks(a access.Actor) []string {
	h.t.Helper()
	var out []string
	h.must(h.db.Read(h.t.Context(), func(tx *db.Tx) error {
		out = nil
		list, err := flow.Held(h.t.Context(), tx, a, flow.Asked{})
		if err != nil {
			return err
		}
		for _, x := range list.Items {
			seen, err := h.duty.Seen(h.t.Context(), tx, a, []string{x.Subject.ID})
			if err != nil {
				return err
			}
			if seen[x.Subject.ID] {
				out = append(out, x.Subject.Kind+" "+x.Label+" "+x.Ball.Due.String())
			}
		}
		return nil
	}))
	return out
}

func (h *house) owes(when string, want ...string) {
	h.t.Helper()
	if got := h.tasks(h.secretar); !slices.Equal(got, want) {
		h.t.Errorf("%s: tasks %q, want %q", when, got, want)
	}
}

// What a council owes is a task of its secretariat from 90 days before the day until it is
// done, once however often it is looked for.
func TestDutiesAreTasksOfTheSecretariat(t *testing.T) {
	for _, k := range duty.Kinds() {
		for _, err := range duty.Flow(k).Check() {
			t.Error(err)
		}
	}
	h := open(t)
	ctx := t.Context()
	h.owes("before the first morning")
	h.must(h.duty.Sweep(ctx))
	h.must(h.duty.Sweep(ctx))
	const (
		period = "council_period_evaluation Trøndelag Sør council, 2019–2023 2024-10-31"
		last   = "council_yearly_fee Trøndelag Sør council, 2026 2025-12-31"
		next   = "council_yearly_fee Trøndelag Sør council, 2027 2026-12-31"
	)
	h.owes("in November", period, last, next)
	for name, a := range map[string]access.Actor{"another at the secretariat": as(access.RoleOrgMember, h.orgs["Rådet"]), "a mayor": h.mayor("Røros")} {
		if got := h.tasks(a); len(got) > 0 {
			t.Errorf("%s has %q", name, got)
		}
	}
	_, err := h.member.FixFee(ctx, h.secretar, member.Fee{Body: h.id, Year: 2027, Amount: money.Kroner(100_000), DecidedBy: "Rådet, PS 12/26", DecidedOn: today})
	h.must(err)
	h.owes("when the fee is fixed", period, last)
	h.must(h.duty.Do(ctx, h.secretar, h.id, duty.Period, 2023, "Rådet, PS 8/24", today))
	h.owes("when the period is evaluated", last)
	h.now = clock.MustDate("2028-08-01")
	h.must(h.duty.Sweep(ctx))
	h.owes("91 days before the next evaluation", last, "council_yearly_fee Trøndelag Sør council, 2028 2027-12-31")
	h.now = clock.MustDate("2028-08-02")
	h.must(h.duty.Sweep(ctx))
	h.owes("90 days before", last, "council_yearly_fee Trøndelag Sør council, 2028 2027-12-31", "council_period_evaluation Trøndelag Sør council, 2023–2027 2028-10-31")
}

func TestParseTask(t *testing.T) {
	h := open(t)
	if b, y, err := duty.ParseTask(string(h.id) + ".2027"); err != nil || b != h.id || y != 2027 {
		t.Errorf("%s %d %v", b, y, err)
	}
	for _, s := range []string{"", string(h.id), string(h.id) + ".", string(h.id) + ".02027", string(h.id) + ".2027.1", "x.2027"} {
		if _, _, err := duty.ParseTask(s); !fault.Is(err, fault.NotFound) {
			t.Errorf("%q: %v", s, err)
		}
	}
}
