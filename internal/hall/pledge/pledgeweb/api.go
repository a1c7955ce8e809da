package pledgeweb

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/hall/pledge"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
)

func registerAPI(d *gate.Door, p *Pages) {
	tags := []string{"pledge"}
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/pools/{id}/pledges", Rule: gate.Public(), ID: "list-pledges", Summary: "The seats pledged for a pooled need, as far as the reader may know", Tags: tags}, p.apiList)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/pools/{id}/pledges", Rule: gate.SignedIn(), ID: "create-pledge", Summary: "Pledge seats for an organisation, or for oneself", Tags: tags, Status: 201}, p.apiPledge)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/offerings/{id}/pledges", Rule: gate.Public(), ID: "list-offering-pledges", Summary: "The seats pledged for an offering, as far as the reader may know", Tags: tags}, p.apiListOffering)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/offerings/{id}/pledges", Rule: gate.SignedIn(), ID: "create-offering-pledge", Summary: "Pledge seats in an offering for an organisation, or for oneself", Tags: tags, Status: 201}, p.apiPledgeOffering)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/pledges/{id}/moves", Rule: gate.SignedIn(), ID: "move-pledge", Summary: "Take a pledge back", Tags: tags}, p.apiMove)
}

// PledgeRound is where the gathering of seats stands. state and missing are null for a
// reader who may not know.
type PledgeRound struct {
	State   *string `json:"state" enum:"collecting,enough,started,lapsed"`
	Min     int     `json:"min" doc:"How many are needed to start; 0 when nobody has said"`
	Missing *int    `json:"missing" doc:"How many more are needed"`
}

// Pledge is seats that an organisation, or a person for herself, says it will take.
type Pledge struct {
	ID           string      `json:"id"`
	Kind         string      `json:"kind" enum:"wish,intention,binding"`
	Seats        int         `json:"seats"`
	Organisation string      `json:"organisation,omitempty" doc:"Left out for a person"`
	ValidTo      clock.Date  `json:"valid_to,omitzero"`
	Version      int64       `json:"version"`
	Round        PledgeRound `json:"round"`
}

func roundJSON(d pledge.Detail) PledgeRound {
	out := PledgeRound{Min: d.Least}
	if d.Round != nil && d.Involved() {
		state := string(d.Round.State)
		out.State = &state
	}
	if n, known := d.Missing(); known {
		out.Missing = &n
	}
	return out
}

func pledgeJSON(x pledge.Pledge, d pledge.Detail) Pledge {
	return Pledge{ID: string(x.ID), Kind: string(x.Sort), Seats: x.Seats, Organisation: string(x.Org), ValidTo: x.ValidTo, Version: x.Version, Round: roundJSON(d)}
}

type pledgePoolIn struct {
	ID string `path:"id" doc:"The id of the pooled need, or of the offering"`
}

type pledgesOut struct {
	Body struct {
		Items []Pledge    `json:"items" doc:"All of them for who works with the pooled need, else the reader's own"`
		Total int         `json:"total"`
		Round PledgeRound `json:"round"`
	}
}

func (p *Pages) apiList(ctx context.Context, actor access.Actor, in *pledgePoolIn) (*pledgesOut, error) {
	return p.list(ctx, actor, pledge.Ref{Kind: pledge.ForPool, ID: in.ID})
}

func (p *Pages) apiListOffering(ctx context.Context, actor access.Actor, in *pledgePoolIn) (*pledgesOut, error) {
	return p.list(ctx, actor, pledge.Ref{Kind: pledge.ForOffering, ID: in.ID})
}

func (p *Pages) list(ctx context.Context, actor access.Actor, of pledge.Ref) (*pledgesOut, error) {
	d, err := p.Pledges.Get(ctx, actor, of)
	if err != nil {
		return nil, err
	}
	list := d.Mine
	if d.Partner {
		list = d.All
	}
	out := &pledgesOut{}
	out.Body.Items, out.Body.Total, out.Body.Round = []Pledge{}, len(list), roundJSON(d)
	for _, x := range list {
		out.Body.Items = append(out.Body.Items, pledgeJSON(x, d))
	}
	return out, nil
}

type pledgeIn struct {
	ID   string `path:"id" doc:"The id of the pooled need, or of the offering"`
	Body struct {
		Kind         string     `json:"kind" enum:"wish,intention,binding"`
		Seats        int        `json:"seats" minimum:"1" maximum:"500"`
		Organisation string     `json:"organisation,omitempty" doc:"Left out by a person who pledges for herself"`
		ValidTo      clock.Date `json:"valid_to,omitzero" doc:"The last day it holds"`
	}
}

type pledgeOut struct{ Body Pledge }

func (p *Pages) apiPledge(ctx context.Context, actor access.Actor, in *pledgeIn) (*pledgeOut, error) {
	return p.pledge(ctx, actor, pledge.Ref{Kind: pledge.ForPool, ID: in.ID}, in)
}

func (p *Pages) apiPledgeOffering(ctx context.Context, actor access.Actor, in *pledgeIn) (*pledgeOut, error) {
	return p.pledge(ctx, actor, pledge.Ref{Kind: pledge.ForOffering, ID: in.ID}, in)
}

func (p *Pages) pledge(ctx context.Context, actor access.Actor, of pledge.Ref, in *pledgeIn) (*pledgeOut, error) {
	b := in.Body
	made, err := p.Pledges.Pledge(ctx, actor, of, pledge.Pledging{Org: access.OrgID(b.Organisation), Sort: pledge.Sort(b.Kind), Seats: b.Seats, ValidTo: b.ValidTo})
	if err != nil {
		return nil, err
	}
	return p.answer(ctx, actor, of, made)
}

// answer is the pledge as it stands now.
func (p *Pages) answer(ctx context.Context, actor access.Actor, of pledge.Ref, id pledge.ID) (*pledgeOut, error) {
	d, err := p.Pledges.Get(ctx, actor, of)
	if err != nil {
		return nil, err
	}
	for _, x := range d.Mine {
		if x.ID == id {
			return &pledgeOut{pledgeJSON(x, d)}, nil
		}
	}
	return nil, fault.Missing()
}

type pledgeMoveIn struct {
	ID   string `path:"id" doc:"The id of the pledge"`
	Body struct {
		To string `json:"to" enum:"withdrawn"`
	}
}

type pledgeMoveOut struct {
	Body struct {
		ID    string      `json:"id"`
		State string      `json:"state" enum:"withdrawn"`
		Round PledgeRound `json:"round"`
	}
}

func (p *Pages) apiMove(ctx context.Context, actor access.Actor, in *pledgeMoveIn) (*pledgeMoveOut, error) {
	id, err := pledge.ParseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	x, err := p.Pledges.Own(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if err := p.Pledges.Withdraw(ctx, actor, id); err != nil {
		return nil, err
	}
	d, err := p.Pledges.Get(ctx, actor, x.Of)
	out := &pledgeMoveOut{}
	out.Body.ID, out.Body.State, out.Body.Round = in.ID, in.Body.To, roundJSON(d)
	return out, err
}
