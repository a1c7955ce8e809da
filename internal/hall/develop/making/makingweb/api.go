package makingweb

import (
	"cmp"
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/supply/offer"
)

// registerAPI adds the JSON of developments.
func registerAPI(d *gate.Door, p *Pages) {
	tags := []string{"development"}
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/developments", Rule: gate.Public(), ID: "list-developments", Summary: "Education in the making that is public, the newest first", Tags: tags}, p.apiList)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/developments/{id}", Rule: gate.Public(), ID: "get-development", Summary: "Education in the making, with its stages", Tags: tags}, p.apiGet)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/answers/{id}/developments", Rule: gate.Roles(access.RoleProviderUser), ID: "create-development", Summary: "Make a programme from a provider's answer", Tags: tags, Status: 201}, p.apiMake)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/developments/{id}/copies", Rule: gate.Roles(access.RoleProviderUser), ID: "copy-development", Summary: "Copy finished education for another region", Tags: tags, Status: 201}, p.apiCopy)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/developments/{id}/moves", Rule: gate.SignedIn(), ID: "move-development", Summary: "Move education in the making to another stage", Tags: tags}, p.apiMove)
}

// DevelopmentStage is a stage with its plan and with what happened.
type DevelopmentStage struct {
	Stage string     `json:"stage" enum:"idea,feasibility,design,building,open,running,evaluated"`
	From  clock.Date `json:"from,omitzero" doc:"The day it is planned to begin"`
	To    clock.Date `json:"to,omitzero" doc:"The day it is planned to end"`
	Began clock.Date `json:"began,omitzero"`
	Left  clock.Date `json:"left,omitzero"`
}

// DevelopmentNeed is a need or a pooled need behind education in the making: one of the two.
type DevelopmentNeed struct {
	Need   string `json:"need,omitempty"`
	Pool   string `json:"pool,omitempty"`
	Number string `json:"number"`
}

// Development is education in the making. Left out are need, pool and programme for a reader who
// may not know of them yet.
type Development struct {
	ID           string             `json:"id"`
	Number       string             `json:"number"`
	State        string             `json:"state" enum:"idea,feasibility,design,building,open,running,evaluated,continued,ended,stopped"`
	Title        string             `json:"title"`
	Kind         string             `json:"kind" enum:"adapt,new"`
	Provider     string             `json:"provider"`
	ProviderName string             `json:"provider_name"`
	Need         string             `json:"need,omitempty"`
	Pool         string             `json:"pool,omitempty"`
	Further      []DevelopmentNeed  `json:"further,omitempty" doc:"Other needs behind it that the reader may know of"`
	Programme    string             `json:"programme,omitempty"`
	CopiedFrom   string             `json:"copied_from,omitempty" doc:"The id of the education that it is a copy of"`
	Region       string             `json:"region,omitempty" doc:"The region that a copy is for"`
	StartedOn    clock.Date         `json:"started_on,omitzero" doc:"The day the first began"`
	Due          clock.Date         `json:"due,omitzero" doc:"The day the stage should end"`
	Public       bool               `json:"public"`
	Stages       []DevelopmentStage `json:"stages,omitempty"`
	Version      int64              `json:"version"`
}

func inJSON(d making.Development) Development {
	out := Development{ID: string(d.ID), Number: d.Number, State: string(d.State), Title: d.Title, Kind: string(d.Sort), Provider: string(d.Provider), ProviderName: d.ProviderName,
		Region: string(d.Region), StartedOn: d.StartedOn, Due: d.Ball.Due, Public: d.Public, Version: d.Version}
	if d.Is(flow.Provider) || d.State == making.Open || d.State == making.Running {
		out.Programme = string(d.Programme)
	}
	return out
}

type developmentsIn struct {
	Limit int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
	After string `query:"after" maxLength:"200" doc:"next of the page before"`
}

type developmentsOut struct {
	Body struct {
		Items []Development `json:"items"`
		Next  string        `json:"next,omitempty"`
	}
}

func (p *Pages) apiList(ctx context.Context, actor access.Actor, in *developmentsIn) (*developmentsOut, error) {
	list, err := p.Making.List(ctx, actor, in.After, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &developmentsOut{}
	out.Body.Items, out.Body.Next = make([]Development, len(list.Items)), list.Next
	for i, d := range list.Items {
		out.Body.Items[i] = inJSON(d)
	}
	return out, nil
}

type developmentID struct {
	ID string `path:"id" doc:"The id"`
}

type developmentOut struct{ Body Development }

func (p *Pages) apiGet(ctx context.Context, actor access.Actor, in *developmentID) (*developmentOut, error) {
	of, err := making.ParseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	return p.answer(ctx, actor, of)
}

// answer is the development as it stands now.
func (p *Pages) answer(ctx context.Context, actor access.Actor, of making.ID) (*developmentOut, error) {
	d, err := p.Making.Get(ctx, actor, of)
	if err != nil {
		return nil, err
	}
	out := &developmentOut{inJSON(d.Development)}
	if d.NeedTitle != "" {
		out.Body.Need, out.Body.Pool = string(d.About.Need), string(d.About.Pool)
	}
	if d.Origin != nil {
		out.Body.CopiedFrom = string(d.Origin.ID)
	}
	for _, x := range d.Further {
		out.Body.Further = append(out.Body.Further, DevelopmentNeed{string(x.About.Need), string(x.About.Pool), x.Number})
	}
	for _, s := range d.Plan {
		out.Body.Stages = append(out.Body.Stages, DevelopmentStage{string(s.State), s.From, s.To, s.Began, s.Left})
	}
	return out, nil
}

type makeIn struct {
	ID   string `path:"id" doc:"The id of the answer"`
	Body struct {
		Title string `json:"title,omitempty" maxLength:"200" doc:"Left out: that of what is answered"`
		Level string `json:"level,omitempty" enum:"kurs,vgs,fagbrev,fagskole,hoyere" doc:"Left out: that of what is answered"`
	}
}

func (p *Pages) apiMake(ctx context.Context, actor access.Actor, in *makeIn) (*developmentOut, error) {
	answer, err := develop.ParseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	m, err := p.Making.Suggested(ctx, actor, answer)
	if err != nil {
		return nil, err
	}
	if in.Body.Title != "" {
		m.Title = in.Body.Title
	}
	if in.Body.Level != "" {
		m.Level = offer.Level(in.Body.Level)
	}
	made, err := p.Making.Make(ctx, actor, answer, m)
	if err != nil {
		return nil, err
	}
	return p.answer(ctx, actor, made)
}

type copyIn struct {
	ID   string `path:"id" doc:"The id"`
	Body struct {
		Region   string `json:"region" doc:"The id of the region"`
		Title    string `json:"title,omitempty" maxLength:"200" doc:"Left out: that of what is copied"`
		Provider string `json:"provider,omitempty" doc:"The id of an own organisation; left out: the first that may"`
	}
}

func (p *Pages) apiCopy(ctx context.Context, actor access.Actor, in *copyIn) (*developmentOut, error) {
	of, err := making.ParseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	d, err := p.Making.Get(ctx, actor, of)
	if err != nil {
		return nil, err
	}
	x := making.Copying{Title: cmp.Or(in.Body.Title, d.Title), Region: place.RegionID(in.Body.Region), Provider: access.OrgID(in.Body.Provider)}
	if may := d.CanCopy(actor); x.Provider == "" && len(may) > 0 {
		x.Provider = may[0]
	}
	made, err := p.Making.Copy(ctx, actor, of, x)
	if err != nil {
		return nil, err
	}
	return p.answer(ctx, actor, made)
}

type developmentMoveIn struct {
	ID   string `path:"id" doc:"The id"`
	Body struct {
		To        string     `json:"to" enum:"idea,feasibility,design,building,open,running,evaluated,continued,ended,stopped"`
		From      string     `json:"from,omitempty" doc:"The state that the mover saw; a move from another is Stale"`
		Note      string     `json:"note,omitempty" maxLength:"2000"`
		Started   int        `json:"started,omitempty" minimum:"0" maximum:"10000" doc:"How many have begun, where they did not apply here"`
		StartedOn clock.Date `json:"started_on,omitzero" doc:"The day the first began; today when left out"`
	}
}

func (p *Pages) apiMove(ctx context.Context, actor access.Actor, in *developmentMoveIn) (*developmentOut, error) {
	of, err := making.ParseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	b := in.Body
	if err := p.Making.Move(ctx, actor, of, making.Moving{To: flow.State(b.To), From: flow.State(b.From), Note: b.Note, Started: b.Started, StartedOn: b.StartedOn}); err != nil {
		return nil, err
	}
	return p.answer(ctx, actor, of)
}
