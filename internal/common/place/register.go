package place

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
)

// Register answers questions about places. It never changes; many may read it at once.
type Register struct {
	data         Data
	byNumber     map[Number]Municipality
	sorted       []Municipality // every number, by name then number
	counties     map[CountyNumber]County
	changesFrom  map[Number][]Change
	changesTo    map[Number][]Change
	searchKeys   map[Number]searchKeys
	regionKeys   map[string][]RegionID
	newest       map[Number][]Municipality // what stands for a number in the newest division
	countyByName []County
	namesakes    map[string][]Municipality // by name, every number that ever had it
}

// New makes a register of the data after checking that the facts agree with each other.
// The error names the facts that do not. The register keeps the data: do not change it.
func New(data Data) (*Register, error) {
	r := &Register{
		data:        data,
		byNumber:    map[Number]Municipality{},
		counties:    map[CountyNumber]County{},
		changesFrom: map[Number][]Change{},
		changesTo:   map[Number][]Change{},
	}
	for _, c := range data.Counties {
		r.counties[c.Number] = c
	}
	for _, c := range data.Changes {
		r.changesFrom[c.From] = append(r.changesFrom[c.From], c)
		r.changesTo[c.To] = append(r.changesTo[c.To], c)
	}
	for _, m := range data.Municipalities {
		r.byNumber[m.Number] = m
	}
	r.addClosed()
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("place register: %w", err)
	}
	r.sorted = slices.SortedFunc(maps.Values(r.byNumber), byKey(func(m Municipality) (string, string) { return m.Name, string(m.Number) }))
	r.countyByName = slices.SortedFunc(maps.Values(r.counties), byKey(func(c County) (string, string) { return c.Name, string(c.Number) }))
	r.namesakes = map[string][]Municipality{}
	for _, m := range r.sorted {
		r.namesakes[m.Name] = append(r.namesakes[m.Name], m)
	}
	r.indexNames()
	r.newest = make(map[Number][]Municipality, len(r.byNumber))
	for n := range r.byNumber {
		heirs := map[Number]bool{}
		r.follow(n, clock.Date{}, heirs)
		for _, heir := range slices.Sorted(maps.Keys(heirs)) {
			r.newest[n] = append(r.newest[n], r.byNumber[heir])
		}
	}
	return r, nil
}

// byKey compares in Norwegian order of the first text, then by the second. Sort keys are
// made once per value.
func byKey[T any](texts func(T) (string, string)) func(a, b T) int {
	keys := map[string]string{}
	key := func(s string) string {
		if _, ok := keys[s]; !ok {
			keys[s] = text.SortKey(s)
		}
		return keys[s]
	}
	return func(a, b T) int {
		nameA, lastA := texts(a)
		nameB, lastB := texts(b)
		return cmp.Or(cmp.Compare(key(nameA), key(nameB)), cmp.Compare(lastA, lastB))
	}
}

// addClosed derives municipalities that only the changes name: a number was born with
// the first change to it, or before the register, and ended the day before it closed.
func (r *Register) addClosed() {
	for n, changes := range r.changesFrom {
		if _, listed := r.byNumber[n]; listed {
			continue
		}
		first := changes[0]
		m := Municipality{Number: n, Name: first.FromName, Official: first.FromName, County: n.County(),
			Period: Period{To: first.Day.AddDays(-1)}}
		for _, c := range r.changesTo[n] {
			if m.From.IsZero() || c.Day.Before(m.From) {
				m.From = c.Day
			}
		}
		r.byNumber[n] = m
	}
}

// Municipality gives the municipality with the number, on whatever days it was valid, or
// NotFound. Old reports show old names by it.
func (r *Register) Municipality(n Number) (Municipality, error) {
	m, ok := r.byNumber[n]
	if !ok {
		return Municipality{}, fault.New(fault.NotFound, "place.error.unknown_municipality", "number", string(n))
	}
	return m, nil
}

// On is the division of Norway on the day; the zero day gives the newest division.
func (r *Register) On(day clock.Date) Division { return Division{r, day} }

// Division is Norway as it is divided on one day.
type Division struct {
	r   *Register
	day clock.Date
}

// Municipality gives the municipality with the number if the number is valid that day,
// else NotFound.
func (d Division) Municipality(n Number) (Municipality, error) {
	m, err := d.r.Municipality(n)
	if err != nil {
		return Municipality{}, err
	}
	if !m.On(d.day) {
		return Municipality{}, fault.New(fault.NotFound, "place.error.not_valid_that_day", "number", string(n), "name", m.Name)
	}
	return m, nil
}

// Has reports whether the number is valid that day.
func (d Division) Has(n Number) bool {
	m, ok := d.r.byNumber[n]
	return ok && m.On(d.day)
}

// List gives the municipalities in the counties, or in all of Norway when none is
// named, by name.
func (d Division) List(counties ...CountyNumber) []Municipality {
	var out []Municipality
	for _, m := range d.r.sorted {
		if m.On(d.day) && (len(counties) == 0 || slices.Contains(counties, m.County)) {
			out = append(out, m)
		}
	}
	return out
}

// County gives the county if its number is valid that day, else NotFound.
func (d Division) County(n CountyNumber) (County, error) {
	c, ok := d.r.counties[n]
	if !ok || !c.On(d.day) {
		return County{}, fmt.Errorf("county %q: %w", n, fault.Missing())
	}
	return c, nil
}

// Counties lists the counties by name.
func (d Division) Counties() []County {
	var out []County
	for _, c := range d.r.countyByName {
		if c.On(d.day) {
			out = append(out, c)
		}
	}
	return out
}

// Label is the name to show in a list of all Norway: the county is added where several
// municipalities share the name that day, "Herøy (Nordland)".
func (d Division) Label(m Municipality) string {
	shared := slices.ContainsFunc(d.r.namesakes[m.Name], func(o Municipality) bool {
		return o.Number != m.Number && o.On(d.day)
	})
	county, ok := d.r.counties[m.County]
	if !shared || !ok {
		return m.Name
	}
	return m.Name + " (" + county.Name + ")"
}

// pick lists the municipalities of that day whose numbers are marked true, by name.
func (d Division) pick(in map[Number]bool) []Municipality {
	var out []Municipality
	for _, m := range d.r.sorted {
		if in[m.Number] && m.On(d.day) {
			out = append(out, m)
		}
	}
	return out
}

// nameKey is what two spellings of a name have in common: case, accents, hyphens and
// the word "kommune" do not count.
func nameKey(s string) string {
	key := text.Fold(strings.Map(func(c rune) rune {
		if strings.ContainsRune("-–()/", c) {
			return ' '
		}
		return c
	}, s))
	key = strings.TrimSuffix(key, " kommune")
	return strings.TrimSuffix(key, " herad")
}
