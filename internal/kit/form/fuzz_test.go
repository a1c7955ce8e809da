package form_test

import (
	"net/url"
	"strconv"
	"testing"

	"kompetansetorg/internal/kit/form"
)

// FuzzInput: each reader answers a value that reads back the same, or nothing and a
// fault; what is refused never comes through as a number.
func FuzzInput(f *testing.F) {
	for _, s := range []string{"3", "1 200", "-4", "9223372036854775808", "1.7.2027", "31.02.2027", "1.650.000,-", "99999999999999999999", "1e9", "\u00a07"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		read := func(typed string) *form.Input { return form.Read(url.Values{"x": {typed}}) }
		in := read(s)
		if n := in.Int("x"); in.Err() != nil && n != 0 {
			t.Fatalf("%q is refused and gives %d", s, n)
		} else if back := read(strconv.Itoa(n)).Int("x"); back != n {
			t.Fatalf("%q is %d, read back %d", s, n, back)
		}
		in = read(s)
		if d := in.Date("x"); in.Err() != nil && !d.IsZero() {
			t.Fatalf("%q is refused and gives %s", s, d)
		} else if back := read(d.String()).Date("x"); back != d {
			t.Fatalf("%q is %s, read back %s", s, d, back)
		}
		in = read(s)
		if n := in.Money("x"); in.Err() != nil && n != 0 {
			t.Fatalf("%q is refused and gives %d øre", s, int64(n))
		} else if back := read(n.Format()).Money("x"); back != n {
			t.Fatalf("%q is %d øre, read back %d", s, int64(n), int64(back))
		}
	})
}
