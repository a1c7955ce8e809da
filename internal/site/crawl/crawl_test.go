package crawl

import (
	"fmt"
	"testing"
)

// TestPartsHaveEveryAddressOnce: more than one file's worth is an index, and its
// parts have every address once.
func TestPartsHaveEveryAddressOnce(t *testing.T) {
	paths := make([]string, 2*perFile+1)
	for i := range paths {
		paths[i] = fmt.Sprintf("/tilbud/%d", i)
	}
	whole, _ := document("https://example.no", paths, "")
	list, ok := whole.(index)
	if !ok || len(list.Files) != 3 || list.Files[2].Loc != "https://example.no/sitemap.xml?part=3" {
		t.Fatalf("%T %+v", whole, list.Files)
	}
	seen := map[string]bool{}
	for part := range list.Files {
		doc, ok := document("https://example.no", paths, fmt.Sprint(part+1))
		if !ok {
			t.Fatalf("no part %d", part+1)
		}
		for _, u := range doc.(urlSet).URLs {
			if seen[u.Loc] {
				t.Fatalf("%s twice", u.Loc)
			}
			seen[u.Loc] = true
		}
	}
	if len(seen) != len(paths) {
		t.Errorf("%d of %d", len(seen), len(paths))
	}
	for _, part := range []string{"0", "4", "-1", "x"} {
		if _, ok := document("https://example.no", paths, part); ok {
			t.Errorf("there is a part %s", part)
		}
	}
	if one, _ := document("https://example.no", paths[:perFile], ""); len(one.(urlSet).URLs) != perFile {
		t.Error("what fits in one file is not one")
	}
}
