package boardweb_test

import (
	"fmt"
	"os"
	"runtime"
	"testing"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// BenchmarkExport measures the files, the map and the board over 20,000 needs,
// for a reader who may see them all. KOMPETANSETORG_BENCH=1 runs it: filling
// the database takes a minute.
func BenchmarkExport(b *testing.B) {
	if os.Getenv("KOMPETANSETORG_BENCH") == "" {
		b.Skip("fills 20,000 needs: set KOMPETANSETORG_BENCH=1")
	}
	h := sitetest.New(b)
	limtre := organisation(b, h, "Eksempel Limtre AS")
	places := []string{"5021", "5025", "5027", "5028", "5007", "5006"}
	const all, batch = 20_000, 500
	for from := 0; from < all; from += batch {
		err := h.Needs.Write(b.Context(), func(tx *db.Tx) error {
			for i := from; i < from+batch; i++ {
				_, err := h.Needs.SubmitIn(b.Context(), tx, system, "", 0, need.Content{Text: fmt.Sprintf("Behov nr %d: noen som kan stille inn maskinene når de gamle slutter.", i),
					Organisation: limtre, Municipality: places[i%len(places)], Headcount: 1 + i%9, Level: need.Levels()[i%6], Barriers: []need.Barrier{need.Distance, need.Travel}})
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	c := h.As("county")
	for _, path := range []string{"/behov/eksport.csv", "/behov/eksport.json", "/behov/eksport.xlsx", "/behov/kart", "/ettersporsel"} {
		b.Run(path, func(b *testing.B) {
			for b.Loop() {
				if p := c.Get(path); p.Status != 200 || len(p.Body) < 1000 {
					b.Fatalf("%d, %d bytes", p.Status, len(p.Body))
				}
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.HeapSys)/(1<<20), "heap-MB")
		})
	}
}
