package upload

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/job"
	"kompetansetorg/internal/kit/sheet"
)

// Life is how long a sheet is kept.
const Life = 24 * time.Hour

// MaxKept is how many sheets an account may have at a time; one more throws
// the oldest away.
const MaxKept = 5

// Actions are those of the audit log. They tell that it happened, not what was
// in the sheet.
type Actions struct{ Keep, Choose, Headings, Drop, Confirm, Stored audit.Action }

// Use is what sheets are sent for. Kind is stored with each, and a sheet of
// another kind does not exist for this use; May says who may send one. Roles are
// those in which it is done: what columns are taken for is remembered for the
// organisation of the role.
type Use struct {
	Kind    string
	Actions Actions
	May     func(access.Actor) error
	Roles   []access.Role
}

// ID names a kept sheet.
type ID = id.Of[Upload]

// ParseID reads the id of a kept sheet from outside.
func ParseID(s string) (ID, error) { return id.Parse[Upload](s) }

// Choices is what the owner has chosen so far.
type Choices struct {
	// Sheet is the index of the sheet meant, Header the number of the row with
	// the headings, as the spreadsheet program shows it.
	Sheet  int `json:"sheet"`
	Header int `json:"header"`
	// Fields is the field each column is taken for, "" for none.
	Fields []string `json:"fields"`
	// Create registers unknown organisations; Ground is how they gave their
	// mandate; Drafts leaves the needs as drafts.
	Create bool   `json:"create"`
	Ground string `json:"ground"`
	Drafts bool   `json:"drafts"`
	// Done tells that the owner has said which column is what.
	Done bool `json:"done"`
}

// Upload is a kept sheet. Stored is how many things have become of it.
type Upload struct {
	ID      ID
	Name    string
	Sheets  []sheet.Sheet
	Choices Choices
	Stored  int
	Expires clock.Time
	Version int64
}

// Chosen is the sheet that is meant, with its headings where they were said
// to be.
func (u Upload) Chosen() sheet.Sheet {
	if u.Choices.Sheet < 0 || u.Choices.Sheet >= len(u.Sheets) {
		return sheet.Sheet{Header: -1}
	}
	s := u.Sheets[u.Choices.Sheet]
	if with, ok := s.WithHeader(u.Choices.Header); ok {
		return with
	}
	return s
}

const (
	insertUpload db.SQL = `INSERT INTO need_import (id, owner, kind, name, sheets, choices, stored, made_at, expires_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, 1)`
	getUpload     db.SQL = `SELECT id, name, sheets, choices, stored, expires_at, version FROM need_import WHERE id = $1 AND owner = $2 AND kind = $3 AND expires_at > $4`
	setChoices    db.SQL = `UPDATE need_import SET choices = $1, version = version + 1 WHERE id = $2 AND owner = $3 AND version = $4`
	addStored     db.SQL = `UPDATE need_import SET stored = stored + $1, version = version + 1 WHERE id = $2 AND owner = $3 AND kind = $4`
	dropUpload    db.SQL = `DELETE FROM need_import WHERE id = $1 AND owner = $2 AND kind = $3`
	dropUploads   db.SQL = `DELETE FROM need_import WHERE owner = $1`
	sweepExpired  db.SQL = `DELETE FROM need_import WHERE expires_at <= $1`
	olderOfOwner  db.SQL = `SELECT id FROM need_import WHERE owner = $1 AND kind = $2 ORDER BY made_at DESC, id DESC`
	maxNameLength        = 200
)

type uploadRow struct {
	ID      ID      `db:"id"`
	Name    string  `db:"name"`
	Sheets  string  `db:"sheets"`
	Choices string  `db:"choices"`
	Stored  int     `db:"stored"`
	Expires db.Time `db:"expires_at"`
	Version int64   `db:"version"`
}

// Service keeps the sheets of a use.
type Service struct {
	db    *db.DB
	clock clock.Clock
	use   Use
}

// New makes the use cases.
func New(d *db.DB, c clock.Clock, use Use) *Service { return &Service{db: d, clock: c, use: use} }

func (s *Service) subject(u ID) audit.Subject {
	return audit.Subject{Kind: s.use.Kind + "_import", ID: string(u)}
}

// Keep keeps what was read from a file, for those who may send one. It
// throws away what has expired, and the actor's oldest above MaxKept.
func (s *Service) Keep(ctx context.Context, actor access.Actor, book *sheet.Book, c Choices) (ID, error) {
	if err := s.use.May(actor); err != nil {
		return "", err
	}
	if !actor.SignedIn() {
		return "", fault.New(fault.Denied, "fault.denied")
	}
	sheets, err := json.Marshal(book.Sheets)
	if err != nil {
		return "", fmt.Errorf("import: keep: %w", err)
	}
	choices, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("import: keep: %w", err)
	}
	name := []rune(book.Name)
	kept, now := id.New[Upload](), s.clock.Now()
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, sweepExpired, now); err != nil {
			return err
		}
		older, err := db.List[ID](ctx, tx, olderOfOwner, actor.Account, s.use.Kind)
		if err != nil {
			return err
		}
		for _, old := range older[min(len(older), MaxKept-1):] {
			if err := s.drop(ctx, tx, actor, old); err != nil {
				return err
			}
		}
		audit.Record(tx, now, actor, s.use.Actions.Keep, s.subject(kept))
		_, err = db.Exec(ctx, tx, insertUpload, kept, actor.Account, s.use.Kind, string(name[:min(len(name), maxNameLength)]), string(sheets), string(choices), now, now.Add(Life))
		return err
	})
	if err != nil {
		return "", fmt.Errorf("import: keep: %w", err)
	}
	return kept, nil
}

// Get is a kept sheet of the actor's own, or NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, upload ID) (Upload, error) {
	var row uploadRow
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		row, err = db.Get[uploadRow](ctx, tx, getUpload, upload, actor.Account, s.use.Kind, s.clock.Now())
		return err
	})
	if err != nil {
		return Upload{}, fmt.Errorf("import %s: %w", upload, err)
	}
	return row.upload()
}

// upload is the row with what was read and chosen.
func (row uploadRow) upload() (Upload, error) {
	u := Upload{ID: row.ID, Name: row.Name, Stored: row.Stored, Expires: row.Expires, Version: row.Version}
	if err := json.Unmarshal([]byte(row.Sheets), &u.Sheets); err != nil {
		return Upload{}, fmt.Errorf("import %s: sheets: %w", row.ID, err)
	}
	if err := json.Unmarshal([]byte(row.Choices), &u.Choices); err != nil {
		return Upload{}, fmt.Errorf("import %s: choices: %w", row.ID, err)
	}
	return u, nil
}

// Choose stores what the owner has chosen. version is the one he saw. Once he has said
// which column is what, it is remembered for his organisation. While the sheet is
// being stored, nothing of it can be chosen anew: Conflict.
func (s *Service) Choose(ctx context.Context, actor access.Actor, upload ID, version int64, c Choices) error {
	choices, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("import %s: choose: %w", upload, err)
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[uploadRow](ctx, tx, getUpload, upload, actor.Account, s.use.Kind, s.clock.Now())
		if err != nil {
			return fmt.Errorf("import %s: %w", upload, err)
		}
		if c.Done {
			u, err := row.upload()
			if err != nil {
				return err
			}
			u.Choices = c
			if err := s.remember(ctx, tx, actor, u.Chosen().Headings(), c.Fields); err != nil {
				return err
			}
		}
		if _, err := job.Living(ctx, tx, s.use.Job(), string(upload)); err == nil {
			return fault.New(fault.Conflict, "upload.error.storing")
		} else if !fault.Is(err, fault.NotFound) {
			return err
		}
		audit.Record(tx, s.clock.Now(), actor, s.use.Actions.Choose, s.subject(upload))
		return db.ExecOne(ctx, tx, setChoices, string(choices), upload, actor.Account, version)
	})
}

// Forget throws away all that the account keeps, as part of deleting it.
func Forget(ctx context.Context, tx *db.Tx, a access.AccountID) error {
	_, err := db.Exec(ctx, tx, dropUploads, a)
	return err
}

// SweepIn is Sweep in a transaction of the caller.
func (s *Service) SweepIn(ctx context.Context, tx *db.Tx) (int64, error) {
	return db.Exec(ctx, tx, sweepExpired, s.clock.Now())
}

// Sweep throws away what has expired, of every use, and tells how many there were.
func (s *Service) Sweep(ctx context.Context) (int, error) {
	n := int64(0)
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		var err error
		n, err = s.SweepIn(ctx, tx)
		return err
	})
	return int(n), err
}

// Drop throws a sheet of the actor's own away.
func (s *Service) Drop(ctx context.Context, actor access.Actor, upload ID) error {
	return s.db.Write(ctx, func(tx *db.Tx) error { return s.drop(ctx, tx, actor, upload) })
}

func (s *Service) drop(ctx context.Context, tx *db.Tx, actor access.Actor, upload ID) error {
	n, err := db.Exec(ctx, tx, dropUpload, upload, actor.Account, s.use.Kind)
	if err != nil {
		return fmt.Errorf("import %s: drop: %w", upload, err)
	}
	if n > 0 {
		audit.Record(tx, s.clock.Now(), actor, s.use.Actions.Drop, s.subject(upload))
	}
	return nil
}
