package web_test

import (
	"bytes"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kompetansetorg/internal/kit/web"
)

type view struct{ Name string }

type other struct{ Name string }

func views(t *testing.T, page string, zero any) *web.Views {
	t.Helper()
	base := template.Must(template.New("base").Parse(`{{define "layout"}}<main>{{template "main" .}}</main>{{end}}`))
	v := web.NewViews(base)
	v.Add("room", fstest.MapFS{"html/page.html": {Data: []byte(page)}}, "page", zero, web.Fragment{Block: "part", Zero: view{}})
	return v
}

const page = `{{define "main"}}<h1>{{.Name}}</h1>{{template "part" .}}{{end}}{{define "part"}}<p>{{.Name}}</p>{{end}}`

func TestRenderDrawsThePageAndItsFragment(t *testing.T) {
	v := views(t, page, view{})
	w := httptest.NewRecorder()
	if err := v.Render(w, http.StatusOK, "room/page", view{"<Åse>"}); err != nil {
		t.Fatal(err)
	}
	if got := w.Body.String(); got != "<main><h1>&lt;Åse&gt;</h1><p>&lt;Åse&gt;</p></main>" {
		t.Errorf("page %q", got)
	}
	w = httptest.NewRecorder()
	if err := v.RenderFragment(w, http.StatusOK, "room/page", "part", view{"x"}); err != nil || w.Body.String() != "<p>x</p>" {
		t.Errorf("fragment %q, %v", w.Body, err)
	}
}

func TestRenderWritesNothingWhenItFails(t *testing.T) {
	v := views(t, `{{define "main"}}<h1>before</h1>{{index .Name 99}}{{end}}{{define "part"}}{{end}}`, view{})
	w := httptest.NewRecorder()
	if err := v.Render(w, http.StatusOK, "room/page", view{"x"}); err == nil {
		t.Error("a template that fails gave no error")
	}
	if w.Body.Len() > 0 || w.Result().StatusCode != http.StatusOK {
		t.Errorf("wrote %q before it failed", w.Body)
	}
	if err := v.Render(w, http.StatusOK, "room/page", other{"x"}); err == nil {
		t.Error("another type than the registered one was drawn")
	}
	if err := v.Render(w, http.StatusOK, "room/nothing", view{}); err == nil {
		t.Error("an unknown page was drawn")
	}
}

func TestCheckFindsAMisspeltField(t *testing.T) {
	if errs := views(t, page, view{}).Check(); len(errs) != 0 {
		t.Errorf("a sound page: %v", errs)
	}
	if errs := views(t, strings.Replace(page, ".Name", ".Nmae", 1), view{}).Check(); len(errs) == 0 {
		t.Error("a misspelt field was not found")
	}
}

func TestLimiterFillsUpAgain(t *testing.T) {
	l := web.NewLimiter(1, 2)
	now := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	for i, want := range []bool{true, true, false} {
		if got := l.Allow("a", now); got != want {
			t.Errorf("request %d: %v", i+1, got)
		}
	}
	if !l.Allow("b", now) {
		t.Error("another address was limited")
	}
	if !l.Allow("a", now.Add(time.Second)) {
		t.Error("after a second there is no new token")
	}
	if !web.NewLimiter(0, 0).Allow("a", now) {
		t.Error("a rate of zero limits")
	}
}

func TestLocalPathKeepsReadersHere(t *testing.T) {
	for in, want := range map[string]string{
		"/behov?q=æ": "/behov?q=æ", "": "/", "//evil.example": "/", "https://evil.example": "/", "/\\evil.example": "/",
		"/a\r\nSet-Cookie: x": "/", "behov": "/",
	} {
		if got := web.LocalPath(in, "/"); got != want {
			t.Errorf("LocalPath(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLogTurnsAPanicIntoA500(t *testing.T) {
	var log bytes.Buffer
	h := web.Log(web.Logger(slog.New(slog.NewTextHandler(&log, nil))), func(*http.Request) string { return "GET /" }, func(web.Seen) {})(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("æsj") }))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/x?secret=1", nil))
	if w.Code != http.StatusInternalServerError || w.Header().Get("X-Request-Id") == "" {
		t.Errorf("answered %d", w.Code)
	}
	if !strings.Contains(log.String(), "æsj") || strings.Contains(log.String(), "secret") {
		t.Errorf("log: %s", log.String())
	}
}

func TestLimitBody(t *testing.T) {
	h := web.LimitBody(4)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
		}
	}))
	for body, want := range map[string]int{"1234": 200, "12345": 413} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("POST", "/", strings.NewReader(body)))
		if w.Code != want {
			t.Errorf("%d bytes: %d, want %d", len(body), w.Code, want)
		}
	}
}

func TestClientAddress(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	r.RemoteAddr = "[::1]:5000"
	r.Header.Set("X-Forwarded-For", "10.0.0.1, 192.0.2.7")
	if got := web.ClientAddress(r, false); got != "[::1]" {
		t.Errorf("without proxy: %s", got)
	}
	if got := web.ClientAddress(r, true); got != "192.0.2.7" {
		t.Errorf("behind a proxy: %s", got)
	}
}

// TestLogPath keeps ids, and nothing else that a reader can write.
func TestLogPath(t *testing.T) {
	const id = "01900000-0000-7000-8000-000000000001"
	for _, c := range []struct{ route, path, want string }{
		{"GET /behov/{id}", "/behov/" + id, "/behov/" + id},
		{"GET /behov/{id}/rediger", "/behov/ola/rediger", "/behov/{id}/rediger"},
		{"GET /folg/{token}", "/folg/" + id, "/folg/{token}"},
		{"GET /folg/{token}/qr.png", "/folg/x/qr.png", "/folg/{token}/qr.png"},
		{"GET /{$}", "/", "/"},
		{"/static/", "/static/ola.css", "/static/"},
		{"", "/ola", "(no route)"},
	} {
		if got := web.LogPath(c.route, c.path); got != c.want {
			t.Errorf("%s, %s: %s, want %s", c.route, c.path, got, c.want)
		}
	}
}
