package minutes

import (
	"context"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/record"
)

const (
	writeItem  db.SQL = `UPDATE agenda_item SET treated = $1, version = version + 1 WHERE id = $2 AND version = $3`
	insertBook db.SQL = `INSERT INTO minutes_version (meeting, nr, frozen, why, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6)`
	listBooks  db.SQL = `SELECT nr, frozen, why, made_at FROM minutes_version WHERE meeting = $1 ORDER BY nr DESC`
	approvedIn db.SQL = `SELECT m.day FROM agenda_item AS i JOIN meeting AS m ON m.id = i.meeting JOIN decision AS d ON d.item = i.id
		WHERE i.about = $1 ORDER BY m.day DESC, m.id LIMIT 1`
)

// Printed is the minutes as they were published. Why is said of a correction.
type Printed struct {
	Nr  int
	Why string
	At  clock.Time
	record.Book
}

type bookRow struct {
	Nr     int64   `db:"nr"`
	Frozen string  `db:"frozen"`
	Why    string  `db:"why"`
	MadeAt db.Time `db:"made_at"`
}

func books(ctx context.Context, tx *db.Tx, m session.ID) ([]Printed, error) {
	rows, err := db.List[bookRow](ctx, tx, listBooks, m)
	if err != nil {
		return nil, fmt.Errorf("meeting %s: minutes: %w", m, err)
	}
	out := make([]Printed, len(rows))
	for i, r := range rows {
		out[i] = Printed{Nr: int(r.Nr), Why: r.Why, At: r.MadeAt}
		if err := json.Unmarshal([]byte(r.Frozen), &out[i].Book); err != nil {
			return nil, fmt.Errorf("meeting %s: minutes %d: %w", m, r.Nr, err)
		}
	}
	return out, nil
}

// Write writes what the minutes tell of how an item was treated, beside the
// decision. version is the item's that was seen.
func (s *Service) Write(ctx context.Context, actor access.Actor, i session.ItemID, version int64, words string) error {
	words = text.CleanMultiline(words)
	var fs fault.Fields
	fs.Text("treated", words, session.MaxWords, false)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		old, m, err := s.room.Keeping(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if m.State != session.Published {
			if err := session.Writable(m); err != nil {
				return err
			}
		}
		if err := db.ExecOne(ctx, tx, writeItem, words, i, version); err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionWrite, session.Subject(m.ID), audit.Field("treated", old.Treated, words))
		return nil
	})
}

// Publish publishes the minutes: all may read them at once, as not approved yet. The
// minutes of an elected body are refused as a Conflict while CheckMinutes finds something.
// A correction, until they are approved, says why. It answers the version's number.
func (s *Service) Publish(ctx context.Context, actor access.Actor, m session.ID, version int64, why string) (int, error) {
	why = text.CleanLine(why)
	var fs fault.Fields
	fs.Text("why", why, session.MaxLine, false)
	if err := fs.Err(); err != nil {
		return 0, err
	}
	nr := 0
	err := s.room.DB.Write(ctx, func(tx *db.Tx) error {
		mt, r, err := s.room.Writing(ctx, tx, actor, m)
		if err != nil {
			return err
		}
		if mt.State != session.Held && mt.State != session.Published {
			return fault.New(fault.Conflict, "meeting.error.not_held")
		}
		if mt.Version != version {
			return fault.New(fault.Stale, "fault.stale")
		}
		if mt.State == session.Published && why == "" {
			return fault.InvalidField("why", "form.error.required")
		}
		b, err := s.compose(ctx, tx, mt, r)
		if err != nil {
			return err
		}
		if missing := record.Check(b); len(missing) > 0 {
			return fault.New(fault.Conflict, missing[0].Message(), "where", missing[0].Where)
		}
		before, err := books(ctx, tx, m)
		if err != nil {
			return err
		}
		nr = len(before) + 1
		if _, err := db.Exec(ctx, tx, insertBook, m, nr, session.AsJSON(b), why, actor.Label(), s.room.Clock.Now()); err != nil {
			return fmt.Errorf("meeting %s: publish: %w", m, err)
		}
		if err := session.SetState(ctx, tx, m, session.Published); err != nil {
			return err
		}
		s.room.Happened(tx, actor, mt, session.WasPublished, nr)
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionPublish, session.Subject(m), audit.Field("minutes", nr-1, nr), audit.Field("why", "", why))
		return nil
	})
	return nr, err
}

// Record is the minutes for a reader. Missing is what the law still asks for, for who
// keeps them; Versions are those published, newest first.
type Record struct {
	Meeting  session.Meeting
	Book     record.Book
	Missing  []record.Finding
	Versions []Printed
	// Keeps says that the reader writes the minutes, and sees them as they would be.
	Keeps      bool
	ApprovedOn clock.Date
}

// Get is the minutes of the meeting as the actor may read them: who keeps them sees
// them as they stand, others as they were last published. NotFound while there are none.
func (s *Service) Get(ctx context.Context, actor access.Actor, m session.ID) (Record, error) {
	var out Record
	err := s.room.DB.Read(ctx, func(tx *db.Tx) error {
		mt, err := session.Load(ctx, tx, m)
		if err != nil {
			return err
		}
		r, err := s.room.Reader(ctx, tx, actor, s.room.Clock.Today())
		if err != nil {
			return err
		}
		out = Record{Meeting: mt, Keeps: r.Writes(mt)}
		if !r.IsIn(mt) {
			out.Meeting.Link = ""
		}
		if out.Versions, err = books(ctx, tx, m); err != nil {
			return err
		}
		if days, err := db.List[db.Date](ctx, tx, approvedIn, m); err != nil {
			return err
		} else if len(days) > 0 && mt.State == session.Approved {
			out.ApprovedOn = days[0]
		}
		if !r.ClosedInAll(mt) {
			if err := hide(ctx, tx, m, out.Versions); err != nil {
				return err
			}
		}
		switch {
		case out.Keeps && (mt.State == session.Opened || mt.State == session.Held || mt.State == session.Published):
			if out.Book, err = s.compose(ctx, tx, mt, r); err != nil {
				return err
			}
			out.Missing = record.Check(out.Book)
		case len(out.Versions) > 0:
			out.Book = out.Versions[0].Book
		default:
			return fault.Missing()
		}
		return nil
	})
	return out, err
}

// hide takes from published minutes what those outside may not read: what the body closed
// the doors for, and what is closed now.
func hide(ctx context.Context, tx *db.Tx, m session.ID, list []Printed) error {
	items, err := session.ItemsOf(ctx, tx, m)
	if err != nil {
		return err
	}
	closed := map[string]record.Neutral{}
	for _, i := range items {
		if i.IsClosed() {
			is := record.Neutral{Title: i.PublicTitle, Ground: i.Ground}
			closed[string(i.ID)], closed[i.Number.String()] = is, is
		}
	}
	for n := range list {
		list[n].Book = list[n].ForAll(closed)
	}
	return nil
}
