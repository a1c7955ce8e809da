package fulltext

import (
	"context"
	"strconv"
	"strings"

	"kompetansetorg/internal/kit/db"
)

// postgres keeps the words in a tsvector that is written out token by token, so
// that no configuration of the server has a say.
type postgres struct{}

const (
	postgresDocs db.SQL = `CREATE TABLE IF NOT EXISTS search_doc (kind TEXT NOT NULL, id TEXT NOT NULL, places TEXT NOT NULL, day TEXT,
		words TSVECTOR NOT NULL, PRIMARY KEY (kind, id))`
	// Without fastupdate a search never has to read a list of what is not yet in
	// the index.
	postgresIndex db.SQL = `CREATE INDEX IF NOT EXISTS search_doc_words ON search_doc USING gin (words) WITH (fastupdate = off)`
	postgresDrop  db.SQL = `DROP TABLE IF EXISTS search_doc`

	postgresPut db.SQL = `INSERT INTO search_doc (kind, id, places, day, words) VALUES ($1, $2, $3, $4, CAST(CAST($5 AS TEXT) AS TSVECTOR))
		ON CONFLICT (kind, id) DO UPDATE SET places = excluded.places, day = excluded.day, words = excluded.words`
	postgresRemove db.SQL = `DELETE FROM search_doc WHERE kind = $1 AND id = $2`

	// Any rows will do where there are too many: putting them in order would read
	// them all. Scores are for those only, because they read the whole vector.
	postgresFind db.SQL = `SELECT kind, id, places, day,
		CAST(ts_rank('{0, 0.05, 0.2, 1}', words, CAST(CAST($1 AS TEXT) AS TSQUERY), 1) AS DOUBLE PRECISION) AS score
		FROM (SELECT d.kind, d.id, d.places, d.day, d.words FROM search_doc AS d WHERE d.words @@ CAST(CAST($2 AS TEXT) AS TSQUERY) /*and*/
		FETCH FIRST 1001 ROWS ONLY) AS found ORDER BY kind, id`
	postgresAny db.SQL = `SELECT 1 WHERE EXISTS (SELECT 1 FROM search_doc AS d WHERE d.words @@ CAST(CAST($1 AS TEXT) AS TSQUERY) /*and*/)`
)

func (postgres) create(ctx context.Context, tx *db.Tx) error {
	return each(ctx, tx, postgresDocs, postgresIndex)
}

func (postgres) drop(ctx context.Context, tx *db.Tx) error { return each(ctx, tx, postgresDrop) }

// labels are the tsvector's names of the weights.
var labels = [Part + 1]string{"A", "B", "C"}

// markLabel is the weight that counts nothing in a score.
const markLabel = "D"

// between parts the fields: no phrase reaches from one into the next.
const between = 20

func (postgres) put(ctx context.Context, tx *db.Tx, d Doc) error {
	var b strings.Builder
	at := 0
	for weight, tokens := range d.Tokens {
		for _, token := range tokens {
			at++
			if Weight(weight) == Part {
				at++ // parts of words stand beside nothing
			}
			b.WriteString("'" + token + "':" + strconv.Itoa(at) + labels[weight] + " ")
		}
		at += between
	}
	for i, m := range markTokens(append([]string{d.Kind}, d.Marks...)) {
		b.WriteString("'" + m + "':" + strconv.Itoa(at+i+1) + markLabel + " ")
	}
	_, err := db.Exec(ctx, tx, postgresPut, d.Kind, d.ID, strings.Join(d.Places, " "), d.Day, b.String())
	return err
}

func (postgres) remove(ctx context.Context, tx *db.Tx, r Ref) error {
	_, err := db.Exec(ctx, tx, postgresRemove, r.Kind, r.ID)
	return err
}

func (postgres) newFirst() bool { return false }

func (postgres) find() (find, any db.SQL) { return postgresFind, postgresAny }

// values scores by the terms alone: of what all have to be there, the weakest
// would count most.
func (postgres) values(kind string, marks []string, match string) []any {
	all := match
	for _, m := range markTokens(append([]string{kind}, marks...)) {
		all = "'" + m + "':" + markLabel + " & " + all
	}
	return []any{match, all}
}

func (postgres) match(terms []Term) string {
	quote := func(token string, prefix bool) string {
		if prefix {
			return "'" + token + "':*"
		}
		return "'" + token + "'"
	}
	return written(terms, " & ", " | ", quote, func(tokens []string, prefix bool) string {
		row := make([]string, len(tokens))
		for i, t := range tokens {
			row[i] = quote(t, prefix && i == len(tokens)-1)
		}
		return "(" + strings.Join(row, " <-> ") + ")"
	})
}
