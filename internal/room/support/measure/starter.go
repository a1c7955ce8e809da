package measure

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/support"
)

//go:embed starter/measures.json
var starterFile []byte

//go:embed starter/gathered.json
var gatheredFile []byte

// starting is what the program brings for a card that it brings.
type starting struct {
	Effort  Effort   `json:"effort"`
	Sectors []string `json:"sectors"`
	Sections
	Steps []struct {
		Words i18n.Text `json:"words"`
		Days  int       `json:"days"`
	} `json:"steps"`
}

// Starter reads what the program brings, by the codes of the cards.
func Starter() (map[string]Measure, error) {
	var list map[string]starting
	if err := json.Unmarshal(starterFile, &list); err != nil {
		return nil, fmt.Errorf("starter measures: %w", err)
	}
	out := map[string]Measure{}
	for code, x := range list {
		m := Measure{Sections: x.Sections, Facts: Facts{Effort: x.Effort, Sectors: x.Sectors}}
		for i, st := range x.Steps {
			m.Steps = append(m.Steps, Step{Nr: i + 1, Words: st.Words, Days: st.Days})
		}
		out[code] = m
	}
	return out, nil
}

// gathered are the packages and start pages that the program brings.
type gathered struct {
	Packages []struct {
		Slug string `json:"slug"`
		Pack
		Codes []string `json:"cards"`
	} `json:"packages"`
	Starts []struct {
		Slug string `json:"slug"`
		Beginning
	} `json:"starts"`
}

// LoadStarter makes measures of the cards that are none yet, with what the program brings for
// those that it brought; and where there are no start pages, those that it brings with their
// packages. What an editor has written is never touched.
func (s *Service) LoadStarter(ctx context.Context) error {
	brought, err := Starter()
	if err != nil {
		return err
	}
	actor := access.SystemActor("starter")
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		ids, err := db.List[support.ID](ctx, tx, without)
		if err != nil || len(ids) == 0 {
			return err
		}
		cards, err := support.Several(ctx, tx, ids)
		if err != nil {
			return err
		}
		byCode := map[string]support.ID{}
		for _, c := range cards {
			m := brought[c.Code]
			m.Card, m.State = c, Published
			if c.Archived {
				m.State = Archived
			}
			if err := s.store(ctx, tx, actor, m); err != nil {
				return err
			}
			byCode[c.Code] = c.ID
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionStarter, audit.Subject{Kind: support.ObjectName, ID: "starter"}, audit.Field("measures", "", len(cards)))
		n, err := db.Scalar[int](ctx, tx, countStarts)
		if err != nil || n > 0 {
			return err
		}
		return s.gather(ctx, tx, actor, byCode)
	})
}

// gather stores the packages and start pages that the program brings.
func (s *Service) gather(ctx context.Context, tx *db.Tx, actor access.Actor, cards map[string]support.ID) error {
	var in gathered
	if err := json.Unmarshal(gatheredFile, &in); err != nil {
		return fmt.Errorf("starter packages: %w", err)
	}
	for _, p := range in.Packages {
		p.Open = true
		for _, code := range p.Codes {
			if c, ok := cards[code]; ok {
				p.Cards = append(p.Cards, c)
			}
		}
		if len(p.Cards) == 0 {
			continue
		}
		if err := s.putPackage(ctx, tx, actor, p.Slug, p.Pack); err != nil {
			return err
		}
	}
	for _, x := range in.Starts {
		if err := s.storeStart(ctx, tx, actor, x.Slug, true, 0, x.Beginning); err != nil {
			return err
		}
	}
	return nil
}
