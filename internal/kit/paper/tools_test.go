package paper

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// need skips where the program is not on the machine; make test installs it.
func need(t *testing.T, tools ...string) {
	t.Helper()
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not on this machine (scripts/need %s)", tool, tool)
		}
	}
}

func TestPDF(t *testing.T) {
	need(t, "weasyprint", "pdfinfo", "pdftotext")
	data, err := NewTools(Limits{}).PDF(context.Background(), sample())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	ask := func(tool string, args ...string) string {
		out, err := exec.Command(tool, args...).Output()
		if err != nil {
			t.Fatalf("%s: %v", tool, err)
		}
		return strings.Join(strings.Fields(string(out)), " ")
	}
	info, meta, structure, words := ask("pdfinfo", file), ask("pdfinfo", "-meta", file), ask("pdfinfo", "-struct", file), ask("pdftotext", file, "-")
	for _, c := range []struct{ in, want string }{{info, "Tagged: yes"}, {info, `Title: Statussak <3> & "mer"`}, {info, "JavaScript: no"}, {info, "A4"},
		{meta, "pdfuaid:part"}, {structure, "H1"}, {structure, "H2"}, {structure, "Table"}, {structure, "TH"}, {words, "Søyler: Innherred 12, Fosen 3"},
		{words, "med <b>vinkler</b> & tegn."}, {words, "12 personer (per 01.11.2026, kilde: behovene)"}} {
		if !strings.Contains(c.in, c.want) {
			t.Errorf("no %q in %.600s", c.want, c.in)
		}
	}
	if !bytes.Contains(data, []byte("/Lang (nb)")) {
		t.Error("the PDF does not say its language")
	}
}

func TestDOCX(t *testing.T) {
	need(t, "pandoc")
	data, err := NewTools(Limits{}).DOCX(context.Background(), sample())
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(b)
		if strings.HasSuffix(f.Name, ".xml") || strings.HasSuffix(f.Name, ".rels") {
			for d := xml.NewDecoder(bytes.NewReader(b)); ; {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("%s: %v", f.Name, err)
				}
			}
		}
	}
	document := parts["word/document.xml"]
	for what, want := range map[string]string{"title": `<w:pStyle w:val="Title" />`, "heading": `<w:pStyle w:val="Heading1" />`, "lower heading": `<w:pStyle w:val="Heading2" />`,
		"table head": `<w:tblHeader`, "caption": `<w:tblCaption w:val="Behov etter region" />`, "numbers to the right": `<w:jc w:val="right" />`, "A4": `w:w="11906"`,
		"alt": `descr="Søyler: Innherred 12, Fosen 3"`, "text": "med &lt;b&gt;vinkler&lt;/b&gt; &amp; tegn."} {
		if !strings.Contains(document, want) {
			t.Errorf("%s: no %s", what, want)
		}
	}
	if strings.Contains(document, "base64") {
		t.Error("a picture is described by its bytes")
	}
	if n := strings.Count(document, "Statussak"); n != 1 {
		t.Errorf("the title stands %d times", n)
	}
	if !strings.Contains(parts["word/styles.xml"], `w:val="nb-NO"`) || !strings.Contains(parts["docProps/core.xml"], "<dc:title>Statussak &lt;3&gt; &amp; &quot;mer&quot;</dc:title>") {
		t.Errorf("language or title missing: %.400s", parts["docProps/core.xml"])
	}
}

// TestNothingIsFetched gives the program for PDF, past our own guard, pages that
// ask for things from the network and from this machine.
func TestNothingIsFetched(t *testing.T) {
	need(t, "weasyprint", "pdftotext")
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer server.Close()
	secret := filepath.Join(t.TempDir(), "secret.css")
	if err := os.WriteFile(secret, []byte(`p::after { content: "LEAKED" }`), 0o600); err != nil {
		t.Fatal(err)
	}
	page := `<!DOCTYPE html><html lang="nb"><head><title>t</title><link rel="stylesheet" href="file://` + secret + `"><link rel="stylesheet" href="` + server.URL + `/a.css">
		<link rel="attachment" href="file://` + secret + `"><style>@import url(` + server.URL + `/b.css); @import url(file://` + secret + `);
		@font-face { font-family: X; src: url(` + server.URL + `/f.woff) } p { font-family: X; background: url(` + server.URL + `/c.png) }</style></head>
		<body><img src="` + server.URL + `/d.png" alt="x"><img src="file://` + secret + `" alt="y"><p>Tekst</p></body></html>`
	dir := t.TempDir()
	python, err := interpreter("weasyprint")
	if err != nil {
		t.Fatal(err)
	}
	said, err := start(context.Background(), dir, []byte(page), python, []string{"-I", "-c", pdfScript, "paper.pdf", "1073741824", "30"})
	if err != nil && !strings.Contains(string(said), "refused: ") {
		t.Fatalf("%v: %s", err, said)
	}
	if err == nil {
		out, err := exec.Command("pdftotext", filepath.Join(dir, "paper.pdf"), "-").Output()
		if err != nil || !strings.Contains(string(out), "Tekst") || strings.Contains(string(out), "LEAKED") {
			t.Errorf("%v: %s", err, out)
		}
		data, _ := os.ReadFile(filepath.Join(dir, "paper.pdf"))
		if bytes.Contains(data, []byte("EmbeddedFile")) {
			t.Error("a file of this machine is attached")
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("%d requests went out", n)
	}
	tools := NewTools(Limits{})
	for what, make := range map[string]func() ([]byte, error){"pdf": func() ([]byte, error) { return tools.pdf(context.Background(), []byte(page)) },
		"docx": func() ([]byte, error) { return tools.docx(context.Background(), []byte(page), sample()) }} {
		if _, err := make(); err == nil || !strings.Contains(err.Error(), "the page holds <link>") {
			t.Errorf("%s: our own guard let it pass: %v", what, err)
		}
	}
}

func TestMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	tools := NewTools(Limits{})
	_, err := tools.PDF(context.Background(), sample())
	if m, ok := errors.AsType[Missing](err); !ok || m.Tool != "weasyprint" || m.Install != "apt install weasyprint" {
		t.Errorf("pdf: %v", err)
	}
	_, err = tools.DOCX(context.Background(), sample())
	if m, ok := errors.AsType[Missing](err); !ok || m.Tool != "pandoc" {
		t.Errorf("docx: %v", err)
	}
}

// fake puts a program of that name first on the path.
func fake(t *testing.T, name, script string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// TestLimits uses a program that sleeps, one that fails and one that writes too
// much, in the place of pandoc.
func TestLimits(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()) // its own, to see what is left behind
	fake(t, "pandoc", "sleep 60 & wait")
	tools, begin := NewTools(Limits{Time: time.Second, Wait: 50 * time.Millisecond, AtOnce: 1}), time.Now()
	done := make(chan error)
	go func() { _, err := tools.DOCX(context.Background(), sample()); done <- err }()
	for len(tools.turns) == 0 {
		time.Sleep(time.Millisecond)
	}
	other := sample()
	other.Title = "Noe annet"
	if _, err := tools.DOCX(context.Background(), other); !errors.Is(err, ErrBusy) {
		t.Errorf("the second: %v", err)
	}
	if err := <-done; !errors.Is(err, ErrTime) || time.Since(begin) > 20*time.Second {
		t.Errorf("the first: %v after %v", err, time.Since(begin))
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := tools.DOCX(gone, sample()); !errors.Is(err, context.Canceled) {
		t.Errorf("a reader who has gone: %v", err)
	}
	if _, err := NewTools(Limits{Page: 100}).DOCX(context.Background(), sample()); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a large page: %v", err)
	}
	fake(t, "pandoc", "head -c 5000 /dev/zero > paper.docx")
	if _, err := NewTools(Limits{File: 100}).DOCX(context.Background(), sample()); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a large file: %v", err)
	}
	if _, err := NewTools(Limits{}).DOCX(context.Background(), sample()); err == nil || !strings.Contains(err.Error(), "read docx") {
		t.Errorf("rubbish: %v", err)
	}
	fake(t, "pandoc", "echo wrong >&2; exit 3")
	if _, err := NewTools(Limits{}).DOCX(context.Background(), sample()); err == nil || !strings.Contains(err.Error(), "exit status 3: wrong") {
		t.Errorf("a failure: %v", err)
	}
	fake(t, "weasyprint", "exit 0")
	if _, err := NewTools(Limits{}).PDF(context.Background(), sample()); !errors.As(err, new(Missing)) {
		t.Errorf("a weasyprint that is not Python's: %v", err)
	}
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), "kompetansetorg-paper-*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestShared has many ask for the same file at once, and once more after: it is
// made one time. Another file is made by itself.
func TestShared(t *testing.T) {
	var s shared
	var made atomic.Int64
	started, begin := make(chan struct{}), make(chan struct{})
	slow := func(context.Context) ([]byte, error) {
		if made.Add(1) == 1 {
			close(started)
		}
		<-begin
		return []byte("file"), nil
	}
	gone, leave := context.WithCancel(t.Context())
	var all sync.WaitGroup
	all.Go(func() {
		if _, err := s.get(gone, "pdf", []byte("page"), slow); !errors.Is(err, context.Canceled) {
			t.Errorf("who has gone: %v", err)
		}
	})
	<-started
	for range 5 {
		all.Go(func() {
			if file, err := s.get(t.Context(), "pdf", []byte("page"), slow); string(file) != "file" || err != nil {
				t.Errorf("%q, %v", file, err)
			}
		})
	}
	leave()
	close(begin)
	all.Wait()
	if _, err := s.get(t.Context(), "pdf", []byte("page"), slow); err != nil || made.Load() != 1 {
		t.Errorf("made %d times, %v", made.Load(), err)
	}
	for _, other := range []struct{ kind, page string }{{"docx", "page"}, {"pdf", "other"}} {
		if _, err := s.get(t.Context(), other.kind, []byte(other.page), slow); err != nil {
			t.Error(err)
		}
	}
	if made.Load() != 3 {
		t.Errorf("made %d times", made.Load())
	}
	s.keep("large", make([]byte, keptBytes))
	if _, ok := s.find("large"); !ok || len(s.kept) != 1 {
		t.Errorf("%d are kept beside one that takes all room", len(s.kept))
	}
}

// TestMemory holds the program to its memory.
func TestMemory(t *testing.T) {
	need(t, "weasyprint")
	if _, err := NewTools(Limits{Memory: 64 << 20}).PDF(context.Background(), sample()); err == nil {
		t.Error("a PDF was made in less memory than Python itself needs")
	}
}
