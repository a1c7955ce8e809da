package need_test

import (
	"context"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/needtest"
)

func TestFollowLink(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	n := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	token, err := h.Needs.Token(ctx, h.Adviser(), n.ID)
	if err != nil {
		t.Fatal(err)
	}
	h.Move(h.Provider(), n.ID, need.Moving{To: need.InFollowUp, Note: "skal ikke vises"})
	v, err := h.Needs.ByToken(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	if v.Number != n.Number || v.State != need.InFollowUp || v.Ball.Party != flow.Provider || v.Ball.Name != "Fjellfagskolen" ||
		v.Provider != "Fjellfagskolen" || !v.Open || v.Text != n.Text || v.Headcount != 2 || v.Organisation != "Ålen Sag" || !v.TakenWithoutForum {
		t.Errorf("view %+v", v)
	}
	if len(v.Steps) != 3 || v.Steps[2].Note != "" {
		t.Errorf("steps %+v", v.Steps)
	}
	h.Move(h.Provider(), n.ID, need.Moving{To: need.NotPossible, Note: "Ingen plass"})
	if v, _ = h.Needs.ByToken(ctx, token); v.Steps[3].Note != "Ingen plass" {
		t.Errorf("reason %+v", v.Steps[3])
	}
}

// A link that went astray tells no more than the owner chose to tell all.
func TestFollowLinkOfHiddenNeed(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	for _, c := range []need.Confidentiality{need.ProvidersOnly, need.ForumOnly, need.Internal} {
		n := h.Register(h.Owner(), needtest.Hidden(h.Sawmill, c, 7))
		token, err := h.Needs.Token(ctx, h.Owner(), n.ID)
		if err != nil {
			t.Fatal(err)
		}
		v, err := h.Needs.ByToken(ctx, token)
		if err != nil || v.State != need.Mapped || v.Number == "" {
			t.Errorf("%s: %+v, %v", c, v, err)
		}
		if v.Open || v.Text != "" || v.Headcount != 0 || v.Organisation != "" || v.Municipality != "" || v.Title != "" {
			t.Errorf("%s: shows %+v", c, v)
		}
	}
}

func TestRenewAndRevoke(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	n := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	first, err := h.Needs.Token(ctx, h.Owner(), n.ID)
	if err != nil {
		t.Fatal(err)
	}
	second, err := h.Needs.RenewToken(ctx, h.Adviser(), n.ID)
	if err != nil || second == first {
		t.Fatalf("renewed %q, %v", second, err)
	}
	_, err = h.Needs.ByToken(ctx, first)
	needtest.WantKind(t, err, fault.NotFound)
	if _, err := h.Needs.ByToken(ctx, second); err != nil {
		t.Error(err)
	}
	if err := h.Needs.RevokeToken(ctx, h.Owner(), n.ID); err != nil {
		t.Fatal(err)
	}
	_, err = h.Needs.ByToken(ctx, second)
	needtest.WantKind(t, err, fault.NotFound)
	_, err = h.Needs.Token(ctx, h.Owner(), n.ID)
	needtest.WantKind(t, err, fault.NotFound)
	if _, err = h.Needs.RenewToken(ctx, h.Owner(), n.ID); err != nil {
		t.Error(err)
	}
	_, err = h.Needs.ByToken(ctx, "")
	needtest.WantKind(t, err, fault.NotFound)
}

func TestWhoHandlesTheLink(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	n := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	for _, actor := range []access.Actor{{}, h.Provider(), h.Secretary(), needtest.As(access.RoleSysadmin, h.County)} {
		_, err := h.Needs.Token(ctx, actor, n.ID)
		needtest.WantKind(t, err, fault.NotFound)
		_, err = h.Needs.RenewToken(ctx, actor, n.ID)
		needtest.WantKind(t, err, fault.NotFound)
		needtest.WantKind(t, h.Needs.RevokeToken(ctx, actor, n.ID), fault.NotFound)
	}
	d, err := h.Needs.SaveDraft(ctx, h.Owner(), "", 0, needtest.Content(h.Sawmill))
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Needs.RenewToken(ctx, h.Owner(), d.ID)
	needtest.WantKind(t, err, fault.Conflict)
}
