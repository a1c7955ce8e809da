package need

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
)

const (
	insertNeed db.SQL = `INSERT INTO need (id, number, number_key, title, title_own, org, firms, represented_by, mandate, mandate_ground,
		municipality, sector, purpose, level, field, wanted_from, horizon, cause, headcount,
		willing_employ_first, willing_pledge_seats, willing_apprentice, willing_co_finance, willing_instructor,
		confidentiality, sight, lang, source_kind, fingerprint, state, ball_org, ball_role, due, provider, answer_by, no_forum, pool,
		created_at, created_by, submitted_at, updated_at, updated_by, version)
		VALUES ($1, NULL, 0, $2, $3, $4, $5, $6, NULL, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 'draft', $23,
		$24, $25, 'draft', $26, '', NULL, NULL, NULL, FALSE, NULL, $27, $28, NULL, $27, $28, 1)`
	updateNeed db.SQL = `UPDATE need SET title = $1, title_own = $2, org = $3, firms = $4, represented_by = $5, mandate_ground = $6,
		municipality = $7, sector = $8, purpose = $9, level = $10, field = $11, wanted_from = $12, horizon = $13, cause = $14, headcount = $15,
		willing_employ_first = $16, willing_pledge_seats = $17, willing_apprentice = $18, willing_co_finance = $19, willing_instructor = $20,
		confidentiality = $21, sight = $22, lang = $23, updated_at = $24, updated_by = $25, version = version + 1
		WHERE id = $26 AND version = $27`
	submitNeed db.SQL = `UPDATE need SET number = $1, number_key = $2, mandate = $3, submitted_at = $4, sight = confidentiality WHERE id = $5`
	placeNeed  db.SQL = `UPDATE need SET state = $1, ball_org = $2, ball_role = $3, due = $4, provider = $5, answer_by = $6, no_forum = $7,
		pool = $8 WHERE id = $9`
	setBall    db.SQL = `UPDATE need SET ball_org = $1, ball_role = $2 WHERE id = $3`
	bumpNeed   db.SQL = `UPDATE need SET field = $1, updated_at = $2, updated_by = $3, version = version + 1 WHERE id = $4 AND version = $5`
	draftsOf   db.SQL = `SELECT id FROM need WHERE created_by = $1 AND state = 'draft' ORDER BY id`
	deleteNeed db.SQL = `DELETE FROM need WHERE id = $1 AND state = 'draft'`

	getNeed db.SQL = `SELECT n.id, n.number, n.title, n.title_own, n.org, n.firms, n.represented_by, n.mandate, n.mandate_ground,
		n.municipality, n.sector, n.purpose, n.level, n.field, n.wanted_from, n.horizon, n.cause, n.headcount,
		n.willing_employ_first, n.willing_pledge_seats, n.willing_apprentice, n.willing_co_finance, n.willing_instructor,
		n.confidentiality, n.lang, n.source_kind, n.state, n.provider, n.answer_by, n.no_forum, n.pool,
		n.created_at, n.created_by, n.submitted_at, n.updated_at, n.updated_by, n.version, t.text, t.ground
		FROM need AS n JOIN need_text AS t ON t.need = n.id WHERE n.id = $1`
	idByNumber db.SQL = `SELECT id FROM need WHERE number = $1`

	putText db.SQL = `INSERT INTO need_text (need, text, ground, fold) VALUES ($1, $2, $3, $4)
		ON CONFLICT (need) DO UPDATE SET text = excluded.text, ground = excluded.ground, fold = excluded.fold`
	deleteText    db.SQL = `DELETE FROM need_text WHERE need = $1`
	insertChoice  db.SQL = `INSERT INTO need_choice (need, kind, code) VALUES ($1, $2, $3)`
	deleteChoices db.SQL = `DELETE FROM need_choice WHERE need = $1`
	choicesOf     db.SQL = `SELECT need, kind, code FROM need_choice WHERE need = $1 ORDER BY kind, code`

	insertConcept  db.SQL = `INSERT INTO need_concept (need, nr, ref, scheme, code, styrk08, chosen) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	deleteConcepts db.SQL = `DELETE FROM need_concept WHERE need = $1`
	conceptsOf     db.SQL = `SELECT scheme, code, styrk08, chosen FROM need_concept WHERE need = $1 ORDER BY nr`

	legalGroundOn db.SQL = `SELECT code, citation, source, from_day, checked_on FROM need_legal_ground
		WHERE code = $1 AND from_day <= $2 AND (to_day IS NULL OR to_day >= $2)`
)

type needRow struct {
	ID              ID              `db:"id"`
	Number          *string         `db:"number"`
	Title           string          `db:"title"`
	TitleOwn        bool            `db:"title_own"`
	Org             org.ID          `db:"org"`
	Firms           int             `db:"firms"`
	RepresentedBy   org.ID          `db:"represented_by"`
	Mandate         org.MandateID   `db:"mandate"`
	MandateGround   string          `db:"mandate_ground"`
	Municipality    string          `db:"municipality"`
	Sector          string          `db:"sector"`
	Purpose         Purpose         `db:"purpose"`
	Level           Level           `db:"level"`
	Field           Field           `db:"field"`
	WantedFrom      db.Date         `db:"wanted_from"`
	Horizon         Horizon         `db:"horizon"`
	Cause           Cause           `db:"cause"`
	Headcount       int             `db:"headcount"`
	EmployFirst     bool            `db:"willing_employ_first"`
	PledgeSeats     int             `db:"willing_pledge_seats"`
	Apprentice      bool            `db:"willing_apprentice"`
	CoFinance       bool            `db:"willing_co_finance"`
	Instructor      bool            `db:"willing_instructor"`
	Confidentiality Confidentiality `db:"confidentiality"`
	Lang            i18n.Lang       `db:"lang"`
	Source          Source          `db:"source_kind"`
	State           flow.State      `db:"state"`
	Provider        org.ID          `db:"provider"`
	AnswerBy        db.Date         `db:"answer_by"`
	NoForum         bool            `db:"no_forum"`
	Pool            PoolID          `db:"pool"`
	CreatedAt       db.Time         `db:"created_at"`
	CreatedBy       string          `db:"created_by"`
	SubmittedAt     db.Time         `db:"submitted_at"`
	UpdatedAt       db.Time         `db:"updated_at"`
	UpdatedBy       string          `db:"updated_by"`
	Version         int64           `db:"version"`
	Text            string          `db:"text"`
	Ground          string          `db:"ground"`
}

func (r needRow) need() Need {
	n := Need{ID: r.ID, Field: r.Field, Mandate: r.Mandate, State: r.State, Provider: r.Provider, AnswerBy: r.AnswerBy,
		TakenWithoutForum: r.NoForum, Pool: r.Pool, CreatedAt: r.CreatedAt, CreatedBy: r.CreatedBy,
		SubmittedAt: r.SubmittedAt, UpdatedAt: r.UpdatedAt, UpdatedBy: r.UpdatedBy, Version: r.Version}
	if r.Number != nil {
		n.Number = *r.Number
	}
	n.Content = Content{Text: r.Text, Title: r.Title, Organisation: r.Org, Firms: r.Firms, RepresentedBy: r.RepresentedBy,
		MandateGround: r.MandateGround, Municipality: r.Municipality, Sector: r.Sector, Purpose: r.Purpose, Level: r.Level,
		WantedFrom: r.WantedFrom, Horizon: r.Horizon, Cause: r.Cause, Headcount: r.Headcount,
		Willing: Willing{EmployFirst: r.EmployFirst, PledgeSeats: r.PledgeSeats, Apprentice: r.Apprentice,
			CoFinance: r.CoFinance, Instructor: r.Instructor},
		Confidentiality: r.Confidentiality, ConfidentialityGround: r.Ground, Lang: r.Lang, Source: r.Source}
	return n
}

// ChoiceRow is a ticked answer as it is stored.
type ChoiceRow struct {
	Need ID     `db:"need"`
	Kind string `db:"kind"`
	Code string `db:"code"`
}

// Take adds a ticked answer to the content.
func (c *Content) Take(r ChoiceRow) {
	switch r.Kind {
	case "form":
		c.Forms = append(c.Forms, Form(r.Code))
	case "consequence":
		c.Consequences = append(c.Consequences, Consequence(r.Code))
	case "barrier":
		c.Barriers = append(c.Barriers, Barrier(r.Code))
	}
}

// ConceptRow is a concept as it is stored.
type ConceptRow struct {
	Scheme  string `db:"scheme"`
	Code    string `db:"code"`
	Styrk08 string `db:"styrk08"`
	Chosen  Chosen `db:"chosen"`
}

// Load reads a need with all that belongs to it, whoever may see it.
func Load(ctx context.Context, tx *db.Tx, id ID) (Need, error) {
	row, err := db.Get[needRow](ctx, tx, getNeed, id)
	if err != nil {
		return Need{}, fmt.Errorf("need %s: %w", id, err)
	}
	n := row.need()
	choices, err := db.List[ChoiceRow](ctx, tx, choicesOf, id)
	if err != nil {
		return Need{}, fmt.Errorf("need %s: choices: %w", id, err)
	}
	for _, c := range choices {
		n.Take(c)
	}
	concepts, err := db.List[ConceptRow](ctx, tx, conceptsOf, id)
	if err != nil {
		return Need{}, fmt.Errorf("need %s: concepts: %w", id, err)
	}
	for _, c := range concepts {
		n.Concepts = append(n.Concepts, Concept(c))
	}
	return n, nil
}

// title gives the title to store and whether a person wrote it.
func (c Content) title() (string, bool) {
	derived := TitleOf(c.Text)
	if c.Title == "" || c.Title == derived {
		return derived, false
	}
	return c.Title, true
}

func insert(ctx context.Context, tx *db.Tx, n Need, ball org.ID, fingerprint string) error {
	title, own := n.title()
	_, err := db.Exec(ctx, tx, insertNeed, n.ID, title, own, n.Organisation, n.Firms, n.RepresentedBy, n.MandateGround,
		n.Municipality, n.Sector, n.Purpose, n.Level, n.Field, n.WantedFrom, n.Horizon, n.Cause, n.Headcount,
		n.Willing.EmployFirst, n.Willing.PledgeSeats, n.Willing.Apprentice, n.Willing.CoFinance, n.Willing.Instructor,
		n.Confidentiality, n.Lang, n.Source, orNull(fingerprint), ball, n.CreatedAt, n.CreatedBy)
	if err != nil {
		return fmt.Errorf("need: insert: %w", err)
	}
	return putParts(ctx, tx, n)
}

// update stores the content; a version that is not the stored one is Stale.
func update(ctx context.Context, tx *db.Tx, n Need, version int64) error {
	title, own := n.title()
	sight := string(n.Confidentiality)
	if n.State == Draft {
		sight = string(Draft)
	}
	err := db.ExecOne(ctx, tx, updateNeed, title, own, n.Organisation, n.Firms, n.RepresentedBy, n.MandateGround,
		n.Municipality, n.Sector, n.Purpose, n.Level, n.Field, n.WantedFrom, n.Horizon, n.Cause, n.Headcount,
		n.Willing.EmployFirst, n.Willing.PledgeSeats, n.Willing.Apprentice, n.Willing.CoFinance, n.Willing.Instructor,
		n.Confidentiality, sight, n.Lang, n.UpdatedAt, n.UpdatedBy, n.ID, version)
	if err != nil {
		return fmt.Errorf("need %s: update: %w", n.ID, err)
	}
	return putParts(ctx, tx, n)
}

// putParts stores the texts, the ticked answers and, unless nil, the concepts.
func putParts(ctx context.Context, tx *db.Tx, n Need) error {
	if err := putTexts(ctx, tx, n); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, deleteChoices, n.ID); err != nil {
		return fmt.Errorf("need %s: choices: %w", n.ID, err)
	}
	if err := insertChoices(ctx, tx, n.ID, "form", n.Forms); err != nil {
		return err
	}
	if err := insertChoices(ctx, tx, n.ID, "consequence", n.Consequences); err != nil {
		return err
	}
	if err := insertChoices(ctx, tx, n.ID, "barrier", n.Barriers); err != nil {
		return err
	}
	if n.Concepts == nil {
		return nil
	}
	return putConcepts(ctx, tx, n.ID, n.Concepts)
}

// putTexts stores the long texts and what a search looks in.
func putTexts(ctx context.Context, tx *db.Tx, n Need) error {
	title, _ := n.title()
	fold := text.Fold(n.Number + " " + title + " " + n.Text)
	if _, err := db.Exec(ctx, tx, putText, n.ID, n.Text, n.ConfidentialityGround, fold); err != nil {
		return fmt.Errorf("need %s: text: %w", n.ID, err)
	}
	return nil
}

func insertChoices[T ~string](ctx context.Context, tx *db.Tx, id ID, kind string, codes []T) error {
	for _, code := range codes {
		if _, err := db.Exec(ctx, tx, insertChoice, id, kind, code); err != nil {
			return fmt.Errorf("need %s: %s: %w", id, kind, err)
		}
	}
	return nil
}

func putConcepts(ctx context.Context, tx *db.Tx, id ID, concepts []Concept) error {
	if _, err := db.Exec(ctx, tx, deleteConcepts, id); err != nil {
		return fmt.Errorf("need %s: concepts: %w", id, err)
	}
	seen := map[string]bool{}
	for nr, c := range concepts {
		if seen[c.Ref()] {
			continue
		}
		seen[c.Ref()] = true
		if _, err := db.Exec(ctx, tx, insertConcept, id, nr, c.Ref(), c.Scheme, c.Code, c.Styrk08, c.Chosen); err != nil {
			return fmt.Errorf("need %s: concepts: %w", id, err)
		}
	}
	return nil
}

// orNull stores an empty text as NULL, where a column is unique.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// orgsOf lists the organisations in which the actor may own needs.
func orgsOf(a access.Actor) []org.ID { return a.Orgs(OwnerRoles()...) }
