package brreg

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"kompetansetorg/internal/kit/text"
)

// FuzzAnswer reads whatever a server may say. What is taken holds its bounds.
func FuzzAnswer(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		f.Fatal("no recorded answers", err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		f.Add(b[:len(b)/2])
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		units, _ := parseList(body)
		if u, err := parseUnit(body); err == nil {
			units = append(units, u)
		}
		for _, u := range units {
			if no, err := text.ParseOrgNumber(u.OrgNo); err != nil || no != u.OrgNo {
				t.Errorf("number %q", u.OrgNo)
			}
			if text.IsBlank(u.Name) || !utf8.ValidString(u.Name) || len([]rune(u.Name)) > maxName {
				t.Errorf("name %q", u.Name)
			}
			if len(u.Municipality) != 0 && len(u.Municipality) != 4 || len(u.Form) > maxCode || len(u.Industry) > maxCode || u.Employees < -1 || u.State == "" {
				t.Errorf("unit %+v", u)
			}
			if u.IsPersonal() && u.Website != "" {
				t.Errorf("a person's website is kept: %+v", u)
			}
		}
		_ = removed("313000109", body)
	})
}
