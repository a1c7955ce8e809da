package site

import (
	"context"
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow/flowweb"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/follow/followweb"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/centre"
	"kompetansetorg/internal/room/centre/booking"
	"kompetansetorg/internal/room/centre/centreweb"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/supplyweb"
)

// newCentres makes the room of study centres, which knows programmes as far as the reader may,
// levels and places as those of needs, and who has begun by an application here.
func newCentres(d *db.DB, cfg Config, s *Services) (*centre.Service, *booking.Service) {
	c := centre.New(centre.Deps{DB: d, Clock: cfg.Clock, Knows: centre.Knows{
		Programme: func(ctx context.Context, tx *db.Tx, actor access.Actor, programme string) (i18n.Text, access.OrgID, error) {
			p, err := s.pathOf(ctx, tx, actor, programme)
			return p.Title, p.Provider, err
		},
		Report: s.reportWish, Began: beganOn,
		Members: func(municipality string) []string { return s.around(cfg, municipality) },
		Level:   func(code string) bool { return slices.Contains(need.Levels(), need.Level(code)) },
		Municipality: func(number string) bool {
			_, err := s.Places.Municipality(place.Number(number))
			return err == nil
		},
	}})
	return c, booking.New(booking.Deps{DB: d, Clock: cfg.Clock, Centres: c})
}

// reportWish registers the need that a wish becomes, understood as if it had been written in
// the form.
func (s *Services) reportWish(ctx context.Context, tx *db.Tx, actor access.Actor, in centre.Reporting) (centre.NeedID, error) {
	words := in.Title + "\n\n" + in.Words
	n, err := s.Needs.SubmitIn(ctx, tx, actor, "", 0, need.Content{Text: words, Title: in.Title, Organisation: in.Org, Municipality: in.Municipality, Level: need.Level(in.Level),
		Headcount: in.People, Concepts: s.Match.Understand(words), Lang: i18n.NB, Source: need.FromSurvey})
	return centre.NeedID(n.ID), err
}

// beganOn are those who have begun on the programmes by an application here.
func beganOn(ctx context.Context, tx *db.Tx, programmes []string) ([]centre.Began, error) {
	list, err := admission.Participants(ctx, tx, programmes)
	out := make([]centre.Began, len(list))
	for i, x := range list {
		out[i] = centre.Began{Programme: x.Programme, Municipality: x.Municipality, Employer: x.Employer, Year: x.StartedOn.Year(), Completed: x.Completed}
	}
	return out, err
}

// around are the municipalities of the regions that a municipality lies in, itself among them.
func (s *Services) around(cfg Config, municipality string) []string {
	today, out := cfg.Clock.Today(), []string{municipality}
	regions, err := s.Places.RegionsOf(place.Number(municipality), today)
	if err != nil {
		return out
	}
	for _, r := range regions {
		if members, err := s.Places.MembersAt(r.ID, today); err == nil {
			out = append(out, text.Strings(place.Numbers(members))...)
		}
	}
	return out
}

// registerCentres adds its pages.
func (s *Site) registerCentres() *centreweb.Pages {
	return centreweb.Register(s.door, centreweb.Deps{Centres: s.Centres, Bookings: s.Bookings, Orgs: s.Orgs, Places: s.Places, Clock: s.cfg.Clock, PublicURL: s.cfg.PublicURL,
		Levels: text.Strings(need.Levels()), LevelLabel: func(code string) i18n.Key { return need.Level(code).Label() }})
}

// besideCentres leads from an offering to the centres where it can be taken.
func besideCentres(centres *centreweb.Pages) func(*http.Request, access.Actor, *supply.Item) (supplyweb.Beside, error) {
	return func(r *http.Request, _ access.Actor, i *supply.Item) (supplyweb.Beside, error) {
		links, err := centres.OnProgramme(r, string(i.Offering.Programme))
		return supplyweb.Beside{Links: links}, err
	}
}

// centreObjects are the kinds of things that study centres, wishes and bookings are.
func centreObjects(s *Services) []object.Kind {
	return []object.Kind{centre.Object(s.Centres), centre.WishObject(s.Centres), booking.Object(s.Bookings)}
}

// centresFollowed are those that can be followed, and that the people of a centre are told of.
func centresFollowed() []follow.Kind {
	return []follow.Kind{{Name: centre.WishKind, Concerns: centre.WishConcerns, People: centre.WishPeople}, {Name: booking.FlowKind, Concerns: booking.Concerns, People: booking.People}}
}

// centresTold has the words of what happens with them.
func centresTold() map[string]followweb.Tell {
	return map[string]followweb.Tell{centre.WishKind: centreweb.WishNotice, booking.FlowKind: centreweb.BookingNotice}
}

// centreTasks are the kinds of them that somebody can have the ball of.
func (s *Site) centreTasks() []flowweb.Kind {
	return []flowweb.Kind{{Definition: centre.WishFlow(), Label: "task.kind.centre_wish", Path: "/studieonsker/", Sees: s.Centres.SeenWishes},
		{Definition: booking.Flow(), Label: "task.kind.centre_booking", Path: "/rombestillinger/", Sees: s.Bookings.Seen}}
}
