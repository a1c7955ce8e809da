package council

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// VersionID names a version of an agreement.
type VersionID = id.Of[Version]

// ParseVersionID reads the id of a version from outside.
func ParseVersionID(s string) (VersionID, error) { return id.Parse[Version](s) }

// State is how far a version has come. Stored as written.
type State string

// The states: being written, with the members, adopted, given up. Whether an adopted
// version holds on a day follows from its day and those after it.
const (
	Draft   State = "draft"
	Sent    State = "sent"
	Adopted State = "adopted"
	Dropped State = "dropped"
)

// IsOpen reports whether the version is on its way: a body has one draft at most, and
// one that is with the members.
func (s State) IsOpen() bool { return s == Draft || s == Sent }

// Head is what is written about a version as a whole.
type Head struct {
	Title string
	Why   string // what the new version is for
	// Archive keeps the records when the cooperation ends; Dissolution is how it ends.
	Archive     access.OrgID
	Dissolution string
}

// tidied answers the head with its texts put right, or its faults.
func (h Head) tidied() (Head, error) {
	var fs fault.Fields
	h.Title, h.Why, h.Dissolution = text.CleanLine(h.Title), text.CleanMultiline(h.Why), text.CleanMultiline(h.Dissolution)
	fs.Text("title", h.Title, MaxLine, true)
	fs.Text("why", h.Why, MaxWords, false)
	fs.Text("dissolution", h.Dissolution, MaxWords, false)
	return h, fs.Err()
}

// Version is a version of the agreement with all that belongs to it.
type Version struct {
	ID   VersionID
	Body BodyID
	Nr   int
	Head
	State State
	// Rules is the id of the body's rule set that goes with the version, if one is tied.
	Rules string
	// ByMembers tells that it holds when every member has adopted it.
	ByMembers bool
	// DecidedBy is the council's decision in words.
	DecidedBy string
	DecidedOn clock.Date
	// Item is where in a meeting it was decided; its ID is empty for none.
	Item Item
	// From is the day it holds from, Until its last day; zero for none yet.
	From, Until clock.Date
	// DroppedWhy is why it was given up.
	DroppedWhy string
	// TheirsBy and TheirsOn are who else has held it against the law.
	TheirsBy string
	TheirsOn clock.Date
	Version  int64

	Paragraphs []Paragraph
	Gone       []Paragraph
	Answers    []Answer
	Checks     []Check

	ArchiveName string
}

// Paragraph is a paragraph of a version. Was is the paragraph of the version before
// that it comes from, 0 for a new one, and Why what the change is for. Of a paragraph
// that is gone only Nr, its number then, and Why are filled in.
type Paragraph struct {
	Nr      int
	Heading string
	Words   string
	Was     int
	Why     string
}

// MaxNr is the highest number of a paragraph.
const MaxNr = 99

func (p Paragraph) tidied() (Paragraph, error) {
	var fs fault.Fields
	p.Heading, p.Words, p.Why = text.CleanLine(p.Heading), text.CleanMultiline(p.Words), text.CleanMultiline(p.Why)
	if p.Nr < 1 || p.Nr > MaxNr {
		fs.Add("nr", "form.error.range", "min", 1, "max", MaxNr)
	}
	if p.Was < 0 || p.Was > MaxNr {
		fs.Add("was", "form.error.choice")
	}
	fs.Text("heading", p.Heading, MaxLine, true)
	fs.Text("words", p.Words, MaxWords, true)
	fs.Text("why", p.Why, MaxWords, false)
	return p, fs.Err()
}

// Paragraph is the paragraph with the number.
func (v Version) Paragraph(nr int) (Paragraph, bool) { return numbered(v.Paragraphs, nr) }

func numbered(list []Paragraph, nr int) (Paragraph, bool) {
	i := slices.IndexFunc(list, func(p Paragraph) bool { return p.Nr == nr })
	if i < 0 {
		return Paragraph{}, false
	}
	return list[i], true
}

// Reply is what a member's own council said.
type Reply string

// The replies.
const (
	Yes Reply = "yes"
	No  Reply = "no"
)

// Label is the reply's name.
func (r Reply) Label() i18n.Key { return i18n.Key("council.reply." + string(r)) }

// Answer is a member's own decision on a version: Place is the body that took it,
// Case its number there. InItem tells that it was given in the item that the version was
// decided in: as it was written there, and with no Place, which is the member's council.
type Answer struct {
	Org   access.OrgID
	Name  string
	Reply Reply
	Place string
	Case  string
	Day   clock.Date

	InItem bool
}

func (a Answer) tidied(today clock.Date) (Answer, error) {
	var fs fault.Fields
	a.InItem = false
	a.Place, a.Case = text.CleanLine(a.Place), text.CleanLine(a.Case)
	if a.Org == "" {
		fs.Add("org", "form.error.required")
	}
	if a.Reply != Yes && a.Reply != No {
		fs.Add("reply", "form.error.choice")
	}
	fs.Text("place", a.Place, MaxLine, true)
	CaseNumber(&fs, "case", a.Case)
	Past(&fs, "day", a.Day, today)
	return a, fs.Err()
}

// Tally is how far the members have come with a version.
type Tally struct {
	Of, Yes, No int
	Missing     []Member
	Against     []Answer
	// Last is the day of the latest yes.
	Last clock.Date
}

// IsComplete reports whether every member has adopted it.
func (t Tally) IsComplete() bool { return t.Of > 0 && t.Yes == t.Of }

// Tally counts the answers of those who are members.
func (v Version) Tally(members []Member) Tally {
	t := Tally{Of: len(members)}
	for _, m := range members {
		i := slices.IndexFunc(v.Answers, func(a Answer) bool { return a.Org == m.Org })
		switch {
		case i < 0:
			t.Missing = append(t.Missing, m)
		case v.Answers[i].Reply == Yes:
			t.Yes++
			if v.Answers[i].Day.After(t.Last) {
				t.Last = v.Answers[i].Day
			}
		default:
			t.No++
			t.Against = append(t.Against, v.Answers[i])
		}
	}
	return t
}

// InForce is the version that holds on the day, out of all of a body.
func InForce(all []Version, day clock.Date) (Version, bool) {
	var out Version
	for _, v := range all {
		if v.State == Adopted && !v.From.After(day) && (out.ID == "" || v.From.After(out.From) || v.From == out.From && v.Nr > out.Nr) {
			out = v
		}
	}
	return out, out.ID != ""
}

// until fills in the last day of each adopted version: the one before the next holds.
func until(all []Version) {
	for i := range all {
		if all[i].State != Adopted {
			continue
		}
		for _, next := range all {
			later := next.State == Adopted && next.From.After(all[i].From)
			if later && (all[i].Until.IsZero() || next.From.AddDays(-1).Before(all[i].Until)) {
				all[i].Until = next.From.AddDays(-1)
			}
		}
	}
}

// TransitionYears is how long older regional councils had to get a new agreement, from
// when the municipal councils constituted themselves after the election of 2019
// (kommuneloven § 31-2, as the documents tell of it; not held against the law's text).
const TransitionYears = 4

// TransitionDeadline is the last day of that time.
func TransitionDeadline(constituted clock.Date) clock.Date {
	return constituted.AddMonths(12 * TransitionYears)
}
