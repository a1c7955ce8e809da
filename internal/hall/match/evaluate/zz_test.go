package evaluate

import (
	"fmt"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match/rank"
	"os"
	"sort"
	"strconv"
	"testing"
)

func TestExp(t *testing.T) {
	b, err := Load("/work/shared/data")
	if err != nil {
		t.Fatal(err)
	}
	o := vocab.Options{}
	if os.Getenv("DATA") != "" {
		o.Data = "/work/shared/data/vocab"
	}
	v, err := vocab.Load(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []plain{newPlainBM25(b.Texts), newPlainChars(b.Texts)} {
		var f Figures
		for _, n := range b.Dev {
			f.plus(order(b.IDs, m.scores(n.Cells["text"])), n.Grades)
		}
		t.Log(f)
	}
	x := rank.Build(b.Docs, v)
	dev, own := b.Cases(x, v, b.Dev), b.Cases(x, v, b.Own)
	pen := 0.0007
	if s := os.Getenv("PEN"); s != "" {
		pen, _ = strconv.ParseFloat(s, 64)
	}
	f := Fitting{pen, 300}
	wo := Fit(own, f)
	wd := Fit(dev, f)
	all := append(append([]Case{}, dev...), own...)
	wa := Fit(all, f)
	p := func(n string, w rank.Weights) {
		t.Logf("%s dev %.3f own %.3f all %.3f %.1f", n, b.Measure(dev, w).NDCG5, b.Measure(own, w).NDCG5, b.Measure(all, w).NDCG5, w)
	}
	p("default", rank.Default().Weights)
	p("own", wo)
	p("dev", wd)
	p("all", wa)
	for k, f := range b.CrossValidate(all, 10, f) {
		t.Logf("cv %q %+v", k, f)
	}
	w := wo
	if os.Getenv("SHOW") != "" {
		cs := dev
		if os.Getenv("SHOW") == "own" {
			cs = own
		}
		for _, c := range cs {
			sc := scores(c.Parts, w)
			ids := order(b.IDs, sc)
			nd := NDCG(ids, c.Need.Grades, 5)
			if nd > 0.8 {
				continue
			}
			fmt.Printf("%s %.2f %s\n", c.ID, nd, c.Need.Cells["text"])
			at := map[string]int{}
			for i, id := range b.IDs {
				at[id] = i
			}
			for i, id := range ids {
				if i < 4 || c.Need.Grades[id] == 2 {
					d := at[id]
					fmt.Printf("   @%d g%d %.2f %s %.2f %s\n", i+1, c.Need.Grades[id], sc[d], id, c.Parts[d], b.Docs[d].Title)
				}
			}
		}
	}
	if os.Getenv("NONE") != "" {
		type r struct {
			id   string
			ans  bool
			s    []float64
			text string
		}
		var rs []r
		for _, c := range all {
			sc := scores(c.Parts, wa)
			ids := order(b.IDs, sc)
			at := map[string]int{}
			for i, id := range b.IDs {
				at[id] = i
			}
			h := x.Search(c.Query, 2)
			s := []float64{sc[at[ids[0]]], float64(h[0].Parts[0]), float64(h[0].Parts[1]), float64(h[0].Parts[2]), float64(h[0].Parts[3]), float64(h[0].Parts[4]), c.Query.Linked.Need}
			rs = append(rs, r{c.ID, c.Sum > 0, s, c.Need.Cells["text"]})
		}
		sort.Slice(rs, func(a, b int) bool { return rs[a].s[0] < rs[b].s[0] })
		for i, q := range rs {
			if i < 60 || !q.ans {
				fmt.Printf("%s %v %.2f %.60s\n", q.id, q.ans, q.s, q.text)
			}
		}
	}
}
