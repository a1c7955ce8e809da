package need_test

import (
	"context"
	"slices"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/needtest"
)

// Covered is said by those who have the need and by their adviser. Anybody else
// who may make the move is refused without proof, is not offered it, and the
// need stays where it was.
func TestCoveredOnlyByProof(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	says := []string{"owner", "representative", "system", "secretary in Namsos, owner"}
	refused := map[flow.State][]string{
		need.InDevelopment:     {"provider", "provider in Namsos", "secretary", "officer", "secretary in Røros", "officer in Røros", "secretary in Namsos, officer in Røros", "secretary, officer in Namsos"},
		need.CoveredByExisting: {"secretary", "officer", "secretary in Røros", "officer in Røros", "secretary in Namsos, officer in Røros", "secretary, officer in Namsos"},
		need.CoveredByOther:    {"secretary", "officer", "secretary in Røros", "officer in Røros", "secretary in Namsos, officer in Røros", "secretary, officer in Namsos"},
	}
	for from, want := range refused {
		var said, denied, proof []string
		for name, actor := range h.Readers() {
			n := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
			h.Move(h.Provider(), n.ID, need.Moving{To: need.InFollowUp})
			h.Move(access.SystemActor("test"), n.ID, need.Moving{To: from})
			offered, err := h.Needs.ProposeMoves(ctx, actor, n.ID)
			if err != nil {
				t.Fatal(err)
			}
			_, err = h.Needs.Move(ctx, actor, n.ID, need.Moving{To: need.Covered})
			e, _ := fault.As(err)
			switch {
			case err == nil:
				said = append(said, name)
			case e.Kind == fault.Conflict && e.Key == "need.error.no_evidence":
				proof = append(proof, name)
			default:
				needtest.WantKind(t, err, fault.Denied)
				denied = append(denied, name)
			}
			if has := slices.ContainsFunc(offered, func(p need.Proposal) bool { return p.To == need.Covered }); has != (err == nil) {
				t.Errorf("%s from %s: offered %v, but the move gives %v", name, from, has, err)
			}
			d, getErr := h.Needs.Get(ctx, h.Officer(), n.ID)
			if getErr != nil || (d.State == need.Covered) != (err == nil) || err != nil && (d.State != from || len(d.Steps) != 4) {
				t.Errorf("%s from %s: stands in %s after %d steps, %v", name, from, d.State, len(d.Steps), getErr)
			}
		}
		slices.Sort(said)
		slices.Sort(proof)
		slices.Sort(want)
		slices.Sort(says)
		if !slices.Equal(said, says) || !slices.Equal(proof, want) || len(denied) == 0 {
			t.Errorf("from %s: may %q, lack proof %q, may not %q", from, said, proof, denied)
		}
	}
}

// A mandate that has ended gives no word for the owner, so that the former
// adviser is neither offered the move nor let through.
func TestNoWordAfterTheMandate(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	n := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	h.Move(h.Adviser(), n.ID, need.Moving{To: need.CoveredByOther})
	list, err := h.Orgs.Mandates(ctx, h.Adviser(), h.Hub)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d mandates, %v", len(list), err)
	}
	if err := h.Orgs.EndMandate(ctx, h.Adviser(), list[0].ID, list[0].Version, clock.MustDate("2026-11-17")); err != nil {
		t.Fatal(err)
	}
	_, err = h.Needs.Move(ctx, h.Adviser(), n.ID, need.Moving{To: need.Covered})
	needtest.WantKind(t, err, fault.Denied)
	_, err = h.Needs.Move(ctx, needtest.Both(h.Adviser(), h.Secretary()), n.ID, need.Moving{To: need.Covered})
	needtest.WantKind(t, err, fault.Conflict)
}

// shown is proof that stands for the needs in it, and remembers the word given.
type shown struct {
	stands map[flow.Subject]bool
	said   []string
}

func (p *shown) Stands(_ context.Context, _ *db.Tx, s flow.Subject) (bool, error) {
	return p.stands[s], nil
}

func (p *shown) Said(_ context.Context, _ *db.Tx, _ access.Actor, s flow.Subject, note string) error {
	if note == "Feil" {
		return fault.InvalidField("note", "form.error.required")
	}
	p.said = append(p.said, s.ID+" "+note)
	return nil
}

// Where it is shown that a need is covered, those who follow it up may say so
// too; an owner's word is kept with the move, and without it nothing moves.
func TestProofOpensTheMove(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	proof := &shown{stands: map[flow.Subject]bool{}}
	h.Needs.ProvedBy(proof)
	developed := func() need.ID {
		n := h.Register(h.Owner(), needtest.Content(h.Sawmill)).ID
		h.Move(h.Provider(), n, need.Moving{To: need.InFollowUp})
		h.Move(h.Provider(), n, need.Moving{To: need.InDevelopment})
		return n
	}
	a, b := developed(), developed()
	proof.stands[need.FlowSubject(a)] = true
	for n, want := range map[need.ID]bool{a: true, b: false} {
		list, err := h.Needs.ProposeMoves(ctx, h.Provider(), n)
		if has := slices.ContainsFunc(list, func(p need.Proposal) bool { return p.To == need.Covered }); err != nil || has != want {
			t.Errorf("offered %v, want %v, %v", has, want, err)
		}
	}
	h.Move(h.Provider(), a, need.Moving{To: need.Covered})
	_, err := h.Needs.Move(ctx, h.Provider(), b, need.Moving{To: need.Covered})
	needtest.WantKind(t, err, fault.Conflict)
	if len(proof.said) != 0 {
		t.Errorf("the provider's word is kept: %q", proof.said)
	}
	_, err = h.Needs.Move(ctx, h.Owner(), b, need.Moving{To: need.Covered, Note: "Feil"})
	needtest.WantField(t, err, "note", "form.error.required")
	if d, err := h.Needs.Get(ctx, h.Owner(), b); err != nil || d.State != need.InDevelopment {
		t.Errorf("moved without the word kept: %s, %v", d.State, err)
	}
	h.Move(h.Owner(), b, need.Moving{To: need.Covered, Note: "To er i jobb"})
	if want := []string{string(b) + " To er i jobb"}; !slices.Equal(proof.said, want) {
		t.Errorf("kept %q, want %q", proof.said, want)
	}
}
