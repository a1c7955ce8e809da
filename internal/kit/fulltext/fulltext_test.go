package fulltext_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fulltext"
)

func index(t testing.TB) *db.DB {
	t.Helper()
	d := dbtest.New(t)
	if fresh, err := fulltext.Ensure(t.Context(), d, "1"); err != nil || !fresh {
		t.Fatalf("ensure: fresh %v, %v", fresh, err)
	}
	return d
}

func put(t testing.TB, d *db.DB, id, title, body, part string) {
	t.Helper()
	doc := fulltext.Doc{Ref: fulltext.Ref{Kind: "thing", ID: id}, Places: []string{"5001", "5022"}}
	doc.Tokens = [3][]string{strings.Fields(title), strings.Fields(body), strings.Fields(part)}
	doc.Words = strings.Fields(title + " " + body)
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return fulltext.Put(t.Context(), tx, doc) }); err != nil {
		t.Fatal(err)
	}
}

func find(t testing.TB, d *db.DB, terms ...fulltext.Term) []string {
	t.Helper()
	var hits []fulltext.Hit
	var has bool
	err := d.Read(context.Background(), func(tx *db.Tx) error {
		var err error
		if hits, _, err = fulltext.Find(context.Background(), tx, fulltext.Ask{Kind: "thing", Terms: terms}, db.Where{}); err == nil {
			has, err = fulltext.Has(context.Background(), tx, terms, db.Where{})
		}
		return err
	})
	if err != nil {
		t.Fatalf("%v: %v", terms, err)
	}
	if has != (len(hits) > 0) {
		t.Errorf("%v: has %v, %d hits", terms, has, len(hits))
	}
	slices.SortFunc(hits, func(a, b fulltext.Hit) int {
		if a.Score > b.Score {
			return -1
		}
		return 1
	})
	out := []string{}
	for _, h := range hits {
		out = append(out, h.ID)
	}
	return out
}

func word(tokens ...string) fulltext.Term { return fulltext.Term{{Tokens: tokens}} }

func TestFind(t *testing.T) {
	d := index(t)
	put(t, d, "title", "stål", "noe annet her", "")
	put(t, d, "body", "noe", "vi sliper stål hver dag", "")
	put(t, d, "part", "noe", "stålverk i byen", "stål verk")
	put(t, d, "other", "stal", "c++ og c#", "")
	for _, c := range []struct {
		name  string
		terms []fulltext.Term
		want  string
	}{
		{"title before text before part", []fulltext.Term{word("stål")}, "title body part"},
		{"å is not a", []fulltext.Term{word("stal")}, "other"},
		{"both", []fulltext.Term{word("stål"), word("sliper")}, "body"},
		{"beginning", []fulltext.Term{{{Tokens: []string{"slip"}, Prefix: true}}}, "body"},
		{"phrase", []fulltext.Term{{{Tokens: []string{"sliper", "stål"}, Phrase: true}}}, "body"},
		{"no such phrase", []fulltext.Term{{{Tokens: []string{"stål", "sliper"}, Phrase: true}}}, ""},
		{"parts make no phrase", []fulltext.Term{{{Tokens: []string{"stål", "verk"}, Phrase: true}}}, ""},
		{"no phrase from title into text", []fulltext.Term{{{Tokens: []string{"stål", "noe"}, Phrase: true}}}, ""},
		{"alternatives", []fulltext.Term{{{Tokens: []string{"stal"}}, {Tokens: []string{"byen", "verk"}}}}, "other part"},
		{"signs", []fulltext.Term{word("c++")}, "other"},
		{"other signs", []fulltext.Term{word("c#")}, "other"},
		{"nothing", nil, ""},
	} {
		got := find(t, d, c.terms...)
		if c.name == "alternatives" {
			slices.Sort(got)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
	put(t, d, "body", "endret", "helt annet", "")
	if got := find(t, d, word("sliper")); len(got) != 0 {
		t.Errorf("found by what it said before: %v", got)
	}
	if err := d.Write(t.Context(), func(tx *db.Tx) error {
		return fulltext.Remove(t.Context(), tx, fulltext.Ref{Kind: "thing", ID: "title"})
	}); err != nil {
		t.Fatal(err)
	}
	if got := find(t, d, word("stål")); strings.Join(got, " ") != "part" {
		t.Errorf("after removal: %v", got)
	}
}

// TestMost proves that of more than Find gives, one kind leaves the others
// theirs, and the new ones are given; and that marks narrow before that.
func TestMost(t *testing.T) {
	d := index(t)
	const count = fulltext.Most + 200
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		for i := range count {
			doc := fulltext.Doc{Ref: fulltext.Ref{Kind: "thing", ID: strconv.Itoa(i)}, Marks: []string{"odd", "new"}}
			if i < count/2 {
				doc.Marks[1] = "old"
			}
			doc.Marks = doc.Marks[1-i%2:]
			doc.Tokens[fulltext.Body] = []string{"stål"}
			if err := fulltext.Put(t.Context(), tx, doc); err != nil {
				return err
			}
		}
		other := fulltext.Doc{Ref: fulltext.Ref{Kind: "other_thing", ID: "1"}}
		other.Tokens[fulltext.Body] = []string{"stål"}
		return fulltext.Put(t.Context(), tx, other)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		kind  string
		marks []string
		want  int
	}{{"thing", nil, fulltext.Most}, {"thing", []string{"odd"}, count / 2}, {"thing", []string{"old", "odd"}, count / 4}, {"other_thing", nil, 1}, {"other", nil, 0}} {
		var hits []fulltext.Hit
		var more bool
		ask := fulltext.Ask{Kind: c.kind, Marks: c.marks, Terms: []fulltext.Term{word("stål")}, Recent: "new"}
		if err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
			hits, more, err = fulltext.Find(t.Context(), tx, ask, db.Where{})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if len(hits) != c.want || more != (c.want == fulltext.Most) {
			t.Errorf("%s %v: %d hits, more %v, want %d", c.kind, c.marks, len(hits), more, c.want)
		}
		fresh, seen := 0, map[string]bool{}
		for _, h := range hits {
			seen[h.ID] = true
			if n, _ := strconv.Atoi(h.ID); n >= count/2 {
				fresh++
			}
		}
		if len(seen) != len(hits) || more && fresh != count/2 {
			t.Errorf("%s: %d different of %d hits, %d of %d new ones", c.kind, len(seen), len(hits), fresh, count/2)
		}
	}
	for _, mark := range []string{"thing", "odd", "#odd"} {
		if got := find(t, d, word(mark)); len(got) != 0 {
			t.Errorf("found by its mark: %v", got)
		}
	}
}

func TestNear(t *testing.T) {
	d := index(t)
	put(t, d, "a", "sveiser rørlegger språk ski kompetanse båter", "", "")
	for typed, want := range map[string]string{"sveisser": "sveiser", "sveisre": "sveiser", "rørleger": "rørlegger", "kmpetannse": "kompetanse",
		"språg": "språk", "sky": "", "svelger": "", "bater": "båter", "sveiser": ""} {
		var got []string
		if err := d.Read(t.Context(), func(tx *db.Tx) (err error) { got, err = fulltext.Near(t.Context(), tx, typed, 1); return err }); err != nil {
			t.Fatal(err)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %q", typed, got, want)
		}
	}
}

func TestEnsure(t *testing.T) {
	d := index(t)
	put(t, d, "a", "stål", "", "")
	if fresh, err := fulltext.Ensure(t.Context(), d, "1"); err != nil || fresh || len(find(t, d, word("stål"))) != 1 {
		t.Errorf("the same version: fresh %v, %v", fresh, err)
	}
	if fresh, err := fulltext.Ensure(t.Context(), d, "2"); err != nil || !fresh || len(find(t, d, word("stål"))) != 0 {
		t.Errorf("a new version: fresh %v, %v", fresh, err)
	}
}

// FuzzMatch proves that no text is more than words to the engine.
func FuzzMatch(f *testing.F) {
	d := index(f)
	put(f, d, "a", "stål", "near or and not", "")
	for _, s := range []string{`"`, `" OR *`, `NEAR(a b)`, `'':*`, `a & !b | c <-> d`, `{title} : x`, "\\", "ﬀ ⅷ", "A\x00b", "-x^2", "\xff", "٣ 𐐀 Ⱥ ı"} {
		f.Add(s, true, false)
		f.Add(s, false, true)
	}
	f.Fuzz(func(t *testing.T, s string, phrase, prefix bool) {
		if len(s) > 500 {
			return
		}
		find(t, d, fulltext.Term{{Tokens: strings.Split(s, " "), Phrase: phrase, Prefix: prefix}}, word(s))
	})
}
