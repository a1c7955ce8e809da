package supply

import (
	"context"
	"fmt"
	"strings"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/supply/offer"
)

const (
	nextChange db.SQL = `UPDATE supply_change SET n = n + 1 WHERE id = 1 RETURNING n`
	lastChange db.SQL = `SELECT n FROM supply_change WHERE id = 1`

	countProgrammes db.SQL = `SELECT COUNT(*) FROM programme`

	insertProgramme db.SQL = `INSERT INTO programme (id, provider, state, title_nb, title_nn, title_en, description_nb, description_nn,
		description_en, code, code_type, level, nkr, credits, credit_unit, admission_nb, admission_nn, admission_en, languages,
		digital_share, workplace_share, supervision_nb, supervision_nn, supervision_en, adapts, valid_from, valid_to, contact, website,
		source, source_id, search_fold, title_sort, created_at, updated_at, changed, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
		$27, $28, $29, $30, $31, $32, $33, $34, $35, $36, 1)`
	updateProgramme db.SQL = `UPDATE programme SET state = $1, title_nb = $2, title_nn = $3, title_en = $4, description_nb = $5,
		description_nn = $6, description_en = $7, code = $8, code_type = $9, level = $10, nkr = $11, credits = $12, credit_unit = $13,
		admission_nb = $14, admission_nn = $15, admission_en = $16, languages = $17, digital_share = $18, workplace_share = $19,
		supervision_nb = $20, supervision_nn = $21, supervision_en = $22, adapts = $23, valid_from = $24, valid_to = $25, contact = $26,
		website = $27, source = $28, source_id = $29, search_fold = $30, title_sort = $31, updated_at = $32, changed = $33,
		version = version + 1 WHERE id = $34 AND version = $35`
	getProgramme db.SQL = `SELECT id, provider, state, title_nb, title_nn, title_en, description_nb, description_nn, description_en, code,
		code_type, level, nkr, credits, credit_unit, admission_nb, admission_nn, admission_en, languages, digital_share, workplace_share,
		supervision_nb, supervision_nn, supervision_en, adapts, valid_from, valid_to, contact, website, source, source_id, search_fold,
		title_sort, created_at, updated_at, changed, version FROM programme WHERE id = $1`
	programmesSince db.SQL = `SELECT id, provider, state, title_nb, title_nn, title_en, description_nb, description_nn, description_en, code,
		code_type, level, nkr, credits, credit_unit, admission_nb, admission_nn, admission_en, languages, digital_share, workplace_share,
		supervision_nb, supervision_nn, supervision_en, adapts, valid_from, valid_to, contact, website, source, source_id, search_fold,
		title_sort, created_at, updated_at, changed, version FROM programme WHERE changed > $1 ORDER BY id`
	deleteOutcomes db.SQL = `DELETE FROM programme_outcome WHERE programme = $1`
	insertOutcome  db.SQL = `INSERT INTO programme_outcome (programme, nr, text_nb, text_nn, text_en) VALUES ($1, $2, $3, $4, $5)`
	outcomesOf     db.SQL = `SELECT programme, text_nb, text_nn, text_en FROM programme_outcome WHERE programme = $1 ORDER BY nr`
	outcomesSince  db.SQL = `SELECT x.programme, x.text_nb, x.text_nn, x.text_en FROM programme_outcome AS x
		JOIN programme AS p ON p.id = x.programme WHERE p.changed > $1 ORDER BY x.programme, x.nr`
	deleteConcepts db.SQL = `DELETE FROM programme_concept WHERE programme = $1`
	insertConcept  db.SQL = `INSERT INTO programme_concept (programme, nr, scheme, code) VALUES ($1, $2, $3, $4)`
	conceptsOf     db.SQL = `SELECT programme, scheme, code FROM programme_concept WHERE programme = $1 ORDER BY nr`
	conceptsSince  db.SQL = `SELECT x.programme, x.scheme, x.code FROM programme_concept AS x
		JOIN programme AS p ON p.id = x.programme WHERE p.changed > $1 ORDER BY x.programme, x.nr`
)

type programmeRow struct {
	ID             offer.ProgrammeID    `db:"id"`
	Provider       org.ID               `db:"provider"`
	State          offer.ProgrammeState `db:"state"`
	TitleNB        string               `db:"title_nb"`
	TitleNN        string               `db:"title_nn"`
	TitleEN        string               `db:"title_en"`
	DescriptionNB  string               `db:"description_nb"`
	DescriptionNN  string               `db:"description_nn"`
	DescriptionEN  string               `db:"description_en"`
	Code           string               `db:"code"`
	CodeType       offer.CodeType       `db:"code_type"`
	Level          offer.Level          `db:"level"`
	NKR            string               `db:"nkr"`
	Credits        float64              `db:"credits"`
	CreditUnit     offer.CreditUnit     `db:"credit_unit"`
	AdmissionNB    string               `db:"admission_nb"`
	AdmissionNN    string               `db:"admission_nn"`
	AdmissionEN    string               `db:"admission_en"`
	Languages      string               `db:"languages"`
	DigitalShare   *int                 `db:"digital_share"`
	WorkplaceShare *int                 `db:"workplace_share"`
	SupervisionNB  string               `db:"supervision_nb"`
	SupervisionNN  string               `db:"supervision_nn"`
	SupervisionEN  string               `db:"supervision_en"`
	Adapts         offer.ProgrammeID    `db:"adapts"`
	ValidFrom      db.Date              `db:"valid_from"`
	ValidTo        db.Date              `db:"valid_to"`
	Contact        string               `db:"contact"`
	Website        string               `db:"website"`
	Source         string               `db:"source"`
	SourceID       string               `db:"source_id"`
	SearchFold     string               `db:"search_fold"`
	TitleSort      string               `db:"title_sort"`
	CreatedAt      db.Time              `db:"created_at"`
	UpdatedAt      db.Time              `db:"updated_at"`
	Changed        int64                `db:"changed"`
	Version        int64                `db:"version"`
}

func (r programmeRow) programme() offer.Programme {
	return offer.Programme{
		ID: r.ID, Provider: r.Provider, State: r.State, Title: i18n.Text{NB: r.TitleNB, NN: r.TitleNN, EN: r.TitleEN},
		Description: i18n.Text{NB: r.DescriptionNB, NN: r.DescriptionNN, EN: r.DescriptionEN}, Code: r.Code, CodeType: r.CodeType,
		Level: r.Level, NKR: r.NKR, Credits: r.Credits, CreditUnit: r.CreditUnit,
		Admission: i18n.Text{NB: r.AdmissionNB, NN: r.AdmissionNN, EN: r.AdmissionEN}, Languages: list(r.Languages),
		DigitalShare: r.DigitalShare, WorkplaceShare: r.WorkplaceShare,
		Supervision: i18n.Text{NB: r.SupervisionNB, NN: r.SupervisionNN, EN: r.SupervisionEN}, Adapts: r.Adapts,
		ValidFrom: r.ValidFrom, ValidTo: r.ValidTo, Contact: r.Contact, Website: r.Website, Source: r.Source, SourceID: r.SourceID,
		CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, Version: r.Version,
	}
}

// list is a stored list of codes; none for an empty text.
func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

type outcomeRow struct {
	Programme offer.ProgrammeID `db:"programme"`
	NB        string            `db:"text_nb"`
	NN        string            `db:"text_nn"`
	EN        string            `db:"text_en"`
}

func (r outcomeRow) addTo(p *offer.Programme) {
	p.Outcomes = append(p.Outcomes, i18n.Text{NB: r.NB, NN: r.NN, EN: r.EN})
}

// The schemes of programme_concept.
const (
	schemeOccupation = "styrk08"
	schemeField      = "isced-f"
	schemeTopic      = "tema"
)

type conceptRow struct {
	Programme offer.ProgrammeID `db:"programme"`
	Scheme    string            `db:"scheme"`
	Code      string            `db:"code"`
}

func (r conceptRow) addTo(p *offer.Programme) {
	switch r.Scheme {
	case schemeOccupation:
		p.Occupations = append(p.Occupations, r.Code)
	case schemeField:
		p.Fields = append(p.Fields, r.Code)
	case schemeTopic:
		p.Topics = append(p.Topics, r.Code)
	}
}

// indexed is what is made of a programme's texts for searching and sorting.
func indexed(p offer.Programme) (search, titleSort string) {
	parts := []string{p.Code}
	texts := append([]i18n.Text{p.Title, p.Description, p.Admission, p.Supervision}, p.Outcomes...)
	for _, t := range texts {
		parts = append(parts, t.NB, t.NN, t.EN)
	}
	return text.Fold(strings.Join(parts, "\n")), text.SortKey(p.Title.String())
}

func insertP(ctx context.Context, tx *db.Tx, p offer.Programme, changed int64) error {
	search, titleSort := indexed(p)
	_, err := db.Exec(ctx, tx, insertProgramme, p.ID, p.Provider, p.State, p.Title.NB, p.Title.NN, p.Title.EN, p.Description.NB, p.Description.NN,
		p.Description.EN, p.Code, p.CodeType, p.Level, p.NKR, p.Credits, p.CreditUnit, p.Admission.NB, p.Admission.NN, p.Admission.EN,
		strings.Join(p.Languages, ","), p.DigitalShare, p.WorkplaceShare, p.Supervision.NB, p.Supervision.NN, p.Supervision.EN, p.Adapts,
		p.ValidFrom, p.ValidTo, p.Contact, p.Website, p.Source, p.SourceID, search, titleSort, p.CreatedAt, p.UpdatedAt, changed)
	if err != nil {
		return fmt.Errorf("programme: insert: %w", err)
	}
	return writeLists(ctx, tx, p)
}

// updateP writes the programme over the version it was read at, or is Stale.
func updateP(ctx context.Context, tx *db.Tx, p offer.Programme, changed int64) error {
	search, titleSort := indexed(p)
	err := db.ExecOne(ctx, tx, updateProgramme, p.State, p.Title.NB, p.Title.NN, p.Title.EN, p.Description.NB, p.Description.NN,
		p.Description.EN, p.Code, p.CodeType, p.Level, p.NKR, p.Credits, p.CreditUnit, p.Admission.NB, p.Admission.NN, p.Admission.EN,
		strings.Join(p.Languages, ","), p.DigitalShare, p.WorkplaceShare, p.Supervision.NB, p.Supervision.NN, p.Supervision.EN, p.Adapts,
		p.ValidFrom, p.ValidTo, p.Contact, p.Website, p.Source, p.SourceID, search, titleSort, p.UpdatedAt, changed, p.ID, p.Version)
	if err != nil {
		return fmt.Errorf("programme %s: update: %w", p.ID, err)
	}
	for _, statement := range []db.SQL{deleteOutcomes, deleteConcepts} {
		if _, err := db.Exec(ctx, tx, statement, p.ID); err != nil {
			return fmt.Errorf("programme %s: lists: %w", p.ID, err)
		}
	}
	return writeLists(ctx, tx, p)
}

func writeLists(ctx context.Context, tx *db.Tx, p offer.Programme) error {
	for i, o := range p.Outcomes {
		if _, err := db.Exec(ctx, tx, insertOutcome, p.ID, i, o.NB, o.NN, o.EN); err != nil {
			return fmt.Errorf("programme %s: outcome: %w", p.ID, err)
		}
	}
	nr := 0
	for _, concepts := range []struct {
		scheme string
		codes  []string
	}{{schemeOccupation, p.Occupations}, {schemeField, p.Fields}, {schemeTopic, p.Topics}} {
		for _, code := range concepts.codes {
			if _, err := db.Exec(ctx, tx, insertConcept, p.ID, nr, concepts.scheme, code); err != nil {
				return fmt.Errorf("programme %s: concept: %w", p.ID, err)
			}
			nr++
		}
	}
	return nil
}

// loadP reads the whole programme, or NotFound.
func loadP(ctx context.Context, tx *db.Tx, programme offer.ProgrammeID) (offer.Programme, error) {
	row, err := db.Get[programmeRow](ctx, tx, getProgramme, programme)
	if err != nil {
		return offer.Programme{}, fmt.Errorf("programme %s: %w", programme, err)
	}
	p := row.programme()
	outcomes, err := db.List[outcomeRow](ctx, tx, outcomesOf, programme)
	if err != nil {
		return offer.Programme{}, fmt.Errorf("programme %s: outcomes: %w", programme, err)
	}
	for _, o := range outcomes {
		o.addTo(&p)
	}
	concepts, err := db.List[conceptRow](ctx, tx, conceptsOf, programme)
	if err != nil {
		return offer.Programme{}, fmt.Errorf("programme %s: concepts: %w", programme, err)
	}
	for _, c := range concepts {
		c.addTo(&p)
	}
	return p, nil
}

// touch takes the next number of the change counter, once in a transaction
// that writes.
func touch(ctx context.Context, tx *db.Tx) (int64, error) {
	n, err := db.Get[int64](ctx, tx, nextChange)
	if err != nil {
		return 0, fmt.Errorf("supply: count change: %w", err)
	}
	return n, nil
}
