package project

import (
	"cmp"
	"slices"

	"kompetansetorg/internal/common/place"
)

// Tally counts sub-projects.
type Tally struct {
	All int
	// Groups has the number aimed at each group, by its code; general measures under "".
	Groups map[string]int
	// Located name some municipality, Several more than one; Links are all pairs of a project
	// and a municipality.
	Located, Several, Links int
	// Places has the number in each municipality, the most first.
	Places []PlaceCount
	// Hubs has the number in each hub's municipalities, in the order of the leads.
	Hubs []HubCount
}

// PlaceCount is how many projects a municipality has.
type PlaceCount struct {
	Number   place.Number
	Projects int
}

// HubCount is how many projects have some municipality that the hub leads in.
type HubCount struct {
	Hub            string
	Municipalities []place.Number
	// Partners are hubs that work in some of them.
	Partners []string
	Projects int
}

// Count counts the projects, in the groups and in the municipalities, and in those of the hubs
// that lead in the area.
func Count(list []Project, leads []place.Lead) Tally {
	t := Tally{All: len(list), Groups: map[string]int{}}
	places := map[place.Number]int{}
	for _, p := range list {
		t.Groups[p.Group]++
		for _, n := range p.Municipalities {
			places[n]++
		}
		t.Links += len(p.Municipalities)
		if len(p.Municipalities) > 0 {
			t.Located++
		}
		if len(p.Municipalities) > 1 {
			t.Several++
		}
	}
	for n, projects := range places {
		t.Places = append(t.Places, PlaceCount{n, projects})
	}
	slices.SortFunc(t.Places, func(a, b PlaceCount) int {
		return cmp.Or(cmp.Compare(b.Projects, a.Projects), cmp.Compare(a.Number, b.Number))
	})
	t.Hubs = hubs(list, leads)
	return t
}

func hubs(list []Project, leads []place.Lead) []HubCount {
	var out []HubCount
	for _, l := range leads {
		if l.Role != place.Leads {
			continue
		}
		i := slices.IndexFunc(out, func(h HubCount) bool { return h.Hub == l.Hub })
		if i < 0 {
			i, out = len(out), append(out, HubCount{Hub: l.Hub})
		}
		out[i].Municipalities = append(out[i].Municipalities, l.Number)
	}
	for i, h := range out {
		for _, l := range leads {
			if l.Role == place.Partner && slices.Contains(h.Municipalities, l.Number) && !slices.Contains(out[i].Partners, l.Hub) {
				out[i].Partners = append(out[i].Partners, l.Hub)
			}
		}
		for _, p := range list {
			if slices.ContainsFunc(p.Municipalities, func(n place.Number) bool { return slices.Contains(h.Municipalities, n) }) {
				out[i].Projects++
			}
		}
	}
	return out
}
