package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/db/dbtest"
)

// command runs the program and answers its exit code and what it wrote.
func command(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(args, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

func geojson(t *testing.T, numbers ...string) string {
	t.Helper()
	var features []string
	for _, n := range numbers {
		features = append(features, `{"type":"Feature","properties":{"kommunenummer":"`+n+`"},"geometry":{"type":"Polygon","coordinates":[[[10,60],[11,60],[11,61],[10,61],[10,60]]]}}`)
	}
	path := filepath.Join(t.TempDir(), "kommuner.geojson")
	text := `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPlaceLoad(t *testing.T) {
	dsn := dbtest.DSN(t)
	code, stdout, stderr := command("place", "load", "--db", dsn, geojson(t, "5026", "1624", "5025"))
	if code != 0 || stdout != "5025\n5026\n" {
		t.Errorf("exit %d, wrote %q", code, stdout)
	}
	if !strings.Contains(stderr, "1624 is no municipality today") || !strings.Contains(stderr, "355 of today's municipalities are not in the file") {
		t.Errorf("messages: %q", stderr)
	}
	// Flags may come after arguments; a second load replaces the first.
	if code, stdout, _ := command("place", "load", geojson(t, "5027"), "--db", dsn); code != 0 || stdout != "5027\n" {
		t.Errorf("second: exit %d, wrote %q", code, stdout)
	}
	if code, stdout, _ := command("audit", "verify", "--db", dsn); code != 0 || stdout != "ok\t2\n" {
		t.Errorf("audit: exit %d, wrote %q", code, stdout)
	}
	for name, c := range map[string]struct {
		args []string
		code int
	}{
		"no file":                  {[]string{"place", "load", "--db", dsn}, 2},
		"a file that is not there": {[]string{"place", "load", "--db", dsn, "/nowhere.geojson"}, 2},
		"not GeoJSON":              {[]string{"place", "load", "--db", dsn, "place.go"}, 1},
		"only closed ones":         {[]string{"place", "load", "--db", dsn, geojson(t, "1624", "1718")}, 1},
	} {
		if code, stdout, stderr := command(c.args...); code != c.code || stdout != "" || stderr == "" {
			t.Errorf("%s: exit %d, %q, %q; want exit %d", name, code, stdout, stderr, c.code)
		}
	}
	if code, stdout, _ := command("audit", "verify", "--db", dsn); code != 0 || stdout != "ok\t2\n" {
		t.Errorf("refusals were written to the log: %q", stdout)
	}
}

// TestPlaceLoadRealBoundaries takes a file as an operator downloads it.
func TestPlaceLoadRealBoundaries(t *testing.T) {
	const file = "../../../shared/data/places/Kommuner-S.geojson"
	if _, err := os.Stat(file); err != nil {
		t.Skip("no boundaries to read in ../shared/data")
	}
	code, stdout, stderr := command("place", "load", "--db", dbtest.DSN(t), file)
	if code != 0 || strings.Count(stdout, "\n") != 357 || strings.Contains(stderr, "left out") {
		t.Errorf("exit %d, %d municipalities, %q", code, strings.Count(stdout, "\n"), stderr)
	}
}
