package outcome

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/rule"
)

var texts = sync.OnceValues(func() (*i18n.Bundle, error) { return i18n.Load(Files, rule.Files) })

func printer(t testing.TB, l i18n.Lang) i18n.Printer {
	t.Helper()
	b, err := texts()
	if err != nil {
		t.Fatal(err)
	}
	return b.Printer(l)
}

// spoken writes a line in Bokmål, and checks that it is a sentence in every language.
func spoken(t testing.TB, l rule.Line) string {
	t.Helper()
	for _, lang := range i18n.Langs() {
		s := l.In(printer(t, lang))
		if s == "" || strings.ContainsAny(s, "{}") || s == string(l.Key) || strings.Contains(s, "%!") || strings.Contains(s, "outcome.") || strings.Contains(s, "rule.") {
			t.Errorf("%s in %s: %q", l.Key, lang, s)
		}
	}
	return strings.ReplaceAll(l.In(printer(t, i18n.NB)), "\u00a0", " ")
}

// told checks that everything an outcome says can be read, and gives its explanation.
func told(t testing.TB, o Outcome) string {
	t.Helper()
	var text []string
	for _, l := range o.Explanation {
		text = append(text, spoken(t, l))
	}
	for _, l := range o.Findings {
		spoken(t, l)
	}
	spoken(t, o.Rule)
	spoken(t, rule.Say(o.State.Name()))
	keeps(t, o)
	all := strings.Join(text, " ")
	if strings.Contains(strings.ToLower(all), "ulovlig") {
		t.Errorf("calls it unlawful: %s", all)
	}
	return all
}

// keeps checks that an outcome that was stored says the same when it is read again.
func keeps(t testing.TB, o Outcome) {
	t.Helper()
	raw, err := json.Marshal(o)
	if err != nil {
		t.Fatalf("cannot be stored: %v", err)
	}
	var again Outcome
	if err := json.Unmarshal(raw, &again); err != nil {
		t.Fatalf("cannot be read again: %v", err)
	}
	for _, lang := range i18n.Langs() {
		p := printer(t, lang)
		if got, want := again.View(p), o.View(p); !reflect.DeepEqual(got, want) {
			t.Errorf("%s, stored: %+v, was %+v", lang, got, want)
		}
		for i, l := range o.Findings {
			if got := again.Findings[i].In(p); got != l.In(p) {
				t.Errorf("%s, stored: %q, was %q", lang, got, l.In(p))
			}
		}
	}
	if len(again.Ballots) != len(o.Ballots) || len(again.Tables) != len(o.Tables) || again.Vote != o.Vote || again.Local != o.Local {
		t.Error("something is lost when it is stored")
	}
}

var members = []string{"Melhus", "Midtre Gauldal", "Røros", "Holtålen", "Rennebu", "Oppdal"}

func seatID(member string, kind rule.SeatKind) string { return string(kind) + " " + member }

// council is a case of the six municipalities: 18 seats, the mayors present.
func council(scope Scope) Facts {
	f := Facts{Case: Case{Scope: scope, ScopeBy: "Styret", ScopeOn: clock.MustDate("2020-08-18")}, Chair: seatID("Melhus", rule.Mayor), Today: clock.MustDate("2020-09-02")}
	for _, m := range members {
		for _, k := range []rule.SeatKind{rule.Mayor, rule.Opposition, rule.ChiefExec} {
			f.Seats = append(f.Seats, Seat{ID: seatID(m, k), Member: strings.ToLower(m), Name: m, Kind: k})
			f.Present = append(f.Present, Present{Seat: seatID(m, k), Member: true})
		}
	}
	return f
}

// say gives the mayors' seats positions, in the order of members; "" says nothing.
func (f *Facts) say(positions ...rule.Position) {
	for i, p := range positions {
		if p == "" {
			continue
		}
		reason := ""
		if p == rule.Against || p == rule.Reserved {
			reason = "det passer ikke for oss"
		}
		f.Positions = append(f.Positions, Position{Seat: seatID(members[i], rule.Mayor), By: Member, Position: p, Reason: reason})
	}
}

// sixFor has all six for.
func (f *Facts) sixFor() { f.say(rule.For, rule.For, rule.For, rule.For, rule.For, rule.For) }

// absent takes a mayor out of the meeting; deputy puts the vara in.
func (f *Facts) absent(member string, deputy bool) {
	for i, p := range f.Present {
		if p.Seat == seatID(member, rule.Mayor) {
			f.Present[i] = Present{Seat: p.Seat, Deputy: deputy}
		}
	}
}

func wantState(t *testing.T, o Outcome, want State) {
	t.Helper()
	if o.State != want {
		t.Errorf("state %s, want %s: %s", o.State, want, told(t, o))
	}
}

func wantFor(t *testing.T, o Outcome, want ...string) {
	t.Helper()
	if got := names(o.AdoptedFor); !slices.Equal(got, want) {
		t.Errorf("adopted for %v, want %v", got, want)
	}
}

func wantTold(t *testing.T, o Outcome, parts ...string) {
	t.Helper()
	all := told(t, o)
	for _, p := range parts {
		if !strings.Contains(all, p) {
			t.Errorf("%q is not said in: %s", p, all)
		}
	}
}

func wantNext(t *testing.T, o Outcome, want ...Step) {
	t.Helper()
	if !slices.Equal(o.Next, want) {
		t.Errorf("next %v, want %v", o.Next, want)
	}
}

func wantFinding(t *testing.T, o Outcome, part string) {
	t.Helper()
	var all []string
	for _, l := range o.Findings {
		all = append(all, spoken(t, l))
	}
	if !strings.Contains(strings.Join(all, " "), part) {
		t.Errorf("no finding says %q: %v", part, all)
	}
}
