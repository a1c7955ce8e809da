package vocab

import (
	"os"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/vocab/norsk"
)

func TestZZ(t *testing.T) {
	for mode, o := range map[string]Options{"s": {}, "l": {Learn: true}, "d": {Data: "/work/shared/data/vocab", Learn: true}} {
		x, err := Load(o)
		if err != nil {
			t.Fatal(err)
		}
		for name, f := range map[string]string{"F": "/work/shared/data/freetext/freetext_styrk08_dev.tsv", "O": "evaluate/testdata/texts.tsv", "N": "/work/shared/data/matching/needs_dev.tsv", "T": "/work/shared/data/eval/titles_styrk08_dev.tsv"} {
			b, _ := os.ReadFile(f)
			for i, l := range strings.Split(string(b), "\n") {
				c := strings.Split(l, "\t")
				if i == 0 || len(c) < 2 || name == "T" && i%4 != 0 {
					continue
				}
				text, codes := c[1%len(c)], ""
				switch name {
				case "T":
					text, codes = c[0], c[1]
				case "N":
					codes = c[8]
				default:
					codes = c[2]
				}
				if codes == "" {
					continue
				}
				x.Link(text, LinkOptions{})
				tokens := norsk.Tokens(text)
				jobs := x.spaces[Styrk08].score(tokens)
				others := map[Scheme]scoring{}
				for _, s := range schemes[1:] {
					others[s] = x.spaces[s].score(tokens)
				}
				jobs.echo(others)
				order := make([]int, len(jobs.total))
				for i := range order {
					order[i] = i
				}
				slices.SortFunc(order, func(a, b int) int {
					if jobs.total[a] > jobs.total[b] {
						return -1
					}
					return 1
				})
				for r := 0; r < 4; r++ {
					t.Logf("DUMP\t%s\t%s\t%d\t%.4f\t%.4f\t%.4f\t%.3f\t%v", mode, name, r, jobs.total[order[r]], jobs.total[order[0]], jobs.total[order[1]], jobs.doubt, strings.Contains(codes, x.spaces[Styrk08].concepts[order[r]].Code))
				}
			}
		}
	}
}
