package site

import (
	"path/filepath"
	"testing"
)

// TestEveryRouteToReadFromIsWatchedOrNot holds the route table against the access
// log: a new page must be watched, or listed as not watched with the reason.
func TestEveryRouteToReadFromIsWatchedOrNot(t *testing.T) {
	s, err := Open(t.Context(), Config{DB: "sqlite:" + filepath.Join(t.TempDir(), "house.db"), PublicURL: "http://example.no"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	watched, not := watches(), notWatched()
	seen := map[string]bool{}
	for _, r := range s.Door().Routes() {
		if r.Method != "GET" {
			continue
		}
		name := r.Method + " " + r.Path
		seen[name] = true
		_, is := watched[name]
		switch {
		case is && not[name] != "":
			t.Errorf("%s is both watched and not", name)
		case !is && not[name] == "":
			t.Errorf("%s: who reads it? Put it in watches, or in notWatched with the reason", name)
		}
	}
	for name := range watched {
		if !seen[name] {
			t.Errorf("%s is watched and does not exist", name)
		}
	}
	for name := range not {
		if !seen[name] {
			t.Errorf("%s is not watched and does not exist", name)
		}
	}
}
