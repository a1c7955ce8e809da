package outcome

import (
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/meeting/rule"
)

var kinds = []rule.SeatKind{rule.Mayor, rule.Opposition, rule.ChiefExec, rule.Member, rule.Observer, rule.Secretary}

// anySet is one of the ready-made sets, valid or bent out of shape.
func anySet(t *rapid.T) rule.Set {
	set := rapid.SampledFrom([]func() rule.Set{rule.Council, rule.Board, rule.ChiefExecs, rule.CountyForum, rule.SteeringGroup}).Draw(t, "set")()
	if rapid.Bool().Draw(t, "bent") {
		set.Decision.Consensus = rapid.SampledFrom([]rule.Consensus{rule.TouchesAll, rule.Always, rule.Never}).Draw(t, "consensus")
		set.Decision.Of = rapid.SampledFrom([]rule.ConsensusOf{rule.OfAll, rule.OfPresent}).Draw(t, "of")
		set.Decision.Otherwise = rapid.SampledFrom([]rule.Mode{rule.Majority, rule.Dialogue}).Draw(t, "otherwise")
		set.Decision.Advisory = rapid.Bool().Draw(t, "advisory")
		set.Distant.Counts = rapid.Bool().Draw(t, "distant")
		set.Hearing.Silence = rapid.SampledFrom([]rule.Silence{rule.SilenceNotHeard, rule.SilenceConsent}).Draw(t, "silence")
		set.Reservation.When = rapid.SampledFrom([]rule.When{rule.InAll, rule.InSome, rule.InNever}).Draw(t, "reserve")
		set.Quorum.Kind = rapid.SampledFrom([]rule.QuorumKind{rule.Half, rule.NoQuorum}).Draw(t, "quorum")
	}
	return set
}

func anyFacts(t *rapid.T) Facts {
	f := Facts{Today: clock.MustDate("2020-09-02")}
	f.Case.Scope = rapid.SampledFrom([]Scope{All, Some, ""}).Draw(t, "scope")
	f.Case.Kind = rapid.SampledFrom([]Kind{Ordinary, Ordinary, Ordinary, Loan, Obligation, Joint, Election}).Draw(t, "kind")
	f.Case.Procedure = rapid.SampledFrom([]Procedure{InMeeting, InMeeting, Round, Urgent}).Draw(t, "procedure")
	f.Case.Deadline = clock.MustDate(rapid.SampledFrom([]string{"2020-09-01", "2020-09-10"}).Draw(t, "deadline"))
	f.Case.Extended = rapid.Bool().Draw(t, "extended")
	f.Case.OffAgenda = rapid.Bool().Draw(t, "off agenda")
	f.Case.Amount = money.NOK(rapid.Int64Range(0, 1_000_000_00).Draw(t, "amount"))
	n := rapid.IntRange(1, 9).Draw(t, "seats")
	for i := range n {
		id := fmt.Sprintf("s%d", i)
		member := fmt.Sprintf("m%d", rapid.IntRange(0, i).Draw(t, "member"))
		f.Seats = append(f.Seats, Seat{ID: id, Member: member, Name: member, Kind: rapid.SampledFrom(kinds).Draw(t, "kind of seat")})
		f.Present = append(f.Present, Present{Seat: id, Member: rapid.Bool().Draw(t, "member"), Deputy: rapid.Bool().Draw(t, "deputy")})
		if rapid.Bool().Draw(t, "opts in") {
			f.Case.OptIns = append(f.Case.OptIns, OptIn{member, clock.MustDate("2020-10-01")})
		}
		if a := rapid.SampledFrom([]Answer{"", "", Yes, No}).Draw(t, "answer"); a != "" {
			f.Case.Local = append(f.Case.Local, Local{Member: member, Name: member, Answer: a, Ref: "1"})
		}
	}
	f.Chair = f.Seats[0].ID
	f.Positions = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Position { return anyPosition(t, f.Seats) }), 0, 14).Draw(t, "positions")
	return f
}

func anyPosition(t *rapid.T, seats []Seat) Position {
	p := Position{Seat: rapid.SampledFrom(seats).Draw(t, "seat").ID, By: rapid.SampledFrom([]Holder{Member, Member, Deputy}).Draw(t, "by"),
		Position: rapid.SampledFrom([]rule.Position{rule.For, rule.For, rule.ForRemark, rule.Against, rule.Reserved, rule.Recused, rule.NotHeard, "x"}).Draw(t, "position"),
		How:      rapid.SampledFrom([]Channel{Here, Here, Phone, Writing}).Draw(t, "how"), Reason: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "reason"), Procedure: rapid.Bool().Draw(t, "procedure")}
	if rapid.IntRange(0, 9).Draw(t, "contested") == 0 {
		p.Contested = clock.MustDate("2020-09-02")
	}
	return p
}

// TestNothingIsAdoptedAgainst: where consensus rules, a vote against that counts is never
// overruled, nor is a reservation; and in an elected body nothing is adopted that a member
// present in the meeting is against.
func TestNothingIsAdoptedAgainst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set, f := anySet(t), anyFacts(t)
		o := Decide(set, f)
		if !set.NeedsConsensus(touchesAll(f.Case)) || !o.State.Adopted() {
			return
		}
		for _, b := range o.Ballots {
			if b.Position == rule.Against || b.Position == rule.Reserved {
				t.Fatalf("%s adopted against %s", o.State, b.Seat.ID)
			}
			if b.Position == rule.NotHeard && set.Decision.Of == rule.OfAll {
				t.Fatalf("%s adopted without %s", o.State, b.Seat.ID)
			}
		}
		for _, p := range f.Positions {
			i := slices.IndexFunc(f.Seats, func(s Seat) bool { return s.ID == p.Seat })
			alone := !slices.ContainsFunc(f.Positions, func(q Position) bool { return q.Seat == p.Seat && q.By == p.By && q != p })
			here := p.By == Member && p.How == Here && f.Case.Procedure == InMeeting && f.Present[i].Member && p.Contested.IsZero()
			if alone && here && p.Position == rule.Against && set.Votes(f.Seats[i].Kind) {
				t.Fatalf("%s adopted against %s, who said so in the meeting", o.State, p.Seat)
			}
		}
	})
}

// TestOnlySeatsWithAVoteCount: what a seat without a vote says changes nothing at all.
func TestOnlySeatsWithAVoteCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set, f := anySet(t), anyFacts(t)
		before := Decide(set, f)
		if before.Vote.Entitled != len(before.Ballots) || before.Vote.Taking()+before.Vote.Recused+before.Vote.NotHeard != before.Vote.Entitled {
			t.Fatalf("the vote does not add up: %+v", before.Vote)
		}
		for _, b := range before.Ballots {
			if !set.Votes(b.Seat.Kind) {
				t.Fatalf("%s has no vote and counts", b.Seat.ID)
			}
		}
		p := anyPosition(t, f.Seats)
		i := slices.IndexFunc(f.Seats, func(s Seat) bool { return s.ID == p.Seat })
		if set.Votes(f.Seats[i].Kind) {
			return
		}
		f.Positions = append(f.Positions, p)
		f.Case.Objections = append(f.Case.Objections, p.Seat)
		if after := Decide(set, f); !reflect.DeepEqual(before, after) {
			t.Fatalf("changed\n%+v\nto\n%+v", before, after)
		}
	})
}

// TestOrderDoesNotMatter: the same facts in another order end alike.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set, f := anySet(t), anyFacts(t)
		before := Decide(set, f)
		g := f
		g.Positions = rapid.Permutation(f.Positions).Draw(t, "positions")
		g.Present = rapid.Permutation(f.Present).Draw(t, "present")
		if after := Decide(set, g); !reflect.DeepEqual(before, after) {
			t.Fatalf("changed\n%+v\nto\n%+v", before, after)
		}
	})
}

// TestElectedCountsOnlyTheMeeting: a position from outside the meeting never counts in an
// elected body, and silence never is consent.
func TestElectedCountsOnlyTheMeeting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set, f := anySet(t), anyFacts(t)
		set.Elected = true
		o := Decide(set, f)
		for _, b := range o.Ballots {
			if b.Silent || f.Case.Procedure != Urgent && b.How != Here {
				t.Fatalf("%+v", b)
			}
		}
		if f.Case.Procedure == Round && o.State.Adopted() {
			t.Fatalf("%s between meetings", o.State)
		}
		if o.State.Adopted() && f.Case.Procedure == InMeeting && set.Quorum.Kind == rule.Half && o.Vote.Taking()*2 < o.Vote.Entitled {
			t.Fatalf("%s by %d of %d", o.State, o.Vote.Taking(), o.Vote.Entitled)
		}
	})
}

// TestAlwaysExplained: every outcome can be read, says a rule, and survives being stored.
func TestAlwaysExplained(t *testing.T) {
	b, err := texts()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(r *rapid.T) {
		set, f := anySet(r), anyFacts(r)
		o := Decide(set, f)
		if !slices.Contains(States(), o.State) || o.Rule.IsZero() || len(o.Explanation) < 2 || len(o.Next) == 0 {
			r.Fatalf("%+v", o)
		}
		lines := slices.Concat(o.Explanation, o.Findings, []rule.Line{o.Rule})
		for _, l := range lines {
			if s := l.In(b.Printer("nb")); s == "" || s == string(l.Key) || slices.ContainsFunc([]rune(s), func(c rune) bool { return c == '{' }) {
				r.Fatalf("%q of %s", s, l.Key)
			}
		}
		data, err := json.Marshal(f)
		if err != nil {
			r.Fatal(err)
		}
		var back Facts
		if err := json.Unmarshal(data, &back); err != nil {
			r.Fatal(err)
		}
		if again := Decide(set, back); !reflect.DeepEqual(o, again) {
			r.Fatalf("stored facts end otherwise:\n%+v\n%+v", o, again)
		}
		for _, table := range o.Tables {
			sum := money.NOK(0)
			for _, s := range table.Shares {
				sum += s.Amount
			}
			if sum != f.Case.Amount {
				r.Fatalf("%v is not %v", sum, f.Case.Amount)
			}
		}
	})
}

// TestWhatHoldsHoldsForSomebody: nothing is adopted for nobody, and no member twice.
func TestWhatHoldsHoldsForSomebody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set, f := anySet(t), anyFacts(t)
		o := Decide(set, f)
		if holds := o.State == Adopted || o.State == AdoptedSome || o.State == Recommended; holds && len(o.AdoptedFor) == 0 {
			t.Fatalf("%s for nobody: %+v", o.State, o)
		}
		for n, p := range o.AdoptedFor {
			if slices.Contains(o.AdoptedFor[:n], p) {
				t.Fatalf("%s for %s twice", o.State, p.Member)
			}
		}
	})
}

func anyTakers(t *rapid.T) []Taker {
	n := rapid.IntRange(1, 12).Draw(t, "takers")
	var list []Taker
	for i := range n {
		from := clock.Date{}
		if i > 0 && rapid.Bool().Draw(t, "later") {
			from = clock.MustDate("2021-01-01").AddDays(rapid.IntRange(0, 400).Draw(t, "day"))
		}
		list = append(list, Taker{Member: fmt.Sprintf("m%02d", i), From: from, Weight: rapid.Int64Range(0, 1_000_000).Draw(t, "weight")})
	}
	return list
}

// TestShares: the parts sum to the whole, each is less than one øre from exact, and the
// takers' order does not matter.
func TestShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := money.NOK(rapid.Int64Range(-1e14, 1e14).Draw(t, "amount"))
		takers := anyTakers(t)
		shares := Split(amount, takers)
		total, sum := int64(0), money.NOK(0)
		for _, x := range takers {
			total += x.weight()
		}
		for i, s := range shares {
			sum += s.Amount
			exact := big.NewRat(0, 1).SetFrac(new(big.Int).Mul(big.NewInt(int64(amount)), big.NewInt(takers[i].weight())), big.NewInt(total))
			off := new(big.Rat).Sub(exact, new(big.Rat).SetInt64(int64(s.Amount)))
			if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("%v is %v from exact", s, off)
			}
		}
		if sum != amount {
			t.Fatalf("sum %d of %d", sum, amount)
		}
		for _, s := range Split(amount, rapid.Permutation(takers).Draw(t, "order")) {
			if !slices.Contains(shares, s) {
				t.Fatalf("%v in another order, not in %v", s, shares)
			}
		}
	})
}

// TestJoiningLaterChangesNothingBefore: accounts sum to the costs, and what fell before
// somebody joined is paid as if they never had.
func TestJoiningLaterChangesNothingBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		takers := anyTakers(t)
		day := clock.MustDate("2021-06-01")
		takers[len(takers)-1].From = day
		costs := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Cost {
			return Cost{day.AddDays(rapid.IntRange(-300, 300).Draw(t, "day")), money.NOK(rapid.Int64Range(0, 1e9).Draw(t, "amount"))}
		}), 0, 10).Draw(t, "costs")
		accounts, unshared := Accounts(costs, takers)
		sum, whole := unshared, money.NOK(0)
		for _, a := range accounts {
			sum += a.Amount
		}
		var old []Cost
		for _, c := range costs {
			whole += c.Amount
			if c.On.Before(day) {
				old = append(old, c)
			}
		}
		if sum != whole {
			t.Fatalf("%d of %d", sum, whole)
		}
		with, _ := Accounts(old, takers)
		without, _ := Accounts(old, takers[:len(takers)-1])
		if len(takers) > 1 && (!reflect.DeepEqual(with[:len(with)-1], without) || with[len(with)-1].Amount != 0) {
			t.Fatalf("%v was %v", with, without)
		}
	})
}

func TestSplitLeftovers(t *testing.T) {
	for name, c := range map[string]struct {
		amount money.NOK
		takers []Taker
		want   []money.NOK
	}{
		"one øre to three":  {1, []Taker{{Member: "c"}, {Member: "a"}, {Member: "b"}}, []money.NOK{0, 1, 0}},
		"hundred by three":  {10_000, []Taker{{Member: "a"}, {Member: "b"}, {Member: "c"}}, []money.NOK{3334, 3333, 3333}},
		"by weight":         {10_000, []Taker{{Member: "a", Weight: 1}, {Member: "b", Weight: 2}}, []money.NOK{3333, 6667}},
		"money back":        {-10_000, []Taker{{Member: "a"}, {Member: "b"}, {Member: "c"}}, []money.NOK{-3333, -3333, -3334}},
		"nobody":            {10_000, nil, nil},
		"weightless as one": {100, []Taker{{Member: "a", Weight: 0}, {Member: "b", Weight: 1}}, []money.NOK{50, 50}},
	} {
		var got []money.NOK
		for _, s := range Split(c.amount, c.takers) {
			got = append(got, s.Amount)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if accounts, unshared := Accounts([]Cost{{clock.MustDate("2020-01-01"), 100}}, []Taker{{Member: "a", From: clock.MustDate("2021-01-01")}}); unshared != 100 || accounts[0].Amount != 0 {
		t.Errorf("before anybody takes part: %v %v", accounts, unshared)
	}
}
