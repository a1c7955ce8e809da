package file

import (
	"context"
	"errors"
	"io"
	"time"
)

// Sum is a content: the SHA-256 of it in hexadecimal, and its length in bytes.
type Sum struct {
	SHA256 string
	Size   int64
}

// Store keeps contents by their checksums. It is safe for use by several
// goroutines, and by several nodes that share the place behind it.
type Store interface {
	// Put keeps what r gives until its end. Content of more than limit bytes is
	// ErrTooLarge, an empty one ErrEmpty; a place that is full is ErrFull. After
	// an error nothing is kept. An error of r is returned as it is.
	Put(ctx context.Context, r io.Reader, limit int64) (Sum, error)
	// Open gives the content with the checksum, or ErrNotFound. The caller
	// closes it.
	Open(sha256 string) (io.ReadSeekCloser, error)
	// Delete takes the content away; one that is not there is no error.
	Delete(sha256 string) error
	// Older lists the checksums of what was last put longer ago than age.
	Older(ctx context.Context, age time.Duration) ([]string, error)
}

// The errors that callers tell apart.
var (
	ErrTooLarge = errors.New("file: too large")
	ErrEmpty    = errors.New("file: empty")
	ErrFull     = errors.New("file: no space left")
	ErrNotFound = errors.New("file: not found")
)
