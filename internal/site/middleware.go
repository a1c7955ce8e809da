package site

import (
	"context"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/klauspost/compress/gzhttp"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/migrations"
)

// middleware is what every request passes on its way to a route. The order is
// from the outside in.
func (s *Site) middleware() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(ui.AssetPath, s.assets)
	mux.HandleFunc("GET /healthz", s.health)
	mux.HandleFunc("GET /readyz", s.ready)
	mux.Handle("/", compress(web.Chain(http.HandlerFunc(s.route),
		s.crossOrigin, web.LimitBody(maxBody), s.rememberLanguage, s.sessions.Middleware, s.limitVisitors)))
	return web.Chain(mux, web.Log(s.log, s.pattern(mux), s.metrics.Request), web.Headers)
}

// pattern finds the line of the route table that a request fits.
func (s *Site) pattern(outer *http.ServeMux) func(*http.Request) string {
	return func(r *http.Request) string {
		_, pattern := outer.Handler(r)
		if pattern == "/" {
			_, pattern = s.door.Mux().Handler(r)
		}
		return pattern
	}
}

// compress packs answers for readers that take it. Level three costs half of
// the usual six and makes a list four per cent longer (docs/benchmarks.md).
func compress(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.CompressionLevel(3))
	if err != nil {
		panic(err) // the level is a constant
	}
	return wrap(next)
}

// route answers with the route table, or with our own page when no line of it
// fits.
func (s *Site) route(w http.ResponseWriter, r *http.Request) {
	if _, pattern := s.door.Mux().Handler(r); pattern != "" {
		s.door.Handler().ServeHTTP(w, r)
		return
	}
	if allowed := s.allowed(r); len(allowed) > 0 {
		if r.Method == http.MethodGet && !strings.HasPrefix(r.URL.Path, "/api/") {
			// A form that was refused, loaded anew: on to the page it stands on.
			http.Redirect(w, r, s.above(r), http.StatusSeeOther)
			return
		}
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	s.refuse(w, r, fault.Missing())
}

// above is the nearest address over the request's that is a page.
func (s *Site) above(r *http.Request) string {
	for p := path.Dir(r.URL.Path); p != "/"; p = path.Dir(p) {
		other := r.Clone(r.Context())
		other.URL.Path = p
		if _, pattern := s.door.Mux().Handler(other); pattern != "" {
			return (&url.URL{Path: p}).String()
		}
	}
	return "/"
}

// allowed lists the methods that the address does take.
func (s *Site) allowed(r *http.Request) []string {
	var out []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := s.door.Mux().Handler(other); pattern != "" {
			out = append(out, method)
		}
	}
	return out
}

// crossOrigin refuses writing requests that another site made a browser send.
func (s *Site) crossOrigin(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.answer(w, r, access.Actor{}, fault.New(fault.Denied, "site.error.crossorigin"))
	}))
	return guard.Handler(next)
}

// limitVisitors slows down an address that asks for too much. Signed-in
// readers, static files, health checks and the parts of live pages are not counted; a cookie or token
// that is no good does not make a reader. What signed-in readers see is not
// kept by the browser or anything between.
func (s *Site) limitVisitors(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.sessions.Holds(r) {
			w.Header().Set("Cache-Control", "private, no-store")
		} else if !s.door.IsLive(r) && !s.limiter.Allow(web.ClientAddress(r, s.cfg.TrustProxy), s.cfg.Clock()) {
			w.Header().Set("Retry-After", "60")
			s.refuse(w, r, fault.New(fault.TooMany, "fault.too_many"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// refuse answers with the fault, as the page that the reader may see or as a
// problem document.
func (s *Site) refuse(w http.ResponseWriter, r *http.Request, err error) {
	actor, _ := s.identify(r)
	s.answer(w, r, actor, err)
}

func (s *Site) answer(w http.ResponseWriter, r *http.Request, actor access.Actor, err error) {
	if forPrograms(r.URL.Path) {
		s.door.Refuse(w, r, err)
		return
	}
	s.showError(w, r, actor, err)
}

// forPrograms reports whether the path is one that programs read, not people.
func forPrograms(path string) bool {
	for _, under := range []string{"/api", "/oeapi", "/oparl", "/elm"} {
		if path == under && under != "/api" || strings.HasPrefix(path, under+"/") {
			return true
		}
	}
	return false
}

// rememberLanguage keeps the choice that ?lang= makes.
func (s *Site) rememberLanguage(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if l, ok := i18n.ParseLang(r.URL.Query().Get("lang")); ok && r.URL.Query().Has("lang") {
			http.SetCookie(w, &http.Cookie{Name: gate.LanguageCookie, Value: string(l), Path: "/", MaxAge: 365 * 24 * 3600,
				HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(s.cfg.PublicURL, "https://")})
		}
		w.Header().Add("Vary", "Accept-Language, Cookie")
		next.ServeHTTP(w, r)
	})
}

// health answers 200 when the database answers; demo data, /match and the
// starter vocabulary are there before the first request is taken.
func (s *Site) health(w http.ResponseWriter, r *http.Request) {
	tell(w, s.db.Ping(r.Context()) == nil)
}

// ready answers 200 when the database has this release's tables, neither older
// nor newer, and all that is offered can be found.
func (s *Site) ready(w http.ResponseWriter, r *http.Request) {
	tell(w, s.isReady(r.Context()))
}

func (s *Site) isReady(ctx context.Context) bool {
	pending, err := db.Pending(ctx, s.db, migrations.Files)
	return err == nil && len(pending) == 0 && s.Match.IsReady()
}

func tell(w http.ResponseWriter, ready bool) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if !ready {
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write([]byte("not ready\n"))
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}
