package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/jba/templatecheck"
)

// Views is every page of the house, parsed once at start. Pages are added
// before serving; after that it is only read.
type Views struct {
	base  *template.Template
	pages map[string]*page
}

// page is one template set and the types it is drawn with.
type page struct {
	set    *template.Template
	blocks map[string]any
}

// NewViews starts from the layout and components, which every page shares.
func NewViews(base *template.Template) *Views {
	return &Views{base: base, pages: map[string]*page{}}
}

// Fragment registers a block of a page's file that is also drawn alone, for
// htmx, with its own view type.
type Fragment struct {
	Block string
	Zero  any
}

// Add parses html/<file>.html of the room and registers it as the page
// "<room>/<file>", drawn with views of zero's type. A fault in a template is a
// fault of the program, so Add panics; it is called at start only.
func (v *Views) Add(room string, fsys fs.FS, file string, zero any, fragments ...Fragment) {
	name := room + "/" + file
	if _, twice := v.pages[name]; twice {
		panic("web: page added twice: " + name)
	}
	set := template.Must(v.base.Clone())
	patterns := []string{"html/" + file + ".html"}
	if shared, _ := fs.Glob(fsys, "html/_*.html"); len(shared) > 0 {
		patterns = append(patterns, "html/_*.html")
	}
	template.Must(set.ParseFS(fsys, patterns...))
	p := &page{set: set, blocks: map[string]any{"layout": zero}}
	for _, f := range fragments {
		p.blocks[f.Block] = f.Zero
	}
	v.pages[name] = p
}

// Names lists the registered pages in order.
func (v *Views) Names() []string {
	names := make([]string, 0, len(v.pages))
	for name := range v.pages {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Template gives the parsed set of a page, for tests that read its tree.
func (v *Views) Template(name string) *template.Template { return v.pages[name].set }

// Check type-checks every page and fragment against its view type.
func (v *Views) Check() []error {
	var errs []error
	for _, name := range v.Names() {
		p := v.pages[name]
		for block, zero := range p.blocks {
			t := p.set.Lookup(block)
			if t == nil {
				errs = append(errs, fmt.Errorf("%s: no block %q", name, block))
				continue
			}
			if err := templatecheck.CheckHTML(t, zero); err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", name, err))
			}
		}
	}
	return errs
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render draws the page in the layout and answers with the status.
func (v *Views) Render(w http.ResponseWriter, status int, name string, view any) error {
	return v.draw(w, status, name, "layout", view)
}

// RenderFragment draws one block of the page alone.
func (v *Views) RenderFragment(w http.ResponseWriter, status int, name, block string, view any) error {
	return v.draw(w, status, name, block, view)
}

func (v *Views) draw(w http.ResponseWriter, status int, name, block string, view any) error {
	p, ok := v.pages[name]
	if !ok {
		return fmt.Errorf("render: no page %q", name)
	}
	if want := reflect.TypeOf(p.blocks[block]); want != reflect.TypeOf(view) {
		return fmt.Errorf("render %s: view is %T, registered is %v", name, view, want)
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := p.set.ExecuteTemplate(buf, block, view); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(buf.Len()))
	w.WriteHeader(status)
	_, err := w.Write(buf.Bytes())
	if err != nil {
		return fmt.Errorf("send %s: %w", name, err)
	}
	return nil
}

// SeeOther answers a finished POST: 303 to the page that shows the result.
// htmx follows it like the browser does.
func SeeOther(w http.ResponseWriter, r *http.Request, to string) error {
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// IsFragment reports whether htmx asks for a part of a page.
func IsFragment(r *http.Request) bool {
	return r.Header.Get("HX-Request") == "true" && r.Header.Get("HX-Boosted") != "true"
}

// LocalPath is s if it is a path of this site, else fallback. It guards every
// "go back to" value against leading readers elsewhere.
func LocalPath(s, fallback string) string {
	if !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") || strings.ContainsAny(s, "\\\r\n\t") {
		return fallback
	}
	if clean := path.Clean(strings.SplitN(s, "?", 2)[0]); !strings.HasPrefix(clean, "/") {
		return fallback
	}
	return s
}
