package backup

import (
	"archive/tar"
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"

	"kompetansetorg/internal/kit/db"
)

// ErrDamaged means that an archive is cut short or was changed.
var ErrDamaged = errors.New("the backup is damaged")

const (
	maxJSON   = 16 << 20 // of the two members that describe the archive
	maxWindow = 32 << 20 // what unpacking may hold in memory
)

// reader reads an archive. It trusts nothing: tables and columns are held
// against the program's own, every value against its column, every path against
// leaving its folder, and at the end everything against the sums.
type reader struct {
	head     head
	tables   []db.Table // the program's, of the archive's schema version
	packed   *zstd.Decoder
	tar      *tar.Reader
	progress *progress
}

// taker is given what an archive holds, in its order. The nil taker only reads.
type taker interface {
	// rows may keep nothing of the list.
	rows(ctx context.Context, t db.Table, rows [][]any) error
	file(path string, content io.Reader) error
}

// Verify reads a whole archive without storing anything, and answers its sum.
func Verify(ctx context.Context, r io.Reader, migrations fs.FS, tell func(string)) (Sum, error) {
	a, err := open(ctx, r, migrations, tell)
	if err != nil {
		return Sum{}, err
	}
	defer a.packed.Close()
	return a.contents(ctx, nil)
}

// open reads the head and refuses what this program cannot read.
func open(ctx context.Context, r io.Reader, migrations fs.FS, tell func(string)) (*reader, error) {
	packed, err := zstd.NewReader(r, zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	a := &reader{packed: packed, tar: tar.NewReader(packed), progress: newProgress(tell)}
	if err := a.begin(ctx, migrations); err != nil {
		packed.Close()
		return nil, err
	}
	return a, nil
}

func (a *reader) begin(ctx context.Context, migrations fs.FS) error {
	const foreign = "this is no backup of kompetansetorg"
	member, err := a.tar.Next()
	if err != nil || member.Name != headName {
		return errors.New(foreign)
	}
	if err := a.json(&a.head); err != nil || a.head.Product != product {
		return errors.New(foreign)
	}
	if a.head.Format != format {
		return fmt.Errorf("the backup is of format %d, this program reads %d; it was made by release %q", a.head.Format, format, a.head.Program)
	}
	newest, err := db.NewestVersion(migrations)
	if err != nil {
		return err
	}
	if a.head.Schema > newest {
		return fmt.Errorf("the backup is of schema %d, made by release %q; this program knows schema %d: install that release or a newer one",
			a.head.Schema, a.head.Program, newest)
	}
	if a.tables, err = tablesAt(ctx, migrations, a.head.Schema); err != nil {
		return err
	}
	if a.head.Schema < 1 || !reflect.DeepEqual(a.tables, a.head.Tables) {
		return fmt.Errorf("%w: its tables are not those of schema %d", ErrDamaged, a.head.Schema)
	}
	return nil
}

// json reads the member that stands next.
func (a *reader) json(into any) error {
	data, err := io.ReadAll(io.LimitReader(a.tar, maxJSON+1))
	if err != nil {
		return damaged(err)
	}
	if len(data) > maxJSON {
		return fmt.Errorf("%w: a description of more than %d bytes", ErrDamaged, maxJSON)
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return nil
}

// contents reads everything after the head and holds it against the sums.
func (a *reader) contents(ctx context.Context, to taker) (Sum, error) {
	c := &counting{files: newFileHash(), at: -1}
	c.next(a.tables)
	for {
		if err := ctx.Err(); err != nil {
			return Sum{}, err
		}
		member, err := a.tar.Next()
		if err != nil {
			return Sum{}, damaged(err)
		}
		if member.Typeflag != tar.TypeReg || isSparse(member) {
			return Sum{}, fmt.Errorf("%w: %q is no plain file", ErrDamaged, member.Name)
		}
		switch {
		case member.Name == sumsName:
			return a.finish(c)
		case strings.HasPrefix(member.Name, tablesDir):
			err = a.part(ctx, member.Name, c, to)
		case strings.HasPrefix(member.Name, filesDir):
			err = a.file(member, c, to)
		default:
			err = fmt.Errorf("%w: %q has no place in it", ErrDamaged, member.Name)
		}
		if err != nil {
			return Sum{}, err
		}
	}
}

func isSparse(member *tar.Header) bool {
	for name := range member.PAXRecords {
		if strings.HasPrefix(name, "GNU.sparse") {
			return true
		}
	}
	return false
}

// counting is where the reader is and what it has summed up.
type counting struct {
	at    int // the table
	nr    int // its part that was read last
	table *tableHash
	sums  []TableSum
	files *fileHash
}

// next ends the table and begins the one after.
func (c *counting) next(tables []db.Table) {
	if c.table != nil {
		c.sums = append(c.sums, c.table.done())
	}
	c.at, c.nr, c.table = c.at+1, 0, nil
	if c.at < len(tables) {
		c.table = newTableHash(tables[c.at])
	}
}

// part reads one member of a table. Tables stand in their order, and so do
// their parts.
func (a *reader) part(ctx context.Context, name string, c *counting, to taker) error {
	table, file, _ := strings.Cut(strings.TrimPrefix(name, tablesDir), "/")
	for c.at < len(a.tables) && a.tables[c.at].Name != table {
		c.next(a.tables)
	}
	if c.nr++; c.at >= len(a.tables) || file != fmt.Sprintf("%06d.ndjson", c.nr) || c.files.sum.Count > 0 {
		return fmt.Errorf("%w: %q is out of order", ErrDamaged, name)
	}
	t := a.tables[c.at]
	lines := bufio.NewScanner(a.tar)
	lines.Buffer(make([]byte, 0, 64<<10), maxLine+1)
	lines.Split(splitLines)
	batch := make([][]any, 0, t.RowsAtOnce())
	flush := func() error {
		if to == nil || len(batch) == 0 {
			return nil
		}
		defer func() { batch = batch[:0] }()
		return to.rows(ctx, t, batch)
	}
	for lines.Scan() {
		c.table.add(lines.Bytes())
		row, err := parseRow(lines.Bytes(), t)
		if err != nil {
			return fmt.Errorf("%w: table %s, row %d: %w", ErrDamaged, t.Name, c.table.sum.Rows, err)
		}
		if batch = append(batch, row); len(batch) == cap(batch) {
			if err := flush(); err != nil {
				return err
			}
			a.progress.say(t.Name, c.table.sum.Rows)
		}
	}
	if err := lines.Err(); err != nil {
		return damaged(err)
	}
	return flush()
}

// splitLines parts at line feeds and leaves them in.
func splitLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i+1], nil
	}
	if atEOF && len(data) > 0 {
		return 0, nil, io.ErrUnexpectedEOF
	}
	return 0, nil, nil
}

func (a *reader) file(member *tar.Header, c *counting, to taker) error {
	path := strings.TrimPrefix(member.Name, filesDir)
	if !fs.ValidPath(path) || path == "." || strings.ContainsAny(path, "\\\x00:") {
		return fmt.Errorf("%w: an attachment at %q", ErrDamaged, path)
	}
	content := sha256.New()
	source := io.TeeReader(a.tar, content)
	if to != nil {
		if err := to.file(path, source); err != nil {
			return damaged(err)
		}
	} else if _, err := io.Copy(io.Discard, source); err != nil {
		return damaged(err)
	}
	c.files.add(path, member.Size, content.Sum(nil))
	a.progress.say(filesDir, c.files.sum.Count)
	return nil
}

// finish reads the sums and holds them against what was read.
func (a *reader) finish(c *counting) (Sum, error) {
	var said Sum
	if err := a.json(&said); err != nil {
		return Sum{}, err
	}
	for c.at < len(a.tables) {
		c.next(a.tables)
	}
	read := newSum(c.sums, c.files.done())
	for i, t := range read.Tables {
		if i >= len(said.Tables) || said.Tables[i] != t {
			return Sum{}, fmt.Errorf("%w: table %s is not as it was written", ErrDamaged, t.Name)
		}
	}
	if said.Hash != read.Hash || said.Rows != read.Rows || said.Files != read.Files || !slices.Equal(said.Tables, read.Tables) {
		return Sum{}, fmt.Errorf("%w: it is not as it was written", ErrDamaged)
	}
	if _, err := a.tar.Next(); err != io.EOF {
		return Sum{}, fmt.Errorf("%w: something stands after its end", ErrDamaged)
	}
	// To the end of the packed stream, whose own check stands last.
	if _, err := io.Copy(io.Discard, a.packed); err != nil {
		return Sum{}, damaged(err)
	}
	return read, nil
}

// damaged tells faults of the archive from others.
func damaged(err error) error {
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: it is cut short", ErrDamaged)
	case errors.Is(err, bufio.ErrTooLong):
		return fmt.Errorf("%w: a row of more than %d bytes", ErrDamaged, maxLine)
	case errors.Is(err, tar.ErrHeader), isPacking(err):
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}

func isPacking(err error) bool {
	for _, known := range []error{zstd.ErrMagicMismatch, zstd.ErrCRCMismatch, zstd.ErrWindowSizeExceeded, zstd.ErrReservedBlockType,
		zstd.ErrCompressedSizeTooBig, zstd.ErrBlockTooSmall, zstd.ErrUnexpectedBlockSize, zstd.ErrFrameSizeMismatch,
		zstd.ErrFrameSizeExceeded, zstd.ErrDecoderSizeExceeded, zstd.ErrUnknownDictionary, zstd.ErrWindowSizeTooSmall} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}
