package duty

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/council"
)

// The actions of the audit log.
const (
	ActionInform audit.Action = "council.inform"
	ActionTold   audit.Action = "council.told"
	ActionDuty   audit.Action = "council.duty"
)

// Service is the use cases of duties.
type Service struct{ council.Deps }

// New makes the room.
func New(d council.Deps) *Service { return &Service{Deps: d} }

// MatterID names a matter that the council must be told of.
type MatterID = id.Of[Matter]

// ParseMatterID reads the id of a matter from outside.
func ParseMatterID(s string) (MatterID, error) { return id.Parse[Matter](s) }

// Tag is what a decision of the board changed, so that the council must be told.
// Stored as written.
type Tag string

// The tags, as the agreement lists them.
const (
	Budget  Tag = "budget"
	Tasks   Tag = "tasks"
	Mandate Tag = "mandate"
)

// Tags lists the tags in the order pages show them.
func Tags() []Tag { return []Tag{Budget, Tasks, Mandate} }

// Label is the tag's name.
func (t Tag) Label() i18n.Key { return i18n.Key("council.tag." + string(t)) }

// Matter is something that the board decided and the council must be told of. Told is
// where it was told; empty while it is open.
type Matter struct {
	ID        MatterID
	Body      council.BodyID
	Tag       Tag
	What      string
	DecidedBy string
	DecidedOn clock.Date
	Told      string
	ToldOn    clock.Date
	Version   int64
}

// IsOpen reports whether the council has not been told yet.
func (m Matter) IsOpen() bool { return m.Told == "" }

func (m Matter) tidied(today clock.Date) (Matter, error) {
	var fs fault.Fields
	m.What, m.DecidedBy = text.CleanLine(m.What), text.CleanLine(m.DecidedBy)
	if !slices.Contains(Tags(), m.Tag) {
		fs.Add("tag", "form.error.choice")
	}
	fs.Text("what", m.What, council.MaxLine, true)
	fs.Text("decided_by", m.DecidedBy, council.MaxLine, true)
	council.Past(&fs, "decided_on", m.DecidedOn, today)
	return m, fs.Err()
}

// Sheet is what a council owes: matters to be told, the open first, and duties.
type Sheet struct {
	Body    council.Body
	Is      council.Standing
	Matters []Matter
	Dues    []Due
}

// Open are the matters that the council has not been told of.
func (s Sheet) Open() []Matter {
	return slices.DeleteFunc(slices.Clone(s.Matters), func(m Matter) bool { return !m.IsOpen() })
}

const (
	insertMatter db.SQL = `INSERT INTO council_inform (id, body, tag, what, decided_by, decided_on, told, told_on, recorded_by, recorded_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, '', NULL, $7, $8, 1)`
	tellMatter db.SQL = `UPDATE council_inform SET told = $1, told_on = $2, version = version + 1 WHERE id = $3 AND version = $4 AND told = ''`
	getMatter  db.SQL = `SELECT id, body, tag, what, decided_by, decided_on, told, told_on, version FROM council_inform WHERE id = $1`
	mattersOf  db.SQL = `SELECT id, body, tag, what, decided_by, decided_on, told, told_on, version FROM council_inform WHERE body = $1
		ORDER BY CASE WHEN told = '' THEN 0 ELSE 1 END, decided_on DESC, id DESC`

	insertDone db.SQL = `INSERT INTO council_duty (body, kind, year, done, done_on, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	doneOf     db.SQL = `SELECT kind, year, done, done_on FROM council_duty WHERE body = $1 ORDER BY year, kind`
	feesOf     db.SQL = `SELECT year, decided_by, decided_on FROM council_fee WHERE body = $1 ORDER BY year`
)

type matterRow struct {
	ID        MatterID       `db:"id"`
	Body      council.BodyID `db:"body"`
	Tag       Tag            `db:"tag"`
	What      string         `db:"what"`
	DecidedBy string         `db:"decided_by"`
	DecidedOn db.Date        `db:"decided_on"`
	Told      string         `db:"told"`
	ToldOn    db.Date        `db:"told_on"`
	Version   int64          `db:"version"`
}

type doneRow struct {
	Kind Kind    `db:"kind"`
	Year int     `db:"year"`
	What string  `db:"done"`
	On   db.Date `db:"done_on"`
}

type feeRow struct {
	Year      int     `db:"year"`
	DecidedBy string  `db:"decided_by"`
	DecidedOn db.Date `db:"decided_on"`
}

func matters(ctx context.Context, tx *db.Tx, b council.BodyID) ([]Matter, error) {
	rows, err := db.List[matterRow](ctx, tx, mattersOf, b)
	if err != nil {
		return nil, fmt.Errorf("council %s: matters: %w", b, err)
	}
	out := make([]Matter, len(rows))
	for i, r := range rows {
		out[i] = Matter(r)
	}
	return out, nil
}

func recorded(ctx context.Context, tx *db.Tx, b council.BodyID) ([]done, error) {
	rows, err := db.List[doneRow](ctx, tx, doneOf, b)
	if err != nil {
		return nil, fmt.Errorf("council %s: duties: %w", b, err)
	}
	var out []done
	for _, r := range rows {
		out = append(out, done(r))
	}
	fees, err := db.List[feeRow](ctx, tx, feesOf, b)
	if err != nil {
		return nil, fmt.Errorf("council %s: duties: %w", b, err)
	}
	for _, r := range fees {
		out = append(out, done{Kind: Fee, Year: r.Year, What: r.DecidedBy, On: r.DecidedOn})
	}
	return out, nil
}

// Sheet is open to all.
func (s *Service) Sheet(ctx context.Context, actor access.Actor, b council.BodyID) (Sheet, error) {
	var out Sheet
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		today := s.Clock.Today()
		if out.Body, out.Is, err = council.Seen(ctx, tx, s.Bodies, actor, b, today); err != nil {
			return err
		}
		if out.Matters, err = matters(ctx, tx, b); err != nil {
			return err
		}
		list, err := recorded(ctx, tx, b)
		out.Dues = dues(out.Body.Terms.Duties, out.Body.From, today, list)
		return err
	})
	return out, err
}

// OpenMatters are what the council must be told of at its next meeting. For the agenda,
// inside its transaction.
func OpenMatters(ctx context.Context, tx *db.Tx, b council.BodyID) ([]Matter, error) {
	all, err := matters(ctx, tx, b)
	return slices.DeleteFunc(all, func(m Matter) bool { return !m.IsOpen() }), err
}

// Note records a matter that the council must be told of.
func (s *Service) Note(ctx context.Context, actor access.Actor, m Matter) (MatterID, error) {
	m, err := m.tidied(s.Clock.Today())
	if err != nil {
		return "", err
	}
	m.ID = id.New[Matter]()
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		body, err := council.Keeping(ctx, tx, s.Bodies, actor, m.Body, s.Clock.Today())
		if err != nil {
			return err
		}
		if !body.Terms.Has(string(Inform)) {
			return fault.New(fault.Conflict, "council.error.no_inform")
		}
		if _, err := db.Exec(ctx, tx, insertMatter, m.ID, m.Body, m.Tag, m.What, m.DecidedBy, m.DecidedOn, actor.Label(), s.Clock.Now()); err != nil {
			return fmt.Errorf("council %s: matter: %w", m.Body, err)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionInform, council.Subject(m.Body), audit.Field("what", "", m.What), audit.Field("tag", "", string(m.Tag)),
			audit.Field("decided_by", "", m.DecidedBy))
		return nil
	})
	return m.ID, err
}

// Tell records where and when the council was told. The matter is then closed.
func (s *Service) Tell(ctx context.Context, actor access.Actor, m MatterID, seen int64, where string, on clock.Date) error {
	where = text.CleanLine(where)
	var fs fault.Fields
	fs.Text("told", where, council.MaxLine, true)
	council.Past(&fs, "told_on", on, s.Clock.Today())
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[matterRow](ctx, tx, getMatter, m)
		if err != nil {
			return fmt.Errorf("matter %s: %w", m, err)
		}
		if _, err := council.Keeping(ctx, tx, s.Bodies, actor, row.Body, s.Clock.Today()); err != nil {
			return err
		}
		if on.Before(row.DecidedOn) {
			return fault.InvalidField("told_on", "council.error.before_decision", "date", row.DecidedOn)
		}
		if err := db.ExecOne(ctx, tx, tellMatter, where, on, m, seen); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionTold, council.Subject(row.Body), audit.Field("what", row.What, row.What), audit.Field("told", "", where))
		return nil
	})
}

// Do records that a duty of a year has been done, with the decision. The fee is done
// when it is fixed, and is refused here.
func (s *Service) Do(ctx context.Context, actor access.Actor, b council.BodyID, k Kind, year int, what string, on clock.Date) error {
	what = text.CleanLine(what)
	var fs fault.Fields
	fs.Text("done", what, council.MaxLine, true)
	council.Past(&fs, "done_on", on, s.Clock.Today())
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		body, err := council.Keeping(ctx, tx, s.Bodies, actor, b, s.Clock.Today())
		if err != nil {
			return err
		}
		list, err := recorded(ctx, tx, b)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(dues(body.Terms.Duties, body.From, s.Clock.Today(), list), func(d Due) bool { return d.Kind == k && d.Year == year && d.Kind != Fee })
		if i < 0 {
			return fault.Missing()
		}
		if _, err := db.Exec(ctx, tx, insertDone, b, k, year, what, on, actor.Label(), s.Clock.Now()); err != nil {
			if fault.Is(err, fault.Conflict) {
				return fault.New(fault.Conflict, "council.error.done")
			}
			return fmt.Errorf("council %s: duty: %w", b, err)
		}
		if err := Finish(ctx, tx, actor, s.Clock.Now(), b, k, year); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionDuty, council.Subject(b), audit.Field("duty", "", string(k)), audit.Field("year", "", year), audit.Field("done", "", what))
		return nil
	})
}
