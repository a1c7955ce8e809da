package evaluate

import (
	"encoding/json"
	"os"
	"strconv"
	"testing"
	"time"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/common/vocab/gram"
)

const data = "/work/shared/data"

func load(t *testing.T, o vocab.Options) *vocab.Index {
	t.Helper()
	start := time.Now()
	x, err := vocab.Load(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("loaded %+v in %v", o, time.Since(start))
	return x
}

func rows(t *testing.T, file, text, code, kind string) []Row {
	t.Helper()
	r, err := ReadRows(file, text, code, kind)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func writeExamples(t *testing.T, rows []Row) string {
	t.Helper()
	f := t.TempDir() + "/examples.tsv"
	s := "title\tcodes\n"
	for _, r := range rows {
		s += r.Text + "\t"
		for i, c := range r.Codes {
			if i > 0 {
				s += ","
			}
			s += c
		}
		s += "\n"
	}
	if err := os.WriteFile(f, []byte(s), 0o600); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestDev(t *testing.T) {
	if c := os.Getenv("CUT"); c != "" {
		gram.Cut, _ = strconv.ParseFloat(c, 64)
	}
	if c := os.Getenv("TUNE"); c != "" {
		if err := json.Unmarshal([]byte(c), &vocab.Tune); err != nil {
			t.Fatal(err)
		}
	}
	titles := rows(t, data+"/eval/titles_styrk08_dev.tsv", "tittel", "styrk08", "")
	a, b := Halves(titles)
	free := rows(t, data+"/freetext/freetext_styrk08_dev.tsv", "text", "styrk08", "kind")
	needs := rows(t, data+"/matching/needs_dev.tsv", "text", "styrk08", "")
	show := func(name string, x *vocab.Index, rows []Row, misses bool) {
		start := time.Now()
		f := Measure(x, rows)
		t.Logf("%-22s %s (%.0f/s)", name, f, float64(len(rows))/time.Since(start).Seconds())
		if misses && os.Getenv("MISSES") != "" {
			for _, m := range f.Misses {
				t.Log("   ", m)
			}
		}
	}
	for _, m := range []struct {
		name string
		o    vocab.Options
	}{
		{"starter", vocab.Options{}},
		{"data", vocab.Options{Data: data + "/vocab"}},
		{"data+ex", vocab.Options{Data: data + "/vocab", Examples: writeExamples(t, a)}},
	} {
		x := load(t, m.o)
		show(m.name+" titles B", x, b, os.Getenv("MISSES") == m.name+"titles")
		show(m.name+" free", x, free, os.Getenv("MISSES") == m.name)
		show(m.name+" needs", x, needs, os.Getenv("MISSES") == m.name)
	}
}

func TestMelo(t *testing.T) {
	if c := os.Getenv("RANK"); c != "" {
		if err := json.Unmarshal([]byte(c), &vocab.RankTune); err != nil {
			t.Fatal(err)
		}
	}
	if c := os.Getenv("CUT"); c != "" {
		gram.Cut, _ = strconv.ParseFloat(c, 64)
	}
	for _, l := range []string{"sv", "no"} {
		dir := map[string]string{"sv": "swe_q_sv_c_sv", "no": "nor_q_no_c_no"}[l]
		mrr, a1, a5, a10, n, err := Melo(data+"/eval/melo/"+dir, l)
		t.Logf("melo %s n=%d MRR=%.3f A@1=%.3f A@5=%.3f A@10=%.3f %v", l, n, mrr, a1, a5, a10, err)
	}
}
