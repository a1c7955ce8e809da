// Package stage is what the parts of the demo share: the services that the sample data
// is put in through, and the organisations and roles that it is about.
package stage

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/hall/develop/guide"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/hall/pledge"
	"kompetansetorg/internal/hall/wheel"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/centre"
	"kompetansetorg/internal/room/centre/booking"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/forum/assess"
	"kompetansetorg/internal/room/forum/input"
	"kompetansetorg/internal/room/forum/partner"
	"kompetansetorg/internal/room/forum/regionpage"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/writing"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/outreach/round"
	"kompetansetorg/internal/room/position"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/entry"
	"kompetansetorg/internal/room/project/final"
	"kompetansetorg/internal/room/project/report"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/support/measure"
)

// Into are the services that the sample data is put in through: the same use
// cases as people's, so nothing gets in that a person could not write.
type Into struct {
	DB       *db.DB
	Clock    clock.Clock
	Orgs     *org.Service
	Accounts *account.Service
	Places   *place.Register
	Vocab    *vocab.Index
	Supply   *supply.Service
	Forms    *forms.Service
	Rounds   *round.Service
	Bodies   *meeting.Service
	Cases    *casework.Service
	Writing  *writing.Service
	Meetings *session.Service
	Council  council.Deps
	Agenda   *agenda.Service
	Forums   *forum.Service
	// Partners, Assess and Inputs are the other parts of the room of forums.
	Partners *partner.Service
	Assess   *assess.Service
	Inputs   *input.Service
	// Told is what regions tell of their work.
	Told  *regionpage.Service
	Wheel *wheel.Service
	// Positions are jobs with education.
	Positions *position.Service
	Pledges   *pledge.Service
	Projects  *project.Service
	Entries   *entry.Service
	Final     *final.Service
	Reports   *report.Service
	Admission *admission.Service
	Develop   *develop.Service
	Making    *making.Service
	Guides    *guide.Service
	Centres   *centre.Service
	Measures  *measure.Service
	Bookings  *booking.Service
	// Figures makes the open figures.
	Figures func(context.Context) error
}

// Stage is a demo that is being made. Org and Role name its organisations and roles for
// the parts that come after; a role at an organisation is "role@organisation", and the
// first of each role goes by the role alone.
type Stage struct {
	Into
	// System is who puts in what nobody in the demo would have done.
	System access.Actor
	Org    map[string]access.OrgID
	Role   map[string]access.Actor
	// Need are the needs of the demo by their keys.
	Need map[string]need.ID
	// Care is the pooled need of health that a case is about, Wood that of wood and crafts.
	Care, Wood pool.Pool
}

// Secretary is the role of the secretary of the region in the demo.
const Secretary = "secretary"

// New is an empty stage.
func New(into Into) *Stage {
	return &Stage{Into: into, System: access.SystemActor("demo"), Org: map[string]access.OrgID{}, Role: map[string]access.Actor{}, Need: map[string]need.ID{}}
}

// Person is a role in the demo: no name, only what the role is and where.
type Person struct {
	Role, Title string
	// At is the key of the organisation, empty for one who has none.
	At    string
	As    []access.Role
	Scope access.Scope
}

// firstDays is how long the roles of the demo have been held.
const firstDays = 400

// Enter makes accounts for the persons.
func (s *Stage) Enter(ctx context.Context, all []Person) error {
	from := s.Clock.Today().AddDays(-firstDays)
	for i, p := range all {
		in := account.NewAccount{Username: "demo-" + p.Role + "-" + strconv.Itoa(i+1), Name: p.Title, DemoRole: p.Role}
		for _, role := range p.As {
			in.Roles = append(in.Roles, access.Assignment{Role: role, Org: s.Org[p.At], Scope: p.Scope, From: from})
		}
		a, err := s.Accounts.CreateDemo(ctx, s.System, in)
		if err != nil {
			return fmt.Errorf("demo: role %s: %w", p.Role, err)
		}
		actor, err := s.Accounts.ActorOf(ctx, a)
		if err != nil {
			return fmt.Errorf("demo: role %s: %w", p.Role, err)
		}
		if _, taken := s.Role[p.Role]; !taken {
			s.Role[p.Role] = actor
		}
		s.Role[p.Role+"@"+p.At] = actor
	}
	return nil
}

// Day is the day that is written year-month-day. It panics on anything else: the days
// of the demo stand in its code.
func Day(s string) clock.Date {
	d, err := clock.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Back is a clock that the demo turns back, so that things have happened.
type Back struct {
	base clock.Clock
	back time.Duration
}

// Turned is a clock that is not turned back yet.
func Turned(base clock.Clock) *Back { return &Back{base: base} }

// Now is the moment so long ago as the clock is set.
func (b *Back) Now() time.Time { return b.base().Add(-b.back) }

// Set turns the clock some days back from now.
func (b *Back) Set(daysAgo int) { b.back = time.Duration(daysAgo) * 24 * time.Hour }
