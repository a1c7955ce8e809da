package position

import (
	"cmp"
	"context"
	"slices"

	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/db"
)

// Count is how many positions have been open to all, and how many of them somebody was hired
// in, and has qualified in. Code is that of what they have in common.
type Count struct {
	Code                        string
	Positions, Hired, Qualified int
}

func (c *Count) add(s flow.State) {
	c.Positions++
	if s == Hired || s == InEducation || s == Qualified {
		c.Hired++
	}
	if s == Qualified {
		c.Qualified++
	}
}

// Results are the counts of the positions that are open to all (KAU-6): by year of publishing,
// sector, municipality and level, the most positions first. They say nothing that the list of
// positions does not; those that were interrupted are not in it.
type Results struct {
	Year                            int   // 0 for all
	Years                           []int // that there are positions of, the newest first
	All                             Count
	Sectors, Municipalities, Levels []Count
}

const resultRows db.SQL = `SELECT p.sector, p.municipality, p.level, p.state, p.published_at FROM position AS p /*where*/ ORDER BY p.number_key, p.id`

// Results counts the positions published in the year, all of them for year 0.
func (s *Service) Results(ctx context.Context, year int) (Results, error) {
	type row struct {
		Sector       string     `db:"sector"`
		Municipality string     `db:"municipality"`
		Level        string     `db:"level"`
		State        flow.State `db:"state"`
		PublishedAt  db.Time    `db:"published_at"`
	}
	out := Results{Year: year}
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		statement, args := db.Query{Base: resultRows, Where: Filter{}.where()}.Build()
		rows, err := db.List[row](ctx, tx, statement, args...)
		if err != nil {
			return err
		}
		sectors, places, levels := map[string]*Count{}, map[string]*Count{}, map[string]*Count{}
		for _, r := range rows {
			published := r.PublishedAt.Date().Year()
			if !slices.Contains(out.Years, published) {
				out.Years = append(out.Years, published)
			}
			if year != 0 && published != year {
				continue
			}
			out.All.add(r.State)
			for _, of := range []struct {
				in   map[string]*Count
				code string
			}{{sectors, r.Sector}, {places, r.Municipality}, {levels, r.Level}} {
				if of.in[of.code] == nil {
					of.in[of.code] = &Count{Code: of.code}
				}
				of.in[of.code].add(r.State)
			}
		}
		slices.SortFunc(out.Years, func(a, b int) int { return b - a })
		out.Sectors, out.Municipalities, out.Levels = sorted(sectors), sorted(places), sorted(levels)
		return nil
	})
}

func sorted(all map[string]*Count) []Count {
	var out []Count
	for _, c := range all {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(b.Positions-a.Positions, cmp.Compare(a.Code, b.Code)) })
	return out
}
