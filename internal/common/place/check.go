package place

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// The box Norway's mainland and islands lie in, Svalbard and Jan Mayen left out as they
// hold no municipality.
const (
	minLat, maxLat = 57.5, 71.5
	minLon, maxLon = 4.0, 31.5
)

// check reports every fact that contradicts another.
func (r *Register) check() error {
	// Regions are checked last, as following numbers is safe only when changes are sound.
	if err := errors.Join(r.checkUnique(), r.checkMunicipalities(), r.checkChanges()); err != nil {
		return err
	}
	return r.checkRegions()
}

func (r *Register) checkUnique() error {
	var errs []error
	once := map[string]bool{}
	note := func(what, key string) {
		if once[what+key] {
			errs = append(errs, fmt.Errorf("%s %q: listed twice", what, key))
		}
		once[what+key] = true
	}
	for _, m := range r.data.Municipalities {
		note("municipality", string(m.Number))
	}
	for _, c := range r.data.Counties {
		note("county", string(c.Number))
	}
	for _, g := range r.data.Regions {
		note("region", string(g.ID))
	}
	for _, c := range r.data.Changes {
		note("change", string(c.From+"→"+c.To))
	}
	for _, a := range r.data.Aliases {
		_, isMunicipality := r.byNumber[Number(a.Subject)]
		_, err := r.Region(RegionID(a.Subject))
		if !isMunicipality && err != nil || a.Name == "" {
			errs = append(errs, fmt.Errorf("alias %q: no such subject %q, or no name", a.Name, a.Subject))
		}
	}
	return errors.Join(errs...)
}

func (r *Register) checkMunicipalities() error {
	var errs []error
	for _, n := range slices.Sorted(maps.Keys(r.byNumber)) {
		m := r.byNumber[n]
		county, ok := r.counties[m.County]
		switch {
		case len(n) != 4 || !isDigits(string(n)) || m.Name == "":
			errs = append(errs, fmt.Errorf("municipality %q %q: four digits and a name are needed", n, m.Name))
		case m.County != n.County() || !ok:
			errs = append(errs, fmt.Errorf("municipality %s: no such county %q, or not that of its number", n, m.County))
		case !m.ordered() || !m.within(county.Period):
			errs = append(errs, fmt.Errorf("municipality %s: valid %s to %s, outside its county's time", n, m.From, m.To))
		case !m.To.IsZero() && len(r.changesFrom[n]) == 0:
			errs = append(errs, fmt.Errorf("municipality %s: closed %s, but nothing took over", n, m.To))
		case m.HasCentre() && !m.At.inNorway():
			errs = append(errs, fmt.Errorf("municipality %s: centre %v is not in Norway", n, m.At))
		case m.Official != m.Name && !slices.Contains(splitOfficial(m.Official), m.Name):
			errs = append(errs, fmt.Errorf("municipality %s: official name %q lacks %q", n, m.Official, m.Name))
		}
	}
	return errors.Join(errs...)
}

func (p Point) inNorway() bool {
	return p.Lat >= minLat && p.Lat <= maxLat && p.Lon >= minLon && p.Lon <= maxLon
}

// ordered reports whether the period does not end before it begins.
func (p Period) ordered() bool { return p.To.IsZero() || !p.To.Before(p.From) }

// within reports whether p begins and ends inside o.
func (p Period) within(o Period) bool {
	if p.From.Before(o.From) {
		return false
	}
	return o.To.IsZero() || !p.To.IsZero() && !p.To.After(o.To)
}

func (r *Register) checkChanges() error {
	var errs []error
	for _, n := range slices.Sorted(maps.Keys(r.changesFrom)) {
		changes := r.changesFrom[n]
		for _, c := range changes {
			if err := r.checkChange(c, len(changes)); err != nil {
				errs = append(errs, fmt.Errorf("change %s %s → %s: %w", c.From, c.FromName, c.To, err))
			}
		}
	}
	return errors.Join(errs...)
}

// checkChange also keeps changes from leading in a circle: each goes from a number that
// ends to one that is valid the day after.
func (r *Register) checkChange(c Change, receivers int) error {
	from, to := r.byNumber[c.From], r.byNumber[c.To]
	before := c.Day.AddDays(-1)
	givers := 0
	for _, other := range r.changesTo[c.To] {
		if other.Day == c.Day {
			givers++
		}
	}
	switch {
	case c.Day.IsZero() || from.To != before:
		return fmt.Errorf("%s ends %s, not the day before %s", c.From, from.To, c.Day)
	case c.FromName != from.Name:
		return fmt.Errorf("name differs from %q", from.Name)
	case to.Number == "" || !to.On(c.Day):
		return fmt.Errorf("%s is not valid on %s", c.To, c.Day)
	case (c.Kind == Split) != (receivers > 1):
		return fmt.Errorf("kind %s with %d receivers", c.Kind, receivers)
	case c.Kind == Renumber && (givers > 1 || to.On(before)):
		return errors.New("a new number cannot have stood for others")
	case c.Kind == Merge && givers < 2 && !to.On(before):
		return errors.New("a merger needs at least two")
	case c.Kind != Merge && c.Kind != Split && c.Kind != Renumber:
		return fmt.Errorf("unknown kind %q", c.Kind)
	}
	return nil
}

func (r *Register) checkRegions() error {
	var errs []error
	for _, g := range r.data.Regions {
		if !slices.Contains([]RegionKind{CompetenceRegion, Partnership, ProjectArea, Council}, g.Kind) || g.Name == "" || !g.ordered() {
			errs = append(errs, fmt.Errorf("region %s: unknown kind %q, no name, or ends before it begins", g.ID, g.Kind))
		}
	}
	last := map[string]Period{}
	for _, m := range r.data.Memberships {
		if err := r.checkMember(m.Region, m.Number, m.Period, m.Basis); err != nil {
			errs = append(errs, fmt.Errorf("membership %s in %s: %w", m.Number, m.Region, err))
		}
		key := string(m.Region) + " " + string(m.Number)
		if p, twice := last[key]; twice && (p.To.IsZero() || !m.From.After(p.To)) {
			errs = append(errs, fmt.Errorf("membership %s in %s: periods overlap or are out of order", m.Number, m.Region))
		}
		last[key] = m.Period
	}
	for _, l := range r.data.Leads {
		err := r.checkMember(l.Region, l.Number, l.Period, l.Basis)
		if err == nil && (l.Role != Leads && l.Role != Partner || l.Hub == "") {
			err = fmt.Errorf("unknown role %q or no hub", l.Role)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("lead %s in %s: %w", l.Hub, l.Number, err))
		}
	}
	return errors.Join(errs...)
}

func (r *Register) checkMember(id RegionID, n Number, p Period, basis Basis) error {
	g, err := r.Region(id)
	if err != nil {
		return err
	}
	switch {
	case p.From.IsZero() || !p.ordered() || !p.within(g.Period):
		return fmt.Errorf("%s to %s is not a time within the region's", p.From, p.To)
	case !r.On(p.From).Has(n):
		return fmt.Errorf("number not valid on %s", p.From)
	case basis != FromSource && basis != Assumed:
		return fmt.Errorf("unknown basis %q", basis)
	}
	heirs, err := r.Successors(n, p.To)
	if err == nil && len(heirs) > 1 {
		err = fmt.Errorf("split into %v during the time", heirs)
	}
	return err
}
