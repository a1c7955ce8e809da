package sheet

import (
	"bytes"
	"io"
	"testing"
)

// FuzzRoundTrip: a cell that was written and read is the same when it is written and
// read again, in both formats, and the table does not change its shape.
func FuzzRoundTrip(f *testing.F) {
	for _, s := range []string{"Ærlig talt", "=1+1", "'=1", "a;b\"c\nd", "0047", "1,5", "_x000D_", "\x00\u202e", " x ", "true", "+47 91", "sep=;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, write := range map[string]func(io.Writer, Table) error{"a.csv": WriteCSV, "a.xlsx": func(w io.Writer, t Table) error { return WriteXLSX(w, t) }} {
			there := func(cell string) (string, bool) {
				var b bytes.Buffer
				if err := write(&b, Table{Name: "A", Columns: []Column{{Title: "Navn"}, {Title: "Fast"}}, Rows: [][]any{{cell, "fast"}}}); err != nil {
					return "", false // too long for a cell
				}
				book, err := Read(name, bytes.NewReader(b.Bytes()), int64(b.Len()), DefaultLimits())
				if err != nil {
					t.Fatalf("%s: %q is written and not read: %v", name, cell, err)
				}
				data := book.Sheets[0].Data()
				if len(data) != 1 || data[0].Cell(1) != "fast" {
					t.Fatalf("%s: %q gives %d rows: %v", name, cell, len(data), data)
				}
				return data[0].Cell(0), true
			}
			once, ok := there(s)
			if !ok {
				continue
			}
			if twice, ok := there(once); !ok || twice != once {
				t.Fatalf("%s: %q is read as %q, and that as %q", name, s, once, twice)
			}
		}
	})
}
