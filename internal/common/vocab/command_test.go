package vocab

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestLinkCommand(t *testing.T) {
	in := "Vi mangler sykepleiere\n\nNår går bussen til Røros?\r\n<b>kokk</b> & æøå 🙂"
	var out bytes.Buffer
	if err := LinkCommand(strings.NewReader(in), &out, starterOf(t), Styrk08, 3); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	texts := []string{"Vi mangler sykepleiere", "", "Når går bussen til Røros?", "<b>kokk</b> & æøå 🙂"}
	if len(lines) != len(texts) {
		t.Fatalf("%d lines, want %d:\n%s", len(lines), len(texts), out.String())
	}
	for i, want := range texts {
		var got map[string]any
		if err := json.Unmarshal([]byte(lines[i]), &got); err != nil {
			t.Fatalf("%s: %v", lines[i], err)
		}
		if got["text"] != want {
			t.Errorf("text %q, want %q", got["text"], want)
		}
		if confident := i == 0 || i == 3; got["confident"] != confident {
			t.Errorf("%q: confident %v", want, got["confident"])
		}
		matches, ok := got["matches"].([]any)
		if !ok || len(matches) > 3 {
			t.Fatalf("%q: matches %v", want, got["matches"])
		}
		for _, m := range matches {
			m := m.(map[string]any)
			if code := m["code"].(string); len(code) != 4 {
				t.Errorf("code %q is no unit group", code)
			}
			if m["label"] == "" || len(m["matched"].([]any)) == 0 {
				t.Errorf("match %v", m)
			}
		}
	}
	if strings.Contains(lines[1], "null") {
		t.Errorf("an empty line gives %s", lines[1])
	}
}

func TestRankCommand(t *testing.T) {
	corpus := "E1\tsjuksköterska\nE2\tsköterska, barn\nE3\tsnickare\nE4\tmöbelsnickare\nE5\tMöbelsnickare\n"
	concepts := "E1\tc1\nE2\tc1\nE3\tc2\nE4\tc3\nE5\tc4\n"
	queries := "Q1\tSjuksköterskor\nQ2\tMöbelsnickare\nQ3\tzzz\n"
	var out bytes.Buffer
	err := RankCommand(&out, RankArgs{
		Corpus: strings.NewReader(corpus), Concepts: strings.NewReader(concepts), Queries: strings.NewReader(queries),
		Lang: "sv", Top: 2, Tag: "t",
	})
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for line := range strings.Lines(out.String()) {
		var query, q0, element, tag string
		var rank int
		var score float64
		if _, err := fmt.Sscan(line, &query, &q0, &element, &rank, &score, &tag); err != nil || q0 != "Q0" || tag != "t" {
			t.Fatalf("line %q: %v", line, err)
		}
		order = append(order, fmt.Sprint(query, element, rank))
	}
	want := "[Q1E11 Q1E22 Q2E51 Q2E42]" // equal scores: the later id first
	if got := fmt.Sprint(order); got != want {
		t.Errorf("got %s, want %s\n%s", got, want, out.String())
	}
}

func TestRankCommandRefuses(t *testing.T) {
	for name, a := range map[string]RankArgs{
		"language": {Corpus: strings.NewReader("E\tx\n"), Queries: strings.NewReader("Q\tx\n"), Lang: "fi", Top: 5},
		"line":     {Corpus: strings.NewReader("no tab\n"), Queries: strings.NewReader("Q\tx\n"), Lang: "sv", Top: 5},
	} {
		if err := RankCommand(&bytes.Buffer{}, a); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
