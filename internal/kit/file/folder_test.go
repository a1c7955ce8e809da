package file

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"
	"time"
)

// hei has the form of a checksum.
const hei = "a0eb2f9ad2b1f1d1ab9a0b62fde4bc2b0f2ea4d2e0b4ce8bb2a76c30b2e9a7dd"

func folder(t *testing.T) (*Folder, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "files")
	f, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f, dir
}

// inside lists every file below the folder.
func inside(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			out = append(out, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func content(t *testing.T, s Store, sum string) string {
	t.Helper()
	r, err := s.Open(sum)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestContentIsKeptOnceByItsChecksum(t *testing.T) {
	f, dir := folder(t)
	var first Sum
	for range 2 {
		sum, err := f.Put(t.Context(), iotest.OneByteReader(strings.NewReader("hei på dere")), 100)
		if err != nil {
			t.Fatal(err)
		}
		if first.SHA256 != "" && sum != first {
			t.Errorf("the same content is %v and %v", first, sum)
		}
		first = sum
	}
	if first.Size != 12 {
		t.Errorf("size %d", first.Size)
	}
	if got := inside(t, dir); len(got) != 1 || got[0] != first.SHA256[:2]+"/"+first.SHA256 {
		t.Errorf("in the folder: %v", got)
	}
	if got := content(t, f, first.SHA256); got != "hei på dere" {
		t.Errorf("content %q", got)
	}
	for range 2 {
		if err := f.Delete(first.SHA256); err != nil {
			t.Error(err)
		}
	}
	if _, err := f.Open(first.SHA256); !errors.Is(err, ErrNotFound) {
		t.Errorf("after deleting: %v", err)
	}
}

// Whatever goes wrong, nothing is left behind.
func TestWhatGoesWrongLeavesNothing(t *testing.T) {
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	broken := errors.New("the line went dead")
	for _, c := range []struct {
		name string
		ctx  context.Context
		r    io.Reader
		disk error // of the first write
		want error
	}{
		{"too large", t.Context(), strings.NewReader(strings.Repeat("x", 101)), nil, ErrTooLarge},
		{"empty", t.Context(), strings.NewReader(""), nil, ErrEmpty},
		{"the sender hangs up", t.Context(), io.MultiReader(strings.NewReader("hal"), iotest.ErrReader(broken)), nil, broken},
		{"the request is gone", gone, strings.NewReader("hei"), nil, context.Canceled},
		{"the disk is full", t.Context(), strings.NewReader("hei"), syscall.ENOSPC, ErrFull},
		{"a quota is used up", t.Context(), strings.NewReader("hei"), syscall.EDQUOT, ErrFull},
		{"a short write", t.Context(), strings.NewReader("hei"), io.ErrShortWrite, ErrFull},
		{"the disk is broken", t.Context(), strings.NewReader("hei"), syscall.EIO, syscall.EIO},
	} {
		f, dir := folder(t)
		if c.disk != nil {
			whole := f.create
			f.create = func(name string) (partFile, error) {
				p, err := whole(name)
				return &badDisk{p, c.disk}, err
			}
		}
		_, err := f.Put(c.ctx, c.r, 100)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
		if left := inside(t, dir); len(left) > 0 {
			t.Errorf("%s: left %v", c.name, left)
		}
	}
}

// badDisk takes one byte and then fails.
type badDisk struct {
	partFile
	err error
}

func (d *badDisk) Write(p []byte) (int, error) {
	n, _ := d.partFile.Write(p[:1])
	return n, d.err
}

func TestExactlyTheLimitIsTaken(t *testing.T) {
	f, _ := folder(t)
	if sum, err := f.Put(t.Context(), strings.NewReader(strings.Repeat("x", 100)), 100); err != nil || sum.Size != 100 {
		t.Errorf("%v, %v", sum, err)
	}
}

// Nothing but a checksum is looked for, and nothing outside the folder is found.
func TestNoWayOutOfTheFolder(t *testing.T) {
	f, dir := folder(t)
	secret := filepath.Join(filepath.Dir(dir), "secret")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, hei[:2]), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(dir, hei[:2], hei)); err != nil {
		t.Fatal(err)
	}
	for _, sum := range []string{"", "../secret", "a/../../secret", secret, strings.ToUpper(hei), hei + "/", hei[:63] + "/", "..", strings.Repeat("../", 21) + "a", hei} {
		if r, err := f.Open(sum); err == nil {
			r.Close()
			t.Errorf("%q was opened", sum)
		}
		if err := f.Delete(sum); err != nil {
			t.Errorf("delete %q: %v", sum, err)
		}
	}
	if got, err := os.ReadFile(secret); err != nil || string(got) != "secret" {
		t.Errorf("the file outside: %q, %v", got, err)
	}
}

// A file that has the name of a content and is not it is left as it is.
func TestNothingIsWrittenOver(t *testing.T) {
	f, dir := folder(t)
	sum, err := f.Put(t.Context(), strings.NewReader("hei"), 100)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, sum.SHA256[:2], sum.SHA256)
	if err := os.WriteFile(path, []byte("noe helt annet"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Put(t.Context(), strings.NewReader("hei"), 100); err == nil {
		t.Error("no word about the other content")
	}
	if got, _ := os.ReadFile(path); string(got) != "noe helt annet" {
		t.Errorf("it was written over: %q", got)
	}
	if left := inside(t, dir); len(left) != 1 {
		t.Errorf("left %v", left)
	}
}

func TestHalfWrittenFilesAreSwept(t *testing.T) {
	f, dir := folder(t)
	if _, err := f.Put(t.Context(), strings.NewReader("hei"), 100); err != nil {
		t.Fatal(err)
	}
	for name, age := range map[string]time.Duration{"in-old.part": 48 * time.Hour, "in-new.part": time.Minute, "other": 48 * time.Hour} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("halv"), 0o600); err != nil {
			t.Fatal(err)
		}
		then := time.Now().Add(-age)
		if err := os.Chtimes(path, then, then); err != nil {
			t.Fatal(err)
		}
	}
	again, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := inside(t, dir); len(got) != 3 {
		t.Errorf("left: %v", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "in-old.part")); err == nil {
		t.Error("the old one is there")
	}
}

// TestOlder lists contents by when they were last put, and nothing else.
func TestOlder(t *testing.T) {
	f, dir := folder(t)
	var sums []string
	for _, text := range []string{"gammel", "ny", "gammel og ny"} {
		sum, err := f.Put(t.Context(), strings.NewReader(text), 100)
		if err != nil {
			t.Fatal(err)
		}
		sums = append(sums, sum.SHA256)
	}
	then := time.Now().Add(-48 * time.Hour)
	for _, name := range []string{sums[0][:2] + "/" + sums[0], sums[2][:2] + "/" + sums[2]} {
		if err := os.Chtimes(filepath.Join(dir, name), then, then); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.Put(t.Context(), strings.NewReader("gammel og ny"), 100); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, sums[1]), []byte("not in its place"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(filepath.Join(dir, sums[1]), then, then); err != nil {
		t.Fatal(err)
	}
	if got, err := f.Older(t.Context(), 24*time.Hour); err != nil || len(got) != 1 || got[0] != sums[0] {
		t.Errorf("older: %v, %v", got, err)
	}
}

func TestManyPutTheSame(t *testing.T) {
	f, dir := folder(t)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			if _, err := f.Put(context.Background(), bytes.NewReader(bytes.Repeat([]byte{byte('a' + i%2)}, 4000)), 5000); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := inside(t, dir); len(got) != 2 {
		t.Errorf("in the folder: %v", got)
	}
}
