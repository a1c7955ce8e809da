package notes_test

import (
	"strings"
	"testing"

	"kompetansetorg/internal/room/need/notes"
	"kompetansetorg/internal/room/need/notes/sentence"
)

// TestSignsTogether: what lacks is often not said outright; two or three weaker signs
// make a need, one does not, and signs against it turn it down.
func TestSignsTogether(t *testing.T) {
	for written, want := range map[string]int{
		"To tømrere går av med pensjon neste år.":                            1,
		"Stillingen som logoped står ubesatt.":                               1,
		"Lyst ut stilling som elektriker to ganger uten søkere.":             1,
		"Me vil bemanne opp: to sveisarar, ein elektrikar.":                  2,
		"Kjenner dere noen som kan jobbe som kokk hos oss?":                  1,
		"Vi trenger fem renovatører. Disse er nå ansatt.":                    0,
		"Vi fikk ansatt to tømrere i høst, og alle er på plass.":             0,
		"Vi tilbyr kurs i truckkjøring, 12 plasser, påmelding innen fredag.": 0,
		"Vi er 14 ansatte.":                        0,
		"Vi trenger flere paraplyer til i morgen.": 0,
		"Daglig leder slutter.":                    0,
	} {
		if got := notes.Read(notes.Plain(written), today, starter(t)); len(got) != want {
			t.Errorf("%q gives %d candidates, want %d: %v", written, len(got), want, got)
		}
	}
}

// TestVocabularyTells: a thing that nobody learns is no need when the vocabulary is
// asked, and an occupation that does not look like one is found by it.
func TestVocabularyTells(t *testing.T) {
	for written, want := range map[string][2]int{ // without, with
		"Vi trenger flere paraplyer til i morgen.": {1, 0},
		"Jordmor slutter i mars.":                  {0, 1},
	} {
		plain := notes.Plain(written)
		without, with := notes.Read(plain, today, nil), notes.Read(plain, today, starter(t))
		if len(without) != want[0] || len(with) != want[1] {
			t.Errorf("%q gives %d without the vocabulary and %d with it, want %v", written, len(without), len(with), want)
		}
	}
}

// TestTables: the columns are known by their names, cells may be empty, rows may be
// parted by semicolons, and a row where nothing lacks is no need.
func TestTables(t *testing.T) {
	for name, pasted := range map[string]string{
		"tabs":       "Bedrift\tStilling\tMangler\nA Bygg AS\tTømrer\t3\nB Bygg AS\tMurer\t0\nC Bygg AS\tMaler\t\nD Bygg AS\tRørlegger\t2\n",
		"semicolons": "Bedrift;Stilling;Mangler\nA Bygg AS;Tømrer;3\nB Bygg AS;Murer;0\nC Bygg AS;Maler;\nD Bygg AS;Rørlegger;2\n",
		"words":      "Bedrift\tStilling\tSituasjon\nA Bygg AS\tTømrer\tMangler 3\nB Bygg AS\tMurer\tGod dekning\nD Bygg AS\tRørlegger\t2 vakante\n",
	} {
		got := notes.Read(notes.Plain(pasted), today, starter(t))
		if len(got) != 2 {
			t.Errorf("%s: %d candidates: %v", name, len(got), got)
			continue
		}
		for i, want := range []struct {
			text, org string
			n         int
		}{{"Tømrer", "A Bygg AS", 3}, {"Rørlegger", "D Bygg AS", 2}} {
			if c := got[i]; c.Text != want.text || c.Headcount.N != want.n || first(c.Orgs) != want.org {
				t.Errorf("%s: row %d is %q, %d, %q", name, i, c.Text, c.Headcount.N, first(c.Orgs))
			}
		}
	}
}

// TestGuessesHoldTheirWords: the words of each guess stand in the text that was pasted.
func TestGuessesHoldTheirWords(t *testing.T) {
	for _, set := range sets[:2] {
		for _, file := range textsOf(t, set.glob) {
			pasted, _ := readCase(t, file)
			plain := notes.Plain(pasted)
			in := strings.ToLower(strings.Join(strings.Fields(plain), " "))
			for _, c := range notes.Read(plain, today, starter(t)) {
				for what, r := range map[string]sentence.Reason{"headcount": c.Headcount.Reason, "when": c.When.Reason} {
					if !strings.Contains(in, strings.ToLower(r.Words)) || (r.Words == "") != (r.From == "") {
						t.Errorf("%s: %s by %q from %q", file, what, r.Words, r.From)
					}
				}
				if c.Line < 1 || c.Line > strings.Count(plain, "\n")+1 {
					t.Errorf("%s: line %d", file, c.Line)
				}
			}
		}
	}
}
