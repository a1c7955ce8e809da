package supply

import (
	"context"
	"fmt"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

const (
	insertUpload db.SQL = `INSERT INTO supply_import (id, account, provider, file_name, content, created_at) VALUES ($1, $2, $3, $4, $5, $6)`
	updateUpload db.SQL = `UPDATE supply_import SET content = $1 WHERE id = $2 AND account = $3`
	deleteUpload db.SQL = `DELETE FROM supply_import WHERE id = $1 AND account = $2`
	dropUploads  db.SQL = `DELETE FROM supply_import WHERE account = $1`
	expireUpload db.SQL = `DELETE FROM supply_import WHERE created_at < $1`
	getUpload    db.SQL = `SELECT id, account, provider, file_name, content, created_at FROM supply_import WHERE id = $1 AND account = $2`
)

// Upload is a file that has been read and waits for yes. Content is what the
// reader made of it, in a form of its own.
type Upload struct {
	ID        UploadID `db:"id"`
	Account   string   `db:"account"`
	Provider  org.ID   `db:"provider"`
	FileName  string   `db:"file_name"`
	Content   string   `db:"content"`
	CreatedAt db.Time  `db:"created_at"`
}

// UploadID names an upload.
type UploadID = id.Of[Upload]

// uploadLives is how long a file waits.
const uploadLives = 24 * time.Hour

// Keep stores a file between the dry run and yes, for the actor's eyes only,
// and throws away those that have waited too long.
func (s *Service) Keep(ctx context.Context, actor access.Actor, provider org.ID, fileName, content string) (UploadID, error) {
	if err := s.mayUpload(actor, provider); err != nil {
		return "", err
	}
	u := id.New[Upload]()
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, expireUpload, now.Add(-uploadLives)); err != nil {
			return fmt.Errorf("uploads: expire: %w", err)
		}
		if _, err := db.Exec(ctx, tx, insertUpload, u, actor.Label(), string(provider), fileName, content, now); err != nil {
			return fmt.Errorf("upload: insert: %w", err)
		}
		audit.Record(tx, now, actor, ActionUpload, audit.Subject{Kind: "supply_import", ID: string(u)}, audit.Field("file_name", "", fileName))
		return nil
	})
	return u, err
}

func (s *Service) mayUpload(actor access.Actor, provider org.ID) error {
	if provider != "" {
		return CanImport(actor, provider)
	}
	if actor.Has(access.RoleCaseOfficer, access.RoleSysadmin) || actor.IsSystem() {
		return nil
	}
	return fault.New(fault.Denied, "supply.error.not_provider")
}

// Kept is the actor's own upload, or NotFound.
func (s *Service) Kept(ctx context.Context, actor access.Actor, u UploadID) (Upload, error) {
	var out Upload
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = db.Get[Upload](ctx, tx, getUpload, u, actor.Label())
		return err
	})
	if err == nil && s.clock.Now().Sub(out.CreatedAt) > uploadLives {
		return Upload{}, fault.Missing()
	}
	if err != nil {
		return Upload{}, fmt.Errorf("upload %s: %w", u, err)
	}
	return out, nil
}

// Rewrite changes the content of the actor's upload: another choice of columns.
func (s *Service) Rewrite(ctx context.Context, actor access.Actor, u UploadID, content string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, updateUpload, content, u, actor.Label())
		if err != nil {
			return fmt.Errorf("upload %s: rewrite: %w", u, err)
		}
		if n == 0 {
			return fault.Missing()
		}
		audit.Record(tx, s.clock.Now(), actor, ActionUpload, audit.Subject{Kind: "supply_import", ID: string(u)})
		return nil
	})
}

// Discard throws the actor's upload away.
func (s *Service) Discard(ctx context.Context, actor access.Actor, u UploadID) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, deleteUpload, u, actor.Label()); err != nil {
			return fmt.Errorf("upload %s: discard: %w", u, err)
		}
		audit.Record(tx, s.clock.Now(), actor, ActionDiscard, audit.Subject{Kind: "supply_import", ID: string(u)})
		return nil
	})
}

// ForgetUploads throws away all that the account keeps, as part of deleting it.
func ForgetUploads(ctx context.Context, tx *db.Tx, a access.AccountID) error {
	_, err := db.Exec(ctx, tx, dropUploads, a)
	return err
}

// SweepUploads throws away files that have waited too long, and tells how many.
func (s *Service) SweepUploads(ctx context.Context, tx *db.Tx) (int64, error) {
	return db.Exec(ctx, tx, expireUpload, s.clock.Now().Add(-uploadLives))
}
