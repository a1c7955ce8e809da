package flow

import (
	"fmt"
	"slices"

	"kompetansetorg/internal/kit/i18n"
)

// State is where a thing stands; stored as written, and the name in JSON.
type State string

// Party is a side that can have the ball. Which organisation or role that is
// for a certain thing, its room knows.
type Party string

// The parties. Nobody has the ball at an end.
const (
	Nobody    Party = ""
	Owner     Party = "owner"
	Adviser   Party = "adviser"
	Provider  Party = "provider"
	Secretary Party = "secretary"
	County    Party = "county"
	Learner   Party = "learner"
	Employer  Party = "employer"
	Centre    Party = "centre"
	Steering  Party = "steering"
)

// StateDef is a state of a definition: its name in the reader's language, who
// has the ball, and within how many working days (0: no deadline of its own).
type StateDef struct {
	State State
	Label i18n.Key
	Ball  Party
	Days  int
	// End marks a state that nothing has to leave.
	End bool
}

// MoveDef is an allowed move and the parties that may make it.
type MoveDef struct {
	From, To State
	By       []Party
	Label    i18n.Key
	// NoteRequired asks for a reason.
	NoteRequired bool
}

// Definition is how one kind of thing moves.
type Definition struct {
	Kind    string
	Initial State
	States  []StateDef
	Moves   []MoveDef
}

// State gives the definition of a state, and whether there is one.
func (d Definition) State(s State) (StateDef, bool) {
	i := slices.IndexFunc(d.States, func(x StateDef) bool { return x.State == s })
	if i < 0 {
		return StateDef{}, false
	}
	return d.States[i], true
}

// Move gives the definition of a move, and whether it is allowed.
func (d Definition) Move(from, to State) (MoveDef, bool) {
	i := slices.IndexFunc(d.Moves, func(x MoveDef) bool { return x.From == from && x.To == to })
	if i < 0 {
		return MoveDef{}, false
	}
	return d.Moves[i], true
}

// From lists the moves out of a state, in the order written.
func (d Definition) From(s State) []MoveDef {
	var out []MoveDef
	for _, m := range d.Moves {
		if m.From == s {
			out = append(out, m)
		}
	}
	return out
}

// Check lists what is wrong with the definition: unknown or doubled states,
// states that cannot be reached, states from which no end can be reached,
// states without a ball, ends with one, and moves that nobody may make.
func (d Definition) Check() []error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(d.Kind+": "+format, args...)) }
	seen := map[State]bool{}
	for _, s := range d.States {
		if seen[s.State] {
			bad("state %s is defined twice", s.State)
		}
		seen[s.State] = true
		switch {
		case !s.End && s.Ball == Nobody:
			bad("state %s: nobody has the ball", s.State)
		case s.End && s.Ball != Nobody:
			bad("state %s is an end, yet %s has the ball", s.State, s.Ball)
		}
	}
	if !seen[d.Initial] {
		bad("initial state %s is not defined", d.Initial)
	}
	pairs := map[[2]State]bool{}
	for _, m := range d.Moves {
		if !seen[m.From] || !seen[m.To] {
			bad("move %s to %s: unknown state", m.From, m.To)
		}
		if pairs[[2]State{m.From, m.To}] {
			bad("move %s to %s is defined twice", m.From, m.To)
		}
		pairs[[2]State{m.From, m.To}] = true
		if len(m.By) == 0 {
			bad("move %s to %s: nobody may make it", m.From, m.To)
		}
	}
	reached := d.spread([]State{d.Initial}, func(m MoveDef) (State, State) { return m.From, m.To })
	var ends []State
	for _, s := range d.States {
		if s.End {
			ends = append(ends, s.State)
		}
	}
	leads := d.spread(ends, func(m MoveDef) (State, State) { return m.To, m.From })
	for _, s := range d.States {
		if !reached[s.State] {
			bad("state %s cannot be reached", s.State)
		}
		if !leads[s.State] {
			bad("state %s is a dead end", s.State)
		}
	}
	return errs
}

// spread marks every state that can be reached from the start over the moves,
// read in the direction that dir gives.
func (d Definition) spread(start []State, dir func(MoveDef) (State, State)) map[State]bool {
	marked := map[State]bool{}
	for queue := start; len(queue) > 0; queue = queue[1:] {
		s := queue[0]
		if marked[s] {
			continue
		}
		marked[s] = true
		for _, m := range d.Moves {
			if from, to := dir(m); from == s {
				queue = append(queue, to)
			}
		}
	}
	return marked
}
