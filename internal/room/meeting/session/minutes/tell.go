package minutes

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/meeting/session"
)

const tellItem db.SQL = `UPDATE agenda_item SET treated = $1, version = version + 1 WHERE id = $2`

// Line is what the minutes say about one thing on a standing item. It begins with Mark,
// which names the thing: a later line of the same thing takes its place.
type Line struct{ Mark, Text string }

// Tell puts the line into what the minutes tell of the meeting's standing item with the
// title, in the transaction of what it tells of. The caller has the permission. The
// secretary may have written there too, which stays. A meeting without the item, or one
// whose item has no room left, is not told: what happened does not depend on it.
func Tell(ctx context.Context, tx *db.Tx, m session.ID, title string, line Line) error {
	list, err := session.ItemsOf(ctx, tx, m)
	if err != nil {
		return err
	}
	n := slices.IndexFunc(list, func(i session.Item) bool {
		return i.Kind == session.Regular && i.Place == session.Listed && i.Title == title
	})
	if n < 0 {
		return nil
	}
	words := told(list[n].Treated, line)
	if utf8.RuneCountInString(words) > session.MaxWords {
		return nil
	}
	if err := db.ExecOne(ctx, tx, tellItem, words, list[n].ID); err != nil {
		return fmt.Errorf("item %s: tell: %w", list[n].ID, err)
	}
	return nil
}

// told is the words with the line in its place.
func told(words string, line Line) string {
	var all []string
	if words != "" {
		all = strings.Split(words, "\n")
	}
	if n := slices.IndexFunc(all, func(s string) bool { return strings.HasPrefix(s, line.Mark) }); n >= 0 {
		all[n] = line.Text
	} else {
		all = append(all, line.Text)
	}
	return strings.Join(all, "\n")
}
