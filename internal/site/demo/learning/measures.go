package learning

import (
	"context"
	"fmt"

	"kompetansetorg/internal/room/support"
	"kompetansetorg/internal/room/support/measure"
	"kompetansetorg/internal/site/demo/stage"
)

// loadMeasures has people at work on the toolbox: a hub owns a measure and is asked about it,
// another is asked to take one over, and one is suggested.
func loadMeasures(ctx context.Context, s *stage.Stage) error {
	all, err := s.Measures.List(ctx, s.System, measure.Filter{})
	if err != nil {
		return fmt.Errorf("demo: measures: %w", err)
	}
	byCode := map[string]support.ID{}
	for _, m := range all {
		byCode[m.Card.Code] = m.Card.ID
	}
	version := func(card support.ID) int64 {
		m, failed := s.Measures.Get(ctx, s.System, card)
		if err == nil {
			err = failed
		}
		return m.Version
	}
	letter, cafe := byCode["M06"], byCode["M02"]
	county, hub, other, learner := s.Role["county"], s.Role["adviser"], s.Role["adviser@rn"], s.Role["learner"]
	do := func(step func() error) {
		if err == nil {
			err = step()
		}
	}
	do(func() error { return s.Measures.Offer(ctx, county, letter, version(letter), s.Org["nn"]) })
	do(func() error { return s.Measures.Answer(ctx, hub, letter, version(letter), true) })
	do(func() error {
		return s.Measures.SetFacts(ctx, hub, letter, version(letter), measure.Facts{Effort: measure.Low, ContactOrg: s.Org["nn"], ContactRole: "Rådgiver for bosetting", ContactOK: true})
	})
	do(func() error { return s.Measures.Offer(ctx, county, cafe, version(cafe), s.Org["rn"]) })
	do(func() error {
		x, err := s.Measures.Say(ctx, other, letter, measure.Advice, s.Org["rn"], "Heng med et kart over bygda. Det var det folk brukte mest hos oss.")
		if err != nil {
			return err
		}
		return s.Measures.AnswerSaid(ctx, hub, x, 1, measure.Answered, "Godt råd. Vi har lagt det inn i malen.", true)
	})
	do(func() error {
		_, err := s.Measures.Say(ctx, learner, letter, measure.Feedback, "", "Da jeg flyttet hit, savnet jeg noe om hvordan en får fastlege. Kan det stå i brevet?")
		return err
	})
	do(func() error {
		_, err := s.Measures.Suggest(ctx, hub, measure.Suggestion{Org: s.Org["nn"], Group: "tilflytter", Title: "Fadderfamilie", ForWhom: "Familier som nettopp har flyttet hit, og familier som vil ta imot dem.",
			What: "En familie som kjenner bygda, følger en ny familie det første året: viser vei til lag og butikk, svarer på spørsmål og ber på middag.", Why: "Ingen ny familie skal være alene den første vinteren."})
		return err
	})
	if err != nil {
		return fmt.Errorf("demo: measures: %w", err)
	}
	return nil
}
