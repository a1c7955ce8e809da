package support

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/money"
)

//go:embed starter/cards.json
var starterFile []byte

// starterCard is a card as the starter file writes it. An amount is in whole
// kroner.
type starterCard struct {
	Code        string      `json:"code"`
	Kind        Kind        `json:"kind"`
	Title       i18n.Text   `json:"title"`
	ForWhom     i18n.Text   `json:"for_whom"`
	What        i18n.Text   `json:"what"`
	Effort      i18n.Text   `json:"effort"`
	Owner       i18n.Text   `json:"owner"`
	Source      string      `json:"source"`
	SourceYear  int         `json:"source_year"`
	LastChecked clock.Date  `json:"last_checked"`
	Topics      []string    `json:"topics"`
	STYRK08     []string    `json:"styrk08"`
	Words       []string    `json:"words"`
	TargetGroup TargetGroup `json:"target_group"`
	Amount      *struct {
		NOK  int64     `json:"nok"`
		Year int       `json:"year"`
		Note i18n.Text `json:"note"`
	} `json:"amount"`
}

// Starter reads the cards that the program brings.
func Starter() ([]Card, error) {
	var list []starterCard
	if err := json.Unmarshal(starterFile, &list); err != nil {
		return nil, fmt.Errorf("starter cards: %w", err)
	}
	cards := make([]Card, len(list))
	for i, s := range list {
		c := Card{Code: s.Code, Kind: s.Kind, TargetGroup: s.TargetGroup,
			Texts:  Texts{Title: s.Title, ForWhom: s.ForWhom, What: s.What, Effort: s.Effort, Owner: s.Owner},
			Source: s.Source, SourceYear: s.SourceYear, LastChecked: s.LastChecked, Topics: s.Topics, STYRK08: s.STYRK08, Words: s.Words}
		if s.Amount != nil {
			c.Amount, c.AmountYear, c.AmountNote = money.NOK(s.Amount.NOK*100), s.Amount.Year, s.Amount.Note
		}
		cards[i] = c
	}
	return cards, nil
}

// LoadStarter puts the starter cards into an empty room, all or none. In a
// room with cards it does nothing.
func (s *Service) LoadStarter(ctx context.Context) error {
	cards, err := Starter()
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Scalar[int64](ctx, tx, countCards)
		if err != nil || n > 0 {
			return err
		}
		for _, c := range cards {
			c.ID = id.New[Card]()
			if err := insert(ctx, tx, c); err != nil {
				return err
			}
		}
		audit.Record(tx, s.clock.Now(), access.SystemActor("starter"), ActionStarter, audit.Subject{Kind: "support_card", ID: "starter"},
			audit.Field("cards", "", len(cards)))
		return nil
	})
}
