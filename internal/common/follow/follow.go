package follow

import (
	"context"
	"net/url"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
)

// The actions of the audit log.
const (
	ActionFollow   audit.Action = "follow.follow"
	ActionUnfollow audit.Action = "follow.unfollow"
	ActionSettings audit.Action = "follow.settings"
	ActionOptOut   audit.Action = "follow.opt_out"
	ActionRenew    audit.Action = "follow.renew"
	ActionConfirm  audit.Action = "follow.confirm"
)

// Mode is how soon a person is told by e-mail. In the program it is at once.
type Mode string

// The modes. App is in the program only; None, which is for Settings.Own only,
// is not at all.
const (
	Now   Mode = "now"
	Daily Mode = "daily"
	App   Mode = "app"
	None  Mode = "none"
)

// Modes lists the modes of a subscription in the order pages show them.
func Modes() []Mode { return []Mode{Now, Daily, App} }

// stronger reports whether m tells sooner than o.
func (m Mode) stronger(o Mode) bool {
	order := []Mode{None, App, Daily, Now}
	return slices.Index(order, m) > slices.Index(order, o)
}

// Target is what sort of thing is followed.
type Target string

// The targets.
const (
	Object       Target = "object"
	Municipality Target = "municipality"
	Field        Target = "field"
	Search       Target = "search"
)

// Topic is what is followed. Kind is the kind of a thing or of a search; Ref is
// the thing's id, the municipality's number, the field's code, or the search's
// query as in an address.
type Topic struct {
	Target Target
	Kind   string
	Ref    string
}

// Path is the address of the page where a reader begins to follow the topic, or
// changes how.
func (t Topic) Path() string {
	return "/varsler/folg?" + url.Values{"hva": {string(t.Target)}, "slag": {t.Kind}, "ref": {t.Ref}}.Encode()
}

// ID names a subscription, EventID an event, NoticeID a notice.
type (
	ID       = id.Of[Subscription]
	EventID  = id.Of[Event]
	NoticeID = id.Of[Notice]
)

// Subscription is a topic that a person follows. Feed is the secret of its
// address as feed and calendar.
type Subscription struct {
	ID        ID
	Account   access.AccountID
	Topic     Topic
	Mode      Mode
	Feed      string
	CreatedAt clock.Time
}

// What is what sort of event it is.
type What string

// The sorts of the flow. Moved is a move; Due a deadline that is near; Late one
// that is past. Rooms have sorts of their own: those of their happenings.
const (
	Moved What = "moved"
	Due   What = "due"
	Late  What = "late"
)

// Event is what happened with a thing, without names and notes. Ball is who has
// to act after it, also after a happening that says so. Facts are those of a
// happening.
type Event struct {
	ID       EventID
	Subject  object.Ref
	What     What
	Mark     string
	At       clock.Time
	From, To flow.State
	Ball     flow.Ball
	Actor    string
	Org      access.OrgID
	Facts    happening.Facts
}

// IsHappening reports whether a room told it: it is no move and no deadline of
// the flow.
func (e Event) IsHappening() bool { return e.What != Moved && e.What != Due && e.What != Late }

// Reason is why a person is told of an event: the strongest of several.
type Reason string

// The reasons, the strongest first. Ball is that the person has the ball; Own
// that the thing concerns the person, or an organisation of theirs; the others are the targets
// of subscriptions.
const (
	ReasonBall Reason = "ball"
	ReasonOwn  Reason = "own"
)

// Notice is an event that a person is told of, with the thing as that person may
// see it now. BallName is what the organisation that has the ball is called.
type Notice struct {
	ID       NoticeID
	Event    Event
	Card     object.Card
	Reason   Reason
	Mine     bool // the thing concerns the reader, or an organisation of the reader's
	BallMine bool // the reader has the ball
	BallName string
	ReadAt   clock.Time
}

// Kind is what a room tells about one of its kinds of things, so that they can
// be followed.
type Kind struct {
	Name string
	// Concerns lists the organisations that the thing is about: whose people are
	// told without asking. Nil for a kind that is nobody's.
	Concerns func(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error)
	// People lists the persons that the thing is about, each for herself, who are
	// told without asking too. Nil for a kind that is nobody's.
	People func(ctx context.Context, tx *db.Tx, id string) ([]access.AccountID, error)
	// Fits reports whether the thing is among what the actor finds by the query
	// of a list; nil when searches of the kind cannot be followed.
	Fits func(ctx context.Context, tx *db.Tx, actor access.Actor, query url.Values, id string) (bool, error)
	// Silent reports states that nobody is told of, such as drafts.
	Silent func(to flow.State) bool
	// Heralds lists the organisations whose own followers are told of the event
	// too, such as the provider of a programme that is published. Nil when there
	// are none. Each of them must be one that every reader of the thing may know.
	Heralds func(ctx context.Context, tx *db.Tx, e Event) ([]access.OrgID, error)
	// Facts are what the message about a move says besides, such as what a provider
	// answered; they are kept to the rule of happening.Facts. Nil for a kind whose moves
	// speak for themselves.
	Facts func(ctx context.Context, tx *db.Tx, e Event) (happening.Facts, error)
	// Dates are the days of the things that followers keep in their calendars,
	// such as the last day to apply. Nil for a kind without.
	Dates func(ctx context.Context, tx *db.Tx, ids []string) ([]Date, error)
}

// Date is a day of the thing with the id ID. UID stays the same whatever happens
// with the day, Sequence grows with every change; a Cancelled one does not hold
// any more. What and Facts are those of the sentence about it.
type Date struct {
	ID        string
	UID       string
	Sequence  int
	Day       clock.Date
	What      What
	Facts     happening.Facts
	Cancelled bool
	Updated   clock.Time
}

// Deps is what the service needs.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Objects  *object.Kinds
	Accounts *account.Service
	Kinds    []Kind
	// Municipalities reports whether there is one with the number today, and the
	// numbers that it covers, its former ones too.
	Municipalities func(number string) (within []string, known bool)
	// Fields are the codes of the fields that can be followed.
	Fields []string
	// PublicURL is the address of the front page, without a slash at the end, for
	// links in letters.
	PublicURL string
	// Mail sends letters; Write puts notices in words, in a person's language.
	Mail  Post
	Write func(l i18n.Lang, to Letter) (subject, body string)
}

// Service is the use cases.
type Service struct {
	Deps
	kinds map[string]Kind
}

// New makes the service.
func New(d Deps) *Service {
	s := &Service{Deps: d, kinds: map[string]Kind{}}
	for _, k := range d.Kinds {
		s.kinds[k.Name] = k
	}
	return s
}

// CanFollowSearch reports whether searches of the kind can be followed.
func (s *Service) CanFollowSearch(kind string) bool { return s.kinds[kind].Fits != nil }

func subject(a access.AccountID) audit.Subject {
	return audit.Subject{Kind: "account", ID: string(a)}
}
