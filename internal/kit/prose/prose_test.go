package prose_test

import (
	"regexp"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/prose"
)

func document(blocks []paper.Block) paper.Document {
	return paper.Document{Title: "Sak", Lang: i18n.NB, Words: paper.Words{Contents: "Innhold", About: "Om"}, Body: append([]paper.Block{paper.H(2, "Bakgrunn")}, blocks...)}
}

func draw(t *testing.T, r prose.Reader, source string) string {
	t.Helper()
	out, err := document(r.Read(source)).Inner()
	if err != nil {
		t.Fatalf("%q: %v", source, err)
	}
	return out
}

func TestRead(t *testing.T) {
	r := prose.Reader{Level: 3, Table: "Tabell", Base: "https://torg.example/", Words: regexp.MustCompile(`[A-Z]{2} \d+/\d{2}`),
		Link: func(w string) string {
			if w == "PS 23/20" {
				return "/saker/x"
			}
			return ""
		},
		Mark: func(name string) prose.Put {
			switch name {
			case "antall":
				return prose.Put{Text: paper.Inlines{paper.Live{Value: "12", AsOf: clock.MustDate("2026-11-22"), Source: "registeret", Note: "per 22.11.2026"}}}
			case "tabell":
				return prose.Put{Blocks: []paper.Block{paper.P("blokk")}}
			}
			return prose.Put{}
		}}
	for name, x := range map[string]struct{ source, has, hasNot string }{
		"heading":              {"# Fakta", "<h3", "<h4"},
		"heading never skips":  {"##### Langt nede", "<h3", "<h6"},
		"below":                {"## A\n\n### B", "<h4", ""},
		"strong":               {"Det er **viktig**.", "<strong>viktig</strong>", ""},
		"list":                 {"- en\n- to", "<li>", ""},
		"a list in a list":     {"1. Tiltak\n   1. BIO\n   2. Pilot", "b) Pilot", "<ol>\n<li><ol>"},
		"HTML is text":         {"<script>alert(1)</script>", "&lt;script&gt;", "<script"},
		"HTML in a line":       {"en <b>feit</b> fisk", "&lt;b&gt;feit&lt;/b&gt;", "<b>"},
		"a link of the house":  {"[behovet](/behov/1)", `href="https://torg.example/behov/1"`, ""},
		"a link that may not":  {"[her](javascript:alert(1))", "her", "javascript"},
		"a link to a protocol": {"[her](//evil.example)", "her", "evil"},
		"a picture":            {"![Et bilde](https://x.example/a.png)", "Et bilde", "<img"},
		"a known case":         {"Se PS 23/20 og PS 24/20.", `href="https://torg.example/saker/x"`, "saker/x\">PS 24"},
		"a live value":         {"Vi trenger [[antall]] personer.", "per 22.11.2026", "[["},
		"a live block":         {"Før\n\n[[tabell]]\n\nEtter", "<p>blokk</p>", "[["},
		"an unknown mark":      {"Her: [[ukjent]]", "[[ukjent]]", ""},
		"a table":              {"Tabell: Utgifter\n\n| Hva | Kr |\n|---|---|\n| Reise | 15 000 |\n| Timer | 500 000 |\n| SUM | 515 000 |", "<tfoot", "Tabell: Utgifter"},
		"a table in the void":  {"| | Kr |\n|---|---|\n| | 1 |", "Tabell", ""},
	} {
		out := draw(t, r, x.source)
		if !strings.Contains(out, x.has) {
			t.Errorf("%s: no %q in %s", name, x.has, out)
		}
		if x.hasNot != "" && strings.Contains(out, x.hasNot) {
			t.Errorf("%s: %q in %s", name, x.hasNot, out)
		}
	}
}

func TestTotals(t *testing.T) {
	blocks := prose.Reader{}.Read("| Hva | Kr |\n|---|---|\n| Reise | 15 000 |\n| Timer | 500 000,50 |\n| Til saman | 515 000,50 |")
	table, ok := blocks[0].(paper.Table)
	if !ok || len(table.Sum) != 2 || len(table.Rows) != 2 || !table.Columns[1].Number || table.Columns[0].Number {
		t.Fatalf("table %+v", blocks)
	}
	if n, ok := prose.Amount(table.Sum[1].Plain()); !ok || n != 51500050 {
		t.Errorf("amount %d %v", n, ok)
	}
}

func TestMarksAndLinks(t *testing.T) {
	if got := strings.Join(prose.Marks("a [[b]] c [[ d/e ]] [[b]] [[]] [[x\ny]]"), ","); got != "b,d/e" {
		t.Errorf("marks %q", got)
	}
	if got := strings.Join(prose.Links("[a](/behov/1) og <https://x.example> [a](/behov/1)"), ","); got != "/behov/1,https://x.example" {
		t.Errorf("links %q", got)
	}
}

// TestManySigns: a page of signs, that a parser would spend seconds on, stands as it
// was typed.
func TestManySigns(t *testing.T) {
	for _, sign := range []string{"[", "*a ", "\\["} {
		typed := strings.TrimSpace(strings.Repeat(sign, 20_000))
		blocks := prose.Reader{}.Read(typed)
		if p, ok := blocks[0].(paper.Paragraph); !ok || len(blocks) != 1 || p.Text.Plain() != typed {
			t.Errorf("%q: %d blocks", sign, len(blocks))
		}
	}
}

// FuzzRead: whatever is typed, the paper can be drawn and holds no markup of it.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"# A\n\n###### B\n\n> - a\n>   1. b\n", "| a |\n|---|\n| **b** |", "[[x]] [[", "<!-- x --><svg onload=1>", "* \n\n\t kode\n\n***", "\\[a\\](b)", "[a](<https://b c>)"} {
		f.Add(s)
	}
	r := prose.Reader{Level: 3, Base: "https://torg.example", Mark: func(string) prose.Put { return prose.Put{Text: paper.T("x")} }}
	f.Fuzz(func(t *testing.T, source string) {
		blocks := r.Read(source)
		if _, err := document(blocks).HTML(); err != nil {
			t.Fatalf("%q: %v", source, err)
		}
		prose.Links(source)
	})
}
