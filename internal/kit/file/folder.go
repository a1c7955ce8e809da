package file

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"
	"time"
)

// Folder is a Store in a folder. Nothing outside it is reached, also when
// somebody has put a symbolic link in it.
type Folder struct {
	root *os.Root
	// create makes the file that content is written to; tests have a disk that
	// is full.
	create func(name string) (partFile, error)
}

// partFile is a file on its way in.
type partFile interface {
	io.WriteCloser
	Sync() error
}

// partSuffix ends the names of files that are not whole; a backup leaves them
// out.
const partSuffix = ".part"

// partLife is how long a file may be on its way in: longer than any request.
const partLife = 24 * time.Hour

// OpenFolder opens the folder, and makes it when there is none, for this user
// alone. What a program that was killed left half-written is taken away.
func OpenFolder(folder string) (*Folder, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("folder of files: %w", err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("folder of files: %w", err)
	}
	f := &Folder{root: root}
	f.create = func(name string) (partFile, error) {
		return root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	}
	return f, f.sweep(time.Now().Add(-partLife))
}

// Close gives back what the Folder holds. Contents that are open stay so.
func (f *Folder) Close() error { return f.root.Close() }

// Put implements Store.
func (f *Folder) Put(ctx context.Context, r io.Reader, limit int64) (Sum, error) {
	part := "in-" + rand.Text() + partSuffix
	sum, err := f.receive(ctx, part, r, limit)
	if err == nil {
		err = f.keep(part, sum)
	}
	if err != nil {
		_ = f.root.Remove(part)
		return Sum{}, err
	}
	return sum, nil
}

// receive writes the content to the name and syncs it.
func (f *Folder) receive(ctx context.Context, name string, r io.Reader, limit int64) (Sum, error) {
	out, err := f.create(name)
	if err != nil {
		return Sum{}, storing(err)
	}
	content := sha256.New()
	to := &target{w: io.MultiWriter(out, content)}
	n, err := io.Copy(to, io.LimitReader(&source{ctx, r}, limit+1))
	switch {
	case to.err != nil:
		err = storing(to.err)
	case err != nil:
	case n > limit:
		err = ErrTooLarge
	case n == 0:
		err = ErrEmpty
	default:
		err = storing(out.Sync())
	}
	if closed := out.Close(); err == nil {
		err = storing(closed)
	}
	return Sum{SHA256: hex.EncodeToString(content.Sum(nil)), Size: n}, err
}

// keep gives the content its name. What has the name already is never written
// over: it is the same content.
func (f *Folder) keep(part string, sum Sum) error {
	name, _ := nameOf(sum.SHA256)
	info, err := f.root.Lstat(name)
	switch {
	case err == nil && info.Mode().IsRegular() && info.Size() == sum.Size:
		// It counts as put now: what looks for contents that nothing has must not
		// take it before whoever puts it has said so.
		now := time.Now()
		return storing(errors.Join(f.root.Chtimes(name, now, now), f.root.Remove(part)))
	case err == nil:
		return fmt.Errorf("file %s: another content has its name", sum.SHA256)
	case !errors.Is(err, fs.ErrNotExist):
		return storing(err)
	}
	if err := f.root.Mkdir(path.Dir(name), 0o700); err == nil {
		err = f.sync(".")
		if err != nil {
			return err
		}
	} else if !errors.Is(err, fs.ErrExist) {
		return storing(err)
	}
	if err := f.root.Rename(part, name); err != nil {
		return storing(err)
	}
	return f.sync(path.Dir(name))
}

// sync makes a rename in the folder outlast a loss of power.
func (f *Folder) sync(folder string) error {
	d, err := f.root.Open(folder)
	if err != nil {
		return storing(err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, syscall.EINVAL) {
		return storing(err)
	}
	return nil
}

// Open implements Store.
func (f *Folder) Open(sum string) (io.ReadSeekCloser, error) {
	name, ok := nameOf(sum)
	if !ok {
		return nil, ErrNotFound
	}
	content, err := f.root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("file %s: %w", sum, err)
	}
	if info, err := content.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(ErrNotFound, err, content.Close())
	}
	return content, nil
}

// Delete implements Store.
func (f *Folder) Delete(sum string) error {
	name, ok := nameOf(sum)
	if !ok {
		return nil
	}
	if err := f.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("file %s: delete: %w", sum, err)
	}
	return nil
}

// Older implements Store.
func (f *Folder) Older(ctx context.Context, age time.Duration) ([]string, error) {
	before := time.Now().Add(-age)
	var out []string
	err := fs.WalkDir(f.root.FS(), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		name, ok := nameOf(e.Name())
		if !ok || name != path || !e.Type().IsRegular() {
			return nil
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) { // another node deleted it
			return nil
		}
		if err == nil && info.ModTime().Before(before) {
			out = append(out, e.Name())
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("folder of files: %w", err)
	}
	return out, nil
}

// sweep takes away what has been on its way in since before the moment.
func (f *Folder) sweep(before time.Time) error {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return fmt.Errorf("folder of files: %w", err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !strings.HasSuffix(e.Name(), partSuffix) || !info.Mode().IsRegular() || !info.ModTime().Before(before) {
			continue
		}
		_ = f.root.Remove(e.Name()) // another node may have been first
	}
	return nil
}

// nameOf is where content lies below the folder. Only a checksum has a name, so
// that no text from outside becomes a path.
func nameOf(sum string) (string, bool) {
	if len(sum) != hex.EncodedLen(sha256.Size) || strings.Trim(sum, "0123456789abcdef") != "" {
		return "", false
	}
	return sum[:2] + "/" + sum, true
}

// storing tells trouble with the place from trouble with what is stored there.
func storing(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, io.ErrShortWrite):
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return fmt.Errorf("file: store: %w", err)
}

// source ends reading when the request is gone.
type source struct {
	ctx context.Context
	r   io.Reader
}

func (s *source) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

// target remembers an error of writing, to tell it from one of reading.
type target struct {
	w   io.Writer
	err error
}

func (t *target) Write(p []byte) (int, error) {
	n, err := t.w.Write(p)
	t.err = err
	return n, err
}
