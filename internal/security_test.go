package internal_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestSecurityDocument sees that every test and file that docs/sikkerhet.md
// leans on exists, that each requirement stands there once, and that its totals
// are those of its rows.
func TestSecurityDocument(t *testing.T) {
	data, err := os.ReadFile("../docs/sikkerhet.md")
	if err != nil {
		t.Fatal(err)
	}
	tests := testNames(t)
	counts, seen := map[string]int{}, map[string]bool{}
	for line := range strings.Lines(string(data)) {
		for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(line, -1) {
			name := m[1]
			switch {
			case regexp.MustCompile(`^(Test|Fuzz)\w+$`).MatchString(name):
				if !tests[name] {
					t.Errorf("there is no %s: %s", name, line)
				}
			case strings.Contains(name, "/") || strings.HasSuffix(name, ".md"):
				if _, err := os.Stat(filepath.Join("..", name)); err != nil {
					t.Errorf("there is no %s: %s", name, line)
				}
			}
		}
		cells := strings.Split(line, "|")
		if len(cells) != 6 || !regexp.MustCompile(`^\d+\.\d+\.\d+$`).MatchString(strings.TrimSpace(cells[1])) {
			continue
		}
		id, status := strings.TrimSpace(cells[1]), strings.TrimSpace(cells[3])
		if seen[id] || strings.TrimSpace(cells[2]) == "" || strings.TrimSpace(cells[4]) == "" {
			t.Errorf("twice or without words: %s", line)
		}
		seen[id] = true
		counts[status]++
	}
	want := fmt.Sprintf("Av %d krav er %d oppfylt, %d gjelder ikke, og %d er åpne.", len(seen), counts["oppfylt"], counts["gjelder ikke"], counts["åpen"])
	if len(counts) != 3 || !strings.Contains(string(data), want) {
		t.Errorf("statuses %v; the document should say: %s", counts, want)
	}
}

// testNames are the tests of the house.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	for _, root := range []string{".", "../cmd", "../migrations"} {
		err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			data, err := os.ReadFile(path)
			for _, m := range declared.FindAllStringSubmatch(string(data), -1) {
				names[m[1]] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return names
}
