package outcome

import (
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/rule"
)

// Outcome is how a case ends, or why it has not ended.
type Outcome struct {
	State State
	// AdoptedFor are the members the decision holds for, NotBecause those that kept it
	// from being adopted, with what they said.
	AdoptedFor []Party
	NotBecause []Reason
	// Rule is the rule that decided, and Source where it is from.
	Rule   rule.Line
	Source rule.Source
	Vote   Tally
	// Agreement and Law are the two lines: what the body's own rules and what
	// kommuneloven say. Law is empty in a body that the law does not apply to.
	Agreement, Law rule.Line
	Explanation    []rule.Line
	Next           []Step
	// Ballots are what counted, one for each seat with a vote; Advance is what was said
	// beforehand, shown and not counted.
	Ballots  []Ballot
	Advance  []Ballot
	NotHeard []Party
	Findings []rule.Line
	Local    LocalTally
	Tables   []Table // the cost, split; one for each day somebody joined
}

// State is how a case stands.
type State string

// The states. AdoptedSome is adopted for those that take part; Recommended waits for the
// members' own decisions; Advised is a conclusion that binds nobody; Unanswered is a
// round whose deadline has passed and that can be extended once.
const (
	Open        State = "open"
	Unanswered  State = "unanswered"
	Adopted     State = "adopted"
	AdoptedSome State = "adopted_some"
	Recommended State = "recommended"
	Advised     State = "advised"
	NoConsensus State = "no_consensus"
	NotAdopted  State = "not_adopted"
	NoQuorum    State = "no_quorum"
	Refused     State = "refused"
	NotSent     State = "not_sent"
	NotTakenUp  State = "not_taken_up"
)

// States lists the states.
func States() []State {
	return []State{Open, Unanswered, Adopted, AdoptedSome, Recommended, Advised, NoConsensus, NotAdopted, NoQuorum, Refused, NotSent, NotTakenUp}
}

// Name is the key of the state's name.
func (s State) Name() i18n.Key { return i18n.Key("outcome.state." + string(s)) }

// Adopted reports whether something holds: for all, for some, or as a recommendation or
// advice.
func (s State) Adopted() bool {
	return s == Adopted || s == AdoptedSome || s == Recommended || s == Advised
}

// Party is a member of the body.
type Party struct {
	Member string `json:"member"`
	Name   string `json:"name"`
}

// Reason is why something was not adopted: what a member said, or that it was not heard.
type Reason struct {
	Party
	Position rule.Position
	Reason   string
}

// Line says the reason in a sentence.
func (r Reason) Line() rule.Line {
	key := i18n.Key("outcome.because." + string(r.Position))
	if r.Reason != "" {
		key = i18n.Key("outcome.because.said." + string(r.Position))
	}
	return rule.Say(key, "name", r.Name, "reason", r.Reason, "n", 1)
}

// Ballot is a seat's position as it counts.
type Ballot struct {
	Seat     Seat
	By       Holder // empty when neither holder was there
	Position rule.Position
	Reason   string
	How      Channel
	// Silent is consent by silence, where the rules allow it.
	Silent bool
	// Missing is a seat whose holder is present in an elected body and has not voted.
	Missing bool
}

// Party is the member that the ballot belongs to.
func (b Ballot) Party() Party { return Party{b.Seat.Member, b.Seat.Name} }

// Tally counts the ballots. For holds those with a remark too.
type Tally struct {
	Entitled int  `json:"entitled"`
	For      int  `json:"for"`
	Against  int  `json:"against"`
	Reserved int  `json:"reserved"`
	Recused  int  `json:"recused"`
	NotHeard int  `json:"not_heard"`
	Casting  bool `json:"casting"` // the chair's vote decided
}

// Taking is how many seats have said something that counts.
func (t Tally) Taking() int { return t.For + t.Against + t.Reserved }

// LocalTally counts the members' own decisions: Yes of Of is "5/6".
type LocalTally struct{ Yes, No, Of int }

// Step is something that can be done next.
type Step string

// The steps.
const (
	TakeVote     Step = "take_vote"
	DecideScope  Step = "decide_scope"
	DecideAble   Step = "decide_able"
	WaitRound    Step = "wait"
	Extend       Step = "extend"
	ToMeeting    Step = "to_meeting"
	NewRound     Step = "new_round"
	Change       Step = "change_proposal"
	OptInProject Step = "opt_in_project"
	Drop         Step = "drop"
	AskLocal     Step = "ask_local"
	OwnDecisions Step = "own_decisions"
	OwnResponses Step = "own_responses"
	NextAgenda   Step = "next_agenda"
	CallMeeting  Step = "call_meeting"
	MayJoin      Step = "may_join"
	FollowUp     Step = "follow_up"
)

// Line says the step in a sentence.
func (s Step) Line() rule.Line { return rule.Say(i18n.Key("outcome.next." + string(s))) }

// View is an outcome in words, as the API gives it.
type View struct {
	State      State    `json:"state"`
	AdoptedFor []string `json:"adopted_for"`
	NotBecause []string `json:"not_adopted_because"`
	Rule       string   `json:"rule"`
	Vote       string   `json:"vote"`
	Explain    string   `json:"explanation"`
}

// View writes the outcome in the printer's language.
func (o Outcome) View(p i18n.Printer) View {
	v := View{State: o.State, AdoptedFor: names(o.AdoptedFor), NotBecause: []string{}, Rule: o.Rule.In(p), Vote: o.voteLine().In(p)}
	for _, r := range o.NotBecause {
		v.NotBecause = append(v.NotBecause, r.Line().In(p))
	}
	v.Explain = o.Explain(p)
	return v
}

// Explain writes the whole explanation as one text.
func (o Outcome) Explain(p i18n.Printer) string {
	text := ""
	for i, l := range o.Explanation {
		if i > 0 {
			text += " "
		}
		text += l.In(p)
	}
	return text
}

// voteLine is the law's line, or the count where the law does not apply.
func (o Outcome) voteLine() rule.Line {
	if !o.Law.IsZero() {
		return o.Law
	}
	return tallyLine("outcome.vote.count", o.Vote)
}

func tallyLine(key i18n.Key, t Tally) rule.Line {
	return rule.Say(key, "for", t.For, "against", t.Against, "also", also(t))
}

// also tells of those that are neither for nor against.
func also(t Tally) rule.Line {
	line := rule.Line{}
	for _, x := range []struct {
		n   int
		key i18n.Key
	}{{t.NotHeard, "outcome.vote.not_heard"}, {t.Recused, "outcome.vote.recused"}, {t.Reserved, "outcome.vote.reserved"}} {
		if x.n > 0 {
			line = rule.Say(x.key, "n", x.n, "rest", line)
		}
	}
	return line
}

func names(list []Party) []string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = p.Name
	}
	return out
}
