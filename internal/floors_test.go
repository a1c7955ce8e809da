package internal_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

const module = "kompetansetorg"

// line is a line of floors.txt.
type line struct {
	floor   int
	nr      int
	pattern string
	modules []string
}

// ordered are the floors on which the order of the lines counts.
var ordered = map[string]bool{"kit": true, "common": true}

type house struct {
	lines   []line
	ordered map[int]bool
}

func readFloors(t *testing.T) house {
	t.Helper()
	data, err := os.ReadFile("floors.txt")
	if err != nil {
		t.Fatal(err)
	}
	h := house{ordered: map[int]bool{}}
	floor := -1
	for s := bufio.NewScanner(bytes.NewReader(data)); s.Scan(); {
		text := strings.TrimSpace(s.Text())
		switch {
		case text == "" || strings.HasPrefix(text, "#"):
		case strings.HasPrefix(text, "floor "):
			floor++
			h.ordered[floor] = ordered[strings.TrimPrefix(text, "floor ")]
		default:
			fields := strings.Fields(text)
			h.lines = append(h.lines, line{floor: floor, nr: len(h.lines), pattern: fields[0], modules: fields[1:]})
		}
	}
	return h
}

// find gives the most exact line for a package of the house.
func (h house) find(pkg string) (line, bool) {
	best, found := line{}, false
	for _, l := range h.lines {
		root, deep := strings.CutSuffix(l.pattern, "/...")
		if pkg != root && !(deep && strings.HasPrefix(pkg, root+"/")) {
			continue
		}
		if !found || len(root) > len(strings.TrimSuffix(best.pattern, "/...")) || (!deep && strings.HasSuffix(best.pattern, "/...")) {
			best, found = l, true
		}
	}
	return best, found
}

type listed struct {
	ImportPath string
	Imports    []string
	Standard   bool
	Module     *struct{ Path string }
}

// imports lists the house's packages and what their non-test files import.
func imports(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// TestFloors holds every import of the house against floors.txt.
func TestFloors(t *testing.T) {
	h := readFloors(t)
	if len(h.lines) == 0 {
		t.Fatal("floors.txt lists nothing")
	}
	for _, p := range imports(t) {
		name := strings.TrimPrefix(p.ImportPath, module+"/")
		if name == "internal" || name == "internal/kit/ui/bundle" {
			continue
		}
		from, ok := h.find(name)
		if !ok {
			t.Errorf("%s stands on no floor; add it to internal/floors.txt", name)
			continue
		}
		for _, imp := range p.Imports {
			if err := h.allows(name, from, imp); err != nil {
				t.Error(err)
			}
		}
	}
}

func (h house) allows(name string, from line, imp string) error {
	inner, own := strings.CutPrefix(imp, module+"/")
	if !own {
		return from.allowsModule(name, imp)
	}
	to, ok := h.find(inner)
	switch {
	case !ok:
		return fmt.Errorf("%s imports %s, which stands on no floor", name, inner)
	case to.floor < from.floor:
		return nil
	case strings.HasPrefix(inner, name+"/") || strings.HasPrefix(name, inner+"/") || sameRoom(name, inner):
		return nil // within one room
	case to.floor > from.floor:
		return fmt.Errorf("%s imports %s upwards", name, inner)
	case h.ordered[from.floor] && to.nr < from.nr:
		return nil
	}
	return fmt.Errorf("%s imports %s sideways", name, inner)
}

// sameRoom reports whether two packages are parts of one room or hall.
func sameRoom(a, b string) bool {
	room := func(s string) string {
		parts := strings.SplitN(s, "/", 4)
		if len(parts) < 3 || strings.Contains(s, "web") {
			return s
		}
		return strings.Join(parts[:3], "/")
	}
	return room(a) == room(b)
}

func (l line) allowsModule(name, imp string) error {
	if first, _, _ := strings.Cut(imp, "/"); !strings.Contains(first, ".") {
		return nil // the standard library
	}
	for _, m := range l.modules {
		if imp == m || strings.HasPrefix(imp, m+"/") {
			return nil
		}
	}
	return fmt.Errorf("%s imports %s; floors.txt does not allow it there", name, imp)
}

// TestFloorsRefuse shows that the rules bite.
func TestFloorsRefuse(t *testing.T) {
	h := readFloors(t)
	for _, c := range []struct{ from, to string }{
		{"internal/kit/clock", "internal/kit/db"},
		{"internal/kit/web", "internal/common/access"},
		{"internal/room/need", "internal/room/supply"},
		{"internal/room/need", "internal/hall/match"},
		{"internal/common/access", "internal/common/flow"},
		{"internal/room/need/needweb", "internal/room/supply/supplyweb"},
	} {
		from, ok := h.find(c.from)
		if !ok {
			t.Fatalf("%s is not listed", c.from)
		}
		if h.allows(c.from, from, module+"/"+c.to) == nil {
			t.Errorf("%s may import %s", c.from, c.to)
		}
	}
	from, _ := h.find("internal/room/need")
	if h.allows("internal/room/need", from, "github.com/xuri/excelize/v2") == nil {
		t.Error("a room may import a third-party module that is not listed for it")
	}
}
