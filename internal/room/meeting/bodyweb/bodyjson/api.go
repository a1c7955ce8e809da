// Package bodyjson is the room's JSON about bodies, to read for everybody.
package bodyjson

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/rule"
)

// Service answers the operations.
type Service struct {
	Bodies *meeting.Service
	Clock  clock.Clock
}

// Register adds the operations.
func Register(d *gate.Door, s *Service) {
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/bodies", Rule: gate.Public(), ID: "list-bodies",
		Summary: "Fora, councils and other bodies that meet", Tags: []string{"bodies"}}, s.apiList)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/bodies/{id}", Rule: gate.Public(), ID: "get-body",
		Summary: "A body with its seats, leaders and rules", Tags: []string{"bodies"}}, s.apiGet)
}

type bodiesIn struct {
	Q     string `query:"q" maxLength:"200" doc:"Words in the name"`
	Kind  string `query:"kind" enum:"county_forum,regional_forum,council,board,chief_exec_committee,assembly,committee,steering_group,operative_group,"`
	Ended bool   `query:"ended" doc:"With those that exist no more"`
	Limit int    `query:"limit" default:"50" minimum:"1" maximum:"500"`
	After string `query:"after" maxLength:"40" doc:"next of the page before"`
}

// body is a body in JSON. Elected is left out for a body without rules.
type body struct {
	ID          string      `json:"id"`
	Kind        string      `json:"kind"`
	Name        string      `json:"name"`
	About       string      `json:"about"`
	Host        string      `json:"host" doc:"Organisation it belongs to"`
	Secretariat string      `json:"secretariat" doc:"Organisation that prepares its meetings"`
	Parent      string      `json:"parent,omitempty" doc:"Body it is part of"`
	Region      string      `json:"region,omitempty"`
	From        clock.Date  `json:"from"`
	To          *clock.Date `json:"to,omitempty"`
	Elected     *bool       `json:"elected,omitempty" doc:"Whether kommuneloven's rules for a folkevalgt organ apply"`
	Members     int         `json:"members" doc:"Organisations with seats today"`
	Seats       int         `json:"seats"`
	Votes       int         `json:"votes"`
}

type bodiesOut struct {
	Body struct {
		Items []body `json:"items"`
		Total int    `json:"total"`
		Next  string `json:"next,omitempty"`
	}
}

func (s *Service) apiList(ctx context.Context, _ access.Actor, in *bodiesIn) (*bodiesOut, error) {
	f := meeting.Filter{Text: in.Q, Ended: in.Ended}
	if in.Kind != "" {
		f.Kinds = []meeting.Kind{meeting.Kind(in.Kind)}
	}
	found, err := s.Bodies.Overviews(ctx, f)
	if err != nil {
		return nil, err
	}
	out := &bodiesOut{}
	out.Body.Items, out.Body.Total = []body{}, len(found)
	if in.After != "" {
		i := slices.IndexFunc(found, func(o meeting.Overview) bool { return string(o.ID) == in.After })
		if i < 0 {
			return nil, fault.InvalidField("after", "form.error.choice")
		}
		found = found[i+1:]
	}
	if len(found) > in.Limit {
		found = found[:in.Limit]
		out.Body.Next = string(found[in.Limit-1].ID)
	}
	for _, o := range found {
		out.Body.Items = append(out.Body.Items, asJSON(o))
	}
	return out, nil
}

func asJSON(o meeting.Overview) body {
	b := body{ID: string(o.ID), Kind: string(o.Kind), Name: o.Name, About: o.About, Host: string(o.Host), Secretariat: string(o.Secretariat),
		Parent: string(o.Parent), Region: string(o.Region), From: o.From, To: orNone(o.To), Members: o.Members, Seats: o.Seats, Votes: o.Votes}
	if o.Rules != nil {
		b.Elected = &o.Rules.Elected
	}
	return b
}

func orNone(d clock.Date) *clock.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

type bodyIn struct {
	ID string `path:"id"`
}

// seat is a seat of today in JSON. The office that holds it is a title, never a
// person's name.
type seat struct {
	ID           string   `json:"id"`
	Organisation string   `json:"organisation"`
	Name         string   `json:"organisation_name"`
	Kind         string   `json:"kind" doc:"mayor, opposition_rep, chief_exec, member, observer or secretary"`
	Side         string   `json:"side,omitempty" doc:"What a forum's member comes with: demander, provider, authority or partner"`
	Vote         bool     `json:"vote"`
	Speak        bool     `json:"speak"`
	Holder       string   `json:"holder,omitempty" doc:"The office that holds it today"`
	Deputies     []string `json:"deputies,omitempty"`
}

type term struct {
	Task string     `json:"task" enum:"leader,deputy_leader"`
	Seat string     `json:"seat"`
	From clock.Date `json:"from"`
	To   clock.Date `json:"to"`
}

type ruleVersion struct {
	ID        string     `json:"id"`
	Number    int        `json:"number"`
	Title     string     `json:"title"`
	ValidFrom clock.Date `json:"valid_from"`
	AdoptedBy string     `json:"adopted_by"`
	Rules     rule.Set   `json:"rules"`
}

type bodyOut struct {
	Body struct {
		body
		SeatList []seat        `json:"seat_list"`
		Leaders  []term        `json:"leaders"`
		Versions []ruleVersion `json:"rule_versions"`
	}
}

func (s *Service) apiGet(ctx context.Context, _ access.Actor, in *bodyIn) (*bodyOut, error) {
	id, err := meeting.ParseBodyID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	d, err := s.Bodies.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	today := s.Clock.Today()
	rules, ruled := d.RulesOn(today)
	o := meeting.Overview{Body: d.Body, Members: len(d.PartiesOn(today))}
	o.Seats, o.Votes = d.Tally(today)
	if ruled {
		o.Rules = &rules.Rules
	}
	out := &bodyOut{}
	out.Body.body, out.Body.SeatList, out.Body.Leaders, out.Body.Versions = asJSON(o), []seat{}, []term{}, []ruleVersion{}
	for _, s := range d.SeatsOn(today) {
		known, _ := rules.Rules.Seat(s.Kind)
		x := seat{ID: string(s.ID), Organisation: string(s.Org), Name: s.OrgName, Kind: string(s.Kind), Side: string(s.Side), Vote: known.Vote, Speak: known.Speak}
		if h, ok := s.MemberOn(today); ok {
			x.Holder = h.Title
		}
		for _, h := range s.DeputiesOn(today) {
			x.Deputies = append(x.Deputies, h.Title)
		}
		out.Body.SeatList = append(out.Body.SeatList, x)
	}
	for _, task := range meeting.Tasks() {
		if s, e, ok := d.LeaderOn(task, today); ok {
			out.Body.Leaders = append(out.Body.Leaders, term{Task: string(task), Seat: string(s.ID), From: e.From, To: e.To})
		}
	}
	for _, v := range d.Rules {
		out.Body.Versions = append(out.Body.Versions, ruleVersion{ID: string(v.ID), Number: v.Nr, Title: v.Title, ValidFrom: v.ValidFrom, AdoptedBy: v.AdoptedBy, Rules: v.Rules})
	}
	return out, nil
}
