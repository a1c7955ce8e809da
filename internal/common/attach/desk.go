package attach

import (
	"context"
	"fmt"
	"io"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// What follows is for a room in which somebody who has no account, such as the
// holder of a secret link, hangs files on what he writes. The room decides, inside
// the transaction; the rule of the thing's kind is for all others.

// AddIn is Add where the room decides. where answers what the file hangs on, or
// why it may not: it is asked before the content is looked at, and again in the
// transaction that stores the file. stored runs in that transaction, after the
// file. The actor is who the file is said to be from.
func (s *Service) AddIn(ctx context.Context, actor access.Actor, u Upload, where func(*db.Tx) (object.Ref, error), stored func(*db.Tx, Version) error) error {
	_, err := s.add(ctx, actor, u, stored, func(tx *db.Tx) (object.Ref, ID, error) {
		thing, err := where(tx)
		return thing, "", err
	})
	return err
}

// OpenIn is Open where the room decides: where answers the thing that the reader
// may see. A version of another thing, or one that was taken away, is NotFound.
func (s *Service) OpenIn(ctx context.Context, version VersionID, where func(*db.Tx) (object.Ref, error)) (Version, io.ReadSeekCloser, error) {
	var v Version
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		thing, err := where(tx)
		if err != nil {
			return err
		}
		if v, err = load(ctx, tx, version); err == nil && (v.Thing != thing || v.IsRemoved()) {
			err = fault.Missing()
		}
		return err
	})
	if err != nil {
		return Version{}, nil, err
	}
	return s.content(v)
}

// ForgetVersion deletes one version of a thing that has not been handed in, as
// part of a transaction of the room, which has asked whether the actor may. A
// version of another thing is NotFound.
func ForgetVersion(ctx context.Context, tx *db.Tx, now clock.Time, actor access.Actor, thing object.Ref, version VersionID) error {
	v, err := load(ctx, tx, version)
	if err != nil {
		return err
	}
	if v.Thing != thing {
		return fault.Missing()
	}
	return erase(ctx, tx, now, actor, v)
}

// Inspect is nil for a file that would be taken, and what Add answers for one that
// would not. Nothing is kept.
func (s *Service) Inspect(ctx context.Context, u Upload) error {
	if !s.IsOn() {
		return fault.New(fault.Unavailable, "attach.error.off")
	}
	_, err := s.inspect(ctx, CleanName(u.Name), u)
	return err
}

// content opens the content of the version.
func (s *Service) content(v Version) (Version, io.ReadSeekCloser, error) {
	if !s.IsOn() {
		return Version{}, nil, fault.New(fault.Unavailable, "attach.error.off")
	}
	content, err := s.Store.Open(v.SHA256)
	if err != nil {
		return Version{}, nil, fmt.Errorf("attachment %s: %w", v.ID, err)
	}
	return v, content, nil
}
