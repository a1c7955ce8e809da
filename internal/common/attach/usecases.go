package attach

import (
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/file"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/job"
	"kompetansetorg/internal/kit/text"
)

// List is what hangs on the thing, or NotFound for what the actor may not see.
func (s *Service) List(ctx context.Context, actor access.Actor, thing object.Ref) (List, error) {
	out := List{On: s.IsOn()}
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out.Thing, err = s.Objects.Card(ctx, tx, actor, thing); err != nil {
			return err
		}
		switch err := s.Objects.MayChange(ctx, tx, actor, thing); {
		case err == nil:
			out.MayChange = true
		case !fault.Is(err, fault.Denied):
			return err
		}
		versions, err := on(ctx, tx, thing)
		if err != nil {
			return err
		}
		out.Documents, out.Removed = nil, nil
		for _, v := range versions {
			last := len(out.Documents) - 1
			switch {
			case v.IsRemoved() && out.MayChange:
				out.Removed = append(out.Removed, v)
			case v.IsRemoved():
			case last >= 0 && out.Documents[last].ID == v.Document:
				out.Documents[last].Versions = append(out.Documents[last].Versions, v)
			default:
				out.Documents = append(out.Documents, Document{ID: v.Document, Versions: []Version{v}})
			}
		}
		return nil
	})
	return out, err
}

// Get is a version that stands, on a thing that the actor may see; else NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, version VersionID) (Version, error) {
	var v Version
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if v, err = load(ctx, tx, version); err != nil {
			return err
		}
		if _, err = s.Objects.Card(ctx, tx, actor, v.Thing); err == nil && v.IsRemoved() {
			err = fault.Missing()
		}
		return err
	})
	if err != nil {
		return Version{}, err
	}
	return v, nil
}

// Open is Get with the content, which the caller closes.
func (s *Service) Open(ctx context.Context, actor access.Actor, version VersionID) (Version, io.ReadSeekCloser, error) {
	v, err := s.Get(ctx, actor, version)
	if err != nil {
		return Version{}, nil, err
	}
	return s.content(v)
}

// Add hangs a new document on the thing. It answers NotFound for a thing that the
// actor may not see, Denied for one that he may not change, and Invalid at Field
// for a file that is not taken.
func (s *Service) Add(ctx context.Context, actor access.Actor, thing object.Ref, u Upload) (VersionID, error) {
	return s.add(ctx, actor, u, nil, func(tx *db.Tx) (object.Ref, ID, error) {
		if err := s.Objects.MayChange(ctx, tx, actor, thing); err != nil {
			return thing, "", err
		}
		n, err := db.Scalar[int](ctx, tx, countDocuments, thing.Kind, thing.ID)
		if err == nil && n >= MaxDocuments {
			err = fault.InvalidField(Field, "attach.error.too_many", "max", MaxDocuments)
		}
		return thing, "", err
	})
}

// AddVersion adds a version to the document; it is the newest from now on. It
// answers as Add does.
func (s *Service) AddVersion(ctx context.Context, actor access.Actor, document ID, u Upload) (VersionID, error) {
	return s.add(ctx, actor, u, nil, func(tx *db.Tx) (object.Ref, ID, error) {
		on, err := thing(ctx, tx, document)
		if err == nil {
			err = s.Objects.MayChange(ctx, tx, actor, on)
		}
		return on, document, err
	})
}

// add takes the file in. where is asked before the content is looked at, and
// again when the version is stored: what it hangs on, the document, or "" for a
// new one. stored, which may be nil, runs in that transaction.
func (s *Service) add(ctx context.Context, actor access.Actor, u Upload, stored func(*db.Tx, Version) error, where func(*db.Tx) (object.Ref, ID, error)) (VersionID, error) {
	if !s.IsOn() {
		return "", fault.New(fault.Unavailable, "attach.error.off")
	}
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		_, _, err := where(tx)
		return err
	})
	if err != nil {
		return "", err
	}
	name := CleanName(u.Name)
	media, err := s.inspect(ctx, name, u)
	if err != nil {
		return "", err
	}
	made := id.New[Version]()
	sum, err := s.keep(ctx, u, func(sum file.Sum) error {
		return s.DB.Write(ctx, func(tx *db.Tx) error {
			thing, document, err := where(tx)
			if err != nil {
				return err
			}
			v := Version{ID: made, Thing: thing, Name: name, Media: media, Size: sum.Size, SHA256: sum.SHA256}
			if err := s.insert(ctx, tx, actor, document, v); err != nil || stored == nil {
				return err
			}
			return stored(tx, v)
		})
	})
	if err != nil {
		if dropped := s.drop(context.WithoutCancel(ctx), sum.SHA256); dropped != nil {
			s.Log.ErrorContext(ctx, "attachment that was not stored", "error", dropped)
		}
		return "", err
	}
	return made, nil
}

// insert stores the version, of a new document when it has none.
func (s *Service) insert(ctx context.Context, tx *db.Tx, actor access.Actor, document ID, v Version) error {
	if document == "" {
		document = id.New[Document]()
		if _, err := db.Exec(ctx, tx, insertDocument, document, v.Thing.Kind, v.Thing.ID); err != nil {
			return fmt.Errorf("attachment: %w", err)
		}
	}
	nr, err := db.Scalar[int](ctx, tx, nextVersion, document)
	if err != nil {
		return fmt.Errorf("attachment: next version: %w", err)
	}
	if nr > MaxVersions {
		return fault.InvalidField(Field, "attach.error.too_many_versions", "max", MaxVersions)
	}
	acting, _ := actor.ActingRole()
	_, err = db.Exec(ctx, tx, insertVersion, v.ID, document, nr, v.Name, v.Media, v.Size, v.SHA256, actor.Label(), acting.Role, acting.Org, s.Clock.Now())
	if err != nil {
		return fmt.Errorf("attachment: insert: %w", err)
	}
	audit.Record(tx, s.Clock.Now(), actor, ActionAdd, subject(v.Thing), audit.PersonalField("file", "", v.Name), audit.Field("version", "", v.ID),
		audit.Field("nr", "", nr), audit.Field("sha256", "", v.SHA256))
	return nil
}

// inspect tells the media type of a file that may be taken.
func (s *Service) inspect(ctx context.Context, name string, u Upload) (string, error) {
	switch {
	case u.Size > MaxSize:
		return "", fault.InvalidField(Field, "attach.error.too_large", "max_mb", MaxSize>>20)
	case u.Size == 0:
		return "", fault.InvalidField(Field, "attach.error.empty")
	}
	media, err := check(name, u.Content, u.Size)
	if err != nil || s.Scanner == nil {
		return media, err
	}
	if _, err := u.Content.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	verdict, err := s.Scanner.Scan(ctx, u.Content)
	switch {
	case err != nil:
		s.Log.WarnContext(ctx, "attachment refused: not scanned", "error", err)
		return "", fault.InvalidField(Field, "attach.error.scanner")
	case !verdict.Clean():
		s.Log.WarnContext(ctx, "attachment refused: virus", "virus", verdict.Virus)
		return "", fault.InvalidField(Field, "attach.error.infected")
	}
	return media, nil
}

// keep keeps the content, and then calls stored. It answers the content's sum
// also when stored fails.
func (s *Service) keep(ctx context.Context, u Upload, stored func(file.Sum) error) (file.Sum, error) {
	if _, err := u.Content.Seek(0, io.SeekStart); err != nil {
		return file.Sum{}, err
	}
	s.keeping.RLock()
	defer s.keeping.RUnlock()
	sum, err := s.Store.Put(ctx, u.Content, MaxSize)
	switch {
	case errors.Is(err, file.ErrTooLarge):
		return sum, fault.InvalidField(Field, "attach.error.too_large", "max_mb", MaxSize>>20)
	case errors.Is(err, file.ErrEmpty):
		return sum, fault.InvalidField(Field, "attach.error.empty")
	case errors.Is(err, file.ErrFull):
		s.Log.ErrorContext(ctx, "attachment refused: the folder of files is full", "error", err)
		return sum, fault.InvalidField(Field, "attach.error.full")
	case err != nil:
		return sum, err
	}
	return sum, stored(sum)
}

// Remove takes the version away, for a reason that those who may change the thing
// can read. On a draft it is deleted. It answers NotFound for what the actor may
// not see, Denied for what he may not change.
func (s *Service) Remove(ctx context.Context, actor access.Actor, version VersionID, reason string) error {
	reason = text.CleanLine(reason)
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		v, err := load(ctx, tx, version)
		if err == nil {
			err = s.Objects.MayChange(ctx, tx, actor, v.Thing)
		}
		if err == nil && v.IsRemoved() {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		draft, err := s.Objects.IsDraft(ctx, tx, v.Thing)
		if err != nil {
			return err
		}
		if draft {
			return erase(ctx, tx, s.Clock.Now(), actor, v)
		}
		switch {
		case reason == "":
			return fault.InvalidField("reason", "form.error.required")
		case utf8.RuneCountInString(reason) > MaxReason:
			return fault.InvalidField("reason", "form.error.too_long", "max", MaxReason)
		}
		n, err := db.Exec(ctx, tx, setRemoved, actor.Label(), s.Clock.Now(), reason, version)
		if err != nil {
			return fmt.Errorf("attachment %s: remove: %w", version, err)
		}
		if n == 0 {
			return fault.Missing()
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionRemove, subject(v.Thing), audit.PersonalField("file", v.Name, ""), audit.Field("version", v.ID, ""),
			audit.PersonalField("reason", "", reason))
		return nil
	})
}

// erase deletes the version of a draft.
func erase(ctx context.Context, tx *db.Tx, now clock.Time, actor access.Actor, v Version) error {
	if _, err := db.Exec(ctx, tx, dropVersion, v.ID); err != nil {
		return fmt.Errorf("attachment %s: delete: %w", v.ID, err)
	}
	if _, err := db.Exec(ctx, tx, dropEmpty, v.Thing.Kind, v.Thing.ID); err != nil {
		return fmt.Errorf("attachment %s: delete: %w", v.ID, err)
	}
	audit.Record(tx, now, actor, ActionForget, subject(v.Thing), audit.Field("version", v.ID, ""))
	_, err := job.Add(ctx, tx, now, job.New{Kind: JobDrop, Payload: Dropped{SHA256: []string{v.SHA256}}, By: actor.Label()})
	return err
}
