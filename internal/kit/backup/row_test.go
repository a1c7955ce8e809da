package backup

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"kompetansetorg/internal/kit/db"
)

var rowTable = db.Table{Name: "x", Columns: []db.Column{{Name: "a", Kind: db.KindText}, {Name: "b", Kind: db.KindInteger},
	{Name: "c", Kind: db.KindBoolean}, {Name: "d", Kind: db.KindReal}}}

// TestRowBytes pins what the content hash is over: it must be the same for ever.
func TestRowBytes(t *testing.T) {
	for want, row := range map[string][]any{
		`["Å \"x\" \\ \u000a\u0001<&>",-7,true,0.1]`: {"Å \"x\" \\ \n\x01<&>", int64(-7), true, 0.1},
		`[null,null,null,1e+21]`:                     {nil, nil, nil, 1e21},
		`["",9223372036854775807,false,3]`:           {"", int64(1<<63 - 1), false, 3.0},
	} {
		line, err := appendRow(nil, row)
		if err != nil || string(line) != want+"\n" {
			t.Errorf("%v gives %s, %v", row, line, err)
		}
		back, err := parseRow(line, rowTable)
		if err != nil || !reflect.DeepEqual(back, row) {
			t.Errorf("%s gives %v, %v", line, back, err)
		}
	}
}

// FuzzRow parses any line; what is a row comes back the same once written.
func FuzzRow(f *testing.F) {
	f.Add([]byte(`["Å",1,true,0.5]`))
	f.Add([]byte(`[null,null,null,null]`))
	f.Fuzz(func(t *testing.T, line []byte) {
		row, err := parseRow(line, rowTable)
		if err != nil {
			return
		}
		once, err := appendRow(nil, row)
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		back, err := parseRow(once, rowTable)
		if err != nil || !reflect.DeepEqual(back, row) {
			t.Errorf("%q became %v, then %v (%v)", line, row, back, err)
		}
		if twice, _ := appendRow(nil, back); !bytes.Equal(once, twice) || !utf8.Valid(once) || strings.Count(string(once), "\n") != 1 {
			t.Errorf("%q became %q, then %q", line, once, twice)
		}
	})
}
