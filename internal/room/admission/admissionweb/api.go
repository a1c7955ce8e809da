package admissionweb

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/admission"
)

// registerAPI adds the JSON of applications.
func registerAPI(d *gate.Door, p *Pages) {
	tags := []string{"admission"}
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/offerings/{id}/applications", Rule: gate.SignedIn(), ID: "create-application", Summary: "Apply for a place in an offering whose admission is here", Tags: tags, Status: 201}, p.apiApply)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/offerings/{id}/applications", Rule: gate.Roles(access.RoleProviderUser), ID: "list-offering-applications", Summary: "The applications for an offering, for its provider, the newest first", Tags: tags}, p.apiGiven)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/applications", Rule: gate.SignedIn(), ID: "list-applications", Summary: "One's own applications and those made for people of one's organisations, the newest first", Tags: tags}, p.apiList)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/applications/{id}", Rule: gate.SignedIn(), ID: "get-application", Summary: "An application", Tags: tags}, p.apiGet)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/applications/{id}/moves", Rule: gate.SignedIn(), ID: "move-application", Summary: "Admit, offer, refuse, take, start, complete, interrupt or withdraw", Tags: tags}, p.apiMove)
}

// Applicant is who an application is for.
type Applicant struct {
	Name    string `json:"name"`
	Contact string `json:"contact,omitempty" doc:"How to reach her"`
}

// Application is an application in JSON. queue_position counts from 1.
type Application struct {
	ID            string     `json:"id"`
	Number        string     `json:"number"`
	State         string     `json:"state" enum:"applied,queued,offered,admitted,started,completed,interrupted,refused,withdrawn"`
	Offering      string     `json:"offering"`
	Programme     string     `json:"programme"`
	Title         string     `json:"title"`
	Provider      string     `json:"provider"`
	Employer      string     `json:"employer,omitempty"`
	Need          string     `json:"need,omitempty"`
	Municipality  string     `json:"municipality,omitempty"`
	Person        *Applicant `json:"person,omitempty" doc:"For herself, who nominated her and the provider"`
	AppliedAt     clock.Time `json:"applied_at"`
	AnswerDue     clock.Date `json:"answer_due,omitzero" doc:"The last day to answer it; none while she waits for a place"`
	Start         clock.Date `json:"start,omitzero" doc:"The day she starts"`
	QueuePosition int        `json:"queue_position,omitempty"`
	TakeBy        clock.Date `json:"take_by,omitzero" doc:"The last day to take a place that is offered"`
	StartedOn     clock.Date `json:"started_on,omitzero"`
	ExpectedEnd   clock.Date `json:"expected_end,omitzero"`
	EndedOn       clock.Date `json:"ended_on,omitzero"`
	Reason        string     `json:"reason,omitempty" doc:"Why it was refused"`
	AppealBy      clock.Date `json:"appeal_by,omitzero" doc:"The last day to appeal against a refusal"`
	Moves         []string   `json:"moves" doc:"Where the reader may move it"`
	Version       int64      `json:"version"`
}

func inJSON(a admission.Application) Application {
	out := Application{ID: string(a.ID), Number: a.Number, State: string(a.State), Offering: a.Offering, Programme: a.Programme, Title: a.Title, Provider: string(a.Provider),
		Employer: string(a.Employer), Need: string(a.Need), Municipality: a.Municipality, AppliedAt: a.AppliedAt, AnswerDue: a.AnswerDue, Start: a.Starts, StartedOn: a.StartedOn,
		ExpectedEnd: a.ExpectedEnd, EndedOn: a.EndedOn, Reason: a.Reason, AppealBy: a.AppealBy, Version: a.Version, Moves: []string{}}
	if a.Person != (admission.Person{}) {
		out.Person = &Applicant{a.Person.Name, a.Person.Contact}
	}
	if a.State == admission.Offered {
		out.TakeBy = a.Ball.Due
	}
	for _, m := range a.Moves() {
		out.Moves = append(out.Moves, string(m.To))
	}
	return out
}

type applyIn struct {
	ID   string `path:"id" doc:"The id of the offering"`
	Body struct {
		Person       *Applicant `json:"person,omitempty" doc:"Who it is for; null or left out by a learner who applies for herself"`
		Contact      string     `json:"contact,omitempty" maxLength:"200" doc:"How to reach a learner who applies for herself"`
		Employer     string     `json:"employer,omitempty" doc:"The organisation that nominates her, or that she works for"`
		EmployerSees bool       `json:"employer_sees,omitempty" doc:"Whether the employer that a learner names may know that she applied"`
		StartFrom    clock.Date `json:"start_from,omitzero" doc:"The first day she can start; left out for as soon as can be"`
		Need         string     `json:"need,omitempty" doc:"The employer's need that the nomination meets"`
		Municipality string     `json:"municipality,omitempty" doc:"The municipality she lives in"`
	}
}

type applicationOut struct{ Body Application }

func (p *Pages) apiApply(ctx context.Context, actor access.Actor, in *applyIn) (*applicationOut, error) {
	offering, err := id.Parse[admission.Entry](in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	b := in.Body
	x := admission.Applying{Contact: b.Contact, Employer: access.OrgID(b.Employer), EmployerSees: b.EmployerSees, Municipality: b.Municipality, WantedFrom: b.StartFrom, Need: admission.NeedID(b.Need)}
	if b.Person != nil {
		x.Person = &admission.Person{Name: b.Person.Name, Contact: b.Person.Contact}
	}
	made, err := p.Admission.Apply(ctx, actor, string(offering), x)
	if err != nil {
		return nil, err
	}
	return p.answer(ctx, actor, made.ID)
}

// answer is the application as it stands now.
func (p *Pages) answer(ctx context.Context, actor access.Actor, of admission.ID) (*applicationOut, error) {
	d, err := p.Admission.Get(ctx, actor, of)
	if err != nil {
		return nil, err
	}
	out := &applicationOut{inJSON(d.Application)}
	if d.State == admission.Queued {
		out.Body.QueuePosition = d.Ahead + 1
	}
	return out, nil
}

// Part is which applications are asked for, and which part of them.
type Part struct {
	State []string `query:"state" enum:"applied,queued,offered,admitted,started,completed,interrupted,refused,withdrawn" doc:"Any of these"`
	Limit int      `query:"limit" minimum:"1" maximum:"500" default:"50"`
	After string   `query:"after" maxLength:"200" doc:"next of the page before"`
}

func (in Part) filter() admission.Filter {
	var f admission.Filter
	for _, s := range in.State {
		f.States = append(f.States, flow.State(s))
	}
	return f
}

type applicationsIn struct{ Part }

type applicationsOut struct {
	Body struct {
		Items []Application `json:"items"`
		Total int           `json:"total"`
		Next  string        `json:"next,omitempty"`
	}
}

func (p *Pages) apiList(ctx context.Context, actor access.Actor, in *applicationsIn) (*applicationsOut, error) {
	return p.listJSON(ctx, actor, in.filter(), in.Part)
}

type offeringApplicationsIn struct {
	ID string `path:"id" doc:"The id of the offering"`
	Part
}

func (p *Pages) apiGiven(ctx context.Context, actor access.Actor, in *offeringApplicationsIn) (*applicationsOut, error) {
	offering, err := id.Parse[admission.Entry](in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	st, err := p.Admission.Stands(ctx, actor, string(offering))
	if err == nil && !st.Provides {
		err = fault.Missing()
	}
	if err != nil {
		return nil, err
	}
	f := in.filter()
	f.Offering, f.Given = string(offering), true
	return p.listJSON(ctx, actor, f, in.Part)
}

func (p *Pages) listJSON(ctx context.Context, actor access.Actor, f admission.Filter, in Part) (*applicationsOut, error) {
	list, err := p.Admission.List(ctx, actor, f, in.After, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &applicationsOut{}
	if out.Body.Total, err = p.Admission.Count(ctx, actor, f); err != nil {
		return nil, err
	}
	out.Body.Items, out.Body.Next = make([]Application, len(list.Items)), list.Next
	for i, a := range list.Items {
		out.Body.Items[i] = inJSON(a)
	}
	return out, nil
}

type applicationID struct {
	ID string `path:"id" doc:"The id of the application"`
}

func (p *Pages) apiGet(ctx context.Context, actor access.Actor, in *applicationID) (*applicationOut, error) {
	of, err := admission.ParseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	return p.answer(ctx, actor, of)
}

type applicationMoveIn struct {
	ID   string `path:"id" doc:"The id of the application"`
	Body struct {
		To          string     `json:"to" enum:"applied,queued,offered,admitted,started,completed,interrupted,refused,withdrawn"`
		From        string     `json:"from,omitempty" doc:"The state that the mover saw; a move from another is Stale"`
		Note        string     `json:"note,omitempty" maxLength:"2000"`
		Start       clock.Date `json:"start,omitzero" doc:"The day she starts or started; for an end the day it ended. Left out: the first day she can start, or today"`
		ExpectedEnd clock.Date `json:"expected_end,omitzero" doc:"Told when she starts"`
	}
}

func (p *Pages) apiMove(ctx context.Context, actor access.Actor, in *applicationMoveIn) (*applicationOut, error) {
	of, err := admission.ParseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	b := in.Body
	if _, err := p.Admission.Move(ctx, actor, of, admission.Moving{To: flow.State(b.To), From: flow.State(b.From), Note: b.Note, Day: b.Start, ExpectedEnd: b.ExpectedEnd}); err != nil {
		return nil, err
	}
	return p.answer(ctx, actor, of)
}
