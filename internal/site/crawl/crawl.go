// Package crawl tells search engines where the pages are that anyone may open:
// /sitemap.xml, and /robots.txt which names it. Belongs to the floor site.
package crawl

import (
	"context"
	"encoding/xml"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/fault"
)

// perFile is how many addresses the protocol (sitemaps.org) allows in one file.
const perFile = 50_000

const namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"

// secret begins the addresses that have a secret in them: whoever has one opens the
// page without an account, and no search engine shall come there by a link that
// somebody has put on a page of their own.
var secret = [...]string{"/bli-med/", "/eget-vedtak/", "/folg/", "/invitasjon/", "/svar/", "/varsler/"}

// Deps is what the files are made of.
type Deps struct {
	// PublicURL begins the addresses; no slash at its end.
	PublicURL string
	// Demo keeps search engines away: nothing in a demo is true.
	Demo bool
	// Paths answers the paths of pages that a visitor may open, in an order of its own.
	Paths func(context.Context) ([]string, error)
}

type files struct{ Deps }

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	f := files{deps}
	d.Pages(
		gate.Route{Method: "GET", Path: "/robots.txt", Rule: gate.Public(), Handle: f.robots},
		gate.Route{Method: "GET", Path: "/sitemap.xml", Rule: gate.Public(), Handle: f.sitemap},
	)
}

func (f files) robots(w http.ResponseWriter, _ *http.Request, _ access.Actor) error {
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	if f.Demo {
		b.WriteString("Disallow: /\n")
	} else {
		for _, path := range secret {
			b.WriteString("Disallow: " + path + "\n")
		}
		b.WriteString("\nSitemap: " + f.PublicURL + "/sitemap.xml\n")
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := w.Write([]byte(b.String()))
	return err
}

type address struct {
	Loc string `xml:"loc"`
}

type urlSet struct {
	XMLName xml.Name  `xml:"urlset"`
	NS      string    `xml:"xmlns,attr"`
	URLs    []address `xml:"url"`
}

type index struct {
	XMLName xml.Name  `xml:"sitemapindex"`
	NS      string    `xml:"xmlns,attr"`
	Files   []address `xml:"sitemap"`
}

func (f files) sitemap(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	paths, err := f.Paths(r.Context())
	if err != nil {
		return err
	}
	doc, ok := document(f.PublicURL, paths, r.URL.Query().Get("part"))
	if !ok {
		return fault.Missing()
	}
	body, err := xml.Marshal(doc)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	_, err = w.Write(append([]byte(xml.Header), body...))
	return err
}

// document is the whole map when it fits in one file, else the index of its parts;
// with part (1, 2, …) that part. False: there is no such part.
func document(base string, paths []string, part string) (any, bool) {
	parts := slices.Collect(slices.Chunk(paths, perFile))
	switch n, err := strconv.Atoi(part); {
	case part != "" && (err != nil || n < 1 || n > len(parts)):
		return nil, false
	case part != "":
		return set(base, parts[n-1]), true
	case len(parts) <= 1:
		return set(base, paths), true
	}
	out := index{NS: namespace}
	for i := range parts {
		out.Files = append(out.Files, address{base + "/sitemap.xml?part=" + strconv.Itoa(i+1)})
	}
	return out, true
}

func set(base string, paths []string) urlSet {
	out := urlSet{NS: namespace}
	for _, p := range paths {
		out.URLs = append(out.URLs, address{base + p})
	}
	return out
}
