package fulltext

import (
	"context"
	"strings"

	"kompetansetorg/internal/kit/db"
)

// sqlite keeps the words in an FTS5 table without content; its tokenizer only
// parts the tokens at blanks. (Without remove_diacritics 0 it would make å an a.)
type sqlite struct{}

const (
	sqliteDocs db.SQL = `CREATE TABLE IF NOT EXISTS search_doc (nr INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL,
		places TEXT NOT NULL, day TEXT, UNIQUE (kind, id))`
	sqliteIndex db.SQL = `CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5(title, body, part, mark, content='', contentless_delete=1,
		tokenize="unicode61 remove_diacritics 0 tokenchars '#+'")`
	sqliteDropDocs  db.SQL = `DROP TABLE IF EXISTS search_doc`
	sqliteDropIndex db.SQL = `DROP TABLE IF EXISTS search_index`

	sqlitePutDoc   db.SQL = `INSERT INTO search_doc (kind, id, places, day) VALUES ($1, $2, $3, $4) RETURNING nr`
	sqlitePutWords db.SQL = `INSERT INTO search_index (rowid, title, body, part, mark) VALUES ($1, $2, $3, $4, $5)`
	sqliteNr       db.SQL = `SELECT nr FROM search_doc WHERE kind = $1 AND id = $2`
	sqliteNoWords  db.SQL = `DELETE FROM search_index WHERE rowid = $1`
	sqliteNoDoc    db.SQL = `DELETE FROM search_doc WHERE nr = $1`

	sqliteFind db.SQL = `SELECT d.kind, d.id, d.places, d.day, -bm25(search_index, 8.0, 1.5, 0.4, 0.0) AS score
		FROM search_index CROSS JOIN search_doc AS d ON d.nr = search_index.rowid WHERE search_index MATCH $1 /*and*/
		ORDER BY search_index.rowid DESC LIMIT 1001`
	sqliteAny db.SQL = `SELECT 1 WHERE EXISTS (SELECT 1 FROM search_index CROSS JOIN search_doc AS d ON d.nr = search_index.rowid
		WHERE search_index MATCH $1 /*and*/)`
)

func (sqlite) create(ctx context.Context, tx *db.Tx) error {
	return each(ctx, tx, sqliteDocs, sqliteIndex)
}

func (sqlite) drop(ctx context.Context, tx *db.Tx) error {
	return each(ctx, tx, sqliteDropIndex, sqliteDropDocs)
}

func (s sqlite) put(ctx context.Context, tx *db.Tx, d Doc) error {
	if err := s.remove(ctx, tx, d.Ref); err != nil {
		return err
	}
	nr, err := db.Scalar[int64](ctx, tx, sqlitePutDoc, d.Kind, d.ID, strings.Join(d.Places, " "), d.Day)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, sqlitePutWords, nr, strings.Join(d.Tokens[Title], " "), strings.Join(d.Tokens[Body], " "),
		strings.Join(d.Tokens[Part], " "), strings.Join(markTokens(d.Marks), " "))
	return err
}

func (sqlite) remove(ctx context.Context, tx *db.Tx, r Ref) error {
	list, err := db.List[int64](ctx, tx, sqliteNr, r.Kind, r.ID)
	if err != nil || len(list) == 0 {
		return err
	}
	if _, err := db.Exec(ctx, tx, sqliteNoWords, list[0]); err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, sqliteNoDoc, list[0])
	return err
}

func (sqlite) find() (find, any db.SQL) { return sqliteFind, sqliteAny }

func (sqlite) marked(marks []string, match string) []any {
	for _, m := range markTokens(marks) {
		match = `{mark} : "` + m + `" AND ` + match
	}
	return []any{match}
}

func (sqlite) match(terms []Term) string {
	star := func(prefix bool) string {
		if prefix {
			return " *"
		}
		return ""
	}
	return written(terms, " AND ", " OR ",
		func(token string, prefix bool) string { return `"` + token + `"` + star(prefix) },
		func(tokens []string, prefix bool) string {
			return `({title body} : "` + strings.Join(tokens, " ") + `"` + star(prefix) + `)`
		})
}
