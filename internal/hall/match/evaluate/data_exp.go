package evaluate

import (
	"bufio"
	"math"
	"os"
	"sort"
	"strconv"
	"strings"
)

func Table(file string) []map[string]string {
	f, err := os.Open(file)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<22)
	var head []string
	var rows []map[string]string
	for s.Scan() {
		c := strings.Split(s.Text(), "\t")
		if head == nil {
			head = c
			continue
		}
		m := map[string]string{}
		for i, h := range head {
			if i < len(c) {
				m[h] = c[i]
			}
		}
		rows = append(rows, m)
	}
	return rows
}

type Judge map[string]map[string]int

func Judgements(file string) Judge {
	j := Judge{}
	for _, r := range Table(file) {
		if j[r["need_id"]] == nil {
			j[r["need_id"]] = map[string]int{}
		}
		g, _ := strconv.Atoi(r["grade"])
		j[r["need_id"]][r["programme_id"]] = g
	}
	return j
}

func NDCG(ranked []string, g map[string]int, k int) float64 {
	gain := func(x int) float64 { return math.Pow(2, float64(x)) - 1 }
	d := 0.0
	for i, id := range ranked {
		if i >= k {
			break
		}
		d += gain(g[id]) / math.Log2(float64(i+2))
	}
	var all []int
	for _, x := range g {
		all = append(all, x)
	}
	sort.Sort(sort.Reverse(sort.IntSlice(all)))
	best := 0.0
	for i, x := range all {
		if i >= k {
			break
		}
		best += gain(x) / math.Log2(float64(i+2))
	}
	if best == 0 {
		return 0
	}
	return d / best
}
