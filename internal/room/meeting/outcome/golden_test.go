package outcome

import (
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/meeting/financing"
	"kompetansetorg/internal/room/meeting/rule"
)

// TestGolden are the fifteen cases the engine was built after, by number.
func TestGolden(t *testing.T) {
	t.Run("1 touches all and six are for", func(t *testing.T) {
		f := council(All)
		f.sixFor()
		o := Decide(rule.Council(), f)
		wantState(t, o, Adopted)
		wantFor(t, o, members...)
		wantTold(t, o, "Etter avtalen § 5: konsensus.", "Avstemning etter § 11-9: 6 mot 0.", "Styret avgjorde 18.08.2020 at saken berører samtlige.", "Avtalen sier ikke hvem som avgjør det.")
		wantNext(t, o, FollowUp)
	})
	t.Run("2 touches all and one is against", func(t *testing.T) {
		f := council(All)
		f.say(rule.For, rule.For, rule.Against, rule.For, rule.For, rule.For)
		o := Decide(rule.Council(), f)
		wantState(t, o, NoConsensus)
		wantFor(t, o)
		wantTold(t, o, "Ikke vedtatt. Det er ikke konsensus.", "Røros var mot: «det passer ikke for oss».", "Saken krever enighet (avtalen § 5).",
			"Etter avtalen § 5: ikke konsensus.", "Avstemning etter § 11-9: 5 mot 1.", "fikk flertall i avstemningen, men avtalen krever enighet")
		wantNext(t, o, NewRound, Change, OptInProject, Drop)
		if o.Vote != (Tally{Entitled: 6, For: 5, Against: 1}) {
			t.Errorf("vote %+v", o.Vote)
		}
	})
	t.Run("3 a project that one reserves itself from", func(t *testing.T) {
		o := Decide(rule.Council(), reservedProject())
		wantState(t, o, AdoptedSome)
		wantFor(t, o, "Melhus", "Midtre Gauldal", "Holtålen", "Rennebu", "Oppdal")
		wantTold(t, o, "Etter avtalen § 5: Saken berører ikke samtlige. 5 deltar.", "Røros reserverte seg og deltar ikke.", "Avstemning etter § 11-9: 5 mot 0, 1 reserverte seg.")
		wantNext(t, o, MayJoin, FollowUp)
		wantFinding(t, o, "Røros reserverte seg. Loven kjenner bare stemme for eller mot")
		if len(o.Tables) != 1 || len(o.Tables[0].Shares) != 5 {
			t.Fatalf("tables %v", o.Tables)
		}
		for _, s := range o.Tables[0].Shares {
			if s.Amount != money.Kroner(20_000) {
				t.Errorf("%s pays %v", s.Name, s.Amount)
			}
		}
		if len(o.Ballots) != 6 || o.Ballots[2].Position != rule.Reserved {
			t.Error("who reserved itself is still on the list")
		}
	})
	t.Run("4 who reserved itself joins later", func(t *testing.T) {
		f := reservedProject()
		f.Case.OptIns = []OptIn{{Member: "røros", On: clock.MustDate("2021-03-01")}}
		o := Decide(rule.Council(), f)
		wantFor(t, o, "Melhus", "Midtre Gauldal", "Holtålen", "Rennebu", "Oppdal", "Røros")
		wantTold(t, o, "Røros sluttet seg til fra 01.03.2021. Kostnadene fordeles på nytt fra den dagen, og det som var ført før, står.")
		before := Decide(rule.Council(), reservedProject()).Tables[0]
		if len(o.Tables) != 2 || len(o.Tables[0].Shares) != 5 || o.Tables[0].Shares[4] != before.Shares[4] {
			t.Fatalf("the old table changed: %v", o.Tables)
		}
		sum := money.NOK(0)
		for _, s := range o.Tables[1].Shares {
			sum += s.Amount
		}
		if o.Tables[1].From != clock.MustDate("2021-03-01") || len(o.Tables[1].Shares) != 6 || sum != money.Kroner(100_000) {
			t.Errorf("new table %v", o.Tables[1])
		}
	})
	t.Run("5 joint response with a conflict of interest", func(t *testing.T) {
		f := council(All)
		f.Case.Kind = Joint
		f.Case.Conflicts = []Conflict{{Member: "oppdal", Name: "Oppdal", Reason: "vi er selv søker"}}
		f.sixFor()
		o := Decide(rule.Council(), f)
		wantState(t, o, NotSent)
		wantTold(t, o, "Det felles høringssvaret sendes ikke. Oppdal har en interessekonflikt: «vi er selv søker».", "(avtalen § 5)")
		wantNext(t, o, OwnResponses)
	})
	t.Run("6 silent at the deadline, extended once", goldenSilence)
	t.Run("7 the municipalities decide too", goldenLocal)
	t.Run("8 loan or obligation on the members", func(t *testing.T) {
		for kind, word := range map[Kind]string{Loan: "ta opp lån", Obligation: "økonomiske forpliktelser"} {
			f := council(All)
			f.Case.Kind = kind
			f.sixFor()
			o := Decide(rule.Council(), f)
			wantState(t, o, Refused)
			wantTold(t, o, word, "avtalen § 10", "Melhus, Midtre Gauldal, Røros, Holtålen, Rennebu og Oppdal har ikke eget vedtak.")
			wantNext(t, o, OwnDecisions, Drop)
			for _, m := range members {
				f.Case.Local = append(f.Case.Local, Local{Member: seatMember(m), Name: m, Answer: Yes, Ref: "KST 1/20"})
			}
			wantState(t, Decide(rule.Council(), f), Adopted)
			f.Case.Local[5].Ref = ""
			o = Decide(rule.Council(), f)
			wantState(t, o, Refused)
			if len(o.NotBecause) != 1 || o.NotBecause[0].Name != "Oppdal" {
				t.Errorf("because %v", o.NotBecause)
			}
		}
	})
	t.Run("9 the fee is equal, project money is not", func(t *testing.T) {
		set := rule.Council()
		if !set.Economy.EqualFee || !set.Economy.Voluntary {
			t.Error("the council's fee is equal and its project money voluntary")
		}
		f := council(All)
		f.Case.Amount = money.Kroner(600_000)
		f.sixFor()
		for _, s := range Decide(set, f).Tables[0].Shares {
			if s.Amount != money.Kroner(100_000) {
				t.Errorf("%s pays %v", s.Name, s.Amount)
			}
		}
	})
	t.Run("10 withdrawal by the first of November", func(t *testing.T) {
		for on, want := range map[string]string{"2020-10-15": "2021-12-31", "2020-11-01": "2021-12-31", "2020-11-02": "2022-12-31", "2021-11-01": "2022-12-31", "2021-11-02": "2023-12-31"} {
			got, ok := rule.Council().Withdrawal.Effect(clock.MustDate(on))
			if !ok || got != clock.MustDate(want) {
				t.Errorf("notice %s: effect %v, want %s", on, got, want)
			}
		}
	})
	t.Run("11 the vara casts the seat's vote", func(t *testing.T) {
		f := council(All)
		f.say(rule.For, rule.For, "", rule.For, rule.For, rule.For)
		f.Positions = append(f.Positions, Position{Seat: seatID("Røros", rule.Mayor), By: Deputy, Position: rule.For})
		f.absent("Røros", true)
		o := Decide(rule.Council(), f)
		wantState(t, o, Adopted)
		wantTold(t, o, "Vara stemte for Røros.")
		f.Present = append(f.Present, Present{Seat: seatID("Røros", rule.Mayor), Member: true}) // now both are here
		o = Decide(rule.Council(), f)
		wantState(t, o, Open)
		wantFinding(t, o, "Røros er til stede, men har ikke stemt.")
		f.say("", "", rule.Against)
		wantState(t, Decide(rule.Council(), f), NoConsensus)
	})
	t.Run("12 recused is no missing consent", func(t *testing.T) {
		f := council(All)
		f.say(rule.For, rule.For, rule.For, rule.For, rule.For, rule.Recused)
		o := Decide(rule.Council(), f)
		wantState(t, o, Adopted)
		wantTold(t, o, "Oppdal var inhabil og regnes ikke med.", "5 mot 0, 1 inhabil.")
		wantFinding(t, o, "Møteboka må vise at organet avgjorde habiliteten")
		f.Recusals = []Recusal{{Seat: seatID("Oppdal", rule.Mayor), By: Member, Decided: Stepped}}
		if o = Decide(rule.Council(), f); len(o.Findings) != 0 {
			t.Errorf("findings %v", o.Findings)
		}
	})
	t.Run("13 a chief executive has no vote", func(t *testing.T) {
		err := CanTake(rule.Council(), rule.ChiefExec, All, rule.For, "")
		e, ok := fault.As(err)
		if !ok || e.Kind != fault.Denied {
			t.Fatalf("%v", err)
		}
		if got := spoken(t, rule.Say(e.Key, e.Values...)); got != "Kommunedirektør har talerett, men ikke stemme (avtalen § 4). Du kan be om ordet i møtet og få en merknad skrevet ned." {
			t.Error(got)
		}
		if err := CanTake(rule.Council(), rule.Mayor, All, rule.For, ""); err != nil {
			t.Error(err)
		}
		if err := CanTake(rule.Council(), rule.Mayor, All, rule.ForRemark, ""); !fault.Is(err, fault.Invalid) {
			t.Errorf("a remark without words: %v", err)
		}
	})
	t.Run("14 consent by phone, contested in time", goldenContested)
	t.Run("15 the sketch of PS 24/20 is short of own money", func(t *testing.T) {
		r := financing.Plan{
			Costs:   []financing.Cost{{Name: "Utgifter", Amount: money.Kroner(600_000)}},
			Sources: []financing.Source{{Name: "Tilskudd", Kind: financing.Grant, Amount: money.Kroner(450_000)}, {Name: "Timer", Kind: financing.InKind, Amount: money.Kroner(150_000)}},
			Require: financing.Requirement{Own: 3000, Base: financing.OfTotal},
			Proviso: financing.Proviso{What: "finansieringsplanen", Body: "Rådet", Expected: clock.MustDate("2020-09-02")},
		}.Result()
		if r.Met || r.Short != money.Kroner(30_000) || r.Work != money.Kroner(150_000) {
			t.Errorf("%+v", r)
		}
	})
}

func seatMember(name string) string {
	for _, s := range council(All).Seats {
		if s.Name == name {
			return s.Member
		}
	}
	return ""
}

// reservedProject is a project of 100 000 that Røros stands outside.
func reservedProject() Facts {
	f := council(Some)
	f.Case.Amount = money.Kroner(100_000)
	f.say(rule.For, rule.For, rule.Reserved, rule.For, rule.For, rule.For)
	return f
}

func goldenSilence(t *testing.T) {
	f := council(All)
	f.Present = nil
	f.Case.Procedure, f.Case.Deadline = Round, clock.MustDate("2020-09-01")
	f.say(rule.For, rule.For, "", rule.For, rule.For, rule.For)
	for i := range f.Positions {
		f.Positions[i].How = Writing
	}
	f.Today = clock.MustDate("2020-09-01")
	wantState(t, Decide(rule.Council(), f), Open)
	wantNext(t, Decide(rule.Council(), f), WaitRound)
	f.Today = clock.MustDate("2020-09-02")
	o := Decide(rule.Council(), f)
	wantState(t, o, Unanswered)
	wantTold(t, o, "Fristen er ute. Disse er ikke hørt: Røros.")
	wantNext(t, o, Extend, ToMeeting)
	f.Case.Extended, f.Case.Deadline, f.Today = true, clock.MustDate("2020-09-08"), clock.MustDate("2020-09-09")
	o = Decide(rule.Council(), f)
	wantState(t, o, Open)
	wantTold(t, o, "Høringen er en forhåndsavklaring. Saken avgjøres i møte")
	wantNext(t, o, ToMeeting)

	f.Case.Procedure = InMeeting
	for _, m := range members {
		f.Present = append(f.Present, Present{Seat: seatID(m, rule.Mayor), Member: m != "Røros"})
	}
	for i := range f.Positions {
		f.Positions[i].How = Here
	}
	o = Decide(rule.Council(), f)
	wantState(t, o, NoConsensus)
	wantTold(t, o, "Røros er ikke hørt.")
	// In a body whose members may answer in writing the outcome comes by its own rules.
	f.Case.Procedure = Round
	set := rule.Council()
	set.Elected, set.Distant.Counts, set.Decision.Of = false, true, rule.OfPresent
	wantState(t, Decide(set, f), Adopted)
}

func goldenLocal(t *testing.T) {
	f := council(All)
	f.sixFor()
	for _, m := range members {
		f.Case.Local = append(f.Case.Local, Local{Member: seatMember(m), Name: m})
	}
	answer := func(n int, a Answer) {
		for i := range f.Case.Local[:n] {
			f.Case.Local[i].Answer = a
		}
	}
	o := Decide(rule.Council(), f)
	wantState(t, o, Recommended)
	wantTold(t, o, "Anbefalt. 0 av 6 har sagt ja i egen behandling.", "(avtalen § 9)")
	wantNext(t, o, AskLocal)
	answer(5, Yes)
	wantTold(t, Decide(rule.Council(), f), "5 av 6 har sagt ja")
	answer(6, Yes)
	wantState(t, Decide(rule.Council(), f), Adopted)
	answer(1, No)
	f.Case.Local[5].Answer = ""
	o = Decide(rule.Council(), f)
	wantState(t, o, Recommended)
	wantTold(t, o, "4 av 6 har sagt ja", "Melhus sa nei i egen behandling.", "Ett nei er nok")
	f.Case.Local[5].Answer = Yes
	o = Decide(rule.Council(), f)
	wantState(t, o, NotAdopted)
	wantFor(t, o)
	f.Case.Scope = Some
	o = Decide(rule.Council(), f)
	wantState(t, o, AdoptedSome)
	wantFor(t, o, members[1:]...)
}

func goldenContested(t *testing.T) {
	f := council(All)
	f.Present = nil
	f.Case.Procedure, f.Case.Deadline, f.Today = Round, clock.MustDate("2020-09-10"), clock.MustDate("2020-09-02")
	set := rule.ChiefExecs()
	for _, m := range members {
		f.Positions = append(f.Positions, Position{Seat: seatID(m, rule.ChiefExec), By: Member, Position: rule.For, How: Phone, Registered: "Sekretær"})
	}
	wantState(t, Decide(set, f), Advised)
	f.Positions[3].Contested = clock.MustDate("2020-09-05")
	o := Decide(set, f)
	wantState(t, o, Open)
	wantFinding(t, o, "Holtålen bestred 05.09.2020 standpunktet som var registrert. Det teller ikke lenger.")
	f.Positions[3].Contested = clock.MustDate("2020-09-11")
	o = Decide(set, f)
	wantState(t, o, Advised)
	wantFinding(t, o, "etter fristen. Det står.")
}
