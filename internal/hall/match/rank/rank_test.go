package rank

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/common/vocab/norsk"
)

// starter is the vocabulary that the program brings, loaded once.
var starter = sync.OnceValues(func() (*vocab.Index, error) { return vocab.Load(vocab.Options{}) })

func vocabulary(t testing.TB) *vocab.Index {
	t.Helper()
	v, err := starter()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// catalogue are some documents written for these tests.
func catalogue() []Document {
	return []Document{
		{ID: "sawmill", Title: "Fagbrev på jobb: trelast", Body: "For operatører på sagbruk og høvleri.", Outcomes: "kjøre saglinje; tørke og sortere plank", Occupations: []string{"8172"}, Level: Fagbrev},
		{ID: "hotel", Title: "Reiseliv og opplevelser", Body: "Booking, vertskap og resepsjon på hotell og fjellstue.", Outcomes: "ta imot gjester; selge pakker", Occupations: []string{"4224", "4221"}, Level: Vgs, Hours: 1000},
		{ID: "weld", Title: "Sveisekurs", Body: "Forberedelse til sertifikat i TIG og MAG.", Outcomes: "sveise rustfritt stål", Occupations: []string{"7212"}, Level: Kurs, Hours: 70},
		{ID: "nurse", Title: "Sykepleie, deltid", Body: "Bachelor for dem som bor der de bor.", Outcomes: "legemidler; sykdomslære", Admission: "Generell studiekompetanse", Occupations: []string{"2223"}, Level: Hoyere, Hours: 4800},
		{ID: "dementia", Title: "Demensomsorg", Body: "For fagarbeidere i sykehjem og hjemmetjeneste.", Outcomes: "miljøbehandling; utfordrende atferd", Admission: "Fagbrev som helsefagarbeider", Occupations: []string{"5321"}, Level: Fagskole, Hours: 1600},
		{ID: "care", Title: "Helsefagarbeider for voksne", Body: "Modulløp med praksis.", Outcomes: "pleie og stell; hygiene", Occupations: []string{"5321"}, Level: Vgs, Hours: 1200},
		{ID: "accounts", Title: "Regnskap og lønn", Body: "Nettkurs for dem som skal føre regnskap.", Outcomes: "bilag; merverdiavgift; lønn", Occupations: []string{"3313", "4311"}, Level: Kurs, Hours: 200},
		{ID: "bus", Title: "Førerkort klasse D", Body: "Buss, med yrkessjåførutdanning.", Outcomes: "kjøre buss", Occupations: []string{"8331"}, Level: Kurs, Hours: 140},
	}
}

func ask(t testing.TB, text string) Query {
	t.Helper()
	return Query{Text: text, Linked: vocabulary(t).Link(text, vocab.LinkOptions{})}
}

func ids(docs []Document, hits []Hit) []string {
	var out []string
	for _, h := range hits {
		out = append(out, docs[h.Doc].ID)
	}
	return out
}

func TestSearchFindsWhatAnswers(t *testing.T) {
	docs := catalogue()
	x := Build(docs, vocabulary(t))
	for _, c := range []struct{ text, want string }{
		{"Han som styre saga går av te sommarn, og ingen anna kan stille a inn", "sawmill"},
		{"Kontordama vil lære å føre bilag og moms", "accounts"},
		{"Vi må ha to mann som kan TIG på rustfritt", "weld"},
		{"Kommunen får ingen søkere på stillingene som sykepleier", "nurse"},
		{"Treng nokon som kan køyre skulebussen", "bus"},
		{"Dei demente på sjukeheimen utagerer, og personalet treng å lære å møte dei", "dementia"},
	} {
		hits := x.Search(ask(t, c.text), 3)
		if len(hits) != 3 || docs[hits[0].Doc].ID != c.want {
			t.Errorf("%q: got %v, want %s first", c.text, ids(docs, hits), c.want)
			continue
		}
		if hits[0].Score < Answers {
			t.Errorf("%q: %s scores %.2f, under what answers", c.text, c.want, hits[0].Score)
		}
	}
}

func TestSearchKnowsWhenNothingAnswers(t *testing.T) {
	docs := catalogue()
	x := Build(docs, vocabulary(t))
	for _, text := range []string{
		"Apoteket finner ingen farmasøyt",
		"Vi trenger en gullsmed",
		"Kirka står uten organist",
		"god helg",
		"",
	} {
		for _, h := range x.Search(ask(t, text), 1) {
			if h.Score >= Answers {
				t.Errorf("%q: %s scores %.2f", text, docs[h.Doc].ID, h.Score)
			}
		}
	}
}

// What those concerned already are must not win over what they want to learn.
func TestSearchPassesOverPresentJobs(t *testing.T) {
	docs := catalogue()
	x := Build(docs, vocabulary(t))
	q := ask(t, "To helsefagarbeidere vil lære å møte beboere med demens")
	q.Purpose = Upskill
	if got := ids(docs, x.Search(q, 2)); got[0] != "dementia" {
		t.Errorf("got %v, want dementia first", got)
	}
}

func TestLevelAndSizeOrderEquals(t *testing.T) {
	docs := []Document{
		{ID: "course", Title: "Sveising", Level: Kurs, Hours: 40, Occupations: []string{"7212"}},
		{ID: "trade", Title: "Sveising", Level: Fagbrev, Occupations: []string{"7212"}},
		{ID: "college", Title: "Sveising", Level: Fagskole, Hours: 800, Occupations: []string{"7212"}},
	}
	x := Build(docs, vocabulary(t))
	for _, c := range []struct {
		name string
		q    Query
		want string
	}{
		{"level asked for", Query{Level: Fagskole}, "college"},
		{"new people", Query{Purpose: Recruit}, "trade"},
		{"own people, a course", Query{Purpose: Upskill, Level: Kurs}, "course"},
	} {
		c.q.Text = "Vi trenger folk som kan sveise"
		c.q.Linked = vocabulary(t).Link(c.q.Text, vocab.LinkOptions{})
		if got := ids(docs, x.Search(c.q, 3)); got[0] != c.want {
			t.Errorf("%s: got %v, want %s first", c.name, got, c.want)
		}
	}
	q := ask(t, "Tre ufaglærte sveisere vil ha papir på det de kan")
	if got := ids(docs, x.Search(q, 3)); got[0] != "trade" {
		t.Errorf("a trade certificate asked for: got %v", got)
	}
}

func TestRemovedAndAddedConceptsChangeTheOrder(t *testing.T) {
	docs := catalogue()
	v := vocabulary(t)
	x := Build(docs, v)
	q := ask(t, "Vi trenger folk til hotellet som kan føre regnskap")
	tourism, _ := v.Concept(vocab.Styrk08, "4224")
	bookkeeping, _ := v.Concept(vocab.Styrk08, "3313")
	q.Linked.Matches = []vocab.Match{{Concept: tourism, Score: 1}}
	if got := ids(docs, x.Search(q, 2)); got[0] != "hotel" {
		t.Errorf("hotel receptionist chosen: got %v", got)
	}
	q.Linked.Matches = []vocab.Match{{Concept: bookkeeping, Score: 1}}
	if got := ids(docs, x.Search(q, 2)); got[0] != "accounts" {
		t.Errorf("bookkeeper chosen: got %v", got)
	}
}

func TestSearchIsBoundedAndOrdered(t *testing.T) {
	docs := catalogue()
	x := Build(docs, vocabulary(t))
	q := ask(t, "Vi mangler folk som kan sveise, kjøre buss og føre regnskap")
	all := x.Search(q, len(docs)+5)
	if len(all) != len(docs) {
		t.Fatalf("got %d hits, want %d", len(all), len(docs))
	}
	if !slices.IsSortedFunc(all, func(a, b Hit) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return a.Doc - b.Doc
	}) {
		t.Errorf("not in order: %v", all)
	}
	for n := range len(docs) {
		if got := x.Search(q, n); !reflect.DeepEqual(got, all[:n]) {
			t.Errorf("the first %d are %v, want %v", n, ids(docs, got), ids(docs, all[:n]))
		}
	}
}

func TestSearchIsTheSameEachTime(t *testing.T) {
	docs := catalogue()
	v := vocabulary(t)
	q := ask(t, "Lærlingen på sagbruket vil ta fagbrev, og resepsjonisten vil lære lønn og moms")
	want := Build(docs, v).Search(q, 8)
	for range 3 {
		x := Build(docs, v)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if got := x.Search(q, 8); !reflect.DeepEqual(got, want) {
					t.Errorf("got %v, want %v", got, want)
				}
			})
		}
		all.Wait()
	}
}

func TestNextEqualsBuild(t *testing.T) {
	v := vocabulary(t)
	docs := catalogue()
	x := Build(docs[:5], v)
	next, anew := x.Next(docs), Build(docs, v)
	q := ask(t, "Vi trenger en bussjåfør")
	if got, want := next.Search(q, 8), anew.Search(q, 8); !reflect.DeepEqual(got, want) {
		t.Errorf("the next index answers %v, a new one %v", got, want)
	}
	if got := ids(docs[:5], x.Search(q, 1)); len(got) != 1 || got[0] == "bus" {
		t.Errorf("the older index answers %v", got)
	}
}

func TestEmptyIndexAndOddDocuments(t *testing.T) {
	v := vocabulary(t)
	q := ask(t, "Vi trenger en sveiser")
	if hits := Build(nil, v).Search(q, 5); len(hits) != 0 {
		t.Errorf("an empty index answers %v", hits)
	}
	odd := []Document{{}, {Title: "\xff\xfe", Occupations: []string{"", "x", "99999"}, Level: "phd", Hours: -3}, {Body: strings.Repeat("sveise ", 2000)}}
	x := Build(odd, v)
	if hits := x.Search(q, 5); len(hits) != 3 || hits[0].Doc != 2 {
		t.Errorf("got %v", hits)
	}
	for _, h := range x.Search(Query{}, 5) {
		if h.Score >= Answers || h.Score != h.Score {
			t.Errorf("no need, and document %d scores %v", h.Doc, h.Score)
		}
	}
}

// A need as long as a book is read as far as a need goes.
func TestLongNeeds(t *testing.T) {
	docs := catalogue()
	x := Build(docs, vocabulary(t))
	text := "Vi må ha folk som kan sveise rustfritt. " + strings.Repeat("Og så var det noe helt annet med båten. ", 2500)
	if len(text) < 100_000 {
		t.Fatalf("the text has only %d bytes", len(text))
	}
	if r := read(ask(t, text)); len(r.text) > maxText || len(r.tokens) > maxText {
		t.Errorf("%d bytes and %d words are read", len(r.text), len(r.tokens))
	}
	if got := ids(docs, x.Search(ask(t, text), 1)); got[0] != "weld" {
		t.Errorf("got %v", got)
	}
}

func TestRoles(t *testing.T) {
	for _, c := range []struct{ text, held, wanted string }{
		{"To elektrikere vil lære å programmere", "elektrikere", "å programmere"},
		{"Røkterne våre må lære å legge plan", "Røkterne", "å legge plan"},
		{"Vi trenger to elektrikere som kan skifte sikringer", "", "to elektrikere som kan skifte sikringer"},
		{"Kommunen mangler helsefagarbeidere", "", "helsefagarbeidere"},
		{"En tømrer og en elektriker som underviser", "tømrer elektriker", ""},
		{"Den som tar over, er rørlegger og må lære anlegget", "rørlegger", "anlegget"},
		{"Han på lageret tar over", "lageret", ""},
		{"Hun kjører lastebil i dag, og vil lære regnskap", "Hun kjører lastebil", "regnskap"},
		{"Operatørene på skiftet kan ikke styringen", "Operatørene", ""},
	} {
		tokens := norsk.Tokens(c.text)
		got := map[role][]string{}
		for i, r := range rolesOf(tokens) {
			got[r] = append(got[r], c.text[tokens[i].Start:tokens[i].End])
		}
		if h := strings.Join(got[held], " "); h != c.held {
			t.Errorf("%q: held %q, want %q", c.text, h, c.held)
		}
		if w := strings.Join(got[wanted], " "); w != c.wanted {
			t.Errorf("%q: wanted %q, want %q", c.text, w, c.wanted)
		}
	}
}

func TestAsksForTrade(t *testing.T) {
	for text, want := range map[string]bool{
		"Fire ufaglærte på lageret":          true,
		"ti mann har itj fagbrev":            true,
		"De vil ta fagbrev mens de jobber":   true,
		"lære dem opp til fagbrev":           true,
		"Assistentene med fagbrev famler":    false,
		"Vi søker fagarbeidere":              false,
		"De går opp til svenneprøve i april": true,
		"Vi trenger et truckkurs":            false,
	} {
		if got := asksForTrade(norsk.Tokens(text)); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

func TestLikeness(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float32
	}{
		{"8172", "8172", 1}, {"8172", "8171", 0.5}, {"8172", "8160", 0.2}, {"8172", "8211", 0}, {"8172", "2223", 0}, {"", "8172", 0}, {"", "", 0},
	} {
		if got := likeness(c.a, c.b); got != c.want {
			t.Errorf("likeness(%q, %q) = %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestPartsHaveNames(t *testing.T) {
	seen := map[string]bool{}
	for p := range numParts {
		if name := p.String(); name == "" || seen[name] {
			t.Errorf("part %d is called %q", p, name)
		} else {
			seen[name] = true
		}
	}
	if got := numParts.String(); got != fmt.Sprintf("part %d", numParts) {
		t.Errorf("beyond the last: %q", got)
	}
}

func FuzzSearch(f *testing.F) {
	v, err := starter()
	if err != nil {
		f.Fatal(err)
	}
	x := Build(catalogue(), v)
	for _, s := range []string{"", "Vi må ha to som kan sveise", "\xff\x00", "er er er og og", "han på", "i dag i dag", strings.Repeat("å", 9000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := Query{Text: text, Linked: v.Link(text, vocab.LinkOptions{})}
		for _, h := range x.Search(q, 4) {
			if !(h.Score >= 0 && h.Score <= 1) {
				t.Fatalf("%q: score %v", text, h.Score)
			}
			for p, val := range h.Parts {
				if !(val >= 0 && val <= 1.001) {
					t.Fatalf("%q: %v is %v", text, Part(p), val)
				}
			}
			x.Explain(q, h.Doc)
		}
	})
}
