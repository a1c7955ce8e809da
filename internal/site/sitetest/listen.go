package sitetest

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"
)

// Listening is a window that follows a live page.
type Listening struct {
	// Status is what was answered; 200 when the window is let in.
	Status int
	// Events are what is heard, as "changed MARK" and "end MARK"; closed when the
	// stream ends.
	Events <-chan string
	// Leave closes the window.
	Leave context.CancelFunc
	t     testing.TB
}

// Patience is how long a test waits for what must come; what is right comes at once.
const Patience = 30 * time.Second

// Listen follows the live page whose address for listening is path.
func (c *Client) Listen(path string) *Listening {
	c.t.Helper()
	ctx, leave := context.WithCancel(context.Background())
	c.t.Cleanup(leave)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	for k, v := range c.Header {
		r.Header[k] = v
	}
	res, err := c.http.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	events := make(chan string, 1000)
	go func() {
		defer close(events)
		defer res.Body.Close()
		name := ""
		for lines := bufio.NewScanner(res.Body); lines.Scan(); {
			if n, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				name = n
			}
			if id, ok := strings.CutPrefix(lines.Text(), "id: "); ok {
				events <- name + " " + id
			}
		}
	}()
	return &Listening{Status: res.StatusCode, Events: events, Leave: leave, t: c.t}
}

// Next is the next event, "" when the stream has ended. One that does not come is an
// error of the test.
func (l *Listening) Next() string {
	l.t.Helper()
	select {
	case e := <-l.Events:
		return e
	case <-time.After(Patience):
		l.t.Fatal("nothing was heard")
		return ""
	}
}

// Part asks for the parts of a live page, as the script of the page does.
func (c *Client) Part(path string) Page {
	c.t.Helper()
	again := *c
	again.Header = c.Header.Clone()
	again.Header.Set("HX-Request", "true")
	return again.Get(path)
}
