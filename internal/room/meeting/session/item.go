package session

import (
	"slices"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
)

// Kind is what an item is. Stored as written.
type Kind string

// The kinds.
const (
	Report    Kind = "report" // referatsaker
	Minutes   Kind = "minutes"
	FollowUps Kind = "follow_up"
	Regular   Kind = "standing" // a standing item
	File      Kind = "case"
	Other     Kind = "other"
)

// Kinds lists the kinds in the order that a new agenda has them.
func Kinds() []Kind { return []Kind{Report, Minutes, FollowUps, Regular, File, Other} }

// Label is the kind's name, which is the item's where it has no title.
func (k Kind) Label() i18n.Key { return i18n.Key("meeting.item." + string(k)) }

// Place is where an item stands. Stored as written.
type Place string

// An item is listed, demanded by fewer than a third of the members yet, or withdrawn.
const (
	Listed    Place = "listed"
	Demanded  Place = "demanded"
	Withdrawn Place = "withdrawn"
)

// Doors is what the body decided about them; empty is nothing yet.
type Doors string

// The doors.
const (
	DoorsOpen   Doors = "open"
	DoorsClosed Doors = "closed"
)

// Content is what is written of an item. Ground proposes closed doors: a code of
// casework.MeetingGrounds. Matter is a kind of case that has rules of its own.
type Content struct {
	Title       string
	PublicTitle string
	Ground      string
	Words       string
	Matter      outcome.Kind
}

// Item is an item of an agenda. Number is the zero Number until the agenda is sent.
type Item struct {
	ID       ItemID
	Meeting  ID
	Body     meeting.BodyID // the one that decides
	Position int
	Kind     Kind
	Place    Place
	Case     meeting.CaseID
	About    ID // the meeting whose minutes are to be approved
	Content
	Number    meeting.Number
	OffAgenda bool

	Doors                  Doors
	DoorsGround            string
	DoorsFor, DoorsAgainst int

	Scope   outcome.Scope
	ScopeBy string
	ScopeOn clock.Date

	// Amount is to be shared by those that take part, 0 for nothing. UrgentBy is the last
	// day to answer where the item is decided in writing before the meeting, UrgentWhy why
	// it cannot wait (kommuneloven § 11-8).
	Amount    money.NOK
	UrgentBy  clock.Date
	UrgentWhy string

	Treated string
	Version int64

	// AboutDay is the day of the meeting whose minutes are to be approved.
	AboutDay clock.Date

	// Archive is the case's archive number. Hidden is set for a reader who may only
	// read the neutral title and the ground.
	Archive  casework.Number
	Hidden   bool
	Demanded int // members that demand it
}

// Decides reports whether the item ends in a decision of the body.
func (i Item) Decides() bool { return i.Kind == File || i.Kind == Minutes || i.Kind == Other }

// OnAgenda refuses what is to happen with an item that is not on the agenda: withdrawn, or
// demanded by too few.
func (i Item) OnAgenda() error {
	if i.Place != Listed {
		return fault.New(fault.Conflict, "meeting.error.item_gone")
	}
	return nil
}

// InWriting reports whether the item is decided in writing now: that was asked for, and
// the meeting has not begun. What was not settled so is treated in the meeting.
func (i Item) InWriting(m Meeting) bool { return !i.UrgentBy.IsZero() && m.State == Sent }

// IsClosed reports whether what is treated is kept from those outside: the body has
// closed the doors, or it has not decided and the secretariat proposes to.
func (i Item) IsClosed() bool {
	return i.Doors == DoorsClosed || i.Doors == "" && i.Ground != ""
}

// Shown is the title that all may read.
func (i Item) Shown() string {
	if i.Ground != "" {
		return i.PublicTitle
	}
	return i.Title
}

// hide leaves what all may know of a closed item.
func (i Item) hide() Item {
	ground := i.DoorsGround
	if i.Doors == "" {
		ground = i.Ground
	}
	out := Item{ID: i.ID, Meeting: i.Meeting, Body: i.Body, Position: i.Position, Kind: i.Kind, Place: i.Place, Number: i.Number, Doors: i.Doors, DoorsGround: i.DoorsGround,
		DoorsFor: i.DoorsFor, DoorsAgainst: i.DoorsAgainst, OffAgenda: i.OffAgenda, Archive: i.Archive, AboutDay: i.AboutDay, Version: i.Version, Hidden: true}
	out.Title, out.PublicTitle, out.Ground = i.PublicTitle, i.PublicTitle, ground
	return out
}

// Tidied is the content with spaces in order; what is open has no neutral title.
func (c Content) Tidied() Content {
	c.Title, c.PublicTitle, c.Words = text.CleanLine(c.Title), text.CleanLine(c.PublicTitle), text.CleanMultiline(c.Words)
	if c.Ground == "" {
		c.PublicTitle = ""
	}
	return c
}

// Check notes what is wrong; titled asks for a title.
func (c Content) Check(fs *fault.Fields, titled bool) {
	fs.Text("title", c.Title, MaxLine, titled)
	fs.Text("public_title", c.PublicTitle, MaxLine, c.Ground != "")
	fs.Text("words", c.Words, MaxWords, false)
	if c.Ground != "" {
		if _, ok := casework.GroundOf(casework.MeetingGrounds(), c.Ground); !ok {
			fs.Add("ground", "form.error.choice")
		}
		// A neutral title that repeats the real one tells what is closed.
		if c.PublicTitle != "" && text.Fold(c.PublicTitle) == text.Fold(c.Title) {
			fs.Add("public_title", "case.error.same_title")
		}
	}
	if !slices.Contains([]outcome.Kind{outcome.Ordinary, outcome.Loan, outcome.Obligation, outcome.Joint, outcome.Election}, c.Matter) {
		fs.Add("matter", "form.error.choice")
	}
}
