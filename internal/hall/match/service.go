package match

import (
	"cmp"
	"context"
	"fmt"
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
	Vocab   *vocab.Index
	Supply  *supply.Service
	Support *support.Service
	Needs   *need.Service
	Lists   *list.Service
	Pools   *pool.Service
}

// Service is the hall's use cases.
type Service struct {
	Deps
	index atomic.Pointer[index]
	// building is held by whoever makes the next index.
	building sync.Mutex
}

// New makes the hall. The first Find makes the index, or Refresh before it.
func New(d Deps) *Service { return &Service{Deps: d} }

// inline is the number of programmes up to which a reader waits for a new
// index; with more, the older one answers while the new one is made.
const inline = 2000

// maxText is the longest text that is matched, in characters.
const maxText = 20_000

// Refresh makes a new index when what is offered has changed.
func (s *Service) Refresh(ctx context.Context) error {
	_, err := s.current(ctx)
	return err
}

// current is the index to answer from.
func (s *Service) current(ctx context.Context) (*index, error) {
	snapshot, err := s.Supply.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	version, err := s.Support.Revision(ctx)
	if err != nil {
		return nil, err
	}
	fresh := func(x *index) bool { return x != nil && x.supply == snapshot.Version && x.support == version }
	old := s.index.Load()
	if fresh(old) {
		return old, nil
	}
	if old != nil && len(snapshot.Programmes) > inline {
		if s.building.TryLock() {
			go func() {
				defer s.building.Unlock()
				// The reader's own request may end before the index is made.
				if x, err := s.build(context.WithoutCancel(ctx), snapshot, version); err == nil {
					s.index.Store(x)
				}
			}()
		}
		return old, nil
	}
	s.building.Lock()
	defer s.building.Unlock()
	if x := s.index.Load(); fresh(x) {
		return x, nil
	}
	x, err := s.build(ctx, snapshot, version)
	if err != nil {
		return nil, err
	}
	s.index.Store(x)
	return x, nil
}

func (s *Service) build(ctx context.Context, snapshot supply.Snapshot, version int64) (*index, error) {
	cards, err := s.Support.List(ctx, support.Filter{})
	if err != nil {
		return nil, fmt.Errorf("match: cards: %w", err)
	}
	return buildIndex(s.Vocab, snapshot, cards, version), nil
}

// Find answers a text that anybody may type.
func (s *Service) Find(ctx context.Context, actor access.Actor, q Query) (Answer, error) {
	return s.find(ctx, actor, q, "", nil)
}

// FindFor answers a saved need that the actor may see; verdicts on it count.
func (s *Service) FindFor(ctx context.Context, actor access.Actor, n need.ID) (need.Detail, Answer, error) {
	detail, err := s.Needs.Get(ctx, actor, n)
	if err != nil {
		return need.Detail{}, Answer{}, err
	}
	verdicts, err := s.verdicts(ctx, n)
	if err != nil {
		return need.Detail{}, Answer{}, err
	}
	q := QueryOf(detail.Need)
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
	concepts, linked := understand(s.Vocab, q)
	a := Answer{Concepts: concepts, Signals: linked.Signals, Settle: linked.Signals.Settle >= settles}
	// A saved need is one: a person has said so.
	a.IsNeed = n != "" || a.Settle || linked.Confident
	if !a.IsNeed {
		return a, nil
	}
	rq := rank.Query{Text: q.Text, Linked: linked, Level: rank.Level(q.Level), Purpose: rankPurpose[q.Purpose]}
	words := contentWords(q.Text)
	s.education(x, q, rq, concepts, words, verdicts, &a)
	s.help(x, q, rq, concepts, words, verdicts, &a)
	return a, s.neighbours(ctx, actor, n, &a)
}

// settles is the strength of the signal from which a text is about people who
// do not stay.
const settles = 0.5

var rankPurpose = map[need.Purpose]rank.Purpose{need.Recruitment: rank.Recruit, need.Upskilling: rank.Upskill, need.Both: rank.Both}

// candidates is how many contents are held against place, time and form.
const candidates = 40

func (s *Service) education(x *index, q Query, rq rank.Query, concepts []Concept, words map[string]string, verdicts verdicts, a *Answer) {
	for _, hit := range search(x.education, s.Vocab, q, rq) {
		p := x.programmes[hit.Doc]
		verdict := verdicts[target{KindProgramme, string(p.ID)}]
		if hit.Score < rank.Answers && (verdict == nil || verdict.Value == Not) {
			continue
		}
		why := x.evidence(s.Vocab, concepts, words, programmeDocument(p))
		if len(why) == 0 && verdict == nil {
			continue // near by letters alone: nobody could say why
		}
		o := s.bestOffering(x, hit.Doc, q)
		o.Score, o.Verdict = hit.Score*o.Score, verdict
		o.Evidence = append(why, o.Evidence...)
		o.Score, o.Evidence = weigh(verdict, o.Score, o.Evidence)
		switch {
		case o.Score == 0:
		case len(o.Missing) == 0:
			a.Offers = append(a.Offers, o)
		default:
			a.Adapt = append(a.Adapt, o)
		}
	}
	byScore := func(a, b Offer) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Programme.ID, b.Programme.ID))
	}
	slices.SortFunc(a.Offers, byScore)
	slices.SortFunc(a.Adapt, byScore)
	a.Offers, a.Adapt = first(a.Offers, q.limit()), first(a.Adapt, q.limit())
}

// bestOffering holds each of the programme's offerings against the query. A
// programme without any open one fails on its start.
func (s *Service) bestOffering(x *index, doc int, q Query) Offer {
	p := x.programmes[doc]
	best := Offer{Programme: p, Score: factorFailed, Missing: []Reason{{Kind: "start", Key: "match.missing.not_offered"}}}
	found := false
	for _, o := range x.offerings[doc] {
		f := judge(s.Places, s.Clock.Today(), q, *p, *o)
		if f.excluded || found && f.factor <= best.Score {
			continue
		}
		found = true
		best.Offering, best.Score, best.Evidence, best.Missing = o, f.factor, f.reasons, f.missing
	}
	return best
}

func (s *Service) help(x *index, q Query, rq rank.Query, concepts []Concept, words map[string]string, verdicts verdicts, a *Answer) {
	for _, hit := range search(x.help, s.Vocab, q, rq) {
		c := x.cards[hit.Doc]
		card := Card{Card: c, Score: hit.Score, Verdict: verdicts[target{KindCard, string(c.ID)}]}
		card.Evidence = x.evidence(s.Vocab, concepts, words, cardDocument(c))
		if a.Settle && c.Kind == support.Measure && isForNewcomers(c) {
			card.Score += settleBonus
			card.Evidence = append(card.Evidence, Reason{Kind: "signal", Key: "match.why.settle", Values: []any{"words", strings.Join(first(a.Signals.Evidence["settle"], 2), ", ")}})
		}
		if a.Signals.Support >= settles && c.Kind != support.Measure {
			card.Score += settleBonus
			card.Evidence = append(card.Evidence, Reason{Kind: "signal", Key: "match.why.support", Values: []any{"words", strings.Join(first(a.Signals.Evidence["support"], 2), ", ")}})
		}
		card.Score, card.Evidence = weigh(card.Verdict, card.Score, card.Evidence)
		if card.Score < rank.Answers || len(card.Evidence) == 0 {
			continue
		}
		if c.Kind == support.Measure {
			a.Measures = append(a.Measures, card)
		} else {
			a.Support = append(a.Support, card)
		}
	}
	byScore := func(a, b Card) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Code, b.Code)) }
	slices.SortFunc(a.Measures, byScore)
	slices.SortFunc(a.Support, byScore)
	a.Measures, a.Support = first(a.Measures, q.limit()), first(a.Support, q.limit())
}

// settleBonus lifts the measures for newcomers when people do not stay.
const settleBonus = 0.5

func isForNewcomers(c support.Card) bool {
	return c.TargetGroup == "tilflytter" || c.TargetGroup == "generelt"
}

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

func first[T any](list []T, n int) []T { return list[:min(n, len(list))] }
