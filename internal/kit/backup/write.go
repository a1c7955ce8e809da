package backup

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"kompetansetorg/internal/kit/db"
)

// Names inside an archive.
const (
	headName  = "backup.json"
	sumsName  = "sums.json"
	tablesDir = "tables/"
	filesDir  = "files/"
)

const (
	format   = 1       // what this program writes and reads
	partSize = 1 << 20 // of a table, when a member is full
	maxLine  = 64 << 20
)

// head is the first member of an archive.
type head struct {
	Product string     `json:"product"`
	Format  int        `json:"format"`
	Program string     `json:"program"` // the release that wrote it
	Schema  int64      `json:"schema"`  // the database's newest migration
	Engine  db.Engine  `json:"engine"`
	Made    time.Time  `json:"made"`
	Tables  []db.Table `json:"tables"`
}

const product = "kompetansetorg"

// House is a database with its attachments, and what the program knows of it.
type House struct {
	DB *db.DB
	// Files is the folder of attachments; empty or missing: there are none.
	Files string
	// Migrations are the program's; Program is its version.
	Migrations fs.FS
	Program    string
	// Tell is told how long work goes on, every few seconds; it may be nil.
	Tell func(string)
}

// Create writes the archive of the house to path, which must not exist. It is
// readable by its owner only, and stands there when it is whole and on disk,
// or not at all.
func Create(ctx context.Context, path string, h House) (sum Sum, err error) {
	if _, err := os.Lstat(path); err == nil {
		return Sum{}, fmt.Errorf("%s exists; a backup never writes over a file", path)
	}
	part := path + ".part"
	file, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return Sum{}, fmt.Errorf("%s exists: another backup is being written, or one was broken off; in that case remove it", part)
	}
	if err != nil {
		return Sum{}, err
	}
	defer func() {
		if err != nil {
			_ = file.Close()
			err = errors.Join(fmt.Errorf("%w; nothing is left of the backup", err), os.Remove(part))
		}
	}()
	if sum, err = Write(ctx, file, h); err != nil {
		return Sum{}, err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return Sum{}, err
	}
	if err := os.Rename(part, path); err != nil {
		return Sum{}, err
	}
	return sum, syncFolder(filepath.Dir(path))
}

// Write writes the archive of the house to w: the database as it was at one
// moment, and the attachments that are there afterwards. Others may read and
// write meanwhile.
func Write(ctx context.Context, w io.Writer, h House) (sum Sum, err error) {
	tables, schema, err := plan(ctx, h)
	if err != nil {
		return Sum{}, err
	}
	packed, err := zstd.NewWriter(w)
	if err != nil {
		return Sum{}, err
	}
	a := &archive{tar: tar.NewWriter(packed), made: time.Now().UTC().Truncate(time.Second), progress: newProgress(h.Tell)}
	err = a.json(headName, head{Product: product, Format: format, Program: h.Program, Schema: schema, Engine: h.DB.Engine(), Made: a.made, Tables: tables})
	if err == nil {
		sum, err = sumOf(ctx, h, tables, a)
	}
	if err == nil {
		err = a.json(sumsName, sum)
	}
	if err == nil {
		err = a.tar.Close()
	}
	return sum, errors.Join(err, packed.Close())
}

// Checksum reads the house without writing anything: the sum is that of an
// archive made at the same moment.
func Checksum(ctx context.Context, h House) (Sum, error) {
	tables, _, err := plan(ctx, h)
	if err != nil {
		return Sum{}, err
	}
	return sumOf(ctx, h, tables, &archive{progress: newProgress(h.Tell)})
}

// plan is the tables that the database has by its schema version.
func plan(ctx context.Context, h House) ([]db.Table, int64, error) {
	// A newer schema than the program's is said here.
	if _, err := db.Pending(ctx, h.DB, h.Migrations); err != nil {
		return nil, 0, err
	}
	schema, err := db.SchemaVersion(ctx, h.DB)
	if err != nil {
		return nil, 0, err
	}
	if schema == 0 {
		return nil, 0, fmt.Errorf("%s holds no tables of this program", h.DB.Name())
	}
	tables, err := tablesAt(ctx, h.Migrations, schema)
	return tables, schema, err
}

func tablesAt(ctx context.Context, migrations fs.FS, schema int64) ([]db.Table, error) {
	scratch, remove, err := db.Scratch(ctx, migrations, schema)
	if err != nil {
		return nil, err
	}
	defer remove()
	return db.Tables(ctx, scratch)
}

// sumOf reads everything once, into the archive.
func sumOf(ctx context.Context, h House, tables []db.Table, a *archive) (Sum, error) {
	var sums []TableSum
	begun := false
	err := h.DB.Read(ctx, func(tx *db.Tx) error {
		if begun { // the transaction is tried again, but half is written
			return errors.New("the connection to the database was lost")
		}
		begun = true
		for _, t := range tables {
			sum, err := a.table(ctx, tx, t)
			if err != nil {
				return err
			}
			sums = append(sums, sum)
		}
		return nil
	})
	if err != nil {
		return Sum{}, err
	}
	// After the rows, so that every attachment a row speaks of is there.
	files, err := a.files(ctx, h.Files)
	return newSum(sums, files), err
}

// archive is what is written into; without a tar it only sums up.
type archive struct {
	tar      *tar.Writer
	made     time.Time
	progress *progress
}

func (a *archive) json(name string, content any) error {
	data, err := json.MarshalIndent(content, "", "\t")
	if err != nil {
		return err
	}
	return a.member(name, append(data, '\n'))
}

func (a *archive) member(name string, content []byte) error {
	if a.tar == nil {
		return nil
	}
	if err := a.header(name, int64(len(content))); err != nil {
		return err
	}
	_, err := a.tar.Write(content)
	return err
}

func (a *archive) header(name string, size int64) error {
	return a.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: a.made, Format: tar.FormatPAX})
}

// table writes the rows of a table in parts.
func (a *archive) table(ctx context.Context, tx *db.Tx, t db.Table) (TableSum, error) {
	h := newTableHash(t)
	var part []byte
	nr := 0
	flush := func() error {
		nr++
		err := a.member(fmt.Sprintf("%s%s/%06d.ndjson", tablesDir, t.Name, nr), part)
		part = part[:0]
		return err
	}
	for row, err := range db.EachRow(ctx, tx, t) {
		if err != nil {
			return TableSum{}, err
		}
		start := len(part)
		if part, err = appendRow(part, row); err != nil {
			return TableSum{}, fmt.Errorf("table %s, row %d: %w", t.Name, h.sum.Rows+1, err)
		}
		if len(part)-start > maxLine {
			return TableSum{}, fmt.Errorf("table %s, row %d is longer than %d bytes", t.Name, h.sum.Rows+1, maxLine)
		}
		h.add(part[start:])
		if len(part) >= partSize {
			if err := flush(); err != nil {
				return TableSum{}, err
			}
			a.progress.say(t.Name, h.sum.Rows)
		}
	}
	if len(part) > 0 {
		if err := flush(); err != nil {
			return TableSum{}, err
		}
	}
	return h.done(), nil
}

// files writes the attachments of the folder. One that is deleted meanwhile is
// left out.
func (a *archive) files(ctx context.Context, folder string) (FileSum, error) {
	h := newFileHash()
	if folder == "" {
		return h.done(), nil
	}
	root, err := os.OpenRoot(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return h.done(), nil
	}
	if err != nil {
		return FileSum{}, err
	}
	defer root.Close()
	err = fs.WalkDir(root.FS(), ".", func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || (err == nil && (!entry.Type().IsRegular() || isLeftover(path))) {
			return nil
		}
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		a.progress.say(filesDir, h.sum.Count)
		return a.file(root, path, h)
	})
	return h.done(), err
}

// isLeftover tells files that are being written, or were when the program
// was killed.
func isLeftover(path string) bool { return strings.HasSuffix(path, ".part") }

func (a *archive) file(root *os.Root, path string, h *fileHash) error {
	f, err := root.Open(filepath.FromSlash(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	content := sha256.New()
	target := io.Writer(content)
	if a.tar != nil {
		if err := a.header(filesDir+path, info.Size()); err != nil {
			return err
		}
		target = io.MultiWriter(a.tar, content)
	}
	// A file that grows is taken as long as it was; one that shrinks is an error.
	if _, err := io.CopyN(target, f, info.Size()); err != nil {
		return fmt.Errorf("attachment %s: %w", path, err)
	}
	h.add(path, info.Size(), content.Sum(nil))
	return nil
}

// syncFolder makes a rename in the folder outlast a loss of power.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := folder.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}
