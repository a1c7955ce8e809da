package session_test

import (
	"testing"
	"time"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/meeting/session"
)

// A meeting ends after it begins also in the nights when the clock is changed: a calendar
// refuses one that does not.
func TestAMeetingEndsAfterItBegins(t *testing.T) {
	for _, x := range []struct {
		day, from, to string
		lasts         time.Duration
	}{
		{"2026-03-29", "02:30", "03:00", 30 * time.Minute}, // 02:30 does not exist
		{"2026-03-29", "02:00", "02:45", 45 * time.Minute},
		{"2026-03-29", "01:30", "03:30", time.Hour},
		{"2026-10-25", "02:15", "02:45", 30 * time.Minute}, // 02:15 comes twice
		{"2026-10-25", "01:30", "03:30", 3 * time.Hour},
		{"2028-02-29", "23:00", "23:59", 59 * time.Minute},
	} {
		f := session.Frame{Day: clock.MustDate(x.day), From: x.from, To: x.to}
		if got := f.Ends().Sub(f.Begins()); got != x.lasts {
			t.Errorf("%s %s–%s lasts %s, want %s", x.day, x.from, x.to, got, x.lasts)
		}
	}
}
