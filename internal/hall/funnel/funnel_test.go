package funnel

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/need"
)

var day = clock.MustDate("2027-01-04")

// at a step so many days after the report; the steps before it follow.
func came(id int, firm string, cell Cell, steps ...int) *course {
	c := &course{need: fmt.Sprint(id), firm: firm, weight: 1, cell: cell}
	c.days[0] = day
	for i, after := range steps {
		if after >= 0 {
			c.days[i+1] = day.AddDays(after)
		}
	}
	c.settle()
	return c
}

var trade = Cell{Region: "namdalen", Field: need.Fields()[0], Level: need.LevelTrade, Year: 2027}

// TestASmallWorld: three firms reported, all were presented, none came further; a step that
// was passed by counts on the day of the first beyond it.
func TestASmallWorld(t *testing.T) {
	list := []*course{came(1, "a", trade, 3), came(2, "b", trade, -1, 8), came(3, "c", trade, 5, 12)}
	if n := shown(list); n != 2 {
		t.Errorf("two of three are answered: the third can be told from it, and %d steps are shown", n)
	}
	list = append(list, came(4, "d", trade, -1, 9), came(5, "e", trade, 7), came(6, "f", trade, 9))
	if n := shown(list); n != 6 {
		t.Errorf("three of six are answered, and %d steps are shown", n)
	}
	if n := len(at(list, 1)); n != 6 {
		t.Errorf("%d are presented", n)
	}
	if m, ok := median(at(list, 2), 2); !ok || m != 9 {
		t.Errorf("the middle of 8, 9 and 12 days is %d", m)
	}
	if m, ok := median(at(list, 1), 1); !ok || m != 8 {
		t.Errorf("the middle of 3, 5, 7, 8, 9 and 9 days is %d", m)
	}
	if _, ok := median(at(list, 3), 3); ok {
		t.Error("nobody has come to the third step")
	}
}

// TestOneFirmIsNotThree: the needs of one firm are one firm, and one need that was told for
// three is three.
func TestOneFirmIsNotThree(t *testing.T) {
	same := []*course{came(1, "a", trade), came(2, "a", trade), came(3, "a", trade)}
	gathered := came(4, "", trade)
	gathered.weight = 3
	if shown(same) != 0 || shown([]*course{gathered}) != 6 {
		t.Errorf("of one firm %d steps, of one need for three %d", shown(same), shown([]*course{gathered}))
	}
}

// TestWhatIsTooSmallIsInTheRest: parts of two firms each are shown as the rest of the region.
func TestWhatIsTooSmallIsInTheRest(t *testing.T) {
	course1, higher := trade, trade
	course1.Level, higher.Level = need.LevelCourse, need.LevelHigher
	list := []*course{came(1, "a", course1), came(2, "b", course1), came(3, "c", higher), came(4, "d", higher), came(5, "e", trade), came(6, "f", trade), came(7, "g", trade)}
	got := parts(list, nil)
	if len(got) != 2 || len(got[trade]) != 3 || len(got[trade.rest()]) != 4 {
		t.Errorf("%v", got)
	}
}

// TestEditionsTellNobody: whatever happens day by day, no edition, step or difference between
// two editions of a part is of one or two firms, and no need
// is in two parts.
func TestEditionsTellNobody(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var all []*course
		byID := map[string]*course{}
		editions, in := map[Cell][6]map[string]bool{}, map[string]Cell{}
		levels := []need.Level{need.LevelCourse, need.LevelTrade}
		for today := range rapid.IntRange(1, 12).Draw(rt, "days") {
			for range rapid.IntRange(0, 4).Draw(rt, "new") {
				c := came(len(all), fmt.Sprint("firm", rapid.IntRange(0, 8).Draw(rt, "firm")), Cell{"namdalen", need.Fields()[0], rapid.SampledFrom(levels).Draw(rt, "level"), 2027})
				all, byID[c.need] = append(all, c), c
			}
			for _, c := range all {
				if rapid.IntRange(0, 3).Draw(rt, "further") == 0 {
					if i := rapid.IntRange(1, 5).Draw(rt, "step"); c.days[i].IsZero() {
						c.days[i] = day.AddDays(today + 1)
						c.settle()
					}
				}
			}
			for cell, part := range parts(all, in) {
				before := editions[cell]
				steps := shown(part)
				now := edition(part, steps)
				rows := map[Step]cellRow{}
				for i, s := range Steps() {
					if before[i] != nil {
						rows[s] = cellRow{Sources: sources(before[i])}
					}
				}
				changed, err := differs(rows, part, steps, byID)
				if err != nil {
					rt.Fatal(err)
				}
				if changed != fine {
					continue
				}
				for i := range Steps()[:steps] {
					if i > 0 {
						left := map[string]bool{}
						for id := range now[i-1] {
							if !now[i][id] {
								left[id] = true
							}
						}
						if n := firmsOf(left, byID); n == 1 || n == 2 {
							rt.Fatalf("%d firms are left between two steps of %v", n, cell)
						}
					}
					if n := firmsOf(now[i], byID); n == 1 || n == 2 {
						rt.Fatalf("step %d of %v is of %d firms", i, cell, n)
					}
					gone := map[string]bool{}
					for id := range now[i] {
						if before[i] != nil && !before[i][id] {
							gone[id] = true
						}
					}
					for id := range before[i] {
						if !now[i][id] {
							gone[id] = true
						}
					}
					if n := firmsOf(gone, byID); n == 1 || n == 2 {
						rt.Fatalf("step %d of %v changed by %d firms", i, cell, n)
					}
				}
				editions[cell] = now
				for id := range now[0] {
					if was, ok := in[id]; ok && was != cell {
						rt.Fatalf("%s was shown in %v, and is in %v", id, was, cell)
					}
					in[id] = cell
				}
			}
		}
	})
}

func edition(part []*course, steps int) (out [6]map[string]bool) {
	for i := range Steps()[:steps] {
		out[i] = map[string]bool{}
		for _, c := range at(part, i) {
			out[i][c.need] = true
		}
	}
	return out
}

func sources(ids map[string]bool) string {
	out := "["
	for id := range ids {
		if len(out) > 1 {
			out += ","
		}
		out += `"` + id + `"`
	}
	return out + "]"
}

func firmsOf(ids map[string]bool, byID map[string]*course) int {
	var list []*course
	for id := range ids {
		list = append(list, byID[id])
	}
	return firms(list)
}
