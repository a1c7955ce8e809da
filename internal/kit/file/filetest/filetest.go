// Package filetest stands in for what looks through files: tests ask it over the
// network, as the house asks the real one.
package filetest

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"testing"
)

// Virus is content that Finds answers a virus for, and its name.
const (
	Virus     = "made-up virus"
	VirusName = "Made-Up-Virus"
)

// Finds answers as clamd does: a virus where the content holds Virus.
func Finds(content []byte) string {
	if bytes.Contains(content, []byte(Virus)) {
		return "stream: " + VirusName + " FOUND\x00"
	}
	return "stream: OK\x00"
}

// Clamd is a daemon on the network and address, until the test ends. It gathers what
// it is sent and answers with what say returns; an empty answer hangs up. Its address
// is HOST:PORT, or the path of its socket.
func Clamd(t testing.TB, network, address string, say func(content []byte) string) string {
	t.Helper()
	l, err := net.Listen(network, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = conn.Close() }()
				if content, err := instream(conn); err == nil {
					_, _ = io.WriteString(conn, say(content))
				}
			}()
		}
	}()
	return l.Addr().String()
}

// instream reads as clamd does.
func instream(r io.Reader) ([]byte, error) {
	command := make([]byte, len("zINSTREAM\x00"))
	if _, err := io.ReadFull(r, command); err != nil || string(command) != "zINSTREAM\x00" {
		return nil, errors.New("no INSTREAM")
	}
	var content []byte
	for {
		var n uint32
		if err := binary.Read(r, binary.BigEndian, &n); err != nil {
			return nil, err
		}
		if n == 0 {
			return content, nil
		}
		chunk := make([]byte, n)
		if _, err := io.ReadFull(r, chunk); err != nil {
			return nil, err
		}
		content = append(content, chunk...)
	}
}
