package guide

import (
	"context"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

const (
	insertLearned db.SQL = `INSERT INTO development_learned (id, development, stage, words, good, shared, org, said_by, said_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	deleteLearned db.SQL = `DELETE FROM development_learned WHERE id = $1`
	listLearned   db.SQL = `SELECT l.id, l.development, d.title, l.stage, l.words, l.good, l.shared, l.org, l.said_by, l.said_at FROM development_learned AS l
		JOIN development AS d ON d.id = l.development /*where*/ ORDER BY l.said_at, l.id`
	usedLearned db.SQL = `SELECT COUNT(*) FROM guide_source WHERE learned = $1`

	insertSection db.SQL = `INSERT INTO guide_section (id, guide, nr, title_nb, title_nn, title_en, words_nb, words_nn, words_en, saved_by, saved_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)`
	updateSection db.SQL = `UPDATE guide_section SET nr = $1, title_nb = $2, title_nn = $3, title_en = $4, words_nb = $5, words_nn = $6, words_en = $7, saved_by = $8, saved_at = $9,
		version = version + 1 WHERE id = $10 AND guide = $11 AND version = $12`
	deleteSection db.SQL = `DELETE FROM guide_section WHERE id = $1 AND guide = $2 AND version = $3`
	listSections  db.SQL = `SELECT id, nr, title_nb, title_nn, title_en, words_nb, words_nn, words_en, version FROM guide_section WHERE guide = $1 ORDER BY nr, saved_at, id`
	countSections db.SQL = `SELECT COUNT(*) FROM guide_section`

	insertSource db.SQL = `INSERT INTO guide_source (section, learned, taken_by, taken_at) VALUES ($1, $2, $3, $4)`
	deleteSource db.SQL = `DELETE FROM guide_source WHERE section = $1`
	listSources  db.SQL = `SELECT s.section, s.learned FROM guide_source AS s JOIN guide_section AS g ON g.id = s.section WHERE g.guide = $1 ORDER BY s.taken_at, s.section, s.learned`

	insertVersion db.SQL = `INSERT INTO guide_version (guide, nr, why, frozen, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6)`
	listVersions  db.SQL = `SELECT guide, nr, why, frozen, made_at FROM guide_version WHERE guide = $1 ORDER BY nr DESC`

	fragLearned     db.Fragment = "l.id"
	fragDevelopment db.Fragment = "l.development"
	fragShared      db.Fragment = "l.shared"
	fragNotIn       db.Fragment = "NOT EXISTS (SELECT 1 FROM guide_source AS s JOIN guide_section AS g ON g.id = s.section WHERE s.learned = l.id AND g.guide = ?)"
)

type learnedRow struct {
	ID          LearnedID     `db:"id"`
	Development making.ID     `db:"development"`
	Title       string        `db:"title"`
	Stage       flow.State    `db:"stage"`
	Words       string        `db:"words"`
	Good        bool          `db:"good"`
	Shared      bool          `db:"shared"`
	Org         *access.OrgID `db:"org"`
	SaidBy      string        `db:"said_by"`
	SaidAt      db.Time       `db:"said_at"`
}

// learned lists what was learned, in the order it was said, as it stands for the actor: Own is
// set, sight is not asked for.
func (s *Service) learned(ctx context.Context, tx *db.Tx, actor access.Actor, w db.Where) ([]Learned, error) {
	statement, args := db.Query{Base: listLearned, Where: w}.Build()
	rows, err := db.List[learnedRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("what was learned: %w", err)
	}
	var orgs []access.OrgID
	for _, r := range rows {
		if r.Org != nil {
			orgs = append(orgs, *r.Org)
		}
	}
	names, err := org.NamesOn(ctx, tx, orgs, s.Clock.Today())
	if err != nil {
		return nil, err
	}
	out := make([]Learned, len(rows))
	for i, r := range rows {
		out[i] = Learned{ID: r.ID, Development: r.Development, Title: r.Title, Stage: r.Stage, Words: r.Words, Good: r.Good, Shared: r.Shared, Day: r.SaidAt.Date(), Own: r.SaidBy == actor.Label() && actor.SignedIn()}
		if r.Org != nil {
			out[i].OrgName = names[*r.Org]
		}
	}
	return out, nil
}

type sectionRow struct {
	ID      SectionID `db:"id"`
	Nr      int       `db:"nr"`
	TitleNB string    `db:"title_nb"`
	TitleNN string    `db:"title_nn"`
	TitleEN string    `db:"title_en"`
	WordsNB string    `db:"words_nb"`
	WordsNN string    `db:"words_nn"`
	WordsEN string    `db:"words_en"`
	Version int64     `db:"version"`
}

// sections are those of the guide as it is being written, with all their sources.
func (s *Service) sections(ctx context.Context, tx *db.Tx, actor access.Actor, k Kind) ([]Section, error) {
	rows, err := db.List[sectionRow](ctx, tx, listSections, k)
	if err != nil {
		return nil, err
	}
	type pair struct {
		Section SectionID `db:"section"`
		Learned LearnedID `db:"learned"`
	}
	pairs, err := db.List[pair](ctx, tx, listSources, k)
	if err != nil {
		return nil, err
	}
	ids := make([]LearnedID, len(pairs))
	for i, p := range pairs {
		ids[i] = p.Learned
	}
	known := map[LearnedID]Learned{}
	if len(ids) > 0 {
		var w db.Where
		db.In(&w, fragLearned, ids)
		list, err := s.learned(ctx, tx, actor, w)
		if err != nil {
			return nil, err
		}
		for _, l := range list {
			known[l.ID] = l
		}
	}
	out := make([]Section, len(rows))
	for i, r := range rows {
		out[i] = Section{ID: r.ID, Nr: r.Nr, Title: i18n.Text{NB: r.TitleNB, NN: r.TitleNN, EN: r.TitleEN}, Words: i18n.Text{NB: r.WordsNB, NN: r.WordsNN, EN: r.WordsEN}, Version: r.Version}
		for _, p := range pairs {
			if p.Section == r.ID {
				out[i].Sources = append(out[i].Sources, known[p.Learned])
			}
		}
	}
	return out, nil
}

type versionRow struct {
	Kind   Kind    `db:"guide"`
	Nr     int     `db:"nr"`
	Why    string  `db:"why"`
	Frozen string  `db:"frozen"`
	At     db.Time `db:"made_at"`
}

// versions are those of the guide, the newest first.
func versions(ctx context.Context, tx *db.Tx, k Kind) ([]Version, error) {
	rows, err := db.List[versionRow](ctx, tx, listVersions, k)
	if err != nil {
		return nil, err
	}
	out := make([]Version, len(rows))
	for i, r := range rows {
		out[i] = Version{Kind: r.Kind, Nr: r.Nr, Why: r.Why, At: r.At}
		if err := json.Unmarshal([]byte(r.Frozen), &out[i].Sections); err != nil {
			return nil, fmt.Errorf("guide %s, version %d: %w", k, r.Nr, err)
		}
	}
	return out, nil
}

func freeze(list []Section) (string, error) {
	out := make([]Frozen, len(list))
	for i, s := range list {
		out[i] = Frozen{ID: s.ID, Title: s.Title, Words: s.Words, Sources: []Source{}}
		for _, l := range s.Sources {
			out[i].Sources = append(out[i].Sources, Source{l.ID, l.Development})
		}
	}
	data, err := json.Marshal(out)
	return string(data), err
}

// one is the section of the guide, or NotFound.
func (s *Service) one(ctx context.Context, tx *db.Tx, actor access.Actor, k Kind, of SectionID) (Section, error) {
	all, err := s.sections(ctx, tx, actor, k)
	for _, x := range all {
		if x.ID == of {
			return x, err
		}
	}
	if err == nil {
		err = fault.Missing()
	}
	return Section{}, err
}
