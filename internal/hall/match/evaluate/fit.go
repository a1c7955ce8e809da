package evaluate

import (
	"math"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match/rank"
)

// A Case is one need with what speaks for each document and how good each is.
type Case struct {
	ID    string
	Parts []rank.Parts // by document, relative parts divided as the index does
	Gain  []float64    // by document
	Sum   float64      // of Gain
	Need  Need
	Query rank.Query
}

// Cases asks the index about needs.
func (b *Bench) Cases(x *rank.Index, v *vocab.Index, needs []Need) []Case {
	var cases []Case
	for _, n := range needs {
		q := n.query(v)
		c := Case{ID: n.ID, Need: n, Query: q, Parts: x.Relative(q), Gain: make([]float64, len(b.IDs))}
		for d, id := range b.IDs {
			c.Gain[d] = gain(n.Grades[id])
			c.Sum += c.Gain[d]
		}
		cases = append(cases, c)
	}
	return cases
}

// Fitting says how weights are found.
type Fitting struct {
	Penalty float64 // on the square of the weights
	Steps   int
}

// DefaultFitting is how the weights in use were found.
func DefaultFitting() Fitting { return Fitting{Penalty: 0.0007, Steps: 300} }

// Fit finds the weights that make the good documents of the cases most likely,
// where a document's likelihood is its share of exp(score). Weights are never
// negative: a part speaks for a document or is silent.
func Fit(cases []Case, f Fitting) rank.Weights {
	var w, m, v rank.Weights
	for i := range w {
		w[i] = 1
	}
	for step := 1; step <= f.Steps; step++ {
		g := gradient(cases, w)
		for i := range w {
			gi := g[i] - f.Penalty*w[i]
			m[i] = 0.9*m[i] + 0.1*gi
			v[i] = 0.999*v[i] + 0.001*gi*gi
			mean := m[i] / (1 - math.Pow(0.9, float64(step)))
			spread := v[i] / (1 - math.Pow(0.999, float64(step)))
			w[i] = max(0, w[i]+0.1*mean/(math.Sqrt(spread)+1e-8))
		}
	}
	return w
}

// gradient is the direction in which the mean likelihood grows.
func gradient(cases []Case, w rank.Weights) rank.Weights {
	var g rank.Weights
	n := 0.0
	for _, c := range cases {
		if c.Sum == 0 {
			continue
		}
		n++
		share := shares(c.Parts, w)
		for d, parts := range c.Parts {
			r := c.Gain[d]/c.Sum - share[d]
			for i, p := range parts {
				g[i] += r * float64(p)
			}
		}
	}
	for i := range g {
		g[i] /= max(n, 1)
	}
	return g
}

func shares(parts []rank.Parts, w rank.Weights) []float64 {
	out := scores(parts, w)
	top := math.Inf(-1)
	for _, s := range out {
		top = max(top, s)
	}
	sum := 0.0
	for d := range out {
		out[d] = math.Exp(out[d] - top)
		sum += out[d]
	}
	for d := range out {
		out[d] /= sum
	}
	return out
}

func scores(parts []rank.Parts, w rank.Weights) []float64 {
	out := make([]float64, len(parts))
	for d, p := range parts {
		for i := range w {
			out[d] += w[i] * float64(p[i])
		}
	}
	return out
}

// The sets that CrossValidate tells apart.
const (
	devSet = "dev"
	ownSet = "own"
)

// CrossValidate measures each case with weights fitted on the others, in folds,
// and gives the figures of each set and the spread of the weights over the folds.
func (b *Bench) CrossValidate(cases []Case, folds int, f Fitting) (map[string]Figures, []rank.Weights) {
	dev := map[string]bool{}
	for _, n := range b.Dev {
		dev[n.ID] = true
	}
	sets := map[string]Figures{}
	var all []rank.Weights
	for fold := range folds {
		var train, test []Case
		for i, c := range cases {
			if i%folds == fold {
				test = append(test, c)
			} else {
				train = append(train, c)
			}
		}
		w := Fit(train, f)
		all = append(all, w)
		for _, c := range test {
			set := ownSet
			if dev[c.ID] {
				set = devSet
			}
			fig := sets[set]
			fig.plus(order(b.IDs, scores(c.Parts, w)), c.Need.Grades)
			sets[set] = fig
		}
	}
	return sets, all
}

// Likelihood fits the slope and offset with which a sum of weighted parts tells
// how likely a document answers: on the first documents of each case, of which
// those with a grade count as answers.
func (b *Bench) Likelihood(cases []Case, w rank.Weights) (slope, offset float64) {
	var sums []float64
	var answers []bool
	for _, c := range cases {
		s := scores(c.Parts, w)
		at := map[string]int{}
		for d, id := range b.IDs {
			at[id] = d
		}
		for _, id := range order(b.IDs, s)[:min(shown, len(b.IDs))] {
			sums, answers = append(sums, s[at[id]]), append(answers, c.Gain[at[id]] > 0)
		}
	}
	slope = 1
	for range 20_000 {
		var ds, do float64
		for i, sum := range sums {
			e := -1 / (1 + math.Exp(offset-slope*sum))
			if answers[i] {
				e++
			}
			ds += e * sum
			do -= e
		}
		slope += 0.01 * ds / float64(len(sums))
		offset += 0.1 * do / float64(len(sums))
	}
	return slope, offset
}

// Measure ranks the cases with given weights.
func (b *Bench) Measure(cases []Case, w rank.Weights) Figures {
	var f Figures
	for _, c := range cases {
		f.plus(order(b.IDs, scores(c.Parts, w)), c.Need.Grades)
	}
	return f
}
