// Command bundle builds the style sheet, script, font and icon of the product
// into ../dist, with the hash of the content in each name, a packed copy beside
// what packs well, and manifest.json with their addresses. It is run by
// go generate ./internal/kit/ui, in that folder, after npm ci.
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

const (
	out     = "dist"
	address = "/assets/"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

func run() error {
	files, err := build()
	if err != nil {
		return err
	}
	icon, err := hashed("assets/mark.svg")
	if err != nil {
		return err
	}
	files = append(files, icon)
	if err := empty(); err != nil {
		return err
	}
	manifest := map[string]string{}
	total := 0
	for _, f := range files {
		sent, err := write(f)
		if err != nil {
			return err
		}
		manifest[f.role()] = address + f.name
		total += sent
		fmt.Printf("%-28s %7d bytes, %6d sent\n", f.name, len(f.content), sent)
	}
	for _, role := range []string{"css", "js", "font", "icon"} {
		if manifest[role] == "" {
			return fmt.Errorf("the bundle has no %s", role)
		}
	}
	fmt.Printf("%-28s %7s        %6d sent\n", "all", "", total)
	data, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "manifest.json"), data, 0o644)
}

type file struct {
	name    string
	content []byte
}

// role is the file's key in the manifest.
func (f file) role() string {
	switch filepath.Ext(f.name) {
	case ".css":
		return "css"
	case ".js":
		return "js"
	case ".woff2":
		return "font"
	case ".svg":
		return "icon"
	}
	return f.name
}

// build runs esbuild over the two entry points.
func build() ([]file, error) {
	root, err := packageRoot()
	if err != nil {
		return nil, err
	}
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{"assets/app.css", "assets/app.ts"},
		EntryNames:        "[name].[hash]",
		AssetNames:        "[name].[hash]",
		PublicPath:        address,
		Outdir:            out,
		Bundle:            true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Format:            api.FormatIIFE,
		Target:            api.ES2022,
		Engines: []api.Engine{
			{Name: api.EngineChrome, Version: "115"},
			{Name: api.EngineFirefox, Version: "115"},
			{Name: api.EngineSafari, Version: "16.4"},
		},
		Charset:       api.CharsetUTF8,
		LegalComments: api.LegalCommentsNone,
		Loader:        map[string]api.Loader{".woff2": api.LoaderFile},
		NodePaths:     []string{filepath.Join(root, "node_modules")},
		LogLevel:      api.LogLevelWarning,
	})
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("esbuild: %s", result.Errors[0].Text)
	}
	var files []file
	for _, f := range result.OutputFiles {
		files = append(files, file{name: filepath.Base(f.Path), content: f.Contents})
	}
	return files, nil
}

// packageRoot is the folder of package.json, above this one.
func packageRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "package.json")); err == nil {
			break
		}
		if parent := filepath.Dir(dir); parent != dir {
			dir = parent
			continue
		}
		return "", errors.New("no package.json above this folder")
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		return "", fmt.Errorf("no packages in %s: run npm ci --ignore-scripts there first", dir)
	}
	return dir, nil
}

// hashed reads a file that is served as it is.
func hashed(path string) (file, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return file{}, err
	}
	sum := sha256.Sum256(content)
	ext := filepath.Ext(path)
	base := strings.TrimSuffix(filepath.Base(path), ext)
	return file{name: base + "." + strings.ToUpper(hex.EncodeToString(sum[:4])) + ext, content: content}, nil
}

// empty removes the former bundle.
func empty() error {
	old, err := filepath.Glob(filepath.Join(out, "*.*"))
	if err != nil {
		return err
	}
	for _, name := range old {
		if filepath.Base(name) == ".keep" {
			continue
		}
		if err := os.Remove(name); err != nil {
			return err
		}
	}
	return os.MkdirAll(out, 0o755)
}

// write writes the file, and a packed copy when that is smaller. It answers
// how many bytes a browser gets.
func write(f file) (int, error) {
	name := filepath.Join(out, f.name)
	if err := os.WriteFile(name, f.content, 0o644); err != nil {
		return 0, err
	}
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return 0, err
	}
	if _, err := z.Write(f.content); err != nil {
		return 0, err
	}
	if err := z.Close(); err != nil {
		return 0, err
	}
	if packed.Len() > len(f.content)*9/10 {
		return len(f.content), nil
	}
	return packed.Len(), os.WriteFile(name+".gz", packed.Bytes(), 0o644)
}
