package file

import (
	"bytes"
	"context"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/kit/file/filetest"
)

func clamd(t *testing.T, address string) *Clamd {
	t.Helper()
	c, err := NewClamd(address)
	if err != nil {
		t.Fatal(err)
	}
	c.Timeout = 5 * time.Second
	return c
}

func TestScan(t *testing.T) {
	tcp := clamd(t, filetest.Clamd(t, "tcp", "127.0.0.1:0", filetest.Finds))
	socket := clamd(t, "unix:"+filetest.Clamd(t, "unix", filepath.Join(t.TempDir(), "s"), filetest.Finds))
	for name, c := range map[string]*Clamd{"tcp": tcp, "unix": socket} {
		for _, size := range []int{0, 1, clamdChunk - 1, clamdChunk, clamdChunk + 1, 3*clamdChunk + 7} {
			clean := bytes.Repeat([]byte("x"), size)
			if v, err := c.Scan(t.Context(), bytes.NewReader(clean)); err != nil || !v.Clean() {
				t.Errorf("%s: %d clean bytes: %v, %v", name, size, v, err)
			}
			if v, err := c.Scan(t.Context(), bytes.NewReader(append(clean, filetest.Virus...))); err != nil || v.Virus != filetest.VirusName {
				t.Errorf("%s: %d bytes before the virus: %v, %v", name, size, v, err)
			}
		}
	}
}

// Nothing but a clear answer makes content clean.
func TestWhatIsNotSaidClearlyIsAnError(t *testing.T) {
	for _, answer := range []string{"", "OK\x00", "stream: OK", "stream: OK but\x00", "stream:  FOUND\x00", " stream: OK\x00", "stream: OK\nstream: X FOUND\x00",
		"INSTREAM size limit exceeded. ERROR\x00", "stream: Can't allocate memory ERROR\x00", "HTTP/1.1 400 Bad Request\r\n\r\n", "\x00", "\xff\xfe\x00",
		strings.Repeat("stream: OK", 10_000)} {
		c := clamd(t, filetest.Clamd(t, "tcp", "127.0.0.1:0", func([]byte) string { return answer }))
		if v, err := c.Scan(t.Context(), strings.NewReader("hei")); err == nil && v.Clean() {
			t.Errorf("%.40q: %v and no error", answer, v)
		}
	}
}

// One that refuses, hangs up early or says nothing is an error, and soon.
func TestADaemonThatDoesNotAnswer(t *testing.T) {
	deaf, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = deaf.Close() })
	hangsUp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = hangsUp.Close() })
	go func() {
		for {
			conn, err := hangsUp.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Read(make([]byte, 20))
			_, _ = io.WriteString(conn, "stream: OK\x00") // too soon
			_ = conn.Close()
		}
	}()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := closed.Addr().String()
	_ = closed.Close()
	big := strings.Repeat("x", 20<<20)
	for name, address := range map[string]string{"deaf": deaf.Addr().String(), "hangs up": hangsUp.Addr().String(), "nobody": nobody, "no socket": "unix:" + filepath.Join(t.TempDir(), "none")} {
		c := clamd(t, address)
		c.Timeout = 300 * time.Millisecond
		start := time.Now()
		if v, err := c.Scan(t.Context(), strings.NewReader(big)); err == nil {
			t.Errorf("%s: %v and no error", name, v)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: took %s", name, took)
		}
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := clamd(t, deaf.Addr().String()).Scan(gone, strings.NewReader("hei")); err == nil {
		t.Error("a request that is gone was scanned")
	}
}

func TestAddressOfClamd(t *testing.T) {
	for address, ok := range map[string]bool{"127.0.0.1:3310": true, "[::1]:3310": true, "clamd:3310": true, "unix:/run/clamd.sock": true,
		"": false, "unix:": false, "unix:run": false, "clamd": false, ":3310": false, "clamd:": false} {
		if _, err := NewClamd(address); (err == nil) != ok {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func FuzzClamdAnswer(f *testing.F) {
	f.Add("stream: OK")
	f.Add("stream: A FOUND")
	f.Fuzz(func(t *testing.T, answer string) {
		v, err := read(answer)
		if err == nil && v.Clean() && answer != "stream: OK" {
			t.Errorf("%q is taken for clean", answer)
		}
	})
}
