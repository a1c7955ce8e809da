package gate

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Handler answers one request of one actor. An error it returns is shown by
// the house; it writes nothing itself then.
type Handler func(w http.ResponseWriter, r *http.Request, actor access.Actor) error

// Route is a line of the route table: method and path as the standard mux
// writes them, who may use it, and what answers.
type Route struct {
	Method, Path string
	Rule         Rule
	Handle       Handler
}

// Listing is a route as the table shows it, for pages and for JSON alike.
type Listing struct {
	Method, Path string
	Rule         Rule
}

// House is what the wiring lends the door.
type House struct {
	// Views holds the pages.
	Views *web.Views
	// Texts holds the messages.
	Texts *i18n.Bundle
	// DB and Clock keep what was answered to an Idempotency-Key.
	DB    *db.DB
	Clock clock.Clock
	// Log is told of what went wrong; the default log when it is nil.
	Log *slog.Logger
	// Identify finds the actor of a request; a visitor is no error.
	Identify func(r *http.Request) (access.Actor, error)
	// Looked is told of every page and operation that somebody who is signed in
	// got, after it was answered; r has the pattern and the path values. It must
	// not take time. Nil: nobody is told.
	Looked func(r *http.Request, actor access.Actor)
	// StillIn reports whether the session that a request came with goes on, asked while
	// the request is being answered. Nil: it does.
	StillIn func(r *http.Request) bool
	// Address is where a visitor's request came from, to count by. Nil: nowhere.
	Address func(r *http.Request) string
	// Beat is how often who listens to a live page is given a sign of life; zero is the
	// usual.
	Beat time.Duration
	// Frame makes the frame of a page with the given title.
	Frame func(r *http.Request, actor access.Actor, title string) web.Page
	// ShowError answers a page request that failed.
	ShowError func(w http.ResponseWriter, r *http.Request, actor access.Actor, err error)
}

// Door registers routes on one mux.
type Door struct {
	House
	mux    *http.ServeMux
	api    huma.API
	routes []Listing
	says   map[string]i18n.Key

	live, livePages map[string]bool // patterns
	listening       listeners
}

// NewDoor opens a door on a new mux. version is shown in the API document.
func NewDoor(h House, version string) *Door {
	if h.Log == nil {
		h.Log = slog.Default()
	}
	d := &Door{House: h, mux: http.NewServeMux(), says: map[string]i18n.Key{}, live: map[string]bool{}, livePages: map[string]bool{},
		listening: listeners{of: map[string]int{}, end: make(chan struct{})}}
	d.api = newAPI(d, version)
	return d
}

// Mux is the route table itself.
func (d *Door) Mux() *http.ServeMux { return d.mux }

// Routes is the whole route table, pages and JSON.
func (d *Door) Routes() []Listing { return slices.Clone(d.routes) }

// Printer writes in the reader's language.
func (d *Door) Printer(r *http.Request) i18n.Printer { return d.Texts.Printer(Language(r)) }

// Says lists the messages that a page may leave for the page it redirects to:
// "/behov/…?ok=need.saved" shows the text of the key, if it is listed. An
// address can thus never put words of its own on a page.
func (d *Door) Says(keys ...i18n.Key) {
	for _, k := range keys {
		d.says[string(k)] = k
	}
}

// Said is the message that the request's address asks for, if it is listed.
func (d *Door) Said(r *http.Request) (i18n.Key, bool) {
	k, ok := d.says[r.URL.Query().Get("ok")]
	return k, ok
}

// LanguageCookie keeps the reader's choice of language.
const LanguageCookie = "sprak"

// Language is the reader's language: ?lang=, then the cookie, then what the
// browser asks for.
func Language(r *http.Request) i18n.Lang {
	chosen := r.URL.Query().Get("lang")
	if _, ok := i18n.ParseLang(chosen); !ok {
		chosen = ""
		if c, err := r.Cookie(LanguageCookie); err == nil {
			chosen = c.Value
		}
	}
	return i18n.Negotiate(chosen, r.Header.Get("Accept-Language"))
}

// Pages registers page routes. A route without a rule is a fault of the
// program and panics at start.
func (d *Door) Pages(routes ...Route) {
	for _, route := range routes {
		d.note(route.Method, route.Path, route.Rule)
		d.mux.HandleFunc(route.Method+" "+route.Path, d.serve(route))
	}
}

// Leading are the actions whose links are worth showing to the reader: the rule
// of the page allows him, or might once he has signed in. Links to pages with an
// id in their path are kept.
func (d *Door) Leading(actor access.Actor, actions ...ui.Action) []ui.Action {
	return slices.DeleteFunc(actions, func(a ui.Action) bool {
		path, _, _ := strings.Cut(a.Href, "?")
		i := slices.IndexFunc(d.routes, func(l Listing) bool { return l.Method == http.MethodGet && l.Path == path })
		return i >= 0 && actor.SignedIn() && !d.routes[i].Rule.Allows(actor)
	})
}

func (d *Door) note(method, path string, rule Rule) {
	if rule.kind == ruleNone {
		panic("gate: " + method + " " + path + " does not say who may use it")
	}
	d.routes = append(d.routes, Listing{Method: method, Path: path, Rule: rule})
}

func (d *Door) serve(route Route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		actor, err := d.Identify(r)
		if err == nil && !route.Rule.Allows(actor) {
			err = fault.New(fault.Denied, "fault.denied")
		}
		if err == nil {
			err = route.Handle(w, r, actor)
		}
		if err != nil {
			d.ShowError(w, r, actor, err)
			return
		}
		d.looked(r, actor)
	}
}

func (d *Door) looked(r *http.Request, actor access.Actor) {
	if d.Looked != nil && r.Method == http.MethodGet && actor.SignedIn() && !(d.livePages[r.Pattern] && web.IsFragment(r)) {
		d.Looked(r, actor)
	}
}

// Status is the HTTP status of an error.
func Status(err error) int {
	switch fault.KindOf(err) {
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Denied:
		return http.StatusForbidden
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.Conflict, fault.Stale:
		return http.StatusConflict
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.TooMany:
		return http.StatusTooManyRequests
	}
	return http.StatusInternalServerError
}
