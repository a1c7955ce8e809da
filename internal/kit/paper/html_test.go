package paper

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestHTMLGolden(t *testing.T) {
	page, err := sample().HTML()
	if err != nil {
		t.Fatal(err)
	}
	// The style has files of its own, and no drawing needs to change with it.
	page = bytes.ReplaceAll(bytes.ReplaceAll(page, []byte(Style+sheetStyle), nil), []byte("><"), []byte(">\n<"))
	const golden = "testdata/sample.html"
	if *update {
		if err := os.WriteFile(golden, page, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(page, want) {
		t.Errorf("the page differs from %s; look, and run with -update:\n%s", golden, page)
	}
}

// TestHTMLStructure holds the page against what a screen reader needs.
func TestHTMLStructure(t *testing.T) {
	page, err := sample().HTML()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	count, ids, hrefs := map[string]int{}, map[string]bool{}, []string{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		count[n.Data]++
		switch n.Data {
		case "html":
			if attr(n, "lang") != "nb" {
				t.Errorf("language %q", attr(n, "lang"))
			}
		case "th":
			if s := attr(n, "scope"); s != "col" && s != "row" {
				t.Errorf("th with scope %q", s)
			}
		case "table":
			if n.FirstChild == nil || n.FirstChild.Data != "caption" {
				t.Error("table without caption first")
			}
		case "img":
			if attr(n, "alt") == "" || !strings.HasPrefix(attr(n, "src"), "data:image/") {
				t.Errorf("img alt %q", attr(n, "alt"))
			}
		case "a":
			hrefs = append(hrefs, attr(n, "href"))
		}
		if id := attr(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("id %s twice", id)
			}
			ids[id] = true
		}
	}
	for _, name := range []string{"title", "main", "h1", "nav", "style"} {
		if count[name] != 1 {
			t.Errorf("%d <%s>", count[name], name)
		}
	}
	if count["table"] != 2 || count["h2"] != 2 || count["h3"] != 1 || count["b"] != 0 || count["tfoot"] != 2 {
		t.Errorf("elements: %v", count)
	}
	for _, href := range hrefs {
		if target, ok := strings.CutPrefix(href, "#"); ok && !ids[target] {
			t.Errorf("contents lead to %s, which is not there", href)
		}
	}
	if err := selfContained(page); err != nil {
		t.Error(err)
	}
	if strings.Contains(Style+sheetStyle, "url(") || strings.Contains(Style+sheetStyle, "@import") || strings.Contains(Style+sheetStyle, "</") {
		t.Error("the style fetches, or ends early")
	}
}

// TestInner is drawn below a heading of its own.
func TestInner(t *testing.T) {
	body, err := sample().Inner()
	if err != nil || strings.Contains(body, "<h1") || strings.Contains(body, "<style") || !strings.Contains(body, `role="region" tabindex="0" aria-label="Behov etter region"`) {
		t.Errorf("%v: %.300s", err, body)
	}
}

func TestSelfContainedRefuses(t *testing.T) {
	for _, page := range []string{
		`<img src="https://example.no/a.png">`, `<img src="file:///etc/passwd">`, `<script>1</script>`, `<link rel="stylesheet" href="https://x.no">`,
		`<p onclick="x">`, `<iframe src="data:image/png;base64,x">`, `<p style="background:url(https://x.no)">`, `<img srcset="https://x.no 2x">`, `<object data="x">`, `<base href="https://x.no">`,
	} {
		if err := selfContained([]byte(page)); err == nil {
			t.Errorf("taken: %s", page)
		}
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
