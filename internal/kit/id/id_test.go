package id

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

type thing struct{}

func TestNewIsCanonicalAndSorted(t *testing.T) {
	seen := map[Of[thing]]bool{}
	last := Of[thing]("")
	for range 10000 {
		v := New[thing]()
		if back, err := Parse[thing](v.String()); err != nil || back != v {
			t.Fatalf("Parse(New) = %q, %v; want %q", back, err, v)
		}
		if v[14] != '7' {
			t.Fatalf("%q is not version 7", v)
		}
		if seen[v] {
			t.Fatalf("%q twice", v)
		}
		if v <= last {
			t.Fatalf("%q made after %q sorts before it", v, last)
		}
		seen[v], last = true, v
	}
}

func TestParse(t *testing.T) {
	const good = "0192f0c1-7a3b-7c4d-8e5f-0123456789ab"
	if v, err := Parse[thing](good); err != nil || v != good || v.IsZero() {
		t.Errorf("Parse(%q) = %q, %v", good, v, err)
	}
	for _, bad := range []string{
		"", " ", strings.ToUpper(good), "{" + good + "}", "urn:uuid:" + good, strings.ReplaceAll(good, "-", ""),
		good + " ", " " + good, good[:35], good + "0", "0192f0c17-a3b-7c4d-8e5f-0123456789ab",
		"0192f0cg-7a3b-7c4d-8e5f-0123456789ab", "00000000-0000-0000-0000-000000000000", "../../../../etc/passwd-aaaaaaaaaaaaa",
	} {
		if v, err := Parse[thing](bad); !errors.Is(err, ErrMalformed) || !v.IsZero() {
			t.Errorf("Parse(%q) = %q, %v", bad, v, err)
		}
	}
}

func TestParseNeverTakesTwoSpellings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[0-9a-fA-F-]{36}`).Draw(t, "s")
		if v, err := Parse[thing](s); err == nil && (v.String() != s || strings.ToLower(s) != s) {
			t.Fatalf("Parse(%q) = %q", s, v)
		}
	})
}

func TestStoredForms(t *testing.T) {
	if v, err := Of[thing]("").Value(); v != nil || err != nil {
		t.Errorf("none is stored as %v, %v", v, err)
	}
	if v, err := Of[thing]("a").Value(); v != "a" || err != nil {
		t.Errorf("Value = %v, %v", v, err)
	}
	for src, want := range map[any]Of[thing]{nil: "", "a": "a"} {
		v := Of[thing]("before")
		if err := v.Scan(src); err != nil || v != want {
			t.Errorf("Scan(%v) = %q, %v", src, v, err)
		}
	}
	var v Of[thing]
	if err := v.Scan([]byte("b")); err != nil || v != "b" {
		t.Errorf("Scan(bytes) = %q, %v", v, err)
	}
	if err := v.Scan(int64(1)); err == nil {
		t.Error("a number was taken for an identifier")
	}
}

func TestToken(t *testing.T) {
	a, b := Token(32), Token(32)
	if a == b {
		t.Fatal("the same token twice")
	}
	if raw, err := base64.RawURLEncoding.DecodeString(a); err != nil || len(raw) != 32 {
		t.Errorf("Token(32) = %q: %d bytes, %v", a, len(raw), err)
	}
	if HashToken(a) == HashToken(b) {
		t.Error("hashes do not follow tokens")
	}
	// The published SHA-256 test vector for "abc".
	const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	if got := HashToken("abc"); got != abc {
		t.Errorf("HashToken(abc) = %s", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("a token that can be guessed was made")
		}
	}()
	Token(8)
}
