package site

import "embed"

// ownFiles are the pages and texts of the frame and of the pages about the
// service itself.
//
//go:embed html/*.html text/*.json
var ownFiles embed.FS
