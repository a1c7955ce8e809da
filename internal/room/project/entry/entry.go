package entry

import (
	"slices"

	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/project"
)

// The actions of the audit log.
const (
	ActionSave audit.Action = "entry.save"
	ActionDue  audit.Action = "entry.due"
)

// The most words of each field, and the most signs that any of them is stored with.
const (
	MaxShort      = 150
	MaxAttainment = 100
	MaxFollow     = 100
	MaxContact    = 200
	maxSigns      = 4_000
)

// Attainment is how far the goals were reached.
type Attainment string

// The attainments.
const (
	Reached Attainment = "reached"
	Partly  Attainment = "partly"
	Not     Attainment = "not"
)

// Attainments lists them.
func Attainments() []Attainment { return []Attainment{Reached, Partly, Not} }

// Label is the attainment's name.
func (a Attainment) Label() i18n.Key { return i18n.Key("entry.attainment." + string(a)) }

// Follow is what comes after.
type Follow string

// What comes after.
const (
	Continued Follow = "continued"
	TakenOver Follow = "taken_over"
	Ended     Follow = "ended"
)

// Follows lists them.
func Follows() []Follow { return []Follow{Continued, TakenOver, Ended} }

// Label is its name.
func (f Follow) Label() i18n.Key { return i18n.Key("entry.follow." + string(f)) }

// Content is what is written. Contact is a role or an organisation that has experience with it,
// never a person's name; ContactOK that all may see it.
type Content struct {
	Short          string
	Attainment     Attainment
	AttainmentText string
	Follow         Follow
	FollowText     string
	Contact        string
	ContactOK      bool
}

// Entry is a project's entry. Version is 0 before anything is written.
type Entry struct {
	Project project.ID
	Content
	SavedAt clock.Time
	Version int64
}

// IsComplete reports whether all three fields are there.
func (c Content) IsComplete() bool {
	return c.Short != "" && c.Attainment != "" && c.AttainmentText != "" && c.Follow != "" && c.FollowText != ""
}

// check cleans what is written and says what is wrong with it. Fields may be empty.
func (c Content) check() (Content, error) {
	var fs fault.Fields
	long := func(name string, s *string, words int) {
		*s = text.CleanMultiline(*s)
		fs.Text(name, *s, maxSigns, false)
		if n := text.WordCount(*s); n > words {
			fs.Add(name, "entry.error.words", "count", n, "max", words)
		}
	}
	long("short", &c.Short, MaxShort)
	long("attainment_text", &c.AttainmentText, MaxAttainment)
	long("follow_text", &c.FollowText, MaxFollow)
	c.Contact = text.CleanLine(c.Contact)
	fs.Text("contact", c.Contact, MaxContact, false)
	if c.Attainment != "" && !slices.Contains(Attainments(), c.Attainment) {
		fs.Add("attainment", "form.error.choice")
	}
	if c.Follow != "" && !slices.Contains(Follows(), c.Follow) {
		fs.Add("follow", "form.error.choice")
	}
	return c, fs.Err()
}

// Chapter is a group of a compendium with its sub-projects in the order of their codes. Code is
// empty for general measures.
type Chapter struct {
	Code  string
	Title i18n.Text
	Items []Item
}

// Item is a sub-project with its entry, which is nil while it is missing.
type Item struct {
	project.Project
	Entry *Entry
}

// Compendium is what the sub-projects of a parent say of themselves. Due is the last day for
// it, zero when none is set. Missing are those whose entry is not complete.
type Compendium struct {
	Parent   project.Project
	Chapters []Chapter
	Missing  []project.Project
	All      int
	Due      clock.Date
	Version  int64 // of the day; 0 when none is set
}

// compile puts the sub-projects in the order of the parent's groups.
func compile(parent project.Project, children []project.Project, entries map[project.ID]Entry) Compendium {
	c := Compendium{Parent: parent, All: len(children)}
	for _, g := range append([]project.Group{{}}, parent.Groups...) {
		chapter := Chapter{Code: g.Code, Title: g.Title}
		for _, p := range children {
			if p.Group != g.Code {
				continue
			}
			item := Item{Project: p}
			if e, ok := entries[p.ID]; ok && e.IsComplete() {
				item.Entry = &e
			} else {
				c.Missing = append(c.Missing, p)
			}
			chapter.Items = append(chapter.Items, item)
		}
		if len(chapter.Items) > 0 {
			c.Chapters = append(c.Chapters, chapter)
		}
	}
	return c
}
