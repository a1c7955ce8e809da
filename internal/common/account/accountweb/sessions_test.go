package accountweb_test

import (
	"net/http"
	"testing"
	"time"
)

// TestASessionEndsUnused lets a session lie for four hours; one in use lasts.
func TestASessionEndsUnused(t *testing.T) {
	o := open(t)
	for i := range 3 {
		o.now = o.now.Add(3 * time.Hour)
		if p := o.admin.Get("/konto"); p.Status != http.StatusOK {
			t.Fatalf("after %d hours in use: %d", 3*(i+1), p.Status)
		}
	}
	o.now = o.now.Add(4*time.Hour + time.Minute)
	if p := o.admin.Get("/konto"); p.Status != http.StatusSeeOther {
		t.Errorf("four hours unused: %d, want to be sent to sign in", p.Status)
	}
	if p := o.admin.Get("/"); p.Status != http.StatusOK || !p.Has("a[href^='/logg-inn']") {
		t.Errorf("the front page after the session's end: %d", p.Status)
	}
}

// TestReadingSavesNoSession reads pages within five minutes: nothing is written,
// so that readers do not wait for the disk.
func TestReadingSavesNoSession(t *testing.T) {
	o := open(t)
	if p := o.admin.Get("/konto"); p.Header.Get("Set-Cookie") != "" {
		t.Errorf("a page just after signing in saves the session: %q", p.Header.Get("Set-Cookie"))
	}
	o.now = o.now.Add(6 * time.Minute)
	if p := o.admin.Get("/konto"); p.Header.Get("Set-Cookie") == "" {
		t.Error("after six minutes the use is not noted")
	}
	if p := o.admin.Get("/konto"); p.Header.Get("Set-Cookie") != "" {
		t.Error("and it is noted twice")
	}
}
