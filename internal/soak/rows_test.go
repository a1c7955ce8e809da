package soak_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/intake"
	"kompetansetorg/internal/site/sitetest"
)

// TestAHundredThousandThereAndBack takes 100,000 rows in as an adviser does,
// fetches them as the spreadsheet that a reader downloads, and takes them in
// again: every row comes back once with its text, and the second time each is
// known as a double.
func TestAHundredThousandThereAndBack(t *testing.T) {
	kills(t)
	const rows, batch = 100_000, 1000
	h := sitetest.New(t)
	adviser := h.Actor("adviser")
	text := func(i int) string { return fmt.Sprintf("Vi trenger folk på høvelen; «økt %d», æøå", i) }
	all := func(say string, check func(intake.Result) int) {
		for from := 0; from < rows; from += batch {
			list := make([]intake.Row, batch)
			for i := range list {
				list[i] = intake.Row{Nr: from + i + 1, Organisation: "Eksempel Sag og Høvleri AS",
					Content: need.Content{Text: text(from + i), Municipality: "5022", Headcount: 1 + i%9, Lang: "nb"}}
			}
			result, err := h.Intake.Import(t.Context(), adviser, list, intake.Options{MandateGround: "Avtalt"})
			if err != nil || check(result) != batch {
				t.Fatalf("%s, rows from %d: %v, %d taken in, %d doubles, %d wrong", say, from, err, result.OK, result.Duplicates, result.Wrong)
			}
		}
	}
	all("first", func(r intake.Result) int { return r.OK })

	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(h.As("adviser").Get("/behov/eksport.csv?q=h%C3%B8velen").Body, "\ufeff")))
	r.Comma = ';'
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	back := map[string]int{}
	for _, line := range lines[1:] {
		back[line[2]]++
	}
	for i := range rows {
		if back[text(i)] != 1 {
			t.Fatalf("row %d came back %d times", i, back[text(i)])
		}
	}
	all("second", func(r intake.Result) int { return r.Duplicates })
}
