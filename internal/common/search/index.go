package search

import (
	"context"
	"fmt"
	"strconv"

	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fulltext"
	"kompetansetorg/internal/kit/job"
)

// What is kept beside the index: how far in the audit log it has come, and while
// it is built, where the building stands.
const (
	stateSeq   = "seq"   // number of the last entry that was followed
	stateKind  = "kind"  // name of the kind that is being built; done when all are
	stateAfter = "after" // id of the last thing of the kind that is in
	done       = "-"
)

// Open makes the tables if they are missing or of an older version. It is quick;
// what has to be filled is filled by Work.
func (s *Service) Open(ctx context.Context) error {
	_, err := fulltext.Ensure(ctx, s.db, version)
	return err
}

// Rebuild empties the index, to be filled anew by Work. Until that is done
// searches find a part.
func (s *Service) Rebuild(ctx context.Context) error {
	return s.db.Write(ctx, func(tx *db.Tx) error { return fulltext.Reset(ctx, tx) })
}

// IsReady reports whether everything is in the index, but for the changes of the
// last seconds.
func (s *Service) IsReady(ctx context.Context) (ready bool, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		kind, err := fulltext.State(ctx, tx, stateKind)
		ready = kind == done
		return err
	})
	return ready, err
}

// HasWork reports whether the index lacks anything.
func (s *Service) HasWork(ctx context.Context, tx *db.Tx) (bool, error) {
	kind, err := fulltext.State(ctx, tx, stateKind)
	if err != nil || kind != done {
		return err == nil, err
	}
	seq, newest, err := s.position(ctx, tx)
	if err != nil || seq < newest {
		return err == nil, err
	}
	return fulltext.HasQueued(ctx, tx)
}

func (s *Service) position(ctx context.Context, tx *db.Tx) (seq, newest int64, err error) {
	value, err := fulltext.State(ctx, tx, stateSeq)
	if err != nil {
		return 0, 0, err
	}
	if seq, err = strconv.ParseInt("0"+value, 10, 64); err != nil {
		return 0, 0, err
	}
	newest, err = audit.Newest(ctx, tx)
	return seq, newest, err
}

// Work brings the index up to date: it builds what is not built, then follows the
// changes. It works in short transactions and goes on where it was stopped.
func (s *Service) Work(ctx context.Context, run *job.Run) error {
	put := 0
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		more := false
		err := s.db.Write(ctx, func(tx *db.Tx) error {
			n, err := 0, error(nil)
			n, more, err = s.step(ctx, tx)
			put += n
			return err
		})
		if err != nil {
			return fmt.Errorf("search: work: %w", err)
		}
		if !more {
			return nil
		}
		if run != nil && put > 0 && put%1000 < 25 {
			_ = run.Progress(ctx, put, 0)
		}
	}
}

// step does one transaction's work and tells whether there may be more.
func (s *Service) step(ctx context.Context, tx *db.Tx) (put int, more bool, err error) {
	kind, err := fulltext.State(ctx, tx, stateKind)
	if err != nil {
		return 0, false, err
	}
	if kind != done {
		put, err = s.build(ctx, tx, kind)
		return put, true, err
	}
	refs, err := fulltext.Queued(ctx, tx)
	if err != nil {
		return 0, false, err
	}
	if len(refs) > 0 {
		return len(refs), true, s.put(ctx, tx, refs)
	}
	return s.follow(ctx, tx)
}

// follow queues what the next entries of the log are about.
func (s *Service) follow(ctx context.Context, tx *db.Tx) (put int, more bool, err error) {
	seq, _, err := s.position(ctx, tx)
	if err != nil {
		return 0, false, err
	}
	subjects, upTo, err := audit.Since(ctx, tx, seq)
	if err != nil || upTo == seq {
		return 0, false, err
	}
	for _, subject := range subjects {
		for _, k := range s.kinds {
			var ids []string
			if k.Name == subject.Kind {
				ids = []string{subject.ID}
			}
			if k.Search.Touched != nil {
				more, err := k.Search.Touched(ctx, tx, subject)
				if err != nil {
					return 0, false, err
				}
				ids = append(ids, more...)
			}
			for _, id := range ids {
				if err := fulltext.Enqueue(ctx, tx, fulltext.Ref{Kind: k.Name, ID: id}); err != nil {
					return 0, false, err
				}
			}
		}
	}
	return 0, true, fulltext.SetState(ctx, tx, stateSeq, strconv.FormatInt(upTo, 10))
}

// build indexes the next things of the kind, or turns to the next kind. What
// changes meanwhile is followed afterwards, from where the log stood at the
// beginning.
func (s *Service) build(ctx context.Context, tx *db.Tx, kind string) (int, error) {
	at := 0
	if kind == "" {
		newest, err := audit.Newest(ctx, tx)
		if err == nil {
			err = fulltext.SetState(ctx, tx, stateSeq, strconv.FormatInt(newest, 10))
		}
		if err != nil {
			return 0, err
		}
	}
	for i, k := range s.kinds {
		if k.Name == kind {
			at = i
		}
	}
	after, err := fulltext.State(ctx, tx, stateAfter)
	if err != nil {
		return 0, err
	}
	ids, err := s.kinds[at].Search.After(ctx, tx, after)
	if err != nil {
		return 0, err
	}
	if len(ids) == 0 {
		next := done
		if at+1 < len(s.kinds) {
			next = s.kinds[at+1].Name
		}
		if err := fulltext.SetState(ctx, tx, stateAfter, ""); err != nil {
			return 0, err
		}
		return 0, fulltext.SetState(ctx, tx, stateKind, next)
	}
	refs := make([]fulltext.Ref, len(ids))
	for i, id := range ids {
		refs[i] = fulltext.Ref{Kind: s.kinds[at].Name, ID: id}
	}
	if err := s.put(ctx, tx, refs); err != nil {
		return 0, err
	}
	if err := fulltext.SetState(ctx, tx, stateKind, s.kinds[at].Name); err != nil {
		return 0, err
	}
	return len(ids), fulltext.SetState(ctx, tx, stateAfter, ids[len(ids)-1])
}

// put indexes the things as they are now; what is no more leaves the index.
func (s *Service) put(ctx context.Context, tx *db.Tx, refs []fulltext.Ref) error {
	for _, k := range s.kinds {
		var ids []string
		for _, r := range refs {
			if r.Kind == k.Name {
				ids = append(ids, r.ID)
			}
		}
		if len(ids) == 0 {
			continue
		}
		docs, err := k.Search.Documents(ctx, tx, ids)
		if err != nil {
			return err
		}
		here := map[string]bool{}
		for _, d := range docs {
			here[d.ID] = true
			doc := s.analyse.document(d)
			doc.Ref = fulltext.Ref{Kind: k.Name, ID: d.ID}
			doc.Marks = marks(doc.Places, yearOf(doc.Day))
			if err := fulltext.Put(ctx, tx, doc); err != nil {
				return err
			}
		}
		for _, id := range ids {
			if !here[id] {
				if err := fulltext.Remove(ctx, tx, fulltext.Ref{Kind: k.Name, ID: id}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
