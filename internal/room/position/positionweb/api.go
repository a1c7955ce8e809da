package positionweb

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/position"
)

// registerAPI adds the JSON of positions.
func registerAPI(d *gate.Door, p *Pages) {
	tags := []string{"position"}
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/positions", Rule: gate.Public(), ID: "list-positions", Summary: "Jobs with education that are open to all, the newest first", Tags: tags}, p.apiList)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/positions/{id}", Rule: gate.Public(), ID: "get-position", Summary: "A job with education", Tags: tags}, p.apiGet)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/positions", Rule: gate.SignedIn(), ID: "create-position", Summary: "Write a draft of a job with education", Tags: tags, Status: 201}, p.apiWrite)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/positions/{id}/moves", Rule: gate.SignedIn(), ID: "move-position", Summary: "Send, confirm, hire, begin, qualify or end", Tags: tags}, p.apiMove)
}

type positionsIn struct {
	Municipality []string `query:"municipality" doc:"Municipality numbers, any of which will do"`
	Level        string   `query:"level" enum:"vgs,fagbrev,fagskole,hoyere,kurs,unknown,"`
	Open         bool     `query:"open" doc:"Only those that interest can be shown in"`
	Limit        int      `query:"limit" minimum:"1" maximum:"500" default:"50"`
	After        string   `query:"after" maxLength:"200" doc:"next of the page before"`
}

type positionsOut struct {
	Body struct {
		Items []Position `json:"items"`
		Next  string     `json:"next,omitempty"`
	}
}

// Position is a job with education in JSON. programme_title is in the languages that the
// provider has written it in.
type Position struct {
	ID             string     `json:"id"`
	Number         string     `json:"number"`
	State          string     `json:"state" enum:"draft,clarifying,published,hired,in_education,qualified,interrupted"`
	Title          string     `json:"title"`
	Words          string     `json:"words"`
	Employer       string     `json:"employer"`
	EmployerName   string     `json:"employer_name"`
	Municipality   string     `json:"municipality"`
	Sector         string     `json:"sector,omitempty"`
	Required       string     `json:"required" doc:"The qualification that the job asks for"`
	Level          string     `json:"level"`
	Programme      string     `json:"programme,omitempty"`
	ProgrammeTitle *i18n.Text `json:"programme_title,omitempty"`
	Provider       string     `json:"provider"`
	ProviderName   string     `json:"provider_name"`
	Pathway        string     `json:"pathway,omitempty" enum:"exists,planned"`
	Unit           string     `json:"unit,omitempty"`
	Need           string     `json:"need,omitempty" doc:"The need that it meets, for a reader who may know of it"`
	WorkHours      int        `json:"work_hours,omitempty" doc:"Hours a week"`
	StudyHours     int        `json:"study_hours,omitempty" doc:"Hours a week"`
	Pay            string     `json:"pay,omitempty"`
	ApplyBy        clock.Date `json:"apply_by,omitzero"`
	Version        int64      `json:"version"`
}

func inJSON(x position.Position) Position {
	out := Position{ID: string(x.ID), Number: x.Number, State: string(x.State), Title: x.Title, Words: x.Words, Employer: string(x.Employer), EmployerName: x.EmployerName,
		Municipality: x.Municipality, Sector: x.Sector, Required: x.Required, Level: x.Level, Programme: x.Programme, Provider: string(x.Provider), ProviderName: x.ProviderName,
		Pathway: string(x.Pathway), Unit: x.Unit, WorkHours: x.WorkHours, StudyHours: x.StudyHours, Pay: x.Pay, ApplyBy: x.ApplyBy, Version: x.Version}
	if x.NeedTitle != "" {
		out.Need = string(x.Need)
	}
	if x.ProgrammeTitle != (i18n.Text{}) {
		out.ProgrammeTitle = &x.ProgrammeTitle
	}
	return out
}

func (p *Pages) apiList(ctx context.Context, _ access.Actor, in *positionsIn) (*positionsOut, error) {
	list, err := p.Positions.List(ctx, position.Filter{Municipalities: in.Municipality, Level: in.Level, Open: in.Open}, in.After, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &positionsOut{}
	out.Body.Items, out.Body.Next = make([]Position, len(list.Items)), list.Next
	for i, x := range list.Items {
		out.Body.Items[i] = inJSON(x)
	}
	return out, nil
}

type positionID struct {
	ID string `path:"id" doc:"The id"`
}

type positionOut struct{ Body Position }

func (p *Pages) apiGet(ctx context.Context, actor access.Actor, in *positionID) (*positionOut, error) {
	id, err := position.ParseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	d, err := p.Positions.Get(ctx, actor, id)
	return &positionOut{inJSON(d.Position)}, err
}

type positionBody struct {
	Employer     string     `json:"employer" doc:"The id of the organisation"`
	Title        string     `json:"title"`
	Words        string     `json:"words"`
	Required     string     `json:"required"`
	Level        string     `json:"level" enum:"vgs,fagbrev,fagskole,hoyere,kurs,unknown"`
	Sector       string     `json:"sector,omitempty"`
	Municipality string     `json:"municipality"`
	Programme    string     `json:"programme,omitempty"`
	Provider     string     `json:"provider,omitempty" doc:"Left out where a programme is given"`
	Need         string     `json:"need,omitempty" doc:"The employer's own need that it meets"`
	WorkHours    int        `json:"work_hours,omitempty"`
	StudyHours   int        `json:"study_hours,omitempty"`
	Pay          string     `json:"pay,omitempty"`
	ApplyBy      clock.Date `json:"apply_by,omitzero"`
}

type positionIn struct{ Body positionBody }

func (p *Pages) apiWrite(ctx context.Context, actor access.Actor, in *positionIn) (*positionOut, error) {
	b := in.Body
	made, err := p.Positions.Write(ctx, actor, position.Content{Employer: access.OrgID(b.Employer), Title: b.Title, Words: b.Words, Required: b.Required, Level: b.Level, Sector: b.Sector,
		Municipality: b.Municipality, Programme: b.Programme, Provider: access.OrgID(b.Provider), Need: position.NeedID(b.Need), WorkHours: b.WorkHours, StudyHours: b.StudyHours, Pay: b.Pay, ApplyBy: b.ApplyBy})
	if err != nil {
		return nil, err
	}
	return p.apiGet(ctx, actor, &positionID{string(made)})
}

type positionMoveIn struct {
	ID   string `path:"id" doc:"The id"`
	Body struct {
		To      string `json:"to" enum:"draft,clarifying,published,hired,in_education,qualified,interrupted"`
		Version int64  `json:"version" doc:"The version that was read"`
		Note    string `json:"note,omitempty"`
		Pathway string `json:"pathway,omitempty" enum:"exists,planned," doc:"What the provider confirms"`
		Unit    string `json:"unit,omitempty" doc:"Who at the provider takes care of it"`
	}
}

func (p *Pages) apiMove(ctx context.Context, actor access.Actor, in *positionMoveIn) (*positionOut, error) {
	id, err := position.ParseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	b := in.Body
	err = p.Positions.Move(ctx, actor, id, position.Moving{To: flow.State(b.To), Version: b.Version, Note: b.Note, Pathway: position.Pathway(b.Pathway), Unit: b.Unit})
	if err != nil {
		return nil, err
	}
	return p.apiGet(ctx, actor, &positionID{in.ID})
}
