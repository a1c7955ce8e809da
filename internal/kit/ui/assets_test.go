package ui

import (
	"errors"
	"net/http/httptest"
	"testing"
	"testing/fstest"
)

func testBundle(t *testing.T) *Bundle {
	t.Helper()
	b, err := readBundle(fstest.MapFS{
		".keep":             {},
		"manifest.json":     {Data: []byte(`{"css":"/assets/app.1.css","js":"/assets/app.2.js","font":"/assets/f.3.woff2","icon":"/assets/m.4.svg"}`)},
		"app.1.css":         {Data: []byte("plain style")},
		"app.1.css.gz":      {Data: []byte("packed style")},
		"app.2.js":          {Data: []byte("script")},
		"f.3.woff2":         {Data: []byte("font")},
		"m.4.svg":           {Data: []byte("<svg/>")},
		"unrelated.unknown": {Data: []byte("?")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestServeAssets(t *testing.T) {
	b := testBundle(t)
	for _, c := range []struct {
		path, accept       string
		status             int
		body, kind, coding string
	}{
		{"/assets/app.1.css", "", 200, "plain style", "text/css; charset=utf-8", ""},
		{"/assets/app.1.css", "br, gzip;q=0.8", 200, "packed style", "text/css; charset=utf-8", "gzip"},
		{"/assets/app.1.css", "gzip;q=0", 200, "plain style", "text/css; charset=utf-8", ""},
		{"/assets/app.1.css", "*", 200, "packed style", "text/css; charset=utf-8", "gzip"},
		{"/assets/app.1.css", "deflate, br", 200, "plain style", "text/css; charset=utf-8", ""},
		{"/assets/app.2.js", "gzip", 200, "script", "text/javascript; charset=utf-8", ""},
		{"/assets/f.3.woff2", "gzip", 200, "font", "font/woff2", ""},
		{"/assets/m.4.svg", "", 200, "<svg/>", "image/svg+xml", ""},
		{"/assets/app.1.css.gz", "gzip", 404, "404 page not found\n", "text/plain; charset=utf-8", ""},
		{"/assets/manifest.json", "", 404, "404 page not found\n", "text/plain; charset=utf-8", ""},
		{"/assets/../assets.go", "", 404, "404 page not found\n", "text/plain; charset=utf-8", ""},
		{"/assets/", "", 404, "404 page not found\n", "text/plain; charset=utf-8", ""},
	} {
		r := httptest.NewRequest("GET", c.path, nil)
		r.Header.Set("Accept-Encoding", c.accept)
		w := httptest.NewRecorder()
		b.ServeHTTP(w, r)
		h := w.Result().Header
		if w.Code != c.status || w.Body.String() != c.body || h.Get("Content-Type") != c.kind || h.Get("Content-Encoding") != c.coding {
			t.Errorf("%s (%q): %d %q %v", c.path, c.accept, w.Code, w.Body, h)
		}
		if c.status == 200 && h.Get("Cache-Control") != "public, max-age=31536000, immutable" {
			t.Errorf("%s: Cache-Control %q", c.path, h.Get("Cache-Control"))
		}
	}
}

func TestServeHead(t *testing.T) {
	w := httptest.NewRecorder()
	testBundle(t).ServeHTTP(w, httptest.NewRequest("HEAD", "/assets/app.2.js", nil))
	if w.Code != 200 || w.Body.Len() != 0 || w.Header().Get("Content-Length") != "6" {
		t.Errorf("HEAD: %d %q %v", w.Code, w.Body, w.Header())
	}
}

func TestNoAssets(t *testing.T) {
	b, err := readBundle(fstest.MapFS{".keep": {}})
	if !errors.Is(err, ErrNoAssets) {
		t.Errorf("an unbuilt bundle answers %v, want ErrNoAssets", err)
	}
	w := httptest.NewRecorder()
	b.ServeHTTP(w, httptest.NewRequest("GET", "/assets/app.1.css", nil))
	if w.Code != 404 || b.Files != (Files{}) {
		t.Errorf("no bundle answers %d and has %v", w.Code, b.Files)
	}
	if _, err := readBundle(fstest.MapFS{"manifest.json": {Data: []byte("{")}}); err == nil {
		t.Error("a broken manifest is accepted")
	}
}

// TestWeight holds the promise of the contract: the files of the first page
// are under 150 kB as sent, page included, so these must be under 120.
func TestWeight(t *testing.T) {
	b, err := Assets()
	if errors.Is(err, ErrNoAssets) {
		t.Skip("the bundle is not built: go generate ./internal/kit/ui")
	}
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for name, a := range b.files {
		sent := len(a.plain)
		if a.gzip != nil {
			sent = len(a.gzip)
		}
		if sent == 0 {
			t.Errorf("%s is empty", name)
		}
		total += sent
	}
	if total > 120_000 {
		t.Errorf("the bundle is %d bytes as sent, want at most 120000", total)
	}
}
