package notes_test

import (
	"strings"
	"testing"

	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need/notes"
)

func TestHeadcount(t *testing.T) {
	for written, want := range map[string]int{
		"Vi trenger 3 personer til lakkboksen.":                      3,
		"Vi trenger minst fem sveisere.":                             5,
		"Me treng seks til åtte elektrikarar.":                       6,
		"Vi mangler 4-5 helsefagarbeidere.":                          4,
		"Vi trenger et par kokker.":                                  2,
		"Vi trenger en autorisert regnskapsfører.":                   1,
		"Vi trenger en løsning på kompetanse i robotstyring.":        0,
		"Vi trenger to erfarne, faglærte tømrere.":                   2,
		"Vi mangler kokker (3).":                                     3,
		"Vi trenger rørleggere innen 3. mars 2027.":                  0,
		"Vi mangler sveisere etter 20 års vekst.":                    0,
		"Vi trenger kurs på 15 studiepoeng.":                         0,
		"Vi trenger to nye maskiner, og kompetanse til å drive dem.": 0,
		"We need two welders.":                                       2,
		"Vi trenger folk til tre prosjekter.":                        0,
		"Vi trenger sveisere. Det gjelder 12 ansatte.":               12,
		"Vi søker etter ein kokk til kantina.":                       1,
		"Behovet for sveisere er på 2 stk.":                          2,
	} {
		got := notes.Read(notes.Plain(written), today, nil)
		if len(got) != 1 {
			t.Errorf("%q gives %d candidates: %v", written, len(got), got)
			continue
		}
		if got[0].Headcount.N != want {
			t.Errorf("%q: %d people by %q, want %d", written, got[0].Headcount.N, got[0].Headcount.Words, want)
		}
		if want > 0 && !strings.Contains(strings.ToLower(written), strings.ToLower(got[0].Headcount.Words)) {
			t.Errorf("%q: the reason %q does not stand in it", written, got[0].Headcount.Words)
		}
	}
}

func TestWhen(t *testing.T) {
	for written, want := range map[string]string{
		"Vi trenger sveisere til høsten.":                    "2027-08-01",
		"Vi trenger sveisere fra 1. august 2028.":            "2028-08-01",
		"Vi trenger sveisere innen 15.2.2027.":               "2027-02-15",
		"Vi trenger sveisere frå januar.":                    "2027-01-01",
		"Me treng sveisarar til neste vår.":                  "2027-01-01",
		"Vi trenger sveisere til bedriften vår.":             "",
		"Vi trenger sveisere neste år.":                      "2027-01-01",
		"Vi trenger sveisere snarest.":                       "now",
		"Me treng sveisarar så snart råd er.":                "now",
		"Vi trenger sveisere i løpet av de neste tre årene.": "3y",
		"Vi trengte sveisere fra 2019.":                      "",
		"Vi trenger sveisere som kan jobbe 31. februar.":     "",
		"We need welders from March 2027.":                   "2027-03-01",
	} {
		got := notes.Read(notes.Plain(written), today, nil)
		if len(got) != 1 {
			t.Errorf("%q gives %d candidates", written, len(got))
			continue
		}
		if when := got[0].When.From.String() + got[0].When.Horizon; when != want {
			t.Errorf("%q: %s by %q, want %s", written, when, got[0].When.Words, want)
		}
	}
}

// TestWhatIsNoNeed holds what looks like a need and is none.
func TestWhatIsNoNeed(t *testing.T) {
	for _, written := range []string{
		"Vi trenger ikke flere folk nå.",
		"Me har ikkje behov for kurs.",
		"Det er ingen behov i år.",
		"Jeg trenger svar innen fredag.",
		"Har dere behov for sveisere?",
		"Si fra hvis dere trenger kurs.",
		"Vi ønsker dere velkommen.",
		"Møtet ble satt kl. 10.",
		"Hei alle sammen!",
		"Vi trenger nye lokaler.",
		"Vi gikk gjennom kartleggingen av behov for kompetanse.",
		"Til stede:\nTo sveisere\nTre kokker",
		"Mvh\nVi trenger sveisere AS",
		"> Vi trenger tre sveisere",
		"",
		"\u200b",
	} {
		if got := notes.Read(notes.Plain(written), today, nil); len(got) > 0 {
			t.Errorf("%q gives %q by %q", written, got[0].Text, got[0].Cue.Words)
		}
	}
}

// TestDetailsOfPeopleAreLeftOut: no number or address of a person comes through.
func TestDetailsOfPeopleAreLeftOut(t *testing.T) {
	plain := notes.Plain("Vi trenger tre sveisere. Ring 680 51 234, eller skriv til post@firma.example. Fnr. 01010750160.")
	for _, part := range []string{"51 234", "firma.example", "01010750160"} {
		if strings.Contains(plain, part) {
			t.Errorf("%q stands in %q", part, plain)
		}
	}
	if got := notes.Read(plain, today, nil); len(got) != 1 || got[0].Headcount.N != 3 {
		t.Errorf("got %v", got)
	}
}

// TestEachNeedOfASentence: what is counted apart becomes needs of their own.
func TestEachNeedOfASentence(t *testing.T) {
	got := notes.Read("Eksempel Bygg AS trenger tre tømrere, to murere og en lærling til høsten.", today, nil)
	want := []string{"Eksempel Bygg AS trenger tre tømrere", "Eksempel Bygg AS trenger to murere", "Eksempel Bygg AS trenger en lærling til høsten."}
	if len(got) != len(want) {
		t.Fatalf("%d candidates: %v", len(got), got)
	}
	for i, c := range got {
		if c.Text != want[i] {
			t.Errorf("candidate %d is %q, want %q", i, c.Text, want[i])
		}
		if c.When.From.String() != "2027-08-01" || len(c.Orgs) == 0 || c.Orgs[0].Text != "Eksempel Bygg AS" {
			t.Errorf("candidate %d: when %s, organisations %v", i, c.When.From, c.Orgs)
		}
	}
}

// oddly knows every other phrase: the properties hold whatever a vocabulary says, and
// a real one would take the fuzzer's time.
type oddly struct{}

func (oddly) Knows(phrase string) bool { return len(phrase)%2 == 1 }

// FuzzRead: whatever is pasted, candidates are bounded, come in the order of the text
// and hold nothing about people that can be told by its shape; what was cut stays cut.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"Vi trenger tre sveisere og to kokker.", "- a\r\n- b\t3", "<p>Vi <b>trenger</b></p><li>4 kokker", "Fra: x\nSak 4\n> hei", "Antall: 3-4\nBehov: kokk",
		"Bedrift\tBehov\tAntall\nA AS\tkokk\t2", "12 34 56 78 90 3. mars 2027", "ÆØÅ AS (Røros): minst fem årsverk, snarest", "x\u00a0(3) \u2028– 5",
		"a;b;c\nStilling;Mangler;x\nkokk;2;", "1 Smed (2 pers., Rissa)\n2 Kokk\n3 Murer", "[10:02] Ada: 4 til slakteriet, 1 kokk", "Hva mangler dere? Kokk, helst to",
		"kokk " + strings.Repeat("\x91", 4_000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, pasted string) {
		if len(pasted) > 20_000 {
			t.Skip("longer texts take the fuzzer's time")
		}
		plain := notes.Plain(pasted)
		if hints := text.SensitiveHints(plain); len(hints) > 0 {
			t.Fatalf("%q is left in %q", plain[hints[0].Start:hints[0].End], plain)
		}
		list := notes.Read(plain, today, oddly{})
		if len(list) > notes.MaxCandidates {
			t.Fatalf("%d candidates", len(list))
		}
		before := 0
		for _, c := range list {
			if c.Line < before {
				t.Errorf("line %d comes after line %d", c.Line, before)
			}
			before = c.Line
			if n := len([]rune(c.Text)); n > notes.MaxCandidate || strings.TrimSpace(c.Text) == "" {
				t.Errorf("a candidate of %d characters: %q", n, c.Text)
			}
			if c.Headcount.N < 0 || c.Headcount.N > 2000 || c.Headcount.N > 0 && c.Headcount.Words == "" {
				t.Errorf("headcount %+v", c.Headcount)
			}
			if c.Cue.Words == "" {
				t.Errorf("%q is a need without a reason", c.Text)
			}
		}
	})
}

// TestLongTextsAreBounded: no text of the greatest length gives more than the most
// candidates, and none is longer than it may be. That it ends in time is what it is for: each of
// these once took many seconds.
func TestLongTextsAreBounded(t *testing.T) {
	for _, s := range []string{"Vi trenger to kokker, og ", "Vi trenger to kokker. ", "Vi trenger ", "3 til 4 ", "Aa Bb AS i ", "- x\n Aa\n"} {
		for _, c := range notes.Read(notes.Plain(strings.Repeat(s, notes.MaxText/len(s))), today, nil) {
			if n := len([]rune(c.Text)); n > notes.MaxCandidate {
				t.Errorf("%q gives a candidate of %d characters", s, n)
			}
		}
	}
}
