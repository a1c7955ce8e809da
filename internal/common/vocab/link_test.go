package vocab

import (
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

// starterIndex is loaded once: the index never changes.
var starterIndex = sync.OnceValues(func() (*Index, error) { return Load(Options{}) })

func starterOf(tb testing.TB) *Index {
	tb.Helper()
	x, err := starterIndex()
	if err != nil {
		tb.Fatal(err)
	}
	return x
}

func codesOf(matches []Match, n int) []string {
	var list []string
	for _, m := range matches[:min(n, len(matches))] {
		list = append(list, m.Code)
	}
	return list
}

func TestLinkFindsUnitGroups(t *testing.T) {
	x := starterOf(t)
	for _, c := range []struct {
		text string
		want []string // any of these among the first three
	}{
		{"Sykepleier", []string{"2223"}},
		{"SJUKEPLEIARAR", []string{"2223"}},
		{"tømrar", []string{"7115"}},
		{"tomrer", []string{"7115"}},
		{"røyrleggjar", []string{"7126"}},
		{"roerlegger", []string{"7126"}},
		{"elektrikker", []string{"7411"}},
		{"anleggsmaskinforer", []string{"8342"}},
		{"helsefagarbeider i heimetenesta", []string{"5321"}},
		{"Vi får ikke tak i folk til å kjøre hogstmaskin", []string{"8341", "6210"}},
		{"dæm treng nån som kan melk kyrne i helgan", []string{"6121", "9212"}},
		{"Kommunen finner ingen som kan lage reguleringsplaner", []string{"2164"}},
		{"Han som styre saga går av te sommarn, og ingen anna kan stille a inn", []string{"8172"}},
		{"Prøvene blir liggende fordi laboratoriet mangler folk til analysene", []string{"3212", "3141"}},
		{"care assistant nursing home", []string{"5321", "5329"}},
	} {
		r := x.Link(c.text, LinkOptions{Schemes: []Scheme{Styrk08}, Top: 3})
		got := codesOf(r.Matches, 3)
		if !slices.ContainsFunc(c.want, func(code string) bool { return slices.Contains(got, code) }) {
			t.Errorf("%q: got %v, want one of %v", c.text, got, c.want)
		}
		if !r.Confident {
			t.Errorf("%q: not confident, need %.2f", c.text, r.Need)
		}
	}
}

func TestLinkFindsSeveral(t *testing.T) {
	r := starterOf(t).Link("Vi søker kokk, servitør og elektriker", LinkOptions{Schemes: []Scheme{Styrk08}, Top: 5})
	for _, code := range []string{"5120", "5131", "7411"} {
		if !slices.Contains(codesOf(r.Matches, 5), code) {
			t.Errorf("%s is not among %v", code, codesOf(r.Matches, 5))
		}
	}
}

// The sentence of the issue: sawmill and wood, no tourism.
func TestLinkSawmill(t *testing.T) {
	r := starterOf(t).Link("Han som styre saga går av te sommarn, og ingen anna kan stille a inn", LinkOptions{Top: 5})
	if got := r.Of(Styrk08)[0].Code; got != "8172" {
		t.Errorf("first unit group is %s, want 8172", got)
	}
	if got := r.Of(Trade)[0].NB; !strings.Contains(got, "Trelast") {
		t.Errorf("first trade is %q, want the one of sawn timber", got)
	}
	for _, m := range r.Matches {
		if m.Score >= 0.3 && strings.Contains(strings.ToLower(m.NB), "reise") {
			t.Errorf("tourism: %+v", m)
		}
	}
}

func TestLinkTellsWhatIsNoNeed(t *testing.T) {
	x := starterOf(t)
	for _, text := range []string{
		"Når går bussen til Røros?", "God påske til alle sammen", "Takk for sist!", "Røros", "asdf qwerty", "12345",
		"", " \n\t ", "🙂🙃", "???", "og i på til", "møtet er flyttet til torsdag",
	} {
		if r := x.Link(text, LinkOptions{}); r.Confident {
			t.Errorf("%q is taken for a need (%.2f): %v", text, r.Need, codesOf(r.Matches, 3))
		}
	}
}

func TestMatchedWordsAreTheUsers(t *testing.T) {
	x := starterOf(t)
	for _, text := range []string{
		"Vi TRENG røyrleggjarar og elektrikarar på Frøya", "hjelpeplaier", "Löypemaskinkjører 🙂 søkes", "a\u030arsverk som tømrer",
	} {
		r := x.Link(text, LinkOptions{})
		if len(r.Matches) == 0 {
			t.Errorf("%q: no matches", text)
		}
		for _, m := range r.Matches {
			if len(m.Matched) == 0 {
				t.Errorf("%q: %s %s without a word", text, m.Scheme, m.Code)
			}
			for _, w := range m.Matched {
				if !strings.Contains(text, w) {
					t.Errorf("%q: %q is not the user's word", text, w)
				}
			}
		}
	}
}

func TestScoresAreOrdered(t *testing.T) {
	x := starterOf(t)
	for _, text := range []string{"kokk", "Vi mangler folk til fjøset og melkeroboten", "xx", "prosjektleder bygg"} {
		r := x.Link(text, LinkOptions{Top: 50})
		for i, m := range r.Matches {
			if math.IsNaN(m.Score) || m.Score < 0 || m.Score > 1 {
				t.Errorf("%q: score %v of %s", text, m.Score, m.Code)
			}
			if i > 0 && m.Score > r.Matches[i-1].Score {
				t.Errorf("%q: match %d scores more than the one before", text, i)
			}
		}
	}
}

func TestLeadersOnlyWhenAsked(t *testing.T) {
	x := starterOf(t)
	worker := x.Link("Barnehagen mangler folk som har utdanning", LinkOptions{Schemes: []Scheme{Styrk08}}).Matches[0].Code
	if leading(worker) {
		t.Errorf("nothing is said of leading, got %s", worker)
	}
	leader := x.Link("Barnehagen mangler en daglig leder", LinkOptions{Schemes: []Scheme{Styrk08}}).Matches[0].Code
	if !leading(leader) {
		t.Errorf("a leader is asked for, got %s", leader)
	}
}

// A need of 100,000 characters is read to its limit and no further, and only so many unknown
// words are compared with known ones, so the work has a bound.
func TestLongTextIsBounded(t *testing.T) {
	x := starterOf(t)
	for name, text := range map[string]string{
		"words":    strings.Repeat("Vi trenger sveisere på Ørlandet. ", 3100),
		"one word": strings.Repeat("å", 50_000),
		"unknown":  strings.Repeat("qzxvw krtpl ", 8400),
		"emoji":    strings.Repeat("🙂", 25_000),
	} {
		if len(clip(text)) > maxText || !utf8.ValidString(clip(text)) {
			t.Errorf("%s: clipped to %d bytes, valid %v", name, len(clip(text)), utf8.ValidString(clip(text)))
		}
		got, want := x.Link(text, LinkOptions{}), x.Link(clip(text), LinkOptions{})
		if !slices.Equal(codesOf(got.Matches, 10), codesOf(want.Matches, 10)) || got.Need != want.Need {
			t.Errorf("%s: what stands after the limit counts", name)
		}
	}
	r := x.Link(strings.Repeat("Vi trenger sveisere. ", 5000), LinkOptions{Schemes: []Scheme{Styrk08}})
	if got := r.Matches[0].Code; got != "7212" {
		t.Errorf("the long text means %s, want 7212", got)
	}
}

func TestLinkIsSafeForManyAtOnce(t *testing.T) {
	x := starterOf(t)
	texts := []string{"kokk", "Vi mangler sykepleiere", "røyrleggar", "når går bussen"}
	want := make([][]string, len(texts))
	for i, text := range texts {
		want[i] = codesOf(x.Link(text, LinkOptions{}).Matches, 10)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for i, text := range texts {
				if got := codesOf(x.Link(text, LinkOptions{}).Matches, 10); !slices.Equal(got, want[i]) {
					t.Errorf("%q: got %v, want %v", text, got, want[i])
				}
			}
		})
	}
	group.Wait()
}

func FuzzLink(f *testing.F) {
	for _, s := range []string{"Vi treng røyrleggjarar", "", "🙂", "\xff\xfe", "a\u030a", strings.Repeat("ø", 300), "C++/C# utvikler"} {
		f.Add(s)
	}
	x := starterOf(f)
	f.Fuzz(func(t *testing.T, text string) {
		r := x.Link(text, LinkOptions{Top: 5})
		if math.IsNaN(r.Need) || r.Need < 0 || r.Need > 1 {
			t.Errorf("need %v", r.Need)
		}
		for _, m := range r.Matches {
			if math.IsNaN(m.Score) || m.Score < 0 || m.Score > 1 || len(m.Matched) == 0 {
				t.Errorf("match %+v", m)
			}
		}
	})
}
