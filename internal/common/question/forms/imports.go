package forms

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

// ImportLife is how long what was read from a workbook waits for a yes.
const ImportLife = 24 * time.Hour

// Import is a form read from a workbook that waits for a yes. Report is what
// the reader could not read, as it wrote it.
type Import struct {
	ID         ImportID
	Name       string // of the file
	Code       string
	Definition question.Definition
	Report     json.RawMessage
}

// ImportID names an import.
type ImportID = id.Of[Import]

// ParseImportID reads an import's id from outside.
func ParseImportID(s string) (ImportID, error) { return id.Parse[Import](s) }

const (
	insertImport db.SQL = `INSERT INTO question_import (id, owner, name, code, definition, faults, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	getImport    db.SQL = `SELECT id, name, code, definition, faults FROM question_import WHERE id = $1 AND owner = $2 AND expires_at > $3`
	dropImport   db.SQL = `DELETE FROM question_import WHERE id = $1`
	dropImports  db.SQL = `DELETE FROM question_import WHERE owner = $1`
	sweepImports db.SQL = `DELETE FROM question_import WHERE expires_at <= $1`
)

type importRow struct {
	ID         ImportID `db:"id"`
	Name       string   `db:"name"`
	Code       string   `db:"code"`
	Definition string   `db:"definition"`
	Faults     string   `db:"faults"`
}

// KeepImport keeps what was read from a workbook until its owner says yes, and
// throws away what has waited too long. No form is made.
func (s *Service) KeepImport(ctx context.Context, actor access.Actor, in Import) (ImportID, error) {
	if err := CanMake(actor); err != nil {
		return "", err
	}
	encoded, err := question.Encode(in.Definition)
	if err != nil {
		return "", err
	}
	kept, now := id.New[Import](), s.clock.Now()
	return kept, s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, sweepImports, now); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, insertImport, kept, actor.Label(), in.Name, in.Code, encoded, string(in.Report), now.Add(ImportLife)); err != nil {
			return fmt.Errorf("form import: keep: %w", err)
		}
		audit.Record(tx, now, actor, ActionImport, audit.Subject{Kind: "question_import", ID: string(kept)})
		return nil
	})
}

// GetImport is an import of the actor's own, or NotFound.
func (s *Service) GetImport(ctx context.Context, actor access.Actor, kept ImportID) (Import, error) {
	var row importRow
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		row, err = db.Get[importRow](ctx, tx, getImport, kept, actor.Label(), s.clock.Now())
		return err
	})
	if err != nil {
		return Import{}, fmt.Errorf("form import %s: %w", kept, err)
	}
	out := Import{ID: row.ID, Name: row.Name, Code: row.Code, Report: json.RawMessage(row.Faults)}
	out.Definition, err = question.Decode([]byte(row.Definition))
	return out, err
}

// ConfirmImport makes the form that was read, as a draft under the code.
func (s *Service) ConfirmImport(ctx context.Context, actor access.Actor, kept ImportID, code string) (ID, error) {
	if err := CanMake(actor); err != nil {
		return "", err
	}
	in, err := s.GetImport(ctx, actor, kept)
	if err != nil {
		return "", err
	}
	var out ID
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if err := useImport(ctx, tx, kept); err != nil {
			return err
		}
		var err error
		out, err = s.create(ctx, tx, actor, ActionImport, code, in.Definition)
		return err
	})
	return out, err
}

// VersionOf is the import as it becomes a version after the newest of the form, and
// how it differs from that.
func (in Import) VersionOf(f Form) (question.Definition, question.Comparison) {
	newest := f.Versions[0].Definition
	d := in.Definition.Onto(newest)
	return d, question.Compare(newest, d)
}

// ConfirmImportAs begins a draft of the form that says what was read (VersionOf).
// version is the one of the form that the maker has compared with: when somebody
// has changed the form since it is Stale. A draft that is open is never replaced:
// with one, or when what was read is what the newest version says, it is Conflict.
func (s *Service) ConfirmImportAs(ctx context.Context, actor access.Actor, kept ImportID, form ID, version int64) error {
	if err := CanMake(actor); err != nil {
		return err
	}
	in, err := s.GetImport(ctx, actor, kept)
	if err != nil {
		return err
	}
	return s.change(ctx, actor, form, version, func(tx *db.Tx, f Form) error {
		d, compared := in.VersionOf(f)
		if err := s.begin(ctx, tx, actor, ActionImport, f, d); err != nil {
			return err
		}
		if compared.IsSame() {
			return fault.New(fault.Conflict, "question.error.import_same")
		}
		return useImport(ctx, tx, kept)
	})
}

// useImport takes the import away, because it has become a form; NotFound when it
// was taken already, in another window.
func useImport(ctx context.Context, tx *db.Tx, kept ImportID) error {
	n, err := db.Exec(ctx, tx, dropImport, kept)
	if err != nil {
		return fmt.Errorf("form import %s: %w", kept, err)
	}
	if n == 0 {
		return fault.Missing()
	}
	return nil
}

// ForgetImports throws away all that the account keeps, as part of deleting it.
func ForgetImports(ctx context.Context, tx *db.Tx, a access.AccountID) error {
	_, err := db.Exec(ctx, tx, dropImports, a)
	return err
}

// SweepImports throws away what has waited too long for a yes, and tells how much.
func (s *Service) SweepImports(ctx context.Context, tx *db.Tx) (int64, error) {
	return db.Exec(ctx, tx, sweepImports, s.clock.Now())
}
