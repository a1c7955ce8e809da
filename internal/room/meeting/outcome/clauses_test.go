package outcome

import (
	"strings"
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/rule"
)

func TestOnlySomeOfThose(t *testing.T) {
	t.Run("who decided the scope is asked for", func(t *testing.T) {
		f := council("")
		f.sixFor()
		o := Decide(rule.Council(), f)
		wantState(t, o, Open)
		wantNext(t, o, DecideScope)
		f.Case.Scope, f.Case.ScopeBy = All, ""
		wantFinding(t, Decide(rule.Council(), f), "hvem som avgjorde om saken berører samtlige")
	})
	t.Run("a majority against stops a project", func(t *testing.T) {
		f := council(Some)
		f.say(rule.For, rule.For, rule.Against, rule.Against, rule.Against, rule.Reserved)
		o := Decide(rule.Council(), f)
		wantState(t, o, NotAdopted)
		wantTold(t, o, "2 mot 3, 1 reserverte seg")
		wantNext(t, o, NewRound, Change, Drop)
	})
	t.Run("those against a project do not take part", func(t *testing.T) {
		f := council(Some)
		f.say(rule.For, rule.ForRemark, rule.For, rule.Against, rule.Against, rule.Reserved)
		o := Decide(rule.Council(), f)
		wantState(t, o, AdoptedSome)
		wantFor(t, o, "Melhus", "Midtre Gauldal", "Røros")
	})
	t.Run("who takes part already does not join", func(t *testing.T) {
		f := reservedProject()
		f.Case.OptIns = []OptIn{{"melhus", clock.MustDate("2021-01-01")}, {"nobody", clock.MustDate("2021-01-01")}}
		if o := Decide(rule.Council(), f); len(o.Tables) != 1 || len(o.AdoptedFor) != 5 {
			t.Errorf("%v", o.Tables)
		}
	})
	t.Run("a reservation where all are touched is no consent", func(t *testing.T) {
		f := council(All)
		f.say(rule.For, rule.For, rule.Reserved, rule.For, rule.For, rule.For)
		o := Decide(rule.Council(), f)
		wantState(t, o, NoConsensus)
		wantFinding(t, o, "Røros reserverte seg i en sak der det ikke er mulig (avtalen § 5).")
	})
}

func TestTie(t *testing.T) {
	set := rule.Council()
	set.Decision.Consensus = rule.Never
	tie := func(chair rule.Position) Facts {
		f := council(All)
		f.say(chair, rule.For, rule.For, rule.Against, rule.Against, rule.Against)
		if chair == rule.Against {
			f.Positions[3].Position = rule.For
		}
		return f
	}
	o := Decide(set, tie(rule.For))
	wantState(t, o, Adopted)
	wantTold(t, o, "3 mot 3. Møtelederens stemme avgjorde for forslaget.")
	if !o.Vote.Casting {
		t.Error("the chair's vote decided")
	}
	o = Decide(set, tie(rule.Against))
	wantState(t, o, NotAdopted)
	wantTold(t, o, "Møtelederens stemme avgjorde mot forslaget.")
	f := tie(rule.For)
	f.Case.Kind = Election
	o = Decide(set, f)
	wantState(t, o, NotAdopted)
	if o.Vote.Casting {
		t.Error("no casting vote in an election")
	}
	other := rule.SteeringGroup()
	other.Decision.Casting = false
	g := tie(rule.For)
	for i := range g.Seats {
		if g.Seats[i].Kind == rule.Mayor {
			g.Seats[i].Kind = rule.Member
		}
	}
	wantState(t, Decide(other, g), NotAdopted)
	other.Decision.Casting = true
	o = Decide(other, g)
	wantState(t, o, Adopted)
	if !o.Law.IsZero() || o.View(printer(t, i18n.NB)).Vote != "3 for, 3 mot" {
		t.Errorf("the law does not apply here: %v", o.View(printer(t, i18n.NB)))
	}
}

// The vara who steps in for a chair that has stepped back does not lead the meeting, so its
// vote does not decide a tie; that of whoever leads instead does.
func TestATieWhenTheChairHasSteppedBack(t *testing.T) {
	set := rule.Council()
	set.Decision.Consensus = rule.Never
	f := council(All)
	f.say(rule.For, rule.For, rule.For, rule.Against, rule.Against, rule.Against)
	f.Chair = seatID("Melhus", rule.Mayor)
	f.absent("Melhus", true)
	f.Positions[0].By = Deputy
	o := Decide(set, f)
	wantState(t, o, Adopted) // chosen to lead the meeting though it is a vara
	f.Recusals = []Recusal{{Seat: f.Chair, By: Member, Decided: Stepped}}
	o = Decide(set, f)
	wantState(t, o, NotAdopted)
	wantFinding(t, o, "møtelederen har trådt til side")
	if o.Vote.Casting {
		t.Error("the vara's vote decided")
	}
	f.Chair = seatID("Røros", rule.Mayor) // the deputy leader's
	o = Decide(set, f)
	wantState(t, o, Adopted)
	if !o.Vote.Casting {
		t.Error("the deputy leader's vote did not decide")
	}
}

// A member's own no takes the project from that member, not from those that were for and
// that nobody asked.
func TestAnOwnNoIsItsOwn(t *testing.T) {
	f := council(Some)
	f.say(rule.For, rule.For, rule.For, rule.For, rule.Reserved, rule.Reserved)
	f.Case.Local = []Local{{Member: "melhus", Name: "Melhus", Answer: No, Ref: "1/20"}}
	o := Decide(rule.Council(), f)
	wantState(t, o, AdoptedSome)
	wantFor(t, o, "Midtre Gauldal", "Røros", "Holtålen")
	for _, m := range []string{"Midtre Gauldal", "Røros", "Holtålen"} {
		f.Case.Local = append(f.Case.Local, Local{Member: strings.ToLower(m), Name: m, Answer: No, Ref: "1/20"})
	}
	wantState(t, Decide(rule.Council(), f), NotAdopted)
	f.Case.Scope, f.Case.Local = All, f.Case.Local[:1]
	f.Positions = nil
	f.sixFor()
	wantState(t, Decide(rule.Council(), f), NotAdopted)
}

func TestElectedBody(t *testing.T) {
	t.Run("no quorum", func(t *testing.T) {
		f := council(All)
		f.say(rule.For, rule.For)
		for _, m := range members[2:] {
			f.absent(m, false)
		}
		o := Decide(rule.Council(), f)
		wantState(t, o, NoQuorum)
		wantTold(t, o, "2 av 6 med stemme var med.", "Etter § 11-9 er organet ikke vedtaksført: 2 av 6 møtte og stemte.")
		wantNext(t, o, CallMeeting)
		if len(o.NotHeard) != 4 {
			t.Errorf("not heard %v", o.NotHeard)
		}
	})
	t.Run("half is enough where consensus is not needed", func(t *testing.T) {
		f := council(Some)
		f.say(rule.For, rule.For, rule.For)
		for _, m := range members[3:] {
			f.absent(m, false)
		}
		o := Decide(rule.Council(), f)
		wantState(t, o, AdoptedSome)
		wantFor(t, o, members[:3]...)
	})
	t.Run("a vote of one present is missing", func(t *testing.T) {
		f := council(All)
		f.say(rule.For, rule.For, rule.For, rule.For, rule.For)
		o := Decide(rule.Council(), f)
		wantState(t, o, Open)
		wantFinding(t, o, "Oppdal er til stede, men har ikke stemt.")
		wantNext(t, o, TakeVote)
		if o.Source.Where != "§ 8-1" {
			t.Errorf("source %v", o.Source)
		}
	})
	t.Run("said beforehand is shown and not counted", func(t *testing.T) {
		f := council(All)
		f.say(rule.For, rule.For, rule.For, rule.For, rule.For, rule.Against)
		f.Positions[5].How = Phone
		f.absent("Oppdal", false)
		o := Decide(rule.Council(), f)
		wantState(t, o, NoConsensus)
		wantTold(t, o, "Oppdal er ikke hørt.", "vist for møtet og ikke talt med: Oppdal (Mot).", "5 mot 0, 1 ikke hørt")
		set := rule.Council()
		set.Distant.Counts = true // no set can make it count in an elected body
		if got := Decide(set, f); got.Vote != o.Vote {
			t.Errorf("counted: %+v", got.Vote)
		}
	})
	t.Run("a question of habilitet is decided first", func(t *testing.T) {
		f := council(All)
		f.sixFor()
		f.Recusals = []Recusal{{Seat: seatID("Røros", rule.Mayor), By: Member}}
		o := Decide(rule.Council(), f)
		wantState(t, o, Open)
		wantNext(t, o, DecideAble)
		f.Recusals[0].Decided = Able
		wantState(t, Decide(rule.Council(), f), Adopted)
		f.Recusals[0].Decided = Stepped
		o = Decide(rule.Council(), f)
		wantTold(t, o, "Røros var inhabil og regnes ikke med.", "5 mot 0, 1 inhabil")
		f.Present = append(f.Present, Present{Seat: seatID("Røros", rule.Mayor), Deputy: true})
		f.Positions = append(f.Positions, Position{Seat: seatID("Røros", rule.Mayor), By: Deputy, Position: rule.Against, Reason: "nei"})
		o = Decide(rule.Council(), f)
		wantState(t, o, NoConsensus)
		wantTold(t, o, "Vara stemte for Røros.", "Røros var mot: «nei».")
	})
}

func TestAgenda(t *testing.T) {
	f := council(All)
	f.sixFor()
	f.Case.OffAgenda = true
	wantState(t, Decide(rule.Council(), f), Adopted)
	f.Case.Objections = []string{seatID("Oppdal", rule.Mayor), seatID("Oppdal", rule.Opposition)} // one of six, and one without a vote
	wantState(t, Decide(rule.Council(), f), Adopted)
	f.Case.Objections = append(f.Case.Objections, seatID("Røros", rule.Mayor)) // a third
	o := Decide(rule.Council(), f)
	wantState(t, o, NotTakenUp)
	wantTold(t, o, "Røros og Oppdal ville ikke ta opp saken nå.", "kommuneloven § 11-3")
	wantNext(t, o, NextAgenda)
	f.Case.Objections = []string{f.Chair}
	wantState(t, Decide(rule.Council(), f), NotTakenUp)
}

func TestUrgent(t *testing.T) {
	f := council(Some)
	f.Present = nil
	f.Case.Procedure = Urgent
	f.Case.Deadline = clock.MustDate("2020-09-03")
	f.sixFor()
	for i := range f.Positions {
		f.Positions[i].How, f.Positions[i].Procedure = Writing, true
	}
	o := Decide(rule.Council(), f)
	wantState(t, o, Adopted)
	wantFor(t, o, members...)
	wantTold(t, o, "Skriftlig behandling etter § 11-8: 6 av 6 sa ja til forslaget.")
	f.Positions[2].Procedure = false
	o = Decide(rule.Council(), f)
	wantState(t, o, NotAdopted)
	wantTold(t, o, "Røros har ikke sagt ja til skriftlig behandling.")
	wantNext(t, o, CallMeeting, Change, Drop)
	f.Positions[2].Procedure, f.Positions[2].Position = true, rule.Against
	wantState(t, Decide(rule.Council(), f), NotAdopted)
	f.Positions = append(f.Positions[:2], f.Positions[3:]...)
	o = Decide(rule.Council(), f)
	wantState(t, o, Open)
	wantNext(t, o, WaitRound)
	f.Today = clock.MustDate("2020-09-04")
	o = Decide(rule.Council(), f)
	wantState(t, o, NotAdopted)
	wantTold(t, o, "Røros er ikke hørt.")
}

func TestJoint(t *testing.T) {
	f := council("")
	f.Case.Kind = Joint
	f.sixFor()
	wantState(t, Decide(rule.Council(), f), Adopted)
	f.Positions[1].Position = rule.Against
	o := Decide(rule.Council(), f)
	wantState(t, o, NotSent)
	wantNext(t, o, NewRound, Change, OwnResponses)
	f.Case.Conflicts = []Conflict{{Member: "oppdal", Name: "Oppdal"}}
	wantFinding(t, Decide(rule.Council(), f), "Skriv hva interessekonflikten til Oppdal gjelder.")
	set := rule.Council()
	set.Joint.Allowed = false
	o = Decide(set, f)
	wantState(t, o, Refused)
	wantNext(t, o, OwnResponses, Drop)
}

func TestOtherBodies(t *testing.T) {
	group := func() Facts {
		f := council(Some)
		for i := range f.Seats {
			if f.Seats[i].Kind == rule.Mayor {
				f.Seats[i].Kind = rule.Member
			}
		}
		f.Present = nil
		f.Case.Procedure, f.Case.Deadline = Round, clock.MustDate("2020-09-01")
		return f
	}
	t.Run("silence is consent where the body's rules say so", func(t *testing.T) {
		f := group()
		f.say(rule.For, rule.For, rule.Against)
		o := Decide(rule.SteeringGroup(), f)
		wantState(t, o, Adopted)
		wantTold(t, o, "Holtålen, Rennebu og Oppdal svarte ikke innen fristen. Etter organets egne regler er det samtykke.")
		f.Today = f.Case.Deadline
		wantState(t, Decide(rule.SteeringGroup(), f), Open)
		set := rule.SteeringGroup()
		set.Elected = true // a set that is not valid: the law still rules
		f.Today = clock.MustDate("2020-09-02")
		if o := Decide(set, f); o.State.Adopted() {
			t.Errorf("silence adopted in an elected body: %s", o.State)
		}
	})
	t.Run("a forum discusses", func(t *testing.T) {
		f := group()
		f.Case.Procedure = InMeeting
		f.Present = []Present{{Seat: seatID("Melhus", rule.Mayor), Member: true}}
		o := Decide(rule.RegionalForum(), f)
		wantState(t, o, Advised)
		wantTold(t, o, "Saken er drøftet.", "uten å stemme (mandatet punkt 1)")
		f.say(rule.For, rule.Against)
		o = Decide(rule.RegionalForum(), f)
		wantFor(t, o, "Melhus")
		wantTold(t, o, "støttet av Melhus")
	})
	t.Run("the chief executives advise", func(t *testing.T) {
		f := council(All)
		for _, m := range members[:4] {
			f.Positions = append(f.Positions, Position{Seat: seatID(m, rule.ChiefExec), By: Member, Position: rule.For})
		}
		o := Decide(rule.ChiefExecs(), f)
		wantState(t, o, Advised)
		wantTold(t, o, "Rådet binder ingen.")
	})
	t.Run("those who are there have not spoken yet", func(t *testing.T) {
		f := council(All)
		f.Present = nil
		for n, m := range members {
			if f.Present = append(f.Present, Present{Seat: seatID(m, rule.ChiefExec), Member: true}); n == 1 {
				wantState(t, Decide(rule.ChiefExecs(), f), NoQuorum)
			}
		}
		f.Positions = []Position{{Seat: seatID(members[0], rule.ChiefExec), By: Member, Position: rule.For}}
		o := Decide(rule.ChiefExecs(), f)
		wantState(t, o, Open)
		wantTold(t, o, "1 av 6 som er til stede, har sagt hva de mener.")
		wantNext(t, o, TakeVote)
	})
}

func TestSmallPrint(t *testing.T) {
	t.Run("all of those that take part say no at home", func(t *testing.T) {
		f := reservedProject()
		for _, m := range members {
			f.Case.Local = append(f.Case.Local, Local{Member: seatMember(m), Name: m, Answer: No})
		}
		o := Decide(rule.Council(), f)
		wantState(t, o, NotAdopted)
		if o.Local != (LocalTally{No: 5, Of: 5}) { // Røros stands outside and is not asked
			t.Errorf("local %+v", o.Local)
		}
	})
	t.Run("nobody joins where the rules have no opt-in", func(t *testing.T) {
		f := reservedProject()
		f.Case.OptIns = []OptIn{{"røros", clock.MustDate("2021-03-01")}}
		set := rule.Council()
		set.Reservation.OptIn = false
		if o := Decide(set, f); len(o.AdoptedFor) != 5 || len(o.Tables) != 1 {
			t.Errorf("%v", o.AdoptedFor)
		}
	})
	t.Run("of two positions the later counts, then the more cautious", func(t *testing.T) {
		f := council(All)
		f.sixFor()
		f.Positions = append(f.Positions, Position{Seat: seatID("Røros", rule.Mayor), By: Member, Position: rule.Against, Reason: "nei"})
		wantState(t, Decide(rule.Council(), f), NoConsensus)
		f.Positions[2].At = clock.MustTime("2020-09-02T12:00:00.000000Z")
		wantState(t, Decide(rule.Council(), f), Adopted)
	})
	t.Run("a project is no way out where nobody may reserve", func(t *testing.T) {
		f := council(All)
		f.say(rule.For, rule.For, rule.Against, rule.For, rule.For, rule.For)
		set := rule.Council()
		set.Reservation = rule.Reservation{When: rule.InNever, Source: set.Reservation.Source}
		wantNext(t, Decide(set, f), NewRound, Change, Drop)
	})
	t.Run("no vara where the rules let none step in", func(t *testing.T) {
		f := council(All)
		f.sixFor()
		f.Positions[2].By = Deputy
		f.absent("Røros", true)
		wantState(t, Decide(rule.Council(), f), Adopted)
		set := rule.Council()
		set.Deputies.StepIn = false
		wantState(t, Decide(set, f), NoConsensus)
		set = rule.Council()
		set.Seats[0].Deputy = false
		wantState(t, Decide(set, f), NoConsensus)
	})
	t.Run("a remark is a yes", func(t *testing.T) {
		f := council(All)
		f.say(rule.ForRemark, rule.For, rule.For, rule.For, rule.For, rule.For)
		wantState(t, Decide(rule.Council(), f), Adopted)
	})
	t.Run("an election is decided by majority, also without a scope", func(t *testing.T) {
		f := council("")
		f.Case.Kind = Election
		f.say(rule.For, rule.For, rule.Against, rule.For, rule.For, rule.For)
		o := Decide(rule.Council(), f)
		wantState(t, o, Adopted)
		wantFor(t, o, members...)
		f.Case.Scope = All
		wantState(t, Decide(rule.Council(), f), NoConsensus)
	})
	t.Run("a vara answers a round for a silent member, and no urgent case", func(t *testing.T) {
		f := council(All)
		f.Present = nil
		f.Case.Procedure, f.Case.Deadline = Round, clock.MustDate("2020-09-10")
		for i := range f.Seats {
			if f.Seats[i].Kind == rule.Mayor {
				f.Seats[i].Kind = rule.Member
			}
		}
		f.sixFor()
		for i := range f.Positions {
			f.Positions[i].How, f.Positions[i].Procedure = Writing, true
		}
		f.Positions[2].By = Deputy
		wantState(t, Decide(rule.SteeringGroup(), f), Adopted)
		for i := range f.Seats {
			if f.Seats[i].Kind == rule.Member {
				f.Seats[i].Kind = rule.Mayor
			}
		}
		f.Case.Procedure = Urgent
		wantState(t, Decide(rule.Council(), f), Open)
	})
}
