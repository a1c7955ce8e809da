package object

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
)

// Document is what a thing can be found by. It holds only what everyone who may
// know of the thing may read: a hit would tell the rest. Text is what an excerpt
// is taken from; Words are other words it is found by, such as former names.
// Day is the day that its age is counted from; the zero Date has none.
type Document struct {
	ID, Number     string
	Title, Text    i18n.Text
	Words          string
	Municipalities []string
	Day            clock.Date
}

// Search is what a room tells about its kind so that a search finds its things.
type Search struct {
	// Label is what many of them are called: "Behov".
	Label i18n.Key
	// After lists the ids that follow the id, some twenty-five, in their order;
	// none when there are no more. It leads through all things, for an index that
	// is made anew.
	After func(ctx context.Context, tx *db.Tx, id string) ([]string, error)
	// Documents gives those of the things that can be found at all, whoever
	// looks.
	Documents func(ctx context.Context, tx *db.Tx, ids []string) ([]Document, error)
	// Visible narrows a statement over search_doc AS d to the things that the
	// actor may see, by the room's own rule over its own table.
	Visible func(w *db.Where, actor access.Actor)
	// Touched are the ids of things whose documents say something about the
	// subject, which is none of them itself; nil when there are never any.
	Touched func(ctx context.Context, tx *db.Tx, s audit.Subject) ([]string, error)
}
