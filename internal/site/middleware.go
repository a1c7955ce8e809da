package site

import (
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// middleware is what every request passes on its way to a route. The order is
// from the outside in.
func (s *Site) middleware() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(ui.AssetPath, s.assets)
	mux.HandleFunc("GET /healthz", s.health)
	mux.HandleFunc("GET /readyz", s.health)
	mux.Handle("/", gzhttp.GzipHandler(web.Chain(http.HandlerFunc(s.route),
		s.limitVisitors, s.crossOrigin, web.LimitBody(maxBody), s.rememberLanguage, s.sessions.Middleware)))
	return web.Chain(mux, web.Log(s.log), web.Headers)
}

// route answers with the route table, or with our own page when no line of it
// fits.
func (s *Site) route(w http.ResponseWriter, r *http.Request) {
	if _, pattern := s.door.Mux().Handler(r); pattern == "" {
		s.noRoute(w, r)
		return
	}
	s.door.Handler().ServeHTTP(w, r)
}

func (s *Site) noRoute(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		s.door.Refuse(w, r, fault.Missing())
		return
	}
	actor, _ := s.identify(r)
	s.showError(w, r, actor, fault.Missing())
}

// crossOrigin refuses writing requests that another site made a browser send.
// Requests with a bearer token carry their own proof.
func (s *Site) crossOrigin(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.showError(w, r, access.Actor{}, fault.New(fault.Denied, "site.error.crossorigin"))
	}))
	return guard.Handler(next)
}

// limitVisitors slows down an address that asks for too much. Signed-in
// readers, static files and health checks are not counted.
func (s *Site) limitVisitors(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.sessions.Carries(r) && !s.limiter.Allow(web.ClientAddress(r, s.cfg.TrustProxy), s.cfg.Clock()) {
			w.Header().Set("Retry-After", "60")
			s.refuse(w, r, fault.New(fault.TooMany, "fault.too_many"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Site) refuse(w http.ResponseWriter, r *http.Request, err error) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		s.door.Refuse(w, r, err)
		return
	}
	s.showError(w, r, access.Actor{}, err)
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

// health answers 200 when the demo data, the index and the database answer.
func (s *Site) health(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if err := s.db.Ping(r.Context()); err != nil || !s.ready.Load() {
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write([]byte("not ready\n"))
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}
