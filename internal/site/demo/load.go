package demo

import (
	"context"
	"fmt"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/wheel"
	"kompetansetorg/internal/hall/wheel/figure"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/forum/assess"
	"kompetansetorg/internal/room/forum/input"
	"kompetansetorg/internal/room/forum/partner"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/writing"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/outreach/round"
	"kompetansetorg/internal/room/supply"
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
	Wheel    *wheel.Service
	// Figures makes the open figures.
	Figures func(context.Context) error
}

type loader struct {
	Into
	actor access.Actor
	orgs  map[string]access.OrgID
	roles map[string]access.Actor
	// mandated are the pairs of organisation and adviser with a mandate.
	mandated map[string]bool
	bodies   map[string]meeting.BodyID
	cases    map[string]casework.ID
	// care is the pooled need that a case is about.
	care       pool.ID
	careNumber string
	// figures are those of the demo that inputs of the wheel cite, the largest first.
	figures []figure.ID
}

// Load fills an empty database. Dates count from today.
func Load(ctx context.Context, into Into) error {
	l := &loader{Into: into, actor: access.SystemActor("demo"), orgs: map[string]access.OrgID{}, roles: map[string]access.Actor{}, mandated: map[string]bool{}}
	for _, step := range []func(context.Context) error{l.loadOrganisations, l.loadPeople, l.loadBodies, l.loadProgrammes, l.loadNeeds, l.loadRounds, l.loadForms, l.loadCases, l.loadCouncil, l.loadForums, l.loadMeetings, l.loadWheel} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) loadPeople(ctx context.Context) error {
	from := l.Clock.Today().AddDays(-400)
	for i, p := range people() {
		in := account.NewAccount{Username: "demo-" + p.role + "-" + strconv.Itoa(i+1), Name: p.title, DemoRole: p.role}
		for _, role := range p.as {
			in.Roles = append(in.Roles, access.Assignment{Role: role, Org: l.orgs[p.at], Scope: p.scope, From: from})
		}
		a, err := l.Accounts.CreateDemo(ctx, l.actor, in)
		if err != nil {
			return fmt.Errorf("demo: role %s: %w", p.role, err)
		}
		actor, err := l.Accounts.ActorOf(ctx, a)
		if err != nil {
			return fmt.Errorf("demo: role %s: %w", p.role, err)
		}
		if _, taken := l.roles[p.role]; !taken {
			l.roles[p.role] = actor
		}
		l.roles[p.role+"@"+p.at] = actor
	}
	return nil
}

// loadForms has the county at work on the next version of the company survey.
func (l *loader) loadForms(ctx context.Context) error {
	all, err := l.Forms.List(ctx, l.actor)
	if err != nil {
		return fmt.Errorf("demo: forms: %w", err)
	}
	for _, f := range all {
		if f.Code == forms.CompanySurvey && !f.HasDraft {
			if err := l.Forms.NewVersion(ctx, l.roles["county"], f.ID, f.Version); err != nil {
				return fmt.Errorf("demo: forms: %w", err)
			}
		}
	}
	return nil
}
