package site_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/sitetest"
)

// lines gathers a log that several requests write.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// secrets are what readers hand in that must stand in no log and no figure.
var secrets = []string{"hemmelig-passord-7", "noen@example.no", "tokentokentoken", "gravemaskinfører-i-søk"}

// visitWithSecrets goes to every place where a secret is part of a request.
func visitWithSecrets(t *testing.T, h *sitetest.House) (ids []string) {
	t.Helper()
	c := h.Visitor()
	for _, path := range []string{"/folg/tokentokentoken", "/folg/tokentokentoken/x", "/invitasjon/tokentokentoken", "/finnes/ikke/tokentokentoken",
		"/behov?q=" + url.QueryEscape("gravemaskinfører-i-søk"), "/logg-inn?til=/folg/tokentokentoken", "/api/v1/needs/tokentokentoken"} {
		ids = append(ids, c.Get(path).Header.Get("X-Request-Id"))
	}
	c.Post("/logg-inn", url.Values{"username": {"noen@example.no"}, "password": {"hemmelig-passord-7"}})
	c.Post("/invitasjon/tokentokentoken", url.Values{"password": {"hemmelig-passord-7"}, "name": {"noen@example.no"}})
	c.Post("/finnes/ikke/tokentokentoken", url.Values{"password": {"hemmelig-passord-7"}})
	c.Header.Set("Authorization", "Bearer tokentokentoken")
	c.Get("/api/v1/needs")
	return ids
}

// TestLogLines sees that every request is a line with the id that its answer
// carries, and that no line holds what is secret or somebody's own.
func TestLogLines(t *testing.T) {
	var log lines
	h := sitetest.With(t, site.Config{Demo: true, Log: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	ids := visitWithSecrets(t, h)
	if h.DB().Close() != nil { // from here on everything is an internal error
		t.Fatal("close")
	}
	broken := h.Visitor().Get("/behov")
	if broken.Status < 500 {
		t.Fatalf("without a database: %d", broken.Status)
	}
	ids = append(ids, broken.Header.Get("X-Request-Id"))
	text := log.String()
	for _, secret := range secrets {
		if strings.Contains(text, secret) {
			t.Errorf("%q stands in the log:\n%s", secret, text)
		}
	}
	requests, errors := map[string]map[string]any{}, map[string]bool{}
	for line := range strings.Lines(text) {
		var l map[string]any
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		rid, _ := l["request"].(string)
		switch l["msg"] {
		case "request":
			requests[rid] = l
		case "request failed":
			errors[rid] = true
		}
	}
	for _, rid := range ids {
		if rid == "" || requests[rid] == nil {
			t.Errorf("no line for request %q", rid)
		}
	}
	if l := requests[ids[0]]; l["route"] != "GET /folg/{token}" || l["path"] != "/folg/{token}" || l["status"] == nil || l["ms"] == nil {
		t.Errorf("line of a follow link: %v", l)
	}
	if !errors[broken.Header.Get("X-Request-Id")] {
		t.Errorf("the error is not in the log with the request's id:\n%s", text)
	}
}

// TestMetrics sees that figures are by route and never by what a reader wrote.
func TestMetrics(t *testing.T) {
	h := sitetest.New(t)
	visitWithSecrets(t, h)
	w := httptest.NewRecorder()
	h.Metrics().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	text := w.Body.String()
	for _, want := range []string{
		`kompetansetorg_http_requests_total{method="GET",route="GET /folg/{token}",status="404"} 1`,
		`kompetansetorg_http_requests_total{method="GET",route="none",status="404"} 2`,
		`kompetansetorg_http_request_duration_seconds_count{route="POST /logg-inn"} 1`,
		"kompetansetorg_sign_in_failures_total 1", `kompetansetorg_build_info{version="test"} 1`, "kompetansetorg_ready 1",
		"kompetansetorg_db_write_wait_seconds_count", `kompetansetorg_db_transaction_duration_seconds_count{kind="read"}`,
		`kompetansetorg_db_slow_transactions_total{kind="write"}`, "kompetansetorg_match_index_age_seconds ", "kompetansetorg_sessions ", "go_goroutines ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, secret := range secrets {
		if strings.Contains(text, secret) {
			t.Errorf("%q stands in the figures", secret)
		}
	}
	if t.Failed() {
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "kompetansetorg_http_requests") || strings.HasPrefix(line, "kompetansetorg_s") {
				t.Log(strings.TrimSpace(line))
			}
		}
	}
	// Readers cannot reach them on the site's own address.
	if p := h.Visitor().Get("/metrics"); p.Status != 404 {
		t.Errorf("GET /metrics on the site: %d", p.Status)
	}
}
