package demo

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/ask"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/site/demo/stage"
)

// loadPools pools three sets of needs, one of them too small for open figures,
// takes one of them through the forum, and asks providers to adapt.
func (l *loader) loadPools(ctx context.Context, needs *need.Service, when *stage.Back, ids map[string]need.ID) error {
	pools := pool.New(needs)
	when.Set(1)
	var err error
	if l.Wood, err = pools.Make(ctx, l.Role[stage.Secretary], pool.Content{Title: "Folk som kan styre sag, høvel og limpresse", Level: need.LevelTrade, MinToStart: 8},
		ids["sag"], ids["limtre"], ids["trevare"]); err != nil {
		return fmt.Errorf("demo: pooled need: %w", err)
	}
	when.Set(3)
	if _, err := pools.Make(ctx, l.Role[hub], pool.Content{Title: "Fagfolk til gjestene på fjellet", Level: need.LevelTrade, MinToStart: 5}, ids["guide"], ids["kokk"]); err != nil {
		return fmt.Errorf("demo: small pooled need: %w", err)
	}
	asking := ask.New(needs, pools)
	if err := l.loadCare(ctx, pools, asking, when, ids); err != nil {
		return fmt.Errorf("demo: pooled need in follow-up: %w", err)
	}
	return l.loadRequest(ctx, asking, when, ids["torv"])
}

// loadCare is a pooled need that the forum has discussed and that a provider
// has been asked about.
func (l *loader) loadCare(ctx context.Context, pools *pool.Service, asking *ask.Service, when *stage.Back, ids map[string]need.ID) error {
	when.Set(2)
	p, err := pools.Make(ctx, l.Role[stage.Secretary], pool.Content{Title: "Helsefag uten å flytte", Level: need.LevelFagskole, MinToStart: 12}, ids["news"], ids["sykepleier"], ids["velferd"])
	if err != nil {
		return err
	}
	discussion := &need.Discussion{Clarified: "Alle vil lære på egen arbeidsplass.", Possibilities: "Ett løp med samlinger på Røros og i Oppdal.",
		Limitations: "Turnus: høyst én samlingsdag i måneden."}
	for _, to := range []flow.State{need.Presented, need.Discussed} {
		in := need.Moving{To: to}
		if to == need.Discussed {
			in.Note, in.Discussion = "Forumet vil ha ett felles løp.", discussion
		}
		if p, err = pools.Move(ctx, l.Role[stage.Secretary], p.ID, in); err != nil {
			return err
		}
	}
	l.Care = p
	when.Set(1)
	_, err = asking.Send(ctx, l.Role[stage.Secretary], ask.Asking{Pool: p.ID, Provider: l.Org["thyf"],
		Questions: []string{"Kan samlingene holdes på Røros og i Oppdal?", "Kan de begynne til ulik tid?"}})
	return err
}

// loadRequest is a request about one need, which the provider has said yes to.
func (l *loader) loadRequest(ctx context.Context, asking *ask.Service, when *stage.Back, about need.ID) error {
	when.Set(9)
	provider := l.Org["rorosvgs"]
	r, err := asking.Send(ctx, l.Role[hubRoros], ask.Asking{Need: about, Provider: org.ID(provider), Questions: []string{"Kan kurset holdes på en gard ved Røros?"}})
	if err != nil {
		return fmt.Errorf("demo: request: %w", err)
	}
	when.Set(4)
	if err := asking.Answer(ctx, l.Role["provider@rorosvgs"], r.ID, r.Version, ask.Accepted, "Ja. Vi finner en gard som trenger nytt tak, og begynner i mai."); err != nil {
		return fmt.Errorf("demo: answer: %w", err)
	}
	return nil
}
