package learning

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/ask"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/site/demo/stage"
)

// made is education of the demo that is made from an answer: to which need, by whom, how many
// days ago it was answered, and how far it has come. The plan gives the days from today on
// which stages begin and end.
type made struct {
	need, by string
	daysAgo  int
	answer   develop.Answering
	adapts   string
	title    string
	level    offer.Level
	moves    []move
	plan     map[flow.State][2]int
	started  int // how many have begun, of one that is running
}

// madeOnes are the three examples of the region, each in a stage: teachers in trades, open as
// planned; wood and crafts, discussed; tourism and local food, three days late. A short course
// is running, and can be copied for another region.
func madeOnes() []made {
	return []made{
		{need: "yrkesfag", by: "provider@videre", daysAgo: 19, adapts: "Praktisk-pedagogisk utdanning for yrkesfaglærere, i jobb", title: "Yrkesfaglærer på egen skole", level: offer.Hoyere,
			answer: develop.Answering{Kind: develop.Adapt, Unit: "Studieavdelingen", Hours: 120, Words: "Vi legger samlingene til Oppdal og veileder på verkstedet."},
			moves:  []move{{to: making.Design, daysAgo: 15}, {to: making.Building, daysAgo: 8}, {to: making.Open, daysAgo: 2}},
			plan:   map[flow.State][2]int{making.Feasibility: {-19, -15}, making.Design: {-14, -8}, making.Building: {-7, -2}, making.Open: {-1, 70}, making.Running: {71, 340}, making.Evaluated: {341, 370}}},
		{need: "torv", by: "provider@rorosvgs", daysAgo: 12, title: "Torvtak og vinduer etter gammel metode", level: offer.Kurs,
			answer: develop.Answering{Kind: develop.Make, Unit: "Voksenopplæringen", Hours: 200, Equipment: "En gard som trenger nytt tak", Words: "Vi lager et kurs i fire samlinger."},
			moves:  []move{{to: making.Feasibility, daysAgo: 9}, {to: making.Design, daysAgo: 4}},
			plan:   map[flow.State][2]int{making.Feasibility: {-9, -5}, making.Design: {-4, 20}, making.Building: {35, 90}, making.Open: {91, 120}}},
		{need: "vert", by: "provider", daysAgo: 24, title: "Reiseliv og lokalmat: vert hele året", level: offer.Fagskole,
			answer: develop.Answering{Kind: develop.Make, Unit: "Avdeling Oppdal", Unknown: true, Words: "Vi ser på om guidene kan lære om lokal mat utenom høysesongen, sammen med Røros."},
			moves:  []move{{to: making.Feasibility, daysAgo: 20}},
			plan:   map[flow.State][2]int{making.Feasibility: {-20, -3}, making.Design: {-2, 30}}},
		{need: "laerling", by: "provider@rorosvgs", daysAgo: 16, title: "Fadder for lærlingen: papirer og fagprøve", level: offer.Kurs,
			answer: develop.Answering{Kind: develop.Make, Unit: "Voksenopplæringen", Hours: 16, Words: "To ettermiddager hos dere, med papirene deres på bordet."},
			moves:  []move{{to: making.Feasibility, daysAgo: 15}, {to: making.Design, daysAgo: 13}, {to: making.Building, daysAgo: 11}, {to: making.Open, daysAgo: 8}, {to: making.Running, daysAgo: 1}},
			plan:   map[flow.State][2]int{making.Feasibility: {-15, -14}, making.Design: {-13, -12}, making.Building: {-11, -9}, making.Open: {-8, -2}, making.Running: {-1, 20}, making.Evaluated: {21, 35}}, started: 3},
	}
}

// loadMaking tells how these programmes are made from answers to needs.
func loadMaking(ctx context.Context, s *stage.Stage) error {
	when := stage.Turned(s.Clock)
	orgs := org.New(s.DB, when.Now, func(string) bool { return true })
	needs := need.New(s.DB, when.Now, s.Places, orgs)
	pools := pool.New(needs)
	d := s.Develop.Deps
	d.Needs, d.Pools, d.Asks = needs, pools, ask.New(needs, pools)
	answers := develop.New(d)
	m := s.Making.Deps
	m.Clock, m.Answers = when.Now, answers
	hall := making.New(m)
	offered, err := s.Supply.Snapshot(ctx)
	if err != nil {
		return fmt.Errorf("demo: education in the making: %w", err)
	}
	programmes := map[string]offer.ProgrammeID{}
	for _, p := range offered.Programmes {
		programmes[p.Title.NB] = p.ID
	}
	for _, x := range madeOnes() {
		x.answer.Programme = programmes[x.adapts]
		if err := loadMade(ctx, s, answers, hall, when, x); err != nil {
			return fmt.Errorf("demo: education made for %s: %w", x.need, err)
		}
	}
	return nil
}

func loadMade(ctx context.Context, s *stage.Stage, answers *develop.Service, hall *making.Service, when *stage.Back, x made) error {
	today, by := s.Clock.Today(), s.Role[x.by]
	when.Set(x.daysAgo)
	x.answer.Earliest = today.AddDays(90)
	a, err := answers.Answer(ctx, by, develop.About{Need: s.Need[x.need]}, x.answer)
	if err != nil {
		return err
	}
	id, err := hall.Make(ctx, by, a, making.Making{Title: x.title, Level: x.level})
	if err != nil {
		return err
	}
	for _, m := range x.moves {
		when.Set(m.daysAgo)
		if m.to == making.Open {
			if err := publish(ctx, s, hall, by, id); err != nil {
				return err
			}
		}
		if err := hall.Move(ctx, by, id, making.Moving{To: m.to, Note: m.note, Started: x.started}); err != nil {
			return fmt.Errorf("to %s: %w", m.to, err)
		}
	}
	var plan []making.Stage
	for _, state := range making.Stages() {
		st := making.Stage{State: state}
		if days, ok := x.plan[state]; ok {
			st.From, st.To = today.AddDays(days[0]), today.AddDays(days[1])
		}
		plan = append(plan, st)
	}
	now, err := hall.Get(ctx, by, id)
	if err != nil {
		return err
	}
	if err := hall.Plan(ctx, by, id, now.Version, plan); err != nil {
		return err
	}
	return loadShared(ctx, s, hall, when, id, x)
}

// publish publishes the offering of what is made that one can begin on any day.
func publish(ctx context.Context, s *stage.Stage, hall *making.Service, by access.Actor, id making.ID) error {
	d, err := hall.Get(ctx, by, id)
	if err != nil {
		return err
	}
	found, err := s.Supply.Programme(ctx, by, d.Programme)
	if err != nil {
		return err
	}
	for _, x := range found.Items {
		if x.Offering.StartType == offer.Rolling {
			return s.Supply.Publish(ctx, by, x.Offering.ID, x.Offering.Version)
		}
	}
	return fmt.Errorf("%s has no offering to publish", d.Title)
}
