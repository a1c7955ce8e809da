package evaluate

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"kompetansetorg/internal/common/vocab"
)

// SWEEP=file of JSON lines; MODE=starter|data|ex
func TestSweep(t *testing.T) {
	f, err := os.Open(os.Getenv("SWEEP"))
	if err != nil {
		t.Skip()
	}
	titles := rows(t, data+"/eval/titles_styrk08_dev.tsv", "tittel", "styrk08", "")
	a, b := Halves(titles)
	free := rows(t, data+"/freetext/freetext_styrk08_dev.tsv", "text", "styrk08", "kind")
	own := rows(t, "/tmp/own.tsv", "text", "styrk08", "kind")
	needs := rows(t, data+"/matching/needs_dev.tsv", "text", "styrk08", "")
	o := vocab.Options{}
	if os.Getenv("MODE") != "starter" {
		o.Data = data + "/vocab"
	}
	if os.Getenv("MODE") == "ex" {
		o.Examples = writeExamples(t, a)
	}
	x := load(t, o)
	base := vocab.Tune
	if os.Getenv("DUMP") != "" {
		for name, set := range map[string][]Row{"F": free, "O": own, "N": needs, "T": b[:300]} {
			for _, r := range set {
				l := x.Link(r.Text, vocab.LinkOptions{Schemes: []vocab.Scheme{vocab.Styrk08}})
				t.Logf("DUMP\t%s\t%v\t%s\t%s\t%s", name, len(r.Codes) > 0, l.Debug, codesOf(l, 1), r.Text)
			}
		}
	}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		vocab.Tune = base
		if err := json.Unmarshal(lines.Bytes(), &vocab.Tune); err != nil {
			t.Fatal(err)
		}
		fb, ff, fo, fn := Measure(x, b), Measure(x, free), Measure(x, own), Measure(x, needs)
		if os.Getenv("SHOW") != "" {
			for _, f := range []Figures{ff, fo, fn} {
				for _, m := range f.Misses {
					t.Log("   ", m)
				}
			}
		}
		t.Logf("T %.3f %.3f | F %.3f %.3f %.3f R5 %.2f none %.2f/%.2f | O %.3f %.3f %.3f R5 %.2f none %.2f/%.2f | N %.3f %.3f %.3f | %s", fb.A1, fb.MRR, ff.A1, ff.A5, ff.MRR, ff.Recall5, ff.None, ff.Kept,
			fo.A1, fo.A5, fo.MRR, fo.Recall5, fo.None, fo.Kept, fn.A1, fn.A5, fn.MRR, lines.Text())
	}
}
