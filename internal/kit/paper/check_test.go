package paper

import (
	"strings"
	"testing"
)

func TestSampleHasNoProblems(t *testing.T) {
	if got := sample().Check(); len(got) > 0 {
		t.Errorf("problems: %v", got)
	}
}

// TestCheck breaks the sample in one way at a time.
func TestCheck(t *testing.T) {
	good := Table{Caption: "c", Columns: []Column{{Title: "a"}}, Rows: [][]Inlines{{T("1")}}}
	for name, c := range map[string]struct {
		block Block
		want  string
	}{
		"heading jumps":     {H(3, "x"), "goes from level 1 to 3"},
		"heading level one": {H(1, "x"), "heading of level 1"},
		"empty heading":     {H(2, " "), "heading without words"},
		"no caption":        {Table{Columns: good.Columns, Rows: good.Rows}, "table without caption"},
		"no rows":           {Table{Caption: "c", Columns: good.Columns}, "without columns or rows"},
		"cells":             {Table{Caption: "c", Columns: good.Columns, Rows: [][]Inlines{{T("1"), T("2")}}}, "2 cells for 1 columns"},
		"column head":       {Table{Caption: "c", Columns: []Column{{}}, Rows: good.Rows}, "column without heading"},
		"row head":          {Table{Caption: "c", Columns: good.Columns, RowHeads: true, Rows: [][]Inlines{{nil}}}, "row 1 has no heading"},
		"no alt":            {Figure{Type: "image/png", Data: []byte("x")}, "figure without words"},
		"no table":          {Figure{Type: "image/svg+xml", Data: []byte(drawingOf), Alt: "a"}, "drawing without its table"},
		"script in drawing": {Figure{Type: "image/svg+xml", Data: []byte(`<svg><script>1</script></svg>`), Alt: "a", Table: &good}, "<script>"},
		"drawing fetches":   {Figure{Type: "image/svg+xml", Data: []byte(`<svg><rect fill="url(https://x.no/y)"/></svg>`), Alt: "a", Table: &good}, "attribute fill"},
		"drawing acts":      {Figure{Type: "image/svg+xml", Data: []byte(`<svg onload="x"/>`), Alt: "a", Table: &good}, "attribute onload"},
		"other picture":     {Figure{Type: "text/html", Data: []byte("x"), Alt: "a"}, `type "text/html"`},
		"javascript":        {Paragraph{Inlines{Link{"javascript:alert(1)", T("x")}}}, "link to"},
		"file":              {Paragraph{Inlines{Link{"file:///etc/passwd", T("x")}}}, "link to"},
		"relative":          {Paragraph{Inlines{Link{"/behov", T("x")}}}, "link to"},
		"link without word": {Paragraph{Inlines{Link{"https://x.no", nil}}}, "link without words"},
		"live":              {Paragraph{Inlines{Live{Value: "3"}}}, "live value"},
		"list":              {List{}, "list without points"},
		"definitions":       {Definitions{}, "definitions without terms"},
	} {
		d := Document{Title: "t", Lang: "nb", Body: []Block{c.block}}
		got := d.Check()
		if len(got) == 0 || !strings.Contains(got[0].Error(), c.want) || !strings.HasPrefix(got[0].Error(), "block 1: ") {
			t.Errorf("%s: %v, want %q", name, got, c.want)
		}
		if _, err := d.HTML(); err == nil {
			t.Errorf("%s: was drawn", name)
		}
	}
	if got := (Document{}).Check(); len(got) != 2 {
		t.Errorf("no title and no language: %v", got)
	}
}

func TestIsSafe(t *testing.T) {
	for href, want := range map[string]bool{
		"https://example.no/a": true, "http://127.0.0.1:8080": true, "mailto:post@example.no": true, "tel:+4700000000": true,
		"": false, "https:": false, "//example.no": false, "/a": false, "javascript:alert(1)": false, " javascript:alert(1)": false, "java\nscript:x": false,
		"data:text/html,x": false, "file:///etc/passwd": false, "JaVaScRiPt:x": false, "vbscript:x": false, "https://a.no/\\b": false,
	} {
		if got := IsSafe(href); got != want {
			t.Errorf("IsSafe(%q) = %v", href, got)
		}
	}
}
