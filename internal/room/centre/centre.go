package centre

import (
	"context"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// ID names a centre, RoomID one of its rooms, NewsID a piece of news.
type (
	ID     = id.Of[Centre]
	RoomID = id.Of[Room]
	NewsID = id.Of[News]
)

// ParseID reads the id of a centre from outside, ParseRoomID that of a room, ParseNewsID that
// of news.
func ParseID(s string) (ID, error)         { return id.Parse[Centre](s) }
func ParseRoomID(s string) (RoomID, error) { return id.Parse[Room](s) }
func ParseNewsID(s string) (NewsID, error) { return id.Parse[News](s) }

// Known is a need that a wish became; the room of needs has it.
type Known struct{}

// NeedID names that need.
type NeedID = id.Of[Known]

// ObjectName is the kind under which audit, follow and object know a centre.
const ObjectName = "centre"

// The actions of the audit log.
const (
	ActionOpen    audit.Action = "centre.open"
	ActionEdit    audit.Action = "centre.edit"
	ActionPartner audit.Action = "centre.partner"
	ActionRoom    audit.Action = "centre.room"
	ActionNews    audit.Action = "centre.news"
	ActionCourse  audit.Action = "centre.course"
	ActionGroup   audit.Action = "centre.group"
	ActionWish    audit.Action = "centre.wish"
	ActionWait    audit.Action = "centre.wait"
)

// Limits of what may be written, in characters; of seats and people, in persons.
const (
	MaxLine   = 200
	MaxWords  = 4_000
	MaxPeople = 1_000
)

// RunnerRoles run the centre that their organisation is.
func RunnerRoles() []access.Role { return []access.Role{access.RoleProviderUser, access.RoleOrgMember} }

// Content is what the centre's page says. Services are a line each. Contact is a role and how
// to reach it.
type Content struct{ About, Services, Contact string }

func (c Content) tidied(fs *fault.Fields) Content {
	c.About, c.Services, c.Contact = text.CleanMultiline(c.About), text.CleanMultiline(c.Services), text.CleanLine(c.Contact)
	fs.Text("about", c.About, MaxWords, true)
	fs.Text("services", c.Services, MaxWords, false)
	fs.Text("contact", c.Contact, MaxLine, true)
	return c
}

// Centre is a study centre. Name and Municipality are those of its organisation today.
type Centre struct {
	ID  ID
	Org access.OrgID
	Content
	Name         string
	Municipality string
	Version      int64
	// Runs says that the reader runs it; Member that she is in its group.
	Runs, Member bool
}

// ServiceList are the services, one each.
func (c Centre) ServiceList() []string {
	var out []string
	for s := range strings.Lines(c.Services) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Partner runs the centre together with others. Part is what it does.
type Partner struct {
	Org  access.OrgID
	Name string
	Part string
}

// Room is a place for teaching, gatherings and exams. Municipality is its number.
type Room struct {
	ID           RoomID
	Centre       ID
	Name         string
	Municipality string
	Address      string
	Seats        int
	Equipment    string
	Closed       bool
	Version      int64
}

// News is something that the centre tells.
type News struct {
	ID           NewsID
	Title, Words string
	At           clock.Time
}

// Course is a programme that can be taken at the centre, or through it. How says how.
type Course struct {
	Programme string
	Title     i18n.Text
	Provider  access.OrgID
	How       string
}

// Knows is what the house knows and this room does not.
type Knows struct {
	// Programme finds a programme for the actor, its title and provider: NotFound for one
	// that he may not know of.
	Programme func(ctx context.Context, tx *db.Tx, actor access.Actor, programme string) (i18n.Text, access.OrgID, error)
	// Report registers a need of the centre's organisation, and answers its id.
	Report func(ctx context.Context, tx *db.Tx, actor access.Actor, in Reporting) (NeedID, error)
	// Began are those who have begun on the programmes by an application here.
	Began func(ctx context.Context, tx *db.Tx, programmes []string) ([]Began, error)
	// Members are the municipalities of the regions that the municipality lies in.
	Members func(municipality string) []string
	// Level tells which codes there are, Municipality which numbers.
	Level, Municipality func(code string) bool
}

// Began is somebody who has begun on a programme. Employer is empty for one who came by
// herself.
type Began struct {
	Programme    string
	Municipality string
	Employer     access.OrgID
	Year         int
	Completed    bool
}

// Reporting is the need that a wish becomes.
type Reporting struct {
	Org          access.OrgID
	Title, Words string
	Level        string
	Municipality string
	People       int
}

func subject(c ID) audit.Subject { return audit.Subject{Kind: ObjectName, ID: string(c)} }
