package register_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/text"
)

// slow is a register that takes its time and counts how many ask at once.
type slow struct {
	outside
	mu        sync.Mutex
	now, most int
	took      time.Duration
}

func (s *slow) Unit(ctx context.Context, no string) (brreg.Unit, error) {
	s.mu.Lock()
	s.now++
	s.most = max(s.most, s.now)
	s.mu.Unlock()
	defer func() { s.mu.Lock(); s.now--; s.mu.Unlock() }()
	select {
	case <-time.After(s.took):
		return brreg.Unit{OrgNo: no, Name: "EKSEMPEL " + no, Form: "AS", Municipality: "5021", State: brreg.Active, Employees: -1}, nil
	case <-ctx.Done():
		return brreg.Unit{}, fmt.Errorf("%w: %w", brreg.ErrUnavailable, ctx.Err())
	}
}

// numbers are n organisation numbers whose check digits agree.
func numbers(n int) []string {
	var out []string
	for i := 313_100_000; len(out) < n; i++ {
		if no, err := text.ParseOrgNumber(fmt.Sprint(i)); err == nil {
			out = append(out, no)
		}
	}
	return out
}

// TestLookUpMany asks a few at a time, ends in time, and goes on the next time.
func TestLookUpMany(t *testing.T) {
	h := open(t)
	s := &slow{took: 20 * time.Millisecond}
	h.Source = s
	list := append(numbers(40), "rubbish", "313 100 000")
	begun := time.Now()
	m, err := h.LookUpMany(t.Context(), adviser, append(list, list...), 100*time.Millisecond)
	if took := time.Since(begun); err != nil || took > 5*time.Second {
		t.Fatalf("%v after %s", err, took)
	}
	if len(m.Hits)+m.Left != 40 || m.Left == 0 || len(m.Hits) == 0 || m.Asked != len(m.Hits) || m.Trouble != "" {
		t.Errorf("found %d, asked %d, left %d, %s", len(m.Hits), m.Asked, m.Left, m.Trouble)
	}
	if s.most > 4 {
		t.Errorf("%d at once", s.most)
	}
	found := len(m.Hits)
	if m, err = h.LookUpMany(t.Context(), adviser, list, time.Minute); err != nil || len(m.Hits) != 40 || m.Left != 0 || m.Asked != 40-found {
		t.Errorf("the second time: found %d, asked %d, left %d, %v", len(m.Hits), m.Asked, m.Left, err)
	}
	s.took = 0
	if m, err = h.LookUpMany(t.Context(), adviser, numbers(register.MaxMany + 60)[40:], time.Minute); err != nil || len(m.Hits) != register.MaxMany || m.Left != 20 {
		t.Errorf("very many: found %d, left %d, %v", len(m.Hits), m.Left, err)
	}
}

func TestLookUpManyWithoutTheRegister(t *testing.T) {
	h := open(t)
	h.look(sawmill)
	h.out.err = brreg.ErrUnavailable
	m, err := h.LookUpMany(t.Context(), adviser, []string{sawmill, joiner, shoes}, time.Second)
	if err != nil || len(m.Hits) != 1 || m.Left != 2 || m.Trouble != register.Unreachable || h.out.calls > 4 {
		t.Errorf("%+v, %v after %d calls", m, err, h.out.calls)
	}
}
