package upload

// State is what becomes of a row.
type State string

// The states: will be (or was) stored; is here already; has faults.
const (
	OK        State = "ok"
	Duplicate State = "duplicate"
	Wrong     State = "wrong"
)

// Tally counts the rows of an import by what becomes of them.
type Tally struct{ OK, Duplicates, Wrong int }

// Add counts a row.
func (t *Tally) Add(s State) {
	switch s {
	case OK:
		t.OK++
	case Duplicate:
		t.Duplicates++
	default:
		t.Wrong++
	}
}
