package sitetest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/site"
)

// demoFiles are the attachments of the demo, read when it is filled.
var demoFiles = fstest.MapFS{}

// filled is the demo of the tests, filled once per process: each house gets a
// copy.
var filled = dbtest.Filled{Fill: func(dsn string) (err error) {
	folder, err := os.MkdirTemp("", "kompetansetorg-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	cfg, err := complete(site.Config{Demo: true, DB: dsn, Files: folder})
	if err != nil {
		return err
	}
	s, err := site.Open(context.Background(), cfg)
	if err != nil {
		return err
	}
	if err := s.Close(); err != nil {
		return err
	}
	from := os.DirFS(folder)
	return fs.WalkDir(from, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(from, path)
		demoFiles[path] = &fstest.MapFile{Data: text, Mode: 0o600}
		return err
	})
}}

// copyDemo gives t a database and a folder of files with the demo in them.
func copyDemo(t testing.TB, folder string) (dsn string) {
	t.Helper()
	dsn = filled.DSN(t)
	if err := os.CopyFS(folder, demoFiles); err != nil {
		t.Fatal(err)
	}
	return dsn
}
