package place

import (
	"slices"
	"strings"
)

// searchKeys holds the folded ways to say a municipality.
type searchKeys struct {
	names  []string // the Norwegian name first, then the other official names, the name with its county, aliases
	centre string
}

func (r *Register) indexNames() {
	r.searchKeys = make(map[Number]searchKeys, len(r.byNumber))
	aliases := map[string][]string{}
	for _, a := range r.data.Aliases {
		aliases[a.Subject] = append(aliases[a.Subject], nameKey(a.Name))
	}
	for n, m := range r.byNumber {
		keys := searchKeys{names: []string{nameKey(m.Name)}, centre: nameKey(m.Centre)}
		for _, other := range m.OtherNames() {
			keys.names = append(keys.names, nameKey(other))
		}
		if county, ok := r.counties[m.County]; ok {
			keys.names = append(keys.names, nameKey(m.Name+" ("+county.Name+")"))
		}
		keys.names = append(keys.names, nameKey(m.Official))
		keys.names = append(keys.names, aliases[string(n)]...)
		r.searchKeys[n] = keys
	}
	r.regionKeys = map[string][]RegionID{}
	for _, running := range []bool{true, false} {
		for _, g := range r.data.Regions {
			if g.To.IsZero() == running {
				for _, key := range append(aliases[string(g.ID)], nameKey(g.Name)) {
					r.regionKeys[key] = append(r.regionKeys[key], g.ID)
				}
			}
		}
	}
}

// ByName lists the municipalities of that day with the name: Norwegian, Sámi or Kven, an
// alias, or with the county in parentheses. Case, accents and hyphens do not count. More
// than one is possible: Herøy, Våler. The centre is not a name here; Search knows it.
func (d Division) ByName(name string) []Municipality {
	key := nameKey(name)
	if key == "" {
		return nil
	}
	var out []Municipality
	for _, m := range d.r.sorted {
		if m.On(d.day) && slices.Contains(d.r.searchKeys[m.Number].names, key) {
			out = append(out, m)
		}
	}
	return out
}

// Search lists at most limit municipalities of that day for what a reader has typed so
// far: number, name, alias or centre. Whole names come first, then beginnings of names,
// centres, and words inside names; equals by name.
func (d Division) Search(typed string, limit int) []Municipality {
	key := nameKey(typed)
	if key == "" || limit <= 0 {
		return nil
	}
	const ranks = 5
	var found [ranks][]Municipality
	for _, m := range d.r.sorted {
		if m.On(d.day) {
			if rank := d.r.searchKeys[m.Number].rank(key, m.Number); rank < ranks {
				found[rank] = append(found[rank], m)
			}
		}
	}
	all := slices.Concat(found[:]...)
	return all[:min(limit, len(all))]
}

// rank is 0 for the best hit; 5 is no hit.
func (k searchKeys) rank(key string, n Number) int {
	switch {
	case slices.Contains(k.names, key) || string(n) == key:
		return 0
	case anyHas(k.names, key, strings.HasPrefix) || isDigits(key) && strings.HasPrefix(string(n), key):
		return 1
	case k.centre == key:
		return 2
	case strings.HasPrefix(k.centre, key):
		return 3
	case anyHas(k.names, " "+key, strings.Contains):
		return 4
	}
	return 5
}

func anyHas(names []string, key string, test func(s, part string) bool) bool {
	return slices.ContainsFunc(names, func(s string) bool { return test(s, key) })
}
