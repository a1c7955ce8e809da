package register

import (
	"context"
	"slices"
	"sync"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/text"
)

// Bounds of looking up many: how many are asked about at once, and in one go.
const (
	manyAtOnce = 4
	MaxMany    = 500
)

// Many is what the register has for many numbers. Hits has what is known by
// number, those in the state Unknown too; Asked counts those
// that were asked about now, Left those that still are to be.
type Many struct {
	Hits    map[string]Hit
	Asked   int
	Left    int
	Trouble Trouble
}

// LookUpMany finds what the register has for the numbers, a few at a time and
// no longer than within. What it has no time for is Left: what was found is
// kept, so that asking again goes on. What is no number is passed over, and what
// is beyond MaxMany stays Left.
func (s *Service) LookUpMany(ctx context.Context, actor access.Actor, numbers []string, within time.Duration) (Many, error) {
	out := Many{Hits: map[string]Hit{}}
	if err := CanLookUp(actor); err != nil {
		return out, err
	}
	if !s.IsOn() {
		out.Trouble = Off
		return out, nil
	}
	todo, err := s.known(ctx, numbers, &out)
	if err != nil {
		return out, err
	}
	if len(todo) > MaxMany {
		out.Left, todo = len(todo)-MaxMany, todo[:MaxMany]
	}
	ctx, stop := context.WithTimeout(ctx, within)
	defer stop()
	queue := make(chan string)
	var mu sync.Mutex
	var workers sync.WaitGroup
	for range manyAtOnce {
		workers.Go(func() {
			for no := range queue {
				u, err := ask(ctx, s, func() (brreg.Unit, error) { return s.Source.Unit(ctx, no) })
				now := s.Clock.Now()
				if err == nil {
					err = s.keep(context.WithoutCancel(ctx), u, now)
				}
				mu.Lock()
				switch {
				case err == nil:
					out.Hits[no] = s.hit(u, now)
					out.Asked++
				case ctx.Err() == nil:
					out.Trouble = Unreachable
					out.Left++
				default:
					out.Left++
				}
				mu.Unlock()
			}
		})
	}
	for i, no := range todo {
		select {
		case queue <- no:
			continue
		case <-ctx.Done():
			mu.Lock()
			out.Left += len(todo) - i
			mu.Unlock()
		}
		break
	}
	close(queue)
	workers.Wait()
	return out, nil
}

// known puts in the fresh answers that are kept, and lists the numbers that
// must be asked about, each once.
func (s *Service) known(ctx context.Context, numbers []string, out *Many) ([]string, error) {
	var todo []string
	now := s.Clock.Now()
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		todo = nil
		for _, written := range numbers {
			no, err := text.ParseOrgNumber(written)
			if _, seen := out.Hits[no]; err != nil || seen || slices.Contains(todo, no) {
				continue
			}
			kept, err := keptUnit(ctx, tx, no)
			if err != nil {
				return err
			}
			if kept.fresh(now) {
				out.Hits[no] = s.hit(kept.value, kept.at)
				continue
			}
			todo = append(todo, no)
		}
		return nil
	})
	return todo, err
}
