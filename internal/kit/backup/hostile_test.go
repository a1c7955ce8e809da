package backup_test

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/klauspost/compress/zstd"

	"kompetansetorg/internal/kit/backup"
	"kompetansetorg/internal/kit/db/dbtest"
)

var schemaOfOthers = fstest.MapFS{"0001_place.sql": {Data: []byte("-- +goose Up\nCREATE TABLE place (x TEXT);\n")}}

// member is a member of an archive under test.
type member struct {
	tar.Header
	content string
}

func unpack(t testing.TB, data []byte) (members []member) {
	t.Helper()
	packed, err := zstd.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	r := tar.NewReader(packed)
	for {
		h, err := r.Next()
		if err == io.EOF {
			return members
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		members = append(members, member{*h, string(content)})
	}
}

func pack(t testing.TB, members []member) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, m := range members {
		m.Size = int64(len(m.content))
		if m.Typeflag != tar.TypeReg {
			m.Size = 0
		}
		if err := w.WriteHeader(&m.Header); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, m.content); err != nil && m.Size > 0 {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return zstded(t, b.Bytes())
}

func zstded(t testing.TB, data []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return w.EncodeAll(data, nil)
}

// TestHostile hands in archives that somebody has put together or changed: each
// is refused, the target is as empty as before, and nothing lies outside it.
func TestHostile(t *testing.T) {
	path, _ := made(t, house(t, sqliteFile(t), 2, 3))
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	change := func(name, from, to string) func([]member) []member {
		return func(list []member) []member {
			for i := range list {
				if strings.HasPrefix(list[i].Name, name) {
					list[i].content = strings.Replace(list[i].content, from, to, 1)
				}
			}
			return list
		}
	}
	add := func(h tar.Header, content string) func([]member) []member {
		return func(list []member) []member {
			last := len(list) - 1
			return append(append(list[:last:last], member{h, content}), list[last])
		}
	}
	plain := func(name string) tar.Header { return tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: 0o600} }
	for what, spoil := range map[string]func([]member) []member{
		"another value":          change("tables/item", `true`, `false`),
		"a text for a number":    change("tables/item", `["cå",0`, `["cå","0"`),
		"a number too large":     change("tables/item", `["cå",0`, `["cå",99999999999999999999`),
		"a value too many":       change("tables/item", `["cå",`, `["cå",1,`),
		"no list":                change("tables/item", `[`, `{`),
		"another column":         change("backup.json", `"score"`, `"score\"; DROP TABLE place; --"`),
		"another table":          change("backup.json", `"item"`, `"other"`),
		"another schema":         change("backup.json", `"schema": 2`, `"schema": 1`),
		"schema none":            change("backup.json", `"schema": 2`, `"schema": 0`),
		"schema below none":      change("backup.json", `"schema": 2`, `"schema": -7`),
		"other sums":             change("sums.json", `"rows": 3`, `"rows": 4`),
		"no sums":                func(list []member) []member { return list[:len(list)-1] },
		"a table missing":        func(list []member) []member { return append(list[:1:1], list[2:]...) },
		"tables out of order":    func(list []member) []member { list[1], list[2] = list[2], list[1]; return list },
		"a table twice":          func(list []member) []member { return append(list[:2:2], list[1:]...) },
		"something after":        func(list []member) []member { return append(list, member{plain("files/z"), "z"}) },
		"a stranger":             add(plain("other"), "x"),
		"a path upwards":         add(plain("files/../../escaped"), "x"),
		"a path from the root":   add(plain("files//tmp/escaped"), "x"),
		"a path of Windows":      add(plain(`files/..\escaped`), "x"),
		"a drive of Windows":     add(plain(`files/c:escaped`), "x"),
		"no path":                add(plain("files/."), "x"),
		"an attachment twice":    add(plain("files/02/x"), "x"),
		"an attachment too many": add(plain("files/03"), "x"),
		"a link":                 add(tar.Header{Typeflag: tar.TypeSymlink, Name: "files/03", Linkname: "/etc"}, ""),
		"a hard link":            add(tar.Header{Typeflag: tar.TypeLink, Name: "files/03", Linkname: "/etc/passwd"}, ""),
		"a device":               add(tar.Header{Typeflag: tar.TypeChar, Name: "files/03"}, ""),
	} {
		t.Run(what, func(t *testing.T) {
			folder := t.TempDir()
			file := filepath.Join(folder, "in.kt")
			if err := os.WriteFile(file, pack(t, spoil(unpack(t, good))), 0o600); err != nil {
				t.Fatal(err)
			}
			target := backup.Into{DSN: dbtest.Empty(t), Files: filepath.Join(folder, "files"), Migrations: schema}
			_, err := backup.Restore(t.Context(), file, target)
			if err == nil || !isEmpty(t, target.DSN) {
				t.Errorf("%v, empty %v", err, isEmpty(t, target.DSN))
			}
			left, _ := os.ReadDir(folder)
			if len(left) != 1 {
				t.Errorf("left behind: %v", left)
			}
			leftovers(t, target)
		})
	}
}

// TestDamaged changes bytes all through the archive and cuts it in many places:
// none is taken for whole.
func TestDamaged(t *testing.T) {
	path, _ := made(t, house(t, sqliteFile(t), 2, 2))
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	verify := func(data []byte) (string, error) {
		sum, err := backup.Verify(t.Context(), bytes.NewReader(data), schema, nil)
		return sum.Hash, err
	}
	want, err := verify(good)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(good); i += 7 {
		spoilt := bytes.Clone(good)
		spoilt[i] ^= 1 << (i % 8)
		// A few bits of a zstd frame mean nothing; then the content is the same.
		if got, err := verify(spoilt); err == nil && got != want {
			t.Errorf("byte %d changed, and nobody noticed", i)
		}
		if _, err := verify(good[:i]); err == nil {
			t.Errorf("cut at byte %d, and nobody noticed", i)
		}
	}
}

// TestNewerAndForeign refuses with words what cannot be read.
func TestNewerAndForeign(t *testing.T) {
	path, _ := made(t, house(t, dbtest.Empty(t), 2, 2))
	older := fstest.MapFS{"0001_thing.sql": schema["0001_thing.sql"]}
	target := into(t, dbtest.Empty(t))
	target.Migrations = older
	if _, err := backup.Restore(t.Context(), path, target); err == nil || !strings.Contains(err.Error(), "newer") {
		t.Errorf("a newer schema: %v", err)
	}
	for _, content := range []string{"", "x", "SQLite format 3\x00", string(zstded(t, []byte("hello")))} {
		file := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Restore(t.Context(), file, into(t, dbtest.Empty(t))); err == nil || !strings.Contains(err.Error(), "no backup") {
			t.Errorf("%q: %v", content, err)
		}
	}
}

// FuzzVerify reads archives whose inside is anything. It may refuse, with its
// own words, and must not fall over.
func FuzzVerify(f *testing.F) {
	for _, members := range [][]member{{{tar.Header{Typeflag: tar.TypeReg, Name: "backup.json"}, `{"product":"kompetansetorg","format":1,"schema":1}`}}, nil} {
		data := pack(f, members)
		packed, err := zstd.NewReader(bytes.NewReader(data))
		if err != nil {
			f.Fatal(err)
		}
		inside, err := io.ReadAll(packed)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(inside)
	}
	w, err := zstd.NewWriter(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, inside []byte) {
		_, err := backup.Verify(t.Context(), bytes.NewReader(w.EncodeAll(inside, nil)), schema, nil)
		if err == nil {
			return
		}
		if errors.Is(err, io.EOF) {
			t.Errorf("a bare end of file: %v", err)
		}
	})
}
