package position

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

const (
	insertPosition db.SQL = `INSERT INTO position (id, number, number_key, employer, represented_by, title, words, required, level, sector, municipality,
		programme, provider, need, work_hours, study_hours, pay, apply_by, state, pathway, unit, published_at, ended_at, created_by, created_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 'draft', '', '', NULL, NULL, $19, $20, 1)`
	updatePosition db.SQL = `UPDATE position SET title = $1, words = $2, required = $3, level = $4, sector = $5, municipality = $6, programme = $7, provider = $8,
		work_hours = $9, study_hours = $10, pay = $11, apply_by = $12, version = version + 1 WHERE id = $13 AND version = $14`
	movePosition    db.SQL = `UPDATE position SET state = $1, version = version + 1 WHERE id = $2 AND version = $3`
	confirmPosition db.SQL = `UPDATE position SET state = 'published', pathway = $1, unit = $2, published_at = COALESCE(published_at, $3), version = version + 1
		WHERE id = $4 AND version = $5`
	endPosition    db.SQL = `UPDATE position SET state = $1, ended_at = $2, version = version + 1 WHERE id = $3 AND version = $4`
	deletePosition db.SQL = `DELETE FROM position WHERE id = $1 AND version = $2`
	selectPosition db.SQL = `SELECT p.id, p.number, p.number_key, p.employer, p.represented_by, p.title, p.words, p.required, p.level, p.sector, p.municipality, p.programme,
		p.provider, p.need, p.work_hours, p.study_hours, p.pay, p.apply_by, p.state, p.pathway, p.unit, p.published_at, p.version,
		f.ball_party, f.ball_account, f.ball_org, f.ball_role, f.due
		FROM position AS p JOIN flow_item AS f ON f.kind = 'position' AND f.subject = p.id /*where*/`
	listPositions db.SQL = selectPosition + ` ORDER BY p.number_key DESC, p.id DESC`

	fragID           db.Fragment = "p.id"
	fragKey          db.Fragment = "p.number_key"
	fragState        db.Fragment = "p.state"
	fragEmployer     db.Fragment = "p.employer"
	fragRepresented  db.Fragment = "p.represented_by"
	fragProvider     db.Fragment = "p.provider"
	fragMunicipality db.Fragment = "p.municipality"
	fragLevel        db.Fragment = "p.level"
	fragNotDraft     db.Fragment = "p.state <> 'draft'"
)

type row struct {
	flow.BallRow
	ID            ID            `db:"id"`
	Number        string        `db:"number"`
	Key           int64         `db:"number_key"`
	Employer      access.OrgID  `db:"employer"`
	RepresentedBy *access.OrgID `db:"represented_by"`
	Title         string        `db:"title"`
	Words         string        `db:"words"`
	Required      string        `db:"required"`
	Level         string        `db:"level"`
	Sector        string        `db:"sector"`
	Municipality  string        `db:"municipality"`
	Programme     string        `db:"programme"`
	Provider      access.OrgID  `db:"provider"`
	Need          NeedID        `db:"need"`
	WorkHours     int           `db:"work_hours"`
	StudyHours    int           `db:"study_hours"`
	Pay           string        `db:"pay"`
	ApplyBy       db.Date       `db:"apply_by"`
	State         flow.State    `db:"state"`
	Pathway       Pathway       `db:"pathway"`
	Unit          string        `db:"unit"`
	PublishedAt   db.Time       `db:"published_at"`
	Version       int64         `db:"version"`
}

func (r row) position() Position {
	c := Content{Employer: r.Employer, Title: r.Title, Words: r.Words, Required: r.Required, Level: r.Level, Sector: r.Sector, Municipality: r.Municipality,
		Programme: r.Programme, Provider: r.Provider, Need: r.Need, WorkHours: r.WorkHours, StudyHours: r.StudyHours, Pay: r.Pay, ApplyBy: r.ApplyBy}
	if r.RepresentedBy != nil {
		c.RepresentedBy = *r.RepresentedBy
	}
	return Position{ID: r.ID, Number: r.Number, Content: c, State: r.State, Pathway: r.Pathway, Unit: r.Unit, PublishedAt: r.PublishedAt, Ball: r.Ball(), Version: r.Version}
}

// load is the position without what depends on the reader, or NotFound.
func load(ctx context.Context, tx *db.Tx, p ID) (Position, error) {
	var w db.Where
	db.In(&w, fragID, []ID{p})
	found, err := find(ctx, tx, w)
	switch {
	case err != nil:
		return Position{}, err
	case len(found) == 0:
		return Position{}, fault.Missing()
	}
	return found[0], nil
}

func find(ctx context.Context, tx *db.Tx, w db.Where) ([]Position, error) {
	statement, args := db.Query{Base: listPositions, Where: w}.Build()
	rows, err := db.List[row](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("positions: %w", err)
	}
	out := make([]Position, len(rows))
	for i, r := range rows {
		out[i] = r.position()
	}
	return out, nil
}

// named fills in the names of the organisations as they are on the day.
func (s *Service) named(ctx context.Context, tx *db.Tx, list []Position) error {
	var orgs []access.OrgID
	for _, p := range list {
		orgs = append(orgs, p.Employer, p.Provider)
	}
	names, err := org.NamesOn(ctx, tx, orgs, s.Clock.Today())
	for i := range list {
		list[i].EmployerName, list[i].ProviderName = names[list[i].Employer], names[list[i].Provider]
	}
	return err
}
