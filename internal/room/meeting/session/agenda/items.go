package agenda

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/session"
)

const (
	insertItem db.SQL = `INSERT INTO agenda_item (id, meeting, body, position, kind, state, case_file, about, title, public_title, ground, words, prefix, nr, year, off_agenda,
		doors, doors_ground, doors_for, doors_against, matter, scope, scope_by, treated, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', NULL, 0, $13, '', '', 0, 0, $14, '', '', '', 1)`
	updateItem db.SQL = `UPDATE agenda_item SET title = $1, public_title = $2, ground = $3, words = $4, matter = $5, version = version + 1 WHERE id = $6 AND version = $7`
	placeItem  db.SQL = `UPDATE agenda_item SET position = $1 WHERE id = $2`
	stateItem  db.SQL = `UPDATE agenda_item SET state = $1, version = version + 1 WHERE id = $2 AND version = $3`
	removeItem db.SQL = `DELETE FROM agenda_item WHERE id = $1 AND version = $2 AND nr IS NULL`

	decidedItem db.SQL = `SELECT COUNT(*) FROM decision WHERE item = $1`
	// usedItem counts what the record of the meeting keeps of an item.
	usedItem db.SQL = `SELECT (SELECT COUNT(*) FROM position_taken WHERE item = $1) + (SELECT COUNT(*) FROM recusal WHERE item = $1)
		+ (SELECT COUNT(*) FROM attendance WHERE from_item = $1 OR to_item = $1) + (SELECT COUNT(*) FROM follow_up WHERE item = $1)
		+ (SELECT COUNT(*) FROM own_decision WHERE item = $1) + (SELECT COUNT(*) FROM item_weight WHERE item = $1) + (SELECT COUNT(*) FROM item_comment WHERE item = $1)`
)

// editable refuses changes of an agenda when the meeting is over or cancelled.
func editable(m session.Meeting) error {
	if m.State.Ahead() || m.State == session.Opened {
		return nil
	}
	return fault.New(fault.Conflict, "meeting.error.over")
}

// NewItem is an item to put on an agenda. Body is the one of a joint meeting that
// decides it, empty for the one that calls.
type NewItem struct {
	session.Content
	Kind session.Kind
	Case meeting.CaseID
	Body meeting.BodyID
}

// Add puts an item last on the agenda; a report comes after the other reports. The
// secretary does. Two secretaries who add at once both have theirs.
func (s *Service) Add(ctx context.Context, actor access.Actor, m session.ID, in NewItem) (session.ItemID, error) {
	out := id.New[session.Item]()
	return out, s.room.DB.Write(ctx, func(tx *db.Tx) error {
		mt, _, err := s.room.Writing(ctx, tx, actor, m)
		if err != nil {
			return err
		}
		if err := editable(mt); err != nil {
			return err
		}
		item := session.Item{ID: out, Kind: in.Kind, Case: in.Case, Body: in.Body, Content: in.Content.Tidied()}
		if in.Case != "" {
			c, err := s.room.Cases.Readable(ctx, tx, actor, in.Case)
			if fault.Is(err, fault.NotFound) {
				return fault.InvalidField("case", "form.error.choice")
			}
			if err != nil {
				return err
			}
			matter := item.Matter
			item = ofCase(c)
			item.ID, item.Body, item.Words, item.Matter = out, in.Body, in.Words, matter
		}
		have, err := session.ItemsOf(ctx, tx, m)
		if err != nil {
			return err
		}
		if err := s.checkNew(mt, item, have); err != nil {
			return err
		}
		if in.Case == "" { // what a case's paper proposes comes with it
			if err := closable(ctx, tx, mt, item, ""); err != nil {
				return err
			}
		}
		if err := s.insert(ctx, tx, actor, mt, item, have); err != nil {
			return err
		}
		return order(ctx, tx, m)
	})
}

// closable refuses, at the field, a new ground for closed doors in a body that does not
// vote on them: kommuneloven § 11-5 is for folkevalgte organ.
func closable(ctx context.Context, tx *db.Tx, m session.Meeting, i session.Item, was string) error {
	if i.Ground == "" || i.Ground == was {
		return nil
	}
	b := i.Body
	if b == "" {
		b = m.Body
	}
	rules, err := meeting.RulesOn(ctx, tx, b, m.Day)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if !rules.Rules.Elected {
		return fault.InvalidField("ground", "meeting.error.no_doors")
	}
	return nil
}

func (s *Service) checkNew(m session.Meeting, item session.Item, have []session.Item) error {
	var fs fault.Fields
	item.Check(&fs, item.Kind == session.Other || item.Kind == session.Regular || item.Kind == session.File)
	if !slices.Contains(session.Kinds(), item.Kind) || item.Kind == session.File && item.Case == "" {
		fs.Add("kind", "form.error.choice")
	}
	if item.Body != "" && !slices.Contains(m.Bodies(), item.Body) {
		fs.Add("body", "form.error.choice")
	}
	if item.Case != "" && slices.ContainsFunc(have, func(h session.Item) bool { return h.Case == item.Case && h.Place != session.Withdrawn }) {
		fs.Add("case", "meeting.error.case_there")
	}
	return fs.Err()
}

// undecided loads an item that may be changed still: of what the body has decided, the
// agenda stays as it was.
func (s *Service) undecided(ctx context.Context, tx *db.Tx, actor access.Actor, i session.ItemID) (session.Item, session.Meeting, error) {
	item, m, err := s.room.Keeping(ctx, tx, actor, i)
	if err == nil {
		err = editable(m)
	}
	if err != nil {
		return item, m, err
	}
	n, err := db.Scalar[int64](ctx, tx, decidedItem, i)
	if err == nil && n > 0 {
		err = fault.New(fault.Conflict, "meeting.error.decided")
	}
	return item, m, err
}

// insert adds the item at the end; order puts it where it belongs. An item that comes
// when the meeting has begun was not on the agenda (§ 11-3).
func (s *Service) insert(ctx context.Context, tx *db.Tx, actor access.Actor, m session.Meeting, i session.Item, have []session.Item) error {
	if i.ID == "" {
		i.ID = id.New[session.Item]()
	}
	if i.Body == "" {
		i.Body = m.Body
	}
	place := i.Place
	if place == "" {
		place = session.Listed
	}
	var about any
	if i.About != "" {
		about = i.About
	}
	if _, err := db.Exec(ctx, tx, insertItem, i.ID, m.ID, i.Body, len(have)+1, i.Kind, place, i.Case, about, i.Title, i.PublicTitle, i.Ground, i.Words,
		m.State == session.Opened, string(i.Matter)); err != nil {
		return fmt.Errorf("meeting %s: add item: %w", m.ID, err)
	}
	if i.Case != "" && m.Edition == 0 {
		if err := s.room.Treatments.Schedule(ctx, tx, actor, i.Case, i.Body, m.Day, ""); err != nil {
			return err
		}
	}
	audit.Record(tx, s.room.Clock.Now(), actor, session.ActionItem, session.Subject(m.ID), audit.Field("kind", "", string(i.Kind)), audit.Field("title", "", i.Shown()))
	return nil
}

// order gives the items the positions 1, 2, … with reports first.
func order(ctx context.Context, tx *db.Tx, m session.ID) error {
	list, err := session.ItemsOf(ctx, tx, m)
	if err != nil {
		return err
	}
	return reorder(ctx, tx, list)
}

func reorder(ctx context.Context, tx *db.Tx, list []session.Item) error {
	slices.SortStableFunc(list, func(a, b session.Item) int { return rank(a) - rank(b) })
	for n, i := range list {
		if i.Position == n+1 {
			continue
		}
		if err := db.ExecOne(ctx, tx, placeItem, n+1, i.ID); err != nil {
			return fmt.Errorf("item %s: place: %w", i.ID, err)
		}
	}
	return nil
}

func rank(i session.Item) int {
	if i.Kind == session.Report {
		return 0
	}
	return 1
}

// Edit replaces what is written of an item. version is the item's that the writer
// saw: Stale when somebody has saved since, whatever else has changed on the agenda.
func (s *Service) Edit(ctx context.Context, actor access.Actor, i session.ItemID, version int64, in session.Content) error {
	in = in.Tidied()
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		old, m, err := s.undecided(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		var fs fault.Fields
		in.Check(&fs, old.Kind == session.Other || old.Kind == session.Regular || old.Kind == session.File)
		if err := fs.Err(); err != nil {
			return err
		}
		if old.Doors != "" {
			in.Ground, in.PublicTitle = old.Ground, old.PublicTitle // the body has decided
		}
		is := old
		is.Content = in
		if err := closable(ctx, tx, m, is, old.Ground); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, updateItem, in.Title, in.PublicTitle, in.Ground, in.Words, string(in.Matter), i, version); err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionItem, session.Subject(m.ID), audit.Changed(audit.Field("title", old.Shown(), is.Shown()), audit.Field("ground", old.Ground, in.Ground),
			audit.Field("words", "", ""))...)
		return nil
	})
}

// Move puts the item after another, or first for an empty after; no other kind comes
// before the reports. It takes no version: what others add or edit meanwhile stays.
func (s *Service) Move(ctx context.Context, actor access.Actor, i, after session.ItemID) error {
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		item, m, err := s.room.Keeping(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if err := editable(m); err != nil {
			return err
		}
		list, err := session.ItemsOf(ctx, tx, m.ID)
		if err != nil {
			return err
		}
		list = slices.DeleteFunc(list, func(x session.Item) bool { return x.ID == i })
		at := 0
		if after != "" {
			at = slices.IndexFunc(list, func(x session.Item) bool { return x.ID == after }) + 1
			if at == 0 {
				return fault.InvalidField("after", "meeting.error.item_gone")
			}
		}
		if err := reorder(ctx, tx, slices.Insert(list, at, item)); err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionItem, session.Subject(m.ID), audit.Field("position", item.Position, at+1))
		return nil
	})
}

// Remove takes an item off the agenda. One that has a number stays as withdrawn, so
// that the series has no gap, and so does one that something was said of. What has been
// decided stays: Conflict.
func (s *Service) Remove(ctx context.Context, actor access.Actor, i session.ItemID, version int64) error {
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		old, m, err := s.undecided(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		used, err := db.Scalar[int64](ctx, tx, usedItem, i)
		if err != nil {
			return fmt.Errorf("item %s: remove: %w", i, err)
		}
		if old.Number.Nr > 0 || used > 0 {
			err = db.ExecOne(ctx, tx, stateItem, session.Withdrawn, i, version)
		} else if _, err = db.Exec(ctx, tx, dropDemands, i); err == nil {
			err = db.ExecOne(ctx, tx, removeItem, i, version)
		}
		if err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionItem, session.Subject(m.ID), audit.Field("title", old.Shown(), ""))
		return order(ctx, tx, m.ID)
	})
}
