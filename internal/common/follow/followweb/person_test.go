package followweb_test

import (
	"context"
	"strings"
	"testing"

	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// A ball that a certain person has is hers alone: she is reminded and finds it among
// her tasks, and others of the same role are not, though they may see the thing.
func TestABallOfOnePersonIsHersAlone(t *testing.T) {
	h := sitetest.New(t)
	drain(t, h)
	_, n := employer(t, h, need.Open)
	learner := h.Actor("learner")
	err := h.DB().Write(t.Context(), func(tx *db.Tx) error {
		ball := flow.Ball{Party: flow.Learner, Account: learner.Account, Due: clock.AddWorkdays(h.Today(), 2)}
		return flow.Pass(t.Context(), tx, flow.Subject{Kind: need.FlowKind, ID: string(n.ID)}, ball)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Follow.Remind(t.Context()); err != nil {
		t.Fatal(err)
	}
	for role, want := range map[string]bool{"learner": true, "employer": false, "adviser": false, "secretary": false} {
		c := h.As(role)
		if got := strings.Contains(c.Get("/varsler").Text("main"), n.Number); got != want {
			t.Errorf("%s is reminded: %v, want %v", role, got, want)
		}
		if got := holds(t, h, role, n); got != want {
			t.Errorf("%s has the ball: %v, want %v", role, got, want)
		}
	}
}

// holds reports whether the need is among the tasks of the role's person.
func holds(t *testing.T, h *sitetest.House, role string, n need.Need) bool {
	t.Helper()
	var tasks db.Paged[flow.Item]
	err := h.DB().Read(t.Context(), func(tx *db.Tx) error {
		var err error
		tasks, err = flow.Held(context.Background(), tx, h.Actor(role), flow.Asked{Limit: 500})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range tasks.Items {
		if i.Subject.ID == string(n.ID) {
			return true
		}
	}
	return false
}
