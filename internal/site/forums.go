package site

import (
	"context"
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/hall/standing"
	"kompetansetorg/internal/hall/standing/standingweb"
	"kompetansetorg/internal/hall/wheel"
	"kompetansetorg/internal/hall/wheel/wheelweb"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/forum/assess"
	"kompetansetorg/internal/room/forum/input"
	"kompetansetorg/internal/room/forum/partner"
	"kompetansetorg/internal/room/forum/regionpage"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/session/minutes"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/wording"
)

// forumBodies tells the room of forums what the room of meetings knows.
type forumBodies struct {
	bodies *meeting.Service
	clock  clock.Clock
}

// Body is the body with its members of today.
func (f forumBodies) Body(ctx context.Context, tx *db.Tx, b forum.BodyID) (forum.Body, error) {
	today := f.clock.Today()
	found, err := meeting.Get(ctx, tx, meeting.BodyID(b), today)
	if err != nil {
		return forum.Body{}, err
	}
	seats, err := meeting.SeatsOf(ctx, tx, found.ID, today)
	out := forum.Body{ID: b, Name: found.Name, IsCounty: found.Kind == meeting.CountyForum, IsRegional: found.Kind == meeting.RegionalForum, Region: found.Region,
		Secretariat: found.Secretariat}
	for _, s := range seats {
		if isMember(s.Kind) && s.HoldsOn(today) && !out.Has(s.Org) {
			out.Members = append(out.Members, forum.Member{Org: s.Org, Name: s.OrgName, Side: string(s.Side)})
		}
	}
	return out, err
}

// Part is what the actor is in the body today.
func (f forumBodies) Part(ctx context.Context, tx *db.Tx, actor access.Actor, b forum.BodyID) (forum.Part, error) {
	rights, err := f.bodies.RightsOf(ctx, tx, actor, meeting.BodyID(b))
	out := forum.Part{Secretary: rights.Secretary}
	for _, s := range rights.Seats {
		if isMember(s.Kind) && !slices.Contains(out.Orgs, s.Org) {
			out.Orgs = append(out.Orgs, s.Org)
		}
	}
	return out, err
}

func isMember(k meeting.SeatKind) bool { return k != rule.Observer && k != rule.Secretary }

// newForums makes the room of forums, the annual wheel and the standing item of needs,
// which comes on every agenda.
func newForums(d *db.DB, cfg Config, texts *i18n.Bundle, s *Services) {
	s.Forums = forum.New(forum.Deps{DB: d, Clock: cfg.Clock, Places: s.Places, Bodies: forumBodies{s.Bodies, cfg.Clock}})
	s.Partners = partner.New(s.Forums, func(code string) bool { return slices.Contains(need.Fields(), need.Field(code)) })
	s.Assess, s.Inputs, s.Told = assess.New(s.Forums), input.New(s.Forums), &regionpage.Service{Forums: s.Forums}
	s.Wheel = wheel.New(wheel.Deps{DB: d, Clock: cfg.Clock, Forums: s.Forums, Inputs: s.Inputs})
	s.Standing = newStanding(d, cfg, texts, s)
	s.Agenda.Standing = append(s.Agenda.Standing, s.Standing)
}

// newStanding makes the standing item of needs; agendas are written in bokmål, as the
// papers they end in.
func newStanding(d *db.DB, cfg Config, texts *i18n.Bundle, s *Services) *standing.Service {
	words := standingweb.Writer{Printer: texts.Printer(i18n.NB), Place: func(number string) string { return wording.Place(s.Places, number) }}
	return standing.New(standing.Deps{DB: d, Clock: cfg.Clock, Needs: s.Needs, Meetings: s.Meetings, Forums: s.Forums, Say: func(list []standing.Need, more bool) agenda.StandingItem {
		title, said := words.Say(list, more)
		return agenda.StandingItem{Title: title, Words: said}
	}, Told: func(n standing.Need) minutes.Line {
		mark, line := words.Told(n)
		return minutes.Line{Mark: mark, Text: line}
	}})
}

// besideMeeting is what a meeting's page leads to: the needs on its standing item.
func (s *Site) besideMeeting(ctx context.Context, t i18n.Printer, d session.Detail) ([]ui.Action, error) {
	body, err := s.Bodies.Get(ctx, d.Body)
	return standingweb.Beside(t, d, body.Kind), err
}

// wheelsOf are the annual wheels of a county's forum, for its page.
func (s *Site) wheelsOf(r *http.Request, b meeting.BodyID) ([]ui.Link, error) {
	return wheelweb.Links(r.Context(), s.Wheel, s.door.Printer(r), forum.BodyID(b))
}
