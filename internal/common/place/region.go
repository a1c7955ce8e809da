package place

import (
	"fmt"
	"slices"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
)

// RegionID names a region in addresses and data: "namdalen".
type RegionID string

// RegionKind says what sort of grouping a region is.
type RegionKind string

// The kinds of region (ORG, data).
const (
	CompetenceRegion RegionKind = "kompetanseregion"
	Partnership      RegionKind = "partnerskap"
	ProjectArea      RegionKind = "prosjektomrade"
	Council          RegionKind = "rad"
)

// Basis says how well a fact is founded.
type Basis string

// A fact stands in the sources, or is assumed until somebody who knows corrects it.
const (
	FromSource Basis = "source"
	Assumed    Basis = "assumed"
)

// Region is a grouping of municipalities. Groupings overlap.
type Region struct {
	ID   RegionID
	Name string
	Kind RegionKind
	Period
}

// Membership is a municipality's time in a region. Number was valid when it began.
type Membership struct {
	Region RegionID
	Number Number
	Period
	Basis Basis
}

// Role is a hub's part in a municipality of its region.
type Role string

// Exactly one hub leads in each municipality; others may be involved as partners.
const (
	Leads   Role = "lead"
	Partner Role = "partner"
)

// Lead says that a hub has a role in a municipality of a region for a time. Hub is the
// organisation's name, as org is above this package.
type Lead struct {
	Region RegionID
	Hub    string
	Role   Role
	Number Number
	Period
	Basis Basis
}

// Regions lists the regions that exist on the day, by name. Without kinds it lists all
// kinds.
func (r *Register) Regions(day clock.Date, kinds ...RegionKind) []Region {
	var out []Region
	for _, g := range r.data.Regions {
		if g.On(day) && (len(kinds) == 0 || slices.Contains(kinds, g.Kind)) {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, byKey(func(g Region) (string, string) { return g.Name, string(g.ID) }))
	return out
}

// Region gives the region, also when it has ended, or NotFound.
func (r *Register) Region(id RegionID) (Region, error) {
	for _, g := range r.data.Regions {
		if g.ID == id {
			return g, nil
		}
	}
	return Region{}, fmt.Errorf("region %q: %w", id, fault.Missing())
}

// RegionByName gives the region whose name or alias is the text, read as in
// Division.ByName, or NotFound. Ended regions are found too, running ones first.
func (r *Register) RegionByName(name string) (Region, error) {
	ids := r.regionKeys[nameKey(name)]
	if len(ids) == 0 {
		return Region{}, fmt.Errorf("region %q: %w", name, fault.Missing())
	}
	return r.Region(ids[0])
}

// MembersAt lists the members of the region on the day, as the municipalities are that
// day: who joined as 1653 Melhus is 5028 Melhus from 2018. NotFound for an unknown
// region; no members when it had none that day.
func (r *Register) MembersAt(id RegionID, day clock.Date) ([]Municipality, error) {
	if _, err := r.Region(id); err != nil {
		return nil, err
	}
	var numbers []Number
	for _, m := range r.data.Memberships {
		if m.Region == id && m.On(day) {
			numbers = append(numbers, m.Number)
		}
	}
	in, err := r.resolve(numbers, day)
	if err != nil {
		return nil, fmt.Errorf("region %s: %w", id, err)
	}
	return r.On(day).pick(in), nil
}

// RegionsOf lists the regions that the municipality with the number belongs to on the
// day, by name. A closed number counts as its successor.
func (r *Register) RegionsOf(n Number, day clock.Date) ([]Region, error) {
	heirs, err := r.Successors(n, day)
	if err != nil {
		return nil, err
	}
	var out []Region
	for _, g := range r.Regions(day) {
		members, err := r.MembersAt(g.ID, day)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(members, func(m Municipality) bool { return slices.Contains(heirs, m.Number) }) {
			out = append(out, g)
		}
	}
	return out, nil
}

// Leads lists the hubs' roles in the region on the day, by hub and number.
func (r *Register) Leads(id RegionID, day clock.Date) []Lead {
	var out []Lead
	for _, l := range r.data.Leads {
		if l.Region == id && l.On(day) {
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, byKey(func(l Lead) (string, string) { return l.Hub, string(l.Number) }))
	return out
}

// Partition tells how a set of parts covers an area.
type Partition struct {
	Gaps     []Municipality // in the area, in no part
	Overlaps []Overlap      // in more than one part
	Outside  []Municipality // in a part, not in the area
}

// Overlap is a municipality claimed by several parts, sorted by name.
type Overlap struct {
	Municipality Municipality
	Parts        []string
}

// OK reports whether every municipality of the area lies in exactly one part and no part
// reaches outside (ORG-5, O-3).
func (p Partition) OK() bool {
	return len(p.Gaps) == 0 && len(p.Overlaps) == 0 && len(p.Outside) == 0
}

// CheckPartition compares an area with the parts meant to cover it, on the day. Numbers
// closed before the day count as their successors, and a number the register does not
// know is an error of kind NotFound.
func (r *Register) CheckPartition(area []Number, parts map[string][]Number, day clock.Date) (Partition, error) {
	want, err := r.resolve(area, day)
	if err != nil {
		return Partition{}, fmt.Errorf("area: %w", err)
	}
	holders := map[Number][]string{}
	for name, numbers := range parts {
		in, err := r.resolve(numbers, day)
		if err != nil {
			return Partition{}, fmt.Errorf("part %s: %w", name, err)
		}
		for n := range in {
			holders[n] = append(holders[n], name)
		}
	}
	gaps, overlaps, outside := map[Number]bool{}, map[Number]bool{}, map[Number]bool{}
	for n := range want {
		gaps[n] = len(holders[n]) == 0
	}
	for n, names := range holders {
		overlaps[n] = len(names) > 1
		outside[n] = !want[n]
	}
	d := r.On(day)
	p := Partition{Gaps: d.pick(gaps), Outside: d.pick(outside)}
	for _, m := range d.pick(overlaps) {
		slices.Sort(holders[m.Number])
		p.Overlaps = append(p.Overlaps, Overlap{m, holders[m.Number]})
	}
	return p, nil
}

// CheckLeads checks that on the day exactly one hub leads in each municipality of the
// region (O-3). Partners do not count. NotFound for an unknown region.
func (r *Register) CheckLeads(id RegionID, day clock.Date) (Partition, error) {
	members, err := r.MembersAt(id, day)
	if err != nil {
		return Partition{}, err
	}
	parts := map[string][]Number{}
	for _, l := range r.Leads(id, day) {
		if l.Role == Leads {
			parts[l.Hub] = append(parts[l.Hub], l.Number)
		}
	}
	return r.CheckPartition(Numbers(members), parts, day)
}

// Numbers lists the numbers of the municipalities, in the same order.
func Numbers(list []Municipality) []Number {
	out := make([]Number, len(list))
	for i, m := range list {
		out[i] = m.Number
	}
	return out
}

// resolve is the set of municipalities that the numbers stand for on the day.
func (r *Register) resolve(numbers []Number, day clock.Date) (map[Number]bool, error) {
	in := map[Number]bool{}
	for _, n := range numbers {
		heirs, err := r.Successors(n, day)
		if err != nil {
			return nil, err
		}
		for _, h := range heirs {
			in[h] = true
		}
	}
	return in, nil
}
