package support

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
)

// What can happen with a card.
const (
	Changed  happening.What = "card_changed" // it says something else than before
	Archived happening.What = "card_archived"
	Restored happening.What = "card_restored"
	Stale    happening.What = "card_stale" // nobody has checked it for a year
)

// The facts. Parts are the names of the parts that say something else, with a
// comma between; Checked is the day of the last check.
const (
	Parts   = "parts"
	Checked = "checked"
)

// happened is what those who follow the card are told when old became c, whose
// version is the one it gets. Words to find it by, its source and a new check are
// no news to them.
func happened(old, c Card) []happening.Happening {
	h := happening.Happening{Kind: ObjectName, ID: string(c.ID), Mark: strconv.FormatInt(c.Version, 10), Facts: happening.Facts{}}
	parts := changedParts(old, c)
	switch {
	case c.Archived && !old.Archived:
		h.What = Archived
	case !c.Archived && old.Archived:
		h.What = Restored
	case len(parts) > 0 && !c.Archived:
		h.What, h.Facts[Parts] = Changed, strings.Join(parts, ",")
	default:
		return nil
	}
	return []happening.Happening{h}
}

// changedParts are the names, as in forms, of what a reader would act upon.
func changedParts(old, c Card) []string {
	var out []string
	for _, p := range []struct {
		name    string
		was, is i18n.Text
	}{{"title", old.Title, c.Title}, {"for_whom", old.ForWhom, c.ForWhom}, {"what", old.What, c.What}, {"effort", old.Effort, c.Effort}, {"owner", old.Owner, c.Owner}} {
		if p.was != p.is {
			out = append(out, p.name)
		}
	}
	if old.Amount != c.Amount || old.AmountYear != c.AmountYear || old.AmountNote != c.AmountNote {
		out = append(out, "amount")
	}
	return out
}

// TellStale notes of each card in use that nobody has checked it for a year. It
// may be called every day and again: follow tells it once for each check.
func (s *Service) TellStale(ctx context.Context) error {
	cards, err := s.List(ctx, Filter{})
	if err != nil {
		return fmt.Errorf("support: stale cards: %w", err)
	}
	var stale []happening.Happening
	for _, c := range cards {
		if c.IsStale(s.clock.Today()) {
			day := c.LastChecked.String()
			stale = append(stale, happening.Happening{Kind: ObjectName, ID: string(c.ID), What: Stale, Mark: day, Facts: happening.Facts{Checked: day}})
		}
	}
	if len(stale) == 0 {
		return nil
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		happening.Record(tx, s.clock.Now(), access.SystemActor("support"), stale...)
		return nil
	})
}
