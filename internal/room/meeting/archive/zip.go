package archive

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"

	"kompetansetorg/internal/kit/clock"
)

// File is a file of the package. Called is the name that readers know it by; in the package
// it gets a plain one. Open is called when the package is written.
type File struct {
	Called, Media string
	Size          int64
	SHA256        string
	Open          func() (io.ReadCloser, error)

	name string // in the package
}

// Made is a file that is made of bytes.
func Made(called, media string, data []byte) File {
	sum := sha256.Sum256(data)
	return File{Called: called, Media: media, Size: int64(len(data)), SHA256: hex.EncodeToString(sum[:]),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}
}

// Package is what is handed over. Name is the file's name without the ending.
type Package struct {
	Name   string
	system string
	title  string
	madeAt clock.Time

	messages []message
	files    []File
}

// add puts the file in the package and answers how a message tells of it.
func (p *Package) add(f File, version int) object {
	ending := strings.TrimPrefix(strings.ToLower(path.Ext(f.Called)), ".")
	f.name = fmt.Sprintf("fil-%03d", len(p.files)+1)
	if isPlain(ending) {
		f.name += "." + ending
	}
	p.files = append(p.files, f)
	variant := code{Code: "P", Words: "Produksjonsformat"}
	if ending == "pdf" {
		variant = code{Code: "A", Words: "Arkivformat"}
	}
	return object{Version: version, Variant: variant, Format: code{Code: strings.ToUpper(ending)}, Media: f.Media, Called: f.Called, File: f.name, Sum: f.SHA256, Algorithm: "SHA-256", Size: f.Size}
}

// isPlain reports whether an ending can stand in the name of a file anywhere.
func isPlain(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return s != "" && len(s) <= 8
}

// manifest is manifest.json.
type manifest struct {
	System string     `json:"system"`
	Title  string     `json:"title"`
	MadeAt clock.Time `json:"made_at"`
	Format string     `json:"format"`
	Files  []listed   `json:"files"`
}

type listed struct {
	Name   string `json:"name"`
	Called string `json:"called,omitempty"`
	Media  string `json:"media"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Write writes the package as a zip. A file that is not what its checksum says stops it:
// a broken package is better than one that looks whole and is not.
func (p Package) Write(w io.Writer) error {
	out := zip.NewWriter(w)
	m := manifest{System: p.system, Title: p.title, MadeAt: p.madeAt, Format: space}
	all := []File{}
	for n, msg := range p.messages {
		body, err := msg.bytes(p.system)
		if err != nil {
			return err
		}
		f := Made("", "application/xml", body)
		f.name = fmt.Sprintf("arkivmelding-%03d.xml", n)
		all = append(all, f)
	}
	var sums strings.Builder
	for _, f := range append(all, p.files...) {
		if err := p.put(out, f); err != nil {
			return err
		}
		m.Files = append(m.Files, listed{f.name, f.Called, f.Media, f.Size, f.SHA256})
		sums.WriteString(f.SHA256 + "  " + f.name + "\n")
	}
	body, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return fmt.Errorf("archive package: manifest: %w", err)
	}
	f := Made("", "application/json", body)
	f.name = "manifest.json"
	if err := p.put(out, f); err != nil {
		return err
	}
	sums.WriteString(f.SHA256 + "  " + f.name + "\n")
	f = Made("", "text/plain", []byte(sums.String()))
	f.name = "sha256sums.txt"
	if err := p.put(out, f); err != nil {
		return err
	}
	return out.Close()
}

func (p Package) put(out *zip.Writer, f File) error {
	to, err := out.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: p.madeAt.Std()})
	if err != nil {
		return fmt.Errorf("archive package: %s: %w", f.name, err)
	}
	from, err := f.Open()
	if err != nil {
		return fmt.Errorf("archive package: %s: %w", f.name, err)
	}
	defer func() { _ = from.Close() }()
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(to, sum), from)
	if err != nil {
		return fmt.Errorf("archive package: %s: %w", f.name, err)
	}
	if n != f.Size || hex.EncodeToString(sum.Sum(nil)) != f.SHA256 {
		return fmt.Errorf("archive package: %s: is not what its checksum says", f.name)
	}
	return nil
}
