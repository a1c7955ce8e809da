// Package metrics counts what an operator watches, in Prometheus' terms. Labels
// are lines of the route table, methods and status codes: nothing that a reader
// wrote, and nobody's name or id.
package metrics

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/web"
)

// Metrics is a registry of its own, so that several houses can run in one
// process, as tests do.
type Metrics struct {
	registry     *prometheus.Registry
	requests     *prometheus.CounterVec
	durations    *prometheus.HistogramVec
	signIns      prometheus.Counter
	waits        prometheus.Histogram
	transactions *prometheus.HistogramVec
	slow         *prometheus.CounterVec
}

// Sources are figures that are fetched when somebody asks.
type Sources struct {
	// Sessions is how many have not run out.
	Sessions func(context.Context) (int64, error)
	// IndexMade is when the index that answers was made.
	IndexMade func() time.Time
	// Ready is what /readyz says.
	Ready func(context.Context) bool
}

// askedWithin is how long a figure may take to fetch.
const askedWithin = 5 * time.Second

// New makes the registry. version is the program's.
func New(version string) *Metrics {
	seconds := []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "kompetansetorg_http_requests_total",
			Help: "Requests answered, by the line of the route table, method and status."}, []string{"route", "method", "status"}),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "kompetansetorg_http_request_duration_seconds",
			Help: "How long requests took, by the line of the route table.", Buckets: seconds}, []string{"route"}),
		signIns: prometheus.NewCounter(prometheus.CounterOpts{Name: "kompetansetorg_sign_in_failures_total",
			Help: "Sign-ins that did not succeed."}),
		waits: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "kompetansetorg_db_write_wait_seconds",
			Help: "How long writers waited for their turn.", Buckets: seconds}),
		transactions: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "kompetansetorg_db_transaction_duration_seconds",
			Help: "How long transactions took, without waiting.", Buckets: seconds}, []string{"kind"}),
		slow: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "kompetansetorg_db_slow_transactions_total",
			Help: "Transactions of more than 50 ms; each is in the log."}, []string{"kind"}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "kompetansetorg_build_info",
		Help: "1, with the version of the program.", ConstLabels: prometheus.Labels{"version": version}})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.durations, m.signIns, m.waits, m.transactions, m.slow, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, kind := range []string{kindRead, kindWrite} { // there from the start, at zero
		m.slow.WithLabelValues(kind)
	}
	return m
}

// Watch adds the figures that are fetched when somebody asks. One that cannot
// be fetched is -1.
func (m *Metrics) Watch(s Sources) {
	gauge := func(name, help string, value func(context.Context) float64) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 {
			ctx, cancel := context.WithTimeout(context.Background(), askedWithin)
			defer cancel()
			return value(ctx)
		}))
	}
	gauge("kompetansetorg_sessions", "Sessions that have not run out.", func(ctx context.Context) float64 {
		n, err := s.Sessions(ctx)
		if err != nil {
			return -1
		}
		return float64(n)
	})
	gauge("kompetansetorg_match_index_age_seconds", "How old the index is that matches are found in.", func(context.Context) float64 {
		made := s.IndexMade()
		if made.IsZero() {
			return -1
		}
		return time.Since(made).Seconds()
	})
	gauge("kompetansetorg_ready", "1 when /readyz answers 200, else 0.", func(ctx context.Context) float64 {
		if s.Ready(ctx) {
			return 1
		}
		return 0
	})
}

// Request counts a request.
func (m *Metrics) Request(seen web.Seen) {
	route := seen.Route
	if route == "" {
		route = "none"
	}
	m.requests.WithLabelValues(route, method(seen.Method), strconv.Itoa(seen.Status)).Inc()
	if seen.Stream {
		return // how long somebody stayed says nothing about the program
	}
	m.durations.WithLabelValues(route).Observe(seen.Took.Seconds())
}

// method keeps words that a client makes up out of the labels.
func method(name string) string {
	switch name {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return name
	}
	return "other"
}

// SignInFailed counts a sign-in that did not succeed.
func (m *Metrics) SignInFailed() { m.signIns.Inc() }

const (
	kindRead  = "read"
	kindWrite = "write"
)

// Transaction counts a transaction.
func (m *Metrics) Transaction(seen db.Seen) {
	kind := kindRead
	if seen.Writes {
		kind = kindWrite
		m.waits.Observe(seen.Waited.Seconds())
	}
	m.transactions.WithLabelValues(kind).Observe(seen.Took.Seconds())
	if seen.Slow {
		m.slow.WithLabelValues(kind).Inc()
	}
}

// Handler answers GET /metrics.
func (m *Metrics) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return mux
}
