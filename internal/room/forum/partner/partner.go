// Package partner is what the partners of a forum bring themselves: what each does for
// competence, so that efforts can be seen together, and good examples that others can
// learn from. Who speaks for a partner writes and changes its own; the forum's
// secretary does for all, and chooses the examples that are lifted. Everything is open
// to all; contact is an office, never a person.
//
// Words: egen innsats = effort, godt eksempel = example, overføringsverdi = transfer
// value, løftet fram = lifted.
//
// Tables: forum_effort, forum_example.
package partner

import (
	"context"
	"fmt"
	"regexp"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/forum"
)

// EffortID names an effort, ExampleID an example.
type (
	EffortID  = id.Of[Effort]
	ExampleID = id.Of[Example]
)

// ParseEffortID and ParseExampleID read ids from outside.
func ParseEffortID(s string) (EffortID, error)   { return id.Parse[Effort](s) }
func ParseExampleID(s string) (ExampleID, error) { return id.Parse[Example](s) }

// The actions of the audit log.
const (
	ActionEffort  audit.Action = "forum.effort"
	ActionExample audit.Action = "forum.example"
	ActionLift    audit.Action = "forum.lift"
)

// MaxTold is the longest text, in characters.
const MaxTold = 4_000

// Effort is a measure or project of a partner. Field is a code of what it is about, To
// its last day, zero while it goes on. Mine says that the reader may change it.
type Effort struct {
	ID       EffortID
	Body     forum.BodyID
	Org      access.OrgID
	OrgName  string
	Title    string
	Words    string
	Field    string
	From, To clock.Date
	Link     string
	Version  int64
	Mine     bool
}

// GoesOn reports whether the effort has not ended on the day.
func (e Effort) GoesOn(day clock.Date) bool { return e.To.IsZero() || !e.To.Before(day) }

// Example is a good example: what was done, what came of it, and what others can use.
type Example struct {
	ID       ExampleID
	Body     forum.BodyID
	Org      access.OrgID
	OrgName  string
	Title    string
	Done     string
	Result   string
	Transfer string
	Contact  string
	Lifted   bool
	Version  int64
	Mine     bool
}

// Service is the use cases. Fields are the codes that an effort may be about.
type Service struct {
	forums *forum.Service
	fields func(code string) bool
}

// New makes them. known tells which codes of fields there are.
func New(f *forum.Service, known func(code string) bool) *Service {
	return &Service{forums: f, fields: known}
}

const (
	insertEffort db.SQL = `INSERT INTO forum_effort (id, body, org, title, words, field, from_day, to_day, link, created_by, created_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)`
	updateEffort db.SQL = `UPDATE forum_effort SET org = $1, title = $2, words = $3, field = $4, from_day = $5, to_day = $6, link = $7, version = version + 1
		WHERE id = $8 AND version = $9`
	getEffort     db.SQL = `SELECT id, body, org, title, words, field, from_day, to_day, link, version FROM forum_effort WHERE id = $1`
	listEfforts   db.SQL = `SELECT id, body, org, title, words, field, from_day, to_day, link, version FROM forum_effort WHERE body = $1 ORDER BY id DESC`
	insertExample db.SQL = `INSERT INTO forum_example (id, body, org, title, done, result, transfer, contact, lifted, created_by, created_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, FALSE, $9, $10, 1)`
	updateExample db.SQL = `UPDATE forum_example SET org = $1, title = $2, done = $3, result = $4, transfer = $5, contact = $6, version = version + 1
		WHERE id = $7 AND version = $8`
	liftExample  db.SQL = `UPDATE forum_example SET lifted = $1, version = version + 1 WHERE id = $2 AND version = $3`
	getExample   db.SQL = `SELECT id, body, org, title, done, result, transfer, contact, lifted, version FROM forum_example WHERE id = $1`
	listExamples db.SQL = `SELECT id, body, org, title, done, result, transfer, contact, lifted, version FROM forum_example WHERE body = $1 ORDER BY lifted DESC, id DESC`
)

type effortRow struct {
	ID      EffortID     `db:"id"`
	Body    forum.BodyID `db:"body"`
	Org     access.OrgID `db:"org"`
	Title   string       `db:"title"`
	Words   string       `db:"words"`
	Field   string       `db:"field"`
	From    db.Date      `db:"from_day"`
	To      db.Date      `db:"to_day"`
	Link    string       `db:"link"`
	Version int64        `db:"version"`
}

func (r effortRow) effort() Effort {
	return Effort{ID: r.ID, Body: r.Body, Org: r.Org, Title: r.Title, Words: r.Words, Field: r.Field, From: r.From, To: r.To, Link: r.Link, Version: r.Version}
}

type exampleRow struct {
	ID       ExampleID    `db:"id"`
	Body     forum.BodyID `db:"body"`
	Org      access.OrgID `db:"org"`
	Title    string       `db:"title"`
	Done     string       `db:"done"`
	Result   string       `db:"result"`
	Transfer string       `db:"transfer"`
	Contact  string       `db:"contact"`
	Lifted   bool         `db:"lifted"`
	Version  int64        `db:"version"`
}

func (r exampleRow) example() Example {
	return Example{ID: r.ID, Body: r.Body, Org: r.Org, Title: r.Title, Done: r.Done, Result: r.Result, Transfer: r.Transfer, Contact: r.Contact, Lifted: r.Lifted, Version: r.Version}
}

// Of is what the partners of the forum bring: efforts newest first, examples that are
// lifted first.
func (s *Service) Of(ctx context.Context, actor access.Actor, b forum.BodyID) ([]Effort, []Example, error) {
	var efforts []Effort
	var examples []Example
	err := s.forums.DB.Read(ctx, func(tx *db.Tx) error {
		_, part, err := forum.Open(ctx, tx, s.forums.Bodies, actor, b)
		if err != nil {
			return err
		}
		did, err := db.List[effortRow](ctx, tx, listEfforts, b)
		if err != nil {
			return err
		}
		showed, err := db.List[exampleRow](ctx, tx, listExamples, b)
		if err != nil {
			return err
		}
		var orgs []access.OrgID
		for _, r := range did {
			orgs = append(orgs, r.Org)
		}
		for _, r := range showed {
			orgs = append(orgs, r.Org)
		}
		names, err := org.NamesOn(ctx, tx, orgs, s.forums.Clock.Today())
		if err != nil {
			return err
		}
		efforts, examples = make([]Effort, len(did)), make([]Example, len(showed))
		for i, r := range did {
			efforts[i] = r.effort()
			efforts[i].OrgName, efforts[i].Mine = names[r.Org], part.SpeaksFor(r.Org)
		}
		for i, r := range showed {
			examples[i] = r.example()
			examples[i].OrgName, examples[i].Mine = names[r.Org], part.SpeaksFor(r.Org)
		}
		return nil
	})
	return efforts, examples, err
}

// Effort is one of them, and Example one of those, to be changed: only who may change
// it finds it.
func (s *Service) Effort(ctx context.Context, actor access.Actor, e EffortID) (Effort, error) {
	return changing(ctx, s, actor, func(tx *db.Tx) (Effort, forum.BodyID, access.OrgID, error) {
		row, err := db.Get[effortRow](ctx, tx, getEffort, e)
		return row.effort(), row.Body, row.Org, err
	})
}

// Example is one of the examples, for who may change it.
func (s *Service) Example(ctx context.Context, actor access.Actor, e ExampleID) (Example, error) {
	return changing(ctx, s, actor, func(tx *db.Tx) (Example, forum.BodyID, access.OrgID, error) {
		row, err := db.Get[exampleRow](ctx, tx, getExample, e)
		return row.example(), row.Body, row.Org, err
	})
}

func changing[T any](ctx context.Context, s *Service, actor access.Actor, load func(*db.Tx) (T, forum.BodyID, access.OrgID, error)) (T, error) {
	var out T
	err := s.forums.DB.Read(ctx, func(tx *db.Tx) error {
		found, b, o, err := load(tx)
		if err != nil {
			return err
		}
		_, part, err := forum.Open(ctx, tx, s.forums.Bodies, actor, b)
		if err != nil {
			return err
		}
		if !part.SpeaksFor(o) {
			return fault.New(fault.Denied, "fault.denied")
		}
		out = found
		return nil
	})
	return out, err
}

var web = regexp.MustCompile(`^https?://[^\s"<>]+$`)

func (s *Service) checkEffort(in *Effort) error {
	in.Title, in.Words, in.Link = text.CleanLine(in.Title), text.CleanMultiline(in.Words), text.CleanLine(in.Link)
	var fs fault.Fields
	fs.Text("title", in.Title, forum.MaxLine, true)
	fs.Text("words", in.Words, MaxTold, true)
	fs.Text("link", in.Link, forum.MaxLine, false)
	if in.Link != "" && !web.MatchString(in.Link) {
		fs.Add("link", "forum.error.link")
	}
	if in.Field != "" && !s.fields(in.Field) {
		fs.Add("field", "form.error.choice")
	}
	if !in.To.IsZero() && in.To.Before(in.From) {
		fs.Add("to", "form.error.period")
	}
	return fs.Err()
}

// SaveEffort adds an effort (in.ID empty) or replaces what is said of one; in.Version
// is the one that the writer saw.
func (s *Service) SaveEffort(ctx context.Context, actor access.Actor, in Effort) (EffortID, error) {
	if err := s.checkEffort(&in); err != nil {
		return "", err
	}
	out := in.ID
	if out == "" {
		out = id.New[Effort]()
	}
	return out, s.forums.DB.Write(ctx, func(tx *db.Tx) error {
		if in.ID != "" {
			old, err := db.Get[effortRow](ctx, tx, getEffort, in.ID)
			if err != nil {
				return err
			}
			if _, err := forum.Speak(ctx, tx, s.forums.Bodies, actor, old.Body, old.Org); err != nil {
				return err
			}
			in.Body = old.Body
		}
		if _, err := forum.Speak(ctx, tx, s.forums.Bodies, actor, in.Body, in.Org); err != nil {
			return err
		}
		var err error
		if in.ID == "" {
			_, err = db.Exec(ctx, tx, insertEffort, out, in.Body, in.Org, in.Title, in.Words, in.Field, in.From, in.To, in.Link, actor.Label(), s.forums.Clock.Now())
		} else {
			err = db.ExecOne(ctx, tx, updateEffort, in.Org, in.Title, in.Words, in.Field, in.From, in.To, in.Link, in.ID, in.Version)
		}
		if err != nil {
			return fmt.Errorf("forum %s: effort: %w", in.Body, err)
		}
		audit.Record(tx, s.forums.Clock.Now(), actor, ActionEffort, forum.Subject(in.Body), audit.Field("effort", "", string(out)), audit.Field("title", "", in.Title),
			audit.Field("organisation", "", string(in.Org)))
		return nil
	})
}

func checkExample(in *Example) error {
	in.Title, in.Contact = text.CleanLine(in.Title), text.CleanLine(in.Contact)
	in.Done, in.Result, in.Transfer = text.CleanMultiline(in.Done), text.CleanMultiline(in.Result), text.CleanMultiline(in.Transfer)
	var fs fault.Fields
	fs.Text("title", in.Title, forum.MaxLine, true)
	fs.Text("done", in.Done, MaxTold, true)
	fs.Text("result", in.Result, MaxTold, true)
	fs.Text("transfer", in.Transfer, MaxTold, false)
	fs.Text("contact", in.Contact, forum.MaxLine, true)
	if len(text.SensitiveHints(in.Contact)) > 0 {
		fs.Add("contact", "forum.error.person")
	}
	return fs.Err()
}

// SaveExample adds an example (in.ID empty) or replaces what is said of one.
func (s *Service) SaveExample(ctx context.Context, actor access.Actor, in Example) (ExampleID, error) {
	if err := checkExample(&in); err != nil {
		return "", err
	}
	out := in.ID
	if out == "" {
		out = id.New[Example]()
	}
	return out, s.forums.DB.Write(ctx, func(tx *db.Tx) error {
		if in.ID != "" {
			old, err := db.Get[exampleRow](ctx, tx, getExample, in.ID)
			if err != nil {
				return err
			}
			if _, err := forum.Speak(ctx, tx, s.forums.Bodies, actor, old.Body, old.Org); err != nil {
				return err
			}
			in.Body = old.Body
		}
		if _, err := forum.Speak(ctx, tx, s.forums.Bodies, actor, in.Body, in.Org); err != nil {
			return err
		}
		var err error
		if in.ID == "" {
			_, err = db.Exec(ctx, tx, insertExample, out, in.Body, in.Org, in.Title, in.Done, in.Result, in.Transfer, in.Contact, actor.Label(), s.forums.Clock.Now())
		} else {
			err = db.ExecOne(ctx, tx, updateExample, in.Org, in.Title, in.Done, in.Result, in.Transfer, in.Contact, in.ID, in.Version)
		}
		if err != nil {
			return fmt.Errorf("forum %s: example: %w", in.Body, err)
		}
		audit.Record(tx, s.forums.Clock.Now(), actor, ActionExample, forum.Subject(in.Body), audit.Field("example", "", string(out)), audit.Field("title", "", in.Title),
			audit.Field("organisation", "", string(in.Org)))
		return nil
	})
}

// Lift puts an example first, or takes it down again. The forum's secretary does.
func (s *Service) Lift(ctx context.Context, actor access.Actor, e ExampleID, version int64, up bool) error {
	return s.forums.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := db.Get[exampleRow](ctx, tx, getExample, e)
		if err != nil {
			return err
		}
		if _, err := forum.Keep(ctx, tx, s.forums.Bodies, actor, old.Body); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, liftExample, up, e, version); err != nil {
			return err
		}
		audit.Record(tx, s.forums.Clock.Now(), actor, ActionLift, forum.Subject(old.Body), audit.Field("lifted", old.Lifted, up))
		return nil
	})
}
