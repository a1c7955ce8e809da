package need

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/id"
)

// Pooled is a need of several organisations that is followed as one; the
// package pool holds it.
type Pooled struct{}

// PoolID names a pooled need.
type PoolID = id.Of[Pooled]

// ParsePoolID reads a pooled need's id from outside.
func ParsePoolID(s string) (PoolID, error) { return id.Parse[Pooled](s) }

// PoolRef is a pooled need as its members show it.
type PoolRef struct {
	ID     PoolID
	Number string // "F-2026-0007"
	Title  string
	State  flow.State
}

const (
	insertMember db.SQL = `INSERT INTO need_pool_member (pool, need, nr, came_from, joined_at, joined_nr, left_at, left_nr)
		VALUES ($1, $2, $3, $4, $5, $6, NULL, NULL)`
	endMember        db.SQL = `UPDATE need_pool_member SET left_at = $1, left_nr = $2 WHERE need = $3 AND left_at IS NULL`
	countMemberships db.SQL = `SELECT COUNT(*) FROM need_pool_member WHERE pool = $1 AND need = $2`
	membershipsOf    db.SQL = `SELECT pool, came_from, joined_nr, left_at, left_nr FROM need_pool_member WHERE need = $1 ORDER BY joined_at, nr`
	liveMembership   db.SQL = `SELECT came_from FROM need_pool_member WHERE need = $1 AND left_at IS NULL`
	placesOf         db.SQL = `SELECT DISTINCT municipality FROM need WHERE pool = $1 ORDER BY municipality`
	setPoolRegion    db.SQL = `UPDATE need_pool SET region = $1 WHERE id = $2`
	getPoolRef       db.SQL = `SELECT number, title FROM need_pool WHERE id = $1`
)

// memberRow is a need's time in a pool. The pool's steps numbered above
// JoinedNr, up to LeftNr, are the need's too.
type memberRow struct {
	Pool     PoolID     `db:"pool"`
	CameFrom flow.State `db:"came_from"`
	JoinedNr int        `db:"joined_nr"`
	LeftAt   clock.Time `db:"left_at"`
	LeftNr   *int       `db:"left_nr"`
}

type poolRefRow struct {
	Number string `db:"number"`
	Title  string `db:"title"`
}

// StartMembership notes that the need is in the pool from now on, and the
// state it came from. Moving it is the caller's.
func (s *Service) StartMembership(ctx context.Context, tx *db.Tx, n Need, pool PoolID) error {
	item, err := flow.Get(ctx, tx, flow.Subject{Kind: PoolFlowKind, ID: string(pool)})
	if err != nil {
		return err
	}
	nr, err := db.Scalar[int64](ctx, tx, countMemberships, pool, n.ID)
	if err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, insertMember, pool, n.ID, nr, n.State, s.clock.Now(), item.Moves); err != nil {
		return fmt.Errorf("pool %s: add %s: %w", pool, n.ID, err)
	}
	return nil
}

// CameFrom is the state that a need in a pool goes back to.
func CameFrom(ctx context.Context, tx *db.Tx, n ID) (flow.State, error) {
	return db.Get[flow.State](ctx, tx, liveMembership, n)
}

// EndMembership ends the need's time in its pool, without moving it.
func (s *Service) EndMembership(ctx context.Context, tx *db.Tx, n Need) error {
	item, err := flow.Get(ctx, tx, flow.Subject{Kind: PoolFlowKind, ID: string(n.Pool)})
	if err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, endMember, s.clock.Now(), item.Moves, n.ID); err != nil {
		return fmt.Errorf("need %s: leave pool: %w", n.ID, err)
	}
	return nil
}

// RefreshPlaces brings the region of a pool, and where its ball lies, up to
// date with where its needs lie. A pool that nothing is left in stays where it
// was.
func (s *Service) RefreshPlaces(ctx context.Context, tx *db.Tx, pool PoolID) error {
	list, err := db.List[string](ctx, tx, placesOf, pool)
	if err != nil || len(list) == 0 {
		return err
	}
	if _, err := db.Exec(ctx, tx, setPoolRegion, RegionOver(s.places, list), pool); err != nil {
		return fmt.Errorf("pool %s: region: %w", pool, err)
	}
	return flow.Locate(ctx, tx, flow.Subject{Kind: PoolFlowKind, ID: string(pool)}, list...)
}
