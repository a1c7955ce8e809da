package funnel

import (
	"cmp"
	"slices"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
)

// Step is how far a need has come.
type Step string

// The steps.
const (
	Reported  Step = "need"
	Presented Step = "presented"
	Answered  Step = "answered"
	Programme Step = "programme"
	Enrolled  Step = "enrolled"
	Completed Step = "completed"
)

// Steps lists the steps in order.
func Steps() []Step { return []Step{Reported, Presented, Answered, Programme, Enrolled, Completed} }

// Label is the step's name.
func (s Step) Label() i18n.Key { return i18n.Key("funnel.step." + string(s)) }

// Cell is a part of the needs. Field and Level are empty for what is left of the region.
type Cell struct {
	Region need.Region
	Field  need.Field
	Level  need.Level
	Year   int
}

// rest is what is left of the cell's region and year.
func (c Cell) rest() Cell { return Cell{Region: c.Region, Year: c.Year} }

func compareCells(a, b Cell) int {
	return cmp.Or(cmp.Compare(b.Year, a.Year), cmp.Compare(a.Region, b.Region), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Level, b.Level))
}

// course is how one need has come: the day it reached each step first; zero for a step that
// it has not reached. firm is whose it is, and weight how many firms it stands for.
type course struct {
	need   string
	firm   string
	weight int
	cell   Cell
	days   [6]clock.Date
}

// settle lets a step that was passed by count as reached on the day of the first beyond it.
func (c *course) settle() {
	for i := len(c.days) - 2; i >= 0; i-- {
		next := c.days[i+1]
		if !next.IsZero() && (c.days[i].IsZero() || c.days[i].After(next)) {
			c.days[i] = next
		}
	}
}

// firms is how many firms stand behind the needs.
func firms(list []*course) int {
	seen, n := map[string]bool{}, 0
	for _, c := range list {
		if c.firm == "" {
			n += c.weight // one need told for several, by whoever gathered it
			continue
		}
		if !seen[c.firm] {
			seen[c.firm] = true
			n++
		}
	}
	return n
}

// few is how many firms a figure must at least be built on.
const few = 3

// may reports whether a figure built on the needs may be known.
func may(list []*course) bool { return len(list) == 0 || firms(list) >= few }

// at are the needs of the part that have reached the step.
func at(part []*course, step int) []*course {
	var out []*course
	for _, c := range part {
		if !c.days[step].IsZero() {
			out = append(out, c)
		}
	}
	return out
}

// shown is how many of the steps, from the first, can be shown of the part: each, and what is
// left between it and the one before.
func shown(part []*course) int {
	for i := range Steps() {
		if !may(at(part, i)) {
			return i
		}
		if i == 0 {
			continue
		}
		var left []*course
		for _, c := range at(part, i-1) {
			if c.days[i].IsZero() {
				left = append(left, c)
			}
		}
		if !may(left) {
			return i
		}
	}
	return len(Steps())
}

// parts divides the needs into those that can be shown by themselves and what is left of
// each region and year. A need stays in the part that it was shown in first: no two parts ever
// have a need in common, so that none can be taken from another.
func parts(all []*course, in map[string]Cell) map[Cell][]*course {
	out, fresh := map[Cell][]*course{}, map[Cell][]*course{}
	for _, c := range all {
		if cell, ok := in[c.need]; ok {
			out[cell] = append(out[cell], c)
		} else {
			fresh[c.cell] = append(fresh[c.cell], c)
		}
	}
	for cell, list := range fresh {
		if shown(slices.Concat(out[cell], list)) == 0 {
			cell = cell.rest()
		}
		out[cell] = append(out[cell], list...)
	}
	return out
}

// median is the middle number of days from the report to the step, of those who have come
// there; false when nobody has.
func median(list []*course, step int) (int, bool) {
	if len(list) == 0 || step == 0 {
		return 0, false
	}
	days := make([]int, len(list))
	for i, c := range list {
		days[i] = max(0, c.days[step].Sub(c.days[0]))
	}
	slices.Sort(days)
	return days[len(days)/2], true
}
