// Package projects puts the projects of the demo in: the 55 sub-projects by which the
// municipalities of Blilyst and Kysten er klar mobilised people for work, as documents that
// any county could write. Titles, places and amounts are those of the final report; what each
// says of itself is written for the demo.
package projects

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/entry"
	"kompetansetorg/internal/room/project/final"
	"kompetansetorg/internal/site/demo/stage"
)

//go:embed bolyst.json
var bolyst []byte

//go:embed piloter.json
var pilots []byte

//go:embed pilot-trondelag.json
var trondelag []byte

//go:embed mottak.json
var mottak []byte

//go:embed entries.json
var entries []byte

// Bolyst is the document of the labour mobilisation project of 2013 to 2015.
func Bolyst() (project.Document, error) { return project.ReadDocument(bolyst) }

// said is what a sub-project says of itself, as the file has it.
type said struct {
	Short          string           `json:"short"`
	Attainment     entry.Attainment `json:"attainment"`
	AttainmentText string           `json:"attainment_text"`
	Follow         entry.Follow     `json:"follow"`
	FollowText     string           `json:"follow_text"`
	Contact        string           `json:"contact"`
}

// due is the last day for the entries: before Christmas 2015.
var due = clock.MustDate("2015-12-24")

// Pilots are the documents of the national scheme of pilots, and of the county's project with
// its three under it.
func Pilots() ([]project.Document, error) {
	var out []project.Document
	for _, data := range [][]byte{pilots, trondelag} {
		d, err := project.ReadDocument(data)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// Load takes the documents in, and 52 of the 55 entries, and puts in what goes on today.
func Load(ctx context.Context, s *stage.Stage) error {
	list, err := Pilots()
	if err != nil {
		return fmt.Errorf("demo: pilots: %w", err)
	}
	for _, d := range list {
		in, err := s.Projects.TakeIn(ctx, s.System, d)
		if err != nil {
			return fmt.Errorf("demo: pilots: %w", err)
		}
		if d.Under == "" {
			continue
		}
		if err := write(ctx, s, in.Project, ofPilots); err != nil {
			return err
		}
	}
	if err := living(ctx, s); err != nil {
		return fmt.Errorf("demo: projects: %w", err)
	}
	return loadBolyst(ctx, s)
}

func loadBolyst(ctx context.Context, s *stage.Stage) error {
	d, err := Bolyst()
	if err != nil {
		return fmt.Errorf("demo: projects: %w", err)
	}
	in, err := s.Projects.TakeIn(ctx, s.System, d)
	if err != nil {
		return fmt.Errorf("demo: projects: %w", err)
	}
	p, err := s.Projects.Get(ctx, s.System, in.Project)
	if err != nil {
		return fmt.Errorf("demo: projects: %w", err)
	}
	var list map[string]said
	if err := json.Unmarshal(entries, &list); err != nil {
		return fmt.Errorf("demo: entries: %w", err)
	}
	for _, c := range p.Children {
		x, written := list[c.Code]
		if !written {
			continue
		}
		if err := s.Entries.Save(ctx, s.System, c.ID, 0, entry.Content{Short: x.Short, Attainment: x.Attainment, AttainmentText: x.AttainmentText, Follow: x.Follow, FollowText: x.FollowText,
			Contact: x.Contact, ContactOK: x.Contact != ""}); err != nil {
			return fmt.Errorf("demo: entry of %s: %w", c.Code, err)
		}
	}
	if err := write(ctx, s, p.ID, chapters); err != nil {
		return err
	}
	if err := report2013(ctx, s, p.ID); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return s.Entries.SetDue(ctx, s.System, p.ID, 0, due)
}

// write writes chapters of a final report.
func write(ctx context.Context, s *stage.Stage, p project.ID, chapters map[int]string) error {
	for nr, words := range chapters {
		if err := s.Final.SaveChapter(ctx, s.System, p, nr, 0, words); err != nil {
			return fmt.Errorf("demo: final report: %w", err)
		}
	}
	return nil
}

// ofPilots are the chapters of the county's pilots that the register has nothing for.
var ofPilots = map[int]string{
	final.Background:   "Fylket søkte om å være med da staten ville prøve ut hvordan bedrifter langt fra campus får kompetanse.",
	final.Organisation: "Fylket ledet, og hver region hadde sin pilot.",
	final.Steering:     "Fylkets utvalg for næring fulgte arbeidet.",
	final.Sisters:      "Pilotene møttes flere ganger i året og delte det de lærte.",
	final.Toolbox:      "Det som virket, er skrevet som tiltak i verktøykassa.",
	final.Research:     "En følgeevaluering kom med tre rapporter.",
	final.Ending:       "Bedriftene trenger noen som kommer til dem, noen som finner utdanningen, og et sted å møtes.",
}

// chapters are those of the final report that are written in the demo; two are left to write.
var chapters = map[int]string{
	final.Background: "Næringshagene og kommunene i Blilyst og Kysten er klar tok initiativet, etter at fylkeskommunen lyste ut midler.\n\nDet første året gikk med til å bli enige om hva alle manglet.",
	final.Sisters:    "Et prosjekt om inkludering gikk ved siden av, med samme nettsted. Der ble arbeidsinnvandrernes kompetanse kartlagt, og flere fikk sentrale stillinger.",
}
