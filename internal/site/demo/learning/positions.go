package learning

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/position"
	"kompetansetorg/internal/room/position/agreement"
	"kompetansetorg/internal/room/position/plan"
	"kompetansetorg/internal/site/demo/stage"
)

// system is who did what nobody in the demo would have done: for employers without a
// person, before they gave anybody a mandate.
const system = "system"

// job is a position of the demo: who writes it, how many days ago, which programme leads
// to what it asks for, and how far it has come.
type job struct {
	org, by, place, sector string
	daysAgo                int
	title, words           string
	required, level        string
	programme              string
	work, study            int
	pay                    string
	applyIn                int // days from today, 0 for no last day
	moves                  []move
	interest               bool
	agreed                 string // who got it, where an agreement waits for the yes of the provider
}

// move is a step of a position: as whom, to what, how many days ago.
type move struct {
	as      string
	to      flow.State
	daysAgo int
	note    string
	unit    string
}

// jobs are a position in each state.
func jobs() []job {
	return []job{
		{org: "skole", by: "employer@skole", place: "5021", sector: "P", daysAgo: 16, title: "Yrkesfaglærer i bygg, mens du utdanner deg",
			words:    "Du kan faget ditt og vil lære det bort. Du underviser tre dager i uka sammen med en erfaren lærer, og tar utdanningen på de to andre.",
			required: "Praktisk-pedagogisk utdanning", level: "hoyere", programme: "Praktisk-pedagogisk utdanning for yrkesfaglærere, i jobb", work: 22, study: 15, pay: "Lønn etter ansiennitet, også for studiedagene", applyIn: 21,
			moves: []move{{as: "employer@skole", to: position.Clarifying, daysAgo: 15}, {as: "provider@videre", to: position.Published, daysAgo: 9, unit: "Studieavdelingen", note: "Neste samling tar imot to til fra Oppdal."}}, interest: true},
		{org: "sag", by: "employer", place: "5022", sector: "C", daysAgo: 35, title: "Vedlikeholder på høvelen",
			words:    "Vi trenger en som holder maskinene i gang og vil lære styringene. Du får følge vår egen elektriker fra første dag.",
			required: "Automatisering og PLS", level: "fagskole", programme: "Bransjeprogram: automatisering og PLS for vedlikehold", work: 30, study: 7, pay: "Full lønn", applyIn: 40,
			moves: []move{{as: "employer", to: position.Clarifying, daysAgo: 5}}},
		{org: "sykehjem", by: "employer@sykehjem", place: "5025", sector: "Q", daysAgo: 40, title: "Assistent som vil bli helsefagarbeider",
			words:    "Du har jobbet hos oss eller andre noen år, og vil ha fagbrev. Turnusen blir lagt slik at du rekker undervisningen.",
			required: "Fagbrev som helsefagarbeider", level: "fagbrev", programme: "Helsefagarbeider for voksne, i jobb", work: 28, study: 7,
			moves: []move{{as: "employer@sykehjem", to: position.Clarifying, daysAgo: 39}, {as: "provider@rorosvgs", to: position.Published, daysAgo: 33, unit: "Voksenopplæringen"}, {as: "employer@sykehjem", to: position.Hired, daysAgo: 4}}},
		{org: "guide", by: system, place: "5021", sector: "N", daysAgo: 120, title: "Guide hele året",
			words:    "Elva om sommeren og fjellet om vinteren. Utdanningen tar du i mellomsesongene.",
			required: "Natur- og friluftsguide", level: "fagskole", programme: "Natur- og friluftsguide", work: 25, study: 12,
			moves: []move{{as: system, to: position.Clarifying, daysAgo: 118}, {as: "provider", to: position.Published, daysAgo: 110, unit: "Avdeling Oppdal"}, {as: system, to: position.Hired, daysAgo: 80}, {as: "provider", to: position.InEducation, daysAgo: 60}}},
		{org: "sag", by: "employer", place: "5022", sector: "C", daysAgo: 200, title: "Operatør på ny tørke",
			words:    "Du lærte å lese styringene mens tørka ble bygd.",
			required: "Automatisering og PLS", level: "fagskole", programme: "Bransjeprogram: automatisering og PLS for vedlikehold", work: 30, study: 7,
			moves: []move{{as: "employer", to: position.Clarifying, daysAgo: 199}, {as: "provider", to: position.Published, daysAgo: 190, unit: "Avdeling Levanger"}, {as: "employer", to: position.Hired, daysAgo: 170},
				{as: "employer", to: position.InEducation, daysAgo: 160}, {as: "provider", to: position.Qualified, daysAgo: 20}}},
		{org: "sag", by: "employer", place: "5022", sector: "C", daysAgo: 30, title: "Operatør ved fresen",
			words:    "Du starter på lageret og tar fagbrev mens du lærer fresen å kjenne.",
			required: "Fagbrev i CNC-maskinering", level: "fagbrev", programme: "CNC-maskinering fra lager til fagbrev", work: 30, study: 7, pay: "Full lønn",
			moves:  []move{{as: "employer", to: position.Clarifying, daysAgo: 29}, {as: system, to: position.Published, daysAgo: 24, unit: "Avdeling for voksne"}, {as: "employer", to: position.Hired, daysAgo: 6}},
			agreed: "Operatør Eksempel"},
		{org: "hotell", by: "adviser", place: "5021", sector: "I", daysAgo: 3, title: "Kokk med lokalmat på menyen",
			words:    "Du lager mat av det som vokser og beiter her, og lærer foredling av dem som har gjort det lenge.",
			required: "Lokalmat: foredling, hygiene og salg", level: "vgs", programme: "Lokalmat: foredling, hygiene og salg", work: 30},
		{org: "mek", by: system, place: "5028", sector: "C", daysAgo: 90, title: "Fra lager til dreiebenk",
			words:    "Vi tar deg inn uten bakgrunn og lærer deg opp.",
			required: "Fagbrev i CNC-maskinering", level: "fagbrev", programme: "CNC-maskinering fra lager til fagbrev", work: 32, study: 5,
			moves: []move{{as: system, to: position.Clarifying, daysAgo: 88}, {as: system, to: position.Published, daysAgo: 80, unit: "Avdeling for voksne"}, {as: system, to: position.Interrupted, daysAgo: 10, note: "Bestillingen ble utsatt, og vi ansetter ikke nå."}}},
	}
}

// loadPositions tells the stories of the positions, each step on its own day.
func loadPositions(ctx context.Context, s *stage.Stage) error {
	when := stage.Turned(s.Clock)
	d := s.Positions.Deps
	d.Clock = when.Now
	room := position.New(d)
	offered, err := s.Supply.Snapshot(ctx)
	if err != nil {
		return fmt.Errorf("demo: positions: %w", err)
	}
	programmes := map[string]string{}
	for _, p := range offered.Programmes {
		programmes[p.Title.NB] = string(p.ID)
	}
	all := jobs()
	slices.SortStableFunc(all, func(a, b job) int { return b.daysAgo - a.daysAgo })
	for _, j := range all {
		if err := loadPosition(ctx, s, room, when, j, programmes[j.programme]); err != nil {
			return fmt.Errorf("demo: position %q: %w", j.title, err)
		}
	}
	return nil
}

func loadPosition(ctx context.Context, s *stage.Stage, room *position.Service, when *stage.Back, j job, programme string) error {
	in := position.Content{Employer: s.Org[j.org], Title: j.title, Words: j.words, Required: j.required, Level: j.level, Sector: j.sector, Municipality: j.place,
		Programme: programme, WorkHours: j.work, StudyHours: j.study, Pay: j.pay}
	when.Set(j.daysAgo)
	if j.applyIn > 0 {
		in.ApplyBy = s.Clock.Today().AddDays(j.applyIn)
	}
	actor := func(as string) access.Actor {
		if as == system {
			return s.System
		}
		return s.Role[as]
	}
	made, err := room.Write(ctx, actor(j.by), in)
	if err != nil {
		return err
	}
	for i, m := range j.moves {
		when.Set(m.daysAgo)
		moving := position.Moving{To: m.to, Version: int64(i + 1), Note: m.note, Unit: m.unit}
		if m.to == position.Published {
			moving.Pathway = position.Exists
		}
		if err := room.Move(ctx, actor(m.as), made, moving); err != nil {
			return fmt.Errorf("to %s: %w", m.to, err)
		}
	}
	if j.agreed != "" {
		return loadAgreement(ctx, s, room, when, j, made)
	}
	if !j.interest {
		return nil
	}
	when.Set(2)
	_, err = room.ShowInterest(ctx, s.Role["learner@"], made, "Jeg er tømrer og har hatt lærlinger i ti år.", "Ring etter klokka fire. Nummeret får dere når vi avtaler en prat.")
	return err
}

// loadAgreement writes what was agreed on, to which the provider has not said yes yet.
func loadAgreement(ctx context.Context, s *stage.Stage, room *position.Service, when *stage.Back, j job, made position.ID) error {
	all := agreement.Service{DB: s.DB, Clock: when.Now, Positions: room}
	employer := s.Role[j.by]
	when.Set(3)
	if err := all.Write(ctx, employer, made, 0, agreement.Terms{Name: j.agreed, WorkHours: j.work, StudyHours: j.study, Pay: j.pay, Duration: "To år", Goal: j.required,
		Gatherings: "En samling i måneden. Bedriften betaler reisen.", Start: s.Clock.Today().AddDays(20)}); err != nil {
		return err
	}
	if err := all.Say(ctx, employer, made, 1, agreement.Employer, clock.Date{}); err != nil {
		return err
	}
	when.Set(2)
	if err := all.Say(ctx, employer, made, 1, agreement.Candidate, s.Clock.Today().AddDays(-2)); err != nil {
		return err
	}
	return loadPlan(ctx, s, &all, when, employer, made)
}

// loadPlan makes the plan that the three have together, half of it done.
func loadPlan(ctx context.Context, s *stage.Stage, agreed *agreement.Service, when *stage.Back, employer access.Actor, made position.ID) error {
	plans, today := plan.New(plan.Deps{DB: s.DB, Clock: when.Now, Agreements: agreed}), s.Clock.Today()
	for _, m := range []plan.Writing{{Sort: plan.Other, What: "Omvisning på verkstedet med veilederen", Due: today.AddDays(-1)}, {Sort: plan.Module, What: "Arbeidskrav 1: les en tegning", Due: today.AddDays(25)},
		{Sort: plan.Gathering, What: "Første samling, Oppdal", Due: today.AddDays(32)}, {Sort: plan.Module, What: "Arbeidskrav 2: still inn maskinen", Due: today.AddDays(60)}} {
		if err := plans.Add(ctx, employer, made, m); err != nil {
			return err
		}
	}
	when.Set(1)
	x, err := plans.Get(ctx, employer, made)
	if err != nil {
		return err
	}
	return plans.Tick(ctx, employer, made, x.Milestones[0].ID, true)
}
