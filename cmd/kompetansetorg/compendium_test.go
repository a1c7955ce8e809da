package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPapersOfProjects: a paper needs a database, a project and an ending that it can be written
// with.
func TestPapersOfProjects(t *testing.T) {
	for paper, missing := range map[string]string{"compendium": "no such project", "finalreport": "no such project", "report": "no report"} {
		t.Run(paper, func(t *testing.T) { papersOf(t, paper, missing) })
	}
}

func papersOf(t *testing.T, paper, missing string) {
	command := func(args ...string) (int, string, string) {
		if args[0] == "report" {
			args = append(args, "--form", "bolyst-2013")
		}
		return command(args...)
	}
	folder := t.TempDir()
	dsn := "sqlite:" + filepath.Join(folder, "k.db")
	out := func(name string) string { return filepath.Join(folder, name) }
	if code, _, stderr := command(paper, "make", "--db", dsn, "--out", out("k.html")); code != 1 || !strings.Contains(stderr, "no database") {
		t.Errorf("no database: exit %d, %q", code, stderr)
	}
	if code, _, stderr := command("migrate", "--db", dsn); code != 0 {
		t.Fatalf("migrate: %d %s", code, stderr)
	}
	if code, _, stderr := command(paper, "make", "--db", dsn, "--out", out("k.html")); code != 1 || !strings.Contains(stderr, missing) {
		t.Errorf("no projects: exit %d, %q", code, stderr)
	}
	if code, _, _ := command(paper, "make", "--db", dsn, "--out", out("k.txt")); code != 2 {
		t.Errorf("a text file: exit %d", code)
	}
	if _, err := os.Stat(out("k.html")); err == nil {
		t.Error("something was written all the same")
	}
}
