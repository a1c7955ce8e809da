package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// Grades are the grades of the programmes that answer a need: 2 = answers it,
// 1 = in part. Every other programme has 0.
type Grades map[string]int

// Answerable reports whether any programme has a grade.
func (g Grades) Answerable() bool {
	for _, grade := range g {
		if grade > 0 {
			return true
		}
	}
	return false
}

// Figures are the measures of one method: means over the needs with an answer.
type Figures struct {
	Needs    int
	NDCG5    float64
	P5       float64
	Recall10 float64
}

// plus adds the measures of one ranking; a need without an answer changes nothing.
func (f *Figures) plus(ranked []string, g Grades) {
	if !g.Answerable() {
		return
	}
	n := float64(f.Needs)
	f.NDCG5 = (f.NDCG5*n + NDCG(ranked, g, 5)) / (n + 1)
	f.P5 = (f.P5*n + precision(ranked, g, 5)) / (n + 1)
	f.Recall10 = (f.Recall10*n + recall(ranked, g, 10)) / (n + 1)
	f.Needs++
}

// NDCG is the discounted gain of the first k, beside that of the best order.
func NDCG(ranked []string, g Grades, k int) float64 {
	got := 0.0
	for i, id := range ranked[:min(k, len(ranked))] {
		got += gain(g[id]) / math.Log2(float64(i+2))
	}
	grades := make([]int, 0, len(g))
	for _, grade := range g {
		grades = append(grades, grade)
	}
	slices.SortFunc(grades, func(a, b int) int { return cmp.Compare(b, a) })
	best := 0.0
	for i, grade := range grades[:min(k, len(grades))] {
		best += gain(grade) / math.Log2(float64(i+2))
	}
	if best == 0 {
		return 0
	}
	return got / best
}

func gain(grade int) float64 { return math.Pow(2, float64(grade)) - 1 }

func precision(ranked []string, g Grades, k int) float64 {
	n := 0
	for _, id := range ranked[:min(k, len(ranked))] {
		if g[id] >= 1 {
			n++
		}
	}
	return float64(n) / float64(k)
}

func recall(ranked []string, g Grades, k int) float64 {
	found, all := 0, 0
	for _, grade := range g {
		if grade == 2 {
			all++
		}
	}
	for _, id := range ranked[:min(k, len(ranked))] {
		if g[id] == 2 {
			found++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(found) / float64(all)
}
