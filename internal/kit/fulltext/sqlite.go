package fulltext

import (
	"context"
	"hash/fnv"
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

	sqlitePutDoc db.SQL = `INSERT INTO search_doc (nr, kind, id, places, day)
		VALUES ((SELECT coalesce(max(nr), $1) + 1 FROM search_doc WHERE nr BETWEEN $1 AND $2), $3, $4, $5, $6) RETURNING nr`
	sqlitePutWords db.SQL = `INSERT INTO search_index (rowid, title, body, part, mark) VALUES ($1, $2, $3, $4, $5)`
	sqliteNr       db.SQL = `SELECT nr FROM search_doc WHERE kind = $1 AND id = $2`
	sqliteNoWords  db.SQL = `DELETE FROM search_index WHERE rowid = $1`
	sqliteNoDoc    db.SQL = `DELETE FROM search_doc WHERE nr = $1`

	sqliteFind db.SQL = `SELECT d.kind, d.id, d.places, d.day, -bm25(search_index, 8.0, 1.5, 0.4, 0.0) AS score
		FROM search_index CROSS JOIN search_doc AS d ON d.nr = search_index.rowid WHERE search_index MATCH $1
		AND search_index.rowid BETWEEN $2 AND $3 /*and*/
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
	from, to := numbers(d.Kind)
	nr, err := db.Scalar[int64](ctx, tx, sqlitePutDoc, from, to, d.Kind, d.ID, strings.Join(d.Places, " "), d.Day)
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

// newFirst: the numbers rise, and what is put again gets a new one.
func (sqlite) newFirst() bool { return true }

func (sqlite) find() (find, any db.SQL) { return sqliteFind, sqliteAny }

// numbers are those that documents of the kind have. Kinds stand apart because a
// mark for the kind would be costly: FTS5 counts every document that has a word
// of the query before it scores one. Two kinds with the same numbers would do no
// harm but to that.
func numbers(kind string) (from, to int64) {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(kind)) // never fails
	from = int64(sum.Sum32()>>9) << 40
	return from, from + 1<<40 - 1
}

func (sqlite) values(kind string, marks []string, match string) []any {
	from, to := numbers(kind)
	for _, m := range markTokens(marks) {
		match = `{mark} : "` + m + `" AND ` + match
	}
	return []any{match, from, to}
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
