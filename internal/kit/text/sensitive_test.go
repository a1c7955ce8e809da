package text

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// madeUpID finds the first number with valid control digits for a birth date whose month
// is raised by 80, which the tax authorities use for made-up persons only.
func madeUpID(t *testing.T, day, month, year, serial int) string {
	t.Helper()
	for ; serial < 1000; serial++ {
		for k := range 100 {
			if s := fmt.Sprintf("%02d%02d%02d%03d%02d", day, month+80, year%100, serial, k); isNationalID(s) {
				return s
			}
		}
	}
	t.Fatal("no number found")
	return ""
}

func TestSensitiveHints(t *testing.T) {
	fnr := madeUpID(t, 17, 5, 1990, 100)
	dnr := madeUpID(t, 57, 5, 1990, 100)
	type found struct {
		kind HintKind
		text string
	}
	tests := []struct {
		in   string
		want []found
	}{
		{"", nil},
		{"Vi trenger fem sveisere innen 1. mars 2027.", nil},
		{"Nummeret er " + fnr + ".", []found{{HintNationalID, fnr}}},
		{"(" + fnr[:6] + " " + fnr[6:] + ")", []found{{HintNationalID, fnr[:6] + " " + fnr[6:]}}},
		{"D-nummer " + dnr, []found{{HintNationalID, dnr}}},
		{"konto " + fnr[:10] + string('0'+(fnr[10]-'0'+1)%10), nil},
		{"9" + fnr, nil},
		{fnr + "1", nil},
		{"x" + fnr, nil},
		{"Ring 68 05 00 00 eller 680 50 000", []found{{HintPhone, "68 05 00 00"}, {HintPhone, "680 50 000"}}},
		{"tlf. 68057766!", []found{{HintPhone, "68057766"}}},
		{"+47 68 05 00 01", []found{{HintPhone, "+47 68 05 00 01"}}},
		{"004768050001", []found{{HintPhone, "004768050001"}}},
		{"+46 8 465 004 00", []found{{HintPhone, "+46 8 465 004 00"}}},
		{"skriv til ola.nordmann@example.org i dag", []found{{HintEmail, "ola.nordmann@example.org"}}},
		{"pål@blåbær.example.", []found{{HintEmail, "pål@blåbær.example"}}},
		{"68050001@example.org", []found{{HintEmail, "68050001@example.org"}}},
		{"a@b", nil},
		{"a@example.org, 68057766, " + fnr, []found{{HintEmail, "a@example.org"}, {HintPhone, "68057766"}, {HintNationalID, fnr}}},
		// What eight digits more often are.
		{"kr 20 000 000 til 12 plasser", nil},
		{"kr 25500500", nil},
		{"25500500 kr", nil},
		{"25500500,-", nil},
		{"20000000", nil},
		{"20261121", nil},
		{"21112026", nil},
		{"2019–2020", nil},
		{"org.nr. 974 760 673", nil},
		{"974760673", nil},
		{"22 33 44 55 66", nil},
		{"NUS 22334455667788", nil},
		{"12345678", nil},
	}
	for _, tt := range tests {
		var got []found
		for _, h := range SensitiveHints(tt.in) {
			got = append(got, found{h.Kind, tt.in[h.Start:h.End]})
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("SensitiveHints(%q) = %v, want %v", tt.in, got, tt.want)
		}
	}
}

func TestHintsArePlacesInTheText(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`([ .+@a-zæøå]|[0-9]{1,12}){0,20}`))
	rapid.Check(t, func(t *rapid.T) {
		s := text.Draw(t, "s")
		last := 0
		for _, h := range SensitiveHints(s) {
			if h.Start < last || h.End <= h.Start || h.End > len(s) {
				t.Fatalf("SensitiveHints(%q): %+v after %d", s, h, last)
			}
			last = h.End
		}
	})
}

func TestHintsOfALongText(t *testing.T) {
	b := make([]byte, 200_000)
	for i := range b {
		b[i] = "0123456789 @.+"[i*7%14]
	}
	// Quadratic work on this would run into the time limit of the test.
	for _, h := range SensitiveHints(string(b)) {
		if h.End > len(b) {
			t.Fatalf("%+v is outside the text", h)
		}
	}
}
