package money

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	tests := []struct {
		text string
		want NOK
	}{
		{"0", 0},
		{"1650000", 165000000},
		{"1 650 000", 165000000},
		{"1\u00A0650\u00A0000", 165000000},
		{"1\u202F650\u2009000", 165000000},
		{"1.650.000", 165000000},
		{"1.650", 165000},
		{"1650000,-", 165000000},
		{"1.650.000,-", 165000000},
		{"1 650 000.-", 165000000},
		{"kr 12,50", 1250},
		{"kr. 12,50", 1250},
		{"KR\u00A012,5", 1250},
		{"NOK 12,5", 1250},
		{"12,50 kr", 1250},
		{"12 kroner", 1200},
		{"12.50", 1250},
		{"12.5", 1250},
		{"1 650 000,05", 165000005},
		{"1.650.000,05", 165000005},
		{"-5", -500},
		{"\u22125,25", -525},
		{"kr -5", -500},
		{"-kr 5", -500},
		{"kr \u22125,-", -500},
		{"  7 ", 700},
		{"007", 700},
		{"92233720368547758,07", math.MaxInt64},
		{"-92233720368547758,07", -math.MaxInt64},
	}
	for _, tt := range tests {
		got, err := Parse(tt.text)
		if err != nil || got != tt.want {
			t.Errorf("Parse(%q) = %d, %v; want %d", tt.text, int64(got), err, int64(tt.want))
		}
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct{ text, key string }{
		{"", KeyMalformed},
		{" ", KeyMalformed},
		{"kr", KeyMalformed},
		{"-", KeyMalformed},
		{",-", KeyMalformed},
		{",50", KeyMalformed},
		{"12,", KeyMalformed},
		{"12.", KeyMalformed},
		{"--5", KeyMalformed},
		{"+5", KeyMalformed},
		{"1,2,3", KeyMalformed},
		{"12,50,-", KeyMalformed},
		{"1.2.3", KeyMalformed},
		{"1.65.000", KeyMalformed},
		{"1650.000.000", KeyMalformed},
		{"1 65 000", KeyMalformed},
		{"1  650", KeyMalformed},
		{"1 650.000", KeyMalformed},
		{"1.650 000", KeyMalformed},
		{".650", KeyMalformed},
		{"1e6", KeyMalformed},
		{"0x10", KeyMalformed},
		{"1_000", KeyMalformed},
		{"ca. 5000", KeyMalformed},
		{"5 mill", KeyMalformed},
		{"kr 5 kr", KeyMalformed},
		{"1,650.50", KeyMalformed},
		{"=1+1", KeyMalformed},
		{"1;2", KeyMalformed},
		{"١٢", KeyMalformed},
		{"1,234", KeyFraction},
		{"12,5000", KeyFraction},
		{"12500.1234", KeyFraction},
		{"92233720368547758,08", KeyOutOfBounds},
		{"99999999999999999999999", KeyOutOfBounds},
	}
	for _, tt := range tests {
		got, err := Parse(tt.text)
		var e *Error
		if !errors.As(err, &e) || e.Key != tt.key || e.Text != tt.text {
			t.Errorf("Parse(%q) = %d, %v; want %s", tt.text, int64(got), err, tt.key)
		}
	}
}

func TestFormat(t *testing.T) {
	tests := []struct {
		n                     NOK
		format, digits, plain string
	}{
		{0, "kr\u00A00", "0", "0"},
		{5, "kr\u00A00,05", "0,05", "0,05"},
		{99900, "kr\u00A0999", "999", "999"},
		{100000, "kr\u00A01\u00A0000", "1\u00A0000", "1000"},
		{165000000, "kr\u00A01\u00A0650\u00A0000", "1\u00A0650\u00A0000", "1650000"},
		{165000050, "kr\u00A01\u00A0650\u00A0000,50", "1\u00A0650\u00A0000,50", "1650000,50"},
		{-1250, "kr\u00A0\u221212,50", "\u221212,50", "-12,50"},
		{math.MinInt64, "kr\u00A0\u221292\u00A0233\u00A0720\u00A0368\u00A0547\u00A0758,08",
			"\u221292\u00A0233\u00A0720\u00A0368\u00A0547\u00A0758,08", "-92233720368547758,08"},
	}
	for _, tt := range tests {
		if got := tt.n.Format(); got != tt.format {
			t.Errorf("Format(%d) = %q, want %q", int64(tt.n), got, tt.format)
		}
		if got := tt.n.Digits(); got != tt.digits {
			t.Errorf("Digits(%d) = %q, want %q", int64(tt.n), got, tt.digits)
		}
		if got := tt.n.Plain(); got != tt.plain {
			t.Errorf("Plain(%d) = %q, want %q", int64(tt.n), got, tt.plain)
		}
	}
}

func TestEveryFormReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := NOK(rapid.Int64Min(-math.MaxInt64).Draw(t, "øre"))
		for _, text := range []string{n.Format(), n.Digits(), n.Plain()} {
			if got, err := Parse(text); err != nil || got != n {
				t.Fatalf("Parse(%q) = %d, %v; want %d", text, int64(got), err, int64(n))
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"kr 12,50", "1.650.000", "1650000,-", "-", ",-", "1 650 000 kr"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := Parse(s)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || n != 0 {
				t.Fatalf("Parse(%q) = %d, %v: not an *Error with nothing", s, int64(n), err)
			}
			return
		}
		if n < 0 && !strings.ContainsAny(s, "-–−‒—") {
			t.Fatalf("%q has no sign and is %d øre", s, int64(n))
		}
		if back, err := Parse(n.Format()); err != nil || back != n {
			t.Fatalf("%q is %d, written %q, read back %d, %v", s, int64(n), n.Format(), int64(back), err)
		}
	})
}

func TestKronerOutOfBoundsPanics(t *testing.T) {
	if got := Kroner(1650000); got != 165000000 {
		t.Errorf("Kroner(1650000) = %d", int64(got))
	}
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	Kroner(math.MaxInt64)
}

func TestStoredForms(t *testing.T) {
	if v, err := NOK(1250).Value(); v != int64(1250) || err != nil {
		t.Errorf("Value = %v, %v", v, err)
	}
	for _, src := range []any{int64(1250), "1250", []byte("1250")} {
		var n NOK
		if err := n.Scan(src); err != nil || n != 1250 {
			t.Errorf("Scan(%T) = %d, %v", src, int64(n), err)
		}
	}
	for _, src := range []any{nil, 12.5, "12,5", []byte("x")} {
		n := NOK(7)
		if err := n.Scan(src); err == nil {
			t.Errorf("Scan(%T %v) gave %d", src, src, int64(n))
		}
	}
	b, err := json.Marshal(struct{ Price NOK }{1250})
	if err != nil || string(b) != `{"Price":1250}` {
		t.Errorf("JSON = %s, %v", b, err)
	}
	var in struct{ Price NOK }
	if err := json.Unmarshal(b, &in); err != nil || in.Price != 1250 {
		t.Errorf("from JSON: %d, %v", int64(in.Price), err)
	}
	if err := json.Unmarshal([]byte(`{"Price":12.5}`), &in); err == nil {
		t.Error("half an øre was read from JSON")
	}
}
