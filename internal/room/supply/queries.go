package supply

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/supply/offer"
)

// Sort is an order of the catalogue.
type Sort string

// The orders: by the earliest day one can start, by the reader's way to the
// gatherings (needs Near), by title.
const (
	ByStart    Sort = "start"
	ByDistance Sort = "distance"
	ByTitle    Sort = "title"
)

// Sorts lists the orders.
func Sorts() []Sort { return []Sort{ByStart, ByDistance, ByTitle} }

// Filter narrows the catalogue. Zero fields narrow nothing, but offerings that
// are over or resting are left out unless All is set.
type Filter struct {
	Text       string
	Programme  offer.ProgrammeID
	Provider   org.ID
	Levels     []offer.Level
	Deliveries []offer.Delivery
	StartTypes []offer.StartType
	Fields     []string
	Channels   []offer.Channel
	// Municipality and Region: some gathering is there.
	Municipality place.Number
	Region       place.RegionID
	Badge        bool
	FreePlaces   bool // places are free, or the provider has set no number
	OpenNow      bool
	MaxCredits   float64 // study points; 0 is any
	// Near is the reader's municipality, Within the longest trip in kilometres
	// by air; 0 is any.
	Near   place.Number
	Within place.Kilometres
	All    bool

	Sort  Sort // ByDistance when Near is set, else ByStart
	After string
	Limit int // 0: db.DefaultLimit; at most db.MaxLimit
}

// Hit is an item of a list with the reader's trip. Trip is zero without Near.
type Hit struct {
	*Item
	Trip offer.Trip
}

// Hits are a part of a list. From is the place of the first one in the whole
// list, from 0; Next is the cursor of the following part.
type Hits struct {
	Items []Hit
	From  int
	Total int
	Next  string
}

// List answers with a page of the public catalogue.
func (s *Service) List(ctx context.Context, f Filter) (Hits, error) {
	c, f, err := s.asked(ctx, f)
	if err != nil {
		return Hits{}, err
	}
	keys := c.lists.of(f.key(), func() []sortKey {
		return s.sorted(c, f, func(i *Item) bool {
			return i.Programme.IsPublic() && i.Offering.IsPublic() && (f.All || !i.Status.State.IsOver())
		})
	})
	return s.page(c, f, keys)
}

// Mine answers with a page of what the actor's organisations offer, drafts and
// all.
func (s *Service) Mine(ctx context.Context, actor access.Actor, f Filter) (Hits, error) {
	c, f, err := s.asked(ctx, f)
	if err != nil {
		return Hits{}, err
	}
	mine := WritesFor(actor)
	return s.page(c, f, s.sorted(c, f, func(i *Item) bool { return slices.Contains(mine, i.Offering.Provider) }))
}

// asked is the catalogue of now and the checked filter.
func (s *Service) asked(ctx context.Context, f Filter) (*catalogue, Filter, error) {
	f, err := f.check(s.places)
	if err != nil {
		return nil, f, err
	}
	c, err := s.current(ctx)
	return c, f, err
}

// sorted gives the whole list that the filter asks for, in its order.
func (s *Service) sorted(c *catalogue, f Filter, visible func(*Item) bool) []sortKey {
	keys := s.search(c, f, s.ways(f.Near), visible)
	slices.SortFunc(keys, sortKey.compare)
	return keys
}

// page cuts a page out of the list.
func (s *Service) page(c *catalogue, f Filter, keys []sortKey) (Hits, error) {
	way := s.ways(f.Near)
	from, err := f.begin(c, keys)
	if err != nil {
		return Hits{}, err
	}
	to := min(from+f.Limit, len(keys))
	out := Hits{From: from, Total: len(keys), Items: make([]Hit, 0, to-from)}
	for _, k := range keys[from:to] {
		hit := Hit{Item: c.list[k.rank]}
		if f.Near != "" {
			hit.Trip = offer.TravelBy(*hit.Offering, way)
		}
		out.Items = append(out.Items, hit)
	}
	if to < len(keys) {
		out.Next = writeCursor(keys[to-1].value, string(out.Items[len(out.Items)-1].Offering.ID))
	}
	return out, nil
}

// key names the list that the filter asks for, whatever the page of it.
func (f Filter) key() string {
	f.After, f.Limit = "", 0
	return fmt.Sprintf("%#v", f)
}

// check answers the filter with its defaults, or an Invalid fault.
func (f Filter) check(places *place.Register) (Filter, error) {
	if f.Near != "" && !offer.IsKnown(places, f.Near) {
		return f, fault.InvalidField("near", "form.error.municipality")
	}
	switch {
	case f.Sort == "" && f.Near != "":
		f.Sort = ByDistance
	case f.Sort == "", f.Sort == ByDistance && f.Near == "":
		f.Sort = ByStart
	case !slices.Contains(Sorts(), f.Sort):
		return f, fault.InvalidField("sort", "fault.sort")
	}
	if f.Limit <= 0 {
		f.Limit = db.DefaultLimit
	}
	f.Limit = min(f.Limit, db.MaxLimit)
	return f, nil
}

// search walks through the catalogue and answers with the places in it of what
// fits. The cheapest questions come first.
func (s *Service) search(c *catalogue, f Filter, way offer.Way, visible func(*Item) bool) []sortKey {
	words := searchWords(f.Text)
	var region []place.Number
	if f.Region != "" {
		region = offer.Target{Region: f.Region}.Area(s.places, c.day)
	}
	var keys []sortKey
	var last *entry
	fits := false
	for rank, i := range c.list {
		if i.of != last {
			last, fits = i.of, f.wantsProgramme(i.of, words)
		}
		if !fits || !visible(i) || !f.wantsItem(i) || !s.wantsPlaces(f, i.Offering, region) {
			continue
		}
		key := sortKey{rank: rank}
		switch {
		case f.Near != "":
			trip := offer.TravelBy(*i.Offering, way)
			if f.Within > 0 && !trip.IsWithin(f.Within) {
				continue
			}
			key.value = f.Sort.value(i, trip)
		default:
			key.value = f.Sort.value(i, offer.Trip{})
		}
		keys = append(keys, key)
	}
	return keys
}

func (f Filter) wantsProgramme(p *entry, words []string) bool {
	return (f.Programme == "" || p.ID == f.Programme) &&
		(f.Provider == "" || p.Provider == f.Provider) &&
		(len(f.Levels) == 0 || slices.Contains(f.Levels, p.Level)) &&
		(f.MaxCredits == 0 || p.CreditUnit != offer.Hours && p.Credits > 0 && p.Credits <= f.MaxCredits) &&
		(len(f.Fields) == 0 || overlap(f.Fields, p.AllFields())) &&
		p.matches(words)
}

func (f Filter) wantsItem(i *Item) bool {
	o := i.Offering
	left, known := o.PlacesLeft()
	return (len(f.Deliveries) == 0 || slices.Contains(f.Deliveries, o.Delivery)) &&
		(len(f.StartTypes) == 0 || slices.Contains(f.StartTypes, o.StartType)) &&
		(len(f.Channels) == 0 || slices.Contains(f.Channels, o.Channel)) &&
		(!f.Badge || i.Badge.Holds) &&
		(!f.FreePlaces || !known || left > 0) &&
		(!f.OpenNow || i.Status.State == offer.Open)
}

func (s *Service) wantsPlaces(f Filter, o *offer.Offering, region []place.Number) bool {
	if f.Municipality != "" && !s.meetsIn(o, offer.Newest(s.places, f.Municipality)) {
		return false
	}
	return f.Region == "" || s.meetsIn(o, region)
}

func (s *Service) meetsIn(o *offer.Offering, area []place.Number) bool {
	return slices.ContainsFunc(o.Gatherings, func(g offer.Gathering) bool {
		return g.Municipality != "" && offer.Covers(area, s.places, g.Municipality)
	})
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// ways are the distances from the municipality, each worked out once.
func (s *Service) ways(from place.Number) offer.Way {
	type way struct {
		km    place.Kilometres
		class place.Nearness
	}
	known := map[place.Number]way{}
	return func(to place.Number) (place.Kilometres, place.Nearness) {
		w, ok := known[to]
		if !ok {
			w.km, w.class = s.places.Distance(from, to)
			known[to] = w
		}
		return w.km, w.class
	}
}

// never sorts what has no day and no known distance last.
const never = 1 << 40

// value is what an item is sorted by, before its title.
func (by Sort) value(i *Item, trip offer.Trip) int64 {
	switch by {
	case ByStart:
		d := i.Earliest.Day
		if d.IsZero() {
			return never
		}
		return int64(d.Year()*10_000 + int(d.Month())*100 + d.Day())
	case ByDistance:
		if trip.Class == place.UnknownDistance {
			return never
		}
		return int64(trip.Air * 1000)
	}
	return 0
}

// sortKey is the place of an item in a list: its value, then its rank in the
// catalogue, which is by title.
type sortKey struct {
	value int64
	rank  int
}

func (k sortKey) compare(o sortKey) int {
	return cmp.Or(cmp.Compare(k.value, o.value), cmp.Compare(k.rank, o.rank))
}

// begin is where the page after the cursor begins. The offering it names may
// have left the list or changed its place meanwhile; then the place it had
// counts.
func (f Filter) begin(c *catalogue, keys []sortKey) (int, error) {
	if f.After == "" {
		return 0, nil
	}
	value, offering, err := readCursor(f.After)
	if err != nil {
		return 0, fault.InvalidField("after", "fault.after")
	}
	at := sortKey{value: value, rank: -1}
	if rank, ok := c.rank[offer.OfferingID(offering)]; ok {
		at.rank = rank
	}
	i, found := slices.BinarySearchFunc(keys, at, sortKey.compare)
	if found {
		i++
	}
	return i, nil
}

func writeCursor(value int64, id string) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d|%s", value, id))
}

func readCursor(s string) (value int64, id string, err error) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return 0, "", err
	}
	number, id, _ := strings.Cut(string(b), "|")
	value, err = strconv.ParseInt(number, 10, 64)
	return value, id, err
}
