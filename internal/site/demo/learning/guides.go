package learning

import (
	"context"
	"fmt"

	"kompetansetorg/internal/hall/develop/guide"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/site/demo/stage"
)

// lesson is something that was learned in the demo: as whom, of which education, and where in
// the guide for programmes it is taken in, 0 for nowhere yet.
type lesson struct {
	as, of string
	in     guide.Learning
	taken  int
}

func lessons() []lesson {
	return []lesson{
		{as: "provider@videre", of: "Yrkesfaglærer på egen skole", taken: 4, in: guide.Learning{Stage: making.Design, Good: true, Shared: true, Words: "Vi flyttet samlingene til Oppdal. Da kunne skolene sende to om gangen uten vikar."}},
		{as: "employer@skole", of: "Yrkesfaglærer på egen skole", taken: 3, in: guide.Learning{Stage: making.Design, Good: true, Shared: true, Words: "Vi fikk lese planen før den var ferdig, og strøk det lærerne våre kunne fra før."}},
		{as: "provider@rorosvgs", of: "Torvtak og vinduer etter gammel metode", in: guide.Learning{Stage: making.Feasibility, Shared: true, Words: "Vi spurte for sent om hvem som har et tak å øve på. Spør om det først."}},
		{as: "provider", of: "Reiseliv og lokalmat: vert hele året", in: guide.Learning{Stage: making.Feasibility, Words: "Guidene har ikke tid før i oktober. Vi må ringe dem da."}},
	}
}

// loadGuides makes the first version of both guides, writes down what was learned, takes two
// of it into the guide for programmes, and makes its second version.
func loadGuides(ctx context.Context, s *stage.Stage) error {
	county := s.Role["county"]
	when := stage.Turned(s.Clock)
	d := s.Guides.Deps
	d.Clock = when.Now
	guides := guide.New(d)
	when.Set(60)
	for _, k := range guide.Kinds() {
		if _, err := guides.Publish(ctx, county, k, "Den første utgaven, skrevet av fylket og de regionale forumene."); err != nil {
			return fmt.Errorf("demo: guide %s: %w", k, err)
		}
	}
	all, err := s.Making.List(ctx, s.System, "", 50)
	if err != nil {
		return err
	}
	made := map[string]making.ID{}
	for _, x := range all.Items {
		made[x.Title] = x.ID
	}
	draft, err := guides.Draft(ctx, county, guide.Programme)
	if err != nil {
		return err
	}
	when.Set(3)
	for _, l := range lessons() {
		if err := guides.Learn(ctx, s.Role[l.as], made[l.of], l.in); err != nil {
			return fmt.Errorf("demo: what was learned of %s: %w", l.of, err)
		}
		if l.taken == 0 {
			continue
		}
		if err := take(ctx, s, guides, draft.Sections[l.taken-1], l.in.Words); err != nil {
			return fmt.Errorf("demo: taking in what was learned of %s: %w", l.of, err)
		}
	}
	when.Set(1)
	_, err = guides.Publish(ctx, county, guide.Programme, "Nytt om samlinger og om å utforme sammen, etter utdanningen for yrkesfaglærere.")
	return err
}

// take takes the newest that was learned into the section, and puts it in the guide's words.
func take(ctx context.Context, s *stage.Stage, guides *guide.Service, to guide.Section, words string) error {
	keeper := s.Role["provider"]
	draft, err := guides.Draft(ctx, keeper, guide.Programme)
	if err != nil {
		return err
	}
	if err := guides.Take(ctx, keeper, guide.Programme, to.ID, draft.Fresh[len(draft.Fresh)-1].ID); err != nil {
		return err
	}
	_, err = guides.Write(ctx, keeper, guide.Programme, to.ID, to.Version, guide.Writing{Nr: to.Nr, Title: to.Title, Words: i18n.Text{NB: to.Words.NB + "\n\nErfaring: " + words, NN: to.Words.NN, EN: to.Words.EN}})
	return err
}
