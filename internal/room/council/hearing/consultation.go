package hearing

import (
	"net/url"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/council"
)

// ID names a consultation, and the others what belongs to one.
type (
	ID        = id.Of[Consultation]
	ConsentID = id.Of[Consent]
	InputID   = id.Of[Input]
	OwnID     = id.Of[Own]
)

// ParseID and ParseInputID read ids from outside.
func ParseID(s string) (ID, error)           { return id.Parse[Consultation](s) }
func ParseInputID(s string) (InputID, error) { return id.Parse[Input](s) }

// State is how far the joint response has come. Stored as written.
type State string

// The states.
const (
	Received State = "received"
	InRound  State = "round"
	Stopped  State = "stopped"  // a conflict of interest
	Declined State = "declined" // the council does not answer
	Sent     State = "sent"
)

// States lists the states in the order pages show them.
func States() []State { return []State{Received, InRound, Stopped, Declined, Sent} }

// Label is the state's name.
func (s State) Label() i18n.Key { return i18n.Key("hearing.state." + string(s)) }

// IsOpen reports whether there is still something to do.
func (s State) IsOpen() bool { return s == Received || s == InRound }

// Content is what is known of a consultation as it comes in.
type Content struct {
	Sender    string
	Subject   string
	About     string
	Reference string // the sender's own
	Received  clock.Date
	Deadline  clock.Date
	// Open tells that anybody may answer; else the council is invited.
	Open bool
}

func (c Content) tidied(today clock.Date) (Content, error) {
	var fs fault.Fields
	c.Sender, c.Subject, c.Reference, c.About = text.CleanLine(c.Sender), text.CleanLine(c.Subject), text.CleanLine(c.Reference), text.CleanMultiline(c.About)
	fs.Text("sender", c.Sender, council.MaxLine, true)
	fs.Text("subject", c.Subject, council.MaxLine, true)
	fs.Text("reference", c.Reference, council.MaxLine, false)
	fs.Text("about", c.About, council.MaxWords, false)
	council.Past(&fs, "received", c.Received, today)
	switch {
	case c.Deadline.IsZero():
		fs.Add("deadline", "form.error.required")
	case c.Deadline.Before(c.Received):
		fs.Add("deadline", "hearing.error.deadline")
	}
	return c, fs.Err()
}

// Consultation is a consultation with the joint response as it stands. Words is the
// draft; Round the number of the newest round.
type Consultation struct {
	ID   ID
	Body council.BodyID
	Content
	State  State
	Words  string
	Round  int
	Why    string // why it was stopped or declined
	SentBy string
	SentOn clock.Date
	At     clock.Time

	Version int64
}

// Round is a text as it was sent round. Due is the last day to answer.
type Round struct {
	Nr       int
	Words    string
	Why      string
	Due      clock.Date
	Extended bool
	At       clock.Time
}

// Reply is what a member says to a round. Stored as written.
type Reply string

// The replies. Silent is what a member that has said nothing has; it is never stored.
const (
	Yes      Reply = "yes"
	No       Reply = "no"
	Conflict Reply = "conflict"
	Silent   Reply = "silent"
)

// Replies lists what a member can say.
func Replies() []Reply { return []Reply{Yes, No, Conflict} }

// Label is the reply's name.
func (r Reply) Label() i18n.Key { return i18n.Key("hearing.reply." + string(r)) }

// Consent is a member's reply to a round. Registered tells that the secretary wrote it
// down for the member.
type Consent struct {
	ID         ConsentID
	Nr         int
	Org        access.OrgID
	Name       string
	Reply      Reply
	Words      string
	Registered bool
	At         clock.Time
}

func (c Consent) tidied() (Consent, error) {
	var fs fault.Fields
	c.Words = text.CleanMultiline(c.Words)
	if c.Org == "" {
		fs.Add("org", "form.error.required")
	}
	if !slices.Contains(Replies(), c.Reply) {
		fs.Add("reply", "form.error.choice")
	}
	fs.Text("words", c.Words, council.MaxWords, c.Reply == No || c.Reply == Conflict)
	return c, fs.Err()
}

// Input is what an office of a member says to the text of a round, and what was done.
type Input struct {
	ID      InputID
	Nr      int
	Org     access.OrgID
	Name    string
	Words   string
	Done    string
	At      clock.Time
	Version int64
}

// Own is a member's own response.
type Own struct {
	ID    OwnID
	Org   access.OrgID
	Name  string
	Day   clock.Date
	Words string
	Link  string
}

func (o Own) tidied(today clock.Date) (Own, error) {
	var fs fault.Fields
	o.Words, o.Link = text.CleanMultiline(o.Words), strings.TrimSpace(o.Link)
	if o.Org == "" {
		fs.Add("org", "form.error.required")
	}
	council.Past(&fs, "day", o.Day, today)
	fs.Text("words", o.Words, council.MaxWords, true)
	fs.Text("link", o.Link, council.MaxLine, false)
	if o.Link != "" && !fs.Has("link") && !isWeb(o.Link) {
		fs.Add("link", "hearing.error.link")
	}
	return o, fs.Err()
}

// isWeb reports whether the text is an address of a web page, which a page may link to.
func isWeb(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// Said is what a member has said to a round, its latest word.
type Said struct {
	Member council.Member
	Consent
}

// Tally is how the members stand to a round.
type Tally struct {
	Said []Said // a line for each member, by name
	Yes  int
	// Missing have said nothing, Against do not consent.
	Missing, Against []string
	Conflict         *Said
}

// IsAgreed reports whether every member has consented.
func (t Tally) IsAgreed() bool { return len(t.Said) > 0 && t.Yes == len(t.Said) }

// Count counts the latest word of each member to the round.
func Count(members []council.Member, all []Consent, nr int) Tally {
	var t Tally
	for _, m := range members {
		x := Said{Member: m, Consent: Consent{Org: m.Org, Name: m.Name, Nr: nr, Reply: Silent}}
		for _, c := range all { // oldest first
			if c.Org == m.Org && c.Nr == nr {
				x.Consent = c
			}
		}
		switch x.Reply {
		case Yes:
			t.Yes++
		case No:
			t.Against = append(t.Against, m.Name)
		case Conflict:
			t.Conflict = &x
		default:
			t.Missing = append(t.Missing, m.Name)
		}
		t.Said = append(t.Said, x)
	}
	return t
}
