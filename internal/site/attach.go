package site

import (
	"context"
	"fmt"
	"io"
	"strings"

	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/file"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
)

// openFiles opens the folder of attachments, if one is set.
func (s *Site) openFiles() (err error) {
	if s.cfg.Files != "" {
		s.files, err = file.OpenFolder(s.cfg.Files)
	}
	return err
}

func (s *Site) closeFiles() error {
	if s.files == nil {
		return nil
	}
	return s.files.Close()
}

// newAttach makes the service of attachments: without a folder it takes none.
func newAttach(d *db.DB, cfg Config, files *file.Folder, objects *object.Kinds) (*attach.Service, error) {
	deps := attach.Deps{DB: d, Clock: cfg.Clock, Objects: objects, Log: cfg.Log}
	if files != nil {
		deps.Store = files
	}
	if cfg.Clamd != "" {
		scanner, err := file.NewClamd(cfg.Clamd)
		if err != nil {
			return nil, err
		}
		deps.Scanner = scanner
	}
	return attach.New(deps), nil
}

// demoFile is the attachment of the demo.
const (
	demoFileName = "Krav til føreren.txt"
	demoFileText = "Krav til den som skal kjøre hos oss\n\n- maskinførerbevis for gravemaskin\n- førerkort klasse B\n- kan begynne i februar\n"
)

// demoAttach hangs a file on one of the demo's needs.
func (s *Site) demoAttach(ctx context.Context) error {
	if !s.Attach.IsOn() {
		return nil
	}
	account, err := s.Accounts.DemoAccount(ctx, "adviser", "")
	if err != nil {
		return err
	}
	adviser, err := s.Accounts.ActorOf(ctx, account)
	if err != nil {
		return err
	}
	found, _, err := s.Lists.List(ctx, adviser, list.Query{Filter: list.Filter{Text: "gravemaskin"}})
	if err != nil || len(found.Items) == 0 {
		return err
	}
	content := io.NewSectionReader(strings.NewReader(demoFileText), 0, int64(len(demoFileText)))
	_, err = s.Attach.Add(ctx, adviser, object.Ref{Kind: need.FlowKind, ID: string(found.Items[0].ID)},
		attach.Upload{Name: demoFileName, Content: content, Size: content.Size()})
	if err != nil {
		return fmt.Errorf("the demo's attachment: %w", err)
	}
	return nil
}
