package session

import (
	"context"
	"regexp"
	"slices"
	"unicode/utf8"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
)

// ID names a meeting, and the others what belongs to one.
type (
	ID         = meeting.MeetingID
	ItemID     = id.Of[Item]
	RecusalID  = id.Of[Recusal]
	PositionID = id.Of[Position]
	FollowUpID = id.Of[FollowUp]
)

// ParseItemID and the others read ids from outside.
func ParseItemID(s string) (ItemID, error)         { return id.Parse[Item](s) }
func ParseRecusalID(s string) (RecusalID, error)   { return id.Parse[Recusal](s) }
func ParsePositionID(s string) (PositionID, error) { return id.Parse[Position](s) }
func ParseFollowUpID(s string) (FollowUpID, error) { return id.Parse[FollowUp](s) }

// State is how far a meeting has come. Stored as written.
type State string

// The states. Sent is when the agenda has gone out, Published when the minutes are
// open to all and not approved yet.
const (
	Planned   State = "planned"
	Sent      State = "sent"
	Opened    State = "open"
	Held      State = "held"
	Published State = "published"
	Approved  State = "approved"
	Cancelled State = "cancelled"
)

// States lists the states in the order of the way.
func States() []State {
	return []State{Planned, Sent, Opened, Held, Published, Approved, Cancelled}
}

// Label is the state's name.
func (s State) Label() i18n.Key { return i18n.Key("meeting.state." + string(s)) }

// Ahead reports whether the meeting has not begun and has not been cancelled.
func (s State) Ahead() bool { return s == Planned || s == Sent }

// Over reports whether the meeting has been held.
func (s State) Over() bool { return s == Held || s == Published || s == Approved }

// Frame is when and where a meeting is. From and To are times of day, "14:00". Link is
// the way into a remote meeting, for those in the body only.
type Frame struct {
	Day      clock.Date
	From, To string
	Place    string
	Remote   bool
	Link     string
}

// Minutes is how long the meeting is planned to last.
func (f Frame) Minutes() int { return minutes(f.To) - minutes(f.From) }

// timeOfDay is how a time of day is written.
var timeOfDay = regexp.MustCompile(`^(?:[01]\d|2[0-3]):[0-5]\d$`)

// minutes counts from midnight; 0 for what is no time of day.
func minutes(s string) int {
	if !timeOfDay.MatchString(s) {
		return 0
	}
	d := func(i int) int { return int(s[i] - '0') }
	return (d(0)*10+d(1))*60 + d(3)*10 + d(4)
}

// Overlaps reports whether two meetings have a minute in common.
func (f Frame) Overlaps(o Frame) bool {
	return f.Day == o.Day && minutes(f.From) < minutes(o.To) && minutes(o.From) < minutes(f.To)
}

// The longest texts, in characters.
const (
	MaxLine  = 250
	MaxWords = 20_000
	MaxTold  = 4_000
)

// link is a way into a remote meeting: only the web, never a script.
var link = regexp.MustCompile(`^https://[^\s"<>]+$`)

func (f Frame) tidied() Frame {
	f.Place, f.Link = text.CleanLine(f.Place), text.CleanLine(f.Link)
	f.From, f.To = text.CleanLine(f.From), text.CleanLine(f.To)
	if !f.Remote {
		f.Link = ""
	}
	return f
}

func (f Frame) check(fs *fault.Fields) {
	if f.Day.IsZero() {
		fs.Add("day", "form.error.required")
	}
	for name, s := range map[string]string{"from": f.From, "to": f.To} {
		if !timeOfDay.MatchString(s) {
			fs.Add(name, "meeting.error.clock")
		}
	}
	if timeOfDay.MatchString(f.From) && timeOfDay.MatchString(f.To) && f.Minutes() <= 0 {
		fs.Add("to", "meeting.error.end")
	}
	line(fs, "place", f.Place, !f.Remote)
	if f.Link != "" && (!link.MatchString(f.Link) || utf8.RuneCountInString(f.Link) > MaxLine) {
		fs.Add("link", "meeting.error.link")
	}
}

// line notes what is wrong with a text of one line.
func line(fs *fault.Fields, field, s string, required bool) { limited(fs, field, s, MaxLine, required) }

func limited(fs *fault.Fields, field, s string, most int, required bool) {
	switch {
	case required && text.IsBlank(s):
		fs.Add(field, "form.error.required")
	case utf8.RuneCountInString(s) > most:
		fs.Add(field, "form.error.too_long", "max", most)
	}
}

// Meeting is a meeting of a body, or of several. Edition is the newest agenda that was
// sent, 0 for none.
type Meeting struct {
	ID   ID
	Body meeting.BodyID
	// Joint are the further bodies of a joint meeting.
	Joint []meeting.BodyID
	Frame
	State             State
	Chair             meeting.SeatID
	Sequence, Edition int
	Why               string
	OpenedAt, EndedAt clock.Time
	CreatedAt         clock.Time
	Version           int64

	BodyName   string
	JointNames []string
}

// Bodies are all bodies that meet, the one that calls first.
func (m Meeting) Bodies() []meeting.BodyID { return append([]meeting.BodyID{m.Body}, m.Joint...) }

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

	Treated string
	Version int64

	// Archive is the case's archive number. Hidden is set for a reader who may only
	// read the neutral title and the ground.
	Archive  casework.Number
	Hidden   bool
	Demanded int // members that demand it
}

// Decides reports whether the item ends in a decision of the body.
func (i Item) Decides() bool { return i.Kind == File || i.Kind == Minutes || i.Kind == Other }

// IsClosed reports whether what is treated is kept from those outside: the body has
// closed the doors, or it has not decided and the secretariat proposes to.
func (i Item) IsClosed() bool {
	return i.Doors == DoorsClosed || i.Doors == "" && i.Ground != ""
}

// hide leaves what all may know of a closed item.
func (i Item) hide() Item {
	ground := i.DoorsGround
	if i.Doors == "" {
		ground = i.Ground
	}
	out := Item{ID: i.ID, Meeting: i.Meeting, Body: i.Body, Position: i.Position, Kind: i.Kind, Place: i.Place, Number: i.Number, Doors: i.Doors, DoorsGround: i.DoorsGround,
		DoorsFor: i.DoorsFor, DoorsAgainst: i.DoorsAgainst, OffAgenda: i.OffAgenda, Archive: i.Archive, Version: i.Version, Hidden: true}
	out.Title, out.PublicTitle, out.Ground = i.PublicTitle, i.PublicTitle, ground
	return out
}

func (c Content) tidied() Content {
	c.Title, c.PublicTitle, c.Words = text.CleanLine(c.Title), text.CleanLine(c.PublicTitle), text.CleanMultiline(c.Words)
	if c.Ground == "" {
		c.PublicTitle = ""
	}
	return c
}

func (c Content) check(fs *fault.Fields, titled bool) {
	line(fs, "title", c.Title, titled)
	line(fs, "public_title", c.PublicTitle, c.Ground != "")
	limited(fs, "words", c.Words, MaxWords, false)
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

// Seated is a seat in a meeting, with who holds it that day.
type Seated struct {
	meeting.Seat
	Member   meeting.Holder
	Deputies []meeting.Holder
	Votes    bool
	Mine     bool // the reader holds it
}

// Standing is what another part of the house brings to every meeting of a body, such as
// the needs of the region. Stand answers the item, with ok false when there is nothing
// for the body; it reads only what all in the body may read.
type Standing interface {
	Stand(ctx context.Context, tx *db.Tx, b meeting.Body) (item StandingItem, ok bool, err error)
}

// StandingItem is such an item: what it is called and what stands under it.
type StandingItem struct{ Title, Words string }

// FollowUp is what is to be done after an item. Org, or Office where no organisation has
// it, is who does it.
type FollowUp struct {
	ID       FollowUpID
	Body     meeting.BodyID
	Item     ItemID
	Meeting  ID
	What     string
	Org      access.OrgID
	OrgName  string
	Office   string
	Due      clock.Date
	State    Progress
	Evidence string
	ClosedAt clock.Time
	Version  int64
	Number   string     // of the item
	Day      clock.Date // of the meeting
	Closed   bool       // the item was treated behind closed doors
}

// Owner is who does it.
func (f FollowUp) Owner() string {
	switch {
	case f.OrgName == "":
		return f.Office
	case f.Office == "":
		return f.OrgName
	}
	return f.OrgName + ", " + f.Office
}

// Progress is how a follow-up stands. Stored as written.
type Progress string

// The states of a follow-up.
const (
	Open    Progress = "open"
	Done    Progress = "done"
	Dropped Progress = "dropped"
)

// Label is the state's name.
func (p Progress) Label() i18n.Key { return i18n.Key("meeting.follow_up." + string(p)) }
