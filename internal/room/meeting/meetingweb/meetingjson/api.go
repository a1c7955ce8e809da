// Package meetingjson is the room's JSON about meetings: the agenda as it was sent, to
// read for everybody, and what a seat says in a case.
package meetingjson

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/floor"
)

// Service answers the operations.
type Service struct {
	Meetings *session.Service
	Floor    *floor.Service
	Bodies   *meeting.Service
	Texts    *i18n.Bundle
}

// Register adds the operations.
func Register(d *gate.Door, s *Service) {
	tags := []string{"meeting"}
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/bodies/{id}/meetings", Rule: gate.Public(), ID: "list-meetings", Summary: "The meetings of a body, by day", Tags: tags}, s.apiList)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/meetings/{id}", Rule: gate.Public(), ID: "get-meeting", Summary: "A meeting with its agenda as sent; closed items by neutral title and ground", Tags: tags}, s.apiGet)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/cases/{id}/positions", Rule: gate.SignedIn(), ID: "take-position", Summary: "Say what a seat means in a case", Tags: tags}, s.apiTake)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/cases/{id}/outcome", Rule: gate.Public(), ID: "get-outcome", Summary: "How a case ended, or stands, and why", Tags: tags}, s.apiOutcome)
}

type apiMeetingID struct {
	ID string `path:"id" doc:"The id"`
}

// apiMeetingsIn is a page of the meetings of a body.
type apiMeetingsIn struct {
	ID    string `path:"id" doc:"The id"`
	Limit int    `query:"limit" default:"50" minimum:"1" maximum:"500"`
	After string `query:"after" maxLength:"40" doc:"next of the page before"`
}

type apiMeeting struct {
	ID     string           `json:"id"`
	Body   string           `json:"body"`
	Name   string           `json:"body_name"`
	Date   clock.Date       `json:"date"`
	From   string           `json:"from"`
	To     string           `json:"to"`
	Place  string           `json:"place"`
	Remote bool             `json:"remote"`
	State  string           `json:"state"`
	Agenda []apiMeetingItem `json:"agenda,omitempty"`
}

type apiMeetingItem struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Kind   string `json:"kind"`
	Title  string `json:"title,omitempty" doc:"Empty where the kind says what it is"`
	Closed bool   `json:"closed" doc:"Closed doors are proposed"`
	Ground string `json:"ground,omitempty"`
	Case   string `json:"case,omitempty"`
}

type apiMeetingsOut struct {
	Body struct {
		Items []apiMeeting `json:"items"`
		Total int          `json:"total"`
		Next  string       `json:"next,omitempty"`
	}
}

func meetingJSON(m session.Meeting) apiMeeting {
	return apiMeeting{ID: string(m.ID), Body: string(m.Body), Name: m.BodyName, Date: m.Day, From: m.From, To: m.To, Place: m.Place, Remote: m.Remote, State: string(m.State)}
}

func (s *Service) apiList(ctx context.Context, actor access.Actor, in *apiMeetingsIn) (*apiMeetingsOut, error) {
	b, err := meeting.ParseBodyID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	if _, err := s.Bodies.Get(ctx, b); err != nil {
		return nil, err
	}
	list, err := s.Meetings.List(ctx, actor, session.Filter{Body: b})
	if err != nil {
		return nil, err
	}
	out := &apiMeetingsOut{}
	out.Body.Items, out.Body.Total = make([]apiMeeting, 0, len(list)), len(list)
	if in.After != "" {
		i := slices.IndexFunc(list, func(e session.Entry) bool { return string(e.ID) == in.After })
		if i < 0 {
			return nil, fault.InvalidField("after", "form.error.choice")
		}
		list = list[i+1:]
	}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		out.Body.Next = string(list[in.Limit-1].ID)
	}
	for _, e := range list {
		out.Body.Items = append(out.Body.Items, meetingJSON(e.Meeting))
	}
	return out, nil
}

type apiMeetingOut struct{ Body apiMeeting }

func (s *Service) apiGet(ctx context.Context, actor access.Actor, in *apiMeetingID) (*apiMeetingOut, error) {
	m, err := meeting.ParseMeetingID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	d, err := s.Meetings.Get(ctx, actor, m)
	if err != nil {
		return nil, err
	}
	out := &apiMeetingOut{meetingJSON(d.Meeting)}
	if len(d.Editions) > 0 {
		for _, i := range d.Editions[0].Items {
			out.Body.Agenda = append(out.Body.Agenda, apiMeetingItem{ID: string(i.ID), Number: i.Number, Kind: string(i.Kind), Title: i.Title, Closed: i.Ground != "", Ground: i.Ground, Case: string(i.Case)})
		}
	}
	return out, nil
}

type apiPositionIn struct {
	ID string `path:"id" doc:"The case's id"`
	OutcomeLanguage
	Body struct {
		Seat     string `json:"seat"`
		Position string `json:"position" enum:"for,for_remark,reservation,against,recused"`
		Reason   string `json:"reason,omitempty"`
	}
}

// OutcomeLanguage is the language that the outcome is explained in.
type OutcomeLanguage struct {
	Lang   string `query:"lang" doc:"nb, nn or en; Accept-Language decides when left out"`
	Accept string `header:"Accept-Language"`
}

type apiOutcomeIn struct {
	ID string `path:"id" doc:"The case's id"`
	OutcomeLanguage
}

type apiOutcomeOut struct{ Body outcome.View }

func (s *Service) apiTake(ctx context.Context, actor access.Actor, in *apiPositionIn) (*apiOutcomeOut, error) {
	c, err := meeting.ParseCaseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	i, _, err := s.Floor.OfCase(ctx, actor, c)
	if err != nil {
		return nil, err
	}
	seat, err := meeting.ParseSeatID(in.Body.Seat)
	if err != nil {
		return nil, fault.InvalidField("seat", "form.error.choice")
	}
	if _, err := s.Floor.TakePosition(ctx, actor, i, floor.Taking{Seat: seat, Position: rule.Position(in.Body.Position), Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	return s.apiOutcome(ctx, actor, &apiOutcomeIn{in.ID, in.OutcomeLanguage})
}

func (s *Service) apiOutcome(ctx context.Context, actor access.Actor, in *apiOutcomeIn) (*apiOutcomeOut, error) {
	c, err := meeting.ParseCaseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	_, out, err := s.Floor.OfCase(ctx, actor, c)
	if err != nil {
		return nil, err
	}
	if _, ok := i18n.ParseLang(in.Lang); !ok {
		in.Lang = ""
	}
	return &apiOutcomeOut{out.View(s.Texts.Printer(i18n.Negotiate(in.Lang, in.Accept)))}, nil
}
