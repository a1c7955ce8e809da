package developweb

import (
	"context"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/support"
)

// answerIn is what a provider answers.
type answerIn struct {
	ID   string `path:"id"`
	Body struct {
		Kind      string  `json:"kind,omitempty" doc:"place, adapt, existing, measure, new or impossible. Mandatory."`
		From      string  `json:"from,omitempty" doc:"The state the caller saw; 409 when it is another by now"`
		Unit      string  `json:"unit,omitempty" doc:"Who does the work: a department or a school, never a person"`
		Programme string  `json:"programme,omitempty" doc:"Id of the programme that is adapted, or that answers as it is"`
		Offering  string  `json:"offering,omitempty" doc:"Id of the offering that they are fitted into"`
		Card      string  `json:"card,omitempty" doc:"Id of the measure or support scheme"`
		Seats     int     `json:"seats,omitempty"`
		Arrange   string  `json:"arrange,omitempty" doc:"What must be arranged for, a line each"`
		Deadline  string  `json:"deadline,omitempty" doc:"The day it is arranged, or more is said: 2027-08-01"`
		Earliest  string  `json:"earliest,omitempty" doc:"The earliest start, 2027-08-01"`
		Cost      float64 `json:"cost,omitempty" doc:"Kroner"`
		Hours     int     `json:"hours,omitempty"`
		Equipment string  `json:"equipment,omitempty"`
		Unknown   bool    `json:"unknown,omitempty" doc:"Nobody knows yet what the work takes"`
		Words     string  `json:"words,omitempty" doc:"To those who need it; the reason when it cannot be done"`
	}
}

// answerJSON is an answer as the caller may know it.
type answerJSON struct {
	ID           string      `json:"id"`
	Nr           int         `json:"nr"`
	Provider     string      `json:"provider"`
	ProviderName string      `json:"provider_name"`
	Kind         string      `json:"kind"`
	Unit         string      `json:"unit,omitempty"`
	Programme    string      `json:"programme,omitempty"`
	Offering     string      `json:"offering,omitempty"`
	Card         string      `json:"card,omitempty"`
	Seats        int         `json:"seats,omitempty"`
	Arrange      string      `json:"arrange,omitempty"`
	Deadline     *clock.Date `json:"deadline,omitempty"`
	Earliest     *clock.Date `json:"earliest,omitempty"`
	Cost         float64     `json:"cost,omitempty"`
	Hours        int         `json:"hours,omitempty"`
	Equipment    string      `json:"equipment,omitempty"`
	Words        string      `json:"words,omitempty"`
	AnsweredAt   clock.Time  `json:"answered_at"`
	Late         bool        `json:"late"`
	Current      bool        `json:"current" doc:"False when the provider has given a newer answer"`
}

type answersIn struct {
	ID string `path:"id"`
}

type answersOut struct {
	Body struct {
		Items       []answerJSON `json:"items"`
		Total       int          `json:"total"`
		DaysToFirst *int         `json:"days_to_first_answer,omitempty"`
		DaysToOffer *int         `json:"days_to_offer,omitempty"`
	}
}

func (p *Pages) registerAPI() {
	providers, tags := gate.Roles(access.RoleProviderUser), []string{"answers"}
	for _, x := range []struct {
		path, name, what string
		about            func(string) (develop.About, error)
	}{{"/api/v1/needs/{id}/answers", "need", "a need", aboutNeed}, {"/api/v1/pools/{id}/answers", "pool", "a pooled need", aboutPool}} {
		gate.Register(p.door, gate.Op{Method: "POST", Path: x.path, Rule: providers, ID: "answer-" + x.name, Summary: "Answer " + x.what + " as a provider", Tags: tags, Status: http.StatusCreated},
			func(ctx context.Context, actor access.Actor, in *answerIn) (*answersOut, error) {
				return p.apiAnswer(ctx, actor, x.about, in)
			})
		gate.Register(p.door, gate.Op{Method: "GET", Path: x.path, Rule: gate.Public(), ID: "list-" + x.name + "-answers", Summary: "What providers have answered " + x.what + ", the newest first", Tags: tags},
			func(ctx context.Context, actor access.Actor, in *answersIn) (*answersOut, error) {
				about, err := x.about(in.ID)
				if err != nil {
					return nil, err
				}
				return p.apiAnswers(ctx, actor, about)
			})
	}
}

func (p *Pages) apiAnswer(ctx context.Context, actor access.Actor, about func(string) (develop.About, error), in *answerIn) (*answersOut, error) {
	what, err := about(in.ID)
	if err != nil {
		return nil, err
	}
	b := in.Body
	read := form.Read(map[string][]string{"deadline": {b.Deadline}, "earliest": {b.Earliest}})
	a := develop.Answering{Kind: develop.Kind(b.Kind), From: flow.State(b.From), Unit: b.Unit, Programme: offer.ProgrammeID(b.Programme), Offering: offer.OfferingID(b.Offering),
		Card: support.ID(b.Card), Seats: b.Seats, Arrange: b.Arrange, Deadline: read.Date("deadline"), Earliest: read.Date("earliest"), Hours: b.Hours,
		Equipment: b.Equipment, Unknown: b.Unknown, Words: b.Words}
	if b.Cost < 0 || b.Cost > maxCost {
		read.Refuse("cost", "form.error.range", "min", 0, "max", maxCost)
	} else {
		a.Cost = money.NOK(b.Cost*100 + 0.5)
	}
	if err := read.Err(); err != nil {
		return nil, err
	}
	if _, err := p.Develop.Answer(ctx, actor, what, a); err != nil {
		return nil, err
	}
	return p.apiAnswers(ctx, actor, what)
}

// maxCost is the most kroner that an estimate may be.
const maxCost = 1_000_000_000

func (p *Pages) apiAnswers(ctx context.Context, actor access.Actor, about develop.About) (*answersOut, error) {
	list, times, err := p.Develop.Answers(ctx, actor, about)
	if err != nil {
		return nil, err
	}
	out := &answersOut{}
	out.Body.Items, out.Body.Total = make([]answerJSON, len(list)), len(list)
	for i, a := range list {
		out.Body.Items[i] = answerJSON{ID: string(a.ID), Nr: a.Nr, Provider: string(a.Provider), ProviderName: a.ProviderName, Kind: string(a.Kind), Unit: a.Unit,
			Programme: string(a.Programme), Offering: string(a.Offering), Card: string(a.Card), Seats: a.Seats, Arrange: a.Arrange, Deadline: dayOf(a.Deadline),
			Earliest: dayOf(a.Earliest), Cost: float64(a.Cost) / 100, Hours: a.Hours, Equipment: a.Equipment, Words: a.Words, AnsweredAt: a.AnsweredAt, Late: a.Late(), Current: a.Last}
	}
	if times.First >= 0 {
		out.Body.DaysToFirst = &times.First
	}
	if times.Offer >= 0 {
		out.Body.DaysToOffer = &times.Offer
	}
	return out, nil
}

func dayOf(d clock.Date) *clock.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}
