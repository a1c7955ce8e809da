package workspaceweb

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/hall/develop/workspace"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/money"
)

// registerAPI adds the JSON of the workspace and of who pays.
func registerAPI(d *gate.Door, p *Pages) {
	tags := []string{"development"}
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/developments/{id}/workspace", Rule: gate.SignedIn(), ID: "get-workspace", Summary: "The tasks and notes that those who make education together share", Tags: tags}, p.apiRoom)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/developments/{id}/notes", Rule: gate.SignedIn(), ID: "create-workspace-note", Summary: "Write a note in the workspace", Tags: tags, Status: 201}, p.apiSay)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/developments/{id}/tasks", Rule: gate.SignedIn(), ID: "create-workspace-task", Summary: "Give an organisation of the workspace something to do", Tags: tags, Status: 201}, p.apiTask)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/developments/{id}/tasks/{task}/moves", Rule: gate.SignedIn(), ID: "move-workspace-task", Summary: "Say that a task is done, or drop it", Tags: tags}, p.apiMove)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/developments/{id}/financing", Rule: gate.SignedIn(), ID: "get-financing", Summary: "Who pays for education in the making, by source", Tags: tags}, p.apiMoney)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/developments/{id}/financing", Rule: gate.Roles(access.RoleProviderUser), ID: "create-financing-line", Summary: "Write who pays what", Tags: tags, Status: 201}, p.apiLine)
}

// WorkspaceNote is something said in a workspace. organisation is left out when the reader may
// not know which it is.
type WorkspaceNote struct {
	Words        string     `json:"words"`
	Organisation string     `json:"organisation,omitempty" doc:"The name"`
	At           clock.Time `json:"at"`
}

// WorkspaceTask is something to be done by one organisation.
type WorkspaceTask struct {
	ID           string     `json:"id"`
	What         string     `json:"what"`
	Organisation string     `json:"organisation,omitempty" doc:"The name; left out when the reader may not know which it is"`
	State        string     `json:"state" enum:"open,done,dropped"`
	Due          clock.Date `json:"due,omitzero"`
	Note         string     `json:"note,omitempty" doc:"Said when it was done or dropped"`
}

// Workspace is what those who make education together share.
type Workspace struct {
	Tasks []WorkspaceTask `json:"tasks"`
	Notes []WorkspaceNote `json:"notes" doc:"The newest first"`
	Next  string          `json:"next,omitempty" doc:"after of the next page of notes"`
}

type workspaceIn struct {
	ID    string `path:"id" doc:"The id of the education in the making"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many notes"`
	After string `query:"after" maxLength:"200" doc:"next of the page before"`
}

type workspaceOut struct{ Body Workspace }

func parsed(id string) (making.ID, error) {
	out, err := making.ParseID(id)
	if err != nil {
		return "", fault.Missing()
	}
	return out, nil
}

func (p *Pages) apiRoom(ctx context.Context, actor access.Actor, in *workspaceIn) (*workspaceOut, error) {
	of, err := parsed(in.ID)
	if err != nil {
		return nil, err
	}
	return p.answer(ctx, actor, of, in.After, in.Limit)
}

// answer is the workspace as it stands now.
func (p *Pages) answer(ctx context.Context, actor access.Actor, of making.ID, after string, limit int) (*workspaceOut, error) {
	room, err := p.Workspace.Room(ctx, actor, of, after, limit)
	if err != nil {
		return nil, err
	}
	out := &workspaceOut{Workspace{Tasks: []WorkspaceTask{}, Notes: []WorkspaceNote{}, Next: room.Notes.Next}}
	for _, list := range [][]workspace.Task{room.Open, room.Past} {
		for _, x := range list {
			out.Body.Tasks = append(out.Body.Tasks, inJSON(x))
		}
	}
	for _, n := range room.Notes.Items {
		out.Body.Notes = append(out.Body.Notes, WorkspaceNote{n.Words, n.OrgName, n.At})
	}
	return out, nil
}

func inJSON(x workspace.Task) WorkspaceTask {
	return WorkspaceTask{ID: string(x.ID), What: x.What, Organisation: x.OrgName, State: string(x.State), Due: x.Due, Note: x.Why}
}

type workspaceNoteIn struct {
	ID   string `path:"id" doc:"The id of the education in the making"`
	Body struct {
		Words string `json:"words" maxLength:"4000"`
	}
}

func (p *Pages) apiSay(ctx context.Context, actor access.Actor, in *workspaceNoteIn) (*workspaceOut, error) {
	of, err := parsed(in.ID)
	if err == nil {
		err = p.Workspace.Say(ctx, actor, of, in.Body.Words)
	}
	if err != nil {
		return nil, err
	}
	return p.answer(ctx, actor, of, "", onPage)
}

type workspaceTaskIn struct {
	ID   string `path:"id" doc:"The id of the education in the making"`
	Body struct {
		What         string     `json:"what" maxLength:"200"`
		Organisation string     `json:"organisation" doc:"The id of one that shares the workspace"`
		Due          clock.Date `json:"due,omitzero" doc:"Ten working days from now when left out"`
	}
}

type workspaceTaskOut struct{ Body WorkspaceTask }

func (p *Pages) apiTask(ctx context.Context, actor access.Actor, in *workspaceTaskIn) (*workspaceTaskOut, error) {
	of, err := parsed(in.ID)
	if err != nil {
		return nil, err
	}
	to, err := access.ParseOrgID(in.Body.Organisation)
	if err != nil {
		return nil, fault.InvalidField("organisation", "form.error.choice")
	}
	made, err := p.Workspace.AddTask(ctx, actor, of, workspace.Doing{What: in.Body.What, Org: to, Due: in.Body.Due})
	if err != nil {
		return nil, err
	}
	return p.task(ctx, actor, made)
}

// task is a task as it stands now.
func (p *Pages) task(ctx context.Context, actor access.Actor, task workspace.TaskID) (*workspaceTaskOut, error) {
	x, err := p.Workspace.Task(ctx, actor, task)
	if err != nil {
		return nil, err
	}
	return &workspaceTaskOut{inJSON(x)}, nil
}

type workspaceMoveIn struct {
	ID   string `path:"id" doc:"The id of the education in the making"`
	Task string `path:"task" doc:"The id of the task"`
	Body struct {
		To   string `json:"to" enum:"done,dropped"`
		From string `json:"from,omitempty" doc:"The state that the mover saw; a move from another is Stale"`
		Note string `json:"note,omitempty" maxLength:"500" doc:"Why; must be there when it is dropped"`
	}
}

func (p *Pages) apiMove(ctx context.Context, actor access.Actor, in *workspaceMoveIn) (*workspaceTaskOut, error) {
	of, err := parsed(in.ID)
	if err != nil {
		return nil, err
	}
	task, err := workspace.ParseTaskID(in.Task)
	if err != nil {
		return nil, fault.Missing()
	}
	x, err := p.Workspace.Task(ctx, actor, task)
	if err == nil && x.Development != of {
		err = fault.Missing()
	}
	if err == nil {
		err = p.Workspace.Move(ctx, actor, task, workspace.Moving{To: flow.State(in.Body.To), From: flow.State(in.Body.From), Note: in.Body.Note})
	}
	if err != nil {
		return nil, err
	}
	return p.task(ctx, actor, task)
}

// FinancingLine is what one pays in a year. payer is left out for one that the reader may not
// know of.
type FinancingLine struct {
	ID     string    `json:"id"`
	Source string    `json:"source" enum:"employer,municipality,state,county,grant,own"`
	Payer  string    `json:"payer,omitempty" doc:"The name of who pays"`
	Amount money.NOK `json:"amount" doc:"In øre"`
	Year   int       `json:"year"`
	State  string    `json:"state" enum:"planned,confirmed"`
	Note   string    `json:"note,omitempty"`
}

// FinancingSum is what a source pays; without source it is all of them.
type FinancingSum struct {
	Source    string    `json:"source,omitempty"`
	All       money.NOK `json:"all" doc:"In øre"`
	Confirmed money.NOK `json:"confirmed" doc:"In øre"`
}

// Financing is who pays for education in the making.
type Financing struct {
	Lines    []FinancingLine `json:"lines"`
	BySource []FinancingSum  `json:"by_source"`
	Sum      FinancingSum    `json:"sum"`
}

type financingIn struct {
	ID string `path:"id" doc:"The id of the education in the making"`
}

type financingOut struct{ Body Financing }

func (p *Pages) apiMoney(ctx context.Context, actor access.Actor, in *financingIn) (*financingOut, error) {
	of, err := parsed(in.ID)
	if err != nil {
		return nil, err
	}
	return p.sums(ctx, actor, of)
}

// sums is the financing as it stands now.
func (p *Pages) sums(ctx context.Context, actor access.Actor, of making.ID) (*financingOut, error) {
	f, err := p.Workspace.Financing(ctx, actor, of)
	if err != nil {
		return nil, err
	}
	out := &financingOut{Financing{Lines: []FinancingLine{}, BySource: []FinancingSum{}, Sum: FinancingSum{All: f.All.All(), Confirmed: f.All.Confirmed}}}
	for _, l := range f.Lines {
		who := l.PayerName
		if l.Payer == "" {
			who = l.Words
		}
		out.Body.Lines = append(out.Body.Lines, FinancingLine{ID: string(l.ID), Source: string(l.Source), Payer: who, Amount: l.Amount, Year: l.Year, State: string(l.State), Note: l.Note})
	}
	for _, s := range f.BySource {
		out.Body.BySource = append(out.Body.BySource, FinancingSum{string(s.Source), s.All(), s.Confirmed})
	}
	return out, nil
}

type financingLineIn struct {
	ID   string `path:"id" doc:"The id of the education in the making"`
	Body struct {
		Source string    `json:"source" enum:"employer,municipality,state,county,grant,own"`
		Payer  string    `json:"payer,omitempty" doc:"The id of an organisation that shares the workspace"`
		Words  string    `json:"payer_words,omitempty" maxLength:"200" doc:"Who pays, when it is somebody else"`
		Amount money.NOK `json:"amount" minimum:"1" doc:"In øre"`
		Year   int       `json:"year" minimum:"2000" maximum:"2100"`
		State  string    `json:"state,omitempty" enum:"planned,confirmed" doc:"planned when left out"`
		Note   string    `json:"note,omitempty" maxLength:"500"`
	}
}

func (p *Pages) apiLine(ctx context.Context, actor access.Actor, in *financingLineIn) (*financingOut, error) {
	of, err := parsed(in.ID)
	if err != nil {
		return nil, err
	}
	b := in.Body
	x := workspace.Paying{Source: workspace.Source(b.Source), Words: b.Words, Amount: b.Amount, Year: b.Year, State: workspace.Certainty(b.State), Note: b.Note}
	if b.State == "" {
		x.State = workspace.Planned
	}
	if b.Payer != "" {
		if x.Payer, err = access.ParseOrgID(b.Payer); err != nil {
			return nil, fault.InvalidField("payer", "form.error.choice")
		}
	}
	if _, err := p.Workspace.AddLine(ctx, actor, of, x); err != nil {
		return nil, err
	}
	return p.sums(ctx, actor, of)
}
