package council

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
)

// SaveCheck writes down how a point of § 18-4 is met by a version. c.Version is the
// one that was seen, 0 for a point that nobody had looked at.
func (s *Service) SaveCheck(ctx context.Context, actor access.Actor, v VersionID, c Check) error {
	if c.Point < 1 || c.Point > Points {
		return fault.Missing()
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, _, err := s.keeping(ctx, tx, actor, v)
		if err != nil {
			return err
		}
		c, err := c.tidied(old)
		if err != nil {
			return err
		}
		was := old.Checklist()[c.Point-1]
		if was.Version != c.Version {
			return fault.New(fault.Stale, "fault.stale")
		}
		now, by := s.Clock.Now(), actor.Label()
		if was.Version == 0 {
			_, err = db.Exec(ctx, tx, insertCheck, v, c.Point, c.Verdict, joined(c.Paragraphs), c.Note, c.Theirs, by, now)
		} else {
			err = db.ExecOne(ctx, tx, updateCheck, c.Verdict, joined(c.Paragraphs), c.Note, c.Theirs, by, now, v, c.Point, c.Version)
		}
		if err != nil {
			return fmt.Errorf("agreement %s: check %d: %w", v, c.Point, err)
		}
		audit.Record(tx, now, actor, ActionCheck, Subject(old.Body), audit.Field("point", "", c.Point), audit.Field("verdict", string(was.Verdict), string(c.Verdict)),
			audit.Field("theirs", string(was.Theirs), string(c.Theirs)), audit.Field("note", was.Note, c.Note))
		return nil
	})
}

// SaveTheirs writes down who else has held the version against the law, and when.
func (s *Service) SaveTheirs(ctx context.Context, actor access.Actor, v VersionID, seen int64, by string, on clock.Date) error {
	by = text.CleanLine(by)
	var fs fault.Fields
	fs.Text("by", by, MaxLine, true)
	Past(&fs, "on", on, s.Clock.Today())
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, _, err := s.keeping(ctx, tx, actor, v)
		if err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, updateTheirs, by, on, v, seen); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionCheck, Subject(old.Body), audit.Changed(audit.Field("theirs_by", old.TheirsBy, by), audit.Field("theirs_on", old.TheirsOn, on))...)
		return nil
	})
}
