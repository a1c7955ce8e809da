package file

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// Verdict is what a scanner found. Virus is the scanner's name of it, empty for
// clean content.
type Verdict struct{ Virus string }

// Clean reports whether nothing was found.
func (v Verdict) Clean() bool { return v.Virus == "" }

// Scanner looks content through. An error means that it could not: such content
// is not clean.
type Scanner interface {
	Scan(ctx context.Context, r io.Reader) (Verdict, error)
}

// Clamd is the daemon of ClamAV, asked by its command INSTREAM.
type Clamd struct {
	network, address string
	// Timeout is for all of a scan, connecting included.
	Timeout time.Duration
}

const (
	clamdTimeout = 30 * time.Second
	clamdChunk   = 64 << 10
	clamdAnswer  = 4 << 10 // more than any answer has
)

// NewClamd asks the daemon at HOST:PORT, or at a socket: unix:/path.
func NewClamd(address string) (*Clamd, error) {
	if path, ok := strings.CutPrefix(address, "unix:"); ok {
		if !strings.HasPrefix(path, "/") {
			return nil, fmt.Errorf("clamd: %q is not unix:/path", address)
		}
		return &Clamd{network: "unix", address: path, Timeout: clamdTimeout}, nil
	}
	if host, port, err := net.SplitHostPort(address); err != nil || host == "" || port == "" {
		return nil, fmt.Errorf("clamd: %q is not HOST:PORT", address)
	}
	return &Clamd{network: "tcp", address: address, Timeout: clamdTimeout}, nil
}

// Scan implements Scanner.
func (c *Clamd) Scan(ctx context.Context, r io.Reader) (Verdict, error) {
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, c.network, c.address)
	if err != nil {
		return Verdict{}, fmt.Errorf("clamd: %w", err)
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	sent := send(conn, r)
	answer, err := bufio.NewReader(io.LimitReader(conn, clamdAnswer)).ReadString(0)
	if err != nil && sent != nil {
		err = sent // it hung up while we were sending
	}
	if err != nil {
		return Verdict{}, fmt.Errorf("clamd: %w", errors.Join(err, ctx.Err()))
	}
	verdict, err := read(strings.TrimSuffix(answer, "\x00"))
	if err == nil && sent != nil {
		err = fmt.Errorf("clamd: answered before it had all: %w", sent)
	}
	if err != nil {
		return Verdict{}, err
	}
	return verdict, nil
}

// send writes the content in chunks with their lengths before them; an empty one
// ends it.
func send(w io.Writer, r io.Reader) error {
	if _, err := io.WriteString(w, "zINSTREAM\x00"); err != nil {
		return err
	}
	chunk := make([]byte, 4+clamdChunk)
	for {
		n, err := io.ReadFull(r, chunk[4:])
		if n > 0 {
			binary.BigEndian.PutUint32(chunk, uint32(n))
			if _, err := w.Write(chunk[:4+n]); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			_, err := w.Write([]byte{0, 0, 0, 0})
			return err
		case err != nil:
			return err
		}
	}
}

// read understands an answer: "stream: OK" or "stream: NAME FOUND". Whatever
// else it says is an error.
func read(answer string) (Verdict, error) {
	if answer == "stream: OK" {
		return Verdict{}, nil
	}
	if rest, ok := strings.CutPrefix(answer, "stream: "); ok {
		if name, ok := strings.CutSuffix(rest, " FOUND"); ok && strings.TrimSpace(name) != "" {
			return Verdict{Virus: name}, nil
		}
	}
	return Verdict{}, fmt.Errorf("clamd: answered %q", answer)
}
