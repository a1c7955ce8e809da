package ui

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// dist is empty but for .keep until the bundle is built, so that the program
// compiles on a fresh clone.
//
//go:embed all:dist
var dist embed.FS

// AssetPath is where the bundle is served.
const AssetPath = "/assets/"

// ErrNoAssets says that the program was built without its style sheet and
// script: run make build.
var ErrNoAssets = errors.New("built without assets: run make build")

// Files are the addresses of the bundle's files. The names hold a hash of the
// content, so browsers may keep them for ever.
type Files struct {
	CSS  string `json:"css"`
	JS   string `json:"js"`
	Font string `json:"font"`
	Icon string `json:"icon"`
}

// Bundle is the built style sheet, script, font and icon.
type Bundle struct {
	// Files are the addresses that the layout links to.
	Files Files
	files map[string]asset
}

type asset struct {
	plain, gzip []byte
	kind        string
}

// Assets reads the embedded bundle. It answers ErrNoAssets when the program
// was built without one, with a bundle that has no files.
func Assets() (*Bundle, error) {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	return readBundle(sub)
}

func readBundle(fsys fs.FS) (*Bundle, error) {
	manifest, err := fs.ReadFile(fsys, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return &Bundle{}, ErrNoAssets
	}
	if err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	b := &Bundle{files: map[string]asset{}}
	if err := json.Unmarshal(manifest, &b.Files); err != nil {
		return nil, fmt.Errorf("assets: manifest: %w", err)
	}
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	for _, e := range entries {
		name := e.Name()
		if path.Ext(name) == ".gz" || name == "manifest.json" || strings.HasPrefix(name, ".") {
			continue
		}
		a := asset{kind: contentType(name)}
		if a.plain, err = fs.ReadFile(fsys, name); err != nil {
			return nil, fmt.Errorf("assets: %w", err)
		}
		if a.gzip, err = fs.ReadFile(fsys, name+".gz"); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("assets: %w", err)
		}
		b.files[name] = a
	}
	return b, nil
}

// ServeHTTP answers GET AssetPath + name. The packed form is sent to browsers
// that take it.
func (b *Bundle) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a, ok := b.files[strings.TrimPrefix(r.URL.Path, AssetPath)]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	body := a.plain
	if a.gzip != nil {
		h.Set("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Get("Accept-Encoding")) {
			h.Set("Content-Encoding", "gzip")
			body = a.gzip
		}
	}
	h.Set("Content-Length", fmt.Sprint(len(body)))
	if r.Method == http.MethodHead {
		return
	}
	// The client may have gone; there is nobody left to tell.
	_, _ = w.Write(body)
}

// acceptsGzip reads Accept-Encoding; "gzip;q=0" refuses it.
func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name == "gzip" || name == "*" {
			q := strings.TrimPrefix(strings.ReplaceAll(quality, " ", ""), "q=")
			return strings.Trim(q, "0.") != "" || q == ""
		}
	}
	return false
}

func contentType(name string) string {
	switch path.Ext(name) {
	case ".woff2":
		return "font/woff2"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}
