package session

import (
	"regexp"
	"time"
	"unicode/utf8"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
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
func ParseItemID(s string) (ItemID, error) { return id.Parse[Item](s) }

func ParseRecusalID(s string) (RecusalID, error) { return id.Parse[Recusal](s) }

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
func (f Frame) Minutes() int { return clock.Minutes(f.To) - clock.Minutes(f.From) }

// Begins is the moment the meeting is planned from, in Norway.
func (f Frame) Begins() time.Time { begins, _ := clock.Span(f.Day, f.From, f.To); return begins }

// Ends is the moment the meeting is planned to.
func (f Frame) Ends() time.Time { _, ends := clock.Span(f.Day, f.From, f.To); return ends }

// Overlaps reports whether two meetings have a minute in common.
func (f Frame) Overlaps(o Frame) bool {
	return f.Day == o.Day && clock.Minutes(f.From) < clock.Minutes(o.To) && clock.Minutes(o.From) < clock.Minutes(f.To)
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
	if !f.Remote && link.MatchString(f.Link) { // what is no link is refused, not thrown away
		f.Link = ""
	}
	return f
}

func (f Frame) check(fs *fault.Fields) {
	if f.Day.IsZero() {
		fs.Add("day", "form.error.required")
	}
	for name, s := range map[string]string{"from": f.From, "to": f.To} {
		if !clock.IsTimeOfDay(s) {
			fs.Add(name, "meeting.error.clock")
		}
	}
	if clock.IsTimeOfDay(f.From) && clock.IsTimeOfDay(f.To) && f.Minutes() <= 0 {
		fs.Add("to", "meeting.error.end")
	}
	fs.Text("place", f.Place, MaxLine, !f.Remote)
	if f.Link != "" && (!link.MatchString(f.Link) || utf8.RuneCountInString(f.Link) > MaxLine) {
		fs.Add("link", "meeting.error.link")
	}
}

// Writable refuses what happens in a meeting before it has begun and when its minutes
// are out.
func Writable(m Meeting) error {
	switch m.State {
	case Opened, Held:
		return nil
	case Planned, Sent:
		return fault.New(fault.Conflict, "meeting.error.not_begun")
	}
	return fault.New(fault.Conflict, "meeting.error.over")
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
