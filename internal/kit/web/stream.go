package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// streamType is the media type of server-sent events.
const streamType = "text/event-stream"

// lineTime is how long a reader may take to receive what is written to a stream.
const lineTime = 10 * time.Second

// Stream is an answer that goes on: server-sent events, as browsers' EventSource
// reads them.
type Stream struct {
	w   http.ResponseWriter
	ctl *http.ResponseController
}

// NewStream begins the answer: nothing on the way may keep or pack it, and the
// server's limits of how long a request takes do not count. again is how long the
// browser waits before it comes back when the connection breaks.
func NewStream(w http.ResponseWriter, again time.Duration) (*Stream, error) {
	s := &Stream{w: w, ctl: http.NewResponseController(w)}
	// The reading side has no deadline: it ends when the reader leaves.
	if err := s.ctl.SetReadDeadline(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return nil, err
	}
	h := w.Header()
	h.Set("Content-Type", streamType+"; charset=utf-8")
	h.Set("Cache-Control", "private, no-store")
	h.Set("X-Accel-Buffering", "no")  // for nginx, which else collects answers
	h.Set("No-Gzip-Compression", "1") // for the packing of answers, which takes it away
	w.WriteHeader(http.StatusOK)
	return s, s.write(fmt.Sprintf("retry: %d\n\n", again.Milliseconds()))
}

// Send sends an event. id is what the browser repeats in Last-Event-ID when it comes
// back; neither may hold a line break.
func (s *Stream) Send(event, id string) error {
	if strings.ContainsAny(event+id, "\r\n\x00") {
		return fmt.Errorf("stream: a line break in event %q or id %q", event, id)
	}
	return s.write("event: " + event + "\nid: " + id + "\ndata:\n\n")
}

// Beat sends nothing, so that a connection that is dead is found out and one that is
// quiet stays open.
func (s *Stream) Beat() error { return s.write(":\n\n") }

func (s *Stream) write(text string) error {
	if err := s.ctl.SetWriteDeadline(time.Now().Add(lineTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	if _, err := s.w.Write([]byte(text)); err != nil {
		return err
	}
	return s.ctl.Flush()
}
