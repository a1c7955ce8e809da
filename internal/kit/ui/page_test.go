package ui_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/template/parse"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
)

func document(t *testing.T) *html.Node {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(render(t, sample())))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func find(doc *html.Node, selector string) []*html.Node {
	return cascadia.QueryAll(doc, cascadia.MustCompile(selector))
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(text(c))
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// TestStructure asks for each part by what it is, not by how it looks.
func TestStructure(t *testing.T) {
	doc := document(t)
	for _, c := range []struct {
		selector string
		want     int
	}{
		{`html[lang="nb"][data-color-scheme="auto"]`, 1},
		{`a[href="#main"]`, 1},
		{`main#main`, 1},
		{`head link[rel="alternate"][hreflang]`, 2},
		{`nav[aria-label="Hovedmeny"] a[aria-current="page"]`, 1},
		{`nav[aria-label="Språk"] a[lang="nn"]`, 1},
		{`form[action="/logg-ut"][method="post"] button`, 1},
		{`form[action="/demo/rolle"] button[name="role"]`, 4},
		{`[role="status"] h2`, 1},
		{`footer nav a`, 4},
		{`table[role="table"] th[aria-sort="descending"]`, 1},
		{`td[data-label="Virksomhet"]`, 3},
		{`tbody th[scope="row"] input[type="checkbox"][name="need"]`, 3},
		{`#headcount[aria-invalid="true"][aria-describedby="headcount-error"]`, 1},
		{`input#headcount[type="text"][inputmode="numeric"][value="fire-fem"]`, 1},
		{`input#wanted_from[type="date"]`, 1},
		{`input#wanted_to[type="text"][value="i sommer"]`, 1},
		{`fieldset#purpose[aria-describedby="purpose-error"] input[type="radio"]`, 3},
		{`textarea#text[data-counter="200"]:not([maxlength])`, 1},
		{`select#municipality[hx-get="/steder"][hx-trigger="change"]`, 1},
		{`input#organisation[list="organisation-list"] + datalist#organisation-list option`, 2},
		{`svg[role="img"] > title`, 2},
		{`[data-state="late"] .ds-tag`, 1},
		{`li[aria-current="step"]`, 2},
		{`button[data-confirm][data-yes="Ja, trekk det"]`, 1},
		{`form[method="get"][action="/behov"] input[name="q"]`, 1},
	} {
		if got := len(find(doc, c.selector)); got != c.want {
			t.Errorf("%s: found %d, want %d", c.selector, got, c.want)
		}
	}
}

// TestTies checks that every control has a name, that every id exists once,
// and that whatever points at an id finds it.
func TestTies(t *testing.T) {
	doc := document(t)
	ids := map[string]int{}
	for _, n := range find(doc, "[id]") {
		ids[attr(n, "id")]++
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("id %q is used %d times", id, n)
		}
	}
	for _, name := range []string{"for", "aria-describedby", "aria-labelledby", "popovertarget", "list", "data-copy"} {
		for _, n := range find(doc, "["+name+"]") {
			for _, id := range strings.Fields(attr(n, name)) {
				if ids[id] == 0 {
					t.Errorf("%s %s=%q points at nothing", n.Data, name, id)
				}
			}
		}
	}
	labelled := map[string]bool{}
	for _, n := range find(doc, "label[for]") {
		labelled[attr(n, "for")] = text(n) != ""
	}
	for _, n := range find(doc, "input:not([type=hidden]), select, textarea") {
		if !labelled[attr(n, "id")] && n.Parent.Data != "label" {
			t.Errorf("%s %q has no label", n.Data, attr(n, "name"))
		}
	}
	for _, n := range find(doc, ".ds-error-summary a") {
		if id := strings.TrimPrefix(attr(n, "href"), "#"); ids[id] == 0 {
			t.Errorf("the error summary leads to %q, which is not there", id)
		}
	}
	for _, n := range find(doc, "a, button") {
		unseen := attr(n, "aria-hidden") == "true" && attr(n, "tabindex") == "-1" // what Enter presses
		if text(n) == "" && !unseen {
			t.Errorf("a %s has no text: %v", n.Data, n.Attr)
		}
	}
}

// TestPolicy looks for what the content security policy would block, and for
// values that html/template refused.
func TestPolicy(t *testing.T) {
	page := string(render(t, sample()))
	if strings.Contains(page, "ZgotmplZ") {
		t.Error("html/template refused a value")
	}
	doc := document(t)
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			if n.Data == "style" || n.Data == "script" && attr(n, "src") == "" {
				t.Errorf("an inline %s", n.Data)
			}
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on") {
					t.Errorf("%s has %s=%q", n.Data, a.Key, a.Val)
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	if config := attr(find(doc, `meta[name="htmx-config"]`)[0], "content"); !strings.Contains(config, `"allowEval":false`) || !strings.Contains(config, `"includeIndicatorStyles":false`) {
		t.Errorf("htmx-config is %s", config)
	}
}

// TestHostileText puts markup where texts go.
func TestHostileText(t *testing.T) {
	view := sample()
	const hostile = `"><script>alert(1)</script>`
	view.Head.Title = hostile
	view.Fields[0].Value = hostile
	view.Fields[1].Label = hostile
	view.Map.Points[0].Label = hostile
	view.Cards[0].Href = "javascript:alert(1)"
	page := string(render(t, view))
	if strings.Contains(page, "<script>alert") || strings.Contains(page, `href="javascript:`) {
		t.Error("markup came through")
	}
}

// TestFieldAttrs lets through what a field may add, and nothing that runs.
func TestFieldAttrs(t *testing.T) {
	view := sample()
	view.Fields = []form.Field{{Name: "x", Kind: form.Text, Label: "X", Attrs: []form.Attr{
		{Name: "hx-push-url", Value: `/a?b=1&c="`}, {Name: "data-x", Value: "1"}, {Name: "placeholder", Value: "p"},
		{Name: "hx-on", Value: "no"}, {Name: "hx-on:click", Value: "no"}, {Name: "onclick", Value: "no"}, {Name: "style", Value: "no"}, {Name: `q" onclick`, Value: "no"}, {Name: "hx-", Value: "no"},
	}}}
	doc, err := html.Parse(bytes.NewReader(render(t, view)))
	if err != nil {
		t.Fatal(err)
	}
	control := find(doc, "input#x")[0]
	if attr(control, "hx-push-url") != `/a?b=1&c="` || attr(control, "data-x") != "1" || attr(control, "placeholder") != "p" {
		t.Errorf("a permitted attribute is missing: %v", control.Attr)
	}
	for _, a := range control.Attr {
		if a.Val == "no" {
			t.Errorf("%s came through", a.Key)
		}
	}
}

// TestNoWords fails on letters between the tags of a template: texts come from
// the catalogues.
func TestNoWords(t *testing.T) {
	set, err := ui.Templates()
	if err != nil {
		t.Fatal(err)
	}
	for _, tmpl := range set.Templates() {
		if tmpl.Tree != nil {
			words(t, tmpl.Name(), tmpl.Tree.Root)
		}
	}
}

func words(t *testing.T, name string, list *parse.ListNode) {
	if list == nil {
		return
	}
	var markup strings.Builder
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			markup.Write(n.Text)
		case *parse.IfNode:
			words(t, name, n.List)
			words(t, name, n.ElseList)
		case *parse.WithNode:
			words(t, name, n.List)
			words(t, name, n.ElseList)
		case *parse.RangeNode:
			words(t, name, n.List)
			words(t, name, n.ElseList)
		}
	}
	// A part inside a tag holds attributes; only what follows a > can be text.
	for _, part := range strings.Split(markup.String(), ">")[1:] {
		between, _, _ := strings.Cut(part, "<")
		if strings.ContainsFunc(between, func(r rune) bool { return r > '@' }) && !strings.Contains(between, `="`) {
			t.Errorf("%s holds the words %q", name, strings.TrimSpace(between))
		}
	}
}

// TestNoInlineInSource looks for the same in branches that the sample may miss.
func TestNoInlineInSource(t *testing.T) {
	files, err := filepath.Glob("html/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, banned := range []string{"style=", "onclick", "<style", "javascript:", "safeHTML", "http://", "https://"} {
			if bytes.Contains(source, []byte(banned)) {
				t.Errorf("%s holds %q", name, banned)
			}
		}
	}
}
