package need_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/needtest"
)

// The chain of the sources: map, present, discuss, follow up, develop, covered.
// The provider says when the offering is ready, and the owner that it covers.
func TestWholeWay(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	n := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	h.Move(h.Secretary(), n.ID, need.Moving{To: need.Presented})
	h.Move(h.Secretary(), n.ID, need.Moving{To: need.Discussed, Discussion: &need.Discussion{Clarified: "To personer",
		Possibilities: "Samlinger", Limitations: "Avstand", Interested: []org.ID{h.Fagskole}}})
	n = h.Move(h.Provider(), n.ID, need.Moving{To: need.InFollowUp, AnswerBy: clock.MustDate("2026-12-01")})
	if n.Provider != h.Fagskole || n.TakenWithoutForum || n.AnswerBy != clock.MustDate("2026-12-01") {
		t.Errorf("followed up %+v", n)
	}
	h.Forward(20 * 24 * time.Hour)
	d, err := h.Needs.Get(ctx, h.Owner(), n.ID)
	if err != nil {
		t.Fatal(err)
	}
	if d.Ball.Party != flow.Provider || d.Ball.Name != "Fjellfagskolen" || !d.Overdue {
		t.Errorf("ball %+v, overdue %v", d.Ball, d.Overdue)
	}
	if d.Discussion == nil || d.Discussion.Possibilities != "Samlinger" || !slices.Equal(d.Discussion.Interested, []org.ID{h.Fagskole}) {
		t.Errorf("discussion %+v", d.Discussion)
	}
	h.Move(h.Provider(), n.ID, need.Moving{To: need.InDevelopment})
	if n = h.Move(h.Secretary(), n.ID, need.Moving{To: need.InFollowUp, Note: "Planen må om igjen"}); n.Provider != h.Fagskole {
		t.Errorf("follow-up goes on with %q", n.Provider)
	}
	h.Move(h.Provider(), n.ID, need.Moving{To: need.InDevelopment})
	h.Move(h.Provider(), n.ID, need.Moving{To: need.CoveredByExisting, Note: "Samlinger fra mars"})
	h.Move(h.Owner(), n.ID, need.Moving{To: need.Covered})
	wantProviderInLog(t, h, n.ID)
	d, _ = h.Needs.Get(ctx, h.Owner(), n.ID)
	if d.Ball.Org != h.Hub || d.Provider != h.Fagskole {
		t.Errorf("covered: ball %+v, provider %s", d.Ball, d.Provider)
	}
	_, err = h.Needs.Move(ctx, h.Adviser(), n.ID, need.Moving{To: need.Closed})
	needtest.WantField(t, err, "note", "flow.error.note_required")
	h.Move(h.Adviser(), n.ID, need.Moving{To: need.Closed, Note: "To er ansatt"})
	d, _ = h.Needs.Get(ctx, h.Owner(), n.ID)
	if d.Ball.Party != flow.Nobody || len(d.Steps) != 11 || d.CanEdit {
		t.Errorf("closed: ball %+v, %d steps, editable %v", d.Ball, len(d.Steps), d.CanEdit)
	}
	n = h.Move(h.Owner(), n.ID, need.Moving{To: need.Mapped, Note: "Han ene sluttet"})
	if n.Provider != "" || n.TakenWithoutForum {
		t.Errorf("reopened %+v", n)
	}
	if report, err := audit.Verify(ctx, h.DB); err != nil || report.Broken != 0 {
		t.Errorf("audit: %+v, %v", report, err)
	}
}

// wantProviderInLog: the log tells the provider's coming once, and no going while
// it works on.
func wantProviderInLog(t *testing.T, h *needtest.House, n need.ID) {
	t.Helper()
	var changed []string
	err := h.DB.Read(context.Background(), func(tx *db.Tx) error {
		list, _, err := audit.List(context.Background(), tx, access.SystemActor("test"), audit.Filter{Subject: need.Subject(n)})
		for _, e := range list.Items {
			for _, c := range e.Changes {
				if c.Field == "provider" && c.Before != c.After {
					changed = append(changed, c.Before+" to "+c.After)
				}
			}
		}
		return err
	})
	if want := []string{" to " + string(h.Fagskole)}; err != nil || !slices.Equal(changed, want) {
		t.Errorf("provider in the log: %q, %v, want %q", changed, err, want)
	}
}

func TestTakenWithoutForum(t *testing.T) {
	h := needtest.New(t)
	n := h.Register(h.Owner(), needtest.Content(h.Sawmill))
	n = h.Move(h.Provider(), n.ID, need.Moving{To: need.InFollowUp})
	if !n.TakenWithoutForum || n.AnswerBy != clock.MustDate("2026-12-16") {
		t.Errorf("taken %+v", n)
	}
	n = h.Move(h.Provider(), n.ID, need.Moving{To: need.Discussed, Note: "Vi har ikke faget"})
	if n.Provider != "" || !n.TakenWithoutForum {
		t.Errorf("handed back %+v", n)
	}
}

func TestMeasureEndsNeed(t *testing.T) {
	h := needtest.New(t)
	n := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	n = h.Move(h.Adviser(), n.ID, need.Moving{To: need.CoveredByOther, Note: "Vertskapskurs"})
	if n = h.Move(h.Adviser(), n.ID, need.Moving{To: need.Covered}); n.State != need.Covered {
		t.Errorf("state %s", n.State)
	}
}

func TestRefusedMoves(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	n := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	tests := []struct {
		name       string
		actor      access.Actor
		in         need.Moving
		kind       fault.Kind
		field, key string
	}{
		{"no such move", h.Secretary(), need.Moving{To: need.InDevelopment}, fault.Invalid, "to", "flow.error.no_such_move"},
		{"no such state", h.Secretary(), need.Moving{To: "done"}, fault.Invalid, "to", ""},
		{"not his move", h.Provider(), need.Moving{To: need.Presented}, fault.Denied, "", ""},
		{"not his need", needtest.As(access.RoleOrgMember, h.Farm), need.Moving{To: need.Withdrawn, Note: "x"}, fault.Denied, "", ""},
		{"visitor", access.Actor{}, need.Moving{To: need.Withdrawn, Note: "x"}, fault.Denied, "", ""},
		{"role past its end", access.Actor{Account: access.NewAccountID()}, need.Moving{To: need.Withdrawn, Note: "x"}, fault.Denied, "", ""},
		{"seen elsewhere", h.Secretary(), need.Moving{From: need.Presented, To: need.Discussed}, fault.Stale, "", ""},
		{"no reason", h.Owner(), need.Moving{To: need.Withdrawn}, fault.Invalid, "note", "flow.error.note_required"},
		{"blank reason", h.Owner(), need.Moving{To: need.Withdrawn, Note: " \n\u200b"}, fault.Invalid, "note", "flow.error.note_required"},
		{"long reason", h.Owner(), need.Moving{To: need.Withdrawn, Note: strings.Repeat("æ", 2001)}, fault.Invalid, "note", "form.error.too_long"},
		{"no provider", h.Secretary(), need.Moving{To: need.InFollowUp}, fault.Invalid, "provider", "need.error.provider_required"},
		{"no school", h.Secretary(), need.Moving{To: need.InFollowUp, Provider: h.Farm}, fault.Invalid, "provider", "need.error.not_provider"},
		{"another school", h.Provider(), need.Moving{To: need.InFollowUp, Provider: h.Vgs}, fault.Invalid, "provider", "need.error.provider_not_yours"},
		{"date has passed", h.Provider(), need.Moving{To: need.InFollowUp, AnswerBy: clock.MustDate("2026-11-17")}, fault.Invalid, "answer_by", "need.error.answer_by"},
		{"merge by hand", h.Adviser(), need.Moving{To: need.Merged}, fault.Invalid, "to", "need.error.use_pool"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := h.Needs.Move(ctx, tt.actor, n.ID, tt.in)
			needtest.WantKind(t, err, tt.kind)
			if tt.field != "" {
				needtest.WantField(t, err, tt.field, tt.key)
			}
		})
	}
	if d, err := h.Needs.Get(ctx, h.Owner(), n.ID); err != nil || d.State != need.Mapped || len(d.Steps) != 2 {
		t.Errorf("state %s, %d steps, %v", d.State, len(d.Steps), err)
	}
}

// Two move the same need at once: one wins, the other is told.
func TestTwoMoveAtOnce(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	n := h.Register(h.Owner(), needtest.Content(h.Sawmill))
	other := needtest.As(access.RoleProviderUser, h.Vgs)
	errs := make([]error, 2)
	var wg sync.WaitGroup
	for i, actor := range []access.Actor{h.Provider(), other} {
		wg.Go(func() {
			_, errs[i] = h.Needs.Move(ctx, actor, n.ID, need.Moving{From: need.Mapped, To: need.InFollowUp})
		})
	}
	wg.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Fatalf("errors %v and %v", errs[0], errs[1])
	}
	lost := errs[0]
	if lost == nil {
		lost = errs[1]
	}
	needtest.WantKind(t, lost, fault.Stale)
	if d, err := h.Needs.Get(ctx, h.Owner(), n.ID); err != nil || len(d.Steps) != 3 {
		t.Errorf("%d steps, %v", len(d.Steps), err)
	}
}

// A proposed move is one that is then allowed, and the other way round.
func TestProposals(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	tests := []struct {
		reader string
		want   []flow.State
	}{
		{"owner", []flow.State{need.InFollowUp, need.CoveredByExisting, need.CoveredByOther, need.Withdrawn}},
		{"representative", []flow.State{need.InFollowUp, need.CoveredByExisting, need.CoveredByOther, need.Withdrawn}},
		{"secretary", []flow.State{need.Presented, need.InFollowUp, need.CoveredByExisting, need.CoveredByOther, need.NotPossible, need.Closed}},
		{"officer", []flow.State{need.Presented, need.InFollowUp, need.CoveredByExisting, need.CoveredByOther, need.NotPossible, need.Closed}},
		{"provider", []flow.State{need.InFollowUp}},
		{"secretary in Røros", []flow.State{need.Presented, need.InFollowUp, need.CoveredByExisting, need.CoveredByOther, need.NotPossible, need.Closed}},
		{"officer in Røros", []flow.State{need.Presented, need.InFollowUp, need.CoveredByExisting, need.CoveredByOther, need.NotPossible, need.Closed}},
		{"secretary in Namsos", nil}, {"secretary nowhere", nil}, {"officer in Namsos", nil}, {"forum member in Røros", nil},
		{"forum member", nil}, {"visitor", nil}, {"expired", nil}, {"sysadmin", nil}, {"other company", nil}, {"other adviser", nil}, {"person", nil},
	}
	readers := h.Readers()
	n := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	for _, tt := range tests {
		list, err := h.Needs.ProposeMoves(ctx, readers[tt.reader], n.ID)
		if err != nil {
			t.Fatal(err)
		}
		var got []flow.State
		for _, p := range list {
			got = append(got, p.To)
			if asks := p.To == need.InFollowUp && tt.reader != "provider"; p.AsksProvider != asks {
				t.Errorf("%s: %s asks for a provider: %v", tt.reader, p.To, p.AsksProvider)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.reader, got, tt.want)
		}
	}
}

func TestRecordDiscussion(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	n := h.Register(h.Owner(), needtest.Content(h.Sawmill))
	needtest.WantKind(t, h.Needs.RecordDiscussion(ctx, h.Owner(), n.ID, need.Discussion{Clarified: "x"}), fault.Denied)
	needtest.WantField(t, h.Needs.RecordDiscussion(ctx, h.Secretary(), n.ID, need.Discussion{Interested: []org.ID{h.Farm}}), "interested", "need.error.not_provider")
	for _, text := range []string{"først", "så"} {
		if err := h.Needs.RecordDiscussion(ctx, h.Secretary(), n.ID, need.Discussion{Clarified: text}); err != nil {
			t.Fatal(err)
		}
	}
	d, err := h.Needs.Get(ctx, h.Owner(), n.ID)
	if err != nil || d.Discussion.Clarified != "så" {
		t.Errorf("discussion %+v, %v", d.Discussion, err)
	}
}
