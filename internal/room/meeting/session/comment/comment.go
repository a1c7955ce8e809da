// Package comment is what the members of a forum or a committee say of an item in
// writing: before the meeting, in it and after it.
package comment

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting/session"
)

const (
	insertComment db.SQL = `INSERT INTO item_comment (id, item, org, stage, words, taken_back, said_by, said_at, version) VALUES ($1, $2, $3, $4, $5, FALSE, $6, $7, 1)`
	changeComment db.SQL = `UPDATE item_comment SET words = $1, version = version + 1 WHERE id = $2 AND version = $3 AND NOT taken_back`
	takeBack      db.SQL = `UPDATE item_comment SET taken_back = TRUE, version = version + 1 WHERE id = $1 AND version = $2 AND NOT taken_back`
)

// Service is the use cases of comments.
type Service struct{ room *session.Service }

// New makes them over the room of meetings.
func New(room *session.Service) *Service { return &Service{room: room} }

// Members are the organisations that the reader of an item may comment for: those whose
// seats he holds, and for the secretary all that have a seat.
func Members(d session.ItemDetail) []access.OrgID {
	var out []access.OrgID
	if !d.IsCommented() {
		return nil
	}
	for _, x := range d.Seats {
		if (x.Mine || d.Keeps) && !slices.Contains(out, x.Org) {
			out = append(out, x.Org)
		}
	}
	return out
}

// Say adds what a member says of an item. Who holds a seat of it does, or the secretary on
// its behalf; Denied for others. In a folkevalgt organ, and of what is closed, nothing is
// said in writing: Conflict.
func (s *Service) Say(ctx context.Context, actor access.Actor, i session.ItemID, member access.OrgID, words string) (session.CommentID, error) {
	words, err := checked(words)
	if err != nil {
		return "", err
	}
	out := id.New[session.Comment]()
	return out, s.room.DB.Write(ctx, func(tx *db.Tx) error {
		m, err := s.may(ctx, tx, actor, i, member)
		if err != nil {
			return err
		}
		now := s.room.Clock.Now()
		if _, err := db.Exec(ctx, tx, insertComment, out, i, member, m.Stage(), words, actor.Label(), now); err != nil {
			return fmt.Errorf("item %s: comment: %w", i, err)
		}
		audit.Record(tx, now, actor, session.ActionComment, session.Subject(m.ID), audit.Field("org", "", string(member)), audit.Field("words", "", words))
		return nil
	})
}

// Change replaces the words of a comment. The member's own do, and the secretary. version
// is the one that was seen: Stale when it has been changed since.
func (s *Service) Change(ctx context.Context, actor access.Actor, c session.CommentID, version int64, words string) error {
	words, err := checked(words)
	if err != nil {
		return err
	}
	return s.write(ctx, actor, c, words, func(tx *db.Tx) error { return db.ExecOne(ctx, tx, changeComment, words, c, version) })
}

// TakeBack withdraws a comment: it is shown to nobody, and kept in the record. Who may
// change it does.
func (s *Service) TakeBack(ctx context.Context, actor access.Actor, c session.CommentID, version int64) error {
	return s.write(ctx, actor, c, "", func(tx *db.Tx) error { return db.ExecOne(ctx, tx, takeBack, c, version) })
}

func (s *Service) write(ctx context.Context, actor access.Actor, c session.CommentID, words string, update func(*db.Tx) error) error {
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := session.CommentByID(ctx, tx, c)
		if err != nil {
			return err
		}
		m, err := s.may(ctx, tx, actor, old.Item, old.Org)
		if err != nil {
			return err
		}
		if err := update(tx); err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionComment, session.Subject(m.ID), audit.Field("words", old.Words, words))
		return nil
	})
}

// may answers the meeting where the actor may comment on the item for the member.
func (s *Service) may(ctx context.Context, tx *db.Tx, actor access.Actor, i session.ItemID, member access.OrgID) (session.Meeting, error) {
	d, err := s.room.ItemIn(ctx, tx, actor, i)
	switch {
	case err != nil:
		return session.Meeting{}, err
	case !d.IsCommented():
		return session.Meeting{}, fault.New(fault.Conflict, "meeting.error.no_comments")
	case !slices.Contains(Members(d), member):
		return session.Meeting{}, fault.New(fault.Denied, "fault.denied")
	}
	return d.Meeting, nil
}

func checked(words string) (string, error) {
	words = text.CleanMultiline(words)
	var fs fault.Fields
	fs.Text("words", words, session.MaxTold, true)
	return words, fs.Err()
}
