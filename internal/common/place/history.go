package place

import (
	"fmt"
	"maps"
	"slices"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
)

// Successors lists the numbers that on the day stand for what the number stood for,
// sorted: the number itself while it is valid, several when a split lies between.
// NotFound for a number the register does not know, or one not yet made on the day.
func (r *Register) Successors(n Number, day clock.Date) ([]Number, error) {
	m, err := r.Municipality(n)
	if err != nil {
		return nil, err
	}
	if !day.IsZero() && day.Before(m.From) {
		return nil, fault.New(fault.NotFound, "place.error.not_valid_that_day", "number", string(n), "name", m.Name)
	}
	heirs := map[Number]bool{}
	r.follow(n, day, heirs)
	return slices.Sorted(maps.Keys(heirs)), nil
}

// follow ends because check refuses changes that lead back.
func (r *Register) follow(n Number, day clock.Date, heirs map[Number]bool) {
	if r.byNumber[n].On(day) {
		heirs[n] = true
		return
	}
	for _, c := range r.changesFrom[n] {
		r.follow(c.To, day, heirs)
	}
}

// Within lists every number, of all times, under which something may be kept that lies in
// the municipalities of the day: their own, and those of closed ones that went into them
// whole. One that was split between them and others is left out, as nobody has said what
// went where.
func (r *Register) Within(list []Number, day clock.Date) []Number {
	in := map[Number]bool{}
	var add func(n Number)
	add = func(n Number) {
		heirs, err := r.Successors(n, day)
		if err != nil || slices.ContainsFunc(heirs, func(h Number) bool { return !slices.Contains(list, h) }) {
			return
		}
		in[n] = true
		for _, c := range r.changesTo[n] {
			add(c.From)
		}
	}
	for _, n := range list {
		add(n)
	}
	return slices.Sorted(maps.Keys(in))
}

// ClosedBy lists the changes that closed the number; none while it is valid.
func (r *Register) ClosedBy(n Number) []Change { return slices.Clone(r.changesFrom[n]) }

// MadeFrom lists the changes that gave the number something, oldest first: 5054 Indre
// Fosen was made from 1624 Rissa and 1718 Leksvik.
func (r *Register) MadeFrom(n Number) []Change {
	out := slices.Clone(r.changesTo[n])
	slices.SortStableFunc(out, func(a, b Change) int { return a.Day.Compare(b.Day) })
	return out
}

// Sums is the result of Sum.
type Sums[V int | int64 | float64] struct {
	// Totals holds the figures by the municipalities of the day.
	Totals map[Number]V
	// Unshared holds figures that cannot be summed because their municipality was split.
	Unshared []Unshared[V]
}

// Unshared is a figure that belongs to one or more of To in shares nobody has stated.
type Unshared[V int | int64 | float64] struct {
	From  Number
	Value V
	To    []Number
}

// Sum adds figures counted under any numbers to the municipalities of the day (ORG-3).
// Nothing is lost: the totals and the unshared figures add up to what came in. NotFound
// names the first number that is unknown or not yet made on the day.
func Sum[V int | int64 | float64](r *Register, figures map[Number]V, day clock.Date) (Sums[V], error) {
	out := Sums[V]{Totals: map[Number]V{}}
	// Sorted, so that sums of floating-point figures never differ between runs.
	for _, n := range slices.Sorted(maps.Keys(figures)) {
		heirs, err := r.Successors(n, day)
		if err != nil {
			return Sums[V]{}, fmt.Errorf("sum %q: %w", n, err)
		}
		if len(heirs) > 1 {
			out.Unshared = append(out.Unshared, Unshared[V]{n, figures[n], heirs})
			continue
		}
		out.Totals[heirs[0]] += figures[n]
	}
	return out, nil
}
