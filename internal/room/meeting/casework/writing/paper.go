package writing

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
	"kompetansetorg/internal/room/meeting/casework/check"
)

const (
	updateSection db.SQL = `UPDATE case_section SET heading = $1, words = $2, saved_by = $3, saved_at = $4, version = version + 1 WHERE case_file = $5 AND name = $6 AND version = $7`
	updateHeader  db.SQL = `UPDATE case_paper SET header = $1, version = version + 1 WHERE case_file = $2 AND version = $3`
	touchPaper    db.SQL = `UPDATE case_paper SET version = version + 1 WHERE case_file = $1`
)

// rows are the lines of the header: those written, or those of the treatments that
// are to come, or of the last.
func rows(p casepaper.Paper, list []casework.Treatment) []check.Row {
	if len(p.Header) > 0 {
		return p.Header
	}
	out := planned(list)
	if len(out) == 0 && len(list) > 0 {
		last := list[len(list)-1]
		out = []check.Row{{Body: last.BodyName, Number: last.Number, Day: last.Day}}
	}
	return out
}

func planned(list []casework.Treatment) []check.Row {
	var out []check.Row
	for _, t := range list {
		if t.Result == casework.Planned {
			out = append(out, check.Row{Body: t.BodyName, Number: t.Number, Day: t.Day})
		}
	}
	return out
}

// SaveSection saves a section. version is the one that the writer saw; when somebody
// saved it since, the answer is Stale and nothing changes: both texts are left for
// the writer to put together. A case that was just opened is being written on from
// now.
func (s *Service) SaveSection(ctx context.Context, actor access.Actor, c casework.ID, name string, version int64, heading, words string) error {
	heading, words = text.CleanLine(heading), text.CleanMultiline(words)
	var fs fault.Fields
	fs.Text("heading", heading, casework.MaxOffice, true)
	fs.Text("words", words, MaxSection, false)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.writable(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		p, err := casepaper.Load(ctx, tx, c)
		if err != nil {
			return err
		}
		was, ok := p.Section(name)
		if !ok {
			return fault.Missing()
		}
		now := s.room.Clock.Now()
		if err := db.ExecOne(ctx, tx, updateSection, heading, words, actor.Label(), now, c, name, version); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, touchPaper, c); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionWrite, casework.Subject(c), audit.Field("section", "", name), audit.Field("length", len([]rune(was.Words)), len([]rune(words))))
		if old.State == casework.Created {
			return s.room.Step(ctx, tx, actor, old, casework.Created, casework.Drafting, "")
		}
		return nil
	})
}

// writable loads a case whose paper may be written on.
func (s *Service) writable(ctx context.Context, tx *db.Tx, actor access.Actor, c casework.ID) (casework.Case, error) {
	out, err := s.room.Writing(ctx, tx, actor, c)
	if err == nil && !casework.IsWritten(out) {
		err = fault.New(fault.Conflict, "case.error.not_writable")
	}
	return out, err
}

// SaveHeader replaces the lines at the top of the paper; none takes them from the
// treatments again.
func (s *Service) SaveHeader(ctx context.Context, actor access.Actor, c casework.ID, version int64, header string) error {
	rows, err := casepaper.ParseHeader(header)
	if err != nil {
		return err
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.writable(ctx, tx, actor, c); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, updateHeader, casepaper.HeaderText(rows), c, version); err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, ActionWrite, casework.Subject(c), audit.Field("header", "", casepaper.HeaderText(rows)))
		return nil
	})
}
