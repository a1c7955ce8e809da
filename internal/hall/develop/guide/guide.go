// Package guide keeps the two guides that are the lasting result of the work (LOP-13): one for
// regional cooperation, for forums, and one for how education is made with those who need it,
// for providers.
//
// They grow from what each programme learned. Those who make a programme together write down
// what they have learned, stage by stage, and say whether it may stand in a guide. Who keeps
// the guide takes it into a section and puts it in the guide's own words; the section shows
// what it has grown from. A guide is open to all in versions, which never change: the county
// makes one and says why.
//
// What was learned is read by those who make the programme. When it may stand in a guide, those
// who keep guides read it too, and all do where the programme is shown to all.
//
// Words: veileder = guide, del = section, erfaring = Learned, kilde = source, versjon =
// version.
//
// Tables: development_learned, guide_section, guide_source, guide_version.
package guide

import (
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// Kind is which guide. Stored as written, and the name in addresses and JSON.
type Kind string

// The guides.
const (
	Forum     Kind = "forum"
	Programme Kind = "programme"
)

// Kinds lists them in the order pages show them.
func Kinds() []Kind { return []Kind{Forum, Programme} }

// Label is the guide's name.
func (k Kind) Label() i18n.Key { return i18n.Key("guide.kind." + string(k)) }

// IsKind reports whether there is such a guide.
func (k Kind) IsKind() bool { return slices.Contains(Kinds(), k) }

// KeeperRoles keep the guide: put it in words and take in what was learned.
func (k Kind) KeeperRoles() []access.Role {
	if k == Forum {
		return []access.Role{access.RoleCaseOfficer, access.RoleSecretary}
	}
	return []access.Role{access.RoleCaseOfficer, access.RoleProviderUser}
}

// Keeps reports whether the actor keeps the guide.
func (k Kind) Keeps(actor access.Actor) bool {
	return actor.IsSystem() || k.IsKind() && actor.Has(k.KeeperRoles()...)
}

// Publishes reports whether the actor makes versions of the guides.
func Publishes(actor access.Actor) bool { return actor.IsSystem() || actor.Has(access.RoleCaseOfficer) }

// SectionID names a section, LearnedID something that was learned.
type (
	SectionID = id.Of[Section]
	LearnedID = id.Of[Learned]
)

// ParseSectionID reads the id of a section from outside, ParseLearnedID that of something that
// was learned.
func ParseSectionID(s string) (SectionID, error) { return id.Parse[Section](s) }
func ParseLearnedID(s string) (LearnedID, error) { return id.Parse[Learned](s) }

// ObjectName is the kind under which the audit log knows a guide.
const ObjectName = "guide"

// The actions of the audit log.
const (
	ActionLearn   audit.Action = "guide.learn"
	ActionForget  audit.Action = "guide.forget"
	ActionSection audit.Action = "guide.section"
	ActionTake    audit.Action = "guide.take"
	ActionPublish audit.Action = "guide.publish"
	ActionStarter audit.Action = "guide.starter"
)

// Limits of what may be written, in characters, and of how many sections a guide has.
const (
	MaxLine     = 200
	MaxLearned  = 2_000
	MaxWords    = 8_000
	MaxSections = 60
)

// Learned is what was learned in a stage of a development. OrgName is empty for an office, and
// Title of the development for a reader who may not know of it.
type Learned struct {
	ID          LearnedID
	Development making.ID
	Title       string
	Stage       flow.State
	Words       string
	Good        bool // to be done again, else otherwise
	Shared      bool // may stand in a guide
	OrgName     string
	Day         clock.Date
	// Own says that the reader may take it back: nothing has grown from it yet.
	Own bool
}

// Learning is what somebody writes down.
type Learning struct {
	Stage  flow.State
	Words  string
	Good   bool
	Shared bool
}

func (in Learning) tidied(fs *fault.Fields) Learning {
	in.Words = text.CleanMultiline(in.Words)
	fs.Text("words", in.Words, MaxLearned, true)
	if !slices.Contains(making.Stages(), in.Stage) {
		fs.Add("stage", "form.error.required")
	}
	return in
}

// Section is a part of a guide. Words are paragraphs.
type Section struct {
	ID      SectionID
	Nr      int
	Title   i18n.Text
	Words   i18n.Text
	Sources []Learned
	Version int64
}

// Writing is what a section says. Norwegian must be there; the other languages fall back on it.
type Writing struct {
	Nr           int
	Title, Words i18n.Text
}

func (in Writing) tidied(fs *fault.Fields) Writing {
	clean := func(name string, t *i18n.Text, tidy func(string) string, limit int) {
		for _, l := range i18n.Langs() {
			s := map[i18n.Lang]*string{i18n.NB: &t.NB, i18n.NN: &t.NN, i18n.EN: &t.EN}[l]
			*s = tidy(*s)
			fs.Text(name+"."+string(l), *s, limit, l == i18n.NB)
		}
	}
	clean("title", &in.Title, text.CleanLine, MaxLine)
	clean("words", &in.Words, text.CleanMultiline, MaxWords)
	if in.Nr < 1 || in.Nr > MaxSections {
		fs.Add("nr", "form.error.range", "min", 1, "max", MaxSections)
	}
	return in
}

// Frozen is a section as it stands in a version.
type Frozen struct {
	ID      SectionID `json:"id"`
	Title   i18n.Text `json:"title"`
	Words   i18n.Text `json:"words"`
	Sources []Source  `json:"sources"`
}

// Source is what a frozen section had grown from. Title is that of the development; who reads
// it must be asked anew.
type Source struct {
	Learned     LearnedID `json:"learned"`
	Development making.ID `json:"development"`
}

// Version is a guide as it was made open.
type Version struct {
	Kind     Kind
	Nr       int
	Why      string
	At       clock.Time
	Sections []Frozen
}

// Difference is how a section of a version stands to the one before.
type Difference string

// The differences.
const (
	Same    Difference = "same"
	Added   Difference = "added"
	Changed Difference = "changed"
	Gone    Difference = "gone"
)

// Label is the difference's name.
func (d Difference) Label() i18n.Key { return i18n.Key("guide.difference." + string(d)) }

// Compared is a section with how it stands to another version.
type Compared struct {
	Frozen
	Difference Difference
}

// Compare holds the sections of a version against those of an earlier one, in the order of the
// later; what is gone comes last.
func Compare(before, now []Frozen) []Compared {
	old := map[SectionID]Frozen{}
	for _, s := range before {
		old[s.ID] = s
	}
	var out []Compared
	for _, s := range now {
		d := Added
		if was, there := old[s.ID]; there {
			d = Changed
			if was.Title == s.Title && was.Words == s.Words {
				d = Same
			}
			delete(old, s.ID)
		}
		out = append(out, Compared{s, d})
	}
	for _, s := range before {
		if _, gone := old[s.ID]; gone {
			out = append(out, Compared{s, Gone})
		}
	}
	return out
}

// Deps is what the guides need.
type Deps struct {
	DB     *db.DB
	Clock  clock.Clock
	Making *making.Service
}

// Service is the use cases of guides.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

func subject(k Kind) audit.Subject { return audit.Subject{Kind: ObjectName, ID: string(k)} }

// Paragraphs are those of a text.
func Paragraphs(s string) []string {
	var out []string
	for p := range strings.SplitSeq(s, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
