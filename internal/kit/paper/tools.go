package paper

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

//go:embed pdf.py
var pdfScript string

// Limits of one making. Zero values are those of DefaultLimits.
type Limits struct {
	Time   time.Duration // from the beginning of the work to its end
	Wait   time.Duration // for a turn before that
	AtOnce int           // how many are made at the same time
	Page   int           // bytes of the page that is given to a program
	File   int64         // bytes of what comes back
	Memory int64         // bytes for a program
}

// DefaultLimits suit a small machine: two at once, half a minute and a gigabyte
// of address space each.
func DefaultLimits() Limits {
	return Limits{Time: 30 * time.Second, Wait: 20 * time.Second, AtOnce: 2, Page: 4 << 20, File: 32 << 20, Memory: 1 << 30}
}

// Missing tells that a program is not on the machine, and what installs it on
// Debian.
type Missing struct{ Tool, Install string }

// Error names the program.
func (m Missing) Error() string { return "paper: " + m.Tool + " is not on this machine: " + m.Install }

// The ways a making can fail that are nobody's fault.
var (
	ErrBusy     = errors.New("paper: others are being made")
	ErrTooLarge = errors.New("paper: the document is too large")
	ErrTime     = errors.New("paper: it took too long")
)

// Tools makes files of documents with the programs of the machine.
type Tools struct {
	limits Limits
	turns  chan struct{}
	made   shared
}

// NewTools makes Tools that keep within the limits, together.
func NewTools(l Limits) *Tools {
	d := DefaultLimits()
	l.Time, l.Wait, l.AtOnce = orElse(l.Time, d.Time), orElse(l.Wait, d.Wait), orElse(l.AtOnce, d.AtOnce)
	l.Page, l.File, l.Memory = orElse(l.Page, d.Page), orElse(l.File, d.File), orElse(l.Memory, d.Memory)
	return &Tools{limits: l, turns: make(chan struct{}, l.AtOnce)}
}

func orElse[T comparable](v, fallback T) T {
	var zero T
	if v == zero {
		return fallback
	}
	return v
}

// PDF makes a tagged PDF (PDF/UA-1) with WeasyPrint. Missing, ErrBusy,
// ErrTooLarge and ErrTime say why it could not be made now.
func (t *Tools) PDF(ctx context.Context, d Document) ([]byte, error) {
	page, err := d.page(drawing{pdf: true})
	if err != nil {
		return nil, err
	}
	return t.made.get(ctx, "pdf", page, func(ctx context.Context) ([]byte, error) { return t.pdf(ctx, page) })
}

// DOCX makes a Word document with pandoc; errors as for PDF. The document's
// title is the title of the file; headings of level 2 become its first level.
func (t *Tools) DOCX(ctx context.Context, d Document) ([]byte, error) {
	page, err := d.page(drawing{word: true})
	if err != nil {
		return nil, err
	}
	return t.made.get(ctx, "docx", page, func(ctx context.Context) ([]byte, error) {
		file, err := t.docx(ctx, page, d)
		if err != nil {
			return nil, err
		}
		return onA4(file)
	})
}

func (t *Tools) pdf(ctx context.Context, page []byte) ([]byte, error) {
	python, err := interpreter("weasyprint")
	if err != nil {
		return nil, err
	}
	return t.run(ctx, page, "paper.pdf", python, "-I", "-c", pdfScript, "paper.pdf",
		strconv.FormatInt(t.limits.Memory, 10), strconv.Itoa(int(t.limits.Time/time.Second)+1))
}

func (t *Tools) docx(ctx context.Context, page []byte, d Document) ([]byte, error) {
	pandoc, err := find("pandoc")
	if err != nil {
		return nil, err
	}
	args := []string{"+RTS", "-M" + strconv.FormatInt(t.limits.Memory, 10), "-RTS", "--from=html", "--to=docx", "--shift-heading-level-by=-1",
		"--metadata=lang:" + wordLang(d), "--metadata=title:" + clean(d.Title), "--output=paper.docx"}
	file, err := t.run(ctx, page, "paper.docx", pandoc, append(args, "--sandbox")...)
	if err != nil && strings.Contains(err.Error(), noSandbox) {
		// Debian's pandoc cannot find its own parts in its sandbox. The page has been
		// looked through (selfContained), and the network is shut: see start.
		file, err = t.run(ctx, page, "paper.docx", pandoc, args...)
	}
	return file, err
}

// noSandbox is what pandoc says where it is built without its parts inside.
const noSandbox = "Could not find data file"

// wordLang is the language as Word names it; it checks spelling by it.
func wordLang(d Document) string {
	switch d.Lang {
	case "nb", "nn":
		return string(d.Lang) + "-NO"
	case "en":
		return "en-GB"
	}
	return string(d.Lang)
}

// find looks for a program now: it may have been installed since the last time.
func find(tool string) (string, error) {
	file, err := exec.LookPath(tool)
	if err != nil {
		return "", Missing{tool, "apt install " + tool}
	}
	return file, nil
}

// interpreter is the Python that the program runs in: it has the library, which
// lets us refuse what the program itself would fetch.
func interpreter(tool string) (string, error) {
	file, err := find(tool)
	if err != nil {
		return "", err
	}
	f, err := os.Open(file)
	if err != nil {
		return "", fmt.Errorf("paper: %w", err)
	}
	defer func() { _ = f.Close() }()
	first, _ := bufio.NewReader(f).ReadString('\n')
	fields := strings.Fields(strings.TrimPrefix(first, "#!"))
	if !strings.HasPrefix(first, "#!") || len(fields) == 0 || !strings.Contains(fields[len(fields)-1], "python") {
		return "", Missing{tool, "apt install " + tool}
	}
	python := fields[len(fields)-1] // "/usr/bin/python3", or the word after env
	if path, err := exec.LookPath(python); err == nil {
		return path, nil
	}
	return "", Missing{tool, "apt install " + tool}
}

// run gives the page to a program in an empty folder, and reads the file it
// makes there.
func (t *Tools) run(ctx context.Context, page []byte, out, program string, args ...string) ([]byte, error) {
	if len(page) > t.limits.Page {
		return nil, ErrTooLarge
	}
	if err := selfContained(page); err != nil {
		return nil, err
	}
	if err := t.turn(ctx); err != nil {
		return nil, err
	}
	defer func() { <-t.turns }()
	dir, err := os.MkdirTemp("", "kompetansetorg-paper-*")
	if err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	limited, cancel := context.WithTimeout(ctx, t.limits.Time)
	defer cancel()
	said, err := start(limited, dir, page, program, args)
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("paper: %w", ctx.Err())
	case limited.Err() != nil:
		return nil, ErrTime
	case err != nil:
		return nil, fmt.Errorf("paper: %s: %w: %s", filepath.Base(program), err, lastWords(said))
	}
	return t.result(filepath.Join(dir, out))
}

// turn waits until fewer than the limit are being made.
func (t *Tools) turn(ctx context.Context) error {
	wait := time.NewTimer(t.limits.Wait)
	defer wait.Stop()
	select {
	case t.turns <- struct{}{}:
		return nil
	case <-wait.C:
		return ErrBusy
	case <-ctx.Done():
		return fmt.Errorf("paper: %w", ctx.Err())
	}
}

// nowhere is a proxy that nobody answers at: what a program might still try to
// fetch, it does not get.
const nowhere = "http://127.0.0.1:9"

// start runs the program with an environment of its own; it and all that it
// started end with the context.
func start(ctx context.Context, dir string, page []byte, program string, args []string) ([]byte, error) {
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir, cmd.Stdin, cmd.Stderr = dir, bytes.NewReader(page), &said
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + dir, "XDG_CACHE_HOME=" + dir, "LANG=C.UTF-8",
		"http_proxy=" + nowhere, "https_proxy=" + nowhere, "ALL_PROXY=" + nowhere}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = 2 * time.Second
	err := cmd.Run()
	return said.Bytes(), err
}

func (t *Tools) result(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	if info.Size() > t.limits.File {
		return nil, ErrTooLarge
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	return data, nil
}

// lastWords is the end of what a program said, for the log.
func lastWords(said []byte) string {
	const most = 300
	text := strings.TrimSpace(string(said))
	if len(text) > most {
		text = text[len(text)-most:]
	}
	return strings.ToValidUTF8(text, "")
}
