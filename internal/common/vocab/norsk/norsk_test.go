package norsk

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":              "",
		"Årsverk":       "årsverk",
		"ÆØÅ":           "æøå",
		"Förskollärare": "førskollærare",
		"kafé À la":     "kafe a la",
		"a\u030arsverk": "årsverk", // å as two characters
		"cafe\u0301":    "cafe",
		"C++":           "c++",
		"🙂 Sveiser":     "🙂 sveiser",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestBokmaal(t *testing.T) {
	for in, want := range map[string]string{
		"itj": "ikke", "ikkje": "ikke", "dæm": "de", "te": "til", "frå": "fra", "kva": "hva",
		"sjukepleiar": "sykepleier", "reinhaldar": "renholder", "snikkarar": "snekkerer",
		"røyrleggjar": "rørlegger", "lærarar": "lærerer", "elektrikar": "elektriker",
		"skule": "skole", "mjølkebruk": "melkebruk", "kvitost": "hvitost", "kvalitet": "kvalitet",
		"rettleiing": "veileding", "verksemd": "virksomhet", "saksbehandlar": "saksbehandler",
		"radar": "radar", "seminar": "seminar", "sykepleier": "sykepleier", "veg": "vei",
	} {
		if got := Bokmaal(in); got != want {
			t.Errorf("Bokmaal(%q) = %q, want %q", in, got, want)
		}
	}
}

// Both written forms and the inflections of a word must meet in one stem.
func TestStemsMeet(t *testing.T) {
	for _, group := range [][]string{
		{"sykepleier", "sykepleiere", "sykepleieren", "sjukepleiar", "sjukepleiarar", "sjukepleiarane"},
		{"elektriker", "elektrikere", "elektrikar", "elektrikarar", "elektrikarane"},
		{"renholder", "renholdere", "reinhaldar", "reinhaldarar"},
		{"rørlegger", "røyrleggjar", "røyrleggjarar"},
		{"snekker", "snikkar", "snikkarar", "snekkere"},
		{"høste", "hauste", "høster", "haustar"},
	} {
		want := Stem(Bokmaal(group[0]))
		for _, w := range group[1:] {
			if got := Stem(Bokmaal(w)); got != want {
				t.Errorf("%s: stem %q, want %q as of %s", w, got, want, group[0])
			}
		}
	}
}

func TestTokens(t *testing.T) {
	text := "Han som styre saga går av te sommarn, og ingen anna kan stille a inn. Vi i Åfjord treng sveisarar!"
	tokens := Tokens(text)
	var content []string
	for _, tok := range tokens {
		if tok.Kind == Content {
			content = append(content, text[tok.Start:tok.End])
		}
	}
	want := []string{"styre", "saga", "stille", "Åfjord", "sveisarar"}
	if !slices.Equal(content, want) {
		t.Errorf("content words %q, want %q", content, want)
	}
	last := tokens[len(tokens)-1]
	if last.Word != "sveiserer" || last.Clause != 1 {
		t.Errorf("last token %+v, want sveiserer in clause 1", last)
	}
	for _, tok := range tokens {
		if text[tok.Start:tok.End] == "Åfjord" != tok.Name {
			t.Errorf("Name of %q is %v", text[tok.Start:tok.End], tok.Name)
		}
	}
}

func TestTokensOfOddText(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, " \n\t": 0, "🙂🙃": 0, "...": 0, "C++ og C#": 3, "salgs- og markedssjefer": 3, "æøå ÆØÅ": 2,
		"\xff\xfe": 0, "a\x00b": 2,
	} {
		if got := len(Tokens(text)); got != want {
			t.Errorf("%q has %d tokens, want %d", text, got, want)
		}
	}
}

func TestSkeleton(t *testing.T) {
	for _, pair := range [][2]string{
		{"kjører", "kjorer"}, {"kjører", "kjoerer"}, {"lærer", "laerer"}, {"lærer", "lerer"},
		{"båtfører", "batforer"}, {"båtfører", "baatfoerer"}, {"tannlege", "tanlege"}, {"kokk", "kock"},
	} {
		if a, b := Skeleton(pair[0]), Skeleton(pair[1]); a != b {
			t.Errorf("%s gives %q, %s gives %q", pair[0], a, pair[1], b)
		}
	}
	if Skeleton("baker") == Skeleton("maker") {
		t.Error("baker and maker have one skeleton")
	}
}

func TestSplit(t *testing.T) {
	known := map[string]int32{}
	for _, w := range []string{"anlegg", "maskin", "fører", "barnehage", "lærer", "kjøkken", "leder", "laks", "slakteri", "ulv"} {
		known[Stem(w)] = 1
	}
	s := NewSplitter(known)
	for word, want := range map[string][]string{
		"barnehagelærer":      {Stem("barnehage"), Stem("lærer")},
		"kjøkkenleder":        {"kjøkk", "led"},
		"anleggsmaskinførere": {"anlegg", "maskin", "før"},
		"lakseslakteriet":     {Stem("laks"), Stem("slakteri")},
		"fører":               nil,
		"gulvlegger":          nil,
		"":                    nil,
	} {
		if got := s.Split(word); !slices.Equal(got, want) {
			t.Errorf("Split(%q) = %q, want %q", word, got, want)
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"Vi treng røyrleggjarar i Rennebu.", "a\u030a", "++", "æ-Ø/å", "\xff", strings.Repeat("ab", 999)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, tok := range Tokens(text) {
			if tok.Start < end || tok.End <= tok.Start || tok.End > len(text) {
				t.Fatalf("token %+v after byte %d of %d", tok, end, len(text))
			}
			end = tok.End
			if utf8.ValidString(text) && !utf8.ValidString(tok.Word+tok.Stem) {
				t.Fatalf("token %+v is no UTF-8", tok)
			}
			Skeleton(tok.Word)
		}
	})
}
