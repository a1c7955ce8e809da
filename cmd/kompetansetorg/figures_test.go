package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/db/dbtest"
)

func TestFiguresLoad(t *testing.T) {
	dsn, folder := dbtest.DSN(t), t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := write("tall.csv", "aar;yrkekode;yrke;trondelag\n2017;2223;Sykepleiere;275\n")
	wrong := write("feil.csv", "aar;yrkekode;yrke;trondelag\n2017;2223;Sykepleiere;mange\n")
	load := func(args ...string) (int, string, string) {
		return command(append([]string{"figures", "load", "--db", dsn, "--title", "Bedriftsundersøkelsen", "--owner", "NAV"}, args...)...)
	}
	if code, stdout, stderr := load(wrong); code != 1 || stdout != "" || !strings.Contains(stderr, "row 2, trondelag") {
		t.Errorf("a wrong file: exit %d, %q, %q", code, stdout, stderr)
	}
	if code, stdout, stderr := load("--check", good); code != 0 || stdout != "" || !strings.Contains(stderr, "1 figures of 2017") {
		t.Errorf("a check: exit %d, %q, %q", code, stdout, stderr)
	}
	if code, stdout, stderr := load(good); code != 0 || len(strings.TrimSpace(stdout)) != 36 {
		t.Errorf("a good file: exit %d, %q, %q", code, stdout, stderr)
	}
	if code, _, _ := load(good); code != 1 {
		t.Errorf("the same source twice: exit %d", code)
	}
}
