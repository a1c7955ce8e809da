package learning

import (
	"context"
	"fmt"

	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/hall/develop/workspace"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/site/demo/stage"
)

// said is a note in a workspace of the demo: which role wrote it, and how many days ago.
type said struct {
	by      string
	daysAgo int
	words   string
}

// todo is a task: which role gave it to which organisation, how many days ago, and in how many
// days from today it is due. done is the role that has done it; empty for one that is open.
type todo struct {
	by, org          string
	daysAgo, dueDays int
	what, done       string
}

// pays is a line of who pays. payer is the key of an organisation, or empty.
type pays struct {
	payer string
	workspace.Paying
}

// shared is what stands in a workspace.
type shared struct {
	notes []said
	tasks []todo
	lines []pays
}

// sharedOnes are the workspaces of the demo, by the need that each came from: wood and crafts,
// well under way, and tourism, where the provider waits for the others.
func sharedOnes(year int) map[string]shared {
	return map[string]shared{
		"torv": {
			notes: []said{{"provider@rorosvgs", 9, "Vi tenker fire samlinger på tre dager, fra høst til vår. Taket må legges i mai, når torva er fuktig."},
				{"adviser@rn", 6, "Firmaet kan slippe to om gangen. De vil helst ha samlingene midt i uka."}},
			tasks: []todo{{"provider@rorosvgs", "rn", 9, 10, "Finn en gard som trenger nytt tak", ""}, {"adviser@rn", "rorosvgs", 6, 4, "Lag forslag til datoer for samlingene", ""}},
			lines: []pays{{"", workspace.Paying{Source: workspace.County, Words: "Trøndelag fylkeskommune", Amount: money.Kroner(180_000), Year: year, State: workspace.Confirmed, Note: "Lærer og verksted"}},
				{"bygg", workspace.Paying{Source: workspace.Employer, Amount: money.Kroner(60_000), Year: year, State: workspace.Planned, Note: "Materialer til taket"}},
				{"", workspace.Paying{Source: workspace.Grant, Words: "Bevaringsprogram", Amount: money.Kroner(75_000), Year: year, State: workspace.Planned, Note: "Det er søkt"}}},
		},
		"vert": {
			notes: []said{{"provider", 18, "Vi venter på å få vite hvor mange som vil, før vi ber om penger til å lage kurset."}},
			tasks: []todo{{"provider", "nn", 18, -2, "Spør de andre hotellene om de vil være med", ""}, {"adviser", "thyf", 15, 5, "Sjekk om samlingene kan være på Røros", "provider"},
				{"adviser", "thyf", 12, 8, "Skriv hva kurset skal dekke om lokal mat", ""}},
			lines: []pays{{"nn", workspace.Paying{Source: workspace.Employer, Amount: money.Kroner(15_000), Year: year, State: workspace.Planned, Note: "Samling for bedriftene"}},
				{"", workspace.Paying{Source: workspace.County, Words: "Trøndelag fylkeskommune", Amount: money.Kroner(240_000), Year: year, State: workspace.Planned}}},
		},
	}
}

// loadShared fills the workspace of what is made for a need, where it has one in the demo.
func loadShared(ctx context.Context, s *stage.Stage, hall *making.Service, when *stage.Back, id making.ID, x made) error {
	today := s.Clock.Today()
	in, ok := sharedOnes(today.Year())[x.need]
	if !ok {
		return nil
	}
	room := workspace.New(workspace.Deps{DB: s.DB, Clock: when.Now, Making: hall})
	for _, n := range in.notes {
		when.Set(n.daysAgo)
		if err := room.Say(ctx, s.Role[n.by], id, n.words); err != nil {
			return fmt.Errorf("a note by %s: %w", n.by, err)
		}
	}
	for _, n := range in.tasks {
		when.Set(n.daysAgo)
		task, err := room.AddTask(ctx, s.Role[n.by], id, workspace.Doing{What: n.what, Org: s.Org[n.org], Due: today.AddDays(n.dueDays)})
		if err == nil && n.done != "" {
			when.Set(n.daysAgo - 1)
			err = room.Move(ctx, s.Role[n.done], task, workspace.Moving{To: workspace.Done, From: workspace.Open})
		}
		if err != nil {
			return fmt.Errorf("%s: %w", n.what, err)
		}
	}
	for _, l := range in.lines {
		when.Set(1)
		l.Payer = s.Org[l.payer]
		if _, err := room.AddLine(ctx, s.Role[x.by], id, l.Paying); err != nil {
			return fmt.Errorf("who pays %s: %w", l.Amount, err)
		}
	}
	return nil
}
