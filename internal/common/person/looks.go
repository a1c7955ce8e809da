package person

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
)

// LooksKept is how many days the access log is kept.
const LooksKept = 365

// Act is how somebody looked; stored as written.
type Act string

// The acts: opened one, went through a list, took out a file.
const (
	ReadOne Act = "read"
	ListAll Act = "list"
	Export  Act = "export"
)

// Label is the act in words.
func (a Act) Label() i18n.Key { return i18n.Key("person.act." + string(a)) }

// LookID names an entry of the access log.
type LookID = id.Of[Look]

// Look is that somebody looked at something. Thing has no id when it was a list.
// Name and Username are of the account, empty once it is deleted.
type Look struct {
	ID             LookID
	At             clock.Time
	Account        access.AccountID
	Role           access.Role
	Org            access.OrgID
	Act            Act
	Thing          object.Ref
	Name, Username string
	// closed is written even when the thing is open to all.
	closed bool
	// tries is how often it could not be written.
	tries int
}

// Looks gathers what people look at and writes it a little later, many at a
// time, so that no reader waits for it. A program that is killed loses what was
// looked at in the last flushEvery.
type Looks struct {
	db      *db.DB
	clock   clock.Clock
	objects *object.Kinds
	log     *slog.Logger
	mu      sync.Mutex
	waiting []Look
	// writing lets one write at a time, so that Flush has everything written.
	writing sync.Mutex
}

const (
	flushEvery = 2 * time.Second
	// mostWaiting is how many may wait; whoever makes it more writes them.
	mostWaiting = 2_000
	// mostKept is how many wait while the database cannot write; the oldest go first.
	mostKept = 10_000
	// mostTries is how often one is tried when nothing else can be written either.
	mostTries = 30
)

// NewLooks makes the access log. What a visitor sees too, as objects tell, is not
// written.
func NewLooks(d *db.DB, c clock.Clock, objects *object.Kinds, log *slog.Logger) *Looks {
	return &Looks{db: d, clock: c, objects: objects, log: log}
}

// Note notes that the actor looked. Visitors and the system are not noted. It does
// not touch the database, unless very much waits.
func (l *Looks) Note(ctx context.Context, actor access.Actor, act Act, thing object.Ref) {
	l.note(ctx, actor, Look{Act: act, Thing: thing})
}

// NoteClosed is Note for a page that is not open to all, though the thing is.
func (l *Looks) NoteClosed(ctx context.Context, actor access.Actor, act Act, thing object.Ref) {
	l.note(ctx, actor, Look{Act: act, Thing: thing, closed: true})
}

func (l *Looks) note(ctx context.Context, actor access.Actor, x Look) {
	if !actor.SignedIn() {
		return
	}
	x.ID, x.At, x.Account = id.New[Look](), l.clock.Now(), actor.Account
	if acting, ok := actor.ActingRole(); ok {
		x.Role, x.Org = acting.Role, acting.Org
	}
	l.mu.Lock()
	l.waiting = append(l.waiting, x)
	full := len(l.waiting)%mostWaiting == 0
	l.mu.Unlock()
	if full {
		l.flush(context.WithoutCancel(ctx))
	}
}

// Work writes what was noted until ctx ends, and then what is left.
func (l *Looks) Work(ctx context.Context) {
	ticker := time.NewTicker(flushEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			l.flush(context.WithoutCancel(ctx))
			return
		case <-ticker.C:
			l.flush(ctx)
		}
	}
}

func (l *Looks) flush(ctx context.Context) {
	if err := l.Flush(ctx); err != nil && ctx.Err() == nil {
		l.log.ErrorContext(ctx, "access log; tried again", "error", err)
	}
}

// Flush writes what was noted so far. An entry that cannot be written while
// others can is logged and dropped; when nothing can be written, all wait on, the
// newest mostKept of them and for mostTries at most.
func (l *Looks) Flush(ctx context.Context) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	l.mu.Lock()
	list := l.waiting
	l.waiting = nil
	l.mu.Unlock()
	if len(list) == 0 {
		return nil
	}
	err := l.write(ctx, list)
	if err == nil {
		return nil
	}
	failed, lost := list, 0
	if ctx.Err() == nil {
		failed = l.writeEach(ctx, list)
	}
	var again []Look
	for _, x := range failed {
		if x.tries++; len(failed) < len(list) || x.tries >= mostTries {
			l.log.ErrorContext(ctx, "access log: entry dropped", "id", string(x.ID), "act", string(x.Act), "kind", x.Thing.Kind, "error", err)
			continue
		}
		again = append(again, x)
	}
	l.mu.Lock()
	l.waiting = append(again, l.waiting...)
	if lost = len(l.waiting) - mostKept; lost > 0 {
		l.waiting = slices.Clone(l.waiting[lost:])
	}
	l.mu.Unlock()
	if lost > 0 {
		l.log.ErrorContext(ctx, "access log: too many wait; the oldest are dropped", "dropped", lost)
	}
	if len(again) == 0 {
		return nil
	}
	return fmt.Errorf("access log: %w", err)
}

// writeEach writes one by one, and answers those that could not be written. After
// ten failures and no success the rest is not tried.
func (l *Looks) writeEach(ctx context.Context, list []Look) []Look {
	var failed []Look
	for i, x := range list {
		if len(failed) == i && i == 10 {
			return list
		}
		if l.write(ctx, []Look{x}) != nil {
			failed = append(failed, x)
		}
	}
	return failed
}

func (l *Looks) write(ctx context.Context, list []Look) error {
	var refs []object.Ref
	for _, x := range list {
		if x.Thing.ID != "" {
			refs = append(refs, x.Thing)
		}
	}
	var open map[object.Ref]object.Card
	err := l.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		open, err = l.objects.Cards(ctx, tx, access.Actor{}, refs)
		return err
	})
	if err != nil {
		return err
	}
	return l.db.Write(ctx, func(tx *db.Tx) error {
		for _, x := range list {
			if _, ok := open[x.Thing]; ok && !x.closed {
				continue
			}
			if _, err := db.Exec(ctx, tx, insertLook, x.ID, x.At, x.Account, x.Role, x.Org, x.Act, x.Thing.Kind, x.Thing.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

const (
	insertLook db.SQL = `INSERT INTO person_look (id, at, account, role, org, act, kind, subject) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	listLooks  db.SQL = `SELECT l.id, l.at, l.account, l.role, l.org, l.act, l.kind, l.subject, a.name, a.username
		FROM person_look AS l JOIN account AS a ON a.id = l.account /*where*/`
	countLooks db.SQL = `SELECT COUNT(*) FROM person_look AS l /*where*/`
	looksAtMe  db.SQL = `SELECT l.id, l.at, l.account, l.role, l.org, l.act, l.kind, l.subject, '' AS name, '' AS username FROM person_look AS l
		WHERE l.account <> $1 AND (l.subject = $1 OR l.subject IN (SELECT id FROM person_request WHERE account = $1)) ORDER BY l.id DESC LIMIT 100`
	sweepLooks db.SQL = `DELETE FROM person_look WHERE at < $1`

	fragLookID    db.Fragment = "l.id"
	fragLookAt    db.Fragment = "l.at"
	fragLookFrom  db.Fragment = "l.at >= ?"
	fragLookTo    db.Fragment = "l.at < ?"
	fragLookThing db.Fragment = "l.subject = ?"
	fragLookWho   db.Fragment = "l.account IN (SELECT w.id FROM account AS w WHERE w.id = ? OR w.username = ?)"
)

type lookRow struct {
	ID       LookID           `db:"id"`
	At       db.Time          `db:"at"`
	Account  access.AccountID `db:"account"`
	Role     access.Role      `db:"role"`
	Org      access.OrgID     `db:"org"`
	Act      Act              `db:"act"`
	Kind     string           `db:"kind"`
	Subject  string           `db:"subject"`
	Name     string           `db:"name"`
	Username string           `db:"username"`
}

func (r lookRow) look() Look {
	x := Look{ID: r.ID, At: r.At, Account: r.Account, Role: r.Role, Org: r.Org, Act: r.Act, Thing: object.Ref{Kind: r.Kind, ID: r.Subject}, Name: r.Name, Username: r.Username}
	if r.Name == "" {
		x.Username = "" // a deleted account's row has no name, and a mark for username
	}
	return x
}

// LookFilter narrows the access log. Zero fields narrow nothing; both days are
// included.
type LookFilter struct {
	// Who is an account's id or username, Thing an id.
	Who, Thing string
	From, To   clock.Date
	After      string
	Limit      int
}

// CanReadLooks is nil for the data protection officer.
func CanReadLooks(actor access.Actor) error {
	if actor.Has(access.RoleDPO) {
		return nil
	}
	return fault.Missing()
}

// ListLooks lists the access log, newest first, with the total. Only the data
// protection officer reads it, and the reading is noted in it.
func (s *Service) ListLooks(ctx context.Context, actor access.Actor, f LookFilter) (db.Paged[Look], int, error) {
	var out db.Paged[Look]
	if err := CanReadLooks(actor); err != nil {
		return out, 0, err
	}
	var w db.Where
	if f.Who != "" {
		w.And(fragLookWho, f.Who, f.Who)
	}
	if f.Thing != "" {
		w.And(fragLookThing, f.Thing)
	}
	if !f.From.IsZero() {
		w.And(fragLookFrom, clock.StartOfDay(f.From))
	}
	if !f.To.IsZero() {
		w.And(fragLookTo, clock.StartOfDay(f.To.AddDays(1)))
	}
	var total int64
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		page := db.Page{Order: db.Order{Key: fragLookAt, ID: fragLookID, Desc: true}, After: f.After, Limit: f.Limit}
		rows, err := db.ListPage(ctx, tx, db.Query{Base: listLooks, Where: w}, page, func(r lookRow) (any, string) { return r.At.String(), string(r.ID) })
		if err != nil {
			return err
		}
		out = db.Paged[Look]{Next: rows.Next}
		for _, r := range rows.Items {
			out.Items = append(out.Items, r.look())
		}
		statement, args := db.Query{Base: countLooks, Where: w}.Build()
		total, err = db.Scalar[int64](ctx, tx, statement, args...)
		return err
	})
	return out, int(total), err
}

// LooksAtMe lists who has looked at what is about the actor himself, by role and
// organisation and never by name; the newest first, at most 100.
func (s *Service) LooksAtMe(ctx context.Context, actor access.Actor) ([]Look, error) {
	if !actor.SignedIn() {
		return nil, fault.New(fault.Denied, "fault.denied")
	}
	var out []Look
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.List[lookRow](ctx, tx, looksAtMe, actor.Account)
		out = nil
		for _, r := range rows {
			x := r.look()
			x.Account = ""
			out = append(out, x)
		}
		return err
	})
	return out, err
}

// SweepLooks deletes entries of the access log past LooksKept.
func SweepLooks(ctx context.Context, tx *db.Tx, today clock.Date) (int64, error) {
	return db.Exec(ctx, tx, sweepLooks, clock.StartOfDay(today.AddDays(-LooksKept)))
}
