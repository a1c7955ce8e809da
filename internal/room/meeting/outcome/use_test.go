package outcome

import (
	"testing"

	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/rule"
)

func TestCanTake(t *testing.T) {
	for name, c := range map[string]struct {
		set    rule.Set
		kind   rule.SeatKind
		scope  Scope
		p      rule.Position
		reason string
		want   string
	}{
		"mayor for":                {rule.Council(), rule.Mayor, All, rule.For, "", ""},
		"mayor against, no reason": {rule.Council(), rule.Mayor, All, rule.Against, "", "reason"},
		"mayor against":            {rule.Council(), rule.Mayor, All, rule.Against, "nei", ""},
		"reserves where all":       {rule.Council(), rule.Mayor, All, rule.Reserved, "nei", "position"},
		"reserves where unknown":   {rule.Council(), rule.Mayor, "", rule.Reserved, "nei", "position"},
		"reserves where some":      {rule.Council(), rule.Mayor, Some, rule.Reserved, "nei", ""},
		"not heard is not taken":   {rule.Council(), rule.Mayor, Some, rule.NotHeard, "", "position"},
		"opposition":               {rule.Council(), rule.Opposition, Some, rule.For, "", "denied"},
		"observer":                 {rule.Council(), rule.Observer, Some, rule.For, "", "denied"},
		"secretary":                {rule.CountyForum(), rule.Secretary, Some, rule.For, "", "denied"},
		"no such seat":             {rule.Board(), rule.Opposition, Some, rule.For, "", "denied"},
	} {
		t.Run(name, func(t *testing.T) {
			err := CanTake(c.set, c.kind, c.scope, c.p, c.reason)
			if c.want == "" {
				if err != nil {
					t.Errorf("%v", err)
				}
				return
			}
			e, ok := fault.As(err)
			switch {
			case !ok:
				t.Fatalf("got %v", err)
			case c.want == "denied":
				if e.Kind != fault.Denied {
					t.Errorf("got %v", err)
				}
				spoken(t, rule.Say(e.Key, e.Values...))
			case len(e.Fields) != 1 || e.Fields[0].Name != c.want:
				t.Errorf("got %v", err)
			default:
				spoken(t, rule.Say(e.Fields[0].Key, e.Fields[0].Values...))
			}
		})
	}
}

func TestReplay(t *testing.T) {
	against := council(All)
	against.say(rule.For, rule.For, rule.Against, rule.For, rule.For, rule.For)
	for_ := council(All)
	for_.sixFor()
	cases := []Recorded{{"1", "Enige", rule.Council(), for_}, {"2", "Uenige", rule.Council(), against}, {"3", "Prosjekt", rule.Council(), reservedProject()}}
	if got := Replay(rule.Council(), cases); len(got) != 0 {
		t.Errorf("the same rules end alike: %v", got)
	}
	next := rule.Council()
	next.Decision.Consensus = rule.Never
	got := Replay(next, cases)
	if len(got) != 1 || got[0].ID != "2" || got[0].Was.State != NoConsensus || got[0].Becomes.State != Adopted {
		t.Fatalf("%v", got)
	}
	wantTold(t, got[0].Was, "ikke konsensus")
	wantTold(t, got[0].Becomes, "Flertallet av stemmene avgjør (kommuneloven § 11-9).")
}

func TestView(t *testing.T) {
	f := council(All)
	f.say(rule.For, rule.For, rule.Against, rule.For, rule.For, rule.For)
	v := Decide(rule.Council(), f).View(printer(t, i18n.NN))
	if v.State != NoConsensus || len(v.AdoptedFor) != 0 || len(v.NotBecause) != 1 || v.Vote != "Røysting etter § 11-9: 5 mot 1." || v.Rule != "Saka krev semje (avtalen § 5)." {
		t.Errorf("%+v", v)
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
	for _, s := range States() {
		spoken(t, rule.Say(s.Name()))
	}
}

func TestExamples(t *testing.T) {
	parties := []Party{}
	for _, m := range members {
		parties = append(parties, Party{seatMember(m), m})
	}
	want := map[string]State{"all_for": Adopted, "one_against": NoConsensus, "project": AdoptedSome, "split": AdoptedSome, "absent": NoConsensus,
		"recused": Adopted, "few": NoQuorum, "round": Open, "loan": Refused}
	var cases []Recorded
	for _, e := range Examples(rule.Council(), parties) {
		o := Decide(rule.Council(), e.Facts)
		if o.State != want[e.ID] {
			t.Errorf("%s: %s, want %s", e.ID, o.State, want[e.ID])
		}
		told(t, o)
		cases = append(cases, Recorded{e.ID, spoken(t, rule.Say(e.Title())), rule.Council(), e.Facts})
	}
	if len(cases) != len(want) {
		t.Errorf("%d examples", len(cases))
	}
	next := rule.Council()
	next.Decision.Of = rule.OfPresent
	got := Replay(next, cases)
	if len(got) != 1 || got[0].ID != "absent" || got[0].Becomes.State != Adopted {
		t.Errorf("only who is absent counts otherwise: %v", got)
	}
	for _, make := range []func() rule.Set{rule.Board, rule.ChiefExecs, rule.CountyForum, rule.SteeringGroup} {
		for _, e := range Examples(make(), parties[:3]) {
			told(t, Decide(make(), e.Facts))
		}
	}
	if Examples(rule.Council(), parties[:1]) != nil {
		t.Error("nothing to show with one member")
	}
}
