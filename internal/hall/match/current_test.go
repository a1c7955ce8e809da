package match_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/site/sitetest"
)

// TestManyProgrammesAreReadWhileItAnswers starts a hall for which the demo's
// programmes are many: it answers with measures and support at once, says that
// this is not all, and ends as a hall does that has waited.
func TestManyProgrammesAreReadWhileItAnswers(t *testing.T) {
	h, ctx := sitetest.New(t), context.Background()
	if !h.Match.IsReady() {
		t.Error("a house of few programmes starts without its index")
	}
	deps := h.Match.Deps
	deps.Inline = 1
	s := match.New(deps)
	if s.IsReady() {
		t.Error("ready before it has started")
	}
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	ask := match.Query{Text: settleText, Municipality: "5022"}
	for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		a := find(t, s, ask)
		if len(a.Measures) < 3 {
			t.Fatalf("partial %v: %d measures", a.Partial, len(a.Measures))
		}
		if a.Partial && len(a.Offers)+len(a.Adapt) > 0 {
			t.Fatal("an answer without programmes has programmes")
		}
		if !a.Partial {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the index is not made after a minute")
		}
	}
	ask.Text = sawText
	if got, want := educations(find(t, s, ask)), educations(find(t, h.Match, ask)); !s.IsReady() || !slices.Equal(got, want) {
		t.Errorf("ready %v: %v, want %v", s.IsReady(), got, want)
	}
}
