package brreg_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kompetansetorg/internal/kit/brreg"
)

// recorded is an answer in the shape of the register's, about a made-up unit.
func recorded(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// answer is what the fake register says; kind is the content type.
type answer struct {
	status int
	body   string
	kind   string
	header http.Header
}

const hal = "application/vnd.brreg.enhetsregisteret.enhet.v2+json;charset=UTF-8"

// fake runs a register that answers by path and counts the calls; paths
// without an answer get 404, as the register's do.
func fake(t *testing.T, o brreg.Options, answers map[string][]answer) (*brreg.Client, *atomic.Int64) {
	t.Helper()
	var calls atomic.Int64
	seen := map[string]int{}
	turn := make(chan struct{}, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		turn <- struct{}{}
		defer func() { <-turn }()
		calls.Add(1)
		list := answers[r.URL.Path]
		if len(list) == 0 {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, `{"tidsstempel":"2026-11-21T10:00:00","status":404,"feilmelding":"Ikke funnet"}`)
			return
		}
		a := list[min(seen[r.URL.Path], len(list)-1)]
		seen[r.URL.Path]++
		for k, v := range a.header {
			w.Header()[k] = v
		}
		if a.kind == "" {
			a.kind = hal
		}
		w.Header().Set("Content-Type", a.kind)
		w.WriteHeader(a.status)
		fmt.Fprint(w, a.body)
	}))
	t.Cleanup(server.Close)
	if o.Base == "" {
		o.Base = server.URL
	}
	c, err := brreg.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c, &calls
}

func ok(body string) []answer { return []answer{{status: 200, body: body}} }

func TestUnit(t *testing.T) {
	c, _ := fake(t, brreg.Options{}, map[string][]answer{
		"/enheter/313000109": ok(recorded(t, "enhet")), "/underenheter/313000176": ok(recorded(t, "underenhet")),
		"/enheter/313000249": ok(recorded(t, "slettet")), "/enheter/313000389": ok(recorded(t, "konkurs")), "/enheter/313000524": ok(recorded(t, "enk")),
		"/enheter/313000664": {{status: 410, body: `{"organisasjonsnummer":"313000664","slettedato":"2026-02-01"}`}},
	})
	for no, want := range map[string]string{
		"313000109": "{313000109 EKSEMPEL TREVARE AS AS 5022 16.230  https://trevare.example.no 14 active }",
		"313000176": "{313000176 EKSEMPEL TREVARE AVD RØROS BEDR 5025 16.230 313000109  6 active }",
		"313000249": "{313000249 EKSEMPEL FORHENVÆRENDE AS AS     -1 deleted 2026-03-31}",
		"313000389": "{313000389 EKSEMPEL SKOFABRIKK AS AS 5021 15.200   3 bankrupt 2026-10-05}",
		"313000524": "{313000524 SNEKKER EKSEMPELMANN ENK 5021 43.320   -1 active }",
		"313000664": "{313000664       -1 removed 2026-02-01}",
		"313000737": "{313000737       -1 unknown }",
	} {
		u, err := c.Unit(t.Context(), no)
		if got := fmt.Sprint(u); err != nil || got != want {
			t.Errorf("%s: got  %s, %v\nwant %s", no, got, err, want)
		}
	}
	if _, err := c.Unit(t.Context(), "313000108"); !errors.Is(err, brreg.ErrRefused) {
		t.Errorf("a wrong check digit is asked about: %v", err)
	}
}

// TestSearch asks for places of work only when no main unit has the name.
func TestSearch(t *testing.T) {
	c, calls := fake(t, brreg.Options{}, map[string][]answer{"/enheter": ok(recorded(t, "treff"))})
	units, err := c.Search(t.Context(), " eksempel\u00a0trevare ", "5022")
	if err != nil || len(units) != 2 || units[0].OrgNo != "313000109" || calls.Load() != 1 {
		t.Errorf("%v, %v after %d calls", units, err, calls.Load())
	}
	c, calls = fake(t, brreg.Options{}, map[string][]answer{"/enheter": ok(recorded(t, "ingen")), "/underenheter": ok(recorded(t, "undertreff"))})
	if units, err = c.Search(t.Context(), "avd røros", ""); err != nil || len(units) != 1 || units[0].Parent != "313000109" || calls.Load() != 2 {
		t.Errorf("%v, %v after %d calls", units, err, calls.Load())
	}
	c, _ = fake(t, brreg.Options{}, map[string][]answer{"/enheter": ok(recorded(t, "ingen")), "/underenheter": ok(recorded(t, "ingen"))})
	if units, err = c.Search(t.Context(), "finnes ikke", ""); err != nil || len(units) != 0 {
		t.Errorf("no hits: %v, %v", units, err)
	}
	c, _ = fake(t, brreg.Options{}, nil)
	if _, err = c.Search(t.Context(), "feil adresse", ""); !errors.Is(err, brreg.ErrUnavailable) {
		t.Errorf("a server that is not the register: %v", err)
	}
}

// TestTheQuestion is what goes out: the version, who asks, and the name.
func TestTheQuestion(t *testing.T) {
	var got *http.Request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r.Clone(context.Background())
		w.Header().Set("Content-Type", hal)
		fmt.Fprint(w, recorded(t, "treff"))
	}))
	defer server.Close()
	c, err := brreg.New(brreg.Options{Base: server.URL + "/enhetsregisteret/api/", UserAgent: "kompetansetorg/test"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Search(t.Context(), "sag & høvleri", "5022"); err != nil {
		t.Fatal(err)
	}
	q := got.URL.Query()
	if got.URL.Path != "/enhetsregisteret/api/enheter" || q.Get("navn") != "sag & høvleri" || q.Get("kommunenummer") != "5022" || q.Get("size") == "" || len(q) != 3 {
		t.Errorf("asked %s", got.URL)
	}
	if got.UserAgent() != "kompetansetorg/test" || !strings.HasPrefix(got.Header.Get("Accept"), "application/vnd.brreg.enhetsregisteret.enhet.v2+json") || got.Header.Get("Cookie") != "" {
		t.Errorf("headers %v", got.Header)
	}
}

// TestTrouble is everything that makes the register count as not answering,
// and how many calls it takes to find out.
func TestTrouble(t *testing.T) {
	unit := recorded(t, "enhet")
	for name, x := range map[string]struct {
		answers []answer
		want    error
		calls   int64
	}{
		"one bad moment":         {[]answer{{status: 503}, {status: 200, body: unit}}, nil, 2},
		"broken":                 {[]answer{{status: 500}}, brreg.ErrUnavailable, 2},
		"too many":               {[]answer{{status: 429, header: http.Header{"Retry-After": {"60"}}}}, brreg.ErrUnavailable, 1},
		"too many for a moment":  {[]answer{{status: 429}, {status: 200, body: unit}}, nil, 2},
		"refused":                {[]answer{{status: 400}}, brreg.ErrRefused, 1},
		"shut out":               {[]answer{{status: 403}}, brreg.ErrUnavailable, 1},
		"sign-in page":           {[]answer{{status: 200, kind: "text/html", body: "<!doctype html><title>Logg inn</title>"}}, brreg.ErrUnavailable, 1},
		"truncated":              {[]answer{{status: 200, body: unit[:len(unit)/2]}}, brreg.ErrUnavailable, 1},
		"empty":                  {[]answer{{status: 200, body: ""}}, brreg.ErrUnavailable, 1},
		"another unit":           {[]answer{{status: 200, body: strings.Replace(unit, "313000109", "313000176", 1)}}, brreg.ErrUnavailable, 1},
		"wrong types":            {[]answer{{status: 200, body: `{"organisasjonsnummer":313000109,"navn":["A"]}`}}, brreg.ErrUnavailable, 1},
		"huge":                   {[]answer{{status: 200, body: `{"navn":"` + strings.Repeat("A", 1<<20) + `"}`}}, brreg.ErrUnavailable, 1},
		"redirect to elsewhere":  {[]answer{{status: 302, header: http.Header{"Location": {"http://elsewhere.example.no/x"}}}}, brreg.ErrUnavailable, 2},
		"redirect round a round": {[]answer{{status: 302, header: http.Header{"Location": {"/enheter/313000109"}}}}, brreg.ErrUnavailable, 8},
	} {
		c, calls := fake(t, brreg.Options{}, map[string][]answer{"/enheter/313000109": x.answers})
		u, err := c.Unit(t.Context(), "313000109")
		if !errors.Is(err, x.want) || x.want == nil && u.Name == "" || calls.Load() != x.calls {
			t.Errorf("%s: %v, %v after %d calls, want %v after %d", name, u, err, calls.Load(), x.want, x.calls)
		}
	}
}

// TestSlowAndDead ends in time whatever the register does.
func TestSlowAndDead(t *testing.T) {
	hold := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-hold }))
	defer server.Close()
	defer close(hold)
	dead := httptest.NewServer(nil)
	dead.Close()
	for name, base := range map[string]string{"slow": server.URL, "dead": dead.URL} {
		c, err := brreg.New(brreg.Options{Base: base, Timeout: 300 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		_, err = c.Unit(t.Context(), "313000109")
		if took := time.Since(begun); !errors.Is(err, brreg.ErrUnavailable) || took > 2*time.Second {
			t.Errorf("%s: %v after %s", name, err, took)
		}
	}
	// Who waits in line is also let go in time.
	c, err := brreg.New(brreg.Options{Base: server.URL, Timeout: 200 * time.Millisecond, Parallel: 1})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 3)
	for range 3 {
		go func() { _, err := c.Search(context.Background(), "kø", ""); done <- err }()
	}
	for range 3 {
		select {
		case err := <-done:
			if !errors.Is(err, brreg.ErrUnavailable) {
				t.Errorf("in line: %v", err)
			}
		case <-time.After(5 * time.Second):
			t.Fatal("somebody waits for ever")
		}
	}
}

func TestBadBase(t *testing.T) {
	for _, base := range []string{"data.brreg.no", "ftp://data.brreg.no", "https://", "https://who:secret@data.brreg.no", "https://data.brreg.no/?x=1", "://"} {
		if _, err := brreg.New(brreg.Options{Base: base}); err == nil {
			t.Errorf("%q is taken for an address", base)
		}
	}
	if _, err := brreg.New(brreg.Options{}); err != nil {
		t.Errorf("without an address: %v", err)
	}
}
