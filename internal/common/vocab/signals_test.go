package vocab

import "testing"

func TestSignals(t *testing.T) {
	x := starterOf(t)
	for _, c := range []struct {
		text  string
		score func(SignalScores) float64
		name  string
		high  bool
	}{
		{"De som flytter hit, blir ikke boende", func(s SignalScores) float64 { return s.Settle }, "settle", true},
		{"dæm som flytte hit, bli itj buan", func(s SignalScores) float64 { return s.Settle }, "settle", true},
		{"Vi mangler sveisere", func(s SignalScores) float64 { return s.Settle }, "settle", false},
		{"Når går bussen til Røros?", func(s SignalScores) float64 { return s.NonNeed }, "nonneed", true},
		{"Vi mangler folk på kjøkkenet", func(s SignalScores) float64 { return s.Need }, "need", true},
		{"vi får itj tak i folk", func(s SignalScores) float64 { return s.Need }, "need", true},
		{"Det haster", func(s SignalScores) float64 { return s.Urgent }, "urgent", true},
		{"Kan vi søke tilskudd til kurset?", func(s SignalScores) float64 { return s.Support }, "support", true},
		{"De må ta fagbrev", func(s SignalScores) float64 { return s.Levels["fagbrev"] }, "level fagbrev", true},
		{"Det må gå på nett", func(s SignalScores) float64 { return s.Forms["nett"] }, "form nett", true},
		{"", func(s SignalScores) float64 { return s.Need + s.NonNeed + s.Settle }, "nothing", false},
	} {
		if got := c.score(x.Signals(c.text)); (got >= 0.5) != c.high {
			t.Errorf("%q: %s is %.2f, want high %v", c.text, c.name, got, c.high)
		}
	}
}

func TestSignalEvidenceIsTheUsersWords(t *testing.T) {
	s := starterOf(t).Signals("Hos oss FÅR vi ikke tak i folk")
	if len(s.Evidence["need"]) == 0 {
		t.Fatal("no evidence")
	}
	if got := s.Evidence["need"][0]; got != "FÅR vi ikke tak i" && got != "FÅR vi ikke" {
		t.Errorf("evidence %q", s.Evidence["need"])
	}
}

func TestNegationIsNotSkipped(t *testing.T) {
	d := newDraft()
	if err := d.starterSignal([]string{"need", "får hjelp", "1"}); err != nil {
		t.Fatal(err)
	}
	index := &Index{signals: indexSignals(d.signals)}
	if index.Signals("vi får noe hjelp").Need == 0 {
		t.Error("a small word between hides the phrase")
	}
	if index.Signals("vi får ikke hjelp").Need != 0 {
		t.Error("a negation between is overlooked")
	}
}

func TestSignalWeightMustBeANumber(t *testing.T) {
	if err := newDraft().starterSignal([]string{"need", "x", "mye"}); err == nil {
		t.Error("no error")
	}
}
