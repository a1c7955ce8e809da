package gate_test

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
)

// soon is how long a test waits for what must come; what is right comes at once.
const soon = 20 * time.Second

// live is a house with one live page about one thing.
type live struct {
	t      *testing.T
	door   *gate.Door
	server *httptest.Server
	db     *db.DB
	mark   atomic.Value // string: what the page shows now
	hidden atomic.Bool  // nobody may read the page
	out    atomic.Bool  // the session has ended
}

func openLive(t *testing.T) *live {
	t.Helper()
	h := &live{t: t, db: dbtest.New(t)}
	h.mark.Store("1")
	h.door = gate.NewDoor(gate.House{DB: h.db, Beat: 50 * time.Millisecond,
		Identify: func(r *http.Request) (access.Actor, error) {
			return access.Actor{Account: access.AccountID(r.Header.Get("X-Who"))}, nil
		},
		StillIn: func(*http.Request) bool { return !h.out.Load() },
		ShowError: func(w http.ResponseWriter, _ *http.Request, _ access.Actor, err error) {
			http.Error(w, "no", gate.Status(err))
		},
	}, "test")
	h.door.Lives(gate.Live{Page: "/thing/{id}", Path: "/thing/{id}/direkte", Rule: gate.Public(), Look: func(r *http.Request, _ access.Actor) (gate.Seen, error) {
		if h.hidden.Load() {
			return gate.Seen{}, fault.Missing()
		}
		return gate.Seen{Thing: db.Topic{Kind: "thing", ID: r.PathValue("id")}, Mark: h.mark.Load().(string)}, nil
	}})
	h.server = httptest.NewUnstartedServer(h.door.Handler())
	// Shorter than the test: a stream is not held to them.
	h.server.Config.ReadTimeout, h.server.Config.WriteTimeout = 300*time.Millisecond, 300*time.Millisecond
	h.server.Start()
	t.Cleanup(h.server.Close)
	t.Cleanup(h.door.EndLive)
	return h
}

// change makes the page show something else.
func (h *live) change(mark string) {
	h.t.Helper()
	err := h.db.Write(h.t.Context(), func(tx *db.Tx) error {
		h.mark.Store(mark)
		tx.Changed(db.Change{Topic: db.Topic{Kind: "thing", ID: "a"}})
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// ear is a reader who listens: events as "name id", and the end of the stream as "".
type ear struct {
	t      *testing.T
	status int
	events chan string
	leave  context.CancelFunc
}

func (h *live) listen(who, path, last string) *ear {
	h.t.Helper()
	ctx, leave := context.WithCancel(h.t.Context())
	r, err := http.NewRequestWithContext(ctx, "GET", h.server.URL+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("X-Who", who)
	r.Header.Set("Last-Event-ID", last)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	e := &ear{t: h.t, status: res.StatusCode, events: make(chan string, 100), leave: leave}
	go func() {
		defer res.Body.Close()
		defer close(e.events)
		name := ""
		for lines := bufio.NewScanner(res.Body); lines.Scan(); {
			if n, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				name = n
			}
			if id, ok := strings.CutPrefix(lines.Text(), "id: "); ok {
				e.events <- name + " " + id
			}
		}
	}()
	h.t.Cleanup(leave)
	return e
}

func (e *ear) hears(want string) {
	e.t.Helper()
	select {
	case got := <-e.events:
		if got != want {
			e.t.Fatalf("heard %q, want %q", got, want)
		}
	case <-time.After(soon):
		e.t.Fatalf("%q did not come", want)
	}
}

// Two readers: one's change is told to the other, also what happened before he came and
// while he was away, over a server whose limits of time are shorter than the stream.
func TestWhoListensIsToldOfChanges(t *testing.T) {
	h := openLive(t)
	e := h.listen("a", "/thing/a/direkte?sett=1", "")
	late, back := h.listen("b", "/thing/a/direkte?sett=0", ""), h.listen("", "/thing/a/direkte?sett=1", "0")
	late.hears("changed 1")
	back.hears("changed 1")
	time.Sleep(400 * time.Millisecond) // past the server's limits; what follows is the proof
	h.change("2")
	for _, x := range []*ear{e, late, back} {
		x.hears("changed 2")
	}
	h.change("2") // nothing that the page shows
	h.change("3")
	e.hears("changed 3")
	late.hears("changed 3")
	if h.door.Listening() != 3 {
		t.Errorf("%d listen, want 3", h.door.Listening())
	}
	e.leave()
	h.door.EndLive()
	late.hears("")
	if got := h.listen("c", "/thing/a/direkte", ""); got.status != http.StatusTooManyRequests {
		t.Errorf("let in when the program ends: %d", got.status)
	}
}

// Who may not read the page, or not any more, is told nothing; nor is one whose session
// has ended, though nothing happens.
func TestWhoMayNotReadIsToldNothing(t *testing.T) {
	h := openLive(t)
	e := h.listen("a", "/thing/a/direkte?sett=1", "")
	h.hidden.Store(true)
	h.change("2")
	e.hears("end 1")
	e.hears("")
	if got := h.listen("a", "/thing/a/direkte", ""); got.status != http.StatusNotFound {
		t.Errorf("a page that is not there: %d", got.status)
	}
	h.hidden.Store(false)
	e = h.listen("a", "/thing/a/direkte?sett=2", "")
	h.out.Store(true)
	e.hears("end 2")
	e.hears("")
}

// One account listens from so many windows and no more; when one is closed there is
// room for another.
func TestAnAccountListensFromSoManyWindows(t *testing.T) {
	h := openLive(t)
	var open []*ear
	for range 12 {
		e := h.listen("a", "/thing/a/direkte?sett=1", "")
		if e.status != http.StatusOK {
			t.Fatalf("window %d: %d", len(open)+1, e.status)
		}
		open = append(open, e)
	}
	if got := h.listen("a", "/thing/a/direkte?sett=1", ""); got.status != http.StatusTooManyRequests {
		t.Errorf("one too many: %d", got.status)
	}
	if got := h.listen("b", "/thing/a/direkte?sett=1", ""); got.status != http.StatusOK {
		t.Errorf("another account: %d", got.status)
	}
	open[0].leave()
	for until := time.Now().Add(soon); ; time.Sleep(5 * time.Millisecond) {
		if h.listen("a", "/thing/a/direkte?sett=1", "").status == http.StatusOK {
			return
		}
		if time.Now().After(until) {
			t.Fatal(errors.New("a window that was closed still counts"))
		}
	}
}
