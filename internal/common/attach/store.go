package attach

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
)

const (
	insertDocument db.SQL = `INSERT INTO attachment (id, kind, subject, versions) VALUES ($1, $2, $3, 0)`
	countDocuments db.SQL = `SELECT COUNT(*) FROM attachment WHERE kind = $1 AND subject = $2`
	nextVersion    db.SQL = `UPDATE attachment SET versions = versions + 1 WHERE id = $1 RETURNING versions`
	thingOf        db.SQL = `SELECT kind, subject FROM attachment WHERE id = $1`
	insertVersion  db.SQL = `INSERT INTO attachment_version (id, attachment, nr, name, media, size, sha256, uploaded_by, uploaded_role, uploaded_org, uploaded_at,
		removed_by, removed_at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', NULL, '')`
	getVersion db.SQL = `SELECT v.id, v.attachment, a.kind, a.subject, v.nr, v.name, v.media, v.size, v.sha256, v.uploaded_by, v.uploaded_role, v.uploaded_org,
		v.uploaded_at, v.removed_by, v.removed_at, v.reason FROM attachment_version AS v JOIN attachment AS a ON a.id = v.attachment WHERE v.id = $1`
	versionsOn db.SQL = `SELECT v.id, v.attachment, a.kind, a.subject, v.nr, v.name, v.media, v.size, v.sha256, v.uploaded_by, v.uploaded_role, v.uploaded_org,
		v.uploaded_at, v.removed_by, v.removed_at, v.reason FROM attachment_version AS v JOIN attachment AS a ON a.id = v.attachment
		WHERE a.kind = $1 AND a.subject = $2 ORDER BY a.id, v.nr DESC, v.id`
	setRemoved  db.SQL = `UPDATE attachment_version SET removed_by = $1, removed_at = $2, reason = $3 WHERE id = $4 AND removed_at IS NULL`
	dropVersion db.SQL = `DELETE FROM attachment_version WHERE id = $1`
	dropEmpty   db.SQL = `DELETE FROM attachment WHERE kind = $1 AND subject = $2
		AND NOT EXISTS (SELECT 1 FROM attachment_version AS v WHERE v.attachment = attachment.id)`
	withContent db.SQL = `SELECT COUNT(*) FROM (SELECT 1 FROM attachment_version WHERE sha256 = $1 ORDER BY id LIMIT 1) AS v`
)

type versionRow struct {
	ID        VersionID    `db:"id"`
	Document  ID           `db:"attachment"`
	Kind      string       `db:"kind"`
	Subject   string       `db:"subject"`
	Nr        int64        `db:"nr"`
	Name      string       `db:"name"`
	Media     string       `db:"media"`
	Size      int64        `db:"size"`
	SHA256    string       `db:"sha256"`
	By        string       `db:"uploaded_by"`
	Role      access.Role  `db:"uploaded_role"`
	Org       access.OrgID `db:"uploaded_org"`
	At        clock.Time   `db:"uploaded_at"`
	RemovedBy string       `db:"removed_by"`
	RemovedAt clock.Time   `db:"removed_at"`
	Reason    string       `db:"reason"`
}

func (r versionRow) version() Version {
	return Version{ID: r.ID, Document: r.Document, Thing: object.Ref{Kind: r.Kind, ID: r.Subject}, Nr: int(r.Nr), Name: r.Name, Media: r.Media, Size: r.Size,
		SHA256: r.SHA256, By: r.By, Role: r.Role, Org: r.Org, At: r.At, RemovedBy: r.RemovedBy, RemovedAt: r.RemovedAt, Reason: r.Reason}
}

func load(ctx context.Context, tx *db.Tx, version VersionID) (Version, error) {
	row, err := db.Get[versionRow](ctx, tx, getVersion, version)
	if err != nil {
		return Version{}, fmt.Errorf("attachment %s: %w", version, err)
	}
	return row.version(), nil
}

// on lists every version that was ever added to the thing, by document, newest
// first.
func on(ctx context.Context, tx *db.Tx, thing object.Ref) ([]Version, error) {
	rows, err := db.List[versionRow](ctx, tx, versionsOn, thing.Kind, thing.ID)
	if err != nil {
		return nil, fmt.Errorf("attachments of %s %s: %w", thing.Kind, thing.ID, err)
	}
	out := make([]Version, len(rows))
	for i, r := range rows {
		out[i] = r.version()
	}
	return out, nil
}

type thingRow struct {
	Kind    string `db:"kind"`
	Subject string `db:"subject"`
}

// thing is what the document hangs on.
func thing(ctx context.Context, tx *db.Tx, document ID) (object.Ref, error) {
	row, err := db.Get[thingRow](ctx, tx, thingOf, document)
	return object.Ref{Kind: row.Kind, ID: row.Subject}, err
}
