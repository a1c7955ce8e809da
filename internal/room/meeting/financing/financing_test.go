package financing

import (
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/meeting/rule"
)

var texts = sync.OnceValues(func() (*i18n.Bundle, error) { return i18n.Load(Files) })

func spoken(t *testing.T, l rule.Line) string {
	t.Helper()
	b, err := texts()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range i18n.Langs() {
		if s := l.In(b.Printer(lang)); s == "" || strings.ContainsAny(s, "{}") || s == string(l.Key) {
			t.Errorf("%s in %s: %q", l.Key, lang, s)
		}
	}
	return strings.ReplaceAll(l.In(b.Printer(i18n.NB)), "\u00a0", " ")
}

func kr(n int64) money.NOK { return money.Kroner(n) }

// sketch is the project sketch of the demo: 600 000, of which 150 000 is own work.
func sketch(own Share, base Base) Plan {
	return Plan{
		Costs: []Cost{{"Timebruk", kr(500_000)}, {"Reisevirksomhet", kr(15_000)}, {"Møtevirksomhet", kr(15_000)}, {"Digitalt utstyr", kr(70_000)}},
		Sources: []Source{
			{Name: "Departementet via fylkeskommunen", Kind: Grant, Amount: kr(450_000)},
			{Name: "Deltakere i forumet", Kind: InKind, Amount: kr(150_000)},
		},
		Require: Requirement{Own: own, Base: base},
	}
}

func TestSketchCosts(t *testing.T) { // O-8
	p := sketch(3000, OfTotal)
	r := p.Result()
	if r.Cost != kr(600_000) {
		t.Errorf("cost %v", r.Cost)
	}
	b, _ := texts()
	nb := b.Printer(i18n.NB)
	for i, want := range map[int]string{0: "83,3 %", 3: "11,7 %"} {
		if got := strings.ReplaceAll(PartOf(p.Costs[i].Amount, r.Cost).Percent(nb), "\u00a0", " "); got != want {
			t.Errorf("%s: %s, want %s", p.Costs[i].Name, got, want)
		}
	}
}

func TestSketchAddsUp(t *testing.T) { // O-9
	r := sketch(3000, OfTotal).Result()
	if r.Paid != kr(600_000) || r.Difference != 0 || r.Grant != kr(450_000) || r.Own != kr(150_000) || r.Work != kr(150_000) {
		t.Errorf("%+v", r)
	}
}

func TestSketchOwnShare(t *testing.T) { // O-10
	r := sketch(3000, OfTotal).Result()
	b, _ := texts()
	if got := r.OfTotal.Percent(b.Printer(i18n.NB)); got != "25,0\u00a0%" {
		t.Errorf("share %q", got)
	}
	if got := r.OfGrant.Percent(b.Printer(i18n.EN)); got != "33.3\u00a0%" {
		t.Errorf("relative to the grant %q", got)
	}
	if r.Met || r.Short != kr(30_000) || r.Required != kr(180_000) {
		t.Errorf("met %v, short %v, required %v", r.Met, r.Short, r.Required)
	}
	want := []Way{
		{RaiseOwn, kr(180_000), kr(450_000), kr(630_000), kr(30_000)},
		{LowerGrant, kr(180_000), kr(420_000), kr(600_000), kr(30_000)},
		{KeepGrant, kr(192_857), kr(450_000), kr(642_857), kr(42_857)},
		{KeepOwn, kr(150_000), kr(350_000), kr(500_000), 0},
	}
	if len(r.Ways) != len(want) {
		t.Fatalf("ways %+v", r.Ways)
	}
	for i := range want {
		if r.Ways[i] != want[i] {
			t.Errorf("way %d: %+v, want %+v", i, r.Ways[i], want[i])
		}
		spoken(t, r.Ways[i].Line())
	}
	if got, want := spoken(t, r.Ways[2].Line()), "Behold tilskuddet på kr 450 000 og la samlet finansiering bli kr 642 857. Da må egenandelen være kr 192 857."; got != want {
		t.Errorf("%s", got)
	}
	if grant := sketch(3000, OfGrant).Result(); !grant.Met || len(grant.Ways) != 0 {
		t.Errorf("relative to the grant: %+v", grant)
	}
}

func TestRoundUp(t *testing.T) {
	p := sketch(3000, OfTotal)
	p.Require.RoundUp = true
	for _, w := range p.Result().Ways {
		if w.Kind == KeepGrant && (w.Own != kr(192_858) || w.Total != kr(642_858)) {
			t.Errorf("%+v", w)
		}
	}
}

func TestOwnWork(t *testing.T) {
	p := sketch(2000, OfTotal)
	if r := p.Result(); !r.Met || !has(t, r, "kr 150 000 av egenandelen på kr 150 000 er timer og ikke penger.", true) {
		t.Errorf("%+v", r)
	}
	p.Require.NoWork = true
	r := p.Result()
	if r.Met || r.Counted != 0 || r.Own != kr(150_000) || r.Short != kr(120_000) || !has(t, r, "ikke regnet med", false) {
		t.Errorf("%+v", r)
	}
	for _, w := range r.Ways {
		if w.Kind == KeepOwn {
			t.Errorf("nothing is carried by no own share: %+v", w)
		}
	}
	p.Sources[1].Hours, p.Sources[1].Rate = 300, kr(400)
	if !has(t, p.Result(), "timer ganger timepris er kr 120 000, men beløpet er kr 150 000", false) {
		t.Errorf("%+v", p.Result().Findings)
	}
}

func has(t *testing.T, r Result, text string, note bool) bool {
	t.Helper()
	found := false
	for _, f := range r.Findings {
		found = strings.Contains(spoken(t, f.Line), text) && f.Note == note || found
	}
	return found
}

func TestFindings(t *testing.T) {
	p := sketch(3000, OfTotal)
	p.Require.Programme = true
	if r := p.Result(); !has(t, r, "Kravet gjelder hele programmet", true) || !has(t, r, "det mangler kr 30 000", true) {
		t.Errorf("%+v", r.Findings)
	}
	p = sketch(0, "")
	p.Costs = p.Costs[:1]
	if r := p.Result(); !r.Met || !has(t, r, "kr 100 000 større enn kostnadene", false) {
		t.Errorf("%+v", r)
	}
	p.Sources = p.Sources[1:]
	if r := p.Result(); !has(t, r, "kr 350 000 mindre enn kostnadene", false) {
		t.Errorf("%+v", r)
	}
	if r := (Plan{}).Result(); !r.Met || !has(t, r, "ingen kostnader", false) || !has(t, r, "ingen finansiering", false) {
		t.Errorf("%+v", r)
	}
	low := sketch(5000, OfGrant).Result()
	if !has(t, low, "i forhold til tilskuddet", false) {
		t.Errorf("%+v", low)
	}
}

func TestCheck(t *testing.T) {
	for field, change := range map[string]func(*Plan){
		"costs.1.amount":   func(p *Plan) { p.Costs[1].Amount = -1 },
		"costs.0.name":     func(p *Plan) { p.Costs[0].Name = "" },
		"sources.0.amount": func(p *Plan) { p.Sources[0].Amount = kr(1_000_000_001) },
		"sources.1.kind":   func(p *Plan) { p.Sources[1].Kind = "gold" },
		"sources.1.hours":  func(p *Plan) { p.Sources[1].Hours = -4 },
		"own":              func(p *Plan) { p.Require.Own = 10_000 },
		"base":             func(p *Plan) { p.Require.Base = "" },
		"costs":            func(p *Plan) { p.Costs = make([]Cost, 201) },
	} {
		p := sketch(3000, OfTotal)
		if err := p.Check(); err != nil {
			t.Fatal(err)
		}
		change(&p)
		f, ok := fault.As(p.Check())
		if !ok || len(f.Fields) != 1 || f.Fields[0].Name != field {
			t.Errorf("%s: %v", field, p.Check())
			continue
		}
		spoken(t, rule.Say(f.Fields[0].Key, f.Fields[0].Values...))
	}
}

// TestWaysWork takes each way and counts the plan anew: it must then meet the requirement.
func TestWaysWork(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64Range(0, 5_000_000)
		p := Plan{
			Costs: []Cost{{"c", kr(amount.Draw(t, "cost"))}},
			Sources: []Source{{Name: "g", Kind: Grant, Amount: kr(amount.Draw(t, "grant"))}, {Name: "o", Kind: Cash, Amount: kr(amount.Draw(t, "own"))},
				{Name: "x", Kind: Private, Amount: kr(amount.Draw(t, "private"))}, {Name: "w", Kind: InKind, Amount: kr(amount.Draw(t, "work"))}},
			Require: Requirement{Own: Share(rapid.Int64Range(1, 9999).Draw(t, "share")), Base: rapid.SampledFrom([]Base{OfTotal, OfGrant}).Draw(t, "base"),
				NoWork: rapid.Bool().Draw(t, "no work"), RoundUp: rapid.Bool().Draw(t, "up")},
		}
		if err := p.Check(); err != nil {
			t.Fatal(err)
		}
		r := p.Result()
		if r.Met != (r.Counted >= r.Required) || r.Met != (len(r.Ways) == 0) {
			t.Fatalf("%+v", r)
		}
		for _, w := range r.Ways {
			if w.Own < 0 || w.Grant < 0 || w.More < 0 {
				t.Fatalf("%+v", w)
			}
			q := p
			work := r.Work
			if !p.Require.NoWork {
				work = 0
			}
			q.Sources = []Source{{Name: "g", Kind: Grant, Amount: w.Grant}, {Name: "o", Kind: Cash, Amount: w.Own}, {Name: "x", Kind: Private, Amount: r.Other}, {Name: "w", Kind: InKind, Amount: work}}
			if w.Kind != RaiseOwn {
				q.Costs = []Cost{{"c", w.Total}}
			}
			if got := q.Result(); got.Short > money.Krone || w.Kind != RaiseOwn && got.Difference != 0 {
				t.Fatalf("way %+v leaves %+v", w, got)
			}
		}
	})
}

func TestProviso(t *testing.T) {
	day := clock.MustDate
	p := Proviso{What: "at rådet vedtar finansieringsplanen", Body: "Rådet", Case: "c", Expected: day("2020-09-02")}
	for on, want := range map[string]State{"2020-08-18": Stands, "2020-09-02": Stands, "2020-09-03": Overdue} {
		if got := p.State(day(on)); got != want {
			t.Errorf("%s: %s, want %s", on, got, want)
		}
		spoken(t, p.Line(day(on)))
	}
	lifted, err := p.Settle(Settlement{On: day("2020-09-02"), Ref: "PS 27/20", Adopted: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := spoken(t, lifted.Line(day("2020-10-01"))); lifted.State(day("2020-10-01")) != Lifted || got != "Forbeholdet er borte. Rådet vedtok dette 02.09.2020 i PS 27/20." {
		t.Errorf("%s", got)
	}
	if _, err := lifted.Settle(Settlement{On: day("2020-09-03"), Ref: "PS 28/20"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("settled twice: %v", err)
	}
	fallen, err := p.Settle(Settlement{On: day("2020-09-02"), Ref: "PS 27/20"})
	if err != nil || fallen.State(day("2020-09-02")) != Fallen {
		t.Errorf("%v %v", fallen, err)
	}
	spoken(t, fallen.Line(day("2020-09-02")))
	if _, err := p.Settle(Settlement{Adopted: true}); !fault.Is(err, fault.Invalid) {
		t.Errorf("no reference: %v", err)
	}
	if _, err := (Proviso{}).Settle(Settlement{On: day("2020-09-02"), Ref: "PS 1/20"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("no proviso: %v", err)
	}
	if s := (Proviso{}).State(day("2020-09-02")); s != NoProviso || !(Proviso{}).Line(day("2020-09-02")).IsZero() {
		t.Errorf("none: %s", s)
	}
	p.Expected = clock.Date{}
	spoken(t, p.Line(day("2020-09-02")))
}

func TestTexts(t *testing.T) {
	b, err := texts()
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range b.Check() {
		t.Error(problem)
	}
	for _, k := range Kinds() {
		spoken(t, rule.Say(k.Name()))
	}
}
