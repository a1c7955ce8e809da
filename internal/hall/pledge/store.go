package pledge

import (
	"context"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/few"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
)

const (
	insertRound db.SQL = `INSERT INTO pledge_round (id, pool, offering, state, created_by, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, 1)`
	getRound    db.SQL = `SELECT id, pool, offering, state, due, starts_on, version FROM pledge_round WHERE id = $1 ORDER BY id`
	openRound   db.SQL = `SELECT id, pool, offering, state, due, starts_on, version FROM pledge_round WHERE (pool = $1 OR offering = $1) AND state IN ('collecting', 'enough') ORDER BY id`
	lastRound   db.SQL = `SELECT id, pool, offering, state, due, starts_on, version FROM pledge_round WHERE pool = $1 OR offering = $1 ORDER BY created_at DESC, id DESC LIMIT 1`
	openRounds  db.SQL = `SELECT id, pool, offering, state, due, starts_on, version FROM pledge_round WHERE state IN ('collecting', 'enough') ORDER BY id`
	stateRound  db.SQL = `UPDATE pledge_round SET state = $1, version = version + 1 WHERE id = $2`
	dueRound    db.SQL = `UPDATE pledge_round SET due = $1, version = version + 1 WHERE id = $2 AND version = $3`
	startRound  db.SQL = `UPDATE pledge_round SET state = 'started', starts_on = $1, version = version + 1 WHERE id = $2 AND version = $3`
	endRound    db.SQL = `UPDATE pledge_round SET state = 'lapsed', version = version + 1 WHERE id = $1 AND version = $2`

	insertPledge db.SQL = `INSERT INTO pledge (id, round, sort, org, represented_by, account, seats, valid_to, state, made_by, made_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'live', $9, $10, 1)`
	updatePledge db.SQL = `UPDATE pledge SET sort = $1, seats = $2, valid_to = $3, version = version + 1 WHERE id = $4 AND version = $5 AND state = 'live'`
	endPledge    db.SQL = `UPDATE pledge SET state = $1, version = version + 1 WHERE id = $2`
	endPledges   db.SQL = `UPDATE pledge SET state = $1, version = version + 1 WHERE round = $2 AND state = 'live'`
	deletePledge db.SQL = `DELETE FROM pledge WHERE id = $1`
	selectPledge db.SQL = `SELECT p.id, p.round, r.pool, r.offering, p.sort, p.org, p.represented_by, p.account, p.seats, p.valid_to, p.made_at, p.version
		FROM pledge AS p JOIN pledge_round AS r ON r.id = p.round /*where*/ ORDER BY p.made_at, p.id`
	overdue db.SQL = `SELECT p.id, p.round, r.pool, r.offering, p.sort, p.org, p.represented_by, p.account, p.seats, p.valid_to, p.made_at, p.version
		FROM pledge AS p JOIN pledge_round AS r ON r.id = p.round WHERE p.state = 'live' AND p.valid_to < $1 AND r.state IN ('collecting', 'enough') ORDER BY p.made_at, p.id`
	pledgersOf db.SQL = `SELECT COALESCE(p.represented_by, p.org) AS org FROM pledge AS p WHERE p.round = $1 AND p.org IS NOT NULL AND p.state IN ('live', 'used', 'lapsed')
		UNION SELECT p.org FROM pledge AS p WHERE p.round = $1 AND p.org IS NOT NULL AND p.state IN ('live', 'used', 'lapsed')
		UNION SELECT n.coordinator FROM pledge_round AS r JOIN need_pool AS n ON n.id = r.pool WHERE r.id = $1
		UNION SELECT n.provider FROM pledge_round AS r JOIN need_pool AS n ON n.id = r.pool WHERE r.id = $1 AND n.provider IS NOT NULL
		UNION SELECT o.provider FROM pledge_round AS r JOIN offering AS o ON o.id = r.offering WHERE r.id = $1 ORDER BY 1`
	peopleOf db.SQL = `SELECT account FROM pledge WHERE round = $1 AND account IS NOT NULL AND state IN ('live', 'used', 'lapsed') ORDER BY account`

	insertEdition db.SQL = `INSERT INTO pledge_edition (round, nr, seats, sources, as_of) VALUES ($1, $2, $3, $4, $5)`
	editionsOf    db.SQL = `SELECT nr, seats, sources, as_of FROM pledge_edition WHERE round = $1 ORDER BY nr`

	fragID      db.Fragment = "p.id"
	fragRound   db.Fragment = "p.round"
	fragOrg     db.Fragment = "p.org"
	fragActing  db.Fragment = "p.represented_by"
	fragAccount db.Fragment = "p.account"
	fragState   db.Fragment = "p.state"
)

// ofRow is what seats are gathered for: one of the two.
type ofRow struct {
	Pool     need.PoolID      `db:"pool"`
	Offering offer.OfferingID `db:"offering"`
}

func (r ofRow) of() Ref {
	if r.Offering != "" {
		return Offering(r.Offering)
	}
	return Pool(r.Pool)
}

// columns are the two of the row that the ref stands in.
func (r Ref) columns() ofRow {
	if r.Kind == ForOffering {
		return ofRow{Offering: offer.OfferingID(r.ID)}
	}
	return ofRow{Pool: need.PoolID(r.ID)}
}

type roundRow struct {
	ofRow
	ID       RoundID    `db:"id"`
	State    flow.State `db:"state"`
	Due      db.Date    `db:"due"`
	StartsOn db.Date    `db:"starts_on"`
	Version  int64      `db:"version"`
}

// getRoundBy is the round that the statement finds, or NotFound.
func getRoundBy(ctx context.Context, tx *db.Tx, statement db.SQL, key string) (Round, error) {
	r, err := db.Get[roundRow](ctx, tx, statement, key)
	return Round{ID: r.ID, Of: r.of(), State: r.State, Due: r.Due, StartsOn: r.StartsOn, Version: r.Version}, err
}

type pledgeRow struct {
	ofRow
	ID            ID               `db:"id"`
	Round         RoundID          `db:"round"`
	Sort          Sort             `db:"sort"`
	Org           access.OrgID     `db:"org"`
	RepresentedBy access.OrgID     `db:"represented_by"`
	Account       access.AccountID `db:"account"`
	Seats         int              `db:"seats"`
	ValidTo       db.Date          `db:"valid_to"`
	MadeAt        db.Time          `db:"made_at"`
	Version       int64            `db:"version"`
}

func (r pledgeRow) pledge() Pledge {
	return Pledge{ID: r.ID, Round: r.Round, Of: r.of(), Sort: r.Sort, Org: r.Org, RepresentedBy: r.RepresentedBy, Account: r.Account, Seats: r.Seats,
		ValidTo: r.ValidTo, MadeAt: r.MadeAt, Version: r.Version}
}

func pledges(ctx context.Context, tx *db.Tx, w db.Where) ([]Pledge, error) {
	statement, args := db.Query{Base: selectPledge, Where: w}.Build()
	return list(db.List[pledgeRow](ctx, tx, statement, args...))
}

func list(rows []pledgeRow, err error) ([]Pledge, error) {
	out := make([]Pledge, len(rows))
	for i, r := range rows {
		out[i] = r.pledge()
	}
	return out, err
}

// liveOf are the pledges of the round that hold, the oldest first.
func liveOf(ctx context.Context, tx *db.Tx, r RoundID) ([]Pledge, error) {
	var w db.Where
	db.In(&w, fragRound, []RoundID{r})
	db.In(&w, fragState, []string{live})
	return pledges(ctx, tx, w)
}

// named fills in the names of the organisations as they are on the day.
func named(ctx context.Context, tx *db.Tx, list []Pledge, day clock.Date) error {
	var orgs []access.OrgID
	for _, p := range list {
		if p.Org != "" {
			orgs = append(orgs, p.Org)
		}
	}
	names, err := org.NamesOn(ctx, tx, orgs, day)
	for i := range list {
		list[i].OrgName = names[list[i].Org]
	}
	return err
}

// edition is what was published once of how many seats count.
type edition struct {
	seats   int
	sources few.Sources
	asOf    clock.Time
}

type editionRow struct {
	Nr      int     `db:"nr"`
	Seats   int     `db:"seats"`
	Sources string  `db:"sources"`
	AsOf    db.Time `db:"as_of"`
}

func editions(ctx context.Context, tx *db.Tx, r RoundID) ([]edition, error) {
	rows, err := db.List[editionRow](ctx, tx, editionsOf, r)
	if err != nil {
		return nil, fmt.Errorf("pledge round %s: editions: %w", r, err)
	}
	out := make([]edition, len(rows))
	for i, row := range rows {
		out[i] = edition{seats: row.Seats, asOf: row.AsOf}
		if err := json.Unmarshal([]byte(row.Sources), &out[i].sources); err != nil {
			return nil, fmt.Errorf("pledge round %s: edition %d: %w", r, row.Nr, err)
		}
	}
	return out, nil
}

func putEdition(ctx context.Context, tx *db.Tx, r RoundID, nr int, e edition) error {
	text, err := json.Marshal(e.sources)
	if err != nil {
		return fmt.Errorf("pledge round %s: edition: %w", r, err)
	}
	_, err = db.Exec(ctx, tx, insertEdition, r, nr, e.seats, string(text), e.asOf)
	return err
}
