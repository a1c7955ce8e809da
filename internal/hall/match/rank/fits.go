package rank

// longHours is about a year's study, 60 credits.
const longHours = 1500

// isLong reports whether the document is a whole education rather than a course.
func (d *Document) isLong() bool {
	return d.Level == Vgs || d.Level == Fagbrev || d.Hours > longHours
}

// step is where a level stands on the ladder of education; vgs and fagbrev are
// two ways to the same step.
func (l Level) step() (int, bool) {
	switch l {
	case Kurs:
		return 0, true
	case Vgs, Fagbrev:
		return 1, true
	case Fagskole:
		return 2, true
	case Hoyere:
		return 3, true
	}
	return 0, false
}

// levelFit is 1 for the level asked for, a half for its neighbours and where one
// of the two is not known.
func levelFit(want, have Level) float32 {
	a, ok := want.step()
	b, known := have.step()
	switch {
	case !ok || !known:
		return 0.5
	case want == have:
		return 1
	case a-b >= -1 && a-b <= 1:
		return 0.5
	}
	return 0
}

// sizeFit is 1 where new people are offered a whole education, or one's own
// people something less.
func sizeFit(p Purpose, long bool) float32 {
	switch p {
	case Recruit, Upskill:
		if (p == Recruit) == long {
			return 1
		}
		return 0
	}
	return 0.5
}

// fits holds what level and size are compared by: documents alike in both are of
// one class, and there are few classes.
type fits struct {
	of      []uint8 // the class of each document
	classes []fitClass
}

type fitClass struct {
	level Level
	long  bool
}

func newFits(docs []Document) fits {
	f := fits{of: make([]uint8, len(docs))}
	at := map[fitClass]uint8{}
	for i := range docs {
		c := fitClass{docs[i].Level, docs[i].isLong()}
		if _, ok := c.level.step(); !ok {
			c.level = ""
		}
		n, ok := at[c]
		if !ok {
			n = uint8(len(f.classes))
			at[c] = n
			f.classes = append(f.classes, c)
		}
		f.of[i] = n
	}
	return f
}

// query gives the three parts by class.
func (f fits) query(q Query, r *reading) [][3]float32 {
	out := make([][3]float32, len(f.classes))
	for i, c := range f.classes {
		out[i] = [3]float32{levelFit(q.Level, c.level), sizeFit(r.purpose, c.long), 0}
		if r.trade && (c.level == Vgs || c.level == Fagbrev) {
			out[i][2] = 1
		}
	}
	return out
}
