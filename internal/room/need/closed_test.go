package need_test

import (
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/needtest"
)

// TestAClosedOrganisationTakesNoNewNeeds: what it reported before goes on, a
// draft is kept but not submitted, and when the register opens it again it may
// report.
func TestAClosedOrganisationTakesNoNewNeeds(t *testing.T) {
	h := needtest.New(t)
	stand := func(s brreg.State) {
		t.Helper()
		err := h.DB.Write(t.Context(), func(tx *db.Tx) error {
			_, err := h.Orgs.StandIn(t.Context(), tx, access.SystemActor("test"), h.Sawmill, org.Standing{State: s, Employees: -1, CheckedAt: h.Clock().Now()})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	old := h.Register(h.Owner(), needtest.Content(h.Sawmill))
	draft, err := h.Needs.SaveDraft(t.Context(), h.Owner(), "", 0, needtest.Content(h.Sawmill))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []brreg.State{brreg.Bankrupt, brreg.WindingUp, brreg.Forced, brreg.Deleted, brreg.Removed} {
		stand(s)
		for name, actor := range map[string]access.Actor{"owner": h.Owner(), "adviser": h.Adviser()} {
			_, err := h.Needs.Register(t.Context(), actor, needtest.Content(h.Sawmill))
			if needtest.WantField(t, err, "organisation", "org.closed."+string(s)); err == nil {
				t.Errorf("%s: %s registers", s, name)
			}
		}
	}
	_, err = h.Needs.Submit(t.Context(), h.Owner(), draft.ID, draft.Version, needtest.Content(h.Sawmill))
	needtest.WantKind(t, err, fault.Invalid)
	in := needtest.Content(h.Sawmill)
	in.Headcount = 3
	if edited, err := h.Needs.Edit(t.Context(), h.Owner(), old.ID, old.Version, in); err != nil || edited.Headcount != 3 {
		t.Errorf("an earlier need cannot be mended: %v", err)
	}
	if n := h.Move(h.Owner(), old.ID, need.Moving{To: need.Withdrawn, Note: "Konkurs"}); n.State != need.Withdrawn {
		t.Errorf("an earlier need cannot be withdrawn: %s", n.State)
	}
	for _, s := range []brreg.State{brreg.Active, brreg.Unknown} {
		stand(s)
		if _, err := h.Needs.Register(t.Context(), h.Owner(), needtest.Content(h.Sawmill)); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
}
