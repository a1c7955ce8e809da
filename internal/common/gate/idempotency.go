package gate

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

const (
	keyLife = 24 * time.Hour
	// unfinished is how long a key whose request never ended stays taken.
	unfinished = time.Minute
	maxKey     = 200
)

const (
	takeKey    db.SQL = `INSERT INTO idempotency (key_hash, body_hash, status, type, body, created_at) VALUES ($1, $2, 0, '', '', $3)`
	readKey    db.SQL = `SELECT body_hash, status, type, body, created_at FROM idempotency WHERE key_hash = $1`
	finishKey  db.SQL = `UPDATE idempotency SET status = $1, type = $2, body = $3 WHERE key_hash = $4`
	dropKey    db.SQL = `DELETE FROM idempotency WHERE key_hash = $1`
	forgetKeys db.SQL = `DELETE FROM idempotency WHERE created_at < $1 OR (status = 0 AND created_at < $2)`
)

type keyRow struct {
	BodyHash  string  `db:"body_hash"`
	Status    int64   `db:"status"`
	Type      string  `db:"type"`
	Body      string  `db:"body"`
	CreatedAt db.Time `db:"created_at"`
}

// Handler answers everything that was registered. A POST for JSON may carry an
// Idempotency-Key: the same key with the same body from the same actor within
// a day gets the first answer again, and nothing is done twice. The same key
// with another body is refused.
func (d *Door) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := r.Header.Get("Idempotency-Key")
		if key == "" || r.Method != http.MethodPost || !strings.HasPrefix(r.URL.Path, "/api/") {
			d.mux.ServeHTTP(w, r)
			return
		}
		if err := d.once(w, r, key); err != nil {
			d.Refuse(w, r, err)
		}
	})
}

// once serves the request unless its key has been answered before.
func (d *Door) once(w http.ResponseWriter, r *http.Request, key string) error {
	if len(key) > maxKey {
		return fault.InvalidField("idempotency_key", "form.error.too_long", "max", maxKey)
	}
	actor, err := d.Identify(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return fault.Wrap(fault.TooLarge, "fault.too_large", err)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	keyHash, bodyHash := keyOf(actor, r, key), id.HashToken(string(body))
	saved, taken, err := d.take(r.Context(), keyHash, bodyHash)
	if err != nil {
		return err
	}
	if taken {
		return replay(w, saved, bodyHash)
	}
	rec := &recorder{ResponseWriter: w}
	d.mux.ServeHTTP(rec, r)
	return d.finish(context.WithoutCancel(r.Context()), keyHash, rec)
}

func keyOf(actor access.Actor, r *http.Request, key string) string {
	return id.HashToken(strings.Join([]string{actor.Label(), r.URL.Path, key}, "\x1f"))
}

// take claims the key, or answers what it was used for.
func (d *Door) take(ctx context.Context, keyHash, bodyHash string) (saved keyRow, taken bool, err error) {
	now := d.Clock()
	err = d.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, forgetKeys, clock.At(now.Add(-keyLife)), clock.At(now.Add(-unfinished))); err != nil {
			return err
		}
		saved, err = db.Get[keyRow](ctx, tx, readKey, keyHash)
		taken = err == nil
		if taken || !fault.Is(err, fault.NotFound) {
			return err
		}
		_, err := db.Exec(ctx, tx, takeKey, keyHash, bodyHash, clock.At(now))
		return err
	})
	return saved, taken, err
}

func replay(w http.ResponseWriter, saved keyRow, bodyHash string) error {
	switch {
	case saved.BodyHash != bodyHash:
		return fault.InvalidField("idempotency_key", "fault.key_reused")
	case saved.Status == 0:
		return fault.New(fault.Conflict, "fault.key_busy")
	}
	w.Header().Set("Content-Type", saved.Type)
	w.Header().Set("Idempotency-Replayed", "true")
	w.WriteHeader(int(saved.Status))
	_, err := io.WriteString(w, saved.Body)
	return err
}

// finish keeps a success, and a refusal that would be the same next time; any
// other failure frees the key, so the sender may try again.
func (d *Door) finish(ctx context.Context, keyHash string, rec *recorder) error {
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		var err error
		if rec.status < 300 || rec.status == http.StatusUnprocessableEntity {
			_, err = db.Exec(ctx, tx, finishKey, rec.status, rec.Header().Get("Content-Type"), rec.body.String(), keyHash)
		} else {
			_, err = db.Exec(ctx, tx, dropKey, keyHash)
		}
		return err
	})
}

// recorder sends the answer on and keeps a copy.
type recorder struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	r.body.Write(p)
	return r.ResponseWriter.Write(p)
}
