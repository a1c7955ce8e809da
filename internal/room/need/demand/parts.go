package demand

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/room/need"
)

// Cell is a place in the fixed tables.
type Cell struct {
	Region need.Region
	Field  need.Field
	Level  need.Level
	Year   int // in which the need was submitted, or the pool made
}

// source is one need as it counts: whose it is, who knows it, how many firms
// and people.
type source struct {
	need            need.ID
	firm            string // the organisation, or the need itself for a group of firms
	firms           int
	headcount       int
	confidentiality need.Confidentiality
	known           []org.ID // owner, representative, provider in charge
}

// key names the source as it is: a need with another number of people is
// another unknown.
func (s source) key() string { return string(s.need) + " " + strconv.Itoa(s.headcount) }

// part is what is published whole or not at all.
type part struct {
	key     string
	pool    need.PoolID
	cell    Cell
	sources []source
}

func poolKey(p need.PoolID) string { return "pool:" + string(p) }

func restKey(c Cell) string {
	return strings.Join([]string{"rest", string(c.Region), string(c.Field), string(c.Level), strconv.Itoa(c.Year)}, "|")
}

// partsOf sorts the needs into parts, pools first. The needs of a pool that
// could not be published by itself count in the rest of its cell.
func partsOf(rows []livingRow, regions map[string]need.Region) []part {
	pools, rest := map[need.PoolID]*part{}, map[Cell]*part{}
	toRest := func(c Cell, list ...source) {
		if rest[c] == nil {
			rest[c] = &part{key: restKey(c), cell: c}
		}
		rest[c].sources = append(rest[c].sources, list...)
	}
	for _, r := range rows {
		c := r.cell(regions)
		if r.Pool == "" {
			toRest(c, r.source())
			continue
		}
		if pools[r.Pool] == nil {
			pools[r.Pool] = &part{key: poolKey(r.Pool), pool: r.Pool, cell: c}
		}
		pools[r.Pool].sources = append(pools[r.Pool].sources, r.source())
	}
	var out []part
	for _, p := range pools {
		if new(ledger).allows(p.sources) {
			out = append(out, *p)
		} else {
			toRest(p.cell, p.sources...)
		}
	}
	for _, p := range rest {
		out = append(out, *p)
	}
	slices.SortFunc(out, func(a, b part) int { return cmp.Compare(a.key, b.key) })
	return out
}

// firmsIn counts the different firms behind the sources.
func firmsIn(list []source) int {
	firms := map[string]int{}
	for _, s := range list {
		firms[s.firm] = s.firms
	}
	return total(firms)
}

func total(firms map[string]int) int {
	n := 0
	for _, k := range firms {
		n += k
	}
	return n
}

func headcountIn(list []source) int {
	n := 0
	for _, s := range list {
		n += s.headcount
	}
	return n
}
