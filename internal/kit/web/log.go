package web

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"kompetansetorg/internal/kit/id"
)

// Seen is a request that was answered.
type Seen struct {
	// Route is the line of the route table that the request fits, with its
	// method; "" for none. It never holds anything that the reader wrote.
	Route  string
	Method string
	Status int
	Bytes  int
	Took   time.Duration
	// Stream is an answer that went on for as long as the reader stayed.
	Stream bool
}

// requestKey finds the id of the request in its context.
type requestKey struct{}

// RequestID is the id of the request that ctx belongs to, "" outside one.
func RequestID(ctx context.Context) string {
	rid, _ := ctx.Value(requestKey{}).(string)
	return rid
}

// Logger is l with the id of the request in every line that is written with
// the context of one.
func Logger(l *slog.Logger) *slog.Logger { return slog.New(requestHandler{l.Handler()}) }

type requestHandler struct{ slog.Handler }

func (h requestHandler) Handle(ctx context.Context, line slog.Record) error {
	if rid := RequestID(ctx); rid != "" {
		line.AddAttrs(slog.String("request", rid))
	}
	return h.Handler.Handle(ctx, line)
}

func (h requestHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return requestHandler{h.Handler.WithAttrs(attrs)}
}

func (h requestHandler) WithGroup(name string) slog.Handler {
	return requestHandler{h.Handler.WithGroup(name)}
}

// Log gives each request an id (in the answer's X-Request-Id and in its
// context), writes one line when it is done, tells seen of it, and turns a panic
// into a plain 500. Addresses of people and query strings are not logged: both
// may be personal. Nor is the path where it holds a token, or fits no route and
// may hold anything. log is one that Logger made.
func Log(log *slog.Logger, route func(*http.Request) string, seen func(Seen)) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			start := time.Now()
			rid := id.Token(16)
			w.Header().Set("X-Request-Id", rid)
			r = r.WithContext(context.WithValue(r.Context(), requestKey{}, rid))
			sw := &statusWriter{ResponseWriter: w}
			done := Seen{Method: r.Method, Route: route(r)}
			path := LogPath(done.Route, r.URL.Path)
			defer func() {
				if p := recover(); p != nil && p != http.ErrAbortHandler {
					log.ErrorContext(r.Context(), "panic", "route", done.Route, "path", path, "panic", p, "stack", string(debug.Stack()))
					if sw.status == 0 {
						http.Error(sw, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
					}
				}
				if sw.status == 0 { // nothing was written: the server says so with a 200
					sw.status = http.StatusOK
				}
				done.Status, done.Bytes, done.Took = sw.status, sw.bytes, time.Since(start)
				done.Stream = strings.HasPrefix(sw.Header().Get("Content-Type"), streamType)
				seen(done)
				level := slog.LevelDebug
				if sw.status >= http.StatusInternalServerError {
					level = slog.LevelError
				}
				log.Log(r.Context(), level, "request", "method", r.Method, "route", done.Route, "path", path,
					"status", sw.status, "bytes", sw.bytes, "ms", done.Took.Milliseconds())
			}()
			next.ServeHTTP(sw, r)
		})
	}
}

// LogPath is the path as it may stand in a log: the route's pattern, with the
// ids of the path in place of their names. Whatever else a reader wrote, such as
// a token or a word, keeps the name.
func LogPath(route, path string) string {
	if route == "" {
		return "(no route)"
	}
	pattern := route[strings.IndexByte(route, '/'):]
	said := strings.Split(path, "/")
	parts := strings.Split(pattern, "/")
	for i, part := range parts {
		if part == "{token}" || !strings.HasPrefix(part, "{") || i >= len(said) {
			continue
		}
		if _, err := id.Parse[struct{}](said[i]); err == nil {
			parts[i] = said[i]
		}
	}
	return strings.TrimSuffix(strings.Join(parts, "/"), "{$}")
}
