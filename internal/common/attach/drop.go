package attach

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/job"
)

// Dropped is the payload of JobDrop: the checksums of contents that may have lost
// their last version.
type Dropped struct {
	SHA256 []string `json:"sha256"`
}

// Forget deletes all that hangs on a draft, as part of the transaction that
// deletes the draft. The room has asked whether the actor may, and records it.
func Forget(ctx context.Context, tx *db.Tx, now clock.Time, actor access.Actor, thing object.Ref) error {
	versions, err := on(ctx, tx, thing)
	if err != nil || len(versions) == 0 {
		return err
	}
	var gone Dropped
	for _, v := range versions {
		if _, err := db.Exec(ctx, tx, dropVersion, v.ID); err != nil {
			return fmt.Errorf("attachment %s: delete: %w", v.ID, err)
		}
		if !slices.Contains(gone.SHA256, v.SHA256) {
			gone.SHA256 = append(gone.SHA256, v.SHA256)
		}
	}
	if _, err := db.Exec(ctx, tx, dropEmpty, thing.Kind, thing.ID); err != nil {
		return fmt.Errorf("attachments of %s %s: delete: %w", thing.Kind, thing.ID, err)
	}
	_, err = job.Add(ctx, tx, now, job.New{Kind: JobDrop, Payload: gone, By: actor.Label()})
	return err
}

// orphanAge is how old a content is at least before it counts as nobody's: far
// longer than it takes to put it and say whose it is, on any node.
const orphanAge = 24 * time.Hour

// SweepOrphans deletes contents that no version has, left by a program that died
// between the file and the row, and tells how many. With try it only counts.
func (s *Service) SweepOrphans(ctx context.Context, try bool) (int64, error) {
	if !s.IsOn() {
		return 0, nil
	}
	old, err := s.Store.Older(ctx, orphanAge)
	if err != nil {
		return 0, fmt.Errorf("attachments: orphans: %w", err)
	}
	var orphans []string
	for _, sum := range old {
		used := 0
		err := s.DB.Read(ctx, func(tx *db.Tx) (err error) {
			used, err = db.Scalar[int](ctx, tx, withContent, sum)
			return err
		})
		if err != nil {
			return 0, fmt.Errorf("attachments: orphans: %w", err)
		}
		if used == 0 {
			orphans = append(orphans, sum)
		}
	}
	if try || len(orphans) == 0 {
		return int64(len(orphans)), nil
	}
	return int64(len(orphans)), s.drop(ctx, orphans...)
}

// Drop is the handler of JobDrop.
func (s *Service) Drop(ctx context.Context, run *job.Run) error {
	var gone Dropped
	if err := run.Into(&gone); err != nil {
		return err
	}
	return s.drop(ctx, gone.SHA256...)
}

// drop deletes those of the contents that no version has.
func (s *Service) drop(ctx context.Context, sums ...string) error {
	if !s.IsOn() {
		return nil
	}
	s.keeping.Lock()
	defer s.keeping.Unlock()
	for _, sum := range sums {
		if sum == "" {
			continue
		}
		used := 0
		err := s.DB.Read(ctx, func(tx *db.Tx) error {
			var err error
			used, err = db.Scalar[int](ctx, tx, withContent, sum)
			return err
		})
		if err == nil && used == 0 {
			err = s.Store.Delete(sum)
		}
		if err != nil {
			return fmt.Errorf("attachments: drop: %w", err)
		}
	}
	return nil
}
