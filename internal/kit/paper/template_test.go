package paper

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"kompetansetorg/internal/kit/clock"
)

const template1 = `---
title: Sak om {{subject}}
---

{{contents}}

## Om {{subject}}

Det gjelder **{{who}}** og *mer*,
se [kilden](https://example.no/x) &amp; {{count}}.

{{if note}}

> Merk: {{note}}

{{end}}

{{if not note}}

Ingen merknad.

{{end}}

- ett punkt
- {{note}}

---

{{tables}}
`

// kind is a kind with one template in all languages.
func kind(text string) Kind {
	files := fstest.MapFS{}
	for _, lang := range []string{"nb", "nn", "en"} {
		files["paper/sak."+lang+".md"] = &fstest.MapFile{Data: []byte(text)}
	}
	return Kind{Name: "sak", Files: files, Values: []string{"subject", "who", "count", "note"}, Blocks: []string{"tables"}}
}

func TestFill(t *testing.T) {
	set, err := Load("", kind(template1))
	if err != nil {
		t.Fatal(err)
	}
	d, err := set.Fill("sak", "nb", Values{"subject": Text("sveising"), "who": Text("<b>**Ola** {{who}}</b> [x](javascript:1)"), "note": Text("# ikke overskrift"),
		"count": Live{Value: "3", AsOf: clock.MustDate("2026-01-02"), Source: "k", Note: "(per)"}, "tables": Blocks{P("siste")}})
	if err != nil {
		t.Fatal(err)
	}
	page, err := d.Inner()
	if err != nil {
		t.Fatal(err)
	}
	const want = `<h2 id="del-1">Om sveising</h2><p>Det gjelder <strong>&lt;b&gt;**Ola** {{who}}&lt;/b&gt; [x](javascript:1)</strong> og <em>mer</em>, se <a href="https://example.no/x">kilden</a> &amp; ` +
		`<span class="paper-live">3 <span class="paper-note">(per)</span></span>.</p><div class="paper-box"><p>Merk: # ikke overskrift</p></div>` +
		`<ul><li>ett punkt</li><li># ikke overskrift</li></ul><div class="paper-break"></div><p>siste</p>`
	if page != want || d.Title != "Sak om sveising" {
		t.Errorf("title %q, page\n%s\nwant\n%s", d.Title, page, want)
	}
	d, _ = set.Fill("sak", "en", Values{"subject": Text("x")})
	if page, _ := d.Inner(); !strings.Contains(page, "<p>Ingen merknad.</p><ul><li>ett punkt</li></ul>") || strings.Contains(page, "Merk:") {
		t.Errorf("without a note: %s", page)
	}
	if _, err := set.Fill("annet", "nb", nil); err == nil {
		t.Error("a kind that was not loaded was filled")
	}
}

// TestBadTemplates names the file, the line and what is wrong.
func TestBadTemplates(t *testing.T) {
	const top = "---\ntitle: t\n---\n"
	for text, want := range map[string]string{
		"":                                   "sak.nb.md:1: the first line",
		"---\ntitle: t\n":                    `have no "---"`,
		"---\n---\n":                         "sak.nb.md:2: no title",
		"---\nauthor: x\n---\n":              `sak.nb.md:2: unknown line "author"`,
		"---\ntitle: {{annet}}\n---\n":       `sak.nb.md:2: unknown value "annet"`,
		top + "a\n\n{{annet}}\n":             `sak.nb.md:6: unknown value "annet"`,
		top + "a\n\nb {{tables}} c\n":        `sak.nb.md:6: unknown value "tables"`,
		top + "a {{ b\n":                     "sak.nb.md:4: braces that name no value",
		top + "# a\n":                        "sak.nb.md:4: headings begin at level 2",
		top + "x\n\n<script>1</script>\n":    "sak.nb.md:6: HTMLBlock cannot stand",
		top + "x <b>y</b>\n":                 "sak.nb.md:4: RawHTML cannot stand",
		top + "![x](https://example.no/x)\n": "sak.nb.md:4: Image cannot stand",
		top + "[x](javascript:alert(1))\n":   `sak.nb.md:4: link to "javascript:alert(1)"`,
		top + "```\nx\n```\n":                "FencedCodeBlock cannot stand",
		top + "{{if note}}\n\nx\n":           "sak.nb.md:4: {{if note}} without {{end}}",
		top + "x\n\n{{end}}\n":               "sak.nb.md:6: {{end}} without {{if}}",
		top + "{{if annet}}\n\n{{end}}\n":    `unknown value "annet"`,
		top + "{{if note}}\n\n{{if who}}\n\n{{end}}\n\n{{end}}\n": "sak.nb.md:6: {{if}} within {{if}}",
		top + "- a\n  - b\n": "a point of a list is one paragraph",
	} {
		if _, err := Load("", kind(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// TestFolder shows that the operator's file counts, and a misspelt one is said.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("sak.nn.md", "---\r\ntitle: Vår eigen\r\n---\r\n\r\nTekst\r\n")
	set, err := Load(dir, kind(template1))
	if err != nil {
		t.Fatal(err)
	}
	nn, _ := set.Fill("sak", "nn", nil)
	nb, _ := set.Fill("sak", "nb", Values{"subject": Text("y")})
	if nn.Title != "Vår eigen" || nb.Title != "Sak om y" {
		t.Errorf("titles %q and %q", nn.Title, nb.Title)
	}
	write("sak.nn.md", "---\ntitle: t\n---\n\n{{feil}}\n")
	if _, err := Load(dir, kind(template1)); err == nil || !strings.Contains(err.Error(), filepath.Join(dir, "sak.nn.md")+`:5: unknown value "feil"`) {
		t.Errorf("a bad file: %v", err)
	}
	write("sak.nn.md", "---\ntitle: t\n---\n")
	write("sakk.nb.md", "x")
	if _, err := Load(dir, kind(template1)); err == nil || !strings.Contains(err.Error(), "sakk.nb.md is no template; they are called sak.nb.md, sak.nn.md, sak.en.md") {
		t.Errorf("a misspelt file: %v", err)
	}
	if _, err := Load(filepath.Join(dir, "none"), kind(template1)); err == nil {
		t.Error("a folder that is not there was taken")
	}
}
