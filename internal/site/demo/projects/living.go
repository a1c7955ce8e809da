package projects

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/site/demo/stage"
)

// hub is who owns the projects of the demo that go on, and lasts how many days their parent does.
const (
	hub   = "adviser@nn"
	lasts = 700
	begun = 320
)

// living puts in a project that goes on today, with a sub-project that a hub has brought to where
// it runs: its report is due soon.
func living(ctx context.Context, s *stage.Stage) error {
	d, err := project.ReadDocument(mottak)
	if err != nil {
		return err
	}
	today := s.Clock.Today()
	d.From, d.To = today.AddDays(-begun), today.AddDays(lasts-begun)
	in, err := s.Projects.TakeIn(ctx, s.System, d)
	if err != nil {
		return err
	}
	when := stage.Turned(s.Clock)
	deps := s.Projects.Deps
	deps.Clock = when.Now
	room := project.New(deps)
	when.Set(begun - 20)
	p, err := room.Create(ctx, s.Role[hub], project.Making{Card: "M05", Steps: []string{"Finn mentorer", "Sett sammen par", "Møt alle etter tre måneder", "Spør hva de lærte"}, Content: project.Content{Lang: i18n.NB, Owner: s.Org["nn"], Parent: in.Project, Group: "naeringsliv",
		Words:          project.Words{Title: "Mentorordning, ny runde", Summary: "Nye ledere i små bedrifter får en erfaren mentor i et halvt år.", Goal: "Nye ledere blir i jobben.", Method: "Ett møte i måneden, og én samling for alle."},
		Municipalities: []place.Number{"5021", "5022"}, Public: true, Period: place.Period{From: today.AddDays(20 - begun), To: today.AddDays(12)}}})
	if err != nil {
		return err
	}
	for _, step := range []struct {
		daysAgo int
		do      func(version int64) error
	}{
		{begun - 30, func(v int64) error { return room.Move(ctx, s.Role[hub], p, v, project.Described, "") }},
		{begun - 31, func(v int64) error {
			return room.SetMoney(ctx, s.Role[hub], p, v, -1, &project.Money{Payer: "Trøndelag fylkeskommune", Sort: project.Cash, Planned: 6_000_000, FromParent: true})
		}},
		{begun - 32, func(v int64) error {
			return room.SetMoney(ctx, s.Role[hub], p, v, -1, &project.Money{Payer: "Bedriftene", Sort: project.Work, Hours: 120, Rate: 50_000})
		}},
		{begun - 40, func(v int64) error { return room.Move(ctx, s.Role[hub], p, v, project.Running, "") }},
		{200, func(v int64) error { return room.Tick(ctx, s.Role[hub], p, v, 0) }},
		{190, func(v int64) error { return room.Tick(ctx, s.Role[hub], p, v, 1) }},
		{90, func(v int64) error { return room.Tick(ctx, s.Role[hub], p, v, 2) }},
		{90, func(int64) error {
			came, asked := 9, 11
			return room.SaveNote(ctx, s.Role[hub], p, project.Note{Kind: project.Meeting, Words: "Alle parene møttes halvveis", Day: today.AddDays(-90), Attended: &came, Invited: &asked})
		}},
	} {
		when.Set(step.daysAgo)
		d, err := room.Get(ctx, s.System, p)
		if err != nil {
			return err
		}
		if err := step.do(d.Version); err != nil {
			return fmt.Errorf("%s: %w", d.Title, err)
		}
	}
	return dueSoon(ctx, s, p)
}
