// Package record holds minutes against what the law asks of a møtebok.
//
// A Book is the minutes as data. Check names each element that kommuneloven § 11-4
// asks for and that is missing, with where. The minutes of a body that is not elected,
// a referat, have no such check.
package record

import (
	"slices"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting/rule"
)

// Book is the minutes of a meeting. Its JSON form is what is kept when it is published.
type Book struct {
	Elected bool       `json:"elected"`
	Bodies  []string   `json:"bodies"`
	Day     clock.Date `json:"day"`
	From    string     `json:"from"`
	To      string     `json:"to"`
	Place   string     `json:"place"`
	Remote  bool       `json:"remote"`
	Seats   []Seat     `json:"seats"`
	Items   []Item     `json:"items"`
}

// Seat is a seat that should have met, and who did. Office is that of who met, or of
// the member who did not. Noted is false until somebody has said whether it met.
type Seat struct {
	Name     string `json:"name"`
	Office   string `json:"office"`
	Votes    bool   `json:"votes"`
	Noted    bool   `json:"noted"`
	Present  bool   `json:"present"`
	Deputy   bool   `json:"deputy"`
	FromItem string `json:"from_item,omitempty"`
	ToItem   string `json:"to_item,omitempty"`
}

// Item is a case as it was treated. Label names an item without a title of its own.
type Item struct {
	// ID is that of the item of the agenda; empty in minutes from before it was kept.
	ID     string   `json:"id,omitempty"`
	Number string   `json:"number"`
	Label  i18n.Key `json:"label,omitempty"`
	// AboutDay is the day of the meeting whose minutes were up for approval.
	AboutDay    clock.Date `json:"about_day,omitzero"`
	Title       string     `json:"title"`
	PublicTitle string     `json:"public_title,omitempty"`
	Treated     string     `json:"treated,omitempty"`
	// Decides says that the item ends in a decision, and Voted that one was voted on.
	Decides  bool   `json:"decides"`
	Decision string `json:"decision,omitempty"`
	Voted    bool   `json:"voted"`
	Vote     *Vote  `json:"vote,omitempty"`
	State    string `json:"state,omitempty"` // outcome.State
	// Written is set when the item was decided in writing before the meeting
	// (kommuneloven § 11-8).
	Written *Written `json:"written,omitempty"`
	// Closed says that the doors were closed, Ground the rule of law, For and Against
	// how the body voted on it.
	Closed   bool      `json:"closed"`
	Ground   string    `json:"ground,omitempty"`
	DoorsFor int       `json:"doors_for,omitempty"`
	DoorsNo  int       `json:"doors_against,omitempty"`
	Recusals []Recusal `json:"recusals,omitempty"`
	Tasks    []Task    `json:"tasks,omitempty"`
	// Hidden is set for a reader who may not know what was treated.
	Hidden bool `json:"-"`
}

// Key tells the items of a meeting apart: by id, since bodies that meet together have a
// series of numbers each, and an item that was never treated has none. By number where no
// id was kept.
func (i Item) Key() string {
	if i.ID != "" {
		return i.ID
	}
	return i.Number
}

// Written is when an item was decided in writing, and why it could not wait.
type Written struct {
	On  clock.Date `json:"on"`
	Why string     `json:"why"`
}

// Vote is how the votes fell.
type Vote struct {
	Entitled int      `json:"entitled"`
	For      int      `json:"for"`
	Against  int      `json:"against"`
	Reserved int      `json:"reserved"`
	Recused  int      `json:"recused"`
	NotHeard int      `json:"not_heard"`
	Casting  bool     `json:"casting"`
	Ballots  []Ballot `json:"ballots"`
}

// Ballot is what a member of the body said.
type Ballot struct {
	Name     string        `json:"name"`
	Position rule.Position `json:"position"`
	Deputy   bool          `json:"deputy,omitempty"`
	Reason   string        `json:"reason,omitempty"`
}

// Recusal is a question of habilitet and what the body decided.
type Recusal struct {
	Name    string `json:"name"`
	Reason  string `json:"reason"`
	Recused bool   `json:"recused"`
	Told    string `json:"told,omitempty"`
}

// Task is a follow-up that the item led to.
type Task struct {
	What  string     `json:"what"`
	Owner string     `json:"owner"`
	Due   clock.Date `json:"due"`
}

// Element is a part of the minutes that the law asks for.
type Element string

// The elements.
const (
	Time       Element = "time"
	Place      Element = "place"
	Attendance Element = "attendance"
	Cases      Element = "cases"
	Decision   Element = "decision"
	Votes      Element = "votes"
	Ground     Element = "ground"
)

// Elements lists them in the order of the law.
func Elements() []Element {
	return []Element{Time, Place, Attendance, Cases, Decision, Votes, Ground}
}

// Source is the rule that asks for the element. The paragraph is named without its
// letters: those are for the reader of the law.
func (e Element) Source() rule.Source { return rule.ByLaw("§ 11-4") }

// Finding is an element that is missing. Where is the item or the seat, empty for the
// meeting as a whole.
type Finding struct {
	Element Element
	Where   string
}

// Message is the key of what is missing, with "where" as value.
func (f Finding) Message() i18n.Key { return i18n.Key("meeting.missing." + string(f.Element)) }

// Check lists what the law asks for and the book lacks, in the order of the law. Of a
// body that is not elected it lists nothing.
func Check(b Book) []Finding {
	if !b.Elected {
		return nil
	}
	var out []Finding
	missing := func(when bool, e Element, where string) {
		if when {
			out = append(out, Finding{e, where})
		}
	}
	missing(b.Day.IsZero() || b.From == "" || b.To == "", Time, "")
	missing(text.IsBlank(b.Place) && !b.Remote, Place, "")
	missing(!slices.ContainsFunc(b.Seats, func(s Seat) bool { return s.Noted && s.Present }), Attendance, "")
	for _, s := range b.Seats {
		missing(s.Votes && !s.Noted, Attendance, s.Name)
	}
	missing(len(b.Items) == 0, Cases, "")
	for _, i := range b.Items {
		missing(i.Number == "" || i.Label == "" && text.IsBlank(i.Title), Cases, i.Number)
	}
	for _, i := range b.Items {
		missing(i.Decides && text.IsBlank(i.Decision), Decision, i.Number)
	}
	for _, i := range b.Items {
		missing(i.Voted && (i.Vote == nil || len(i.Vote.Ballots) == 0), Votes, i.Number)
	}
	for _, i := range b.Items {
		missing(i.Closed && i.Ground == "", Ground, i.Number)
	}
	return out
}

// Neutral is what all may know of an item that is closed now, though nobody closed the
// doors for it: its neutral title and the ground.
type Neutral struct{ Title, Ground string }

// ForAll is the book as all may read it: of what was treated behind closed doors the
// neutral title, the ground and how the body voted on the doors, and no more; of what is
// closed now, by its key, the neutral title and the ground.
func (b Book) ForAll(closed map[string]Neutral) Book {
	out := b
	out.Items = make([]Item, len(b.Items))
	for n, i := range b.Items {
		is, later := closed[i.Key()]
		switch {
		case !i.Closed && later:
			i = Item{ID: i.ID, Number: i.Number, Label: i.Label, Title: is.Title, PublicTitle: is.Title, Decides: i.Decides, Ground: is.Ground, Hidden: true}
		case i.Closed:
			i = Item{ID: i.ID, Number: i.Number, Label: i.Label, Title: i.PublicTitle, PublicTitle: i.PublicTitle, Decides: i.Decides, Closed: true, Ground: i.Ground,
				DoorsFor: i.DoorsFor, DoorsNo: i.DoorsNo, Hidden: true}
		}
		out.Items[n] = i
	}
	return out
}
