package supply

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/supply/offer"
)

// Item is an offering with its programme and all that is computed for a day.
// Items are shared between readers and never change.
type Item struct {
	Programme *offer.Programme
	Offering  *offer.Offering
	Status    offer.Status
	// Earliest is the first day one can start; zero when none can be promised.
	Earliest offer.Earliest
	Badge    offer.Badge
	Stale    bool

	of  *entry
	day clock.Date
}

// Day is the day the item is computed for.
func (i *Item) Day() clock.Date { return i.day }

// entry is a programme with what it is searched and sorted by.
type entry struct {
	*offer.Programme
	search, titleSort string
	provider          string // its name, folded
}

// Snapshot is everything that is offered, for an index: programmes that are
// active and their active offerings. Version grows with every change; the
// slices of one version are shared and must not be changed.
type Snapshot struct {
	Programmes []*offer.Programme
	Offerings  []*offer.Offering
	Version    int64
}

// catalogue is the copy in memory of all programmes and offerings. It never
// changes; a newer one takes its place.
type catalogue struct {
	version    int64
	day        clock.Date
	programmes map[offer.ProgrammeID]*entry
	offerings  map[offer.OfferingID]*offer.Offering
	items      map[offer.OfferingID]*Item
	sorted     []*entry // by title
	list       []*Item  // by title of the programme
	rank       map[offer.OfferingID]int
	of         map[offer.ProgrammeID][]*Item
	names      map[org.ID]string
	namesAt    clock.Time
	published  Snapshot
	lists      lists
}

// lists are the lists of the public catalogue that were asked for lately. They
// are as good as the copy they were made from: many readers ask for the same
// list, and each turns its pages.
type lists struct {
	mu   sync.Mutex
	kept map[string][]sortKey
}

// maxLists bounds the memory: twenty lists of 20,000 offerings are 6 MB.
const maxLists = 20

func (l *lists) of(key string, work func() []sortKey) []sortKey {
	l.mu.Lock()
	known, ok := l.kept[key]
	l.mu.Unlock()
	if ok {
		return known
	}
	made := work()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.kept == nil || len(l.kept) >= maxLists {
		l.kept = map[string][]sortKey{}
	}
	l.kept[key] = made
	return made
}

// Snapshot answers with what is offered now. While nothing changes it costs one
// read of a single row.
func (s *Service) Snapshot(ctx context.Context) (Snapshot, error) {
	c, err := s.current(ctx)
	if err != nil {
		return Snapshot{}, err
	}
	return c.published, nil
}

// CountProgrammes is how many programmes there are, drafts and all. It does not
// wait for the catalogue.
func (s *Service) CountProgrammes(ctx context.Context) (int, error) {
	var n int
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		n, err = db.Scalar[int](ctx, tx, countProgrammes)
		return err
	})
	return n, err
}

// namesLast is how long a provider's name is believed: renaming an
// organisation does not count as a change here.
const namesLast = time.Minute

// current is the catalogue as the database is now. Only what changed since the
// last one is read.
func (s *Service) current(ctx context.Context) (*catalogue, error) {
	var c *catalogue
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		c, err = s.currentIn(ctx, tx)
		return err
	})
	return c, err
}

// currentIn is current inside a transaction, which must have written nothing of
// the room: what it reads is kept for all.
func (s *Service) currentIn(ctx context.Context, tx *db.Tx) (*catalogue, error) {
	version, err := db.Scalar[int64](ctx, tx, lastChange)
	if err != nil {
		return nil, err
	}
	if c := s.copy.Load(); s.isCurrent(c, version) {
		return c, nil
	}
	s.refresh.Lock()
	defer s.refresh.Unlock()
	if c := s.copy.Load(); s.isCurrent(c, version) {
		return c, nil
	}
	c, err := s.load(ctx, tx, s.copy.Load())
	if err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	s.copy.Store(c)
	return c, nil
}

// isCurrent lets a copy that is ahead of the version pass: another reader
// brought it up to date meanwhile.
func (s *Service) isCurrent(c *catalogue, version int64) bool {
	return c != nil && c.version >= version && c.day == s.clock.Today() && s.clock.Now().Sub(c.namesAt) < namesLast
}

// load makes the catalogue that follows old, which may be nil.
func (s *Service) load(ctx context.Context, tx *db.Tx, old *catalogue) (*catalogue, error) {
	if old == nil {
		old = &catalogue{}
	}
	c := &catalogue{day: s.clock.Today(), programmes: map[offer.ProgrammeID]*entry{}, offerings: map[offer.OfferingID]*offer.Offering{}, namesAt: s.clock.Now()}
	maps.Copy(c.programmes, old.programmes)
	maps.Copy(c.offerings, old.offerings)
	var err error
	if c.version, err = db.Scalar[int64](ctx, tx, lastChange); err != nil {
		return nil, err
	}
	if c.version > old.version {
		if err := c.readChanged(ctx, tx, old.version); err != nil {
			return nil, err
		}
	}
	if err := c.readNames(ctx, tx); err != nil {
		return nil, err
	}
	c.arrange(s, old)
	return c, nil
}

// readChanged reads what was written after the version into new values, since
// readers may hold the old ones.
func (c *catalogue) readChanged(ctx context.Context, tx *db.Tx, since int64) error {
	for r, err := range db.Each[programmeRow](ctx, tx, programmesSince, since) {
		if err != nil {
			return err
		}
		p := r.programme()
		c.programmes[p.ID] = &entry{Programme: &p, search: r.SearchFold, titleSort: r.TitleSort}
	}
	for r, err := range db.Each[outcomeRow](ctx, tx, outcomesSince, since) {
		if err != nil {
			return err
		}
		r.addTo(c.programmes[r.Programme].Programme)
	}
	for r, err := range db.Each[conceptRow](ctx, tx, conceptsSince, since) {
		if err != nil {
			return err
		}
		r.addTo(c.programmes[r.Programme].Programme)
	}
	for r, err := range db.Each[offeringRow](ctx, tx, offeringsSince, since) {
		if err != nil {
			return err
		}
		o := r.offering()
		c.offerings[o.ID] = &o
	}
	find := func(o offer.OfferingID) *offer.Offering { return c.offerings[o] }
	return readParts(ctx, tx, partsSince, find, since)
}

// readNames puts today's names of the providers on the programmes.
func (c *catalogue) readNames(ctx context.Context, tx *db.Tx) error {
	c.names = map[org.ID]string{}
	for id, p := range c.programmes {
		name, ok := c.names[p.Provider]
		if !ok {
			var err error
			if name, err = org.NameOn(ctx, tx, p.Provider, c.day); err != nil {
				return err
			}
			c.names[p.Provider] = name
		}
		if p.ProviderName != name {
			renamed := *p.Programme
			renamed.ProviderName = name
			c.programmes[id] = &entry{&renamed, p.search, p.titleSort, text.Fold(name)}
		}
	}
	return nil
}

// arrange sorts, and computes what depends on the day; items of the old
// catalogue that still hold are kept.
func (c *catalogue) arrange(s *Service, old *catalogue) {
	c.sorted = slices.SortedFunc(maps.Values(c.programmes), func(a, b *entry) int {
		return cmp.Or(strings.Compare(a.titleSort, b.titleSort), cmp.Compare(a.ID, b.ID))
	})
	byProgramme := make(map[offer.ProgrammeID][]*offer.Offering, len(c.programmes))
	for _, o := range c.offerings {
		byProgramme[o.Programme] = append(byProgramme[o.Programme], o)
	}
	c.items = make(map[offer.OfferingID]*Item, len(c.offerings))
	c.rank = make(map[offer.OfferingID]int, len(c.offerings))
	c.of = make(map[offer.ProgrammeID][]*Item, len(c.programmes))
	c.published.Version = c.version
	area := s.areas(c.day)
	for _, p := range c.sorted {
		offerings := byProgramme[p.ID]
		slices.SortFunc(offerings, func(a, b *offer.Offering) int { return cmp.Compare(a.ID, b.ID) })
		items := make([]*Item, 0, len(offerings))
		for _, o := range offerings {
			item := old.items[o.ID]
			if item == nil || item.of != p || item.Offering != o || item.day != c.day {
				item = s.judge(p, o, c.day, area)
			}
			c.items[o.ID], c.rank[o.ID] = item, len(c.list)
			c.list, items = append(c.list, item), append(items, item)
			if p.State == offer.ProgrammeActive && o.State == offer.Active {
				c.published.Offerings = append(c.published.Offerings, o)
			}
		}
		c.of[p.ID] = items
		if p.State == offer.ProgrammeActive {
			c.published.Programmes = append(c.published.Programmes, p.Programme)
		}
	}
}

// areas answers what a target covers on the day, and asks the register once for
// each region.
func (s *Service) areas(day clock.Date) func(offer.Target) []place.Number {
	regions := map[place.RegionID][]place.Number{}
	return func(t offer.Target) []place.Number {
		members, ok := regions[t.Region]
		if !ok {
			members = offer.Target{Region: t.Region}.Area(s.places, day)
			regions[t.Region] = members
		}
		if len(t.Municipalities) == 0 {
			return members
		}
		return append(slices.Clone(members), offer.Target{Municipalities: t.Municipalities}.Area(s.places, day)...)
	}
}

// judge computes everything about an offering for the day.
func (s *Service) judge(e *entry, o *offer.Offering, day clock.Date, area func(offer.Target) []place.Number) *Item {
	p := e.Programme
	item := &Item{Programme: p, Offering: o, of: e, day: day}
	item.Status = offer.StatusOn(*p, *o, day)
	item.Earliest, _ = offer.EarliestStart(*p, *o, day)
	item.Badge = offer.JudgeBy(*p, *o, s.places, area)
	item.Stale = o.State == offer.Active && !item.Status.State.IsOver() && o.IsStale(day, s.settings.StaleAfter)
	return item
}

// matches reports whether every word of a search stands in the programme's
// texts or its provider's name.
func (p *entry) matches(words []string) bool {
	for _, w := range words {
		if !strings.Contains(p.search, w) && !strings.Contains(p.provider, w) {
			return false
		}
	}
	return true
}

func searchWords(s string) []string { return strings.Fields(text.Fold(s)) }
