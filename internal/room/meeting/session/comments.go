package session

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
)

// CommentID names a comment.
type CommentID = id.Of[Comment]

// Comment is what a member says of an item in writing.
type Comment struct {
	ID      CommentID
	Item    ItemID
	Org     access.OrgID
	OrgName string
	Stage   Stage
	Words   string
	At      clock.Time
	Version int64
}

// Stage is when something was said of an item. Stored as written.
type Stage string

// The stages.
const (
	Before Stage = "before" // the meeting had not begun
	In     Stage = "in"
	After  Stage = "after"
)

// Label is the stage's name.
func (s Stage) Label() i18n.Key { return i18n.Key("meeting.stage." + string(s)) }

// Stage is when something is said that is said now.
func (m Meeting) Stage() Stage {
	switch {
	case m.State == Opened:
		return In
	case m.State.Ahead():
		return Before
	}
	return After
}

// IsCommented reports whether those who sit in the body may say something of the item in
// writing: where kommuneloven's rules for folkevalgte organ do not apply, in an open item,
// from when the agenda is sent.
func (d ItemDetail) IsCommented() bool {
	return !d.Rules.Elected && !d.IsClosed() && d.Ground == "" && d.Meeting.State != Planned && d.Meeting.State != Cancelled
}

const listComments db.SQL = `SELECT id, item, org, stage, words, said_at, version FROM item_comment WHERE item = $1 AND NOT taken_back ORDER BY said_at, id`

// getComment is one that has not been taken back.
const getComment db.SQL = `SELECT id, item, org, stage, words, said_at, version FROM item_comment WHERE id = $1 AND NOT taken_back`

type commentRow struct {
	ID      CommentID    `db:"id"`
	Item    ItemID       `db:"item"`
	Org     access.OrgID `db:"org"`
	Stage   Stage        `db:"stage"`
	Words   string       `db:"words"`
	At      db.Time      `db:"said_at"`
	Version int64        `db:"version"`
}

func (r commentRow) comment() Comment {
	return Comment{ID: r.ID, Item: r.Item, Org: r.Org, Stage: r.Stage, Words: r.Words, At: r.At, Version: r.Version}
}

// CommentsOf are the comments of an item in the order they were made, with the members'
// names on a day.
func CommentsOf(ctx context.Context, tx *db.Tx, i ItemID, day clock.Date) ([]Comment, error) {
	rows, err := db.List[commentRow](ctx, tx, listComments, i)
	if err != nil {
		return nil, fmt.Errorf("item %s: comments: %w", i, err)
	}
	out, ids := make([]Comment, len(rows)), make([]access.OrgID, len(rows))
	for n, r := range rows {
		out[n], ids[n] = r.comment(), r.Org
	}
	names, err := org.NamesOn(ctx, tx, ids, day)
	for n := range out {
		out[n].OrgName = names[out[n].Org]
	}
	return out, err
}

// CommentByID is the comment, or NotFound, also when it was taken back.
func CommentByID(ctx context.Context, tx *db.Tx, c CommentID) (Comment, error) {
	r, err := db.Get[commentRow](ctx, tx, getComment, c)
	if fault.Is(err, fault.NotFound) {
		err = fault.Missing()
	}
	return r.comment(), err
}

// ParseCommentID reads the id of a comment.
func ParseCommentID(s string) (CommentID, error) { return id.Parse[Comment](s) }
