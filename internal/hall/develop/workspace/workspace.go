package workspace

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/id"
)

// NoteID names a note, TaskID a task, LineID a line of the financing.
type (
	NoteID = id.Of[Note]
	TaskID = id.Of[Task]
	LineID = id.Of[Line]
)

// ParseTaskID reads the id of a task from outside.
func ParseTaskID(s string) (TaskID, error) { return id.Parse[Task](s) }

// ParseLineID reads the id of a line from outside.
func ParseLineID(s string) (LineID, error) { return id.Parse[Line](s) }

// RoomKind is the kind under which files hang in a workspace, TaskKind that of a task in flow,
// audit, follow and object.
const (
	RoomKind = "development_work"
	TaskKind = "development_task"
)

// The actions of the audit log.
const (
	ActionNote    audit.Action = "workspace.note"
	ActionTask    audit.Action = "workspace.task"
	ActionMove    audit.Action = "workspace.move"
	ActionLine    audit.Action = "workspace.line"
	ActionRemove  audit.Action = "workspace.remove"
	ActionConfirm audit.Action = "workspace.confirm"
)

// Limits of what may be written, in characters, and of how many open tasks and lines there
// may be.
const (
	MaxNote  = 4_000
	MaxWhat  = 200
	MaxWhy   = 500
	MaxTasks = 200
	MaxLines = 100
)

// The states of a task. JSON has the same names.
const (
	Open    flow.State = "open"
	Done    flow.State = "done"
	Dropped flow.State = "dropped"
)

// States lists them.
func States() []flow.State { return []flow.State{Open, Done, Dropped} }

// taskDays are the working days for a task when nobody has named the day.
const taskDays = 10

// Flow is how a task moves: whoever has it says that it is done, and so may the provider, who
// may drop it too.
func Flow() flow.Definition {
	return flow.Definition{Kind: TaskKind, Initial: Open, States: []flow.StateDef{
		{State: Open, Label: "workspace.state.open", Ball: flow.Provider, Days: taskDays},
		{State: Done, Label: "workspace.state.done", End: true},
		{State: Dropped, Label: "workspace.state.dropped", End: true},
	}, Moves: []flow.MoveDef{
		{From: Open, To: Done, By: []flow.Party{flow.Provider, flow.Owner, flow.Adviser}, Label: "workspace.move.done"},
		{From: Open, To: Dropped, By: []flow.Party{flow.Provider}, Label: "workspace.move.dropped", NoteRequired: true},
	}}
}

// Note is something said in the workspace. OrgName is empty for an organisation that the
// reader may not know of.
type Note struct {
	ID      NoteID
	Words   string
	Org     access.OrgID
	OrgName string
	At      clock.Time
}

// Task is something to be done. OrgName is as that of a note.
type Task struct {
	ID          TaskID
	Development making.ID
	What        string
	Org         access.OrgID
	OrgName     string
	State       flow.State
	Due         clock.Date
	Since       clock.Time // of the last move
	Why         string     // it was dropped, or a word when it was done
	// As are the parties that the reader may move it as.
	As []flow.Party
}

// Moves are the moves that the reader may make.
func (t Task) Moves() []flow.MoveDef {
	return slices.DeleteFunc(Flow().From(t.State), func(m flow.MoveDef) bool {
		return !slices.ContainsFunc(m.By, func(p flow.Party) bool { return slices.Contains(t.As, p) })
	})
}

// IsLate reports whether it should have been done before the day.
func (t Task) IsLate(today clock.Date) bool {
	return t.State == Open && !t.Due.IsZero() && today.After(t.Due)
}

func taskSubject(t TaskID) audit.Subject { return audit.Subject{Kind: TaskKind, ID: string(t)} }

func subject(d making.ID) audit.Subject { return audit.Subject{Kind: RoomKind, ID: string(d)} }

func flowOf(t TaskID) flow.Subject { return flow.Subject{Kind: TaskKind, ID: string(t)} }

// Deps is what the hall needs.
type Deps struct {
	DB     *db.DB
	Clock  clock.Clock
	Making *making.Service
}

// Service is the use cases of the workspace.
type Service struct{ Deps }

// New makes the hall.
func New(d Deps) *Service { return &Service{Deps: d} }
