package match

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match/rank"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/support"
)

// Deps is what the hall is made of.
type Deps struct {
	DB      *db.DB
	Clock   clock.Clock
	Places  *place.Register
	Vocab   *vocab.Live
	Supply  *supply.Service
	Support *support.Service
	Needs   *need.Service
	Lists   *list.Service
	Pools   *pool.Service
	Log     *slog.Logger // of indexes made in the background
	// Inline is the number of programmes up to which a reader waits for an index;
	// with more, it is made in the background while the older one answers. 2,000
	// when zero.
	Inline int
	// Like is a service of the same program with much the same texts in it: its
	// index is what the first of this one follows. Nil when there is none.
	Like *Service
}

// Service is the hall's use cases.
type Service struct {
	Deps
	index    atomic.Pointer[index]
	building sync.Mutex // held by whoever makes the next index
}

// New makes the hall. The first Find makes the index, or Start before it.
func New(d Deps) *Service {
	if d.Inline == 0 {
		d.Inline = 2000
	}
	return &Service{Deps: d}
}

// maxText is the longest text that is matched, in characters.
const maxText = 20_000

// Find answers a text that anybody may type.
func (s *Service) Find(ctx context.Context, actor access.Actor, q Query) (Answer, error) {
	return s.find(ctx, actor, q, "", nil)
}

// FindFor answers a saved need that the actor may see, with so many answers of
// each kind, five when zero; verdicts on it count.
func (s *Service) FindFor(ctx context.Context, actor access.Actor, n need.ID, limit int) (need.Detail, Answer, error) {
	detail, err := s.Needs.Get(ctx, actor, n)
	if err != nil {
		return need.Detail{}, Answer{}, err
	}
	verdicts, err := s.verdicts(ctx, n)
	if err != nil {
		return need.Detail{}, Answer{}, err
	}
	q := QueryOf(detail.Need)
	q.Limit = limit
	answer, err := s.find(ctx, actor, q, n, verdicts)
	return detail, answer, err
}

func (s *Service) find(ctx context.Context, actor access.Actor, q Query, n need.ID, verdicts verdicts) (Answer, error) {
	if len([]rune(q.Text)) > maxText {
		return Answer{}, fault.InvalidField("text", "form.error.too_long", "max", maxText)
	}
	if strings.TrimSpace(q.Text) == "" && len(q.Added) == 0 {
		return Answer{}, fault.InvalidField("text", "form.error.required")
	}
	if q.Municipality != "" {
		if _, err := s.Places.Municipality(q.Municipality); err != nil {
			return Answer{}, fault.InvalidField("municipality", "form.error.municipality")
		}
	}
	x, err := s.current(ctx)
	if err != nil {
		return Answer{}, err
	}
	a := s.answer(x, q, n != "", verdicts)
	if !a.IsNeed {
		return a, nil
	}
	return a, s.neighbours(ctx, actor, n, &a)
}

// answer is what the index has for the query. A saved need is one whatever its
// text: a person has said so.
func (s *Service) answer(x *index, q Query, saved bool, verdicts verdicts) Answer {
	concepts, linked := understand(x.vocab, q)
	a := Answer{Partial: x.partial, Concepts: concepts, Signals: linked.Signals, Settle: linked.Signals.Settle >= settles}
	a.IsNeed = saved || a.Settle || linked.Confident
	if !a.IsNeed && !mayBeNeed(q.Text, a, linked) {
		return a
	}
	asked := question{Query: q, x: x, concepts: concepts, verdicts: verdicts,
		rank: rank.Query{Text: q.Text, Linked: linked, Level: rank.Level(q.Level), Purpose: rankPurpose[q.Purpose]}}
	s.education(asked, &a)
	s.help(asked, &a)
	if !a.IsNeed && !a.isWellAnswered() {
		return Answer{Partial: x.partial, Concepts: concepts, Signals: linked.Signals}
	}
	a.IsNeed = true
	return a
}

// mayBe is how likely a text must be a need to be taken for one if something
// answers it well: it names what it is about and asks for nothing else, but says
// only what is wrong, not what is lacking. So are a fifth of the needs in
// evaluate/testdata, and few greetings, notices and complaints as likely.
const mayBe = 0.25

func mayBeNeed(text string, a Answer, linked vocab.Result) bool {
	return linked.Need >= mayBe && linked.Signals.NonNeed == 0 && len(a.Concepts) > 0 && !strings.HasSuffix(strings.TrimSpace(text), "?")
}

// settles is the strength of the signal from which a text is about people who
// do not stay.
const settles = 0.5

var rankPurpose = map[need.Purpose]rank.Purpose{need.Recruitment: rank.Recruit, need.Upskilling: rank.Upskill, need.Both: rank.Both}

// neighbours tells who else needs the same: a rounded number, and the pooled
// needs that this one could join.
func (s *Service) neighbours(ctx context.Context, actor access.Actor, n need.ID, a *Answer) error {
	sure := NeedConcepts(slices.DeleteFunc(slices.Clone(a.Concepts), func(c Concept) bool { return c.Score < leastShared }), nil)
	var err error
	if a.Similar, err = s.Lists.Similar(ctx, sure, n); err != nil {
		return fmt.Errorf("match: similar needs: %w", err)
	}
	if len(sure) == 0 {
		return nil
	}
	pools, _, err := s.Pools.List(ctx, actor, pool.Filter{Concepts: sure, Limit: maxPools})
	if err != nil {
		return fmt.Errorf("match: pooled needs: %w", err)
	}
	a.Pools = pools.Items
	return nil
}

const (
	leastShared = 0.5
	maxPools    = 3
)
