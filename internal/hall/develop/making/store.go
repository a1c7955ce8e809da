package making

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
)

const (
	insertDevelopment db.SQL = `INSERT INTO development (id, number, number_key, title, sort, need, pool, answer, copied_from, region, provider, programme, state, public, started, created_by, created_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0, $15, $16, 1)`
	moveTo    db.SQL = `UPDATE development SET state = $1, started = $2, started_on = $3, version = version + 1 WHERE id = $4 AND version = $5`
	touched   db.SQL = `UPDATE development SET version = version + 1 WHERE id = $1 AND version = $2`
	putNeed   db.SQL = `INSERT INTO development_link (id, development, need, pool, linked_by, linked_at) VALUES ($1, $2, $3, $4, $5, $6)`
	furtherOf db.SQL = `SELECT need, pool FROM development_link WHERE development = $1 ORDER BY linked_at, id`
	numbered  db.SQL = `SELECT id AS need, NULL AS pool FROM need WHERE number = $1 UNION ALL SELECT NULL AS need, id AS pool FROM need_pool WHERE number = $1 ORDER BY 1, 2`
	showTo    db.SQL = `UPDATE development SET public = $1, version = version + 1 WHERE id = $2 AND version = $3`
	dropPlan  db.SQL = `DELETE FROM development_stage WHERE development = $1`
	putStage  db.SQL = `INSERT INTO development_stage (development, stage, plan_from, plan_to) VALUES ($1, $2, $3, $4)`
	planOf    db.SQL = `SELECT stage, plan_from, plan_to FROM development_stage WHERE development = $1 ORDER BY stage`
	selectAll db.SQL = `SELECT d.id, d.number, d.number_key, d.title, d.sort, d.need, d.pool, d.answer, d.copied_from, d.region, d.provider, d.programme, d.state, d.public, d.started, d.started_on, d.created_at, d.version,
		f.ball_party, f.ball_account, f.ball_org, f.ball_role, f.due
		FROM development AS d JOIN flow_item AS f ON f.kind = 'development' AND f.subject = d.id /*where*/`
	listAll    db.SQL = selectAll + ` ORDER BY d.number_key DESC, d.id DESC`
	providerOf db.SQL = `SELECT provider FROM development WHERE id = $1 ORDER BY provider`
	ofAnswer   db.SQL = `SELECT id FROM development WHERE answer = $1`

	fragID       db.Fragment = "d.id"
	fragKey      db.Fragment = "d.number_key"
	fragProvider db.Fragment = "d.provider"
	fragPublic   db.Fragment = "d.public"
	fragMakes    db.Fragment = "d.programme"
	fragCopied   db.Fragment = "d.copied_from"
	// fragBehind are the needs behind a development, those of a pooled need each.
	fragBehind db.Fragment = `SELECT 1 FROM need AS m WHERE (m.id = d.need OR m.pool = d.pool
		OR EXISTS (SELECT 1 FROM development_link AS x WHERE x.development = d.id AND (x.need = m.id OR x.pool = m.pool)))`
	fragNeedOrg   db.Fragment = "m.org"
	fragNeedActor db.Fragment = "m.represented_by"
)

type row struct {
	flow.BallRow
	ID        ID                `db:"id"`
	Number    string            `db:"number"`
	Key       int64             `db:"number_key"`
	Title     string            `db:"title"`
	Sort      develop.Kind      `db:"sort"`
	Need      need.ID           `db:"need"`
	Pool      need.PoolID       `db:"pool"`
	Answer    develop.ID        `db:"answer"`
	Copied    ID                `db:"copied_from"`
	Region    place.RegionID    `db:"region"`
	Provider  access.OrgID      `db:"provider"`
	Programme offer.ProgrammeID `db:"programme"`
	State     flow.State        `db:"state"`
	Public    bool              `db:"public"`
	Started   int               `db:"started"`
	StartedOn db.Date           `db:"started_on"`
	CreatedAt db.Time           `db:"created_at"`
	Version   int64             `db:"version"`
}

func (r row) development() Development {
	return Development{ID: r.ID, Number: r.Number, Title: r.Title, Sort: r.Sort, About: develop.About{Need: r.Need, Pool: r.Pool}, Answer: r.Answer, CopiedFrom: r.Copied, Region: r.Region, Provider: r.Provider,
		Programme: r.Programme, State: r.State, Public: r.Public, Started: r.Started, StartedOn: r.StartedOn, CreatedAt: r.CreatedAt, Version: r.Version, Ball: r.Ball()}
}

func find(ctx context.Context, tx *db.Tx, w db.Where) ([]Development, error) {
	statement, args := db.Query{Base: listAll, Where: w}.Build()
	rows, err := db.List[row](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("developments: %w", err)
	}
	out := make([]Development, len(rows))
	for i, r := range rows {
		out[i] = r.development()
	}
	return out, nil
}

// load is the development, whoever asks, or NotFound.
func load(ctx context.Context, tx *db.Tx, d ID) (Development, error) {
	var w db.Where
	db.In(&w, fragID, []ID{d})
	found, err := find(ctx, tx, w)
	if err == nil && len(found) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return Development{}, err
	}
	return found[0], nil
}

type aboutRow struct {
	Need need.ID     `db:"need"`
	Pool need.PoolID `db:"pool"`
}

// abouts are what a statement gives of needs and pooled needs.
func abouts(ctx context.Context, tx *db.Tx, statement db.SQL, arg any) ([]develop.About, error) {
	rows, err := db.List[aboutRow](ctx, tx, statement, arg)
	var out []develop.About
	for _, r := range rows {
		out = append(out, develop.About(r))
	}
	return out, err
}

// behind are all that it answers: what it came from, then the further ones.
func behind(ctx context.Context, tx *db.Tx, d Development) ([]develop.About, error) {
	further, err := abouts(ctx, tx, furtherOf, d.ID)
	if d.About == (develop.About{}) {
		return further, err // a copy came from none
	}
	return append([]develop.About{d.About}, further...), err
}

type stageRow struct {
	Stage flow.State `db:"stage"`
	From  db.Date    `db:"plan_from"`
	To    db.Date    `db:"plan_to"`
}

// plan is every stage with the days it is planned for, in order.
func plan(ctx context.Context, tx *db.Tx, d ID) ([]Stage, error) {
	rows, err := db.List[stageRow](ctx, tx, planOf, d)
	if err != nil {
		return nil, fmt.Errorf("development %s: plan: %w", d, err)
	}
	out := make([]Stage, len(Stages()))
	for i, s := range Stages() {
		out[i].State = s
		for _, r := range rows {
			if r.Stage == s {
				out[i].From, out[i].To = r.From, r.To
			}
		}
	}
	return out, nil
}

// putPlan stores the plan in the place of the one before.
func putPlan(ctx context.Context, tx *db.Tx, d ID, list []Stage) error {
	if _, err := db.Exec(ctx, tx, dropPlan, d); err != nil {
		return fmt.Errorf("development %s: plan: %w", d, err)
	}
	for _, s := range list {
		if s.From.IsZero() && s.To.IsZero() {
			continue
		}
		if _, err := db.Exec(ctx, tx, putStage, d, s.State, s.From, s.To); err != nil {
			return fmt.Errorf("development %s: plan of %s: %w", d, s.State, err)
		}
	}
	return nil
}
