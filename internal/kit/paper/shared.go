package paper

import (
	"context"
	"crypto/sha256"
	"slices"
	"sync"

	"golang.org/x/sync/singleflight"
)

// shared makes a file once for all who ask for it at the same time, and keeps the
// last few: a list that many open before a meeting is the same for all of them. A
// file is known by the whole page that it is made of, so nobody is given another
// than he would have made himself.
type shared struct {
	flight singleflight.Group
	mu     sync.Mutex
	kept   []keptFile // the newest last
}

type keptFile struct {
	key  string
	file []byte
}

// keptBytes is how much is kept in memory.
const keptBytes = 16 << 20

// get answers with the file, or makes it. Who asks may go without stopping it
// for the others.
func (s *shared) get(ctx context.Context, kind string, page []byte, run func(context.Context) ([]byte, error)) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(page)
	key := kind + string(sum[:])
	if file, ok := s.find(key); ok {
		return file, nil
	}
	made := s.flight.DoChan(key, func() (any, error) {
		file, err := run(context.WithoutCancel(ctx))
		if err == nil {
			s.keep(key, file)
		}
		return file, err
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-made:
		if r.Err != nil {
			return nil, r.Err
		}
		return r.Val.([]byte), nil
	}
}

func (s *shared) find(key string) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.kept, func(k keptFile) bool { return k.key == key })
	if i < 0 {
		return nil, false
	}
	return s.kept[i].file, true
}

func (s *shared) keep(key string, file []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = append(s.kept, keptFile{key, file})
	total := 0
	for i := len(s.kept) - 1; i >= 0; i-- {
		if total += len(s.kept[i].file); total > keptBytes {
			s.kept = slices.Delete(s.kept, 0, i+1)
			return
		}
	}
}
