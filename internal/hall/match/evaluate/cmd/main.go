package main

import (
	"fmt"
	"math"
	"os"
	"sort"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match/evaluate"
	"kompetansetorg/internal/hall/match/rank"
)

const dir = "/work/shared/data/matching/"

type set struct {
	name  string
	needs []map[string]string
	j     evaluate.Judge
}

func own() set {
	s := set{name: "own", j: evaluate.Judge{}}
	s.needs = evaluate.Table("/work/main/internal/hall/match/evaluate/testdata/needs.tsv")
	for _, n := range s.needs {
		g := map[string]int{}
		for _, p := range strings.Fields(n["judgements"]) {
			if id, v, ok := strings.Cut(p, ":"); ok {
				g[id], _ = strconv.Atoi(v)
			}
		}
		if len(g) > 0 {
			s.j[n["id"]] = g
		}
	}
	return s
}

func main() {
	o := vocab.Options{}
	if os.Getenv("DATA") != "" {
		o.Data = "/work/shared/data/vocab"
	}
	v, err := vocab.Load(o)
	if err != nil {
		panic(err)
	}
	var docs []rank.Document
	for _, r := range evaluate.Table(dir + "programmes.tsv") {
		docs = append(docs, evaluate.Doc(r))
	}
	x := rank.Build(docs, v)
	sets := []set{{"dev", evaluate.Table(dir + "needs_dev.tsv"), evaluate.Judgements(dir + "judgements_dev.tsv")}, own()}
	feats := map[string][][]float32{}
	for _, s := range sets {
		for _, n := range s.needs {
			r := v.Link(n["text"], vocab.LinkOptions{Top: 30})
			q := rank.Query{Text: n["text"], Linked: r, Level: rank.Level(n["wanted_level"]), Purpose: rank.Purpose(n["purpose"])}
			feats[n["id"]] = x.Features(q)
		}
	}
	eval := func(w []float32, show string) string {
		out := ""
		for _, s := range sets {
			sum, c := 0.0, 0
			for _, n := range s.needs {
				g := s.j[n["id"]]
				f := feats[n["id"]]
				type h struct {
					id string
					s  float32
					d  int
				}
				var hs []h
				for d := range docs {
					sc := float32(0)
					for k, wk := range w {
						sc += wk * f[d][k]
					}
					hs = append(hs, h{docs[d].ID, sc, d})
				}
				sort.SliceStable(hs, func(a, b int) bool { return hs[a].s > hs[b].s })
				ids := []string{}
				for _, e := range hs {
					ids = append(ids, e.id)
				}
				nd := evaluate.NDCG(ids, g, 5)
				if len(g) > 0 {
					sum += nd
					c++
				}
				if show == s.name && nd < 0.75 {
					fmt.Printf("%s %.2f %s\n", n["id"], nd, n["text"])
					for i := 0; i < 4; i++ {
						fmt.Printf("      g%d %.3f %s %.2f %s\n", g[hs[i].id], hs[i].s, hs[i].id, f[hs[i].d], docs[hs[i].d].Title)
					}
					for i := 4; i < len(hs); i++ {
						if g[hs[i].id] == 2 {
							fmt.Printf("   @%d g%d %.3f %s %.2f %s\n", i+1, g[hs[i].id], hs[i].s, hs[i].id, f[hs[i].d], docs[hs[i].d].Title)
						}
					}
				}
			}
			out += fmt.Sprintf(" %s %.3f", s.name, sum/float64(c))
		}
		return out
	}
	if os.Getenv("NORM") != "" {
		p, _ := strconv.ParseFloat(os.Getenv("NORM"), 64)
		for _, f := range feats {
			for _, k := range []int{0, 2, 3, 5, 7, 9, 13, 22, 23, 24, 25, 26, 27} {
				top := 0.0
				for d := range f {
					top = max(top, float64(f[d][k]))
				}
				for d := range f {
					if top > 0 {
						f[d][k] /= float32(math.Pow(top, p))
					}
				}
			}
		}
	}
	if os.Getenv("SQRT") != "" {
		p, _ := strconv.ParseFloat(os.Getenv("SQRT"), 64)
		for _, f := range feats {
			for _, k := range []int{0, 2, 3, 5, 7, 9, 13, 22, 23, 24, 25, 26, 27} {
				for d := range f {
					f[d][k] = float32(math.Pow(float64(f[d][k]), p))
				}
			}
		}
	}
	if use := os.Getenv("FEATS"); use != "" {
		keep := map[string]bool{}
		drop := strings.HasPrefix(use, "^")
		for _, u := range strings.Split(strings.TrimPrefix(use, "^"), ",") {
			keep[u] = true
		}
		for _, f := range feats {
			for d := range f {
				for k, n := range rank.Names {
					if keep[n] == drop {
						f[d][k] = 0
					}
				}
			}
		}
	}
	for k, name := range rank.Names {
		if os.Getenv("SINGLE") == "" {
			break
		}
		w := make([]float32, len(rank.Names))
		w[k] = 1
		fmt.Printf("%-10s %s\n", name, eval(w, ""))
	}
	w := []float32{1, 0.3, 1, 1, 0.5, 0.3, 0.3, 0.3, 0.5, 0.2, 0.1, 0.1}
	for len(w) < len(rank.Names) {
		w = append(w, 0.3)
	}
	fmt.Printf("%-10s %s\n", "all", eval(w, ""))
	l2, _ := strconv.ParseFloat(os.Getenv("L2"), 64)
	if l2 == 0 {
		l2 = 0.001
	}
	cases := map[string][]evaluate.Case{}
	for _, s := range sets {
		for _, n := range s.needs {
			c := evaluate.Case{ID: n["id"], F: feats[n["id"]], Gain: make([]float64, len(docs))}
			for d := range docs {
				c.Gain[d] = []float64{0, 1, 3}[s.j[n["id"]][docs[d].ID]]
			}
			cases[s.name] = append(cases[s.name], c)
		}
	}
	nn := make([]bool, len(rank.Names))
	for i := range nn {
		nn[i] = !strings.HasPrefix(rank.Names[i], "-")
	}
	f32 := func(w []float64) []float32 {
		o := []float32{}
		for _, x := range w {
			o = append(o, float32(x))
		}
		return o
	}
	ndcg := func(c evaluate.Case, w []float64) float64 {
		ids := make([]int, len(docs))
		sc := make([]float64, len(docs))
		for d := range ids {
			ids[d] = d
			for k := range w {
				sc[d] += w[k] * float64(c.F[d][k])
			}
		}
		sort.SliceStable(ids, func(a, b int) bool { return sc[ids[a]] > sc[ids[b]] })
		g := map[string]int{}
		var l []string
		for _, d := range ids {
			l = append(l, docs[d].ID)
			if c.Gain[d] > 0 {
				g[docs[d].ID] = map[float64]int{1: 1, 3: 2}[c.Gain[d]]
			}
		}
		return evaluate.NDCG(l, g, 5)
	}
	fit := func(c []evaluate.Case) []float64 { return evaluate.Fit(c, len(rank.Names), l2, 300, nn) }
	wo := fit(cases["own"])
	show := func(w []float64) string {
		o := ""
		for i, x := range w {
			if x != 0 {
				o += fmt.Sprintf(" %s=%.1f", rank.Names[i], x)
			}
		}
		return o
	}
	fmt.Println("fit on own", eval(f32(wo), os.Getenv("SHOW")), show(wo))
	wd := fit(cases["dev"])
	fmt.Println("fit on dev", eval(f32(wd), ""), show(wd))
	all := append(append([]evaluate.Case{}, cases["dev"]...), cases["own"]...)
	wa := fit(all)
	fmt.Println("fit on all", eval(f32(wa), ""), show(wa))
	res := map[string]float64{}
	cnt := map[string]int{}
	for fold := 0; fold < 10; fold++ {
		var tr, te []evaluate.Case
		for i, c := range all {
			if i%10 == fold {
				te = append(te, c)
			} else {
				tr = append(tr, c)
			}
		}
		w := fit(tr)
		for _, c := range te {
			t := 0.0
			for _, g := range c.Gain {
				t += g
			}
			if t == 0 {
				continue
			}
			n := "own"
			if c.ID[0] == 'N' {
				n = "dev"
			}
			res[n] += ndcg(c, w)
			cnt[n]++
		}
	}
	fmt.Printf("10-fold: dev %.3f own %.3f all %.3f\n", res["dev"]/float64(cnt["dev"]), res["own"]/float64(cnt["own"]), (res["dev"]+res["own"])/float64(cnt["dev"]+cnt["own"]))
}
