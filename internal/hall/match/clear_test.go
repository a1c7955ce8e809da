package match

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"kompetansetorg/internal/common/vocab"
)

var starterVocabulary = sync.OnceValues(func() (*vocab.Index, error) { return vocab.Load(vocab.Options{}) })

func vocabulary(t testing.TB) *vocab.Index {
	t.Helper()
	v, err := starterVocabulary()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// understoodAs are the names of what a text clearly means, each with the words
// told: "Sveisere: sveisere".
func understoodAs(t *testing.T, text string) []string {
	t.Helper()
	v := vocabulary(t)
	concepts, _ := read(text, v.Link(text, vocab.LinkOptions{}))
	var out []string
	for _, c := range concepts {
		out = append(out, c.NB+": "+strings.Join(c.Words, " "))
	}
	return out
}

// What an adviser would say that the sentence is about stands there with the
// words that say so; what one would shake one's head at does not.
func TestReadSentences(t *testing.T) {
	for _, c := range []struct{ text, has, hasNot string }{
		{"Han som styre saga går av te sommarn, og ingen anna kan stille a inn", "Operatører innen trelastproduksjon: saga", "Stillas barnehage Hytte"},
		{"Vi får ikke tak i sykepleiere", "Sykepleiere: sykepleiere", "Tak-"},
		{"Ho som styrer rekneskapen i kommunen sluttar til jul", "Regnskap og lønn: rekneskapen", "Automatisering barnehage"},
		{"Vi trenger en ny styrer i barnehagen", "Styrer og pedagogisk ledelse i barnehage: styrer barnehagen", "Automatisering"},
		{"Vi har kjøpt ny CNC-maskin og ingen kan programmere den", "CNC og maskinering: CNC maskin programmere", "IT-utvikler Programvare"},
		{"Banken trenger folk som kan vurdere boliglån og sikkerhet", "Kundebehandlere lån og kreditt: Banken boliglån", "Sikkerhetsfaget"},
		{"Sykehuset trenger flere som kan ta bilder og kjøre MR-maskinen", "Radiografer mv.: Sykehuset bilder kjøre MR maskinen", "Anleggsmaskin Maskinfører"},
		{"Vi trenger bedre kompetanse på kunstig intelligens", "Kunstig intelligens i arbeidet: kunstig intelligens", "Kunst, design"},
		{"To helsefagarbeidere skal ta utstyret i bruk", "Helsefagarbeidere: helsefagarbeidere", "bruk"},
		{"Tømrerne er gode, men ingen vil være bas", "Byggeledelse og anleggsledelse: Tømrerne bas", ""},
		{"Elektrikerne våre må lære PLS", "PLS-programmering og automatisering: PLS", "Maritim Tog"},
		{"bussjåfører og bilmekanikere, begge deler haster", "Bilmekanikere: bilmekanikere", ""},
		{"bussjåfører og bilmekanikere, begge deler haster", "Bussjåfører og trikkeførere: bussjåfører", ""},
		{"De som flytter hit, blir ikke boende", "", "agronom Reindrift Laste"},
		{"Vi vil ta inn lærling, men vet ikke hvordan", "", "Veterinær"},
		{"", "", ""},
	} {
		got := understoodAs(t, c.text)
		if c.has != "" && !slices.Contains(got, c.has) {
			t.Errorf("%q: %q is not among %q", c.text, c.has, got)
		}
		for _, no := range strings.Fields(c.hasNot) {
			if strings.Contains(strings.Join(got, "; "), no) {
				t.Errorf("%q: %q is among %q", c.text, no, got)
			}
		}
	}
}

// meant makes a match of a concept that leads to some unit groups; a unit group
// is named by its four digits.
func meant(scheme vocab.Scheme, code string, score float64, words string, leads ...string) vocab.Match {
	return vocab.Match{Concept: vocab.Concept{Scheme: scheme, Code: code, NB: code, Styrk08: leads}, Score: score, Matched: strings.Fields(words)}
}

// TestReadRules pins each rule with made-up matches, best first.
func TestReadRules(t *testing.T) {
	const text = "alfa beta gamma delta"
	for _, c := range []struct {
		name    string
		text    string
		matches []vocab.Match
		want    string // codes and words
	}{
		{"two vocabularies agree", text, []vocab.Match{meant(vocab.Topic, "T1", 0.5, "alfa", "7212"), meant(vocab.Styrk08, "7212", 0.4, "alfa")}, "T1: alfa; 7212: alfa"},
		{"they agree on what is near", text, []vocab.Match{meant(vocab.Topic, "T1", 0.7, "alfa", "7213"), meant(vocab.Styrk08, "7212", 0.4, "alfa")}, "T1: alfa; 7212: alfa"},
		{"one word, and nobody agrees", text, []vocab.Match{meant(vocab.Topic, "T1", 0.9, "alfa", "7212"), meant(vocab.Styrk08, "2223", 0.4, "beta")}, ""},
		{"one word for an occupation, very plainly", text, []vocab.Match{meant(vocab.Styrk08, "7212", 0.61, "alfa")}, "7212: alfa"},
		{"not so plainly", text, []vocab.Match{meant(vocab.Styrk08, "7212", 0.59, "alfa")}, ""},
		{"two words for an occupation", text, []vocab.Match{meant(vocab.Styrk08, "7212", 0.3, "alfa beta")}, "7212: alfa beta"},
		{"two words for a topic that leads nowhere", text, []vocab.Match{meant(vocab.Topic, "T1", 0.9, "alfa beta")}, ""},
		{"hardly meant", text, []vocab.Match{meant(vocab.Styrk08, "7212", 0.24, "alfa beta")}, ""},
		{"the same words are better read otherwise", text, []vocab.Match{meant(vocab.Styrk08, "7212", 0.6, "alfa beta gamma"), meant(vocab.Styrk08, "2223", 0.5, "alfa beta")}, "7212: alfa beta gamma"},
		{"unless that is much weaker", text, []vocab.Match{meant(vocab.Styrk08, "2223", 0.9, "alfa beta"), meant(vocab.Styrk08, "7212", 0.3, "alfa beta gamma")}, "2223: alfa beta; 7212: alfa beta gamma"},
		{"what has failed is no agreement", text, []vocab.Match{meant(vocab.Styrk08, "7212", 0.8, "alfa beta gamma"), meant(vocab.Trade, "P1", 0.6, "alfa beta", "2223"), meant(vocab.Styrk08, "2223", 0.28, "alfa beta")}, "7212: alfa beta gamma"},
		{"the same said more weakly", text, []vocab.Match{meant(vocab.Topic, "T1", 0.9, "alfa", "7212"), meant(vocab.Styrk08, "7212", 0.8, "alfa"), meant(vocab.Topic, "T2", 0.6, "alfa", "7212")}, "T1: alfa; 7212: alfa"},
		{"the same with a word of its own", text, []vocab.Match{meant(vocab.Topic, "T1", 0.9, "alfa", "7212"), meant(vocab.Styrk08, "7212", 0.8, "alfa"), meant(vocab.Topic, "T2", 0.6, "beta", "7212")}, "T1: alfa; 7212: alfa; T2: beta"},
		{"of a group's words those that others have too", text, []vocab.Match{meant(vocab.Styrk08, "7212", 0.9, "alfa beta"), meant(vocab.Topic, "T1", 0.7, "beta", "7212")}, "7212: beta; T1: beta"},
		{"a lone word that nobody has gives way", text, []vocab.Match{meant(vocab.Topic, "T1", 0.6, "alfa beta", "7212"), meant(vocab.Styrk08, "7212", 0.5, "gamma")}, "T1: alfa beta; 7212: alfa beta"},
		{"a verb names no occupation", "vi alfa hele dagen", []vocab.Match{meant(vocab.Styrk08, "7212", 0.9, "alfa")}, ""},
		{"nor does what is denied", "alfa ikke", []vocab.Match{meant(vocab.Styrk08, "7212", 0.9, "alfa")}, ""},
		{"the word stands in another place too", "vi alfa, og alfa er her", []vocab.Match{meant(vocab.Styrk08, "7212", 0.9, "alfa")}, "7212: alfa"},
	} {
		var got []string
		concepts, _ := read(c.text, vocab.Result{Matches: c.matches})
		for _, k := range concepts {
			got = append(got, k.Code+": "+strings.Join(k.Words, " "))
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}

// Words of a phrase that tells what kind of wish it is say nothing of its
// subject; one word alone may, and so may a level.
func TestReadWishes(t *testing.T) {
	match := []vocab.Match{meant(vocab.Styrk08, "7121", 0.9, "tak")}
	for _, c := range []struct {
		kind, phrase string
		want         int
	}{{"need", "får ikke tak i", 0}, {"need", "tak", 1}, {"settle", "tak", 0}, {"level_kurs", "ikke tak", 1}} {
		signals := vocab.SignalScores{Evidence: map[string][]string{c.kind: {c.phrase}}}
		if got, _ := read("Vi får ikke tak i dem", vocab.Result{Matches: match, Signals: signals}); len(got) != c.want {
			t.Errorf("%s %q: %d concepts, want %d", c.kind, c.phrase, len(got), c.want)
		}
	}
	signals := vocab.SignalScores{Evidence: map[string][]string{"need": {"får ikke tak i"}}}
	if got, _ := read("Vi får ikke tak i dem. Vi legger tak. Vi får ikke tak i dem", vocab.Result{Matches: match, Signals: signals}); len(got) != 1 {
		t.Error("the word stands by itself in between")
	}
}

// What is unclear still counts a little when programmes are ranked; the linker's
// own answer is not changed.
func TestReadScoresTheUnclearDown(t *testing.T) {
	linked := vocab.Result{Matches: []vocab.Match{meant(vocab.Styrk08, "7212", 0.8, "alfa beta"), meant(vocab.Topic, "T1", 0.5, "gamma"), meant(vocab.Topic, "T2", 0.2, "gamma")}}
	_, got := read("alfa beta gamma", linked)
	if m := got.Matches; m[0].Score != 0.8 || m[1].Score < 0.14 || m[1].Score > 0.16 || m[2].Score != 0.2 {
		t.Errorf("scores %v", m)
	}
	if linked.Matches[1].Score != 0.5 {
		t.Error("the linker's answer is changed")
	}
}
