package round

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// ID names a round, InviteID an organisation's place in one.
type (
	ID       = id.Of[Round]
	InviteID = id.Of[Invite]
)

// State is where a round stands. Stored as written.
type State string

// The states.
const (
	Draft  State = "draft"
	Open   State = "open"
	Closed State = "closed"
)

// Label is the state's name.
func (s State) Label() i18n.Key { return i18n.Key("round.state." + string(s)) }

// Smallest is the least number of organisations that a figure is shown for.
const Smallest = 3

// Bounds of a round.
const (
	MaxTitle     = 120
	MaxInvites   = 2_000
	MaxWaves     = 6
	MaxReminders = 5
	maxAhead     = 366 // days from today to the deadline
	maxPast      = 31  // days from the first wave to today
	maxBefore    = 90  // days from a reminder to the deadline
	MaxOpen      = 1_000
)

// Content is what is decided about a round. Waves are the days on which the
// invitations are sent, the first first; Reminders are days before the deadline.
type Content struct {
	Hub       org.ID
	Title     string
	Form      forms.ID
	Deadline  clock.Date
	Waves     []clock.Date
	Reminders []int
}

// Round is a mapping round. Nr is the version of the form, 0 before it opens.
type Round struct {
	ID ID
	Content
	Nr        int
	State     State
	CreatedAt clock.Time
	OpenedAt  clock.Time
	ClosedAt  clock.Time
	Version   int64
}

// TakesAnswers reports whether answers can be given on the day.
func (r Round) TakesAnswers(today clock.Date) bool {
	return r.State == Open && !today.After(r.Deadline)
}

// StateOn is the state as it is on the day: a round whose deadline has passed is over
// before the program has noted it.
func (r Round) StateOn(today clock.Date) State {
	if r.State == Open && !r.TakesAnswers(today) {
		return Closed
	}
	return r.State
}

// HasCome reports whether the wave of the invitation has come by the day.
func (r Round) HasCome(i Invite, today clock.Date) bool {
	return len(r.Waves) > 0 && !r.Waves[min(max(i.Wave, 1), len(r.Waves))-1].After(today)
}

// waits reports whether the organisation is to be handed a link: its wave has come,
// and it has got neither a letter nor a link, nor begun.
func (r Round) waits(i Invite, today clock.Date) bool {
	return i.Via == ByLink && i.SentAt.IsZero() && i.Answer == "" && r.HasCome(i, today)
}

// Check notes what is wrong with the content at the fields hub, title, form,
// deadline, waves and reminders.
func (c Content) Check(fs *fault.Fields, today clock.Date) {
	required := func(name string, empty bool) {
		if empty {
			fs.Add(name, "form.error.required")
		}
	}
	required("hub", c.Hub == "")
	required("title", text.IsBlank(c.Title))
	if utf8.RuneCountInString(c.Title) > MaxTitle {
		fs.Add("title", "form.error.too_long", "max", MaxTitle)
	}
	required("form", c.Form == "")
	c.checkDeadline(fs, today)
	required("waves", len(c.Waves) == 0)
	if len(c.Waves) > MaxWaves {
		fs.Add("waves", "round.error.many_waves", "max", MaxWaves)
	}
	if len(c.Waves) > 0 && c.Waves[0].Before(today.AddDays(-maxPast)) {
		fs.Add("waves", "round.error.wave_past", "days", maxPast)
	}
	for i, d := range c.Waves {
		if !fs.Has("waves") && !c.Deadline.IsZero() && d.After(c.Deadline) {
			fs.Add("waves", "round.error.wave_late")
		}
		if !fs.Has("waves") && i > 0 && !d.After(c.Waves[i-1]) {
			fs.Add("waves", "round.error.wave_order")
		}
	}
	if len(c.Reminders) > MaxReminders {
		fs.Add("reminders", "round.error.many_reminders", "max", MaxReminders)
	}
	for _, n := range c.Reminders {
		if (n < 0 || n > maxBefore) && !fs.Has("reminders") {
			fs.Add("reminders", "form.error.range", "min", 0, "max", maxBefore)
		}
	}
}

func (c Content) checkDeadline(fs *fault.Fields, today clock.Date) {
	switch {
	case c.Deadline.IsZero():
		fs.Add("deadline", "form.error.required")
	case c.Deadline.Before(today):
		fs.Add("deadline", "round.error.deadline_past")
	case c.Deadline.After(today.AddDays(maxAhead)):
		fs.Add("deadline", "round.error.deadline_far", "days", maxAhead)
	}
}

// tidied is the content in the one way it is stored.
func (c Content) tidied() Content {
	c.Title = text.CleanLine(c.Title)
	c.Reminders = slices.Compact(slices.SortedFunc(slices.Values(c.Reminders), func(a, b int) int { return cmp.Compare(b, a) }))
	return c
}

// reminders as they are stored: "7,2".
func writeDays(list []int) string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = strconv.Itoa(n)
	}
	return strings.Join(out, ",")
}

func readDays(s string) []int {
	var out []int
	for part := range strings.SplitSeq(s, ",") {
		if n, err := strconv.Atoi(part); err == nil {
			out = append(out, n)
		}
	}
	return out
}

// Via is how an answer came, or will. Stored as written.
type Via string

// The ways.
const (
	ByLink Via = "link" // the organisation's own link
	ByOpen Via = "open" // the open link
	ByHub  Via = "hub"  // written by the hub
)

// Label is the way's name.
func (v Via) Label() i18n.Key { return i18n.Key("round.via." + string(v)) }

// Invite is an organisation in a round. SentAt is when its invitation was sent or
// a link made to hand over; Mailed tells that a letter went to an address of its
// own. AnsweredBy is the organisation that wrote the answer for it, if any. Stopped tells
// that all its links were revoked: it gets no letter until it is made a new one.
type Invite struct {
	ID           InviteID
	Round        ID
	Org          org.ID
	Name         string
	Municipality string
	Wave         int
	Via          Via
	SentAt       clock.Time
	Mailed       bool
	Answer       forms.AnswerID
	AnsweredAt   clock.Time
	AnsweredBy   org.ID
	Needs        int
	Stopped      bool
}

// Counts reports whether the organisation is one of those that were asked: not when
// it came by the open link and has not answered.
func (i Invite) Counts() bool { return i.Via != ByOpen || i.HasAnswered() }

// HasAnswered reports whether the answer was submitted.
func (i Invite) HasAnswered() bool { return !i.AnsweredAt.IsZero() }

// Standing is how far an invited organisation has come.
type Standing string

// The standings.
const (
	HasAnswered Standing = "answered"
	Stopped     Standing = "stopped" // its links were revoked
	HasBegun    Standing = "begun"
	HasJoined   Standing = "joined" // by the open link, and not begun
	Mailed      Standing = "mailed"
	HandedOver  Standing = "handed"
	Waiting     Standing = "waiting" // for a link
	Planned     Standing = "planned"
)

// Standings are all of them, the last that an organisation comes to first.
func Standings() []Standing {
	return []Standing{HasAnswered, HasBegun, HasJoined, Mailed, HandedOver, Waiting, Planned, Stopped}
}

// StandingOf is how far the organisation has come by the day.
func (r Round) StandingOf(i Invite, today clock.Date) Standing {
	switch {
	case i.HasAnswered():
		return HasAnswered
	case i.Stopped:
		return Stopped
	case i.Answer != "":
		return HasBegun
	case i.Via == ByOpen:
		return HasJoined
	case i.Mailed:
		return Mailed
	case !i.SentAt.IsZero():
		return HandedOver
	case r.State == Open && r.waits(i, today):
		return Waiting
	}
	return Planned
}

// Roles are those who run rounds, for an organisation where they have the role.
func Roles() []access.Role {
	return []access.Role{access.RoleIntermediary, access.RoleMunicipalLead, access.RoleSecretary, access.RoleCaseOfficer}
}

// CanRun is nil when the actor may run rounds of the hub.
func CanRun(a access.Actor, hub org.ID) error {
	if a.IsSystem() || a.HasAt(hub, Roles()...) {
		return nil
	}
	return fault.New(fault.Denied, "round.error.not_yours")
}

// Sees is what the actor may see of a round of the hub: everything, or what
// concerns the municipalities of the area.
func Sees(a access.Actor, hub org.ID) access.Area {
	if CanRun(a, hub) == nil {
		return access.Area{Everywhere: true}
	}
	return a.Area(access.RoleCaseOfficer)
}

// Refusal is why a link does not open an answer. It is an error.
type Refusal string

// The refusals: nobody made it; it was renewed or revoked; the round is over; the
// open link has all the answers it takes.
const (
	Unknown Refusal = "unknown"
	Revoked Refusal = "revoked"
	Expired Refusal = "expired"
	Full    Refusal = "full"
)

func (r Refusal) Error() string { return "link: " + string(r) }
