package agenda

import "kompetansetorg/internal/room/meeting/session"

// Difference is what came, went or changed from one edition to the next.
type Difference struct {
	What   Change
	Number string
	Kind   session.Kind
	Title  string
	Was    string
}

// Change is a kind of difference. Stored nowhere.
type Change string

// The changes.
const (
	Came    Change = "came"
	Went    Change = "went"
	Renamed Change = "renamed"
	Moved   Change = "moved" // the meeting, in time or place
)

// Compare lists what changed between two editions, in the order of the later.
func Compare(from, to session.Frozen) []Difference {
	var out []Difference
	if was, is := when(from), when(to); was != is {
		out = append(out, Difference{What: Moved, Title: is, Was: was})
	}
	before := map[session.ItemID]session.FrozenItem{}
	for _, i := range from.Items {
		before[i.ID] = i
	}
	for _, i := range to.Items {
		was, there := before[i.ID]
		switch {
		case !there && !i.Withdrawn:
			out = append(out, Difference{Came, i.Number, i.Kind, i.Title, ""})
		case there && i.Withdrawn && !was.Withdrawn:
			out = append(out, Difference{Went, i.Number, i.Kind, i.Title, ""})
		case there && i.Title != was.Title:
			out = append(out, Difference{Renamed, i.Number, i.Kind, i.Title, was.Title})
		}
	}
	return out
}

func when(f session.Frozen) string {
	return f.Day.String() + " " + f.From + "–" + f.To + " " + f.Place
}
