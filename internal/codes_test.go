package internal_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// code is how a requirement or a golden case is named in a comment: BEH-8, O-17.
var code = regexp.MustCompile(`\b(?:[A-Z]{3}|O)-\d{1,2}\b`)

// noCodes look like requirements and are not.
var noCodes = []string{"UTF-8", "UTF-16", "PDF-1", "BIO-27"}

// TestCodesAreExplained holds docs/krav.md against the comments: every code that is
// used stands there, and every code there is used.
func TestCodesAreExplained(t *testing.T) {
	page, err := os.ReadFile("../docs/krav.md")
	if err != nil {
		t.Fatal(err)
	}
	explained := map[string]bool{} // and whether it is used
	for line := range strings.Lines(string(page)) {
		if cell, _, row := strings.Cut(strings.TrimPrefix(line, "| "), " |"); row && code.FindString(cell) == cell && cell != "" {
			explained[cell] = false
		}
	}
	for _, root := range []string{"../internal", "../cmd", "../migrations"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !slices.Contains([]string{".go", ".sql"}, filepath.Ext(path)) {
				return err
			}
			data, err := os.ReadFile(path)
			for _, c := range code.FindAllString(string(data), -1) {
				if _, ok := explained[c]; ok {
					explained[c] = true
				} else if !slices.Contains(noCodes, c) {
					t.Errorf("%s: %s is not explained in docs/krav.md", path, c)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for c, used := range explained {
		if !used {
			t.Errorf("docs/krav.md: no comment names %s", c)
		}
	}
}
