// Package migrations holds the history of the schema as SQL files, one list
// for the whole house and for both engines: NNNN_name.sql, applied in order by
// kit/db, never changed after a release, forward only.
package migrations

import "embed"

// Files are the migrations.
//
//go:embed *.sql
var Files embed.FS
