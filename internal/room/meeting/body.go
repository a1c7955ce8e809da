package meeting

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
)

// Kind is what sort of body it is. Stored as written. What a body may do follows
// from its rules, never from its kind.
type Kind string

// The kinds.
const (
	CountyForum    Kind = "county_forum"
	RegionalForum  Kind = "regional_forum"
	Council        Kind = "council" // interkommunalt politisk råd
	Board          Kind = "board"
	ChiefExecs     Kind = "chief_exec_committee"
	Assembly       Kind = "assembly"  // fylkesting, kommunestyre
	Committee      Kind = "committee" // utvalg, nemnd
	SteeringGroup  Kind = "steering_group"
	OperativeGroup Kind = "operative_group" // arbeidsgruppe, operativ gruppe
)

// Kinds lists the kinds in the order pages show them.
func Kinds() []Kind {
	return []Kind{CountyForum, RegionalForum, Council, Board, ChiefExecs, Assembly, Committee, SteeringGroup, OperativeGroup}
}

// Label is the kind's name.
func (k Kind) Label() i18n.Key { return i18n.Key("body.kind." + string(k)) }

// Body is a body that meets. From is its first day, To its last, zero while it
// exists. HostName and SecretariatName are read with it and not stored.
type Body struct {
	ID          BodyID
	Kind        Kind
	Name        string
	About       string
	Host        access.OrgID
	Secretariat access.OrgID
	Region      place.RegionID
	Parent      BodyID
	From, To    clock.Date
	Version     int64

	HostName, SecretariatName string
}

// ExistsOn reports whether the body exists on the day.
func (b Body) ExistsOn(day clock.Date) bool { return holds(b.From, b.To, day) }

// The longest texts, in characters.
const (
	MaxName     = 200
	MaxAbout    = 4000
	MaxTitle    = 120
	MaxDecision = 300
)

// check answers the body with its texts put right, or its faults.
func (b Body) check() (Body, error) {
	var fs fault.Fields
	b.Name, b.About = text.CleanLine(b.Name), text.CleanMultiline(b.About)
	line(&fs, "name", b.Name, MaxName)
	if len([]rune(b.About)) > MaxAbout {
		fs.Add("about", "form.error.too_long", "max", MaxAbout)
	}
	if !slices.Contains(Kinds(), b.Kind) {
		fs.Add("kind", "form.error.choice")
	}
	period(&fs, b.From, b.To)
	return b, fs.Err()
}

// line notes what is wrong with a text of one line that must be filled in.
func line(fs *fault.Fields, field, s string, most int) {
	switch {
	case text.IsBlank(s):
		fs.Add(field, "form.error.required")
	case len([]rune(s)) > most:
		fs.Add(field, "form.error.too_long", "max", most)
	}
}

// period notes what is wrong with the days from and to, of which the last may be
// open.
func period(fs *fault.Fields, from, to clock.Date) {
	if from.IsZero() {
		fs.Add("from", "form.error.required")
	}
	if !to.IsZero() && to.Before(from) {
		fs.Add("to", "form.error.period")
	}
}

// holds reports whether the day lies in the period, whose days are both
// included; a zero to is open-ended.
func holds(from, to, day clock.Date) bool {
	return !day.Before(from) && (to.IsZero() || !day.After(to))
}

// overlap reports whether two periods have a day in common.
func overlap(from, to, otherFrom, otherTo clock.Date) bool {
	return (to.IsZero() || !otherFrom.After(to)) && (otherTo.IsZero() || !from.After(otherTo))
}
