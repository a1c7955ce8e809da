package rule_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/rule"
)

var ready = map[string]func() rule.Set{"council": rule.Council, "board": rule.Board, "chief executives": rule.ChiefExecs,
	"county forum": rule.CountyForum, "regional forum": rule.RegionalForum, "steering group": rule.SteeringGroup}

var texts = sync.OnceValues(func() (*i18n.Bundle, error) { return i18n.Load(rule.Files) })

func printer(t *testing.T, l i18n.Lang) i18n.Printer {
	t.Helper()
	b, err := texts()
	if err != nil {
		t.Fatal(err)
	}
	return b.Printer(l)
}

// spoken checks that a line is a whole sentence in every language: a text for each key
// and a value for each name.
func spoken(t *testing.T, l rule.Line) {
	t.Helper()
	for _, lang := range i18n.Langs() {
		s := l.In(printer(t, lang))
		if s == "" || strings.ContainsAny(s, "{}") || strings.Contains(s, "rule.") || strings.Contains(s, "%!") {
			t.Errorf("%s in %s: %q", l.Key, lang, s)
		}
	}
}

func TestReadySetsAreValidAndSpeak(t *testing.T) {
	for name, make := range ready {
		set := make()
		if err := set.Validate().Err(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		topics := map[string]bool{}
		for _, w := range set.Words() {
			if topics[w.Topic] {
				t.Errorf("%s: topic %s twice", name, w.Topic)
			}
			topics[w.Topic] = true
			spoken(t, w.Line)
			spoken(t, w.Source.Line())
			spoken(t, w.Source.Short())
			spoken(t, rule.Say(w.Heading()))
		}
		if got := rule.Compare(set, make()); len(got) != 0 {
			t.Errorf("%s differs from itself: %v", name, got)
		}
	}
}

func TestCouncilAsAgreed(t *testing.T) {
	set := rule.Council()
	votes := map[rule.SeatKind]bool{rule.Mayor: true, rule.Opposition: false, rule.ChiefExec: false, rule.Observer: false}
	each := 0
	for kind, want := range votes {
		seat, ok := set.Seat(kind)
		if !ok || seat.Vote != want || set.Votes(kind) != want {
			t.Errorf("%s: votes %v, want %v", kind, seat.Vote, want)
		}
		each += seat.Each
	}
	if each != 3 {
		t.Errorf("%d seats for each municipality, want 3", each)
	}
	if !set.NeedsConsensus(true) || set.NeedsConsensus(false) || set.MayReserve(true) || !set.MayReserve(false) {
		t.Error("consensus where the case touches all, reservation where it does not")
	}
	nb := printer(t, i18n.NB)
	said := map[string]string{}
	for _, w := range set.Words() {
		said[w.Topic] = w.Line.In(nb) + " | " + w.Source.Line().In(nb)
	}
	for topic, want := range map[string]string{
		"consensus":      "Saker som berører samtlige medlemmer, krever enighet: Ingen med stemme kan være mot. | Avtalen § 5, vedtatt 23.03.2020",
		"of":             "Alle med stemme må si ja. Den som er inhabil, regnes ikke med. | Avtalen eller mandatet sier ikke noe om dette. Organet har valgt det selv og kan endre det.",
		"quorum":         "Organet er vedtaksført når minst halvparten av dem med stemme er med. | Kommuneloven § 11-9. Vår gjengivelse er ikke kontrollert mot gjeldende lovtekst.",
		"withdrawal":     "Et medlem kan tre ut. Kommunestyret må ha vedtatt det. Meldes det innen 1. november, gjelder det fra slutten av neste budsjettår. Kontingenten betales ut det året. | Avtalen § 12, vedtatt 23.03.2020",
		"seats.mayor":    "Ordfører: møter, snakker og stemmer. 1 sete for hvert medlem. Setet har vara. | Avtalen § 4, vedtatt 23.03.2020",
		"seats.observer": "Observatør: møter, men har verken talerett eller sete med stemme. | Avtalen § 4, vedtatt 23.03.2020",
		"recusal":        "Organet avgjør om et medlem er inhabilt, uten at medlemmet er med. | Kommuneloven § 11-10. Vår gjengivelse er ikke kontrollert mot gjeldende lovtekst.",
	} {
		if said[topic] != want {
			t.Errorf("%s:\n got %s\nwant %s", topic, said[topic], want)
		}
	}
}

// TestElectedBodyFollowsTheLaw departs from kommuneloven in one rule at a time.
func TestElectedBodyFollowsTheLaw(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*rule.Set)
		field  string
		law    string
	}{
		"no quorum":          {func(s *rule.Set) { s.Quorum.Kind = rule.NoQuorum }, "quorum", "§ 11-9"},
		"quorum of one":      {func(s *rule.Set) { s.Quorum = rule.Quorum{Kind: rule.AtLeast, Number: 1, Source: s.Quorum.Source} }, "quorum", "§ 11-9"},
		"only dialogue":      {func(s *rule.Set) { s.Decision.Otherwise = rule.Dialogue }, "decision", "§ 11-9"},
		"no casting vote":    {func(s *rule.Set) { s.Decision.Casting = false }, "decision", "§ 11-9"},
		"phone counts":       {func(s *rule.Set) { s.Distant.Counts = true }, "distant", "§ 11-7"},
		"silence is consent": {func(s *rule.Set) { s.Hearing.Silence = rule.SilenceConsent }, "hearing", "§ 8-1"},
		"employed votes":     {func(s *rule.Set) { s.Seats[2].Vote = true }, "seats", "§ 7-3"},
	} {
		t.Run(name, func(t *testing.T) {
			set := rule.Council()
			c.change(&set)
			found := false
			for _, f := range set.Validate() {
				spoken(t, rule.Say(f.Line.Key, f.Line.Values...))
				found = found || !f.Note && f.Law == c.law && f.Field == c.field && strings.Contains(f.Line.In(printer(t, i18n.NB)), c.law)
			}
			if !found {
				t.Errorf("not refused by %s: %v", c.law, set.Validate())
			}
			if f, ok := fault.As(set.Validate().Err()); !ok || f.Fields[0].Name != c.field {
				t.Errorf("fault %v", f)
			}
			set.Elected = false
			if err := set.Validate().Err(); err != nil {
				t.Errorf("another body may: %v", err)
			}
		})
	}
}

func TestContradictionsAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*rule.Set)
		field  string
	}{
		"vote without attending":   {func(s *rule.Set) { s.Seats[0].Attend = false }, "seats"},
		"seat twice":               {func(s *rule.Set) { s.Seats = append(s.Seats, s.Seats[0]) }, "seats"},
		"nobody votes":             {func(s *rule.Set) { s.Seats[0].Vote = false }, "seats"},
		"seat without name":        {func(s *rule.Set) { s.Seats[1].Kind = "elder" }, "seats"},
		"leader from nowhere":      {func(s *rule.Set) { s.Leader.Among = rule.Member }, "leader"},
		"long leader":              {func(s *rule.Set) { s.Leader.Years = 5 }, "leader"},
		"low prefix":               {func(s *rule.Set) { s.Numbers.Prefix = "ps" }, "numbers"},
		"short prefix":             {func(s *rule.Set) { s.Numbers.Prefix = "P" }, "numbers"},
		"29 February":              {func(s *rule.Set) { s.Withdrawal.Month, s.Withdrawal.Day = 2, 29 }, "withdrawal"},
		"round without days":       {func(s *rule.Set) { s.Hearing.Days = 0 }, "hearing"},
		"opt-in without a reserve": {func(s *rule.Set) { s.Reservation.When = rule.InNever }, "reservation"},
		"rule without source":      {func(s *rule.Set) { s.Local.Source = rule.Source{} }, "local"},
		"paragraph missing":        {func(s *rule.Set) { s.Local.Source.Where = "" }, "local"},
		"unknown duty":             {func(s *rule.Set) { s.Duties[0].Kind = "party" }, "duties"},
		"unknown consensus":        {func(s *rule.Set) { s.Decision.Consensus = "" }, "decision"},
		"consensus of whom":        {func(s *rule.Set) { s.Decision.Of = "" }, "decision"},
		"reason for silence":       {func(s *rule.Set) { s.Reasons.For = []rule.Position{rule.NotHeard} }, "reasons"},
		"duty twice":               {func(s *rule.Set) { s.Duties = append(s.Duties, s.Duties[0]) }, "duties"},
		"long title":               {func(s *rule.Set) { s.Base.Title.NN = strings.Repeat("x", 201) }, "base"},
		"many seats":               {func(s *rule.Set) { s.Seats = append(make([]rule.Seat, 20), s.Seats...) }, "seats"},
		"no document":              {func(s *rule.Set) { s.Base.Adopted = clock.Date{} }, "base"},
	} {
		set := rule.Council()
		c.change(&set)
		f, ok := fault.As(set.Validate().Err())
		if !ok || f.Fields[0].Name != c.field {
			t.Errorf("%s: %v", name, set.Validate())
		}
		for _, x := range set.Validate() {
			spoken(t, x.Line)
		}
	}
}

// TestEveryRuleIsSaid changes each value of a set, one at a time: a comparison that
// misses one would hide it from those who adopt the new version.
func TestEveryRuleIsSaid(t *testing.T) {
	for name, make := range ready {
		base, err := json.Marshal(make())
		if err != nil {
			t.Fatal(err)
		}
		var tree any
		if err := json.Unmarshal(base, &tree); err != nil {
			t.Fatal(err)
		}
		walk(tree, "", func(path string, restore func()) {
			defer restore()
			changed, _ := json.Marshal(tree)
			var set rule.Set
			if err := json.Unmarshal(changed, &set); err != nil || set.Validate().Err() != nil {
				return // not a set that can be adopted
			}
			if reflect.DeepEqual(set, make()) || unsaid(set, path) {
				return
			}
			if len(rule.Compare(make(), set)) == 0 {
				t.Errorf("%s: %s changes nothing in words", name, path)
			}
		})
	}
}

// unsaid are values that have no meaning where they stand: a number beside a quorum
// counted otherwise, a source of a rule that does not apply.
func unsaid(s rule.Set, path string) bool {
	d := s.Decision
	return strings.HasSuffix(path, ".quorum.number") && s.Quorum.Kind != rule.AtLeast ||
		strings.Contains(path, ".of") && d.Consensus == rule.Never ||
		strings.HasSuffix(path, ".casting") && d.Otherwise != rule.Majority ||
		strings.HasSuffix(path, ".extension") || strings.HasSuffix(path, ".days") && s.Hearing.Rounds == 0
}

// walk gives each leaf another value of its kind and calls f, which restores it.
func walk(node any, path string, f func(path string, restore func())) {
	switch n := node.(type) {
	case map[string]any:
		for k, v := range n {
			walk(v, path+"."+k, f)
			for _, other := range others(v) {
				n[k] = other
				f(path+"."+k, func() { n[k] = v })
			}
		}
	case []any:
		for i, v := range n {
			walk(v, path, f)
			for _, other := range others(v) {
				n[i] = other
				f(path, func() { n[i] = v })
			}
		}
	}
}

// others are values to try in place of one; those that no set knows are refused.
func others(v any) []any {
	switch v := v.(type) {
	case bool:
		return []any{!v}
	case float64:
		return []any{v + 1}
	case string:
		return []any{v + "X", "2021-01-01", "none", "half", "all", "present", "some", "never", "always", "majority", "dialogue", "not_heard", "consent",
			"allowed", "own_decision", "silent", "agreement", "mandate", "for", "against", "yearly_review", "mayor", "member"}
	}
	return nil
}

// Those who come without a member's seat are told of as people, with no number of seats.
func TestGuestsHaveNoNumberOfSeats(t *testing.T) {
	for name, make := range ready {
		for _, w := range make().Words() {
			for _, lang := range i18n.Langs() {
				if got := w.Line.In(printer(t, lang)); strings.Contains(got, " 0 ") {
					t.Errorf("%s: %s in %s: %s", name, w.Topic, lang, got)
				}
			}
		}
	}
	set := rule.RegionalForum()
	set.Seats[2].Deputy = true
	if got := set.Words()[4].Line.In(printer(t, i18n.NB)); got != "Observatør: møter, men har verken talerett eller sete med stemme. Vara kan møte." {
		t.Errorf("with a deputy: %q", got)
	}
}

// A mandate may say that the body decides on habilitet, and says where; a set of before
// the question was asked reads as one that does not.
func TestRecusalIsTheBodysOwnRule(t *testing.T) {
	before, after := rule.SteeringGroup(), rule.SteeringGroup()
	if before.DecidesRecusal() || !rule.Council().DecidesRecusal() || !rule.Board().DecidesRecusal() {
		t.Error("without a rule of their own only elected bodies decide on habilitet")
	}
	after.Recusal.ByBody = true
	if f, ok := fault.As(after.Validate().Err()); !ok || f.Fields[0].Name != "recusal" {
		t.Errorf("without a source: %v", after.Validate())
	}
	after.Recusal.Source = rule.Source{From: rule.FromMandate, Where: "5", Day: after.Base.Adopted}
	if err := after.Validate().Err(); err != nil || !after.DecidesRecusal() || after.RecusalSource() != after.Recusal.Source {
		t.Errorf("with one: %v", err)
	}
	list := rule.Compare(before, after)
	if len(list) != 1 || list[0].Topic != "recusal" {
		t.Fatalf("the difference is %+v", list)
	}
	spoken(t, list[0].Now.Line)
	spoken(t, rule.Say(list[0].Heading()))
	stored, err := json.Marshal(after)
	if err != nil {
		t.Fatal(err)
	}
	var read rule.Set
	if err := json.Unmarshal(stored, &read); err != nil || !reflect.DeepEqual(read, after) {
		t.Errorf("read again: %+v, %v", read.Recusal, err)
	}
	if stored, err = json.Marshal(before); err != nil || strings.Contains(string(stored), "recusal\":") {
		t.Errorf("rules that say nothing of it store it: %v", err)
	}
}

func TestCompareSaysBoth(t *testing.T) {
	next := rule.Council()
	next.Quorum.Source = rule.Source{From: rule.Silent}
	next.Leader.Years = 4
	next.Duties = append(next.Duties[1:], rule.Duty{Kind: rule.DutyYearly, Source: rule.Source{From: rule.Silent}})
	got := map[string]rule.Difference{}
	for _, d := range rule.Compare(rule.Council(), next) {
		got[d.Topic] = d
	}
	if len(got) != 4 || !got["quorum"].SourceOnly || got["duties.period_evaluation"].Now.Topic != "" || got["duties.yearly_review"].Was.Topic != "" {
		t.Fatalf("differences: %v", got)
	}
	en := printer(t, i18n.EN)
	if was, now := got["leader"].Was.Line.In(en), got["leader"].Now.Line.In(en); !strings.Contains(was, "2 years") || !strings.Contains(now, "4 years") {
		t.Errorf("leader: %q → %q", was, now)
	}
	spoken(t, rule.Say(got["leader"].Heading()))
}

func TestLawIsDated(t *testing.T) {
	if got := rule.Law(clock.MustDate("2019-01-01")); len(got) != 0 {
		t.Errorf("before the law of 2018 applied: %v", got)
	}
	for _, c := range rule.Law(clock.MustDate("2026-11-22")) {
		spoken(t, c.Says)
		if _, ok := rule.LawClause(c.Where, clock.Date{}); !ok {
			t.Errorf("%s is not found", c.Where)
		}
	}
}

func TestTexts(t *testing.T) {
	b, err := texts()
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range b.Check() {
		t.Error(problem)
	}
	for _, p := range rule.Given() {
		spoken(t, rule.Say(p.Name()))
	}
	spoken(t, rule.Say(rule.NotHeard.Name()))
}

func TestQuorum(t *testing.T) {
	half := rule.Quorum{Kind: rule.Half}
	for _, c := range []struct {
		taking, of int
		want       bool
	}{{3, 6, true}, {2, 6, false}, {3, 5, true}, {2, 5, false}, {0, 0, false}} {
		if got := half.Met(c.taking, c.of); got != c.want {
			t.Errorf("%d of %d: %v", c.taking, c.of, got)
		}
	}
	if q := (rule.Quorum{Kind: rule.AtLeast, Number: 4}); q.Met(3, 6) || !q.Met(4, 6) {
		t.Error("at least four")
	}
	if (rule.Quorum{}).Met(6, 6) || !(rule.Quorum{Kind: rule.NoQuorum}).Met(0, 6) {
		t.Error("an unknown kind is never met, none always")
	}
}

func FuzzSet(f *testing.F) {
	for _, make := range ready {
		data, err := json.Marshal(make())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"seats":[{"kind":"x","each":-1}],"withdrawal":{"allowed":true,"month":13,"day":99}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var set rule.Set
		if json.Unmarshal(data, &set) != nil {
			return
		}
		set.Words()
		ok := set.Validate().Err() == nil
		out, err := json.Marshal(set)
		if err != nil {
			if ok {
				t.Fatalf("a valid set cannot be stored: %v", err)
			}
			return
		}
		var back rule.Set
		if err := json.Unmarshal(out, &back); err != nil {
			t.Fatalf("stored and not read: %v", err)
		}
		again, _ := json.Marshal(back)
		if !bytes.Equal(out, again) {
			t.Fatalf("%s\nbecame\n%s", out, again)
		}
		if ok && len(rule.Compare(set, back)) != 0 {
			t.Fatal("a stored set differs from itself")
		}
	})
}

func TestDutiesComeAgain(t *testing.T) {
	want := map[rule.DutyKind]int{rule.DutyPeriod: 48, rule.DutyFee: 12, rule.DutyInform: 0, rule.DutyLeader: 24}
	set := rule.Council()
	for _, d := range set.Duties {
		if got := d.Every(set); got != want[d.Kind] {
			t.Errorf("%s: every %d months, want %d", d.Kind, got, want[d.Kind])
		}
	}
	if !set.Minutes() || rule.ChiefExecs().Minutes() {
		t.Error("an elected body keeps a møtebok, a committee a referat")
	}
	if _, ok := rule.CountyForum().Withdrawal.Effect(clock.MustDate("2020-10-15")); ok {
		t.Error("a forum's rules say nothing of withdrawal")
	}
}
