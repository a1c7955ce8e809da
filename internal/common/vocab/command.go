package vocab

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strings"
)

// linkLine is one answer of `vocab link`.
type linkLine struct {
	Text      string      `json:"text"`
	Matches   []linkMatch `json:"matches"`
	Confident bool        `json:"confident"`
}

type linkMatch struct {
	Code    string   `json:"code"`
	Label   string   `json:"label"`
	Score   float64  `json:"score"` // four decimals
	Matched []string `json:"matched"`
}

// LinkCommand is `vocab link`: it reads one text a line and writes one JSON object a line, in
// the same order, for empty lines too. Labels are in bokmål.
func LinkCommand(in io.Reader, out io.Writer, x *Index, scheme Scheme, top int) error {
	r := bufio.NewReaderSize(in, 64<<10)
	w := bufio.NewWriter(out)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for {
		text, err := r.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if text == "" {
			return w.Flush()
		}
		text = strings.TrimRight(text, "\r\n")
		line := linkLine{Text: text, Matches: []linkMatch{}}
		found := x.Link(text, LinkOptions{Schemes: []Scheme{scheme}, Top: top})
		line.Confident = found.Confident
		for _, m := range found.Matches {
			line.Matches = append(line.Matches, linkMatch{
				Code: m.Code, Label: m.NB, Score: math.Round(m.Score*1e4) / 1e4, Matched: m.Matched,
			})
		}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
}
