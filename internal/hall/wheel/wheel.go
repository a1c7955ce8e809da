package wheel

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/wheel/figure"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/forum/input"
	"kompetansetorg/internal/room/need"
)

// The ids.
type (
	ID         = id.Of[Round]
	StepID     = id.Of[Step]
	InputID    = id.Of[Input]
	PriorityID = id.Of[Priority]
	TaskID     = id.Of[task]
)

type task struct{}

// ParseID and the others read ids from outside.
func ParseID(s string) (ID, error)                 { return id.Parse[Round](s) }
func ParseStepID(s string) (StepID, error)         { return id.Parse[Step](s) }
func ParseInputID(s string) (InputID, error)       { return id.Parse[Input](s) }
func ParsePriorityID(s string) (PriorityID, error) { return id.Parse[Priority](s) }
func ParseTaskID(s string) (TaskID, error)         { return id.Parse[task](s) }

// The kinds of the two definitions. The audit log knows a round by the first.
const (
	FlowKind     = "wheel"
	TaskFlowKind = "wheel_task"
)

// The actions of the audit log.
const (
	ActionCreate   audit.Action = "wheel.create"
	ActionStep     audit.Action = "wheel.step"
	ActionClose    audit.Action = "wheel.close"
	ActionReopen   audit.Action = "wheel.reopen"
	ActionInput    audit.Action = "wheel.input"
	ActionDeliver  audit.Action = "wheel.deliver"
	ActionPriority audit.Action = "wheel.priority"
	ActionDecide   audit.Action = "wheel.decide"
	ActionAsk      audit.Action = "wheel.ask"
	ActionAnswer   audit.Action = "wheel.answer"
)

// Kind is what a step is. Stored as written. The first four are the states of a round.
type Kind = flow.State

// The kinds, in order; Done is the state of a round after the last, and Other a milestone.
const (
	Knowledge  Kind = "knowledge"
	Inputs     Kind = "inputs"
	Priorities Kind = "priorities"
	Answers    Kind = "answers"
	Done       Kind = "done"
	Other      Kind = "other"
)

// Kinds lists the four steps that every round has, in order.
func Kinds() []Kind { return []Kind{Knowledge, Inputs, Priorities, Answers} }

// KindLabel is the kind's name.
func KindLabel(k Kind) i18n.Key { return i18n.Key("wheel.kind." + string(k)) }

// next is the state after the kind.
func next(k Kind) Kind {
	order := append(Kinds(), Done)
	return order[min(slices.Index(order, k)+1, len(order)-1)]
}

// before is the kind before the state; the state itself for the first.
func before(k Kind) Kind {
	order := append(Kinds(), Done)
	return order[max(slices.Index(order, k)-1, 0)]
}

// Flow is how a round moves: step by step, and back with a reason.
func Flow() flow.Definition {
	d := flow.Definition{Kind: FlowKind, Initial: Knowledge}
	by := []flow.Party{flow.County}
	for _, k := range Kinds() {
		d.States = append(d.States, flow.StateDef{State: k, Label: KindLabel(k), Ball: flow.County})
		d.Moves = append(d.Moves, flow.MoveDef{From: k, To: next(k), By: by, Label: "wheel.close"}, flow.MoveDef{From: next(k), To: k, By: by, Label: "wheel.reopen", NoteRequired: true})
	}
	d.States = append(d.States, flow.StateDef{State: Done, Label: KindLabel(Done), End: true})
	return d
}

// The states of a task: that of a region, or of a provider.
const (
	Awaited   flow.State = "awaited"
	Delivered flow.State = "delivered"
)

// TaskFlow is how it moves. A step that is taken up again does not take it back.
func TaskFlow() flow.Definition {
	return flow.Definition{Kind: TaskFlowKind, Initial: Awaited, States: []flow.StateDef{
		{State: Awaited, Label: "wheel.task.awaited", Ball: flow.Owner}, {State: Delivered, Label: "wheel.task.delivered", End: true}},
		Moves: []flow.MoveDef{{From: Awaited, To: Delivered, By: []flow.Party{flow.Owner}, Label: "wheel.task.deliver"}}}
}

// Limits of what may be written.
const (
	MaxMost  = 10
	MaxWords = 4_000
)

// Round is a year's round. Most is how many challenges a region may rank. Keeps says
// that the reader is the county forum's secretary.
type Round struct {
	ID         ID
	County     forum.BodyID
	CountyName string
	Year       int
	State      flow.State
	Most       int
	Version    int64
	Keeps      bool
	Steps      []Step // by date
	Regions    []Region
	Priorities []Priority
}

// Step is a step of a round. Title is that of a milestone, empty for the four. Base is
// what was written when it was closed.
type Step struct {
	ID       StepID
	Round    ID
	Kind     Kind
	Title    string
	Org      access.OrgID
	OrgName  string
	From     clock.Date
	Due      clock.Date
	ClosedAt clock.Time
	Base     string
	Version  int64
}

// IsLate reports whether the step should have been closed before the day.
func (s Step) IsLate(today clock.Date) bool { return s.ClosedAt.IsZero() && today.After(s.Due) }

// Region is how a region stands in a round. Task is empty until it has been asked. Mine
// are the organisations that the reader may write for.
type Region struct {
	Task   TaskID
	Region place.RegionID
	Name   string
	Body   forum.BodyID // its forum, if any
	SentAt clock.Time
	Silent string
	Inputs []Input
	Mine   []access.OrgID
}

// Settled reports whether the region has delivered, or been noted as silent.
func (r Region) Settled() bool { return !r.SentAt.IsZero() || r.Silent != "" }

// Result is what the county did with an input. Stored as written.
type Result string

// The results; Undecided is nothing yet.
const (
	Undecided Result = ""
	Taken     Result = "taken"
	Left      Result = "left"
)

// Input is a challenge that a region ranks. Need and Figure are its evidence; NeedNumber
// and NeedTitle are empty for a reader who may not know of the need.
type Input struct {
	ID         InputID
	Round      ID
	Region     place.RegionID
	Body       forum.BodyID
	Org        access.OrgID
	OrgName    string
	Rank       int
	Field      string
	Level      string
	Title      string
	Words      string
	Need       need.ID
	NeedNumber string
	NeedTitle  string
	Figure     figure.ID
	Fig        *figure.Figure
	Result     Result
	Priority   PriorityID
	Nr         int // of the priority it was taken as
	Why        string
	Version    int64
}

// Priority is what the county needs; Rank is its number. Expected is what is expected of
// the providers.
type Priority struct {
	ID       PriorityID
	Round    ID
	Rank     int
	Field    string
	Level    string
	Title    string
	Words    string
	Expected string
	Version  int64
	From     []Input // taken as it
	Answers  []Answer
}

// AnswerKind is what a provider will do. Stored as written.
type AnswerKind string

// The kinds; NotYet is none.
const (
	NotYet        AnswerKind = ""
	NewOffer      AnswerKind = "new"
	OtherPlaces   AnswerKind = "changed"
	DigitalOffer  AnswerKind = "digital"
	ExistingOffer AnswerKind = "existing"
	NoOffer       AnswerKind = "nothing"
)

// AnswerKinds lists the answers in the order pages show them.
func AnswerKinds() []AnswerKind {
	return []AnswerKind{ExistingOffer, OtherPlaces, DigitalOffer, NewOffer, NoOffer}
}

// Label is the answer's name.
func (k AnswerKind) Label() i18n.Key {
	if k == NotYet {
		return "wheel.answer.waiting"
	}
	return i18n.Key("wheel.answer." + string(k))
}

// Answer is what a provider says to a priority. Words are what it will do, or why it will
// do nothing; Places how many, 0 for not said; Terms what it depends on.
type Answer struct {
	Task     TaskID
	Priority PriorityID
	Org      access.OrgID
	OrgName  string
	Kind     AnswerKind
	Words    string
	Places   int
	Start    clock.Date
	Terms    string
	At       clock.Time
	Version  int64
	Mine     bool
}

// Deps is what the hall needs.
type Deps struct {
	DB     *db.DB
	Clock  clock.Clock
	Forums *forum.Service
	Inputs *input.Service
}

// Service is the hall's use cases.
type Service struct {
	Deps
	flow, tasks flow.Definition
}

// New makes the hall.
func New(d Deps) *Service { return &Service{Deps: d, flow: Flow(), tasks: TaskFlow()} }

func subject(r ID) audit.Subject { return audit.Subject{Kind: FlowKind, ID: string(r)} }

func conflict(key i18n.Key, values ...any) error { return fault.New(fault.Conflict, key, values...) }
