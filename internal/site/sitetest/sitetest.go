// Package sitetest runs the whole house for tests: real database, real mux,
// demo organisations and roles, a fixed clock, and a client that keeps cookies.
package sitetest

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/html"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/site"
)

// Now is the moment that all tests run at: a Saturday.
var Now = time.Date(2026, time.November, 21, 10, 0, 0, 0, time.UTC)

// House is a running house.
type House struct {
	*site.Site
	t      testing.TB
	server *httptest.Server
	waited *atomic.Int64
}

// New runs a house in demo mode on a database of its own.
func New(t testing.TB) *House {
	t.Helper()
	return With(t, site.Config{Demo: true})
}

// NoFiles as the Files of a configuration is a house without attachments.
const NoFiles = "none"

// With runs a house with the configuration; the database is set, a folder of files
// unless it has one, and the
// clock and the log unless the configuration has its own.
func With(t testing.TB, cfg site.Config) *House {
	t.Helper()
	waited := &atomic.Int64{}
	own := cfg.Clock != nil || cfg.Files != ""
	if cfg.Clock == nil {
		cfg.Clock = func() time.Time { return Now.Add(time.Duration(waited.Load())) }
	}
	switch cfg.Files {
	case "":
		cfg.Files = filepath.Join(t.TempDir(), "files")
	case NoFiles:
		cfg.Files = ""
	}
	if cfg.Demo && !own {
		cfg.DB = copyDemo(t, cfg.Files)
	} else {
		cfg.DB = dbtest.DSN(t)
	}
	cfg, err := complete(cfg)
	if err != nil {
		t.Fatal(err)
	}
	s, err := site.Open(context.Background(), cfg)
	if err != nil {
		t.Fatalf("open site: %v", err)
	}
	first.CompareAndSwap(nil, s.Match)
	h := &House{Site: s, t: t, server: httptest.NewServer(s.Handler()), waited: waited}
	t.Cleanup(func() {
		h.server.Close()
		if err := s.Close(); err != nil {
			t.Errorf("close site: %v", err)
		}
	})
	return h
}

// starter is read once per process: an index never changes.
var starter = sync.OnceValues(func() (*vocab.Index, error) { return vocab.Load(vocab.Options{}) })

// first is the matching of the first house: the others hold the same demo.
var first atomic.Pointer[match.Service]

// complete sets what is needed and not set.
func complete(cfg site.Config) (site.Config, error) {
	if cfg.Clock == nil {
		cfg.Clock = func() time.Time { return Now }
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	cfg.Version = "test"
	if cfg.PublicURL == "" {
		cfg.PublicURL = "http://kompetansetorg.example.no"
	}
	var err error
	cfg.Starter, err = starter()
	cfg.Like = first.Load()
	return cfg, err
}

// at is the organisation that a demo role is written with, "employer@Namdal studiesenter":
// empty for a role alone.
func (h *House) at(written string) (role string, o access.OrgID) {
	h.t.Helper()
	role, name, _ := strings.Cut(written, "@")
	if name == "" {
		return role, ""
	}
	o, err := h.Orgs.Find(context.Background(), name)
	if err != nil {
		h.t.Fatalf("demo organisation %s: %v", name, err)
	}
	return role, o
}

// Actor is the first account of the demo role, as the use cases see it; of the role at an
// organisation, as at has it.
func (h *House) Actor(written string) access.Actor {
	h.t.Helper()
	role, o := h.at(written)
	a, err := h.Accounts.DemoAccount(context.Background(), role, o)
	if err != nil {
		h.t.Fatalf("demo role %s: %v", role, err)
	}
	actor, err := h.Accounts.ActorOf(context.Background(), a)
	if err != nil {
		h.t.Fatalf("demo role %s: %v", role, err)
	}
	return actor
}

// Client is a browser without JavaScript: it keeps cookies and does not follow
// redirects by itself.
type Client struct {
	t    testing.TB
	base string
	http *http.Client
	// Header is sent with every request.
	Header http.Header
}

// Visitor is a browser that nobody has signed in with.
func (h *House) Visitor() *Client {
	h.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return &Client{t: h.t, base: h.server.URL, Header: http.Header{}, http: &http.Client{Jar: jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// As is a browser that has stepped into the demo role, written as for Actor; "" is a visitor.
func (h *House) As(written string) *Client {
	h.t.Helper()
	c := h.Visitor()
	if written == "" {
		return c
	}
	role, o := h.at(written)
	if p := c.Post("/demo/rolle", url.Values{"role": {role}, "organisation": {string(o)}}); p.Status != http.StatusSeeOther {
		h.t.Fatalf("step into %s: %d", role, p.Status)
	}
	return c
}

// Page is an answer.
type Page struct {
	Status   int
	Header   http.Header
	Body     string
	Location string
	Doc      *html.Node
}

// Get asks for the path.
func (c *Client) Get(path string) Page {
	c.t.Helper()
	return c.do(http.MethodGet, path, "", nil)
}

// Post sends a form.
func (c *Client) Post(path string, form url.Values) Page {
	c.t.Helper()
	return c.do(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// JSON sends a JSON body, or none when it is empty.
func (c *Client) JSON(method, path, body string) Page {
	c.t.Helper()
	if body == "" {
		return c.do(method, path, "", nil)
	}
	return c.do(method, path, "application/json", strings.NewReader(body))
}

// Send sends any body.
func (c *Client) Send(method, path, contentType string, body io.Reader) Page {
	c.t.Helper()
	return c.do(method, path, contentType, body)
}

// Follow gets the page that the answer redirects to, or the page itself.
func (c *Client) Follow(p Page) Page {
	c.t.Helper()
	if p.Location == "" {
		return p
	}
	return c.Get(p.Location)
}

func (c *Client) do(method, path, contentType string, body io.Reader) Page {
	c.t.Helper()
	req, err := http.NewRequest(method, c.base+path, body)
	if err != nil {
		c.t.Fatal(err)
	}
	for k, v := range c.Header {
		req.Header[k] = v
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	res, err := c.http.Do(req)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	p := Page{Status: res.StatusCode, Header: res.Header, Body: string(data), Location: res.Header.Get("Location")}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		if p.Doc, err = html.Parse(strings.NewReader(p.Body)); err != nil {
			c.t.Fatalf("%s %s: not HTML: %v", method, path, err)
		}
	}
	return p
}

// Today is the day that tests run on, unless they Wait.
func (h *House) Today() clock.Date { return clock.Today(Now) }

// Wait lets time pass in a house without a clock of its own.
func (h *House) Wait(d time.Duration) { h.waited.Add(int64(d)) }
