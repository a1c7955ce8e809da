package session

import (
	"context"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting"
)

// Edition is the agenda as it was sent. Why is what the secretary said of it, for a
// later one.
type Edition struct {
	Nr  int
	Why string
	At  clock.Time
	Frozen
}

// Frozen is what an edition holds.
type Frozen struct {
	Day    clock.Date   `json:"day"`
	From   string       `json:"from"`
	To     string       `json:"to"`
	Place  string       `json:"place"`
	Remote bool         `json:"remote"`
	Items  []FrozenItem `json:"items"`
}

// FrozenItem is a line of the agenda. Label names an item without a title of its own.
type FrozenItem struct {
	ID          ItemID         `json:"id"`
	Number      string         `json:"number"`
	Kind        Kind           `json:"kind"`
	Case        meeting.CaseID `json:"case,omitempty"`
	Archive     string         `json:"archive,omitempty"`
	Title       string         `json:"title"`
	PublicTitle string         `json:"public_title,omitempty"`
	Ground      string         `json:"ground,omitempty"`   // proposed closed
	AboutDay    clock.Date     `json:"about_day,omitzero"` // of the meeting whose minutes it is about
	Withdrawn   bool           `json:"withdrawn,omitempty"`
	Hidden      bool           `json:"-"`
}

// Label names the item's kind.
func (i FrozenItem) Label() i18n.Key { return i.Kind.Label() }

// forAll is the edition with the neutral titles of what was proposed closed when it
// was sent, and of what is closed now.
func (f Frozen) forAll(now []Item) Frozen {
	closed := map[ItemID]Item{}
	for _, i := range now {
		if i.IsClosed() {
			closed[i.ID] = i.hide()
		}
	}
	out := f
	out.Items = make([]FrozenItem, len(f.Items))
	for n, i := range f.Items {
		if is, ok := closed[i.ID]; ok {
			i.PublicTitle, i.Ground = is.PublicTitle, is.Ground
		}
		if i.Ground != "" {
			i.Title, i.Hidden = i.PublicTitle, true
		}
		out.Items[n] = i
	}
	return out
}

const listEditions db.SQL = `SELECT nr, frozen, why, made_at FROM agenda_version WHERE meeting = $1 ORDER BY nr DESC`

type editionRow struct {
	Nr     int64   `db:"nr"`
	Frozen string  `db:"frozen"`
	Why    string  `db:"why"`
	MadeAt db.Time `db:"made_at"`
}

func editions(ctx context.Context, tx *db.Tx, m ID) ([]Edition, error) {
	rows, err := db.List[editionRow](ctx, tx, listEditions, m)
	if err != nil {
		return nil, fmt.Errorf("meeting %s: editions: %w", m, err)
	}
	out := make([]Edition, len(rows))
	for i, r := range rows {
		out[i] = Edition{Nr: int(r.Nr), Why: r.Why, At: r.MadeAt}
		if err := json.Unmarshal([]byte(r.Frozen), &out[i].Frozen); err != nil {
			return nil, fmt.Errorf("meeting %s: edition %d: %w", m, r.Nr, err)
		}
	}
	return out, nil
}

// EditionsForAll are the agendas that were sent, the newest first, with the neutral titles
// of what was proposed closed and of what is closed now: as a letter may tell them. now are
// the items of the meeting.
func EditionsForAll(ctx context.Context, tx *db.Tx, m ID, now []Item) ([]Edition, error) {
	out, err := editions(ctx, tx, m)
	for i := range out {
		out[i].Frozen = out[i].forAll(now)
	}
	return out, err
}
